"""`behind serve`: pages and the HTTP API on this machine."""

from ipaddress import ip_address

import click

from standsbehind.cli.session import Session, pass_session
from standsbehind.errors import UsageError

__all__ = ["serve"]


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65_535))
@click.option(
    "--workers",
    default=1,
    show_default=True,
    type=click.IntRange(1, 64),
    help="Processes that answer.",
)
@pass_session
def serve(session: Session, host: str, port: int, workers: int) -> None:
    """Serve pages to read, and the HTTP API: yente's routes, reconciliation, /api/v1.

    Whoever reaches the address may ask; nobody is asked who they are. A snapshot that is
    published meanwhile takes the place of the one before without a stop.
    """
    try:
        from standsbehind.web import serving
    except ImportError as error:
        message = (
            f"behind serve needs the package {error.name}, which is not installed; "
            "run pip install 'standsbehind[web]'"
        )
        raise UsageError(message) from error
    held = session.reader.snapshot
    if not _is_loopback(host):
        click.echo(
            f"behind: warning: whoever reaches {host} may ask, without a password",
            err=True,
        )
    click.echo(f"snapshot {held.id} on http://{host}:{port}", err=True)
    serving.serve(session.home, host, port, workers)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
