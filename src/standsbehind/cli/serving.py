"""`behind serve`: pages and the HTTP API on this machine."""

from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

import click

from standsbehind.cli.session import Session, docket_option, pass_session
from standsbehind.errors import UsageError

if TYPE_CHECKING:
    from standsbehind.api.serving import Terms

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
@click.option(
    "--auth", is_flag=True, help="Ask who asks: a key, a session or a trusted proxy."
)
@click.option(
    "--allow-host",
    "hosts",
    multiple=True,
    metavar="NAME",
    help="A further name under which the server is reached; repeatable.",
)
@click.option(
    "--rate",
    default=6_000,
    show_default=True,
    type=click.IntRange(1),
    help="With --auth: requests a minute of one key, in each process.",
)
@click.option(
    "--trust-proxy",
    "proxies",
    multiple=True,
    metavar="ADDRESS",
    help="With --auth: a proxy whose X-Forwarded-For is believed; repeatable.",
)
@click.option(
    "--user-header",
    default="",
    metavar="HEADER",
    help="With --trust-proxy: the header by which the proxy says who asks.",
)
@click.option(
    "--keep-days",
    type=click.IntRange(1, 36_500),
    metavar="DAYS",
    help="Delete files that were sent to be screened, and their results, after so many days.  [default: keep them]",
)
@click.option(
    "--open-to-all-i-know",
    "is_open",
    is_flag=True,
    help="Serve others than this machine without asking who they are.",
)
@docket_option
@pass_session
def serve(session: Session, host: str, port: int, workers: int, **options: Any) -> None:
    """Serve pages to read, and the HTTP API: yente's routes, reconciliation, /api/v1.

    Without --auth whoever reaches the address may ask, so only this machine is served.
    With it each request must say who makes it; `behind users` says who may what. A snapshot
    that is published meanwhile takes the place of the one before without a stop.
    """
    try:
        from standsbehind.api.serving import Terms, arrange
        from standsbehind.web import serving
    except ImportError as error:
        message = (
            f"behind serve needs the package {error.name}, which is not installed; "
            "run pip install 'standsbehind[web]'"
        )
        raise UsageError(message) from error
    terms = Terms(
        names=_names(host, options["hosts"]),
        asks_who=options["auth"],
        rate=options["rate"],
        proxies=options["proxies"],
        user_header=options["user_header"],
        keep_days=options["keep_days"],
    )
    _check(session, host, terms, is_open=options["is_open"])
    held = session.reader.snapshot
    click.echo(f"snapshot {held.id} on http://{host}:{port}", err=True)
    arrange(terms, session.docket_url)
    serving.serve(session.home, host, port, workers)


def _check(session: Session, host: str, terms: "Terms", *, is_open: bool) -> None:
    """Refuse what would let in more than was meant; warn of what is easily overlooked."""
    if (terms.proxies or terms.user_header) and not terms.asks_who:
        message = "--trust-proxy, --user-header: mean nothing without --auth; add it"
        raise UsageError(message)
    terms.proxy()  # raises where an address is none
    if terms.asks_who:
        if not session.accounts.users():
            session.tell("nobody is let in yet; `behind users add` adds a user")
        return
    if _is_loopback(host):
        return
    if not is_open:
        message = (
            f"--host {host}: others than this machine could ask without saying who they "
            "are; add --auth, or --open-to-all-i-know if that is what you want"
        )
        raise UsageError(message)
    session.tell(f"warning: whoever reaches {host} may ask, without a password")


def _names(host: str, more: tuple[str, ...]) -> tuple[str, ...]:
    """Give the names that the server answers to besides those of this machine."""
    try:
        at = ip_address(host)
    except ValueError:
        return (host, *more)
    if at.is_unspecified:
        return more
    return (f"[{at}]" if at.version == 6 else str(at), *more)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
