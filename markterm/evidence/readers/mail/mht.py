"""Web pages that were saved in one file with their pictures (MHTML): the words, and the pictures as files."""

from __future__ import annotations

from email.message import EmailMessage, MIMEPart
from pathlib import Path

from markterm.evidence.converted import Converted, NotReadable
from markterm.evidence.readers.attached import Attached, own_name
from markterm.evidence.readers.draft import Draft, damage_said
from markterm.evidence.readers.html import notes_of_page
from markterm.evidence.readers.mail.message import check_size, header, parsed, text_of
from markterm.evidence.readers.markup import markdown_of

_MOST_PARTS = 3_000
_FURNITURE = frozenset(
    {"text/css", "text/javascript", "application/javascript", "application/x-javascript", "text/xml"}
)
_ABOUT = (
    ("Subject", "Title"),
    ("Snapshot-Content-Location", "Address"),
    ("Content-Location", "Address"),
    ("Date", "Saved"),
)


def read(path: Path) -> Converted:
    """The words of the page in `path`. Nothing is run or fetched. Raises NotReadable when there is no page in it."""
    with damage_said("a web page in one file"):
        check_size(path)
        message = parsed(path.read_bytes().removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n"))
        every = list(message.walk())
        parts = [part for part in every[:_MOST_PARTS] if not part.is_multipart()]
        pages = [part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")]
        if not pages:
            raise NotReadable("There is no web page in it, or its end is missing.")
        draft, attached = Draft(), Attached()
        _write_about(message, draft)
        for page in pages:
            markdown, _, soup = markdown_of(text_of(page))
            draft.add(markdown.strip("\n"))
            draft.notes.extend(note for note in notes_of_page(soup) if note not in draft.notes)
        if len(every) > _MOST_PARTS:
            draft.notes.append(f"It has more than {_MOST_PARTS:,} parts; the others are not listed.")
        furniture = 0
        for part in parts:
            if part in pages:
                continue
            if part.get_content_type() in _FURNITURE:
                furniture += 1
            else:
                _keep(part, attached)
        if furniture:
            draft.notes.append(f"Styles and scripts that were left out and not run: {furniture}.")
        if attached.files:
            draft.add("\n".join(f"- \\[attached: {file.name}\\]" for file in attached.files))
        draft.notes.extend(attached.notes())
        return draft.converted(attachments=attached.files)


def _write_about(message: EmailMessage, draft: Draft) -> None:
    rows: dict[str, str] = {}
    for name, said in _ABOUT:
        if name in message and (value := header(message, name)):
            rows.setdefault(said, value)
    if rows:
        draft.add_table([["About", "Value"], *map(list, rows.items())], ["header"])


def _keep(part: MIMEPart, attached: Attached) -> None:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes) or not content:
        return
    location = str(part.get("Content-Location", "")).partition("?")[0]
    name = own_name(part.get_filename() or location) or f"part-{len(attached.files) + 1}"
    if refusal := attached.refusal(len(content)):
        attached.leave_out(name, refusal)
    else:
        attached.add(name, content)
