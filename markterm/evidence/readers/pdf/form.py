"""What was filled into the form on a page of a PDF.

PDFium knows the fields of a page from the page itself, too: a page that was taken out of a form, or merged with others,
has its fields and no form. They are known once the page has been said to be loaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped] # the library has no types

from markterm.evidence.readers.escape import escape_inline
from markterm.evidence.readers.pdf.boxes import Box
from markterm.evidence.readers.pdf.strings import is_unseen, rich_string_of, string_of, wide

_MOST_OPTIONS = 1_000
_LONGEST_LABEL = 120
_CHOICES = (pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX)
_BOXES = (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON)
_BUTTONS = (*_BOXES, pdfium.FPDF_FORMFIELD_PUSHBUTTON)
_NUMBERED = re.compile(r"[^\[\]]+\[\d+\]")
_NOTHING_CHOSEN = ("", "Off")


@dataclass(slots=True)
class Field:
    """A field as it stands on a page."""

    kind: int
    """One of PDFium's FPDF_FORMFIELD numbers."""
    name: str
    label: str
    """What the form says of it where it is pointed at."""
    value: str
    """What was typed or chosen; of a group of buttons the option that is chosen in it, on whatever page."""
    option: str
    """Of a box or button: what it stands for."""
    is_ticked: bool
    is_signed: bool
    box: Box
    is_hidden: bool = False
    shown: str = ""
    """The words that its picture on the page shows, where it has no others."""

    @property
    def said(self) -> str:
        """Its name, and what the form says of it when that is more."""
        name = _short(self.name) or self.label
        has_more = self.label and len(self.label) <= _LONGEST_LABEL and _bare(self.label) not in _bare(name)
        named = escape_inline(f"{name} ({self.label})" if has_more else name)
        return f"{named} (hidden)" if self.is_hidden else named

    @property
    def words(self) -> str:
        """What was written into it, however that is known."""
        return self.value or self.shown


def field_of(annotation: Any, form: Any, box: Box) -> Field:
    """The field that a widget shows."""

    def ask(function: Any, *arguments: Any) -> str:
        return wide(lambda *room: function(form, annotation, *arguments, *room))

    kind = pdfium.FPDFAnnot_GetFormFieldType(form, annotation)
    name = ask(pdfium.FPDFAnnot_GetFormFieldName) or string_of(annotation, b"T")
    is_box = kind in _BOXES
    value = ask(pdfium.FPDFAnnot_GetFormFieldValue) or ("" if is_box else string_of(annotation, b"V"))
    if kind in _CHOICES:
        count = min(pdfium.FPDFAnnot_GetOptionCount(form, annotation), _MOST_OPTIONS)
        chosen = (place for place in range(count) if pdfium.FPDFAnnot_IsOptionSelected(form, annotation, place))
        value = "; ".join(ask(pdfium.FPDFAnnot_GetOptionLabel, place) for place in chosen) or value
    if kind == pdfium.FPDF_FORMFIELD_TEXTFIELD and not value:
        value = rich_string_of(annotation, b"RV")
    return Field(
        kind=kind,
        name=" ".join(name.split()),
        label=" ".join(ask(pdfium.FPDFAnnot_GetFormFieldAlternateName).split()),
        value=value,
        option=" ".join(ask(pdfium.FPDFAnnot_GetFormFieldExportValue).split()) if is_box else "",
        is_ticked=is_box and bool(pdfium.FPDFAnnot_IsChecked(form, annotation)),
        is_signed=kind == pdfium.FPDF_FORMFIELD_SIGNATURE and bool(pdfium.FPDFAnnot_HasKey(annotation, b"V")),
        box=box,
        is_hidden=is_unseen(annotation),
    )


@dataclass(slots=True)
class PageForm:
    """The fields of a page, in the order of the file."""

    fields: list[Field] = field(default_factory=list)

    @property
    def has_words(self) -> bool:
        """Whether anything was written, ticked, chosen or signed."""
        return any(one.is_ticked or one.is_signed or (one.words and one.kind not in _BUTTONS) for one in self.fields)

    @property
    def is_untouched(self) -> bool:
        """Whether nobody wrote or ticked anything."""
        return not any(one.value or one.is_ticked for one in self.fields)

    @property
    def wordless(self) -> list[Field]:
        """Those whose words, if they have any, only their picture on the page shows. A list's shows all entries."""
        not_these = (*_BOXES, pdfium.FPDF_FORMFIELD_LISTBOX)
        return [one for one in self.fields if not one.value and one.kind not in not_these]

    def shown(self) -> Iterator[tuple[str, str]]:
        """Of each field with words the last part of its name, in small letters, and its words without white space; a
        box says an empty word."""
        for one in self.fields:
            if one.words or one.kind in _BOXES:
                name = one.name.rpartition(".")[2].partition("[")[0].casefold()
                yield name, "" if one.kind in _BOXES else "".join(one.words.split()).casefold()

    def items(self) -> Iterator[str]:
        """Items of Markdown: a line for each field that was filled in, each box and each group of buttons, and one line
        for all that were left empty."""
        groups: dict[str, list[Field]] = {}
        boxes: dict[str, int] = {}
        for one in self.fields:
            if one.kind == pdfium.FPDF_FORMFIELD_RADIOBUTTON:
                groups.setdefault(one.name, []).append(one)
            elif one.kind == pdfium.FPDF_FORMFIELD_CHECKBOX:
                boxes[one.name] = boxes.get(one.name, 0) + 1
        seen: set[str] = set()
        empty, buttons = [], []
        for one in self.fields:
            if one.kind == pdfium.FPDF_FORMFIELD_RADIOBUTTON:
                item = _group_item(groups.pop(one.name, ()))
            elif one.kind == pdfium.FPDF_FORMFIELD_CHECKBOX:
                said = f"{one.said}, {escape_inline(one.option)}" if boxes[one.name] > 1 and one.option else one.said
                item = _item(said, "ticked" if one.is_ticked else "not ticked")
            elif one.kind == pdfium.FPDF_FORMFIELD_PUSHBUTTON:
                buttons.append(escape_inline(" ".join(one.shown.split())))
                continue
            elif one.is_signed:
                item = _item(one.said, f"signed: {one.words}" if one.words else "signed")
            elif one.words:
                item = _item(one.said, one.words)
            else:
                # What nobody sees nobody left empty.
                empty.extend([] if one.is_hidden else [one.said])
                continue
            # The same field may stand on a page more than once, with the same value.
            if item not in seen or one.kind == pdfium.FPDF_FORMFIELD_CHECKBOX:
                seen.add(item)
                yield item
        yield _list_item("Form fields left empty", empty)
        yield _list_item("Buttons of the form", buttons)


def _group_item(buttons: Sequence[Field]) -> str:
    """The line of a group of buttons; none for one whose chosen button stands on another page."""
    chosen = [one.option or one.value for one in buttons if one.is_ticked]
    if chosen:
        return _item(buttons[0].said, "; ".join(dict.fromkeys(chosen)))
    if buttons and buttons[0].value in _NOTHING_CHOSEN:
        return _item(buttons[0].said, "nothing is chosen")
    return ""


def _item(said: str, words: str) -> str:
    """An item whose lines stay lines."""
    lines = [escape_inline(line) for line in words.split("\n") if line]
    return f"- Form field {said}: " + "\\\n  ".join(lines)


def _list_item(what: str, names: list[str]) -> str:
    named = ", ".join(name for name in dict.fromkeys(names) if name)
    return f"- {what}: {named}" if named else ""


def _short(name: str) -> str:
    """A name as a person would say it. Forms of Adobe's XFA kind number every part of it: `form[0].page[0].Name[0]`."""
    parts = name.split(".")
    if not all(_NUMBERED.fullmatch(part) for part in parts):
        return name
    # Parts of which there is only the first tell nothing.
    first = next((place for place, part in enumerate(parts) if not part.endswith("[0]")), len(parts) - 1)
    return ".".join(part.removesuffix("[0]") for part in parts[first:])


def _bare(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
