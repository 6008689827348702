"""The `behind` command: which verb lives in which module, and how an error is told."""

import importlib
import sys
from collections.abc import Sequence

import click

from standsbehind import __version__
from standsbehind.errors import BehindError, EngineError

__all__ = ["behind", "main"]

VERBS = {
    "screen": "screening",
    "check": "checking",
    "match": "screening",
    "compare": "comparing",
    "show": "showing",
    "trace": "tracing",
    "near": "tracing",
    "common": "reporting",
    "rank": "reporting",
    "around": "reporting",
    "owners": "owning",
    "owned-by": "owning",
    "effects": "showing",
    "assess": "assessing",
    "commitments": "committing",
    "necessity": "weighing",
    "neutrality": "assessing",
    "parity": "assessing",
    "case": "case",
    "sources": "data",
    "pull": "data",
    "follow": "feeding",
    "feed": "feeding",
    "build": "data",
    "snapshots": "data",
    "diff": "differing",
    "watch": "watching",
    "judge": "judging",
    "resolve": "resolving",
    "verify": "data",
    "replay": "replaying",
    "keys": "proving",
    "bundle": "proving",
    "archive": "archiving",
    "export": "exporting",
    "serve": "serving",
    "mcp": "asking_mcp",
    "users": "users",
    "doctor": "doctor",
}
"""Each verb's module; it is imported when the verb is used, so that start-up stays short."""

_NO_ROOM = (
    "no room is left to write what was asked for; nothing that was stored has changed. "
    "Free some space, then run the command again"
)

HELP = {
    "screen": "Screen a file of vendors or products.",
    "check": "Check vendor files, one line for each hit.",
    "match": "Screen one name.",
    "compare": "Score how far two names say the same.",
    "show": "Show all that is known of an entity.",
    "trace": "Trace how one entity stands behind another.",
    "near": "Tell everything within some hops of an entity.",
    "common": "Find what several entities lead to alike.",
    "rank": "Rank who has links of a type with the most others.",
    "around": "Tell what changed around the days of a listing.",
    "owners": "Say who holds an entity, and which rules reach it.",
    "owned-by": "Say what an entity holds.",
    "effects": "Say what each program does for your role.",
    "assess": "Apply the conduct standard, with grounds.",
    "commitments": "Tell what was promised, and what came after.",
    "necessity": "Ask of a deployment what makes it necessary.",
    "neutrality": "Prove that the standard knows no names or homes.",
    "parity": "Compare by home who is listed, conduct being equal.",
    "case": "Run a case: notice, reply, finding, appeal.",
    "sources": "List the sources, with their dates.",
    "pull": "Fetch or read a source into the ledger.",
    "follow": "Follow other people's feeds by their deltas.",
    "feed": "Write the ledger as a feed that others can follow.",
    "build": "Publish a snapshot of the ledger.",
    "snapshots": "List the published snapshots.",
    "diff": "Say what changed between two snapshots.",
    "watch": "Be told when a saved answer changes, and why.",
    "judge": "Judge that a row is not an entity, with the reason.",
    "resolve": "Say which records of the lists are one entity.",
    "verify": "Re-read every digest of the data folder.",
    "replay": "Make an answer again from its receipt.",
    "keys": "Make the keys that sign the ledger.",
    "bundle": "Write evidence with its proofs, for a stranger.",
    "archive": "List the copies of sources, and write or read them as WACZ.",
    "export": "Write the snapshot in other formats.",
    "serve": "Serve the HTTP API on this machine.",
    "mcp": "Answer programs over the Model Context Protocol.",
    "users": "Say whom a server lets in, by which keys.",
    "doctor": "Check this installation.",
}


class Verbs(click.Group):
    """A group whose verbs are loaded one at a time."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the verbs in the order in which people meet them."""
        del ctx
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of one verb, or nothing where help is listed."""
        del ctx
        if cmd_name not in VERBS:
            return None
        module = importlib.import_module(f"standsbehind.cli.{VERBS[cmd_name]}")
        command: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb; for one that does not exist, name those spelt nearly so."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            near = get_close_matches(args[0], VERBS)
            if not near:
                raise
            message = f"{error.message} Did you mean {' or '.join(near)}?"
            raise click.UsageError(message, ctx) from error

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """Write the list of verbs without importing any of them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(HELP.items()))


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="behind %(version)s")
@click.option("--data", metavar="DIR", envvar="BEHIND_DATA", help="The data folder.")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.option("--no-progress", is_flag=True, help="Show no progress bar.")
@click.pass_context
def behind(
    ctx: click.Context, data: str | None, debug: bool, no_progress: bool
) -> None:
    """Who stands behind a camera, a vendor, a purchase: cited answers.

    A hit is a lead to examine, not an identity and not a finding; no hit found is not
    clear. Nothing here is legal advice.
    """
    ctx.obj = {"data": data, "debug": debug, "progress": not no_progress}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit code; errors are one or two lines."""
    given = _global_first(sys.argv[1:] if arguments is None else arguments)
    try:
        code = behind.main(given, prog_name="behind", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("behind: stopped; nothing that was stored has changed", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except SystemExit:
        # click leaves so, with 1, when nobody reads stdout any more: that is no finding.
        sys.exit(0)
    except Exception as error:
        if "--debug" in given:
            raise
        said, code = _told(error)
        click.echo(f"behind: {said}", err=True)
        sys.exit(code)
    sys.exit(code if isinstance(code, int) else 0)


def _told(error: Exception) -> tuple[str, int]:
    """Say what went wrong in a line or two, and with which exit code."""
    from standsbehind.reports.plain import plain
    from standsbehind.store.disk import is_full

    if isinstance(error, BehindError):
        return plain(str(error)), error.exit_code
    if is_full(error):
        return _NO_ROOM, EngineError.exit_code
    said = (
        f"internal error, {type(error).__name__}: {error}. Nothing that was stored has "
        "changed; run it again with --debug and report what it prints"
    )
    return said, BehindError.exit_code


def _global_first(arguments: Sequence[str]) -> list[str]:
    """Let the global options stand anywhere: `behind screen x.csv --data d` is clear enough."""
    ahead: list[str] = []
    rest = list(arguments)
    end = rest.index("--") if "--" in rest else len(rest)
    place = 0
    while place < end:
        if rest[place] in {"--debug", "--no-progress"} or rest[place].startswith(
            "--data="
        ):
            ahead.append(rest.pop(place))
            end -= 1
        elif rest[place] == "--data" and place + 1 < end:
            ahead.extend((rest.pop(place), rest.pop(place)))
            end -= 2
        else:
            place += 1
    return ahead + rest
