"""What is new: by its bytes, and not by what a program that synchronises folders does to names and times."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from markterm.domain.record.bodies.opening import OpenedFile
from markterm.domain.record.event import Event
from markterm.domain.record.opened_evidence import Handed, in_words
from markterm.domain.record.portfolio import Portfolio, fold
from markterm.domain.rules.act import Act
from markterm.domain.rules.opening import opens
from markterm.domain.words.errors import Refused
from tests.samples import ASSESSOR, LEARNER, VERIFIER, decision

AT = datetime(2026, 11, 1, 9, tzinfo=UTC)
A, B = "a" * 64, "b" * 64
DIARY = OpenedFile(10, A)


def _opens(before: Portfolio, files: dict[str, OpenedFile], uid: str = "o1") -> Event:
    return opens(Act(ASSESSOR, LEARNER, AT, uid), before, files)


def _unread(name: str) -> str:
    raise AssertionError(f"{name} need not be read")


OPENED = fold([_opens(Portfolio(), {"diary.md": DIARY})]).opened_evidence
EARLIER, LATER = AT.timestamp() - 86_400, AT.timestamp() + 86_400


def test_what_was_opened_so_is_not_new_and_need_not_be_read() -> None:
    assert OPENED.new([Handed("diary.md", 10, EARLIER)], _unread) == ()
    assert OPENED.new([Handed("diary.md", 10, AT.timestamp() + 2)], _unread) == (), "times of files are coarse"


@pytest.mark.parametrize(
    "now",
    [Handed("diary.md", 10, LATER), Handed("renamed.md", 10, EARLIER), Handed("copies/diary (1).md", 10, LATER)],
    ids=["written again by a sync", "renamed", "copied"],
)
def test_the_same_bytes_are_not_new_whatever_became_of_name_and_time(now: Handed) -> None:
    assert OPENED.new([now], lambda _: A) == ()


@pytest.mark.parametrize(
    "now",
    [Handed("diary.md", 10, LATER), Handed("new.md", 10, EARLIER)],
    ids=["other bytes of the same size", "another file, with an old time"],
)
def test_other_bytes_are_new_also_where_their_time_is_an_old_one(now: Handed) -> None:
    assert OPENED.new([now], lambda _: B) == (now.name,)
    assert OPENED.new([now], lambda _: None) == (now.name,), "what cannot be read is new: somebody should look"


def test_a_file_as_long_as_none_that_was_opened_is_new_and_not_read_for_it() -> None:
    files = [Handed("diary.md", 11, EARLIER), Handed("film.mp4", 4_000_000_000, EARLIER)]
    assert OPENED.new(files, _unread) == ("diary.md", "film.mp4")


def test_a_time_that_no_calendar_has_is_one_like_others() -> None:
    assert OPENED.new([Handed("diary.md", 10, -7e13), Handed("new.md", 10, 7e13)], lambda _: B) == ("new.md",)


def test_that_somebody_opened_the_files_is_no_later_act_on_the_portfolio() -> None:
    decided = replace(decision("d1"), at=AT)
    opened = replace(_opens(Portfolio(), {"diary.md": DIARY}), at=AT + timedelta(days=1))
    assert fold([decided, opened]).latest == AT


def test_before_openings_were_recorded_what_is_later_than_the_last_mark_is_new() -> None:
    files = [Handed("old.md", 1, EARLIER), Handed("new.md", 1, LATER)]
    nobody_yet = Portfolio().opened_evidence
    assert nobody_yet.new(files, _unread) == ("old.md", "new.md")
    marked = fold([replace(decision("d1"), at=AT)]).opened_evidence
    assert marked.new(files, _unread) == ("new.md",)


def test_each_state_is_recorded_once_and_says_what_is_new_alone() -> None:
    first = _opens(Portfolio(), {"diary.md": DIARY})
    before = fold([first])
    with pytest.raises(Refused):
        _opens(before, {"diary.md": DIARY})
    second = _opens(before, {"diary.md": DIARY, "log.md": OpenedFile(4, B)}, "o2")
    assert in_words(second) == "opened 1 new file"
    assert fold([first, second]).opened_evidence.bytes_known == {A, B}


@pytest.mark.parametrize("member", [VERIFIER, None], ids=["a verifier", "nobody"])
def test_only_whoever_marks_opens_work(member: object) -> None:
    with pytest.raises(Refused):
        opens(Act(member, LEARNER, AT, "o"), Portfolio(), {"diary.md": DIARY})  # type: ignore[arg-type]


def test_an_entry_that_says_a_file_by_half_counts_as_nothing() -> None:
    event = _opens(Portfolio(), {"diary.md": DIARY})
    broken = replace(event, body={"files": [{"name": "diary.md", "size": 10}]})
    assert fold([broken]).opened_evidence.bytes_known == frozenset()
