from __future__ import annotations

from pathlib import Path

import pytest

from markterm.domain.words.finding import Finding, Severity
from markterm.sheets.codes import CODES
from markterm.sheets.unit_sheet import read_unit

PLAIN = (Path(__file__).parent / "data" / "plain.md").read_text(encoding="utf-8")
FILE = Path("units/demo.md")

SLIPS = [
    ("MS001", 18, "  - refer: the plan", "\t- refer: the plan"),
    ("MS002", 13, "Free text", "Free\x1b[31m text"),
    ("MS002", 17, "own team", "own \u202eteam"),
    ("MS003", 3, "code: DEMO-001", "code: &a DEMO-001"),
    ("MS003", 4, "title: Running", "title: Running: "),
    ("MS010", 1, "---\nkind", "kind"),
    ("MS011", 1, "kind: unit\n", ""),
    ("MS011", 2, "kind: unit", "kind: sheet"),
    ("MS011", 3, "code: DEMO-001", "code:"),
    ("MS011", 1, "title: Running a Team Briefing\n", ""),
    ("MS011", 4, "title: Running a Team Briefing", "title: [a, b]"),
    ("MS011", 5, "level: 3", "level: three"),
    ("MS011", 6, "credit: 1", "credit: 1.5"),
    ("MS011", 7, "glh: 4", "glh: -4"),
    ("MS011", 6, "credit:", "credits:"),
    ("MS020", 13, "assessor.\n", "assessor.\n---\n"),
    ("MS020", 13, "assessor.\n", "assessor.\n===\n"),
    ("MS021", 15, "## LO1 Be", "## Outcome one: be"),
    ("MS021", 15, "## LO1 Be", "## LO 1: Be"),
    ("MS021", 15, "## LO1 Be", "# LO1 Be"),
    ("MS021", 15, "## LO1 Be able to run a team briefing", "## LO1"),
    ("MS030", 17, "**1.1**", "1.1"),
    ("MS030", 17, "**1.1** Plan", "**1.1 Plan**"),
    ("MS030", 17, "**1.1** Plan", "**1.1**Plan"),
    ("MS030", 17, "**1.1** Plan", "**one** Plan"),
    ("MS030", 17, "**1.1** Plan a briefing for own team", "**1.1**"),
    ("MS030", 21, "- **1.2**", "**1.2**"),
    ("MS030", 27, "- **2.1**", "**2.1**"),
    ("MS030", 27, "- **2.1**", "2.1"),
    ("MS030", 27, "- **2.1**", "> - **2.1**"),
    ("MS030", 27, "- **2.1**", "- - **2.1**"),
    ("MS030", 27, "- **2.1** Send", "| **2.1** | Send |"),
    ("MS030", 28, "- **2.1**", "```\n- **2.1**"),
    ("MS030", 21, "- **1.2**", "  - **1.2**"),
    ("MS030", 21, "- **1.2**", "    - **1.2**"),
    ("MS030", 18, "  - refer: the plan", "- refer: the plan"),
    ("MS030", 19, "for own team\n", "for own team\n\n  A second text.\n"),
    ("MS031", 13, "Free text for the assessor.", "- **0.1** Free text"),
    ("MS032", 21, "**1.2**", "**1.1**"),
    ("MS033", 27, "**2.1**", "**3.1**"),
    ("MS034", 21, "{20/10}", "{10/20}"),
    ("MS035", 17, "Plan a", "plan a"),
    ("MS040", 20, "good:", "excellent:"),
    ("MS040", 20, "good:", "Good:"),
    ("MS040", 20, "good: ", ""),
    ("MS040", 20, "good: questions from the team are foreseen", "good:"),
    ("MS040", 20, "  - good", "    good"),
    ("MS040", 20, "are foreseen\n", "are foreseen\n    - one\n    - two\n"),
    ("MS041", 19, "pass:", "refer:"),
    ("MS041", 23, "refer: no second person is involved", "standards: LSICM01 K13"),
    ("MS050", 13, "Free text", "    Free text"),
    ("MS050", 19, "  - pass", "        - pass"),
    ("MS051", 27, "- **2.1**", "1. **2.1**"),
    ("MS051", 18, "  - refer: the plan has no aim\n", "  1. refer: the plan has no aim\n"),
    ("MS060", 25, "- **2.1** Send a summary of the briefing\n", ""),
    ("MS061", 25, "## LO2", "## LO1"),
    ("MS061", 21, "**1.2**", "**1.0**"),
]
# A slip can rightly be told twice: what was meant, and what it did to what follows.
BESIDE = {
    "MS001": {"MS030"},
    "MS021": {"MS060"},
    "MS051": {"MS040", "MS030"},
    "MS061": {"MS033"},
    "MS030": {"MS040", "MS041", "MS060"},
    "MS050": {"MS030"},
}


def codes_of(text: str) -> list[str]:
    return [finding.code for finding in read_unit(text).findings]


def test_the_plain_sheet_has_no_findings() -> None:
    assert codes_of(PLAIN) == []


@pytest.mark.parametrize(("code", "line", "good", "slip"), SLIPS)
def test_each_slip_is_found_on_its_line(code: str, line: int, good: str, slip: str) -> None:
    assert PLAIN.count(good) >= 1
    findings = read_unit(PLAIN.replace(good, slip, 1), FILE).findings
    assert (code, line, FILE) in [(finding.code, finding.line, finding.file) for finding in findings]
    assert {finding.code for finding in findings} <= {code} | BESIDE.get(code, set())


def test_every_code_of_a_units_sheet_has_a_slip() -> None:
    assert {code for code, *_ in SLIPS} == {code for code in CODES if code < "MS070"}


def only(text: str) -> Finding:
    (finding,) = read_unit(text).findings
    return finding


def test_a_number_used_twice_names_the_first_line_and_the_first_one_stays() -> None:
    reading = read_unit(PLAIN.replace("**1.2**", "**1.1**"))
    assert [finding.message for finding in reading.findings] == [
        "1.1 is already on line 17: correct one of the two numbers."
    ]
    assert reading.sheet is not None
    assert [criterion.text for criterion in reading.sheet.criteria if criterion.number == "1.1"] == [
        "Plan a briefing for own team"
    ]


def test_an_outcome_whose_criterion_is_faulty_is_not_told_to_have_none() -> None:
    for slip in ("- **1.1** Send", "- 2.1 Send", "2.1 Send"):
        assert len(codes_of(PLAIN.replace("- **2.1** Send", slip))) == 1


def test_an_unknown_key_is_a_warning_and_names_the_nearest() -> None:
    finding = only(PLAIN.replace("credit:", "credits:"))
    assert finding.severity is Severity.WARNING
    assert "did you mean `credit`?" in finding.message


def test_an_unknown_descriptor_names_the_nearest() -> None:
    assert "did you mean `pass:`?" in only(PLAIN.replace("pass:", "passed:")).message


@pytest.mark.parametrize(
    "before", [" " * indent for indent in range(1, 12)] + ["> ", "```\n", "~~~\n", "- - ", "| ", "\t"]
)
@pytest.mark.parametrize("number", ["1.2", "2.1"])
def test_a_criterion_that_slipped_into_something_else_is_never_swallowed(before: str, number: str) -> None:
    reading = read_unit(PLAIN.replace(f"- **{number}**", f"{before}- **{number}**"))
    assert reading.sheet is not None
    is_read = reading.sheet.criterion(number) is not None
    assert is_read or any(finding.severity is Severity.ERROR for finding in reading.findings)


def test_an_outcome_written_another_way_is_read_for_its_criteria() -> None:
    reading = read_unit(PLAIN.replace("## LO1 Be", "## Learning outcome 1: Be"))
    assert reading.sheet is not None
    assert [criterion.number for criterion in reading.sheet.criteria] == ["1.1", "1.2", "2.1"]
    assert reading.sheet.outcomes[0].title == "Be able to run a team briefing"
    assert [finding.code for finding in reading.findings] == ["MS021"]


def test_a_sheet_without_outcomes_is_not_fit() -> None:
    assert codes_of(PLAIN[: PLAIN.index("## LO1")]) == ["MS060"]


def test_numbers_that_name_no_outcome_stand_under_any() -> None:
    assert codes_of(PLAIN.replace("**2.1**", "**P1**")) == []


def test_ten_comes_after_nine() -> None:
    assert codes_of(PLAIN.replace("**1.1**", "**1.9**").replace("**1.2**", "**1.10**")) == []


def test_a_foreign_text_in_a_message_is_clean_and_short() -> None:
    findings = read_unit(PLAIN.replace("**1.1** Plan", "1.1 \x1b[31m" + "x" * 500)).findings
    assert all("\x1b" not in finding.message and len(finding.message) < 200 for finding in findings)
