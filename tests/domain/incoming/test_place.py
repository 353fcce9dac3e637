"""What a file that comes in is called at its place."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.incoming.place import clear_of_files, is_version_of, name_at_place, name_of_version, same_place
from markterm.domain.words.file_label import file_label

DAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("was", "name"),
    [
        ("CON.md", "_CON.md"),
        ("a:b?.docx", "a_b_.docx"),
        ("folder./x .md", "folder/x.md"),
        ("../../etc/passwd", "etc/passwd"),
        ("~$lock.docx", "_~$lock.docx"),
        ("e\u0301.md", "é.md"),
        ("a\u202egnp.exe", "a_gnp.exe"),
        ("", "_"),
        ("Records of Assessment/unit 501/a.md", "_Records of Assessment/unit 501/a.md"),
        ("records of assessment", "records of assessment"),
    ],
)
def test_every_system_can_write_it(was: str, name: str) -> None:
    assert name_at_place(was) == name


@given(st.text(max_size=400))
def test_no_name_leads_out_of_its_folder_or_is_too_long_or_changes_again(was: str) -> None:
    name = name_at_place(was)
    parts = name.split("/")
    assert all(part and part not in (".", "..") and len(part) <= 110 for part in parts)
    assert not set(name) & set('<>:"|?*\\')
    assert name_at_place(name) == name


def test_another_version_gets_its_day_and_the_earlier_one_keeps_its_name() -> None:
    taken = {same_place("Plan.docx")}
    first = name_of_version("plan.docx", DAY, taken)
    assert first == "plan 2026-11-29.docx"
    assert name_of_version("plan.docx", DAY, {*taken, same_place(first)}) == "plan 2026-11-29-2.docx"
    assert name_of_version("log.docx", DAY, taken) == "log.docx"
    assert name_of_version("PLAN.docx", DAY, taken) == "PLAN 2026-11-29.docx"
    assert name_of_version("Ze\u0301.md", DAY, {same_place("Z\xe9.md")}) == "Ze\u0301 2026-11-29.md"
    assert is_version_of("plan 2026-11-29-2.docx", "plan.docx")
    assert not is_version_of("plan 2.docx", "plan.docx")


def test_the_day_takes_no_attempt_from_a_name_of_the_awarding_organisation() -> None:
    label = file_label("R Jones-ABC123-012345-8697-530(2) 2026-11-29.docx")
    assert label is not None
    assert (label.unit, label.attempt, label.registration) == ("8697-530", 2, "ABC123")


def test_of_folders_without_end_the_outermost_are_kept() -> None:
    assert name_at_place("a/" * 12 + "x.md") == "a/" * 12 + "x.md"
    assert name_at_place("a/" * 60 + "x.md") == "a/" * 12 + "x.md"


def test_a_folder_that_is_called_as_a_file_that_is_there_gets_another_name() -> None:
    assert clear_of_files("Plan/a.md", {"plan"}) == "Plan_/a.md"
    assert clear_of_files("Plan/in/a.md", {"plan", "plan_/in"}) == "Plan_/in_/a.md"
    assert clear_of_files("Plan/a.md", {"plan/a.md"}) == "Plan/a.md"
