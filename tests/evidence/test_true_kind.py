"""Files whose names say something else than their bytes: read as what they are, and that is said."""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from markterm.domain.words.errors import Unreadable
from markterm.evidence.folder import EvidenceFile, EvidenceKind, kind_of, list_evidence
from markterm.evidence.text.reading import open_evidence
from markterm.evidence.true_kind import NAMES, true_suffix
from tests.evidence import made_more
from tests.evidence.made import docx, evidence, odt, paragraph, rtf, zipped
from tests.examples import examples

WORD = docx(paragraph("I made tea"))
SHEET = zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<x/>", "docProps/app.xml": "<x/>"})
SHOW = zipped({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<x/>"})
PAGE = b"<!DOCTYPE html>\r\n<html><body><p>I made tea</p></body></html>"
TABLE = b"Date,Done\r\n2024-06-03,wall\r\n2024-06-04,roof\r\n"


def _ole(*streams: str) -> bytes:
    return bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 1000 + b"".join(name.encode("utf-16-le") for name in streams)


def _flat(kind: str) -> bytes:
    name = f"application/vnd.oasis.opendocument.{kind}"
    return f'<?xml version="1.0"?>\n<office:document office:mimetype="{name}">text</office:document>'.encode()


MADE: Mapping[str, bytes] = {
    ".docx": WORD,
    ".xlsx": SHEET,
    ".pptx": SHOW,
    ".odt": odt("<text:p>I made tea</text:p>"),
    ".pdf": made_more.pdf((["I made tea"],)),
    ".rtf": rtf("I made tea"),
    ".zip": zipped({"plan.docx": WORD, "word/x.txt": "x"}),
    ".epub": b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/epub+zipPK",
    ".doc": _ole("WordDocument", "Workbook"),
    ".xls": _ole("Workbook"),
    ".ppt": _ole("PowerPoint Document", "Workbook"),
    ".msg": _ole("__properties_version1.0", "WordDocument"),
    ".jpg": made_more.jpeg(4, 4),
    ".png": made_more.png(4, 4),
    ".gif": made_more.gif(4, 4),
    ".tif": made_more.tiff(4, 4),
    ".webp": made_more.webp(4, 4),
    ".heic": made_more.heic(4, 4),
    ".svg": b'<?xml version="1.0"?>\n<!-- Drawn -->\n<!DOCTYPE svg PUBLIC "SVG 1.1" "svg11.dtd">\n<svg/>',
    ".wav": made_more.wav(0.1),
    ".html": PAGE,
    ".eml": made_more.eml("I made tea"),
    ".mbox": b"From zoe@example.org Mon Jun  3 09:30:00 2024\n" + made_more.eml("I made tea"),
    ".fods": _flat("spreadsheet"),
    ".txt": b"I made tea for all of them, and then I washed up.\n",
}


def _as(folder: Path, name: str, data: bytes) -> EvidenceFile:
    return evidence(folder / name, data)


@pytest.mark.parametrize("kind", sorted(MADE))
@pytest.mark.parametrize("named", [".docx", ".pdf", ".doc", ".jpg"])
def test_a_file_is_what_its_bytes_are_whatever_it_is_called(tmp_path: Path, kind: str, named: str) -> None:
    assert true_suffix(_as(tmp_path, f"a{named}", MADE[kind])) == kind
    assert kind in NAMES


@pytest.mark.parametrize("kind", sorted(MADE))
def test_a_file_that_is_called_what_it_is_stays_so_in_any_case(tmp_path: Path, kind: str) -> None:
    assert true_suffix(_as(tmp_path, f"a{kind.upper()}", MADE[kind])) == kind


@pytest.mark.parametrize(
    ("named", "data"),
    [
        (".docm", WORD),
        (".dotx", WORD),
        (".xlsm", SHEET),
        (".ppsx", SHOW),
        (".potx", zipped({"_rels/.rels": "<x/>", "ppt/show.xml": "<x/>"})),
        (".xlsx", zipped({"[content_types].xml": "<Types/>", "anywhere/book.xml": "<x/>"})),
        (".dot", MADE[".doc"]),
        (".jpeg", MADE[".jpg"]),
        (".m4a", b"\0\0\0\x18ftypM4A " + b"\0" * 20),
        (".csv", PAGE),
        (".md", PAGE),
        (".txt", MADE[".eml"]),
        (".htm", PAGE),
        (".pages", zipped({"Index/Document.iwa": "x"})),
        (".docx", WORD[:-40]),
        (".docx", b"PK"),
        (".docx", b"too short"),
        (".xyz", PAGE),
        (".svg", b'<svg xmlns="http://www.w3.org/2000/svg"><text>I made tea</text></svg>'),
        (".svg", b'<!DOCTYPE svg [<!ENTITY made "tea">]>\n<svg:svg><svg:text>I made tea</svg:text></svg:svg>'),
        (".svg", b"<?xml version='1.0'?><!--" + b"-" * 5000 + b"--><svg/>"),
        (".html", b"<!-- a page --><svg><text>I made tea</text></svg>"),
    ],
)
def test_what_may_well_be_what_its_name_says_is_taken_for_it(tmp_path: Path, named: str, data: bytes) -> None:
    assert true_suffix(_as(tmp_path, f"a{named}", data)) == named


def test_a_table_called_xls_is_a_table_and_a_text_called_doc_is_a_text(tmp_path: Path) -> None:
    assert true_suffix(_as(tmp_path, "a.xls", TABLE)) == ".csv"
    assert true_suffix(_as(tmp_path, "a.doc", TABLE)) == ".txt"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("plan.pdf", WORD, "Its name says .pdf; it is a Word document, and is read as one."),
        ("plan.doc", PAGE, "Its name says .doc; it is a web page, and is read as one."),
        ("plan.txt", WORD, "Its name says .txt; it is a Word document, and is read as one."),
        ("plan.docx", MADE[".txt"], "Its name says .docx; it is plain text, and is read as one."),
        ("plan", WORD, "Its name does not say what it is; it is a Word document, and is read as one."),
    ],
)
def test_it_is_read_as_what_it_is_and_that_is_said(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    document = open_evidence(_as(tmp_path, name, data), tmp_path / "cache")
    assert "I made tea" in document.source
    assert document.notes[0] == said


def test_the_same_bytes_under_two_names_say_of_each_what_is_so(tmp_path: Path) -> None:
    wrong = open_evidence(_as(tmp_path, "a.pdf", WORD), tmp_path / "cache")
    right = open_evidence(_as(tmp_path, "a.docx", WORD), tmp_path / "cache")
    assert (len(wrong.notes), right.notes) == (1, ())
    assert wrong.source == right.source
    assert right.kind is EvidenceKind.CONVERTED


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "It is empty: there is not one byte in it."),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:x\nsize 9\n", "kept elsewhere"),
    ],
)
def test_what_only_stands_for_a_file_costs_one_line(tmp_path: Path, data: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        open_evidence(_as(tmp_path, "a.docx", data), tmp_path / "cache")


def test_a_drawing_is_read_as_one_and_not_shown_as_its_source(tmp_path: Path) -> None:
    drawing = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><text>I made tea</text></svg>'
    document = open_evidence(_as(tmp_path, "plan.svg", drawing), tmp_path / "cache")
    assert document.source.endswith("I made tea\n")
    assert "<" not in document.source


def test_a_beginning_that_never_comes_to_an_element_is_looked_at_once(tmp_path: Path) -> None:
    assert true_suffix(_as(tmp_path, "a.svg", b"<?a?><!-- b -->" * 270)) == ".txt"


def test_files_are_listed_by_name_without_being_opened(tmp_path: Path) -> None:
    (tmp_path / "evidence").mkdir()
    _as(tmp_path / "evidence", "a.pdf", WORD)
    assert [file.kind for file in list_evidence(tmp_path / "evidence").files] == [kind_of(".pdf")]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=examples(50))
@given(
    start=st.sampled_from(sorted(MADE.values())),
    cut=st.integers(0, 400),
    more=st.binary(max_size=60),
    named=st.sampled_from(sorted(MADE)),
)
def test_any_bytes_are_of_some_kind(tmp_path: Path, start: bytes, cut: int, more: bytes, named: str) -> None:
    data = start[:cut] + more
    if data or named == ".txt":
        found = true_suffix(_as(tmp_path, f"a{named}", data))
        assert found == named or found in NAMES


def test_a_zip_whose_files_hold_the_names_of_a_document_is_still_a_zip(tmp_path: Path) -> None:
    packed = io.BytesIO()
    packed.write(made_more.zip_of([("plan.docx", WORD)]))
    assert true_suffix(_as(tmp_path, "a.docx", packed.getvalue())) == ".zip"


@pytest.mark.parametrize("suffix", [".rtf", ".eml", ".mht", ".mbox", ".srt", ".vtt", ""])
def test_a_plain_text_under_a_name_of_another_text_or_none_is_read(tmp_path: Path, suffix: str) -> None:
    data = b"On Monday I coached Tom.\nHe set himself three goals.\n" * 3
    assert true_suffix(evidence(tmp_path / f"diary{suffix}", data)) == ".txt"
    page = b"<!DOCTYPE html>\n<html><p>On Monday I coached Tom.</p></html>"
    assert true_suffix(evidence(tmp_path / f"page{suffix}", page)) == ".html"


@pytest.mark.parametrize("pixel", [b"\xff", b" ", b"\xe9"])
def test_a_picture_whose_pixels_could_all_be_letters_is_a_picture(tmp_path: Path, pixel: bytes) -> None:
    head = struct.pack("<2sIHHIIiiHHIIiiII", b"BM", 30_054, 0, 0, 54, 40, 100, 100, 1, 24, 0, 30_000, 2835, 2835, 0, 0)
    assert true_suffix(evidence(tmp_path / "page.bmp", head + pixel * 30_000)) == ".bmp"
