"""`behind case seal`: a case as one file, for a stranger to read and to check offline."""

from hashlib import sha256
from pathlib import Path

import click

from standsbehind.cli.answers import need_pdf
from standsbehind.cli.case_desk import desk_options
from standsbehind.cli.session import Session, pass_session, print_json

__all__ = ["seal"]


@click.command(short_help="Write a case as a sealed file.")
@click.argument("key", metavar="CASE")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="The file to write."
)
@click.option(
    "--pdf", "with_pdf", is_flag=True, help="Put the page in as a PDF as well."
)
@desk_options
@pass_session
def seal(session: Session, key: str, out: Path, with_pdf: bool, as_json: bool) -> None:
    """Seal CASE as one file: findings, replies, statements, proofs, acts and the standard.

    The file holds a page to read and the script that checks it with Python alone. It is
    signed with the key in use; where there is none yet, one is made.
    """
    from standsbehind.reports.cases import case_json
    from standsbehind.reports.sealing import seal_case
    from standsbehind.store.disk import write_file

    if with_pdf:
        need_pdf()
    case = session.docket.case(key)
    if not session.home.keys.verifiers():
        session.home.keys.new("standsbehind", session.now.date().isoformat())
        session.home.sign_checkpoint()
        click.echo(f"made a key to seal with, in {session.home.keys.folder}", err=True)
    signer = session.home.keys.verifiers()[-1]
    content = seal_case(session.home, case, with_pdf=with_pdf)
    write_file(out, content)
    digest = sha256(content).hexdigest()
    if as_json:
        told = {"dossier": str(out), "sha256": digest, "key": signer.text}
        print_json({"case": case_json(case), **told})
        return
    click.echo(f"{out}: case {case.id}, {case.state}, up to act {len(case.acts)}")
    click.echo(f"  SHA-256 {digest}")
    click.echo(f"  sealed with {signer.text}")
    click.echo(f"  whoever has it checks it with: python3 verify.py {out.name}")
