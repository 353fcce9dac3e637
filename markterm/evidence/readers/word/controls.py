"""Content controls: what was ticked, and what is only asked for."""

from __future__ import annotations

from collections.abc import Sequence

from markterm.evidence.readers.tick_box import tick_box
from markterm.evidence.readers.word.package import Package
from markterm.evidence.readers.word.words import Look, Piece, plain
from markterm.evidence.readers.word.xml import Element, attribute, child, children, inside, is_on, local, value


class Prompts:
    """What the content controls of a file ask for, which is kept apart from its text."""

    def __init__(self, package: Package, main: str) -> None:
        self._words: dict[str, str] = {}
        self.others = 0
        """Building blocks of other kinds, with words that stand nowhere in the text."""
        for name in package.related(main, "glossaryDocument"):
            for part in inside(package.root(name), "docPart"):
                properties = child(part, "docPartPr")
                words = _letters(child(part, "docPartBody"))
                if value(child(properties, "category"), "gallery") == "placeholder" or any(
                    attribute(one, "val") == "bbPlcHdr" for one in children(child(properties, "types"), "type")
                ):
                    self._words[value(properties, "name")] = words
                elif words:
                    self.others += 1

    def asks(self, control: Element | None) -> bool:
        """Whether this is a content control that shows what it asks for, since nothing was filled in.

        Programs that fill in forms may leave the mark of that behind: what is not what it asks for is an answer.
        """
        if control is None or local(control) != "sdt":
            return False
        properties = child(control, "sdtPr")
        if not is_on(child(properties, "showingPlcHdr")):
            return False
        asked = self._words.get(value(child(properties, "placeholder"), "docPart"))
        return asked is None or asked == _letters(child(control, "sdtContent"))

    def shown(self, control: Element, pieces: list[Piece], look: Look) -> list[Piece]:
        """What a control in a line shows, whose content is `pieces`: a box for whatever sign its file ticks with."""
        check = child(child(control, "sdtPr"), "checkbox")
        if check is None:
            return prompt(pieces) if self.asks(control) else pieces
        box = tick_box(is_on(child(check, "checked")))
        place = next((number for number, piece in enumerate(pieces) if piece.text.strip()), None)
        if place is None:
            return [*pieces, Piece(box, look)]
        before = pieces[place]
        return [*pieces[:place], Piece(f"{box}{before.text.strip()[1:]}", before.look), *pieces[place + 1 :]]


def is_box(control: Element | None) -> bool:
    """Whether this is a content control that is a box to tick."""
    return local(control) == "sdt" and child(child(control, "sdtPr"), "checkbox") is not None


def prompt(pieces: Sequence[Piece]) -> list[Piece]:
    """What a control asks for, told from an answer."""
    words = plain(pieces)
    return [Piece(f"[prompt: {words}]")] if words else []


def _letters(element: Element | None) -> str:
    """The letters of a part of the text, without what stands between them."""
    return "" if element is None else "".join("".join(one.text or "" for one in inside(element, "t")).split())
