"""The Word file of a document, read back with another library: every text, and nothing that is markup, a field or a
link."""

from __future__ import annotations

import io
import re
from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise
from zipfile import ZipFile

import pytest
from docx import Document as Opened
from hypothesis import given
from lxml import etree  # type: ignore[import-untyped]  # it has no types

from markterm.exports.document.model import Column, Document, Table
from markterm.exports.word.render import render
from tests.exports.documents import LINES, OBEYED_SOMEWHERE, TEXTS, document, told

CAVEAT = "The record behind this sheet is incomplete: decisions may be missing from it."
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def part(data: bytes, name: str) -> etree._Element:
    """A part of the file, parsed: one that XML refuses fails here."""
    with ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def squeezed(text: str) -> str:
    return "".join(text.split())


def read(root: etree._Element) -> str:
    """All text of it, without white space."""
    return squeezed("".join(each.text or "" for each in root.iter(f"{W}t")))


def tags(data: bytes) -> Counter[str]:
    return Counter(str(each.tag) for each in part(data, "word/document.xml").iter())


@given(LINES, TEXTS)
def test_every_text_is_read_in_the_file(line: str, text: str) -> None:
    made = document(line, text)
    found = read(part(render(made), "word/document.xml"))
    assert all(squeezed(each) in found for each in told(Document(made.title, made.facts, made.blocks)))


def test_a_text_is_never_markup_a_field_or_a_link() -> None:
    hostile = f'{OBEYED_SOMEWHERE} </w:t><w:fldSimple w:instr="DDE"/> ]]> HYPERLINK "http://x"'
    assert tags(render(document(hostile, "one\ntwo"), anchor=hostile)) == tags(
        render(document("plain", "one\ntwo"), anchor="plain")
    )
    with ZipFile(io.BytesIO(render(document(hostile)))) as archive:
        assert not any(b'TargetMode="External"' in archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\x1b", "\x85", "\ud800", "\ufffe", "\uffff", "\u202e"])
def test_a_sign_that_xml_or_an_eye_is_misled_by_is_another_one_that_is_seen(sign: str) -> None:
    data = render(document(f"a{sign}b", f"a{sign}b"))
    for name in ("word/document.xml", "word/header.xml", "docProps/core.xml"):
        found = "".join(part(data, name).itertext())
        assert sign not in found
    assert re.search(r"a[^\x00-\x1f]b", "".join(part(data, "word/document.xml").itertext()))


def test_it_opens_elsewhere_with_its_title_language_time_and_anchor() -> None:
    opened = Opened(io.BytesIO(render(document(), anchor="markterm-heads:abc_-1", at=AT)))
    about = opened.core_properties
    assert (about.title, about.language, about.keywords) == (document().title, "en-GB", "markterm-heads:abc_-1")
    assert about.created == AT


def test_what_was_made_twice_at_the_same_time_is_the_same() -> None:
    assert render(document(), at=AT) == render(document(), at=AT)


def test_headings_are_styles_and_leave_no_level_out() -> None:
    root = part(render(document()), "word/document.xml")
    styles = [str(each.get(f"{W}val")) for each in root.iter(f"{W}pStyle")]
    levels = [0, *(int(each[-1]) for each in styles if each.startswith("Heading"))]
    assert styles[0] == "Title"
    assert all(after <= before + 1 for before, after in pairwise(levels))
    with ZipFile(io.BytesIO(render(document()))) as archive:
        defined = set(re.findall(r'w:styleId="(\w+)"', archive.read("word/styles.xml").decode()))
    assert set(styles) <= defined


def test_the_head_of_a_table_is_repeated_on_every_page() -> None:
    opened = Opened(io.BytesIO(render(document())))
    heads = {
        table.rows[0].cells[0].text for table in opened.tables if table.rows[0]._tr.find(f".//{W}tblHeader") is not None
    }
    assert {"Head", "Role"} < heads
    assert any(each.startswith("LO1") for each in heads)


def test_every_row_is_as_wide_as_its_table() -> None:
    for table in part(render(document()), "word/document.xml").iter(f"{W}tbl"):
        grid = [int(each.get(f"{W}w")) for each in table.iter(f"{W}gridCol")]
        for row in table.iter(f"{W}tr"):
            assert sum(int(each.get(f"{W}w")) for each in row.iter(f"{W}tcW")) == sum(grid)
            assert sum(
                int(spans[0].get(f"{W}val")) if (spans := list(cell.iter(f"{W}gridSpan"))) else 1
                for cell in row.iter(f"{W}tc")
            ) == len(grid)


def test_what_runs_from_right_to_left_does_and_the_rest_does_not() -> None:
    root = part(render(document("שלום עולם and 日本語", "first\n\nمرحبا here")), "word/document.xml")
    runs = {
        each.find(f"{W}t").text: each.find(f"{W}rPr/{W}rtl") is not None
        for each in root.iter(f"{W}r")
        if each.find(f"{W}t") is not None
    }
    assert runs["שלום עולם"]
    assert runs["مرحبا"]
    assert not runs[" here"]
    assert not runs["first"]
    turned = {"".join(each.itertext()) for each in root.iter(f"{W}p") if each.find(f"{W}pPr/{W}bidi") is not None}
    assert "مرحبا here" in turned
    assert "first" not in turned


def test_a_caveat_is_in_the_head_of_every_page() -> None:
    data = render(document(caveats=(CAVEAT,)))
    assert squeezed(CAVEAT) in read(part(data, "word/header.xml"))
    assert part(data, "word/document.xml").find(f".//{W}headerReference").get(f"{W}type") == "default"


def test_no_column_is_narrower_than_the_longest_word_of_its_head() -> None:
    report = Table((Column("Criterion"), Column("Second assessment", 1.2), Column("Why", 30)), (("1.1", "pass", "x"),))
    grid = part(render(Document("Report", blocks=(report,))), "word/document.xml").iter(f"{W}gridCol")
    criterion, second, why = (int(each.get(f"{W}w")) for each in grid)
    assert criterion > len("Criterion") * 120
    assert second > len("assessment") * 120
    assert why > second


def test_a_criterion_stays_on_a_page_with_what_is_said_of_it_and_not_with_the_next_one() -> None:
    """What is kept with the next row from row to row is on one page, or parted anywhere."""
    file = render(document("a note"))
    styles = part(file, "word/styles.xml").iter(f"{W}style")
    keeping = {each.get(f"{W}styleId") for each in styles if each.find(f"{W}pPr/{W}keepNext") is not None}

    def is_kept(row: etree._Element) -> bool:
        first = row.find(f"{W}tc/{W}p/{W}pPr")
        style, own = first.find(f"{W}pStyle"), first.find(f"{W}keepNext")
        return own is None and style.get(f"{W}val") in keeping

    (criteria,) = (each for each in part(file, "word/document.xml").iter(f"{W}tbl") if "LO1" in read(each))
    assert [is_kept(row) for row in criteria.findall(f"{W}tr")] == [False, True, True, False, False]


def test_above_a_page_whom_it_is_about_has_a_line_of_its_own_where_there_is_no_room_beside_the_title() -> None:
    for title, lines in (("Mark sheet", 1), ("Mark sheet " + "of a unit " * 10, 2)):
        head = part(render(Document(title, about="Rosalind Jones, AAA1")), "word/header.xml")
        told = ["".join(each.itertext()) for each in head.iter(f"{W}p")]
        assert len(told) == lines
        assert told[-1].endswith("Rosalind Jones, AAA1")
