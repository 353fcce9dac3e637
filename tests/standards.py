"""Standards in our own words for the units of a tiny centre, their suites, and what T-101 covers of them.

Of TEA01 there are three: one with duties, which a learner is marked and measured by; an old and a new version, which
number their statements otherwise; and a short one in a suite with a functional map.
"""

from __future__ import annotations

from pathlib import Path

from tests.assignments import add_assignment, add_qualifications

STANDARD = """\
---
kind: standard
code: TEA01
title: Make and serve tea
version: {version}
---

# TEA01 Make and serve tea

What somebody does who looks after guests.

## Duties

- **D1** Look after the guests of the house

## Performance criteria

- **P1** boil fresh water for each pot
- **P2** pour without spilling
- **P3** wash what was used

## Knowledge

- **K1** why the pot is warmed
- **K2** how long leaves draw
"""
SUITE = """\
---
kind: suite
code: TEA
title: Tea
version: 1.0
---

# TEA Tea

## Standards

- **TEA01** Make and serve tea
- **TEA02** Grow tea
"""
MAPPING = """\
---
kind: mapping
unit: T-101
title: Making Tea
---

# T-101 Making Tea

| Criterion | Statement | Covers | Note         |
|-----------|-----------|--------|--------------|
| 1.1       | TEA01 P1  | fully  |              |
| 1.2       | TEA01 K1  | partly | shown, not told |
| 2.1       | TEA01 P2  | fully  |              |
"""
OLD = """\
---
kind: standard
code: TEA01
title: Make tea for others
version: 1.0
---

# TEA01 Make tea for others

## Performance criteria

- **P1** boil fresh water in a clean kettle
- **P2** warm the pot before the leaves go in
- **P3** pour the tea without a drop on the saucer

## Knowledge

- **K1** why water has to boil afresh
- **K2** which leaves want cooler water
"""
NEW = """\
---
kind: standard
code: TEA01
title: Make tea for others
version: 2.0
---

# TEA01 Make tea for others

## Performance criteria

- **P1** ask every guest what they drink
- **P2** boil fresh water in a clean kettle
- **P3** warm the pot well before the leaves go in

## Knowledge

- **K1** why water has to boil afresh
"""
MAPPING_OF_OLD = """\
---
kind: mapping
unit: T-101
version: 2026-01
---

# T-101

Looked at by the team in March.

|Criterion|Statement|Covers|Note|
|---|---|---|---|
|1.1|TEA01 (1.0) P1|fully||
|2.1|TEA01 (1.0) P3|partly|one cup, not a table|
"""
IN_THE_MAP = """---
kind: standard
code: TEA01
title: Make tea for a guest
version: {version}
suite: TEA
---

# TEA01 Make tea for a guest

## Performance criteria

- **P1** warm the pot
- **P2** pour without a drop beside the cup

## Knowledge

- **K1** how long leaves draw
"""
MAP = """---
kind: suite
code: TEA
title: Tea at work
version: 1.0
---

# TEA Tea at work

## Key purpose

Give guests tea that they like.

## Standards

- **TEA01** Make tea for a guest
- **TEA02** Wash up

## Area A The table

- **A1** Serve guests who have waited for a long time and would like to have something warm before they go on
  - standards: TEA01
- **A2** Clear the table
  - standards: TEA01, TEA02
- **A3** Wash up
  - standards: TEA02
- **A4** Bake
"""
MAPPING_IN_THE_MAP = """---
kind: mapping
unit: T-101
title: Making tea
---

# T-101 Making tea

| Criterion | Statement | Covers | Note      |
|-----------|-----------|--------|-----------|
| 1.1       | TEA01 P1  | fully  |           |
| 1.2       | TEA01 P1  | fully  |           |
| 1.2       | TEA01 P2  | partly | cold only |
"""


def add_standard(path: Path, text: str = STANDARD, version: str = "1.0", name: str = "") -> Path:
    """Give the centre TEA01 in that version; returns the sheet's file."""
    return write_sheet(path, "standards", name or f"TEA01-{version}", text.format(version=version))


def add_mapping(path: Path, text: str = MAPPING, name: str = "T-101") -> Path:
    """Map T-101 to it; returns the file."""
    return write_sheet(path, "mappings", name, text)


def add_suite(path: Path) -> Path:
    """Give the centre the suite TEA, which lists TEA01 and a standard that the centre has no sheet of."""
    return write_sheet(path, "suites", "TEA", SUITE)


def add_mapped(path: Path) -> Path:
    """Give the tiny centre an assignment, qualifications, TEA01 in a suite with a map, and a mapping of T-101."""
    add_assignment(path)
    add_qualifications(path)
    add_standard(path, IN_THE_MAP, name="TEA01")
    write_sheet(path, "suites", "TEA", MAP)
    add_mapping(path, MAPPING_IN_THE_MAP)
    return path


def write_sheet(path: Path, folder: str, name: str, text: str) -> Path:
    """Write a sheet of the centre, byte for byte; returns its file."""
    file = path / "mark_sheets" / folder / f"{name}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode("utf-8"))
    return file
