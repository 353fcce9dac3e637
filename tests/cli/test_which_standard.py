"""Which standard is meant: however its code is printed, every command means the same one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Ask
from tests.standards import MAPPING_OF_OLD, NEW, OLD, add_mapping, add_standard, add_suite


@pytest.fixture(autouse=True)
def standards(centre: Path) -> None:
    add_standard(centre, OLD, name="TEA01")
    add_standard(centre, NEW, name="TEA01-2")
    add_suite(centre)
    add_mapping(centre, MAPPING_OF_OLD)


@pytest.mark.parametrize(
    "words",
    [
        ("standard", "show", "*"),
        ("standard", "map", "T-101", "*"),
        ("standard", "map", "T-101", "--accept", "1.1", "* (2.0) P3", "--as", "ines"),
        ("standard", "carry", "*", "1.0", "2.0"),
        ("standard", "export", "*", "--preview"),
        ("coverage", "T-101", "*"),
        ("portfolio-index", "AAA1", "*"),
        ("gap", "AAA1", "*"),
    ],
)
def test_every_command_takes_a_code_as_it_is_printed(ask: Ask, words: tuple[str, ...]) -> None:
    answers = []
    for spelt in ("TEA01", "tea01", "Tea 01"):
        answer = ask(*(each.replace("*", spelt) for each in words))
        answers.append((answer.code, answer.out))
    assert answers[0][0] in (0, 1), answers[0]
    assert answers[1:] == answers[:1] * 2


@pytest.mark.parametrize(
    "words",
    [
        ("standard", "map", "T-101", "*"),
        ("standard", "export", "*", "--preview"),
        ("coverage", "T-101", "*"),
        ("portfolio-index", "AAA1", "*"),
        ("gap", "AAA1", "*"),
    ],
)
def test_a_suite_is_meant_by_its_code_in_small_letters_too(ask: Ask, words: tuple[str, ...]) -> None:
    codes = []
    for spelt in ("TEA", "tea"):
        codes.append(ask(*(each.replace("*", spelt) for each in words)).code)
    assert codes in ([0, 0], [1, 1])


def test_a_profile_takes_codes_as_they_are_printed_and_is_meant_by_its_own_so(ask: Ask) -> None:
    said = ("--standard", "tea 01", "--without", "tea01 (2.0) p3", "--as", "ines")
    assert ask("profile", "keep", "MENTOR", "Mentor", *said).out.splitlines()[1] == "  TEA01 (2.0): P1 P2 K1"
    assert ask("gap", "AAA1", "mentor").code == 0
