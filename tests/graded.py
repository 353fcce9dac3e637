"""A graded unit in own words, as BTEC specifications number their criteria, and a centre that marks it."""

from __future__ import annotations

from pathlib import Path

from markterm.domain.assessed.unit import Unit
from markterm.domain.record.event import Event, Json, Kind, Result, Subject
from markterm.sheets.unit_sheet import read_unit
from tests.centres import add_learner, make_centre_in
from tests.samples import AT, LEARNER

GRADED = """\
---
kind: unit
code: G-1
title: Running a Tea Stall
level: 3
version: 2026-01
graded: yes
---

# G-1 Running a Tea Stall

## LO1 Plan a stall

- **A.P1** Explain what a stall needs
- **A.P2** Describe who buys tea there
- **A.M1** Compare two places for the stall
- **A.D1** Justify the place that is chosen

## LO2 Run a stall

- **B.P3** Sell tea for one morning
- **B.M2** Review what was sold
- **BC.D2** Evaluate the morning against the plan
"""
PASSES, MERITS, DISTINCTIONS = ("A.P1", "A.P2", "B.P3"), ("A.M1", "B.M2"), ("A.D1", "BC.D2")


def graded_unit(text: str = GRADED) -> Unit:
    """The unit of that sheet, which is without findings."""
    reading = read_unit(text)
    assert reading.sheet is not None
    assert reading.findings == ()
    return reading.sheet


def decided(uid: str, number: str, result: Result = Result.PASS, *, attempt: int = 1, level: str = "") -> Event:
    """A decision on that criterion of it; of the `level` that was recorded with it."""
    criterion = graded_unit().criterion(number)
    assert criterion is not None
    body: dict[str, Json] = {"result": result.value, "note": "", "attempt": attempt, "wording": criterion.text}
    if level:
        body["level"] = level
    return Event(uid, Kind.DECIDED.value, LEARNER, AT, "jm", "assessor", Subject(graded_unit().key, number), body)


def make_graded_centre_in(path: Path) -> Path:
    """A tiny centre, whose asha marks the graded unit of one learner, GRD1 Grace Reed; returns `path`."""
    make_centre_in(path)
    (path / "mark_sheets" / "units" / "G-1.md").write_text(GRADED, "utf-8")
    toml = path / "centre.toml"
    toml.write_text(toml.read_text("utf-8").replace('units = ["T-101", "T-102"]', 'units = ["T-101", "T-102", "G-1"]'))
    add_learner(path, "GRD1", "Grace Reed", units="[G-1]")
    return path
