"""Paragraphs of a slide as Markdown: those with a bullet or a number as a list, the others as they are."""

from __future__ import annotations

from collections.abc import Sequence

from markterm.evidence.readers.draft import Draft
from markterm.evidence.readers.drawing import Paragraph
from markterm.evidence.readers.escape import escape_line_start
from markterm.evidence.readers.numerals import HIGHEST_ROMAN, letters, roman
from markterm.evidence.readers.pptx.bullets import LEVELS, NONE


def write_paragraphs(paragraphs: Sequence[Paragraph], draft: Draft, *, bulleted: Sequence[bool] = NONE) -> None:
    """Add the paragraphs to the draft; `bulleted` says of each level whether those are that do not say it themselves.

    In a list each is no deeper than one below the last.
    """
    items: list[str] = []
    indents: list[str] = []
    counts = [0] * LEVELS
    for paragraph in paragraphs:
        lines = [escape_line_start(line) for line in paragraph.lines]
        if not (bulleted[paragraph.level] if paragraph.bullet is None else paragraph.bullet):
            draft.add("\n".join(items))
            items, indents, counts = [], [], [0] * LEVELS
            draft.add("\\\n".join(lines))
            continue
        depth = min(paragraph.level, len(indents))
        marker = "- "
        if paragraph.numbered:
            counts[depth] = counts[depth] + 1 if counts[depth] else paragraph.first
            label = numbered(counts[depth], paragraph.numbered)
            marker, lines[0] = (f"{label} ", lines[0]) if label[:-1].isdigit() else ("- ", f"{label} {lines[0]}")
        else:
            counts[depth] = 0
        counts[depth + 1 :] = [0] * (LEVELS - depth - 1)
        indent = indents[depth - 1] if depth else ""
        del indents[depth:]
        indents.append(indent + " " * len(marker))
        items.append(indent + marker + f"\\\n{indents[-1]}".join(lines))
    draft.add("\n".join(items))


def numbered(count: int, form: str) -> str:
    """A number of a list in a form as `alphaLcParenR` names it: `c)`."""
    if form.startswith("alpha"):
        label = letters(count)
    elif form.startswith("roman") and count <= HIGHEST_ROMAN:
        label = roman(count)
    else:
        return f"{count}{')' if 'Paren' in form else '.'}"
    label = label.upper() if "Uc" in form else label
    return f"({label})" if form.endswith("Both") else f"{label}{')' if 'Paren' in form else '.'}"
