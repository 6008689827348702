"""Neutrality: the same conduct under other names, homes, publishers and lists finds the same.

Each run is a world in which one thing about the subjects or their sources is dealt anew. The
tables of an evidence carry names, homes, lists, publishers and languages beside the columns
that the standard's plan reads (`plan.COLUMNS`), so that a plan which read one of them would
find something else in some world. Names are checked up to the renaming: what was found of a
firm must be found, to the last statement, of the firm that bears its conduct now.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal, get_args

__all__ = [
    "CARRIED",
    "COMPARE",
    "DIGEST",
    "KINDS",
    "Deal",
    "Kind",
    "deal",
    "world_plans",
]

Kind = Literal["names", "home_countries", "publishers", "languages", "designations"]

KINDS: tuple[Kind, ...] = get_args(Kind)

CARRIED: Mapping[str, tuple[str, ...]] = {
    "facts": ("name", "home", "listed"),
    "sources": ("publisher", "publisher_country", "language"),
}
"""The columns that stand beside those of the plan for no other reason than to be dealt anew."""


@dataclass(frozen=True, slots=True)
class Deal:
    """What is dealt in the worlds of one kind: rows of (world, thing, image)."""

    kind: Kind
    images: tuple[tuple[str, str, str], ...]


def deal(
    kind: Kind,
    worlds: Mapping[str, Sequence[str]],
    publishers: Sequence[str],
    languages: Sequence[str],
    random: Random,
) -> Deal:
    """Deal one thing anew in each world, whose subjects are given.

    Names, homes and lists are permuted among the subjects of the world, publishers among
    themselves; each publisher is given any of the languages, because most data has but one.
    """
    return Deal(
        kind,
        tuple(
            (world, thing, image)
            for world, subjects in worlds.items()
            for thing, image in _dealt(kind, subjects, publishers, languages, random)
        ),
    )


def _dealt(
    kind: Kind,
    subjects: Sequence[str],
    publishers: Sequence[str],
    languages: Sequence[str],
    random: Random,
) -> Iterator[tuple[str, str]]:
    if kind == "languages":
        return zip(
            publishers, random.choices(languages, k=len(publishers)), strict=True
        )
    things = publishers if kind == "publishers" else subjects
    return zip(things, random.sample(things, len(things)), strict=True)


def world_plans(kind: Kind) -> Mapping[str, str]:
    """Return, for each table that a plan reads, the query that makes it for all worlds.

    They read the tables of the evidence, `members` (world, subject), `images` (world, thing,
    image), `profiles` (subject, name, home, listed) and `places` (publisher, country). Ids
    come out behind the id of their world and a slash.
    """
    is_renamed = kind == "names"
    subject = "i.image" if is_renamed else "t.subject"
    own = f"{_prefixed('record')}, w.world || '/' || {subject} AS subject"
    return {
        "facts": _facts(kind, own),
        "sources": _sources(kind),
        "searches": _searches(own),
        "answers": _answers(
            "coalesce(i.image, t.author)" if is_renamed else "t.author"
        ),
    }


_OF_SUBJECT = """
JOIN members w USING (subject)
LEFT JOIN images i ON i.world = w.world AND i.thing = t.subject
"""


def _facts(kind: Kind, own: str) -> str:
    is_renamed = kind == "names"
    return f"""
SELECT {_prefixed("fact")}, {own}, t.term,
       {"coalesce(m.image, t.matter)" if is_renamed else "t.matter"} AS matter,
       t.statement, t.earliest, t.latest, t.others,
       {"p.name" if is_renamed else "t.name"} AS name,
       {"p.home" if kind == "home_countries" else "t.home"} AS home,
       {"p.listed" if kind == "designations" else "t.listed"} AS listed
FROM facts t {_OF_SUBJECT}
LEFT JOIN images m ON m.world = w.world AND m.thing = t.matter
LEFT JOIN profiles p ON p.subject = i.image
"""  # noqa: S608 - the words are ours


def _sources(kind: Kind) -> str:
    is_other = kind == "publishers"
    return f"""
SELECT {_prefixed("fact")}, t.origin, t.voice, t.body,
       {"i.image" if is_other else "t.publisher"} AS publisher,
       {"c.country" if is_other else "t.publisher_country"} AS publisher_country,
       {"i.image" if kind == "languages" else "t.language"} AS language
FROM sources t JOIN facts f USING (fact) JOIN members w USING (subject)
LEFT JOIN images i ON i.world = w.world AND i.thing = t.publisher
LEFT JOIN places c ON c.publisher = i.image
"""  # noqa: S608 - the words are ours


def _searches(own: str) -> str:
    return f"""
SELECT {own}, t.norm, t.element, t.statement, t.also,
       list_transform(t.records, lambda r: w.world || '/' || r) AS records
FROM searches t {_OF_SUBJECT}
"""  # noqa: S608 - the words are ours


def _answers(author: str) -> str:
    return f"""
SELECT {_prefixed("record")}, t.reply, w.world || '/' || {author} AS author
FROM answers t JOIN (
    SELECT world, record FROM facts JOIN members USING (subject)
    UNION
    SELECT world, unnest(records) FROM searches JOIN members USING (subject)
) w USING (record)
LEFT JOIN images i ON i.world = w.world AND i.thing = t.author
"""  # noqa: S608 - the words are ours


def _prefixed(column: str) -> str:
    return f"w.world || '/' || t.{column} AS {column}"


_SAID = """
concat_ws('|', norm, result, place, state, grounds, facts, accepted, searches, proof,
          is_apart, replies, mitigating)
"""
"""All that a row of the plan says, but for the subject. Ids hold no bar."""

DIGEST = f"""
SELECT sha256(coalesce(string_agg(
         subject || {_SAID}, chr(10) ORDER BY subject, norm, place), '')) AS digest
FROM found
"""  # noqa: S608 - the words are ours
"""The digest of all findings of an evidence."""

COMPARE = f"""
WITH worlds AS (SELECT DISTINCT world FROM members), back AS (
    SELECT split_part(subject, '/', 1) AS world,
           substr(subject, length(split_part(subject, '/', 1)) + 2) AS named, *
    FROM dealt
), now AS (
    SELECT b.world, coalesce(i.thing, b.named) AS subject, b.norm, b.place,
           replace({_SAID}, b.world || '/', '') AS said
    FROM back b
    LEFT JOIN images i ON $renamed AND i.world = b.world AND i.image = b.named
), before AS (
    SELECT w.world, f.subject, f.norm, f.place, {_SAID} AS said
    FROM found f JOIN members w USING (subject)
), differing AS (
    SELECT coalesce(n.world, b.world) AS world FROM now n
    FULL OUTER JOIN before b USING (world, subject, norm, place)
    WHERE n.said IS DISTINCT FROM b.said
), said AS (
    SELECT world,
           sha256(string_agg(subject || said, chr(10) ORDER BY subject, norm, place))
             AS digest
    FROM now GROUP BY world
)
SELECT w.world, coalesce(s.digest, '') AS digest,
       w.world NOT IN (SELECT world FROM differing) AS is_exact
FROM worlds w LEFT JOIN said s USING (world) ORDER BY w.world
"""  # noqa: S608 - the words are ours
"""For each world whether all that was found before is found again, and nothing else.

`found` are the findings of the evidence as it is, `dealt` those of all worlds.
"""
