"""A new version comes while somebody is half way: whatever shows them beside the standard says the same of the old."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Ask
from tests.cli.test_marked_on_a_standard import on_a_standard  # noqa: F401 - it makes the centre
from tests.standards import add_mapping, add_standard, add_suite

ASHA = ("--as", "asha")
EVIDENCED = "In TEA01 (1.0) 1 statement is evidenced, at least in part: evidence stays with its version."
RATED = "On TEA01 (1.0) they rated 1 statement: what was said stays with its version."


@pytest.fixture
def half_way(centre: Path, ask: Ask) -> None:
    """AAA1 is passed in a criterion that covers P1 of TEA01 (1.0), and rated themselves on it, when 2.0 comes."""
    add_mapping(centre)
    add_suite(centre)
    assert ask("mark", "AAA1", "101", "1.1", "pass", *ASHA).code == 0
    assert ask("skills", "rate", "AAA1", "TEA01 P1", "alone", "--how", "in talk", *ASHA).code == 0
    add_standard(centre, "2.0")


@pytest.mark.usefixtures("half_way")
@pytest.mark.parametrize("what", ["TEA01", "TEA"])
def test_what_was_evidenced_and_said_in_the_old_version_is_told_wherever_it_looks_missing(
    ask: Ask, centre: Path, what: str
) -> None:
    assert ask("export", "development", "AAA1", what, "--format", "md", *ASHA).code == 0
    for told in (
        ask("gap", "AAA1", what).out,
        ask("skills", "AAA1", what).out,
        ask("cpd", "AAA1", "--for", what).out,
        (centre / "exports" / f"AAA1 {what} development.md").read_text("utf-8"),
        " ".join(ask("gap", "AAA1", what, "--json").json["caveats"]),
    ):
        assert EVIDENCED in told
        assert RATED in told
    assert EVIDENCED in ask("portfolio-index", "AAA1", what).out


@pytest.mark.usefixtures("half_way")
def test_a_standard_of_the_suite_without_a_sheet_is_told_beside_the_gap_as_in_the_index(ask: Ask) -> None:
    missing = "TEA02: the centre has no sheet of this standard."
    assert missing in ask("gap", "AAA1", "TEA").out
    assert missing in ask("portfolio-index", "AAA1", "TEA").out


@pytest.mark.parametrize("what", ["TEA01", "TEA"])
def test_who_is_marked_on_a_standard_is_measured_by_the_version_that_they_began(
    ask: Ask, centre: Path, what: str
) -> None:
    add_suite(centre)
    assert ask("mark", "DDD4", "TEA01", "P1", "pass", *ASHA).code == 0
    add_standard(centre, "2.0")
    found = ask("gap", "DDD4", what, "--json").json
    assert {each["statement"]: each["state"] for each in found["statements"]}["TEA01 (1.0) P1"] == "no gap"
    assert found["newer"] == [{"kept": "TEA01 (1.0)", "newest": "TEA01 (2.0)"}]
    assert "TEA01 (1.0) Make and serve tea: 1 of 5" in ask("portfolio-index", "DDD4", what).out
    assert "TEA01 (1.0) P1" in ask("skills", "form", "DDD4", what).out


def test_a_gap_beside_a_record_that_is_incomplete_says_so(ask: Ask, centre: Path) -> None:
    assert ask("mark", "DDD4", "TEA01", "P1", "pass", *ASHA).code == 0
    for file in (centre / "records" / "DDD4").glob("*"):
        file.write_text(file.read_text("utf-8").replace('"pass"', '"refer"'), "utf-8")
    assert "! The learner's record is incomplete" in ask("gap", "DDD4", "TEA01").out
