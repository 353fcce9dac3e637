"""OpenDocument presentations, and drawings: each slide with its title, lists, tables, charts, notes and comments."""

from __future__ import annotations

import secrets
from html import escape

from markterm.evidence.converted import Converted
from markterm.evidence.readers.markup import markdown_of
from markterm.evidence.readers.odf.document import (
    Element,
    OpenDocument,
    attribute,
    name,
    own_words,
    truth,
    within,
    words_of,
)
from markterm.evidence.readers.odf.styles import Styles
from markterm.evidence.readers.odf.text import OdfText

_NUMBERS = frozenset({"page-number", "date-time", "page", "handout"})
"""Kinds of placeholders whose words the program makes."""
_MARGINS = ("presentation:header-decl", "presentation:footer-decl", "presentation:date-time-decl")


def converted(document: OpenDocument) -> Converted:
    """The slides of `document`, hidden ones too. Raises NotReadable."""
    slides = _Slides(document)
    html = [slides.slide(page, number) for number, page in enumerate(slides.pages, 1)]
    html.append(slides.on_every())
    markdown, places, _ = markdown_of("".join(html), slides.text.token)
    notes = (*document.notes, *slides.notes, *slides.text.notes())
    return Converted(markdown, places, notes, len(slides.pages), tuple(slides.text.attached))


class _Slides:
    def __init__(self, document: OpenDocument) -> None:
        self.notes: list[str] = []
        self.text = OdfText(document, secrets.token_hex(8))
        self.pages = [child for child in document.body if name(child) == "draw:page"]
        self._document = document
        self._styles = Styles(document)
        self._is_show = name(document.body) == "office:presentation"

    def slide(self, page: Element, number: int) -> str:
        """A slide as HTML."""
        kind = "slide" if self._is_show else "page"
        style = attribute(page, "draw:style-name")
        is_hidden = (
            self._styles.value("drawing-page", style, "style:drawing-page-properties", "presentation:visibility")
            == "hidden"
        )
        if is_hidden:
            self.notes.append(f"Slide {number} is hidden in the presentation, and shown here.")
        title = next((shape for shape in page.iter() if _is_title(shape)), None)
        self.text.counted_as(f"{kind} {number}")
        lines = [] if title is None else [self.text.words(line) for line in within(title, "text:p", "text:h")]
        words = " ".join(lines).replace("<br>", " ").strip() or f"{kind.capitalize()} {number}"
        heading = f"{words}{' (hidden slide)' if is_hidden else ''}"
        html = [f'<h1><a id="{self.text.token}{kind} {number}"></a>{heading}</h1>']
        notes: list[Element] = []
        for child in page:
            if name(child) == "presentation:notes":
                notes.append(child)
            elif child is not title and attribute(child, "presentation:class") not in _NUMBERS:
                html.append(self.text.blocks((child,)))
        html.append(self.text.ends())
        for child in notes:
            shapes = [shape for shape in child if attribute(shape, "presentation:class") not in _NUMBERS]
            if any(map(words_of, shapes)):
                html.append(f"<p><b>Notes:</b></p>{self.text.blocks(shapes)}{self.text.ends()}")
        return "".join(html)

    def on_every(self) -> str:
        """The words that stand on the master slides that are used, and the footers, each once."""
        said: dict[str, None] = {}
        for decl in within(self._document.body, *_MARGINS):
            if words := words_of(decl):
                said[f"<p>{escape(words)}</p>"] = None
        used = {attribute(page, "draw:master-page-name") for page in self.pages}
        pages = self.text.of_pages(self._document)
        pages.counted_as("every slide")
        for master in within(self._document.styles, "style:master-page"):
            if attribute(master, "style:name") in used:
                for shape in master:
                    if (
                        name(shape).startswith("draw:")
                        and not attribute(shape, "presentation:class")
                        and own_words(shape)
                    ):
                        said[pages.blocks((shape,))] = None
        html = "".join(said)
        place = f'<a id="{self.text.token}every slide"></a>'
        return (
            f"<p>{place}<b>On every slide:</b></p>{html}{self.text.unplaced_fields()}"
            if html
            else self.text.unplaced_fields()
        )


def _is_title(shape: Element) -> bool:
    # One with words in it.
    is_title = attribute(shape, "presentation:class") == "title" and not truth(shape, "presentation:placeholder")
    return is_title and bool(words_of(shape))
