"""What looks like a criterion, marks or a comment is read as one, or it is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from markterm.domain.words.finding import Finding, Severity
from markterm.sheets.lookalikes import criterion_in, is_comment, marks_in_braces, marks_otherwise
from markterm.sheets.shipped import shipped_mark_sheets
from markterm.sheets.unit_sheet import read_unit
from tests.pace import without_hanging

HEAD = "---\nkind: unit\ncode: X-1\ntitle: X\n---\n\n"
ABOVE = "Free text.\n\n"
SHEET = "## LO1 Know\n\n- **1.1** Plan it\n  - pass: a plan\n"

AS_A_CRITERION = [
    "1.2 Do it",
    "1.2 do it",
    "**1.2** do it",
    "**1.2 Do it**",
    "__1.2__ Do it",
    "*1.2* Do it",
    "`1.2` Do it",
    "1.2. Do it",
    "1.2) Do it",
    "(1.2) Do it",
    "[1.2] Do it",
    "1.2: Do it",
    "1.2 - Do it",
    "1.2 – Do it",
    "1.2\tDo it",
    "1.2\u00a0Do it",
    "AC 1.2 Do it",
    "AC1.2: Do it",
    "Criterion 1.2 Do it",
    "**AC 1.2** Do it",
    "• 1.2 Do it",
    "☐ 1.2 Do it",
    "[ ] 1.2 Do it",
    "- [x] 1.2 Do it",
    "1. 1.2 Do it",
    "b) 1.2 Do it",
    "> 1.2 Do it",
    "> - **1.2** Do it",
    "### 1.2 Do it",
    "| 1.2 | Do it |",
    "| **1.2** Do it | pass |",
    "| x | 1.2 | Do it |",
    "1.2",
    "**1.2**",
    "<td>1.2 Do it</td>",
    "<li><b>1.2</b> Do it</li>",
    "1.2&nbsp;Do it",
    "1.2.3 Do it",
    "1.2a Do it",
    "P1 Explain it",
    "A.P1 Explain it",
    "**K1** Explain it",
    "1.2 Écrire un plan",
    '1.2 "Do it"',
    "1.2 (Do it)",
    "1\\.2 Do it",
    "1.2\\. Do it",
    "\uff11.\uff12 Do it",
    "1\uff0e2 Do it",
    "1\u20242 Do it",
    "1&#46;2 Do it",
]
AS_NONE = [
    "Do it",
    "12 hours",
    "1.5 hours of coaching",
    "2.1, and do not count travel",
    "1.1 and 1.2 are about the plan",
    "1.1-1.3 are about the plan",
    "1.2 % of them",
    "£1.20 each",
    "12.05.2026 Meeting",
    "1.1 is decided last",
    "| hours | 1.5 |",
    "A4 paper",
    "P1 and M1 go together",
    "LSICM01 K14",
    "8580-501 Coaching",
    "v1.2 Draft",
    "**12** months",
    "**Note** 1.2",
    "",
    "---",
]


def findings_of(text: str) -> list[Finding]:
    return list(read_unit(text, Path("x.md")).findings)


def told_on(text: str, line: str) -> set[tuple[str, Severity]]:
    number = text.split("\n").index(line) + 1
    return {(finding.code, finding.severity) for finding in findings_of(text) if finding.line == number}


@pytest.mark.parametrize("line", AS_A_CRITERION)
def test_a_line_that_looks_like_a_criterion_is_known_for_one(line: str) -> None:
    assert criterion_in(line) is not None


@pytest.mark.parametrize("line", AS_NONE)
def test_a_line_of_text_with_a_number_in_it_is_known_for_none(line: str) -> None:
    assert criterion_in(line) is None


@pytest.mark.parametrize("line", AS_A_CRITERION)
@pytest.mark.parametrize(
    "before", ["", "\n", "  - ", "    - ", "  ", "> ", "```\n", "| x |\n|---|\n", "    ", "1. ", "   - pass: y\n     "]
)
def test_whatever_looks_like_a_criterion_after_the_first_outcome_is_read_or_an_error(before: str, line: str) -> None:
    text = f"{HEAD}{ABOVE}{SHEET}{before}{line}\n"
    reading = read_unit(text)
    assert reading.sheet is not None
    last = text.rstrip("\n").count("\n") + 1
    is_read = len(reading.sheet.criteria) == 2
    assert is_read or any(f.severity is Severity.ERROR and (f.line or 0) >= last - 1 for f in reading.findings)


@pytest.mark.parametrize("line", AS_A_CRITERION)
def test_a_line_that_looks_like_a_criterion_in_the_free_text_above_is_a_warning(line: str) -> None:
    text = f"{HEAD}{line}\n\n{SHEET}"
    codes = {code for code, _ in told_on(text, line)}
    assert codes & {"MS121", "MS031"}
    assert not any(f.severity is Severity.ERROR for f in findings_of(text) if f.code == "MS121")


@pytest.mark.parametrize(
    "line",
    [
        "1 Plan it",
        "| 1 | Plan it |",
        "a) Plan it",
        "(b) Plan it",
        "ii) Plan it",
        "> 3: Plan it",
        "1,2 Plan it",
        "1-2 Plan",
        "1/2 Plan it",
        "1·2 Plan",
        "LO1.2 Plan",
        "1 .2 Plan",
    ],
)
def test_a_line_numbered_in_another_way_under_an_outcome_is_a_warning(line: str) -> None:
    table = "| no | text |\n|---|---|\n" if line.startswith("|") else ""
    assert told_on(f"{HEAD}{SHEET}\n{table}{line}\n", line) == {("MS121", Severity.WARNING)}
    assert told_on(f"{HEAD}{line}\n\n{SHEET}", line) == set()


@pytest.mark.parametrize(
    "line", ["12 hours are needed.", "3 of them", "The log has 3 parts.", "Ask, if it is missing."]
)
def test_a_text_under_an_outcome_that_only_has_a_figure_is_not_told(line: str) -> None:
    assert told_on(f"{HEAD}{SHEET}\n{line}\n", line) == set()


def test_a_criterion_in_bold_within_the_text_of_another_is_told() -> None:
    text = f"{HEAD}## LO1 Know\n\n- **1.1** Plan it **1.2** Do it\n"
    assert ("MS030", Severity.ERROR) in told_on(text, "- **1.1** Plan it **1.2** Do it")


def test_a_line_that_is_drawn_into_the_wording_above_is_told_on_its_own_line() -> None:
    text = f"{HEAD}## LO1 Know\n\n- **1.1** Plan it\n1.2 Do it\n"
    assert ("MS030", Severity.ERROR) in told_on(text, "1.2 Do it")


@pytest.mark.parametrize(
    "marks",
    [
        *(
            "{15/7.5}",
            "{10}",
            "{15/8}.",
            "{50}",
            "{15:8}",
            "{15-8}",
            "{ 15 }",
            "{15/8",
            "{15/}",
            "{/8}",
            "{10/5} {20/10}",
        ),
        *(
            "{15/8} (hard)",
            "{15 marks}",
            "{99999/1}",
            "｛15/8｝",
            "{15,8}",
            "{15\\8}",
            "{ten/5}",
            "{0/0}",
            "**{15/8}**",
            "\u277415/8\u2775",
            "{\uff11\uff15/\uff18}",
            "&#123;15/8&#125;",
        ),
    ],
)
def test_what_looks_like_marks_and_is_not_read_as_marks_is_an_error(marks: str) -> None:
    line = f"- **1.1** Plan it {marks}"
    assert ("MS122", Severity.ERROR) in told_on(f"{HEAD}## LO1 Know\n\n{line}\n", line)


@pytest.mark.parametrize(
    "marks",
    [
        "(10 marks)",
        "[20/10]",
        "(20 / 10)",
        "[10 marks].",
        "10 marks",
        "(5 out of 10)",
        "[20]",
        "(10)",
        "(20 points)",
        "20 pts",
        "/20",
        "(max 20)",
        "(max. 20 marks, min. 10)",
        "20/10",
        "<20/10>",
        "(40%)",
        "{}",
        "| 20/10",
        "_(20/10)_",
    ],
)
def test_marks_of_another_form_at_the_end_of_the_wording_are_a_warning(marks: str) -> None:
    line = f"- **1.1** Plan it {marks}"
    assert told_on(f"{HEAD}## LO1 Know\n\n{line}\n", line) == {("MS122", Severity.WARNING)}


@pytest.mark.parametrize(
    "wording",
    ["Plan it {15/8}", "Plan it { 15 / 8 }", "Give support 24/7", "Use ISO 9001 (2015)", "Save 20%", "Use {name} here"],
)
def test_marks_that_are_read_and_text_that_is_none_are_not_told(wording: str) -> None:
    assert findings_of(f"{HEAD}## LO1 Know\n\n- **1.1** {wording}\n") == []


def test_marks_of_no_criterion_are_told_wherever_they_stand() -> None:
    text = f"{HEAD}All {{50}}.\n\n## LO1 Know {{9}}\n\n- **1.1** Plan\n  - pass: good {{20/10}}\n\nText {{5/2}}.\n"
    told = {(finding.line, finding.code, finding.severity) for finding in findings_of(text)}
    assert told == {
        (7, "MS122", Severity.WARNING),
        (9, "MS122", Severity.ERROR),
        (12, "MS122", Severity.ERROR),
        (14, "MS122", Severity.ERROR),
    }


@pytest.mark.parametrize(
    "comment", ["<!-- check -->", "<!--", "%% later %%", "[//]: # (later)", "[comment]: # (later)", "{# later #}"]
)
def test_a_comment_is_told_because_it_is_read_like_any_other_text(comment: str) -> None:
    assert ("MS123", Severity.WARNING) in told_on(f"{HEAD}{comment}\n\n{SHEET}", comment)
    assert ("MS123", Severity.ERROR) in told_on(f"{HEAD}{SHEET}\n{comment}\n", comment)


def test_a_comment_in_the_wording_of_a_criterion_is_an_error() -> None:
    line = "- **1.1** Plan it <!-- check with the awarding organisation -->"
    assert told_on(f"{HEAD}## LO1 Know\n\n{line}\n", line) == {("MS123", Severity.ERROR)}


def test_a_heading_that_loses_its_end_is_told() -> None:
    assert told_on(f"{HEAD}## LO1 Know C #\n\n- **1.1** Plan\n", "## LO1 Know C #") == {("MS124", Severity.WARNING)}
    for heading in ("## LO1 Know C # ##", "## LO1 Know ##", "## LO1 Know C#"):
        assert findings_of(f"{HEAD}{heading}\n\n- **1.1** Plan\n") == []


def test_no_sheet_that_ships_has_anything_of_the_kind() -> None:
    sheets = [file for file in shipped_mark_sheets().glob("units/*.md") if file.name != "README.md"]
    assert sheets
    assert [file.name for file in sheets if findings_of(file.read_text(encoding="utf-8"))] == []


_numbers = st.sampled_from(["1.1", "1.2", "2.1", "1.10", "1.2.3", "P1", "K2", "A.P1", "3.1a"])
_before = st.sampled_from(
    [
        "",
        "- ",
        "* ",
        "1. ",
        "  - ",
        "    - ",
        "> ",
        "\t",
        "| ",
        "### ",
        "- [ ] ",
        "<td>",
        "AC ",
        "(",
        "  ",
        "> > - ",
        "- - ",
    ]
)
_around = st.sampled_from(["{}", "**{}**", "__{}__", "*{}*", "`{}`", "{}.", "{}:", "{})"])
_lines = st.one_of(
    st.builds(
        lambda b, a, n, t: f"{b}{a.format(n)} {t}", _before, _around, _numbers, st.sampled_from(["Do it", "Plan"])
    ),
    st.sampled_from(
        ["", "", "Text", "  - pass: so", "```", "---", "## LO2 Do", "- **1.4** Read {20/10}", "| a |", "|---|"]
    ),
)


@given(st.lists(_lines, max_size=12))
def test_every_line_that_looks_like_a_criterion_is_read_or_told(lines: list[str]) -> None:
    text = f"{HEAD}{ABOVE}## LO1 Know\n\n" + "\n".join(lines) + "\n"
    reading = read_unit(text)
    assert reading.sheet is not None
    read = {reading.places["criterion", criterion.number][0] for criterion in reading.sheet.criteria}
    told = {finding.line for finding in reading.findings if finding.severity is Severity.ERROR}
    lost = [f.line or 0 for f in reading.findings if f.code == "MS021"]
    for number, line in enumerate(text.split("\n"), 1):
        if criterion_in(line) is not None:
            assert number in read | told or any(first < number for first in lost), (line, reading.findings)


@given(st.text())
@example("{}")
def test_looking_never_fails(line: str) -> None:
    assert criterion_in(line) is None or line
    assert marks_in_braces(line) is None or "{" in line or "｛" in line
    assert marks_otherwise(line) is None or "{" in line or any(c.isdigit() for c in line)
    assert isinstance(is_comment(line), bool)


@pytest.mark.parametrize(
    "line", ["<" * 20_000, "**" * 20_000, "1." * 20_000, "<a" * 20_000, "| " * 2_000, "{" * 20_000]
)
def test_looking_ends_whatever_the_line_is(line: str) -> None:
    # It takes milliseconds; a pattern that goes back and forth would take minutes.
    with without_hanging():
        criterion_in(line), marks_in_braces(line), marks_otherwise(line), is_comment(line)


@pytest.mark.parametrize("line", ["LO2 Serve it", "**LO2 Serve it**", "Learning outcome 2: Serve it", "> LO 2 – Serve"])
def test_an_outcome_that_is_no_heading_is_told_below_the_first_one(line: str) -> None:
    assert ("MS121", Severity.WARNING) in told_on(f"{HEAD}{SHEET}\n{line}\n", line)


@pytest.mark.parametrize("line", ["LO1 is about plans.", "LO1 and LO2 go together.", "See LO1 Plan it."])
def test_a_sentence_on_an_outcome_is_not_told(line: str) -> None:
    assert told_on(f"{HEAD}{SHEET}\n{line}\n", line) == set()


def test_the_number_that_follows_within_the_text_of_a_criterion_is_told() -> None:
    line = "- **1.1** Plan it 1.2 Do it"
    assert told_on(f"{HEAD}## LO1 Know\n\n{line}\n", line) == {("MS121", Severity.WARNING)}
    assert findings_of(f"{HEAD}## LO1 Know\n\n- **1.1** Plan 1.2 litres, as in 1.3 or 4.2 Serve\n") == []


@pytest.mark.parametrize("said", ["%% old", "// old", "/* old */", "{>>old<<}", "{--old--}", "{++new++}", "{~~a~>b~~}"])
def test_a_comment_or_a_tracked_change_behind_a_wording_is_told(said: str) -> None:
    line = f"- **1.1** Plan it {said}"
    assert ("MS123", Severity.ERROR) in told_on(f"{HEAD}## LO1 Know\n\n{line}\n", line)


def test_the_attribute_of_a_heading_is_no_comment() -> None:
    assert not is_comment("## LO1 Know {#lo1 .unnumbered}")
    assert is_comment("{# later #}")
