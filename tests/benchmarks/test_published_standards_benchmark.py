"""A published suite of ten standards, and of a hundred with 2,000 statements, taken in: beside reading its sheets.

Run with `pytest -n 0 -m benchmark -s tests/benchmarks/test_published_standards_benchmark.py`. The suite of ten is to
take no more than two seconds with its file, of which most is starting the program.
"""
# ruff: noqa: T201 - a benchmark is there to print

from __future__ import annotations

import time

import pytest

from markterm.domain.standards.published.nos import read_nos
from markterm.domain.texts.printed_lines import lines_of
from markterm.sheets.standard_file import STANDARD_WRITER, read_standard
from tests.domain.standards.made_published import plain

pytestmark = pytest.mark.benchmark

_STATEMENTS = 10
"""How many performance criteria, and how much knowledge, each standard has."""


def _suite(standards: int) -> str:
    words = "say what the guests want to know about the tea of that day\nand listen to what they answer"
    return "".join(
        plain(f"KTLTM{number:03}", f"Make tea of kind {number}", [words] * _STATEMENTS, [words] * _STATEMENTS)
        for number in range(1, standards + 1)
    )


@pytest.mark.parametrize("standards", [10, 100])
def test_a_suite_is_taken_in(standards: int) -> None:
    text = _suite(standards)
    began = time.perf_counter()
    read = read_nos(lines_of(text)).standards
    taken = time.perf_counter() - began
    assert sum(len(each.statements) for each in read) == 2 * _STATEMENTS * standards
    sheets = [STANDARD_WRITER.render(each) for each in read]
    began = time.perf_counter()
    for sheet in sheets:
        read_standard(sheet)
    again = time.perf_counter() - began
    statements = 2 * _STATEMENTS * standards
    print(f"\n{standards} standards, {statements} statements: {taken:.3f} s, {taken / again:.1f} × their sheets")
