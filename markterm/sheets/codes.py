"""The findings that a reader of sheets can report: their stable codes, how bad they are, and what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from markterm.domain.finding import Finding, Severity


@dataclass(frozen=True, slots=True)
class Code:
    """What a finding's code stands for."""

    severity: Severity
    meaning: str


_ERROR, _WARNING, _STYLE = Severity.ERROR, Severity.WARNING, Severity.STYLE

# An error is whatever could leave a criterion out, put it in the wrong place or give it the wrong wording.
CODES: Mapping[str, Code] = MappingProxyType(
    {
        "MS001": Code(_WARNING, "a tab in the indentation"),
        "MS002": Code(_WARNING, "a control, bidirectional or invisible character"),
        "MS003": Code(_ERROR, "front matter that is not plain YAML, or uses anchors"),
        "MS010": Code(_ERROR, "no front matter"),
        "MS011": Code(_ERROR, "kind, code or title missing, or a value in the front matter that does not fit"),
        "MS020": Code(_WARNING, "--- under a text made it a heading"),
        "MS021": Code(_ERROR, "a learning-outcome heading that is not LOn text"),
        "MS030": Code(_ERROR, "a criterion not in the form **n.n** text"),
        "MS031": Code(_ERROR, "a criterion before any outcome"),
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
    }
)


def found(code: str, message: str, file: Path | None, line: int | None, severity: Severity | None = None) -> Finding:
    """A finding with the severity of its code, or with `severity` where a lesser case of it was met."""
    return Finding(code, severity or CODES[code].severity, message, file, line)


def in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    """`findings` by line, those about the whole file first."""
    return tuple(sorted(findings, key=lambda finding: (finding.line or 0, finding.code)))
