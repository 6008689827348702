"""The docket on SQLite and on PostgreSQL: acts are added, never changed, and none is lost."""

import sqlite3
import stat
from datetime import timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from standsbehind.errors import EngineError, EvidenceError, UsageError
from standsbehind.store import accounts  # noqa: F401 - declares its tables
from standsbehind.store.database import HEAD, TABLES, Database
from standsbehind.store.docket import Docket
from tests.casework import (
    START,
    add,
    close,
    day,
    decide,
    enrolments,
    find,
    notify,
    opening,
    reply,
    review,
)

REVIEWED = (find(), notify(2), reply("x-1"), review(2))


def enrolled(address):
    docket = Docket.at(address)
    for draft in enrolments():
        docket.add_person(draft, START)
    return docket


@pytest.fixture
def docket(docket_address):
    return enrolled(docket_address)


def opened(docket, *drafts):
    case = docket.open(opening(), START).case
    for draft in drafts:
        docket.add(case, [draft], START)
    return case


def changed(docket, statement):
    """Change the database behind the docket's back, as its owner can."""
    database = docket.database
    with database._engine.begin() as connection:
        if database.is_file:
            connection.execute(text("DROP TRIGGER IF EXISTS acts_no_update"))
            connection.execute(text("DROP TRIGGER IF EXISTS acts_no_delete"))
        else:
            connection.execute(text("ALTER TABLE acts DISABLE TRIGGER ALL"))
        connection.execute(text(statement))


def failed(docket):
    return [line for line in docket.problems() if line]


def test_a_case_runs_to_its_end_and_is_read_back(docket, docket_address):
    case = opened(docket, *REVIEWED, decide(2), close())
    held = Docket.at(docket_address).case(case)
    assert [act.kind for act in held.acts][-2:] == ["decide", "close"]
    assert (case, held.state, held.findings[0].standing) == (
        "2026-00001",
        "closed",
        "made",
    )
    assert failed(docket) == []
    assert len(list(docket.problems())) == len(held.acts) + len(list(enrolments()))


def test_cases_are_numbered_within_their_year(docket):
    ids = [opened(docket), opened(docket), docket.open(opening(), day(60)).case]
    assert ids == ["2026-00001", "2026-00002", "2027-00001"]
    assert [one.id for one in docket.cases()] == ids


def test_an_illegal_act_is_refused_and_nothing_is_written(docket):
    case = opened(docket, find())
    with pytest.raises(UsageError, match="was not told of it"):
        docket.add(case, [review(2)], START)
    with pytest.raises(UsageError, match="no such case"):
        docket.add("2026-00009", [add()], START)
    assert len(docket.case(case).acts) == 2


def test_of_several_acts_all_are_added_or_none(docket):
    case = opened(docket)
    with pytest.raises(UsageError, match="nothing to find"):
        docket.add(case, [find(), find(norm="C2", result="not examined")], START)
    assert len(docket.case(case).acts) == 1
    docket.add(case, [find(), find(norm="C2")], START)
    assert len(docket.case(case).findings) == 2


def test_what_came_since_the_case_was_read_stops_a_decision(docket):
    case = opened(docket, *REVIEWED)
    docket.add(case, [add()], START)
    with pytest.raises(UsageError, match=r"act 6 \(add by Ruth\) came first"):
        docket.add(case, [decide(2)], START, seen=5)
    docket.add(case, [decide(2)], START, seen=6)


def test_a_clock_that_went_back_puts_no_act_before_its_elder(docket):
    case = opened(docket)
    docket.add(case, [add()], START - timedelta(hours=3))
    first, second = docket.case(case).acts
    assert first.at == second.at


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE acts SET person = 'Mallory' WHERE number = 2",
        "DELETE FROM acts WHERE case_id = '2026-00001'",
    ],
)
def test_the_database_refuses_changes(docket, change):
    opened(docket, find())
    with (
        pytest.raises(DBAPIError, match="acts are never changed"),
        docket.database._engine.begin() as connection,
    ):
        connection.execute(text(change))
    assert failed(docket) == []


def test_an_empty_change_is_refused_too_where_the_database_can(docket):
    opened(docket, find())
    if docket.database.is_file:
        pytest.skip("SQLite has no TRUNCATE")
    with (
        pytest.raises(DBAPIError, match="acts are never changed"),
        docket.database._engine.begin() as connection,
    ):
        connection.execute(text("TRUNCATE acts"))


@pytest.mark.parametrize(
    ("change", "named"),
    [
        pytest.param(
            "UPDATE acts SET said = replace(said, 'shown', 'not shown') "
            "WHERE case_id = '2026-00001' AND number = 2",
            "case 2026-00001, act 2: was changed",
            id="what was said",
        ),
        pytest.param(
            "UPDATE acts SET said = '{' WHERE case_id = '2026-00001' AND number = 2",
            "case 2026-00001, act 2: was changed",
            id="no JSON any more",
        ),
        pytest.param(
            "UPDATE acts SET person = 'Dora' WHERE case_id = '2026-00001' AND number = 5",
            "case 2026-00001, act 5: was changed",
            id="who did it",
        ),
        pytest.param(
            "DELETE FROM acts WHERE case_id = '2026-00001' AND number = 4",
            "case 2026-00001, act 4: is missing",
            id="an act taken out",
        ),
        pytest.param(
            "DELETE FROM acts WHERE case_id = '2026-00001'",
            "case 2026-00001: is missing",
            id="a case taken out",
        ),
        pytest.param(
            "UPDATE acts SET said = replace(said, 'reviewer', 'decider') "
            "WHERE case_id = 'people' AND person = 'Ruth' AND number = 3",
            "case people, act 3: was changed",
            id="a role",
        ),
    ],
)
def test_the_first_bad_act_is_named(docket, change, named):
    opened(docket, *REVIEWED)
    opened(docket)
    changed(docket, change)
    (line,) = failed(docket)
    assert named in line


def test_nothing_is_added_to_a_case_that_was_changed(docket):
    case = opened(docket, *REVIEWED)
    changed(docket, "UPDATE acts SET person = 'Dora' WHERE number = 5")
    with pytest.raises(EvidenceError, match="act 5: was changed"):
        docket.add(case, [decide(2)], START)


def test_the_migrations_make_the_table_that_the_code_reads(docket):
    with docket.database._engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert context.get_current_revision() == HEAD
        assert compare_metadata(context, TABLES) == []


def test_a_docket_of_a_later_version_is_refused(docket, docket_address):
    with docket.database._engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(UsageError, match="a later version wrote it"):
        Docket.at(docket_address)


def test_a_file_is_for_its_owner_alone_and_written_through(tmp_path):
    docket = enrolled(tmp_path / "docket.sqlite")
    assert stat.S_IMODE((tmp_path / "docket.sqlite").stat().st_mode) == 0o600
    with docket.database.reading() as connection:
        said = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous")
        ]
    assert said == ["wal", 2]


def test_postgresql_commits_to_disk_whatever_its_default(postgres):
    docket = enrolled(postgres.url())
    asked = text("SHOW synchronous_commit")
    with docket.database.reading() as connection:
        assert connection.execute(asked).scalar_one() == "off"
    with docket.database.writing() as connection:
        assert connection.execute(asked).scalar_one() == "on"


def test_what_is_no_docket_is_told_in_a_line(tmp_path):
    other = tmp_path / "letter.txt"
    other.write_text("Dear all, this is not a database, and it is long enough.\n" * 20)
    with pytest.raises(EvidenceError, match=r"letter\.txt: damaged .* restore"):
        Docket.at(other)
    with pytest.raises(UsageError, match="not a database of SQLite or PostgreSQL"):
        Docket.at("mysql://user:secret@host/cases")
    with pytest.raises(UsageError, match="not the URL of a database"):
        Docket.at("cases")


def test_a_password_is_not_printed():
    with pytest.raises(EngineError, match=r"127\.0\.0\.1") as told:
        Docket.at("postgresql://desk:secret@127.0.0.1:1/cases?connect_timeout=2")
    assert "secret" not in str(told.value)


def test_any_byte_of_an_act_that_is_changed_is_found(tmp_path):
    """SQLite's own check sees no byte that changed within a value."""
    docket = enrolled(tmp_path / "docket.sqlite")
    opened(docket, *REVIEWED)
    with sqlite3.connect(tmp_path / "docket.sqlite") as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path = tmp_path / "docket.sqlite"
    content = path.read_bytes()
    (said,) = (
        act.said for act in docket.case("2026-00001").acts if act.kind == "reply"
    )
    start = content.index(b'"author":"Acme"')
    for place in range(start, start + 15, 2):
        changed_to = bytearray(content)
        changed_to[place] ^= 1
        path.write_bytes(changed_to)
        (line,) = failed(Docket(Database(path)))
        assert "case 2026-00001, act 4: was changed" in line
    assert said["author"] == "Acme"
