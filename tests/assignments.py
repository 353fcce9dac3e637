"""An integrated assignment and two qualifications for the tiny centre of `tests.centres`.

    path = make_centre_in(tmp_path / "centre")
    add_assignment(path)
    register(path, "AAA1", assignments="[T-IA]", units="[]")

The assignment combines both units of that centre; the qualifications are an award of one and a certificate of both.
"""

from __future__ import annotations

from pathlib import Path

ASSIGNMENT = """\
---
kind: assignment
code: T-IA
title: Tea for Two
units: [T-101, T-102]
---

# T-IA Tea for Two

## Task 1 Make a pot

Make tea for two people.

Say what you did.

- T-101: 1.1-1.2
- T-102: 1.1
- evidence: photographs

## Task 2 Serve and clear

Serve it, and leave the kitchen as you found it.

- T-101: **1.2**, 2.1
- T-102: 1.2
"""
"""T-101 1.2 is evidenced in both tasks and decided in the second."""

MARKED_UNIT = """\
---
kind: unit
code: T-102
title: Washing Up
version: 2026-01
---

# T-102 Washing Up

## LO1 Be able to wash up

- **1.1** Rinse the cups {20/10}
- **1.2** Dry the cups {10/5}
"""

_QUALIFICATION = """\
---
kind: qualification
code: {code}
title: {title}
credit: {credit}
years: 3
---

# {code} {title}

## Group 1 Mandatory

| Unit  | Title        | Level | Credit | GLH |
|-------|--------------|------:|-------:|----:|
{rows}
## Rules

- total: {credit} credits
- group 1: all
"""
_ROWS = {
    "T-101": "| T-101 | Making Tea   |     1 |      1 |   1 |\n",
    "T-102": "| T-102 | Washing Up   |     1 |      2 |   1 |\n",
}


def add_assignment(path: Path, sheet: str = ASSIGNMENT) -> Path:
    """Give the centre an assignment; returns the sheet's file."""
    file = path / "mark_sheets" / "assignments" / "T-IA.md"
    file.parent.mkdir(exist_ok=True)
    file.write_text(sheet, "utf-8")
    return file


def add_qualifications(path: Path) -> None:
    """Give the centre T-AWARD, of T-101 alone, and T-CERT, of both units."""
    folder = path / "mark_sheets" / "qualifications"
    folder.mkdir(exist_ok=True)
    for code, title, credit, units in (
        ("T-AWARD", "Award in Tea", 1, ("T-101",)),
        ("T-CERT", "Certificate in Tea", 3, ("T-101", "T-102")),
    ):
        rows = "".join(_ROWS[unit] for unit in units) + "\n"
        sheet = _QUALIFICATION.format(code=code, title=title, credit=credit, rows=rows)
        (folder / f"{code}.md").write_text(sheet, "utf-8")


def register(
    path: Path,
    registration: str,
    *,
    units: str = "[T-101, T-102]",
    assignments: str = "[]",
    qualifications: str = "[]",
    registered: str = "2026-01-05",
) -> None:
    """Write the file of a learner who is there already."""
    (path / "learners" / registration / "learner.md").write_text(
        f"---\nkind: learner\nregistration: {registration}\nname: Rosalind Jones\nunits: {units}\n"
        f"assignment: {assignments}\nqualification: {qualifications}\nassessor: asha\nregistered: {registered}\n---\n",
        "utf-8",
    )
