"""A learner's file with other facts: the lines that say them change, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from markterm.domain.words.errors import WrongUse
from markterm.sheets.learner_changes import with_facts
from markterm.sheets.learner_file import read_learner

FILE = """---
kind: learner
registration: A1
# the name as it is on the passport
name: Rosalind Jones # Rose
shoes: 5
qualification: [T-CERT]
---

Agreed extra time.
"""


def changed(text: str, **facts: object) -> str:
    was = read_learner(text).sheet
    assert was is not None
    return with_facts(text, replace(was, **facts))  # type: ignore[arg-type]  # of whatever type each is


def test_only_the_lines_that_say_it_change_and_what_stands_nowhere_comes_at_the_end() -> None:
    assert changed(FILE, name="Rose Smith", born=date(1990, 2, 1)) == FILE.replace(
        "Rosalind Jones #", "Rose Smith #"
    ).replace("[T-CERT]\n", "[T-CERT]\nborn: 1990-02-01\n")


def test_the_ends_of_the_lines_stay_as_they_are() -> None:
    windows = FILE.replace("\n", "\r\n")
    assert changed(windows, email="r@x.org") == windows.replace("[T-CERT]\r\n", "[T-CERT]\r\nemail: r@x.org\r\n")


def test_what_only_a_person_can_change_is_told_and_left() -> None:
    over_lines = FILE.replace("[T-CERT]", "\n  - T-CERT")
    with pytest.raises(WrongUse, match="qualifications"):
        changed(over_lines, qualifications=("T-CERT", "T-DIP"))
