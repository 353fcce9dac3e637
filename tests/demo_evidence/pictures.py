"""Pictures: a whiteboard as it was photographed, and a page as it was scanned."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from random import Random
from textwrap import fill
from time import struct_time

import reportlab  # type: ignore[import-untyped]  # the library has no types
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from markterm.evidence.text.blocks import Block, BlockKind
from tests.demo_evidence.texts import plain

_BOARD = (1200, 800)
_PAGE = (760, 520)
_INK, _BLUE = "#26262e", "#24409a"
_NOTES = (("#f7e463", "#f2d94e", "#c8e48a"), ("#f3a6bd", "#f6b98a", "#a9d3ef"))
_TAKEN, _TAKEN_ORIGINAL = 0x0132, 0x9003
"""The numbers of Exif for when a picture was changed and taken."""
_DETAILS = 0x8769


def whiteboard(blocks: Sequence[Block], *, taken: str) -> bytes:
    """Two columns, each a heading and a list on sticky notes, as a JPEG that was taken at `taken` (Exif's way)."""
    chance = Random(8580)
    board = Image.new("RGB", _BOARD, "#d9dad6")
    draw = ImageDraw.Draw(board)
    draw.rectangle((26, 26, _BOARD[0] - 26, _BOARD[1] - 46), "#f4f5f1", "#8c8f92", 8)
    draw.rectangle((380, _BOARD[1] - 46, 820, _BOARD[1] - 26), "#77797c")
    column = -1
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            column, row = column + 1, 0
            draw.text((80 + 560 * column, 56), block.text, _INK, _font(34, strong=True))
            continue
        note = _note(block.text, chance.choice(_NOTES[column]))
        note = note.rotate(chance.uniform(-5, 5), Image.Resampling.BICUBIC, expand=True)
        left, top = 70 + 560 * column + 250 * (row % 2), 120 + 205 * (row // 2)
        at = (left + chance.randint(-8, 8), top + chance.randint(-6, 6))
        shadow = Image.new("RGBA", note.size, "#55555a")
        board.paste(shadow, (at[0] + 5, at[1] + 6), note.getchannel("A").point(lambda alpha: alpha // 3))
        board.paste(note, at, note)
        row += 1
    draw.line((590, 110, 606, 720), _BLUE, 5)
    light = Image.radial_gradient("L").resize(_BOARD).point(lambda value: 255 - value // 4)
    photographed = Image.composite(board, Image.new("RGB", _BOARD, "#3a3a3a"), light).filter(
        ImageFilter.GaussianBlur(0.8)
    )
    exif = Image.Exif()
    exif[_TAKEN] = taken
    exif.get_ifd(_DETAILS)[_TAKEN_ORIGINAL] = taken
    written = io.BytesIO()
    photographed.rotate(-0.7, Image.Resampling.BICUBIC, fillcolor="#bdbeba").save(
        written, "JPEG", quality=60, exif=exif
    )
    return written.getvalue()


def scan(blocks: Sequence[Block]) -> bytes:
    """A heading and a table, its last column written by hand, as a PNG in a few greys and blues."""
    chance = Random(2041)
    page = Image.new("RGB", _PAGE, "#f1f0ea")
    draw = ImageDraw.Draw(page)
    top = 40
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            draw.text((60, top), block.text, _INK, _font(26, strong=True))
            top += 62
        elif block.kind is BlockKind.TABLE:
            for number, row in enumerate(block.rows):
                for column, (left, right) in enumerate(((60, 300), (300, 440), (440, 700))):
                    draw.rectangle((left, top, right, top + 54), None, "#8a8a8a", 2)
                    words = plain(row[column])
                    if column == 2 and number:
                        written = Image.new("RGBA", (240, 54))
                        ImageDraw.Draw(written).text((18, 4), words, _BLUE, _font(30, slanted=True))
                        written = written.rotate(chance.uniform(-4, 6), Image.Resampling.BICUBIC)
                        page.paste(written, (left + chance.randint(0, 24), top), written)
                    else:
                        draw.text((left + 14, top + 14), words, _INK, _font(22, strong=not number))
                top += 54
    saved = io.BytesIO()
    page.rotate(0.9, Image.Resampling.BICUBIC, fillcolor="#f1f0ea").quantize(24).save(saved, "PNG", optimize=True)
    return saved.getvalue()


def scanned_page(text: str) -> bytes:
    """A typed page as a scanner makes a PDF of it: one picture in black and white, and no text."""
    page = Image.new("L", (1240, 1754), "white")
    draw = ImageDraw.Draw(page)
    for number, line in enumerate(text.splitlines()):
        draw.text((120, 130 + 44 * number), line, "black", _font(28, strong=line.isupper()))
    saved = io.BytesIO()
    day = (2026, 2, 18, 9, 0, 0, 2, 49, 0)
    page.rotate(0.4, Image.Resampling.BICUBIC, fillcolor="white").convert("1", dither=Image.Dither.NONE).save(
        saved, "PDF", resolution=150, creationDate=struct_time(day), modDate=struct_time(day), producer="Scanner"
    )
    return saved.getvalue()


def _note(words: str, colour: str) -> Image.Image:
    note = Image.new("RGBA", (220, 180), colour)
    ImageDraw.Draw(note).multiline_text((16, 22), fill(words, 14), _INK, _font(25, slanted=True), spacing=8)
    return note


def _font(size: int, *, strong: bool = False, slanted: bool = False) -> ImageFont.FreeTypeFont:
    name = "VeraBd" if strong else "VeraIt" if slanted else "Vera"
    return ImageFont.truetype(Path(reportlab.__file__).parent / "fonts" / f"{name}.ttf", size)
