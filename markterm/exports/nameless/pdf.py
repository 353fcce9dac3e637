"""A PDF without names: its pages alone, where nothing on them names or shows anybody."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path
from threading import Event

from markterm.domain.views.anonymous import Anonymous
from markterm.evidence.conversion.program import ProgramFailed, ProgramStopped, folder_of_its_own, run
from markterm.exports.nameless.not_own_kind import NotOwnKind
from markterm.exports.nameless.pdf_answer import DAMAGED, read_answer
from markterm.exports.nameless.search import found_in_bytes

_MEMORY = 1024**3
_SECONDS = 60.0


def without_names(path: Path, anonymous: Anonymous, *, drawings: bool, stop: Event) -> bytes:
    """A new file of the pages of that one, in which nothing is text that names somebody; made in a process that is shut
    in. With `drawings` somebody looked at what is drawn.

    Raises `NotOwnKind` where it holds what is not known, such as pictures, or where a name is found in it.
    """
    if importlib.util.find_spec("pypdf") is None:
        raise NotOwnKind("what makes PDFs anew is not installed")
    with folder_of_its_own() as folder:
        copy = folder / "evidence.pdf"
        shutil.copyfile(path, copy)
        more = ("drawings",) if drawings else ()
        command = (sys.executable, "-I", "-B", "-m", "markterm.exports.nameless.pdf_pages", str(copy), *more)
        try:
            answer = run(command, folder, seconds=_SECONDS, memory=_MEMORY, stop=stop)
        except (ProgramFailed, ProgramStopped, OSError):
            raise NotOwnKind(DAMAGED) from None
    made = read_answer(answer)
    if found_in_bytes(made.said, anonymous) or found_in_bytes(made.file, anonymous):
        raise NotOwnKind("a name is found in one of its parts in spite of all")
    return made.file
