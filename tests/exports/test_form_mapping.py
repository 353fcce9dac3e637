"""The mapping beside a form settles what its words leave open, and is itself checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.domain.words.errors import Unreadable
from tests.exports.forms import cell, form, table
from tests.exports.test_form import found, opened, rows, values

_BODY = table(
    [cell("ENR"), cell(""), cell("")],
    [cell("Course leader"), cell(""), cell("")],
    [cell("AC"), cell(""), cell("Verdict")],
    [cell("1.1"), cell(""), cell("")],
    [cell("1.2"), cell(""), cell("")],
    columns=3,
)


def test_labels_words_and_cells_are_as_the_mapping_says(tmp_path: Path) -> None:
    mapping = """
[words]
pass = "Erfüllt"
referral = "Nicht erfüllt"

[labels]
"ENR" = "registration"
"course leader:" = "assessor name"
"Verdict" = "decision"

[[cell]]
what = "feedback"
criterion = "1.1"
table = 1
row = 4
column = 2
"""
    filled = opened(tmp_path / "f.docx", form(_BODY), mapping).fill(values())
    assert rows(filled.data)[0] == [
        ["ENR", "ABC1234", ""],
        ["Course leader", "Asha Patel", ""],
        ["AC", "", "Verdict"],
        ["1.1", "On 1.1.", "Erfüllt"],
        ["1.2", "", "Nicht erfüllt"],
    ]


def test_a_label_may_be_left_alone(tmp_path: Path) -> None:
    body = table([cell("Learner name"), cell("")], [cell("AC"), cell("P/R")], [cell("1.1"), cell("")], columns=2)
    read = opened(tmp_path / "f.docx", form(body), '[labels]\n"Learner name" = "leave"\n')
    assert ("learner name", "") not in found(read)
    assert "the mapping leaves it" in {each.why for each in read.reading.left}


def test_tables_say_where_the_criteria_of_a_unit_stand(tmp_path: Path) -> None:
    one = table([cell("AC"), cell("P/R")], [cell("1.1"), cell("")], columns=2)
    read = opened(tmp_path / "f.docx", form(one + one), '[tables]\n"8580-500" = [2]\n')
    assert found(read) == {("decision", "1.1"): "table 2, row 2, cell 2"}


@pytest.mark.parametrize(
    ("mapping", "told"),
    [
        ('[wrds]\npass = "P"', "wrds"),
        ('[words]\npas = "P"', "pas"),
        ("[words]\npass = 1", "quotation marks"),
        ('[labels]\n"ENR" = "enr"', "it may be"),
        ('[labels]\n"Nowhere" = "registration"', "no label of the form"),
        ('[tables]\n"8580-500" = "2"', "numbers of tables"),
        ('[tables]\n"8580-500" = [9]', "table 9"),
        ('[[cell]]\nwhat = "registration"\ntable = 1\nrow = 1\ncolumn = 9', "cell 9"),
        ('[[cell]]\nwhat = "registration"\ntable = 1\nrow = 1', "column"),
        ('[[cell]]\nwhat = "feedback"\ntable = 1\nrow = 1\ncolumn = 2', "no criterion"),
        ('[[cell]]\nwhat = "feedback"\ncriterion = "9.9"\ntable = 1\nrow = 1\ncolumn = 2', "9.9"),
        ('cell = "x"', "[[cell]]"),
    ],
)
def test_a_fault_of_the_mapping_is_named_and_nothing_is_filled(tmp_path: Path, mapping: str, told: str) -> None:
    read = opened(tmp_path / "f.docx", form(_BODY), mapping)
    assert any(told in each for each in read.reading.problems), read.reading.problems
    assert not read.is_complete
    with pytest.raises(Unreadable):
        read.fill(values())


def test_a_mapping_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="line 1"):
        opened(tmp_path / "f.docx", form(_BODY), "[labels\n")
