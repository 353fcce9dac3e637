"""The front desk is asked twice: over records in files, and over records in memory, as a server would have them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.centre.folder import CentreFolder
from markterm.centre.stores import store_of
from markterm.own.places import CentrePlaces, Places
from markterm.records.folder.store import FolderStore
from markterm.records.memory import Memory, MemoryStore
from markterm.records.store import EventStore
from tests.centres import make_centre_in, places_in


@dataclass
class Stores:
    """What holds the records of the centres of a test."""

    kind: type[FolderStore | MemoryStore]
    _memories: dict[Path, Memory] = field(default_factory=dict)

    def store_of(self, centre: CentreFolder, own: CentrePlaces, record_format: int) -> EventStore:
        """Instead of the program's own choice."""
        if self.kind is FolderStore:
            return store_of(centre, own, record_format)
        return MemoryStore(self._memories.setdefault(centre.path.resolve(), Memory()), record_format)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every test on both kinds of stores, but for those that are about files."""
    if "stores" in metafunc.fixturenames:
        on_files = metafunc.definition.get_closest_marker("on_files") is not None
        kinds = [FolderStore] if on_files else [FolderStore, MemoryStore]
        metafunc.parametrize("stores", kinds, indirect=True, ids=["files", "memory"][: len(kinds)])


@pytest.fixture(autouse=True)
def stores(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Stores:
    """What holds the records in this test."""
    chosen = Stores(request.param)
    monkeypatch.setattr("markterm.centre.stores.store_of", chosen.store_of)
    return chosen


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A tiny centre's folder."""
    return make_centre_in(tmp_path / "centre")


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """The user's own folders."""
    return places_in(tmp_path / "user")


@pytest.fixture
def asha(path: Path, places: Places) -> Iterator[Centre]:
    """The centre, opened by Asha."""
    centre = Centre.open(path, member="asha", places=places)
    yield centre
    centre.close_down()


@pytest.fixture
def ben(path: Path, places: Places) -> Iterator[Centre]:
    """The same centre, opened by Ben."""
    centre = Centre.open(path, member="ben", places=places)
    yield centre
    centre.close_down()
