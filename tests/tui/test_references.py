"""Where the learner refers to a criterion, one key away from the criterion; and files that are no text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

import pytest

from markterm.evidence.text.passages import Extent
from markterm.tui.evidence.reading_line import ReadingLine
from tests.centres import make_centre_in
from tests.evidence.made import docx, paragraph
from tests.evidence.made_more import eml
from tests.tui.sitting import sitting


def _with_references(folder: Path) -> Path:
    centre = make_centre_in(folder)
    evidence = centre / "learners" / "AAA1" / "evidence"
    filling = "\n\n".join(f"Line {number} of my day." for number in range(60))
    (evidence / "story.md").write_text(f"# Story\n\n{filling}\n\nI descaled it too. (T-101: 1.1)\n", "utf-8")
    plan = docx(paragraph("How I warm the pot (T-101: 1.2)."))
    (evidence / "witness.eml").write_bytes(eml("My plan.", files=[("plan.docx", plan)]))
    return centre


async def test_e_goes_to_the_passage_that_refers_to_the_criterion(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=_with_references, learner="AAA1") as at:
        await at.until(lambda: "Referenced" in at.text)
        await at.press("e")
        await at.until(lambda: "I descaled it too" in at.text)
        assert "story.md" in at.text


@pytest.mark.long
async def test_a_reference_in_a_file_of_an_email_is_found_and_opened(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=_with_references, learner="AAA1") as at:
        await at.until(lambda: "Referenced" in at.text)
        await at.press("j", "e")
        await at.until(lambda: "How I warm the pot" in at.text and "witness.eml/plan.docx" in at.text)


@pytest.mark.long
async def test_a_criterion_that_nobody_refers_to_says_so(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=_with_references, learner="AAA1") as at:
        await at.until(lambda: "Referenced" in at.text)
        await at.press("j", "j", "e")
        assert any("No passage refers to" in told for told in at.told)


def _with_a_log(folder: Path) -> Path:
    """A label, a table and a footnote for 1.1; an outcome for the whole file; and a criterion of nobody's unit."""
    centre = make_centre_in(folder)
    evidence = centre / "learners" / "AAA1" / "evidence"
    (evidence / "diary.md").write_text("Nothing here.\n", "utf-8")
    (evidence / "log.md").write_text(
        "# Log\n\nFor T-101 LO1\n\n## Morning\n\n(T-101: 1.1)\n\nI **boiled** the water.\n\n## Noon\n\n"
        "| T-101 | What |\n|---|---|\n| AC 1.1 | It boiled over. |\n\n## Warmer\n\nI warmed the pot.\n\n(AC 7.7)\n",
        "utf-8",
    )
    return centre


@pytest.mark.long
async def test_walking_through_the_references_says_which_one_it_is(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=_with_a_log, learner="AAA1") as at:
        await at.until(lambda: "Referenced in 2 passages" in at.text)
        assert "**" not in at.text
        await at.until(lambda: "reference 1 of 2" in at.text and "▌  I boiled the water." in at.text)
        await at.press("e")
        await at.until(lambda: "reference 2 of 2" in at.text)
        assert at.app.marking.work.reader.pane.passage is not None
        assert at.app.marking.work.reader.pane.passage.quote == "AC 1.1 | It boiled over."
        await at.press("J")
        assert "reference 2 of 2" not in at.text


@pytest.mark.long
async def test_the_evidence_follows_the_criterion_unless_that_is_set_otherwise(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=_with_a_log, learner="AAA1") as at:
        await at.until(lambda: "reference 1 of 2" in at.text and "▌  I boiled the water." in at.text)
        await at.press("j")
        await at.until(lambda: "reference 1 of 1" in at.text and "▌  I warmed the pot." in at.text)
        own = at.app.marking.work.settings
        own.change(replace(own.now, evidence_follows=False))
        await at.press("k")
        assert "▌  I warmed the pot." in at.text


@pytest.mark.long
async def test_where_the_evidence_is_not_in_sight_e_shows_what_was_gone_to_by_itself(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=(60, 24), make=_with_a_log, learner="AAA1") as at:
        await at.until(lambda: at.app.marking.work.evidence.references is not None)
        await at.settled()
        assert "reference 1 of 2" not in at.text
        await at.press("e")
        assert "reference 1 of 2" in at.text
        await at.press("c")
        assert at.events()[-1].body["quote"] == "I boiled the water."


@pytest.mark.long
async def test_whoever_has_begun_to_read_is_not_torn_away_when_the_references_come(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=_with_references, learner="AAA1") as at:
        work = at.app.marking.work
        await at.until(lambda: "reference 1 of 1" in at.text)
        found = work.evidence.references
        assert found is not None
        for moved in ((), ("J",)):
            work.evidence.open()
            await work.evidence.opened()
            await at.press(*moved)
            work.take_references(ReadingLine.ReferencesFound("AAA1", found))
            await at.settled()
            assert ("reference 1 of 1" in at.text) is not bool(moved)


@pytest.mark.long
async def test_which_reference_it_is_counts_those_that_came_since(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=_with_references, learner="AAA1") as at:
        work = at.app.marking.work
        await at.until(lambda: "reference 1 of 1" in at.text)
        found = work.evidence.references
        assert found is not None
        (passage,) = work.evidence.references_of(work.place)
        better = replace(passage, extent=Extent(0, 0))
        for known, told in (((better, passage), "reference 2 of 2"), ((better,), "")):
            more = Mock(wraps=found)
            more.for_criterion = Mock(return_value=known)
            work.take_references(ReadingLine.ReferencesFound("AAA1", more))
            await at.settled()
            assert told in at.text
        assert "reference 1 of" not in at.text


@pytest.mark.long
async def test_what_is_typed_at_once_behind_a_mark_cites_what_the_next_criterion_refers_to(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=_with_a_log, learner="AAA1") as at:
        await at.until(lambda: "reference 1 of 2" in at.text)
        await at.burst("c", "p", "c", "p")
        cited = [(e.subject.criterion, e.body["quote"]) for e in at.events() if e.kind == "cited"]
        assert cited == [("1.1", "I boiled the water."), ("1.2", "I warmed the pot.")]


@pytest.mark.long
async def test_a_reference_to_a_criterion_that_nobody_has_is_listed(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=_with_a_log, learner="AAA1") as at:
        await at.until(lambda: "Referenced in 2 passages" in at.text)
        await at.press("ctrl+p")
        await at.type("evidence references")
        await at.press("enter")
        await at.until(lambda: "Not of any unit of this learner" in at.text)
        assert "criterion 7.7  log.md:19  I warmed the pot." in at.text


def _with_a_mail_in_a_mail(folder: Path) -> Path:
    centre = make_centre_in(folder)
    statement = eml("See attached.", files=[("statement.txt", b"I saw her warm the pot.")])
    (centre / "learners" / "AAA1" / "evidence" / "sent.eml").write_bytes(eml("Fwd", files=[("inner.eml", statement)]))
    return centre


@pytest.mark.long
async def test_files_within_files_are_listed_and_opened(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=_with_a_mail_in_a_mail, learner="AAA1") as at:
        await at.until(lambda: "1/4" in at.text)
        await at.press("E")
        await at.until(lambda: "statement.txt" in at.text)
        await at.press("down", "down", "down", "enter")
        await at.until(lambda: "I saw her warm the pot." in at.text and "4/4" in at.text)


def _with_what_programs_leave(folder: Path) -> Path:
    centre = make_centre_in(folder)
    evidence = centre / "learners" / "AAA1" / "evidence"
    (evidence / "~$diary.docx").write_bytes(b"x")
    (evidence / "0 plan.gdoc").write_bytes(b'{"url": "https://docs.google.com/open?id=1x"}')
    return centre


@pytest.mark.long
async def test_what_is_no_evidence_is_named_with_the_files_and_a_link_is_not_opened_first(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=_with_what_programs_leave, learner="AAA1") as at:
        await at.until(lambda: "diary.md  2/2" in at.text)
        await at.press("E")
        await at.until(lambda: "left out: 1 file that a program left behind: ~$diary.docx" in at.text)
        assert "a link, no document" in at.text
        await at.press("escape")
        await at.until(lambda: "left out" not in at.text)
        await at.press("left_square_bracket")
        await at.until(lambda: "https://docs.google.com/open?id=1x" in at.text)
        assert "It is not a document" in at.text
