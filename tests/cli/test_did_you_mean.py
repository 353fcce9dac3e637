"""Whatever is named and is not there: what is spelt nearly so is asked for, and nothing is answered as if it were."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.assignments import add_assignment, register
from tests.cli.conftest import Ask

ASHA = ("--as", "asha")

pytestmark = pytest.mark.usefixtures("centre")


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (("show", "rosalnd"), "Rosalind Jones (AAA1)"),
        (("status", "rosalnd"), "Rosalind Jones (AAA1)"),
        (("show", "AAA1", "T-1011"), "T-101"),
        (("across", "T-1011", "1.1"), "T-101"),
        (("log", "AAA1", "--unit", "T-1011"), "T-101"),
        (("carry", "T-1011"), "T-101"),
        (("mark", "AAA1", "T-101", "11", "pass", *ASHA), "1.1"),
        (("across", "T-101", "11"), "1.1"),
        (("log", "AAA1", "--unit", "T-101", "--criterion", "11"), "1.1"),
        (("case", "AAA1", "T-101", "11", "--open", "malpractice", "--text", "Alike.", "--as", "ines"), "1.1"),
        (("recent", "--as", "ash"), "asha"),
        (("log", "AAA1", "--actor", "ash"), "asha"),
        (("log", "AAA1", "--kind", "decidedd"), "decided"),
        (("read", "AAA1", "dairy.md"), "diary.md"),
        (("matrix", "T-IAA"), "T-IA"),
        (("brief", "T-IAA"), "T-IA"),
        (("report", "agrement"), "agreement"),
        (("report", "referrals", "--by", "asessor"), "assessor"),
        (("export", "retention", "--format", "xlxs"), "xlsx"),
        (("status", "state:refered"), "refer"),
        (("next", "unit:1011"), "101"),
    ],
)
def test_what_is_nearly_so_is_asked_for(centre: Path, ask: Ask, words: tuple[str, ...], meant: str) -> None:
    if "T-IA" in meant:
        add_assignment(centre)
        register(centre, "AAA1", units="[]", assignments="[T-IA]")
    answer = ask(*words)
    assert f"Did you mean {meant}?" in answer.err
    assert answer.code in (0, 1, 2)


def test_a_saved_filter_is_asked_for_by_its_name(ask: Ask) -> None:
    assert ask("filters", "fresh", "waiting:assessor").code == 0
    assert "Did you mean fresh?" in ask("filters", "--delete", "frsh").err


def test_of_no_unit_it_is_not_said_that_everything_fits_it(ask: Ask) -> None:
    assert ask("carry", "T-999").code == 2
    assert (ask("carry", "T-101").code, ask("carry", "T-101").err) == (0, "Everything fits its sheet.\n")


def test_what_a_filter_shuts_out_is_not_called_decided(ask: Ask) -> None:
    assert "Nothing is open" not in ask("next", "unit:9").err
    for number in ("1.1", "1.2", "2.1"):
        ask("mark", "AAA1", "T-101", number, "pass", *ASHA)
    assert "none whom the filter lets through" in ask("next", "rosalind", "unit:101").err


def test_an_action_is_shown_by_its_id_alone(ask: Ask) -> None:
    for what in ("Read page 4.", "Read page 5."):
        assert (
            ask("action", "AAA1", "T-101", "--set", what, "--owner", "asha", "--due", "2026-12-01", "--as", "ines").code
            == 0
        )
    first, second = (each["uid"] for each in ask("action", "--json").json)
    shown = ask("action", "--id", first[:12], "--json").json
    assert [each["uid"] for each in shown] == [first] != [second]
    assert ask("action", "--id", "zzz").code == 2
