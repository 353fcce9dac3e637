"""Files, charts and documents that were put into a Word file: shown where they stand, and handed on."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import pytest

from tests.evidence.made_mail import compound
from tests.evidence.made_more import zip_of
from tests.evidence.made_word import para, part, read, run, said, word

_TABLE = "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>"


def _object(relation: str, program: str = "Package", shape: str = "") -> str:
    drawn = f"<v:shape {shape}><v:imagedata r:id='none'/></v:shape>"
    return f'<w:r><w:object>{drawn}<o:OLEObject Type="Embed" ProgID="{program}" r:id="{relation}"/></w:object></w:r>'


def test_files_that_were_put_in_are_named_where_they_stand_and_handed_on(tmp_path: Path) -> None:
    parts: dict[str, tuple[str, str | bytes]] = {
        "word/embeddings/log.xlsx": ("package", b"sheet"),
        "word/embeddings/plan.docx": ("package", b"text"),
        "word/embeddings/lost.pptx": ("", b"slides"),
    }
    body = para(run("My log: "), _object("log", "Excel.Sheet.12")) + _TABLE.format(para(_object("plan")))
    shown = read(tmp_path, word(body, parts))
    assert shown.markdown.split("\n\n") == [
        "My log: [attached: log.xlsx]",
        "|  |\n| --- |\n| [attached: plan.docx] |",
        "[attached: lost.pptx]",
    ]
    assert [(file.name, file.content) for file in shown.attachments] == [
        ("log.xlsx", b"sheet"),
        ("plan.docx", b"text"),
        ("lost.pptx", b"slides"),
    ]


def test_an_object_that_is_not_there_costs_no_word(tmp_path: Path) -> None:
    linked = '<w:r><w:object><o:OLEObject r:id="out"/></w:object></w:r>'
    body = para(run("a "), _object("none")) + para(linked) + para(_object("none", "Equation.3"))
    shown = read(tmp_path, word(body, links={"out": "file:///x.xls"})).markdown
    assert shown.split("\n\n") == [
        "a [object, which is missing]",
        "[linked, not opened: file:///x.xls]",
        "[formula: drawn as a picture]",
    ]


def _native(name: str, content: bytes) -> bytes:
    paths = f"{name}\0C:\\{name}\0".encode()
    stream = b"\2\0" + paths + bytes(4) + struct.pack("<I", 3) + b"x:\0" + struct.pack("<I", len(content)) + content
    return struct.pack("<I", len(stream)) + stream


@pytest.mark.parametrize(
    ("streams", "name"),
    [
        ({"\x01Ole10Native": _native("my log.txt", b"what I did")}, "my log.txt"),
        ({"Package": b"%PDF-1.4 x"}, "oleObject1.pdf"),
        ({"package": b"%PDF-1.4 x"}, "oleObject1.pdf"),
        ({"CONTENTS": b"%PDF-1.4 x"}, "oleObject1.pdf"),
        ({"WordDocument": b"old"}, "oleObject1.doc"),
        ({"Odd": b"x"}, "oleObject1.bin"),
    ],
)
def test_a_file_is_taken_out_of_the_container_that_windows_puts_it_in(
    tmp_path: Path, streams: dict[str, bytes], name: str
) -> None:
    parts: dict[str, tuple[str, str | bytes]] = {"word/embeddings/oleObject1.bin": ("oleObject", compound(streams))}
    shown = read(tmp_path, word(para(_object("oleObject1")), parts))
    assert shown.markdown == f"[attached: {name}]"
    assert shown.attachments[0].name == name


def test_a_damaged_container_is_handed_on_as_it_is(tmp_path: Path) -> None:
    data = bytes.fromhex("D0CF11E0A1B11AE1") + struct.pack("<I", 7) * 200
    shown = read(tmp_path, word(para(_object("oleObject1")), {"word/embeddings/oleObject1.bin": ("oleObject", data)}))
    assert shown.markdown == "[attached: oleObject1.bin]"
    assert shown.attachments[0].content == data


def test_a_chart_shows_its_figures_where_it_stands(tmp_path: Path) -> None:
    points = '<c:ptCount val="2"/><c:pt idx="0"><c:v>{}</c:v></c:pt><c:pt idx="1"><c:v>{}</c:v></c:pt>'
    series = (
        "<c:ser><c:tx><c:v>Hours</c:v></c:tx>"
        f"<c:cat><c:strRef><c:strCache>{points.format('Mon', 'Tue|')}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:numCache>{points.format(2, 3)}</c:numCache></c:numRef></c:val></c:ser>"
    )
    chart = part("chart", f"<c:chart><c:plotArea>{series}</c:plotArea></c:chart>")
    drawing = '<w:r><w:drawing><wp:inline><a:graphic><c:chart r:id="chart1"/></a:graphic></wp:inline></w:drawing></w:r>'
    body = para(run("Before"), drawing) + said("after")
    shown = read(tmp_path, word(body, {"word/charts/chart1.xml": ("chart", chart)})).markdown
    assert shown == ("Before\n\n[chart: no title]\n\n|  | Hours |\n| --- | --- |\n| Mon | 2 |\n| Tue\\| | 3 |\n\nafter")


@pytest.mark.parametrize(
    ("name", "content", "shown"),
    [
        ("a.htm", b"<h2>Plan</h2><p>by <b>me</b><br>now<ul><li>one<li>two</ul><script>x()</script>", None),
        ("a.html", "<table><tr><th>A<th>B<tr><td>1<td>é|</table>".encode(), "| A | B |\n| --- | --- |\n| 1 | é\\| |"),
        ("a.txt", "één\n# no heading".encode(), "één\n\n\\# no heading"),
        ("a.docx", word(said("inner") + para(run("more"))), "inner\n\nmore"),
        ("a.docx", b"no archive", "[attached: a.docx]"),
        ("a.rtf", b"{\\rtf1 x}", "[attached: a.rtf]"),
        ("a.html", b"", ""),
    ],
)
def test_a_document_that_word_would_put_in_is_shown_or_attached(
    tmp_path: Path, name: str, content: bytes, shown: str | None
) -> None:
    body = said("before") + '<w:altChunk r:id="a"/>' + said("after")
    converted = read(tmp_path, word(body, {f"word/{name}": ("aFChunk", content)}))
    if shown is None:
        shown = "## Plan\n\nby **me**  \nnow\n\n- one\n- two"
    assert converted.markdown == "\n\n".join(filter(None, ("before", shown, "after")))
    assert [file.name for file in converted.attachments] == ([name] if "attached" in shown else [])


def test_a_document_that_puts_itself_in_ends(tmp_path: Path) -> None:
    inner: Any = said("x")
    for _ in range(8):
        inner = word('<w:altChunk r:id="a"/>' + said("x"), {"word/a.docx": ("aFChunk", inner)})
    shown = read(tmp_path, inner)
    assert shown.markdown.split() == ["[attached:", "a.docx]", "x", "x", "x", "x"]


def test_more_files_than_there_is_room_for_are_named_and_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("markterm.evidence.readers.attached.MOST_FILES", 2)
    parts: dict[str, tuple[str, str | bytes]] = {
        f"word/embeddings/n{n}.xlsx": ("package", zip_of([("a", b"b")])) for n in range(4)
    }
    shown = read(tmp_path, word("".join(para(_object(f"n{n}")) for n in range(4)), parts))
    assert len(shown.attachments) == 2
    assert "n3.xlsx" in shown.markdown
    assert any("n3.xlsx" in note for note in shown.notes)


def test_an_object_takes_its_name_from_what_is_in_it_where_its_part_says_nothing(tmp_path: Path) -> None:
    parts: dict[str, tuple[str, str | bytes]] = {"word/embeddings/oleObject1.bin": ("oleObject", b"%PDF-1.4 x")}
    assert read(tmp_path, word(para(_object("oleObject1")), parts)).attachments[0].name == "oleObject1.pdf"
    parts = {"word/embeddings/Plan.pdf": ("package", b"%PDF-1.4 x")}
    assert read(tmp_path, word(para(_object("Plan")), parts)).attachments[0].name == "Plan.pdf"
    parts = {"word/embeddings/notes.odd": ("package", b"x")}
    assert read(tmp_path, word(para(_object("notes")), parts)).attachments[0].name == "notes.odd"


def test_a_file_that_stands_in_several_places_is_one_attachment(tmp_path: Path) -> None:
    thing = para('<w:r><w:object><o:OLEObject Type="Embed" ProgID="Excel.Sheet.12" r:id="Log"/></w:object></w:r>')
    shown = read(tmp_path, word(thing * 3, {"word/embeddings/Log.xlsx": ("package", b"a workbook")}))
    assert shown.markdown == "\n\n".join(["[attached: Log.xlsx]"] * 3)
    assert [file.name for file in shown.attachments] == ["Log.xlsx"]
