"""Drawings of Office files (DrawingML): shapes, the words in them, and what pictures are said to show.

Slides and sheets have the same shapes under other names, so elements are known by their local names here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from markterm.evidence.readers.escape import escape_inline, link, markdown_table, struck
from markterm.evidence.readers.office import RELATIONS, OfficeFile, is_on, number
from markterm.evidence.readers.raised import in_place
from markterm.evidence.readers.symbols import is_symbol_font, text_shown
from markterm.evidence.readers.tick_box import TELLING

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FIELDS_OF_NOBODY = ("slidenum", "datetime")
"""Fields that the program fills: the number of the slide, the date of today."""
_PRIVATE = re.compile("[\uf000-\uf0ff]")
_SEEN = frozenset({"t", "blip", "chart", "relIds", "tbl", "oleObj"})


class _Piece(NamedTuple):
    text: str
    address: str = ""
    is_struck: bool = False

    @property
    def shown(self) -> str:
        """As Markdown."""
        words = link(self.text, self.address)
        return struck(words) if self.is_struck else words


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of drawn text that is not empty."""

    lines: tuple[str, ...]
    """Each escaped within, and not at its start."""
    level: int
    bullet: bool | None
    """None where the shape or its layout decides."""
    numbered: str = ""
    """The form of its number where it has one, as `arabicPeriod`."""
    first: int = 1
    """The number that its list begins with."""

    @property
    def text(self) -> str:
        """All of it in one line."""
        return " ".join(self.lines)


@dataclass(frozen=True, slots=True)
class Drawings:
    """Reads the shapes of one part: it knows where links lead."""

    office: OfficeFile
    part: str

    def paragraphs(self, element: Any) -> list[Paragraph]:
        """The paragraphs in `element` that have words."""
        found = (self._paragraph(each) for each in element.iter(f"{DRAWING}p"))
        return [paragraph for paragraph in found if paragraph.lines]

    def words(self, element: Any) -> str:
        """All the words in `element` in one line, escaped."""
        return " ".join(paragraph.text for paragraph in self.paragraphs(element))

    def table(self, element: Any) -> str:
        """A drawn table as Markdown; cells that are merged stand in their first."""
        rows = []
        for row in element.iter(f"{DRAWING}tr"):
            cells = row.findall(f"{DRAWING}tc")
            spanned = (is_on(cell.get("hMerge")) or is_on(cell.get("vMerge")) for cell in cells)
            rows.append(["" if gone else self.words(cell) for cell, gone in zip(cells, spanned, strict=True)])
        facts = element.find(f"{DRAWING}tblPr")
        return markdown_table(rows, header=facts is not None and is_on(facts.get("firstRow")))

    def address(self, element: Any) -> str:
        """Where a shape as a whole, or a run, leads to outside the file; empty where that is nowhere."""
        for each in element.iter(f"{DRAWING}hlinkClick", f"{DRAWING}hlinkHover"):
            relation = self.office.target(self.part, each.get(f"{RELATIONS}id"))
            if relation is not None and relation.external:
                return relation.target
        return ""

    def address_of_shape(self, shape: Any) -> str:
        """Where a click on a whole shape leads to outside the file; empty where that is nowhere."""
        about = named(shape)
        return "" if about is None else self.address(about)

    def _paragraph(self, element: Any) -> Paragraph:
        lines: list[list[_Piece]] = [[]]
        for child in _chosen(element):
            name = local(child)
            if name == "br":
                lines.append([])
            elif name == "r" or (name == "fld" and not (child.get("type") or "").startswith(_FIELDS_OF_NOBODY)):
                facts = child.find(f"{DRAWING}rPr")
                text = "".join(each.text or "" for each in child.iterfind(f"{DRAWING}t"))
                address = "" if facts is None else self.address(facts)
                is_struck = facts is not None and facts.get("strike", "noStrike") != "noStrike"
                text = in_place(_in_fonts(facts, text), _place(facts))
                for number_of_line, words in enumerate(text.split("\v")):
                    if number_of_line:
                        lines.append([])
                    _append(lines[-1], _Piece(words, address, is_struck))
            elif name == "m" or child.tag.startswith(_MATH):
                _append(lines[-1], _Piece(formula(child)))
        shown = (" ".join("".join(piece.shown for piece in line).split()) for line in lines)
        facts = element.find(f"{DRAWING}pPr")
        kept = [line for line in shown if line]
        mark = _mark(facts)
        if kept and mark:
            kept[0] = f"{mark} {kept[0]}"
        level = 0 if facts is None else min(max(number(facts.get("lvl")), 0), 8)
        numbers = None if facts is None else facts.find(f"{DRAWING}buAutoNum")
        if numbers is None:
            return Paragraph(tuple(kept), level, bullet(facts))
        first = max(number(numbers.get("startAt"), 1), 1)
        return Paragraph(tuple(kept), level, True, numbers.get("type") or "arabicPeriod", first)


def local(element: Any) -> str:
    """The name of an element without its namespace; empty for what is none."""
    return str(element.tag.rpartition("}")[2]) if isinstance(element.tag, str) else ""


def shapes(tree: Any) -> Iterator[Any]:
    """The shapes in `tree` in their order, and of two forms of a shape the newer one.

    Those of a group come one by one, and after them what names and describes the group as a whole.
    """
    for element in _chosen(tree):
        name = local(element)
        if name in ("grpSp", "lockedCanvas"):
            yield from shapes(element)
            yield from element.iterfind("{*}nvGrpSpPr")
        elif name not in ("nvGrpSpPr", "grpSpPr", "extLst", "clientData", "from", "to", "ext", "pos"):
            yield element


def named(shape: Any) -> Any | None:
    """The element that names and describes a shape."""
    return next((each for each in shape.iter() if local(each) in ("cNvPr", "docPr")), None)


def description(shape: Any) -> str:
    """What a shape is said to show: its alternative text; empty where it has none."""
    about = named(shape)
    return "" if about is None else " ".join((about.get("descr") or about.get("title") or "").split())


def name_of(shape: Any) -> str:
    """The name of a shape, as `Picture 3`."""
    about = named(shape)
    return "" if about is None else " ".join((about.get("name") or "").split())


def is_unseen(shape: Any) -> bool:
    """Whether a shape, or a group that it is in, was hidden by whoever drew it."""
    heads = [named(shape), *(each.find("{*}nvGrpSpPr/{*}cNvPr") for each in shape.iterancestors("{*}grpSp"))]
    return any(head is not None and is_on(head.get("hidden")) for head in heads)


def image(words: str) -> str:
    """A picture that is said to show `words`, which are plain."""
    return f"[image: {escape_inline(words) or 'no description'}]"


def formula(element: Any) -> str:
    """A formula (Office Math) in one line: `(a)/(b)`, `x^(2)`, `√(x)`."""
    name = local(element)
    if name == "t":
        return element.text or ""
    parts = {local(child): formula(child) for child in element}
    if name == "f":
        return f"{_bounded(parts.get('num', ''))}/{_bounded(parts.get('den', ''))}"
    if name in ("sSup", "sSub", "sSubSup", "nary"):
        sign = _character(element, "∫") if name == "nary" else ""
        below = f"_{_bounded(parts['sub'])}" if parts.get("sub") else ""
        above = f"^{_bounded(parts['sup'])}" if parts.get("sup") else ""
        return f"{sign or parts.get('e', '')}{below}{above}{parts.get('e', '') if sign else ''}"
    if name == "rad":
        return f"{parts.get('deg', '')}√({parts.get('e', '')})"
    if name == "d":
        return f"({', '.join(formula(child) for child in element if local(child) == 'e')})"
    return "".join(formula(child) for child in element)


def _bounded(words: str) -> str:
    return words if len(words) < 2 else f"({words})"


def _character(element: Any, otherwise: str) -> str:
    found = next((each for each in element.iter(f"{_MATH}chr")), None)
    return otherwise if found is None else found.get(f"{_MATH}val") or otherwise


def _chosen(element: Any) -> Iterator[Any]:
    """The children of an element, of two forms of the same the one that is for newer programs."""
    for child in element:
        if local(child) == "AlternateContent":
            forms = [form for form in child if local(form) in ("Choice", "Fallback")]
            best = next((form for form in forms if _has_something(form)), forms[0] if forms else None)
            if best is not None:
                yield from _chosen(best)
        elif isinstance(child.tag, str):
            yield child


def _has_something(element: Any) -> bool:
    return any(local(each) in _SEEN for each in element.iter())


def _append(line: list[_Piece], piece: _Piece) -> None:
    """One more piece of a line; it grows the one before it that looks the same."""
    if line and line[-1][1:] == piece[1:]:
        line[-1] = line[-1]._replace(text=line[-1].text + piece.text)
    elif piece.text:
        line.append(piece)


def _in_fonts(facts: Any | None, text: str) -> str:
    """`text` as the fonts of its run show it. The one for symbols is only for letters that no other font has."""
    if facts is None:
        return text
    own, symbols = (_typeface(facts, tag) for tag in ("latin", "sym"))
    if is_symbol_font(own):
        return text_shown(own, text)
    return _PRIVATE.sub(lambda found: text_shown(symbols, found[0]), text) if symbols else text


def _place(facts: Any | None) -> str:
    """Where a run stands, as `in_place` has it."""
    above = 0 if facts is None else number(facts.get("baseline"))
    return "superscript" if above > 0 else "subscript" if above < 0 else ""


def _typeface(facts: Any, tag: str) -> str:
    font = facts.find(DRAWING + tag)
    return "" if font is None else font.get("typeface") or ""


def bullet(facts: Any | None) -> bool | None:
    """Whether the properties of a paragraph give it a bullet or a number; None where they say nothing."""
    tags: Iterable[str] = () if facts is None else (local(each) for each in facts)
    for tag in tags:
        if tag in ("buChar", "buAutoNum", "buBlip"):
            return True
        if tag == "buNone":
            return False
    return None


def _mark(facts: Any | None) -> str:
    if facts is None:
        return ""
    sign, font = facts.find(f"{DRAWING}buChar"), facts.find(f"{DRAWING}buFont")
    if sign is None:
        return ""
    shown = text_shown("" if font is None else font.get("typeface") or "", sign.get("char") or "")
    return shown if shown in TELLING else ""
