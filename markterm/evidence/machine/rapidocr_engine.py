"""RapidOCR, which reads words in pictures by a model that is in its package: the extra `markterm[ocr]`.

It runs as a process of its own in the second cage, started as
`python -I -B -m markterm.evidence.machine.rapidocr_engine PICTURE`; nothing of it is loaded where the screen is, and
nothing is fetched.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from threading import Event
from typing import Any

from markterm.evidence.conversion.program import ProgramFailed, nobody_waits, run
from markterm.evidence.text.seen_words import Box, SeenLine, in_lines

MEMORY = 4 * 1024**3
"""Bytes of address space, of which it uses a part."""
SECONDS = 180.0
"""For a page."""

_NAME = "rapidocr"
_NEEDS = ("rapidocr", "onnxruntime", "cv2")
_LEAST_SURE = 0.5
"""Of a piece, of one: what it is less sure of is left out."""
_SURE = 0.85
"""Of a page: one that is read less surely may have been laid on its head (two quarters to the left) or its side."""
_TURNS = (0, 2, 1, 3)


@dataclass(frozen=True, slots=True)
class RapidOCR:
    """The extra, installed."""

    name: str = _NAME

    @property
    def key(self) -> str:
        """What is kept under this is of this version."""
        return f"{_NAME}-{_version().replace('.', '-')}"

    def version(self, stop: Event) -> str:  # noqa: ARG002 - another engine has to be asked
        """Such as `3.10.0`."""
        return _version()

    def lines(self, picture: Path, stop: Event) -> list[SeenLine]:
        """The lines in a picture, which lies in a folder of its own. Raises what `run` does."""
        command = (sys.executable, "-I", "-B", "-m", __name__, str(picture))
        said = run(command, picture.parent, seconds=SECONDS, memory=MEMORY, stop=stop, low=nobody_waits)
        try:
            quarters, width, height, found = json.loads(said)
            pieces = [(str(text), Box(*map(int, sides))) for text, *sides in found]
            lines = in_lines(pieces)
            return [replace(line, box=line.box.turned_back(int(quarters), int(width), int(height))) for line in lines]
        except (ValueError, TypeError) as error:
            raise ProgramFailed("gives no proper answer") from error


def rapidocr_found() -> RapidOCR | None:
    """The extra; None when it is not installed."""
    return RapidOCR() if all(find_spec(name) is not None for name in _NEEDS) and _version() else None


def _version() -> str:
    try:
        return version(_NAME)
    except PackageNotFoundError:
        return ""


def main() -> None:
    """Say what is read in the picture that the command line names: a list of its pieces with their sides."""
    out = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    from rapidocr import RapidOCR as Engine  # type: ignore[import-not-found,import-untyped,unused-ignore] # an extra

    engine: Any = Engine(
        params={
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Global.log_level": "critical",
            "Global.use_cls": False,  # it would turn single lines, some of them wrongly: whole pages are turned here
        }
    )
    cv2: Any = importlib.import_module("cv2")
    numpy: Any = importlib.import_module("numpy")
    picture = cv2.imread(sys.argv[1])
    height, width = picture.shape[:2]
    best: tuple[float, int, list[list[object]]] = (0.0, 0, [])
    for quarters in _TURNS:
        pieces, sure = _seen(engine(numpy.ascontiguousarray(numpy.rot90(picture, quarters))))
        best = max(best, (sure * sum(len(str(piece[0])) for piece in pieces), quarters, pieces), key=lambda one: one[0])
        # A page that was laid on its head or side is read as letters without sense, of which the engine is unsure.
        if not pieces or sure >= _SURE:
            break
    with os.fdopen(out, "w", encoding="utf-8") as stream:
        json.dump([best[1], width, height, best[2]], stream)


def _seen(read: Any) -> tuple[list[list[object]], float]:
    """The pieces of which it is sure enough, with their sides, and how sure it is of them on the whole, 0 to 1."""
    pieces: list[list[object]] = []
    sure_of = letters = on_side = 0.0
    for text, sure, corners in zip(read.txts or (), read.scores or (), read.boxes if read.txts else (), strict=True):
        if text.strip():
            letters += len(text)
            sure_of += sure * len(text)
        if sure >= _LEAST_SURE and text.strip():
            across, down = [float(corner[0]) for corner in corners], [float(corner[1]) for corner in corners]
            # It reads a line that runs up or down the page, too, but then the page lies on its side.
            on_side += len(text) if max(down) - min(down) > max(across) - min(across) and len(text) > 2 else 0
            pieces.append([" ".join(text.split()), *map(int, (min(across), min(down), max(across), max(down)))])
    if on_side > letters / 2:
        sure_of /= 2
    return pieces, float(sure_of / letters) if letters else 0.0


if __name__ == "__main__":
    main()
