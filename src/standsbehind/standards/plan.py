"""Plan: the standard as one relational query whose result columns are ids of statements.

The query is compiled from the catalog alone. Classes, elements and terms come from closed
lists of letters, so it holds no text of a user. It reads four tables (`COLUMNS`) and knows
neither who a subject is nor who publishes: those columns are not in them.
"""

from collections.abc import Iterable, Mapping

from standsbehind.standards.norms import Element, Norm, Standard, Threshold
from standsbehind.standards.thresholds import COUNTED, PRIMARY

__all__ = ["COLUMNS", "compile_plan"]

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "facts": (
        *("fact", "record", "subject", "term", "matter"),
        *("statement", "earliest", "latest", "others"),
    ),
    "sources": ("fact", "origin", "voice", "body"),
    "searches": (
        *("subject", "norm", "element", "record", "statement"),
        *("also", "records"),
    ),
    "answers": ("record", "reply", "author"),
}
"""The tables that the query reads, with their columns, named as in `model.evidence`.
`others`, `also` and `records` are lists."""

_ENOUGH: Mapping[Threshold, str] = {
    "primary_or_two_origins": "(is_primary OR origins >= 2)",
    "court_or_un": "is_court_or_un",
    "recorded_search": "(is_search OR is_primary OR origins >= 2)",
}

_QUERY = """
WITH weighed AS (
  SELECT fact,
         bool_or(voice IN ({primary})) AS is_primary,
         count(DISTINCT origin) FILTER (voice IN ({voices})) AS origins,
         bool_or(voice IN ({primary}) AND body IN ('court', 'un')) AS is_court_or_un,
         bool_or(body = 'search') AS is_search
  FROM sources GROUP BY fact
), asked (norm, element, place, term, threshold) AS (
  VALUES {asked}
), asking AS (
  SELECT DISTINCT norm, element, place FROM asked
), softening (norm, term) AS (
  VALUES {softening}
), read AS (
  SELECT f.*, w.* EXCLUDE (fact),
         coalesce({enough}, false) AS is_enough
  FROM facts f LEFT JOIN weighed w USING (fact)
), held AS (
  SELECT r.*, a.norm, a.element, a.place,
         coalesce(CASE a.threshold {cases} END, false) AS is_good
  FROM read r JOIN asked a USING (term)
), touched AS (
  SELECT subject, norm FROM held UNION SELECT subject, norm FROM searches
), by_fact AS (
  SELECT subject, norm, element, bool_or(is_good) AS is_shown,
         list_sort(list(fact)) AS facts,
         coalesce(list_sort(list(fact) FILTER (is_good)), []) AS accepted,
         flatten(list(list_prepend(statement, others))) AS grounds
  FROM held GROUP BY ALL
), by_search AS (
  SELECT subject, norm, element, list_sort(list(DISTINCT record)) AS searches,
         flatten(list(list_prepend(statement, also))) AS grounds
  FROM searches GROUP BY ALL
), states AS (
  SELECT t.subject, t.norm, a.place, a.element,
         CASE WHEN f.is_shown THEN 'shown'
              WHEN s.searches IS NOT NULL THEN 'not shown'
              ELSE 'not examined' END AS result,
         list_sort(list_distinct(list_concat(f.grounds, s.grounds))) AS grounds,
         coalesce(f.facts, []) AS facts,
         coalesce(f.accepted, []) AS accepted, coalesce(s.searches, []) AS searches
  FROM touched t JOIN asking a USING (norm)
  LEFT JOIN by_fact f USING (subject, norm, element)
  LEFT JOIN by_search s USING (subject, norm, element)
), folded AS (
  SELECT subject, norm, bool_or(result = 'not examined') AS is_unexamined,
         bool_and(result = 'shown') AS is_all_shown
  FROM states GROUP BY ALL
), proven AS (
{proofs}
), told AS (
  SELECT subject, norm, record FROM held
  UNION
  SELECT subject, norm, unnest(records) FROM searches
), replied AS (
  SELECT t.subject, t.norm, list_sort(list(DISTINCT a.reply)) AS replies,
         bool_or(a.author = t.subject) AS is_answered
  FROM told t JOIN answers a USING (record) GROUP BY ALL
), softened AS (
  SELECT r.subject, s.norm, list_sort(list(r.fact)) AS mitigating
  FROM read r JOIN softening s USING (term) WHERE r.is_enough GROUP BY ALL
)
SELECT e.norm, e.subject,
       CASE WHEN f.is_unexamined THEN 'not examined'
            WHEN p.proof IS NULL THEN 'not shown'
            WHEN r.is_answered THEN 'answered'
            ELSE 'shown' END AS result,
       e.place, e.element, e.result AS state,
       e.grounds, e.facts, e.accepted, e.searches,
       coalesce(p.proof, []) AS proof,
       f.is_all_shown AND p.proof IS NULL AS is_apart,
       coalesce(r.replies, []) AS replies, coalesce(s.mitigating, []) AS mitigating
FROM states e JOIN folded f USING (subject, norm)
LEFT JOIN proven p USING (subject, norm)
LEFT JOIN replied r USING (subject, norm)
LEFT JOIN softened s USING (subject, norm)
"""
"""The query; what is left open in it are words of the catalog, from closed lists."""


def compile_plan(standard: Standard) -> str:
    """Compile the standard to one query.

    It gives a row for each subject, class and element, where anything was looked at for the
    class: the result of the class, the state of the element at its place, the statements
    and facts behind it, and the row of statements that shows the class. A pair without
    rows is not examined. The rows come in no order.
    """
    proofs = "\n  UNION ALL\n".join(_proof(norm) for norm in standard.norms)
    return _QUERY.format(
        primary=_quoted(PRIMARY),
        voices=_quoted(COUNTED),
        asked=_asked(standard),
        softening=_softening(standard),
        enough=_ENOUGH["primary_or_two_origins"],
        cases=_cases(),
        proofs=proofs,
    )


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def _asked(standard: Standard) -> str:
    rows = (
        f"('{norm.id}', '{element.id}', {place}, '{term}', '{element.threshold}')"
        for norm in standard.norms
        for place, element in enumerate(norm.elements)
        for term in element.any
    )
    return ",\n         ".join(rows)


def _softening(standard: Standard) -> str:
    rows = [
        f"('{norm.id}', '{term}')"
        for norm in standard.norms
        for term in norm.mitigating
    ]
    return ", ".join(rows or ["(NULL, NULL)"])


def _cases() -> str:
    return " ".join(f"WHEN '{name}' THEN {enough}" for name, enough in _ENOUGH.items())


def _proof(norm: Norm) -> str:
    """Join good facts on one matter, one for each element; the least row of them is kept."""
    columns = ", ".join(f"e{place}.statement" for place, _ in enumerate(norm.elements))
    places = {element.id: place for place, element in enumerate(norm.elements)}
    joins = "\n".join(
        f"  JOIN held e{place} ON e{place}.is_good AND {_is_of(norm, place, element)}"
        f" AND e{place}.subject = e0.subject AND e{place}.matter = e0.matter"
        f"{_order(place, element, places)}"
        for place, element in enumerate(norm.elements)
        if place
    )
    return f"""  SELECT e0.subject, '{norm.id}' AS norm, min([{columns}]) AS proof
  FROM held e0
{joins}
  WHERE e0.is_good AND {_is_of(norm, 0, norm.elements[0])} GROUP BY e0.subject"""  # noqa: S608


def _is_of(norm: Norm, place: int, element: Element) -> str:
    return f"e{place}.norm = '{norm.id}' AND e{place}.element = '{element.id}'"


def _order(place: int, element: Element, places: Mapping[str, int]) -> str:
    if element.after is None:
        return ""
    earlier = f"e{places[element.after.element]}.latest"
    return (
        f" AND date_diff('day', {earlier}, e{place}.earliest) >= {element.after.days}"
    )
