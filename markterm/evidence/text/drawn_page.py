"""A page of a learner's file drawn as it looks, in a process that is shut in (`page_picture`)."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from markterm.evidence.conversion.program import ProgramFailed, folder_of_its_own, nobody_waits, run, somebody_waits

MEMORY = 1024**3
SECONDS = 20.0
LARGEST_SIDE = 2_000
"""Pixels that are drawn for a screen."""

_PNG = b"\x89PNG\r\n\x1a\n"
_HEADER = re.compile(rb"P6\n([0-9]{1,5}) ([0-9]{1,5})\n255\n")
_NO_PICTURE = "was given no picture, for it is damaged or too large"


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """Pixels from the top left, line by line: red, green and blue, a byte each."""

    width: int
    height: int
    pixels: bytes


def page_for_engine(copy: Path, page: int, folder: Path, stop: Event) -> Path:
    """A page (from 1) of a copy of a file, as a grey PNG in the folder.

    Raises ProgramFailed, ProgramStopped, and OSError.
    """
    data = _drawn(copy, page, folder, stop, low=nobody_waits)
    if not data.startswith(_PNG) or len(data) < 24:
        raise ProgramFailed(_NO_PICTURE)
    picture = folder / "page.png"
    picture.write_bytes(data)
    return picture


def page_for_screen(copy: Path, page: int, side: int, stop: Event) -> DrawnPage:
    """A page (from 1) of a copy of a file, no longer than `side`. Raises ProgramFailed, ProgramStopped, and OSError."""
    with folder_of_its_own() as folder:
        data = _drawn(copy, page, folder, stop, str(min(side, LARGEST_SIDE)))
    header = _HEADER.match(data)
    width, height = (int(header[1]), int(header[2])) if header else (0, 0)
    pixels = data[header.end() :] if header else b""
    if not width or not height or max(width, height) > LARGEST_SIDE or len(pixels) != 3 * width * height:
        raise ProgramFailed(_NO_PICTURE)
    return DrawnPage(width, height, pixels)


def _drawn(
    copy: Path, page: int, folder: Path, stop: Event, *more: str, low: Callable[[], bool] = somebody_waits
) -> bytes:
    given = folder / f"evidence{copy.suffix}"
    shutil.copyfile(copy, given)
    command = (sys.executable, "-I", "-B", "-m", "markterm.evidence.page_picture", str(given), str(page), *more)
    try:
        return run(command, folder, seconds=SECONDS, memory=MEMORY, stop=stop, low=low)
    except ProgramFailed:
        raise ProgramFailed(_NO_PICTURE) from None
    finally:
        given.unlink()
