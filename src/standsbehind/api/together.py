"""Together: questions that come while others are answered are answered in one go, and so cost less."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from standsbehind.api.desk import ANSWERED_FROM, Lane
from standsbehind.api.held import Freshness, Held

__all__ = ["Together"]

Question = TypeVar("Question")
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class _Waiting(Generic[Question, Answer]):
    """The questions of one request, and what is told when they are answered."""

    questions: Sequence[Question]
    told: "asyncio.Future[tuple[Sequence[Answer], Freshness | None]]"


class Together(Generic[Question, Answer]):
    """Collects the questions of requests that wait, while the lane answers those before them.

    Nobody waits for company: a question that comes alone is asked at once.
    """

    def __init__(
        self,
        lane: Lane,
        answer: Callable[[Held, Sequence[Question]], Sequence[Answer]],
    ) -> None:
        self._lane = lane
        self._answer = answer
        self._waiting: list[_Waiting[Question, Answer]] = []
        self._asking: asyncio.Task[None] | None = None

    async def ask(self, questions: Sequence[Question]) -> Sequence[Answer]:
        """Return the answers to the questions of one request, in their order."""
        waiting: _Waiting[Question, Answer] = _Waiting(
            questions, asyncio.get_running_loop().create_future()
        )
        self._waiting.append(waiting)
        if self._asking is None:
            self._asking = asyncio.create_task(self._ask_waiting())
        answers, freshness = await waiting.told
        ANSWERED_FROM.set(freshness)
        return answers

    async def _ask_waiting(self) -> None:
        try:
            while self._waiting:
                taken, self._waiting = self._waiting, []
                if not await self._asked(taken) and len(taken) > 1:
                    # One of them is to blame: each is asked alone, and bears its own failure.
                    for one in taken:
                        await self._asked([one])
        finally:
            self._asking = None

    async def _asked(self, taken: Sequence[_Waiting[Question, Answer]]) -> bool:
        questions = [one for request in taken for one in request.questions]
        try:
            answers = await self._lane.run(lambda held: self._answer(held, questions))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the request's
            if len(taken) == 1:
                _fail(taken[0].told, error)
            return False
        freshness = ANSWERED_FROM.get()
        start = 0
        for request in taken:
            stop = start + len(request.questions)
            if not request.told.done():  # else the client went away
                request.told.set_result((answers[start:stop], freshness))
            start = stop
        return True


def _fail(waiting: "asyncio.Future[Any]", error: Exception) -> None:
    if not waiting.done():
        waiting.set_exception(error)
