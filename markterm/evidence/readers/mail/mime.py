"""An e-mail written as a mail program would, from what another format holds. The same words are the same bytes."""

from __future__ import annotations

from base64 import encodebytes
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import quote

from markterm.domain.words.foreign_text import one_line

_KIND = "Content-Type: {}\r\nContent-Transfer-Encoding: base64\r\n{}\r\n"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a message: `kind` is its content type, `name` that of a file, empty for a text of the message."""

    kind: str
    content: bytes
    name: str = ""
    content_id: str = ""

    def as_bytes(self) -> bytes:
        """The part with its header."""
        if self.kind == "message/rfc822":
            head = f"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: 8bit\r\n{self._about()}\r\n"
            return head.encode() + self.content
        kind = f"{self.kind}; charset=utf-8" if self.kind.startswith("text/") and not self.name else self.kind
        return _KIND.format(kind, self._about()).encode() + encodebytes(self.content)

    def _about(self) -> str:
        about = f"Content-ID: <{one_line(self.content_id)}>\r\n" if self.content_id else ""
        if self.name:
            about += f"Content-Disposition: attachment; filename*=utf-8''{quote(self.name, safe='')}\r\n"
        return about


def message(headers: Sequence[tuple[str, str]], texts: Sequence[Part], files: Sequence[Part]) -> bytes:
    """A message of these header lines, texts of which each says the same in another form, and files."""
    said = "".join(f"{name}: {one_line(value)}\r\n" for name, value in headers if value).encode()
    body = _multiple("alternative", [text.as_bytes() for text in texts])
    if files:
        body = _multiple("mixed", [body, *(file.as_bytes() for file in files)])
    return said + b"MIME-Version: 1.0\r\n" + body


def _multiple(kind: str, parts: Sequence[bytes]) -> bytes:
    boundary = f"={sha256(b''.join(parts)).hexdigest()[:40]}="
    line = f"--{boundary}".encode()
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'.encode()
    return head + b"".join(line + b"\r\n" + part + b"\r\n" for part in parts) + line + b"--\r\n"
