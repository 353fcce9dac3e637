"""Moodle's worksheet is filled in as its importer reads it, and no other byte of it is another one."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.assessed.moodle import MoodleSite
from markterm.domain.words.errors import Unreadable
from markterm.exports.downloaded_zip import names_in
from markterm.exports.moodle.cells import changed, rows_of
from markterm.exports.moodle.matching import Known, match
from markterm.exports.moodle.submissions import number_of, places_in
from markterm.exports.moodle.worksheet import Entry, Participant, Worksheet

SITE = MoodleSite("Pass", "Referral")
HEAD = (
    'Identifier,"Full name","Email address",Status,Grade,"Maximum Grade","Grade can be changed",'
    '"Last modified (submission)","Last modified (grade)","Feedback comments"'
)
FIRST = 'Participant 123,"Rosalind Jones",r@x.org,"Submitted for grading, late",-,100.00,Yes,"Monday, 2 March",-,'
SECOND = 'Participant 124,"Siân ""S"" Prosser",s@x.org,"No submission",Referral,100.00,No,-,-,"<p>=1+1</p>"'
SHEET = f"{HEAD}\n{FIRST}\n{SECOND}\n"


def imported(data: bytes) -> list[dict[str, str]]:
    """What Moodle's importer makes of a worksheet: of every row the number behind "Participant ", and three cells."""
    head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert all(len(row) == len(head) for row in rows)
    at = {name: head.index(name) for name in ("Identifier", "Grade", "Last modified (grade)", "Feedback comments")}
    return [{name: row[column].removeprefix("Participant ") for name, column in at.items()} for row in rows]


def test_a_worksheet_goes_round() -> None:
    sheet = Worksheet(SHEET.encode(), SITE)
    assert sheet.participants[0] == Participant(0, "Participant 123", "123", "Rosalind Jones", "r@x.org", "-")
    assert [each.is_locked for each in sheet.participants] == [False, True]
    filled = sheet.filled({0: Entry("Pass", '<p class="a">Good,\n"yes"</p>')})
    first, second = imported(filled)
    assert first == {
        "Identifier": "123",
        "Grade": "Pass",
        "Last modified (grade)": "-",
        "Feedback comments": '<p class="a">Good,\n"yes"</p>',
    }
    assert second["Feedback comments"] == "<p>=1+1</p>"
    assert filled.decode().splitlines()[0] == HEAD
    assert filled.decode().endswith(f"{SECOND}\n")


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", [True, False])
def test_every_byte_but_the_cells_that_are_filled_is_as_it_was(mark: str, end: str, last: bool) -> None:
    text = mark + end.join((HEAD, FIRST, SECOND)) + (end if last else "")
    sheet = Worksheet(text.encode(), SITE)
    assert sheet.filled({}) == text.encode()
    wanted = text.replace(",-,100.00,Yes", ",Pass,100.00,Yes").replace('2 March",-,', '2 March",-,<p>x</p>')
    assert sheet.filled({0: Entry("Pass", "<p>x</p>")}) == wanted.encode()


@pytest.mark.parametrize("separator", [";", "\t"])
def test_another_sign_between_the_cells_stays(separator: str) -> None:
    text = separator.join(("Identifier", "Grade", "Last modified (grade)")) + "\r\n" + f"P 7{separator}{separator}x"
    sheet = Worksheet(text.encode(), SITE)
    assert not sheet.has_feedback
    assert sheet.filled({0: Entry("Pass", "y")}) == text.replace(separator * 2, f"{separator}Pass{separator}").encode()


def test_a_backslash_before_a_quote_is_read_as_php_wrote_it() -> None:
    text = 'Identifier,Grade,"Last modified (grade)",Note\nP 7,,-,"a \\"b, c"\nP 8,,-,"ends in \\\\"\n'
    assert [each.number for each in Worksheet(text.encode(), SITE).participants] == ["7", "8"]


def test_headings_in_the_sites_language_are_found_where_they_are_named() -> None:
    text = "ID,Bewertung,Zuletzt geändert (Bewertung),Bewertung kann geändert werden\nTeilnehmer/in 9,,-,Nein\n"
    with pytest.raises(Unreadable, match="ID, Bewertung"):
        Worksheet(text.encode(), SITE)
    site = MoodleSite(
        "Bestanden",
        "Nicht",
        identifier="ID",
        grade="Bewertung",
        modified="Zuletzt geändert (Bewertung)",
        changeable="Bewertung kann geändert werden",
        locked="Nein",
    )
    (row,) = Worksheet(text.encode(), site).participants
    assert (row.number, row.is_locked) == ("9", True)


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", SHEET.encode("utf-16"), b"\xff\xfe", f"{SHEET}x,y\n".encode()])
def test_what_is_no_worksheet_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        Worksheet(data, SITE)


CELLS = st.text(st.sampled_from('ab ,;"=\n\r\té<'), max_size=6)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=4), st.data())
def test_a_cell_that_is_changed_is_read_and_the_others_stay(table: list[list[str]], data: st.DataObject) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, quoting=csv.QUOTE_ALL).writerows(table)
    rows = rows_of(file.getvalue(), ",", escapes=False)
    assert [[cell.value for cell in row] for row in rows] == table
    row = data.draw(st.integers(0, len(table) - 1))
    column = data.draw(st.integers(0, len(table[row]) - 1))
    value = data.draw(CELLS)
    table[row][column] = value
    again = changed(file.getvalue(), ",", {rows[row][column]: value})
    assert list(csv.reader(io.StringIO(again, newline=""))) == table


def person(row: int, number: str = "", name: str = "", email: str = "") -> Participant:
    return Participant(row, f"Participant {number}", number, name, email)


KNOWN = (
    Known("A1", "Ann Lee", "ann@x.org", frozenset({"7"})),
    Known("B2", "Ben Oak", "ben@x.org"),
    Known("C3", "Ann Lee", "same@x.org"),
    Known("D4", "Dee Ash", "same@x.org"),
    Known("E5", "Zoé Ruë"),
)


def test_a_participant_is_matched_by_number_then_e_mail_then_a_name_that_only_one_has() -> None:
    rows = [person(0, "7", "Ann Lee"), person(1, "8", "Benny", "BEN@x.org"), person(2, "9", "Zoe\u0301  RUË")]
    assert match(rows, KNOWN, {}).found == {0: "A1", 1: "B2", 2: "E5"}


def test_who_could_be_several_is_asked() -> None:
    rows = [person(0, "1", "Ann Lee"), person(1, "2", "Dee Ash", "same@x.org"), person(2, "3", "Nobody")]
    matched = match(rows, KNOWN, {})
    assert [(row.row, who) for row, who in matched.doubtful] == [(0, ("A1", "C3")), (1, ("C3", "D4"))]
    assert matched.nobody == (rows[2],)
    assert match(rows, KNOWN, {"1": "C3", "Participant 2": "D4", "3": ""}).found == {0: "C3", 1: "D4"}


def test_who_is_somebody_by_the_number_and_somebody_else_by_e_mail_or_name_is_asked() -> None:
    rows = [person(0, "7", "Somebody", "BEN@x.org"), person(1, "8", "Zoé Ruë", "ben@x.org")]
    matched = match(rows, KNOWN, {})
    assert not matched.found
    assert [who for _, who in matched.doubtful] == [("A1", "B2"), ("B2", "E5")]


def test_two_rows_of_one_learner_are_asked() -> None:
    rows = [person(0, "1", "Ben Oak"), person(1, "2", "x", "ben@x.org")]
    assert [row.row for row, _ in match(rows, KNOWN, {}).doubtful] == [0, 1]
    assert match(rows, KNOWN, {"1": ""}).found == {1: "B2"}


def zipped(path: Path, *names: str) -> Path:
    with ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return path


def placed(begins: str, file: str) -> tuple[str, str, str, str] | None:
    """The participant, the plugin and the file that Moodle takes from a name: by `_`, in the first part that fits."""
    parts = f"{begins}{file}".split("/")
    while parts:
        info = parts.pop(0).split("_", 4)
        if len(info) >= 4 and info[1].isdecimal():
            return info[1], info[2], info[3], "/".join([*info[4:], *parts]).lstrip("/")
    return None


@pytest.mark.parametrize(
    "name",
    [
        "Ann Lee_7_assignsubmission_file/diary.docx",
        "Ann Lee_7_assignsubmission_file_/in/diary.docx",
        "Ann Lee_7_assignsubmission_file_my_diary.docx",
        "Participant 7_7_assignsubmission_onlinetext/onlinetext.html",
    ],
)
def test_feedback_goes_back_under_a_name_that_moodle_takes(tmp_path: Path, name: str) -> None:
    place = places_in(zipped(tmp_path / "a.zip", name))["7"]
    plugin = "onlinetext" if "onlinetext" in name else "file"
    assert placed(place.begins, "A1 T_101 feedback.pdf") == ("7", "assignsubmission", plugin, "A1 T_101 feedback.pdf")
    assert number_of(name.partition("/")[0]) == "7"


def test_a_place_tells_after_whom_it_is_called(tmp_path: Path) -> None:
    name = "Group A-Niamh OBrien-Nu\u0301ñez_7_assignsubmission_file/a.txt"
    place = places_in(zipped(tmp_path / "a.zip", name))["7"]
    assert place.names("Niamh O'Brien-Núñez")
    assert not place.names("Niamh Brien")
    assert not place.names("")


def test_a_file_goes_before_a_text_that_was_typed_into_moodle(tmp_path: Path) -> None:
    names = ("A_7_assignsubmission_onlinetext/onlinetext.html", "A_7_assignsubmission_file/a.docx")
    assert places_in(zipped(tmp_path / "a.zip", *names))["7"].begins == "A_7_assignsubmission_file/"


def test_a_zip_that_is_none_or_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_bytes(b"no zip")
    for file in (tmp_path / "b.zip", tmp_path / "none.zip", zipped(tmp_path / "a.zip", "a.txt", "../A_7_x_file/b")):
        with pytest.raises(Unreadable):
            places_in(file)


def test_a_zip_that_is_not_there_or_damaged_is_refused_in_words(tmp_path: Path) -> None:
    file = tmp_path / "submissions.zip"
    with pytest.raises(Unreadable, match="The system said: No such file or directory"):
        names_in(file, "Canvas")
    with ZipFile(file, "w") as archive:
        archive.writestr("é", "")
    file.write_bytes(file.read_bytes().replace("é".encode(), b"\xff\xff"))
    with pytest.raises(Unreadable, match="It is no zip that is whole"):
        names_in(file, "Canvas")
