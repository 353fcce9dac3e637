"""Files of every kind in which everything that somebody can write tries to speak to the terminal.

Each says OWNED where it was shown, and never anything else of what it tries.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from email.header import Header
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape

from openpyxl import Workbook  # type: ignore[import-untyped]  # the library has no types
from pptx.util import Cm

from tests.evidence import made, made_more

_CODES = (
    "\x1b]0;OWNED\x07 \x1b]52;c;T1dORUQ=\x07 \x1b]8;;http://owned.example\x1b\\link\x1b]8;;\x1b\\ "
    "\x1b[8;5;5t \x1b[3;33;44m \x1bPOWNED\x1b\\ \x1bc \x08\x7f"
)
"""Escape codes, which XML 1.0 cannot carry. A zero byte is not among them: with it, a text is none."""
_SIGNS = "\x9b31m \x9d0;OWNED\x9c \x85 \u202eOWNED\u202c \u2066x\u2069 \u200b\u2060\ufeff\u00ad\U000e0041 OWNED"
"""One-byte escape codes, bidirectional and invisible characters."""
HOSTILE = f"{_CODES} {_SIGNS}"
NAME = "\x1b]0;OWNED\x07\n\x1b[3;33;44m\x9d0;x\x9c\u202e\u200b OWNED"
"""In the name of a file."""
_OFFICE = "".join(f"_x{ord(code):04X}_" if code < " " else code for code in _CODES) + _SIGNS
"""As Excel and PowerPoint write what XML cannot carry."""
_TYPE = "application/octet-stream"


def hostile_files() -> Mapping[str, bytes]:
    """A file of each kind, by its suffix; its text says `zebra-` and the suffix.

    The e-mail and the archive hold a text each, which says `zebra-inside`.
    """
    makers: dict[str, Callable[[str], bytes]] = {
        "docx": _docx,
        "odt": _odt,
        "pdf": _pdf,
        "xlsx": _xlsx,
        "pptx": _pptx,
        "html": _html,
        "rtf": _rtf,
        "csv": lambda marker: f"{marker},{HOSTILE}\n{HOSTILE},x\n".encode(),
        "eml": _eml,
        "zip": lambda marker: made_more.zip_of([(f"{marker} {NAME}.txt", f"zebra-inside {HOSTILE}".encode())]),
        "mp3": lambda marker: made_more.mp3(f"{marker} {HOSTILE}"),
        "md": lambda marker: f"# {marker} {HOSTILE}\n\n[{HOSTILE}](http://x/{HOSTILE})\n".encode(),
        "txt": lambda marker: f"{marker} {HOSTILE}\n".encode(),
    }
    return {suffix: make(f"zebra-{suffix}") for suffix, make in makers.items()}


def _docx(marker: str) -> bytes:
    text = escape(_SIGNS)
    body = (
        made.paragraph(f"{marker} {text}", "Heading1")
        + made.paragraph(text)
        + made.word_table((text, text))
        + f'<w:p><w:hyperlink r:id="out"><w:r><w:t>{text}</w:t></w:r></w:hyperlink></w:p>'
    )
    address = escape(f"javascript:{_SIGNS}", {'"': "&quot;"})
    return made.docx(
        body, relations={"out": address}, parts={"word/header1.xml": made.root("hdr", made.paragraph(text))}
    )


def _odt(marker: str) -> bytes:
    text = escape(_SIGNS)
    return made.odt(f'<text:h text:outline-level="1">{marker} {text}</text:h><text:p>{text}</text:p>')


def _pdf(marker: str) -> bytes:
    # Its comment is UTF-16 in hexadecimal digits, which the maker cannot write: as long, so that all else fits.
    digits = (b"\xfe\xff" + HOSTILE.encode("utf-16-be")).hex().encode()
    data = made_more.pdf([[f"# {marker} {_CODES}", _CODES]], comments=["n" * len(digits)])
    assert b"(" + b"n" * len(digits) + b")" in data
    return data.replace(b"(" + b"n" * len(digits) + b")", b"<" + digits + b">")


def _xlsx(marker: str) -> bytes:
    def fill(workbook: Workbook) -> None:
        sheet = workbook.active
        sheet.title = "OWNED\x9d\u202e\u200b"
        sheet.append([marker, _OFFICE])
        sheet.append([_OFFICE, "x"])

    return made_more.xlsx(fill)


def _pptx(marker: str) -> bytes:
    def fill(presentation: Any) -> None:
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.shapes.title.text = f"{marker} {HOSTILE}"
        slide.placeholders[1].text = _OFFICE
        slide.shapes.add_table(1, 1, Cm(1), Cm(1), Cm(2), Cm(2)).table.cell(0, 0).text = HOSTILE
        slide.notes_slide.notes_text_frame.text = HOSTILE

    return made_more.pptx(fill)


def _html(marker: str) -> bytes:
    numbers = "".join(f"&#{ord(character)};" for character in HOSTILE)
    return (
        f"<html><head><title>{HOSTILE}</title></head><body><h1>{marker} {numbers}</h1><p>{HOSTILE}</p>"
        f'<p><a href="javascript:{numbers}">{numbers}</a><img alt="{numbers}" src="file:///{numbers}"></p></body></html>'
    ).encode()


def _rtf(marker: str) -> bytes:
    codes = "".join(f"\\'{ord(character):02x}" for character in _CODES)
    signs = "".join(f"\\u{ord(character)}?" for character in _SIGNS if ord(character) < 0x8000)
    raw = _CODES.replace("\\", "\\\\")
    return made.rtf(f"{marker} {codes} {signs}\\par {raw}")


def _eml(marker: str) -> bytes:
    header = Header(f"{marker} {HOSTILE}", "utf-8").encode()
    lines = (
        f"From: {header} <zoe@example.org>",
        f"Subject: {header}",
        'Content-Type: multipart/mixed; boundary="b"',
        "",
        "--b",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        "",
        f"{marker} {HOSTILE}",
        "--b",
        f"Content-Type: {_TYPE}",
        f"Content-Disposition: attachment; filename*=utf-8''{quote(f'in {NAME}.txt')}",
        "",
        f"zebra-inside {HOSTILE}",
        "--b--",
        "",
    )
    return "\r\n".join(lines).encode()
