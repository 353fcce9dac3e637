"""E-mails in a file of their own, as a mail program saves one."""

from __future__ import annotations

import re
from pathlib import Path

from markterm.evidence.converted import Converted, NotReadable
from markterm.evidence.readers.attached import Attached
from markterm.evidence.readers.draft import Draft, damage_said
from markterm.evidence.readers.mail.message import check_size, is_message, parsed, write_message

LENGTH_FIRST = re.compile(rb"(\d{1,10})\s*\r?\n")
"""Apple's Mail writes the length of the message before it, and what it knows of it after it."""


def read(path: Path) -> Converted:
    """The message in `path`; a message inside it is an attachment. Raises NotReadable when it is none."""
    with damage_said("an e-mail"):
        check_size(path, "The e-mail")
        data = path.read_bytes()
        if path.suffix.lower() == ".emlx" and (length := LENGTH_FIRST.match(data)):
            data = data[length.end() : length.end() + int(length[1])]
        message = parsed(data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n"))
        if not is_message(message):
            raise NotReadable("This is not an e-mail: it says neither who wrote it nor to whom.")
        draft, attached = Draft(), Attached()
        write_message(message, draft, attached)
        draft.notes.extend(attached.notes())
        return draft.converted(attachments=attached.files)
