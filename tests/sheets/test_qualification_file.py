from __future__ import annotations

from dataclasses import replace
from datetime import date
from difflib import unified_diff
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markterm.domain.assessed.qualification import (
    AllOfGroup,
    Barred,
    CreditsAtLevel,
    CreditsOfGroup,
    Group,
    GroupUnit,
    Qualification,
    Rule,
    TotalCredits,
    UnitsOfGroup,
)
from markterm.domain.assessed.unit import Unit
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.finding import Finding, Severity
from markterm.sheets.codes import CODES
from markterm.sheets.qualification_file import QualificationReading, fit_qualification, read_qualification
from markterm.sheets.qualification_writer import QUALIFICATION_WRITER
from markterm.sheets.rule_text import FORMS, parse_rule
from tests.examples import examples
from tests.pace import grows_evenly
from tests.seen_text import seen_text

SHEET = (Path(__file__).parent / "data" / "qualification.md").read_text(encoding="utf-8")
FILE = Path("qualifications/tea.md")
UNITS = {
    "T-101": Unit("T-101", "Making Tea", 3, 5, 18),
    "T-201": Unit("T-201", "washing  up", 3, 2, 8),
    "T-202": Unit("T-202", "Serving | Clearing", 4, 4, 12),
    "T-203": Unit("T-203", "Talking", 3, 3),
}


def qualification_of(text: str) -> Qualification:
    reading = fit_qualification(read_qualification(text), UNITS)
    assert reading.sheet is not None
    assert reading.findings == ()
    return reading.sheet


def findings_of(text: str) -> tuple[Finding, ...]:
    return fit_qualification(read_qualification(text, FILE), UNITS).findings


def test_a_sheet_is_read_whole() -> None:
    optional = (
        GroupUnit("T-201", "Washing Up", 3, 2, 8),
        GroupUnit("T-202", "Serving | Clearing", 4, 4, None),
        GroupUnit("T-203", "Talking", None, 3, 10),
    )
    assert qualification_of(SHEET) == Qualification(
        code="T-CERT",
        title="Level 3 Certificate in Tea",
        qan="600/5791/9",
        credit=9,
        years=3,
        groups=(
            Group(1, "Mandatory", (GroupUnit("T-101", "Making Tea", 3, 5, 18),)),
            Group(2, "Optional", optional),
        ),
        rules=(
            TotalCredits(9),
            AllOfGroup(1),
            UnitsOfGroup(2, 1),
            CreditsOfGroup(2, 2),
            CreditsAtLevel(3, 5),
            Barred("T-201", "T-203"),
        ),
        guidance="Read this first.",
        induction=1,
        tutorial=2,
        starts=date(2012, 9, 1),
        progression=("Level 3 Diploma in Tea", "Level 4 Certificate in Coffee"),
    )


ROW = "| T-203 | Talking             |       |      3 |  10 |"
SLIPS = [
    ("MS001", 33, "- total", "\t- total"),
    ("MS002", 15, "Read this", "Read \u202ethis"),
    ("MS003", 3, "code: T-CERT", "code: &a T-CERT"),
    ("MS010", 1, "---\nkind", "kind"),
    ("MS011", 1, "kind: qualification\n", ""),
    ("MS011", 2, "kind: qualification", "kind: unit"),
    ("MS011", 3, "code: T-CERT", "code:"),
    ("MS011", 6, "credit: 9", "credit: nine"),
    ("MS011", 7, "years: 3", "years: 99999999999999999999"),
    ("MS011", 10, "starts: 2012-09-01", "starts: September"),
    ("MS011", 7, "years:", "year:"),
    ("MS020", 15, "first.\n", "first.\n---\n"),
    ("MS021", 17, "## Group 1 Mandatory", "## Mandatory"),
    ("MS021", 17, "## Group 1 Mandatory", "## Group 1: Mandatory"),
    ("MS021", 17, "## Group 1 Mandatory", "### Group 1 Mandatory"),
    ("MS021", 31, "## Rules", "## rules"),
    ("MS021", 31, "## Rules", "## Rules of combination"),
    ("MS032", 23, "## Group 2", "## Group 1"),
    ("MS050", 15, "Read", "    Read"),
    ("MS051", 33, "- total: 9 credits\n- group 1: all\n", "1. total: 9 credits\n2. group 1: all\n"),
    ("MS061", 23, "## Group 1", "## Group 3"),
    ("MS080", 33, "total: 9 credits", "total: nine credits"),
    ("MS080", 33, "total: 9 credits", "total: 99999999999999999999 credits"),
    ("MS080", 33, "total: 9 credits", "total: 0 credits"),
    ("MS080", 34, "group 1: all", "group 1: everything"),
    ("MS080", 38, "T-201 with T-203", "T-201 with T-201"),
    ("MS080", 38, "T-201 with T-203", "T-201, T-203"),
    ("MS080", 39, "T-203\n\n", "T-203\n- barred: T-203 with T-201\n\n"),
    ("MS080", 34, "- group 1: all", "- total: 10 credits"),
    ("MS080", 34, "- group 1: all\n", "- group 1: all\n  - really\n"),
    ("MS080", 34, "- group 1: all", "> - group 1: all"),
    ("MS080", 15, "Read this first.", "- total: 9 credits"),
    ("MS080", 15, "Read this first.", "Group 1: all"),
    ("MS080", None, SHEET[SHEET.index("## Rules") : SHEET.index("## Prog")], ""),
    ("MS080", 19, "Credit | GLH", "Credits | GLH"),
    ("MS080", 19, "Credit | GLH", "Credit | Hours"),
    ("MS080", 29, ROW, ROW.replace(" 3 ", " x ")),
    ("MS080", 29, ROW, ROW.replace(" 3 ", "   ")),
    ("MS080", 29, ROW, ROW.replace("| 10 |", "| ten |").replace("  10 ", " ten ")),
    ("MS080", 29, ROW, ROW.replace("T-203", "     ")),
    ("MS080", 30, ROW, "\n" + ROW),
    ("MS080", 25, "|-------|---------------------|------:|-------:|----:|", "|-------|"),
    ("MS080", 42, "- Level 3 Diploma in Tea", "- Level 3\n\n  Diploma in Tea"),
    ("MS081", 35, "at least 1 units", "at least 99 units"),
    ("MS081", 36, "at least 2 credits", "at least 10 credits"),
    ("MS081", 37, "at least 5 credits", "at least 999999 credits"),
    ("MS081", 37, "level 3", "level 7"),
    ("MS081", 6, "credit: 9", "credit: 15"),
    ("MS081", 38, "at least 1 units", "at least 3 units"),
    ("MS082", 34, "group 1: all", "group 9: all"),
    ("MS082", 35, "group 2: at least 1", "group 3: at least 1"),
    ("MS082", 38, "T-201 with T-203", "T-201 with T-999"),
    ("MS082", 38, "T-201 with T-203", "T-998 with T-999"),
    ("MS082", 27, "| T-201 |", "| T-204 |"),
    ("MS083", 28, "| T-202 |", "| T-101 |"),
    ("MS083", 28, "| T-202 |", "| T-201 |"),
    ("MS084", 21, "     3 |      5 |", "     4 |      5 |"),
    ("MS084", 21, "|      5 |  18", "|      6 |  18"),
    ("MS084", 21, "18", "19"),
    ("MS084", 21, "Making Tea", "Making tee"),
    ("MS084", 33, "total: 9", "total: 8"),
    ("MS085", 5, "600/5791/9", "600/5791/8"),
    ("MS085", 5, "600/5791/9", "60057919"),
]
# A slip can rightly be told twice: what was meant, and what it does to the whole.
BESIDE = {
    "MS001": {"MS050", "MS080"},
    "MS021": {"MS080", "MS082", "MS081"},
    "MS032": {"MS082"},
    "MS061": {"MS082"},
    "MS080": {"MS081", "MS082", "MS084"},
    "MS081": {"MS084"},
    "MS083": {"MS081", "MS082", "MS084"},
}


def test_the_sheet_has_no_findings_alone_or_beside_its_units() -> None:
    assert read_qualification(SHEET).findings == ()
    assert findings_of(SHEET) == ()


@pytest.mark.parametrize(("code", "line", "good", "slip"), SLIPS)
def test_each_slip_is_found_on_its_line(code: str, line: int | None, good: str, slip: str) -> None:
    assert SHEET.count(good) >= 1
    text = SHEET.replace(good, slip, 1)
    if slip == "credit: 15":
        text = text.replace("- total: 9 credits\n", "")
    findings = findings_of(text)
    assert (code, line, FILE) in [(finding.code, finding.line, finding.file) for finding in findings]
    assert {finding.code for finding in findings} <= {code} | BESIDE.get(code, set())


def test_every_code_of_qualifications_has_a_slip() -> None:
    assert {code for code, *_ in SLIPS} >= {code for code in CODES if "MS080" <= code < "MS090"}


def severity_of(code: str, good: str, slip: str) -> Severity:
    (severity,) = {finding.severity for finding in findings_of(SHEET.replace(good, slip, 1)) if finding.code == code}
    return severity


def test_what_could_make_it_look_complete_is_an_error_and_what_could_not_is_a_warning() -> None:
    assert severity_of("MS084", "|      5 |  18", "|      6 |  18") is Severity.ERROR
    assert severity_of("MS084", "Making Tea", "Making tee") is Severity.WARNING
    assert severity_of("MS082", "T-201 with T-203", "T-201 with T-999") is Severity.ERROR
    assert severity_of("MS082", "| T-202 |", "| T-204 |") is Severity.WARNING
    assert severity_of("MS085", "600/5791/9", "600/5791/8") is Severity.WARNING
    assert severity_of("MS080", "- group 1: all", "- total: 10 credits") is Severity.ERROR
    assert severity_of("MS080", "T-203\n\n", "T-203\n- barred: T-203 with T-201\n\n") is Severity.WARNING


def test_a_unit_that_a_barred_pair_names_need_not_be_listed_if_it_has_a_sheet() -> None:
    text = SHEET.replace(ROW + "\n", "")
    assert findings_of(text) == ()


def test_a_rule_out_of_reach_says_what_there_is() -> None:
    (finding,) = findings_of(SHEET.replace("group 2: at least 1 units", "group 2: at least 99 units"))
    assert finding.message == (
        "`group 2: at least 99 units` is out of reach: all units of it together give 3 units. Correct one of the two."
    )


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_rule_is_understood_and_written_as_it_is_read(form: str) -> None:
    text = form.replace("N", "12").replace("G", "2").replace("L", "5").replace("A", "T-1").replace("B", "T-2")
    rule = parse_rule(text)
    assert rule is not None
    assert str(rule) == text


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("Total : 1 credit", TotalCredits(1)),
        ("GROUP 1: All", AllOfGroup(1)),
        ("group 1:  at least  1 unit", UnitsOfGroup(1, 1)),
        ("Barred: a WITH b", Barred("a", "b")),
        ("group 1: at least 0 units", None),
        ("level 5: at least 2 units", None),
        ("level 5: all", None),
        ("total: -1 credits", None),
        ("total: 1.5 credits", None),
        ("", None),
    ],
)
def test_a_rule_is_read_in_any_case_and_only_if_it_asks_for_something(written: str, rule: Rule | None) -> None:
    assert parse_rule(written) == rule


def test_the_columns_of_a_table_may_stand_in_any_order_and_most_may_be_left_out() -> None:
    table = "| credit | UNIT |\n|---|---|\n| 5 | T-101 |\n"
    text = SHEET[: SHEET.index("| Unit")] + table + SHEET[SHEET.index("\n## Group 2") :]
    assert qualification_of(text).groups[0].units == (GroupUnit("T-101", "", None, 5, None),)


def test_free_text_anywhere_is_guidance() -> None:
    text = SHEET.replace("## Group 2 Optional\n", "## Group 2 Optional\n\nChoose one.\n\n| a | b |\n")
    assert qualification_of(SHEET.replace("## Rules\n", "## Rules\n\nAll of them.\n")).guidance == (
        "Read this first.\n\nAll of them."
    )
    reading = read_qualification(text)
    assert reading.sheet is not None
    assert "Choose one." in reading.sheet.guidance


@pytest.mark.parametrize("text", ["", "nothing", SHEET.replace("kind: qualification", "kind: unit"), "---\n---\n"])
def test_a_text_that_is_no_qualification_gives_none_and_says_why(text: str) -> None:
    reading = read_qualification(text)
    assert reading.sheet is None
    assert reading.findings
    assert fit_qualification(reading, UNITS) == reading


@pytest.mark.long
def test_a_thousand_units_and_rules_are_read_and_linted_with_no_more_work_for_each() -> None:
    def sheet(count: int) -> str:
        rows = "".join(f"| T-{place} | Unit | 3 | 2 | 8 |\n" for place in range(1000, 1000 + count))
        barred = "".join(f"- barred: T-{place} with T-{place + 1}\n" for place in range(1000, 999 + count))
        return SHEET.replace(ROW + "\n", rows).replace("- barred: T-201 with T-203\n", barred)

    assert {finding.code for finding in findings_of(sheet(1000))} == {"MS082"}
    assert grows_evenly(lambda count: findings_of(sheet(count)), 60)


@settings(deadline=None)
@given(st.text())
def test_no_text_makes_the_reader_fail(text: str) -> None:
    head = SHEET[: SHEET.index("## Group 1")]
    for source in (text, head + text, head + "## Rules\n\n- " + text, head + "## Group 1\n\n| Unit |" + text):
        assert isinstance(fit_qualification(read_qualification(source), UNITS), QualificationReading)


_SNIPPETS = [
    "\n",
    " ",
    "\t",
    "---\n",
    "- ",
    "1. ",
    "**",
    "## Group 2 ",
    "# ",
    ":",
    "-",
    ",",
    ">",
    "|",
    "```\n",
    "T-101",
]
_MORE = ["## Rules", "barred: T-101 with ", "[", "&a ", "\x1b", "\u202e", "\r", "\\", "\ud800", "99"]


@settings(deadline=None, max_examples=examples(80))
@given(
    st.lists(
        st.tuples(st.integers(0, 1100), st.integers(0, 30), st.sampled_from(_SNIPPETS + _MORE) | st.text(max_size=5)),
        max_size=6,
    )
)
def test_no_slip_in_a_sheet_makes_the_reader_fail(slips: list[tuple[int, int, str]]) -> None:
    text = SHEET
    for place, length, instead in slips:
        text = text[:place] + instead + text[place + length :]
    reading = fit_qualification(read_qualification(text), UNITS)
    lines = text.count("\n") + text.count("\r") + 1
    assert reading.source == text
    assert all(1 <= (finding.line or 1) <= lines for finding in reading.findings)
    assert all(1 <= first <= last <= lines for first, last in reading.places.values())
    if reading.sheet is not None:
        assert QUALIFICATION_WRITER.rewrite(reading, reading.sheet) == text
        if not any(finding.severity is Severity.ERROR for finding in reading.findings):
            assert reading.sheet.reachable


_words = seen_text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), min_size=1, max_size=30)
_lines = _words.map(lambda text: " ".join(text.split())).filter(bool)
_codes = st.from_regex(r"[A-Z0-9]{1,5}-[0-9]{3}", fullmatch=True)
_counts = st.none() | st.integers(0, 400)
_numbers = st.integers(1, 999_999)
_texts = st.lists(st.from_regex(r"[A-Za-z][A-Za-z .,\n]{0,40}[a-z.]", fullmatch=True), max_size=2).map("\n\n".join)
_rules: st.SearchStrategy[Rule] = st.one_of(
    st.builds(TotalCredits, _numbers),
    st.builds(AllOfGroup, st.integers(0, 999)),
    st.builds(UnitsOfGroup, st.integers(0, 999), _numbers),
    st.builds(CreditsOfGroup, st.integers(0, 999), _numbers),
    st.builds(CreditsAtLevel, st.integers(0, 99), _numbers),
    st.builds(Barred, _codes, _codes).filter(lambda pair: pair.first != pair.second),
)


@st.composite
def qualifications(draw: st.DrawFn) -> Qualification:
    """Qualifications that a sheet can hold."""
    groups = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        listed = draw(st.lists(_lines, max_size=3, unique=True))
        units = tuple(
            GroupUnit(code, draw(st.just("") | _lines), draw(_counts), draw(st.integers(0, 400)), draw(_counts))
            for code in listed
        )
        groups.append(Group(number, draw(st.just("") | _lines), units))
    return Qualification(
        code=draw(_lines),
        title=draw(_lines),
        qan=draw(st.just("") | _words),
        credit=draw(_counts),
        years=draw(_counts),
        groups=tuple(groups),
        rules=tuple(draw(st.lists(_rules, max_size=5))),
        guidance=draw(_texts),
        induction=draw(_counts),
        tutorial=draw(_counts),
        starts=draw(st.none() | st.dates()),
        progression=tuple(
            draw(st.lists(st.from_regex(r"Level [1-8] [A-Za-z ]{0,20}[a-z]", fullmatch=True), max_size=3))
        ),
    )


@settings(deadline=None, max_examples=examples(30))
@given(qualifications())
def test_a_written_qualification_is_read_back_as_it_was(qualification: Qualification) -> None:
    assert read_qualification(QUALIFICATION_WRITER.render(qualification)).sheet == qualification


@settings(deadline=None, max_examples=examples(20))
@given(qualifications(), qualifications())
def test_a_sheet_changed_to_say_another_qualification_says_it(before: Qualification, after: Qualification) -> None:
    reading = read_qualification(QUALIFICATION_WRITER.render(before))
    assert read_qualification(QUALIFICATION_WRITER.rewrite(reading, after)).sheet == after
    assert QUALIFICATION_WRITER.rewrite(reading, before) == reading.source


@pytest.mark.parametrize("sheet", [SHEET, SHEET.replace("\n", "\r\n"), "\ufeff" + SHEET, SHEET.rstrip("\n")])
def test_a_sheet_with_nothing_changed_stays_byte_for_byte(sheet: str) -> None:
    assert QUALIFICATION_WRITER.rewrite(read_qualification(sheet), qualification_of(sheet)) == sheet


def test_the_plain_form_of_the_sheet_is_the_sheet() -> None:
    assert QUALIFICATION_WRITER.render(qualification_of(SHEET)) == SHEET


def changed_lines(before: str, after: str) -> list[str]:
    differences = list(unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm=""))
    return [line for line in differences[2:] if not line.startswith("@@")]


def test_a_changed_unit_rule_or_route_touches_only_its_line() -> None:
    qualification = qualification_of(SHEET)
    core, optional = qualification.groups
    changed = replace(
        qualification,
        groups=(core, replace(optional, units=(*optional.units[:2], GroupUnit("T-203", "Singing", 4, 3, 10)))),
        rules=(TotalCredits(10), *qualification.rules[1:]),
        progression=(*qualification.progression, "Level 5 Tea"),
    )
    assert changed_lines(SHEET, QUALIFICATION_WRITER.rewrite(read_qualification(SHEET), changed)) == [
        "-| T-203 | Talking             |       |      3 |  10 |",
        "+| T-203 | Singing             |     4 |      3 |  10 |",
        "-- total: 9 credits",
        "+- total: 10 credits",
        "+- Level 5 Tea",
    ]


def test_a_sheet_of_no_qualification_is_written_anew() -> None:
    assert QUALIFICATION_WRITER.rewrite(read_qualification("nothing"), qualification_of(SHEET)) == SHEET


@pytest.mark.parametrize(
    "qualification",
    [
        Qualification("", "No code"),
        Qualification("Q", "Two lines", groups=(Group(1, "a\nb"),)),
        Qualification("Q", "Barred with itself", rules=(Barred("A", "A"),)),
        Qualification("Q", "Asks for nothing", rules=(TotalCredits(0),)),
        Qualification("Q", "A rule in the text", guidance="total: 9 credits\n\n## Rules"),
    ],
)
def test_a_qualification_that_no_sheet_can_hold_is_refused_and_not_written_differently(
    qualification: Qualification,
) -> None:
    with pytest.raises(WrongUse) as refusal:
        QUALIFICATION_WRITER.render(qualification)
    assert refusal.value.title == "This qualification cannot be written"
