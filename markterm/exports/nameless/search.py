"""Looking for names in what nobody reads as text: values of attributes, and the bytes of a part."""

from __future__ import annotations

import re

from markterm.domain.views.anonymous import Anonymous
from markterm.domain.words.ordinary_words import ORDINARY_WORDS

_NUMBER = re.compile(
    r"[\d\s.,:;%+\-/(){}*#$]*|\{?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?|"
    r"#?(?=[A-Fa-f]*\d)[0-9A-Fa-f]{6,8}|[A-Z]{1,3}\d{1,7}(?::[A-Z]{1,3}\d{1,7})?|-?[\d.]+(?:pt|in|cm|mm|px|pc|em|%)"
)
_TOKEN = re.compile(r"[A-Za-z0-9_.:#/-]*")
_FORMULA = "formula"
_FUNCTION = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*(?=\()")
_WRITTEN = """
    name displayName codeName uniqueName caption label location anchor href url userName path file src tag text string
    value display-name style-name table-name formula condition target-range-address cell-range-address print-ranges
    help-id title
"""
_NAMED_BY_PEOPLE = frozenset(_WRITTEN.split())
"""Attributes in which people call things what they like, by their local names; most others hold terms of the format."""
_NEVER_WRITTEN = frozenset(
    ("typeface", "ascii", "hAnsi", "cs", "eastAsia", "font-name", "font-family", "face", "fmla", "eqn", "formatCode")
)
"""Names of fonts, and what computes shapes."""
_FONTS = frozenset(
    """
    algerian,aptos,aptos display,arial,arial black,arial narrow,bahnschrift,baskerville old face,bell mt,
    bookman old style,bradley hand itc,calibri,calibri light,cambria,cambria math,candara,century,century gothic,
    comic sans ms,consolas,constantia,cooper black,corbel,courier,courier new,dejavu sans,ebrima,franklin gothic book,
    franklin gothic medium,gabriola,garamond,georgia,gill sans mt,helvetica,helvetica neue,impact,liberation mono,
    liberation sans,liberation serif,lucida console,lucida sans,lucida sans unicode,mangal,noto sans,noto serif,nyala,
    palatino linotype,roboto,rockwell,segoe print,segoe script,segoe ui,segoe ui symbol,symbol,tahoma,times,
    times new roman,trebuchet ms,verdana,webdings,wingdings,wingdings 2,wingdings 3
    """.replace("\n", "")
    .replace("    ", "")
    .split(",")
)
_BUILT_IN = frozenset(("office", "office theme", "normal table", "table normal", "table grid", "no list"))
"""What programs call styles and themes, whoever is called so too."""


def tells(attribute: str, value: str, anonymous: Anonymous) -> bool:
    """Whether the value of an attribute names somebody. A number or the place of a cell does only as a whole, an
    ordinary word in small letters and the name of a known font never; what looks like a term of the format, where
    people write none, the learner alone: somebody is called Max, and some font Shruti."""
    if _NUMBER.fullmatch(value):
        return anonymous.is_registration(value)
    known = value.strip("'\"0123456789").casefold()
    if value in ORDINARY_WORDS or known in _FONTS or known in _BUILT_IN:
        return False
    if attribute in _NEVER_WRITTEN or (attribute not in _NAMED_BY_PEOPLE and _TOKEN.fullmatch(value)):
        return anonymous.term_names_the_learner(value)
    return computes_with_name(value, anonymous) if attribute == _FORMULA else anonymous.still_names(value)


def computes_with_name(formula: str, anonymous: Anonymous) -> bool:
    """Whether a formula names somebody, by a text, a sheet or what a range is called: MAX is a function."""
    return anonymous.still_names(_FUNCTION.sub("", formula))


def found_in_bytes(data: bytes, anonymous: Anonymous) -> bool:
    """Whether the learner is named in the bytes of a part, as UTF-8, Latin-1 or UTF-16 of either order."""
    if anonymous.names_the_learner(data.decode("utf-8", "replace")) or anonymous.names_the_learner(
        data.decode("latin-1")
    ):
        return True
    if b"\0" not in data:
        return False
    return any(
        anonymous.names_the_learner(data[offset:].decode(encoding, "replace"))
        for encoding in ("utf-16-le", "utf-16-be")
        for offset in (0, 1)
    )
