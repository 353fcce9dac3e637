"""The plain form of a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markterm.exports.plain.values import Json

if TYPE_CHECKING:
    from markterm.domain.words.finding import Finding


def finding_as_json(finding: Finding) -> Json:
    """A finding as a JSON object."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "file": None if finding.file is None else str(finding.file),
        "line": finding.line,
    }
