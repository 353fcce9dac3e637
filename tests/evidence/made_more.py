"""Files as learners hand them in, and as attackers would, made when a test needs them."""

from __future__ import annotations

import hashlib
import io
import struct
import tarfile
import wave
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from email.message import EmailMessage
from typing import Any

from openpyxl import Workbook  # type: ignore[import-untyped]  # the library has no types
from pptx import Presentation

_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
_TITLE, _BODY, _PITCH = 20, 11, 14


def pdf(
    pages: Sequence[Sequence[str]],
    *,
    comments: Sequence[str] = (),
    fields: Mapping[str, str] | None = None,
    password: str = "",
) -> bytes:
    """A PDF of lines of text; `# ` makes a line large, an empty one leaves a gap, a page of no lines has no text.

    `comments` and `fields` stand on its first page; with a `password` nobody can open it who does not know it.
    """
    streams = [_page(lines) for lines in pages]
    return _pdf(streams, comments=comments, fields=fields or {}, password=password)


def flate_bomb_pdf(size: int) -> bytes:
    """A small PDF whose one page unpacks to `size` bytes."""
    packer = zlib.compressobj(1)
    block = b" " * (1 << 20)
    packed = b"".join(packer.compress(block) for _ in range(size >> 20)) + packer.flush()
    return _pdf([packed], packed=True)


def _page(lines: Sequence[str]) -> bytes:
    top = 800
    drawn = []
    for line in lines:
        size = _TITLE if line.startswith("# ") else _BODY
        text = _string(line.removeprefix("# "))
        top -= _PITCH + size - _BODY
        drawn.append(f"BT /F1 {size} Tf 60 {top} Td {text} Tj ET")
    return "\n".join(drawn).encode("cp1252")


def _string(text: str) -> str:
    """A string of PDF: its brackets and backslashes are escaped."""
    return "(" + text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") + ")"


def _pdf(
    streams: Sequence[bytes],
    *,
    comments: Sequence[str] = (),
    fields: Mapping[str, str] | None = None,
    password: str = "",
    packed: bool = False,
) -> bytes:
    objects: dict[int, bytes] = {3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"}

    def new(content: bytes) -> str:
        number = max(objects) + 1
        objects[number] = content
        return f"{number} 0 R"

    box = "/Rect[60 60 200 80]"
    widgets = [
        new(f"<</Type/Annot/Subtype/Widget/FT/Tx/T{_string(name)}/V{_string(value)}{box}>>".encode())
        for name, value in (fields or {}).items()
    ]
    notes = [new(f"<</Type/Annot/Subtype/Text/Contents{_string(text)}{box}>>".encode()) for text in comments]
    kids = []
    for number, stream in enumerate(streams):
        packing = "/Filter/FlateDecode" if packed else ""
        content = new(f"<</Length {len(stream)}{packing}>>stream\n".encode() + stream + b"\nendstream")
        noted = f"/Annots[{' '.join(widgets + notes)}]" if number == 0 else ""
        resources = "/Resources<</Font<</F1 3 0 R>>>>/MediaBox[0 0 595 842]"
        kids.append(new(f"<</Type/Page/Parent 2 0 R{resources}/Contents {content}{noted}>>".encode()))
    form = f"/AcroForm<</Fields[{' '.join(widgets)}]>>" if widgets else ""
    objects[1] = f"<</Type/Catalog/Pages 2 0 R{form}>>".encode()
    objects[2] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>".encode()
    trailer = f"/Encrypt {new(_lock(password))}/ID[<00><00>]" if password else ""
    written = io.BytesIO()
    written.write(b"%PDF-1.4\n")
    places = []
    for number in sorted(objects):
        places.append(written.tell())
        written.write(f"{number} 0 obj\n".encode() + objects[number] + b"\nendobj\n")
    table = written.tell()
    written.write(f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode())
    written.write(b"".join(f"{place:010} 00000 n \n".encode() for place in places))
    written.write(f"trailer<</Size {len(places) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{table}\n%%EOF\n".encode())
    return written.getvalue()


def _lock(password: str) -> bytes:
    """The encryption dictionary of revision 2 (PDF 1.4 reference, 3.5.2). Its streams need not be encrypted for it."""
    padded = (password.encode() + _PADDING)[:32]
    owner = _rc4(hashlib.md5(padded, usedforsecurity=False).digest()[:5], padded)
    key = hashlib.md5(padded + owner + struct.pack("<i", -4) + b"\0", usedforsecurity=False).digest()[:5]
    return f"<</Filter/Standard/V 1/R 2/O<{owner.hex()}>/U<{_rc4(key, _PADDING).hex()}>/P -4>>".encode()


def _rc4(key: bytes, text: bytes) -> bytes:
    state = list(range(256))
    at = 0
    for place in range(256):
        at = (at + state[place] + key[place % len(key)]) % 256
        state[place], state[at] = state[at], state[place]
    mixed = bytearray()
    first = second = 0
    for byte in text:
        first = (first + 1) % 256
        second = (second + state[first]) % 256
        state[first], state[second] = state[second], state[first]
        mixed.append(byte ^ state[(state[first] + state[second]) % 256])
    return bytes(mixed)


def xlsx(fill: Callable[[Workbook], None]) -> bytes:
    """A workbook that `fill` wrote into; it begins with one sheet."""
    workbook = Workbook()
    fill(workbook)
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def pptx(fill: Callable[[Any], None]) -> bytes:
    """A presentation that `fill` added slides to."""
    presentation = Presentation()
    fill(presentation)
    written = io.BytesIO()
    presentation.save(written)
    return written.getvalue()


def eml(text: str = "", html: str = "", files: Sequence[tuple[str, bytes]] = (), subject: str = "Witness") -> bytes:
    """An e-mail from a learner to an assessor."""
    return _message(text, html, files, subject).as_bytes()


def eml_in_eml(depth: int) -> bytes:
    """An e-mail that holds an e-mail, and so on."""
    message = _message("the innermost", "", (), "0")
    for number in range(depth):
        outer = _message(f"around {number}", "", (), str(number + 1))
        outer.add_attachment(message)
        message = outer
    return message.as_bytes()


def _message(text: str, html: str, files: Sequence[tuple[str, bytes]], subject: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Zoë Marsh <zoe@example.org>"
    message["To"] = "Sam Hale <sam@example.org>"
    message["Date"] = "Mon, 03 Jun 2024 09:30:00 +0100"
    message["Subject"] = subject
    if text:
        message.set_content(text)
    if html and text:
        message.add_alternative(html, subtype="html")
    elif html:
        message.set_content(html, subtype="html")
    for name, content in files:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name or None)
    return message


def zip_of(entries: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip archive with entries of those names, whatever they are."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(zipfile.ZipInfo(name, (2024, 6, 3, 9, 30, 0)), content)
    return written.getvalue()


def png(width: int, height: int) -> bytes:
    """A black PNG picture."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    pixels = zlib.compress(bytes((1 + (width + 7) // 8) * height))
    parts = ((b"IHDR", header), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )


def jpeg(width: int, height: int, taken: str = "") -> bytes:
    """The header of a JPEG photograph; `taken` as Exif writes it: `2024:06:03 09:30:00`."""
    exif = b"Exif\0\0MM\0*" + taken.encode() + b"\0"
    frame = struct.pack(">BHHB", 8, height, width, 0)
    segments = ((0xE1, exif), (0xC0, frame))
    return b"\xff\xd8" + b"".join(struct.pack(">BBH", 0xFF, mark, len(data) + 2) + data for mark, data in segments)


def gif(width: int, height: int) -> bytes:
    """The header of a GIF picture."""
    return b"GIF89a" + struct.pack("<HHBBB", width, height, 0, 0, 0) + b";"


def bmp(width: int, height: int) -> bytes:
    """The header of a BMP picture."""
    return b"BM" + struct.pack("<IIIIiiHH", 54, 0, 54, 40, width, height, 1, 24)


def webp(width: int, height: int) -> bytes:
    """The header of an extended WebP picture."""
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF" + struct.pack("<I", 22) + b"WEBPVP8X" + struct.pack("<II", 10, 0) + size


def tiff(width: int, height: int) -> bytes:
    """A TIFF picture without its pixels."""
    entries = b"".join(struct.pack(">HHII", tag, 4, 1, value) for tag, value in ((256, width), (257, height)))
    return b"MM\0*" + struct.pack(">IH", 8, 2) + entries + bytes(4)


def heic(width: int, height: int) -> bytes:
    """As much of a HEIC photograph as says its size, after that of a tile."""
    sizes = b"".join(struct.pack(">I4sIII", 20, b"ispe", 0, *size) for size in ((512, 512), (width, height)))
    return struct.pack(">I4s4sI", 16, b"ftyp", b"heic", 0) + sizes


def wav(seconds: float) -> bytes:
    """Silence, 8,000 samples a second."""
    written = io.BytesIO()
    with wave.open(written, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8_000)
        sound.writeframes(b"\x80" * int(seconds * 8_000))
    return written.getvalue()


def mp3(title: str) -> bytes:
    """Frames of silence of MPEG 1 layer III, 128 kbit/s, after a tag with a title."""
    text = b"\x03" + title.encode()
    frame = b"TIT2" + struct.pack(">IH", len(text), 0) + text
    tag = b"ID3\x03\0\0" + bytes((0, 0, len(frame) >> 7, len(frame) & 0x7F)) + frame
    return tag + (b"\xff\xfb\x90\x00" + bytes(413)) * 200


def tar_of(files: dict[str, bytes]) -> bytes:
    """A tar archive of these files, and of a link that leads out of it."""
    with io.BytesIO() as made, tarfile.open(fileobj=made, mode="w") as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
        link = tarfile.TarInfo("secret")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        archive.close()
        return made.getvalue()
