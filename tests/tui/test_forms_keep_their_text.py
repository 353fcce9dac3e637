"""A form keeps the text that was begun in it: a case's at the screen, and every form as a kind."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import markterm.tui
from markterm.tui.widgets.note_field import NoteField
from tests.tui.sitting import sitting

_TUI = Path(markterm.tui.__file__).parent


@pytest.mark.long
async def test_a_case_that_was_left_has_its_text_when_it_is_opened_again_and_none_once_it_is_saved(
    tmp_path: Path,
) -> None:
    async with sitting(tmp_path, learner="AAA1", member="ines") as at:

        async def begun() -> str:
            await at.app.marking.action_do("mark.cases")
            await at.settled()
            await at.press("end", "enter")
            field = at.app.screen.query_one(NoteField)
            field.focus()
            return field.text

        assert await begun() == ""
        await at.type("They say the pot was cold.")
        await at.press("escape")
        assert not at.events()
        assert await begun() == "They say the pot was cold."
        await at.press("enter")
        await at.until(lambda: bool(at.events()))
        assert at.events()[-1].body["text"] == "They say the pot was cold."
        assert await begun() == ""


def test_no_field_of_several_lines_begins_without_what_was_left_in_it() -> None:
    begun_anew = [
        f"{path.relative_to(_TUI)}:{node.lineno}"
        for path in _TUI.rglob("*.py")
        if "NoteField(" in (source := path.read_text("utf-8"))
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "NoteField"
        and len(node.args) + len(node.keywords) == 1
    ]
    assert begun_anew == [], "take NoteField.of(centre.form_drafts.of(...))"
