"""Passages: what one key cites, and where its words are found again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.record.citation import LONGEST_QUOTE
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import clean
from markterm.evidence.converted import Converted, Place
from markterm.evidence.folder import EvidenceKind
from markterm.evidence.text.document import EvidenceDocument
from markterm.evidence.text.passages import Extent, cite_lines, extent, find_again
from markterm.evidence.text_file import EvidenceText

DIARY = """\
# Diary

## Second session

I met **Sam** for
ninety minutes.

- We agreed goals.
- We set a date.

| Day | Hours |
|-----|-------|
| Mon | 1.5   |
| Tue | 2     |
"""


def document(source: str, kind: EvidenceKind = EvidenceKind.MARKDOWN, *places: Place) -> EvidenceDocument:
    return EvidenceDocument.of(EvidenceText(source, 0, "aa" * 32), kind, Converted(source, places))


def passage_at(source: str, line: int, kind: EvidenceKind = EvidenceKind.MARKDOWN) -> Extent:
    read = document(source, kind)
    blocks = read.blocks(read.chunk_at(read.line_start(line)))
    return extent(next(block for block in blocks if block.first <= line <= block.last), line)


def quote(source: str, first: int, last: int, kind: EvidenceKind = EvidenceKind.MARKDOWN) -> str:
    return cite_lines(document(source, kind), "diary.md", Extent(first, last)).quote


@pytest.mark.parametrize(
    ("line", "found", "words"),
    [
        (0, Extent(0, 0), "Diary"),
        (4, Extent(4, 5), "I met Sam for ninety minutes."),
        (5, Extent(4, 5), "I met Sam for ninety minutes."),
        (8, Extent(8, 8), "We set a date."),
        (12, Extent(12, 12), "Mon | 1.5"),
    ],
)
def test_a_passage_is_what_is_read_as_one(line: int, found: Extent, words: str) -> None:
    assert passage_at(DIARY, line) == found
    assert quote(DIARY, *found) == words


def test_a_citation_says_where_it_stands() -> None:
    read = document(DIARY, EvidenceKind.CONVERTED, Place(0, "page 1"), Place(4, "page 2"))
    cited = cite_lines(read, "diary.docx", Extent(4, 5))
    assert (cited.first, cited.last, cited.place, cited.headings) == (5, 6, "page 2", ("Diary", "Second session"))
    assert (cited.file, cited.sha256) == ("diary.docx", "aa" * 32)


def test_several_passages_are_cited_as_one() -> None:
    assert quote(DIARY, 4, 8) == "I met Sam for ninety minutes. We agreed goals. We set a date."


def test_plain_text_is_cited_between_blank_lines() -> None:
    text = "one\ntwo\n\nthree\n"
    assert passage_at(text, 1, EvidenceKind.TEXT) == Extent(0, 1)
    assert quote(text, 0, 1, EvidenceKind.TEXT) == "one two"
    assert quote(text, 1, 1, EvidenceKind.TEXT) == "two"


def test_a_very_long_passage_is_quoted_up_to_a_limit() -> None:
    cited = quote("word " * 2_000, 0, 0)
    assert len(cited) == LONGEST_QUOTE
    assert cited.endswith("…")


@pytest.mark.parametrize("lines", [Extent(1, 1), Extent(500, 600)])
def test_lines_without_words_are_not_cited(lines: Extent) -> None:
    with pytest.raises(WrongUse, match="it has 14 lines"):
        cite_lines(document(DIARY), "diary.md", lines)


def test_words_are_found_where_they_stood() -> None:
    read = document(DIARY)
    assert find_again(read, cite_lines(read, "diary.md", Extent(4, 5))) == Extent(4, 5)


def test_words_that_moved_are_found_again() -> None:
    cited = cite_lines(document(DIARY), "diary.md", Extent(4, 5))
    moved = document("Something new.\n\n" * 300 + DIARY.replace("for\nninety", "for ninety"))
    assert find_again(moved, cited) == Extent(604, 604)


def test_words_that_went_are_not_found() -> None:
    cited = cite_lines(document(DIARY), "diary.md", Extent(4, 5))
    assert find_again(document(DIARY.replace("Sam", "Kim")), cited) is None
    assert find_again(document(""), cited) is None


def test_a_long_quote_is_found_by_its_beginning() -> None:
    read = document("intro\n\n" + "word " * 2_000)
    cited = cite_lines(read, "diary.md", Extent(2, 2))
    assert find_again(read, replace(cited, first=1, last=1)) == Extent(2, 2)


@pytest.mark.parametrize(
    "now",
    [
        "The client’s **own** goal -- re\u0301sum\u00e9 of the o\ufb03ce.",
        "The client's own goal\n\\- \u201cresume\u201d of the office\\.",
        "*The client&#8217;s own* goal, résumé of\u00a0the office.",
        "The client's own go\u00adal (resume of the office).",
    ],
)
def test_words_are_found_whatever_a_reader_says_of_marks_and_signs(now: str) -> None:
    cited = cite_lines(document("The client's own goal: resume of the office."), "diary.md", Extent(0, 0))
    moved = document(f"# Title\n\nSomething new.\n\n{clean(now).text}\n\nAnd more.")
    found = find_again(moved, replace(cited, sha256="bb" * 32))
    assert found is not None
    assert found.first == 4


def test_of_the_very_file_that_was_cited_most_of_the_words_are_enough() -> None:
    was = "| Mon | Asked her what she needed from me | 1.5 | 2008-06-30 |"
    read = document(f"| Day | What | Hours | Date |\n|---|---|---|---|\n| Sun | {'x ' * 9} | 1 | y |\n{was}")
    cited = cite_lines(read, "log.xlsx", Extent(3, 3))
    now = document(
        "# Log\n\n| Day | What | Hours | Date |\n|---|---|---|---|\n" + was.replace("2008-06-30", "30/06/08")
    )
    assert find_again(now, cited) == Extent(4, 4)
    assert find_again(now, replace(cited, sha256="bb" * 32)) is None


def test_no_word_is_found_within_another() -> None:
    cited = cite_lines(document("Art."), "diary.md", Extent(0, 0))
    for text in ("Carts and starting.", "An apple cart.", "Article one."):
        assert find_again(document(text), replace(cited, sha256="bb" * 32)) is None
    assert find_again(document("Carts, art and more."), replace(cited, sha256="bb" * 32)) == Extent(0, 0)


def test_of_the_same_words_those_nearest_to_where_they_stood_are_meant() -> None:
    text = "Yes, we did.\n\n" + "Something else.\n\n" * 5 + "Yes, we did.\n\n"
    cited = cite_lines(document(text), "diary.md", Extent(12, 12))
    assert find_again(document("A new line.\n\n" + text), cited) == Extent(14, 14)


_LINES = st.lists(
    st.sampled_from(["", "# Title", "words here", "- an item", "| a | b |", "|---|---|", "> said", "    x"])
)


@given(_LINES, st.sampled_from([EvidenceKind.MARKDOWN, EvidenceKind.TEXT]), st.data())
def test_whatever_was_cited_is_found_again(lines: list[str], kind: EvidenceKind, data: st.DataObject) -> None:
    read = document("\n".join(lines), kind)
    line = data.draw(st.integers(0, max(len(lines) - 1, 0)))
    try:
        cited = cite_lines(read, "x.md", Extent(line, line))
    except WrongUse:
        return
    found = find_again(read, cited)
    assert found is not None
    assert found.holds(line)
