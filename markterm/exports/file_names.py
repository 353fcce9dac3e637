"""Names of files and folders that every system takes: Windows refuses most, and two that look alike there are one."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256
from pathlib import PurePosixPath

from markterm.domain.words.foreign_text import one_line

_LONGEST = 80
"""Characters of one name, in front of its ending: a pack of three folders stays below the 260 of Windows."""
_LONGEST_BYTES = 200
"""Of most systems a name has 255 bytes, and what is written beside it has a longer one."""
_REFUSED = frozenset('<>:"/\\|?*')
_DEVICES = re.compile(r"(?:CON|PRN|AUX|NUL|COM[0-9¹²³]|LPT[0-9¹²³]|CONIN\$|CONOUT\$)(?:\.|$)", re.IGNORECASE)
_TAG = 8
_HERE = PurePosixPath()


def file_name(text: str, ending: str = "") -> str:
    """`text` as the name of a file that Windows, macOS and Linux take, with `ending` (".pdf") behind it.

    What no system refuses stays as it is. A name that had to be cut has a piece of its hash, so that two long ones
    which begin alike stay two.
    """
    plain = unicodedata.normalize("NFC", one_line(text))
    name = " ".join("".join(each if _taken(each) else "-" for each in plain).split()).strip(". ")
    if len(name) > _LONGEST or len(name.encode("utf-8")) > _LONGEST_BYTES:
        tag = sha256(plain.encode("utf-8")).hexdigest()[:_TAG]
        short = name[: _LONGEST - _TAG - 1]
        while len(short.encode("utf-8")) > _LONGEST_BYTES - _TAG - 1:
            short = short[:-1]
        name = f"{short.rstrip('. ')}-{tag}"
    if not name or name.startswith((".", "~")) or _DEVICES.match(name):
        name = f"_{name}"
    return f"{name}{ending}"


def _taken(sign: str) -> bool:
    return sign not in _REFUSED and (sign.isprintable() or sign.isspace())


class FileNames:
    """Names given out one after the other, none of them twice: also not where capitals and accents make no
    difference."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, text: str, ending: str = "", *, within: PurePosixPath = _HERE) -> PurePosixPath:
        """The path of a file called `text` in the folder `within`, with a number behind it where that is taken."""
        count = 1
        while True:
            name = file_name(text, ending) if count == 1 else file_name(f"{text} ({count})", ending)
            path = within / name
            key = unicodedata.normalize("NFKC", str(path)).casefold()
            if key not in self._taken:
                self._taken.add(key)
                return path
            count += 1
