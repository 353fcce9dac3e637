"""A draft of a message with its attachments. Nothing is sent: whoever opens it sends it, or does not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from markterm.domain.words.foreign_text import one_line

_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"(?=.{{3,254}}\Z)(?=.{{1,64}}@){_LOCAL}@(?:{_LABEL}\.)+{_LABEL}")
_LONGEST_NAME = 200
_LONGEST_SUBJECT = 300


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that goes with a message."""

    name: str
    data: bytes


def is_address(text: str) -> bool:
    """Whether a message can go there: one address of the plain form that every mail program and server takes."""
    return _ADDRESS.fullmatch(text) is not None


def draft(name: str, address: str, subject: str, text: str, attached: Sequence[Attached]) -> bytes:
    """The draft of a message to one person, with PDFs. Whatever name and subject hold, they make no line of the head.

    `address` is one that `is_address` takes.
    """
    local, _, domain = address.rpartition("@")
    message = EmailMessage(policy=SMTP)
    message["To"] = Address(_in_head(name, _LONGEST_NAME), local, domain)
    message["Subject"] = _in_head(subject, _LONGEST_SUBJECT)
    message["X-Unsent"] = "1"  # Outlook opens what has it for writing.
    message.set_content(text, charset="utf-8", cte="base64" if not text.isascii() else "7bit")
    for each in attached:
        message.add_attachment(each.data, maintype="application", subtype="pdf", filename=each.name)
    return message.as_bytes()


def _in_head(text: str, longest: int) -> str:
    """The text on one line of the head, in which nothing is read as letters that are written in another way."""
    return one_line(text)[:longest].replace("=?", "= ?")
