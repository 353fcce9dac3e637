"""The groups of rich text that stand for something: notes, headers, fields, pictures, drawings, files inside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from markterm.evidence.readers.rtf.fields import Field, Object, Shape
from markterm.evidence.readers.rtf.flow import Flow, Paragraph, Piece
from markterm.evidence.readers.rtf.reading import Reading

Word = Callable[[Reading, int | None], None]
"""What a control word does, with its number."""


def _note(reading: Reading, _: int | None) -> None:
    around, flow = reading.group.flow, Flow(is_note=True)
    reading.group.into(flow)

    def end() -> None:
        if around is not None and (words := flow.in_one_line()):
            around.add(f"[note] {words}")

    reading.group.at_end = end


def _comment(reading: Reading, _: int | None) -> None:
    around, flow = reading.group.flow, Flow(is_note=True)
    author, reading.author = " ".join("".join(reading.author).split()), []
    answered: list[str] = []
    reading.group.into(flow)
    reading.group.answers = answered

    def end() -> None:
        if around is not None and (words := flow.in_one_line()):
            mark = f"comment {author}".strip() + (", an answer" if any(map(str.strip, answered)) else "")
            around.add(f"[{mark}] {words}")

    reading.group.at_end = end


def _parent_of_comment(reading: Reading, _: int | None) -> None:
    reading.group.into(sink=reading.group.answers)


def _author(reading: Reading, _: int | None) -> None:
    reading.author = []
    reading.group.into(sink=reading.author)


def _margin(kind: str, reading: Reading, _: int | None) -> None:
    _boxed(reading, f"[{kind}] ", reading.margins)


def _boxed(reading: Reading, mark: str, shown: set[str] | None = None) -> None:
    """The text of the group as blocks beside the open paragraph, the first with a mark; among `shown` each once."""
    around, flow = reading.group.anchor or reading.group.flow, Flow()
    reading.group.into(flow)
    reading.group.anchor = None

    def end() -> None:
        blocks = [block for block in flow.close() if block.markdown()]
        if around is None or not blocks:
            return
        words = mark + "\n\n".join(block.markdown() for block in blocks)
        if shown is not None and words in shown:
            return
        if shown is not None:
            shown.add(words)
        if isinstance(blocks[0], Paragraph):
            pieces: list[Piece] = [mark, *blocks[0].pieces]
            blocks[0] = Paragraph(pieces)
        else:
            blocks.insert(0, Paragraph([mark]))
        around.beside(blocks)

    reading.group.at_end = end


def _field(reading: Reading, _: int | None) -> None:
    group = reading.group
    flow = group.flow
    field = Field(flow, group.sink, len(flow.pieces) if flow is not None else 0, flow.ended if flow is not None else 0)
    group.field = field

    def end() -> None:
        if not field.has_result and (words := field.shown()):
            reading.write(words)

    group.at_end = end


def _instruction(reading: Reading, _: int | None) -> None:
    if reading.group.field is not None:
        reading.group.into(sink=reading.group.field.instruction)
    else:
        reading.group.is_dead = True


def _result(reading: Reading, _: int | None) -> None:
    group = reading.group
    field = group.field
    if field is None:
        return
    field.is_filled = True
    if field.is_tick_box:  # its result is empty, or a picture of the box
        group.is_dead = True
        return
    group.flow, group.sink = field.flow, field.sink
    flow = field.flow
    if flow is None:
        if field.sink is not None:
            before = len(field.sink)
            group.at_end = lambda: setattr(field, "has_result", any(map(str.strip, (field.sink or [])[before:])))
        return
    start, ended = flow.length, flow.ended

    def end() -> None:
        field.has_result = flow.ended != ended or bool(flow.words_from(start).strip())
        if field.has_result and (address := field.address):
            flow.link(start, ended, address)

    group.at_end = end


def _form_field(reading: Reading, _: int | None) -> None:
    reading.group.into()


def _chosen(first: bool, reading: Reading, number: int | None) -> None:
    field = reading.group.field
    if field is not None:
        if first:
            field.chosen_first = number or 0
        else:
            field.chosen = number or 0


def _entry(reading: Reading, _: int | None) -> None:
    field = reading.group.field
    entry: list[str] = []
    reading.group.into(sink=entry)
    if field is not None:
        field.entries.append(entry)


def _default_text(reading: Reading, _: int | None) -> None:
    reading.group.into(sink=reading.group.field.default_text if reading.group.field is not None else [])


def _name_of_field(reading: Reading, _: int | None) -> None:
    reading.group.into(sink=[])


def _picture(reading: Reading, _: int | None) -> None:
    group = reading.group
    around, shape = group.anchor or group.flow, Shape(None)
    is_icon = group.object is not None and group.sink is None
    group.into()
    group.shape = shape

    def end() -> None:
        if around is not None and not is_icon:
            reading.counts["pictures"] += 1
            words = " ".join(shape.properties.get("wzDescription", "").split())
            around.add(f"[image: {words or 'no description'}]")

    group.at_end = end


def _object(reading: Reading, _: int | None) -> None:
    group = reading.group
    thing = Object(group.flow)
    group.object = thing
    group.into()

    def end() -> None:
        if thing.is_empty or thing.flow is None:
            return
        found = thing.file()
        if outside := thing.linked_to:
            thing.flow.add(f" [linked, not opened: {outside}] ")
        elif found is None:
            reading.counts["objects"] += 1
            thing.flow.add(f" [embedded object, not opened: {thing.called or 'no name'}] ")
        else:
            thing.flow.add(f" {reading.attached.take(*found)} ")

    group.at_end = end


def _of_object(part: str, reading: Reading, _: int | None) -> None:
    thing = reading.group.object
    reading.group.into(sink=getattr(thing, part) if thing is not None else [])


def _object_result(reading: Reading, _: int | None) -> None:
    if reading.group.object is not None:
        reading.group.flow = reading.group.object.flow


def _shape(reading: Reading, _: int | None) -> None:
    group = reading.group
    shape = Shape(group.anchor or group.flow)
    group.shape, group.anchor = shape, shape.flow
    group.into()

    def end() -> None:
        if shape.flow is not None and (words := shape.properties.get("gtextUNICODE", "")):
            shape.flow.beside([Paragraph([f"[text box] {words}"])])

    group.at_end = end


def _shape_in_full(reading: Reading, _: int | None) -> None:
    group = reading.group
    if group.shape is not None:
        group.shape.is_read = True
    group.anchor = group.anchor or group.flow
    group.into()


def _shape_again(reading: Reading, _: int | None) -> None:
    """The older way of telling the same drawing."""
    shape = reading.group.shape
    if shape is not None and shape.is_read:
        reading.group.is_dead = True


def _old_shape(reading: Reading, _: int | None) -> None:
    group = reading.group
    group.anchor = group.anchor or group.flow
    group.into()


def _property(part: str, reading: Reading, _: int | None) -> None:
    shape = reading.group.shape
    reading.group.into(sink=getattr(shape, part) if shape is not None else [])
    if shape is not None and part == "value":
        reading.group.at_end = shape.end_property


def _text_box(reading: Reading, _: int | None) -> None:
    _boxed(reading, "[text box] ")


def _both(reading: Reading, _: int | None) -> None:
    """A text twice: for readers that do not know Unicode, which is passed over, and in it."""
    group = reading.group
    group.unicode_flow, group.unicode_sink = group.flow, group.sink
    group.flow = group.sink = None


def _unicode_form(reading: Reading, _: int | None) -> None:
    group = reading.group
    group.flow, group.sink = group.unicode_flow, group.unicode_sink


GROUPS: Mapping[bytes, Word] = {
    b"footnote": _note,
    b"annotation": _comment,
    b"atnauthor": _author,
    b"atnparent": _parent_of_comment,
    b"atnid": _name_of_field,
    b"field": _field,
    b"fldinst": _instruction,
    b"fldrslt": _result,
    b"formfield": _form_field,
    b"ffres": partial(_chosen, False),
    b"ffdefres": partial(_chosen, True),
    b"ffl": _entry,
    b"ffdeftext": _default_text,
    b"ffname": _name_of_field,
    b"pict": _picture,
    b"picprop": _shape_in_full,
    b"object": _object,
    b"objclass": partial(_of_object, "kind"),
    b"objname": partial(_of_object, "name"),
    b"objdata": partial(_of_object, "digits"),
    b"result": _object_result,
    b"shp": _shape,
    b"shpgrp": _shape,
    b"shpinst": _shape_in_full,
    b"shprslt": _shape_again,
    b"do": _old_shape,
    b"shptxt": _text_box,
    b"dptxbxtext": _text_box,
    b"sn": partial(_property, "name"),
    b"sv": partial(_property, "value"),
    b"upr": _both,
    b"ud": _unicode_form,
    **{
        f"{kind}{which}".encode(): partial(_margin, kind)
        for kind in ("header", "footer")
        for which in ("", "l", "r", "f")
    },
}
"""The words at the head of such groups, and those within them."""
