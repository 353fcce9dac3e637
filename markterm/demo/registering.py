"""Registers the demo's learners: their files, and the folders with what each handed in."""

from __future__ import annotations

import os
import struct
import zlib
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from markterm.centre.folder import CentreFolder
from markterm.demo.learners import LEARNERS, REGISTERED_FIRST, TEXTS, WITHOUT_EVIDENCE
from markterm.demo.office_hours import opening
from markterm.domain.assessed.learner import Learner
from markterm.sheets.learner_file import render_learner

HANDED_IN = Path(__file__).parent
"""Where the portfolios and the short texts of the package lie."""
_HANDED_IN = timedelta(days=120)
LONGEST_PORTFOLIO = LEARNERS[0].registration


def named(registration: str) -> Learner:
    """The learner of the demo with that registration."""
    return next(learner for learner in LEARNERS if learner.registration == registration)


def write_learner(path: Path, learner: Learner, now: datetime) -> None:
    """Write the file of a learner who was registered in the year before `now`. Raises OSError."""
    weeks = 30 + sum(map(ord, learner.registration)) % 20
    registered = opening(now - timedelta(weeks=weeks), -1).date()
    file = CentreFolder(path).learner_file(learner.registration)
    file.write_text(render_learner(replace(learner, registered=registered)), "utf-8", newline="\n")


def register(path: Path, learner: Learner, now: datetime) -> None:
    """Register a learner with the centre in `path`, with what they handed in weeks ago. Raises OSError."""
    folder = CentreFolder(path)
    _register(folder, path, learner, now)
    date_files(folder.evidence(learner.registration), opening(now - _HANDED_IN, -1))


def _register(folder: CentreFolder, path: Path, learner: Learner, now: datetime) -> None:
    folder.learner(learner.registration).mkdir()
    first = REGISTERED_FIRST.get(learner.registration)
    write_learner(path, replace(learner, qualifications=(first,), about="") if first else learner, now)
    if learner.registration in WITHOUT_EVIDENCE:
        return
    evidence = folder.evidence(learner.registration)
    evidence.mkdir()
    if learner.registration == LONGEST_PORTFOLIO:
        _copy(HANDED_IN / "portfolio", evidence)
        return
    texts = [HANDED_IN / "short" / name for name in TEXTS.get(learner.registration, ())]
    for text in texts:
        (evidence / text.name).write_bytes(text.read_bytes())
    # What is not text with the others: the hours as a table, the signed page as a picture.
    (evidence / "hours.csv").write_text(_hours(learner.registration), "ascii", newline="\r\n")
    (evidence / "scans").mkdir()
    (evidence / "scans" / "signed-page.png").write_bytes(_picture(learner.registration))
    if not texts:
        parts = [f"unit {unit.rpartition('-')[2]}" for unit in learner.units]
        parts += [f"assignment {code}, as far as I am" for code in learner.assignments]
        names = "\n".join(f"- {part}: on paper" for part in parts)
        (evidence / "contents.md").write_text(
            f"# Contents of my portfolio\n\n{learner.name}, {learner.registration}\n\n{names}\n- hours.csv\n"
            "- scans/signed-page.png\n",
            "utf-8",
            newline="\n",
        )


def hand_in(file: Path, data: bytes, at: datetime) -> None:
    """Write a file that the learner handed in then. Raises OSError."""
    file.write_bytes(data)
    os.utime(file, (at.timestamp(), at.timestamp()))


def date_files(evidence: Path, at: datetime) -> None:
    """Let everything in there be of that day: it was there before anybody marked."""
    for file in evidence.rglob("*"):
        os.utime(file, (at.timestamp(), at.timestamp()))


def _copy(folder: Path, to: Path) -> None:
    """Copy the files of a folder and of those in it; not their dates and rights, which are those of the package."""
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            (to / path.name).mkdir()
            _copy(path, to / path.name)
        else:
            (to / path.name).write_bytes(path.read_bytes())


def _figures(registration: str) -> list[int]:
    """The figures of a registration, by which nobody's files are the same bytes as another's."""
    return [int(sign) for sign in registration if sign.isdigit()]


def _hours(registration: str) -> str:
    """How long each session took."""
    sessions = (f"{number},{40 + 5 * figure}\n" for number, figure in enumerate(_figures(registration), 1))
    return "session,minutes\n" + "".join(sessions)


def _picture(registration: str) -> bytes:
    """A PNG of a blank page, 42 by 59 pixels in shades of grey."""
    width, height = 42, 59
    figures = _figures(registration)
    shades = (0xE4 + figures[row * len(figures) // height] for row in range(height))
    rows = b"".join(b"\0" + bytes([shade]) * width for shade in shades)
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
