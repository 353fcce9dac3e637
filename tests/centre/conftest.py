"""The front desk is asked twice: over records in files, and over records in memory. With `-m server` it is asked once
more, over records in a real PostgreSQL database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from markterm.centre.centre import Centre
from markterm.centre.folder import CentreFolder
from markterm.centre.stores import postgres_store, store_of
from markterm.domain.record.centre_details import CentreDetails
from markterm.own.places import CentrePlaces, Places
from markterm.records.folder.store import FolderStore
from markterm.records.memory import Memory, MemoryStore
from markterm.records.store import EventStore
from tests.centres import make_centre_in, places_in
from tests.servers.postgres import PostgresServer


class Kind(StrEnum):
    """What records can be in."""

    FILES = "files"
    MEMORY = "memory"
    POSTGRES = "postgres"


@dataclass
class Stores:
    """What holds the records of the centres of a test."""

    kind: Kind
    url: Callable[[Path], str] = str
    """Of a database the address, for the centre in that folder."""
    closing: ExitStack = field(default_factory=ExitStack)
    """What is let go of when the test is over."""
    _memories: dict[Path, Memory] = field(default_factory=dict)

    @property
    def store_type(self) -> type[Any]:
        """The class of these stores."""
        if self.kind is Kind.POSTGRES:
            from markterm.records.postgres.store import PostgresStore

            return PostgresStore
        return FolderStore if self.kind is Kind.FILES else MemoryStore

    def store_of(self, centre: CentreFolder, own: CentrePlaces, details: CentreDetails) -> EventStore:
        """Instead of the program's own choice."""
        if self.kind is Kind.FILES:
            return store_of(centre, own, details)
        if self.kind is Kind.POSTGRES:
            store = postgres_store(replace(details, record_store=self.url(centre.path.resolve())), own.writers)
            # A test need not close its centre. What notes behind it would write into the next test's folder, of the
            # same name as this one's.
            self.closing.callback(store.close)
            return store
        return MemoryStore(self._memories.setdefault(centre.path.resolve(), Memory()), details.record_format)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every test on every kind of store, but for those that are about files."""
    if "stores" in metafunc.fixturenames:
        on_files = metafunc.definition.get_closest_marker("on_files") is not None
        kinds = [Kind.FILES] if on_files else list(Kind)
        marks = {Kind.POSTGRES: [pytest.mark.server]}
        every = [pytest.param(kind, marks=marks.get(kind, []), id=kind.value) for kind in kinds]
        metafunc.parametrize("stores", every, indirect=True)


@pytest.fixture(autouse=True)
def stores(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stores]:
    """What holds the records in this test."""
    with ExitStack() as lent:
        chosen = Stores(request.param, closing=lent)
        if chosen.kind is Kind.POSTGRES:
            pytest.importorskip("psycopg", reason="the extra server is not installed")
            postgres: PostgresServer = request.getfixturevalue("postgres")
            chosen.url = cache(lambda _: lent.enter_context(postgres.lent()))
        monkeypatch.setattr("markterm.centre.stores.store_of", chosen.store_of)
        yield chosen


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
