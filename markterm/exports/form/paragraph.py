"""The text of one paragraph of a form, and other words in the place of some of it, in the style that they had."""

from __future__ import annotations

import copy
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from lxml import etree  # type: ignore[import-untyped]  # the library has no types

from markterm.evidence.readers.word.xml import Element, attribute, child, local

BOXES = "☐□❏❐❑❒◻▢"
_TICKED_BOX = "☒"
_SYMBOL_BOXES = frozenset({"F06F", "F070", "F071", "F072", "F0A8", "006F", "0071", "0072", "00A8"})
"""Boxes of Wingdings."""
_NOT_TEXT = frozenset(
    (
        *("pPr", "rPr", "del", "moveFrom", "drawing", "pict", "object", "AlternateContent", "sdtPr", "sdtEndPr"),
        *("instrText", "tbl", "rt", "footnoteReference", "commentReference"),
    )
)
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BEFORE_BIDI = frozenset(
    (
        *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr"),
        *("suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap"),
        *("overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN"),
    )
)
_AFTER_RTL = frozenset({"cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath", "rPrChange"})
_OF_PLACEHOLDERS = ("vanish", "webHidden", "ins", "del", "moveFrom", "moveTo", "rPrChange")
_ILLEGAL = re.compile("[\ufffe\uffff]")
_RIGHT = ("R", "AL")


def pieces(paragraph: Element) -> Iterator[tuple[Element, str]]:
    """The elements of a paragraph that show letters, each with its text, as if tracked changes were accepted."""
    for each in paragraph.iterchildren():
        name = local(each)
        if name == "t":
            yield each, each.text or ""
        elif name in ("tab", "ptab"):
            yield each, "\t"
        elif name == "cr" or (name == "br" and attribute(each, "type") not in ("page", "column")):
            yield each, "\n"
        elif name == "noBreakHyphen":
            yield each, "-"
        elif name == "sym":
            yield each, "☐" if attribute(each, "char").upper() in _SYMBOL_BOXES else "\ufffc"
        elif name == "fldChar" and child(child(each, "ffData"), "checkBox") is not None:
            yield each, "☐"
        elif name and name not in _NOT_TEXT:
            yield from pieces(each)


def text_of(paragraph: Element) -> str:
    """All letters of a paragraph."""
    return "".join(text for _, text in pieces(paragraph))


def ticked(paragraph: Element, place: int) -> None:
    """Tick the box that is the letter at `place` of the paragraph."""
    _split(paragraph, place)
    _split(paragraph, place + 1)
    element = at(paragraph, place)
    if local(element) == "sym":
        for name in element.attrib:
            if name.endswith("char"):
                element.set(name, "F0FE")  # The ticked box of the same font.
    else:
        element.text = _TICKED_BOX


def replace(paragraph: Element, start: int, end: int, text: str, style: Element | None = None) -> None:
    """Put `text` where the letters from `start` to `end` are, in their style if no other is given, and each further
    line into a paragraph.

    Lines go into blank paragraphs that follow, as if somebody typed, and else into new ones of the same form; where
    more of the paragraph follows they are broken inside it.
    """
    _split(paragraph, start)
    _split(paragraph, end)
    gone, before, offset = [], None, 0
    for element, piece in list(pieces(paragraph)):
        if offset >= start and offset + len(piece) <= end and piece:
            gone.append(element)
        elif offset + len(piece) <= start:
            before = element
        offset += len(piece)
    rest = text_of(paragraph)[end:]
    if style is None:
        style = _style(_run_of(gone[0] if gone else before), paragraph)
    lines = text.split("\n")
    inside = bool(rest.strip())
    made = _runs(paragraph, "\n".join(lines) if inside else lines[0], style)
    if gone:
        _put_before(_run_of(gone[0]), made)
    elif before is not None:
        _put_after(_run_of(before), made)
    else:
        _put_first(paragraph, made)
    for element in gone:
        _remove(element)
    if _begins_right_to_left(lines[0] if not inside else text):
        _set_right_to_left(paragraph)
    if not inside:
        _more_lines(paragraph, lines[1:], style)


def refill(content: Element, text: str, style: Element | None) -> None:
    """Make `text` all that a piece of a paragraph holds, such as a control inside a line."""
    for each in list(content):
        content.remove(each)
    for run in _runs(content, text, style):
        content.append(run)


def put_after(element: Element, text: str, style: Element | None) -> None:
    """Put `text` behind a run."""
    _put_after(element, _runs(element, text, style))


def style_of(paragraph: Element) -> Element | None:
    """The style of the first letters of a paragraph, or of what would be typed into it; None for the plain one."""
    first = next((element for element, piece in pieces(paragraph) if piece), None)
    return _style(_run_of(first), paragraph)


def _style(run: Element | None, paragraph: Element) -> Element | None:
    found = child(run, "rPr")
    if found is None and run is None:
        found = child(next(paragraph.iter("{*}r"), None), "rPr")
    style = cleaned(found)
    if style is None and (run is None or found is not None):  # Nothing, or a placeholder: as typing would go on.
        style = cleaned(child(child(paragraph, "pPr"), "rPr"))
    return style


def cleaned(found: Element | None) -> Element | None:
    """A copy of a style without what is only of a placeholder, or of a change; None where nothing is left."""
    if found is None:
        return None
    style = copy.deepcopy(found)
    for each in list(style):
        is_placeholder = local(each) == "rStyle" and "placeholder" in attribute(each, "val").lower()
        if local(each) in _OF_PLACEHOLDERS or is_placeholder:
            style.remove(each)
    return style if len(style) else None


def _more_lines(paragraph: Element, lines: Sequence[str], style: Element | None) -> None:
    last = paragraph
    for line in lines:
        following = last.getnext()
        if following is not None and local(following) == "p" and is_free(following):
            last = following
        else:
            made = paragraph.makeelement(paragraph.tag)
            properties = child(paragraph, "pPr")
            if properties is not None:
                copied = copy.deepcopy(properties)
                for each in [
                    each for each in copied if local(each) in ("sectPr", "pPrChange", "bidi", "pageBreakBefore")
                ]:
                    copied.remove(each)
                made.append(copied)
            _put_after(last, [made])
            last = made
        own = style_of(last) if any(True for _ in pieces(last)) else style
        for element, _ in list(pieces(last)):
            _remove(element)
        _put_first(last, _runs(last, line, own))
        if _begins_right_to_left(line):
            _set_right_to_left(last)


def is_free(paragraph: Element) -> bool:
    """Whether nothing stands in a paragraph, and it ends no section of the document."""
    if text_of(paragraph).strip() or child(child(paragraph, "pPr"), "sectPr") is not None:
        return False
    kept = ("drawing", "pict", "object", "AlternateContent", "sdt", "fldChar", "oMath", "br")
    return next(paragraph.iter(*(f"{{*}}{name}" for name in kept)), None) is None


def _runs(beside: Element, text: str, style: Element | None) -> list[Element]:
    """Runs of those letters: a stretch that is read from right to left is one of its own."""
    namespace = etree.QName(beside).namespace
    made = []
    for is_right, stretch in _stretches(_ILLEGAL.sub("\ufffd", text)):
        run = beside.makeelement(f"{{{namespace}}}r")
        properties = copy.deepcopy(style)
        if is_right:
            if properties is None:
                properties = run.makeelement(f"{{{namespace}}}rPr")
            _insert(properties, run.makeelement(f"{{{namespace}}}rtl"), lambda name: name not in _AFTER_RTL)
        if properties is not None:
            run.append(properties)
        for part in re.split(r"([\t\n])", stretch):
            if part in ("\t", "\n"):
                run.append(run.makeelement(f"{{{namespace}}}{'tab' if part == chr(9) else 'br'}"))
            elif part:
                letters = run.makeelement(f"{{{namespace}}}t")
                letters.text = part
                letters.set(_SPACE, "preserve")
                run.append(letters)
        made.append(run)
    return made


def _stretches(text: str) -> Iterator[tuple[bool, str]]:
    """The text in stretches of one direction; what has none goes with what is before it."""
    if text.isascii():
        if text:
            yield False, text
        return
    directions, now = [], False
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in _RIGHT:
            now = True
        elif direction in ("L", "EN") or letter == "\n":
            now = False
        directions.append(now)
    place = 0
    for is_right, same in groupby(directions):
        length = sum(1 for _ in same)
        yield is_right, text[place : place + length]
        place += length


def _begins_right_to_left(text: str) -> bool:
    if text.isascii():
        return False
    strong = (direction for letter in text if (direction := unicodedata.bidirectional(letter)) in ("L", *_RIGHT))
    return next(strong, "L") in _RIGHT


def _set_right_to_left(paragraph: Element) -> None:
    if local(paragraph) != "p":
        return
    namespace = etree.QName(paragraph).namespace
    properties = child(paragraph, "pPr")
    if properties is None:
        properties = paragraph.makeelement(f"{{{namespace}}}pPr")
        paragraph.insert(0, properties)
    if child(properties, "bidi") is None:
        _insert(properties, properties.makeelement(f"{{{namespace}}}bidi"), lambda name: name in _BEFORE_BIDI)


def _insert(parent: Element, made: Element, goes_before: Callable[[str], bool]) -> None:
    """Where the order that the format prescribes has it."""
    if child(parent, local(made)) is not None:
        return
    place = sum(1 for each in parent if goes_before(local(each)))
    parent.insert(place, made)


def _split(paragraph: Element, place: int) -> None:
    """Make the letter at `place` the first one of a run."""
    offset = 0
    for element, piece in list(pieces(paragraph)):
        if offset < place < offset + len(piece):
            tail = copy.deepcopy(element)
            element.text, tail.text = piece[: place - offset], piece[place - offset :]
            element.set(_SPACE, "preserve")
            tail.set(_SPACE, "preserve")
            element.addnext(tail)
            _cut_run(tail)
            return
        if offset == place and piece:
            _cut_run(element)
            return
        offset += len(piece)


def _cut_run(element: Element) -> None:
    """Begin another run with `element`, if something of its run stands before it."""
    run = _run_of(element)
    if run is None or not any(local(each) != "rPr" for each in element.itersiblings(preceding=True)):
        return
    after = run.makeelement(run.tag, dict(run.attrib))
    if (style := child(run, "rPr")) is not None:
        after.append(copy.deepcopy(style))
    for each in [element, *element.itersiblings()]:
        after.append(each)
    run.addnext(after)


def at(paragraph: Element, place: int) -> Element:
    """The element that shows the letter at `place`. Raises IndexError."""
    offset = 0
    for element, piece in pieces(paragraph):
        if offset <= place < offset + len(piece):
            return element
        offset += len(piece)
    raise IndexError(place)


def _run_of(element: Element | None) -> Element | None:
    while element is not None and local(element) != "r":
        element = element.getparent()
    return element


def _put_before(run: Element, made: Sequence[Element]) -> None:
    for each in made:
        run.addprevious(each)


def _put_after(run: Element, made: Sequence[Element]) -> None:
    for each in reversed(made):
        run.addnext(each)


def _put_first(paragraph: Element, made: Sequence[Element]) -> None:
    properties = child(paragraph, "pPr")
    if properties is not None:
        _put_after(properties, made)
    else:
        for number, each in enumerate(made):
            paragraph.insert(number, each)


def _remove(element: Element) -> None:
    run = _run_of(element)
    element.getparent().remove(element)
    if run is not None and all(local(each) == "rPr" for each in run):
        run.getparent().remove(run)
