"""The text of an e-mail as Outlook keeps it: rich text that is packed, and may have a web page wrapped in it.

The packing is described in MS-OXRTFCP, the wrapping in MS-OXRTFEX.
"""

from __future__ import annotations

import re
import struct

from markterm.evidence.charset import decoded

LARGEST = 32 * 1024 * 1024
_PACKED, _PLAIN = b"LZFu", b"MELA"
_HEAD = 16
_WINDOW = 4096
_AT_FIRST = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
    b"\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]+)(?P<number>-?\d{1,10})? ?|\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])"
    rb"|(?P<brace>[{}])|(?P<text>[^\\{}]+)"
)
_ALPHABET = re.compile(rb"\\ansicpg(\d{1,5})")
_SIGNS = {
    b"par": b"\r\n",
    b"line": b"\r\n",
    b"tab": b"\t",
    b"lquote": b"&lsquo;",
    b"rquote": b"&rsquo;",
    b"ldblquote": b"&ldquo;",
    b"rdblquote": b"&rdquo;",
    b"bullet": b"&bull;",
    b"endash": b"&ndash;",
    b"emdash": b"&mdash;",
}
_NOT_SHOWN = frozenset({b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"listtable", b"mhtmltag"})


def unpacked(data: bytes) -> bytes:
    """The rich text that is packed in `data`. Raises ValueError when it is damaged."""
    if len(data) < _HEAD:
        raise ValueError("cut short")
    _, size, kind, _ = struct.unpack_from("<II4sI", data)
    if kind == _PLAIN:
        return data[_HEAD : _HEAD + size]
    if kind != _PACKED or size > LARGEST:
        raise ValueError("packed in an unknown way")
    window = bytearray(_AT_FIRST.ljust(_WINDOW, b" "))
    write = len(_AT_FIRST)
    found = bytearray()
    place = _HEAD
    while place < len(data) and len(found) < size:
        control = data[place]
        place += 1
        for bit in range(8):
            if place >= len(data) or len(found) >= size:
                break
            if not control & (1 << bit):
                piece = data[place : place + 1]
                place += 1
            else:
                if place + 1 >= len(data):
                    return bytes(found)
                reference = data[place] << 8 | data[place + 1]
                place += 2
                offset, length = reference >> 4, (reference & 0xF) + 2
                if offset == write:
                    return bytes(found)
                piece = b""
                for step in range(length):  # It may reach into what it writes itself.
                    byte = window[(offset + step) % _WINDOW]
                    window[(write + step) % _WINDOW] = byte
                    piece += bytes((byte,))
            for byte in piece:
                window[write] = byte
                write = (write + 1) % _WINDOW
            found += piece
    return bytes(found)


def page_in(rtf: bytes) -> str:
    """The web page that is wrapped in rich text; empty when none is."""
    if b"\\fromhtml" not in rtf[:2000]:
        return ""
    named = _ALPHABET.search(rtf)
    alphabet = f"cp{named[1].decode()}" if named is not None else ""
    page: list[bytes | str] = []
    # Of each group that is open: whether its words belong to the page, and whether they are for rich text alone.
    groups = [(True, False)]
    skipped = 0
    for token in _TOKEN.finditer(rtf):
        shown, is_rtf_only = groups[-1]
        if token["brace"] == b"{":
            groups.append((shown, is_rtf_only))
        elif token["brace"] == b"}":
            if len(groups) > 1:
                groups.pop()
        elif (word := token["word"]) is not None:
            number = token["number"]
            if word == b"htmlrtf":
                groups[-1] = (shown, number != b"0")
            elif word == b"htmltag":
                groups[-1] = (True, False)
            elif word in _NOT_SHOWN:
                groups[-1] = (False, is_rtf_only)
            elif shown and not is_rtf_only:
                if word == b"u" and number is not None:
                    page.append(chr(int(number) % 0x10000))
                    skipped = 1
                elif word in _SIGNS:
                    page.append(_SIGNS[word])
        elif token["sign"] == b"*":
            groups[-1] = (False, is_rtf_only)
        elif shown and not is_rtf_only:
            if skipped and (token["byte"] is not None or token["text"] is not None):
                text = (token["text"] or b"")[1:]
                skipped = 0
            elif token["byte"] is not None:
                text = bytes((int(token["byte"], 16),))
            elif token["sign"] is not None:
                text = {b"~": b"&nbsp;", b"_": b"&shy;"}.get(token["sign"], token["sign"])
            else:
                text = token["text"] or b""
            page.append(text if token["text"] is None else text.replace(b"\r", b"").replace(b"\n", b""))
    return _joined(page, alphabet)


def _joined(page: list[bytes | str], alphabet: str) -> str:
    """The pieces as one text: bytes that follow each other may be one character."""
    found: list[str] = []
    waiting = b""
    for piece in (*page, ""):
        if isinstance(piece, bytes):
            waiting += piece
            continue
        if waiting:
            found.append(decoded(waiting, alphabet).text)
            waiting = b""
        found.append(piece)
    return "".join(found)
