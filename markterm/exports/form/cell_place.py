"""Where in a cell something is filled in: what it shows that gives way, or the lines below its label."""

from __future__ import annotations

import re
from dataclasses import replace

from markterm.domain.record.event import Result
from markterm.exports.form import blank_lines, paragraph
from markterm.exports.form.grid import Cell
from markterm.exports.form.place import Blank, Boxes, Control, Place, controls_in, form_fields_in, is_blank

_MARKS = re.compile(r"/ ?[0-9]{1,3}(?: ?marks)?|[\[(]min(?:imum)?\.?(?: of)? ?[0-9]{1,3}[\])]", re.IGNORECASE)
"""What a box of an older sheet says of marks, above the choice: `/ 20`, `(min. of 10)`."""


def place_in(cell: Cell, *, form_alone: bool) -> tuple[Place | None, tuple[str, str] | None]:
    """Where a cell that shows nothing but a blank, a box or a choice can be filled, and the words of the choice."""
    controls = [each for each in controls_in(cell.element) if each.kind != "checkbox" and each.is_blank]
    fields = [each for each in form_fields_in(cell.element) if each.kind != "checkBox"]
    shown = "\n".join(paragraph.text_of(line.element) for line in cell.lines)
    outside = shown
    for control in controls:
        for inside in control.element.iter("{*}p", "{*}sdtContent"):
            outside = outside.replace(paragraph.text_of(inside), "", 1) if paragraph.text_of(inside) else outside
    wrapped = _around(cell)
    if wrapped is not None and is_blank(shown if not wrapped.is_blank else ""):
        return wrapped, None
    if is_blank(outside) and controls:
        return controls[0], None
    if is_blank(shown) and fields:
        return fields[0], None
    boxes = blank_lines.boxes_of([line.element for line in cell.lines])
    if boxes is not None and len(shown.strip(" []()\n\t")) <= 1:
        return boxes, None
    if boxes is not None or form_alone:
        return None, None
    full = [line for line in cell.lines if line.text.strip()]
    choosing = [line for line in full if _MARKS.fullmatch(line.text.strip()) is None]
    if len(choosing) == 1 and (inner := blank_lines.choice_alone(choosing[0].element)) is not None:
        return inner.place, inner.choice
    if not is_blank(shown) or any(line.number for line in cell.lines):
        return None, None
    free = next((line.element for line in cell.lines if paragraph.is_free(line.element)), None)
    first = full[0].element if full else free
    return (Blank(first, 0, len(paragraph.text_of(first))) if first is not None else None), None


def _around(cell: Cell) -> Control | None:
    """The content control that a cell as a whole stands in."""
    holder = cell.element.getparent()
    wrapper = holder.getparent() if holder is not None and holder.tag.endswith("}sdtContent") else None
    if wrapper is None or len(list(wrapper.iter("{*}tc"))) != 1:
        return None
    control = Control(wrapper)
    return control if control.kind not in ("", "checkbox") else None


def below(cell: Cell) -> Place:
    """A place below the label that is all that a cell says, or right behind one that ends in a colon."""
    for line, following in zip(cell.lines, [*cell.lines[1:], None], strict=True):
        if line.text.strip() and following is not None and paragraph.is_free(following.element):
            return Blank(following.element, 0, len(following.text))
    last = next(line.element for line in reversed(cell.lines) if line.text.strip())
    return Blank(last, 0, len(paragraph.text_of(last)), anew=True)


def roomier(place: Place, cell: Cell) -> Place:
    """The empty lines below a label that ends its line, where the cell has some: they are there to be written on."""
    if not isinstance(place, Blank) or place.end < len(paragraph.text_of(place.element)):
        return place
    lines = [line.element for line in cell.lines]
    below = lines[lines.index(place.element) + 1 :] if place.element in lines else []
    return (
        Blank(below[0], 0, len(paragraph.text_of(below[0]))) if below and all(map(paragraph.is_free, below)) else place
    )


def tick_alone(place: Place, result: Result) -> Place:
    """A place that takes a tick for one of the decisions."""
    if isinstance(place, Boxes) and None in place.boxes:
        return Boxes({result: place.boxes[None]})
    return replace(place, only=result, takes_text=False) if isinstance(place, Blank) else place
