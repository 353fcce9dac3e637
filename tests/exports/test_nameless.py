"""A file that is given in its own kind names nobody in any of its parts, and is otherwise what it was."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from threading import Event

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook  # type: ignore[import-untyped]  # the library has no types
from openpyxl.comments import Comment  # type: ignore[import-untyped]  # the library has no types
from PIL import Image
from pptx import Presentation

from markterm.domain.assessed.learner import Learner
from markterm.domain.views.anonymous import Anonymous, everybody
from markterm.exports.nameless import own_kind
from markterm.exports.nameless.not_own_kind import NotOwnKind
from markterm.exports.nameless.office_rules import RULES
from markterm.exports.nameless.own_kind import OwnKind, in_own_kind
from markterm.exports.nameless.tree import Names, parsed, written
from tests.evidence import made
from tests.examples import examples

NAMES = (b"rosalind", b"jones", b"jon2041", b"thackray", b"secret")
_W = made.W
_PEOPLE = [
    ("JON2041", "Rosalind Jones"),
    ("THA1187", "Colin Thackray"),
    ("MAX1", "Max Roman"),
    ("SHR1", "Shruti Georgia"),
]


def _anonymous() -> Anonymous:
    return Anonymous(everybody(_PEOPLE, (), ()), Learner("JON2041", "Rosalind Jones"))


def own_kind_of(folder: Path, name: str, data: bytes, *, shows_nobody: bool = False) -> OwnKind:
    path = folder / name
    path.write_bytes(data)
    return in_own_kind(path, path.suffix, _anonymous(), shows_nobody=shows_nobody, stop=Event())


def why_not(folder: Path, name: str, data: bytes) -> str:
    with pytest.raises(NotOwnKind) as caught:
        own_kind_of(folder, name, data)
    return str(caught.value)


def _parts(data: bytes) -> dict[str, bytes]:
    """The parts of a zip, none of which names anybody or says when it was written."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, part in parts.items():
        told = part.lower() + part.replace(b"\0", b"").lower() + name.lower().encode()
        assert not [each for each in NAMES if each in told], name
    return parts


def _with_parts(data: bytes, parts: Mapping[str, str | bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        before = {name: archive.read(name) for name in archive.namelist()}
    return made.zipped({**before, **parts})


def _png(color: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), color).save(out, "PNG")
    return out.getvalue()


def _word() -> bytes:
    document = Document()
    paragraph = document.add_paragraph("Tea, by Rosa")
    paragraph.add_run("lind").bold = True
    paragraph.add_run(" Jo")
    paragraph.add_run("nes and Colin Thackray.")
    document.add_table(1, 2).cell(0, 1).text = "JON2041"
    document.sections[0].header.paragraphs[0].text = "Rosalind Jones"
    document.add_comment(paragraph.runs[0], "Seen by Thackray", author="Colin Thackray", initials="CT")
    document.add_picture(io.BytesIO(_png()))
    document.inline_shapes[0]._inline.docPr.set("descr", "Rosalind at work")
    core = document.core_properties
    core.author, core.title, core.last_modified_by = "Rosalind Jones", "JON2041", "Colin Thackray"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_word_file_stays_one_without_names_properties_authors_times_and_pictures(tmp_path: Path) -> None:
    given_ = own_kind_of(tmp_path, "tea.docx", _word())
    parts = _parts(given_.data)
    assert not [name for name in parts if "docProps" in name or "thumbnail" in name or "customXml" in name]
    document = Document(io.BytesIO(given_.data))
    paragraph = document.paragraphs[0]
    assert paragraph.text == "Tea, by [learner] and [name 2]."
    assert True in [run.bold for run in paragraph.runs]
    assert document.tables[0].cell(0, 1).text == "[learner]"
    assert document.sections[0].header.paragraphs[0].text == "[learner]"
    (comment,) = document.comments
    assert (comment.author, comment.initials, comment.text) == ("author 1", "A", "Seen by [name 2]")
    assert b"2000-01-01T00:00:00Z" in parts["word/comments.xml"]
    picture = Image.open(io.BytesIO(parts["media/picture1.png"]))
    assert (picture.size, picture.getpixel((0, 0))) == ((40, 30), (217, 217, 217))
    assert "Left out: 1 picture." in given_.notes


def test_pictures_in_it_are_given_where_a_person_said_that_they_show_nobody(tmp_path: Path) -> None:
    given_ = own_kind_of(tmp_path, "tea.docx", _word(), shows_nobody=True)
    picture = Image.open(io.BytesIO(_parts(given_.data)["media/picture1.png"]))
    assert picture.getpixel((0, 0)) == (255, 0, 0)
    assert not [each for each in given_.notes if "Left out" in each]


@pytest.mark.long
def test_the_same_file_gives_the_same_bytes(tmp_path: Path) -> None:
    word = _word()
    assert own_kind_of(tmp_path, "a.docx", word).data == own_kind_of(tmp_path, "b.docx", word).data


@pytest.mark.parametrize(
    ("body", "relations", "why"),
    [
        ('<w:p><w:bookmarkStart w:id="0" w:name="Rosalind_1"/></w:p>', {}, "names somebody where that cannot be"),
        ('<w:p><w:pPr><w:pStyle w:val="rosalind"/></w:pPr></w:p>', {}, "names somebody where that cannot be"),
        ("<w:p><w:r><a:custGeom/></w:r></w:p>", {}, "may be handwriting"),
        ('<w:p><w:r><w:pict><v:shape path="m0,0l9,9e"/></w:pict></w:r></w:p>', {}, "may be handwriting"),
    ],
)
def test_what_cannot_be_replaced_keeps_it_from_its_own_kind(
    tmp_path: Path, body: str, relations: dict[str, str], why: str
) -> None:
    assert why in why_not(tmp_path, "a.docx", _in_word(body, relations))


def test_a_word_file_keeps_nothing_by_which_its_versions_can_be_told_and_defines_no_entities(tmp_path: Path) -> None:
    data = _in_word('<w:p w:rsidR="00A1B2C3" w:rsidRDefault="00D4E5F6"><w:r><w:t>Tea</w:t></w:r></w:p>')
    assert b"rsid" not in _parts(own_kind_of(tmp_path, "a.docx", data).data)["word/document.xml"]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        document = archive.read("word/document.xml").partition(b"?>")[2] or archive.read("word/document.xml")
    defined = b'<!DOCTYPE w [<!ENTITY who "Tea">]>' + document.replace(b">Tea<", b">&who;<")
    assert why_not(tmp_path, "b.docx", _with_parts(data, {"word/document.xml": defined})) == (
        "it defines entities of its own"
    )


def _in_word(body: str, relations: dict[str, str] | None = None) -> bytes:
    """A Word file that says which of its parts is the main one."""
    main = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>'
    )
    return _with_parts(made.docx(body, relations=relations or {}), {"_rels/.rels": main})


def test_terms_of_the_format_and_fonts_name_nobody(tmp_path: Path) -> None:
    body = (
        '<w:p><w:pPr><w:numFmt w:val="lowerRoman"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii="Georgia" '
        'w:cs="Shruti"/></w:rPr><w:t w:space="max">Tea</w:t></w:r></w:p>'
    )
    assert b"lowerRoman" in _parts(own_kind_of(tmp_path, "a.docx", _in_word(body)).data)["word/document.xml"]


def test_a_link_leads_nowhere(tmp_path: Path) -> None:
    body = '<w:p><w:hyperlink r:id="rId7"><w:r><w:t>Tea</w:t></w:r></w:hyperlink></w:p>'
    data = _in_word(body, {"rId7": "https://example.org/~secret"})
    rels = _parts(own_kind_of(tmp_path, "a.docx", data).data)["word/_rels/document.xml.rels"]
    assert b'Target="about:blank"' in rels


def test_a_picture_that_lies_elsewhere_is_told_as_left_out_and_another_file_is_not_passed_over(tmp_path: Path) -> None:
    drawn = '<w:p><w:r><w:t>Tea</w:t></w:r><w:r><a:blip r:link="rId7"/></w:r></w:p>'
    data = _in_word(drawn, {"rId7": "https://example.org/~secret.png"})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        rels = archive.read("word/_rels/document.xml.rels")
    name = "word/_rels/document.xml.rels"
    given_ = own_kind_of(tmp_path, "a.docx", _with_parts(data, {name: rels.replace(b"/hyperlink", b"/image")}))
    assert "Left out: 1 picture." in given_.notes
    assert b"rId7" not in _parts(given_.data)["word/document.xml"]
    linked = _with_parts(data, {name: rels.replace(b"/hyperlink", b"/oleObject")})
    assert why_not(tmp_path, "b.docx", linked) == "it shows what is in another file"


def test_a_part_that_is_not_known_keeps_it_from_its_own_kind(tmp_path: Path) -> None:
    data = _word()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        rels, types = archive.read("word/_rels/document.xml.rels"), archive.read("[Content_Types].xml")
    ole = b'<Relationship Id="rIdX" Type="http://x/oleObject" Target="embeddings/a.bin"/></Relationships>'
    default = (
        b'<Default Extension="bin" ContentType="application/vnd.openxmlformats-officedocument.oleObject"/></Types>'
    )
    changed = {
        "word/_rels/document.xml.rels": rels.replace(b"</Relationships>", ole),
        "[Content_Types].xml": types.replace(b"</Types>", default),
        "word/embeddings/a.bin": b"Rosalind",
    }
    assert "parts that are not known" in why_not(tmp_path, "a.docx", _with_parts(data, changed))
    # What nothing in the file leads to is not in the new one.
    assert "word/embeddings/a.bin" not in _parts(
        own_kind_of(tmp_path, "b.docx", _with_parts(data, {"word/embeddings/a.bin": b"Rosalind"})).data
    )


def _workbook(sheet: str = "Tea", formula: str = "=LEN(A1)") -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    page["A1"], page["A2"], page["A3"], page["A4"] = "Rosalind Jones", 2041, formula, 3.5
    page["A1"].comment = Comment("Thackray said so", "Colin Thackray")
    page.oddHeader.center.text = "Rosalind Jones"
    book.properties.creator = "Rosalind Jones"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_stays_one_without_names(tmp_path: Path) -> None:
    given_ = own_kind_of(tmp_path, "tea.xlsx", _workbook())
    _parts(given_.data)
    page = load_workbook(io.BytesIO(given_.data)).active
    assert page is not None
    assert [page[cell].value for cell in ("A1", "A2", "A3", "A4")] == ["[learner]", 2041, "=LEN(A1)", 3.5]
    assert page["A1"].comment.author == "author 1"


@pytest.mark.parametrize(("sheet", "formula"), [("Rosalind", "=Rosalind!A2"), ("Tea", '=IF(A1="Rosalind Jones",1,0)')])
def test_a_formula_that_names_somebody_keeps_a_workbook_from_its_kind(tmp_path: Path, sheet: str, formula: str) -> None:
    assert why_not(tmp_path, "a.xlsx", _workbook(sheet, formula)) == "a formula in it names somebody"


def test_a_formula_that_comes_to_a_name_becomes_what_stands_for_it() -> None:
    cell = '<c r="A1" t="str"><f{}>B1&amp;C1</f><v>Rosalind</v></c>'
    root = parsed(cell.format("").encode())
    Names(RULES, _anonymous()).take_out(root)
    assert written(root).endswith(b'<c r="A1" t="str"><v>[learner]</v></c>')
    with pytest.raises(NotOwnKind):
        Names(RULES, _anonymous()).take_out(parsed(cell.format(' t="shared" si="0"').encode()))


def test_a_function_is_nobodys_name(tmp_path: Path) -> None:
    made_ = own_kind_of(tmp_path, "tea.xlsx", _workbook(formula="=MAX(A2)"))
    page = load_workbook(io.BytesIO(made_.data)).active
    assert page is not None
    assert page["A3"].value == "=MAX(A2)"


def test_a_sheet_that_is_called_after_somebody_is_called_something_else(tmp_path: Path) -> None:
    made_ = own_kind_of(tmp_path, "tea.xlsx", _workbook("Rosalind"))
    _parts(made_.data)
    assert load_workbook(io.BytesIO(made_.data)).sheetnames == ["sheet no. 1"]


def test_a_number_that_is_a_registration_becomes_a_text_and_the_place_of_a_text_stays() -> None:
    """The texts of a workbook lie in one list, and a cell says the place of its own, which may be any number."""
    learner = Learner("2041777", "Rosalind Jones")
    names = everybody([("2041777", "Rosalind Jones")], (), ())
    root = parsed(b'<r><c t="s"><v>2041777</v></c><c><v>2041777</v></c><c><v>7.2041777</v></c></r>')
    Names(RULES, Anonymous(names, learner)).take_out(root)
    values = [(cell.get("t"), cell[0].text) for cell in root]
    assert values == [("s", "2041777"), ("str", "[learner]"), (None, "7.2041777")]


def test_what_only_looks_like_a_time_or_an_author_is_as_it_was() -> None:
    root = parsed(b'<hf dt="0"><spTgt spid="4"/><ins date="2024-05-06T07:08:09Z" author="Rosalind"/></hf>')
    Names(RULES, _anonymous()).take_out(root)
    assert written(root).endswith(
        b'<hf dt="0"><spTgt spid="4"/><ins date="2000-01-01T00:00:00Z" author="author 1"/></hf>'
    )


def test_slides_stay_slides_without_names(tmp_path: Path) -> None:
    slides = Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[0])
    slide.shapes.title.text_frame.text = "Tea"
    slide.shapes.title.text_frame.paragraphs[0].add_run().text = " by Rosalind Jones"
    slide.shapes.title.name = "Title of Rosalind"
    slide.notes_slide.notes_text_frame.text = "Thackray asked"
    slides.core_properties.author = "Rosalind Jones"
    out = io.BytesIO()
    slides.save(out)
    given_ = own_kind_of(tmp_path, "tea.pptx", out.getvalue())
    _parts(given_.data)
    (again,) = Presentation(io.BytesIO(given_.data)).slides
    assert again.shapes.title.text_frame.text == "Tea by [learner]"
    assert again.notes_slide.notes_text_frame.text == "[name 2] asked"


def test_an_opendocument_stays_one_without_names(tmp_path: Path) -> None:
    body = "<text:p>Tea by Rosa<text:span>lind Jones</text:span>, <text:s/>and Thackray</text:p>"
    data = made.odt(body)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
    if "mimetype" not in names:
        data = _with_parts(data, {"mimetype": "application/vnd.oasis.opendocument.text"})
    data = _with_parts(data, {"meta.xml": "<a>Rosalind Jones</a>", "Thumbnails/thumbnail.png": _png()})
    given_ = own_kind_of(tmp_path, "tea.odt", data)
    parts = _parts(given_.data)
    assert next(iter(parts)) == "mimetype"
    assert b"Tea by [learner]<" in parts["content.xml"]
    assert "Thumbnails/thumbnail.png" not in parts
    assert "parts that are not known" in why_not(tmp_path, "b.odt", _with_parts(data, {"Basic/a.xml": "<a/>"}))
    within = made.odt('<text:p><draw:frame><draw:object xlink:href="#a"/></draw:frame></text:p>')
    within = _with_parts(within, {"mimetype": "application/vnd.oasis.opendocument.text"})
    assert why_not(tmp_path, "c.odt", within) == "it holds other files, or a form"


def test_a_remark_within_a_name_hides_it_from_nobody(tmp_path: Path) -> None:
    remark = "<office:annotation><dc:creator>Max</dc:creator><text:p>Thackray?</text:p></office:annotation>"
    data = _with_parts(
        made.odt(f"<text:p>Tea by Rosa{remark}lind.</text:p>"),
        {"mimetype": "application/vnd.oasis.opendocument.text"},
    )
    content = _parts(own_kind_of(tmp_path, "tea.odt", data).data)["content.xml"]
    assert b"Tea by [learner]<office:annotation>" in content
    assert b"</office:annotation>.<" in content
    reading = '<w:p xmlns:w="w"><w:t>Rosa</w:t><w:rt><w:t>Tha</w:t><w:t>ckray</w:t></w:rt><w:t>lind</w:t></w:p>'
    root = parsed(reading.encode())
    Names(RULES, _anonymous()).take_out(root)
    assert "".join(root.itertext()) == "[learner][name 2]"


def test_what_is_too_large_is_not_given_in_its_own_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_kind, "LARGEST", 1024**2)
    assert why_not(tmp_path, "a.docx", b"x" * (1024**2 + 1)) == "it is larger than 1 MB"
    assert "larger" not in why_not(tmp_path, "a.docx", b"x" * 1024**2)


def test_a_picture_is_given_as_its_pixels_alone(tmp_path: Path) -> None:
    picture, out = Image.new("RGB", (40, 30), "blue"), io.BytesIO()
    exif = Image.Exif()
    exif[0x013B], exif[0x0112] = "Rosalind Jones", 6
    picture.save(out, "JPEG", exif=exif, comment=b"Rosalind Jones")
    given_ = own_kind_of(tmp_path, "tea.jpg", out.getvalue(), shows_nobody=True)
    assert b"osalind" in out.getvalue()
    assert b"osalind" not in given_.data
    again = Image.open(io.BytesIO(given_.data))
    assert (again.size, dict(again.getexif())) == ((30, 40), {})


_PIECES = st.lists(
    st.sampled_from(["Rosa", "lind", "Jo", "nes", " ", "JON", "2041", ", ", "Tea", "Colin ", "Thackray "])
)


@settings(max_examples=examples(25), deadline=None)
@given(st.lists(_PIECES, max_size=3))
def test_however_a_name_is_divided_none_is_left(
    tmp_path_factory: pytest.TempPathFactory, runs: list[list[str]]
) -> None:
    folder = tmp_path_factory.mktemp("divided")
    texts = ("".join(f"<w:r><w:t>{piece}</w:t></w:r>" for piece in (*run, ". ")) for run in runs)
    body = "".join(f"<w:p>{text}</w:p>" for text in texts)
    try:
        data = own_kind_of(folder, "a.docx", _in_word(body)).data
    except NotOwnKind:
        return
    for paragraph, run in zip(Document(io.BytesIO(data)).paragraphs, runs, strict=True):
        assert not _anonymous().still_names(paragraph.text)
        assert paragraph.text.count("Tea") <= run.count("Tea")
