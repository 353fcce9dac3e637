"""Processes that record without end, whatever becomes of them or of the server, and note what they were told is saved.

    python -m tests.servers.writers URL FOLDER NAME THREADS

Each thread notes in a file of its own in FOLDER what it begins and what was acknowledged: by that a process that comes
after one that was killed does again what nobody was told of, and a test knows what has to be there.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

from markterm.domain.words.errors import MarkTermError
from markterm.records.store import EventStore
from tests.samples import decision
from tests.servers.postgres import CENTRE

RECORDS = ("AAA1", "BBB2", "CCC3", "DDD4")
_BEGUN, _SAVED = "begun", "saved"


class Writers:
    """So many processes of so many threads each, on the database at `url`."""

    def __init__(self, url: str, folder: Path, processes: int, threads: int = 1) -> None:
        self._url = url
        self._folder = folder
        self._threads = threads
        self._running = {f"p{number}": self._started(f"p{number}") for number in range(processes)}

    def kill(self, number: int) -> None:
        """Kill one of them at once, and begin it again."""
        name = f"p{number % len(self._running)}"
        self._running[name].kill()
        self._running[name].wait()
        self._running[name] = self._started(name)

    def end(self) -> None:
        """Kill all of them."""
        for process in self._running.values():
            process.kill()
            process.wait()

    def acknowledged(self) -> list[str]:
        """What they were told is saved."""
        return [uid for step, uid in self._notes() if step == _SAVED]

    def begun(self) -> set[str]:
        """What they wanted to have recorded."""
        return {uid for step, uid in self._notes() if step == _BEGUN}

    def _notes(self) -> Iterator[list[str]]:
        for file in sorted(self._folder.glob("*.txt")):
            for line in file.read_text().splitlines():
                yield line.split()

    def _started(self, name: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "tests.servers.writers", self._url, self._folder, name, str(self._threads)]
        return subprocess.Popen(list(map(str, command)), cwd=Path(__file__).parent.parent.parent)


def check_saved(store: EventStore, writers: Writers) -> int:
    """Everything that was acknowledged is there once, nothing is there that nobody asked for, and all of it verifies;
    how many there are."""
    there: list[str] = []
    for record in RECORDS:
        assert store.verify(record) == ()
        store.load(record)
        there += (line.event.uid for line in store.lines(record))
    acknowledged = writers.acknowledged()
    assert len(acknowledged) == len(set(acknowledged))
    assert len(there) == len(set(there)), "something is there twice"
    assert set(acknowledged) <= set(there), "something that was acknowledged is lost"
    assert set(there) <= writers.begun()
    return len(acknowledged)


def _record(url: str, file: Path) -> None:
    """Record one after the other, the one that was begun last again when nobody was told that it is saved."""
    from markterm.records.postgres.store import PostgresStore

    name = file.stem
    notes = file.read_text().splitlines() if file.exists() else []
    number = sum(1 for line in notes if line.startswith(_SAVED))
    store = PostgresStore(url, CENTRE)
    with file.open("ab", buffering=0) as noted:
        while True:
            uid, record = f"{name}-{number}", RECORDS[number % len(RECORDS)]
            noted.write(f"{_BEGUN} {uid}\n".encode())
            event = decision(uid, learner=record, actor=name, note="Said by whom, and when.")
            while not _is_saved(store, record, event):
                time.sleep(0.05)
            noted.write(f"{_SAVED} {uid}\n".encode())
            number += 1


def _is_saved(store: EventStore, record: str, event: object) -> bool:
    try:
        store.append(record, event)  # type: ignore[arg-type]
    except MarkTermError:
        return False
    return True


if __name__ == "__main__":
    _url, _folder, _name, _threads = sys.argv[1:]
    for _number in range(int(_threads)):
        Thread(target=_record, args=(_url, Path(_folder) / f"{_name}.{_number}.txt"), daemon=True).start()
    while os.getppid() != 1:
        time.sleep(0.5)
