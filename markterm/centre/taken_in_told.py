"""What a published document gave, in words: for whoever counts it in the document before it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from markterm.domain.words.counted import counted
from markterm.domain.words.foreign_text import one_line

if TYPE_CHECKING:
    from markterm.centre.coming_sheets import ComingSheet
    from markterm.centre.published_document import DocumentPlaces
    from markterm.centre.published_standards import TakenIn
    from markterm.domain.texts.printed_lines import Doubt, Line


def head_told(taken: TakenIn) -> str:
    """The file, how many standards it has, and how many statements of each kind."""
    published = taken.published
    counts = ", ".join(kind.counted(number) for kind, number in published.counts.items())
    return one_line(f"{taken.file.name}: {counted(len(published.standards), 'standard')}, {counts}")


def standards_told(taken: TakenIn) -> list[tuple[str, ...]]:
    """Of each standard its code, version, counts, what its sheet meets in the centre, and title."""
    return [
        (
            one_line(standard.code),
            one_line(standard.version),
            " ".join(f"{number} {kind.letter or kind.value}" for kind, number in standard.counts.items()),
            sheet.meets.value,
            one_line(standard.title),
        )
        for standard, sheet in zip(taken.published.standards, taken.sheets, strict=False)
    ]


def rest_told(taken: TakenIn) -> Iterator[str]:
    """The functional maps, what the sheets that are here say otherwise, what is to be checked, and what was left out:
    line by line, with an empty one before each part."""
    published = taken.published
    for suite in published.suites:
        areas, functions = counted(len(suite.areas), "area"), counted(len(suite.functions), "function")
        yield ""
        yield one_line(f"Suite {suite.code} {suite.title}: {areas}, {functions}, {suite.links_of_functions} links")
        for function in suite.functions:
            met = ", ".join(function.standards) or "no standard"
            yield f"  {one_line(f'{function.code} {function.title}: {met}')}"
    yield from apart_told(taken.sheets)
    yield from doubts_told(published.doubts, taken.places)
    yield from left_out_told(published.left_out, taken.places, "statement")


def apart_told(sheets: Iterable[ComingSheet]) -> Iterator[str]:
    """What the sheets that are here say otherwise, sheet by sheet; nothing for those that say the same."""
    for sheet in sheets:
        if sheet.differs:
            yield from ("", one_line(f"{sheet.code} {sheet.meets.value}:"))
            yield from (f"  {one_line(each)}" for each in sheet.differs)


def doubts_told(doubts: Sequence[Doubt], places: DocumentPlaces) -> Iterator[str]:
    """What is to be checked in a document, each with its place, below a line that says so; nothing for none."""
    if doubts:
        yield from ("", "To check in the document:")
        yield from (f"  {doubt_told(doubt, places)}" for doubt in doubts)


def doubt_told(doubt: Doubt, places: DocumentPlaces) -> str:
    """A doubt with its place before it, where it has one."""
    place = places.of_line(doubt.line)
    return one_line(f"{place}: {doubt.message}" if place else doubt.message)


def left_out_told(lines: Sequence[Line], places: DocumentPlaces, noun: str) -> Iterator[str]:
    """The lines of a document that belong to no `noun`, each with its place; nothing for none."""
    if lines:
        yield from ("", f"Left out, as belonging to no {noun}:")
        yield from (f"  {one_line(f'{places.of_line(line.number)}: {line.text}')}" for line in lines)


def kept_told(sheets: Iterable[ComingSheet]) -> str:
    """How many of these sheets keeping them wrote; empty for none."""
    from markterm.centre.coming_sheets import Coming

    coming = {sheet.path: sheet for sheet in sheets}
    new = sum(sheet.meets is Coming.NEW and sheet.is_sheet for sheet in coming.values())
    return f"{counted(new, 'sheet')} written." if new else ""
