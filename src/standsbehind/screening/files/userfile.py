"""A file that a user handed to us, which may be anything."""

from dataclasses import dataclass
from pathlib import Path

from standsbehind.errors import UsageError

__all__ = ["MAX_FIELD", "MAX_FILE_BYTES", "UserFile", "receive"]

MAX_FILE_BYTES = 512 << 20
"""512 MB; the biggest vendor list that we know of is a tenth of that."""

MAX_FIELD = 10 << 20
"""10 MB of one line or cell: no name is near it, so the file is not what it seems."""


@dataclass(frozen=True, slots=True)
class UserFile:
    """The bytes of the file under the name that its user knows it by."""

    name: str
    content: bytes
    option: str = "--column"
    """The option that says which of its columns is what."""

    @property
    def extension(self) -> str:
        """The end of the name, in lower case without the dot."""
        return Path(self.name).suffix.lower().lstrip(".")

    def refusal(
        self, what: str, row: int | None = None, column: int | None = None
    ) -> UsageError:
        """Make the error that refuses the file: where, what is wrong, what to do."""
        place = (self.name, *(str(part) for part in (row, column) if part is not None))
        return UsageError(f"{':'.join(place)}: {what}")


def receive(source: Path | bytes, file_name: str, option: str = "--column") -> UserFile:
    """Take in the bytes.

    Raises UsageError where they cannot be read, are none at all or are too many.
    """
    content = source if isinstance(source, bytes) else _read(source, file_name)
    file = UserFile(file_name, content, option)
    if len(content) > MAX_FILE_BYTES:
        raise file.refusal("larger than 512 MB; split it into smaller files")
    if not content.strip():
        raise file.refusal("the file is empty; nothing to screen")
    return file


def _read(path: Path, file_name: str) -> bytes:
    try:
        with path.open("rb") as opened:
            return opened.read(MAX_FILE_BYTES + 1)  # a device or pipe may never end
    except OSError as error:
        message = f"{file_name}: cannot be read ({error.strerror}); check the path"
        raise UsageError(message) from error
