"""The process in which pages are set: `python -m markterm.exports.pdf.child [FOLDER]`.

While typst sets a page nothing else of a Python process runs: the screen would stand still, and a second core be of no
use. So each press has such processes beside it. A request is a line of JSON, an answer a line of JSON with the size of
the PDF that follows it.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime
from pathlib import Path
from threading import Timer
from typing import Any, BinaryIO

from markterm.domain.words.errors import MarkTermError
from markterm.exports.pdf.typesetter import Typesetter

_IDLE = 20.0
"""Seconds without a request after which it ends: whoever wants one later starts another one."""


def main() -> None:
    """Answer requests until there are none."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # Whatever a library prints must not get into an answer.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    serve(folder, requests, answers)


def serve(folder: Path | None, requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer each request by the templates in `folder`."""
    setter = None
    while line := _next(requests):
        request = json.loads(line)
        try:
            setter = setter or Typesetter(folder)
            printed = setter.set(request["document"], datetime.fromisoformat(request["at"]) if request["at"] else None)
        except MarkTermError as error:
            _tell(answers, _as_data(error))
        else:
            _tell(answers, {"size": len(printed.pdf), "without_font": printed.without_font}, printed.pdf)


def _next(requests: BinaryIO) -> bytes:
    idle = Timer(_IDLE, os._exit, (0,))
    idle.daemon = True
    idle.start()
    line = requests.readline()
    idle.cancel()
    return line


def _as_data(error: MarkTermError) -> dict[str, Any]:
    told = {"title": error.title, "what": error.what, "next_step": error.next_step}
    return {"error": told, "file": str(error.file) if error.file is not None else None, "line": error.line}


def _tell(answers: BinaryIO, head: dict[str, Any], pdf: bytes = b"") -> None:
    answers.write(json.dumps(head).encode("ascii") + b"\n")
    answers.write(pdf)
    answers.flush()


if __name__ == "__main__":
    main()
