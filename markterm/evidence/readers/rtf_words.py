"""The control words of rich text: what each does to the text that is being read."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from markterm.evidence.readers.rtf_fields import Field, Object, Shape
from markterm.evidence.readers.rtf_flow import Flow, Paragraph, Piece
from markterm.evidence.readers.rtf_fonts import Font, codec_of_charset, codec_of_page
from markterm.evidence.readers.rtf_reading import Reading

_Word = Callable[[Reading, int | None], None]

_SIGNS = {
    b"emdash": "—",
    b"endash": "–",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    b"bullet": "•",
    b"emspace": " ",
    b"enspace": " ",
    b"qmspace": " ",
    b"tab": " ",
    b"line": "\n",
    b"lbr": "\n",
    b"softline": "\n",
    b"mden": "/",
    b"msup": "^",
    b"msub": "_",
}
_NOWHERE_WORDS = """
    colortbl info filetbl listtable listoverridetable revtbl nonshppict tc tcn xe rxe txe ftnsep ftnsepc ftncn aftnsep
    aftnsepc aftncn bkmkstart bkmkend pnseclvl pn pntxta pntxtb template private keycode nonesttables mmathPict
    background objalias objsect objtime blipuid datafield panose xmlnstbl generator themedata rsidtbl atrfstart atrfend
    atnref atndate atntime atnicn nextfile fontemb falt
    """
_NOWHERE = frozenset(_NOWHERE_WORDS.encode().split())
"""Groups that hold no words of the document."""
_KEPT = frozenset(
    b"shppict nesttableprops mmath moMath moMathPara pntext listtext flymaincnt mden msup msub cs ts".split()
)
"""Words of groups that a reader may pass over, whose text belongs to the document all the same."""
_PROPERTIES = re.compile(rb"m[A-Za-z]{1,12}Pr$")
_HEADING = re.compile(r"heading ([1-9])\b", re.IGNORECASE)


def take(reading: Reading, word: bytes, number: int | None) -> None:
    """Do what a control word says; an unknown one says nothing, and one at the head of an optional group that nobody
    is meant to read."""
    group = reading.group
    is_optional, is_first = group.is_optional, group.is_fresh
    group.is_optional = group.is_fresh = False
    if word in _SIGNS and (group.flow is not None or group.sink is not None):
        reading.write(_SIGNS[word])
    elif known := _WORDS.get(word):
        known(reading, number)
    elif is_first and (word in _NOWHERE or _PROPERTIES.match(word) or (is_optional and word not in _KEPT)):
        group.is_dead = True


def _flag(name: str, reading: Reading, number: int | None) -> None:
    setattr(reading.group, name, number != 0)


def _plain(reading: Reading, _: int | None) -> None:
    group = reading.group
    group.font = None
    group.hidden = group.deleted = group.inserted = group.struck = False


def _paragraph_plain(reading: Reading, _: int | None) -> None:
    reading.group.in_table, reading.group.level = False, 0


def _unicode(reading: Reading, number: int | None) -> None:
    reading.write_code((number or 0) & 0xFFFF)


def _skips(reading: Reading, number: int | None) -> None:
    reading.group.skipped = min(max(1 if number is None else number, 0), 100)


def _font(reading: Reading, number: int | None) -> None:
    group = reading.group
    group.font = number or 0
    if group.table == "fonts":
        group.sink = reading.fonts.setdefault(number or 0, Font()).letters


def _charset(reading: Reading, number: int | None) -> None:
    font = reading.font()
    if reading.group.table == "fonts" and font is not None:
        font.codec = font.codec or codec_of_charset(number or 0)


def _page_of_font(reading: Reading, number: int | None) -> None:
    font = reading.font()
    if reading.group.table == "fonts" and font is not None:
        font.codec = codec_of_page(number or 0)


def _default_font(reading: Reading, number: int | None) -> None:
    reading.default_font = number or 0


def _code_page(reading: Reading, number: int | None) -> None:
    reading.codec = codec_of_page(number or 0) or reading.codec


def _old_code_page(codec: str, reading: Reading, _: int | None) -> None:
    reading.codec = codec


def _table_of(kind: str, reading: Reading, _: int | None) -> None:
    reading.group.into(sink=[])
    reading.group.table = kind


def _style(reading: Reading, number: int | None) -> None:
    group = reading.group
    if group.table != "styles":
        group.level = reading.levels.get(number or 0, 0)
        return
    reading.style = number or 0
    name = group.sink = []

    def end() -> None:
        if found := _HEADING.match("".join(name).strip()):
            reading.levels[number or 0] = min(int(found[1]), 6)

    group.at_end = end


def _outline(reading: Reading, number: int | None) -> None:
    level = min((number or 0) + 1, 6) if (number or 0) < 9 else 0
    if reading.group.table == "styles":
        reading.levels[reading.style] = level
    else:
        reading.group.level = level


def _in_table(reading: Reading, number: int | None) -> None:
    reading.group.in_table = number != 0


def _end_paragraph(reading: Reading, _: int | None) -> None:
    reading.end_paragraph()


def _end_part(part: str, reading: Reading, _: int | None) -> None:
    """The end of a cell or row."""
    flow = reading.group.flow
    if flow is not None:
        getattr(flow, f"end_{part}")()


def _note(reading: Reading, _: int | None) -> None:
    around, flow = reading.group.flow, Flow()
    reading.group.into(flow)

    def end() -> None:
        if around is not None and (words := flow.in_one_line()):
            around.add(f"[note] {words}")

    reading.group.at_end = end


def _comment(reading: Reading, _: int | None) -> None:
    around, flow = reading.group.flow, Flow()
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
        elif refusal := reading.attached.refusal(len(found[1])):
            reading.attached.leave_out(found[0], refusal)
            thing.flow.add(f" [attached: {found[0]}, {refusal}] ")
        else:
            thing.flow.add(f" [attached: {reading.attached.add(*found)}] ")

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


_WORDS: dict[bytes, _Word] = {
    b"par": _end_paragraph,
    b"sect": _end_paragraph,
    b"page": _end_paragraph,
    b"cell": partial(_end_part, "cell"),
    b"row": partial(_end_part, "row"),
    b"nestcell": partial(_end_part, "inner_cell"),
    b"nestrow": partial(_end_part, "inner_row"),
    b"u": _unicode,
    b"uc": _skips,
    b"f": _font,
    b"deff": _default_font,
    b"ansicpg": _code_page,
    b"mac": partial(_old_code_page, "mac_roman"),
    b"pc": partial(_old_code_page, "cp437"),
    b"pca": partial(_old_code_page, "cp850"),
    b"fonttbl": partial(_table_of, "fonts"),
    b"fcharset": _charset,
    b"cpg": _page_of_font,
    b"stylesheet": partial(_table_of, "styles"),
    b"s": _style,
    b"outlinelevel": _outline,
    b"plain": _plain,
    b"pard": _paragraph_plain,
    b"intbl": _in_table,
    b"v": partial(_flag, "hidden"),
    b"deleted": partial(_flag, "deleted"),
    b"revised": partial(_flag, "inserted"),
    b"strike": partial(_flag, "struck"),
    b"striked": partial(_flag, "struck"),
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
    b"listtext": partial(_flag, "is_label"),
    b"pntext": partial(_flag, "is_label"),
    b"upr": _both,
    b"ud": _unicode_form,
}
for _kind in ("header", "footer"):
    for _which in ("", "l", "r", "f"):
        _WORDS[f"{_kind}{_which}".encode()] = partial(_margin, _kind)
