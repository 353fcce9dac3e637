"""What holds the records of a centre: the one place that knows which stores there are."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack, closing, suppress
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from markterm.centre.folder import CentreFolder
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.words.database_address import is_address
from markterm.domain.words.errors import Unreadable
from markterm.own.places import CentrePlaces
from markterm.records import kept_heads
from markterm.records.folder.store import FolderStore, written_in
from markterm.records.store import EventStore, Head

if TYPE_CHECKING:
    from markterm.records.postgres.store import PostgresStore
    from markterm.records.store_status import Prepared, StoreStatus

_NOWHERE = "nothing was written there"
"""Of a store to which records are copied this machine has nothing to say."""


def store_of(centre: CentreFolder, own: CentrePlaces, details: CentreDetails) -> EventStore:
    """The store of the centre in that folder, as one process has it; `own` are the user's folders for that centre.
    Whoever asks for it closes it.

    Raises `Unreadable` where the records are in a database that cannot be reached from here, or has none of them.
    """
    if not details.record_store:
        return folder_store(centre, own, details.record_format)
    store = postgres_store(details, own.writers)
    with ExitStack() as unless_it_is_well:
        unless_it_is_well.callback(store.close)
        # Whoever names a database in centre.toml and copies nothing into it would see nobody's decisions.
        if centre.has_records and not any(True for _ in store.stamps()):
            raise Unreadable(
                "The records are not in the database",
                "centre.toml says that the database has the records. It has none, and there are some in "
                f"{centre.records}.",
                "Take the lines [record] and store out of centre.toml, copy the records into the database, then put "
                "them in again.",
                file=centre.file,
            )
        unless_it_is_well.pop_all()
    return store


def folder_store(centre: CentreFolder, own: CentrePlaces, record_format: int) -> FolderStore:
    """The store over the centre's own folder, whatever centre.toml says."""
    return FolderStore(centre.records, own.writers, record_format)


def store_in_files(records: Path, states: Path) -> EventStore:
    """The store of records that lie in the folder `records` as segments, wherever that came from."""
    return FolderStore(records, states)


def seen_by_others(own: CentrePlaces) -> dict[str, list[Mapping[str, Head]]]:
    """By record the heads of its segments as each one knows them who works on this machine, a server, too. Each member
    whom it signs in keeps that apart: an audit that asked none of them would call whole what one of them has lost."""
    seen: dict[str, list[Mapping[str, Head]]] = {}
    for each in own.of_others:
        for record, heads in written_in(each.writers):
            seen.setdefault(record, []).append(heads)
        with suppress(OSError):
            for record, known in kept_heads.parse(each.seen_heads.read_bytes()).items():
                seen.setdefault(record, []).append(known)
    return seen


def store_at(
    place: str, centre: CentreFolder, own: CentrePlaces, details: CentreDetails
) -> FolderStore | PostgresStore:
    """The store at that place, the address of a database or a folder, for the records of this centre. Raises
    `Unreadable`."""
    if is_address(place):
        return postgres_store(replace(details, record_store=place), own.state / _NOWHERE)
    folder = Path(place)
    if folder.absolute() == centre.records.absolute():
        return folder_store(centre, own, details.record_format)
    return FolderStore(folder, own.state / _NOWHERE, details.record_format)


def postgres_store(details: CentreDetails, states: Path) -> PostgresStore:
    """The store over the database that centre.toml names, and in the folder `states` how far this machine wrote in it.
    Raises `Unreadable` where nothing here can speak to one."""
    check_psycopg()
    from markterm.records.postgres.store import PostgresStore  # Nobody who has a folder loads it.

    return PostgresStore(details.record_store, details.number, details.record_format, states)


def check_psycopg() -> None:
    """Raises `Unreadable` when what speaks to PostgreSQL is not installed."""
    if find_spec("psycopg") is None or find_spec("psycopg_pool") is None:
        raise Unreadable(
            "The database cannot be reached from here",
            "What speaks to PostgreSQL (psycopg) is not installed.",
            "Install MarkTerm with its extra: pip install 'markterm[server]'.",
        )


def status_of(centre: CentreFolder, own: CentrePlaces, details: CentreDetails) -> StoreStatus:
    """How what keeps the records stands. Raises `Unreadable`."""
    if not details.record_store:
        # Loaded by whoever asks: every command opens a centre.
        from markterm.records.store_status import StoreStatus

        with closing(folder_store(centre, own, details.record_format)) as in_folder:
            return StoreStatus("folder", str(centre.records), sum(1 for _ in in_folder.stamps()))
    with closing(postgres_store(details, own.writers)) as store:
        from markterm.records.postgres import status

        return status.status_of(store.database)


def reach(details: CentreDetails, own: CentrePlaces) -> None:
    """Raises `Unreadable` where the records are in a database that cannot be reached now, or has none of them; those in
    the centre's folder are there as it is."""
    if details.record_store:
        with closing(postgres_store(details, own.writers)) as store:
            store.database.standing()


def prepare(details: CentreDetails, owner: str, role: str, password: str) -> Prepared:
    """Make the tables in the database that `owner` leads to, and let the role work in the centre. Raises `Unreadable`,
    `Refused` and `NotSaved`."""
    check_psycopg()
    from markterm.records.postgres import schema

    return schema.prepare(owner, details.number, role, password)
