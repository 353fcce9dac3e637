"""The findings that a reader of sheets can report: their stable codes, how bad they are, and what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from markterm.domain.words.finding import Finding, Severity
from markterm.domain.words.foreign_text import one_line

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Code:
    """What a finding's code stands for."""

    severity: Severity
    meaning: str


_ERROR, _WARNING, _STYLE = Severity.ERROR, Severity.WARNING, Severity.STYLE

# An error is whatever could leave a criterion out, put it in the wrong place or give it the wrong wording, or make
# a qualification look complete that is not.
CODES: Mapping[str, Code] = MappingProxyType(
    {
        "MS001": Code(_WARNING, "a tab in the indentation"),
        "MS002": Code(_WARNING, "a control, bidirectional or invisible character"),
        "MS003": Code(_ERROR, "front matter that is not plain YAML, or uses anchors"),
        "MS010": Code(_ERROR, "no front matter"),
        "MS011": Code(_ERROR, "kind, code or title missing, or a value in the front matter that does not fit"),
        "MS020": Code(_WARNING, "--- under a text made it a heading"),
        "MS021": Code(_ERROR, "a heading that is not LOn text, Task n title or Group n title"),
        "MS030": Code(_ERROR, "a criterion not in the form **n.n** text"),
        "MS031": Code(_ERROR, "a criterion before any outcome or task"),
        "MS032": Code(_ERROR, "a number used twice"),
        "MS033": Code(_ERROR, "a number under the wrong outcome"),
        "MS034": Code(_ERROR, "a minimum above the maximum"),
        "MS035": Code(_STYLE, "a criterion that starts in lower case"),
        "MS040": Code(_WARNING, "an unknown descriptor"),
        "MS041": Code(_WARNING, "a descriptor given twice"),
        "MS050": Code(_ERROR, "indented text that became code"),
        "MS051": Code(_ERROR, "an ordered list"),
        "MS060": Code(_ERROR, "an outcome with no criteria"),
        "MS061": Code(_WARNING, "out of order"),
        "MS070": Code(_ERROR, "assignment: an unknown unit, or a line of criteria that cannot be read"),
        "MS071": Code(_ERROR, "assignment: an unknown criterion"),
        "MS072": Code(_WARNING, "assignment: a duplicate in a task"),
        "MS073": Code(_ERROR, "assignment: a range that is none"),
        "MS074": Code(_ERROR, "assignment: a unit declared and never used"),
        "MS075": Code(_ERROR, "assignment: a criterion of a combined unit that no task covers"),
        "MS076": Code(_ERROR, "assignment: a task with no criteria"),
        "MS077": Code(_WARNING, "assignment: a criterion that is decided in no single place"),
        "MS078": Code(_WARNING, "assignment: units of different suites"),
        "MS079": Code(_WARNING, "assignment: a unit whose sheet has marks"),
        "MS080": Code(_ERROR, "qualification: a rule or a line of a table that cannot be read"),
        "MS081": Code(_ERROR, "qualification: a rule that the listed units cannot reach"),
        "MS082": Code(_ERROR, "qualification: an unknown unit or group"),
        "MS083": Code(_ERROR, "qualification: a unit in two groups"),
        "MS084": Code(_ERROR, "qualification: table and unit file, or total and credit, disagree"),
        "MS085": Code(_WARNING, "qualification: the accreditation number's check digit"),
        "MS090": Code(_ERROR, "standards: a unit, criterion or statement that is not there"),
        "MS091": Code(_WARNING, "standards: a gap in the numbering of statements"),
        "MS092": Code(_WARNING, "standards: a title in two variants"),
        "MS093": Code(_WARNING, "standards: a function that no standard meets"),
        "MS094": Code(
            _WARNING, "standards: a version that is no longer in force, or none said where there is one to say"
        ),
        "MS095": Code(_ERROR, "standards: a heading, an item or a value that cannot be read"),
        "MS096": Code(_ERROR, "standards: a code or an identifier used twice"),
        "MS097": Code(_ERROR, "standards: a sheet without statements or functions"),
        "MS098": Code(_WARNING, "standards: a suite lists or needs a standard that has no sheet"),
        "MS099": Code(_WARNING, "what an importer of standards or units read with a choice, and nobody has looked at"),
        "MS100": Code(_ERROR, "competence: a requirement not in the form **A1** text"),
        "MS101": Code(_ERROR, "competence: a heading that is no section"),
        "MS102": Code(_ERROR, "competence: a requirement in no section, or inside something else"),
        "MS103": Code(_ERROR, "competence: a sheet that asks for nothing"),
        "MS104": Code(_ERROR, "competence: a requirement's code used twice"),
        "MS105": Code(_ERROR, "competence: a line under a requirement that cannot be read"),
        "MS110": Code(_ERROR, "member: what was shown not in the form **A1** day: what it was"),
        "MS111": Code(_WARNING, "member: a day that has not come yet"),
        "MS112": Code(_ERROR, "member: an end before its day"),
        "MS113": Code(_ERROR, "member: a file that is not called after its id"),
        "MS120": Code(_WARNING, "a value in the front matter that is read otherwise than it looks"),
        "MS121": Code(_WARNING, "free text that looks like a criterion, a requirement, a statement or something shown"),
        "MS122": Code(_ERROR, "what looks like marks and is not read as marks"),
        "MS123": Code(_ERROR, "a comment, which is read like any other text"),
        "MS124": Code(_WARNING, "a heading that is read without the # at its end"),
        "MS125": Code(_WARNING, "learner: a ULN that is none, by its digits or its check digit"),
        "MS126": Code(_WARNING, "learner: days of the registration in an order that cannot be"),
        "MS127": Code(_ERROR, "unit: numbers with M or D, and nothing says whether those are levels"),
        "MS128": Code(_ERROR, "unit: a graded sheet with a level that is not known, or without pass criteria"),
        "MS129": Code(_WARNING, "learner: a registration for a qualification that cannot be read"),
        "MS130": Code(_WARNING, "standards: parts of a package that are parts of each other"),
        "MS131": Code(_WARNING, "standards: a standard of a suite that has no sheet"),
    }
)


def found(code: str, message: str, file: Path | None, line: int | None, severity: Severity | None = None) -> Finding:
    """A finding with the severity of its code, or with `severity` where a lesser case of it was met."""
    return Finding(code, severity or CODES[code].severity, message, file, line)


def short(text: str) -> str:
    """`text` on one line, clean and cut, for a message."""
    text = one_line(text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    """`findings` by line, those about the whole file first."""
    return tuple(sorted(findings, key=lambda finding: (finding.line or 0, finding.code)))
