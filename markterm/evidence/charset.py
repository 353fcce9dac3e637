"""The characters that bytes stand for, whatever they are labelled: labels are wrong so often that bytes count first.

The labels mean what the WHATWG's encoding standard says that they mean: Latin-1 and ASCII are Windows-1252.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # It begins as that of UTF-16 does.
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
WINDOWS = "cp1252"
_UTF_8_PAGE = 65_001

_MEANT = {
    label: codec
    for codec, labels in (
        (
            WINDOWS,
            "ascii us-ascii ansi_x3.4-1968 iso646-us latin1 latin-1 l1 iso-8859-1 iso8859-1 iso_8859-1 iso88591 cp819 "
            "ibm819 x-cp1252 ansi default 8bit binary x-user-defined unknown unknown-8bit",
        ),
        ("utf-8", "utf8 utf-8 unicode-1-1-utf-8 x-unicode20utf8 utf8mb4 utf-8-sig utf8-bom"),
        ("utf-16-le", "utf-16 utf16 utf-16le unicode ucs-2 csunicode unicodefeff"),
        ("utf-16-be", "unicodefffe"),
        ("cp1254", "iso-8859-9 latin5 l5 iso8859-9"),
        ("cp874", "iso-8859-11 tis-620 dos-874"),
        ("gb18030", "gbk gb2312 gb_2312-80 x-gbk chinese euc-cn cp936 936"),
        ("cp932", "shift_jis shift-jis sjis x-sjis ms_kanji windows-31j"),
        ("cp949", "euc-kr ks_c_5601-1987 korean ksc5601 ks_c_5601-1989"),
        ("big5hkscs", "big5 big5-hkscs x-x-big5 cn-big5"),
        ("mac_roman", "macintosh x-mac-roman mac"),
        ("mac_cyrillic", "x-mac-cyrillic x-mac-ukrainian"),
        ("mac_latin2", "x-mac-ce x-mac-centraleurroman"),
        ("mac_greek", "x-mac-greek"),
        ("mac_turkish", "x-mac-turkish"),
        ("euc_jp", "x-euc-jp x-euc"),
        ("koi8_r", "koi koi8"),
        ("iso8859_8", "iso-8859-8-i iso-8859-8-e logical visual"),
    )
    for label in labels.split()
}
# Python has them as alphabets of text, and they are none that a learner's file is written in.
_NOT_ALPHABETS = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"})
_MANY_BYTES = frozenset({"gb18030", "cp932", "cp949", "big5hkscs", "euc_jp", "iso2022_jp", "iso2022_kr", "hz"})
_FEW = 3
"""Characters. So many of Chinese can look like UTF-8 by chance."""
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_WORDS = re.compile(r"[A-Za-z0-9 .,;:'\"\r\n\t-]")
_MOST_WORDS = 0.1
"""How much of a text is Latin letters, digits and spaces when it is read the right way round, at the least."""
# What Windows writes where Unicode has control characters that nobody uses.
_C1 = {
    code: character
    for code in range(0x80, 0xA0)
    if (character := bytes((code,)).decode(WINDOWS, "replace")) != "\N{REPLACEMENT CHARACTER}"
}
_MAC = "mac_roman"
# An older Mac's apostrophe in a word, or its quotation marks around words: in Windows' alphabet they are Õ, Ò and Ó.
_OF_A_MAC = re.compile(rb"[a-z]\xd5(?:s|t|re|ve|ll|d|m)(?![a-z])|\xd2[A-Za-z][^\xd2\xd3]{0,500}[a-z.,!?]\xd3")
_OF_WINDOWS = re.compile(rb"[A-Za-z][\x91-\x97][A-Za-z ]")
_ANY_C1 = re.compile("[\x80-\x9f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the name of the alphabet that it was read in as a person says it, and how many characters of it stand as
    the replacement character because nobody can tell what they were."""

    text: str
    alphabet: str
    lost: int = 0


def decoded(data: bytes, label: str = "") -> Decoded:
    """The text that `data` is; `label` is what somebody says of its alphabet, and may be wrong.

    A byte order mark is believed first, then bytes that are UTF-8 and more than ASCII, then the label; without one, or
    with one that means nothing here, what is not UTF-8 is read as UTF-16 where it looks like that, or as Windows-1252.
    """
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return _read(data[len(mark) :], codec)
    named = _codec(label)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        count = len(_BEYOND_ASCII.findall(text)) if named in _MANY_BYTES else 0
        is_utf_8 = named not in _MANY_BYTES or count >= _FEW
        # What is written in an alphabet of escapes is ASCII to the eye.
        if is_utf_8 and not ("\0" in text or (named or "").startswith(("utf_7", "iso2022", "hz"))):
            return Decoded(from_c1(text), "UTF-8")
    if len(data) > _FEW and b"\0" in data and (wide := _wide(data)):
        return _read(data, wide)
    if named in (None, "utf-8", WINDOWS):
        if _is_mostly_utf_8(data):
            return _read(data, "utf-8")
        return _read(data, _MAC if _OF_A_MAC.search(data) and not _OF_WINDOWS.search(data) else WINDOWS)
    assert named is not None
    return _read(data, named)


def label_of(codepage: int) -> str:
    """The label of a code page of Windows; none for UTF-8 and where none is named, for the bytes say more."""
    return f"cp{codepage}" if codepage not in (0, _UTF_8_PAGE) else ""


def from_c1(text: str) -> str:
    """`text` with the characters that Windows means by the control characters U+0080 to U+009F: “ and ” and –."""
    return text.translate(_C1) if _ANY_C1.search(text) else text


def _codec(label: str) -> str | None:
    """The codec that a label means; None when it means nothing here."""
    name = label.strip().strip("\"'").lower().replace(" ", "")
    if name in _MEANT:
        return _MEANT[name]
    try:
        codec = codecs.lookup(name).name
        b" ".decode(codec, "ignore")  # Some are of bytes to bytes.
    except (LookupError, ValueError):
        return None
    codec = codec.replace("-", "_")
    return None if codec in _NOT_ALPHABETS else _MEANT.get(codec.replace("_", "-"), codec)


def _read(data: bytes, codec: str) -> Decoded:
    if codec == "utf-8":
        text = data.decode(codec, _MIXED)
        return Decoded(from_c1(text), _said(codec), text.count("\ufffd") - data.count("\ufffd".encode()))
    text = data.decode(codec, "replace")
    # The file may hold that character itself.
    lost = text.count("\ufffd") - data.decode(codec, "ignore").count("\ufffd") if "\ufffd" in text else 0
    return Decoded(from_c1(text), _said(codec), lost)


def _mixed(error: UnicodeError) -> tuple[str, int]:
    """What stands for bytes that are not UTF-8 within a text that is: what Windows means by them. At the end it is a
    character that was cut off."""
    if not isinstance(error, UnicodeDecodeError) or error.end >= len(error.object):
        return "\ufffd", getattr(error, "end", 0)
    return error.object[error.start : error.end].decode(WINDOWS, "replace"), error.end


_MIXED = "markterm.windows"
codecs.register_error(_MIXED, _mixed)


def _said(codec: str) -> str:
    if codec.startswith("utf"):
        return codec.upper().replace("_", "-").removesuffix("-LE").removesuffix("-BE")
    if codec == _MAC:
        return "Mac Roman"
    return re.sub(r"^CP(?=125|874)", "Windows-", codec.upper().replace("_", "-"))


def _is_mostly_utf_8(data: bytes) -> bool:
    """Whether it is UTF-8 that is cut off or damaged in places, and no text of single bytes."""
    text = data.decode("utf-8", "replace")
    whole = len(_BEYOND_ASCII.findall(text))
    wrong = text.count("\ufffd")
    return whole - wrong > wrong


def _wide(data: bytes) -> str:
    """The kind of UTF-16 that bytes without a mark are; empty when they are none."""
    even = data[: len(data) // 2 * 2]
    best, codec = 0.0, ""
    for each in ("utf-16-le", "utf-16-be"):
        text = even.decode(each, "replace")
        words = len(_WORDS.findall(text)) / max(len(text), 1)
        if words > best and "\0" not in text:
            best, codec = words, each
    return codec if best > _MOST_WORDS else ""
