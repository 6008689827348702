"""The webhook: an alert sent to an address of the user's, signed so that no one can forge it."""

import hashlib
import hmac
import secrets
from urllib.parse import urlsplit

import httpx

from standsbehind.connectors.visit import AGENT
from standsbehind.errors import UsageError

__all__ = ["check_address", "deliver", "new_secret", "signature"]

TIMEOUT_SECONDS = 10.0


def new_secret() -> str:
    """Make what both sides know: 32 random bytes, written as hexadecimal digits."""
    return secrets.token_hex(32)


def check_address(url: str) -> None:
    """Raise UsageError where the address is not one of the web."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        message = f"--webhook {url}: not an address of the web; write it as https://..."
        raise UsageError(message)


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Return `v1=` and the HMAC-SHA256 of `{timestamp}.{body}`, as hexadecimal digits.

    The time is signed too, so that who catches a message cannot send it again later.
    """
    told = timestamp.encode() + b"." + body
    return f"v1={hmac.new(secret.encode(), told, hashlib.sha256).hexdigest()}"


def deliver(url: str, secret: str, alert: str, timestamp: str, body: bytes) -> str:
    """Send an alert; return why it was not taken, or nothing where it was.

    A redirect is not followed: the message goes to the address that the user named. The
    same alert bears the same id each time that it is tried.
    """
    headers = {
        "Content-Type": "application/json",
        "User-Agent": AGENT,
        "X-Behind-Alert": alert,
        "X-Behind-Timestamp": timestamp,
        "X-Behind-Signature": signature(secret, timestamp, body),
    }
    try:
        answer = httpx.post(
            url,
            content=body,
            headers=headers,
            timeout=TIMEOUT_SECONDS,
            follow_redirects=False,
        )
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return f"cannot be reached ({error})"
    return "" if answer.is_success else f"answered {answer.status_code}"
