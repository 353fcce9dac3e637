"""Somebody beside a role at the screen: gaps, what they say of themselves, CPD planned and done."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from markterm.domain.record.bodies.developing import SkillsRated, StatementRated
from markterm.domain.record.cpd import CpdState
from markterm.domain.record.event import Result
from markterm.tui.local_time import date_told
from markterm.tui.requests import ShowDevelopment
from tests.centres import make_centre_in
from tests.standards import add_mapping, add_standard, add_suite
from tests.tui.sitting import NARROW, sitting


def centre_with_a_standard(path: Path) -> Path:
    """The tiny centre with TEA01 in the suite TEA, to which T-101 is mapped."""
    make_centre_in(path)
    add_standard(path)
    add_mapping(path)
    add_suite(path)
    return path


async def test_a_gap_is_told_planned_for_and_done_and_only_a_pass_closes_it(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=centre_with_a_standard) as at:
        await at.press("slash", *"rosalind", "enter", "ctrl+p")
        await at.type("development")
        await at.press("enter")
        await at.until(lambda: "boil fresh water" in at.text)
        assert "Rosalind Jones" in at.text
        await at.press("t")
        await at.type("superb")
        await at.press("enter")
        await at.until(lambda: "not on the scale" in at.text)
        await at.press(*["backspace"] * 6, "3", "tab")
        await at.type("At the fair.")
        await at.press("tab")
        await at.type("in talk")
        await at.press("enter")
        await at.until(lambda: "Says alone on" in at.text)
        assert "rated enough by the learner, and not evidenced" in " ".join(at.text.split())
        await at.press("d")
        await at.until(lambda: "Nothing is planned for it: n plans it." in " ".join(at.text.split()))
        other = at.as_other("ines")
        by = other.development.today + timedelta(days=9)
        await at.press("n")
        for words in ("Kettles", "a book", by.isoformat(), "notes"):
            await at.type(words)
            await at.press("tab")
        await at.press("enter")
        await at.until(lambda: f"CPD planned, by {date_told(by)}: Kettles. a book" in " ".join(at.text.split()))
        await at.press("d", "enter")
        await at.until(lambda: "CPD done" in at.text)
        asha = at.as_other("asha")
        told = asha.development.of(asha.development.person("AAA1"))
        assert [each.state for each in told.cpd.items] == [CpdState.DONE]
        (ratings,) = told.said.values()
        assert [(each.rating, each.example, each.said.said_by) for each in ratings] == [
            ("alone", "At the fair.", "Rosalind Jones")
        ]
        asha.marking.mark("AAA1", "T-101", "1.1", Result.PASS, "It boils.")
        await at.press("ctrl+r")
        await at.until(lambda: any("✓ P1" in line for line in at.lines))
        await at.press("f")
        assert not any("✓ P1" in line for line in at.lines)


@pytest.mark.long
async def test_of_a_member_their_own_words_tell_and_a_centre_without_standards_says_so(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=centre_with_a_standard) as at:
        await at.app.action_do("app.development")
        await at.until(lambda: "boil fresh water" in at.text)
        await at.press("w")
        await at.until(lambda: "Whose?" in at.text)
        await at.press("j", "enter")
        await at.until(lambda: "Asha Patel" in at.text and "not rated" in at.text)
        assert "Assessors:" not in at.text
        await at.press("s")
        await at.until(lambda: "Beside what?" in at.text)
        await at.press("j", "enter")
        await at.until(lambda: "beside TEA" in at.text)
        await at.press("escape", "4", "N")
        await at.until(lambda: "TEA01" in at.text and "who" in at.text)
        await at.press("w")
        await at.until(lambda: "boil fresh water" in at.text and "beside TEA" in at.text)
        await at.press("X")
        await at.until(lambda: "Gaps and CPD by a role" in at.text)
    async with sitting(tmp_path / "other", size=NARROW) as at:
        await at.app.action_do("app.development")
        await at.until(lambda: "There is nothing to be measured by yet" in " ".join(at.text.split()))


@pytest.mark.long
async def test_what_was_recorded_wrongly_is_put_right_with_the_reason(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=centre_with_a_standard) as at:
        asha = at.as_other("asha")
        person, scale = asha.development.person("AAA1"), asha.details.skills
        link = asha.profiles.statement("TEA01 P1")
        rated = (StatementRated(link, scale.words[2], "At the fair."),)
        said = SkillsRated(rated, "Her tutor", "in talk", asha.development.today, scale.words, scale.enough)
        asha.development.rate(person, said)
        await at.app.answer(ShowDevelopment("AAA1"))
        await at.shows("Says alone on")
        await at.press("c", "2", *["tab"] * 5)
        await at.type("Typed the wrong word.")
        await at.press("enter")
        await at.shows(f"Says {scale.words[1]} on")
        (told,) = asha.development.of(person).said[link]
        assert (told.rating, told.example, told.said.said_by, told.why) == (
            scale.words[1],
            "At the fair.",
            "Her tutor",
            "Typed the wrong word.",
        )
        await at.press("c", "backspace", *["tab"] * 5)
        await at.type("It was Ben.")
        await at.press("enter")
        await at.until(lambda: "Says" not in at.text)
        assert asha.development.of(person).said.get(link, ()) == ()


async def test_while_one_marks_blind_it_does_not_tell_who_the_learner_is(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=centre_with_a_standard, blind=True) as at:
        ines = at.as_other("ines")
        person, scale = ines.development.person("AAA1"), ines.details.skills
        rated = (StatementRated(ines.profiles.statement("TEA01 P1"), "alone", "Rosalind says so."),)
        said = SkillsRated(rated, person.name, "in talk", ines.development.today, scale.words, scale.enough)
        ines.development.rate(person, said)
        await at.app.answer(ShowDevelopment("AAA1"))
        await at.until(lambda: "Says alone on" in at.text)
        for key in ("enter", "escape", "t", "escape", "n", "escape", "w"):
            await at.press(key)
            assert [word for word in ("rosalind", "jones", "aaa1") if word in at.text.casefold()] == [], key


def without_members(path: Path) -> Path:
    """The same centre, in whose settings nobody stands any more."""
    settings = centre_with_a_standard(path) / "centre.toml"
    kept = [part for part in settings.read_text("utf-8").split("\n\n") if not part.startswith("[[member]]")]
    settings.write_text("\n\n".join(kept), "utf-8")
    return path


async def test_in_a_centre_without_members_nobody_is_shown_and_it_says_so(tmp_path: Path) -> None:
    async with sitting(tmp_path, member=None, make=without_members) as at:
        await at.app.answer(ShowDevelopment(what="TEA"))
        await at.until(lambda: "Nobody is here to be shown" in " ".join(at.text.split()))
        await at.press("w")
        assert "The centre has no members" in at.told[-1]
