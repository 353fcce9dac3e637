"""Word files of any writer: what a part is its relationships say, and one part that is wrong costs no other."""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from zipfile import ZipFile

import pytest

import markterm.demo
from markterm.evidence.converted import NotReadable
from markterm.evidence.readers import READERS, ZIPPED
from markterm.evidence.readers.word import docx as reader
from tests.evidence.made_word import para, part, read, run, said, with_part, word

_NOTED = para(run("The plan"), '<w:r><w:footnoteReference w:id="2"/></w:r>')


def _footnotes(*texts: str, strict: bool = False) -> str:
    notes = "".join(f'<w:footnote w:id="{n}">{said(text)}</w:footnote>' for n, text in enumerate(texts, 2))
    return part("footnotes", f'<w:footnote w:id="0" w:type="separator">{said("--")}</w:footnote>{notes}', strict=strict)


@pytest.mark.parametrize("main", ["word/document2.xml", "word/document33.xml", "document.xml", "content/Text.XML"])
def test_the_document_is_what_the_package_says_it_is(tmp_path: Path, main: str) -> None:
    parts = {"word/footnotes7.xml": ("footnotes", _footnotes("a source"))}
    assert read(tmp_path, word(_NOTED, parts, main=main)).markdown == "The plan[1]\n\n**Notes**\n\n1. a source"


def test_a_document_to_which_nothing_leads_is_found_by_its_name(tmp_path: Path) -> None:
    data = with_part(word(said("Text"), main="word/document4.xml"), "_rels/.rels", b"<Relationships/>")
    assert read(tmp_path, data).markdown == "Text"


def test_a_strict_file_says_what_any_other_does(tmp_path: Path) -> None:
    parts = {
        "word/footnotes.xml": ("footnotes", _footnotes("a source", strict=True)),
        "word/header1.xml": ("header", part("hdr", said("The centre"), strict=True)),
    }
    converted = read(tmp_path, word(_NOTED, parts, strict=True))
    assert converted.markdown == "The centre\n\nThe plan[1]\n\n**Notes**\n\n1. a source"
    assert [place.label for place in converted.places] == ["header", "paragraph 1", "notes"]


def test_templates_and_files_with_macros_are_read() -> None:
    for suffix in (".docx", ".docm", ".dotx", ".dotm"):
        assert READERS[suffix] == "word.docx"
        assert suffix in ZIPPED


def test_several_bodies_in_one_document_are_all_read(tmp_path: Path) -> None:
    data = word(f"{said('one')}</w:body><w:body>{said('two')}")
    assert read(tmp_path, data).markdown == "one\n\ntwo"


@pytest.mark.parametrize("name", ["word/styles.xml", "word/numbering.xml", "word/footnotes.xml", "word/header1.xml"])
@pytest.mark.parametrize("content", [b"", b"<broken", b"\xff\xff\xff", b"<a/>"], ids=["empty", "cut", "noise", "other"])
def test_a_part_that_is_wrong_costs_no_other(tmp_path: Path, name: str, content: bytes) -> None:
    parts = {
        "word/styles.xml": ("styles", part("styles", "")),
        "word/numbering.xml": ("numbering", part("numbering", "")),
        "word/footnotes.xml": ("footnotes", _footnotes("a source")),
        "word/header1.xml": ("header", part("hdr", said("The centre"))),
    }
    converted = read(tmp_path, with_part(word(_NOTED, parts), name, content))
    assert "The plan" in converted.markdown
    assert ("a source" in converted.markdown) is (name != "word/footnotes.xml")
    assert any(name in note for note in converted.notes) is (content != b"<a/>")


def test_of_a_damaged_document_what_stands_before_the_damage_is_shown_and_said(tmp_path: Path) -> None:
    whole = part("document", f"<w:body>{said('first', 'second', 'third')}</w:body>")
    cut = whole[: whole.index("third")].encode()
    converted = read(tmp_path, with_part(word(""), "word/document.xml", cut))
    assert converted.markdown.split() == ["first", "second"]
    assert converted.notes == ("Parts of it are damaged, and what could be read of them is shown: word/document.xml.",)


def test_what_declares_a_type_of_document_is_refused_in_any_encoding(tmp_path: Path) -> None:
    declared = '<!DOCTYPE x [<!ENTITY e "boom">]>' + part("document", f"<w:body>{said('&e;')}</w:body>")
    for encoding in ("utf-8", "utf-16", "utf-7"):
        text = f'<?xml version="1.0" encoding="{encoding}"?>{declared}'
        with pytest.raises(NotReadable, match=r"entities|damaged"):
            read(tmp_path, with_part(word(""), "word/document.xml", text.encode(encoding)))


def test_headers_of_many_sections_are_each_read_once_and_shown_once(tmp_path: Path) -> None:
    parts = {f"word/header{n}.xml": ("header", part("hdr", said(f"Unit {n % 3}"))) for n in range(300)}
    assert read(tmp_path, word(said("Text"), parts)).markdown == "Unit 0\n\nUnit 1\n\nUnit 2\n\nText"


def test_headers_that_say_the_same_in_other_letters_are_shown_once(tmp_path: Path) -> None:
    looks = ("", "<w:color/>", "<w:sz/>")
    parts = {f"word/footer{n}.xml": ("footer", part("ftr", para(run("Page 1", look)))) for n, look in enumerate(looks)}
    assert read(tmp_path, word(said("Text"), parts)).markdown == "Text\n\nPage 1"


def test_a_part_that_unpacks_to_more_than_any_needs_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("markterm.evidence.readers.word.package.LARGEST_ENTRY", 4_000)
    parts = {"word/header1.xml": ("header", part("hdr", said("long " * 1_000)))}
    converted = read(tmp_path, word(said("Text"), parts))
    assert converted.markdown == "Text"
    assert "word/header1.xml" in converted.notes[0]


def test_a_link_needs_no_word_that_it_leads_outside(tmp_path: Path) -> None:
    link = '<w:hyperlink r:id="x"><w:r><w:t>work</w:t></w:r></w:hyperlink>'
    data = word(para(link), links={"x": "http://a.b"})
    with ZipFile(io.BytesIO(data)) as archive:
        relations = archive.read("word/_rels/document.xml.rels")
    for mode, shown in ((b' TargetMode="External"', "[work](<http://a.b>)"), (b"", "[work](<http://a.b>)")):
        changed = relations.replace(b' TargetMode="External"', mode)
        assert read(tmp_path, with_part(data, "word/_rels/document.xml.rels", changed)).markdown == shown
    inner = relations.replace(b"http://a.b", b"#place")
    assert read(tmp_path, with_part(data, "word/_rels/document.xml.rels", inner)).markdown == "work"


def test_a_header_that_fails_is_given_up_before_the_document_is(tmp_path: Path) -> None:
    deep = said("deep")
    for _ in range(450):
        deep = f"<w:tbl><w:tr><w:tc>{deep}</w:tc></w:tr></w:tbl>"
    parts = {
        "word/header1.xml": ("header", part("hdr", deep)),
        "word/header2.xml": ("header", part("hdr", said("The centre"))),
    }
    converted = read(tmp_path, word(said("Text"), parts))
    assert converted.markdown == "The centre\n\nText"
    assert converted.notes == ("Headers and footers that could not be read: 1.",)


def test_what_digital_signatures_and_building_blocks_stand_in_no_text_is_said(tmp_path: Path) -> None:
    blocks = part(
        "glossaryDocument",
        f"<w:docParts><w:docPart><w:docPartBody>{said('Dear')}</w:docPartBody></w:docPart></w:docParts>",
    )
    parts = {"word/glossary/document.xml": ("glossaryDocument", blocks), "_xmlsignatures/sig1.xml": ("", "<s/>")}
    assert read(tmp_path, word(said("Text"), parts)).notes == (
        "Building blocks that are kept with it and stand nowhere in its text: 1.",
        "It carries a digital signature, which MarkTerm does not check.",
    )


def test_the_numbers_of_places_and_the_words_at_them_stay_what_citations_made_before_say() -> None:
    folder = Path(markterm.demo.__file__).parent / "portfolio"
    converted = reader.read(folder / "03-coaching-log.docx")
    lines = converted.markdown.split("\n")
    at = {place.label: (place.line, lines[place.line]) for place in converted.places}
    # As 0.1.0 had them.
    assert at["header"] == (0, "Rosalind Jones, JON2041 · unit 8580-501")
    assert at["table 2"][0] == 19
    assert at["table 2"][1].startswith("| **No.** | **Date** |")
    assert at["paragraph 9"][0] == 33
    assert at["paragraph 9"][1].startswith("   - because two of the team")
    assert at["paragraph 10"] == (34, "2. the Friday count")
    assert at["table 3"][0] == 59
    assert at["paragraph 26"][0] == 71
    assert lines[146].startswith("Comment [MS1]")


def test_notes_that_are_marked_and_not_there_are_counted(tmp_path: Path) -> None:
    marks = '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="3"/></w:r>'
    shown = read(tmp_path, word(para(run("x"), marks)))
    assert shown.markdown == "x"
    assert shown.notes == ("Notes and comments that are marked in it, and whose words are missing: 2.",)


@pytest.mark.parametrize("name", ["word/document.xml", "WORD/document.xml", "word\\document.xml"])
def test_a_part_that_is_there_twice_is_said(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(word(said("first")))
    with warnings.catch_warnings(), ZipFile(path, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr(name, part("document", f"<w:body>{said('second')}</w:body>"))
    shown = reader.read(path)
    assert shown.markdown == "second"
    assert shown.notes == (f"Parts of it are there more than once, and the last of each is shown: {name}.",)
