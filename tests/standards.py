"""A small standard, with duties, performance criteria and knowledge, and what the tiny centre's units cover of it."""

from __future__ import annotations

from pathlib import Path

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
_MAPPING = """\
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


def add_standard(path: Path, version: str = "1.0", text: str = STANDARD) -> Path:
    """Give the centre TEA01 in that version; returns the sheet's file."""
    folder = path / "mark_sheets" / "standards"
    folder.mkdir(exist_ok=True)
    file = folder / f"TEA01-{version}.md"
    file.write_text(text.format(version=version), "utf-8")
    return file


def add_mapping(path: Path) -> None:
    """Map T-101 to it."""
    folder = path / "mark_sheets" / "mappings"
    folder.mkdir(exist_ok=True)
    (folder / "T-101.md").write_text(_MAPPING, "utf-8")


def add_suite(path: Path) -> None:
    """Give the centre the suite TEA, which lists TEA01 and a standard that the centre has no sheet of."""
    folder = path / "mark_sheets" / "suites"
    folder.mkdir(exist_ok=True)
    (folder / "TEA.md").write_text(SUITE, "utf-8")
