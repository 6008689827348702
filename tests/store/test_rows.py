"""Rows: a table comes back as it was written, whole or a few rows of it."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from standsbehind.errors import EvidenceError
from standsbehind.store.rows import BATCH, Rows, open_mapped, read_whole, write_rows

WORDS = st.none() | st.sampled_from(["", "listed", "名", "é"])
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "word": WORDS,
            "number": st.integers(0, 9),
            "cited": st.lists(st.sampled_from("abc"), max_size=2),
        }
    ),
    min_size=1,
    max_size=8,
)
TYPES = pa.schema(
    [("word", pa.string()), ("number", pa.int32()), ("cited", pa.list_(pa.string()))]
)


def table_of(rows, pieces=1):
    """Make a table in pieces; few rows, told again and again, fill several batches."""
    part = pa.Table.from_pylist(rows, schema=TYPES)
    return pa.concat_tables([part] * pieces)


@given(ROWS, st.integers(1, 200), st.data())
def test_rows_are_read_as_they_were_written(tmp_path_factory, rows, pieces, data):
    table = table_of(rows, pieces)
    path = tmp_path_factory.mktemp("rows") / "said.arrow"
    write_rows(table, path)
    assert read_whole(path).to_pylist() == table.to_pylist()
    start = data.draw(st.integers(0, table.num_rows))
    stop = data.draw(st.integers(start, table.num_rows))
    assert (
        Rows(path).between(start, stop) == table.slice(start, stop - start).to_pylist()
    )


def test_single_rows_come_in_the_order_asked_for(tmp_path):
    table = table_of(
        [{"word": str(n), "number": n, "cited": []} for n in range(2 * BATCH)]
    )
    write_rows(table, tmp_path / "said.arrow")
    rows = Rows(tmp_path / "said.arrow", ["number"])
    assert rows.at([BATCH + 1, 0]) == [{"number": BATCH + 1}, {"number": 0}]


@pytest.mark.parametrize("read", [open_mapped, read_whole, Rows])
def test_a_damaged_table_is_named(tmp_path, read):
    path = tmp_path / "said.arrow"
    write_rows(table_of([{"word": "x", "number": 1, "cited": []}]), path)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(EvidenceError, match=r"said\.arrow"):
        read(path)
