"""What a person wrote with line ends, as the paragraphs and lines it has."""

from __future__ import annotations

from markterm.domain.words.foreign_text import clean


def paragraphs(text: str) -> tuple[tuple[str, ...], ...]:
    """The paragraphs, which empty lines part, each with its lines; cleaned, and nothing of what is only white space."""
    found: list[list[str]] = [[]]
    for line in clean(text).text.expandtabs(4).split("\n"):
        if line.strip():
            found[-1].append(line.strip())
        elif found[-1]:
            found.append([])
    return tuple(tuple(lines) for lines in found if lines)
