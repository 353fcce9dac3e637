"""Lines on their way from files into the tables: each once, each in its turn, and none that is there already."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from markterm.records.folder.store import FolderStore
from markterm.records.store import RawFile
from tests.samples import LEARNER, decision

pytest.importorskip("psycopg", reason="the extra server is not installed")


@pytest.fixture
def file(tmp_path: Path) -> RawFile:
    """A segment of three lines, of which two hold an event."""
    store = FolderStore(tmp_path / "records", tmp_path / "states")
    for uid in "ab":
        store.append(LEARNER, decision(uid))
    (file,) = store.raw(LEARNER)
    with file.open() as opened:
        content = opened.read()
    store.close()
    return RawFile(file.name, len(content), lambda: BytesIO(content))


def test_an_event_that_two_files_hold_has_its_identifier_once(file: RawFile) -> None:
    from markterm.records.postgres.bringing import rows_of

    rows = list(rows_of([file, file._replace(name="copy.log")]))
    assert [row.uid for row in rows] == [None, "a", "b", None, None, None]
    assert [row.turn for row in rows] == [1, 2, 3, 4, 5, 6]


def test_what_is_there_already_is_not_brought_again_nor_what_repeats_it(file: RawFile) -> None:
    from markterm.records.postgres.bringing import rows_of

    rows = list(rows_of([file._replace(name="copy.log"), file], 2, "head", {file.name: 2}))
    assert [(row.turn, row.file, row.n, row.uid) for row in rows] == [
        (3, file.name, 3, "b"),
        (4, "copy.log", 1, None),
        (5, "copy.log", 2, None),
        (6, "copy.log", 3, None),
    ]
    assert rows[0].before == "head"
    assert list(rows_of([file], 3, "head", {file.name: 3})) == []
