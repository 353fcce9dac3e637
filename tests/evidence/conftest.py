"""A learner's folder and the user's cache, and a reader that does what a test wants it to do."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from markterm.evidence.conversion import conversion

# The child process with one reader more, whose `read` is what a test wants it to do.
_CHILD = """
import sys, types
from markterm.evidence.conversion import child, process, reader_server
from markterm.evidence.converted import *
# Nobody asks this server for another reader: it need not load them all.
reader_server.READERS = {{}}
hostile = types.ModuleType("hostile")
def read(path):
    {}
hostile.read = read
sys.modules["markterm.evidence.readers.rtf.rtf"] = hostile
if {}:
    child.cage.shut_in = lambda file: None
    child.cage.shut_in_server = lambda: None
process.main()
"""


def child_that(lines: str, *, uncaged: bool = False) -> tuple[str, ...]:
    """The command of a child process, and of the server that forks it, in which the reader of rich text does that;
    `uncaged` as on a system that cannot shut it in."""
    return (sys.executable, "-I", "-B", "-c", _CHILD.format(lines, uncaged))


def has_ended(process: int) -> bool:
    """Whether it is gone, or nothing is left of it but how it ended."""
    try:
        os.kill(process, 0)
        return ") Z " in Path(f"/proc/{process}/stat").read_text("utf-8")
    except ProcessLookupError:
        return True
    except OSError:  # a system without such files
        return False


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes the reader of rich text do something else."""

    def become(lines: str, *, uncaged: bool = False) -> None:
        monkeypatch.setattr(conversion, "COMMAND", child_that(lines, uncaged=uncaged))

    return become


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Where the learner's files lie. Afterwards nothing stands there or beside it that the test has not made."""
    path = tmp_path / "learners" / "learner" / "evidence"
    path.mkdir(parents=True)
    yield path
    assert {entry.name for entry in tmp_path.iterdir()} <= {"learners", "cache", "outside"}
    kept = tmp_path / "cache"
    assert not kept.is_dir() or not [entry for entry in kept.iterdir() if len(entry.name.split(".")[0]) != 64]
