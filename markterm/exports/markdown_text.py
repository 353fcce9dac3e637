"""Text that others wrote, put into Markdown so that it reads as it was written and makes nothing else."""

from __future__ import annotations

import re

from markterm.domain.foreign_text import clean, one_line

_ANYWHERE = re.compile(r"([\\`*_\[\]<>|~&])")
# A colon starts no block of its own, but the second line of a table.
_AT_THE_START = re.compile(r"([#+=:-])|(\d+)([.)])(?=\s|$)")


def inline(text: str) -> str:
    """`text` on one line, with everything escaped that Markdown would obey inside a line or a table's cell."""
    line = one_line(text)
    body = line.rstrip("#")
    # A heading takes the # at its end for its own.
    closing = f"\\{line[len(body) :]}" if body != line else ""
    return _ANYWHERE.sub(r"\\\1", body) + closing


def block(text: str, indent: str = "") -> str:
    """`text` with its line ends, each line indented and escaped, so that it is paragraphs and nothing else."""
    lines = [_line(line) for line in clean(text).text.expandtabs(4).strip().split("\n")]
    # Two spaces at the end keep a line end a line end.
    kept = [f"{line}  " if line and after else line for line, after in zip(lines, [*lines[1:], ""], strict=True)]
    return "\n".join(f"{indent}{line}" if line else indent.rstrip() for line in kept)


def _line(text: str) -> str:
    """One line of a block, escaped."""
    line = text.strip()
    start = _AT_THE_START.match(line)
    if start is None:
        return _ANYWHERE.sub(r"\\\1", line)
    sign, number, after_number = start.groups()
    escaped = f"\\{sign}" if sign else f"{number}\\{after_number}"
    return escaped + _ANYWHERE.sub(r"\\\1", line[start.end() :])
