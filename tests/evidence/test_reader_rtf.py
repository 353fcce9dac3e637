"""Rich text: every word of it in its place, whatever group it stands in, and nothing of what is meant for programs."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.evidence.converted import Converted
from markterm.evidence.readers.rtf import rtf as rtf_reader
from tests.evidence.made import rtf
from tests.evidence.made_more import zip_of


def _read(tmp_path: Path, body: str | bytes) -> Converted:
    path = tmp_path / "a.rtf"
    path.write_bytes(rtf(body) if isinstance(body, str) else body)
    return rtf_reader.read(path)


def _markdown(tmp_path: Path, body: str | bytes) -> str:
    return _read(tmp_path, body).markdown.rstrip("\n")


_BOX = r"\shptxt \pard In the *box*.\par second\par"
_OLD_BOX = r"{\*\do\dobxpage{\dptxbxtext\pard In the *box*.\par second\par}}"


@pytest.mark.parametrize(
    "box",
    [
        rf"{{\shp{{\*\shpinst\shpleft0{{\sp{{\sn shapeType}}{{\sv 202}}}}{{{_BOX}}}}}{{\shprslt{_OLD_BOX}}}}}",
        rf"{{\shp{{\*\shpinst{{{_BOX}}}}}}}",
        rf"{{\shp{{\shprslt{_OLD_BOX}}}}}",
        _OLD_BOX,
        rf"{{\shpgrp{{\*\shpinst{{\shp{{\*\shpinst{{{_BOX}}}}}}}}}}}",
    ],
)
def test_a_text_box_is_read_once_in_whichever_form_it_is_told(tmp_path: Path, box: str) -> None:
    assert _markdown(tmp_path, rf"{box}Before\par after\par").split("\n\n") == [
        "[text box] In the \\*box\\*.",
        "second",
        "Before",
        "after",
    ]
    assert _markdown(tmp_path, rf"Before{box} it\par after\par").split("\n\n")[:2] == [
        "Before it",
        "[text box] In the \\*box\\*.",
    ]


@pytest.mark.parametrize(
    ("field", "shown"),
    [
        (r"{\*\fldinst FORMCHECKBOX {\*\formfield{\fftype1\ffres1{\*\ffname C}}}}{\fldrslt }", "☑"),
        (r"{\*\fldinst FORMCHECKBOX {\*\formfield{\fftype1\ffres0\ffdefres1}}}{\fldrslt }", "☐"),
        (r"{\*\fldinst FORMCHECKBOX {\*\formfield{\fftype1\ffres25\ffdefres1}}}{\fldrslt {\f3 \'fe}}", "☑"),
        (r"{\*\fldinst FORMDROPDOWN {\*\formfield{\fftype2\ffres1{\*\ffl Not met}{\*\ffl Fully met}}}}", "Fully met"),
        (r"{\*\fldinst FORMDROPDOWN {\*\formfield{\fftype2\ffres9{\*\ffl Not met}}}}{\fldrslt }", ""),
        (r"{\*\fldinst FORMTEXT {\*\formfield{\fftype0{\*\ffdeftext x}}}}{\fldrslt I led it}", "I led it"),
        (r"{\*\fldinst{HYPERLINK }{\ul "
         r'"http://a.b/c"}}{\fldrslt{\ul my }{plan}}', "[my plan](<http://a.b/c>)"),
        (r'{\*\fldinst HYPERLINK \\l "Top"}{\fldrslt up}', "up"),
        (r'{\*\fldinst HYPERLINK "c"}{\fldrslt one\par two}', "one\n\n[two](<c>)"),
        (r"{\*\fldinst SYMBOL 252 \\f Wingdings}{\fldrslt }", "✓"),
        (r"{\*\fldinst PAGE}{\fldrslt 7}", "7"),
    ],
)  # fmt: skip
def test_a_field_shows_what_was_filled_in_or_where_it_leads(tmp_path: Path, field: str, shown: str) -> None:
    assert _markdown(tmp_path, rf"a {{\field{field}}} b\par") == f"a {shown} b".replace("  ", " ")


def test_notes_comments_and_their_authors_stand_where_their_marks_are(tmp_path: Path) -> None:
    body = (
        r"one\chftn{\footnote\pard\intbl M\'fd *\u110?ote\par more"
        r"{\field{\*\fldinst HYPERLINK x}{\fldrslt x}}}two {\*\atnid A}{\*\atnauthor Ann Lee}\chatn"
        r"{\*\annotation{\*\atnref 1}{\*\atndate 99}Why?}{\*\atnauthor Ben}{\*\annotation{\*\atnparent -1}Because.}\par"
    )
    assert _markdown(tmp_path, body) == (
        "one[note] Mý \\*note morextwo [comment Ann Lee] Why?[comment Ben, an answer] Because."
    )


def test_headers_and_footers_are_shown_once(tmp_path: Path) -> None:
    body = r"{\headerl Centre\par}{\headerr Centre\par}{\footer Page {\field{\*\fldinst PAGE}{\fldrslt 1}}\par}text\par"
    assert _markdown(tmp_path, body).split("\n\n") == ["[header] Centre", "[footer] Page 1", "text"]


def test_deleted_words_are_counted_inserted_ones_kept_and_hidden_ones_shown(tmp_path: Path) -> None:
    read = _read(
        tmp_path, r"I {\deleted never{\*\atnauthor A}{\*\annotation Why?}}{\revised always} ask.{\v secret}\v0\par"
    )
    assert read.markdown == "I [comment A] Why?always ask.secret\n"
    assert read.notes == (
        "Passages that were deleted with changes tracked, and are not shown: 1.",
        "Passages that were inserted with changes tracked, and are shown: 1.",
        "Text that a word processor hides is shown.",
    )


def test_tables_and_tables_in_their_cells_keep_their_rows(tmp_path: Path) -> None:
    body = (
        r"\trowd\pard\intbl Name\cell Week\par one\cell\row\trowd\pard\intbl Zoe\cell\pard\intbl\itap2 a\nestcell"
        r" b\nestcell{\*\nesttableprops\trowd\nestrow}{\nonesttables\par}\pard\intbl end\cell\row\pard after\par"
    )
    assert _markdown(tmp_path, body) == "| Name | Week one |\n| --- | --- |\n| Zoe | a; b end |\n\nafter"


def test_headings_lists_lines_and_struck_words(tmp_path: Path) -> None:
    body = (
        r"{\stylesheet{\s0 Normal;}{\s1\b heading 1;}}{\pard\s1 Plan\par}{\pard\outlinelevel1 1. Aims\par}"
        r"\pard{\listtext 1.\tab}first\line second\par{\pntext\f2\'b7\tab}{\strike old }{\strike word} new\par"
    )
    assert _markdown(tmp_path, body).split("\n\n") == [
        "# Plan",
        "## 1. Aims",
        "1\\. first\\\nsecond",
        "· ~~old word~~ new",
    ]


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (rb"{\rtf1\ansi\ansicpg1250 \'9eivot}", "život"),
        (rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset238 A;}{\f1\fcharset204 B;}}\f0\'9e\f1\'e4\plain}", "žд"),
        (rb"{\rtf1\ansi{\fonttbl{\f0\fcharset128 M;}}\f0\'83\'65\'83X\'83g}", "テスト"),
        (rb"{\rtf1\ansi\uc1\u8217 'a\u-10179?\u-8704?b{\uc2\u233 xxc}\u233\'e9d}", "’a😀bécéd"),
        (rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}{\f1\fcharset2 Wingdings;}}\f0 a{\f1\'fc\u-3842 ?}b}", "a✓☑b"),
        (rb"{\rtf1{\listtext\u61623\'3f\tab}a\par{\*\pntext\u61692\'3f\tab}b}", "• a\n\n✓ b"),
        (rb"{\rtf1\ansi{\upr{pass over}{\*\ud{\u381?ena}}}}", "Žena"),
        ("{\\rtf1\\ansi café}".encode(), "café"),
        (rb"{\rtf1\ansi a\~b\_c\-d\emdash e\{f\}\\g}", "a\u00a0b\u2011cd—e{f}\\g"),
        (rb"{\rtf1 a{\pict\bin4 {{{{}b}", "a[image: no description]b"),
        (rb"{\rtf1 a{\b b \*\unknown c \tc d}e}", "ab c de"),
        (rb"{\rtf1{\*\unknown hidden {text}}{\info{\title no}}shown}", "shown"),
        (rb"{\rtf1\fromhtml1{\*\htmltag64 <p>}\htmlrtf \par\htmlrtf0 words{\*\htmltag72 </p>}}", "words"),
    ],
)
def test_signs_are_read_in_the_code_page_or_font_they_are_in(tmp_path: Path, body: bytes, shown: str) -> None:
    assert _markdown(tmp_path, body) == shown.replace("\u00a0", " ")


def test_a_picture_has_its_description(tmp_path: Path) -> None:
    body = r"{\*\shppict{\pict{\*\picprop{\sp{\sn wzDescription}{\sv a cot}}}\pngblip 00ff}}{\nonshppict{\pict 00}}\par"
    read = _read(tmp_path, body)
    assert read.markdown == "[image: a cot]\n"
    assert read.notes == ("Pictures that are shown by their description only: 1.",)


def _object(kind: str, content: bytes, *, linked: str = "") -> str:
    parts = b"".join(
        struct.pack("<I", len(text) + 1) + text.encode() + b"\0" if text else struct.pack("<I", 0)
        for text in (kind, linked, "")
    )
    data = struct.pack("<II", 0x501, 1 if linked else 2) + parts + struct.pack("<I", len(content)) + content
    return rf"{{\object\objemb{{\*\objclass {kind}}}{{\*\objdata {data.hex()}}}{{\result {{\pict 00}}}}}}"


def test_files_inside_are_attached_and_named_where_they_stand(tmp_path: Path) -> None:
    plan = b"the plan"
    package = (
        b"\x02\0plan.txt\0C:\\plan.txt\0\0\0\x03\0" + struct.pack("<I", 1) + b"\0" + struct.pack("<I", len(plan)) + plan
    )
    book = zip_of([("xl/workbook.xml", b"<x/>")])
    body = (
        f"See {_object('Package', package)} and {_object('Excel.Sheet.12', book)} and {_object('Odd.1', b'???')}\\par"
    )
    read = _read(tmp_path, body)
    named = "See [attached: plan.txt] and [attached: Excel.xlsx] and [embedded object, not opened: Odd]\n"
    assert read.markdown == named
    assert [(one.name, one.content) for one in read.attachments] == [("plan.txt", plan), ("Excel.xlsx", book)]
    assert read.notes == ("Objects inside it that cannot be read: 1. Open the file outside.",)
    wide = b"".join(struct.pack("<I", len(name)) + name.encode("utf-16-le") for name in ("C:\\x", "łan.txt", "x"))
    assert _markdown(tmp_path, _object("Package", package + wide)) == "[attached: łan.txt]"
    assert _markdown(tmp_path, _object("Package", package[:-1])) == "[embedded object, not opened: Package]"
    assert _markdown(tmp_path, _object("Word.Document.8", b"", linked="C:\\x.doc")) == "[linked, not opened: C:\\x.doc]"


def test_a_file_cut_short_anywhere_keeps_what_came_before(tmp_path: Path) -> None:
    body = rf"first\par {_object('Package', b'x')}{{\shp{{\*\shpinst{{{_BOX}}}}}}}{{\footnote My note}}last\par"
    data = rtf(body)
    for part in range(data.index(b"first") + 6, len(data), 7):
        read = _read(tmp_path, data[:part])
        assert read.markdown.startswith("first")
        assert read.notes[-1] == "The file breaks off before its end."


def test_braces_too_many_end_nothing(tmp_path: Path) -> None:
    assert _markdown(tmp_path, rb"{\rtf1 a}}} b\par c}") == "a b\n\nc"


def test_twenty_thousand_open_braces_are_read_as_any_other_file(tmp_path: Path) -> None:
    data = b"{\\rtf1 a" + b"{\\b" * 20_000 + b" deep"
    assert _markdown(tmp_path, data) == "adeep"


def test_a_file_without_words_says_so(tmp_path: Path) -> None:
    assert _read(tmp_path, r"\pard\par").notes == ("There is no text in it.",)


_PIECES = st.sampled_from(
    [b"{", b"}", b"\\*", b"\\par ", b"\\cell", b"\\row", b"\\u8217 ?", b"\\'e9", b"\\bin3 ", b"\\field", b"\\fldinst ",
     b"\\fldrslt ", b"\\footnote ", b"\\annotation ", b"\\shp", b"\\shpinst", b"\\shptxt ", b"\\object", b"\\objdata ",
     b"\\result ", b"\\pict ", b"\\upr", b"\\ud", b"\\fonttbl", b"\\f2 ", b"\\s1 ", b"\\stylesheet", b"\\header ",
     b"\\nestcell", b"\\nestrow", b"\\intbl ", b"FORMCHECKBOX", b"\\ffl ", b"\\sv ", b"zebra ", b"\xe9", b"\\", b"'"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=40).map(b"".join))
def test_whatever_stands_in_a_file_it_is_read(tmp_path_factory: pytest.TempPathFactory, body: bytes) -> None:
    read = _read(tmp_path_factory.getbasetemp(), b"{\\rtf1 " + body)
    assert [place.line for place in read.places] == sorted({place.line for place in read.places})
    assert all(place.line < len(read.markdown.split("\n")) for place in read.places)


def test_a_word_that_stands_in_for_a_sign_is_passed_over_like_a_letter(tmp_path: Path) -> None:
    assert _markdown(tmp_path, r"\uc1 a\u8220\ldblquote b\u8221\rdblquote\par") == "a“b”"
    assert _markdown(tmp_path, r"\uc2\u8212\emdash ?c\uc0\u8212\emdash d\par") == "—c——d"


def test_figures_above_and_below_the_line_are_no_figures_of_the_line(tmp_path: Path) -> None:
    assert _markdown(tmp_path, r"10{\super 3} m{\up6 2} H{\sub 2}O \super 4\nosupersub 5{\super th}\par") == (
        "10³ m² H₂O ⁴5th"
    )


def test_a_field_that_was_emptied_does_not_show_what_it_began_with(tmp_path: Path) -> None:
    field = r"{\*\fldinst FORMTEXT {\*\formfield{\fftype0{\*\ffdeftext Type here}}}}"
    assert _markdown(tmp_path, rf"Name:{{\field{field}{{\fldrslt }}}}\par") == "Name:"
    assert _markdown(tmp_path, rf"Name: {{\field{field}}}\par") == "Name: Type here"


def test_the_second_byte_of_a_sign_may_have_a_backslash_before_it(tmp_path: Path) -> None:
    fonts = rb"{\rtf1\ansi\ansicpg932\deff0{\fonttbl{\f0\fcharset128 MS Mincho;}}"
    assert _markdown(tmp_path, fonts + rb"\'83\\\'83t\'83g a\\b \{c\}\par}") == "ソフト a\\b {c}"


def test_a_column_ends_a_paragraph_and_a_field_to_be_merged_shows_its_name(tmp_path: Path) -> None:
    assert _markdown(tmp_path, r"one\column two\par") == "one\n\ntwo"
    assert _markdown(tmp_path, r"Dear {\field{\*\fldinst MERGEFIELD Name \\* MERGEFORMAT}}\par") == "Dear «Name»"
