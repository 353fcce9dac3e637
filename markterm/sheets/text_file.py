"""Reading a text file whole, or saying why not."""

from __future__ import annotations

import stat
from pathlib import Path

from markterm.domain.words.errors import NotNow, Unreadable

LIMIT_BYTES = 2_000_000
BOM = "\ufeff"


def read_text_file(path: Path, limit_bytes: int = LIMIT_BYTES) -> str:
    """The text of `path`, exactly as it stands: a byte order mark and the file's own line ends are kept.

    Raises Unreadable for a file that is missing, not a file, not ours to read, longer than `limit_bytes`, binary
    or not UTF-8.
    """
    data = _bytes(path, limit_bytes)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(
            "Not UTF-8", f"{path.name} is UTF-16 text.", "Save it with the encoding UTF-8.", file=path, line=1
        )
    nul = data.find(b"\0")
    if nul >= 0:
        raise Unreadable(
            "Not a text file",
            f"{path.name} has a NUL byte at byte {nul + 1}, which no text has.",
            "Put the text file in its place, or restore it from a copy.",
            file=path,
            line=data.count(b"\n", 0, nul) + 1,
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        byte = f"0x{data[error.start]:02X} as byte {column} of line {line}"
        raise Unreadable(
            "Not UTF-8",
            f"{path.name} has {byte}, which UTF-8 does not allow there.",
            "Save it with the encoding UTF-8.",
            file=path,
            line=line,
        ) from None


def normalised(text: str) -> str:
    """`text` without a byte order mark, and with LF line ends."""
    text = text.removeprefix(BOM)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _bytes(path: Path, limit_bytes: int) -> bytes:
    try:
        # A pipe or a device would keep us waiting for ever, so the kind is looked at before it is opened.
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable("Not a file", f"{path} is not a file.", "Name a text file.", file=path)
        with path.open("rb") as file:
            # Room for all that a file may have takes longer to get than a small one to read.
            data = file.read(min(status.st_size, limit_bytes) + 1)
            if len(data) > status.st_size:
                data += file.read(limit_bytes + 1 - len(data))  # It grew.
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise Unreadable("No such file", f"{path} is not there.", "Check the name and the folder.", file=path) from None
    except OSError as error:
        raise NotNow(
            "Cannot be read",
            f"{path}: {error.strerror or error}.",
            "Ask whoever looks after the folder for permission to read it.",
            file=path,
        ) from None
    if len(data) > limit_bytes:
        raise Unreadable(
            "Too big",
            f"{path.name} is longer than {limit_bytes:,} bytes.",
            "Take out what does not belong in it.",
            file=path,
        )
    return data
