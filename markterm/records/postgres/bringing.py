"""Records that come from files, or from another store: every line as it stands, into the tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType

import psycopg

from markterm.domain.words.errors import NotSaved, Refused
from markterm.domain.words.foreign_text import one_line
from markterm.records.folder.segment import record_name, uid_in
from markterm.records.postgres.connection import PatientConnection
from markterm.records.postgres.database import Database
from markterm.records.postgres.faults import NotWithStandby, not_saved, said_by
from markterm.records.postgres.keys import key_of
from markterm.records.postgres.rows import Row, added_on, commit, hash_of
from markterm.records.store import RawFile
from markterm.system.platform import folder_name
from markterm.system.regular_file import open_regular

_HEAD = "SELECT turn, hash FROM markterm.head WHERE centre = %s AND record = %s"
_THERE = "SELECT file, max(n) FROM markterm.line WHERE record = %s AND centre = %s GROUP BY file"
_AT_ONCE = 5_000
_LARGEST_AT_ONCE = 2**24


def rows_of(
    files: Sequence[RawFile], turn: int = 0, before: str = "", there: Mapping[str, int] = MappingProxyType({})
) -> Iterator[Row]:
    """The lines of a record's files as the table has them: one file after the other, each in its order.

    Those go on from the line of that turn and hash, and so many lines of each file are there. What two lines repeat, as
    after a segment that was left, has its identifier once. Raises what opening raises.
    """
    uids: set[str] = set()
    for file in sorted(files, key=lambda file: not there.get(key_of(file.name))):
        key = key_of(file.name)
        for n, raw in enumerate(_lines(file), 1):
            said = uid_in(raw)
            uid = None if said is None else key_of(said)
            if n <= there.get(key, 0):
                uids.update([uid] if uid is not None else ())
                continue
            turn += 1
            if uid in uids:
                uid = None
            elif uid is not None:
                uids.add(uid)
            yield Row(turn, key, n, uid, before, raw)
            before = hash_of(raw)


def bring(database: Database, records: Mapping[str, Sequence[RawFile]]) -> None:
    """Have these records: all of them or none. Raises `Refused` when one is there, and `NotSaved`."""
    try:
        _brought(database, partial(_bring, database.centre, records))
    except _WentOn as error:
        raise Refused(
            "There is a record of that name",
            f"The database has lines of {one_line(str(error))}. Nothing was taken in.",
            "Look at whose it is; a record is only taken in where there is none.",
        ) from None


def go_on(database: Database, record: str, files: Sequence[RawFile]) -> None:
    """Have the rest of that record: of each file the lines behind those that are there. Raises `NotSaved`, also when
    somebody records there meanwhile."""
    try:
        _brought(database, partial(_go_on, database.centre, record, files))
    except _WentOn as error:
        raise NotSaved(
            "Not saved",
            f"Somebody recorded in {one_line(str(error))} there meanwhile. Nothing was added to it.",
            "Have nobody record there while it is copied, then do it again: it goes on where it stopped.",
        ) from None


def brought_from(records: Path) -> dict[str, list[RawFile]]:
    """The records whose folders lie in that one, by name, with their files. Raises `NotSaved`."""
    found: dict[str, list[RawFile]] = {}
    try:
        for folder in sorted(records.iterdir()):
            files = sorted(folder.iterdir())
            name = next((name for name in map(record_name, files) if name is not None), folder.name)
            if folder_name(name) != folder.name:
                name = folder.name
            found[name] = [RawFile(each.name, each.stat().st_size, partial(open_regular, each)) for each in files]
    except OSError as error:
        raise NotSaved(
            "The records were not taken in",
            f"The system said: {error.strerror or error}. Nothing was taken in.",
            "Check that they may be read, then do it again.",
            file=records,
        ) from error
    return found


class _WentOn(Exception):
    """There is a record already, or one went on meanwhile: that one."""


def _brought(database: Database, do: Callable[[PatientConnection], None]) -> None:
    """Do that, all of it or nothing; return when it is durable. Raises `NotSaved` and `_WentOn`."""
    database.require_writable()
    try:
        commit(database, do)
    except NotWithStandby as error:
        raise NotSaved(
            "The records are with one server alone",
            "The database has them, and a server that stands by for it, and that it waits for, does not say that it "
            f"has them too: they would be lost if that one took over. It said: {said_by(error)}",
            "Leave them where they came from until whoever looks after the database has brought back the server that "
            "stands by. They are not to be taken in again.",
        ) from error
    except psycopg.Error as error:
        raise not_saved(error) from error


def _bring(centre: str, records: Mapping[str, Sequence[RawFile]], connection: PatientConnection) -> None:
    with connection.transaction():
        for record, files in records.items():
            _add(connection, centre, record, rows_of(files))


def _go_on(centre: str, record: str, files: Sequence[RawFile], connection: PatientConnection) -> None:
    with connection.transaction():
        key = key_of(record)
        turn, before = connection.execute(_HEAD, [centre, key]).fetchone() or (0, "")
        there = dict(connection.execute(_THERE, [key, centre]).fetchall())
        _add(connection, centre, record, rows_of(files, turn, before, there))


def _add(connection: PatientConnection, centre: str, record: str, every: Iterable[Row]) -> None:
    for rows in _some_at_once(every):
        try:
            if not added_on(connection, centre, key_of(record), rows):
                raise _WentOn(record)
        except psycopg.errors.UniqueViolation:
            raise _WentOn(record) from None


def _some_at_once(rows: Iterable[Row]) -> Iterator[list[Row]]:
    some: list[Row] = []
    size = 0
    for row in rows:
        some.append(row)
        size += len(row.raw)
        if len(some) == _AT_ONCE or size > _LARGEST_AT_ONCE:
            yield some
            some, size = [], 0
    if some:
        yield some


def _lines(file: RawFile) -> Iterator[bytes]:
    """The lines of the file with their ends, as far as it is the record's now; the last may have none."""
    left = file.size
    with file.open() as opened:
        while left > 0 and (line := opened.readline(left)):
            left -= len(line)
            yield line
