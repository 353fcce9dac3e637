from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markterm.domain.assessed.learner import Learner, is_uln
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.finding import Severity
from markterm.sheets.learner_file import read_learner, render_learner
from markterm.sheets.reading import SheetReading
from tests.seen_text import seen_text

FILE = Path("learners/DEM0417/learner.md")
SHEET = """---
kind: learner
registration: DEM0417
name: Zoë O'Brien
uln: 1234567899
email: zoe@example.org
qualification: [8580-CERT]
assignment: [8580-IA-CERT]
units: [8580-500, 8580-501]
assessor: jb
registered: 2026-01-12
site: Leeds
---

Agreed extra time:

- a quarter of an hour
"""

_texts = seen_text().filter(lambda text: text == "" or text.strip())
_codes = st.lists(seen_text(min_size=1), max_size=3).map(tuple)
_learners = st.builds(
    Learner,
    registration=seen_text().filter(str.strip),
    name=_texts,
    uln=_texts,
    email=_texts,
    qualifications=_codes,
    assignments=_codes,
    units=_codes,
    standards=_codes,
    assessor=_texts,
    registered=st.none() | st.dates(),
    site=_texts,
    legal_name=_texts,
    born=st.none() | st.dates(),
    expires=st.none() | st.dates(),
    left=st.none() | st.dates(),
    funded=st.none() | st.booleans(),
    about=seen_text(st.characters(codec="utf-8", exclude_characters="\r")).map(str.strip),
)


def codes_and_lines(text: str) -> list[tuple[str, int | None]]:
    return [(finding.code, finding.line) for finding in read_learner(text, FILE).findings]


def test_a_learner_is_read_whole_and_as_written() -> None:
    assert read_learner(SHEET, FILE) == SheetReading(
        Learner(
            registration="DEM0417",
            name="Zoë O'Brien",
            uln="1234567899",
            email="zoe@example.org",
            qualifications=("8580-CERT",),
            assignments=("8580-IA-CERT",),
            units=("8580-500", "8580-501"),
            assessor="jb",
            registered=date(2026, 1, 12),
            site="Leeds",
            about="Agreed extra time:\n\n- a quarter of an hour",
        ),
        (),
        SHEET,
    )


_FACTS = "legal_name: Zoë Mary O'Brien\nborn: 2001-05-09\nexpires: 2029-01-11\nleft: 2026-11-02\nfunded: yes\n"


def test_the_facts_of_a_registration_are_read() -> None:
    reading = read_learner(SHEET.replace("site: ", f"{_FACTS}site: "), FILE)
    learner = reading.sheet
    assert learner is not None
    assert reading.findings == ()
    assert (learner.legal_name, learner.born, learner.expires) == (
        "Zoë Mary O'Brien",
        date(2001, 5, 9),
        date(2029, 1, 11),
    )
    assert (learner.left, learner.funded) == (date(2026, 11, 2), True)


@pytest.mark.parametrize(
    ("was", "slip", "code", "line"),
    [
        ("uln: 1234567899", "uln: 1234567898", "MS125", 5),
        ("uln: 1234567899", "uln: 123456789", "MS125", 5),
        ("uln: 1234567899", "uln: ١٢٣٤٥٦٧٨٩٩", "MS125", 5),
        ("uln: 1234567899", "uln: 9999999999", "MS125", 5),
        ("site: Leeds", "born: 2026-01-12", "MS126", 11),
        ("site: Leeds", "expires: 2026-01-12", "MS126", 12),
        ("site: Leeds", "left: 2026-01-11", "MS126", 12),
        ("site: Leeds", "funded: maybe", "MS011", 12),
        ("site: Leeds", "born: 9/5/2001", "MS011", 12),
    ],
)
def test_what_cannot_be_so_of_a_registration_is_found_on_its_line(was: str, slip: str, code: str, line: int) -> None:
    assert codes_and_lines(SHEET.replace(was, slip)) == [(code, line)]


def test_the_check_digit_of_a_uln_is_the_only_one_that_fits() -> None:
    assert [digit for digit in "0123456789" if is_uln(f"123456789{digit}")] == ["9"]
    # No number is given whose remainder is 0.
    assert not any(is_uln(f"200000001{digit}") for digit in "0123456789")


def test_a_byte_order_mark_and_any_line_ends_make_no_difference() -> None:
    for source in ("\ufeff" + SHEET, SHEET.replace("\n", "\r\n"), SHEET.replace("\n", "\r")):
        assert read_learner(source).sheet == read_learner(SHEET).sheet
        assert read_learner(source).findings == ()


@pytest.mark.parametrize("units", ["8580-500", "[8580-500]", "\n  - 8580-500", "8580-500,", "[8580-500, '']"])
def test_one_code_may_be_written_in_any_way(units: str) -> None:
    learner = read_learner(SHEET.replace("[8580-500, 8580-501]", units)).sheet
    assert learner is not None
    assert learner.units == ("8580-500",)


def test_codes_without_brackets_are_still_several() -> None:
    learner = read_learner(SHEET.replace("[8580-500, 8580-501]", "8580-500, 8580-501")).sheet
    assert learner is not None
    assert learner.units == ("8580-500", "8580-501")


@pytest.mark.parametrize(
    ("good", "slip", "code", "line"),
    [
        ("---\nkind", "kind", "MS010", 1),
        ("kind: learner\n", "", "MS011", 1),
        ("kind: learner", "kind: unit", "MS011", 2),
        ("registration: DEM0417", "registration:", "MS011", 3),
        ("name: Zoë O'Brien\n", "", "MS011", 1),
        ("name: Zoë O'Brien", "name: [Zoë, O'Brien]", "MS011", 4),
        ("uln: ", "uln: &a ", "MS003", 5),
        ("site: Leeds", "site: Leeds: north", "MS003", 12),
        ("units: [8580-500, 8580-501]", "units:\n\t- 8580-500", "MS001", 10),
        ("units: [8580-500, 8580-501]", "units: {a: b}", "MS003", 9),
        ("Zoë", "Zoë\u202e", "MS002", 4),
        ("Zoë O'Brien", '"Zoë\\u001b[2J"', "MS002", 4),
        ("Agreed", "Agr\x07eed", "MS002", 15),
    ],
)
def test_each_slip_is_found_on_its_line(good: str, slip: str, code: str, line: int) -> None:
    assert good in SHEET
    assert (code, line) in codes_and_lines(SHEET.replace(good, slip))


@pytest.mark.parametrize("registered", ["12.1.2026", "2026-02-30", "20260112", "soon", "2026-01-12 09:00"])
def test_a_date_that_is_none_is_a_warning_and_left_out(registered: str) -> None:
    reading = read_learner(SHEET.replace("2026-01-12", registered))
    assert reading.sheet is not None
    assert reading.sheet.registered is None
    assert [(finding.code, finding.severity, finding.line) for finding in reading.findings] == [
        ("MS011", Severity.WARNING, 11)
    ]


def test_an_unknown_key_is_a_warning_and_names_the_nearest() -> None:
    reading = read_learner(SHEET.replace("site:", "sites:"))
    assert reading.sheet is not None
    (finding,) = reading.findings
    assert (finding.code, finding.severity, finding.line) == ("MS011", Severity.WARNING, 12)
    assert "did you mean `site`?" in finding.message


def test_the_free_text_keeps_its_indentation() -> None:
    learner = read_learner(SHEET.replace("Agreed", " \n    Agreed") + "\n\n").sheet
    assert learner is not None
    assert learner.about == "    Agreed extra time:\n\n- a quarter of an hour"


def test_a_name_is_safe_to_show_whatever_is_in_it() -> None:
    learner = read_learner(SHEET.replace("Zoë O'Brien", '"\\e[31m  Zoë\\u202e"')).sheet
    assert learner is not None
    assert learner.name == "␛[31m  Zoë⇄"


@pytest.mark.parametrize("good", ["kind: learner", "registration: DEM0417", "---\n\nAgreed"])
def test_a_file_that_does_not_say_who_it_is_about_gives_none(good: str) -> None:
    assert read_learner(SHEET.replace(good, "kind: x" if "kind" in good else "")).sheet is None


@settings(deadline=None)
@given(st.text())
def test_no_text_makes_the_reader_fail(text: str) -> None:
    assert read_learner(text).source == text
    assert read_learner(f"---\nkind: learner\nregistration: X\n{text}\n---\n{text}").source.endswith(text)


@settings(deadline=None)
@given(_learners)
def test_a_written_learner_is_read_back_as_they_were(learner: Learner) -> None:
    assert read_learner(render_learner(learner)).sheet == learner


def test_the_plain_form_of_a_plain_file_is_that_file() -> None:
    learner = read_learner(SHEET).sheet
    assert learner is not None
    assert render_learner(learner) == SHEET


@pytest.mark.parametrize(
    "learner", [Learner("", "Nobody"), Learner("X", "A", about="\n\ntext"), Learner("X", "A", units=("",))]
)
def test_a_learner_that_no_file_can_hold_is_refused_and_not_written_differently(learner: Learner) -> None:
    with pytest.raises(WrongUse) as refusal:
        render_learner(learner)
    assert refusal.value.title == "This learner cannot be written"
