"""A small case to try the docket with: who acts, and what each act says, in one line each."""

from datetime import UTC, datetime, timedelta

from standsbehind.model.act import Draft
from standsbehind.model.citation import Citation
from standsbehind.model.filed import (
    Answer,
    Appeal,
    CaseElement,
    CaseFact,
    Closing,
    Conflict,
    Correction,
    Decision,
    Evidence,
    Notice,
    Opening,
    Proposal,
    Review,
    Ruling,
    Sealed,
    plain,
)

START = datetime(2026, 11, 23, 12, tzinfo=UTC)
PEOPLE_OF_THE_TESTS = {
    "Ruth": ["researcher"],
    "Rolf": ["researcher"],
    "Vera": ["reviewer"],
    "Viktor": ["reviewer"],
    "Dora": ["decider"],
    "Egon": ["decider"],
    "Alma": ["researcher", "reviewer", "decider"],
    "Otto": ["researcher", "reviewer", "decider"],
}


def day(number):
    """Return noon of a day, counted from the first."""
    return START + timedelta(days=number)


def enrolments():
    """Enrol everybody, the first by themself."""
    for name, roles in PEOPLE_OF_THE_TESTS.items():
        by = "Rolf" if name == "Ruth" else "Ruth"
        yield Draft("enrol", by, None, {"name": name, "roles": roles})


def fact(record, says="It was supplied."):
    cited = Citation("S1", "Report", "Press", "https://example.org/1", "press")
    return CaseFact(
        record=record,
        statement=f"s-{record}",
        means="supplied",
        says=says,
        date="2020",
        voice="reported",
        sources="one origin",
        accepted=True,
        citations=(cited,),
    )


def proposal(norm="C1", result="shown", record="x-1", why=""):
    element = CaseElement(
        "supply",
        "It supplied.",
        "primary_or_two_origins",
        result,
        (f"s-{record}",),
        (fact(record),),
        (),
    )
    return Proposal(
        norm=norm,
        title="A class",
        result=result,
        elements=(element,),
        proof=(f"s-{record}",),
        is_apart=False,
        mitigating=(),
        published=(),
        texts=("A text",),
        standard="biometric-surveillance",
        version="1.0",
        standard_digest="ab" * 32,
        snapshot="20261123-0123456789ab",
        manifest="cd" * 32,
        as_of=None,
        reason=why,
    )


def opening(by="Ruth", role="researcher"):
    return act(
        "open", by, role, Opening("x-acme", "Acme", "biometric-surveillance", "Told")
    )


def find(by="Ruth", role="researcher", **more):
    return act("find", by, role, proposal(**more))


def add(by="Ruth", role="researcher", record="x-9"):
    what = Evidence("record", record, "It says.", "2020", "reported", (), (), "s", "")
    return act("add", by, role, what)


def add_sealed(by="Ruth", role="researcher"):
    return act("add_sealed", by, role, Sealed("statement", "ef" * 32))


def notify(*findings, by="Ruth", role="researcher", on=0):
    sent = day(on).date()
    what = Notice(
        "Acme",
        "Desk",
        "desk@example.org",
        findings,
        str(sent),
        str(sent + timedelta(30)),
        "Dear",
    )
    return act("notify", by, role, what)


def reply(*to, by="Ruth", role="researcher", more=False):
    return act("reply", by, role, Answer("Acme", "2026-11-24", to, "No.", "", more))


def review(finding, by="Vera", role="reviewer", *, agrees=True):
    return act("review", by, role, Review(finding, agrees, "Read."))


def decide(finding, by="Dora", role="decider", outcome="made"):
    return act("decide", by, role, Decision(finding, outcome, "Read."))


def appeal(finding, by="Ruth", role="researcher"):
    return act("appeal", by, role, Appeal(finding, "2026-11-25", "No.", ""))


def rule(finding, by="Egon", role="decider", outcome="dismissed"):
    return act("rule", by, role, Ruling(finding, outcome, "Read."))


def correct(number, by="Ruth", role="researcher"):
    return act("correct", by, role, Correction(number, "A slip."))


def conflict(person, by="Ruth", role="researcher"):
    return act("conflict", by, role, Conflict(person, "Holds shares."))


def close(by="Dora", role="decider"):
    return act("close", by, role, Closing("Done."))


def act(kind, by, role, what):
    return Draft(kind, by, role, plain(what))
