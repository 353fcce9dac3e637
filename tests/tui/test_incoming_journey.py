"""From a register and a download to the first unit that is marked, by keyboard in a terminal of 80 by 24."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.centre.new_centre import make_centre
from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.policy import Policy
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.event import Kind
from markterm.sheets.shipped import shipped_mark_sheets
from tests.tui.sitting import NARROW, Sitting, sitting
from tests.whole_way import FIRST, register, submissions

_ASHA = Member("asha", "Asha Patel", frozenset({Role.ASSESSOR}), units=frozenset({"8580-501"}))
_LONG_PATH = 50
_MOST_KEYS = 400
"""Paths and the words of the account are some 200 of them: at two keys a second it is all done in less than four
minutes."""
_ACCOUNT = "records of assessment/unit 8580-501/2026-03-02 professional discussion.md"


def _empty(path: Path) -> Path:
    make_centre(path, CentreDetails("012345", "Northgate Training", "", (_ASHA,), Policy()), shipped_mark_sheets())
    return path


class _Counting:
    """Presses keys, and counts them."""

    def __init__(self, at: Sitting) -> None:
        self._at = at
        self.keys = 0

    async def press(self, *keys: str) -> None:
        self.keys += len(keys)
        await self._at.press(*keys)

    async def type(self, text: str) -> None:
        self.keys += len(text)
        await self._at.type(text)


@pytest.mark.long
async def test_a_centre_of_forty_is_registered_receives_and_marks_its_first_unit_with_both_cited(
    tmp_path: Path,
) -> None:
    register(tmp_path / "register.csv")
    submissions(tmp_path / "moodle.zip")
    (tmp_path / "form.txt").write_text("Signed: Rosalind Jones", "utf-8")
    async with sitting(tmp_path, size=NARROW, make=_empty) as at:
        by = _Counting(at)
        await by.press("N", "j", "enter")
        await by.type(str(tmp_path / "register.csv"))
        await by.press("enter")
        await at.shows("A register: 40 new")
        await by.press("enter", "j", "enter")
        await at.shows("40 learners registered")
        await by.press("R")
        await by.type(str(tmp_path / "moodle.zip"))
        await by.press("enter")
        await at.shows("What came in: 40 files: 40 sure")
        await by.press("enter", "j", "enter")
        await at.shows("40 files of 40 learners received.")
        await at.shows("40 with new files")
        await by.press("d", "j", "enter", "j", "enter")
        await by.type("2030-01-31")
        await by.press("enter")
        await at.until(lambda: any("due on 2030-01-31 for 40 learners" in each for each in at.told))
        await by.press("slash")
        await by.type("rosalind jones due:2030-01-31 state:new")
        await by.press("enter")
        assert "1 of 40 learners" in at.text
        queued = by.keys
        await by.press("enter")
        await at.opened(FIRST)
        assert at.at == "8580-501 1.1", "the unit that is due, and for which the new file is"
        await at.shows("1.1 I agreed the goals with 2 people")
        await by.press("p")
        await at.until(lambda: at.decided(FIRST) == ["1.1 pass"])
        assert by.keys - queued <= 2, "from the queue to the first decision on new work"
        await by.press("k", "c")
        await by.press("i")
        await by.type("disc")
        await by.press("tab", "ctrl+u")
        await by.type("2026-03-02")
        await by.press("tab")
        await by.type("Room 4")
        await by.press("tab")
        await by.type("20")
        await by.press("enter")
        await by.type("She said how she agrees the goals.")
        await by.press("enter")
        await at.until(lambda: at.events(FIRST)[-1].kind == Kind.ACCOUNT)
        await by.press("i", "j", "enter", "tab", "tab", "tab")
        await by.type(str(tmp_path / "form.txt"))
        await by.press("enter")
        await at.until(lambda: at.events(FIRST)[-1].body.get("said_by") == "Rosalind Jones")
        # The bar stands where the download was cited; to the account, which was read meanwhile, it goes from there.
        await at.shows("reference 2 of 2")
        await by.press("e", "c")
        await by.press("j", *"ppppppppppp")
        await by.press("D", "enter", "enter", "F", "enter", "y")
        await at.until(lambda: at.events(FIRST)[-1].kind == Kind.CLOSED)
        shown = at.as_other("asha").learners.portfolio(FIRST)
        unit = shown.portfolio.unit(shown.unit("501").key)
        cited = sorted(each.passage.file for each in unit.criterion("1.1").citations)
        assert cited == ["Rosalind Jones_620100_assignsubmission_file_/unit 501.md", _ACCOUNT]
        assert unit.closing is not None
        assert len(at.decided(FIRST)) == 12
        assert "confirmed by Rosalind Jones" in shown.portfolio.accounts.in_words(_ACCOUNT, lambda member, _: member)
        # Three times a path is typed, which is as long as the machine has it.
        assert by.keys - 3 * len(str(tmp_path)) < _MOST_KEYS - 3 * _LONG_PATH, by.keys
