"""TinyDB over a record: queries work, and every call that would change something is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tinydb import where
from tinydb.operations import delete
from tinydb.table import Document

from markterm.domain.record.event import Event
from markterm.records.codec import to_json
from markterm.records.folder.record_folder import RecordFolder
from markterm.records.folder.writer_state import WriterStates
from markterm.records.ledger import TABLE, Ledger, LedgerStorage
from markterm.records.store import ImmutableRecord
from tests.samples import LEARNER, decision


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    folder = RecordFolder(tmp_path / LEARNER, LEARNER, WriterStates(tmp_path / "states"))
    opened = Ledger(folder)
    for event in (decision("a", "1.1", note="good"), decision("b", "1.2"), decision("c", "1.1", supersedes=["a"])):
        opened.events.record(event)
    yield opened
    folder.close()


def on_disk(tmp_path: Path) -> tuple[Event, ...]:
    """What somebody else reads."""
    folder = RecordFolder(tmp_path / LEARNER, LEARNER, WriterStates(tmp_path / "none"))
    folder.refresh()
    assert folder.check(()) == ()
    return folder.events


FORGED = {"note": "forged"}

REFUSED: dict[str, Callable[[Ledger], object]] = {
    "update": lambda db: db.events.update(FORGED),
    "update one": lambda db: db.events.update(FORGED, doc_ids=["a"]),
    "update by an operation": lambda db: db.events.update(delete("body"), where("uid") == "a"),
    "update_multiple": lambda db: db.events.update_multiple([(FORGED, where("uid") == "a")]),
    "upsert": lambda db: db.events.upsert(FORGED, where("uid") == "a"),
    "upsert of a document": lambda db: db.events.upsert(Document(FORGED, doc_id="a")),  # type: ignore[arg-type]  # ours
    "remove": lambda db: db.events.remove(where("uid") == "a"),
    "remove one": lambda db: db.events.remove(doc_ids=["a"]),
    "truncate": lambda db: db.events.truncate(),
    "the database's update": lambda db: db.update(FORGED),
    "the database's remove": lambda db: db.remove(where("uid") == "a"),
    "the database's truncate": lambda db: db.truncate(),
    "the database's upsert": lambda db: db.upsert(FORGED, where("uid") == "a"),
    "drop_table": lambda db: db.drop_table(TABLE),
    "drop_tables": lambda db: db.drop_tables(),
    "another table": lambda db: db.table("other").truncate(),
    "_update_table": lambda db: db.events._update_table(lambda table: table.clear()),
    "storage with nothing": lambda db: db.storage.write({}),
    "storage with no events": lambda db: db.storage.write({TABLE: {}}),
    "storage with another table": lambda db: db.storage.write({**db.storage.read(), "other": {}}),  # type: ignore[dict-item]
    "storage without one": lambda db: db.storage.write({TABLE: {**documents(db), "b": None}}),
    "storage with one changed": lambda db: db.storage.write(
        {TABLE: {**documents(db), "b": to_json(decision("b", "1.2", note="forged"))}}
    ),
    "storage with what is no event": lambda db: db.storage.write({TABLE: {**documents(db), "d": FORGED}}),
    "insert of what is no event": lambda db: db.events.insert(FORGED),
    "insert of nothing": lambda db: db.events.insert({}),
    "insert_multiple": lambda db: db.events.insert_multiple([FORGED]),
    "the database's insert": lambda db: db.insert(FORGED),
    "insert of another event under a known uid": lambda db: db.events.insert(to_json(decision("a", note="forged"))),
    "insert for another learner": lambda db: db.events.insert(to_json(decision("d", learner="ENR7654321"))),
}


def documents(ledger: Ledger) -> dict[str, Any]:
    stored = ledger.storage.read()
    assert stored is not None
    return dict(stored[TABLE])


@pytest.mark.parametrize("call", REFUSED.values(), ids=REFUSED.keys())
def test_a_call_that_would_change_the_record_is_refused(
    ledger: Ledger, call: Callable[[Ledger], object], tmp_path: Path
) -> None:
    before = {path.name: path.read_bytes() for path in (tmp_path / LEARNER).iterdir()}
    with pytest.raises(ImmutableRecord) as caught:
        call(ledger)
    assert caught.value.next_step
    assert {path.name: path.read_bytes() for path in (tmp_path / LEARNER).iterdir()} == before
    assert len(ledger.events) == 3


def test_queries_work(ledger: Ledger) -> None:
    events = ledger.events
    assert len(events) == 3
    assert [document["uid"] for document in events] == ["a", "b", "c"]
    assert [document["uid"] for document in events.all()] == ["a", "b", "c"]
    assert [document["uid"] for document in events.search(where("criterion") == "1.1")] == ["a", "c"]
    assert [d["uid"] for d in events.search(where("body")["note"].matches("go+d"))] == ["a"]
    assert [d["uid"] for d in events.search(where("supersedes").any(["a"]))] == ["c"]
    assert events.count(where("unit") == "8580-501") == 3
    assert events.contains(where("criterion") == "1.2")
    found = events.get(where("uid") == "b")
    assert isinstance(found, Document)
    assert str(found.doc_id) == "b"
    by_id = events.get(doc_id="c")  # type: ignore[call-overload]  # TinyDB says int; ours are texts
    assert by_id["uid"] == "c"
    assert ledger.tables() == {TABLE}


def test_a_query_asked_again_sees_what_was_added_since(ledger: Ledger, tmp_path: Path) -> None:
    query = where("criterion") == "1.1"
    assert ledger.events.count(query) == 2
    assert len(ledger.events.search(query)) == 2
    other = RecordFolder(tmp_path / LEARNER, LEARNER, WriterStates(tmp_path / "states"))
    other.append(decision("d", "1.1"))
    other.close()
    ledger.events.record(decision("e", "1.1"))
    assert [document["uid"] for document in ledger.events.search(query)] == ["a", "c", "d", "e"]


def test_events_given_as_documents_are_appended(ledger: Ledger, tmp_path: Path) -> None:
    assert ledger.events.insert(to_json(decision("d"))) == "d"
    assert ledger.events.insert_multiple([to_json(decision("e")), to_json(decision("f"))]) == ["e", "f"]
    ledger.storage.write({TABLE: {**documents(ledger), "g": to_json(decision("g"))}})
    assert [event.uid for event in on_disk(tmp_path)] == ["a", "b", "c", "d", "e", "f", "g"]


def test_a_document_handed_out_cannot_reach_the_record(ledger: Ledger, tmp_path: Path) -> None:
    (document,) = ledger.events.search(where("uid") == "a")
    document["kind"] = "forged"
    with pytest.raises(TypeError):
        document["body"]["note"] = "forged"
    (superseding,) = ledger.events.search(where("uid") == "c")
    assert superseding["supersedes"] == ("a",)
    (again,) = ledger.events.search(where("uid") == "a")
    assert again["kind"] == "decided"
    assert again["body"]["note"] == "good"
    assert on_disk(tmp_path)[0] == decision("a", "1.1", note="good")


def test_what_the_storage_hands_out_cannot_reach_the_record(ledger: Ledger) -> None:
    handed_out = documents(ledger)
    with pytest.raises(TypeError):
        handed_out["a"]["kind"] = "forged"
    handed_out.clear()
    assert isinstance(ledger.storage, LedgerStorage)
    ledger.storage.read()[TABLE].clear()
    assert len(ledger.events) == 3
