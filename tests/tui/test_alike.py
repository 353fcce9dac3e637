"""What learners' work has in common, at the screen: side by side, with a case opened on it, and hidden from others."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from markterm.centre.alike import AlikeWork
from markterm.domain.record.bodies.cases import CaseAbout
from markterm.domain.record.citation import Passage
from markterm.domain.views.alike import AlikePair, AlikePassage, AlikeSeen, Holder, SharedByMany, Side
from markterm.tui.alike.side_by_side import rows_of
from tests.centre.test_alike import OWN, hand_in
from tests.centres import make_centre_in
from tests.domain.test_shared_passages import TAKEN
from tests.tui.sitting import NARROW, WIDE, sitting


def copied(path: Path) -> Path:
    """A centre where one learner copied a passage of another's."""
    make_centre_in(path, {"AAA1": "Rosalind Jones", "BBB2": "Nneka Okafor"})
    hand_in(path, "AAA1", "diary.md", f"{OWN[0]}\n\n{TAKEN}\n")
    hand_in(path, "BBB2", "diary.md", f"{OWN[1]}\n\n{TAKEN.replace('awkward', 'simple')}\n")
    return path


async def test_a_passage_stands_side_by_side_and_a_case_is_opened_of_one_of_each(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="ines", size=NARROW, make=copied) as at:
        await at.press("3", "equals_sign")
        await at.shows("1 pair · 2 learners · as ines")
        assert "33 words in 1 passage" in at.text
        (row,) = (line for line in at.lines if "simple" in line)
        assert "awkward question about" in row
        assert "simple question about" in row
        await at.press("n", "c", "down", "down", "down", "enter")
        await at.type("Word for word.")
        await at.press("enter")
        await at.until(lambda: len(at.as_other("ines").cases.of("BBB2")) == 1)
        (own,) = at.as_other("ines").cases.of("AAA1")
        assert own.case.first.text.startswith("Word for word.")
        assert "BBB2" not in own.case.first.text


@pytest.mark.long
async def test_where_a_case_of_one_of_both_is_open_already_no_case_is_opened(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="ines", size=WIDE, make=copied) as at:
        at.as_other("ines").cases.open("BBB2", CaseAbout.MALPRACTICE, "Seen before.")
        await at.press("3", "equals_sign")
        await at.shows("1 pair · 2 learners · as ines")
        await at.press("n", "c", "down", "down", "down", "enter")
        await at.type("Word for word.")
        await at.press("enter")
        await at.shows("It is open already")
        assert not [told for told in at.told if "opened" in told]
        assert at.as_other("ines").cases.of("AAA1") == ()


def test_the_same_words_have_a_style_and_the_others_none_and_every_row_has_the_width() -> None:
    sides = [
        Side(who, who, Passage("a.md", "c" * 64, 1, 1, ""), f"a {word} question about pay", ((0, 1), (9, 27)))
        for who, word in (("A", "simple"), ("B", "bitter"))
    ]
    passages = (AlikePassage(sides[0], sides[1], 4, 3, 2, 9),) * 20
    for width in (78, 158):
        rows = rows_of(AlikePair("A", "A", "B", "B", passages), width)
        assert {row.passage for row in rows} == set(range(20))
        words = [row.pieces for row in rows if any("question" in text for text, _ in row.pieces)]
        assert len(words) == 20
        assert {sum(cell_len(text) for text, _ in row) for row in words} <= {width, width - 1}
        styles = {text.strip(): style for text, style in words[0]}
        assert styles["question about pay"] == "alike--same"
        assert styles["simple"] == styles["bitter"] == ""


async def test_what_many_share_is_told_at_a_glance_and_a_key_reads_who_has_it_and_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    holders = tuple(Holder(f"E{number:02}", f"Learner {number}", "diary.md") for number in range(14))
    passage = Passage("diary.md", "c" * 64, 5, 5, TAKEN)
    seen = AlikeSeen((), read=14, of=14, many=(SharedByMany(holders, passage, TAKEN, 33),) * 2)
    monkeypatch.setattr(AlikeWork, "look", lambda *_: iter([seen]))
    async with sitting(tmp_path, member="ines", size=NARROW, make=make_centre_in) as at:
        await at.press("3", "equals_sign")
        await at.shows("14 learners share this passage of 33 words")
        told = " ".join(at.text.split())
        assert "No pair that is to be shown. 14 learners share this passage of 33 words" in told
        assert "m tells who and where, and 1 more passage." in told
        await at.press("m")
        await at.shows("Shared by many")
        assert "E00 diary.md:5: “" in at.text
        assert "E09 diary.md" in at.text


async def test_who_may_not_see_it_is_told_that_there_is_something_and_not_what(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="ben", size=WIDE, make=copied) as at:
        await at.press("3", "equals_sign")
        await at.shows("Verifiers see which")
        assert "AAA1" not in at.text
        assert "boiler" not in at.text
        await at.press("c")
        assert "no pair" in at.told[-1]
