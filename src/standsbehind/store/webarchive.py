"""Web archives: copies and how they came, in one WACZ 1.1.1 file that others can read."""

import io
import json
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from standsbehind import __version__
from standsbehind.model.citation import digest_of
from standsbehind.store.warcfile import WarcRecord, records_in

__all__ = ["PACKAGE", "SEAL", "Packed", "write_wacz"]

WACZ = "1.1.1"
DATA = "archive/data.warc.gz"
PACKAGE = "datapackage.json"
SEAL = "datapackage-digest.json"


@dataclass(frozen=True, slots=True)
class Packed:
    """One copy to be written into a package."""

    capture: bytes
    """The WARC file of how it came, each record a gzip member of its own."""
    url: str
    date: str
    """ISO day or time in UTC."""
    title: str


_LIMITS = (
    "A digest shows that bytes have not changed since this package was made, not that a page "
    "was genuine or a claim true. Who can change a file here can make its digest anew: a "
    "signed bundle of evidence is what proves more."
)


def write_wacz(packed: Sequence[Packed], title: str, created: str) -> bytes:
    """Write copies as a WACZ file. The same copies and times make the same bytes."""
    captures = list(dict.fromkeys(one.capture for one in packed))
    data = b"".join(captures)
    files = {
        DATA: data,
        "indexes/index.cdxj": _index(data),
        "pages/pages.jsonl": _pages(packed),
    }
    resources = [
        {
            "name": PurePosixPath(path).name,
            "path": path,
            "hash": f"sha256:{digest_of(content)}",
            "bytes": len(content),
        }
        for path, content in files.items()
    ]
    package = _json(
        {
            "profile": "data-package",
            "wacz_version": WACZ,
            "software": f"standsbehind {__version__}",
            "title": title,
            "description": _LIMITS,
            "created": _moment(created),
            "resources": resources,
        }
    )
    files[PACKAGE] = package
    files[SEAL] = _json({"path": PACKAGE, "hash": f"sha256:{digest_of(package)}"})
    return _zipped(files)


def _zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
        for path, content in files.items():
            # Stored, not packed: a reader jumps to a record by its place in the file.
            package.writestr(zipfile.ZipInfo(path), content)
    return out.getvalue()


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n"


def _pages(packed: Sequence[Packed]) -> bytes:
    lines: list[dict[str, Any]] = [
        {"format": "json-pages-1.0", "id": "pages", "title": "All copies"}
    ]
    for number, one in enumerate(packed, start=1):
        # The format wants a time; where only the day is known, it begins the day.
        line = {"id": f"{number}", "url": one.url, "ts": _moment(one.date)}
        lines.append({**line, "title": one.title})
    return b"".join(json.dumps(x, ensure_ascii=False).encode() + b"\n" for x in lines)


def _moment(date: str) -> str:
    return date if "T" in date else f"{date}T00:00:00Z"


def _index(data: bytes) -> bytes:
    told = (
        _index_line(record)
        for record in records_in(data, DATA)
        if record.kind in {"response", "resource"}
    )
    return "".join(f"{line}\n" for line in sorted(told)).encode()


def _index_line(record: WarcRecord) -> str:
    when = re.sub(r"\D", "", record.date)[:14].ljust(14, "0")
    about = {
        "url": record.url,
        "mime": record.mime.partition(";")[0].strip(),
        **({"status": record.status} if record.status else {}),
        "digest": f"sha256:{digest_of(record.payload)}",
        "length": str(record.end - record.start),
        "offset": str(record.start),
        "filename": PurePosixPath(DATA).name,
    }
    return f"{_sorted_by(record.url)} {when} {json.dumps(about, ensure_ascii=False)}"


def _sorted_by(url: str) -> str:
    """Turn an address round, so that those of one site stand together (SURT)."""
    parts = urlsplit(url)
    if not parts.hostname:
        return url.lower()
    host = re.sub(r"^www\d*\.", "", parts.hostname)
    port = f":{parts.port}" if parts.port not in {None, 80, 443} else ""
    query = f"?{'&'.join(sorted(parts.query.split('&')))}" if parts.query else ""
    turned = ",".join(reversed(host.split(".")))
    return f"{turned}{port}){parts.path or '/'}{query}".lower()
