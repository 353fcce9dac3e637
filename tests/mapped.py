"""A standard, its suite and a mapping of a unit of the tiny centre, in words of our own."""

from __future__ import annotations

from pathlib import Path

from tests.assignments import add_assignment, add_qualifications

STANDARD = """---
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
_SUITE = """---
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
MAPPING = """---
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


def add_mapped(path: Path) -> Path:
    """Give the tiny centre an assignment, qualifications, TEA01 of the suite TEA, and a mapping of T-101."""
    add_assignment(path)
    add_qualifications(path)
    write_sheet(path, "standards", "TEA01", STANDARD.format(version="1.0"))
    write_sheet(path, "suites", "TEA", _SUITE)
    write_sheet(path, "mappings", "T-101", MAPPING)
    return path


def write_sheet(path: Path, folder: str, name: str, text: str) -> None:
    """Write a sheet of the centre."""
    file = path / "mark_sheets" / folder / f"{name}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8", newline="\n")
