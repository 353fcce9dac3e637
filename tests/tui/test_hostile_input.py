"""Whatever others wrote is shown, and neither obeyed nor hidden nor able to stop the screen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.widgets import Input, TextArea

from markterm.centre.centre import Centre
from markterm.domain.record.event import Result
from markterm.tui.requests import OpenLearner
from markterm.tui.widgets.criterion_detail import CriterionDetail
from tests.at_length import at_length
from tests.centres import CENTRE_TOML, UNITS, add_learner, make_centre_in, places_in
from tests.tui.sitting import NARROW, WIDE, Sitting, sitting

OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

_ODD = {
    "markup": "late [red]x[/] [/x] [@click=app.quit]me[/] $error [bold",
    "escapes": "a\x1b]0;owned\x07b\x1b[2Jc\x1b[31md\x1bPq\x1b\\",
    "c1": "a\x9b31mb\x9d0;owned\x9cc\x85d\x7f",
    "bidi": "a\u202eevil\u202c \u2066x\u2069 \u200fy",
    "invisible": "a\u200bb\u200cc\ufeffd\U000e0041e\u00adf",
    "cells": "👩‍👩‍👧 漢字 ✓ é e\u0301 🇬🇧 ｆｕｌｌ",
}
TEXTS = {
    "odd": " ".join(_ODD.values()),
    "breaks": "one\ntwo\r\nthree\rfour\tfive\u2028six\x0bseven",
    "long": "Ab " * 3_333 + "z",
    "unbroken": "x" * 10_000,
}


def hostile_centre(path: Path, text: str) -> Path:
    """A centre in which everything that somebody can write is `text`."""
    quoted = _quoted(text)
    make_centre_in(path, {})
    toml = CENTRE_TOML.replace('"Test Centre"', quoted).replace('"Ben Whitlock"', quoted)
    (path / "centre.toml").write_text(toml, "utf-8", newline="")
    for code, sheet in UNITS.items():
        hostile = sheet.replace("Making Tea\nlevel", f"{quoted}\nlevel").replace("Boil the water", f"Boil {text}")
        hostile = hostile.replace("the water boils", f"it {text}").replace("Be able to make tea", f"Make {text}")
        (path / "mark_sheets" / "units" / f"{code}.md").write_text(hostile, "utf-8", newline="")
    folder = add_learner(path, "AAA1", "x", evidence=f"# {text}\n\n{text}\n\n| {text} |\n|---|\n| x |\n\n`{text}`\n")
    (folder / "evidence" / "plain.txt").write_text(text, "utf-8", newline="")
    name = re.sub(r"[/\x00]", "", text)[:60]
    (folder / "evidence" / f"{name}.txt").write_text("named\n", "utf-8")
    learner = f"kind: learner\nregistration: AAA1\nname: {quoted}\nsite: {quoted}\nqualification: [{quoted}]"
    (folder / "learner.md").write_text(f"---\n{learner}\nunits: [T-101, T-102]\nassessor: asha\n---\n", "utf-8")
    add_learner(path, "BBB2", "Nneka Okafor")
    return path


def _quoted(text: str) -> str:
    """The text in quotation marks, each character escaped, as TOML and YAML both read it."""
    return '"' + "".join(f"\\U{ord(character):08x}" for character in text) + '"'


def assert_harmless(at: Sitting) -> None:
    """Nothing on the screen is a control character or turns the direction of writing, and no line is too long."""
    width = at.app.size.width
    for strip in at.app.screen._compositor.render_strips():
        for segment in strip:
            assert segment.control is None
            assert not OBEYED.search(segment.text), repr(segment.text)
        assert strip.cell_length <= width


@pytest.mark.parametrize(
    ("kind", "size"),
    [
        ("odd", NARROW),
        pytest.param("long", NARROW, marks=pytest.mark.long),
        *(pytest.param(kind, WIDE, marks=pytest.mark.long) for kind in ("odd", "breaks", "unbroken")),
    ],
)
async def test_foreign_text_is_shown_everywhere_and_never_obeyed(
    tmp_path: Path, kind: str, size: tuple[int, int]
) -> None:
    text = TEXTS[kind]
    async with sitting(tmp_path, size=size, make=lambda path: hostile_centre(path, text)) as at:
        assert_harmless(at)
        at.as_other("ben").marking.mark("AAA1", "T-101", "1.2", Result.REFER, f"note {text}")
        at.as_other("asha").attempts.declare("AAA1", f"form {text}")
        await at.press("slash")
        await at.paste(text)
        assert_harmless(at)
        await at.press("escape")
        await at.app.answer(OpenLearner("AAA1"))
        await at.opened("AAA1")
        assert at.at
        for keys in (
            ["home"],
            ["j"],
            ["l"],
            ["escape", "m"],
            ["escape", "g"],
            ["escape", "n"],
            ["escape", "r"],
            ["escape", "u"],
            ["escape", "F"],
            ["escape", "D"],
            ["escape", "f"],
            ["escape", "E"],
            ["end", "enter"],
            ["left_square_bracket"],
            ["left_square_bracket"],
            ["o"],
            ["enter"],
            ["O"],
            ["escape", "question_mark"],
            ["escape", "tab"],
            ["tab", "pagedown"],
            ["comma"],
        ):
            await at.press(*keys)
            assert_harmless(at)
            if keys[-1] in ("n", "r", "u"):
                field = at.app.screen.query_one(TextArea)
                assert field.region.height >= 3
                assert at.app.screen.region.contains_region(field.region)
        await at.press("escape", "slash")
        await at.paste(text)
        assert_harmless(at)
        await at.press("escape", "q")
        assert_harmless(at)


@pytest.mark.parametrize("kind", at_length(TEXTS))
async def test_a_pasted_note_is_shown_recorded_and_read_again(tmp_path: Path, kind: str) -> None:
    text = TEXTS[kind]
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("r")
        await at.paste(text)
        assert_harmless(at)
        await at.press("enter")
        assert at.decided() == ["1.1 refer"]
        assert_harmless(at)
        await at.press("home", "l")
        assert_harmless(at)
        await at.press("escape", "n")
        assert_harmless(at)
        recorded = str(at.events()[-1].body["note"])
        assert at.app.screen.query_one(TextArea).text.splitlines() == recorded.splitlines()


@pytest.mark.long
async def test_a_note_of_100000_characters_is_written_shown_and_read(tmp_path: Path) -> None:
    note = "".join(TEXTS.values()) + "\n".join(["The log of session 3 says [red]x[/] 漢字 \x1b[31m"] * 3_000)
    note = note[:100_000]
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("r")
        await at.paste(note)
        assert_harmless(at)
        await at.press("enter", "home")
        recorded = str(at.events()[-1].body["note"])
        assert len(recorded) > 99_000
        assert_harmless(at)
        await at.press("l", "end")
        assert_harmless(at)
        await at.press("escape", "n", "home")
        assert_harmless(at)
        await at.type("still ")
        await at.press("enter")
        assert len(at.events()) == 2
        assert_harmless(at)


@pytest.mark.parametrize("key", ["slash", "ctrl+p"])
async def test_what_is_pasted_into_a_field_is_shown_as_signs(tmp_path: Path, key: str) -> None:
    async with sitting(tmp_path) as at:
        await at.press(key)
        await at.paste(TEXTS["odd"])
        assert_harmless(at)
        field = at.app.focused
        assert isinstance(field, Input)
        assert "owned" in field.value
        assert not OBEYED.search(field.value)


async def test_errors_about_hostile_places_are_harmless(tmp_path: Path) -> None:
    folder = make_centre_in(tmp_path / "centre")
    odd = folder / "learners" / "e\x1b[31m\u202e[red]x[x]"
    odd.mkdir()
    (odd / "learner.md").write_text('---\nkind: learner\nregistration: "\\e]0;x\\a"\n---\n', "utf-8")
    async with sitting(tmp_path) as at:
        assert_harmless(at)
        for _ in range(4):
            await at.press("j", "enter")
            assert_harmless(at)
            await at.press("q") if at.app.screen is at.app.marking else None


@pytest.mark.long
async def test_a_note_of_a_megabyte_holds_up_neither_the_criterion_nor_its_history(tmp_path: Path) -> None:
    def make(folder: Path) -> Path:
        make_centre_in(folder)
        centre = Centre.open(folder, member="ben", places=places_in(folder.parent / "earlier"))
        centre.marking.mark("AAA1", "T-101", "1.1", Result.REFER, "Too long. " * 100_000)
        centre.close_down()
        return folder

    async with sitting(tmp_path, make=make, learner="AAA1") as at:
        await at.press("k")
        assert at.at == "T-101 1.1"
        detail = at.app.marking.query_one(CriterionDetail).content(50).plain
        assert "Too long." in detail
        assert "… and 994,999 characters more" in detail
        await at.press("l")
        assert "Too long." in at.text
        await at.press("escape")
        assert at.app.screen is at.app.marking
