"""Words of parity: how counts, intervals, days and differences are said, and what they do not say."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import ceil, floor

from standsbehind.cases.parity import Parity
from standsbehind.cases.rolls import Roll
from standsbehind.connectors.countries import country_name
from standsbehind.model.proportion import Proportion
from standsbehind.reports.words import counted, program_title
from standsbehind.standards.effects import NOT_LEGAL_ADVICE
from standsbehind.standards.grades import Grade
from standsbehind.standards.matched import Pair
from standsbehind.standards.parity import (
    Days,
    Examined,
    Exposure,
    Listed,
    Outcome,
    Wait,
)
from standsbehind.standards.provisions import LAW_AS_OF

__all__ = [
    "FEW",
    "NOTICES",
    "OUTCOMES_IN_WORDS",
    "apart_in_words",
    "at_home_in_words",
    "differences",
    "exposure_notes",
    "few_note",
    "first_list_in_words",
    "found_in_words",
    "grades_in_words",
    "home_in_words",
    "homes_in_words",
    "interval_in_words",
    "listed_in_words",
    "reach_in_words",
    "sizes_in_words",
    "wait_in_words",
]

FEW = 5
"""Fewer firms than these are marked: one of them is a quarter of the share, or more."""

NOTICES = (
    "These are counts with exact intervals, and no verdict: they say who is listed, and not why.",
    "Listed is no finding, and not listed is not cleared.",
    "What is compared is what was found by those who looked, and not all that was done.",
    f"{NOT_LEGAL_ADVICE} Law as of {LAW_AS_OF}.",
)
"""Printed wherever a comparison is."""

OUTCOMES_IN_WORDS: Mapping[Outcome, str] = {
    "shown": "shown",
    "not shown": "not shown: searched, and an element is not met",
    "not examined": "not examined in full: claims without a search for each element",
}


_MOST_HOMES = 8
"""Homes of a list that are told one by one."""

_UNIONS = {"eu": "European Union"}
"""Homes of bodies that are of no one country."""


def home_in_words(home: str) -> str:
    """Name a home: `China`, `Canada and France`, `3 countries`, `not stated`."""
    if not home:
        return "not stated"
    codes = home.split("+")
    if len(codes) > 2:
        return f"{len(codes)} countries"
    return " and ".join(_UNIONS.get(code, country_name(code)) for code in codes)


def homes_in_words(homes: Mapping[str, int]) -> str:
    """Count by home, those with the most: `China 16, Israel 2, 3 of 3 other homes`."""
    told = list(homes.items())
    said = [f"{home_in_words(home)} {n:,}" for home, n in told[:_MOST_HOMES]]
    rest = told[_MOST_HOMES:]
    if rest:
        count = sum(n for _, n in rest)
        said.append(f"{count:,} of {counted(len(rest), 'other home', 'other homes')}")
    return ", ".join(said)


def interval_in_words(proportion: Proportion) -> str:
    """Say the exact 95 % interval in percent, its ends rounded outwards."""
    lower, upper = proportion.interval()
    # A billionth, so that a share that is 2.5 % but for the last bit stays 2.5 %.
    low, high = floor(lower * 1000 + 1e-9) / 10, ceil(upper * 1000 - 1e-9) / 10
    return f"{low:g} % to {high:g} %"


def few_note(together: Exposure, exposures: Sequence[Exposure]) -> str:
    """Say how little so few can say; blank where no row has few."""
    few = [one for one in exposures if one.designated.of < FEW]
    if not few:
        return ""
    if together.designated.of == 1:
        said = interval_in_words(together.designated)
        return f"One firm: the interval, {said}, rules out next to nothing."
    rows = counted(len(few), "row has", "rows have")
    return f"{rows} fewer than {FEW} firms: the interval rules out little."


def exposure_notes(one: Exposure) -> Iterator[str]:
    """Say what stands beside a count: former listings, searches, origins."""
    n = one.designated.of
    if one.answered:
        yield f"answered {one.answered} of {n}"
    if one.doubtful:
        yield f"{one.doubtful} perhaps listed, by a listing without a day"
    if one.once:
        yield f"{one.once} listed before, and no longer"
    yield f"searched {one.searched} of {n}"
    if one.one_origin:
        yield f"one origin or none {one.one_origin} of {n}"


def _days(days: Days) -> str:
    low, high = days
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def sizes_in_words(found: Parity) -> str:
    """Say how much is compared: findings, firms, those listed, pairs."""
    listed = {one.subject for one in found.examined if one.is_listed}
    firms = {one.subject for one in found.examined}
    return (
        f"{counted(len(found.examined), 'finding', 'findings')} on "
        f"{counted(len(firms), 'firm or body', 'firms and bodies')}, of which "
        f"{len(listed):,} on a list that day; "
        f"{counted(found.matched.possible, 'matched pair', 'matched pairs')}."
    )


def wait_in_words(wait: Wait, day: str) -> str:
    """Say the time from the first report to the first listing, and what is open in it."""
    said = apart_in_words(wait)
    if wait.is_censored and wait.days:
        said = f"{said}, until {day}"
    if wait.listing is not None and wait.undated:
        said = f"{said}; {wait.undated} more from a day not stated"
    return said if wait.first_report else f"{said}; no claim with a date"


def apart_in_words(wait: Wait) -> str:
    """Say how far the first listing is from the first report: `listed 315 days after`."""
    if wait.listing is None and wait.undated:
        return "listed on a day that is not stated"
    if wait.listing is None:
        later = "; first reported later" if wait.first_report else ""
        known = wait.days and f" in {_days(wait.days)} days"
        return f"not listed{known or later}"
    return _apart(wait.days) if wait.days else f"listed on {wait.listing.start}"


def _apart(days: Days) -> str:
    low, high = days
    if low == high == 0:
        return "listed on the day of the first report"
    if low < 0 < high:
        return f"listed between {-low:,} days before and {high:,} days after"
    if high <= 0:
        return f"listed {_days((-high, -low))} days before"
    return f"listed {_days(days)} days after"


def first_list_in_words(wait: Wait) -> str:
    """Name the first list, and say where its text can reach the firms of one country alone."""
    if wait.listing is None:
        return ""
    only = " (of one country)" if wait.listing.reach == "one country" else ""
    return f"{program_title(wait.listing.program)}{only}"


def listed_in_words(one: Examined) -> str:
    """Say on which lists a name stands that day, perhaps stands, and no longer stands."""
    held = [_listing(li) for li in one.held]
    perhaps = [_listing(li) for li in one.listings if li.is_doubtful]
    ended = [
        f"{program_title(li.program)} until {li.end or 'a day not stated'}"
        for li in one.listings
        if not (li.is_held or li.is_doubtful)
    ]
    said = [_apart_from("", held) or "on no list"]
    said += [_apart_from("perhaps: ", perhaps), _apart_from("no longer: ", ended)]
    return "; ".join(filter(None, said))


def _apart_from(what: str, told: Sequence[str]) -> str:
    """Join what is told, each once, behind a word; blank where nothing is."""
    return f"{what}{'; '.join(dict.fromkeys(told))}" if told else ""


def _listing(one: Listed) -> str:
    return f"{program_title(one.program)} since {one.start or 'a day not stated'}"


def found_in_words(outcome: Outcome) -> str:
    """Say of a pair what was found, so that nobody reads it as shown."""
    return outcome if outcome == "shown" else f"{outcome}, so shown of neither"


def grades_in_words(elements: Sequence[str], grades: Sequence[Grade]) -> str:
    """Say the grade of each element: `capability one origin, supply none`."""
    both = zip(elements, grades, strict=True)
    return ", ".join(f"{element} {grade}" for element, grade in both)


def differences(pair: Pair) -> list[tuple[str, str, str]]:
    """Say what else is not alike: what, with the listed name, with the other."""
    named = (_DIFFERENCES[name] for name in pair.differs)
    return [(word, say(pair.listed), say(pair.other)) for word, say in named]


def _elements(one: Examined) -> str:
    return ", ".join(f"{e.id} {e.result}" for e in one.finding.elements)


def _kin(one: Examined) -> str:
    return ", ".join(one.kin) or "none stated"


_DIFFERENCES: Mapping[str, tuple[str, Callable[[Examined], str]]] = {
    "home": ("home", lambda one: home_in_words(one.home)),
    "result": ("result", lambda one: one.finding.result),
    "elements": ("elements", _elements),
    "searches": ("searches made", lambda one: str(len(one.searches))),
    "origins": ("origins", lambda one: str(len(one.origins))),
    "replies": ("replies", lambda one: str(len(one.finding.replies))),
    "mitigating": ("mitigating facts", lambda one: str(len(one.finding.mitigating))),
    "first_report": ("first report", lambda one: one.first_report or "no date"),
    "kin": ("held by, or holding, a listed name", _kin),
}
"""How what `Pair.differs` names is called, and said of one side."""


def at_home_in_words(roll: Roll) -> str:
    """Say how many of a list are at home with the lister: `0 of 16`."""
    if roll.at_home is None:
        return "who lists is not stated"
    return f"{roll.at_home:,} of {roll.names:,}"


def reach_in_words(roll: Roll) -> str:
    """Say whether the text behind a list can reach firms of one country alone."""
    if roll.one_country is not None:
        home = home_in_words(roll.one_country.country)
        return f"{home} alone, by {roll.one_country.by}"
    if roll.reach == "open":
        return "open to firms of more than one country"
    return "its text is not written here"
