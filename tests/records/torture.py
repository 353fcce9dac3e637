"""What the torture tests share: a record in a folder, and child processes that are treated badly."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn

from markterm.domain.record.event import Event
from markterm.domain.words.finding import Finding
from markterm.records.folder.store import FolderStore
from tests.samples import LEARNER


class RecordOnDisk:
    """A record in a folder, read afresh whenever it is asked, by a store that knows nothing yet."""

    def __init__(self, place: Path, states: str = "states") -> None:
        self.place = place
        self.states = place / states

    def open(self) -> FolderStore:
        """A store as a new process has it."""
        return FolderStore(self.place / "records", self.states)

    @property
    def folder(self) -> Path:
        """Where the segments are."""
        return self.place / "records" / LEARNER

    @property
    def segments(self) -> list[Path]:
        """The segments, by name."""
        return sorted(self.folder.glob("*.log"))

    @property
    def segment(self) -> Path:
        """The only segment."""
        (only,) = self.segments
        return only

    def events(self) -> tuple[Event, ...]:
        """What a new process reads."""
        return self.open().load(LEARNER)

    def audit(self) -> tuple[Finding, ...]:
        """What a new process finds wrong, with this machine's states as a witness."""
        return self.open().verify(LEARNER)

    def without_states(self) -> RecordOnDisk:
        """The same record as another machine has it."""
        return RecordOnDisk(self.place, "nobody's states")

    def as_left(self, *events: Event) -> RecordOnDisk:
        """Itself, once these events were appended and the store was closed."""
        store = self.open()
        for event in events:
            store.append(LEARNER, event)
        store.close()
        return self


def in_a_child(work: Callable[[], None]) -> int:
    """The identifier of a new process that does the work and ends with 0, or with 1 if it raised."""
    child = os.fork()
    if child == 0:
        _end(work)
    return child


def _end(work: Callable[[], None]) -> NoReturn:
    status = 1
    try:
        work()
        status = 0
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        # Without the clean-up of the test run that it is a copy of.
        os._exit(status)


def wait_for(child: int) -> int:
    """The exit code of the process, negative for the signal that killed it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@contextmanager
def a_pipe() -> Iterator[tuple[int, int]]:
    """A pipe's two ends, closed afterwards."""
    reading, writing = os.pipe()
    try:
        yield reading, writing
    finally:
        for end in (reading, writing):
            with suppress(OSError):
                os.close(end)


def read_all(reading: int) -> bytes:
    """Everything that is said into a pipe until its other end is closed everywhere."""
    said = b""
    while more := os.read(reading, 65536):
        said += more
    return said
