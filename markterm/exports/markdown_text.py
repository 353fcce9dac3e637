"""Text that others wrote, put into Markdown so that it reads as it was written and makes nothing else."""

from __future__ import annotations

import re

from markterm.domain.foreign_text import clean, one_line

_ANYWHERE = re.compile(r"([\\`*_\[\]<>|~&])")
_AT_THE_START = re.compile(r"^(\s*)([#+=-]|\d+[.)](?=\s|$))", re.MULTILINE)
_NUMBERED = re.compile(r"^(\d+)([.)])$")


def inline(text: str) -> str:
    """`text` on one line, with everything escaped that Markdown would obey inside a line or a table's cell."""
    return _ANYWHERE.sub(r"\\\1", one_line(text))


def block(text: str, indent: str = "") -> str:
    """`text` with its line ends, each line indented and escaped, so that it is paragraphs and nothing else."""
    escaped = _AT_THE_START.sub(_escape_start, _ANYWHERE.sub(r"\\\1", clean(text).text.expandtabs(4)))
    lines = [line.strip() for line in escaped.strip().split("\n")]
    # Two spaces at the end keep a line end a line end.
    kept = [
        f"{line}  " if line and number + 1 < len(lines) and lines[number + 1] else line
        for number, line in enumerate(lines)
    ]
    return "\n".join(f"{indent}{line}" if line else "" for line in kept)


def _escape_start(match: re.Match[str]) -> str:
    space, mark = match.groups()
    numbered = _NUMBERED.match(mark)
    return f"{space}{numbered[1]}\\{numbered[2]}" if numbered else f"{space}\\{mark}"
