"""Fingerprints of learners' texts, by the hash of the file: what of ten thousand learners is alike is asked of it.

It names nobody: whose file has which hash is known elsewhere. A cache in the user's own folder, never in the centre's,
in SQLite, so that it takes no more memory however many texts it holds. Deleting it loses nothing.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from threading import RLock
from typing import Any, NamedTuple

from markterm.domain.texts.winnowing import MOST_PARTS
from markterm.domain.words.errors import Unreadable
from markterm.own.index_file import UNUSABLE

_FORMAT = 2
_AT_ONCE = 20_000
_MOST_ASKED = 500
_MEMORY_KB = 16_384
_SECONDS = 30.0
_TABLES = """
create table about (header text not null);
create table files (sha256 text primary key, holds text not null) without rowid;
create table texts (id integer primary key, sha256 text not null unique, words integer not null);
create table prints (print integer not null, place integer not null, primary key (print, place)) without rowid;
"""


class HeldText(NamedTuple):
    """A text in a file: what its name adds to that of the file, empty for the file itself, and its number."""

    name: str
    text: int


class ReadText(NamedTuple):
    """A text that was read: as in `HeldText`, its hash, how many words it has, and its prints, each with the part of
    the text that it stands in."""

    name: str
    sha256: str
    words: int
    prints: Mapping[int, int]


class FingerprintIndex:
    """The prints of texts in the file at `path`, as `version` makes them: of another one it begins anew. Safe for
    several threads, and for several programs."""

    def __init__(self, path: Path, version: str) -> None:
        self._path = path
        self._header = f"fingerprints {_FORMAT} {version}"
        self._lock = RLock()
        self._opened: sqlite3.Connection | None = None

    def held(self, sha256: str) -> tuple[HeldText, ...] | None:
        """The texts in the file with that hash; None of one that was not read yet. Raises `Unreadable`."""
        found = self._all("select holds from files where sha256 = ?", (sha256,))
        with suppress(*UNUSABLE):
            return tuple(HeldText(str(name), int(text)) for name, text in json.loads(found[0][0]))
        return None

    def keep(self, sha256: str, texts: Iterable[ReadText]) -> tuple[HeldText, ...]:
        """Keep what was read of the file with that hash; without a hash the texts alone, and the file is read again the
        next time. Raises `Unreadable`."""
        with self._lock:
            connection = self._connection()
            try:
                with connection:
                    held = tuple(HeldText(each.name, self._kept(connection, each)) for each in texts)
                    if sha256:
                        connection.execute("insert or replace into files values (?, ?)", (sha256, json.dumps(held)))
            except sqlite3.Error as error:
                raise self._unusable(error) from error
        return held

    def _kept(self, connection: sqlite3.Connection, read: ReadText) -> int:
        known = connection.execute("select id from texts where sha256 = ?", (read.sha256,)).fetchone()
        if known is not None:
            return int(known[0])
        text = connection.execute("insert into texts (sha256, words) values (?, ?)", (read.sha256, read.words))
        number = int(text.lastrowid or 0)
        places = ((each, number * MOST_PARTS + part) for each, part in sorted(read.prints.items()))
        connection.executemany("insert or ignore into prints values (?, ?)", places)
        return number

    def let_go_but(self, files: Collection[str], texts: Collection[int]) -> None:
        """Let go of what was read of files and texts that are none of these, the files by their hashes: nobody has them
        any more. Raises `Unreadable`."""
        gone = [(sha256,) for (sha256,) in self._all("select sha256 from files", ()) if sha256 not in files]
        unheld = {number for (number,) in self._all("select id from texts", ()) if number not in texts}
        if not gone and not unheld:
            return
        with self._lock:
            connection = self._connection()
            try:
                with connection:
                    connection.executemany("delete from files where sha256 = ?", gone)
                    connection.executemany("delete from texts where id = ?", ((each,) for each in unheld))
                    if unheld:
                        of_texts = "delete from prints where place / ? not in (select id from texts)"
                        connection.execute(of_texts, (MOST_PARTS,))
            except sqlite3.Error as error:
                raise self._unusable(error) from error

    def words(self, text: int) -> int:
        """How many words that text has. Raises `Unreadable`."""
        found = self._all("select words from texts where id = ?", (text,))
        return int(found[0][0]) if found else 0

    def shared(self) -> Iterator[tuple[int, list[int]]]:
        """Each print that stands in several texts, with its places: the number of a text times `MOST_PARTS`, and the
        part of it. Raises `Unreadable`."""
        last, places = -1, list[int]()
        at = (-1, -1)
        asked = "select print, place from prints where (print, place) > (?, ?) order by print, place limit ?"
        while rows := self._all(asked, (*at, _AT_ONCE)):
            for each, place in rows:
                if each != last:
                    if len(places) > 1:
                        yield last, places
                    last, places = each, []
                places.append(place)
            at = rows[-1][0], rows[-1][1]
        if len(places) > 1:
            yield last, places

    def holders(self, prints: Iterable[int]) -> dict[int, list[int]]:
        """By each of these prints that is known its places, as in `shared`. Raises `Unreadable`."""
        asked = list(prints)
        found: dict[int, list[int]] = {}
        for begin in range(0, len(asked), _MOST_ASKED):
            some = asked[begin : begin + _MOST_ASKED]
            signs = ",".join("?" * len(some))
            for each, place in self._all(f"select print, place from prints where print in ({signs})", some):
                found.setdefault(each, []).append(place)
        return found

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._opened is not None:
                self._opened.close()
                self._opened = None

    def _all(self, asked: str, values: Iterable[object]) -> list[tuple[Any, ...]]:
        with self._lock:
            connection = self._connection()
            try:
                return connection.execute(asked, tuple(values)).fetchall()
            except sqlite3.Error as error:
                raise self._unusable(error) from error

    def _connection(self) -> sqlite3.Connection:
        if self._opened is None:
            try:
                try:
                    self._opened = self._open()
                except sqlite3.DatabaseError as error:
                    self._let_go_if_damaged(error)
                    self._opened = self._open()
            except (sqlite3.Error, OSError) as error:
                raise self._unusable(error) from error
        return self._opened

    def _let_go_if_damaged(self, error: Exception) -> bool:
        """Remove what is no database any more, and say so: it is made anew. One that is in use, or has no room, is left
        alone."""
        if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
            with suppress(OSError):
                self._path.unlink()
                return True
        return False

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self._path, timeout=_SECONDS, check_same_thread=False)
        try:
            # What a power cut takes is made again.
            connection.execute("pragma synchronous = off")
            connection.execute("pragma secure_delete = on")
            connection.execute(f"pragma cache_size = -{_MEMORY_KB}")
            with connection:
                connection.execute("begin immediate")
                tables = {name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")}
                header = connection.execute("select header from about").fetchone() if "about" in tables else None
                if header != (self._header,):
                    for name in tables:
                        connection.execute(f'drop table "{name}"')
                    for statement in filter(str.strip, _TABLES.split(";")):
                        connection.execute(statement)
                    connection.execute("insert into about values (?)", (self._header,))
        except BaseException:
            connection.close()
            raise
        return connection

    def _unusable(self, error: Exception) -> Unreadable:
        with suppress(sqlite3.Error):
            if self._opened is not None:
                self._opened.close()
        self._opened = None
        if self._let_go_if_damaged(error):
            return Unreadable(
                "What was read of the learners' texts is damaged",
                f"It is no part of any record, and was removed: {error}.",
                "Look once more: it is made anew.",
                file=self._path,
            )
        return Unreadable(
            "No room to look for what is alike",
            f"What was read of the learners' texts cannot be kept: {error}.",
            "Make room on the disk, or see who may write to your cache folder.",
            file=self._path,
        )
