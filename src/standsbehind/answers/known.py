"""Known by: the day or moment up to which knowledge is asked for, and what was judged by then."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from standsbehind.resolution.judgement_log import JudgementLog
    from standsbehind.screening.judged import Memory

__all__ = ["KnownBy", "judged_by"]


@dataclass(frozen=True, slots=True)
class KnownBy:
    """A day, which counts to its end, or a moment in UTC, to the second."""

    asked: str
    """As a receipt keeps it: `2026-11-24`, or `2026-11-24T08:00:00Z`."""

    @classmethod
    def on(cls, day: date) -> "KnownBy":
        """Ask for what was known on a day."""
        return cls(day.isoformat())

    @classmethod
    def read(cls, text: str) -> "KnownBy":
        """Read a day, or a moment; one without a time zone is in UTC.

        Raises ValueError for anything else.
        """
        if "T" not in text:
            return cls.on(date.fromisoformat(text))
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        try:
            plain = moment.astimezone(UTC).replace(tzinfo=None)
        except OverflowError as error:
            message = f"{text!r}: no such moment in UTC"
            raise ValueError(message) from error
        return cls(f"{plain.isoformat(timespec='seconds')}Z")

    @property
    def end(self) -> str:
        """The last second that counts: ISO time in UTC, as the ledger writes it."""
        return self.asked if "T" in self.asked else f"{self.asked}T23:59:59Z"

    @property
    def day(self) -> date:
        """The day on which it ends."""
        return date.fromisoformat(self.asked[:10])


def judged_by(log: "JudgementLog", known: KnownBy | None, today: date) -> "Memory":
    """Read the judgements that were made by then; where nothing is asked for, all, as of today."""
    from standsbehind.screening.judged import Memory

    if known is None:
        return Memory(log.read(), today)
    return Memory(log.read(lambda _, when: when <= known.end), known.day)
