"""Preview: a small page about an entity, for a client that shows it in a frame."""

from markupsafe import Markup

from standsbehind.api.docs import doc_of
from standsbehind.api.held import Held
from standsbehind.model.labels import label_of, value_label
from standsbehind.reports.words import list_title

__all__ = ["HEIGHT", "WIDTH", "preview"]

WIDTH, HEIGHT = 430, 300
MOST_NAMES, MOST_LISTINGS = 6, 8

_PAGE = Markup("""\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>{caption}</title>
<style>body{{font:14px/1.4 sans-serif;margin:.8em;color:#222;background:#fff}}h1{{font-size:1.1em;margin:0}}
p{{margin:.3em 0}}ul{{margin:.3em 0;padding-left:1.2em}}small{{color:#555}}</style>
<h1>{caption}</h1>
<p>{kind}</p>
<p>{names}</p>
<ul>{listings}</ul>
<small>{entity_id}, snapshot {snapshot}. A hit is a lead to examine, not an identity.</small>
</html>
""")
_LISTING = Markup("<li>{title}: {status}, {interval}</li>")
_NOT_LISTED = Markup(
    "<li>No list of this snapshot names it. That is not an all-clear.</li>"
)


def preview(held: Held, entity_id: str) -> str | None:
    """Write the page; None for an unknown entity."""
    key = held.id_today(entity_id)
    if key is None:
        return None
    doc = doc_of(held, key)
    countries = held.reader.entities[key]["countries"]
    told = [label_of(doc["schema"]), *(value_label("country", c) for c in countries)]
    names = [
        name
        for prop in ("name", "alias", "previousName")
        for name in doc["properties"].get(prop, [])
        if name != doc["caption"]
    ]
    listings = held.reader.designations([key])[key][:MOST_LISTINGS]
    lines = [
        _LISTING.format(title=list_title(d), status=d.status, interval=str(d.interval))
        for d in listings
    ]
    return str(
        _PAGE.format(
            caption=doc["caption"],
            kind=", ".join(told),
            names="; ".join(dict.fromkeys(names[:MOST_NAMES])),
            listings=Markup("").join(lines) or _NOT_LISTED,
            entity_id=key,
            snapshot=held.snapshot.id,
        )
    )
