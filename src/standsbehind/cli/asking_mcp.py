"""`behind mcp`: answers for programs that speak the Model Context Protocol."""

import click

from standsbehind.cli.session import Session, pass_session
from standsbehind.errors import UsageError

__all__ = ["mcp"]


@click.command()
@pass_session
def mcp(session: Session) -> None:
    """Answer a program over stdin and stdout (Model Context Protocol), read-only.

    It offers match, show, effects, trace and owners; each answer has its citations and the
    snapshot that was searched. A program starts it; a person has no use for it.
    """
    try:
        from standsbehind.mcp.serving import serve
    except ImportError as error:
        message = (
            f"behind mcp needs the package {error.name}, which is not installed; "
            "run pip install 'standsbehind[mcp]'"
        )
        raise UsageError(message) from error
    click.echo(f"snapshot {session.reader.snapshot.id}", err=True)
    serve(session.home.folder)
