"""Published standards in tables, on web pages, in two languages, in pieces: the same statements in every layout."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.standards.published.nos import read_nos
from markterm.domain.standards.published.result import not_read
from markterm.domain.texts.marked_lines import lines_of_marked
from markterm.domain.texts.printed_lines import lines_of
from tests.domain.standards.made_published import (
    KNOW,
    MARKED,
    MUST,
    TEA,
    Layout,
    both,
    cells,
    plain,
    texts,
    told,
    web_page,
)


@pytest.mark.parametrize("layout", MARKED)
def test_the_same_statements_are_read_from_every_layout(layout: Layout) -> None:
    tea, table = read_nos(lines_of_marked(both(layout))).standards
    assert texts(tea) == {
        "P1": "boil fresh water",
        "P2": "warm the pot, so that nothing cools",
        "K1": "how long leaves stand",
    }
    assert texts(table) == {"P1": "ask before taking a cup", "K1": "where cups go", "K2": "who counts the spoons"}
    assert (tea.title, table.title) == ("Make tea for one", "Clear the table")
    assert (tea.code, table.code) == ("KTLTM01", "KTLTM02")
    assert (table.approved, table.origin) == ("May 2024", "The Tea Board")


def test_a_version_that_is_one_figure_and_a_date_are_no_numbers_of_pages() -> None:
    for text in (lines_of(both(plain)), lines_of_marked(both(cells))):
        assert [each.version for each in read_nos(text).standards] == ["2", "2"]
        assert [each.review for each in read_nos(text).standards] == ["May 2027", "May 2027"]


def test_paragraphs_of_an_overview_stay_apart() -> None:
    assert (
        read_nos(lines_of_marked(cells(*TEA))).standards[0].overview
        == "This standard is about tea.\n\nIt is for waiters."
    )


def test_statements_that_were_parted_within_a_line_are_told() -> None:
    for layout in MARKED:
        is_told = "parted at their numbers" in told(read_nos(lines_of_marked(both(layout))))
        assert is_told is (layout.__name__ in ("one_cell", "in_one_line"))


def test_a_line_is_not_parted_at_a_number_that_begins_a_line_of_its_own() -> None:
    text = plain("KTLTM01", "Make tea", ("boil as in P2 and", "warm the pot"), ("why",))
    assert texts(read_nos(lines_of(text)).standards[0])["P1"] == "boil as in P2 and"


def test_a_line_that_begins_with_a_number_of_its_own_is_no_statement() -> None:
    text = web_page("KTLTM01", "Make tea", ("boil water for",), ("why",)).replace("water for", "water for  \n2 guests")
    assert texts(read_nos(lines_of_marked(text)).standards[0])["P1"] == "boil water for 2 guests"


def test_a_heading_above_a_group_of_statements_is_no_part_of_the_one_before() -> None:
    text = plain(
        "KTLTM01", "Make tea", ("boil fresh water\n\nServing guests\n", "pour for the\n\nTea Board\n", "sit"), ("why",)
    )
    published = read_nos(lines_of(text))
    first, second, third = published.standards[0].statements[:3]
    assert (first.text, first.under) == ("boil fresh water", "")
    assert (second.text, second.under) == ("pour for the Tea Board", "Serving guests")
    assert third.under == "Serving guests"
    assert "`Serving guests` was taken for a heading, and not for the end of P1." in told(published)


def test_a_heading_that_the_document_marks_as_one_needs_no_doubt() -> None:
    text = web_page("KTLTM01", "Make tea", ("boil", "pour"), ("why",)).replace(
        "2\\. pour", "**Serving guests**\n\n2\\. pour"
    )
    published = read_nos(lines_of_marked(text))
    assert [each.under for each in published.standards[0].statements] == ["", "Serving guests", ""]
    assert "Serving" not in told(published)


def test_parts_of_a_statement_are_statements_below_it() -> None:
    text = plain("KTLTM01", "Make tea", ("boil", "pour for:\nP2.1 one\nP2.2 many", "sit"), ("why",))
    read = {each.code: (each.text, each.parent) for each in read_nos(lines_of(text)).standards[0].statements}
    assert read["P2"] == ("pour for:", "")
    assert read["P2.2"] == ("many", "P2")
    assert read["P3"] == ("sit", "")


def test_what_begins_in_the_middle_of_a_standard_is_read_and_told() -> None:
    whole = plain("KTLTM01", "Make tea", ("boil", "pour", "sit"), ("why",))
    published = read_nos(
        lines_of(
            "You must be able to:\n" + whole[: whole.index("P1")].replace("Overview", "") + whole[whole.index("P2") :]
        )
    )
    assert texts(published.standards[0]) == {"P2": "pour", "P3": "sit", "K1": "why"}
    assert "`P2 pour` stands where P1 is expected." in told(published)


def test_a_standard_without_its_other_half_is_told() -> None:
    text = both(plain)
    published = read_nos(lines_of(text[: text.rindex(" Knowledge and")]))
    assert [len(each.statements) for each in published.standards] == [3, 1]
    assert "KTLTM02 has no knowledge." in told(published)


def test_the_same_head_on_every_page_is_no_part_of_a_statement() -> None:
    head = "The Tea Board: making tea"
    text = (
        both(plain)
        .replace("\nP2", f"\n\n{head}\n\n{head} 3\nP2")
        .replace("nothing cools", f"nothing\n{head}\n{head} 4\ncools")
    )
    tea = read_nos(lines_of(text)).standards[0]
    assert texts(tea)["P1"] == "boil fresh water"
    assert texts(tea)["P2"] == "warm the pot, so that nothing cools"


WELSH = {
    "Overview": "Trosolwg",
    "Performance\ncriteria": "Meini prawf\nperfformiad",
    "You must be\nable to:": "Rhaid i chi allu:",
    "Knowledge and\nunderstanding": "Gwybodaeth a\ndealltwriaeth",
    KNOW: "Mae angen i chi wybod a deall:",
    "Developed by": "Datblygwyd gan",
    "Version Number": "Rhif y fersiwn",
    "Original URN": "URN gwreiddiol",
    "boil fresh water": "berwi d\u0175r",
}


def in_welsh(text: str) -> str:
    for english, welsh in WELSH.items():
        text = text.replace(english, welsh)
    return text


def test_a_standard_in_welsh_is_read() -> None:
    standard = read_nos(lines_of(in_welsh(plain(*TEA)))).standards[0]
    assert (standard.code, standard.version, standard.origin) == ("KTLTM01", "2", "The Tea Board")
    assert texts(standard)["P1"] == "berwi d\u0175r"


@pytest.mark.parametrize(("welsh", "first"), [(False, "boil fresh water"), (True, "berwi d\u0175r")])
def test_of_a_standard_in_two_languages_one_is_taken_and_told(welsh: bool, first: str) -> None:
    published = read_nos(lines_of(plain(*TEA) + in_welsh(plain(*TEA))), welsh=welsh)
    assert [texts(each)["P1"] for each in published.standards] == [first]
    assert f"in two languages: the {'Welsh' if welsh else 'English'} was taken." in told(published)


BESIDE = f"""
| Overview | Trosolwg |
| --- | --- |
| This standard is about tea. | Mae am de. |

| Performance criteria {MUST} | Meini prawf perfformiad Rhaid i chi allu: |
| --- | --- |
| P1 boil | P1 berwi |
| P2 pour | P2 arllwys |

| Knowledge and understanding {KNOW} | | Gwybodaeth a dealltwriaeth Mae angen i chi wybod a deall: | |
| --- | --- | --- | --- |
| K1 | why | K1 | pam |
"""


@pytest.mark.parametrize(("welsh", "read"), [(False, "boil pour why"), (True, "berwi arllwys pam")])
def test_of_two_languages_beside_each_other_one_is_taken_and_told(welsh: bool, read: str) -> None:
    published = read_nos(lines_of_marked(BESIDE), welsh=welsh)
    assert " ".join(texts(published.standards[0]).values()) == read
    assert "Two languages stand beside each other" in told(published)


@pytest.mark.parametrize("between", [" ", "\n"])
def test_two_languages_beside_each_other_in_print_are_told(between: str) -> None:
    text = plain(
        "KTLTM01", "Make tea", (f"boil{between}P1 berwi", f"pour{between}P2 arllwys"), (f"why{between}K1 pam",)
    )
    assert "The statements of KTLTM01 stand twice, as in two languages" in told(read_nos(lines_of(text)))
    assert "stand twice" not in told(read_nos(lines_of(both(plain))))


def test_a_standard_that_stands_there_twice_is_taken_once_and_the_difference_told() -> None:
    again = plain(*TEA).replace("how long leaves stand", "how long they stand")
    published = read_nos(lines_of(plain(*TEA) + again))
    assert len(published.standards) == 1
    assert "KTLTM01 stands in it twice, and says something else at K1: the first was taken." in told(published)


def test_the_code_at_the_heads_of_pages_is_told_where_the_original_reference_is_another() -> None:
    standard = read_nos(lines_of(plain(*TEA).replace("URN KTLTM01", "URN KTL7"))).standards[0]
    assert (standard.code, standard.published_as) == ("KTLTM01", "KTL7")
    assert any("KTL7 is its original reference" in each for each in standard.to_check)


def test_other_sections_of_a_standard_are_kept_with_their_names() -> None:
    text = plain(*TEA).replace(
        " Developed by", " Scope/range\n\ncups and mugs\n Glossary\n\nMug\na tall cup\n Developed by"
    )
    standard = read_nos(lines_of(text)).standards[0]
    assert standard.overview.endswith("Scope/range:\n\ncups and mugs")
    assert [(term.word, term.meaning) for term in standard.glossary] == [("Mug", "a tall cup")]


words = st.lists(st.sampled_from(["water", "tea", "cups", "and", "for", "the", "table"]), min_size=1, max_size=6).map(
    " ".join
)


@given(
    st.lists(words, min_size=1, max_size=12),
    st.lists(words, min_size=1, max_size=12),
    st.sampled_from([plain, *MARKED]),
)
def test_no_statement_is_lost_cut_or_joined(performance: list[str], knowledge: list[str], layout: Layout) -> None:
    text = layout("KTLTM01", "Make tea", performance, knowledge)
    lines = lines_of(text) if layout is plain else lines_of_marked(text)
    read = texts(read_nos(lines).standards[0])
    assert [text for code, text in read.items() if code[0] == "P"] == performance
    assert [text for code, text in read.items() if code[0] == "K"] == knowledge


BULLETS = f"""# Pour tea in a shop

URN: PPL.B900

Developed by: The Tea Board

Approved:

2025

## Overview

This standard is about tea:

- green
- black

## Performance criteria

{MUST}

- boil fresh water
- pour it

## Knowledge and Understanding

{KNOW}

- how long leaves stand
"""


def test_bullets_without_numbers_get_those_of_their_order_and_it_is_told() -> None:
    published = read_nos(lines_of_marked(BULLETS))
    standard = published.standards[0]
    assert texts(standard) == {"P1": "boil fresh water", "P2": "pour it", "K1": "how long leaves stand"}
    assert (standard.code, standard.title, standard.approved) == ("PPL.B900", "Pour tea in a shop", "2025")
    assert "The statements have no numbers" in told(published)


def test_knowledge_below_the_criterion_that_it_belongs_to_keeps_its_heading() -> None:
    knowledge = (
        "types of cups in relation to:\n\u2022 glass\n\u2022 clay",
        "who asks\nP2 Safe work\nK3 how fires are met",
        "why",
    )
    text = (
        plain("KTLTM01", "Make tea", ("pour", "work safely"), knowledge)
        .replace(KNOW, f"{KNOW}\nP1 Pouring")
        .replace("K3 why", "K4 why")
    )
    published = read_nos(lines_of(text))
    read = {each.code: (each.text, each.under) for each in published.standards[0].statements}
    assert read["K1"] == ("types of cups in relation to: \u2022 glass \u2022 clay", "P1 Pouring")
    assert read["K2"] == ("who asks", "P1 Pouring")
    assert read["K3"] == ("how fires are met", "P2 Safe work")
    assert "`P2 Safe work` was taken for a heading, and not for the end of K2." in told(published)
    assert not list(not_read(lines_of(text), published))


def test_a_line_that_begins_with_a_later_number_goes_on_where_the_expected_one_still_comes() -> None:
    text = plain("KTLTM01", "Make tea", ("pour",), ("why leaves, as", "cups", "guests")).replace(
        "as\n", "as\nK3 says, stand\n"
    )
    published = read_nos(lines_of(text))
    assert texts(published.standards[0])["K1"] == "why leaves, as K3 says, stand"
    assert "`K3 says, stand` was taken for the end of K1: it begins like a statement." in told(published)


def test_a_capital_at_the_beginning_of_a_line_below_makes_no_heading() -> None:
    text = plain("KTLTM01", "Make tea", ("know the rules of this\nTea Board", "pour"), ("why",))
    assert texts(read_nos(lines_of(text)).standards[0])["P1"] == "know the rules of this Tea Board"


def test_a_reference_at_the_heads_of_pages_is_known_by_coming_again() -> None:
    text = (
        plain(*TEA)
        .replace("Original URN KTLTM01", "")
        .replace("\nP2", "\nKTLTM01\nP2")
        .replace("KTLTM01\nMake tea for one\n", "")
    )
    standard = read_nos(lines_of(text.replace("\nK1", "\nKTLTM01\nK1"))).standards[0]
    assert standard.code == "KTLTM01"
    assert texts(standard)["P1"] == "boil fresh water"


def test_the_head_of_a_page_in_the_middle_of_a_standard_says_nothing_of_the_next() -> None:
    first = plain(*TEA).replace(" Knowledge and", "KTLTM01\n Knowledge and")
    second = plain("", "", ("sit",), ("why",)).replace("Original URN \n", "")
    assert [each.code for each in read_nos(lines_of(first + second)).standards] == ["KTLTM01", "UNNAMED2"]


def test_a_reference_that_is_to_come_is_none() -> None:
    text = plain("", "", ("sit",), ("why",)).replace("Original URN \n", "Original URN to be confirmed\n")
    assert read_nos(lines_of(text)).standards[0].code == "UNNAMED1"


def test_bullets_of_an_overview_are_paragraphs_of_their_own() -> None:
    text = plain(*TEA).replace("one.\n", "one:\n\u2022 green\n\u2022 black\n", 1)
    assert read_nos(lines_of(text)).standards[0].overview.endswith("one:\n\n\u2022 green\n\n\u2022 black")


def test_dates_on_lines_of_their_own_are_no_feet_of_pages() -> None:
    text = plain(*TEA).replace("Date Approved May", "Date Approved\nMay").replace("Review Date May", "Review Date\nMay")
    standard = read_nos(lines_of(text)).standards[0]
    assert (standard.approved, standard.review) == ("May 2024", "May 2027")


@pytest.mark.parametrize("heading", ["Knowledge", "What to know", "Knowledge and understanding"])
def test_a_list_below_another_heading_is_no_part_of_the_one_before(heading: str) -> None:
    text = plain("KTLTM01", "Make tea", ("pour", "sit"), ("why", "who")).replace(
        f" Knowledge and\nunderstanding\n\n{KNOW}", heading
    )
    read = texts(read_nos(lines_of(text)).standards[0])
    assert [read[code] for code in ("K1", "K2")] == ["why", "who"]
    assert read["P2"].removesuffix(f" {heading}") == "sit"


LOGBOOK = f"""
| Performance criteria {MUST} |  | Evidence |
| --- | --- | --- |
| P1 | boil fresh water | tasted |
| Serving guests |  |  |
| P2 | pour for the |  |
|  | Tea Board |  |

| Knowledge and understanding {KNOW} |  | Evidence |
| --- | --- | --- |
| K1 | why |  |
"""


def test_another_column_of_a_table_is_no_part_of_its_statements() -> None:
    published = read_nos(lines_of_marked(LOGBOOK))
    read = {each.code: (each.text, each.under) for each in published.standards[0].statements}
    assert read["P1"] == ("boil fresh water", "")
    assert read["P2"] == ("pour for the Tea Board", "Serving guests")
    assert "`tasted` stands beside P1 in another column, and was left out." in told(published)
    assert "`Serving guests` was taken for a heading, and not for the end of P1." in told(published)


def test_a_line_of_nothing_but_capitals_does_not_hold_up_the_reading() -> None:
    read = read_nos(lines_of(f"{'A' * 200_000}\n{plain(*TEA)}"))
    assert [standard.code for standard in read.standards] == ["KTLTM01"]


def test_a_reference_with_a_figure_within_it_is_read_as_one() -> None:
    from markterm.domain.standards.published.sections import REFERENCE

    assert REFERENCE.fullmatch("PPL2FBS99")
    assert not REFERENCE.fullmatch("P1 T2")
