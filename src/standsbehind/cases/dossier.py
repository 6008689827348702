"""Dossiers: what a case says and rests on, put together to be sealed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from standsbehind.errors import EvidenceError, UsageError
from standsbehind.graph.reader import Reader
from standsbehind.model.act import canonical
from standsbehind.model.case import Case, CaseFinding
from standsbehind.model.filed import Filed, Proposal, plain
from standsbehind.publishing.dossier import Told, lines_known
from standsbehind.publishing.home import Home
from standsbehind.publishing.proofs import as_json
from standsbehind.standards.norms import Standard, catalog_files, read_standard
from standsbehind.store import snapshot
from standsbehind.store.snapshot import Snapshot

__all__ = ["Compiled", "compile_case"]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A case with the text that it was judged by and the replies that the data holds."""

    case: Case
    standard: Standard
    catalog: Mapping[str, str]
    """The text of each file of the standard, by name."""
    published: Mapping[str, frozenset[str]]
    """Ids of the statements of each reply that the data holds, by the id of the reply."""
    wanted: Mapping[int, frozenset[str]]
    """Ids of the statements that it rests on, by how many entries the ledger had then."""
    size: int
    """How many entries the ledger had when the case last looked at it."""

    def told(self, home: Home, pages: Mapping[str, bytes]) -> Told:
        """Lay the case out as files, beside the pages that were set of it."""
        last = self.case.acts[-1]
        catalog = {f"catalog/{name}": text for name, text in self.catalog.items()}
        return Told(
            case=self.case.id,
            at=last.at,
            head=last.digest,
            files={
                "acts.jsonl": b"".join(
                    canonical(act.to_json()) + b"\n" for act in self.case.acts
                ),
                "findings.json": as_json([_finding(f) for f in self.case.findings]),
                "replies.json": as_json(self._replies()),
                "sealed.json": as_json(_acts(self.case.sealed)),
                **{name: text.encode() for name, text in catalog.items()},
                **pages,
            },
            lines=tuple(lines_known(home.ledger, self.wanted)),
            size=self.size,
        )

    def _replies(self) -> dict[str, Any]:
        told = {one.id: one for f in self.case.findings for one in f.what.published}
        return {
            "acts": _acts(self.case.replies),
            "published": [
                {**plain(one), "statements": sorted(self.published[key])}
                for key, one in sorted(told.items())
            ],
        }


def _acts(found: Sequence[Filed[Any]]) -> list[dict[str, Any]]:
    return [{"act": one.number, "said": one.act.said} for one in found]


def _finding(found: CaseFinding) -> dict[str, Any]:
    """Give a finding as its act says it, and what became of it."""
    return {
        "act": found.number,
        "result": found.result,
        "standing": found.standing,
        "replies": [one.number for one in found.replies],
        "said": found.proposed.act.said,
    }


def compile_case(home: Home, case: Case) -> Compiled:
    """Put together all that a case rests on.

    Raises UsageError where a snapshot that it names is gone, and EvidenceError where a
    finding in force was made by another text of the standard than that of this package.
    """
    catalog = catalog_files()
    standard = read_standard(catalog)
    _need_same_standard(case, standard)
    held = {one.id: one for one in snapshot.history(home.snapshots)}
    wanted: dict[int, set[str]] = {}
    published: dict[str, frozenset[str]] = {}
    for added in case.evidence:
        if added.what.statements:
            size = _size(_held(added.what.snapshot, held))
            wanted.setdefault(size, set()).update(added.what.statements)
    for found in case.findings:
        used = _held(found.what.snapshot, held)
        claims = Reader(used).claims(one.id for one in found.what.published)
        replies = {k: frozenset(c.statement.id for c in v) for k, v in claims.items()}
        published |= replies
        ids = wanted.setdefault(_size(used), set())
        ids.update(_grounds(found.what), *replies.values())
    return Compiled(
        case=case,
        standard=standard,
        catalog=catalog,
        published=published,
        wanted={size: frozenset(ids) for size, ids in wanted.items()},
        size=max(wanted, default=len(home.ledger.entries())),
    )


def _need_same_standard(case: Case, standard: Standard) -> None:
    for found in case.findings:
        stands = found.standing not in {"withdrawn", "superseded"}
        if stands and found.what.standard_digest != standard.digest:
            message = (
                f"case {case.id}, finding {found.number}: made by {found.what.standard} "
                f"{found.what.version} ({found.what.standard_digest[:12]}), and this "
                f"package has {standard.version} ({standard.digest[:12]}); seal it with "
                "the version that made it, or propose a finding that corrects it"
            )
            raise EvidenceError(message)


def _held(name: str, held: Mapping[str, Snapshot]) -> Snapshot:
    if name not in held:
        message = (
            f"snapshot {name}: not in this data folder, and the case was examined on it; "
            "bring its folder"
        )
        raise UsageError(message)
    return held[name]


def _size(held: Snapshot) -> int:
    size: int = held.manifest["ledger"]["size"]
    return size


def _grounds(what: Proposal) -> Iterator[str]:
    for element in what.elements:
        yield from element.grounds
    yield from (fact.statement for fact in what.facts)
    yield from what.proof
