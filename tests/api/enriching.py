"""Run by nomenklatura's own Python: its yente enricher asks the server that is named, and prints."""

import json
import sys

from nomenklatura.cache import Cache
from nomenklatura.dataset import Dataset
from nomenklatura.db import get_engine, get_metadata
from nomenklatura.enrich.yente import YenteEnricher
from nomenklatura.entity import CompositeEntity

dataset = Dataset.make({"name": "mine", "title": "Mine"})
engine = get_engine("sqlite://")
cache = Cache(engine, get_metadata(), dataset, create=True)
enricher = YenteEnricher(dataset, cache, {"api": f"{sys.argv[1]}/", "cache_days": 0})

asked = CompositeEntity(dataset, {"id": "mine", "schema": "Company", "properties": {}})
asked.add("name", "Acme Optics")
asked.add("country", "gb")
found = list(enricher.match(asked))
around = [one.to_dict() for match in found for one in enricher.expand(asked, match)]
sys.stdout.write(
    json.dumps({"found": [one.to_dict() for one in found], "around": around})
)
