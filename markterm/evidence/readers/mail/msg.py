"""E-mails of Outlook (.msg): read from the properties that MS-OXMSG describes, and shown as any e-mail is."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, formataddr
from pathlib import Path
from typing import BinaryIO

import olefile  # type: ignore[import-untyped]  # the library has no types

from markterm.evidence.charset import decoded, label_of
from markterm.evidence.converted import Converted, NotReadable
from markterm.evidence.readers.attached import Attached
from markterm.evidence.readers.draft import Draft, damage_said
from markterm.evidence.readers.mail.message import check_size, is_message, parsed, write_message
from markterm.evidence.readers.mail.mime import Part, message
from markterm.evidence.readers.mail.outlook_rtf import page_in, unpacked

DEEPEST = 12
MOST_FILES = 2_000
_PROPERTIES = "__properties_version1.0"
_ATTACHED, _RECIPIENT = "__attach_version1.0_#", "__recip_version1.0_#"
_WIDE, _NARROW, _BINARY = "001F", "001E", "0102"
_HEADS = (32, 24, 8)  # Of the properties of a message, of one within another, and of an attachment or recipient.
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)

_SUBJECT, _BODY, _HTML, _RTF, _INTERNET_HEADERS = 0x0037, 0x1000, 0x1013, 0x1009, 0x007D
_CLASS, _SENT, _DELIVERED, _CODEPAGE, _INTERNET_CODEPAGE = 0x001A, 0x0039, 0x0E06, 0x3FFD, 0x3FDE
_FROM, _FROM_ADDRESS, _FROM_SMTP, _ON_BEHALF, _ON_BEHALF_SMTP = 0x0C1A, 0x0C1F, 0x5D01, 0x0042, 0x5D02
_SHOWN_TO, _SHOWN_CC, _SHOWN_BCC = 0x0E04, 0x0E03, 0x0E02
_NAME, _ADDRESS, _SMTP, _KIND_OF_RECIPIENT = 0x3001, 0x3003, 0x39FE, 0x0C15
_DATA, _METHOD, _LONG_NAME, _SHORT_NAME, _MIME, _CONTENT_ID = 0x3701, 0x3705, 0x3707, 0x3704, 0x370E, 0x3712
_IS_MESSAGE = 5


def read(path: Path) -> Converted:
    """The message in `path`, with its attachments; a message inside it is one. Raises NotReadable when it is none."""
    with damage_said("an e-mail of Outlook"):
        check_size(path, "The e-mail")
        with path.open("rb") as stream:
            written, notes = as_mail(stream)
        mail = parsed(written)
        draft, attached = Draft(notes=notes), Attached()
        if not is_message(mail):
            draft.notes.append("It says neither who wrote it nor to whom nor about what.")
        write_message(mail, draft, attached)
        draft.notes.extend(attached.notes())
        return draft.converted(attachments=attached.files)


def as_mail(stream: BinaryIO) -> tuple[bytes, list[str]]:
    """The message as a mail program would have written it, and what is to be said about it. Raises NotReadable."""
    with damage_said("an e-mail of Outlook"), olefile.OleFileIO(stream) as file:
        if not file.exists(_PROPERTIES):
            raise NotReadable("This is not an e-mail of Outlook.")
        reading = _Reading(file)
        return reading.message(_Store(file, (), _HEADS[0]), 0), reading.notes


class _Store:
    """The properties of a message, an attachment or a recipient, in a folder of the file."""

    def __init__(self, file: olefile.OleFileIO, folder: tuple[str, ...], head: int) -> None:
        self.file = file
        self.folder = folder
        self._fixed = _fixed_properties(self._stream(_PROPERTIES), head)
        self._codepage = 0

    def with_codepage_of(self, other: _Store) -> _Store:
        """The same, its strings of bytes in the alphabet of that message."""
        self._codepage = other.codepage
        return self

    @property
    def codepage(self) -> int:
        return self.number(_CODEPAGE) or self._codepage or self.number(_INTERNET_CODEPAGE)

    def number(self, key: int) -> int:
        """A whole number; 0 when there is none."""
        return int(struct.unpack_from("<i", self._fixed.get(key, bytes(8)))[0])

    def time(self, key: int) -> datetime | None:
        """A point in time."""
        (ticks,) = struct.unpack_from("<Q", self._fixed.get(key, bytes(8)))
        return _EPOCH + timedelta(microseconds=ticks // 10) if 0 < ticks < 2**62 else None

    def text(self, key: int) -> str:
        """A string; empty when there is none."""
        if wide := self._stream(f"__substg1.0_{key:04X}{_WIDE}"):
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        narrow = self._stream(f"__substg1.0_{key:04X}{_NARROW}").rstrip(b"\0")
        return decoded(narrow, label_of(self.codepage)).text

    def binary(self, key: int) -> bytes:
        """Bytes; none when there are none."""
        return self._stream(f"__substg1.0_{key:04X}{_BINARY}")

    def folders(self, begins: str) -> list[tuple[str, ...]]:
        """The folders directly in this one whose names begin so."""
        depth = len(self.folder)
        found = (tuple(each[: depth + 1]) for each in self.file.listdir() if tuple(each[:depth]) == self.folder)
        return sorted({each for each in found if len(each) > depth and each[depth].startswith(begins)})

    def _stream(self, name: str) -> bytes:
        path = [*self.folder, name]
        if not self.file.exists(path) or self.file.get_type(path) != olefile.STGTY_STREAM:
            return b""
        return bytes(self.file.openstream(path).read())


def _fixed_properties(data: bytes, head: int) -> dict[int, bytes]:
    entries = (data[place : place + 16] for place in range(head, len(data) - 15, 16))
    return {struct.unpack_from("<H", entry, 2)[0]: entry[8:16] for entry in entries}


@dataclass(slots=True)
class _Reading:
    """One file, with what is to be said about it."""

    file: olefile.OleFileIO
    notes: list[str]

    def __init__(self, file: olefile.OleFileIO) -> None:
        self.file = file
        self.notes = []

    def message(self, store: _Store, depth: int) -> bytes:
        """The message in `store` as a mail program would have written it."""
        if depth > DEEPEST:
            raise NotReadable(f"The e-mail has messages within messages, more than {DEEPEST} deep.")
        if "SMIME" in store.text(_CLASS).upper():
            self._note("It is encrypted or signed, and what it says may be in the attached file only.")
        every = [
            self._file(_Store(self.file, each, _HEADS[2]).with_codepage_of(store), depth) for each in self._of(store)
        ]
        return message(_headers(store), self._texts(store), [part for part in every if part is not None])

    def _of(self, store: _Store) -> list[tuple[str, ...]]:
        found = store.folders(_ATTACHED)
        if len(found) > MOST_FILES:
            self._note(f"Only the first {MOST_FILES:,} of {len(found):,} attached files are listed.")
        return found[:MOST_FILES]

    def _note(self, sentence: str) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)

    def _texts(self, store: _Store) -> list[Part]:
        texts = []
        if plain := store.text(_BODY).strip("\0"):
            texts.append(Part("text/plain", plain.encode("utf-8", "replace")))
        page, rtf = self._page(store)
        if page:
            texts.append(Part("text/html", page.encode("utf-8", "replace")))
        elif rtf and not plain:
            texts.append(Part("text/rtf", rtf))
        return texts or [Part("text/plain", b"")]

    def _page(self, store: _Store) -> tuple[str, bytes]:
        """The text as a web page, and as rich text."""
        if html := store.binary(_HTML):
            return decoded(html, label_of(store.number(_INTERNET_CODEPAGE))).text, b""
        if html_text := store.text(_HTML):
            return html_text, b""
        packed = store.binary(_RTF)
        if not packed:
            return "", b""
        try:
            rtf = unpacked(packed)
        except ValueError:
            self._note("Its rich text is damaged and is not shown.")
            return "", b""
        return page_in(rtf), rtf

    def _file(self, store: _Store, depth: int) -> Part | None:
        name = store.text(_LONG_NAME) or store.text(_SHORT_NAME)
        within = (*store.folder, f"__substg1.0_{_DATA:04X}000D")
        if store.number(_METHOD) == _IS_MESSAGE or self.file.exists([*within, _PROPERTIES]):
            inner = self.message(_Store(self.file, within, _HEADS[1]), depth + 1)
            name = name or store.text(_NAME) or "message"
            return Part("message/rfc822", inner, name if name.lower().endswith(".eml") else f"{_bare(name)}.eml")
        content = store.binary(_DATA)
        if not content and self.file.exists(list(within)):
            self._note(
                f"{name or store.text(_NAME) or 'An object'} is an object of another program, which is not read here."
            )
            return None
        kind = store.text(_MIME)
        if kind.startswith("multipart/"):  # What was signed is the whole message, as it came.
            return Part("message/rfc822", content, "signed message.eml")
        kind = (
            kind
            if re.fullmatch(r"[\w.+-]+/[\w.+-]+", kind) and kind != "message/rfc822"
            else "application/octet-stream"
        )
        return Part(kind, content, name or store.text(_NAME) or "attachment", store.text(_CONTENT_ID))


def _bare(name: str) -> str:
    return re.sub(r"\.msg$", "", name, flags=re.IGNORECASE)


def _headers(store: _Store) -> list[tuple[str, str]]:
    sent = store.time(_SENT) or store.time(_DELIVERED)
    sender = _person(store.text(_FROM), store.text(_FROM_SMTP) or store.text(_FROM_ADDRESS))
    behalf = _person(store.text(_ON_BEHALF), store.text(_ON_BEHALF_SMTP))
    if behalf and store.text(_ON_BEHALF) != store.text(_FROM):
        sender = f"{sender} on behalf of {behalf}" if sender else behalf
    people: dict[int, list[str]] = {}
    for folder in store.folders(_RECIPIENT)[:MOST_FILES]:
        recipient = _Store(store.file, folder, _HEADS[2]).with_codepage_of(store)
        who = _person(recipient.text(_NAME), recipient.text(_SMTP) or recipient.text(_ADDRESS))
        people.setdefault(recipient.number(_KIND_OF_RECIPIENT) & 0xF, []).append(who)
    shown = {1: _SHOWN_TO, 2: _SHOWN_CC, 3: _SHOWN_BCC}
    to, cc, bcc = (", ".join(filter(None, people.get(kind, ()))) or store.text(key) for kind, key in shown.items())
    return [
        ("From", sender),
        ("To", to),
        ("Cc", cc),
        ("Bcc", bcc),
        ("Date", format_datetime(sent) if sent is not None else ""),
        ("Subject", store.text(_SUBJECT)),
    ]


def _person(name: str, address: str) -> str:
    """Who it is, as header lines say it. What Exchange knows somebody by is no address for anybody else."""
    address = "" if address.startswith("/") or not address.isascii() else address
    if not address or address == name:
        return name
    return formataddr((name, address), "utf-8") if name.isascii() else f'"{name}" <{address}>'.replace('""', "")
