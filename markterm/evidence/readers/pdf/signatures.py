"""The electronic signatures of a PDF: by whom, when and why, as they say themselves. Nothing of it is checked."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped] # the library has no types

from markterm.evidence.readers.escape import escape_inline
from markterm.evidence.readers.pdf.strings import wide

MOST = 100
_LARGEST = 1_000_000
_TIME = re.compile(r"(?:D:)?(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d))?")
_SEQUENCE, _FIRST = 0x30, 0xA0
_UTF_16 = 0x1E
_COMMON_NAME = bytes((0x55, 0x04, 0x03))
_LONG, _MOST_BYTES_OF_LENGTH = 0x80, 4
_DEEPEST = 30


@dataclass(frozen=True, slots=True)
class Signature:
    """What a signature says of itself; what it does not say is empty."""

    signer: str
    time: str
    reason: str

    @property
    def item(self) -> str:
        """An item of Markdown."""
        by = f" by {escape_inline(self.signer)}" if self.signer else ""
        on = f" on {self.time}" if self.time else ""
        return f"- Signed{by}{on}{f': {escape_inline(self.reason)}' if self.reason else ''}"


def signatures_of(document: Any) -> list[Signature]:
    """Those that were given; fields that wait for one have none."""
    found = []
    for number in range(min(max(pdfium.FPDF_GetSignatureCount(document), 0), MOST)):
        signature = pdfium.FPDF_GetSignatureObject(document, number)
        content = _bytes(lambda room, size, it=signature: pdfium.FPDFSignatureObj_GetContents(it, room, size))
        if any(content):
            time = _bytes(lambda room, size, it=signature: pdfium.FPDFSignatureObj_GetTime(it, room, size))
            reason = wide(lambda room, size, it=signature: pdfium.FPDFSignatureObj_GetReason(it, room, size))
            found.append(Signature(signer(content), _time(time), " ".join(reason.split())))
    return found


def _bytes(ask: Callable[..., int]) -> bytes:
    size = min(ask(None, 0), _LARGEST)
    room = ctypes.create_string_buffer(size + 1)
    ask(room, size)
    return room.raw[:size]


def _time(said: bytes) -> str:
    found = _TIME.match(said.decode("latin-1"))
    if found is None:
        return ""
    year, month, day, hour, minute = found.groups()
    return f"{year}-{month}-{day} {hour}:{minute}" if hour else f"{year}-{month}-{day}"


def signer(content: bytes) -> str:
    """The name in the certificate of whoever signed, of a signature in the usual form (RFC 5652); empty for others."""
    try:
        _, outer = next(_values(content))
        _, wrapped = list(_values(outer))[1]
        _, signed = next(_values(wrapped))
        parts = list(_values(signed))
        certificates = next(value for kind, value in parts if kind == _FIRST)
        infos = parts[-1][1]
        names: dict[bytes, str] = {}
        for kind, certificate in _values(certificates):
            if kind == _SEQUENCE:
                serial, name = _serial_and_name(certificate)
                names[serial] = name
        for _, info in _values(infos):
            kind, issued = list(_values(info))[1]
            serial = list(_values(issued))[1][1] if kind == _SEQUENCE else b""
            if serial in names:
                return names[serial]
        return next(iter(names.values()), "") if len(names) == 1 else ""
    except (IndexError, StopIteration, ValueError):
        return ""


def _serial_and_name(certificate: bytes) -> tuple[bytes, str]:
    _, told = next(_values(certificate))
    parts = list(_values(told))
    if parts[0][0] == _FIRST:  # its version
        del parts[0]
    serial, subject = parts[0][1], parts[4][1]
    for _, group in _values(subject):
        for _, pair in _values(group):
            (_, which), (kind, said) = list(_values(pair))[:2]
            if which == _COMMON_NAME:
                name = said.decode("utf-16-be" if kind == _UTF_16 else "utf-8", "replace")
                return serial, " ".join(name.split())
    return serial, ""


def _values(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and content of each value in `data` (ITU-T X.690). Raises IndexError or ValueError when it is cut short."""
    place = 0
    while place < len(data):
        begin, end, after = _bounds(data, place)
        yield data[place], data[begin:end]
        place = after


def _bounds(data: bytes, place: int, depth: int = 0) -> tuple[int, int, int]:
    """Where the content of the value at `place` begins and ends, and where the next value begins."""
    size, begin = data[place + 1], place + 2
    if size == _LONG:  # not said: it ends where a value of nothing stands
        if depth > _DEEPEST:
            raise ValueError("nested too deeply")
        end = begin
        while data[end : end + 2] != b"\0\0":
            end = _bounds(data, end, depth + 1)[2]
        return begin, end, end + 2
    if size & _LONG:
        count = size & ~_LONG
        if count > _MOST_BYTES_OF_LENGTH:
            raise ValueError("a length without end")
        size = int.from_bytes(data[begin : begin + count], "big")
        begin += count
    if begin + size > len(data):
        raise ValueError("cut short")
    return begin, begin + size, begin + size
