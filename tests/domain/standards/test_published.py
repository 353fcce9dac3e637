"""Published documents, made here in the layouts in which they are published, with what extraction does to them."""

from __future__ import annotations

import pytest

from markterm.domain.assessed.standard import Standard, StatementKind
from markterm.domain.standards.published.ksb import read_ksb
from markterm.domain.standards.published.nos import read_nos
from markterm.domain.standards.published.result import Published
from markterm.domain.texts.printed_lines import lines_of

OVERVIEW = """
Suite Overview

Those who make tea for others.
 Performance
criteria

and

Knowledge and
understanding

Each standard has criteria which a person meets.
 Functional Map
A. Serve tea
BREW AND
A1. Pour for
guests
A2. Clear up
B. Brew tea
B1. Boil water
 Functional Map to NOS links:
This shows which of the NOS meet the functions.

Serve and clea r
Functional Area Function Reference / Title NOS
Ref
Relevant NOS title

A1. Pour for
guests

TM01 Make tea for one
TM02 Clear the table
A. Serve tea
TM01 Make tea for one

A2. Clear up
TM02 Clear the tables
B. Brew tea
B1. Boil water TM01 Make tea for one
 Developed by The Tea Board

Version number 2.0

Indicative review
date

May 2027

Original URN KTL TM00

Suite Making Tea
"""
FIRST = """ Overview

This standard is about tea for one.
 Performance
criteria

You must be able to:

P1 boil fresh water in a ket tle that is
clean
P2 warm the pot be-
fore the leaves
P3 pour
 KTL TM01
Make tea for one
KTL TM01 Make tea for one  7
P4 taste the non\u2011boiling tea
 Knowledge and
understanding

You need to know and
understand:

K1 how long leaves stand

in a kettle and before
K2 why P1 matters
 Developed by The Tea Board
Version number 2.1
Date approved May 2024
Original URN KTL TM01
Suite Making Tea
"""
SECOND = """ Overview

This standard is about tables.
 Performance criteria
You must be able to:
P1 clear the table
 Knowledge and understanding
You need to know and understand:
K1 where cups go
K3 where spoons go
"""


def read(text: str) -> Published:
    return read_nos(lines_of(text))


def texts(standard: Standard) -> dict[str, str]:
    return {statement.code: statement.text for statement in standard.statements}


def test_a_standard_begins_with_its_first_statement_and_not_with_a_heading_of_the_overview() -> None:
    published = read(OVERVIEW + FIRST + SECOND)
    assert [standard.code for standard in published.standards] == ["KTLTM01", "KTLTM02"]
    assert published.counts == {StatementKind.PERFORMANCE: 5, StatementKind.KNOWLEDGE: 4}


def test_no_statement_is_cut_or_joined_with_what_stands_at_the_head_of_a_page() -> None:
    first = read(OVERVIEW + FIRST + SECOND).standards[0]
    assert texts(first) == {
        "P1": "boil fresh water in a kettle that is clean",
        "P2": "warm the pot before the leaves",
        "P3": "pour",
        "P4": "taste the non-boiling tea",
        "K1": "how long leaves stand in a kettle and before",
        "K2": "why P1 matters",
    }
    assert first.overview == "This standard is about tea for one."


def test_what_belongs_to_no_statement_is_told_and_not_dropped() -> None:
    left_out = read(OVERVIEW + FIRST + SECOND).left_out
    assert [line.text for line in left_out] == ["KTL TM01", "Make tea for one", "KTL TM01 Make tea for one 7"]


def test_the_foot_gives_version_dates_and_reference() -> None:
    first, second = read(OVERVIEW + FIRST + SECOND).standards
    assert (first.version, first.approved, first.published_as, first.origin) == (
        "2.1",
        "May 2024",
        "KTL TM01",
        "The Tea Board",
    )
    assert (second.version, second.review) == ("2.0", "May 2027")


@pytest.mark.parametrize(
    "message",
    [
        "`ket tle` was read as `kettle`.",
        "KTLTM02 is called `Clear the table`, and also `Clear the tables`.",
        "KTLTM02 has no reference of its own: the code was taken from its place among those of the functional map.",
        "`K3 where spoons go` stands where K2 is expected.",
    ],
)
def test_what_was_read_with_a_choice_is_told(message: str) -> None:
    assert message in [doubt.message for doubt in read(OVERVIEW + FIRST + SECOND).doubts]


def test_what_is_told_of_a_standard_stands_in_its_own_sheet() -> None:
    first, second = read(OVERVIEW + FIRST + SECOND).standards
    assert first.to_check == ("`ket tle` was read as `kettle`.",)
    assert any("no reference of its own" in each for each in second.to_check)


def test_the_functional_map_is_read_from_its_layout_and_told_as_such() -> None:
    suite = read(OVERVIEW + FIRST + SECOND).suites[0]
    assert (suite.code, suite.title, suite.version) == ("KTLTM", "Making Tea", "2.0")
    assert [(area.code, area.title) for area in suite.areas] == [("A", "Serve tea"), ("B", "Brew tea")]
    assert {function.code: (function.title, function.standards) for function in suite.functions} == {
        "A1": ("Pour for guests", ("KTLTM01", "KTLTM02")),
        "A2": ("Clear up", ("KTLTM01", "KTLTM02")),
        "B1": ("Boil water", ("KTLTM01",)),
    }
    assert suite.to_check[0].startswith("Which standards meet which function was read from the layout")


def test_a_text_that_is_no_standard_gives_none() -> None:
    for text in ("", "Performance criteria are what people meet.\nKnowledge\nP1\n", "Overview\n\n# Tea\n"):
        assert read(text).standards == ()
        assert read_ksb(lines_of(text)).standards == ()


FRAMEWORK = """
https://tea.example/logo.png
Framework code: ST0042 – Tea Maker, a role
3
KNOWLEDGE
Duties
  • Task 1 – Make tea
    Those who make tea make it for others.
  • Task 2 – Clear up
    Nobody else does.
Knowledge
  • K1: Know leaves.
  • K2: Know
 water.
Skills
S1 Pour
Behaviours
B1: Is calm.
Portal for more tea
"""


def test_a_framework_of_knowledge_skills_and_behaviours_is_read_whole() -> None:
    published = read_ksb(lines_of(FRAMEWORK))
    standard = published.standards[0]
    assert (standard.code, standard.title) == ("ST0042", "Tea Maker")
    assert texts(standard) == {
        "D1": "Make tea Those who make tea make it for others.",
        "D2": "Clear up Nobody else does.",
        "K1": "Know leaves.",
        "K2": "Know water.",
        "S1": "Pour",
        "B1": "Is calm.",
    }
    assert [line.text for line in published.left_out] == ["3", "Portal for more tea"]


def test_the_foot_of_a_page_ends_no_statement_and_is_no_reference() -> None:
    text = (
        (OVERVIEW + FIRST + SECOND)
        .replace("clean\n", "KTL NOS 14\nclean\n")
        .replace("K1 where", "KTL NOS 15\nK1 where")
    )
    first, second = read(text).standards
    assert texts(first)["P1"] == "boil fresh water in a kettle that is clean"
    assert (first.code, second.code) == ("KTLTM01", "KTLTM02")
    framework = FRAMEWORK.replace("S1 Pour\n", "S1 Pour\nTea 1\n").replace(" water.\n", "Tea 2\n water.\n")
    assert texts(read_ksb(lines_of(framework)).standards[0])["K2"] == "Know water."


def test_the_words_behind_the_head_of_a_page_that_are_no_title_are_the_end_of_the_statement_and_told() -> None:
    published = read(OVERVIEW + FIRST.replace("Make tea for one\nKTL TM01 Make", "for guests\nKTL TM01 Make") + SECOND)
    assert texts(published.standards[0])["P3"] == "pour for guests"
    assert "`for guests` was taken for the end of P3, over a page." in [each.message for each in published.doubts]


def test_a_framework_that_does_not_say_its_code_is_told() -> None:
    published = read_ksb(lines_of(FRAMEWORK.replace("ST0042", "of tea")))
    assert "The document names no reference" in published.standards[0].to_check[0]
