"""Relational plans: what is asked of statements as sets, written once for every engine."""

from collections.abc import Sequence

__all__ = [
    "BY_ENTITY",
    "CITATIONS",
    "COUNTS",
    "DECIDE",
    "DIFFERENCE",
    "EDGES",
    "ENTITIES",
    "LIVE",
    "OLDER",
    "ORIGINS",
    "PARCELS",
    "STAKES",
    "TWICE",
    "VALUES",
    "VOICES",
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
WITH told AS (
    SELECT canonical_id, schema, min(source) AS source,
           list(DISTINCT source) AS datasets
    FROM live GROUP BY canonical_id, schema
), stated AS (
    SELECT canonical_id AS id, string_agg(schema, ' ' ORDER BY source, schema) AS schemata,
           list_sort(list_distinct(flatten(list(datasets)))) AS datasets
    FROM told GROUP BY canonical_id
), named AS (
    SELECT id, arg_min(value,
        (prop <> 'name', unicode(value) > 127, source, prop, value)) AS value
    FROM names GROUP BY id
), titled AS (
    SELECT id, arg_max(value, (source, value)) AS value FROM titles GROUP BY id
), first_places AS (
    SELECT id, value, min((source, prop)) AS place FROM countries GROUP BY id, value
), places AS (
    SELECT id, list(value ORDER BY place, value) AS countries
    FROM first_places GROUP BY id
)
SELECT s.id, s.schemata, coalesce(n.value, t.value, s.id) AS caption,
       coalesce(p.countries, []) AS countries, s.datasets
FROM stated s LEFT JOIN named n ON s.id = n.id LEFT JOIN titled t ON s.id = t.id
LEFT JOIN places p ON s.id = p.id
ORDER BY s.id
"""
"""The entities of the live statements, with the schemata and datasets stated of them.

The schemata stand in the order in which a snapshot first states them. The caption is a
name, in Latin letters where there is one, or a title, or the id.
"""

COUNTS = """
SELECT count(*) AS claims FROM live GROUP BY canonical_id ORDER BY canonical_id
"""
"""How many statements there are of each entity."""

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

VOICES = """
WITH acting AS (
    SELECT c.id, n.source, n.target FROM entities c JOIN ends n ON c.schema = n.schema
    WHERE c.id IN (SELECT edge FROM edges)
), naming AS (
    SELECT l.canonical_id AS edge, v.rank, l.citations
    FROM live l JOIN acting a ON l.canonical_id = a.id
    JOIN voices v ON l.status = v.status
    WHERE l.prop IN (a.source, a.target)
), strongest AS (
    SELECT edge, max(rank) AS voice FROM naming GROUP BY edge
), cited AS (
    SELECT DISTINCT n.edge, unnest(n.citations) AS id
    FROM naming n JOIN strongest s ON n.edge = s.edge AND n.rank = s.voice
), origins AS (
    SELECT d.edge, list_sort(list(DISTINCT c.origin_group)) AS origins
    FROM cited d JOIN citations c ON d.id = c.id GROUP BY d.edge
)
SELECT e.edge, coalesce(s.voice, 0) AS voice, coalesce(o.origins, []) AS origins
FROM (SELECT DISTINCT edge FROM edges) e
LEFT JOIN strongest s ON e.edge = s.edge LEFT JOIN origins o ON e.edge = o.edge
ORDER BY e.edge
"""
"""The voice of each edge, the strongest in which its ends are named, and its origins in it."""

STAKES = """
SELECT e.edge, coalesce(s.told, '') AS told
FROM (SELECT DISTINCT edge FROM edges WHERE schema = 'Ownership') e
LEFT JOIN (
    SELECT canonical_id AS edge,
           string_agg(prop || chr(31) || value, chr(30) ORDER BY prop, value) AS told
    FROM live WHERE schema = 'Ownership' AND list_contains($props, prop)
    GROUP BY canonical_id
) s ON e.edge = s.edge
ORDER BY e.edge
"""
"""What is said of each stake, as one text, so that what is said alike is read once."""

PARCELS = """
SELECT c.canonical_id AS edge, min(c.source) AS source,
       coalesce(min(value) FILTER (prop = 'recordId'), c.canonical_id) AS record,
       coalesce(
           string_agg(DISTINCT lower(value), '; ' ORDER BY lower(value))
           FILTER (prop = 'sharesType' AND NOT list_contains($general, lower(value))), ''
       ) AS shares
FROM live c JOIN asked a ON c.canonical_id = a.edge
GROUP BY c.canonical_id
ORDER BY c.canonical_id
"""
"""Of some stakes the source, the record, and the class of shares where one is named."""
