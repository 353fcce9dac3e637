"""The control words of rich text: what each does to the text that is being read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

from markterm.evidence.readers.rtf.fonts import Font, codec_of_charset, codec_of_page
from markterm.evidence.readers.rtf.groups import GROUPS, Word
from markterm.evidence.readers.rtf.reading import Reading
from markterm.evidence.readers.rtf.tokens import SIGNS

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
    if word in SIGNS and (group.flow is not None or group.sink is not None):
        reading.write(SIGNS[word])
    elif known := _WORDS.get(word):
        known(reading, number)
    elif is_first and (word in _NOWHERE or _PROPERTIES.match(word) or (is_optional and word not in _KEPT)):
        group.is_dead = True


def _flag(name: str, reading: Reading, number: int | None) -> None:
    setattr(reading.group, name, number != 0)


def _plain(reading: Reading, _: int | None) -> None:
    group = reading.group
    group.font, group.raised = None, ""
    group.hidden = group.deleted = group.inserted = group.struck = False


def _paragraph_plain(reading: Reading, _: int | None) -> None:
    reading.group.in_table, reading.group.level = False, 0


def _unicode(reading: Reading, number: int | None) -> None:
    reading.write_code((number or 0) & 0xFFFF)


def _skips(reading: Reading, number: int | None) -> None:
    reading.group.skipped = min(max(1 if number is None else number, 0), 100)


def _raised(place: str, reading: Reading, number: int | None) -> None:
    reading.group.raised = "" if number == 0 else place


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


_WORDS: Mapping[bytes, Word] = {
    b"par": _end_paragraph,
    b"sect": _end_paragraph,
    b"page": _end_paragraph,
    b"column": _end_paragraph,
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
    b"super": partial(_raised, "superscript"),
    b"sub": partial(_raised, "subscript"),
    b"up": partial(_raised, "superscript"),
    b"dn": partial(_raised, "subscript"),
    b"nosupersub": partial(_raised, ""),
    b"listtext": partial(_flag, "is_label"),
    b"pntext": partial(_flag, "is_label"),
    **GROUPS,
}
