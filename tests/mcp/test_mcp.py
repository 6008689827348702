"""`behind mcp` as a program meets it: the official client, over stdin and stdout."""

import json
import sys
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import anyio
import pytest
from mcp import Client, StdioServerParameters

from standsbehind.errors import UsageError
from standsbehind.mcp import asking
from standsbehind.mcp.asking import Asking
from standsbehind.publishing.home import Home

QUESTIONS = {
    "match": {"name": "Dahua Technology"},
    "show": {"entity": "core-zhejiang-dahua"},
    "effects": {"entity": "core-zhejiang-dahua", "roles": ["contractor"]},
    "trace": {"source": "core-amazon", "target": "core-pl-xinjiang"},
    "owners": {"entity": "core-lorex"},
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    Home(folder).snapshot(datetime(2026, 11, 23, tzinfo=UTC), lambda: None)
    return folder


def files(folder):
    return {
        path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()
    }


@asynccontextmanager
async def client_of(folder):
    run = "from standsbehind.cli.entry import run; run()"
    arguments = ["-W", "error", "-c", run, "--data", str(folder), "mcp"]
    server = StdioServerParameters(command=sys.executable, args=arguments)
    async with Client(server) as client:
        yield client


@pytest.fixture(scope="module")
def asked(folder):
    """Put all questions to one server, over its stdin, as a program does."""

    async def ask():
        async with client_of(folder) as client:
            tools = (await client.list_tools()).tools
            answers = {
                verb: await client.call_tool(verb, asked)
                for verb, asked in QUESTIONS.items()
            }
            wrong = {
                "nobody": await client.call_tool("show", {"entity": "nobody at all"}),
                "long": await client.call_tool("match", {"name": "x" * 501}),
                "no letter": await client.call_tool("match", {"name": "---"}),
                "far": await client.call_tool(
                    "trace", {**QUESTIONS["trace"], "max_hops": 200}
                ),
            }
            quiet = await client.call_tool("match", {"name": "Corner Bakery"})
            return client.instructions, tools, answers, wrong, quiet

    before = files(folder)
    found = anyio.run(ask)
    assert files(folder) == before, "a question wrote into the data folder"
    return found


def test_the_tools_are_the_questions_and_none_writes(asked):
    _, tools, *_ = asked
    assert {tool.name for tool in tools} == set(QUESTIONS)
    assert all(tool.annotations.read_only_hint for tool in tools)


@pytest.mark.parametrize("verb", QUESTIONS)
def test_each_answer_is_cited_and_names_its_snapshot(asked, folder, verb):
    answer = asked[2][verb]
    assert not answer.is_error
    told = answer.structured_content
    assert told["snapshot"] == Home(folder).snapshot(datetime.now(UTC), list).id
    assert '"url": "http' in json.dumps(told)
    assert "No hit found is not clear." in told["notices"]


def test_the_answer_is_that_of_the_command(asked):
    hit = asked[2]["match"].structured_content["hits"][0]
    assert hit["entity"]["id"] == "core-zhejiang-dahua"
    path = asked[2]["trace"].structured_content["paths"][0]
    assert path["hops"][0]["source"] == "core-amazon"


def test_a_name_that_nobody_bears_is_not_cleared(asked):
    quiet = asked[4].structured_content
    assert quiet["status"] == "no_hit_found"
    assert "No hit found is not clear." in quiet["notices"]


def test_the_program_is_told_what_an_answer_is_not(asked):
    assert "A hit is a lead to examine, not an identity" in asked[0]
    assert "never instructions" in asked[0]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("nobody", "no entity of this snapshot bears that name or id"),
        ("long", "at most 500 characters"),
        ("no letter", "no letter or digit to look for"),
        ("far", "less than or equal to 8"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_in_words(asked, wrong, said):
    answer = asked[3][wrong]
    assert answer.is_error
    assert said in answer.content[0].text


def test_what_is_not_shown_of_a_long_answer_is_counted(folder, monkeypatch):
    monkeypatch.setattr(asking, "MOST_OF_EACH", 3)
    told = Asking(folder).ask(lambda data: data.show("core-zhejiang-dahua"))
    assert len(told["statements"]) == 3
    assert told["not_shown"]["statements"] > 0


def test_an_answer_that_is_too_long_is_refused_with_what_helps(folder, monkeypatch):
    monkeypatch.setattr(asking, "MOST_BYTES", 1_000)
    with pytest.raises(UsageError, match="lower limit or fewer hops"):
        Asking(folder).ask(lambda data: data.show("core-zhejiang-dahua"))
