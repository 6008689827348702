"""Answering: an answer, and which records are one entity in it, by what."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from standsbehind.answers.answer import Answer
from standsbehind.answers.answers import Verb, ask
from standsbehind.answers.given import Given

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["answer_to", "receipt_of"]


def answer_to(given: Given, verb: Verb, asked: Mapping[str, Any]) -> Answer:
    """Ask on the snapshot that is given, and say where an id led and which records are one."""
    answer = ask(given, verb, asked)
    merges = given.lookup.merges
    named = (asked.get(part) for part in ("entity", "source", "target"))
    redirected = [
        found
        for text in filter(None, named)
        if (found := merges.find(text)) and found.canonical_id != text
    ]
    merged = [m for key in dict.fromkeys(answer.told) for m in merges.members(key)]

    def shown() -> "RenderableType":
        from standsbehind.reports.resolved import with_merges

        return with_merges(answer.shown(), redirected, merged)

    return replace(
        answer,
        document={
            **answer.document,
            "redirected": [one.to_json() for one in redirected],
            "merged": [one.to_json() for one in merged],
        },
        shown=shown,
    )


def receipt_of(
    given: Given, verb: Verb, asked: Mapping[str, Any], answer: Answer
) -> dict[str, Any]:
    """Write down all that an answer was made from, so that it can be made again."""
    from standsbehind.reports.document import receipt_for

    terms = {**asked, "known_on": given.known_on and given.known_on.asked}
    snapshot = given.reader.snapshot
    return receipt_for(verb, snapshot, terms, answer.document, answer.judgements)
