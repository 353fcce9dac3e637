"""Tables of a published standard, read along their rows: a code and its statement stand in two cells, and where the two
languages of a standard stand beside each other, one of them is read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from markterm.domain.standards.published.sections import heading_at, headings_apart, is_label
from markterm.domain.texts.printed_lines import Doubt, Line

_CODE = re.compile(
    r"(?:Duty|Task) [0-9]{1,2}"
    r"|[PKSB]?[0-9]{1,4}(?:\.[0-9]{1,2})?[.):]?|[A-Z][0-9]{1,2}\.?|[A-Z]{2,}[A-Za-z&]* ?[A-Za-z&]*[0-9]{1,4}"
)
_LETTERED = re.compile(r"[PKSB][0-9]{1,4}(?:\.[0-9]{1,2})?[.):]?")
_PRINTED = re.compile(
    r"(?P<before>\(?(?P<letters>PC|KU|[PKSB])(?:[ .-]\s?)?)(?P<number>[0-9]{1,4}(?:\.[0-9]{1,2})?)(?:\)|(?=[.):]|\s|$))"
)
"""A code however it is printed: P1, P 1, P.1, (P1), PC1."""


def read_along(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with what belongs together on one line: a code, or the name of a particular, and what stands in the
    next cell of its row; and headings on lines of their own."""
    told: list[Line] = []
    waiting: Line | None = None
    for line in codes_as_written(lines):
        if waiting is not None:
            if line.number == waiting.number and line.cell > waiting.cell:
                told.append(replace(line, text=f"{waiting.text} {line.text}"))
                waiting = None
                continue
            told.append(waiting)
            waiting = None
        if line.cell and (_CODE.fullmatch(line.text) or is_label(line)):
            waiting = line
        else:
            told += headings_apart(line)
    return tuple([*told, waiting] if waiting is not None else told)


def codes_as_written(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines with the codes that begin them as they are written here, P1, where the document prints all of a letter
    in another way, counted from 1."""
    printed = _printed(lines)
    for line in lines:
        match = _PRINTED.match(line.text)
        if match is not None and match["before"] == printed.get(match["letters"]):
            code = f"{match['letters'][0]}{match['number']}"
            yield replace(line, text=f"{code}{line.text[match.end() :]}")
        else:
            yield line


def codes_told(lines: Sequence[Line]) -> Iterator[Doubt]:
    """Doubts about codes that have other letters in the document than here."""
    for letters in _printed(lines):
        if len(letters) > 1:
            yield Doubt(0, f"{letters}1 and so on are {letters[0]}1 and so on here: the document calls them so.")


def _printed(lines: Sequence[Line]) -> dict[str, str]:
    """How the document prints the codes of each letter, up to the figures; those that it prints as they are written
    here are none of them."""
    found: dict[str, Counter[str]] = {}
    begun: set[tuple[str, str]] = set()
    for line in lines:
        if (match := _PRINTED.match(line.text)) is not None:
            found.setdefault(match["letters"], Counter())[match["before"]] += 1
            begun.add((match["before"], match["number"]))
    as_written = {letters for letters, ways in found.items() if letters in ways and len(letters) == 1}
    usual = {
        letters: way
        for letters, ways in found.items()
        for way, _ in ways.most_common(1)
        if letters[0] not in as_written and (way, "1") in begun
    }
    # One alone may be a name, as K-1 is: the others have to count on, or to be printed in the same way.
    counting = {way.replace(letters, "") for letters, way in usual.items() if (way, "2") in begun}
    return {letters: way for letters, way in usual.items() if way.replace(letters, "") in counting}


def codes_with_texts(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, with a code that stands alone on its line put before the text below it."""
    waiting: Line | None = None
    for line in lines:
        if waiting is not None:
            line, waiting = replace(line, number=waiting.number, text=f"{waiting.text} {line.text}"), None
        if not line.cell and _LETTERED.fullmatch(line.text):
            waiting = line
        else:
            yield line
    if waiting is not None:
        yield waiting


def has_two_languages(lines: Sequence[Line]) -> bool:
    """Whether English and Welsh stand beside each other in the rows of a table."""
    return bool(_rows_in_both(lines))


def in_one_language(lines: Sequence[Line], *, welsh: bool) -> tuple[Line, ...]:
    """The lines without the other language, where the two stand beside each other in tables: each has one half of the
    columns of its table."""
    rows = _rows_in_both(lines)
    if not rows:
        return tuple(lines)
    welsh_is_left = rows[0]
    kept: list[Line] = []
    for table in _tables(lines):
        columns = max(line.cell for line in table)
        for line in table:
            is_left = 2 * line.cell <= columns
            if not line.cell or columns == 1 or is_left == (welsh_is_left == welsh):
                kept.append(line)
    return tuple(kept)


def _rows_in_both(lines: Sequence[Line]) -> list[bool]:
    """For each row with a heading in both languages, whether the Welsh one stands to the left."""
    found: list[bool] = []
    first: dict[int, bool] = {}
    for place, line in enumerate(lines):
        heading = heading_at(lines, place) if line.cell else None
        if heading is not None and heading.length == 1:
            before = first.setdefault(line.number, heading.is_welsh)
            if before != heading.is_welsh:
                found.append(before)
    return found


def _tables(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines in runs: those of one table, and those outside of tables."""
    run: list[Line] = []
    for line in lines:
        # The rule below the first row of a table has no words, and is no line.
        gap = 2 if run and run[0].number == run[-1].number else 1
        goes_on = (
            run and bool(run[-1].cell) == bool(line.cell) and (not line.cell or line.number <= run[-1].number + gap)
        )
        if run and not goes_on:
            yield run
            run = []
        run.append(line)
    if run:
        yield run
