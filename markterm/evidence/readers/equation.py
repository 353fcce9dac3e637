"""Fields that Word draws from a code (`EQ`): formulas, and signs with how they are spoken above them."""

from __future__ import annotations

import re

_SWITCH = re.compile(r'\\\*\s*(?:"[^"]*"|\S+)\s*')
_SPOKEN = re.compile(r"\\o\s*(?:\\a[a-z]+\s*)?\(\s*\\s\s*\\up\s*\d*\s*\((.*?)\)\s*[,;](.*)\)\s*$", re.IGNORECASE)


def equation(code: str) -> str:
    """What the code of such a field, which follows its name, draws: `[formula: …]`, or signs and how they are spoken.

    Word writes the latter so in older files and in rich text.
    """
    told = _SWITCH.sub("", " ".join(code.split()))
    spoken = _SPOKEN.match(told)
    return f"{spoken[2].strip()}({spoken[1].strip()})" if spoken else f"[formula: {told}]"
