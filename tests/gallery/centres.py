"""The centres of the gallery: the demo with a learner who writes from right to left, an empty one, a damaged one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from markterm.centre.new_centre import make_centre
from markterm.demo.centre import make_demo
from markterm.demo.learners import CENTRE
from markterm.own.places import Places
from markterm.sheets.shipped import shipped_mark_sheets
from tests.gallery.pictures import MAYA, ROSALIND

_LEARNER = """\
---
kind: learner
registration: MAY6120
name: מאיה כהן (Maya Cohen)
qualification: [8580-CERT]
units: [8580-500, 8580-501, 8580-503]
assessor: asha
---
"""
_WRITTEN = """\
# יומן אימון

AC 501 1.1: בפגישה הראשונה הקשבתי יותר משדיברתי.

AC 501 1.2: قالت ليلى إنها تريد أن تقرر بنفسها، and I wrote it down in both languages.
"""


def demo(path: Path, places: Places, now: datetime) -> None:
    """The demo, and a learner who writes Hebrew and quotes Arabic."""
    make_demo(path, places, now)
    folder = path / "learners" / MAYA
    (folder / "evidence").mkdir(parents=True)
    (folder / "learner.md").write_text(_LEARNER, "utf-8")
    (folder / "evidence" / "יומן אימון.md").write_text(_WRITTEN, "utf-8")


def empty(path: Path, places: Places, now: datetime) -> None:  # noqa: ARG001 - as the others
    """The staff and the mark sheets of the demo, and no learner."""
    make_centre(path, CENTRE, shipped_mark_sheets())


def damaged(path: Path, places: Places, now: datetime) -> None:
    """The demo, with a word changed in a record that was whole, and a mark sheet of which a heading is gone."""
    demo(path, places, now)
    for segment in (path / "records" / ROSALIND).glob("*.log"):
        segment.write_bytes(segment.read_bytes().replace(b'"pass"', b'"refer"', 1))
    sheet = next((path / "mark_sheets").rglob("*503*.md"))
    sheet.write_text(sheet.read_text("utf-8").replace("## LO1", "LO1", 1), "utf-8")


CENTRES: Mapping[str, Callable[[Path, Places, datetime], None]] = {"demo": demo, "empty": empty, "damaged": damaged}
