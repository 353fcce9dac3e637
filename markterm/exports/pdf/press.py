"""The press: the processes that set pages, as many as are wanted at once, each kept for the next page."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from threading import Lock, Timer
from typing import Any

from markterm.domain.words.errors import Unreadable, WrongUse
from markterm.exports.document.model import Document
from markterm.exports.pdf.data import data_of
from markterm.exports.pdf.printed import Printed

_CHILD = "markterm.exports.pdf.child"
_TRIES = 3
_LONGEST = 300.0
"""Seconds for one document. Sixty pages take one: a template that goes round in circles takes for ever."""


class Press:
    """Prints documents by the templates and fonts in `folder`, and by the templates that are shipped where it has none
    of that name. Raises `WrongUse` when typst is not installed."""

    def __init__(self, folder: Path | None = None) -> None:
        if find_spec("typst") is None:
            raise WrongUse(
                "PDF cannot be made here",
                "What sets pages (typst) is not installed.",
                "Install MarkTerm with its extra: pip install 'markterm[exports]'.",
            )
        self._folder = folder
        self._idle: list[_Setter] = []
        self._lock = Lock()

    def print(self, document: Document, *, anchor: str = "", at: datetime | None = None) -> Printed:
        """The document as a tagged PDF (PDF/A-2a and PDF/UA-1), made `at` that time, or now, with `anchor` among its
        keywords. May be called in several threads. Raises `Unreadable`: with file and line where a template is wrong.
        """
        data = {**data_of(document), "keywords": [anchor] if anchor else []}
        second = at.astimezone(UTC).replace(microsecond=0).isoformat() if at is not None else None
        request = json.dumps({"document": data, "at": second}).encode("ascii")
        for _ in range(_TRIES):
            setter = self._taken()
            try:
                answer, pdf = setter.ask(request)
            except TimeoutError:
                setter.end()
                raise Unreadable(
                    "A page takes too long",
                    f"{document.title} was not set within {_LONGEST:.0f} seconds.",
                    "If there are templates of the centre's own, look at them; or export this one in another form.",
                ) from None
            except (EOFError, OSError):
                setter.end()  # It had nothing to do for a while, or was ended: another one is asked.
                continue
            with self._lock:
                self._idle.append(setter)
            if "error" in answer:
                file = Path(answer["file"]) if answer["file"] is not None else None
                raise Unreadable(**answer["error"], file=file, line=answer["line"])
            return Printed(pdf, tuple(answer["without_font"]))
        raise Unreadable(
            "A page could not be set",
            f"What sets pages ended while it was at {document.title}.",
            "Try it again; if it happens again, export this one in another form.",
        )

    def _taken(self) -> _Setter:
        """One that nobody else asks meanwhile."""
        with self._lock:
            if self._idle:
                return self._idle.pop()
        return _Setter(self._folder)


class _Setter:
    """A process that sets pages. It ends by itself when it has had nothing to do for a while, or nobody is there."""

    def __init__(self, folder: Path | None) -> None:
        self._given_up = False
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", _CHILD, *([str(folder.resolve())] if folder is not None else [])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # There are as many processes as cores to keep busy: within each one page is no faster on several.
            env={**os.environ, "RAYON_NUM_THREADS": "1"},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )

    def ask(self, request: bytes) -> tuple[dict[str, Any], bytes]:
        """The answer to a request, and the PDF that goes with it. Raises `TimeoutError` where there is none for long,
        `EOFError` and other `OSError` when it ended."""
        late = Timer(_LONGEST, self._give_up)
        late.daemon = True
        late.start()
        try:
            return self._answer(request)
        except (EOFError, OSError):
            if self._given_up:
                raise TimeoutError from None
            raise
        finally:
            late.cancel()

    def _answer(self, request: bytes) -> tuple[dict[str, Any], bytes]:
        requests, answers = self._process.stdin, self._process.stdout
        assert requests is not None
        assert answers is not None
        requests.write(request + b"\n")
        requests.flush()
        answer = json.loads(answers.readline() or b"null")
        if answer is None:
            raise EOFError
        pdf = answers.read(answer.get("size", 0))
        if len(pdf) != answer.get("size", 0):
            raise EOFError
        return answer, pdf

    def _give_up(self) -> None:
        self._given_up = True
        self._process.kill()

    def end(self) -> None:
        """End it, whatever it is at."""
        self._process.kill()
        self._process.communicate()
