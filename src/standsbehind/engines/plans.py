"""Relational plans: what is asked of statements as sets, written once for every engine."""

__all__ = ["CITATIONS", "EDGES", "ENTITIES", "LIVE", "VALUES"]

LIVE = """
SELECT * EXCLUDE (turn) FROM (
    SELECT *, row_number() OVER (PARTITION BY source, id ORDER BY seq DESC) AS turn
    FROM entries
    WHERE $known_on IS NULL OR recorded_at <= $known_on
)
WHERE turn = 1 AND op <> 'retract'
ORDER BY canonical_id, source, schema, prop, value, id
"""
"""The statements in force: of each statement the last word, if it is not a retraction."""

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
