"""One e-mail as Markdown: who wrote what to whom and when, the text, and a list of what is attached."""

from __future__ import annotations

import mimetypes
import re
from base64 import b64decode
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from email.policy import EmailPolicy
from functools import lru_cache
from itertools import groupby, islice
from pathlib import Path
from quopri import decodestring as decode_q

from markterm.evidence.charset import decoded, from_c1
from markterm.evidence.converted import NotReadable
from markterm.evidence.folder import size_words
from markterm.evidence.readers.attached import Attached, own_name
from markterm.evidence.readers.draft import Draft
from markterm.evidence.readers.html import label_of_page
from markterm.evidence.readers.markup import markdown_of
from markterm.evidence.readers.rtf.reading import Reading
from markterm.evidence.readers.rtf.words import take

LARGEST = 100 * 1024 * 1024
"""Bytes of a file of e-mails, with all that is attached to them."""
MOST_PARTS = 3_000
DEEPEST = 20
HEADERS = ("From", "To", "Cc", "Bcc", "Date", "Subject")
_PLAIN, _HTML, _MESSAGE = "text/plain", "text/html", "message/rfc822"
_RTF = frozenset({"text/rtf", "application/rtf", "text/richtext"})
_OUTLOOK = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_SECRET = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
# A message within a message is handed on as it came: its header lines are not folded anew.
AS_IT_CAME = policy.default.clone(refold_source="none")
_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"\b(?:https?|mailto|cid):[^\s>\]]+")
_FEW, _MOST_NAMED = 4, 20
_PART = 0.05
"""Of the words of a text: so many and a few more may be missing in another form of it that says the same."""
_ENCODED = re.compile(r"=\?([^?\s]+)\?([bBqQ])\?([^?]*)\?=")
_ENCODED_RUN = re.compile(r"=\?[^?\s]+\?[bBqQ]\?[^?]*\?=(?:\s*=\?[^?\s]+\?[bBqQ]\?[^?]*\?=)*")
_SURROGATES = re.compile("[\ud800-\udfff]")
_PICTURE_WITHIN = re.compile(r"""\bsrc\s*=\s*["']?cid:([^"'\s>]+)["']?""", re.IGNORECASE)


@lru_cache(maxsize=10_000)
def _understood(name: str, value: str) -> str:
    found: str = policy.default.header_fetch_parse(name, value)
    return found


class _Once(EmailPolicy):
    """Understands a header line once: the library does it each time that one is asked for, thousands of times."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        """The header with what it means."""
        return _understood(name, value)


_ONCE = _Once()


@dataclass(slots=True)
class _Parts:
    """What a message holds, in its order."""

    texts: list[MIMEPart] = field(default_factory=list)
    files: list[MIMEPart] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    cut: bool = False

    def note(self, sentence: str) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)

    def note_words(self, form: str, words: Iterable[str]) -> None:
        """What the form of the text that is not shown has beyond the other one."""
        if named := ", ".join(islice(words, _MOST_NAMED)):
            self.note(f"Words that the {form} alone has: {named}.")


def check_size(path: Path, called: str = "It") -> None:
    """Raises NotReadable for a file that is too large to be read; `called` is how a sentence about it begins."""
    if path.stat().st_size > LARGEST:
        raise NotReadable(f"{called} is larger than {LARGEST // 1024 // 1024} MB: open it outside.")


def parsed(data: bytes) -> EmailMessage:
    """The message that these bytes are."""
    return message_from_bytes(data, policy=_ONCE)  # type: ignore[arg-type]  # typed as of any kind of message


def is_message(message: EmailMessage) -> bool:
    """Whether it says who wrote it, to whom, when or about what, or at least what it consists of."""
    return any(name in message for name in (*HEADERS, "Content-Type"))


def write_message(message: EmailMessage, draft: Draft, attached: Attached, within: str = "", place: str = "") -> None:
    """Write a message to `draft` and keep its files in `attached`, under names in the folder `within`.

    `place` is what the place of the message is called, as far as there are several. Raises NotReadable.
    """
    parts = _Parts()
    _sort(message, parts)
    before = f"{place}, " if place else ""
    headers = [[name, header(message, name)] for name in HEADERS if name in message]
    if headers:
        draft.add_table([["Header", "Value"], *headers], [f"{before}header"])
    rows, names = [], dict[str, str]()
    for part in parts.files:
        row, kept = _attach(part, attached, within)
        rows.append(row)
        names[_content_id(part)] = kept
    draft.at(f"{before}text")
    for text in parts.texts:
        _write(text, draft, names)
    draft.notes.extend(note for note in parts.notes if note not in draft.notes)
    if rows:
        draft.add_table([["Attached", "Size", "Kept as"], *rows], [f"{before}attachments"])


def header(message: EmailMessage, name: str) -> str:
    """What the header lines of that name say, in one line each with a comma between them."""
    raw = [str(value) for known, value in message.raw_items() if known.lower() == name.lower()]
    if any(map(_SURROGATES.search, raw)):  # Bytes beyond ASCII that no label explains.
        return ", ".join(decoded(value.encode("utf-8", "surrogateescape")).text for value in raw)
    if not any(sign in value for sign in ("@", "=?", '"') for value in raw):  # The library would quote a bare name.
        return from_c1(", ".join(" ".join(value.split()) for value in raw))
    try:
        said = ", ".join(map(str, message.get_all(name, [])))
    except Exception:  # the library understands headers more than it should, and raises anything
        return from_c1(", ".join(raw))
    return from_c1(", ".join(map(_without_encoding, raw)) if "\ufffd" in said else said)


def _without_encoding(value: str) -> str:
    """A header line with its encoded words (RFC 2047) read together: some programs break them within a character, and
    the library takes each for itself."""

    def read(found: re.Match[str]) -> str:
        texts = []
        for label, group in groupby(_ENCODED.findall(found[0]), key=lambda word: str(word[0]).partition("*")[0]):
            content = b"".join(
                decode_q(text.replace("_", " ")) if kind in "qQ" else b64decode(f"{text}===") for _, kind, text in group
            )
            texts.append(decoded(content, label).text)
        return "".join(texts)

    try:
        return " ".join(_ENCODED_RUN.sub(read, value).split())
    except ValueError:  # of base64
        return value


def _sort(part: MIMEPart, parts: _Parts, depth: int = 0) -> None:
    """Put what `part` holds where it belongs."""
    if depth > DEEPEST:
        raise NotReadable(f"The e-mail has parts within parts, more than {DEEPEST} deep.")
    if len(parts.texts) + len(parts.files) >= MOST_PARTS:
        parts.note(f"The e-mail has more than {MOST_PARTS:,} parts; the others are not listed.")
        return
    kind = part.get_content_type()
    is_multiple = part.get_content_maintype() == "multipart"
    if kind == "multipart/encrypted" or (kind in _SECRET and _parameter(part, "smime-type") != "signed-data"):
        parts.note("It is encrypted, and its text cannot be read here: ask whoever received it for a readable copy.")
    elif kind == "multipart/signed" or kind in _SECRET:
        parts.note("It is signed; MarkTerm did not check the signature.")
    if is_multiple and part.is_multipart():
        inner = list(part.iter_parts())
        if kind == "multipart/alternative":
            inner = _without_the_lesser(inner, parts)
        for one in inner:
            _sort(one, parts, depth + 1)
    elif part.is_attachment() or _name(part) or not (is_multiple or kind in (_PLAIN, _HTML) or kind in _RTF):
        parts.files.append(part)
    else:
        parts.texts.append(part)


def _without_the_lesser(alternatives: list[MIMEPart], parts: _Parts) -> list[MIMEPart]:
    """The parts that say the same in several forms, without the form that says no more: mostly the HTML."""
    plain = [one for one in alternatives if one.get_content_type() == _PLAIN and text_of(one).strip()]
    rich = [one for one in alternatives if (found := _page(one)) is not None and text_of(found).strip()]
    if not plain or not rich:
        return alternatives
    said = _counted(text_of(one) for one in plain)
    shown = _counted(markdown_of(text_of(page))[2].get_text(" ") for one in rich if (page := _page(one)) is not None)
    more = shown - said
    if more.total() > _FEW + shown.total() * _PART:
        if (said - shown).total() > _FEW + said.total() * _PART:
            parts.note("The e-mail has two texts that differ, plain text and HTML; both are shown.")
            return alternatives
        parts.note("The e-mail has its text as plain text too, which says less; the HTML is shown.")
        parts.note_words("plain text", (word for word in said if word not in shown))
        return [one for one in alternatives if one not in plain]
    parts.note("The e-mail has its text as HTML too; the plain text is shown.")
    parts.note_words("HTML", (word for word in shown if word not in said))
    # What the page shows beside its words is attached all the same.
    pages = [_page(one) for one in rich]
    beside = [
        file for one in rich for file in one.walk() if file not in pages and not file.is_multipart() and file != one
    ]
    return [*(one for one in alternatives if one not in rich), *beside]


def _counted(texts: Iterable[str]) -> Counter[str]:
    """The words of the texts, but for addresses: the one form shows them, and the other hides them behind words."""
    return Counter(word for text in texts for word in _WORD.findall(_ADDRESS.sub(" ", text).casefold()))


def _page(part: MIMEPart) -> MIMEPart | None:
    """The HTML text in a part that is one, or holds one with its pictures; None in any other."""
    if part.get_content_type() == _HTML and not part.is_attachment():
        return part
    if part.get_content_type() != "multipart/related" or not part.is_multipart():
        return None
    return next((page for one in part.iter_parts() if (page := _page(one)) is not None), None)


def text_of(part: MIMEPart) -> str:
    """The characters of a part that is a text, whatever it says of its alphabet."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    label = _parameter(part, "charset") or (label_of_page(content) if part.get_content_type() == _HTML else "")
    text = decoded(content, label).text.replace("\r\n", "\n")
    if _parameter(part, "format").lower() == "flowed":
        text = _unfolded(text, deletes_space=_parameter(part, "delsp").lower() == "yes")
    return text


def _unfolded(text: str, *, deletes_space: bool) -> str:
    """A text whose lines were broken to fit (RFC 3676) with each paragraph in a line again."""
    lines: list[str] = []
    goes_on = False
    for line in text.split("\n"):
        quoted = len(line) - len(line.lstrip(">"))
        content = line[quoted:].removeprefix(" ") if goes_on or not quoted else line[quoted:]
        if goes_on and lines and quoted == len(lines[-1]) - len(lines[-1].lstrip(">")):
            lines[-1] += content
        else:
            lines.append(line if quoted else line.removeprefix(" "))
        goes_on = line.endswith(" ") and line.lstrip(">").strip() != "--"
        if goes_on and deletes_space:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)


def _write(part: MIMEPart, draft: Draft, names: dict[str, str]) -> None:
    kind = part.get_content_type()
    if kind in _RTF:
        content = part.get_payload(decode=True)
        for block in Reading(content if isinstance(content, bytes) else b"", take).read():
            draft.add(block.markdown())
        return
    if kind != _HTML:
        draft.add_text(text_of(part))
        return

    def named(found: re.Match[str]) -> str:
        name = names.get(found[1], "")
        return f'{found[0]} title="attached: {name}"' if name and '"' not in name else found[0]

    draft.add(markdown_of(_PICTURE_WITHIN.sub(named, text_of(part)))[0].strip("\n"))


def _attach(part: MIMEPart, attached: Attached, within: str) -> tuple[list[str], str]:
    """The line of an attachment in the list, after it was kept or left out, and the name that it was kept under."""
    kind = part.get_content_type()
    name = from_c1(_name(part))
    try:
        content = _content(part)
    except Exception:  # what is promised and what is there may differ in any way
        size, kept = "", "left out: it is damaged"
    else:
        suffix = mimetypes.guess_extension(kind) or _suffix_of_text(kind)
        suffix = {_MESSAGE: ".eml", **dict.fromkeys(_OUTLOOK, ".tnef")}.get(kind, suffix)
        size = size_words(len(content))
        own = own_name(name) or f"attachment-{len(attached.files) + 1}{suffix}"
        if kind == _MESSAGE and not own.lower().endswith(".eml"):
            own = f"{own}.eml"
        kept = attached.refusal(len(content)) or attached.add(f"{within}/{own}" if within else own, content)
    if kept.startswith("left out"):
        attached.leave_out(name, kept)
        return [name or kind, size, kept], ""
    return [name or kind, size, kept], kept


def _suffix_of_text(kind: str) -> str:
    """Reports of delivery, headers that came back and the like are text to read; empty for what is none."""
    return ".txt" if kind.startswith(("text/", "message/")) else ""


def _name(part: MIMEPart) -> str:
    try:
        return part.get_filename() or ""
    except Exception:  # as for headers
        return ""


def _parameter(part: MIMEPart, name: str) -> str:
    try:
        found = part.get_param(name, "")
    except Exception:  # as for headers
        return ""
    return str(found[2]) if isinstance(found, tuple) else str(found)


def _content_id(part: MIMEPart) -> str:
    try:
        return str(part.get("Content-ID", "")).strip("<> ")
    except Exception:  # as for headers
        return ""


def _content(part: MIMEPart) -> bytes:
    if part.get_content_type() == _MESSAGE and part.is_multipart():
        return b"\r\n".join(message.as_bytes(policy=AS_IT_CAME) for message in part.iter_parts())
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else part.as_bytes(policy=AS_IT_CAME)
