"""A standard in our own words for the units of a tiny centre, in two versions that number their statements otherwise.

add_standards(make_centre_in(tmp_path / "centre"))
"""

from __future__ import annotations

from pathlib import Path

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
MAPPING = """\
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


def add_standard(path: Path, text: str = OLD, name: str = "TEA01.md") -> Path:
    """Put the sheet of a standard into the centre; returns its file."""
    return _put(path / "mark_sheets" / "standards" / name, text)


def add_mapping(path: Path, text: str = MAPPING, name: str = "T-101.md") -> Path:
    """Put the mapping of a unit into the centre; returns its file."""
    return _put(path / "mark_sheets" / "mappings" / name, text)


def _put(file: Path, text: str) -> Path:
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(text.encode("utf-8"))
    return file
