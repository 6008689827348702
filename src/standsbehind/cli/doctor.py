"""`behind doctor`: is this installation in order."""

import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import click

from standsbehind import __version__
from standsbehind.cli.session import Session, json_option, pass_session, print_json
from standsbehind.errors import BehindError, UsageError

__all__ = ["doctor"]


@click.command()
@click.option(
    "--repair", is_flag=True, help="Make again what can be made from what is whole."
)
@json_option
@pass_session
def doctor(session: Session, repair: bool, as_json: bool) -> int:
    """Check versions, the data folder and its dates."""
    checks = [*_repaired(session), *_checks(session)] if repair else [*_checks(session)]
    if as_json:
        print_json({"checks": checks})
    else:
        for check in checks:
            click.echo(f"{check['state']:>4}  {check['check']}: {check['detail']}")
    return 3 if any(check["state"] == "bad" for check in checks) else 0


def _repaired(session: Session) -> Iterator[dict[str, Any]]:
    from standsbehind.publishing.repair import repair
    from standsbehind.publishing.verify import verify_home

    if not session.home.folder.is_dir():
        return
    for one in repair(session.home):
        yield _check("repair", "ok", f"{one.path}: {one.done}")
    for line in verify_home(session.home).failed:
        yield _check("repair", "bad", f"cannot be made again: {line}")


def _checks(session: Session) -> Iterator[dict[str, Any]]:
    yield _check("standsbehind", "ok", __version__)
    yield _check("Python", "ok", platform.python_version())
    for package in ("duckdb", "pyarrow", "lxml", "opencc", "pypinyin"):
        yield _check(package, "ok", version(package))
    yield _extra(
        "followthemoney", "parity with FollowTheMoney; install standsbehind[ftm]"
    )
    yield _extra(
        "rfc3161-client", "time stamps of an authority; install standsbehind[timestamp]"
    )
    yield from _paper()
    yield _extra("fastapi", "the HTTP API; install standsbehind[web]")
    try:
        reader = session.reader
    except BehindError as error:
        yield _check("data folder", "bad", str(error))
        return
    yield _check("data folder", "ok", str(session.home.folder))
    yield _check("snapshot", "ok", reader.snapshot.id)
    for source in reader.snapshot.sources:
        partial = (
            f"; partial: {'; '.join(source['partial'])}" if source["partial"] else ""
        )
        yield _check(
            source["id"],
            "note" if partial else "ok",
            f"read {source['retrieved']}{partial}",
        )


def _paper() -> Iterator[dict[str, Any]]:
    """Say whether PDFs can be written, and in which scripts."""
    from standsbehind.reports.pdf import printable_scripts

    yield _extra("typst", "reports as PDF; install standsbehind[pdf]")
    try:
        can, cannot = printable_scripts()
    except UsageError:
        return
    yield _check("PDF prints", "ok", "; ".join(can))
    if cannot:
        remedy = "pip install 'standsbehind[pdf]', or apt-get install fonts-noto-core"
        detail = f"no font here has the letters of {'; '.join(cannot)} ({remedy})"
        yield _check("PDF refuses", "note", detail)


def _extra(package: str, what_for: str) -> dict[str, Any]:
    try:
        return _check(package, "ok", version(package))
    except PackageNotFoundError:
        return _check(package, "note", f"not installed; it is for {what_for}")


def _check(check: str, state: str, detail: str) -> dict[str, Any]:
    return {"check": check, "state": state, "detail": detail}
