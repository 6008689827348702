"""Relational plans: what is asked of statements as sets, written once for every engine."""

from collections.abc import Sequence

__all__ = [
    "BY_ENTITY",
    "CITATIONS",
    "DECIDE",
    "DIFFERENCE",
    "EDGES",
    "ENTITIES",
    "FIRST",
    "GONE",
    "LIVE",
    "NUMBERS",
    "OLDER",
    "ORIGINS",
    "TOUCHED",
    "TWICE",
    "VALUES",
    "leaves",
]

LIVE = """
WITH ended AS (
    SELECT source, id, max(seq) AS seq FROM entries WHERE op <> 'assert'
    GROUP BY source, id
)
SELECT k.* FROM entries k
LEFT JOIN ended e ON k.source = e.source AND k.id = e.id AND k.seq < e.seq
WHERE k.op <> 'retract' AND e.id IS NULL
"""
"""The statements in force: those that no later line of the ledger supersedes or retracts.

A statement is told anew only after a retraction, so the lines that end one are few and
the join is small, however long the ledger is.
"""

BY_ENTITY = "ORDER BY canonical_id, k.source, schema, prop, value, k.id"
"""How a snapshot lays statements out, so that those of one entity stand together."""

DECIDE = """
SELECT r.turn AS told, NULL AS gone,
       CASE WHEN h.id IS NULL THEN 'assert' ELSE 'supersede' END AS op
FROM told r LEFT JOIN held h ON r.id = h.id
LEFT JOIN origins a ON r.citations = a.citations
LEFT JOIN origins b ON h.citations = b.citations
WHERE h.id IS NULL
   OR r.valid_from IS DISTINCT FROM h.valid_from
   OR r.valid_to IS DISTINCT FROM h.valid_to
   OR r.status <> h.status
   OR r.schema <> h.schema
   OR a.origins IS DISTINCT FROM b.origins
UNION ALL
SELECT NULL, h.turn, 'retract' FROM held h
WHERE NOT EXISTS (SELECT 1 FROM told r WHERE r.id = h.id)
  AND (NOT $collects OR h.entity_id IN (SELECT entity_id FROM told))
ORDER BY told NULLS LAST, gone
"""
"""What a reading changes: rows told anew or otherwise than held, and held rows now gone."""

OLDER = """
WITH told_days AS (
    SELECT t.entity_id, max(c.published) AS day
    FROM (SELECT entity_id, unnest(citations) AS id FROM told) t
    JOIN cited c ON t.id = c.id GROUP BY t.entity_id
), held_days AS (
    SELECT h.entity_id, max(c.published) AS day
    FROM (SELECT entity_id, unnest(citations) AS id FROM held
          WHERE entity_id IN (SELECT entity_id FROM told_days)) h
    JOIN cited c ON h.id = c.id GROUP BY h.entity_id
)
SELECT entity_id FROM told_days t JOIN held_days h USING (entity_id)
WHERE t.day < h.day AND NOT starts_with(h.day, t.day)
"""
"""The entities of which a reading says what is older than what is held of them.

A year is not older than a day in it.
"""

ORIGINS = """
WITH lists AS (
    SELECT DISTINCT citations FROM told UNION SELECT DISTINCT citations FROM held
)
SELECT l.citations, list_sort(list_distinct(list(c.origin_group))) AS origins
FROM (SELECT citations, unnest(citations) AS id FROM lists) l
JOIN cited c ON l.id = c.id GROUP BY l.citations
"""
"""The independent origins behind each list of citations."""

DIFFERENCE = """
WITH differing AS (
    SELECT coalesce(a.canonical_id, b.canonical_id) AS entity,
           coalesce(a.source, b.source) AS dataset,
           coalesce(a.prop, b.prop) AS prop, coalesce(a.value, b.value) AS value,
           b.turn AS before, a.turn AS after,
           a.canonical_id IS DISTINCT FROM b.canonical_id AS moved,
           a.valid_from IS DISTINCT FROM b.valid_from
             OR a.valid_to IS DISTINCT FROM b.valid_to AS dated,
           a.status IS DISTINCT FROM b.status AS voiced,
           b.citations AS was_cited, a.citations AS is_cited
    FROM before b FULL OUTER JOIN after a ON a.source = b.source AND a.id = b.id
    WHERE ($dataset IS NULL OR coalesce(a.source, b.source) = $dataset)
      AND (before IS NULL OR after IS NULL OR moved OR dated OR voiced
           OR was_cited IS DISTINCT FROM is_cited)
), lists AS (
    SELECT was_cited AS citations FROM differing UNION SELECT is_cited FROM differing
), origins AS (
    SELECT l.citations, list_sort(list_distinct(list(c.origin_group))) AS origins
    FROM (SELECT citations, unnest(citations) AS id FROM lists) l
    JOIN cited c ON l.id = c.id GROUP BY l.citations
)
SELECT d.* EXCLUDE (was_cited, is_cited),
       was.origins IS DISTINCT FROM now.origins AS cited,
       NOT (before IS NULL OR after IS NULL OR moved OR dated OR voiced OR cited)
         AS elsewhere
FROM differing d LEFT JOIN origins was ON d.was_cited = was.citations
LEFT JOIN origins now ON d.is_cited = now.citations
ORDER BY entity, dataset, prop, value, before, after
"""
"""The statements in which two snapshots differ, by their rows, and in what they differ.

`cited`: to other origins. `elsewhere`: the same statement of the same origins, and only the
copy, the place in it or its date are others: the source says what it said.
"""

TWICE = "SELECT id FROM told GROUP BY id HAVING count(*) > 1"
"""The statements that a reading makes in several places."""


def leaves(fields: Sequence[str]) -> str:
    """Return the plan that hashes each row as a leaf of RFC 6962 over canonical JSON.

    `control` marks rows with control characters, which the engine escapes otherwise than
    RFC 8785 asks.
    """
    texts = [name for name in fields if name not in {"citations", "external"}]
    json = " || ',' || ".join(
        f"""'"{name}":' || coalesce(CAST(to_json({name}) AS VARCHAR), 'null')"""
        for name in fields
    )
    control = " OR ".join(
        f"coalesce(regexp_matches({name}, '[\\x00-\\x1f]'), false)" for name in texts
    )
    return f"""
SELECT unhex(sha256('\\x00'::BLOB || encode('{{' || {json} || '}}'))) AS hash,
       {control} AS control
FROM changes
"""  # noqa: S608 - the names are ours, not a caller's


CITATIONS = """
SELECT * FROM citations
QUALIFY row_number() OVER (PARTITION BY id) = 1
ORDER BY id
"""
"""Each citation once; equal ones have one id."""

ENTITIES = """
SELECT canonical_id AS id,
       list_sort(list_distinct(list(schema))) AS schemata,
       list_sort(list_distinct(list(source))) AS datasets
FROM live GROUP BY canonical_id ORDER BY canonical_id
"""
"""The entities of the live statements, with the schemata and datasets stated of them."""

VALUES = """
SELECT canonical_id AS id, schema, source, prop, value, lang
FROM live WHERE list_contains($props, prop)
ORDER BY canonical_id, source, prop, value, lang
"""
"""All live values of some properties."""

EDGES = """
WITH facts AS (
    SELECT canonical_id, schema,
           min(value) FILTER (prop = 'role') AS role,
           min(value) FILTER (prop = 'startDate') AS start,
           max(value) FILTER (prop = 'endDate') AS "end"
    FROM live GROUP BY canonical_id, schema
)
SELECT a.canonical_id AS edge, a.schema, coalesce(f.role, a.schema) AS role,
       f.start, f."end", a.value AS source, b.value AS target
FROM live a JOIN live b ON a.canonical_id = b.canonical_id AND a.schema = b.schema
JOIN ends e ON a.schema = e.schema AND a.prop = e.source AND b.prop = e.target
JOIN facts f ON a.canonical_id = f.canonical_id AND a.schema = f.schema
WHERE a.value IN (SELECT canonical_id FROM live)
  AND b.value IN (SELECT canonical_id FROM live)
ORDER BY edge, source, target
"""
"""The edges: entities of an edge schema, both of whose ends are in the data, with their dates."""

GONE = """
SELECT k.* FROM entries k
JOIN (SELECT source, canonical_id, max(seq) AS seq FROM entries
      WHERE op = 'retract' AND canonical_id NOT IN (SELECT canonical_id FROM live)
      GROUP BY source, canonical_id) g
  ON k.source = g.source AND k.canonical_id = g.canonical_id AND k.seq = g.seq
WHERE k.op = 'retract'
"""
"""What was last said of the entities that left the data."""

NUMBERS = """
WITH told AS (
    SELECT l.canonical_id AS record, k.*,
           upper(regexp_replace(l.value, '[^0-9A-Za-z]', '', 'g')) AS number
    FROM stated l JOIN kinds k ON l.prop = k.kind
), countries AS (
    SELECT canonical_id AS record, min(lower(value)) AS country
    FROM stated WHERE prop IN ('country', 'jurisdiction', 'mainCountry')
    GROUP BY canonical_id HAVING count(DISTINCT lower(value)) = 1
), listed AS (
    SELECT e.value AS record, k.kind, r.value AS number
    FROM stated r
    JOIN stated p ON p.canonical_id = r.canonical_id AND p.prop = 'programId'
    JOIN stated e ON e.canonical_id = r.canonical_id AND e.prop = 'entity'
    JOIN lists k ON k.program = p.value AND k.source = r.source
    WHERE r.schema = 'Sanction' AND r.prop = 'recordId'
      AND regexp_full_match(r.value, k.form)
), numbers AS (
    SELECT record, CASE WHEN within THEN kind || '@' || country ELSE kind END AS kind,
           number
    FROM told LEFT JOIN countries USING (record)
    WHERE regexp_full_match(number, form) AND length(number) >= shortest
      AND (NOT within OR (country IS NOT NULL AND NOT list_contains(not_in, country)))
    UNION SELECT * FROM listed
), shared AS (
    SELECT kind, number FROM numbers GROUP BY ALL HAVING count(*) > 1
), met AS (
    SELECT record FROM numbers JOIN shared USING (kind, number)
    UNION SELECT record FROM judged
)
SELECT n.* FROM numbers n SEMI JOIN met USING (record) ORDER BY ALL
"""
"""The numbers of the records that share one with another, or that somebody judged."""

TOUCHED = """
SELECT canonical_id AS record FROM entries
UNION SELECT value FROM entries WHERE prop IN ('entity', 'left', 'right')
"""
"""The records of which entries say anything, also by a listing or a judgement."""

FIRST = """
SELECT k.canonical_id AS record, min(k.seq) AS seq
FROM entries k SEMI JOIN met m ON k.canonical_id = m.record GROUP BY ALL
"""
"""The entry of the ledger with which each of some records came."""
