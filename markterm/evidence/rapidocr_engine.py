"""RapidOCR, which reads words in pictures by a model that is in its package: the extra `markterm[ocr]`.

It runs as a process of its own in the second cage, started as `python -I -B -m markterm.evidence.rapidocr_engine
PICTURE`; nothing of it is loaded where the screen is, and nothing is fetched.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from threading import Event
from typing import Any

from markterm.evidence.program import ProgramFailed, run
from markterm.evidence.seen_words import Box, SeenLine, in_lines

MEMORY = 4 * 1024**3
"""Bytes of address space, of which it uses a part."""
SECONDS = 180.0
"""For a page."""

_NAME = "rapidocr"
_NEEDS = ("rapidocr", "onnxruntime", "cv2")
_LEAST_SURE = 0.5


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
        said = run(command, picture.parent, seconds=SECONDS, memory=MEMORY, stop=stop)
        try:
            pieces = [(str(text), Box(*map(int, sides))) for text, *sides in json.loads(said)]
        except (ValueError, TypeError) as error:
            raise ProgramFailed("gives no proper answer") from error
        return in_lines(pieces)


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
    from rapidocr import RapidOCR as Engine  # type: ignore[import-not-found,unused-ignore] # an extra

    engine: Any = Engine(
        params={
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Global.log_level": "critical",
        }
    )
    read = engine(sys.argv[1])
    pieces = []
    for text, sure, corners in zip(read.txts or (), read.scores or (), read.boxes if read.txts else (), strict=True):
        if sure >= _LEAST_SURE and text.strip():
            across, down = [float(corner[0]) for corner in corners], [float(corner[1]) for corner in corners]
            pieces.append([" ".join(text.split()), *map(int, (min(across), min(down), max(across), max(down)))])
    with os.fdopen(out, "w", encoding="utf-8") as stream:
        json.dump(pieces, stream)


if __name__ == "__main__":
    main()
