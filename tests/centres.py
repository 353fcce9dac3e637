"""A tiny centre for tests: two short units, two assessors, a verifier, and as many learners as are asked for.

    places = places_in(tmp_path)
    centre = Centre.open(make_centre_in(tmp_path / "centre"), member="asha", places=places)

Nothing outside the folder that is given is touched.
"""

from __future__ import annotations

import os
from pathlib import Path

from markterm.centre import stores
from markterm.centre.centre import Centre
from markterm.centre.folder import CentreFolder
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.sampling.assessed_learner import Assessed
from markterm.own.places import Places
from markterm.records.store import EventStore
from markterm.system.platform import folder_name

CENTRE_TOML = """\
format = 2

[centre]
number = "012345"
name = "Test Centre"

[[member]]
id = "asha"
name = "Asha Patel"
roles = ["assessor"]
units = ["T-101", "T-102"]

[[member]]
id = "ben"
name = "Ben Whitlock"
roles = ["assessor"]
units = ["T-101"]

[[member]]
id = "ines"
name = "Inês Carvalho"
roles = ["verifier"]
"""

UNITS = {
    "T-101": """\
---
kind: unit
code: T-101
title: Making Tea
level: 1
credit: 1
version: 2026-01
---

# T-101 Making Tea

## LO1 Be able to make tea

- **1.1** Boil the water
  - refer: the water is lukewarm
  - pass: the water boils
  - good: the kettle is descaled as well
- **1.2** Warm the pot

## LO2 Be able to serve tea

- **2.1** Pour the tea
""",
    "T-102": """\
---
kind: unit
code: T-102
title: Washing Up
version: 2026-01
---

# T-102 Washing Up

## LO1 Be able to wash up

- **1.1** Rinse the cups
- **1.2** Dry the cups
""",
}

LEARNERS = {"AAA1": "Rosalind Jones", "BBB2": "Nneka Okafor", "CCC3": "Zoé Núñez"}


def places_in(folder: Path) -> Places:
    """The user's own folders, inside `folder`: the same that a subprocess with `environment_in(folder)` uses."""
    return Places(folder / "state" / "markterm", folder / "cache" / "markterm", folder / "config" / "markterm")


def environment_in(folder: Path, **more: str) -> dict[str, str]:
    """The environment of a subprocess whose user's folders are those of `places_in(folder)`."""
    mine = {key: value for key, value in os.environ.items() if not key.startswith("MARKTERM_")}
    roots = {f"XDG_{name.upper()}_HOME": str(folder / name) for name in ("state", "cache", "config")}
    return {**mine, **roots, "HOME": str(folder), **more}


def make_centre_in(path: Path, learners: dict[str, str] = LEARNERS) -> Path:
    """Make the centre in `path`, its learners on both units with one short text each; returns `path`."""
    (path / "mark_sheets" / "units").mkdir(parents=True)
    (path / "centre.toml").write_text(CENTRE_TOML, "utf-8")
    for code, sheet in UNITS.items():
        (path / "mark_sheets" / "units" / f"{code}.md").write_text(sheet, "utf-8")
    for registration, name in learners.items():
        add_learner(path, registration, name)
    return path


def add_learner(
    path: Path,
    registration: str,
    name: str,
    *,
    evidence: str = "# Diary\n\nI made tea.\n",
    units: str = "[T-101, T-102]",
    assessor: str = "asha",
) -> Path:
    """Register a learner on both units, assessed by asha, unless told otherwise; returns the learner's folder."""
    folder = path / "learners" / folder_name(registration)
    (folder / "evidence").mkdir(parents=True)
    (folder / "learner.md").write_text(
        f"---\nkind: learner\nregistration: {registration}\nname: {name}\nunits: {units}\nassessor: {assessor}\n---\n",
        "utf-8",
    )
    if evidence:
        (folder / "evidence" / "diary.md").write_text(evidence, "utf-8")
    return folder


def store_in(centre: Path, who: str = "reader") -> EventStore:
    """What holds the centre's records, as somebody else's machine has it."""
    # Asked of the front desk at every call: a test may have had it choose another store.
    details = CentreDetails("012345", "Test Centre")
    return stores.store_of(CentreFolder(centre), places_in(centre.parent / who).of_centre(centre), details)


def adopt_a_plan(centre: Centre) -> None:
    """Adopt the sampling plan for today, as the member of that centre who acts."""
    centre.caseload.now()
    assessed = Assessed()
    for _ in centre.assessed.reading(assessed):
        pass
    stands = centre.plan.of()
    centre.plan.adopt(centre.plan.proposed(assessed, stands), stands)
    centre.close_down()
