"""What is new: by its bytes, and not by what a program that synchronises folders does to names and times."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from markterm.domain.record.bodies.criterion import Cited
from markterm.domain.record.bodies.handed_in import Submitted
from markterm.domain.record.bodies.opening import OpenedFile
from markterm.domain.record.citation import Passage
from markterm.domain.record.event import Event, Subject
from markterm.domain.record.opened_evidence import Handed, in_words, opened_evidence
from markterm.domain.record.portfolio import Portfolio, fold
from markterm.domain.rules.act import Act
from markterm.domain.rules.opening import opens
from markterm.domain.words.errors import Refused
from tests.samples import ASSESSOR, KEY, LEARNER, VERIFIER, decision

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


def test_other_bytes_as_long_that_were_put_there_since_are_read_though_they_bear_an_old_time() -> None:
    now = Handed("diary.md", 10, EARLIER, LATER)
    assert OPENED.new([now], lambda _: B) == ("diary.md",)
    assert OPENED.new([now], lambda _: A) == (), "a centre that was copied with its times"
    assert OPENED.new([now._replace(placed=EARLIER)], _unread) == ()
    film = OpenedFile(4_000_000_000, B)
    opened = fold([_opens(Portfolio(), {"film.mp4": film})]).opened_evidence
    assert opened.new([Handed("film.mp4", film.size, EARLIER, LATER)], _unread) == (), "it takes minutes to read"


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


def test_a_centre_that_was_copied_without_its_times_shows_nothing_as_new_that_was_fixed_or_cited_before() -> None:
    fixed = Submitted(1, {"old.md": A})
    handed = replace(decision("s1"), kind="submitted", subject=Subject(KEY), body=fixed.write(), at=AT)
    cited = Cited(Passage("log.md", B, 1, 1, "I groomed."))
    citation = replace(decision("c1"), kind="cited", body=cited.write(), at=AT)
    late = replace(handed, uid="s2", body=Submitted(2, {"essay.md": "c" * 64}).write(), at=AT + timedelta(days=1))
    opened = opened_evidence([handed, citation, late])
    files = [Handed(name, 1, LATER) for name in ("old.md", "log.md", "essay.md", "new.md")]
    bytes_of = {"old.md": A, "log.md": B, "essay.md": "c" * 64, "new.md": "d" * 64}
    assert opened.new(files, bytes_of.get) == ("essay.md", "new.md"), "after the last act nobody had seen it"


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
