"""The engines that read words in pictures, and a file read by one of them."""

from __future__ import annotations

import struct
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Protocol

from markterm.domain.record.machine_read import WHOLE, Region
from markterm.evidence.conversion.program import ProgramFailed, folder_of_its_own
from markterm.evidence.converted import NotReadable
from markterm.evidence.machine.machine_reading import MachineLine, MachineReading
from markterm.evidence.machine.rapidocr_engine import rapidocr_found
from markterm.evidence.machine.tesseract import tesseract_found
from markterm.evidence.text.drawn_page import page_for_engine
from markterm.evidence.text.seen_words import Box, SeenLine

MOST_PAGES = 100
SECONDS = 900.0
"""For a file."""


class Engine(Protocol):
    """Something that reads words in pictures."""

    @property
    def name(self) -> str:
        """As a person calls it."""

    @property
    def key(self) -> str:
        """Under which what it read is kept: another version has another."""

    def version(self, stop: Event) -> str:
        """As it says it."""

    def lines(self, picture: Path, stop: Event) -> list[SeenLine]:
        """The lines in a picture, which lies in a folder of its own."""


def engine_found() -> Engine | None:
    """The engine that reads; None when there is none.

    The extra comes first: on photographs, noise and letters without feet it read far more in what was tried (94 to 100
    of a hundred letters, tesseract none to 100), and whoever installed it meant it to be used. tesseract is faster.
    """
    return rapidocr_found() or tesseract_found()


def read_by(engine: Engine, copy: Path, pages: tuple[int, ...], stop: Event) -> MachineReading:
    """What the engine reads in these pages of a copy of a learner's file.

    Raises NotReadable when it failed at every page, ProgramStopped, and OSError.
    """
    version = engine.version(stop)
    lines: list[MachineLine] = []
    notes: list[str] = []
    failed = 0
    end = monotonic() + SECONDS
    for number, page in enumerate(pages):
        if number >= MOST_PAGES or monotonic() > end:
            notes.append(f"Page {page} and those after it were not read by machine: it is too much for one file.")
            break
        try:
            with folder_of_its_own() as folder:
                picture = page_for_engine(copy, page, folder, stop)
                width, height = struct.unpack(">II", picture.read_bytes()[16:24])
                seen = engine.lines(picture, stop)
        except ProgramFailed as failure:
            failed += 1
            notes.append(f"Page {page} could not be read by machine: {engine.name} {failure}.")
        else:
            lines += (MachineLine(page, each.paragraph, each.text, _region(each.box, width, height)) for each in seen)
    if failed and failed == len(pages):
        raise NotReadable(notes[0])
    return MachineReading(engine.name, version, tuple(lines), tuple(notes))


def _region(box: Box, width: int, height: int) -> Region:
    def part(value: int, of: int) -> int:
        return max(0, min(WHOLE, value * WHOLE // max(of, 1)))

    return Region(part(box.left, width), part(box.top, height), part(box.right, width), part(box.bottom, height))
