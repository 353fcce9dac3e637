"""Assessing by other means at the screen: `i`, a form, a text, and what the learner confirmed."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.tui.marking.account_form import attached
from markterm.tui.widgets.path_field import ANY, PathField
from tests.assignments import add_assignment, register
from tests.centres import make_centre_in
from tests.tui.sitting import NARROW, WIDE, sitting

_FILE = "records of assessment/unit T-101/2026-03-02 professional discussion.md"


async def test_several_files_are_attached_by_one_field_and_the_last_is_proposed(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        for name in ("talk.m4a", "form; signed.txt", "form.pdf"):
            (at.folder / name).write_text(name, "utf-8")
        centre = at.app.marking.work.centre
        assert [file.name for file in attached(centre, "talk.m4a; form.pdf ;")] == ["talk.m4a", "form.pdf"]
        assert [file.name for file in attached(centre, "form; signed.txt")] == ["form; signed.txt"]
        assert attached(centre, " ") == []
        field = PathField(centre, ANY, told="", several=True)
        assert field.suggester is not None
        assert await field.suggester.get_suggestion("talk.m4a; form.") == "talk.m4a; form.pdf"


@pytest.mark.long
async def test_a_discussion_is_put_down_left_gone_on_with_kept_cited_and_confirmed(tmp_path: Path) -> None:
    form = tmp_path / "signed.txt"
    form.write_text("Rosalind Jones", "utf-8")
    async with sitting(tmp_path, size=NARROW, learner="AAA1") as at:
        await at.press("i")
        await at.type("disc")
        await at.press("tab", "ctrl+u", "tab")
        await at.type("Room 4")
        await at.press("tab")
        await at.type("40")
        await at.press("tab")
        assert "T-101 1.1" in at.text, "it covers the criterion that one was at, until something else is said"
        await at.press("enter")
        assert "On which day?" in at.text
        await at.press("shift+tab", "shift+tab", "shift+tab")
        await at.type("2026-03-02")
        await at.press("enter")
        await at.type("We spoke of 日本")
        await at.press("escape")
        assert "✐" in at.text, "what was begun is told"
        assert not at.events()
        await at.press("i")
        assert "Room 4" in at.text
        await at.press("enter")
        assert "We spoke of 日本" in at.text
        await at.type(".")
        await at.press("enter")
        assert [event.kind for event in at.events()] == ["account"]
        kept = at.folder / "learners" / "AAA1" / "evidence" / _FILE
        assert "We spoke of 日本." in kept.read_text("utf-8")
        assert "✐" not in at.text
        await at.press("E")
        assert "not confirmed" in at.text
        await at.press("j")
        assert "professional discussion, 2026-03-02, not confirmed by the learner" in " ".join(
            at.text.replace("│", " ").split()
        )
        await at.press("escape", "e")
        assert "not confirmed by the learner" in at.text
        await at.press("c")
        assert at.events()[-1].body["file"] == _FILE, "the criteria that it covers lead to it"
        await at.press("i", "j", "enter")
        await at.press("tab", "tab", "tab")
        await at.type(str(form))
        await at.press("enter")
        assert at.events()[-1].body["said_by"] == "Rosalind Jones"
        assert (kept.with_suffix("") / "signed.txt").read_text("utf-8") == "Rosalind Jones"


@pytest.mark.long
async def test_the_method_of_a_file_is_said_on_the_screen_and_stands_beside_its_name(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, learner="AAA1") as at:
        await at.app.marking.action_do("mark.set-method")
        await at.settled()
        assert "By which method does diary.md show something?" in at.text
        await at.press("j", "enter")
        assert at.events()[-1].body["method"] == "written"
        await at.press("E")
        assert "written assignment" in at.text


@pytest.mark.long
async def test_an_assignment_without_approval_is_told_as_its_tasks_are_begun_with(tmp_path: Path) -> None:
    def make(folder: Path) -> Path:
        make_centre_in(folder)
        add_assignment(folder)
        register(folder, "AAA1", assignments="[T-IA]", units="[]")
        return folder

    async with sitting(tmp_path, size=WIDE, make=make, learner="AAA1") as at:
        await at.press("t")
        assert any("T-IA: no approval of the awarding organisation" in told for told in at.told)


@pytest.mark.long
async def test_a_presentation_of_several_is_kept_with_each_of_them_at_once(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, learner="AAA1") as at:
        await at.press("i")
        await at.type("pres")
        await at.press("tab", "ctrl+u")
        await at.type("2026-03-02")
        await at.press("tab")
        await at.type("The hall")
        await at.press("tab")
        await at.type("20")
        await at.press("tab", "tab", "tab", "tab", "tab")
        await at.type("BBB2; nobody here")
        await at.press("enter")
        assert "nobody here" in at.text, "the form stays and says it"
        await at.press(*["backspace"] * len("; nobody here"), "enter")
        await at.type("Each spoke.")
        await at.press("enter")
        name = "evidence/records of assessment/unit T-101/2026-03-02 presentation.md"
        for registration in ("BBB2", "AAA1"):
            assert "Each spoke." in (at.folder / "learners" / registration / name).read_text("utf-8")
        assert [event.kind for event in at.events()] == ["account"]
