"""What the name of a file says that learners are asked to give it: `Jones-ENR-Centre-501(2).docx`."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST_NAME = 400
_FILE_NAME = re.compile(
    r"[^\W\d_][\w.]*[ _.].*?\s*-\s*(?P<registration>(?=[A-Z]*\d)[A-Z0-9]+|ENR)\s*-\s*[A-Z0-9 ]+?\s*-\s*"
    r"(?P<unit>(?:\d{4}-)?[A-Z]{0,2}\d{2,4}[A-Z]?)\s*(?:\((?P<attempt>[1-9]\d?)\))?"
    r"(?: \d{4}-\d\d-\d\d(?:-\d+)?)?(?:\.\w{1,8})?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FileLabel:
    """What a file's name says of the form `Initial Surname-ENR-Centre-Unit(n)`; `attempt` 1 is the original. What
    came in later under the same name bears its day behind that."""

    unit: str
    attempt: int | None
    registration: str


def file_label(name: str) -> FileLabel | None:
    """What the base name of a file says about unit, attempt and learner; None for a name of another form."""
    base = name[-LONGEST_NAME:].rpartition("/")[2]
    found = _FILE_NAME.fullmatch(base)
    if found is None:
        return None
    registration = "" if found["registration"] == "ENR" else found["registration"]
    return FileLabel(found["unit"], int(found["attempt"]) if found["attempt"] else None, registration)
