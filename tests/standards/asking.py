"""How the tests ask for effects: listings of an invented firm, and one line of the answer."""

from standsbehind.model.dates import Interval
from standsbehind.model.designation import Designation
from standsbehind.standards.effects import decide
from standsbehind.standards.programs import load_programs

PROGRAMS = load_programs()
ALL_LISTED = tuple(
    Designation(f"L-{program}", "acme", program, "Acme", Interval("2019-08-13"))
    for program, found in PROGRAMS.items()
    if found.kind == "list" and not found.attaches_to
)


def listed(program, start=None, end=None, **fields):
    interval = Interval(start and str(start), end and str(end))
    known = {"id": "L1", **fields}
    return Designation(
        entity_id="acme",
        program=program,
        listed_name="Acme",
        interval=interval,
        **known,
    )


def ask(role, on, *listings, within="us", capabilities=()):
    return decide(listings, role, on, PROGRAMS, within, frozenset(capabilities))


def line(effects, provision):
    return next(e for e in effects if f"{e.program}/{e.provision}" == provision)
