"""Mailboxes: many e-mails in one file, each under a heading, its files in a folder of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from markterm.domain.words.foreign_text import one_line
from markterm.evidence.converted import Converted, NotReadable
from markterm.evidence.readers.attached import Attached
from markterm.evidence.readers.draft import Draft, damage_said
from markterm.evidence.readers.escape import escape_inline
from markterm.evidence.readers.mail.message import check_size, header, is_message, parsed, write_message

MOST_MESSAGES = 1_000
# A line `From someone@somewhere Mon Jun  3 …`; what a message itself begins a line with so is marked with `>`.
_BEGINS = re.compile(rb"^From \S.*\d{2}:\d{2}.*\r?\n|^From \S.*\r?\n(?=[A-Za-z][A-Za-z-]*:)", re.MULTILINE)
_MARKED = re.compile(rb"^>(>*From )", re.MULTILINE)


def read(path: Path) -> Converted:
    """The messages in `path`. Raises NotReadable when it holds none."""
    with damage_said("a mailbox"):
        check_size(path, "The mailbox")
        draft, attached = Draft(), Attached(keeps_folders=True)
        count = 0
        for number, data in enumerate(_messages(path.read_bytes()), 1):
            if number > MOST_MESSAGES:
                draft.notes.append(
                    f"Only the first {MOST_MESSAGES:,} e-mails are shown; open it outside to see the others."
                )
                break
            message = parsed(data)
            place = f"e-mail {number}"
            draft.at(place)
            subject = escape_inline(one_line(header(message, "Subject"))) or "no subject"
            draft.add(f"# {number}. {subject}")
            write_message(message, draft, attached, place, place)
            count = number
        if not count:
            raise NotReadable("This is not a mailbox: no e-mail begins in it.")
        draft.notes.extend(attached.notes())
        return draft.converted(attachments=attached.files)


def _messages(data: bytes) -> Iterator[bytes]:
    marks = list(_BEGINS.finditer(data))
    if not marks and is_message(parsed(data[:100_000])):
        yield data
    for number, mark in enumerate(marks):
        end = marks[number + 1].start() if number + 1 < len(marks) else len(data)
        yield _MARKED.sub(rb"\1", data[mark.end() : end])
