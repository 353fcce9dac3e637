"""The text of an OpenDocument as HTML: paragraphs, lists, tables, what is drawn, notes, comments, fields of forms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from markterm.evidence.converted import Attachment
from markterm.evidence.readers.attached import Attached
from markterm.evidence.readers.odf.document import (
    Element,
    OpenDocument,
    attribute,
    count,
    long,
    name,
    truth,
    within,
    words_of,
)
from markterm.evidence.readers.odf.embedded import Embedded
from markterm.evidence.readers.odf.forms import fields, mark_of
from markterm.evidence.readers.odf.kinds import DRAWN, HIDES, UNSEEN
from markterm.evidence.readers.odf.lists import Counting, Item, nested
from markterm.evidence.readers.odf.styles import Look, Styles
from markterm.evidence.readers.raised import in_place
from markterm.evidence.readers.symbols import text_shown
from markterm.evidence.readers.tick_box import tick_box

_MOST_REPEATED = 100
_MOST_CELLS = 5_000
"""That come of repeating rows and cells."""
_MOST_SPACES = 100
_DEEPEST_LIST = 10
HIDDEN = "Text that the document hides is shown."


class OdfText:
    """An OpenDocument's words, written in one walk; notes are kept for the end, files inside it in `attached`."""

    def __init__(self, document: OpenDocument, token: str, *, of_pages: bool = False) -> None:
        self.hidden = False
        """Whether something is shown that the document hides."""
        self.repeats_cut = False
        """Whether something that the document repeats very often is shown less often."""
        self._embedded = Embedded(document, Attached())
        self._fields = {} if of_pages else fields(document.content)
        self._placed: set[str] = set()
        self._styles = Styles(document, of_pages=of_pages)
        self.token = token
        self._within = ""  # what is counted as no paragraph: a header, a footer, the notes
        self._paragraphs = 0
        self._cells = 0
        self._in_cell = 0
        self._label = ""  # the number of a list's item, for the paragraph that comes next
        self._font = ""
        self._place = ""  # whether the letters stand above or below the line
        self._ends: list[str] = []
        # Some programs leave deleted passages where they stood, between two marks.
        self._deletions = {
            attribute(region, "text:id") or attribute(region, "xml:id")
            for region in within(document.content, "text:changed-region")
            if region.find(long("text:deletion")) is not None
        }
        self._gone: set[str] = set()  # the deletions that the walk is in
        self._outline = Counting()
        self._counted: dict[str, Counting] = {}  # by the list's own name and by its style

    @property
    def attached(self) -> list[Attachment]:
        """The files inside, as far as the walk has come."""
        return self._embedded.attached.files

    def notes(self) -> list[str]:
        """What the assessor has to know, one sentence each."""
        notes = [HIDDEN] if self.hidden else []
        if self.repeats_cut:
            notes.append("What the document repeats very often is shown less often.")
        return [*notes, *self._embedded.notes()]

    def of_pages(self, document: OpenDocument) -> OdfText:
        """The same walk for what stands on the pages, whose styles are others."""
        pages = OdfText(document, self.token, of_pages=True)
        pages._embedded, pages._fields, pages._placed = self._embedded, self._fields, self._placed
        return pages

    def counted_as(self, label: str) -> None:
        """From here on the place is `label`; with an empty one, paragraphs are counted."""
        self._within = label

    def ends(self) -> str:
        """The notes and comments, in the order of their marks."""
        ends, self._ends = "".join(self._ends), []
        return ends

    def unplaced_fields(self) -> str:
        """Fields of forms that stand nowhere in the text, as a list."""
        items = [
            f"<li>Form field {escape(field.name or 'without a name')}: {escape(field.value)}</li>"
            for key, field in self._fields.items()
            if key not in self._placed and field.value
        ]
        return f"<ul>{''.join(items)}</ul>" if items else ""

    def blocks(self, parent: Iterable[Element]) -> str:
        """The blocks in `parent`, or these. Lists in a row become one: some write each item so."""
        parts: list[str] = []
        items: list[Item] = []
        for child in parent:
            if name(child) == "text:list":
                items.extend(self._items(child, "", 1, None))
                continue
            block = self._block(child)
            if block and items:
                parts.append(nested(items))
                items = []
            parts.append(block)
        parts.append(nested(items))
        return "".join(parts)

    def words(self, element: Element) -> str:
        """The words in a paragraph or what else holds words."""
        parts = [self._plain(element.text)]
        for child in element:
            parts.append(self._inline(child))
            parts.append(self._plain(child.tail))
        return "".join(parts)

    def comment(self, comment: Element) -> str:
        """The mark of a comment, which is kept for the end."""
        author = comment.findtext(long("dc:creator"), "")
        answered = attribute(comment, "loext:parent-name")
        mark = f"[comment {author}{', an answer' if answered else ''}]"
        self._add_end(mark, [child for child in comment if name(child) in ("text:p", "text:list")])
        return escape(mark)

    def notes_in(self, deleted: Element) -> None:
        """Keep the notes and comments of a passage that was deleted: somebody wrote them all the same."""
        for part in within(deleted, "office:annotation", "text:note"):
            if name(part) == "text:note":
                self._note(part)
            else:
                self.comment(part)

    def _plain(self, text: str | None) -> str:
        if not text or self._gone:
            return ""
        return escape(in_place(text_shown(self._font, text) if self._font else text, self._place))

    def _pass_change(self, element: Element) -> None:
        change = attribute(element, "text:change-id")
        if name(element) == "text:change-start" and change in self._deletions:
            self._gone.add(change)
        else:
            self._gone.discard(change)

    def _block(self, element: Element) -> str:
        kind = name(element)
        if kind in UNSEEN:
            return ""
        match kind:
            case "text:h":
                return self._heading(element)
            case "text:p":
                return self._paragraph(element)
            case "text:list":
                return nested(self._items(element, "", 1, None))
            case "text:numbered-paragraph":
                return self.blocks(element)
            case "table:table":
                return f"<table>{''.join(self._rows(element, 'td'))}</table>"
            case "text:section":
                # With a condition it says besides whether that hides it now.
                self._see_hidden(attribute(element, "text:display") == "none" or truth(element, "text:is-hidden"))
                return self.blocks(element)
            case "text:change-start" | "text:change-end":
                self._pass_change(element)
                return ""
            case "office:annotation":
                return f"<p>{self.comment(element)}</p>"
            case _ if kind in DRAWN:
                drawn = self._drawing(element)
                return f"<p>{drawn}</p>" if drawn.strip() else ""
            case _:
                return self.blocks(element)

    def _see_hidden(self, is_hidden: bool) -> None:
        self.hidden = self.hidden or is_hidden

    def _heading(self, element: Element) -> str:
        depth = count(element, "text:outline-level")
        if not self._label and not truth(element, "text:is-list-header"):
            start = attribute(element, "text:start-value") if truth(element, "text:restart-numbering") else ""
            levels = self._styles.outline
            self._outline.next(depth, levels, int(start) if start.isascii() and start.isdigit() else None)
            self._label = self._outline.label(depth, levels)
        level = min(depth, 6)
        words = self._marked(element)
        return f"<h{level}>{words}</h{level}>" if words else ""

    def _paragraph(self, element: Element) -> str:
        words = self._marked(element)
        return f"<p>{words}</p>" if words else ""

    def _marked(self, element: Element) -> str:
        """The words of a paragraph with its place before them; empty where it has none."""
        label, self._label = self._label, ""
        counted = self._paragraphs
        mark = self._mark()
        words = self._styled(element, self._styles.look("paragraph", attribute(element, "text:style-name")))
        if not words.strip():
            self._paragraphs = counted
            return ""
        return f"{mark}{escape(label)} {words}" if label else f"{mark}{words}"

    def _mark(self) -> str:
        if not self._within:
            self._paragraphs += 1
        return f'<a id="{self.token}{escape(self._within) or f"paragraph {self._paragraphs}"}"></a>'

    def _styled(self, element: Element, look: Look) -> str:
        font, place = self._font, self._place
        self._font, self._place = look.font or font, look.place or place
        words = self.words(element)
        self._font, self._place = font, place
        if words.strip():
            self._see_hidden(look.hidden)
            if look.struck:
                return f"<s>{words}</s>"
        return words

    def _items(self, element: Element, style: str, depth: int, counting: Counting | None) -> Iterator[Item]:
        """The items of a list and of those inside it, in their order."""
        style = attribute(element, "text:style-name") or style or self._style_of_first(element)
        if counting is None:
            counting = self._begun(element, style)
        levels = self._styles.levels(style)
        level = self._styles.level(style, depth)
        for item in element:
            if name(item) not in ("text:list-item", "text:list-header"):
                continue
            first = next((name(child) for child in item), "")
            number = 0
            # An item that holds nothing but a list is there for the depth alone, and is not counted.
            is_counted = first != "text:list" and name(item) == "text:list-item"
            if is_counted:
                start = attribute(item, "text:start-value")
                number = counting.next(depth, levels, int(start) if start.isascii() and start.isdigit() else None)
                is_plain = level.is_plain and first != "text:h"
                self._label = "" if is_plain else counting.label(depth, levels)
                number = number if is_plain else 0
            kind = "h" if first == "text:h" else "li" if is_counted else ""
            words = ""
            for child in item:
                if name(child) == "text:list":
                    if words:
                        yield Item(depth, kind, number, words)
                    kind, words = "", ""
                    yield from self._items(child, style, min(depth + 1, _DEEPEST_LIST), counting)
                else:
                    words += self._block(child)
            self._label = ""
            if words:
                yield Item(depth, kind, number, words)
            elif is_counted and self._in_cell:  # a column that numbers the rows
                yield Item(depth, "h", 0, f" {escape(counting.label(depth, levels))} ")
        for key in (style, attribute(element, "xml:id")):
            if key and depth == 1:
                self._counted[key] = counting

    def _style_of_first(self, element: Element) -> str:
        first = next(within(element, "text:p", "text:h"), None)
        return "" if first is None else self._styles.list_of(attribute(first, "text:style-name"))

    def _begun(self, element: Element, style: str) -> Counting:
        continued = attribute(element, "text:continue-list")
        if not continued and truth(element, "text:continue-numbering"):
            continued = style
        return self._counted.get(continued) or Counting()

    def _rows(self, table: Element, cell_tag: str) -> Iterator[str]:
        for child in table:
            kind = name(child)
            if kind == "table:table-header-rows":
                yield from self._rows(child, "th")
            elif kind == "table:table-row":
                cells = "".join(self._row(child, cell_tag))
                if cells:
                    self._see_hidden(attribute(child, "table:visibility") in ("collapse", "filter"))
                    yield f"<tr>{cells}</tr>" * self._times(child, "table:number-rows-repeated", cells.count("</t"))
            elif kind == "table:title" or kind == "table:desc":
                continue
            elif kind not in UNSEEN:
                yield from self._rows(child, cell_tag)

    def _row(self, row: Element, tag: str) -> Iterator[str]:
        """The cells up to the last that is filled: sheets pad their rows with thousands that are not."""
        waiting = 0
        for cell in row:
            if name(cell) not in ("table:table-cell", "table:covered-table-cell"):
                continue
            self._in_cell += 1
            words = self.blocks(cell)
            self._in_cell -= 1
            if not words:
                waiting += count(cell, "table:number-columns-repeated")
                continue
            self._see_hidden(name(cell) == "table:covered-table-cell")
            yield f"<{tag}></{tag}>" * min(waiting, _MOST_REPEATED)
            yield f"<{tag}>{words}</{tag}>" * self._times(cell, "table:number-columns-repeated", 1)
            waiting = 0
        yield f"<{tag}></{tag}>" * min(waiting, _MOST_REPEATED)

    def _times(self, element: Element, wanted: str, cells: int) -> int:
        """How often something is shown that says how often it stands there: within what a page can have."""
        asked = count(element, wanted)
        times = min(asked, _MOST_REPEATED, 1 + max(_MOST_CELLS - self._cells, 0) // max(cells, 1))
        self._cells += (times - 1) * cells
        self.repeats_cut = self.repeats_cut or times < asked
        return times

    def _inline(self, element: Element) -> str:
        kind = name(element)
        if kind in UNSEEN:
            return ""
        match kind:
            case "text:span":
                return self._styled(element, self._styles.look("text", attribute(element, "text:style-name")))
            case "text:s":
                return " " * min(count(element, "text:c"), _MOST_SPACES)
            case "text:tab":
                return " "
            case "text:line-break":
                return "<br>"
            case "text:a":
                return f'<a href="{escape(attribute(element, "xlink:href"))}">{self.words(element)}</a>'
            case "text:note":
                return self._note(element)
            case "text:change-start" | "text:change-end":
                self._pass_change(element)
                return ""
            case "office:annotation":
                return self.comment(element)
            case "text:ruby":
                return self.words(element)
            case "text:ruby-text":
                return f" ({self.words(element)})"
            case "field:fieldmark" | "field:fieldmark-start":
                return escape(mark_of(element) or "") + self.words(element)
            case "loext:content-control" if truth(element, "loext:checkbox"):
                return tick_box(truth(element, "loext:checked"))
            case "loext:content-control" if truth(element, "loext:showing-place-holder"):
                words = self.words(element)
                return f"[prompt: {words}]" if words.strip() else ""
            case "text:drop-down" if not words_of(element):
                labels = (label for label in within(element, "text:label") if truth(label, "text:current-selected"))
                return escape(", ".join(attribute(label, "text:value") for label in labels))
            case _ if kind in HIDES:
                self._see_hidden(truth(element, "text:is-hidden"))
                return self.words(element) or self._plain(attribute(element, "text:string-value"))
            case "text:p" | "text:h" | "text:list" | "table:table" | "text:section":
                return f" {self._block(element)} "
            case _ if kind in DRAWN:
                return self._drawing(element)
            case _:
                return self.words(element)

    def _note(self, note: Element) -> str:
        citation = note.find(long("text:note-citation"))
        mark = "" if citation is None else "".join(citation.itertext())
        body = note.find(long("text:note-body"))
        self._add_end(f"[{mark}]", [] if body is None else list(body))
        return f"[{escape(mark)}]"

    def _add_end(self, mark: str, blocks: list[Element]) -> None:
        """Keep what a mark in the text stands for, to be shown after it."""
        within, self._within = self._within, self._within or "notes"
        font, self._font = self._font, ""
        place, self._place = self._place, ""
        gone, self._gone = self._gone, set()
        words = "".join(self._block(block) for block in blocks)
        self._ends.append(f"<p>{self._mark()}{escape(mark)}</p>{words}")
        self._within, self._font, self._place, self._gone = within, font, place, gone

    def _drawing(self, element: Element) -> str:
        """What is drawn: its words, its description, the file or formula inside it, the field of a form."""
        kind = name(element)
        if self._gone:
            return ""
        if kind == "draw:control":
            key = attribute(element, "draw:control")
            self._placed.add(key)
            field = self._fields.get(key)
            return "" if field is None else self._lines(field.shown)
        if kind == "draw:a":
            words = "".join(self._drawing(child) if name(child) in DRAWN else self._inline(child) for child in element)
            address = escape(attribute(element, "xlink:href"))
            return f'<a href="{address}">{words if words.strip() else address}</a>'
        said = element.findtext(long("svg:desc"), "") or element.findtext(long("svg:title"), "")
        if kind == "draw:frame":
            return self._framed(element, said)
        return f'{self.words(element)} <img alt="{escape(said)}">' if said else self.words(element)

    def _framed(self, frame: Element, said: str) -> str:
        """The first thing in a frame that can be read: what follows it are pictures of the same."""
        for child in frame:
            kind = name(child)
            if kind == "draw:text-box" or kind == "table:table":
                return f" {self.blocks(child) if kind == 'draw:text-box' else self._block(child)} "
            if kind in ("draw:object", "draw:object-ole"):
                return self._object(child, said or attribute(frame, "draw:name"))
            if kind == "draw:image":
                words = self.blocks(child)  # some programs put a caption there
                return f'<img alt="{escape(said)}">{words}'
            if kind in ("draw:plugin", "draw:floating-frame", "draw:applet"):
                return self._embedded.linked(child, said)
        return self.words(frame)

    def _object(self, element: Element, called: str) -> str:
        inner = self._embedded.drawing(element)
        if inner is None:
            return self._embedded.shown(element, called)
        walk = OdfText(inner, self.token)
        walk._embedded = self._embedded
        walk._within = self._within or f"paragraph {self._paragraphs}"
        words = walk.blocks(inner.body)
        self._ends.extend(walk._ends)
        return f" {words} "

    @staticmethod
    def _lines(text: str) -> str:
        return "<br>".join(escape(line) for line in text.split("\n"))
