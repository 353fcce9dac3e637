"""Fingerprints of learners' texts, by the hash of the file: what of ten thousand learners is alike is asked of it.

It names nobody: whose file has which hash is known elsewhere. A cache in the user's own folder, never in the centre's,
in SQLite, so that it takes no more memory however many texts it holds. The prints of a text lie together, in order:
what is read is added at the end, however much there is, and what many texts share is found a part of all prints at a
time. Deleting it loses nothing.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from array import array
from bisect import bisect_left
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Set
from contextlib import suppress
from itertools import chain
from pathlib import Path
from threading import RLock
from typing import Any, NamedTuple

from markterm.domain.texts.word_prints import MOST_PARTS
from markterm.domain.words.errors import Unreadable
from markterm.own.index_file import UNUSABLE

_FORMAT = 5
_AT_ONCE = 200
_PRINTS_AT_ONCE = 1_000_000
_PRINT = "Q"
_BITS = 60
_MEMORY_KB = 16_384
_SECONDS = 30.0
_TABLES = """
create table about (header text not null);
create table files (sha256 text primary key, holds text not null) without rowid;
create table looks (state text not null, texts blob not null, pairs blob not null, left_over integer not null,
  of_many text not null);
create table texts (
  id integer primary key autoincrement, sha256 text not null unique, prints blob not null, parts blob not null
);
"""


class HeldText(NamedTuple):
    """A text in a file: what its name adds to that of the file, empty for the file itself, its number, and how many of
    its words are odd."""

    name: str
    text: int
    odd: int


class ReadText(NamedTuple):
    """A text that was read: as in `HeldText`, with its hash, and its prints, each with the part of the text that it
    stands in."""

    name: str
    sha256: str
    odd: int
    prints: Mapping[int, int]


class KeptLook(NamedTuple):
    """A look at everybody: the numbers of the `texts` that were looked at, the `pairs` of them that share something,
    and how many that may do were `left`; `of_many` are the prints of each passage that many have."""

    texts: frozenset[int]
    pairs: tuple[tuple[int, int], ...]
    left: int
    of_many: tuple[frozenset[int], ...] = ()


class _OfText(NamedTuple):
    """The prints of a text by its number, in order, and beside each the part of the text that it stands in."""

    text: int
    prints: array[int]
    parts: bytes

    def among(self, first: int, end: int) -> _OfText:
        """Those from `first` to before `end`."""
        begin, after = bisect_left(self.prints, first), bisect_left(self.prints, end)
        return _OfText(self.text, self.prints[begin:after], self.parts[begin:after])

    def places(self, wanted: Container[int]) -> list[tuple[int, int]]:
        """Of the prints those that are wanted, each with its place."""
        start = self.text * MOST_PARTS
        return [(each, start + part) for each, part in zip(self.prints, self.parts, strict=True) if each in wanted]


class FingerprintIndex:
    """The prints of texts in the file at `path`, as `version` makes them: of another one it begins anew. Safe for
    several threads, and for several programs."""

    def __init__(self, path: Path, version: str) -> None:
        self._path = path
        self._header = f"fingerprints {_FORMAT} {sys.byteorder} {version}"
        self._lock = RLock()
        self._opened: sqlite3.Connection | None = None

    def held(self, sha256: str) -> tuple[HeldText, ...] | None:
        """The texts in the file with that hash; None of one that was not read yet. Raises `Unreadable`."""
        found = self._all("select holds from files where sha256 = ?", (sha256,))
        with suppress(*UNUSABLE):
            return tuple(HeldText(str(name), int(text), int(odd)) for name, text, odd in json.loads(found[0][0]))
        return None

    def keep(self, sha256: str, texts: Iterable[ReadText]) -> tuple[HeldText, ...]:
        """Keep what was read of the file with that hash; without a hash the texts alone, and the file is read again the
        next time. Raises `Unreadable`."""
        with self._lock:
            connection = self._connection()
            try:
                with connection:
                    held = tuple(HeldText(each.name, self._kept(connection, each), each.odd) for each in texts)
                    if sha256:
                        connection.execute("insert or replace into files values (?, ?)", (sha256, json.dumps(held)))
            except sqlite3.Error as error:
                raise self._unusable(error) from error
        return held

    def _kept(self, connection: sqlite3.Connection, read: ReadText) -> int:
        known = connection.execute("select id from texts where sha256 = ?", (read.sha256,)).fetchone()
        if known is not None:
            return int(known[0])
        prints = array(_PRINT, sorted(read.prints))
        values = read.sha256, prints.tobytes(), bytes(read.prints[each] for each in prints)
        added = connection.execute("insert into texts (sha256, prints, parts) values (?, ?, ?)", values)
        return int(added.lastrowid or 0)

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
            except sqlite3.Error as error:
                raise self._unusable(error) from error

    def prints(self, text: int) -> frozenset[int]:
        """The prints of that text. Raises `Unreadable`."""
        found = self._all("select prints from texts where id = ?", (text,))
        return frozenset(_numbers(found[0][0])) if found else frozenset()

    def shared(self, texts: Set[int]) -> Iterator[tuple[int, list[int]]]:
        """Each print that several of these texts have, with its places: the number of a text times `MOST_PARTS`, and
        the part of it. Raises `Unreadable`."""
        ((size,),) = self._all("select coalesce(sum(length(parts)), 0) from texts", ())
        parts = size // _PRINTS_AT_ONCE + 1
        for part in range(parts):
            first, end = (part << _BITS) // parts, (part + 1 << _BITS) // parts
            some = [each.among(first, end) for each in self._texts(texts)]
            once, again = set[int](), set[int]()
            for each in some:
                again.update(once.intersection(each.prints))
                once.update(each.prints)
            del once
            places: dict[int, list[int]] = {}
            for each in some:
                for known, place in each.places(again):
                    places.setdefault(known, []).append(place)
            yield from places.items()

    def holders(self, prints: Set[int], texts: Set[int]) -> dict[int, list[int]]:
        """By each of these prints that is known its places in those texts, as in `shared`. Raises `Unreadable`."""
        found: dict[int, list[int]] = {}
        for each in self._texts(texts):
            if not prints.isdisjoint(each.prints):
                for known, place in each.places(prints):
                    found.setdefault(known, []).append(place)
        return found

    def _texts(self, texts: Container[int]) -> Iterator[_OfText]:
        last = -1
        while rows := self._all(
            "select id, prints, parts from texts where id > ? order by id limit ?", (last, _AT_ONCE)
        ):
            yield from (_OfText(text, _numbers(prints), parts) for text, prints, parts in rows if text in texts)
            last = rows[-1][0]

    def look(self, state: str) -> KeptLook | None:
        """The look that was kept last, if everything was in that `state`. Raises `Unreadable`."""
        found = self._all("select texts, pairs, left_over, of_many from looks where state = ?", (state,))
        if not found:
            return None
        texts, pairs, left, of_many = found[0]
        numbers = iter(_numbers(pairs))
        runs = tuple(map(frozenset, json.loads(of_many)))
        return KeptLook(frozenset(_numbers(texts)), tuple(zip(numbers, numbers, strict=True)), left, runs)

    def keep_look(self, state: str, look: KeptLook) -> None:
        """Keep that look in place of the one before. Raises `Unreadable`."""
        texts, pairs = array(_PRINT, sorted(look.texts)), array(_PRINT, chain.from_iterable(look.pairs))
        with self._lock:
            connection = self._connection()
            try:
                with connection:
                    connection.execute("delete from looks")
                    of_many = json.dumps(list(map(sorted, look.of_many)))
                    values = state, texts.tobytes(), pairs.tobytes(), look.left, of_many
                    connection.execute("insert into looks values (?, ?, ?, ?, ?)", values)
            except sqlite3.Error as error:
                raise self._unusable(error) from error

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
                    for name in tables - {"sqlite_sequence"}:
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


def _numbers(kept: bytes) -> array[int]:
    return array(_PRINT, kept)
