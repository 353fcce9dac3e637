"""Records that go on from others are read as one, whichever way they came about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.record.event import Event, Subject
from markterm.domain.record.portfolio import fold
from markterm.domain.record.renaming import Renaming, renaming_of, successor
from markterm.domain.rules.act import Act
from markterm.domain.rules.going_on import going_on_as, going_on_from
from markterm.domain.words.errors import Refused
from markterm.records.folder.store import FolderStore
from markterm.records.query import Query
from markterm.records.renamed import MOST_EARLIER, earlier_records, events_as_one
from tests.pace import grows_evenly
from tests.samples import ASSESSOR, AT, KEY, decision, uids


def rename(store: FolderStore, old: str, new: str) -> None:
    """What renaming adds to both records."""
    act = Act(ASSESSOR, old, AT, f"{old} to {new} {len(store.load(old))}")
    store.append(old, going_on_as(act, new))
    heads = {name: (head.lines, head.digest) for name, head in store.heads(old).items()}
    store.append(new, going_on_from(replace(act, learner=new, uid=f"from {act.uid}"), old, heads))


def mark(store: FolderStore, learner: str, *names: str, actor: str = "jm") -> None:
    for uid in names:
        store.append(learner, decision(uid, learner=learner, actor=actor))


def marks(events: tuple[Event, ...]) -> str:
    return "".join(event.uid for event in events if renaming_of(event) is None)


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "records", tmp_path / "states")


@pytest.fixture
def others(tmp_path: Path) -> Callable[[], FolderStore]:
    """The same records on another machine, which did not see the renaming when it began to write."""
    return lambda: FolderStore(tmp_path / "records", tmp_path / "other")


def test_the_old_records_events_come_first_and_nothing_of_it_moves(store: FolderStore, tmp_path: Path) -> None:
    mark(store, "A", "1", "2")
    (segment,) = (tmp_path / "records" / "A").iterdir()
    before = segment.read_bytes()
    rename(store, "A", "B")
    mark(store, "B", "3")
    assert marks(store.load("B")) == "123"
    assert segment.read_bytes().startswith(before)
    assert store.earlier("B") == ("A",)
    assert (store.goes_on_as("A"), store.goes_on_as("B")) == ("B", "")
    assert uids(store.select("B", Query(criterion="1.1"))) == ["1", "2", "3"]
    assert store.findings("B") == store.verify("B") == store.verify("A") == ()


def test_nothing_is_added_to_a_record_that_goes_on_as_another(store: FolderStore) -> None:
    mark(store, "A", "1")
    rename(store, "A", "B")
    with pytest.raises(Refused, match="corrected to B"):
        mark(store, "A", "2")
    assert marks(store.load("A")) == "1"


def test_lines_that_arrive_late_in_the_old_record_are_read(
    store: FolderStore, others: Callable[[], FolderStore], tmp_path: Path
) -> None:
    mark(store, "A", "1")
    late = FolderStore(tmp_path / "copy", tmp_path / "other")
    mark(late, "A", "2", actor="vd")
    rename(store, "A", "B")
    mark(store, "B", "3")
    store.load("B")
    for path in (tmp_path / "copy" / "A").iterdir():
        path.rename(tmp_path / "records" / "A" / path.name)
    assert marks(store.load("B")) == "123"
    assert marks(others().load("B")) == "123"
    assert store.verify("B") == ()


def test_chains_are_read_from_their_beginning(store: FolderStore) -> None:
    mark(store, "A", "1")
    rename(store, "A", "B")
    rename(store, "B", "C")
    mark(store, "C", "2")
    rename(store, "C", "D")
    assert marks(store.load("D")) == "12"
    assert store.earlier("D") == ("A", "B", "C")


def test_a_registration_that_is_renamed_back_and_again_is_one_record(store: FolderStore) -> None:
    told = "12345"
    for place, uid in enumerate(told):
        here, there = ("A", "B") if place % 2 == 0 else ("B", "A")
        mark(store, here, uid)
        rename(store, here, there)
    assert marks(store.load("B")) == told
    assert store.goes_on_as("B") == ""
    with pytest.raises(Refused, match="corrected to B"):
        mark(store, "A", "6")
    assert store.verify("A") == store.verify("B") == ()


def test_what_the_new_record_holds_already_comes_after_the_old_ones(store: FolderStore) -> None:
    mark(store, "A", "1")
    mark(store, "B", "2")
    rename(store, "A", "B")
    mark(store, "B", "3")
    assert marks(store.load("B")) == "123"


def test_an_old_record_that_lost_its_end_or_is_gone_is_a_finding_of_the_new_one(
    store: FolderStore, others: Callable[[], FolderStore], tmp_path: Path
) -> None:
    mark(store, "A", "1")
    rename(store, "A", "B")
    store.close()
    (segment,) = (tmp_path / "records" / "A").iterdir()
    whole = segment.read_bytes()
    segment.write_bytes(whole[: whole.rindex(b"\n", 0, -1) + 1])
    other = others()
    other.load("B")
    for findings in (other.findings("B"), other.verify("B")):
        assert "the record B, which goes on from here, had seen 3" in "; ".join(map(str, findings))
    segment.unlink()
    assert any("this segment is gone" in finding.message for finding in others().verify("B"))


def test_heads_of_another_shape_are_read_past() -> None:
    event = going_on_from(Act(ASSESSOR, "B", AT, "u"), "A", {"s": (3, "d")})
    for heads in ({"s": [3]}, {"s": "xy"}, {"s": ["3", "d"]}, {"s": [True, "d"]}, {"s": [0, "d"]}):
        read = renaming_of(replace(event, body={"from": "A", "heads": heads}))  # type: ignore[dict-item]  # foreign
        assert read is not None
        assert dict(read.heads) == {}
    for body in ({}, {"to": 3}, {"from": "A"}, {"from": "", "heads": {}}, {"from": "A", "heads": []}):
        assert renaming_of(replace(event, body=body)) is None  # type: ignore[arg-type]  # foreign


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from("ABC+")), max_size=12))
def test_whatever_says_that_it_goes_on_every_event_is_read_once(told: list[tuple[str, str]]) -> None:
    """Also circles, records that point at themselves, and one side of a renaming without the other."""
    records: dict[str, list[Event]] = {"A": [], "B": [], "C": []}
    for number, (record, other) in enumerate(told):
        act = Act(ASSESSOR, record, AT + timedelta(minutes=number), str(number))
        if other == "+":
            records[record].append(decision(str(number), learner=record))
        elif number % 2:
            records[record].append(going_on_as(act, other))
        else:
            records[record].append(going_on_from(act, other, {"s": (1, "d")}))
    for record, own in records.items():
        earlier = earlier_records(record, lambda name: _renamings(records[name]))
        assert record not in earlier
        read = uids(events_as_one(record, earlier, lambda name: records[name]))
        assert len(read) == len(set(read))
        assert [uid for uid in read if uid in set(uids(own))] == uids(own)
        successor(_renamings(own))


def _renamings(events: list[Event]) -> list[Renaming]:
    return [renaming for event in events if (renaming := renaming_of(event)) is not None]


def test_foreign_lines_that_go_on_without_end_are_read_as_far_as_a_person_could_have_meant() -> None:
    def chain(name: str) -> list[Event]:
        act = Act(ASSESSOR, name, AT, f"from {name}")
        return [going_on_from(act, f"{name}x", {"s": (1, "d")}), decision(name, learner=name)]

    earlier = earlier_records("A", lambda name: _renamings(chain(name)))
    assert len(earlier) == MOST_EARLIER
    assert marks(events_as_one("A", earlier, chain)).endswith("AxxAxA")


def test_one_that_says_many_times_where_it_goes_on_from_is_read_at_once() -> None:
    own = [going_on_from(Act(ASSESSOR, "A", AT, str(n)), "B", {"s": (1, "d")}) for n in range(2_000)]

    def read(count: int) -> Sequence[Event]:
        records = {"A": own[:count], "B": [decision("b", learner="B")]}
        return events_as_one("A", ("B",), records.__getitem__)

    assert len(read(2_000)) == 2_001
    assert grows_evenly(read, 500)


def test_what_counts_as_a_renaming_where_records_are_read_counts_in_the_portfolio_too() -> None:
    told = going_on_as(Act(ASSESSOR, "A", AT, "u"), "B")
    for subject in (Subject(), Subject(KEY), Subject(KEY, "1.1"), Subject(None, "1.1")):
        event = replace(told, subject=subject)
        assert renaming_of(event) is not None
        assert fold([event]).unknown == ()
