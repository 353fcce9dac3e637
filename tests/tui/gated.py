"""A learner's files whose conversion waits until a test lets it go on, and what is seen meanwhile."""

from __future__ import annotations

from pathlib import Path

from textual.events import Key

from markterm.tui.evidence.reading_line import ReadingLine
from tests.tui.sitting import Sitting

FILES = {
    "1 story.md": "I descaled it. (T-101: 1.1)\n",
    "2 log.rtf": r"{\rtf1 I warmed the pot. (T-101: 1.2)}",
    "3 plan.rtf": r"{\rtf1 I poured it. (T-101: 2.1)}",
}
# Each file is ready when the test says so, and then says what is in it.
WAITS = """
    import time, pathlib
    text = path.read_text()
    while not (pathlib.Path({gates!r}) / str(len(text))).exists(): time.sleep(0.01)
    return Converted(text)
"""


class Gates:
    """Holds every conversion back until it is let through."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()

    def open(self, *names: str) -> None:
        """Let the conversion of these files go on."""
        for name in names:
            (self.folder / str(len(FILES[name]))).touch()


def line(at: Sitting) -> str:
    """What the line of the reading says; empty when it is not there."""
    shown = at.app.marking.query_one(ReadingLine)
    return shown.render().plain if shown.display else ""


async def send(at: Sitting, *keys: str) -> None:
    """Press keys without waiting for what is being read."""
    for key in keys:
        at.app.post_message(Key(key, key if len(key) == 1 else None))
        await at.pilot.pause(0.05)


def evidence_shown(at: Sitting) -> str:
    """The text of the file that is open, once it is there."""
    document = at.app.marking.work.reader.pane.document
    return document.source if document is not None else ""
