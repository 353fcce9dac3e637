"""Citing at the screen: the passage with the bar, the criterion under the cursor, and the way between them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.centres import make_centre_in
from tests.evidence.made_more import pdf
from tests.tui.sitting import NARROW, WIDE, Sitting, sitting

SIZES = pytest.mark.parametrize("size", [NARROW, pytest.param(WIDE, marks=pytest.mark.long)], ids=["narrow", "wide"])

DIARY = """\
# Diary

## Monday

The kettle boiled at eight. (AC 1.1)

## Tuesday

I warmed the pot. (AC 1.2)

I poured the tea. (AC 2.1)
"""


def with_references(folder: Path) -> Path:
    make_centre_in(folder)
    evidence = folder / "learners" / "AAA1" / "evidence"
    evidence.mkdir(parents=True, exist_ok=True)
    (evidence / "diary.md").write_text(DIARY, "utf-8")
    return folder


def _cited(at: Sitting) -> list[tuple[str | None, str]]:
    """Criterion and words of every citation on the disk."""
    return [(e.subject.criterion, str(e.body["quote"])) for e in at.events() if e.kind == "cited"]


@SIZES
async def test_go_to_the_reference_cite_pass(tmp_path: Path, size: tuple[int, int]) -> None:
    async with sitting(tmp_path, size=size, make=with_references, learner="AAA1") as at:
        await at.press("e", "c")
        assert _cited(at) == [("1.1", "The kettle boiled at eight. (AC 1.1)")]
        assert "1¶" in at.text
        await at.press("p")
        decided = at.events()[-1]
        assert decided.body["citations"] == [at.events()[0].uid]
        assert at.at == "T-101 1.2"
        await at.press("e", "c", "p")
        assert _cited(at)[-1] == ("1.2", "I warmed the pot. (AC 1.2)")


@pytest.mark.long
async def test_a_passage_is_cited_after_the_decision_and_taken_back(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, make=with_references, learner="AAA1") as at:
        await at.press("p", "k", "c")
        assert _cited(at) == [("1.1", "The kettle boiled at eight. (AC 1.1)")]
        assert "diary.md, line 5, Monday" in at.text
        assert "▌¶ The kettle boiled" in at.text
        await at.press("c")
        assert [event.kind for event in at.events()] == ["decided", "cited", "withdrawn"]
        assert "¶ The kettle" not in at.text
        assert at.decided() == ["1.1 pass"]
        assert "✓ pass" in at.text


@pytest.mark.long
async def test_enter_goes_from_the_criterion_to_its_passages_and_back(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, make=with_references, learner="AAA1") as at:
        await at.press("e", "c", "j", "K", "K", "c", "j")
        assert [criterion for criterion, _ in _cited(at)] == ["1.1", "1.2"]
        await at.press("enter")
        assert any("Nothing is cited for this criterion yet" in told for told in at.told)
        await at.press("home", "enter")
        assert "▌¶ The kettle boiled" in at.text
        assert "¶ 101 1.1, 101 1.2" in at.text, "a passage shows all that cite it"
        await at.press("enter")
        assert at.at == "T-101 1.2"
        await at.press("enter", "enter")
        assert at.at == "T-101 1.1"


@pytest.mark.long
async def test_several_passages_are_cited_as_one(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, make=with_references, learner="AAA1") as at:
        await at.press("K", "v", "J")
        assert "selecting" in at.text
        await at.press("c")
        assert _cited(at) == [("1.1", "Monday The kettle boiled at eight. (AC 1.1)")]
        assert "selecting" not in at.text


async def test_a_citation_follows_a_renamed_file_and_says_when_it_changed(tmp_path: Path) -> None:
    evidence = tmp_path / "centre" / "learners" / "AAA1" / "evidence"
    async with sitting(tmp_path, size=WIDE, make=with_references, learner="AAA1") as at:
        await at.press("e", "c")
    (evidence / "diary.md").rename(evidence / "my diary.md")
    async with sitting(tmp_path, size=WIDE, make=with_references, learner="AAA1") as at:
        assert "now my diary.md" in at.text
        await at.press("enter")
        assert "▌¶ The kettle boiled" in at.text
    (evidence / "my diary.md").write_text(DIARY.replace("The kettle", "The urn"), "utf-8")
    (evidence / "my diary.md").rename(evidence / "diary.md")
    async with sitting(tmp_path, size=WIDE, make=with_references, learner="AAA1") as at:
        assert "! changed since" in at.text
        assert "“The kettle boiled" in at.text, "the old words"
        await at.press("enter")
        await at.until(lambda: "diary.md changed since. These were the words: “The kettle boiled" in at.text)
    (evidence / "diary.md").unlink()
    async with sitting(tmp_path, size=WIDE, make=with_references, learner="AAA1") as at:
        assert "! not there any more" in at.text
        await at.press("enter")
        assert "These were the words: “The kettle boiled" in at.text


@pytest.mark.long
async def test_a_closed_unit_takes_no_citation(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, make=with_references, learner="AAA1") as at:
        await at.press("p", "p", "p", "D", "enter", "enter", "F", "enter", "y")
        await at.settled()
        before = at.events()
        await at.press("c")
        assert at.events() == before
        assert "The unit is closed" in at.text + " ".join(at.told)


@pytest.mark.long
async def test_without_evidence_there_is_nothing_to_cite(tmp_path: Path) -> None:
    for file in (with_references(tmp_path / "centre") / "learners" / "AAA1" / "evidence").iterdir():
        file.unlink()
    async with sitting(tmp_path, size=WIDE, learner="AAA1") as at:
        await at.press("c")
        assert at.events() == ()
        assert any("no words to cite" in told for told in at.told)


@pytest.mark.long
async def test_what_changed_since_the_submission_is_said(tmp_path: Path) -> None:
    evidence = tmp_path / "centre" / "learners" / "AAA1" / "evidence"
    async with sitting(tmp_path, size=WIDE, make=with_references, learner="AAA1") as at:
        other = at.as_other("asha")
        other.attempts.submit("AAA1", "T-101")
        other.close_down()
    (evidence / "late.md").write_text("Late.", "utf-8")
    async with sitting(tmp_path, size=WIDE, make=with_references, learner="AAA1") as at:
        assert any("since T-101 was submitted: 1 added" in told for told in at.told)
        await at.press("E")
        assert "added since T-101 was submitted" in at.text or "added since 101 was submitted" in at.text


@pytest.mark.long
@SIZES
async def test_u_straight_after_a_citation_takes_the_citation_back(tmp_path: Path, size: tuple[int, int]) -> None:
    async with sitting(tmp_path, size=size, make=with_references, learner="AAA1") as at:
        await at.press("p", "home", "e", "c", "u")
        assert [event.kind for event in at.events()] == ["decided", "cited", "withdrawn"]
        assert at.events()[-1].supersedes == (at.events()[1].uid,)
        assert any("Taken back: the citation for T-101 1.1: diary.md, line 5, Monday" in told for told in at.told)
        assert at.events()[-1].body["reason"] == "citation taken back: slip"
        await at.press("u")
        assert at.events()[-1].supersedes == (at.events()[0].uid,), "and then the decision before it"


@pytest.mark.long
@SIZES
async def test_a_citation_whose_file_is_gone_can_be_taken_back(tmp_path: Path, size: tuple[int, int]) -> None:
    async with sitting(tmp_path, size=size, make=with_references, learner="AAA1") as at:
        await at.press("e", "c")
    for file in (tmp_path / "centre" / "learners" / "AAA1" / "evidence").iterdir():
        file.unlink()
    async with sitting(tmp_path, size=size, learner="AAA1") as at:
        await at.until(lambda: at.app.marking.work.evidence.fingerprints.known is not None)
        await at.press("home", "enter")
        assert "diary.md is not there any more." in at.text
        assert "Take it back; it stays in the record" in at.text
        await at.press("enter")
        assert [event.kind for event in at.events()] == ["cited"]
        await at.press("enter", "j", "enter")
        assert [event.kind for event in at.events()] == ["cited", "withdrawn"]
        assert "¶" not in at.text


@pytest.mark.long
async def test_c_takes_back_what_is_marked_as_cited_though_the_file_changed_elsewhere(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, make=with_references, learner="AAA1") as at:
        await at.press("e", "c")
    diary = tmp_path / "centre" / "learners" / "AAA1" / "evidence" / "diary.md"
    diary.write_text(DIARY + "\nOne line more.\n", "utf-8")
    async with sitting(tmp_path, size=WIDE, make=with_references, learner="AAA1") as at:
        await at.press("home", "enter")
        await at.until(lambda: "¶ 101 1.1" in at.text)
        await at.press("c")
        assert [event.kind for event in at.events()] == ["cited", "withdrawn"]


def _two_pages(folder: Path) -> Path:
    with_references(folder)
    (folder / "learners" / "AAA1" / "evidence" / "diary.md").unlink()
    (folder / "learners" / "AAA1" / "evidence" / "log.pdf").write_bytes(pdf((["First page."], ["Second page."])))
    return folder


@pytest.mark.long
async def test_the_place_is_that_of_the_bar_and_not_of_the_top_of_the_page(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=_two_pages, learner="AAA1") as at:
        await at.until(lambda: "page 1" in at.text and "Second page." in at.text)
        await at.press("J")
        await at.until(lambda: "page 2" in at.text and "▌  Second page." in at.text)
        assert "page 1" not in at.text
        await at.press("c")
        (cited,) = at.events()
        assert cited.body["place"] == "page 2"
