from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.assessed.competence import MemberFile, Shown
from markterm.sheets.lint import check
from markterm.sheets.member_file import read_member

FILE = Path("members/asha.md")
TEXT = """---
kind: member
id: asha
---

# What Asha showed

- **A1** 2024-05-31: Team leader at Northgate,
  briefing a team of nine
- **A2,T1** 2026-02-03 until 2027-01-31: Meeting: standardisation
- **T1** 2011-07-01 for good: Certificate
- **A2** 2020-01-01: An old course
- agreed with Ines on a course in spring
"""
TODAY = date(2026, 2, 3)


def shown_in(text: str) -> MemberFile:
    """What the file says, which is known to say whose it is."""
    own = read_member(text, FILE, TODAY).sheet
    assert own is not None
    return own


def codes_and_lines(text: str, file: Path = FILE) -> list[tuple[str, int | None]]:
    return [(finding.code, finding.line) for finding in read_member(text, file, TODAY).findings]


def test_a_members_file_is_read_whole_and_everything_else_is_free_text() -> None:
    own = shown_in(TEXT)
    assert (own.id, codes_and_lines(TEXT)) == ("asha", [])
    assert own.shown == (
        Shown(("A1",), date(2024, 5, 31), "Team leader at Northgate, briefing a team of nine"),
        Shown(("A2", "T1"), date(2026, 2, 3), "Meeting: standardisation", date(2027, 1, 31)),
        Shown(("T1",), date(2011, 7, 1), "Certificate", for_good=True),
        Shown(("A2",), date(2020, 1, 1), "An old course"),
    )
    assert own.lines == (8, 10, 11, 12)


def test_a_file_without_an_entry_is_sound() -> None:
    assert read_member("---\nkind: member\nid: asha\n---\n", FILE, TODAY).findings == ()


@pytest.mark.parametrize(
    ("good", "slip", "code"),
    [
        ("- **A2** 2020-01-01: An", "- **A2** 2020-02-30: An", "MS110"),
        ("- **A2** 2020-01-01: An", "- **A2** 1.1.2020: An", "MS110"),
        ("- **A2** 2020-01-01: An", "- **A2** 20200101: An", "MS110"),
        ("- **A2** 2020-01-01: An old course", "- **A2** 2020-01-01:", "MS110"),
        ("- **A2** 2020-01-01: An", "- **A2** An", "MS110"),
        ("- **A2** 2020-01-01: An", "- **a2** 2020-01-01: An", "MS110"),
        ("- **A2** 2020-01-01: An", "- **A2** 2020-01-01 until soon: An", "MS110"),
        ("- **A2** 2020-01-01: An", "- **A2** 2020-01-01 until 2021-02-29: An", "MS110"),
        ("- **A2** 2020-01-01: An", "  - **A2** 2020-01-01: An", "MS110"),
        ("- **A2** 2020-01-01: An", "- **A2** 2026-02-04: An", "MS111"),
        ("- **A2** 2020-01-01: An", "- **A2** 2020-01-01 until 2019-12-31: An", "MS112"),
    ],
)
def test_each_slip_is_told_with_its_line(good: str, slip: str, code: str) -> None:
    assert TEXT.count(good) == 1
    text = TEXT.replace(good, slip)
    assert codes_and_lines(text) == [(code, 12)]
    # What lies ahead is kept, and shows nothing until its day; what cannot be read is not.
    assert len(shown_in(text).shown) == (4 if code == "MS111" else 3)


def test_an_entry_under_another_one_or_in_a_quotation_is_not_passed_over() -> None:
    assert codes_and_lines(TEXT + "\n> - **A3** 2026-01-01: quoted\n") == [("MS110", 15)]


def test_a_file_that_is_called_otherwise_or_is_of_another_kind_is_nobodys() -> None:
    other = Path("members/ben.md")
    assert codes_and_lines(TEXT, other) == [("MS113", 3)]
    assert read_member(TEXT, other).sheet is None
    learner = TEXT.replace("kind: member", "kind: learner")
    assert codes_and_lines(learner) == [("MS011", 2)]
    assert read_member(learner, FILE).sheet is None
    assert codes_and_lines(TEXT.replace("id: asha\n", "")) == [("MS011", 1)]
    assert codes_and_lines("nothing") == [("MS010", 1)]


def test_the_check_of_a_folder_finds_members_files(tmp_path: Path) -> None:
    (tmp_path / "members").mkdir()
    (tmp_path / "members" / "README.md").write_text("What members may write.", "utf-8")
    (tmp_path / "members" / "asha.md").write_text(TEXT.replace("2020-01-01", "9020-01-01"), "utf-8")
    assert [(finding.code, finding.line) for finding in check([tmp_path / "members"])] == [("MS111", 12)]


@given(place=st.integers(0, len(TEXT)), length=st.integers(0, 40), instead=st.text(max_size=8))
def test_whatever_is_written_it_is_read_or_told(place: int, length: int, instead: str) -> None:
    reading = read_member(TEXT[:place] + instead + TEXT[place + length :], FILE, TODAY)
    assert reading.sheet is not None or reading.findings
    assert reading.sheet is None or len(reading.sheet.lines) == len(reading.sheet.shown)


@given(
    codes=st.lists(st.from_regex(r"[A-Z]{1,4}[0-9]{1,3}", fullmatch=True), min_size=1, max_size=3, unique=True),
    day=st.dates(max_value=TODAY),
    until=st.none() | st.dates(min_value=TODAY),
    what=st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=20),
)
def test_an_entry_says_what_was_written(codes: list[str], day: date, until: date | None, what: str) -> None:
    end = f" until {until}" if until is not None else ""
    entry = f"- **{', '.join(codes)}** {day}{end}: {what}\n"
    own = shown_in(f"---\nkind: member\nid: asha\n---\n\n{entry}")
    assert own.shown == (Shown(tuple(codes), day, what, until),)


@pytest.mark.parametrize("before", ["- ", "", "> ", "1. ", "| ", "```\n", "  - "])
def test_what_was_shown_is_told_when_its_code_is_not_in_bold(before: str) -> None:
    reading = read_member(f"---\nkind: member\nid: asha\n---\n\n{before}A1 2024-05-31: Team leader\n")
    assert [finding.code for finding in reading.findings if finding.code == "MS110"]
