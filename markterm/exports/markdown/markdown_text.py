"""Text that others wrote, put into Markdown so that it reads as it was written and makes nothing else."""

from __future__ import annotations

import re

from markterm.domain.words.foreign_text import clean, one_line
from markterm.exports.document.brief import brief_lines

_ANYWHERE = re.compile(r"([\\`*_\[\]<>|~&])")
# A colon starts no block of its own, but the second line of a table.
_AT_THE_START = re.compile(r"([#+=:-])|(\d+)([.)])(?=\s|$)")

_STEP = 3
# An escape stays one; whatever else could become HTML, a link, a table or a quotation is escaped.
_OBEYED = re.compile(r"\\[!-/:-@\[-`{-~]|([\\\[\]<>|~&])")
_RULE = re.compile(r"[-=*_ ]+")
_AT_THE_START_OF_A_BRIEF = re.compile(r"[#=:]|[-+*](?:\s|$)")
_NUMBER = re.compile(r"([0-9]+)[.)](?:\s|$)")


def inline(text: str) -> str:
    """`text` on one line, with everything escaped that Markdown would obey inside a line or a table's cell."""
    return escaped(one_line(text))


def escaped(line: str) -> str:
    """A line that is clean, with everything escaped that Markdown would obey in it; spaces at its ends are kept."""
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


def brief(text: str) -> str:
    """The brief of a task with the markup a learner is to see: paragraphs, lists and words that stand out.

    It makes no headings, tables, code, links or HTML of its own: a heading in it is a line in bold.
    """
    lines: list[str] = []
    for line in brief_lines(text):
        if line.marker:
            lines.append(f"{' ' * (_STEP * line.depth)}{line.marker} {_markup(line.text)}")
        else:
            lines.append(f"**{_markup(line.text)}**" if line.heading else _markup(line.text))
    return "\n".join(f"> {line}" if line else ">" for line in lines)


def _markup(text: str) -> str:
    """A line in which words may stand out, and nothing else is obeyed."""
    words = _OBEYED.sub(lambda found: found[0] if found[1] is None else f"\\{found[1]}", text)
    words = words.replace("```", "\\`\\`\\`")
    if _RULE.fullmatch(words) or _AT_THE_START_OF_A_BRIEF.match(words):
        return f"\\{words}"
    number = _NUMBER.match(words)
    return f"{number[1]}\\{words[number.end(1) :]}" if number else words


def _line(text: str) -> str:
    """One line of a block, escaped."""
    line = text.strip()
    start = _AT_THE_START.match(line)
    if start is None:
        return _ANYWHERE.sub(r"\\\1", line)
    sign, number, after_number = start.groups()
    escaped = f"\\{sign}" if sign else f"{number}\\{after_number}"
    return escaped + _ANYWHERE.sub(r"\\\1", line[start.end() :])
