"""What a published suite says of itself before its standards: its key purpose, glossary and links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from markterm.domain.assessed.standard import Term
from markterm.domain.texts.printed_lines import Doubt, Line, Vocabulary, beginning_of

_PURPOSE_IS = re.compile(r"(?i).*\b(?:key purpose\b.*\bis|pwrpas allweddol\b.*\byw)\W*")
_TERM = re.compile(r"([A-Z][^–—:.;]{1,60}?)\s*(?:\s[–—-]|:)\s+(\S.*)")
_MOST_WORDS_OF_A_TERM = 4


def paragraphs(lines: Sequence[Line], words: Vocabulary, doubts: list[Doubt]) -> list[str]:
    """The lines as paragraphs: one ends where an empty line follows, unless its last sentence goes on."""
    runs: list[list[Line]] = []
    for line in lines:
        before = runs[-1][-1] if runs else None
        is_below = before is not None and line.number <= before.number + 1 and not before.is_heading
        if before is not None and not line.is_item and not line.is_heading and (is_below or line.text[:1].islower()):
            runs[-1].append(line)
        else:
            runs.append([line])
    return [f"{'• ' if run[0].is_item else ''}{words.joined(run, doubts)}" for run in runs]


def key_purpose(lines: Sequence[Line], words: Vocabulary, doubts: list[Doubt]) -> str:
    """The key purpose itself, without what the section says about key purposes; told, for it is a reading."""
    every = paragraphs(lines, words, doubts)
    if not every:
        return ""
    said = next((each for place, each in enumerate(every[1:], 1) if _PURPOSE_IS.fullmatch(every[place - 1])), "")
    purpose = said or (every[0] if len(every) == 1 else "")
    if not purpose:
        message = "The key purpose was not told apart from what is said about it: write it into the sheet."
    else:
        message = f"`{beginning_of(purpose)}` was taken for the key purpose."
    doubts.append(Doubt(lines[0].number, message))
    return purpose


def glossary(lines: Sequence[Line], words: Vocabulary, doubts: list[Doubt]) -> tuple[Term, ...]:
    """The terms and what is meant by them; told, for where one ends is a reading of the layout."""
    found: list[tuple[str, list[str]]] = []
    for each in paragraphs(list(_apart(lines)), words, doubts):
        match = _TERM.fullmatch(each)
        if match is not None and len(match[1].split()) <= _MOST_WORDS_OF_A_TERM:
            found.append((match[1], [match[2]]))
        elif _is_term(each):
            found.append((each, []))
        elif found:
            found[-1][1].append(each)
    terms = {word: " ".join(meaning) for word, meaning in reversed(found) if meaning}
    if terms:
        message = "The glossary was read from its layout: compare it with the document, term by term."
        doubts.append(Doubt(lines[0].number, message))
    return tuple(Term(word.replace("*", ""), terms[word]) for word in reversed(terms))


def names_of_suites(lines: Sequence[Line], doubts: list[Doubt]) -> tuple[str, ...]:
    """The suites that are named as related: lines that are a name and nothing else, as in a diagram; told."""
    names: list[str] = []
    before: Line | None = None
    for line in lines:
        is_short = (
            len(line.text.split()) <= _MOST_WORDS_OF_A_TERM and line.text[-1] not in ".,;:!?" and "/" not in line.text
        )
        if is_short and line.text[0].isupper():
            names.append(line.text)
        elif is_short and before is not None and names and names[-1].endswith(before.text):
            names[-1] = f"{names[-1]} {line.text}"
        before = line
    if names:
        doubts.append(Doubt(lines[0].number, f"The suites that it names were read from a diagram: {', '.join(names)}."))
    return tuple(dict.fromkeys(names))


def _apart(lines: Sequence[Line]) -> Iterable[Line]:
    """The lines, with those that are a term and nothing else as paragraphs of their own."""
    for place, line in enumerate(lines):
        before = lines[place - 1] if place else None
        is_apart = _is_term(line.text) or (before is not None and _is_term(before.text))
        yield replace(line, is_heading=is_apart) if not line.is_item else line


def _is_term(text: str) -> bool:
    return text[:1].isupper() and len(text.split()) <= _MOST_WORDS_OF_A_TERM and text[-1] not in ".,;:!?"
