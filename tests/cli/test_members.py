"""The staff, and what they have shown."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Ask

SHEET = """---
kind: competence
code: T-STAFF
title: Staff
suite: T
---

## Tutor

- **T1** Has taught
  - years: 3

## Assessor and verifier

- **A1** Has made tea
  - evidence: a post in a tea shop
- **A2** Keeps up with tea
  - years: 3
  - kind: cpd
  - evidence: a log
  - lasting: a diploma
"""
TODAY = date.today()
LAPSING = TODAY + timedelta(days=20)


def write(folder: Path, name: str, text: str) -> None:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


@pytest.fixture
def staffed(centre: Path) -> Path:
    """The tiny centre with a sheet of requirements; Asha is a tutor, too, and Ben in training for T-102."""
    write(centre, "mark_sheets/competence/staff.md", SHEET)
    toml = (centre / "centre.toml").read_text("utf-8")
    toml = toml.replace(
        'name = "Asha Patel"\nroles = ["assessor"]', 'name = "Asha Patel"\nroles = ["assessor", "tutor"]'
    )
    toml = toml.replace('units = ["T-101"]', f'units = ["T-101"]\ntraining = ["T-102"]\ncpd = {LAPSING}')
    write(centre, "centre.toml", toml)
    write(
        centre,
        "members/asha.md",
        "---\nkind: member\nid: asha\n---\n\n"
        f"- **A1** 2001-05-31: Tea shop\n- **A2,T1** {TODAY}: Course\n- **T1** 2010-01-01: Another course\n",
    )
    return centre


@pytest.mark.usefixtures("staffed")
def test_every_member_is_shown_with_what_is_met_lapses_and_is_missing(ask: Ask) -> None:
    answer = ask("members")
    assert answer.code == 1
    asha, ben, ines = answer.out.split("\n\n")
    assert asha.startswith(
        "asha Asha Patel: assessor, tutor\n  approved for T-101, T-102\n  3 met, by members/asha.md\n"
    )
    assert "A1  ✓ met" in asha
    assert "  in training for T-102\n  1 lapsing within 90 days, 1 missing, by centre.toml\n" in ben
    assert f"A2  ! lapsing  until {LAPSING}  Keeps up with tea" in ben
    assert "  2 missing; there is no members/ines.md\n" in ines
    assert "T1" not in ines


@pytest.mark.usefixtures("staffed")
def test_one_member_is_shown_with_what_was_shown_and_what_could_show_the_rest(ask: Ask) -> None:
    asha = ask("members", "asha")
    assert asha.code == 0
    assert "        shown 2001-05-31: Tea shop\n" in asha.out
    assert "such as" not in asha.out
    ben = ask("members", "ben")
    assert ben.code == 1
    assert "        such as a post in a tea shop\n" in ben.out
    assert "        or, for good, a diploma\n" in ben.out
    assert ask("members", "zoe").code == 2


@pytest.mark.usefixtures("staffed")
def test_the_json_has_everything(ask: Ask) -> None:
    told = {each["id"]: each for each in ask("members", "--json").json}
    assert told["asha"]["counts"] == {"met": 3, "lapsing": 0, "lapsed": 0, "missing": 0}
    assert (told["asha"]["complete"], told["asha"]["file"], told["ben"]["file"]) == (True, True, False)
    assert told["ben"]["training"] == ["T-102"]
    states = {each["code"]: (each["state"], each["until"]) for each in told["ben"]["requirements"]}
    assert states == {"A1": ("missing", None), "A2": ("lapsing", LAPSING.isoformat())}
    (met,) = [each for each in told["asha"]["requirements"] if each["code"] == "A1"]
    assert met["shown"] == {"day": "2001-05-31", "what": "Tea shop", "for_good": False}


def test_what_lapses_soon_is_told_and_no_failure(ask: Ask, staffed: Path) -> None:
    text = (staffed / "members" / "asha.md").read_text("utf-8").replace(f"{TODAY}:", f"{TODAY} until {LAPSING}:")
    write(staffed, "members/asha.md", text)
    answer = ask("members", "asha")
    assert answer.code == 0
    assert "1 met, 2 lapsing within 90 days" in answer.out


def test_a_new_centre_gets_the_shipped_requirements(ask: Ask) -> None:
    ask("init", "aston", "--number", "1", "--name", "Aston", "--member", "zoe:Zoë Hall:assessor,tutor")
    (zoe,) = ask("-C", "aston", "members", "--json").json
    assert [each["code"][0] for each in zoe["requirements"]] == ["T"] * 8 + ["A"] * 8
    assert zoe["counts"]["missing"] == 16
    assert ask("-C", "aston", "check").code == 0


def test_a_centre_that_asks_for_nothing_has_nothing_missing(ask: Ask, centre: Path) -> None:
    answer = ask("members")
    assert answer.code == 0
    assert answer.out.count("nothing is asked of them") == 3
    assert not (centre / "members").exists()


def test_what_is_wrong_in_a_members_file_is_told_and_the_rest_counts(ask: Ask, staffed: Path) -> None:
    with (staffed / "members" / "asha.md").open("a", encoding="utf-8") as file:
        file.write("- **A2** yesterday: Something \x1b[31m\n")
    answer = ask("members", "asha")
    assert answer.code == 0
    assert "asha.md:9: MS110" in answer.err
    assert "\x1b" not in answer.out + answer.err


def test_a_file_that_cannot_be_read_shows_nothing_and_says_why(ask: Ask, staffed: Path) -> None:
    (staffed / "members" / "asha.md").write_bytes(b"\xff\xfe")
    answer = ask("members", "asha")
    assert answer.code == 1
    assert "3 missing" in answer.out
    assert "MS010" in answer.err


def test_the_check_of_a_centre_covers_the_sheets_and_the_members(ask: Ask, staffed: Path) -> None:
    assert ask("check").code == 0
    write(staffed, "members/asha.md", "---\nkind: member\nid: asha\n---\n\n- **A1,A9** 2001-05-31: Tea shop\n")
    write(staffed, "members/gone.md", "---\nkind: member\nid: gone\n---\n\n- **A1** 2001-05-31: Tea shop\n")
    write(staffed, "mark_sheets/competence/more.md", SHEET.replace("T-STAFF", "T-MORE").replace("**A1**", "**B1**"))
    findings = ask("check", "--json").json
    assert [(each["code"], each["severity"], each["line"]) for each in findings] == [
        ("MC08", "error", None),
        ("MC08", "error", None),
        ("MC07", "error", 6),
        ("MC06", "warning", None),
    ]
    assert "T-STAFF and T-MORE both ask for T1" in findings[0]["message"]
