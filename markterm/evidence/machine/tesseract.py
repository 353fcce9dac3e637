"""tesseract, which reads words in pictures, where it is installed as a program."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from markterm.evidence.conversion.on_path import programs_called
from markterm.evidence.conversion.program import folder_of_its_own, nobody_waits, run
from markterm.evidence.text.seen_words import Box, SeenLine

MEMORY = 2 * 1024**3
"""Bytes of address space."""
SECONDS = 120.0
"""For a page."""

_USUAL = (
    "/opt/homebrew/bin/tesseract",
    "/usr/local/bin/tesseract",
    "/usr/bin/tesseract",
    r"C:\Program Files\Tesseract-OCR\tesseract.exe",
)
_VERSION = re.compile(rb"tesseract v?([\w.]+)")
_NO_LANGUAGES = frozenset({"osd", "equ", "snum"})
_FIRST = "eng"
_WAY_UP = "osd"
_ANY_WAY_UP, _UPRIGHT = "1", "3"
"""How it looks at a page: a page that was laid on its side is only turned where it knows which way is up."""
_MOST_LANGUAGES = 3
_LEAST_SURE = 30.0
"""Of a hundred. What it is less sure of are marks, not words."""
_A_WORD = re.compile(
    r"^5\t([0-9]+)\t([0-9]+)\t([0-9]+)\t([0-9]+)\t[0-9]+"  # page, block, paragraph, line, and which word
    r"\t([0-9]{1,7})\t([0-9]{1,7})\t([0-9]{1,7})\t([0-9]{1,7})\t([0-9.]{1,20})\t([^\t\n]*)$",
    re.MULTILINE,
)
_WORD = re.compile(r"[^\W_]{2}|[0-9]")


@dataclass(frozen=True, slots=True)
class Tesseract:
    """An installed tesseract."""

    program: Path
    name: str = "tesseract"

    @property
    def key(self) -> str:
        """What is kept under this is of this very program: another version is another file."""
        facts = self.program.stat()
        return f"tesseract-{facts.st_size}-{facts.st_mtime_ns}"

    def version(self, stop: Event) -> str:
        """As it says it, such as `5.3.0`; empty when it does not. Raises what `run` does."""
        with folder_of_its_own() as folder:
            said = _VERSION.search(self._run(folder, stop, "--version"))
        return said[1].decode() if said else ""

    def lines(self, picture: Path, stop: Event) -> list[SeenLine]:
        """The lines in a picture, which lies in a folder of its own. Raises what `run` does."""
        folder = picture.parent
        known = self._run(folder, stop, "--list-langs").decode("utf-8", "replace").split()
        plain = [name for name in known if re.fullmatch(r"[a-z]{3}(_[a-z]+)?", name) and name not in _NO_LANGUAGES]
        ordered = sorted(plain, key=lambda name: (name != _FIRST, name))
        languages = "+".join(ordered[:_MOST_LANGUAGES]) or _FIRST
        layout = _ANY_WAY_UP if _WAY_UP in known else _UPRIGHT
        said = self._run(folder, stop, picture.name, "stdout", "-l", languages, "--psm", layout, "tsv")
        return [line for line in _lines(said.decode("utf-8", "replace")) if _WORD.search(line.text)]

    def _run(self, folder: Path, stop: Event, *arguments: str) -> bytes:
        return run((str(self.program), *arguments), folder, seconds=SECONDS, memory=MEMORY, stop=stop, low=nobody_waits)


def tesseract_found() -> Tesseract | None:
    """tesseract, from the PATH or where it is usually installed; None when it is not there."""
    for program in (*programs_called("tesseract"), *map(Path, _USUAL)):
        if os.access(program, os.X_OK) and program.is_file():
            return Tesseract(program.resolve())
    return None


def _sure(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _lines(table: str) -> Iterator[SeenLine]:
    """The lines of its table of words (tesseract's `tsv`); whatever else it says is read past."""
    words: list[str] = []
    box: Box | None = None
    before: tuple[str, ...] = ()
    paragraphs: dict[tuple[str, ...], int] = {}
    for found in _A_WORD.finditer(table):
        *_, sure, text = row = found.groups()
        if not text.strip() or _sure(sure) < _LEAST_SURE:
            continue
        line = tuple(row[:4])
        if line != before and box is not None:
            yield SeenLine(" ".join(words), box, paragraphs.setdefault(before[:3], len(paragraphs)))
            words, box = [], None
        left, top, width, height = map(int, row[4:8])
        here = Box(left, top, left + width, top + height)
        box = here if box is None else box.joined(here)
        words.append(text.strip())
        before = line
    if box is not None:
        yield SeenLine(" ".join(words), box, paragraphs.setdefault(before[:3], len(paragraphs)))
