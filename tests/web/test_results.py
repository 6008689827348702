"""Results: a page of the rows of a screening, whatever its size."""

import csv

from standsbehind.web.results import PER_PAGE, Chosen, rows_of

HEAD = ("row", "status", "score", "lists", "name", "entity", "matched")


def written(folder, scores):
    path = folder / "result.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(HEAD)
        for row, score in enumerate(scores, start=2):
            status = "hit" if score else "no_hit_found"
            lines.writerow((row, status, score, "", f"Firm {row}", "", ""))
    return path


def chosen(start=0, status="", *, by_score=True):
    return Chosen(status, "", listed=False, by_score=by_score, start=start)


def rows(found):
    return [int(row.best["row"]) for row in found.rows]


def test_the_best_come_first_and_equals_as_they_stand(tmp_path):
    path = written(tmp_path, [0.7, "", 0.9, 0.7, 0.8])
    assert rows(rows_of(path, chosen())) == [4, 6, 2, 5, 3]
    assert rows(rows_of(path, chosen(status="hit"))) == [4, 6, 2, 5]
    assert rows(rows_of(path, chosen(by_score=False))) == [2, 3, 4, 5, 6]


def test_a_page_begins_where_the_one_before_ends(tmp_path):
    path = written(tmp_path, [round(n / 1000, 3) for n in range(1, 121)])
    first, last = rows_of(path, chosen()), rows_of(path, chosen(2 * PER_PAGE))
    assert (first.total, first.next, last.next) == (120, PER_PAGE, None)
    assert rows(first) == list(range(121, 71, -1))
    assert rows(last) == list(range(21, 1, -1))
    assert rows(rows_of(path, chosen(500))) == []
