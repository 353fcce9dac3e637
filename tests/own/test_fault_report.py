"""Reports of MarkTerm's own faults: enough to mend them, and nothing of what was being worked on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from markterm.domain.words.foreign_text import clean
from markterm.own.fault_report import fault_report, keep_report, place_of_fault

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PRIVATE = "Rosalind Jones JON2041 /centres/northgate/learners/JON2041"


def caught(fails: Callable[[], object]) -> Exception:
    try:
        fails()
    except Exception as error:
        return error
    raise AssertionError("it did not fail")


def with_private_words() -> None:
    learner = PRIVATE
    try:
        clean(None)  # type: ignore[arg-type]  # a fault in MarkTerm itself
    except Exception as error:
        raise KeyError(learner) from error


def test_it_says_where_in_the_program_the_fault_is() -> None:
    error = caught(with_private_words)
    report = fault_report(error, AT)
    assert "2026-03-02 09:30 UTC" in report
    assert "MarkTerm  0." in report
    assert "\nKeyError\n" in report
    assert "in with_private_words" in report
    assert "  markterm.domain.words.foreign_text line " in report
    assert place_of_fault(error.__cause__ or error).startswith("markterm.domain.words.foreign_text line ")


def test_it_holds_no_message_no_variable_and_no_path() -> None:
    report = fault_report(caught(with_private_words), AT)
    for private in (*PRIVATE.split(), "learner =", str(Path(__file__).parent), str(Path.home()), ".py"):
        assert private not in report


def test_a_refusal_of_the_system_is_named_without_the_file() -> None:
    error = caught(lambda: Path(f"{PRIVATE}/learner.md").read_bytes())
    report = fault_report(error, AT)
    assert "FileNotFoundError ENOENT" in report
    assert "JON2041" not in report


def test_an_endless_recursion_makes_no_endless_report() -> None:
    def deep() -> None:
        deep()

    report = fault_report(caught(deep), AT)
    assert "RecursionError" in report
    assert len(report.splitlines()) < 100


@pytest.mark.parametrize("count", [1, 25])
def test_it_lies_in_the_users_own_folder_and_the_newest_are_kept(tmp_path: Path, count: int) -> None:
    kept = [keep_report(KeyError(PRIVATE), tmp_path / "state", AT + timedelta(minutes=n)) for n in range(count)]
    there = sorted((tmp_path / "state").iterdir())
    assert there == kept[-20:]
    assert "KeyError" in there[-1].read_text("utf-8")


def test_where_nothing_can_be_written_there_is_no_report_and_no_second_fault(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be", "utf-8")
    assert keep_report(KeyError(), tmp_path / "state", AT) is None
