"""A centre with as many learners as one wants, all on a unit of sixteen criteria; some are begun."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from markterm.centre.centre import Centre
from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.event import Event, Result, Subject
from tests.benchmarks.written_lines import write_record
from tests.centres import add_learner, make_centre_in, places_in
from tests.samples import decision

CRITERIA = 16
MARKED = 12
"""The learners, from the first, who have evidence and of whom nothing is decided: they are there to be marked."""
_UNIT = "---\nkind: unit\ncode: T-101\ntitle: Many Cups\nversion: 2026-01\n---\n\n# T-101 Many Cups\n\n## LO1 Pour\n\n"
_KEY = UnitKey("T-101", "2026-01")
_SAID = "The cup is warm, it is poured without a drop beside it, and you say why the pot was warmed before. " * 2


def many_cups(folder: Path, learners: int) -> Path:
    """A centre with so many learners, one in forty of them begun, whose caseload was opened before; returns `folder`,
    which holds it as `centre` beside the user's `own` folders."""
    path = _cups(folder, learners)
    centre = Centre.open(path, member="asha", places=places_in(folder / "own"))
    for number in range(MARKED, learners, 40):
        centre.marking.mark(f"L{number:05}", "T-102", "1.1", Result.PASS)
    centre.caseload.now()
    centre.close_down()
    return folder


def many_poured(folder: Path, learners: int, decided: int) -> Path:
    """The same, with so many criteria decided of everybody but those who are there to be marked, and nothing opened
    before: no index knows them."""
    path = _cups(folder, learners)
    for number in range(MARKED, learners):
        name = f"L{number:05}"
        write_record(path, name, (_poured(name, each) for each in range(1, decided + 1)))
    return folder


def _poured(learner: str, number: int) -> Event:
    made = decision(f"{learner}-{number}", note=_SAID, actor="asha", learner=learner)
    return replace(made, subject=Subject(_KEY, f"1.{number}"), body={**made.body, "wording": f"Pour cup {number}"})


def _cups(folder: Path, learners: int) -> Path:
    path = make_centre_in(folder / "centre", {})
    criteria = "".join(f"- **1.{number}** Pour cup {number}\n" for number in range(1, CRITERIA + 1))
    (path / "mark_sheets" / "units" / "T-101.md").write_text(_UNIT + criteria, "utf-8")
    for number in range(learners):
        evidence = "# Diary\n\nI made tea.\n" if number < MARKED else ""
        add_learner(path, f"L{number:05}", f"Learner {number:05} Name", evidence=evidence)
    return path
