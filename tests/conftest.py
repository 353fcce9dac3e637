"""Settings for every test."""

from __future__ import annotations

import gc
import importlib
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from markterm.sheets.kinds import SheetKind
from markterm.sheets.reading import SheetReading
from tests.examples import examples
from tests.servers.postgres import postgres as postgres

# A slow disk or a busy machine is no failure of what is tested.
settings.register_profile(
    "markterm", deadline=None, max_examples=examples(30), suppress_health_check=[HealthCheck.too_slow]
)
# On a server the same examples every time: what failed there fails again here. New ones are tried at every desk.
settings.register_profile("repeatable", settings.get_profile("markterm"), derandomize=True)
settings.load_profile("repeatable" if os.environ.get("CI") else "markterm")

# What the tests are compiled to is kept, even where the environment says that nothing is: it takes a worker as long as
# a tenth of the tests, and every process that a test starts would compile the program anew.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

_HERE = Path(__file__).parent
_MEMORY = Path("/dev/shm")
_ROOM = 2 * 1024**3
_OF_THE_FILE = re.compile(r"^pytestmark = (?:\[\n[^]]*|.*)", re.MULTILINE)
_MARK = re.compile(r"pytest\.mark\.(\w+)")
_SLOW = (
    # A screen is drawn, or the program runs in a terminal.
    "tui/*",
    # The record is killed, torn and filled up.
    "records/test_torture_*",
    # Processes are started: readers of evidence, other programs, MarkTerm itself.
    *(f"evidence/test_{name}.py" for name in ("attacks", "cache_integrity", "cage", "conversion", "conversion_kept")),
    *(f"evidence/test_{name}.py" for name in ("engines", "libreoffice", "machine_reading", "never_silent", "program")),
    *(f"evidence/test_{name}.py" for name in ("reader_server", "side_by_side")),
    *(f"evidence/test_{name}.py" for name in ("reader_damage", "tables_and_blanks")),
    "exports/test_pdf.py",
    # Each makes a centre anew.
    "cli/*",
    "demo/*",
    "test_imports.py",
    "benchmarks/*",
)
"""What `-m "not slow"` leaves out; a single test may say `@pytest.mark.slow` itself."""


def pytest_configure(config: pytest.Config) -> None:
    """Have what the tests write in memory, where there is room for it: to delete their many small files again takes
    most disks longer than all that is tried with them. What is measured is measured on the disk."""
    if "TMPDIR" not in os.environ and not _asks_for(config, "benchmark") and _has_room(_MEMORY):
        os.environ["TMPDIR"] = str(_MEMORY)
        tempfile.tempdir = None  # As if nobody had asked for it yet.


def _has_room(folder: Path) -> bool:
    """Whether files can be written there, and run."""
    usable = sys.platform == "linux" and os.access(folder, os.W_OK)
    return usable and not os.statvfs(folder).f_flag & os.ST_NOEXEC and shutil.disk_usage(folder).free >= _ROOM


def _asks_for(config: pytest.Config, mark: str) -> bool:
    return f"not {mark}" not in config.option.markexpr


def _is_asked_for(file: Path, config: pytest.Config) -> bool:
    """Whether the mark of the whole file, if it has one, does not say that none of it is wanted."""
    marks = _OF_THE_FILE.search(file.read_text("utf-8"))
    return marks is None or all(_asks_for(config, mark) for mark in _MARK.findall(marks[0]))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """What is not wanted is not even imported, unless it is named."""
    test = collection_path.match("test_*.py")
    return True if test and not _is_asked_for(collection_path, config) else None


def pytest_make_parametrize_id(val: object) -> str | None:
    """A test is named by how a long value begins: its name goes from process to process many times."""
    return f"{val[:40]!r}..." if isinstance(val, str | bytes) and len(val) > 60 else None


def pytest_collection(session: pytest.Session) -> None:
    """Where several workers are about to compile all of the tests, begin each with its own share: the others find it
    compiled. What cannot be imported is told by the collection itself."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    if workers == 1 or session.config.option.file_or_dir:
        return
    mine = int(os.environ["PYTEST_XDIST_WORKER"].removeprefix("gw"))
    for file in sorted(_HERE.rglob("test_*.py"))[mine::workers]:
        if not _is_asked_for(file, session.config):
            continue
        with suppress(Exception, pytest.skip.Exception):
            importlib.import_module(".".join(file.relative_to(_HERE.parent).with_suffix("").parts))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow by where it stands; what is long or measures has no end set to it."""
    for item in items:
        if item.get_closest_marker("long") or item.get_closest_marker("benchmark"):
            item.add_marker(pytest.mark.timeout(0))
        if item.get_closest_marker("long") or _is_slow(item.path):
            item.add_marker(pytest.mark.slow)


@cache
def _is_slow(file: Path) -> bool:
    place = file.relative_to(_HERE)
    return any(place.match(slow) for slow in _SLOW)


def pytest_collection_finish() -> None:
    """Spare the search for garbage what stays to the end: thousands of tests, and the modules they import."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(autouse=True, scope="session")
def _no_programs() -> Iterator[None]:
    """What this machine happens to have reads no pictures and no old files: a test that wants it brings it."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("markterm.evidence.machine.engines.engine_found", lambda: None)
        patched.setattr("markterm.evidence.machine.libreoffice._NAMES", ())
        patched.setattr("markterm.evidence.machine.libreoffice._USUAL", ())
        patched.setattr("markterm.evidence.machine.libreoffice._OPT", "/nowhere")
        yield


@pytest.fixture(autouse=True, scope="session")
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """What is the user's own goes with the tests: whoever runs them finds nothing of theirs changed."""
    own = tmp_path_factory.mktemp("own")
    with pytest.MonkeyPatch.context() as patched:
        for name in ("state", "cache", "config"):
            patched.setenv(f"XDG_{name.upper()}_HOME", str(own / name))
        yield own


_states = count()


@pytest.fixture(autouse=True)
def _own_state(_own_folders: Path) -> None:
    """Folders of the same name come again, and what a test remembers of the records in one is nothing to the next: it
    would be told that they are gone."""
    os.environ["XDG_STATE_HOME"] = str(_own_folders / f"state{next(_states)}")


_read = SheetKind.read
_readings: dict[tuple[str, str, Path | None], SheetReading[Any]] = {}


def _read_once(kind: SheetKind[Any], text: str, file: Path | None = None) -> SheetReading[Any]:
    """What a sheet says, which is the same in every centre: only what is found in it names its file."""
    reading = _readings.get((kind.name, text, None)) or _readings.get((kind.name, text, file))
    if reading is None:
        reading = _read(kind, text, file)
        _readings[kind.name, text, file if reading.findings else None] = reading
    return reading


@pytest.fixture(autouse=True, scope="module")
def _sheets_read_once(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every command and every screen has a centre of its own with the same sheets. The readers have tests of theirs."""
    with pytest.MonkeyPatch.context() as patched:
        if request.path.parent.name in {"centre", "cli", "demo", "tui"}:
            patched.setattr(SheetKind, "read", _read_once)
        yield


@pytest.fixture(autouse=True, scope="module")
def _quick_disk(request: pytest.FixtureRequest) -> Iterator[None]:
    """No test cuts the power, so none sees whether bytes have reached the disk, and all would wait for it: to sync is
    to look whether there is something to sync. Where the record is torn up, and in every other process, it is done."""
    with pytest.MonkeyPatch.context() as patched:
        if not request.path.name.startswith("test_torture_"):
            patched.setattr(os, "fsync", _open)
            patched.setattr("markterm.system.platform._sync_disk_of", lambda _: True)
            patched.setattr(os, "fdatasync", _open, raising=False)
        yield


def _open(descriptor: int) -> None:
    """Raises OSError where the descriptor is of nothing that is open."""
    os.fstat(descriptor)
