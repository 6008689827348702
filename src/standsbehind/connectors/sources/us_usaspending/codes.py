"""Product and service codes: the words of a code, where a row of an award has none."""

from collections.abc import Mapping

from standsbehind.connectors.arrival import text_of
from standsbehind.connectors.context import Copy, Quarantined
from standsbehind.connectors.tabular import table_rows

__all__ = ["words_of_codes"]

_CODE, _NAME = "PSC CODE", "PRODUCT AND SERVICE CODE NAME"
_FULL_NAME = "PRODUCT AND SERVICE CODE FULL NAME"


def words_of_codes(copy: Copy | None) -> Mapping[str, str]:
    """Read the code list; codes that it gives no words are left out.

    Raises SourceError where it is another table.
    """
    if copy is None:
        return {}
    found: dict[str, str] = {}
    for row in table_rows(copy, text_of(copy), (_CODE, _NAME, _FULL_NAME)):
        if isinstance(row, Quarantined):
            continue
        code, name, full = (row.take(column) for column in (_CODE, _NAME, _FULL_NAME))
        if full or name:
            found[code] = full or name
    return found
