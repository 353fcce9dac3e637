"""Text that must not become markup: no more marks than Markdown needs, so that find and citations see the words."""

from __future__ import annotations

import re
from collections.abc import Sequence

_PUNCTUATION = r"!-/:-@\[-`{-~"
_INLINE = re.compile(
    rf"""
      \\(?=[{_PUNCTUATION}]|$)           # would escape what follows
    | [*`|]
    | (?<![^\W_])_ | _(?![^\W_])         # inside a word it is a letter like any other
    | \](?=[(:])                         # the end of a link's words; without definitions `][` is none
    | <(?=[A-Za-z/!?]|$)                 # a tag
    | &(?=\#|[A-Za-z][A-Za-z0-9]*;)      # an entity
    | ~(?=~) | (?<=~)~
    """,
    re.VERBOSE | re.MULTILINE,
)
_LINE_START = re.compile(
    r"""
    ^[ \t]*
    (?: (?P<mark> \#{1,6}(?=[ \t]|$) | [-+*](?=[ \t]|$) | > | [-=:](?=[-=:|\\ \t]*$) )
      | (?P<number> [0-9]{1,9} )(?= [.)](?:[ \t]|$) )
      | (?=.) )
    """,
    re.VERBOSE | re.MULTILINE,
)

_BOUNDS = re.compile(r"[<>\\|]")


def escape_inline(text: str) -> str:
    """`text` so that Markdown reads nothing into it within a line: emphasis, links, tags, cells."""
    return _INLINE.sub(r"\\\g<0>", text)


def escape_line_start(text: str) -> str:
    """`text`, already escaped within its lines, so that none of them begins a heading, list, quote, rule or table.

    White space at the start of a line goes: four spaces would make code of it.
    """
    return _LINE_START.sub(_started, text)


def _started(found: re.Match[str]) -> str:
    if found["mark"]:
        return f"\\{found['mark']}"
    return f"{found['number']}\\" if found["number"] else ""


def markdown_link(words: str, address: str) -> str:
    """A link of words that are Markdown already; its address is shown and never followed."""
    bounded = _BOUNDS.sub(r"\\\g<0>", address)
    return f"[{words}](<{bounded}>)"


def link(words: str, address: str) -> str:
    """Plain `words` that lead to `address`, which is shown and never followed; the words alone where they say it."""
    address = " ".join(address.split())
    shown = escape_inline(words)
    if words.strip() in ("", address, address.removeprefix("mailto:")):
        return shown if words.strip() else escape_inline(address)
    if not address:
        return shown
    shown = re.sub(r"\\.|[\[\]]", lambda found: found[0] if len(found[0]) > 1 else f"\\{found[0]}", shown)
    before, after = shown[: len(shown) - len(shown.lstrip())], shown[len(shown.rstrip()) :]
    return f"{before}{markdown_link(shown.strip(), address)}{after}"


def struck(words: str) -> str:
    """`words`, already escaped, as they are shown when they were struck out."""
    inner = words.strip()
    if not inner:
        return words
    begin = words.index(inner)
    return f"{words[:begin]}~~{inner}~~{words[begin + len(inner) :]}"


def table(rows: Sequence[Sequence[str]], header: bool) -> str:
    """A table of cells that are plain text. Without a `header`, an empty one stands above the rows."""
    return markdown_table([[escape_inline(" ".join(cell.split())) for cell in row] for row in rows], header)


def markdown_table(rows: Sequence[Sequence[str]], header: bool) -> str:
    """A table of cells that are Markdown, each of one line. Its second line is the delimiter, the last has no end."""
    width = max(map(len, rows), default=0)
    if not width:
        return ""
    head = rows[0] if header else ()
    lines = [_row(head, width), f"|{' --- |' * width}"]
    lines.extend(_row(row, width) for row in rows[header:])
    return "\n".join(lines)


def _row(cells: Sequence[str], width: int) -> str:
    padded = [*cells, *[""] * (width - len(cells))]
    return f"| {' | '.join(padded)} |"
