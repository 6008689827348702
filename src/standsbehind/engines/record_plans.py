"""Relational plans on records: what tells which of them are one entity."""

__all__ = ["NUMBERS", "TOUCHED"]

NUMBERS = """
WITH ended AS (
    SELECT canonical_id, source, schema, prop, value, seq FROM entries
    WHERE op = 'retract' AND (list_contains($props, prop) OR prop = 'id')
), gone AS (
    SELECT e.* EXCLUDE (seq) FROM ended e ANTI JOIN live l USING (canonical_id)
    QUALIFY seq = max(seq) OVER (PARTITION BY canonical_id, source)
), stated AS (
    SELECT canonical_id, source, schema, prop, value FROM live
    WHERE list_contains($props, prop) UNION ALL FROM gone
), told AS (
    SELECT l.canonical_id AS record, k.*, regexp_replace(
               upper(regexp_replace(l.value, '[^0-9A-Za-z]', '', 'g')),
               '^IMO([0-9]{7})$', '\\1'
           ) AS number
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
), numbers AS MATERIALIZED (
    SELECT record, CASE WHEN within THEN kind || '@' || country ELSE kind END AS kind,
           number
    FROM told LEFT JOIN countries USING (record)
    WHERE NOT within OR (country IS NOT NULL AND NOT list_contains(not_in, country))
    UNION SELECT * FROM listed
), shared AS (
    SELECT kind, number FROM numbers GROUP BY ALL HAVING count(*) > 1
), met AS MATERIALIZED (
    SELECT record FROM numbers JOIN shared USING (kind, number)
    UNION SELECT record FROM judged
), borne AS (
    SELECT n.* FROM numbers n SEMI JOIN met USING (record)
    JOIN forms f ON f.kind = split_part(n.kind, '@', 1)
    WHERE regexp_full_match(n.number, f.form) AND length(n.number) >= f.shortest
), came AS (
    SELECT k.canonical_id AS record, min(k.seq) AS seq
    FROM entries k SEMI JOIN met m ON k.canonical_id = m.record GROUP BY ALL
)
SELECT m.record, c.seq, b.kind, b.number
FROM met m LEFT JOIN came c USING (record) LEFT JOIN borne b USING (record)
ORDER BY ALL
"""
"""The records that share a number with another, or that somebody judged: the entry of the
ledger with which each came, and its numbers.

What was last said of a record that left the data counts as well. Form is looked at last:
that costs far more than to group, and few records are left.
"""

TOUCHED = """
SELECT canonical_id AS record FROM entries
UNION SELECT value FROM entries WHERE prop IN ('entity', 'left', 'right')
"""
"""The records of which entries say anything, also by a listing or a judgement."""
