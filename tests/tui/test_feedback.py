"""Feedback at the screen: read, looked at again, edited, held and released, with keys only."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import TextArea

from markterm.centre.centre import Centre
from markterm.domain.record.citation import Passage
from markterm.domain.record.event import Event, Kind, Result
from markterm.tui.feedback.editing import EditingScreen
from tests.centres import make_centre_in, places_in
from tests.tui.sitting import Sitting, sitting

DIARY = Passage("diary.md", "0" * 64, 3, 3, "I made tea.")


def closed_tea(path: Path, missing: str = "Which pot do you mean?") -> Path:
    """The tiny centre, with the tea of AAA1 closed as a referral of 1.2 by Asha."""
    make_centre_in(path)
    centre = Centre.open(path, member="asha", places=places_in(path.parent / "earlier"))
    centre.attempts.declare("AAA1", "signed sheet")
    centre.marking.cite("AAA1", "T-101", "1.1", DIARY)
    for number, result, note in (("1.1", "pass", "It boils."), ("1.2", "refer", missing), ("2.1", "pass", "")):
        centre.marking.mark("AAA1", "T-101", number, Result(result), note)
    centre.closings.close("AAA1", "T-101", "Nearly there.")
    centre.close_down()
    return path


async def to_tea(at: Sitting) -> None:
    """Put the cursor on the unit that is closed."""
    await at.press("home")
    assert at.at == "T-101 1.1"


def releases(at: Sitting) -> list[Event]:
    return [event for event in at.events() if event.kind == Kind.RELEASED]


async def test_feedback_is_read_edited_and_released_with_keys_only(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=closed_tea, learner="AAA1") as at:
        await to_tea(at)
        await at.press("f")
        assert at.lines[0].strip() == "Rosalind Jones AAA1: T-101, attempt 1 · Making Tea"
        assert "Feedback T-101 Making Tea" in at.text
        assert not any(mark in at.text for mark in ("# Feedback", "**", "|---|", "\\"))
        assert "Not released. y releases it." in at.text
        await at.press("end")
        assert "Which pot do you mean?" in at.text
        await at.press("home", "enter")
        await at.type("Dear Rosalind ")
        await at.press("escape")
        assert "Edited." in at.text
        assert "Dear Rosalind # Feedback" in at.text
        await at.press("y")
        assert "Release the edited text to Rosalind Jones AAA1: T-101, attempt 1" in at.text
        assert "│ Making Tea? " in at.text
        assert releases(at) == []
        await at.press("j", "enter")
        (event,) = releases(at)
        assert str(event.body["text"]).startswith("Dear Rosalind # Feedback T-101")
        assert "✓ Released" in at.text
        assert "by asha" in at.text
        await at.press("y")
        assert "It was released already." in at.text
        assert releases(at) == [event]
        await at.press("q")
        assert at.app.screen is at.app.marking
        assert at.app.marking.work.desk.shown is not None
        assert (
            len(at.app.marking.work.desk.shown.portfolio.unit(at.app.marking.work.desk.shown.units[0].key).releases)
            == 1
        )


async def test_nothing_goes_without_an_answer(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=closed_tea, learner="AAA1") as at:
        await to_tea(at)
        await at.press("f", "y", "enter")
        assert "Not released." in at.text
        await at.press("y", "escape", "q")
        assert releases(at) == []


async def test_what_was_typed_survives_a_closed_terminal(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=closed_tea, learner="AAA1") as at:
        await to_tea(at)
        await at.press("f", "enter")
        await at.type("Half a sen")
    async with sitting(tmp_path, learner="AAA1") as at:
        await to_tea(at)
        await at.press("f")
        assert "Edited." in at.text
        assert "Half a sen# Feedback" in at.text
        await at.press("R", "j", "enter")
        assert "Half a sen" not in at.text
        assert "Edited." not in at.text


async def test_letters_that_are_typed_release_nothing_and_leave_nothing(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=closed_tea, learner="AAA1") as at:
        await to_tea(at)
        await at.burst("f", "enter", "y", "a")
        await at.burst("R", "q", "enter", "y")
        assert isinstance(at.app.screen, EditingScreen)
        assert at.app.screen.query_one(TextArea).text.startswith("yaRq\ny# Feedback")
        assert releases(at) == []


async def test_feedback_on_an_open_unit_can_be_read_and_not_released(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("p", "f")
        assert "The unit is not closed" in at.text
        await at.press("end")
        assert "Not decided yet: 1.2, 2.1." in at.text
        await at.press("y", "q")
        assert releases(at) == []


async def test_the_sheet_of_whoever_is_marked_blind_names_nobody(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=closed_tea, learner="AAA1", blind=True) as at:
        await to_tea(at)
        await at.app.marking.action_do("unit.sheet")
        await at.shows("T-101, as it would be printed now")
        for key in ("s", "s", "end"):
            assert not any(name in at.text for name in ("AAA1", "Rosalind", "Jones"))
            await at.press(key)


async def test_what_others_released_is_shown_harmless(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=closed_tea, learner="AAA1") as at:
        other = at.as_other("asha")
        draft = other.feedback.draft("AAA1", "T-101")
        list(other.feedback.release(draft, "[red]Dear[/] \x1b]0;title\x07 Rosalind [/x]", anyway=True))
        other.close_down()
        await to_tea(at)
        await at.press("f")
        assert "[red]Dear[/] ␛]0;title␇ Rosalind [/x]" in at.text


def with_another_in_the_note(path: Path) -> Path:
    return closed_tea(path, "Nneka warmed hers. Which pot do you mean?")


async def test_neither_enter_nor_the_key_that_asked_twice_releases_it_but_a_key_of_its_own(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=closed_tea, learner="AAA1") as at:
        await to_tea(at)
        await at.press("f", "y", "enter")
        assert releases(at) == []
        await at.press("y", "y", "y", "y")
        assert releases(at) == [], "pressed twice, or held"
        assert "r yes" in at.text
        await at.press("r")
        assert len(releases(at)) == 1
        assert "✓ Released" in at.text


async def test_a_text_that_names_another_learner_is_asked_about_by_name(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=with_another_in_the_note, learner="AAA1") as at:
        await to_tea(at)
        await at.press("f", "y")
        assert "It names another learner: “Nneka” (BBB2)." in at.text
        await at.press("r", "y")
        assert releases(at) == [], "what is doubted does not go by pressing on"
        await at.press("enter")
        assert releases(at) == []
        await at.press("y", "j")
        assert "Yes, release it all the same" in at.text
        await at.press("enter")
        assert len(releases(at)) == 1


async def test_an_edited_text_whose_head_names_another_learner_is_refused_on_the_screen(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=closed_tea, learner="AAA1") as at:
        await to_tea(at)
        await at.press("f", "enter", "ctrl+a")
        await at.paste("Learner name: Nneka Okafor\nOutcome: Pass\n\nWell done.\n")
        await at.press("escape", "y")
        assert any("The text is not of this feedback" in told for told in at.told)
        await at.press("j", "enter")
        assert releases(at) == []


async def test_what_is_not_released_says_so_in_the_text_and_goes_without_it(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=closed_tea, learner="AAA1") as at:
        await to_tea(at)
        await at.press("f")
        assert "DRAFT, not released." in at.text
        await at.press("y", "j", "enter")
        assert "DRAFT" not in at.text
        (event,) = releases(at)
        assert str(event.body["text"]).startswith("# Feedback T-101")


async def test_feedback_drawn_up_before_the_unit_was_closed_anew_is_not_released(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=closed_tea, learner="AAA1") as at:
        await to_tea(at)
        await at.press("f")
        other = at.as_other("asha")
        other.closings.reopen("AAA1", "T-101", "2.1 again")
        other.closings.close("AAA1", "T-101", "Look at 1.2 again.")
        other.close_down()
        await at.press("y", "j", "enter")
        assert any("Closed anew since" in told for told in at.told)
        assert releases(at) == []
        await at.press("pagedown")
        assert "Look at 1.2 again." in at.text
