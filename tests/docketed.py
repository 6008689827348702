"""A small case for tests: one finding with its grounds, a notice, a reply and a sealed item."""

from standsbehind.cases.filing import sealed
from standsbehind.graph.reader import Reader
from standsbehind.model.act import Act, Draft
from standsbehind.model.case import Case
from standsbehind.model.filed import (
    Answer,
    CaseElement,
    CaseFact,
    Decision,
    Evidence,
    Notice,
    Opening,
    Proposal,
    Published,
    Review,
    plain,
)
from standsbehind.publishing.home import Home
from standsbehind.publishing.publish import publish
from standsbehind.standards.norms import load_standard
from tests.published import take_in
from tests.told import firm, link, said

NORM = "C3"
SECRET, SALT = b"Who told us.", b"\7" * 32


def home_with_a_case(folder, digest=None):
    """Return a data folder with two pulls and a key, and a case on what it says.

    `digest` is that of the text by which the finding was made, where it is another.
    """
    home = Home(folder)
    take_in(home.ledger, [*firm("acme", "Acme"), *firm("town", "Town")])
    supplied = link("supply-1", "acme", "town", startDate="2020-04")
    replied = [
        said("reply-1", "id", "reply-1", "Reply"),
        said("reply-1", "author", "acme", "Reply"),
        said("reply-1", "answers", "supply-1", "Reply"),
        said("reply-1", "date", "2020-06-01", "Reply"),
        said("reply-1", "summary", "We sold a door.", "Reply"),
    ]
    take_in(home.ledger, [*supplied, *replied], "2026-11-24T00:00:00Z", "press")
    held = publish(home.ledger, home.snapshots)
    home.keys.new("desk", "2026-11-24")
    return home, a_case(Reader(held), digest)


def a_case(reader, digest=None):
    """Tell a case from its opening to a decision."""
    supplied = reader.claims(["supply-1"])["supply-1"]
    ids = tuple(sorted(claim.statement.id for claim in supplied))
    told = {"says": "Acme supplied Town.", "date": "2020-04", "voice": "reported"}
    cited = supplied[0].citations
    fact = CaseFact(
        record="supply-1",
        statement=ids[0],
        means="collected faces",
        sources="one origin",
        accepted=False,
        citations=cited,
        **told,
    )
    evidence = Evidence(
        kind="record",
        record="supply-1",
        **told,
        statements=ids,
        citations=cited,
        snapshot=reader.snapshot.id,
        digest="",
    )
    drafts = [
        _by("ada", "researcher", "open", Opening("acme", "Acme", "s", "A tip.")),
        _by("ada", "researcher", "add", evidence),
        _by("ada", "researcher", "add_sealed", sealed("statement", SECRET, SALT)),
        _by("ada", "researcher", "find", _proposal(reader, ids, fact, digest)),
        _by("ada", "researcher", "notify", _notice()),
        _by(
            "ada",
            "researcher",
            "reply",
            _answer("It was a door — “une porte”. <script>"),
        ),
        _by("ben", "reviewer", "review", Review(4, agrees=True, reason="Read it.")),
        _by("cyd", "decider", "decide", Decision(4, "made", "The papers agree.")),
    ]
    acts = []
    for place, draft in enumerate(drafts):
        now = f"2026-11-24T10:{place:02d}:31Z"
        acts.append(Act.after("2026-001", acts, draft, now))
    return Case.of("2026-001", acts)


def _by(who, role, kind, what):
    return Draft(kind, who, role, plain(what))


def _proposal(reader, ids, fact, digest):
    standard = load_standard()
    norm = standard.norm(NORM)
    elements = [
        CaseElement(e.id, e.says, e.threshold, "shown", ids, (fact,), ())
        for e in norm.elements
    ]
    return Proposal(
        norm=norm.id,
        title=norm.title,
        result="shown",
        elements=tuple(elements),
        proof=ids[:1] * len(elements),
        is_apart=False,
        mitigating=(),
        published=(
            Published(
                "reply-1", "Acme", "2020-06-01", "We sold a door.", ("supply-1",)
            ),
        ),
        texts=tuple(text.title for text in norm.texts),
        standard=standard.id,
        version=standard.version,
        standard_digest=digest or standard.digest,
        snapshot=reader.snapshot.id,
        manifest=reader.snapshot.manifest_digest,
        as_of=None,
    )


def _notice():
    return Notice(
        "Acme", "Desk", "desk@x.example", (4,), "2026-11-24", "2026-12-24", "Dear Acme"
    )


def _answer(text):
    return Answer("Acme", "2026-11-24", ("supply-1",), text, "")
