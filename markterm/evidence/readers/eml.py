"""E-mails: who wrote what to whom and when, the text, and what was attached as files of their own."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from pathlib import Path

from markterm.evidence.converted import Converted, NotReadable
from markterm.evidence.readers.attached import Attached, own_name, size_shown
from markterm.evidence.readers.draft import Draft, damage_said
from markterm.evidence.readers.markup import markdown_of

SUFFIXES = frozenset({".eml"})

LARGEST = 64 * 1024 * 1024
"""Bytes of a message with all that is attached to it."""
MOST_PARTS = 2_000
DEEPEST = 20
_HEADERS = ("From", "To", "Cc", "Date", "Subject")
_PLAIN, _HTML, _MESSAGE = "text/plain", "text/html", "message/rfc822"
# A message within a message is handed on as it came: its header lines are not folded anew.
_AS_IT_CAME = policy.default.clone(refold_source="none")


@dataclass(slots=True)
class _Parts:
    """What a message holds, in its order."""

    texts: list[MIMEPart] = field(default_factory=list)
    files: list[MIMEPart] = field(default_factory=list)
    html_passed_over: bool = False


def read(path: Path) -> Converted:
    """The message in `path`; a message inside it is an attachment. Raises NotReadable when it is none."""
    with damage_said("an e-mail"):
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise NotReadable(f"The e-mail is larger than {LARGEST // 1024 // 1024} MB: open it outside.")
        message = message_from_bytes(data, policy=policy.default)
        headers = [[name, _header(message, name)] for name in _HEADERS if name in message]
        if not headers:
            raise NotReadable("This is not an e-mail: it says neither who wrote it nor to whom.")
        parts = _Parts()
        _sort(message, parts)
        draft = Draft()
        draft.add_table([["Header", "Value"], *headers], ["header"])
        draft.at("text")
        for text in parts.texts:
            _write(text, draft)
        if parts.html_passed_over:
            draft.notes.append("The e-mail has its text as HTML too; the plain text is shown.")
        attached = Attached()
        rows = [_attach(part, attached) for part in parts.files]
        draft.notes.extend(attached.notes())
        if rows:
            draft.add_table([["Attached", "Size", "Kept as"], *rows], ["attachments"])
        return draft.converted(attachments=attached.files)


def _header(message: EmailMessage, name: str) -> str:
    try:
        return ", ".join(map(str, message.get_all(name, [])))
    except Exception:  # the library understands headers more than it should, and raises anything
        return ", ".join(str(value) for known, value in message.raw_items() if known.lower() == name.lower())


def _sort(part: MIMEPart, parts: _Parts, depth: int = 0, *, has_plain: bool = False) -> None:
    """Put what `part` holds where it belongs; with `has_plain`, the same text is there without HTML."""
    if depth > DEEPEST:
        raise NotReadable(f"The e-mail has parts within parts, more than {DEEPEST} deep.")
    if len(parts.texts) + len(parts.files) >= MOST_PARTS:
        raise NotReadable(f"The e-mail has more than {MOST_PARTS:,} parts.")
    kind = part.get_content_type()
    is_multiple = part.get_content_maintype() == "multipart"
    if is_multiple and part.is_multipart():
        inner = list(part.iter_parts())
        if kind == "multipart/alternative":
            has_plain = has_plain or any(one.get_content_type() == _PLAIN and _text(one).strip() for one in inner)
        for one in inner:
            _sort(one, parts, depth + 1, has_plain=has_plain)
    elif part.is_attachment() or _name(part) or not (is_multiple or kind in (_PLAIN, _HTML)):
        parts.files.append(part)
    elif kind == _HTML and has_plain:
        parts.html_passed_over = True
    else:
        parts.texts.append(part)


def _text(part: MIMEPart) -> str:
    try:
        return str(part.get_content())
    except LookupError:  # an alphabet that nobody knows, or parts that were promised and are not there
        content = part.get_payload(decode=True)
        return content.decode("utf-8", "replace") if isinstance(content, bytes) else ""


def _write(part: MIMEPart, draft: Draft) -> None:
    if part.get_content_type() == _HTML:
        draft.add(markdown_of(_text(part))[0].strip("\n"))
    else:
        draft.add_text(_text(part))


def _attach(part: MIMEPart, attached: Attached) -> list[str]:
    """The line of an attachment in the list, after it has been kept or left out."""
    kind = part.get_content_type()
    name = _name(part)
    try:
        content = _content(part)
    except Exception:  # what is promised and what is there may differ in any way
        size, kept = "", "left out: it is damaged"
    else:
        suffix = ".eml" if kind == _MESSAGE else mimetypes.guess_extension(kind) or ""
        size = size_shown(len(content))
        own = own_name(name) or f"attachment-{len(attached.files) + 1}{suffix}"
        kept = attached.refusal(len(content)) or attached.add(own, content)
    if kept.startswith("left out"):
        attached.leave_out(name, kept)
    return [name or kind, size, kept]


def _name(part: MIMEPart) -> str:
    try:
        return part.get_filename() or ""
    except Exception:  # as for headers
        return ""


def _content(part: MIMEPart) -> bytes:
    if part.get_content_type() == _MESSAGE:
        return b"\r\n".join(message.as_bytes(policy=_AS_IT_CAME) for message in part.iter_parts())
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else part.as_bytes(policy=_AS_IT_CAME)
