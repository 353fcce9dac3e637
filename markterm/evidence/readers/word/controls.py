"""Content controls: what was ticked, and what is only asked for."""

from __future__ import annotations

from collections.abc import Sequence

from markterm.evidence.readers.word.fields import NOT_TICKED, TICKED
from markterm.evidence.readers.word.words import Look, Piece, plain
from markterm.evidence.readers.word.xml import Element, child, is_on, local


def asks(control: Element | None) -> bool:
    """Whether this is a content control that shows what it asks for, since nothing was filled in."""
    return control is not None and local(control) == "sdt" and is_on(child(child(control, "sdtPr"), "showingPlcHdr"))


def prompt(pieces: Sequence[Piece]) -> list[Piece]:
    """What a control asks for, told from an answer."""
    words = plain(pieces)
    return [Piece(f"[prompt: {words}]")] if words else []


def shown(control: Element, pieces: list[Piece], look: Look) -> list[Piece]:
    """What a control in a line shows, whose content is `pieces`: a box for whatever sign its file ticks with."""
    check = child(child(control, "sdtPr"), "checkbox")
    if check is None:
        return prompt(pieces) if asks(control) else pieces
    box = TICKED if is_on(child(check, "checked")) else NOT_TICKED
    place = next((number for number, piece in enumerate(pieces) if piece.text.strip()), None)
    if place is None:
        return [*pieces, Piece(box, look)]
    before = pieces[place]
    return [*pieces[:place], Piece(f"{box}{before.text.strip()[1:]}", before.look), *pieces[place + 1 :]]
