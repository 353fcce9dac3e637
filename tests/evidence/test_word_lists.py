"""The numbers that stand before the paragraphs of a Word file are those that Word shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.evidence.readers import number_forms
from tests.evidence.made_word import para, part, read, run, word


def _level(index: int, text: str, form: str = "decimal", more: str = "") -> str:
    shown = f'<w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/>{shown}</w:lvl>'


def _numbering(*levels: str, uses: str = "") -> dict[str, tuple[str, str]]:
    content = (
        f'<w:abstractNum w:abstractNumId="7">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>{uses}'
    )
    return {"word/numbering.xml": ("numbering", part("numbering", content))}


def _item(text: str, level: int = 0, number: str = "1") -> str:
    numbered = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return para(run(text), properties=numbered)


def _shown(tmp_path: Path, body: str, parts: dict[str, tuple[str, str]]) -> str:
    return read(tmp_path, word(body, parts)).markdown


def test_a_criterion_that_a_list_numbers_is_not_lost(tmp_path: Path) -> None:
    parts = _numbering(_level(0, "%1."), _level(1, "%1.%2"), _level(2, "%1.%2.%3"))
    body = "".join(
        (_item("Plan"), _item("Goals", 1), _item("Time", 1), _item("Deep", 2), _item("Do"), _item("Care", 1))
    )
    assert _shown(tmp_path, body, parts) == (
        "1. Plan\n   - 1.1 Goals\n   - 1.2 Time\n     - 1.2.1 Deep\n2. Do\n   - 2.1 Care"
    )


def test_a_list_goes_on_behind_a_paragraph_where_word_goes_on(tmp_path: Path) -> None:
    parts = _numbering(_level(0, "%1."))
    body = _item("one") + _item("two") + para(run("between")) + _item("three")
    assert _shown(tmp_path, body, parts) == "1. one\n2. two\n\nbetween\n\n3. three"


def test_a_list_begins_anew_where_it_is_told_to(tmp_path: Path) -> None:
    again = (
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
        "</w:lvlOverride></w:num>"
    )
    parts = _numbering(_level(0, "%1)"), uses=again)
    body = _item("one") + _item("five", 0, "2") + _item("six", 0, "2")
    assert _shown(tmp_path, body, parts) == "1) one\n5) five\n6) six"


def test_a_level_counts_on_where_nothing_above_it_restarts_it(tmp_path: Path) -> None:
    never = _level(1, "%2)", more='<w:lvlRestart w:val="0"/>')
    body = "".join((_item("a"), _item("x", 1), _item("b"), _item("y", 1)))
    assert "2) y" in _shown(tmp_path, body, _numbering(_level(0, "%1."), never))
    assert "1) y" in _shown(tmp_path, body, _numbering(_level(0, "%1."), _level(1, "%2)")))


@pytest.mark.parametrize(
    ("form", "text", "labels"),
    [
        ("lowerLetter", "%1)", ["- a) ", "- b) "]),
        ("upperRoman", "(%1)", ["- (I) ", "- (II) "]),
        ("ordinal", "%1", ["- 1st ", "- 2nd "]),
        ("decimalZero", "%1", ["- 01 ", "- 02 "]),
        ("decimal", "AC %1:", ["- AC 1: ", "- AC 2: "]),
        ("decimal", "%1", ["1. ", "2. "]),
        ("bullet", "\uf0b7", ["- ", "- "]),
        ("bullet", "✓", ["- ✓ ", "- ✓ "]),
        ("none", "", ["", "\n"]),
        ("chineseCounting", "%1.", ["- 一. ", "- 二. "]),
        ("arabicAlpha", "%1)", ["- أ) ", "- ب) "]),
        ("hebrew1", "%1.", ["- א. ", "- ב. "]),
        ("cardinalText", "Task %1", ["- Task One ", "- Task Two "]),
        ("ordinalText", "%1", ["- First ", "- Second "]),
        ("decimalEnclosedCircle", "%1", ["- ① ", "- ② "]),
        ("aFormOfTomorrow", "%1.", ["1. ", "2. "]),
    ],
)
def test_labels_of_every_form_stand_as_word_shows_them(tmp_path: Path, form: str, text: str, labels: list[str]) -> None:
    shown = _shown(tmp_path, _item("x") + _item("x"), _numbering(_level(0, text, form)))
    assert shown == f"{labels[0]}x\n{labels[1]}x"


@pytest.mark.parametrize(
    ("number", "form", "shown"),
    [
        (15, "hebrew1", "טו"),
        (345, "hebrew1", "שמה"),
        (29, "arabicAlpha", "أأ"),
        (21, "chineseCounting", "二十一"),
        (10, "japaneseCounting", "十"),
        (21, "decimalEnclosedCircle", "21"),
        (142, "cardinalText", "One hundred forty-two"),
        (20, "ordinalText", "Twentieth"),
        (103, "ordinalText", "One hundred third"),
        (28, "upperLetter", "BB"),
        (4000, "lowerRoman", "4000"),
        (0, "upperRoman", "0"),
        (31, "hex", "1F"),
        (7, "001, 002, 003, ...", "007"),
    ],
)
def test_numbers_are_written_as_word_writes_them_in_that_form(number: int, form: str, shown: str) -> None:
    assert number_forms.written(number, form) == shown


def test_a_form_of_numbers_that_a_file_spells_out_is_the_one_word_shows(tmp_path: Path) -> None:
    own = (
        '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/>'
        '</mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
    )
    level = f'<w:lvl w:ilvl="0">{own}<w:lvlText w:val="AC%1"/></w:lvl>'
    assert _shown(tmp_path, _item("x") + _item("x"), _numbering(level)) == "- AC001 x\n- AC002 x"


def test_a_bullet_of_a_symbol_font_that_ticks_is_shown(tmp_path: Path) -> None:
    fonts = '<w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr>'
    ticks = f'<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0fc"/>{fonts}</w:lvl>'
    dots = ticks.replace("\uf0fc", "\uf0a7")
    assert _shown(tmp_path, _item("done"), _numbering(ticks)) == "- ✓ done"
    assert _shown(tmp_path, _item("done"), _numbering(dots)) == "- done"


def test_numbers_of_headings_and_cells_stand_before_their_words(tmp_path: Path) -> None:
    numbered = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    style = f'<w:style w:type="paragraph" w:styleId="H"><w:name w:val="Heading 2"/>{numbered}</w:style>'
    parts = {**_numbering(_level(0, "Task %1")), "word/styles.xml": ("styles", part("styles", style))}
    body = (
        para(run("Plan"), properties='<w:pStyle w:val="H"/>')
        + f"<w:tbl><w:tr><w:tc>{_item('Do')}</w:tc></w:tr></w:tbl>"
    )
    assert _shown(tmp_path, body, parts) == "## Task 1 Plan\n\n|  |\n| --- |\n| Task 2 Do |"


def test_a_style_of_headings_that_a_centre_made_is_one_of_headings(tmp_path: Path) -> None:
    styles = (
        '<w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:styleId="Task"><w:name w:val="Centre Task"/><w:basedOn w:val="H1"/></w:style>'
        '<w:style w:styleId="Toc"><w:name w:val="TOC Heading"/><w:basedOn w:val="H1"/>'
        '<w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>'
        '<w:style w:styleId="Part"><w:name w:val="Centre Part"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>'
    )
    body = "".join(para(run(one), properties=f'<w:pStyle w:val="{one}"/>') for one in ("Task", "Toc", "Part", "None"))
    shown = read(tmp_path, word(body, {"word/styles.xml": ("styles", part("styles", styles))})).markdown
    assert shown == "# Task\n\nToc\n\n### Part\n\nNone"


def test_levels_are_found_behind_the_style_that_holds_them(tmp_path: Path) -> None:
    linked = (
        '<w:abstractNum w:abstractNumId="8"><w:numStyleLink w:val="L"/></w:abstractNum>'
        '<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
    )
    parts = _numbering('<w:styleLink w:val="L"/>', _level(0, "§ %1"), uses=linked)
    assert _shown(tmp_path, _item("x", 0, "2"), parts) == "- § 1 x"
    turns = _numbering('<w:numStyleLink w:val="L"/><w:styleLink w:val="L"/>')
    assert _shown(tmp_path, _item("x"), turns) == "x"


@pytest.mark.parametrize("level", ["", "x", "-3", "99"])
@pytest.mark.parametrize("number", ["1", "0", "77", "", "x"])
def test_a_list_that_is_missing_or_wrong_costs_no_words(tmp_path: Path, level: str, number: str) -> None:
    item = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    assert "words" in _shown(tmp_path, para(run("words"), properties=item), _numbering(_level(0, "%1.")))
    for content in ("<w:abstractNum/>", "<w:num/>", '<w:abstractNum w:abstractNumId="7"><w:lvl/></w:abstractNum>'):
        parts = {"word/numbering.xml": ("numbering", part("numbering", content))}
        assert "words" in _shown(tmp_path, para(run("words"), properties=item), parts)


def test_a_level_for_lawyers_shows_all_its_numbers_in_figures(tmp_path: Path) -> None:
    parts = _numbering(_level(0, "%1.", "upperRoman"), _level(1, "%1.%2", more="<w:isLgl/>"), _level(2, "%1.%2.%3"))
    body = _item("a") + _item("b", 1) + _item("c", 2)
    assert _shown(tmp_path, body, parts) == "- I. a\n  - 1.1 b\n    - I.1.1 c"
    padded = _numbering(_level(0, "%1.", "upperRoman"), _level(1, "%1.%2", "decimalZero", "<w:isLgl/>"))
    assert "- 1.01 b" in _shown(tmp_path, body, padded)


def test_a_list_in_a_list_that_begins_with_another_number_is_a_list(tmp_path: Path) -> None:
    second = _level(1, "%2.").replace('<w:start w:val="1"/>', '<w:start w:val="4"/>')
    shown = _shown(tmp_path, _item("a") + _item("four", 1), _numbering(_level(0, "•", "bullet"), second))
    assert shown == "- a\n\n  4. four"


def test_an_item_that_begins_a_list_in_another_is_one_in_markdown_too(tmp_path: Path) -> None:
    parts = _numbering(_level(0, "•", "bullet"), _level(1, "%2."))
    body = "".join((_item("a"), _item("one", 1), _item("b"), _item("one", 1), _item("two", 1)))
    assert _shown(tmp_path, body, parts) == "- a\n  1. one\n- b\n  1. one\n  2. two"
