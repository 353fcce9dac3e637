"""`markterm register` and `markterm learner add`: what is shown before anything is done, and what is there then."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from openpyxl import Workbook  # type: ignore[import-untyped]  # the library has no types

from tests.assignments import add_qualifications
from tests.centres import add_learner
from tests.cli.conftest import Ask

LINES = "ENR;Surname;First name;Course\nNEW1;Lee;Ann;T-CERT\nNEW2;Li;Bo;T-CERT\n"


@pytest.fixture
def here(centre: Path) -> Path:
    """The centre, with qualifications."""
    add_qualifications(centre)
    return centre


def register(centre: Path, text: str | bytes, name: str = "register.csv") -> str:
    (centre / name).write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return name


def test_a_preview_shows_every_line_and_changes_nothing(here: Path, ask: Ask) -> None:
    answer = ask("register", register(here, LINES + "AAA1;Jones;Rosalind;T-CERT\nNEW3;;;\n"), "--preview")
    assert answer.code == 1
    assert answer.out.splitlines() == [
        "+ line 2: NEW1 Ann Lee",
        "+ line 3: NEW2 Bo Li",
        "≠ line 4: AAA1 Rosalind Jones: qualifications: T-CERT",
        "! line 5: NEW3: it has no name",
    ]
    assert "2 new, 1 changed, 1 not taken" in answer.err
    assert not (here / "learners" / "NEW1").exists()


def test_good_lines_are_taken_bad_ones_listed_and_the_second_time_changes_nothing(here: Path, ask: Ask) -> None:
    file = register(here, LINES + "NEW3;Poe;Cy;T-NONE\n")
    answer = ask("register", file, "--yes", "--assessor", "asha")
    assert answer.code == 1
    assert "! line 4: NEW3 Cy Poe: the centre has no qualification `T-NONE`, or several: it has T-" in answer.out
    assert "2 learners registered, 0 files changed." in answer.err
    learner = here / "learners" / "NEW1" / "learner.md"
    text = learner.read_text("utf-8")
    assert (
        text == "---\nkind: learner\nregistration: NEW1\nname: Ann Lee\nqualification: [T-CERT]\nassessor: asha\n---\n"
    )
    assert (learner.parent / "evidence").is_dir()
    assert sorted(each.name for each in (here / "learners").iterdir()) == ["AAA1", "BBB2", "CCC3", "NEW1", "NEW2"]
    before = {file: file.read_bytes() for file in here.rglob("learner.md")}
    again = ask("register", file, "--yes", "--accept-changes", "--assessor", "asha", "--json").json
    assert [each["verdict"] for each in again] == ["same", "same", "bad"]
    assert {file: file.read_bytes() for file in here.rglob("learner.md")} == before
    assert "NEW1" in ask("status").out


def test_without_a_terminal_nobody_is_registered_unasked(here: Path, ask: Ask) -> None:
    answer = ask("register", register(here, LINES))
    assert answer.code == 3
    assert "--yes" in answer.err
    assert not (here / "learners" / "NEW1").exists()


def test_what_a_file_has_otherwise_is_changed_where_that_is_accepted_and_nothing_else_of_it(
    here: Path, ask: Ask
) -> None:
    file = here / "learners" / "AAA1" / "learner.md"
    own = "---\nkind: learner\n# asked for twice\nregistration: AAA1\nname: Rosalind Jones\nshoes: 5\n---\n\nA note.\n"
    file.write_text(own, "utf-8")
    lines = register(here, "ENR,Name,DOB\nAAA1,Rosalind Smith,1/2/1990\n")
    assert ask("register", lines, "--yes").code == 1
    assert file.read_text("utf-8") == own
    assert ask("register", lines, "--yes", "--accept-changes").code == 0
    changed = own.replace("Rosalind Jones", "Rosalind Smith").replace("shoes: 5\n", "shoes: 5\nborn: 1990-02-01\n")
    assert file.read_text("utf-8") == changed


@pytest.mark.parametrize(
    "data",
    [
        LINES.encode("utf-8-sig"),
        LINES.encode("utf-16"),
        LINES.replace("Ann", "Zoë").encode("cp1252"),
        LINES.replace(";", "\t").encode(),
        LINES.replace(";", ",").replace("\n", "\r\n").encode(),
        b"sep=;\n" + LINES.encode(),
        b"Learners of 2026;;;\n;;;\n" + LINES.encode(),
    ],
)
def test_any_encoding_and_any_sign_between_columns_is_read(here: Path, ask: Ask, data: bytes) -> None:
    answer = ask("register", register(here, data), "--preview")
    assert answer.code == 0
    assert "NEW1 Ann Lee" in answer.out or "NEW1 Zoë Lee" in answer.out


def test_of_a_workbook_the_sheet_that_is_shown_is_read_with_a_title_merged_cells_and_days(here: Path, ask: Ask) -> None:
    from datetime import datetime

    book = Workbook()
    hidden = book.worksheets[0]
    hidden.append(["Registration", "Full name"])
    hidden.append(["OLD1", "Nobody Here"])
    hidden.sheet_state = "hidden"
    sheet = book.create_sheet("Learners")
    sheet.append(["Learners of our college"])
    sheet.merge_cells("A1:D1")
    sheet.append(["Registration", "Full name", "Qualification", "Registered"])
    sheet.append(["NEW1", "Lee, Ann", "T-CERT", datetime(2026, 3, 4)])
    sheet.append([204100, "Bo Li", None, 46085])
    sheet.merge_cells("C3:C4")
    sheet.append(["NEW3", "Cy Day"])
    sheet.row_dimensions[5].hidden = True
    book.save(here / "register.xlsx")
    *found, filtered = ask("register", "register.xlsx", "--preview", "--json").json
    assert filtered["verdict"] == "bad"
    assert "hides this line" in str(filtered)
    told = [(each["learner"]["registration"], each["learner"]["name"]) for each in found]
    assert told == [("NEW1", "Ann Lee"), ("204100", "Bo Li")]
    assert {each["learner"]["registered"] for each in found} == {"2026-03-04"}
    assert {tuple(each["learner"]["qualifications"]) for each in found} == {("T-CERT",)}


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n\0\0", b"PK\3\4nothing", b"one\ntwo\n"])
def test_what_is_no_register_is_told_in_words(here: Path, ask: Ask, data: bytes) -> None:
    answer = ask("register", register(here, data), "--yes")
    assert answer.code in (2, 4)
    assert "What to do" in answer.err


def test_registrations_that_a_system_cannot_tell_apart_are_told(here: Path, ask: Ask) -> None:
    add_learner(here, "ZO\N{LATIN CAPITAL LETTER E WITH ACUTE}1", "Zo Lee")
    twin = unicodedata.normalize("NFD", "ZO\N{LATIN CAPITAL LETTER E WITH ACUTE}1")
    answer = ask("register", register(here, f"ENR,Name\naaa1,Rosalind Jones\n{twin},Zo Lee\ncon,Con Way\n"), "--yes")
    assert "! line 2: aaa1 Rosalind Jones: AAA1 is there" in answer.out
    assert "= line 3" in answer.out  # macOS takes the accent off its letter, and it is the same.
    assert "+ line 4: con Con Way" in answer.out
    assert not any(each.name.casefold() == "con" for each in (here / "learners").iterdir())
    assert "Con Way" in ask("show", "con").out


def test_whose_registration_seems_corrected_is_not_registered_anew(here: Path, ask: Ask) -> None:
    first = register(here, "ENR,Name,DOB\nNEW1,Ann Lee,1/2/1990\n")
    assert ask("register", first, "--yes").code == 0
    answer = ask("register", register(here, "ENR,Name,DOB\nNEW9,Ann Lee,1/2/1990\n"), "--yes")
    assert "it seems to be NEW1, whose registration was corrected" in answer.out
    assert not (here / "learners" / "NEW9").exists()
    assert ask("rename", "NEW1", "NEW9", "--as", "asha").code == 0
    assert ask("register", "register.csv", "--yes").code == 0


def test_the_centre_says_how_its_registers_call_what_they_hold(here: Path, ask: Ask) -> None:
    file = register(here, "Nr,Pupil\nNEW1,Ann Lee\n")
    assert ask("register", file, "--yes").code == 2
    assert ask("register", file, "--column", "registration=Nr", "--column", "name=Pupil", "--preview").code == 0
    toml = here / "centre.toml"
    toml.write_text(toml.read_text("utf-8") + '\n[register.columns]\nregistration = "Nr"\nname = "Pupil"\n', "utf-8")
    assert ask("register", file, "--preview").code == 0
    usual = register(here, "ENR,Name\nNEW2,Bo Li\n")
    assert "+ line 2: NEW2 Bo Li" in ask("register", usual, "--preview").out  # Its tables come from two places.


@pytest.mark.usefixtures("here")
def test_a_learner_is_added_by_hand(ask: Ask) -> None:
    words = ("learner", "add", "Tom Ash", "--registration", "TOM1", "--qualification", "T-CERT", "--born", "1/2/1999")
    answer = ask(*words)
    assert (answer.code, answer.out) == (0, "TOM1 Tom Ash is registered.\n")
    assert ask("show", "TOM1", "--json").json["born"] == "1999-02-01"
    again = ask(*words)
    assert again.code == 3
    assert "markterm rename" in again.err
    assert ask("learner", "add", "Tom Ash").code == 2
    assert ask("learner", "add", "Tom Ash", "--registration", "TOM2", "--uln", "1").code == 3


def test_what_columns_were_said_to_hold_is_kept_for_the_next_register_where_that_is_wanted(
    here: Path, ask: Ask
) -> None:
    (here / "r.csv").write_text("Nr,Pupil\nNEW1,Ann Lee\n", "utf-8")
    words = ("register", "r.csv", "--column", "name=Pupil", "--column", "registration=Nr", "--yes")
    told = ask(*words)
    assert "--keep-columns would keep: name “Pupil”; registration “Nr”" in told.err
    assert "Kept in centre.toml" in ask(*words, "--keep-columns").err
    assert "keep" not in ask(*words).err.casefold()
    again = ask("register", "r.csv", "--yes")
    assert again.out.startswith("= line 2: NEW1 Ann Lee")
