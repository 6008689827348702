"""Time stamps: an authority outside says that a checkpoint existed at a moment (RFC 3161).

Our own clock says when an entry was made; a stamp says so by somebody else's. It needs the
network and the extra `standsbehind[timestamp]`; a house that has neither goes without.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

from standsbehind.connectors.visit import connection
from standsbehind.errors import SourceError, UsageError
from standsbehind.publishing.home import Home
from standsbehind.store.disk import write_file

if TYPE_CHECKING:
    from rfc3161_client import TimeStampResponse

__all__ = ["Stamp", "stamp", "stamp_problems", "stamps_of"]

_MOST_BYTES = 1 << 20
"""A token holds a few certificates; a larger answer is none."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A token that was kept."""

    path: Path
    time: str
    """What the authority's clock said: an ISO time in UTC."""
    is_checked: bool
    """Whether its signature was checked against a root certificate that the user gave."""


def stamp(home: Home, url: str, root: Path | None) -> Stamp:
    """Have the last signed checkpoint stamped, check the answer, and keep it beside it.

    `root` is the authority's root certificate (PEM); with it, the signature is checked too.
    Raises UsageError where there is no checkpoint or the extra is not installed, SourceError
    where the authority does not answer with a stamp of this checkpoint.
    """
    checkpoint = _last(home)
    content = checkpoint.read_bytes()
    client = _client()
    builder = client.TimestampRequestBuilder().data(content).nonce(nonce=True)
    request = builder.hash_algorithm(client.HashAlgorithm.SHA256).build()
    response = _answered(url, _asked(url, request.as_bytes()))
    info = response.tst_info
    is_ours = info.message_imprint.message == sha256(content).digest()
    if not is_ours or info.nonce != request.nonce:
        message = f"{url}: stamped something else than was asked; nothing was kept"
        raise SourceError(message)
    if root is not None:
        _check_signature(url, response, root, content)
    token = response.as_bytes()
    path = checkpoint.with_name(f"{checkpoint.stem}.{sha256(token).hexdigest()}.tsr")
    write_file(path, token)
    return Stamp(path, f"{info.gen_time:%Y-%m-%dT%H:%M:%SZ}", root is not None)


def _last(home: Home) -> Path:
    kept = sorted(home.checkpoints.glob("[!.]*.txt"))
    if not kept:
        message = (
            f"{home.checkpoints}: no signed checkpoint yet; `behind keys new` makes a key, "
            "and each publication then signs one"
        )
        raise UsageError(message)
    return kept[-1]


def _client() -> Any:  # noqa: ANN401 - a module of an extra
    try:
        import rfc3161_client  # noqa: PLC0415
    except ImportError as error:
        message = (
            "time stamps need one more package: pip install 'standsbehind[timestamp]'"
        )
        raise UsageError(message) from error
    return rfc3161_client


def _asked(url: str, request: bytes) -> bytes:
    headers = {"Content-Type": "application/timestamp-query"}
    try:
        with connection() as client:
            answer = client.post(url, content=request, headers=headers)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        message = f"{url}: cannot be reached ({error}); nothing was kept"
        raise SourceError(message) from error
    if answer.status_code != httpx.codes.OK or len(answer.content) > _MOST_BYTES:
        message = (
            f"{url}: answered {answer.status_code}, and no stamp; nothing was kept"
        )
        raise SourceError(message)
    return answer.content


def _answered(url: str, content: bytes) -> "TimeStampResponse":
    try:
        response: TimeStampResponse = _client().decode_timestamp_response(content)
        response.tst_info  # noqa: B018 - a refusal has none
    except ValueError as error:
        message = f"{url}: sent no time stamp ({error}); nothing was kept"
        raise SourceError(message) from error
    return response


def _check_signature(
    url: str, response: "TimeStampResponse", root: Path, content: bytes
) -> None:
    from cryptography import x509  # noqa: PLC0415

    try:
        certificate = x509.load_pem_x509_certificate(root.read_bytes())
    except (OSError, ValueError) as error:
        message = f"{root}: not a certificate in PEM form ({error})"
        raise UsageError(message) from error
    client = _client()
    verifier = client.VerifierBuilder().add_root_certificate(certificate).build()
    try:
        verifier.verify_message(response, content)
    except client.VerificationError as error:
        message = (
            f"{url}: its stamp is not signed under {root} ({error}); nothing was kept"
        )
        raise SourceError(message) from error


def stamps_of(checkpoints: Path, size: int) -> list[Path]:
    """List the tokens that are kept of the checkpoint of so many entries."""
    return sorted(checkpoints.glob(f"{size:06d}.*.tsr"))


def stamp_problems(checkpoints: Path) -> Iterator[str]:
    """Hold each token against the digest in its name; empty text where it agrees.

    Whether it was signed by whom it should be, `openssl ts -verify` says.
    """
    for path in sorted(checkpoints.glob("[!.]*.tsr")):
        whole = path.name.split(".")[1] == sha256(path.read_bytes()).hexdigest()
        there = path.with_name(f"{path.name.split('.')[0]}.txt").is_file()
        if not whole:
            yield f"{path}: no longer the token that it was named after; restore it"
        elif not there:
            yield f"{path}: the checkpoint that it stamps is gone; restore it"
        else:
            yield ""
