"""A learner's files converted side by side, ahead of whoever goes through them one by one and finds them done."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from queue import SimpleQueue
from threading import Condition, Thread

from markterm.evidence.contents import DEEPEST, Opens, Room, cut_of
from markterm.evidence.conversion.conversion import attached_files
from markterm.evidence.conversion.cores import CORES
from markterm.evidence.folder import EvidenceFile, EvidenceKind
from markterm.evidence.progress import AnyOf, Progress


@dataclass(frozen=True, slots=True)
class _Task:
    """A file, and how much the one that was handed in and that it lies in may still hold."""

    place: tuple[int, ...]
    """Where it stands among the files, and then among those within each."""
    file: EvidenceFile
    room: Room


@dataclass
class Ahead:
    """Converts `files`, and what they hold at any depth, in their order, as many at once as there are cores; with
    `opens` only those of which it says so. `progress` stops it. Used with `with`; `begin` is for the first file
    that has to be converted: a folder that was read before is not gone through twice."""

    files: Iterable[EvidenceFile]
    cache: Path
    progress: Progress
    opens: Opens | None = None
    _tasks: deque[_Task] = field(default_factory=deque)
    _busy: int = 0
    _changed: Condition = field(default_factory=Condition)
    _threads: list[Thread] = field(default_factory=list)
    _ready: SimpleQueue[tuple[tuple[int, ...], EvidenceFile] | None] = field(default_factory=SimpleQueue)

    def __post_init__(self) -> None:
        self._stop = AnyOf(self.progress.stop.is_set)

    def begin(self) -> None:
        """Begin, in threads."""
        self._tasks.extend(
            _Task((place,), file, Room())
            for place, file in enumerate(self.files)
            if file.kind is EvidenceKind.CONVERTED
        )
        for number in range(CORES.count):
            thread = Thread(target=self._convert, name=f"ahead-{number}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def ready(self) -> Iterator[tuple[tuple[int, ...], EvidenceFile]]:
        """Begin, and give each file as soon as it is converted or need not be, with its place: its number among the
        files, and for one within it its number there as well, and so on."""
        self.begin()
        for place, file in enumerate(self.files):
            if file.kind is not EvidenceKind.CONVERTED:
                yield (place,), file
        while (found := self._ready.get()) is not None:
            yield found

    def reached(self, file: EvidenceFile) -> None:
        """Whoever goes through the files has come to this one, and converts it if nobody did."""
        with self._changed:
            if self._tasks and self._tasks[0].file is file:
                self._tasks.popleft()

    def __enter__(self) -> Ahead:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        with self._changed:
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()

    def _convert(self) -> None:
        while (task := self._next()) is not None:
            held: tuple[EvidenceFile, ...] = ()
            # Whoever comes to the file is told why it cannot be read, also when that is a fault of ours.
            with suppress(Exception):
                if task.file.kind is EvidenceKind.CONVERTED and (self.opens is None or self.opens(task.file)):
                    own = Progress(urgency=self.progress.urgency, stop=self._stop)
                    held = attached_files(task.file, self.cache, own)
            self._done(task, held)

    def _next(self) -> _Task | None:
        """The next file; None when there are no more, and none can come out of those that are being converted."""
        with self._changed:
            while not self._tasks and self._busy and not self._stop.is_set():
                self._changed.wait()
            if not self._tasks or self._stop.is_set():
                self._ready.put(None)
                return None
            self._busy += 1
            return self._tasks.popleft()

    def _done(self, task: _Task, held: tuple[EvidenceFile, ...]) -> None:
        with self._changed:
            self._busy -= 1
            taken = task.room.take(held) if task.file.depth < DEEPEST else ()
            self._ready.put((task.place, replace(task.file, cut=cut_of(task.file, len(held) - len(taken)))))
            within = [_Task((*task.place, number), each, task.room) for number, each in enumerate(taken)]
            self._tasks.extendleft(reversed(within))
            self._changed.notify_all()
