"""Messages and mailboxes of any length: what is attached to each, and who sent it. One message is read at a time."""

from __future__ import annotations

import io
import mimetypes
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email.message import EmailMessage
from email.utils import getaddresses
from functools import lru_cache, partial
from typing import BinaryIO, NamedTuple

from markterm.domain.words.errors import Unreadable
from markterm.domain.words.foreign_text import one_line
from markterm.evidence.converted import NotReadable
from markterm.evidence.incoming.coming import ComingFile, LeftFile, Sender, begins_message
from markterm.evidence.readers.attached import own_name
from markterm.evidence.readers.mail.eml import LENGTH_FIRST
from markterm.evidence.readers.mail.message import DEEPEST, header, is_message, parsed

LARGEST_MESSAGE = 100 * 1024 * 1024
_MARKED = re.compile(rb"^>(>*From )", re.MULTILINE)
_PACKETS = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_OF_THE_MAIL = (
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "application/pgp-signature",
    *_PACKETS,
)
"""What signs a message, or all of it as it was encrypted: no work that somebody attached."""
_PACKET = "a packet of Outlook: what is attached to the message is inside it, and read where the learner is opened"
_STORES = (".pst", ".ost")
_STORE = "a store of Outlook's, which is not opened here: save its messages as .msg or .eml, and receive those"
_APART = "Apple's Mail keeps it apart from the message: save the message from there with what is attached to it"
_SEALED = "signed or encrypted as one packet, which is not opened here: ask for what is in it"
_ENCRYPTED = "multipart/encrypted"
_OUTLOOK, _APPLE = ".msg", ".emlx"
_LONGEST_LINE = 1024 * 1024


class _Span(NamedTuple):
    begins: int
    ends: int


def attachments_of(mail: ComingFile) -> Iterator[ComingFile | LeftFile]:
    """What is attached to the messages of a file, as files with their senders; a message that has nothing attached,
    or only pictures within its text, is kept itself. Nothing but one message is in memory. Raises `Unreadable`."""
    if mail.name.lower().endswith(_OUTLOOK):
        yield from _of_message(mail, _Span(0, mail.size), mail.name)
        return
    with mail.opened() as stream:
        found = False
        spans = _apple_span(mail, stream) if mail.name.lower().endswith(_APPLE) else _spans(stream)
        for number, span in enumerate(spans, 1):
            found = True
            yield from _of_message(mail, span, mail.name if mail.is_message else f"{mail.name}/e-mail {number}")
    if not found:
        yield LeftFile(mail.name, "no message begins in it")


def why_not_opened(name: str) -> str:
    """What to know of a file of that name that holds messages which nobody gets out of it here; empty of any other."""
    return _STORE if name.lower().endswith(_STORES) else ""


def _of_message(mail: ComingFile, span: _Span, place: str) -> Iterator[ComingFile | LeftFile]:
    if span.ends - span.begins > LARGEST_MESSAGE:
        yield LeftFile(place, f"a message larger than {LARGEST_MESSAGE // 1024**2} MB")
        return
    try:
        message = _message(mail, span)
    except NotReadable:
        yield replace(mail, note="no e-mail of Outlook that can be read")
        return
    if not is_message(message):
        yield LeftFile(place, "no message")
        return
    attached = list(_attached(message, _sender(message), 0))
    for number, (part, sender) in enumerate(attached):
        name = _name(part, number)
        content = _content(part)
        if not content:
            yield LeftFile(f"{place}/{name}", _APART if "X-Apple-Content-Length" in part else "nothing is in it")
            continue
        note = _PACKET if name.lower() == "winmail.dat" else ""
        opened = partial(_opened_part, mail, span, number)
        yield ComingFile(f"{place}/{name}", len(content), opened, sender, name, note)
    if all(_is_within_text(part) for part, _ in attached):
        ending = _OUTLOOK if mail.name.lower().endswith(_OUTLOOK) else ".eml"
        name = f"{own_name(header(message, 'Subject')) or 'message'}{ending}"
        size, note = len(_bytes_of(mail, span)), _SEALED if _is_sealed(message) else ""
        yield ComingFile(place, size, partial(_opened_whole, mail, span), _sender(message), name, note)


def _attached(message: EmailMessage, sender: Sender, depth: int) -> Iterator[tuple[EmailMessage, Sender]]:
    """The attached files, with whose message each is attached to: a forwarded one is by its own sender."""
    if depth > DEEPEST:
        return
    if message.get_content_type() == _ENCRYPTED:
        return
    # A scanner sends a file that is all of the message.
    for part in message.iter_parts() if message.is_multipart() else (message,):
        if not isinstance(part, EmailMessage):
            continue
        if part.get_content_type() == "message/rfc822":
            for inner in part.iter_parts():
                if isinstance(inner, EmailMessage):
                    own = replace(_sender(inner), forwarded_by=sender.address or sender.name)
                    yield from _attached(inner, own, depth + 1)
        elif part.is_multipart():
            yield from _attached(part, sender, depth + 1)
        elif part.get_content_type() in _OF_THE_MAIL:
            continue
        elif part.get_filename() or part.get_content_disposition() == "attachment" or _is_file(part):
            yield part, sender


def _is_file(part: EmailMessage) -> bool:
    return part.get_content_maintype() not in ("text", "multipart", "message") and "Content-ID" not in part


def _is_within_text(part: EmailMessage) -> bool:
    """Whether it is a picture in what was written, such as a logo: what was written is the work."""
    return part.get_content_maintype() == "image" and "Content-ID" in part


def _is_sealed(message: EmailMessage) -> bool:
    """Whether what it says is in a packet that only who has a key can open."""
    return any(part.get_content_type() in (_ENCRYPTED, *_PACKETS) for part in message.walk())


def _sender(message: EmailMessage) -> Sender:
    pairs = getaddresses([header(message, "From")])
    name, address = pairs[0] if pairs else ("", "")
    return Sender(one_line(address), one_line(name))


def _name(part: EmailMessage, number: int) -> str:
    named = own_name(one_line(part.get_filename() or ""))
    suffix = mimetypes.guess_extension(part.get_content_type()) or ".bin"
    return named or f"attachment {number + 1}{suffix}"


def _content(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


@lru_cache(maxsize=1)
def _message(mail: ComingFile, span: _Span) -> EmailMessage:
    """The message there: the last one is known, for its files are asked for one after the other. Raises NotReadable for
    what is no message of Outlook and is called so."""
    data = _bytes_of(mail, span)
    if mail.name.lower().endswith(_OUTLOOK):
        from markterm.evidence.readers.mail.msg import as_mail

        return parsed(as_mail(io.BytesIO(data))[0])
    return parsed(data)


def _bytes_of(mail: ComingFile, span: _Span) -> bytes:
    with mail.opened() as stream:
        if span.begins:
            stream.seek(span.begins)
        data = stream.read(span.ends - span.begins)
    if len(data) < span.ends - span.begins:
        raise Unreadable("It changed while it was read", f"{mail.name} is shorter now.", "Receive it again.")
    # A message alone is what somebody wrote; a mailbox marks the lines that look like the beginning of the next one.
    return _MARKED.sub(rb"\1", data) if span.begins and not mail.is_message else data


@contextmanager
def _opened_part(mail: ComingFile, span: _Span, number: int) -> Iterator[BinaryIO]:
    message = _message(mail, span)
    for at, (part, _) in enumerate(_attached(message, Sender(""), 0)):
        if at == number:
            yield io.BytesIO(_content(part))
            return
    raise Unreadable("It changed while it was read", f"{mail.name} holds something else now.", "Receive it again.")


@contextmanager
def _opened_whole(mail: ComingFile, span: _Span) -> Iterator[BinaryIO]:
    yield io.BytesIO(_bytes_of(mail, span))


def _apple_span(mail: ComingFile, stream: BinaryIO) -> Iterator[_Span]:
    """From where to where the one message goes, without what Apple's Mail writes before and behind it."""
    line = stream.readline(_LONGEST_LINE)
    length = LENGTH_FIRST.fullmatch(line)
    begins = len(line) if length is not None else 0
    yield _Span(begins, min(begins + int(length[1]), mail.size) if length is not None else mail.size)


def _spans(stream: BinaryIO) -> Iterator[_Span]:
    """From where to where each message goes: behind a line that begins one, after a blank line or at the start."""
    at, begins, blank, is_mailbox = 0, 0, True, False
    line = stream.readline(_LONGEST_LINE)
    while line:
        follows = stream.readline(_LONGEST_LINE)
        if blank and (at == 0 or is_mailbox) and begins_message(line, follows):
            if at:
                yield _Span(begins, at)
            begins, is_mailbox = at + len(line), True
        blank = line in (b"\n", b"\r\n")
        at += len(line)
        line = follows
    if at > begins:
        yield _Span(begins, at)
