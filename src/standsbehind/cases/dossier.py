"""Dossiers: what a case says and rests on, put together to be sealed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from standsbehind.errors import EvidenceError, UsageError
from standsbehind.graph.reader import Reader
from standsbehind.model.act import canonical
from standsbehind.model.case import Case, CaseFinding
from standsbehind.model.filed import Proposal, plain
from standsbehind.model.reply import Reply
from standsbehind.publishing.dossier import Told, lines_known
from standsbehind.publishing.home import Home
from standsbehind.publishing.proofs import as_json
from standsbehind.standards.norms import Standard, catalog_files, read_standard
from standsbehind.store import snapshot
from standsbehind.store.snapshot import Snapshot

__all__ = ["Compiled", "PublishedReply", "compile_case"]


@dataclass(frozen=True, slots=True)
class PublishedReply:
    """A reply that the data holds to something that a finding looked at."""

    reply: Reply
    author: str
    """The name of who replies."""
    statements: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Give the reply in plain values, with the ids of its statements."""
        one = self.reply
        return {
            "record": one.id,
            "author": one.author,
            "name": self.author,
            "date": one.date,
            "answers": list(one.answers),
            "text": one.text,
            "statements": list(self.statements),
        }


@dataclass(frozen=True, slots=True)
class Compiled:
    """A case with the text that it was judged by and the replies that the data holds."""

    case: Case
    standard: Standard
    catalog: Mapping[str, str]
    """The text of each file of the standard, by name."""
    published: Mapping[int, tuple[PublishedReply, ...]]
    """By the number of the finding."""
    wanted: Mapping[int, frozenset[str]]
    """Ids of the statements that it rests on, by how many entries the ledger had then."""

    def told(self, home: Home, pages: Mapping[str, bytes]) -> Told:
        """Lay the case out as files, beside the pages that were set of it."""
        last = self.case.acts[-1]
        catalog = {f"catalog/{name}": text for name, text in self.catalog.items()}
        size = max(self.wanted, default=len(home.ledger.entries()))
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
                "sealed.json": as_json(
                    [{"act": s.number, "said": plain(s.what)} for s in self.case.sealed]
                ),
                **{name: text.encode() for name, text in catalog.items()},
                **pages,
            },
            lines=tuple(lines_known(home.ledger, self.wanted)),
            size=size,
        )

    def _replies(self) -> dict[str, Any]:
        answers = self.case.replies
        published = {
            one.reply.id: one for found in self.published.values() for one in found
        }
        return {
            "acts": [{"act": one.number, "said": plain(one.what)} for one in answers],
            "published": [one.to_json() for _, one in sorted(published.items())],
        }


def _finding(found: CaseFinding) -> dict[str, Any]:
    """Give a finding as its act says it, and what became of it."""
    return {
        "act": found.number,
        "norm": found.what.norm,
        "title": found.what.title,
        "result": found.result,
        "standing": found.standing,
        "replies": [one.number for one in found.replies],
        "said": plain(found.what),
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
    published = {
        one.number: _published(_held(one.what.snapshot, held), one.what)
        for one in case.findings
    }
    wanted: dict[int, set[str]] = {}
    for used, ids in _used(case, published):
        size = _held(used, held).manifest["ledger"]["size"]
        wanted.setdefault(size, set()).update(ids)
    return Compiled(
        case=case,
        standard=standard,
        catalog=catalog,
        published=published,
        wanted={size: frozenset(ids) for size, ids in wanted.items()},
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


def _published(held: Snapshot, what: Proposal) -> tuple[PublishedReply, ...]:
    reader = Reader(held)
    records = sorted(what.records)
    return tuple(
        PublishedReply(
            reply=one,
            author=reader.caption(one.author),
            statements=_statements(reader, one.id),
        )
        for one in reader.replies(records)
        if not what.records.isdisjoint(one.answers)
    )


def _statements(reader: Reader, record: str) -> tuple[str, ...]:
    claims = reader.claims([record])[record]
    return tuple(sorted(claim.statement.id for claim in claims))


def _used(
    case: Case, published: Mapping[int, Sequence[PublishedReply]]
) -> Iterator[tuple[str, set[str]]]:
    """Give each snapshot that the case names, with the statements that it rests on."""
    for added in case.evidence:
        if added.what.statements:
            yield added.what.snapshot, set(added.what.statements)
    for found in case.findings:
        yield found.what.snapshot, set(_grounds(found.what))
        replies = published[found.number]
        yield found.what.snapshot, {key for one in replies for key in one.statements}


def _grounds(what: Proposal) -> Iterator[str]:
    for element in what.elements:
        yield from element.grounds
        yield from (fact.statement for fact in element.facts)
    yield from (fact.statement for fact in what.mitigating)
    yield from what.proof
