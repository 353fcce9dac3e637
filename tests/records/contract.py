"""What every `EventStore` must do, whatever it is made of.

A test class of a store derives from `EventStoreContract` and gives the fixture `open_store`: each call opens the same
place again, as another process would.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from markterm.domain.record.event import Event, Kind, Result
from markterm.domain.rules.act import Act
from markterm.domain.rules.going_on import going_on_as, going_on_from
from markterm.domain.words.errors import Refused
from markterm.domain.words.foreign_text import clean
from markterm.records.folder.segment import Entry, Segment
from markterm.records.query import Query
from markterm.records.store import EventStore, ImmutableRecord
from markterm.system.platform import CENTRE_RECORD
from tests.samples import ASSESSOR, AT, LEARNER, decision, uids

OpenStore = Callable[[], EventStore]

NAMES = [
    "ENR1234567",
    "../x",
    "..",
    "CON",
    "con.log",
    "ABC 1",
    "ABC/1",
    "C:\\x",
    "a:b*c?",
    ".hidden",
    "ends in a dot.",
    " spaces ",
    "n\u0000l",
    "line\nend",
    "Ærøskøbing",
    "👩‍🏫 émigré",
    "half \ud83d of a pair",
    "x" * 81,
    "y" * 6000,
    "",
]


class EventStoreContract:
    """The contract. Nothing in it knows of files."""

    @pytest.fixture
    def store(self, open_store: OpenStore) -> EventStore:
        """The store as one process has it."""
        return open_store()

    @pytest.fixture
    def other(self, open_store: OpenStore) -> EventStore:
        """The same store as another process has it."""
        return open_store()

    def before_it_is_removed(self, store: EventStore, record: str) -> None:
        """Do what the front desk has done before it lets a record go: nothing, where the store does not look."""

    def test_a_record_that_nobody_wrote_is_empty(self, store: EventStore) -> None:
        assert store.load(LEARNER) == ()
        assert store.to_verify() == ()
        assert store.findings(LEARNER) == ()
        assert store.verify(LEARNER) == ()
        assert dict(store.heads(LEARNER)) == {}

    def test_what_was_just_verified_is_not_read_again_to_be_loaded(
        self, store: EventStore, other: EventStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        other.append(LEARNER, decision("1"))
        read: list[bytes] = []
        read_lines = Segment.read_lines

        def reading(segment: Segment, lines: list[bytes], entries: list[Entry]) -> None:
            read.extend(lines)
            read_lines(segment, lines, entries)

        monkeypatch.setattr(Segment, "read_lines", reading)
        store.verify(LEARNER)
        verified = len(read)
        assert uids(store.load(LEARNER)) == ["1"]
        assert len(store.lines(LEARNER)) == 1
        assert len(read) == verified
        other.append(LEARNER, decision("2"))
        assert uids(store.load(LEARNER)) == ["1", "2"]

    def test_what_is_appended_is_the_last_of_what_is_loaded(self, store: EventStore, other: EventStore) -> None:
        for number in range(6):
            event = decision(f"e{number}", actor="jm" if number % 2 else "ak")
            (store if number % 3 else other).append(LEARNER, event)
            assert store.load(LEARNER)[-1] == event
            assert other.load(LEARNER)[-1] == event

    def test_every_store_on_the_place_loads_the_same_order(self, open_store: OpenStore) -> None:
        one, two = open_store(), open_store()
        for number in range(10):
            (one if number % 2 else two).append(LEARNER, decision(f"e{number}"))
        expected = [f"e{number}" for number in range(10)]
        assert uids(one.load(LEARNER)) == uids(two.load(LEARNER)) == uids(open_store().load(LEARNER)) == expected

    def test_what_is_loaded_equals_what_was_appended(self, store: EventStore, open_store: OpenStore) -> None:
        events = [decision("a", note="Well argued.\nSee p. 4"), decision("b", result=Result.REFER, supersedes=("a",))]
        for event in events:
            store.append(LEARNER, event)
        assert list(open_store().load(LEARNER)) == events

    def test_an_event_appended_twice_is_there_once(self, store: EventStore, other: EventStore) -> None:
        store.append(LEARNER, decision("a"))
        store.append(LEARNER, decision("a"))
        other.append(LEARNER, decision("a"))
        store.append(LEARNER, decision("b"))
        assert uids(store.load(LEARNER)) == uids(other.load(LEARNER)) == ["a", "b"]

    def test_another_event_of_the_same_uid_is_refused_and_not_dropped_in_silence(
        self, store: EventStore, other: EventStore
    ) -> None:
        store.append(LEARNER, decision("a", note="first"))
        for each in (store, other):
            with pytest.raises(ImmutableRecord):
                each.append(LEARNER, decision("a", note="second"))
        assert [event.body["note"] for event in other.load(LEARNER)] == ["first"]

    def test_an_event_of_another_learner_is_refused(self, store: EventStore) -> None:
        with pytest.raises(ImmutableRecord):
            store.append(LEARNER, decision("a", learner="ENR7654321"))
        assert store.load(LEARNER) == ()

    def test_select_gives_the_events_that_are_asked_for_in_the_order_of_the_record(self, store: EventStore) -> None:
        later = AT + timedelta(days=1, microseconds=1)
        for event in (
            decision("a", "1.1"),
            decision("b", "1.2", actor="ben"),
            replace(decision("c", "1.1"), at=later),
            Event("d", Kind.DECLARED, LEARNER, later, "jm", "assessor", body={"form": "e-mail"}),
        ):
            store.append(LEARNER, event)

        def found(**asked: Any) -> list[str]:
            return uids(store.select(LEARNER, Query(**asked)))

        assert found() == ["a", "b", "c", "d"]
        assert found(criterion="1.1") == ["a", "c"]
        assert found(unit="8580-501", criterion="1.2", kinds=("decided",)) == ["b"]
        assert found(unit="501") == ["a", "b", "c"]
        assert found(unit="01") == found(unit="8580-999") == found(kinds=("withdrawn",)) == []
        assert found(kinds=("declared", "withdrawn")) == ["d"]
        assert found(actor="ben") == ["b"]
        assert found(since=later) == ["c", "d"]
        assert found(until=later) == ["a", "b"]
        assert found(since=AT, until=later, actor="jm") == ["a"]

    def test_select_sees_what_others_added(self, store: EventStore, other: EventStore) -> None:
        assert store.select(LEARNER, Query(criterion="1.1")) == ()
        other.append(LEARNER, decision("a", "1.1"))
        assert uids(store.select(LEARNER, Query(criterion="1.1"))) == ["a"]

    def test_heads_only_grow(self, store: EventStore) -> None:
        before = dict(store.heads(LEARNER))
        for number in range(5):
            store.append(LEARNER, decision(f"e{number}"))
            after = dict(store.heads(LEARNER))
            assert after != before
            assert all(after[name].lines >= head.lines for name, head in before.items())
            before = after

    def test_a_record_written_in_order_has_no_findings(self, store: EventStore, other: EventStore) -> None:
        for number in range(8):
            (store if number % 2 else other).append(LEARNER, decision(f"e{number}"))
        for each in (store, other):
            each.load(LEARNER)
            assert each.findings(LEARNER) == ()
            assert each.verify(LEARNER) == ()

    def test_an_event_of_a_kind_not_known_yet_is_kept(self, store: EventStore, open_store: OpenStore) -> None:
        event = Event("n", "moderated", LEARNER, AT, "jm", "moderator", body={"panel": ["x", {"y": None}]})
        store.append(LEARNER, event)
        assert open_store().load(LEARNER) == (event,)
        assert open_store().verify(LEARNER) == ()

    @pytest.mark.parametrize(
        "note",
        [
            "naïve — „quoted“ 日本語 👩‍🏫",
            "\x00\x1b[31mred\x07\r\n\u2028\u202e",
            "a lone half \udc80",
            '{"uid": "forged"}\n' * 3,
            "long " * 200_000,
        ],
        ids=["unicode", "controls", "surrogate", "looks like a line", "a million characters"],
    )
    def test_a_note_comes_back_as_it_is_shown(self, store: EventStore, open_store: OpenStore, note: str) -> None:
        store.append(LEARNER, decision("a", note=note))
        store.append(LEARNER, decision("b"))
        for reader in (store, open_store()):
            first, second = reader.load(LEARNER)
            assert first.body["note"] == clean(note).text
            assert second.uid == "b"
        assert open_store().verify(LEARNER) == ()

    @pytest.mark.parametrize("name", NAMES, ids=lambda name: ascii(name[:20]))
    def test_a_record_may_have_any_name(self, store: EventStore, open_store: OpenStore, name: str) -> None:
        store.append(name, decision("a", learner=name, actor=name))
        assert store.to_verify() == (name,)
        fresh = open_store()
        assert fresh.to_verify() == (name,)
        assert uids(fresh.load(name)) == ["a"]
        assert fresh.verify(name) == ()

    def test_records_of_all_these_names_stand_side_by_side(self, store: EventStore, open_store: OpenStore) -> None:
        for number, name in enumerate(NAMES):
            store.append(name, decision(f"e{number}", learner=name))
        fresh = open_store()
        assert fresh.to_verify() == tuple(sorted(NAMES))
        assert [uids(fresh.load(name)) for name in NAMES] == [[f"e{number}"] for number in range(len(NAMES))]

    def test_what_is_read_ahead_is_loaded_as_it_stands(self, store: EventStore, other: EventStore) -> None:
        for name in ("A", "B"):
            store.append(name, decision("1", learner=name))
        other.read_ahead(["A", "B", "nobody's"])
        assert [uids(other.load(name)) for name in ("A", "B", "nobody's")] == [["1"], ["1"], []]
        store.append("A", decision("2", learner="A"))
        other.append("B", decision("2", learner="B"))
        assert [uids(other.load(name)) for name in ("A", "B")] == [["1", "2"]] * 2
        assert other.verify("A") == other.verify("B") == ()

    def test_many_records_are_held_apart(self, store: EventStore, open_store: OpenStore) -> None:
        names = [f"ENR{number:04}" for number in range(80)]
        for turn in range(2):
            for name in names:
                store.append(name, decision(f"{name}-{turn}", learner=name))
        fresh = open_store()
        assert fresh.to_verify() == tuple(names)
        for name in names:
            assert uids(fresh.load(name)) == [f"{name}-0", f"{name}-1"]
            assert fresh.verify(name) == ()

    def test_a_stamp_tells_of_every_event_and_of_nothing_else(self, store: EventStore, other: EventStore) -> None:
        seen = [store.stamp(LEARNER)]
        assert seen == [""]
        for number in range(3):
            (other if number % 2 else store).append(LEARNER, decision(f"e{number}"))
            seen.append(store.stamp(LEARNER))
            assert other.stamp(LEARNER) == seen[-1]
            store.load(LEARNER)
            store.append("ENR7654321", decision(f"n{number}", learner="ENR7654321"))
            assert store.stamp(LEARNER) == seen[-1]
        assert len(set(seen)) == 4

    def test_all_stamps_at_once_are_those_of_each_record(self, store: EventStore, open_store: OpenStore) -> None:
        for number, name in enumerate(NAMES):
            store.append(name, decision(f"e{number}", learner=name))
        stamps = open_store().stamps()
        assert sorted(stamps) == sorted(NAMES)
        assert [stamps[name] for name in NAMES] == [store.stamp(name) for name in NAMES]
        assert stamps["nobody's"] == store.stamp("nobody's") == ""

    def test_stamps_stay_as_they_were_when_they_were_taken(self, store: EventStore) -> None:
        store.append(LEARNER, decision("a"))
        before, stamps = store.stamp(LEARNER), store.stamps()
        store.append(LEARNER, decision("b"))
        assert stamps[LEARNER] == before != store.stamps()[LEARNER]

    def test_what_nobody_named_is_found_with_its_stamp(self, store: EventStore) -> None:
        for number, name in enumerate(NAMES):
            store.append(name, decision(f"e{number}", learner=name))
        named = set(NAMES[::2])
        found = {each.name: each for each in store.stamps().but_for(named)}
        assert found.keys() == set(NAMES) - named
        assert all(each.is_record and each.stamp == store.stamp(each.name) for each in found.values())
        assert [store.parts_in(each) for each in found.values()] == [()] * len(found)

    def test_a_witness_who_had_seen_something_else_is_heard(self, store: EventStore) -> None:
        store.append(LEARNER, decision("a"))
        heads = dict(store.heads(LEARNER))
        store.append(LEARNER, decision("b"))
        assert store.verify(LEARNER, [("somebody", heads)]) == ()
        assert all(store.holds(LEARNER, name, head) for name, head in heads.items())
        for name, head in store.heads(LEARNER).items():
            for other in (replace(head, digest="0" * 64), replace(head, lines=head.lines + 1)):
                (finding,) = store.verify(LEARNER, [("somebody", {name: other})])
                assert (finding.code, "somebody" in finding.message) == ("MR04", True)
                assert not store.holds(LEARNER, name, other)

    def test_every_event_has_a_place_among_the_lines(self, store: EventStore, other: EventStore) -> None:
        for number in range(4):
            (other if number % 2 else store).append(LEARNER, decision(f"e{number}", actor="jm" if number % 2 else "ak"))
        store.load(LEARNER)
        lines = store.lines(LEARNER)
        assert [line.event.uid for line in lines] == ["e0", "e1", "e2", "e3"]
        assert {line.segment for line in lines} == set(store.heads(LEARNER))
        assert [line.segment.rpartition(".")[0] for line in lines] == ["ak", "jm"] * 2
        assert [line.lc for line in lines] == sorted({line.lc for line in lines})

    def test_a_record_goes_on_as_another_and_is_read_with_it(self, store: EventStore, other: EventStore) -> None:
        store.append("A", decision("1", learner="A"))
        act = Act(ASSESSOR, "A", AT, "as B")
        store.append("A", going_on_as(act, "B"))
        heads = {name: (head.lines, head.digest) for name, head in store.heads("A").items()}
        store.append("B", going_on_from(replace(act, learner="B", uid="from A"), "A", heads))
        store.append("B", decision("2", learner="B"))
        for each in (store, other):
            assert uids(each.load("B")) == ["1", "as B", "from A", "2"]
            assert (each.earlier("B"), each.goes_on_as("A"), each.goes_on_as("B")) == (("A",), "B", "")
            assert uids(each.select("B", Query(kinds=("decided",)))) == ["1", "2"]
            assert each.verify("A") == each.verify("B") == each.findings("B") == ()
            with pytest.raises(Refused, match="corrected to B"):
                each.append("A", decision("3", learner="A"))
        other.append("B", decision("4", learner="B"))
        assert uids(store.select("B", Query(kinds=("decided",)))) == ["1", "2", "4"]

    def test_the_centres_own_record_is_read_also_when_it_says_that_it_is_a_learners(self, store: EventStore) -> None:
        store.append(CENTRE_RECORD, decision("a", learner=CENTRE_RECORD))
        renaming = going_on_from(Act(ASSESSOR, CENTRE_RECORD, AT, "from A"), "A", {"s": (1, "d")})
        store.append(CENTRE_RECORD, renaming)
        assert uids(store.load(CENTRE_RECORD)) == ["a", "from A"]

    def test_a_closed_store_can_be_used_again(self, store: EventStore) -> None:
        store.append(LEARNER, decision("a"))
        store.close()
        store.close()
        store.append(LEARNER, decision("b"))
        store.close()
        assert uids(store.load(LEARNER)) == ["a", "b"]
        assert store.verify(LEARNER) == ()

    def test_the_time_comes_back_as_the_same_moment(self, store: EventStore, open_store: OpenStore) -> None:
        moment = replace(decision("a"), at=AT.replace(microsecond=123456))
        store.append(LEARNER, moment)
        (read,) = open_store().load(LEARNER)
        assert read.at == moment.at

    def test_a_record_that_is_removed_is_gone_and_can_be_begun_anew(
        self, store: EventStore, open_store: OpenStore
    ) -> None:
        for name in ("A", "B"):
            store.append(name, decision("1", learner=name))
        self.before_it_is_removed(store, "A")
        store.remove("A")
        store.remove("A")
        for each in (store, open_store()):
            assert each.load("A") == ()
            assert each.heads("A") == {}
            assert uids(each.load("B")) == ["1"]
        assert store.verify("A") == ()
        assert store.witnessed("A") == {}
        assert store.stamp("A") == ""
        store.append("A", decision("2", learner="A"))
        assert uids(store.load("A")) == ["2"]
        assert store.verify("A") == ()
