"""Who the members are is said in the centre's own record once, however many begin at the same time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from markterm.centre import members_on_record
from markterm.centre.appending import Appending
from markterm.centre.centre import Centre
from markterm.centre.members_on_record import MembersOnRecord
from markterm.domain.assessed.member import Member, Role
from markterm.domain.record.bodies.centre import MemberChanged
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.event import Event, Kind, Result, Subject
from markterm.domain.rules.act import Act
from markterm.domain.rules.member_changes import said_to_be_the_same
from markterm.domain.words.errors import NotSaved, Refused, Unreadable
from markterm.records.memory import Memory, MemoryStore
from markterm.system.platform import CENTRE_RECORD
from tests.centres import make_centre_in, places_in
from tests.tui.sitting import on_disk

pytestmark = pytest.mark.on_files
_MORE = 30


@pytest.fixture
def college(tmp_path: Path) -> Path:
    folder = make_centre_in(tmp_path / "college", {f"LEA{number}": "A Learner" for number in range(3)})
    members = (
        f'[[member]]\nid = "m{each}"\nname = "Member {each}"\nroles = ["assessor"]\nunits = ["T-101"]\n'
        for each in range(_MORE)
    )
    file = folder / "centre.toml"
    file.write_text(file.read_text("utf-8") + "\n" + "\n".join(members), "utf-8")
    return folder


@contextmanager
def _opened(college: Path, member: str) -> Iterator[Centre]:
    centre = Centre.open(college, member=member, places=places_in(college.parent / member))
    try:
        yield centre
    finally:
        centre.close_down()


def _said(college: Path) -> list[str]:
    return [said.member for event in on_disk(college, CENTRE_RECORD) if (said := said_in(event, MemberChanged))]


def test_members_who_begin_at_the_same_time_say_together_once_who_all_are(
    college: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ExitStack() as opened:
        one, two, three = (opened.enter_context(_opened(college, each)) for each in ("m1", "m2", "m3"))
        # One is in the middle of it when the second begins, and the second when the third does.
        waiting = {one.recorder._appending: (two, "LEA1"), two.recorder._appending: (three, "LEA2")}
        append = Appending.append

        def others_begin(appending: Appending, record: str, event: Event) -> Event:
            added = append(appending, record, event)
            if appending in waiting:
                centre, learner = waiting.pop(appending)
                centre.marking.mark(learner, "T-101", "1.1", Result.PASS, "hot")
            return added

        monkeypatch.setattr(Appending, "append", others_begin)
        one.marking.mark("LEA0", "T-101", "1.1", Result.PASS, "hot")
        assert not waiting
    said = _said(college)
    assert len(said) == len(set(said)) > _MORE
    assert said[:3] == ["m1", "m2", "m3"]


def test_who_acts_is_on_record_before_all_others_who_are_new(college: Path) -> None:
    with _opened(college, "m7") as centre:
        centre.marking.mark("LEA0", "T-101", "1.1", Result.PASS, "hot")
    assert _said(college)[0] == "m7"


def test_what_somebody_else_said_of_members_meanwhile_is_not_said_back(
    college: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = college / "centre.toml"

    def rename(before: str, name: str) -> None:
        text = file.read_text("utf-8").replace(f'"Member {before}"', f'"Member {name}"')
        file.write_text(text, "utf-8")

    with _opened(college, "m1") as one:
        one.marking.mark("LEA0", "T-101", "1.1", Result.PASS, "hot")
    rename("8", "Eight")
    rename("9", "Nine")
    with _opened(college, "m2") as two, _opened(college, "m3") as three:
        append = Appending.append

        def somebody_renames(appending: Appending, record: str, event: Event) -> Event:
            added = append(appending, record, event)
            monkeypatch.setattr(Appending, "append", append)
            rename("Eight", "Ate")
            rename("Nine", "Noyes")
            three.marking.mark("LEA2", "T-101", "1.1", Result.PASS, "hot")
            return added

        monkeypatch.setattr(Appending, "append", somebody_renames)
        two.marking.mark("LEA1", "T-101", "1.1", Result.PASS, "hot")
    with _opened(college, "m1") as after:
        assert [after.members.history.name_of(each) for each in ("m8", "m9")] == ["Member Ate", "Member Noyes"]


class Toml:
    """A centre's file with these members, which can be written anew, and what its record says of them in memory."""

    def __init__(self, folder: Path, *members: Member) -> None:
        self.file = folder / "centre.toml"
        self.store = MemoryStore(Memory())
        self.on_record = MembersOnRecord(self.file, Appending(self.store))
        self.name(*members)

    def name(self, *members: Member) -> None:
        """Have the file name these members."""
        told = (f'[[member]]\nid = "{each.id}"\nname = "{each.name}"\nroles = ["assessor"]\n' for each in members)
        self.file.write_text(
            "\n".join(('format = 2\n\n[centre]\nnumber = "012345"\nname = "Test Centre"\n', *told)), "utf-8"
        )

    def acts(self, member: Member | None, coming: Event | None = None) -> None:
        """That member is about to record something."""
        act = Act(member, "LEA0", AT, "uid")
        self.on_record.before(act, coming or Event("other", Kind.CLOSED, "LEA0", AT, "a", "assessor", Subject()))

    def said(self) -> list[tuple[str, str]]:
        """Whom the record names, and as what."""
        said = (said_in(event, MemberChanged) for event in self.store.load(CENTRE_RECORD))
        return [(each.member, each.now.name if each.now else "") for each in said if each is not None]


AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
ADA, BEN = (Member(name.lower(), f"{name} Hill", frozenset({Role.ASSESSOR})) for name in ("Ada", "Ben"))


def test_once_told_the_file_is_not_read_again_for_whoever_acted_and_once_for_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    toml = Toml(tmp_path, ADA, BEN)
    read: list[int] = []
    members = toml.on_record._members

    def reading() -> tuple[Member, ...]:
        read.append(1)
        return members()

    monkeypatch.setattr(toml.on_record, "_members", reading)
    for who, times in ((ADA, 1), (ADA, 1), (BEN, 2), (BEN, 2), (ADA, 2)):
        toml.acts(who)
        assert len(read) == times
    assert sorted(toml.said()) == [("ada", "Ada Hill"), ("ben", "Ben Hill")]


def test_each_says_who_the_others_are_in_an_order_of_its_own(tmp_path: Path) -> None:
    members = [Member(f"m{number}", f"Member {number}", frozenset({Role.ASSESSOR})) for number in range(20)]
    orders = set()
    for member in members[:4]:
        toml = Toml(tmp_path, *members)
        toml.acts(member)
        own, *others = toml.said()
        assert own[0] == member.id
        orders.add(tuple(each for each in others if each[0] not in ("m0", "m1", "m2", "m3")))
    assert len(orders) == 4


def test_of_nobody_who_was_named_nothing_is_said(tmp_path: Path) -> None:
    toml = Toml(tmp_path, ADA)
    toml.acts(None)
    assert toml.said() == []


def test_a_file_that_cannot_be_read_stops_nobody_and_who_the_members_are_is_said_by_the_next_act(
    tmp_path: Path,
) -> None:
    toml = Toml(tmp_path, ADA)
    toml.file.write_text("no [ toml", "utf-8")
    toml.acts(ADA)
    assert toml.said() == []
    toml.name(ADA)
    toml.acts(ADA)
    assert toml.said() == [("ada", "Ada Hill")]


def test_a_disk_that_is_full_stops_nobody_and_who_the_members_are_is_said_by_the_next_act(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    toml = Toml(tmp_path, ADA)

    def full(*_: object) -> None:
        raise NotSaved("Not saved", "The disk is full.", "Make room.")

    with monkeypatch.context() as patched:
        patched.setattr(toml.store, "append", full)
        toml.acts(ADA)
    assert toml.said() == []
    toml.acts(ADA)
    assert toml.said() == [("ada", "Ada Hill")]


def test_who_is_no_member_any_more_is_refused_and_nothing_is_said_for_them(tmp_path: Path) -> None:
    toml = Toml(tmp_path, BEN)
    with pytest.raises(Refused, match="no member of the centre any more"):
        toml.acts(ADA)
    assert toml.said() == []


def test_an_id_that_was_somebody_elses_is_refused_unless_what_comes_says_that_it_is_the_same_person(
    tmp_path: Path,
) -> None:
    Toml.acts(toml := Toml(tmp_path, ADA), ADA)
    married = replace(ADA, name="Grace Moor")
    again = MembersOnRecord(toml.file, Appending(toml.store))
    toml.on_record = again
    toml.name(married)
    with pytest.raises(Refused, match="was somebody else's"):
        toml.acts(married)
    assert toml.said() == [("ada", "Ada Hill")]
    toml.acts(married, said_to_be_the_same(Act(married, "LEA0", AT, "same"), again.history, married))


def test_what_others_say_of_members_is_read_anew_once_a_second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(members_on_record, "monotonic", lambda: now)
    toml = Toml(tmp_path, ADA)
    assert toml.on_record.history.now() == {}
    other = MembersOnRecord(toml.file, Appending(toml.store))
    other.before(Act(ADA, "LEA0", AT, "uid"), Event("x", Kind.CLOSED, "LEA0", AT, "a", "assessor", Subject()))
    assert toml.on_record.history.now() == {}
    now += 1.5
    assert toml.on_record.history.now() == {"ada": ADA}


def test_where_the_centres_record_cannot_be_read_what_was_known_of_members_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 100.0
    monkeypatch.setattr(members_on_record, "monotonic", lambda: now)
    Toml.acts(toml := Toml(tmp_path, ADA), ADA)

    def away(_: str) -> tuple[Event, ...]:
        raise Unreadable("Away", "The record cannot be read.", "Try again.")

    monkeypatch.setattr(toml.store, "load", away)
    now += 5
    assert toml.on_record.history.now() == {"ada": ADA}
