"""A plain relational plan: candidates out of a list by SQL alone, as DuckDB runs it.

Fold, split into letters and digits of any script, unique tokens, their neighbourhoods of
one letter left out joined and verified, weighted postings; the rarest tokens, up to 40 %
of a name's weight, bring up candidates, then all tokens count; ten are kept.
"""

import time
from collections.abc import Sequence
from typing import Any

__all__ = ["run_plan"]

TOKENS = r"""
CREATE TEMP TABLE {side}_tokens AS
SELECT DISTINCT id, token FROM (
  SELECT id, unnest(regexp_extract_all(lower(strip_accents(name)), '[\p{{L}}\p{{N}}]+')) token
  FROM {side}_names)
"""
WORDS = """
CREATE TEMP TABLE {side}_words AS
SELECT token, count(*) df, (row_number() OVER ())::INTEGER word FROM {side}_tokens GROUP BY token
"""
NEIGHBOURS = """
CREATE TEMP TABLE {side}_deletes AS
SELECT word, token, token AS form FROM {side}_words
UNION ALL
SELECT word, token, unnest(list_distinct(list_transform(
  range(1, length(token) + 1), lambda i: token[:i - 1] || token[i + 1:]))) AS form
FROM {side}_words WHERE length(token) >= 5
"""
POSTINGS = """
CREATE TEMP TABLE postings AS
SELECT w.word, t.id::INTEGER AS listed, (ln(n.n / w.df) + 1)::FLOAT AS weight
FROM list_tokens t JOIN list_words w USING (token), (SELECT count(*) n FROM list_names) n
ORDER BY w.word
"""
LIST_WEIGHTS = "CREATE TEMP TABLE list_weights AS SELECT listed, sum(weight) total FROM postings GROUP BY listed"
ALIKE = """
CREATE TEMP TABLE alike AS
SELECT DISTINCT a.word asked, b.word there, CASE WHEN a.token = b.token THEN 1.0 ELSE 0.8 END::FLOAT likeness
FROM query_deletes a JOIN list_deletes b USING (form)
WHERE a.token = b.token OR (length(a.token) >= 5 AND length(b.token) >= 5
  AND damerau_levenshtein(a.token, b.token) <= 1)
"""
WEIGHED = """
CREATE TEMP TABLE weighed AS
WITH found AS (
  SELECT asked word, min(df) df FROM alike JOIN list_words ON word = there GROUP BY asked)
SELECT id, word, weight, found, sum(weight) OVER (PARTITION BY id) total,
  coalesce(sum(weight) OVER (PARTITION BY id ORDER BY weight DESC, word
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) before
FROM (
  SELECT t.id::INTEGER id, w.word, f.df IS NOT NULL found,
    (ln(n.n / coalesce(f.df, 1)) + 1)::FLOAT weight
  FROM query_tokens t JOIN query_words w USING (token) LEFT JOIN found f USING (word),
    (SELECT count(*) n FROM list_names) n)
"""
BROUGHT_UP = """
CREATE TEMP TABLE brought AS
SELECT DISTINCT w.id, p.listed
FROM weighed w JOIN alike a ON a.asked = w.word JOIN postings p ON p.word = a.there
WHERE w.found AND w.before < 0.4 * w.total
"""
SCORED = """
CREATE TEMP TABLE answer AS
WITH wanted AS MATERIALIZED (
  SELECT w.id, a.there word, max(w.total) total, max(a.likeness * w.weight) weight
  FROM weighed w JOIN alike a ON a.asked = w.word GROUP BY w.id, a.there),
summed AS (
  SELECT b.id, b.listed, any_value(q.total) asked_total, sum(q.weight) met
  FROM brought b JOIN postings p USING (listed) JOIN wanted q ON q.id = b.id AND q.word = p.word
  GROUP BY b.id, b.listed)
SELECT id, s.listed, 2 * met / (asked_total + l.total) score
FROM summed s JOIN list_weights l USING (listed)
WHERE met >= 0.6 * asked_total
QUALIFY row_number() OVER (PARTITION BY id ORDER BY score DESC, s.listed) <= 10
"""


def run_plan(names: Sequence[str], queries: Sequence[str]) -> dict[str, Any]:
    """Run the plan on one thread; return seconds of index and queries, and what was found."""
    import duckdb  # noqa: PLC0415 - only in the process that measures it
    import pyarrow as pa  # noqa: PLC0415

    with duckdb.connect(config={"threads": 1}) as connection:
        for side, told in (("list", names), ("query", queries)):
            rows = pa.table({"id": range(len(told)), "name": list(told)})
            connection.register("told", rows)
            connection.execute(f"CREATE TABLE {side}_names AS FROM told")
            connection.unregister("told")
        started = time.perf_counter()
        for step in (TOKENS, WORDS, NEIGHBOURS, POSTINGS, LIST_WEIGHTS):
            connection.execute(step.format(side="list"))
        indexed, indexed_cpu = time.perf_counter(), time.process_time()
        for step in (TOKENS, WORDS, NEIGHBOURS, ALIKE, WEIGHED, BROUGHT_UP, SCORED):
            connection.execute(step.format(side="query"))
        ended, ended_cpu = time.perf_counter(), time.process_time()
        count = "SELECT count(*), count(DISTINCT id) FROM answer"
        pairs, asked = connection.execute(count).fetchall()[0]
    return {
        "build": indexed - started,
        "seconds": ended - indexed,
        "cpu": ended_cpu - indexed_cpu,
        "pairs": pairs,
        "found": asked,
    }
