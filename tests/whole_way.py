"""A centre's first day: a register of forty learners, and what each of them handed in on Moodle."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from zipfile import ZipFile

_FIRST_NAMES = ("Rosalind", "Amara", "Tom", "Wen", "Hamza", "Ngozi", "Colin", "Tegan")
_SURNAMES = ("Jones", "Bell", "Qureshi", "Nowak", "Thackray")
FIRST = "JON4000"


def learners() -> list[tuple[str, str, str]]:
    """Registration, first name and surname of each; nobody is called as another one."""
    pairs = enumerate(product(_FIRST_NAMES, _SURNAMES))
    return [(f"{last[:3].upper()}{4000 + 13 * number}", first, last) for number, (first, last) in pairs]


def register(path: Path, qualification: str = "8580-CERT") -> Path:
    """Write the table with which they are registered."""
    lines = ["Enrolment number,Surname,First name,Qualification"]
    lines += [f"{registration},{last},{first},{qualification}" for registration, first, last in learners()]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def submissions(path: Path, unit: str = "501") -> Path:
    """Write the zip that Moodle gives for all of them, with a file each for that unit."""
    with ZipFile(path, "w") as download:
        for number, (_, first, last) in enumerate(learners()):
            download.writestr(
                f"{first} {last}_{620100 + number}_assignsubmission_file_/unit {unit}.md",
                f"# Unit {unit}\n\n{first} {last}\n\n1.1 I agreed the goals with {number + 2} people.\n",
            )
    return path
