"""The receipt: by digest, everything that an answer was made from, so that it can be made again."""

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from standsbehind import __version__
from standsbehind.graph.merges import Merges
from standsbehind.graph.reader import Reader

__all__ = ["CODE", "code_digest", "rules_digest", "used_statements"]

CODE = f"standsbehind {__version__}"


@cache
def rules_digest() -> str:
    """Digest the rules as packaged: programs of law, words of the matcher, countries."""
    package = resources.files("standsbehind")
    files = _below(package, (".yml", ".yaml"))
    # A source's description says how a list is read, which its snapshot already names.
    return _digest((n, f) for n, f in files if not n.startswith("connectors/sources/"))


@cache
def code_digest() -> str:
    """Digest the package's own source code."""
    return _digest(_below(resources.files("standsbehind"), (".py",)))


def _below(
    folder: Traversable, endings: tuple[str, ...], path: str = ""
) -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _below(entry, endings, f"{path}{entry.name}/")
        elif entry.name.endswith(endings):
            yield f"{path}{entry.name}", entry


def _digest(files: Iterable[tuple[str, Traversable]]) -> str:
    whole = hashlib.sha256()
    for name, file in files:
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        whole.update(f"{content}  {name}\n".encode())
    return whole.hexdigest()


def used_statements(told: Iterable[str], reader: Reader) -> list[str]:
    """List the ids of all statements about the entities, links and listings told, in order.

    What makes several records one entity is among them: their numbers, and the judgements.
    """
    merges, asked = Merges(reader.snapshot), dict.fromkeys(told)
    judged = {key for entity in asked for key in merges.judgements(entity)}
    found = reader.claims([*asked, *sorted(judged)])
    return sorted({c.statement.id for claims in found.values() for c in claims})
