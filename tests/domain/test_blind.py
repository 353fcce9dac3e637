"""Who a learner is, covered until what is marked is closed."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.record.states import UnitState
from markterm.domain.views.blind import Blind, Disguise, _folded
from markterm.domain.views.caseload import CaseloadRow, Order, UnitProgress, sort_rows
from markterm.domain.views.caseload_filter import filter_rows

JONES = Disguise("JON2041", "Rosalind Jones", "Learner 7")


def row(registration: str, name: str, *states: UnitState) -> CaseloadRow:
    """A learner on the units U-1, U-2, …"""
    units = tuple(UnitProgress(f"U-{number}", state, 0, 0, 1) for number, state in enumerate(states, 1))
    return CaseloadRow(registration, registration, name, units=units)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Rosalind Jones led the session.", "Learner 7 led the session."),
        ("ROSALIND JONES (jon2041)", "Learner 7 (Learner 7)"),
        ("Jones, Rosalind", "Learner 7"),
        ("by R. Jones and by Jones, R", "by Learner 7 and by Learner 7"),
        ("Rosalind's log; Ms Jones signed", "Learner 7's log; Ms Learner 7 signed"),
        ("see rosalind-jones-JON2041-501(1).docx", "see Learner 7-501(1).docx"),
        ("RJones_diary.docx", "Learner 7_diary.docx"),
        ("in jones-rec…", "in Learner 7-rec…"),
        ("in diary-of-rosal… and more", "in diary-of-Learner 7… and more"),
        ("JON20412 is somebody else, and so is Joneson.", "JON20412 is somebody else, and so is Joneson."),
    ],
)
def test_whatever_tells_who_it_is_is_covered(text: str, shown: str) -> None:
    assert JONES.covered(text) == shown


def test_a_word_that_is_also_a_name_is_covered_only_beside_the_other_part_of_the_name() -> None:
    may = Disguise("X1", "May Will", "L")
    assert may.covered("It may rain in May. Mark: will you? Will it?") == "It may rain in May. Mark: will you? Will it?"
    assert may.covered("May Will had will.docx; WILL, MAY") == "L had L.docx; L"
    assert may.covered("M. Will") == "L"
    assert may.covered("I may will it; may, will") == "I may will it; may, will"


def test_accents_capitals_and_particles_make_no_difference() -> None:
    nunez = Disguise("C-3", "Zoé de la Núñez", "L")
    assert nunez.covered("ZOE DE LA NUNEZ: zoe_nunez.pdf: Núñez: la vida de mar") == "L: L.pdf: L: la vida de mar"
    assert Disguise("C-4", "李 小龙", "L").covered("作者 小龙 of C-4") == "作者 L of L"
    assert Disguise("C-5", "rosalind jones", "L").covered("Jones said so") == "L said so"


def test_a_registration_without_a_letter_or_a_figure_stands_nowhere() -> None:
    arrows = Disguise("⇄", "Rosalind Jones", "L")
    assert arrows.covered("to and fro, said Rosalind") == "to and fro, said L"
    assert Disguise("⇄", "0", "L").covered("to and fro") == "to and fro"
    assert arrows.covered_file("to and fro.docx") == "to and fro.docx"


def test_in_the_name_of_a_file_a_part_is_covered_however_it_is_written() -> None:
    assert JONES.covered_file("my jones diary.docx") == "my Learner 7 diary.docx"
    assert JONES.covered("open my jones diary.docx") == "open my jones diary.docx"
    named = Disguise("JON2041", "Rosalind Jones", "Learner 7", ("my jones diary.docx",))
    assert named.covered("open my jones diary.docx") == "open my Learner 7 diary.docx"


@given(st.text(max_size=60), st.text(min_size=1, max_size=12), st.text(min_size=1, max_size=20))
def test_what_is_covered_is_in_order_and_apart_in_any_text(text: str, registration: str, name: str) -> None:
    spans = Disguise(registration, name, "L").spans(text)
    ends = [place for span in spans for place in span]
    assert ends == sorted(set(ends))
    assert all(0 <= place <= len(text) for place in ends)


@given(st.text(max_size=20), st.text(max_size=20))
def test_a_registration_and_a_name_that_stand_alone_are_never_left(before: str, after: str) -> None:
    shown = JONES.covered(f"{before} JON2041 {after} Rosalind Jones {before}")
    assert "JON2041" not in shown
    assert "Rosalind" not in shown
    assert "Jones" not in shown


def test_a_label_stays_and_follows_neither_the_registrations_nor_the_order_in_which_they_come() -> None:
    everybody = [f"L{number:03}" for number in range(200)]
    labels = []
    for seed in (1, 2):
        blind = Blind(Random(seed))
        blind.meet(everybody)
        first = {each: blind.label(each) for each in everybody}
        assert first == {each: blind.label(each) for each in reversed(everybody)}
        assert sorted(first.values()) == sorted(f"Learner {number}" for number in range(1, 201))
        labels.append(list(first.values()))
    assert labels[0] != labels[1]
    assert labels[0] != sorted(labels[0], key=lambda label: int(label.split()[1]))


def test_a_learner_is_hidden_until_every_unit_is_closed_or_the_one_that_is_marked_blind() -> None:
    closed, open_ = UnitState.CLOSED_PASS, UnitState.MARKING
    every, one = Blind(Random(1)), Blind(Random(1), "U-1")
    for states, hidden, hidden_for_one in (
        ((open_, open_), True, True),
        ((closed, open_), True, False),
        ((open_, closed), True, True),
        ((closed, UnitState.CLOSED_REFER), False, False),
        ((), True, False),
    ):
        units = [(f"U-{number}", state) for number, state in enumerate(states, 1)]
        assert (every.hides(units), one.hides(units)) == (hidden, hidden_for_one), states


def test_a_row_under_a_label_is_neither_found_nor_sorted_by_who_it_is() -> None:
    blind = Blind(Random(3))
    rows = blind.rows(row(f"R{number:02}", f"Name{number:02}", UnitState.MARKING) for number in range(12))
    assert not filter_rows(rows, "name05")
    assert not filter_rows(rows, "r05")
    assert len(filter_rows(rows, "learner")) == 12
    numbers = [f"Learner {number}" for number in range(1, 13)]
    for order in (Order.NAME, Order.REGISTRATION):
        assert [each.alias for each in sort_rows(rows, order)] == numbers
    (shown,) = blind.rows([row("R99", "Zed", UnitState.CLOSED_PASS)])
    assert shown.alias == ""


@given(
    st.lists(
        st.sampled_from(["Rosalind", "JONES", "jon2041", "R. ", "é", " ", "_log.docx", "jo…", "Zoé", "de la", "x"])
    ),
    st.sampled_from(
        [JONES, Disguise("C-3", "Zoé de la Núñez", "L"), Disguise("X", "A B", "L"), Disguise("D", "", "L")]
    ),
)
def test_the_quick_look_leaves_nothing_uncovered(pieces: list[str], disguise: Disguise) -> None:
    text = "".join(pieces)
    assert disguise.spans(text) == disguise._looked_for(text, *_folded(text))
