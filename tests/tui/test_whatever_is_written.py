"""Whatever a learner writes is parsed, set out, cited, found, compared and looked through for references.

Here nothing catches what fails: the panes show raw lines then, and nobody should ever see them.
"""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.centre import differences
from markterm.centre.differences import TextDifference
from markterm.centre.evidence import Evidence
from markterm.centre.folder import CentreFolder
from markterm.domain.texts import evidence_reference
from markterm.domain.texts.difference import difference
from markterm.domain.texts.evidence_reference import find_references
from markterm.domain.texts.file_change import FileChange, FileFate
from markterm.domain.texts.reference_runs import read_runs
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import clean
from markterm.evidence.folder import EvidenceKind
from markterm.evidence.text import markdown, reading
from markterm.evidence.text.chunks import cut_markdown
from markterm.evidence.text.document import EvidenceDocument
from markterm.evidence.text.parsing import parse_chunk
from markterm.evidence.text.passages import Extent, cite_lines, find_again
from markterm.evidence.text.portfolio_find import find_in_files
from markterm.evidence.text_file import EvidenceText
from markterm.sheets.unit_sheet import read_unit
from markterm.tui.differences.view import Layout
from markterm.tui.evidence.layout import lay_out
from markterm.tui.evidence.view import TOP, EvidenceView
from tests.centres import UNITS
from tests.evidence.made import evidence

TEXTS = sorted((Path(__file__).parents[1] / "data" / "demo_evidence").iterdir())
ON = [unit for sheet in UNITS.values() if (unit := read_unit(sheet).sheet) is not None]
# fmt: off
PIECES = (
    "# ", "## ", "\n", "\n\n", "\n    ", "- ", "1. ", "> ", "*", "**", "~~", " | ", "\n|--|--|\n", "\n---\n", "\n===\n",
    "\t", "\\", "`", "```\n", "<b>", "<!-- ", "-->", "<div>", "<script>", "[", "](", ")", "][", "]: ", "![", "[^", "]:",
    "&#27;", "&nbsp;", "\u00a0", "\u3000", "\u2028", "\u202e", "\U0001f468\u200d\U0001f469", "漢字", "e\u0301", "[x] ",
    "| a | b |\n|---|---|\n", "(T-101: 1.1) ", "AC 1.1 to 9.9 ", "word " * 300, "x" * 9000, "| " * 300,
    "| 1 | 2 |\n" * 300, "\n" * 3000,
)
# fmt: on
CHANGES = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), st.sampled_from(("", *PIECES))), max_size=25)


def changed(text: str, changes: list[tuple[float, int, str]]) -> str:
    for place, cut, piece in changes:
        at = int(place * len(text))
        text = text[:at] + piece + text[at + cut :]
    return clean(text[:60_000]).text


def go_through(source: str, before: str, width: int) -> None:
    cut = cut_markdown(source)
    known = markdown.references(cut.definitions)
    for chunk in cut.chunks:
        for row in lay_out(parse_chunk(chunk, source, known), width):
            assert "\n" not in "".join(part.text for part in row.parts)
    document = EvidenceDocument.of(EvidenceText(source, 0, "aa" * 32), EvidenceKind.MARKDOWN)
    view, place = EvidenceView(document, width), TOP
    for line in range(0, len(document.line_starts) + 2, max(len(document.line_starts) // 5, 1)):
        place = view.moved(view.place_of_line(line), 7)
        view, place = view.resized(width + line % 9, place)
        assert 0 <= view.fraction(place) <= 1
        list(view.page(place, 9))
        try:
            passage = cite_lines(document, "diary.md", Extent(line, line + 3))
        except MarkTermError:
            continue  # there are no words
        assert find_again(document, passage) is not None
    for words in (*source.split()[:2], "a", "* |", " ".join(source.split()[3:6])):
        for found in find_in_files([("diary.md", document)], words, 5):
            assert [found.place(number).words for number in range(len(found.matches))]
    assert not find_references([("R Jones-AAA1-012345-T-101(1).md", source)], ON).failed
    told = TextDifference(FileChange(FileFate.CHANGED, "a", "b"), difference(before, source), "", document, document)
    for whole in (False, True):
        Layout.of(told, width, whole=whole)


@pytest.mark.long
@given(st.sampled_from(TEXTS), CHANGES, st.integers(1, 120))
def test_a_real_text_changed_in_any_way_goes_through(
    path: Path, changes: list[tuple[float, int, str]], width: int
) -> None:
    text = clean(path.read_text("utf-8")).text
    go_through(changed(text, changes), text, width)


@given(st.lists(st.sampled_from((*PIECES, "w ", "1.1 ")), max_size=80), st.integers(1, 120))
def test_any_text_goes_through(pieces: list[str], width: int) -> None:
    go_through(clean("".join(pieces)[:60_000]).text, "w 1.1\n", width)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(20))
def test_many_texts_go_through(seed: int) -> None:
    random = Random(seed)
    for _ in range(40):
        text = clean(random.choice(TEXTS).read_text("utf-8")).text
        changes = [(random.random(), random.randrange(40), random.choice(PIECES)) for _ in range(random.randrange(40))]
        go_through(changed(text, changes), text, random.randint(1, 200))


# Where it fails all the same, one file takes nothing from the others.


def fails(*_: object, **__: object) -> NoReturn:
    raise IndexError("Rosalind Jones")


def test_a_text_that_cannot_be_looked_through_is_named_and_the_others_are(monkeypatch: pytest.MonkeyPatch) -> None:
    read = read_runs

    def read_or_fail(text: str, *more: object) -> object:
        return read(text, *more) if "sound" in text else fails()  # type: ignore[arg-type]  # as it is called

    monkeypatch.setattr(evidence_reference, "read_runs", read_or_fail)
    found = find_references([("a.md", "broken (T-101: 1.1)"), ("b.md", "sound (T-101: 1.1)")], ON)
    assert found.failed == ("a.md",)
    assert [each.file for each in found.for_criterion(ON[0].key, "1.1")] == ["b.md"]


def test_words_that_cannot_be_compared_are_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(differences, "difference", fails)
    told = differences._compared(FileChange(FileFate.CHANGED, "a.md", "a.md"), None, None)
    assert "could not compare the words of a.md" in str(told)


def test_a_file_at_which_a_reader_fails_is_refused_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "read_evidence", fails)
    file = evidence(tmp_path / "diary.md", b"words")
    with pytest.raises(MarkTermError, match="could not be read, for a fault of MarkTerm's own") as refusal:
        Evidence(CentreFolder(tmp_path), tmp_path / "cache").read(file)
    assert "Rosalind" not in refusal.value.what
