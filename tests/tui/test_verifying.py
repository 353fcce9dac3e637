"""The screen of a sample: a verifier looks, answers, and finishes; every answer is durable before it is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest
from textual.screen import Screen

from markterm.centre.centre import Centre
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.bodies.verifying import Answer, Looked, Report, Sight, Verified
from markterm.domain.record.event import Kind, Result
from markterm.domain.rules.answering import Said
from markterm.evidence.text.passages import Extent, cite_lines
from markterm.tui.requests import OpenSample
from markterm.tui.verifying.sample import Sample
from markterm.tui.verifying.sample_detail import SampleDetail
from markterm.tui.verifying.sample_list import SampleList
from markterm.tui.verifying.screen import SampleScreen
from tests.centres import make_centre_in, places_in
from tests.tui.sitting import WIDE, Sitting, sitting
from tests.tui.test_by_task import with_an_assignment

pytestmark = pytest.mark.usefixtures("looks_soon")

DIARY = """\
# Diary

(AC 1.1) I boiled the water in the kettle, and waited until it had boiled.

(AC 1.2) I warmed the pot with some of it.

Then I poured.
"""
LEAD = '\n[[member]]\nid = "iva"\nname = "Iva Nowak"\nroles = ["verifier"]\nlead = true\n'


@pytest.fixture(autouse=True)
def _looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a key brings into sight counts as looked at when it is drawn, and not a second later."""
    monkeypatch.setattr(SampleScreen, "STAYS", 0)


def as_asha(
    folder: Path, *, refer: tuple[str, ...] = (), close: bool = True, make: Callable[[Path], Path] = make_centre_in
) -> Path:
    """Everything of T-101 decided by asha, one passage cited for 1.1, and sampled for ines."""
    make(folder)
    with (folder / "centre.toml").open("a", encoding="utf-8") as file:
        file.write(LEAD)
    (folder / "learners" / "AAA1" / "evidence" / "diary.md").write_text(DIARY, "utf-8")
    desk = Centre.open(folder, member="asha", places=places_in(folder.parent / "asha"))
    desk.attempts.declare("AAA1", "e-mail")
    (diary,) = desk.evidence.listed("AAA1").files
    passage = cite_lines(desk.evidence.read(diary), "diary.md", Extent(2, 2))
    assert passage is not None
    desk.marking.cite("AAA1", "T-101", "1.1", passage)
    for number in ("1.1", "1.2", "2.1"):
        result = Result.REFER if number in refer else Result.PASS
        desk.marking.mark("AAA1", "T-101", number, result, f"{number} as Asha sees it.")
    if close:
        desk.closings.close("AAA1", "T-101", "Done.")
    desk.act_as("ines")
    desk.verification.sample("AAA1", "T-101", "routine", stage="summative" if close else "interim")
    desk.close_down()
    return folder


def verified(at: Sitting) -> Verified:
    """The last verification on the disk."""
    (*_, last) = (event for event in at.events() if event.kind == Kind.VERIFIED)
    said = said_in(last, Verified)
    assert said is not None
    return said


def answers(at: Sitting) -> list[Answer]:
    """Its answers, without the decisions that they are to."""
    return [each._replace(decision="") for each in verified(at).answers]


def sample(at: Sitting) -> Sample:
    """What is verified."""
    assert isinstance(at.app.screen, SampleScreen)
    return at.app.screen.work


async def opened(at: Sitting, unit: str = "T-101") -> None:
    """Open the sample."""
    await at.app.answer(OpenSample("AAA1", unit))
    await at.settled()
    await at.until(lambda: sample(at).evidence.references is not None)
    await at.settled()


@pytest.mark.parametrize("size", [(80, 24), pytest.param(WIDE, marks=pytest.mark.long)])
async def test_a_verifier_looks_agrees_does_not_agree_and_finishes_by_keyboard_alone(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with sitting(tmp_path, member="ines", size=size, make=as_asha) as at:
        await opened(at)
        assert "0 of 3 answered" in at.text
        assert "routine" in at.text
        await at.press("enter", "a")
        assert answers(at) == [Answer("1.1", "", True, looked=Sight.SEEN)]
        assert verified(at).unfinished
        assert "✓ agreed" in at.text
        await at.press("x")
        await at.type("The pot was not warmed.")
        await at.press("tab")
        await at.type("Read the diary again")
        await at.press("enter")
        assert answers(at)[1] == Answer("1.2", "", False, "The pot was not warmed.", Sight.STATED)
        (action,) = [event for event in at.events() if event.kind == Kind.ACTION]
        assert (action.body["owner"], action.body["text"]) == ("asha", "Read the diary again")
        assert "✗ not agreed" in at.text
        await at.press("a")
        assert [each.criterion for each in answers(at)] == ["1.1", "1.2", "2.1"]
        await at.press("F")
        await at.type("Clear notes.")
        await at.press("enter")
        assert verified(at).report == Report("Clear notes.")
        assert not verified(at).unfinished
        assert "✗ finished, not agreed" in at.text
        await at.press("q")
        assert not at.app.ways.is_verifying


async def test_what_was_not_in_sight_is_agreed_to_by_statement_alone(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="ines", make=as_asha) as at:
        await opened(at)
        await at.press("a")
        assert "was not in sight for a second" in " ".join(at.text.split())
        await at.press("escape")
        assert not any(event.kind == Kind.VERIFIED for event in at.events())
        await at.press("a", "j", "enter")
        assert answers(at) == [Answer("1.1", "", True, looked=Sight.STATED)]


async def test_what_a_form_lies_over_is_not_looked_at_until_it_is_gone(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="ines", make=as_asha) as at:
        await opened(at)
        seconds: list[Callable[[], None]] = []
        work = sample(at)
        with patch.object(work.looking, "_wait", lambda: seconds.append(work.looking._stayed)):
            await at.press("enter", "x")
            seconds[-1]()
            await at.settled()
            assert "◦" not in at.text, "the screen says what the answer will be recorded as"
            await at.type("It never boiled.")
            await at.press("enter", "k", "k")
            assert [each.looked for each in answers(at)] == [Sight.STATED]
            await at.press("enter", "question_mark", "escape")
            assert len(seconds) > 2
            seconds[-1]()
            await at.settled()
            assert "◦ Looked at" in at.text, "once nothing lies over it, it counts when it has stayed"


@pytest.mark.long
async def test_everything_that_was_looked_at_is_agreed_to_after_a_list(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="ines", make=as_asha) as at:
        await opened(at)
        await at.press("A")
        assert "Nothing was looked at that waits for an answer" in at.told[-1]
        await at.press("enter", "j", "e", "A")
        assert "2 of 2 will be agreed to" in at.text
        await at.press("enter")
        assert answers(at) == [
            Answer("1.1", "", True, looked=Sight.SEEN),
            Answer("1.2", "", True, looked=Sight.SEEN),
        ]


@pytest.mark.long
async def test_an_answer_is_changed_by_answering_again_with_a_reason(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="ines", make=as_asha) as at:
        await opened(at)
        await at.press("enter", "x")
        await at.type("Not shown.")
        await at.press("enter", "k", "a")
        assert "Why is it agreed now?" in at.text
        await at.press("enter")
        assert not verified(at).agrees, "without a reason it stays not agreed"
        await at.type("I read it again.")
        await at.press("enter")
        assert (answers(at)[0].agrees, verified(at).reason) == (True, "I read it again.")


@pytest.mark.long
async def test_whoever_decided_it_is_told_before_a_word_is_written(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="asha", make=as_asha) as at:
        await opened(at)
        assert "You may not verify it" in at.text
        before = at.events()
        await at.press("x", "a", "A", "F")
        assert "Only a verifier verifies" in at.told[-1]
        assert at.events() == before


@pytest.mark.long
async def test_a_conflict_of_interest_is_let_pass_by_a_lead_iv_with_a_reason(tmp_path: Path) -> None:
    def related(folder: Path) -> Path:
        as_asha(folder)
        desk = Centre.open(folder, member="ben", places=places_in(folder.parent / "ben"))
        desk.interests.declare("ines", "AAA1", why="her nephew")
        desk.close_down()
        return folder

    async with sitting(tmp_path, member="ines", make=related) as at:
        await opened(at)
        assert "her nephew" in at.text
        await at.press("L", "enter")
        await at.type("Nobody else is here.")
        await at.press("enter")
        assert "You may not verify it" not in at.text
        await at.press("enter", "a")
        assert [(each.authorised_by, each.reason) for each in verified(at).overrides] == [
            ("iva", "Nobody else is here.")
        ]


@pytest.mark.long
async def test_before_it_is_closed_it_is_an_interim_look(tmp_path: Path) -> None:
    def open_unit(folder: Path) -> Path:
        return as_asha(folder, close=False)

    async with sitting(tmp_path, member="ines", make=open_unit) as at:
        await opened(at)
        assert "interim" in at.text
        await at.press("enter", "a")
        (*_, last) = at.events()
        said = said_in(last, Looked)
        assert said is not None
        assert (said.unfinished, [each.criterion for each in said.answers]) == (True, ["1.1"])
        await at.press("F", "enter")
        (*_, last) = at.events()
        assert last.body.get("unfinished") is None


@pytest.mark.long
async def test_two_verifiers_who_differ_are_shown_and_settled_by_an_answer_with_a_reason(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="ines", make=as_asha) as at:
        await opened(at)
        other = at.as_other("iva")
        other.learners.portfolio("AAA1")
        await at.press("enter", "a")
        other.verification.verify("AAA1", "T-101", Said(not_agreed={"1.2": "Cold."}, unfinished=True))
        await at.until(lambda: "✗ not agreed" in at.text)
        other.close_down()
        await at.press("k", "j", "e", "a")
        assert "iva did not agree" in " ".join(at.text.split())
        await at.type("We read it together.")
        await at.press("enter")
        assert [(each.criterion, each.agrees, each.by) for each in answers(at)] == [
            ("1.1", True, ""),
            ("1.2", True, ""),
        ]


async def test_whoever_decides_first_sees_nothing_of_the_decision_before_and_both_after(tmp_path: Path) -> None:
    def referred(folder: Path) -> Path:
        return as_asha(folder, refer=("1.2",))

    async with sitting(tmp_path, member="ines", make=referred, size=WIDE) as at:
        await opened(at)
        await at.press("S", "q")
        await opened(at)
        assert "you decide first" in at.text
        for told in ("✓ pass", "✗ refer", "as Asha sees it", "¶"):
            assert told not in at.text
        assert " p pass  r refer " in at.lines[-1]
        assert not {"agree", "cited"} & set(at.lines[-1].split()), "what does nothing yet is not offered"
        await at.press("a")
        assert "You decide first" in at.told[-1]
        await at.press("e", "p")
        assert answers(at) == [Answer("1.1", "", True, looked=Sight.SEEN, own=Result.PASS)]
        await at.press("k")
        assert " x not agreed " in at.lines[-1]
        assert "p pass" not in at.lines[-1]
        await at.press("j")
        assert "1.2 as Asha sees it." not in at.text
        await at.press("e", "p")
        assert "1.2 as Asha sees it." in " ".join(at.text.split())
        await at.press("enter")
        await at.type("It was warm.")
        await at.press("enter")
        assert answers(at)[1] == Answer("1.2", "", False, "It was warm.", Sight.SEEN, Result.PASS)


async def test_a_decision_that_was_made_again_meanwhile_is_not_answered_unseen(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="ines", make=as_asha) as at:
        await opened(at)
        await at.press("enter")
        open_now = sample(at)
        assert open_now.place is not None
        said = open_now.said([open_now.place])
        other = at.as_other("asha")
        other.closings.reopen("AAA1", "T-101", "1.1 again")
        other.marking.mark("AAA1", "T-101", "1.1", Result.REFER, "Too cold.")
        other.closings.close("AAA1", "T-101", "Done again.")
        other.close_down()
        assert not await open_now.answer(said)
        await at.settled()
        assert "Decided again since" in at.told[-1]


async def test_what_was_decided_first_is_kept_until_it_is_answered_to(tmp_path: Path) -> None:
    def referred(folder: Path) -> Path:
        return as_asha(folder, refer=("1.1",))

    async with sitting(tmp_path, member="ines", make=referred) as at:
        await opened(at)
        await at.press("S", "q")
        await opened(at)
        await at.press("p")
        assert "You decided pass on T-101 1.1, asha refer" in " ".join(at.text.split())
    async with sitting(tmp_path, member="ines") as at:
        await opened(at)
        assert "own ✓ pass" in at.text
        await at.press("r")
        assert sample(at).own == {("1.1", sample(at).record.criterion("1.1").live[0].uid): Result.PASS}
        await at.press("e", "x")
        await at.type("It boils.")
        await at.press("enter")
        assert answers(at)[0].own is Result.PASS
        assert sample(at)._kept() == {}


@pytest.mark.long
async def test_the_list_shows_a_decision_as_soon_as_whoever_decides_first_decided_or_wants_to_see_all(
    tmp_path: Path,
) -> None:
    def referred(folder: Path) -> Path:
        return as_asha(folder, refer=("1.1",))

    async with sitting(tmp_path, member="ines", make=referred, size=WIDE) as at:
        await opened(at)
        await at.press("S", "q")
        await opened(at)
        await at.press("p", "escape")
        assert "own ✓ pass" in at.text
        await at.press("j", "S")
        assert "· decide" not in at.text


@pytest.mark.long
async def test_one_answer_is_to_a_criterion_in_all_tasks_that_carry_it(tmp_path: Path) -> None:
    async with sitting(
        tmp_path, member="ines", make=lambda folder: as_asha(folder, make=with_an_assignment), size=WIDE
    ) as at:
        await opened(at)
        await at.press("t")
        assert "task 2: one answer is to all" in at.app.screen.query_one(SampleDetail).content(200).plain
        await at.press("e", "a")
        assert at.text.count("✓ agreed") == 2
        assert [each.criterion for each in answers(at)] == ["1.1"]


@pytest.mark.long
async def test_what_the_centre_asks_for_is_ticked_before_it_is_finished(tmp_path: Path) -> None:
    def asking(folder: Path) -> Path:
        as_asha(folder)
        with (folder / "centre.toml").open("a", encoding="utf-8") as file:
            file.write("\n[verification]\nvacsr = true\n")
        return folder

    async with sitting(tmp_path, member="ines", make=asking) as at:
        await opened(at)
        await at.press("enter", "a", "F", "enter")
        assert "The centre asks for more" in at.text
        assert verified(at).unfinished
        await at.press("tab", "tab", "space", "down", "space", "enter")
        assert (verified(at).unfinished, verified(at).report.valid) == (False, ("valid", "current"))
        await at.press("F", "enter")
        assert verified(at).report.valid == ("valid", "current"), "what was ticked stays when it is finished again"


@pytest.mark.long
async def test_a_reason_that_was_begun_is_there_again(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="ines", make=as_asha) as at:
        await opened(at)
        await at.press("x")
        await at.type("Luke")
        await at.press("escape")
        assert not any(event.kind == Kind.VERIFIED for event in at.events())
        await at.press("x")
        await at.type("warm")
        await at.press("tab")
        await at.type("Look again")
        await at.press("tab", "tab", "end", "backspace", "enter")
        assert "is no day" in at.text
        assert not any(event.kind == Kind.VERIFIED for event in at.events()), "nothing of it before all of it can be"
        await at.press("9", "enter")
        assert answers(at)[0].reason == "Lukewarm"
        assert len([event for event in at.events() if event.kind == Kind.ACTION]) == 1
        await at.press("k", "x")
        assert "Lukewarm" in at.text


@pytest.mark.long
async def test_an_answer_draws_each_part_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: Counter[str] = Counter()

    def counting(cls: type, name: str) -> None:
        before = getattr(cls, name)

        def counted(self: object, *args: object, **options: object) -> object:
            drawn[name] += 1
            return before(self, *args, **options)

        monkeypatch.setattr(cls, name, counted)

    async with sitting(tmp_path, member="ines", make=as_asha, size=WIDE) as at:
        await opened(at)
        await at.press("enter", "a", "e")
        for cls, name in ((SampleDetail, "show"), (SampleList, "show_sample"), (Screen, "_compositor_refresh")):
            counting(cls, name)
        await at.press("a")
        assert drawn == {"show": 1, "show_sample": 1, "_compositor_refresh": 1}


@pytest.mark.long
async def test_a_long_name_gives_way_to_registration_unit_and_attempt(tmp_path: Path) -> None:
    def long_named(folder: Path) -> Path:
        name = "Bartholomew Maximilian Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh-Montgomery"
        return as_asha(folder, make=lambda path: make_centre_in(path, {"AAA1": name}))

    async with sitting(tmp_path, member="ines", make=long_named) as at:
        await opened(at)
        assert at.lines[0].split()[0] == "Bartholomew"
        assert "…ugh-Montgomery  AAA1  T-101 attempt 1  ✓ pass  by asha  as ines" in at.lines[0]
