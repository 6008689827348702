"""What every verb needs: the data folder, the clock, and how results are written."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from standsbehind.answers.at_hand import AtHand
from standsbehind.answers.known import KnownBy
from standsbehind.errors import EngineError, UsageError

if TYPE_CHECKING:  # at run time these are imported when a verb needs them
    from standsbehind.store.accounts import Accounts
    from standsbehind.store.docket import Docket
    from standsbehind.store.snapshot import Snapshot

__all__ = [
    "Day",
    "Session",
    "as_of_option",
    "docket_option",
    "json_option",
    "known_on_option",
    "opened_to_write",
    "pass_session",
    "print_json",
    "tell_written",
    "write",
]


class Session(AtHand):
    """One run of the command."""

    def __init__(
        self,
        data: str | None,
        *,
        progress: bool,
        known_on: KnownBy | None = None,
        docket: str | None = None,
    ) -> None:
        super().__init__(data, known_on)
        self.docket_url = docket
        self.progress = progress

    @cached_property
    def docket(self) -> "Docket":
        """The cases: `--docket`, `BEHIND_DOCKET`, or a file of the data folder."""
        from standsbehind.store.docket import Docket

        return Docket.at(self._docket_address)

    @cached_property
    def accounts(self) -> "Accounts":
        """The accounts of a server, in the same database."""
        from standsbehind.store.accounts import Accounts

        return Accounts.at(self._docket_address)

    @property
    def _docket_address(self) -> Path | str:
        return self.docket_url or self.home.docket

    def open_at(self, snapshot: "Snapshot", known_on: str | None) -> None:
        """Answer from one snapshot, whatever is current."""
        from standsbehind.graph.reader import Reader

        self.known_on = KnownBy.read(known_on) if known_on else None
        self.reader = Reader(snapshot)
        self.__dict__.pop("lookup", None)

    def tell(self, note: str) -> None:
        """Print on stderr how a question was understood."""
        click.echo(f"behind: {note}", err=True)

    def tell_first_use(self) -> None:
        """Say on stderr why the first answer takes a moment."""
        click.echo("Putting the data in place (once) ...", err=True)

    def judge_as(self, said: Mapping[str, Any] | None) -> None:
        """Answer with the judgements that a receipt names, whatever was judged since.

        Raises UsageError where this data folder does not hold them.
        """
        from standsbehind.resolution.judgement_log import LogState
        from standsbehind.screening.judged import Memory

        if said is None:
            self.memory = Memory(LogState(0, "", ()), self.now.date())
            return
        held = self.home.judgements.up_to(said["size"])
        if held.head != said["head"]:
            message = (
                f"{self.home.judgements.folder}: holds other judgements than those that "
                "the answer was made with; it is another data folder"
            )
            raise UsageError(message)
        self.memory = Memory(held, date.fromisoformat(said["day"]))


def pass_session(verb: Callable[..., Any]) -> Callable[..., Any]:
    """Hand the session to a verb as its first argument."""

    @click.pass_context
    def wrapper(ctx: click.Context, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - click's
        settings = ctx.find_root().obj
        day = settings.get("known_on")
        session = Session(
            settings["data"],
            progress=settings["progress"],
            known_on=KnownBy.on(day) if day else None,
            docket=settings.get("docket"),
        )
        return ctx.invoke(verb, session, *args, **kwargs)

    wrapper.__name__ = verb.__name__
    wrapper.__doc__ = verb.__doc__
    return wrapper


class Day(click.ParamType[date]):
    """A day in ISO form."""

    name = "date"

    def convert(
        self,
        value: Any,  # noqa: ANN401 - click's
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> date:
        """Read the day; a month or a year alone is not a day."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day; write it as 2026-11-23", param, ctx)


json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document."
)


as_of_option = click.option(
    "--as-of", type=Day(), metavar="DATE", help="The day that is asked about (today)."
)


def _remember(ctx: click.Context, param: click.Parameter, value: object) -> None:
    """Keep an option for the session: `--known-on` and `--docket` say what it opens."""
    ctx.find_root().obj[param.name] = value


known_on_option = click.option(
    "--known-on",
    type=Day(),
    metavar="DATE",
    expose_value=False,
    callback=_remember,
    help="Answer from what was known on that day (all that is known).",
)


docket_option = click.option(
    "--docket",
    metavar="URL",
    envvar="BEHIND_DOCKET",
    expose_value=False,
    callback=_remember,
    help="The database of the cases (a file of the data folder).",
)


def write(content: str | bytes, out: str | None) -> None:
    """Write a result to a file, whole or not at all, or to stdout."""
    encoded = content if isinstance(content, bytes) else content.encode()
    if out is None or out == "-":
        _to_stdout(encoded)
        return
    from standsbehind.store.disk import write_file

    path = _no_folder(out)
    try:
        write_file(path, encoded)
    except EngineError as error:
        raise UsageError(str(error)) from error


def tell_written(out: str) -> None:
    """Say on stderr that a file was written; what went to stdout is seen."""
    if out != "-":
        click.echo(f"written: {out}", err=True)


@contextmanager
def opened_to_write(out: str) -> Iterator[Callable[[bytes], object]]:
    """Open a file, or stdout, for a result that comes in pieces.

    A file is whole or not at all; on stdout each piece is seen as it comes.
    """
    if out == "-":
        yield _to_stdout
        return
    from standsbehind.store.disk import written_whole

    path = _no_folder(out)
    with ExitStack() as stack:
        try:
            write_piece = stack.enter_context(written_whole(path))
        except EngineError as error:
            raise UsageError(str(error)) from error
        yield write_piece


def _to_stdout(content: bytes) -> None:
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def _no_folder(out: str) -> Path:
    path = Path(out)
    if path.is_dir():
        message = f"{out}: is a folder; name a file"
        raise UsageError(message)
    return path


def print_json(document: object) -> None:
    """Print one JSON document; letters of every script stay readable."""
    import orjson

    write(orjson.dumps(document, option=orjson.OPT_INDENT_2, default=str) + b"\n", None)
