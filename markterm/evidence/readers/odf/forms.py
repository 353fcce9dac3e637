"""The forms of an OpenDocument: what was typed, ticked and chosen in each of their fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markterm.evidence.readers.odf.document import Element, attribute, name, truth, within, words_of
from markterm.evidence.readers.tick_box import tick_box

_NO_FIELDS = frozenset({"form:form", "form:properties", "form:image", "form:grid", "form:column"})


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form."""

    name: str
    shown: str
    """What the field shows, as it stands in the text: `☑ Risk assessed`."""
    value: str
    """What was filled in, for a list of fields: `ticked`; empty where it was left open, and for mere captions."""


def fields(root: Element) -> dict[str, Field]:
    """The fields of all forms in `root` by what the drawing that stands for each calls it, in their order."""
    found: dict[str, Field] = {}
    for forms in within(root, "office:forms"):
        for control in forms.iter():
            kind = name(control)
            if not kind.startswith("form:") or kind in _NO_FIELDS:
                continue
            key = attribute(control, "form:id") or attribute(control, "xml:id")
            if key or kind == "form:hidden":
                found[key or f"hidden {len(found)}"] = _field(control, kind)
    return found


def _field(control: Element, kind: str) -> Field:
    label = " ".join(attribute(control, "form:label").split())
    own = attribute(control, "form:name")
    match kind:
        case "form:checkbox":
            state = attribute(control, "form:current-state") or attribute(control, "form:state")
            return _box(own or label, label, state == "checked")
        case "form:radio":
            chosen = attribute(control, "form:current-selected") or attribute(control, "form:selected")
            return _box(own or label, label, chosen == "true")
        case "form:fixed-text" | "form:frame" | "form:button":
            return Field(own, label, "")
        case "form:password":  # shown as the program shows it
            typed = attribute(control, "form:current-value") or attribute(control, "form:value")
            return Field(own, "•••" if typed else "", "")
        case "form:listbox":
            value = ", ".join(_chosen(control))
        case "form:textarea" if len(control) and not attribute(control, "form:current-value"):
            texts = [words_of(paragraph) for paragraph in within(control, "text:p")]
            value = "\n".join(texts) or attribute(control, "form:value")
        case _:
            value = attribute(control, "form:current-value") or attribute(control, "form:value")
    return Field(own or label, value, value)


def _box(own: str, label: str, ticked: bool) -> Field:
    return Field(own, f"{tick_box(ticked)} {label}".strip(), "ticked" if ticked else "not ticked")


def _chosen(control: Element) -> Iterator[str]:
    """The entries of a list that are chosen now; those that were at first where nobody chose any."""
    options = list(within(control, "form:option"))
    for wanted in ("form:current-selected", "form:selected"):
        chosen = [option for option in options if truth(option, wanted)]
        if chosen:
            yield from (attribute(option, "form:label") or attribute(option, "form:value") for option in chosen)
            return


def mark_of(element: Element) -> str | None:
    """What a form field in the way of Word shows that was kept as such: a tick box, or the entry of a list.

    None where the words of the field stand in the text itself.
    """
    values = {
        attribute(part, "field:name"): attribute(part, "field:value") for part in element if name(part) == "field:param"
    }
    kind = attribute(element, "field:type").rpartition(".")[2]
    if kind == "FORMCHECKBOX":
        return tick_box(values.get("Checkbox_Checked", "").lower() in ("true", "1"))
    if kind == "FORMDROPDOWN":
        entries = [
            attribute(part, "field:value")
            for part in element
            if name(part) == "field:param" and attribute(part, "field:name").startswith("Dropdown_ListEntry")
        ]
        place = values.get("Dropdown_Selected", "")
        return entries[int(place)] if place.isascii() and place.isdigit() and int(place) < len(entries) else None
    return None
