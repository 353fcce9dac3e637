"""E-mails, as a mail program saves them: header lines, a text, and files that are attached."""

from __future__ import annotations

from collections.abc import Mapping
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import PurePosixPath

_KINDS = {
    ".csv": ("text", "csv"),
    ".txt": ("text", "plain"),
    ".docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


def message(text: str, attached: Mapping[str, bytes], boundary: str = "five-questions") -> bytes:
    """An e-mail of a text that begins with its header lines and an empty one. What is `.eml` is forwarded in it."""
    head, _, body = text.partition("\n\n")
    mail = EmailMessage()
    for line in head.split("\n"):
        name, _, value = line.partition(": ")
        mail[name] = value
    mail.set_content(body, cte="quoted-printable")
    for name, content in attached.items():
        if name.endswith(".eml"):
            mail.add_attachment(message_from_bytes(content, policy=default), filename=name)
            continue
        kind, subtype = _KINDS[PurePosixPath(name).suffix]
        mail.add_attachment(content, maintype=kind, subtype=subtype, filename=name)
    mail.set_boundary(f"=-=-{boundary}-=-=")  # what the library makes up is another one each time
    return mail.as_bytes()
