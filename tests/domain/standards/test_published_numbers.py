"""How published documents number their statements: letters, gaps, numbers that go on, and figures that are none."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from markterm.domain.standards.published.ksb import read_ksb
from markterm.domain.standards.published.nos import read_nos
from markterm.domain.standards.published.result import Published, not_read
from markterm.domain.texts.printed_lines import lines_of
from tests.domain.standards.made_published import told

DUTIES = ("boil fresh water", "warm the pot")


def _text(performance: Sequence[str], knowledge: Sequence[str]) -> str:
    return "\n".join(
        [
            "KTLTM01\nMake tea\n Overview\n\nAbout tea.\n\n Performance\ncriteria\n\nYou must be able to:\n",
            *performance,
            "\n Knowledge and\nunderstanding\n\nYou need to know and understand:\n",
            *knowledge,
            "Developed by X\nVersion Number 2\nOriginal URN KTLTM01\n",
        ]
    )


def _read(performance: Sequence[str], knowledge: Sequence[str] = ("K1 why",)) -> Published:
    return read_nos(lines_of(_text(performance, knowledge)))


def _statements(published: Published) -> dict[str, str]:
    return {each.code: each.text for standard in published.standards for each in standard.statements}


@pytest.mark.parametrize("form", ["P{}", "P {}", "P.{}", "P. {}", "P-{}", "(P{})", "P{}.", "P{}:", "P{})", "{}.", "{}"])
def test_a_number_is_read_however_its_letter_is_printed(form: str) -> None:
    performance = [f"{form.format(number)} {text}" for number, text in enumerate(DUTIES, 1)]
    knowledge = [f"{form.replace('P', 'K').format(number)} {text}" for number, text in enumerate(DUTIES, 1)]
    published = _read(performance, knowledge)
    assert _statements(published) == {
        f"{letter}{number}": text for letter in "PK" for number, text in enumerate(DUTIES, 1)
    }
    assert told(published) == ""


def test_a_name_that_looks_like_a_code_stays_as_it_is() -> None:
    published = _read(["1. fill in the form", "K-1 for guests", "2. pour"], ["1. why"])
    assert _statements(published)["P1"] == "fill in the form K-1 for guests"


def test_letters_that_are_others_here_are_told() -> None:
    published = _read(["PC1 boil it", "PC2 pour it"], ["KU1 why", "KU2 how"])
    assert list(_statements(published)) == ["P1", "P2", "K1", "K2"]
    assert "PC1 and so on are P1 and so on here" in told(published)


@pytest.mark.parametrize("form", ["P{} do number {}", "{}. do number {}"])
def test_two_thousand_statements_are_two_thousand(form: str) -> None:
    published = _read([form.format(number, number) for number in range(1, 2001)])
    assert len(published.standards[0].statements) == 2001
    assert published.standards[0].statements[1999].text == "do number 2000"


@pytest.mark.parametrize(
    ("performance", "codes", "message"),
    [
        (["P1 a", "P2 b", "P4 d", "P5 e"], "P1 P2 P4 P5", "`P4 d` stands where P3 is expected."),
        (["1. a", "2. b", "4. d", "5. e"], "P1 P2 P4 P5", "`4. d` stands where P3 is expected."),
        (["1 a", "2 b", "4 d"], "P1 P2", "`4 d` was taken for the end of P2: it begins like a statement."),
        (["1 a", "2 b or", "2 of them", "3 c"], "P1 P2 P3", "Two lines begin with 2: `2 b or` was taken"),
    ],
)
def test_a_gap_in_the_numbers_is_told_and_nothing_is_joined_without_a_word(
    performance: list[str], codes: str, message: str
) -> None:
    published = _read(performance)
    assert [code for code in _statements(published) if code[0] == "P"] == codes.split()
    assert message in told(published)
    assert any(message in each for each in published.standards[0].to_check)


@pytest.mark.parametrize("form", ["{}. {}", "K{} {}"])
def test_numbers_that_go_on_from_the_list_before_are_kept_and_told(form: str) -> None:
    performance = [form.replace("K", "P").format(number, text) for number, text in enumerate(DUTIES, 1)]
    published = _read(performance, [form.format(number, text) for number, text in enumerate(DUTIES, 3)])
    assert list(_statements(published)) == ["P1", "P2", "K3", "K4"]
    assert "The numbers go on from the list before: K3 is the first of its own." in told(published)


def test_figures_within_a_statement_and_at_the_beginning_of_a_line_are_no_statements() -> None:
    published = _read(["1. do at least", "2 of these:", "1. wash", "2. follow the Act of", "1998. It says how"])
    assert list(_statements(published).items())[:2] == [
        ("P1", "do at least 2 of these: 1. wash"),
        ("P2", "follow the Act of 1998. It says how"),
    ]


def test_the_numbers_of_every_standard_begin_again() -> None:
    text = _text(["P 1 boil it", "P 2 pour it"], ["K 1 why"])
    published = read_nos(lines_of(text + text.replace("KTLTM01", "KTLTM02").replace("tea", "coffee")))
    assert [[each.code for each in standard.statements] for standard in published.standards] == [["P1", "P2", "K1"]] * 2


def test_a_gap_in_a_framework_is_told_and_what_follows_keeps_its_numbers() -> None:
    lines = lines_of("Knowledge\nK.1 Leaves\nK.2 Cups\nK.4 Pots\nSkills\nS 1 Brew\nBehaviours\nB1 Is calm\n")
    published = read_ksb(lines)
    assert list(_statements(published)) == ["K1", "K2", "K4", "S1", "B1"]
    assert "`K4 Pots` stands where K3 is expected." in told(published)
    assert not list(not_read(lines, published))


def test_a_framework_of_a_thousand_statements_is_read_whole() -> None:
    many = "".join(f"K{number}: know {number}\n" for number in range(1, 1201))
    published = read_ksb(lines_of(f"Knowledge\n{many}Skills\nS1 Brew\nBehaviours\nB1 Is calm\n"))
    assert len(published.standards[0].statements) == 1202
