"""HTML, from a file or from another reader, as Markdown in which every word of it stands."""
# ruff: noqa: ARG002  # the library calls each method with the tag, its text and the names around it

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from bs4.element import Comment, Doctype, NavigableString, PageElement, ProcessingInstruction, Tag
from markdownify import MarkdownConverter

from markterm.evidence.converted import Place
from markterm.evidence.readers.escape import escape_inline, escape_line_start, markdown_link, markdown_table
from markterm.evidence.readers.markup_tree import BLOCKS, MarkupTree
from markterm.evidence.readers.tick_box import tick_box

# Signs that are taken out of what is read. They are no white space, or the library would strip them.
_CELL_END, _ROW_END, _PLACE = "\x01", "\x02", "\x03"
_END = re.compile(r"</(script|style|textarea|title)\s[^<>]*>", re.IGNORECASE)
_OURS = re.compile("[\x01-\x03]")
_PLACES = re.compile(f"{_PLACE}([^{_PLACE}]*){_PLACE} ?")

# What begins a line here is the heading's own mark, or nothing that Markdown reads.
_NO_LINE_STARTS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "_noformat"))
_MOST_SPAN = 200
"""Columns or rows that one cell may cover; what asks for more was not made by hand."""
_MOST_IN_ROW, _MOST_ADDED = 500, 20_000
"""Empty cells that are added in a row, and in all the tables of a page, where others reach."""


def markdown_of(html: str | bytes, places: str = "") -> tuple[str, tuple[Place, ...], BeautifulSoup]:
    """The Markdown of `html`, the places in it, and its tags for whoever wants to know more about them.

    An anchor whose `id` is `places` followed by a label begins the place of that label; `places` has to be something
    that no file can know. Nothing is fetched; scripts and styles are left out.
    """
    # The parser ends a script or a style only where nothing else stands in the tag, and would take the page for it.
    soup = MarkupTree(_END.sub(r"</\1>", html) if isinstance(html, str) else html, "html.parser")
    _prepare(soup)
    marked = _Markdown(places).convert_soup(soup)
    lines = []
    found: list[Place] = []
    for number, line in enumerate(marked.split("\n")):
        found.extend(Place(number, label) for label in _PLACES.findall(line))
        lines.append(_PLACES.sub("", line))
    return "\n".join(lines), tuple(found), soup


def _prepare(soup: BeautifulSoup) -> None:
    """Bring the tree into a form in which a block is one line and a table is rows of single cells."""
    for text in list(soup.find_all(string=True)):
        if type(text) is NavigableString and _OURS.search(text):
            text.replace_with(_OURS.sub("\ufffd", text))
        elif isinstance(text, (ProcessingInstruction, Doctype)):
            text.extract()  # Words to a program, such as `<?xml version="1.0"?>`.
    for caption in list(soup.find_all("caption")):
        table = caption.find_parent("table")
        if table is not None:
            caption.name = "p"
            table.insert_before(caption.extract())
    room = _MOST_ADDED
    # The innermost first: a table in a cell becomes lines, for Markdown has no such thing.
    for table in reversed(list(soup.find_all("table"))):
        if table.find_parent(["td", "th"]) is not None:
            _flatten(table)
        else:
            room -= _split_cells(soup, table, room)
    soup.smooth()


def _flatten(table: Tag) -> None:
    for cell in table.find_all(["td", "th"]):
        if cell.find_next_sibling(["td", "th"]) is not None:
            cell.append("; ")
        cell.name = "span"
    for row in table.find_all("tr"):
        row.name = "p"
    table.name = "div"


def _split_cells(soup: BeautifulSoup, table: Tag, room: int) -> int:
    """An empty cell wherever another one reaches, so that each stands in its own column: as many as there is `room`
    for. How many they are."""
    added = 0
    reaching: dict[int, int] = {}
    for row in table.find_all("tr"):
        column = 0
        most = min(added + _MOST_IN_ROW, room)
        for cell in row.find_all(["td", "th"], recursive=False):
            while reaching.get(column, 0) and added < most:
                reaching[column] -= 1
                cell.insert_before(soup.new_tag("td"))
                column += 1
                added += 1
            width, height = min(_span(cell, "colspan"), most - added + 1), _span(cell, "rowspan")
            for place in range(column, column + width):
                reaching[place] = height - 1
            for _ in range(width - 1):
                cell.insert_after(soup.new_tag("td"))
            column += width
            added += width - 1
        for place, rows in list(reaching.items()):
            if place >= column and rows:
                reaching[place] -= 1
    return added


def _span(cell: Tag, name: str) -> int:
    text = str(cell.get(name, ""))
    return min(max(int(text), 1), _MOST_SPAN) if text.isascii() and text.isdigit() else 1


class _Markdown(MarkdownConverter):
    """The library's converter, where it would lose words, take text for markup, or follow an address."""

    def __init__(self, places: str) -> None:
        super().__init__(heading_style="atx", bullets="-", wrap=True, wrap_width=None)
        self._places = places

    def process_text(self, el: NavigableString, parent_tags: set[str] | None = None) -> str:
        """The words of a text, escaped no more than its place asks for."""
        text: str = super().process_text(el, parent_tags)  # type: ignore[misc]  # left out of the library's types
        at_start = not _NO_LINE_STARTS.intersection(parent_tags or ()) and _begins_line(el)
        return escape_line_start(text) if at_start else text

    def escape(self, text: str, parent_tags: set[str]) -> str:
        """Running text."""
        return escape_inline(text)

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """The words, and where the link leads unless that is within the file. It is shown and never followed."""
        name = str(el.get("id") or "")
        mark = ""
        if self._places and name.startswith(self._places):
            mark = f"{_PLACE}{name.removeprefix(self._places)}{_PLACE}"
        address = _attribute(el, "href")
        if "_noformat" in parent_tags or not address or address.startswith("#"):
            return mark + text
        words = text.strip()
        if words in ("", escape_inline(address), escape_inline(address.removeprefix("mailto:"))):
            return mark + (text or escape_inline(address))
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        return f"{mark}{before}{markdown_link(words, address)}{after}"

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """What the picture is said to show. It is not opened."""
        words = _attribute(el, "alt") or _attribute(el, "title") or "no description"
        return f"[image: {escape_inline(words)}]{text}"

    def convert_input(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """What was filled in or ticked."""
        kind = str(el.get("type") or "text").lower()
        if kind in ("checkbox", "radio"):
            return f"{tick_box(el.has_attr('checked'))} {text}"
        return escape_inline(_attribute(el, "value")) + text

    def convert_option(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """A choice, with whether it was taken."""
        return f"{tick_box(el.has_attr('selected'))} {text.strip()} "

    def convert_textarea(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """What was typed."""
        return f" {text.strip()} "

    def convert_iframe(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Its address, which is not opened, and the words that stand in for it."""
        address = _attribute(el, "src") or _attribute(el, "data")
        return f"[embedded, not opened: {escape_inline(address)}]{text}"

    convert_embed = convert_object = convert_video = convert_audio = convert_iframe

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Lines as they stand, in a fence longer than any of theirs."""
        if "_inline" in parent_tags:
            return f" {escape_inline(' '.join(text.split()))} "
        text = text.strip("\n")
        longest = max((len(run) for run in re.findall("`+", text)), default=0)
        fence = "`" * max(longest + 1, 3)
        return f"\n\n{fence}\n{text}\n{fence}\n\n" if text else ""

    def convert_code(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Code in a line. In a cell even there a bar would end it."""
        code: str = super().convert_code(el, text, parent_tags)  # type: ignore[misc]  # left out of its types
        return code.replace("|", "\\|") if parent_tags & {"td", "th"} else code

    convert_kbd = convert_samp = convert_code

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: N802 - the library's name
        """A heading; in a cell it is words that stand apart from those before and after."""
        if "_inline" in parent_tags:
            return f" {text.strip()} "
        heading: str = super().convert_hN(n, el, text, parent_tags)  # type: ignore[misc]  # left out of its types
        return heading

    def convert_dt(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """A term, as a paragraph."""
        words = text.strip()
        return f" {words} " if "_inline" in parent_tags else f"\n\n{words}\n\n"

    convert_dd = convert_title = convert_dt

    def convert_td(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """A cell, in one line."""
        return f"{' '.join(text.split())}{_CELL_END}"

    convert_th = convert_td

    def convert_tr(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """A row."""
        return f"{text}{_ROW_END}"

    def convert_table(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """The rows. The first is the header when it is marked as one, which few writers do, or all of it is filled."""
        rows = [row.split(_CELL_END) for row in text.strip().split(_ROW_END)]
        beyond = " ".join(rows.pop()[0].split())
        grid = [[" ".join(cell.split()) for cell in (*row[:-1], *filter(str.strip, row[-1:]))] for row in rows]
        grid = [row for row in grid if any(row)]
        first = el.find("tr")
        is_marked = isinstance(first, Tag) and first.find("th") is not None
        header = len(grid) > 1 and (is_marked or (all(grid[0]) and len(grid[0]) == max(map(len, grid))))
        return f"\n\n{markdown_table(grid, header)}\n\n{beyond}\n\n"


def _attribute(tag: Tag, name: str) -> str:
    return " ".join(_OURS.sub("\ufffd", str(tag.get(name) or "")).split())


def _begins_line(text: PageElement) -> bool:
    """Whether nothing stands before `text` in its line."""
    place = text
    while True:
        before = place.previous_sibling
        while before is not None and not _shows(before):
            before = before.previous_sibling
        if before is not None:
            return isinstance(before, Tag) and (before.name == "br" or before.name in BLOCKS)
        parent = place.parent
        if parent is None or parent.name in BLOCKS:
            return True
        place = parent


def _shows(element: PageElement) -> bool:
    if isinstance(element, Tag):
        return element.name in BLOCKS or element.name in ("br", "img", "input") or bool(element.get_text(strip=True))
    return not isinstance(element, Comment) and bool(str(element).strip())
