"""What came to the demo centre from outside, to try things on: of Moodle, of Canvas, of the awarding organisation, a
register of its learners too, and of whoever publishes standards."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from zipfile import ZipFile, ZipInfo

from markterm.demo.form import blank_form
from markterm.demo.learners import LEARNERS
from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.unit import Unit
from markterm.exports.canvas.submissions import as_canvas

UNIT = "8580-500"
"""The unit that it is for."""
TO_TRY = "to-try"
"""The folder, in that of the centre."""
WORKSHEET, SUBMISSIONS = "moodle-grades-500.csv", "moodle-submissions-500.zip"
CANVAS, FORM = "canvas-submissions-500.zip", "form-500.docx"
FRAMEWORK, REGISTER = "framework.txt", "register.csv"

_FIRST_PARTICIPANT = 410_031
_HEADINGS = (
    *("Identifier", "Full name", "Email address", "Status", "Grade", "Maximum Grade", "Grade can be changed"),
    *("Last modified (submission)", "Last modified (grade)", "Feedback comments"),
)
_FRAMEWORK = """ST9001 – Volunteer Reading Helper

Duties
Duty 1 Read with one learner at a time, as agreed with the school.
Duty 2 Tell the school what was read and how it went.

Knowledge
K1: How the school wants to be told of a worry about a learner.
K2: Two ways to help somebody who is stuck on a word.

Skills
S1: Choose what to read so that it is neither too easy nor too hard.
S2: Note what was read, and what to do next time.

Behaviours
B1: Comes at the time that was agreed, and says so early where that fails.
"""
"""A framework as such are published, of an occupation that nobody publishes one of."""
_REGISTER = """Northgate Training, registrations
ENR;Surname;First name;Qualification;Registration date;D.O.B.;E-mail
BEL6120;Bell;Amara;8580-CERT;02/02/2026;14/05/1988;amara.bell@example.org
DAS7743;Das;Rohan;8580-CERT;02/02/2026;03/11/1991;
DAS7743;Das;Rohan;8580-DIP;01/04/2026;03/11/1991;
LIW5084;Li;Wen;8580-CERT;;;
GRE0311;Greene;Tom;8580-CERT;30/02/2026;;
;Nowhere;Nell;8580-CERT;;;
"""
"""Two are new, one in two lines; of one the name is another, and two lines cannot be taken."""
_SUBMITTED = "Submitted for grading"
_NEVER_CHANGED = (2026, 1, 1, 0, 0, 0)


def write_to_try(centre: Path, unit: Unit) -> None:
    """Write what Moodle would give out for the unit, a grading worksheet and the zip of submissions, Canvas's zip of
    the same, a form of the unit, a register of learners, and a framework of an occupation. Raises OSError."""
    folder = centre / TO_TRY
    folder.mkdir()
    (folder / WORKSHEET).write_bytes(_worksheet().encode("utf-8"))
    given = tuple(_participants())
    (folder / SUBMISSIONS).write_bytes(
        _zipped(f"{learner.name}_{number}_assignsubmission_file/portfolio.txt" for number, learner in given)
    )
    (folder / CANVAS).write_bytes(
        _zipped(f"{as_canvas(learner.name)}_{number}_{number * 7}_portfolio.docx" for number, learner in given)
    )
    (folder / FORM).write_bytes(blank_form(unit))
    (folder / REGISTER).write_text(_REGISTER, "utf-8-sig", newline="\r\n")
    (folder / FRAMEWORK).write_text(_FRAMEWORK, "utf-8", newline="\n")


def _participants() -> Iterator[tuple[int, Learner]]:
    """Whoever is on the unit and has given an address, by the number that Moodle gave them."""
    on_it = (each for each in LEARNERS if each.email and (UNIT in each.units or each.assignments))
    return enumerate(on_it, _FIRST_PARTICIPANT)


def _worksheet() -> str:
    made = io.StringIO(newline="")
    rows = csv.writer(made, quoting=csv.QUOTE_ALL, lineterminator="\n")
    rows.writerow(_HEADINGS)
    for number, learner in _participants():
        rows.writerow((f"Participant {number}", learner.name, learner.email, _SUBMITTED, "", "", "Yes", "-", "-", ""))
    # Whoever tries things out in Moodle, and is nobody of the centre.
    rows.writerow(("Participant 410001", "Test Student", "", "No submission", "", "", "Yes", "-", "-", ""))
    return made.getvalue()


def _zipped(names: Iterable[str]) -> bytes:
    """A zip with a file of each of these names, and nobody's the same as another's."""
    made = io.BytesIO()
    with ZipFile(made, "w") as file:
        for name in names:
            file.writestr(ZipInfo(name, _NEVER_CHANGED), f"What {name} was lies with the centre.\n")
    return made.getvalue()
