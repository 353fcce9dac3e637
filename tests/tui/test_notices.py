"""What is told in passing: in a line of its own, a refusal until a key, nothing twice, all of it to be read again."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.content import Content

from markterm.tui.feedback.screen import FeedbackScreen
from markterm.tui.notices import Notice, Notices, TellingApp
from markterm.tui.widgets.notice_line import NoticeLine, messages_content
from markterm.tui.widgets.reading import ReadingScreen
from tests.tui.sitting import NARROW, sitting

_AT = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)


def passing(words: str) -> Notice:
    return Notice(_AT, "", words, stays=False)


def refusal(words: str) -> Notice:
    return Notice(_AT, "Not approved", words, stays=True)


def test_a_refusal_stands_before_what_is_told_after_it_and_until_the_next_key() -> None:
    notices = Notices()
    refused, told = refusal("Asha is not approved for T-101."), passing("ben added to this portfolio.")
    notices.tell(refused)
    notices.tell(told)
    assert (notices.now, notices.others) == (refused, 1)
    notices.read()
    assert (notices.now, notices.others) == (told, 0)
    notices.end(told)
    assert notices.now is None


def test_a_refusal_stays_when_another_screen_opens_and_what_passes_does_not() -> None:
    notices = Notices()
    refused = refusal("Asha is not approved for T-101.")
    notices.tell(refused)
    notices.tell(passing("T-101 waits for you to release its feedback: f."))
    notices.pass_by()
    assert (notices.now, notices.others) == (refused, 0)


def test_what_is_told_again_while_it_stands_is_not_said_twice() -> None:
    notices = Notices()
    notices.tell(passing("Every criterion is decided."))
    notices.tell(passing("Every criterion is decided."))
    assert notices.others == 0


def test_the_same_words_under_another_title_are_something_else() -> None:
    notices = Notices()
    notices.tell(Notice(_AT, "Closed", "Tea.", stays=False))
    notices.tell(Notice(_AT, "Reopened", "Tea.", stays=False))
    assert notices.others == 1


def test_of_several_refusals_the_last_stands_and_nothing_stands_beside_nothing() -> None:
    notices = Notices()
    assert (notices.now, notices.others) == (None, 0)
    first, last = refusal("No."), refusal("Nor this.")
    notices.tell(first)
    notices.tell(last)
    assert notices.now is last


def test_what_is_told_again_stands_its_full_time_from_then_on() -> None:
    notices = Notices()
    first, again = passing("Every criterion is decided."), passing("Every criterion is decided.")
    notices.tell(first)
    notices.tell(again)
    notices.end(first)
    assert notices.now is again


def test_the_messages_are_read_the_newest_first_and_a_refusal_is_told_by_its_sign() -> None:
    lines = messages_content([passing("First."), refusal("No.")]).plain.splitlines()
    assert [line[10:] for line in lines] == ["! Not approved  No.", "  First."]
    assert "Nothing was told yet" in messages_content([]).plain


async def test_a_notice_has_a_line_above_the_keys_and_covers_nothing(tmp_path: Path) -> None:
    async with sitting(tmp_path, notices=True) as at:
        before = at.lines
        assert before[-2] == ""
        at.app.notify("Nothing was looked at.")
        await at.shows("Nothing was looked at.")
        assert at.lines[-2].strip() == "Nothing was looked at."
        assert at.lines[:-2] + at.lines[-1:] == before[:-2] + before[-1:]


async def test_what_is_no_refusal_goes_by_itself_and_a_refusal_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TellingApp, "NOTIFICATION_TIMEOUT", 0.01)
    async with sitting(tmp_path, notices=True) as at:
        for severity in ("warning", "error"):
            at.app.notify(f"This is {severity}.", severity=severity)
        at.app.notify("In passing.")
        await at.until(lambda: len(at.app.notices.told) > 2 and at.app.notices.others == 1)
        assert at.app.notices.now is not None
        assert at.app.notices.now.words == "This is error."


async def test_what_passes_has_a_second_line_where_it_needs_one(tmp_path: Path) -> None:
    long = "Nobody else who is listed waits for you with this unit; the filter of the caseload hides who does."
    async with sitting(tmp_path) as at:
        at.app.notify(long)
        await at.shows("hides who does.")
        assert at.lines[-3].startswith(" Nobody else who is listed")


async def test_what_does_not_fit_is_cut_with_a_sign_and_read_whole_in_the_last_messages(tmp_path: Path) -> None:
    long = "Every criterion of this unit is decided by now, and whoever closes it does so with its outcome"
    long = f"{long}, or leaves it open until the learner hands in what was missing from it; the end."
    async with sitting(tmp_path) as at:
        at.app.notify(long)
        await at.shows("Every criterion of this unit")
        assert at.lines[-2].endswith(" …")
        assert max(map(len, at.lines)) <= NARROW[0]
        await at.app.run_action("do('app.messages')")
        await at.shows("the end.")
        assert isinstance(at.app.screen, ReadingScreen)


async def test_a_refusal_is_whole_in_more_lines_and_goes_with_the_next_key(tmp_path: Path) -> None:
    why = "Asha Rao (asha) is not approved for this unit. A coordinator approves members for units; ask one to do so."
    async with sitting(tmp_path) as at:
        at.app.notify(why, title="Not approved", severity="warning")
        await at.shows("ask one to do so.")
        assert at.lines[-3].startswith(" ! Not approved  Asha Rao")
        at.app.notify("ben added to this portfolio.")
        await at.shows("+1")
        await at.press("down")
        await at.shows("ben added to this portfolio.")
        assert "Not approved" not in at.text


async def test_a_dialog_tells_what_it_refuses_above_its_own_keys(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        at.app.notify("Of the caseload.")
        await at.app.push_screen(ReadingScreen("Read", Content("This.")))
        await at.settled()
        assert "Of the caseload." not in at.text
        at.app.notify("Refused in the dialog.", severity="warning")
        await at.shows("! Refused in the dialog.")
        assert not at.app.screen_stack[0].query_one(NoticeLine).is_telling
        await at.press("escape")
        assert "Refused in the dialog." not in at.text


async def test_what_passes_is_not_told_on_a_screen_that_opens_over_its_own(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        at.app.notify("T-101 waits for you to release its feedback: f.")
        await at.shows("release its feedback: f.")
        await at.press("f")
        assert isinstance(at.app.screen, FeedbackScreen)
        assert not at.app.screen.query_one(NoticeLine).is_telling
        assert "release its feedback: f." not in at.text


async def test_what_passes_is_not_told_in_another_area(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        at.app.notify("Withdrawing the decision under the cursor is U now.")
        await at.shows("is U now.")
        await at.press("q")
        assert at.app.screen is at.app.caseload
        assert "is U now." not in at.text
        await at.press("enter")
        assert "is U now." not in at.text


@pytest.mark.long
async def test_what_a_dialog_tells_as_it_is_left_is_told_on_the_screen_below(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.app.push_screen(ReadingScreen("Read", Content("This.")))
        at.app.notify("It was read.")
        await at.shows("It was read.")
        await at.press("escape")
        await at.shows("It was read.")
        assert at.app.screen is at.app.marking


@pytest.mark.long
async def test_a_refusal_stands_in_what_opens_over_it_without_a_key(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        at.app.notify("In passing.")
        at.app.notify("Nothing was written.", title="The disk is full", severity="error")
        await at.shows("Nothing was written.")
        await at.app.push_screen(ReadingScreen("Opened by itself", Content("Something to read.")))
        await at.shows("The disk is full Nothing was written.")
        assert "In passing." not in at.text
        await at.press("down")
        assert "Nothing was written." not in at.text
