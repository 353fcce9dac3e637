"""Places of a form where something can be filled in: blanks, content controls, form fields, boxes and choices."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from lxml import etree  # type: ignore[import-untyped]  # the library has no types

from markterm.domain.record.event import Result
from markterm.evidence.readers.word.xml import Element, attribute, child, children, inside, is_on, local, value
from markterm.exports.form import paragraph
from markterm.exports.form.words import Words, meaning

_CODE = re.compile(r"[0-9A-Fa-f]{4}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be filled in: a text, and what it comes to where the place is to be ticked or chosen from. `result` is
    that of a decision that stands, and None for every other state of it; `tick` is that of a statement."""

    text: str
    result: Result | None = None
    tick: bool | None = None


class Place(Protocol):
    """A place of a form."""

    def fill(self, entry: Entry, words: Words) -> str:
        """Fill it in. Returns why it stays as it is, empty where it was filled."""
        ...

    @property
    def takes_text(self) -> bool:
        """Whether any text can be written there."""
        ...


def _written(entry: Entry, words: Words) -> str:
    if entry.tick is not None:
        return words.tick if entry.tick else ""
    return words.of(entry.result) if entry.result is not None else entry.text


@dataclass(frozen=True, slots=True)
class Blank:
    """Letters of a paragraph that give way: none where a cell is empty, a line of underscores, or a choice of words.

    With `only` it is a cell for a tick, and what that tick would mean. With `anew` the text has a paragraph of its own,
    below a label."""

    element: Element
    start: int
    end: int
    only: Result | None = None
    anew: bool = False
    takes_text: bool = True

    def fill(self, entry: Entry, words: Words) -> str:
        """Write it there."""
        if self.only is not None:
            if entry.result is None:
                return "it takes a tick alone, and nothing is decided that stands" if entry.text else ""
            written = words.tick if entry.result is self.only else ""
        else:
            written = _written(entry, words)
        if not written:
            return ""
        if self.anew:
            paragraph.replace(self.element, self.end, self.end, f"\n{written}")
        elif self.start and not paragraph.text_of(self.element)[self.start - 1].isspace():
            paragraph.replace(self.element, self.start, self.end, f" {written}")
        else:
            paragraph.replace(self.element, self.start, self.end, written)
        return ""


@dataclass(frozen=True, slots=True)
class Boxes:
    """Boxes to tick, by what each tick means: a decision, or None for the one box of a statement."""

    boxes: Mapping[Result | None, Place]
    words: tuple[str, str] = ("", "")
    """What the form has beside the boxes for a pass and for a referral."""
    takes_text: bool = False

    def fill(self, entry: Entry, words: Words) -> str:
        """Tick the one that is meant, and no other one."""
        for meant, box in self.boxes.items():
            is_meant = entry.tick is True if meant is None else entry.result is meant
            box.fill(Entry("", tick=is_meant), words)
        if entry.tick is None and entry.result is None and entry.text:
            return "it takes ticks alone, for a pass and a referral, and neither stands"
        return ""


@dataclass(frozen=True, slots=True)
class LetterBox:
    """A box that is a letter of a paragraph."""

    element: Element
    place: int
    takes_text: bool = False

    def fill(self, entry: Entry, words: Words) -> str:  # noqa: ARG002 - a place is filled so
        """Tick it."""
        if entry.tick:
            paragraph.ticked(self.element, self.place)
        return ""


@dataclass(frozen=True, slots=True)
class Control:
    """A content control of Word."""

    element: Element

    @property
    def _properties(self) -> Element:
        return child(self.element, "sdtPr")

    @property
    def kind(self) -> str:
        """`checkbox`, `dropDownList`, `comboBox`, `date`, `text`, or empty for one that holds no plain text."""
        properties = child(self.element, "sdtPr")
        if child(self.element, "sdtContent") is None:
            return ""
        names = {local(each) for each in properties} if properties is not None else set()
        for name in ("checkbox", "dropDownList", "comboBox", "date"):
            if name in names:
                return name
        others = {
            "picture",
            "docPartList",
            "docPartObj",
            "equation",
            "citation",
            "bibliography",
            "group",
            "repeatingSection",
        }
        return "" if names & others else "text"

    @property
    def takes_text(self) -> bool:
        """Whether any text can be written there."""
        return self.kind in ("text", "comboBox")

    @property
    def title(self) -> str:
        """What it is called in the form."""
        properties = child(self.element, "sdtPr")
        return value(properties, "alias") or value(properties, "tag")

    @property
    def is_blank(self) -> bool:
        """Whether it shows nothing but what asks to be replaced."""
        properties = child(self.element, "sdtPr")
        if self.kind == "checkbox" or is_on(child(properties, "showingPlcHdr")):
            return True
        return is_blank("".join(paragraph.text_of(each) for each in children(self.element, "sdtContent")))

    def fill(self, entry: Entry, words: Words) -> str:
        """Write, choose or tick it."""
        if self.kind == "checkbox":
            return self._tick(entry.tick is True)
        written = _written(entry, words)
        if not written:
            return ""
        properties = self._properties
        if self.kind in ("dropDownList", "comboBox"):
            items: Element = child(properties, self.kind)
            chosen = _chosen(items, entry, written)
            if chosen is None and self.kind == "dropDownList":
                return f"its list has no “{written}”"
            if chosen is not None:
                written = attribute(chosen, "displayText") or attribute(chosen, "value")
                items.set(f"{{{etree.QName(items).namespace}}}lastValue", attribute(chosen, "value"))
        if self.kind == "date" and _DAY.fullmatch(written):
            date: Element = child(properties, "date")
            date.set(f"{{{etree.QName(date).namespace}}}fullDate", f"{written}T00:00:00Z")
        # What it showed until now, and what would show in its stead as soon as Word opens the form.
        shown = () if properties is None else tuple(properties)
        for each in [each for each in shown if local(each) in ("showingPlcHdr", "dataBinding")]:
            properties.remove(each)
        self._write(written)
        return ""

    def _write(self, written: str) -> None:
        content: Element = child(self.element, "sdtContent")
        # Whoever made the form may have said in what style is typed into it.
        style = paragraph.cleaned(child(child(self.element, "sdtPr"), "rPr"))
        first = next(inside(content, "p"), None)
        if first is None:
            line = next(self.element.iterancestors("{*}p"), content)
            for holder in (content, line):
                style = paragraph.style_of(holder) if style is None else style
            paragraph.refill(content, written, style)
            return
        for each in list(inside(content, "p"))[1:]:
            each.getparent().remove(each)
        paragraph.replace(first, 0, len(paragraph.text_of(first)), written, style)

    def _tick(self, is_ticked: bool) -> str:
        box: Element = child(self._properties, "checkbox")
        checked = child(box, "checked")
        if checked is None:
            checked = box.makeelement(f"{{{etree.QName(box).namespace}}}checked")
            box.insert(0, checked)
        elif is_ticked is is_on(checked):
            return ""
        checked.set(f"{{{etree.QName(box).namespace}}}val", "1" if is_ticked else "0")
        shown = attribute(child(box, "checkedState" if is_ticked else "uncheckedState"), "val")
        for element, piece in paragraph.pieces(child(self.element, "sdtContent")):
            if piece.strip() and local(element) == "t":
                element.text = chr(int(shown, 16)) if _CODE.fullmatch(shown) else "☒" if is_ticked else "☐"
                break
        return ""


@dataclass(frozen=True, slots=True)
class FormField:
    """A form field of an older Word: text, a list or a box."""

    element: Element
    """The `fldChar` that begins it."""

    @property
    def _data(self) -> Element | None:
        return child(self.element, "ffData")

    @property
    def title(self) -> str:
        """What it is called in the form."""
        return value(self._data, "name")

    @property
    def kind(self) -> str:
        """`checkBox`, `ddList` or `textInput`."""
        return next((name for name in ("checkBox", "ddList") if child(self._data, name) is not None), "textInput")

    @property
    def takes_text(self) -> bool:
        """Whether any text can be written there."""
        return self.kind == "textInput"

    def fill(self, entry: Entry, words: Words) -> str:
        """Write, choose or tick it."""
        kind, data = child(self._data, self.kind), self._data
        written = _written(entry, words)
        if self.kind == "checkBox":
            if entry.tick or child(kind, "checked") is not None or is_on(child(kind, "default")):
                _set(kind, "checked", "1" if entry.tick else "0")
            return ""
        if not written:
            return ""
        if data is not None and self.kind == "ddList":
            items = [attribute(each, "val") for each in children(kind, "listEntry")]
            fitting = [each for each in items if each.casefold() == written.casefold()] or [
                each for each in items if entry.result is not None and meaning(each) is entry.result
            ]
            if not fitting:
                return f"its list has no “{written}”"
            _set(kind, "result", str(items.index(fitting[0])))
            return ""
        return self._write(written)

    def _write(self, written: str) -> str:
        holder = self.element.getparent()
        shown: list[Element] = []
        separator = None
        for run in holder.itersiblings():
            marks = [attribute(each, "fldCharType") for each in children(run, "fldChar")]
            if "end" in marks:
                break
            if "separate" in marks:
                separator = run
            elif separator is not None and local(run) == "r":
                shown.append(run)
        else:
            return "the field goes on in another paragraph"
        if separator is None:
            return "the field has no place for its text"
        style = child(shown[0], "rPr") if shown else child(holder, "rPr")
        paragraph.put_after(separator, written, style)
        for each in shown:
            each.getparent().remove(each)
        return ""


def _chosen(items: Element, entry: Entry, written: str) -> Element | None:
    listed = list(children(items, "listItem"))
    for each in listed:
        if written.casefold() in (attribute(each, "displayText").casefold(), attribute(each, "value").casefold()):
            return each
    if entry.result is None:
        return None
    return next((each for each in listed if meaning(attribute(each, "displayText")) is entry.result), None)


def _set(parent: Element, name: str, text: str) -> None:
    found = child(parent, name)
    namespace = etree.QName(parent).namespace
    if found is None:
        found = parent.makeelement(f"{{{namespace}}}{name}")
        parent.append(found)
    found.set(f"{{{namespace}}}val", text)


_NO_LETTERS = re.compile(r"[\s_.…\-–—/|:\u2002\u2003\u200b\ufeff]*")
_PROMPT = re.compile(
    r"(?:click (?:or tap )?(?:here )?to enter (?:text|a date)\.?|click here to (?:type|enter).*|choose an item\.?"
    r"|enter text\.?|type here\.?|[\[<{][^\[\]<>{}\d]{1,40}[\]>}]|[\[<{(]\s*[\]>})])",
    re.IGNORECASE | re.DOTALL,
)


def is_blank(text: str) -> bool:
    """Whether a text says nothing, or only that something is to be put in its place."""
    return _NO_LETTERS.fullmatch(text) is not None or _PROMPT.fullmatch(text.strip()) is not None


def controls_in(element: Element) -> Iterator[Control]:
    """The content controls inside that can be filled, without those around others."""
    for each in inside(element, "sdt"):
        control = Control(each)
        if each is not element and control.kind and next(each.iterdescendants("{*}sdt"), None) is None:
            yield control


def form_fields_in(element: Element) -> Iterator[FormField]:
    """The form fields inside."""
    for each in inside(element, "fldChar"):
        if child(each, "ffData") is not None:
            yield FormField(each)
