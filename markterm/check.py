"""Whether a centre's folder hangs together: what no file can tell by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from markterm.caseload import LEARNER_FILE, read_learner_folder
from markterm.centre_sheets import CentreSheets
from markterm.domain.errors import Unreadable
from markterm.domain.finding import Finding, Severity
from markterm.domain.foreign_text import one_line
from markterm.domain.learner import Learner
from markterm.domain.member import CentreDetails, Role
from markterm.sheets.lint import check

FOLDER = "MC01"
NO_SHEET = "MC02"
NO_MEMBER = "MC03"
NOT_APPROVED = "MC04"
NO_COMBINATION = "MC05"


def check_centre(path: Path, details: CentreDetails, sheets: CentreSheets) -> tuple[Finding, ...]:
    """What is wrong with the sheets and the learners' files of a centre, and with how they fit together."""
    places = [place for place in (path / "mark_sheets", path / "learners") if place.is_dir()]
    findings = list(check(places))
    faulty = {finding.file for finding in findings if finding.severity is Severity.ERROR}
    learners = path / "learners"
    for folder in sorted(learners.iterdir()) if learners.is_dir() else ():
        if folder.is_dir() and not folder.name.startswith(".") and folder / LEARNER_FILE not in faulty:
            findings += _check_learner(folder, details, sheets)
    return tuple(findings)


def _check_learner(folder: Path, details: CentreDetails, sheets: CentreSheets) -> Iterator[Finding]:
    file = folder / LEARNER_FILE
    try:
        learner = read_learner_folder(folder)
    except Unreadable as error:
        yield Finding(FOLDER, Severity.ERROR, f"{error.title}: {error.what} {error.next_step}", file, error.line)
        return
    for code in learner.units:
        if code not in sheets.units.units:
            message = f"there is no mark sheet for unit {one_line(code)}: put it into mark_sheets/units"
            yield Finding(NO_SHEET, Severity.ERROR, message, file)
    yield from _check_combinations(learner, file, sheets)
    if not learner.assessor:
        return
    member = details.member(learner.assessor)
    if member is None or Role.ASSESSOR not in member.roles:
        message = f"{one_line(learner.assessor)} is no assessor of this centre: correct the id, or centre.toml"
        yield Finding(NO_MEMBER, Severity.WARNING, message, file)
        return
    for code in learner.units:
        if not member.approved_for(code):
            message = f"{member.id} is not approved for unit {one_line(code)}: somebody else has to mark it"
            yield Finding(NOT_APPROVED, Severity.WARNING, message, file)


def _check_combinations(learner: Learner, file: Path, sheets: CentreSheets) -> Iterator[Finding]:
    for code in learner.assignments:
        if code not in sheets.assignments.sound:
            message = f"there is no sound sheet for assignment {one_line(code)}: see mark_sheets/assignments"
            yield Finding(NO_COMBINATION, Severity.ERROR, message, file)
    for code in learner.qualifications:
        if code not in sheets.qualifications.sound:
            message = (
                f"there is no sound sheet for qualification {one_line(code)}: "
                "what completes it is not known; see mark_sheets/qualifications"
            )
            yield Finding(NO_COMBINATION, Severity.WARNING, message, file)
