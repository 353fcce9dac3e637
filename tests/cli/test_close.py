"""Closing a unit: its evidence is fixed, what changed since is asked about, and shows afterwards."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.domain.rules import marking
from tests.cli.conftest import Ask

pytestmark = pytest.mark.usefixtures("centre")

ASHA = ("--as", "asha")
EVIDENCE = Path("learners", "AAA1", "evidence")
DIARY = EVIDENCE / "diary.md"


def mark_all(ask: Ask, result: str = "pass") -> None:
    """Decide and declare T-101 of AAA1."""
    ask("declare", "AAA1", "--form", "signed sheet", *ASHA)
    for number in ("1.1", "1.2"):
        ask("mark", "AAA1", "T-101", number, "pass", *ASHA)
    ask("mark", "AAA1", "T-101", "2.1", result, "--note", "Poured?", *ASHA)


def test_closing_fixes_evidence_that_nobody_submitted_and_says_so(ask: Ask) -> None:
    mark_all(ask)
    closed = ask("close", "AAA1", "T-101", *ASHA)
    assert closed.code == 0
    fixed, told = closed.out.splitlines()
    assert "evidence fixed at closing: attempt 1, 1 file" in fixed
    assert "closed ✓ pass" in told
    assert "evidence fixed at closing" in ask("attempts", "AAA1", "T-101").out
    (attempt,) = ask("attempts", "AAA1", "T-101", "--json").json
    assert (attempt["submission"]["at_closing"], list(attempt["submission"]["files"])) == (True, ["diary.md"])


def test_the_summary_is_drawn_from_the_notes_where_that_is_asked_for(ask: Ask) -> None:
    mark_all(ask, "refer")
    twice = ask("close", "AAA1", "T-101", "--from-notes", "--feedback", "Nearly.", *ASHA)
    assert (twice.code, "Give one of the two" in twice.err) == (2, True)
    closed = ask("close", "AAA1", "T-101", "--from-notes", *ASHA, "--json").json
    assert (closed["body"]["outcome"], closed["body"]["feedback"]) == ("refer", "2.1: Poured?")


def test_in_json_the_closing_alone_names_the_submission_it_rests_on(ask: Ask) -> None:
    mark_all(ask)
    closed = ask("close", "AAA1", "T-101", *ASHA, "--json").json
    assert closed["kind"] == "closed"
    events = ask("log", "AAA1", "--json").json
    assert closed["body"]["submission"] == next(each["uid"] for each in events if each["kind"] == "submitted")


def test_what_is_swapped_after_the_closing_shows_in_evidence_attempts_and_on_the_sheet(ask: Ask) -> None:
    mark_all(ask)
    ask("close", "AAA1", "T-101", *ASHA)
    assert "since" not in ask("sheet", "AAA1", "T-101").out
    DIARY.write_text("Somebody else's diary", "utf-8")
    (EVIDENCE / "late.md").write_text("too late", "utf-8")
    assert "changed since T-101 was submitted" in ask("evidence", "AAA1").out
    told = ask("attempts", "AAA1", "T-101").out
    assert "changed since it was submitted: 1 added, 1 changed\n    added late.md\n    changed diary.md\n" in told
    (attempt,) = ask("attempts", "AAA1", "T-101", "--json").json
    assert (attempt["since_submitted"]["changed"], attempt["since_submitted"]["added"]) == (["diary.md"], ["late.md"])
    assert "changed since it was fixed: added late.md; changed diary.md" in ask("sheet", "AAA1", "T-101").out


def test_an_empty_folder_needs_a_reason_and_the_reason_is_in_the_record_and_on_the_sheet(ask: Ask) -> None:
    mark_all(ask)
    shutil.rmtree(EVIDENCE)
    refused = ask("close", "AAA1", "T-101", *ASHA)
    assert (refused.code, refused.out) == (3, "")
    assert "--no-evidence" in refused.err
    closed = ask("close", "AAA1", "T-101", "--no-evidence", "seen in person", *ASHA)
    assert closed.code == 0
    assert "(seen in person)" in closed.out
    assert "seen in person" in ask("attempts", "AAA1", "T-101").out
    assert "seen in person" in ask("sheet", "AAA1", "T-101").out
    assert "seen in person" in ask("log", "AAA1").out


def test_a_reason_why_there_is_none_is_refused_where_there_is_evidence(ask: Ask) -> None:
    mark_all(ask)
    refused = ask("close", "AAA1", "T-101", "--no-evidence", "seen in person", *ASHA)
    assert (refused.code, refused.out) == (3, "")


def test_evidence_that_changed_since_it_was_submitted_is_named_and_nothing_is_closed_unasked(ask: Ask) -> None:
    ask("submit", "AAA1", "T-101", "--opened", "--declared", "e-mail", *ASHA)
    mark_all(ask)
    DIARY.write_text("Somebody else's diary", "utf-8")
    refused = ask("close", "AAA1", "T-101", *ASHA)
    assert (refused.code, refused.out) == (3, "")
    assert "  changed diary.md\n" in refused.err
    assert "--evidence now" in refused.err
    kept = ask("close", "AAA1", "T-101", "--evidence", "submitted", *ASHA)
    assert kept.code == 0
    assert "by then: changed diary.md" in ask("attempts", "AAA1", "T-101").out
    assert "by then: changed diary.md" in ask("sheet", "AAA1", "T-101").out


def test_changed_evidence_is_fixed_anew_when_that_is_what_is_said(ask: Ask) -> None:
    ask("submit", "AAA1", "T-101", "--opened", "--declared", "e-mail", *ASHA)
    mark_all(ask)
    DIARY.write_text("A better diary", "utf-8")
    closed = ask("close", "AAA1", "T-101", "--evidence", "now", "--opened", *ASHA)
    assert (closed.code, len(closed.out.splitlines())) == (0, 2)
    assert "changed since" not in ask("attempts", "AAA1", "T-101").out


def test_a_refusal_comes_before_any_question_about_the_evidence(ask: Ask) -> None:
    shutil.rmtree(EVIDENCE)
    refused = ask("close", "AAA1", "T-101", *ASHA)
    assert refused.code == 3
    assert "cannot be closed yet" in refused.err


def test_where_the_evidence_of_the_earlier_attempt_was_never_fixed_there_is_nothing_to_compare_with(ask: Ask) -> None:
    ask("declare", "AAA1", "--form", "signed sheet", *ASHA)
    first = ask("submit", "AAA1", "T-101", "--opened", "--attempt", "2", "--authorised-by", "ines", *ASHA)
    assert first.code == 0, first.err
    told = ask("differences", "AAA1", "T-101")
    assert told.code == 2
    assert "nothing to compare" in told.err.lower()
    DIARY.write_text("A better diary", "utf-8")
    assert "1 changed" in ask("differences", "AAA1", "T-101", "--from", "2").err


def test_what_is_added_for_another_unit_later_is_no_change_of_what_a_closed_unit_rests_on(ask: Ask) -> None:
    mark_all(ask)
    ask("close", "AAA1", "T-101", *ASHA)
    (EVIDENCE / "for T-102.md").write_text("# Cups\n", "utf-8")
    assert "changed since" not in ask("sheet", "AAA1", "T-101").out
    assert "added for T-102.md" in ask("attempts", "AAA1", "T-101").out, "it is listed where changes are asked for"
    DIARY.unlink()
    told = ask("sheet", "AAA1", "T-101").out
    assert "changed since it was fixed: added for T-102.md; removed diary.md." in told
    assert "- diary.md, SHA-256 " in told


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on Windows")
def test_what_cannot_be_read_is_said_not_to_be_fixed(ask: Ask) -> None:
    mark_all(ask)
    os.mkfifo(EVIDENCE / "pipe.bin")
    closed = ask("close", "AAA1", "T-101", *ASHA)
    assert closed.code == 0
    assert "Not fixed, because it cannot be read: pipe.bin." in closed.err
    assert "1 not read and not fixed (pipe.bin)" in closed.out
    assert "not read and so not fixed: pipe.bin" in ask("attempts", "AAA1", "T-101").out
    assert "could not be read: pipe.bin" in ask("sheet", "AAA1", "T-101").out
    submitted = ask("submit", "BBB2", "T-101", "--opened", *ASHA)
    assert "not read" not in submitted.out


def test_a_link_is_submitted_as_not_fixed(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.md").write_text("Not in the folder", "utf-8")
    (EVIDENCE / "link.md").symlink_to(tmp_path / "elsewhere.md")
    assert "1 not read and not fixed (link.md)" in ask("submit", "AAA1", "T-101", "--opened", *ASHA).out


def test_what_a_closing_fixed_is_what_a_resubmission_is_compared_with_word_by_word(ask: Ask) -> None:
    mark_all(ask, "refer")
    assert ask("close", "AAA1", "T-101", "--feedback", "Nearly there.", *ASHA).code == 0
    again = ask("submit", "AAA1", "T-101", "--opened", "--authorised-by", "ines", *ASHA)
    assert again.code == 3
    assert "Nothing was changed" in again.err
    DIARY.write_text("# Diary\n\nI poured the tea.\n", "utf-8")
    assert ask("submit", "AAA1", "T-101", "--opened", "--authorised-by", "ines", *ASHA).code == 0
    told = ask("differences", "AAA1", "T-101")
    assert "[-made-]" in told.out
    assert "{+poured the+}" in told.out


def test_a_verifier_is_told_of_evidence_that_was_swapped_since_the_unit_was_closed(ask: Ask) -> None:
    mark_all(ask)
    ask("close", "AAA1", "T-101", *ASHA)
    ask("sample", "AAA1", "T-101", "--why", "routine", "--as", "ines")
    DIARY.write_text("Somebody else's diary", "utf-8")
    answer = ask("verify", "AAA1", "101", "--agree", "--as", "ines")
    assert (answer.code, answer.err) == (0, "The evidence of T-101 changed since it was fixed: changed diary.md.\n")


def test_a_unit_that_0_1_0_closed_without_its_evidence_fixed_is_named(ask: Ask) -> None:
    mark_all(ask)
    opened = Centre.open(Path(), member="asha")
    opened.recorder.record("AAA1", lambda act, now: marking.close(act, now.unit("T-101"), now.portfolio, "Sound."))
    opened.close_down()
    assert "T-101 is closed, and its evidence was never fixed" in ask("evidence", "AAA1").err
    assert "its evidence was never fixed" in ask("show", "AAA1", "T-101").out
    assert "its evidence was never fixed" in ask("attempts", "AAA1", "T-101").out
    ask("reopen", "AAA1", "T-101", "--reason", "to fix it", *ASHA)
    assert "evidence fixed at closing" in ask("close", "AAA1", "T-101", *ASHA).out
    assert "never fixed" not in ask("evidence", "AAA1").err
    assert "evidence fixed at closing of attempt 1 with 1 file, 2" in ask("show", "AAA1", "T-101").out
