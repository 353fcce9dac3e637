"""The lines of a register as learners: whole or not at all, and set beside the learners who are there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from markterm.domain.assessed.learner import Learner, RegisteredFor
from markterm.domain.register.beside import Verdict, beside
from markterm.domain.register.columns import among, columns_of, is_heading, no_heading
from markterm.domain.register.entry import Entry, Known, entry_of, together, with_months
from markterm.domain.register.headings import Fact
from markterm.domain.words.errors import WrongUse

TODAY = date(2026, 11, 29)
KNOWN = Known(
    {"t-cert": "T-CERT", "600/5791/9": "T-CERT", "t-dip": "T-DIP", "tea, made well": "T-CERT"},
    {"t-101": "T-101", "101": "T-101"},
    {},
    {"asha": "asha", "asha patel": "asha"},
    {"tea01": "TEA01"},
)
NAMES = ("Reg. No.", "Full name", "Qual", "Reg Date", "Expiry", "D.O.B.", "ULN", "E-mail", "Funded?", "Assessor")


def read(*lines: Sequence[str], usual: Learner | None = None) -> list[Entry]:
    columns = with_months(columns_of(NAMES, {}), lines)
    every = (entry_of(n, line, columns, usual or Learner("", ""), KNOWN, TODAY) for n, line in enumerate(lines, 2))
    return list(together(filter(None, every)))


def test_a_line_is_read_whole() -> None:
    line = ("A1", "Jones, R", "600/5791/9", "1/9/2025", "31/8/2028", "1/2/1990", "", "r@x.org", "yes", "Asha Patel")
    (entry,) = read(line)
    assert entry == Entry(
        (2,),
        Learner(
            "A1",
            "R Jones",
            email="r@x.org",
            qualifications=("T-CERT",),
            assessor="asha",
            registered=date(2025, 9, 1),
            born=date(1990, 2, 1),
            expires=date(2028, 8, 31),
            funded=True,
        ),
    )


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (("", "R Jones"), "no registration"),
        (("A1", " "), "no name"),
        (("A1", "N/A"), "no name"),
        (("A1", "???"), "no letter"),
        (("Total", "2"), "line of totals"),
        (("Number of learners: 2", "Ann"), "line of totals"),
        (("A1", '=HYPERLINK("http://x", "Ann")'), "a formula stands in it"),
        (("A\u202e1", "Ann Lee"), "cannot be a registration"),
        (("..", "Ann Lee"), "no letter or figure"),
        (("1.2E+9", "R Jones"), "spreadsheet has changed"),
        (("A1", "R Jones", "T-NONE"), "no qualification `T-NONE`"),
        (("A1", "R Jones", "", "13/25/2025"), "`13/25/2025` (registered) is no day"),
        (("A1", "R Jones", "", "1/9/2025", "1/9/2024"), "expires on 2024-09-01"),
        (("A1", "R Jones", "", "", "", "1/1/2027"), "has not come yet"),
        (("A1", "R Jones", "", "", "", "", "1234567890"), "no ULN"),
        (("A1", "R Jones", "", "", "", "", "", "none"), "no e-mail address"),
        (("A1", "R Jones", "", "", "", "", "", "a@x.org;b@x.org"), "no e-mail address"),
        (("A1", "R Jones", "", "", "", "", "", "", "maybe"), "neither yes nor no"),
        (("A1", "R Jones", "", "", "", "", "", "", "", "Zed"), "no assessor of the centre"),
    ],
)
def test_a_line_with_a_fault_is_not_taken_by_half(line: Sequence[str], fault: str) -> None:
    (entry,) = read(line)
    assert fault in entry.faults[0]
    assert beside(entry, None).verdict is Verdict.BAD


def test_a_day_of_registration_that_has_not_come_is_told_and_taken() -> None:
    (entry,) = read(("A1", "Ann Lee", "", "1/9/2027"))
    assert (entry.faults, entry.notes) == ((), ("registered on 2027-09-01, which has not come yet",))


def test_a_registration_is_read_as_it_was_typed_however_a_spreadsheet_keeps_it() -> None:
    found = read(('="0012"', "Ann Lee"), ("'0013", "Ann Lee"), ("\uff21\uff11", "Ann Lee"), ("B1", "'t Hooft, Ann"))
    assert [each.learner.registration for each in found] == ["0012", "0013", "A1", "B1"]
    assert found[3].learner.name == "Ann 't Hooft"


def test_what_says_in_words_that_nothing_is_known_says_nothing() -> None:
    (entry,) = read(("A1", "Ann Lee", "n/a", "TBC", "-", "N/A", "Unknown", "mailto:a@x.org"))
    assert entry == Entry((2,), Learner("A1", "Ann Lee", email="a@x.org"))


def test_where_some_days_have_the_month_first_none_that_could_is_guessed_at() -> None:
    found = read(*((f"A{n}", "Ann Lee", "", day) for n, day in enumerate(("02/13/2025", "02/03/2025", "2025-03-02"))))
    assert [each.is_bad for each in found] == [True, True, False]
    assert "may have its month first" in found[1].faults[0]


def test_a_line_for_each_qualification_is_one_learner() -> None:
    (entry,) = read(("A1", "R Jones", "T-CERT", "1/9/2025"), ("A1", "R Jones", "T-DIP", "1/1/2026"))
    assert entry.where == "lines 2 and 3"
    assert entry.learner.qualifications == ("T-CERT", "T-DIP")
    assert entry.learner.registered_on(("T-DIP",)) == date(2026, 1, 1)
    assert entry.learner.registered_on(("T-CERT",)) == entry.learner.registered_on(()) == date(2025, 9, 1)


def test_lines_that_contradict_each_other_are_all_bad_and_others_are_taken() -> None:
    found = read(("A1", "R Jones"), ("B2", "Ann Lee"), ("A1", "Rose Jones"), ("c3", "Bo Li"), ("C3", "Bo Li"))
    assert [entry.is_bad for entry in found] == [True, False, True, True, True]
    assert found[0].faults == ("line 4 is of the same registration and says another name",)
    assert "capitals or accents" in found[3].faults[0]


def test_the_same_line_twice_is_one_learner() -> None:
    assert [each.lines for each in read(("A1", "R Jones"), ("A1", "R Jones"))] == [(2, 3)]


def test_what_the_register_says_otherwise_is_shown_and_what_it_leaves_out_stays() -> None:
    was = Learner(
        "A1", "R Jones", email="r@x.org", qualifications=("T-DIP",), registered=date(2025, 9, 1), about="Note"
    )
    (entry,) = read(("A1", "Rose Jones", "T-CERT", "1/1/2026"))
    found = beside(entry, was)
    assert found.verdict is Verdict.CHANGED
    assert [each.in_words for each in found.changes] == [
        "name: R Jones becomes Rose Jones",
        "qualifications: T-DIP becomes T-DIP, T-CERT",
        "registered for: T-CERT 2026-01-01",
    ]
    assert found.learner.email == "r@x.org"
    assert found.learner.registered == date(2025, 9, 1)
    assert found.learner.registered_for == (RegisteredFor("T-CERT", date(2026, 1, 1)),)
    assert beside(entry, found.learner).verdict is Verdict.SAME


def test_what_holds_for_every_qualification_is_not_said_again_of_one() -> None:
    was = Learner("A1", "R Jones", qualifications=("T-CERT", "T-DIP"), registered=date(2025, 9, 1))
    (entry,) = read(("A1", "R Jones", "T-CERT", "1/9/2025"))
    assert beside(entry, was).verdict is Verdict.SAME


def test_a_register_takes_nobody_off_a_unit_or_an_assignment() -> None:
    was = Learner("A1", "R Jones", units=("T-102",), assignments=("IA-1",))
    found = beside(Entry((2,), Learner("A1", "R Jones", units=("T-101",), assignments=("IA-2",))), was)
    assert (found.learner.units, found.learner.assignments) == (("T-102", "T-101"), ("IA-1", "IA-2"))


def test_what_holds_for_all_holds_where_a_line_says_nothing() -> None:
    usual = Learner("", "", qualifications=("T-CERT",), assessor="asha")
    first, second = read(("A1", "R Jones"), ("B2", "Ann Lee", "T-DIP"), usual=usual)
    assert (first.learner.qualifications, second.learner.qualifications) == (("T-CERT",), ("T-DIP",))
    assert second.learner.assessor == "asha"


def test_a_standard_is_named_among_the_units_and_is_none_of_them() -> None:
    columns = columns_of(("ENR", "Name", "Units"), {})
    entry = entry_of(2, ("A1", "R Jones", "101, TEA01"), columns, Learner("", ""), KNOWN, TODAY)
    assert entry is not None
    assert (entry.learner.units, entry.learner.standards) == (("T-101",), ("TEA01",))
    alone = entry_of(2, ("A1", "R Jones", "TEA01"), columns, Learner("", "", units=("T-101",)), KNOWN, TODAY)
    assert alone is not None
    assert (alone.learner.units, alone.learner.standards) == ((), ("TEA01",))
    assert beside(alone, None).told == ()
    changed = beside(entry, Learner("A1", "R Jones", units=("T-101",)))
    assert (changed.verdict, changed.learner.standards) == (Verdict.CHANGED, ("TEA01",))


def test_columns_are_known_by_the_names_that_people_use() -> None:
    for names in (
        ("Candidate No.", "Candidate Name"),
        ("ENR", "Surname", "Forename(s)"),
        ("Learner_ID", "LAST NAME", "First Name"),
        ("LearnRefNumber", "FamilyName", "GivenNames"),
        ("ID number", "First name"),
        ("NCFE Learner Number", "Student Surname"),
        ("Learner Reg No.*", "Surname* (as on passport)"),
        ("Student number", "Learner’s name"),
    ):
        assert is_heading(names, {})
    assert not is_heading(("Learner list 2026", ""), {})
    assert is_heading(("Nr", "Pupil"), {Fact.REGISTRATION: "nr", Fact.NAME: "Pupil"})


def test_headings_that_a_centre_keeps_hold_for_the_tables_that_have_them() -> None:
    kept = {Fact.REGISTRATION: ("Nr",), Fact.NAME: ("Trainee", "Pupil")}
    assert among(kept, ("NR.", "Pupil", "E-mail")) == {Fact.REGISTRATION: "Nr", Fact.NAME: "Pupil"}
    assert among(kept, ("Nr", "Trainee", "Pupil"))[Fact.NAME] == "Trainee"
    assert among(kept, ("ENR", "Name")) == {}


def test_two_columns_of_one_kind_are_asked_about() -> None:
    headings = ("ENR", "Name", "Learner")
    with pytest.raises(WrongUse, match="Name and Learner"):
        columns_of(headings, {})
    assert columns_of(headings, {Fact.NAME: "Learner"}).ignored == ("Name",)
    with pytest.raises(WrongUse, match="no column Pupil"):
        columns_of(headings, {Fact.NAME: "Pupil"})


def test_what_says_more_plainly_what_it_is_goes_before_numbers_of_other_systems_and_both_are_told() -> None:
    columns = columns_of(("ID number", "Student ID", "ENR", "Legal Forename", "Forename(s)", "DoB (dd/mm/yyyy)"), {})
    assert columns.places == {Fact.REGISTRATION: 2, Fact.FIRST: 4, Fact.BORN: 5}
    assert set(columns.ignored) == {"ID number", "Student ID", "Legal Forename"}
    assert columns_of(("ENR", "ID number"), {}).places == {Fact.REGISTRATION: 0}
    assert columns_of(("ENR", "ID number"), {Fact.REGISTRATION: "ID number"}).places == {Fact.REGISTRATION: 1}


def test_the_day_on_which_learning_begins_is_not_taken_for_that_of_the_registration() -> None:
    assert columns_of(("ENR", "Name", "Start Date", "Learner start date"), {}).ignored == (
        "Start Date",
        "Learner start date",
    )


def test_columns_that_are_called_the_same_are_to_be_given_another_heading() -> None:
    with pytest.raises(WrongUse) as raised:
        columns_of(("ENR", "Name", "name"), {})
    assert "another heading" in raised.value.next_step


def test_of_a_table_without_headings_it_is_said_which_is_not_there() -> None:
    rows = [("Northgate", ""), ("First name", "Email address")]
    assert "no heading for the registration. The line that comes nearest says: First name" in no_heading(rows, {}).what
    assert "for the registration and none for the name" in no_heading(rows[:1], {}).what
    assert "says nothing" in no_heading([], {}).what


def test_what_is_not_seen_is_no_part_of_a_name_and_accents_are_written_one_way() -> None:
    (entry,) = read(("\u200bA1", "\ufeffZoe\u0301\u00a0Lee"))
    assert (entry.learner.registration, entry.learner.name) == ("A1", "Zo\xe9 Lee")


def test_what_a_terminal_would_obey_is_seen_as_a_sign() -> None:
    (entry,) = read(("A1", "Ann\x1b[2J Lee"))
    assert entry.learner.name == "Ann\u241b[2J Lee"


def test_a_quotation_mark_that_nobody_closed_takes_no_other_line_into_a_name() -> None:
    (entry,) = read(("A1", "Ann Lee\nB2;Bo Li\n"))
    assert "quotation mark" in entry.faults[0]


def test_a_qualification_may_have_its_title_behind_its_code() -> None:
    (entry,) = read(("A1", "R Jones", "T-CERT Making Tea, Level 1"))
    assert (entry.learner.qualifications, entry.faults) == (("T-CERT",), ())
    for said in ("T-CERT, T-NONE", "T-CERT / T-DIP", "T-NONE Making Tea"):
        (entry,) = read(("A1", "R Jones", said))
        assert entry.is_bad


@pytest.mark.parametrize(
    ("headings", "registration"),
    [
        (("Student", "ID", "SIS User ID", "SIS Login ID", "Section"), "SIS User ID"),
        (("OrgDefinedId", "Username", "Last Name", "First Name", "Email"), "OrgDefinedId"),
        (("First Name", "Last Name", "SID", "Email", "Role"), "SID"),
        (("UPN", "Surname", "Forename", "Adm No", "DOB"), "Adm No"),
        (("Enw cyntaf", "Cyfenw", "Rhif adnabod", "Cyfeiriad e-bost"), "Rhif adnabod"),
        (("Vorname", "Nachname", "ID-Nummer", "E-Mail-Adresse"), "ID-Nummer"),
        (("Prénom", "Nom de famille", "Numéro d'identification"), "Numéro d'identification"),
        (("Nombre", "Apellido(s)", "Número de ID", "Dirección de correo"), "Número de ID"),
        (("Imię", "Nazwisko", "Numer ID", "Adres e-mail"), "Numer ID"),
    ],
)
def test_the_tables_of_sites_name_their_learners_in_their_own_words(headings: Sequence[str], registration: str) -> None:
    assert is_heading(headings, {})
    assert headings[columns_of(headings, {}).places[Fact.REGISTRATION]] == registration


def test_a_hash_that_a_site_puts_before_a_number_is_no_part_of_it() -> None:
    columns = columns_of(("OrgDefinedId", "Last Name", "First Name"), {})
    entry = entry_of(2, ("#01400001", "_", "PING LEE"), columns, Learner("", ""), KNOWN, TODAY)
    assert entry is not None
    assert (entry.learner.registration, entry.learner.name) == ("01400001", "PING LEE")


def test_of_who_teaches_at_a_site_it_is_asked_whether_that_is_a_learner() -> None:
    columns = columns_of(("ID number", "Full name", "Roles"), {})
    for role, is_asked in (("Teacher", True), ("Non-editing teacher, Manager", True), ("Student", False), ("", False)):
        entry = entry_of(2, ("A1", "Ann Lee", role), columns, Learner("", ""), KNOWN, TODAY)
        assert entry is not None
        assert (role, entry.is_bad, bool(entry.notes)) == (role, False, is_asked)
