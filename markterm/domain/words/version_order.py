"""The order of versions as published: 2.9 before 2.10, 2012-09 before 2026-01."""

from __future__ import annotations

import re


def version_order(version: str) -> str:
    """What versions sort by, the oldest first."""
    # Numbers of one width sort as numbers: version 10 is newer than version 9.
    return re.sub(r"[0-9]+", lambda number: number.group().zfill(20), version)
