"""The process in which a PDF is made anew of its pages alone: what is drawn on them as text and lines, and its fonts.

It is started as `python -I -B -m markterm.exports.nameless.pdf_pages FILE [drawings]`, takes the limits of a reader on
itself and shuts itself in like one. It writes an answer of `pdf_answer`. With `drawings` somebody looked at what is
drawn.
"""

from __future__ import annotations

import importlib
import io
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    ContentStream,
    DictionaryObject,
    IndirectObject,
    NameObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from markterm.evidence.conversion import cage, child
from markterm.exports.nameless.not_own_kind import NotOwnKind
from markterm.exports.nameless.pdf_answer import DAMAGED, MadeAnew, answer_made, answer_refused

_CPU_SECONDS = 30
_MOST_PAGES = 500
_SIDE = 300
_LIKE = 64
"""How far a colour may be from what it was: profiles of colour, which name who made them, go."""
_MARKED = frozenset((b"BDC", b"BMC", b"EMC", b"MP", b"DP"))
_CURVES = frozenset((b"c", b"v", b"y"))
_ENDS_PATH = frozenset((b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"n"))
_MOST_LINES = 12
"""Lines that hang together without being a box: more may be handwriting."""
_SHOWN = frozenset((b"Tj", b"TJ", b"'", b'"'))
_A_SPACE = -150
"""So far apart, in thousandths of the size, stand words and not letters."""
_NO_LETTERS = re.compile("[\ue000-\uf8ff\ufffd]{2}")
"""What stands for letters of which nothing says which they are; one alone is a bullet."""
_BY_NAME = frozenset(("/Font", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/XObject"))
_KNOWN = """
    Type Subtype Filter DecodeParms Predictor Columns Colors BitsPerComponent EarlyChange
    Font ExtGState ColorSpace Pattern Shading XObject ProcSet Resources
    BaseFont FirstChar LastChar Widths FontDescriptor Encoding ToUnicode DescendantFonts CIDSystemInfo Registry Ordering
    Supplement W DW W2 DW2 CIDToGIDMap BaseEncoding Differences WMode CMapName UseCMap Name
    FontName FontFamily FontStretch FontWeight Flags FontBBox ItalicAngle Ascent Descent Leading CapHeight XHeight StemV
    StemH AvgWidth MaxWidth MissingWidth FontFile FontFile2 FontFile3 CIDSet CharSet Length1 Length2 Length3
    LW LC LJ ML D RI OP op OPM BG UCR TR HT FL SM SA BM SMask CA ca AIS TK S G BC
    FormType BBox Matrix Group CS I K
    PatternType PaintType TilingType XStep YStep
    ShadingType Background AntiAlias Domain Function Coords Extend BitsPerCoordinate BitsPerFlag VerticesPerRow Decode
    FunctionType Range Size BitsPerSample Order Encode C0 C1 N Functions Bounds
"""
_KEYS = frozenset(f"/{key}" for key in _KNOWN.split())
_DEVICE = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}
_READABLE = frozenset(("/WinAnsiEncoding", "/MacRomanEncoding", "/StandardEncoding"))
_UNREADABLE_GLYPH = re.compile(r"/[A-Za-z]{1,2}\d+|/glyph\d+|/cid\d+", re.IGNORECASE)
_BY_EYE = "it has letters that only the eye can read"
_STANDARD = re.compile(r"/(?:Helvetica|Times|Courier)(?:-.*)?")


class _Copy:
    """What is copied of a file into a new one."""

    def __init__(self, reader: PdfReader, writer: PdfWriter, *, drawings: bool) -> None:
        self._reader = reader
        self._writer = writer
        self._drawings = drawings
        self._known: dict[int, IndirectObject] = {}
        self._painted: set[int] = set()

    def look_at(self, contents: Any, resources: Any) -> None:
        """Remember which forms are painted on a page, and within those: what no page shows is not copied."""
        if contents is None or resources is None:
            return
        forms = resources.get_object().get("/XObject", DictionaryObject()).get_object()
        content = contents if isinstance(contents, ContentStream) else ContentStream(contents, self._reader)
        for name in {operands[0] for operands, operator in content.operations if operator == b"Do" and operands}:
            form = forms.raw_get(name) if name in forms else None
            if isinstance(form, IndirectObject) and form.idnum not in self._painted:
                self._painted.add(form.idnum)
                within: Any = form.get_object()
                if within.get("/Subtype") == "/Form":
                    self.look_at(within, within.get("/Resources", resources))

    def page(self, page: Any) -> None:
        """A page with what is drawn on it."""
        for each in page.get("/Annots") or ():
            if each.get_object().get("/Subtype") != "/Link":
                raise NotOwnKind("it has remarks, stamps or fields on its pages")
        box = page.mediabox
        made = self._writer.add_blank_page(float(box.width), float(box.height))
        for key in ("/MediaBox", "/CropBox"):
            if (value := page.get(key)) is not None:
                made[NameObject(key)] = self._of(value)
        if page.rotation:
            made[NameObject("/Rotate")] = self._of(page["/Rotate"])
        resources = page.get("/Resources")
        made[NameObject("/Resources")] = DictionaryObject() if resources is None else self._of(resources)
        contents = page.get_contents()
        if contents is not None:
            stream = self._drawn(contents)
            made[NameObject("/Contents")] = self._writer._add_object(stream)

    def _drawn(self, contents: Any) -> StreamObject:
        """What is drawn, without what marks it; what a mark says may stand nowhere on the page."""
        content = contents if isinstance(contents, ContentStream) else ContentStream(contents, self._reader)
        kept = []
        lines = 0
        for operands, operator in content.operations:
            if operator in _MARKED:
                continue
            if operator == b"INLINE IMAGE":
                raise NotOwnKind("it has pictures")
            lines = 0 if operator in _ENDS_PATH or operator == b"m" else lines + (operator == b"l")
            if not self._drawings and (operator in _CURVES or lines > _MOST_LINES):
                raise NotOwnKind("it has drawings, which may be handwriting")
            kept.append((operands, operator))
        content.operations = kept
        made = StreamObject()
        made.set_data(content.get_data())
        return made.flate_encode()

    def _of(self, value: Any, *, every_key: bool = False) -> PdfObject:
        if isinstance(value, IndirectObject):
            known = self._known.get(value.idnum)
            if known is None:
                # Before what is in it is copied: it may refer to itself.
                known = self._known[value.idnum] = self._writer._add_object(DictionaryObject())
                made = self._of(value.get_object(), every_key=every_key)
                self._writer._replace_object(known, made)
            return known
        if isinstance(value, StreamObject):
            return self._stream(value)
        if isinstance(value, DictionaryObject):
            return self._dictionary(value, every_key=every_key)
        if isinstance(value, ArrayObject):
            if len(value) == 2 and value[0] == "/ICCBased":
                return NameObject(_DEVICE.get(int(value[1].get_object().get("/N", 0)), "/DeviceRGB"))
            return ArrayObject([self._of(each) for each in value])
        if value is None:
            raise NotOwnKind("a part of it is damaged")
        copied: PdfObject = value.clone(self._writer)
        return copied

    def _dictionary(self, value: DictionaryObject, *, every_key: bool) -> DictionaryObject:
        if value.get("/Type") == "/Font" or "/BaseFont" in value:
            _check_font(value)
        made = DictionaryObject()
        for key in value:
            of_it = value.raw_get(key)
            if every_key and isinstance(of_it, IndirectObject) and self._is_never_painted(of_it):
                continue
            if every_key or key in _KEYS:
                made[NameObject(key)] = self._of(of_it, every_key=key in _BY_NAME and not every_key)
        return made

    def _is_never_painted(self, reference: IndirectObject) -> bool:
        """Whether it is a form or a picture that is on no page."""
        value = reference.get_object()
        is_drawn = isinstance(value, StreamObject) and value.get("/Subtype") in ("/Form", "/Image")
        return is_drawn and reference.idnum not in self._painted

    def _stream(self, value: StreamObject) -> StreamObject:
        if value.get("/Subtype") == "/Image":
            raise NotOwnKind("it has pictures")
        if value.get("/Subtype") == "/Form" or "/PatternType" in value:
            made = self._drawn(value)
        else:
            data = value.get_data()
            made = StreamObject()
            made.set_data(data)
            made = made.flate_encode()
        for key in value:
            if key in _KEYS and key not in ("/Filter", "/DecodeParms", "/Length"):
                made[NameObject(key)] = self._of(value.raw_get(key))
        return made


def _check_font(font: DictionaryObject) -> None:
    """Raises `NotOwnKind` for a font of which no reader knows for sure which letters it shows."""
    kind = font.get("/Subtype")
    if kind in ("/CIDFontType0", "/CIDFontType2"):
        return
    encoding = font.get("/Encoding")
    if kind != "/Type3" and "/ToUnicode" in font:
        return
    if kind in ("/Type1", "/TrueType", "/MMType1"):
        if isinstance(encoding, NameObject) and encoding in _READABLE:
            return
        if isinstance(encoding, DictionaryObject):
            glyphs = [each for each in encoding.get("/Differences", ()) if isinstance(each, NameObject)]
            if not any(_UNREADABLE_GLYPH.fullmatch(each) for each in glyphs):
                return
        if encoding is None and _STANDARD.fullmatch(str(font.get("/BaseFont"))):
            return
    raise NotOwnKind(_BY_EYE)


def made_anew(data: bytes, *, drawings: bool) -> bytes:
    """The new file. Raises `NotOwnKind`, and whatever pypdf does."""
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        raise NotOwnKind("it is protected")
    root = reader.root_object
    if root.get("/AcroForm") or root.get("/OCProperties"):
        raise NotOwnKind("it has fields or layers")
    if len(reader.pages) > _MOST_PAGES:
        raise NotOwnKind(f"it has more than {_MOST_PAGES} pages")
    writer = PdfWriter()
    copy = _Copy(reader, writer, drawings=drawings)
    for page in reader.pages:
        copy.look_at(page.get_contents(), page.get("/Resources"))
    for page in reader.pages:
        copy.page(page)
    writer.metadata = None
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def said_in(data: bytes) -> Iterator[bytes]:
    """All that is said in a file: its streams, unpacked, and its strings and names; of what is drawn also the letters
    as they follow each other, whatever stands between them."""
    reader = PdfReader(io.BytesIO(data))
    for page in reader.pages:
        if (contents := page.get_contents()) is not None:
            yield _letters(contents)
    for number in range(1, len(reader.xref[0]) + 1):
        yield from _said(IndirectObject(number, 0, reader).get_object(), reader)
    yield from _said(reader.trailer, reader)


def _said(value: Any, reader: PdfReader) -> Iterator[bytes]:
    if isinstance(value, StreamObject):
        yield value.get_data()
        if value.get("/Subtype") == "/Form" or "/PatternType" in value:
            yield _letters(ContentStream(value, reader))
    if isinstance(value, DictionaryObject):
        for key in value:
            yield key.encode("utf-8")
            yield from _said(value.raw_get(key), reader)
    elif isinstance(value, ArrayObject):
        for each in value:
            yield from _said(each, reader)
    elif isinstance(value, ByteStringObject):
        yield bytes(value)
    elif isinstance(value, TextStringObject | NameObject):
        yield value.encode("utf-8")


def _letters(content: ContentStream) -> bytes:
    """What is shown, each text on a line; letters that are put on the page one by one are one text."""
    made = bytearray()
    for operands, operator in content.operations:
        if operator not in _SHOWN or not operands:
            continue
        text = bytearray()
        for each in operands[-1] if operator == b"TJ" else operands[-1:]:
            if isinstance(each, TextStringObject | ByteStringObject):
                text += each.original_bytes
            elif each < _A_SPACE:
                text += b" "
        made += text if len(text.strip()) == 1 else b"\n" + text + b"\n"
    return bytes(made)


def check_alike(before: bytes, after: bytes) -> None:
    """Raises `NotOwnKind` where a page looks or reads otherwise than it did."""
    import pypdfium2  # type: ignore[import-untyped]  # the library has no types
    from PIL import ImageChops

    with pypdfium2.PdfDocument(before) as old, pypdfium2.PdfDocument(after) as new:
        if len(old) != len(new):
            raise NotOwnKind("its pages did not come out as they were")
        for one, other in zip(old, new, strict=True):
            texts = [page.get_textpage().get_text_range() for page in (one, other)]
            if _NO_LETTERS.search(texts[0]):
                raise NotOwnKind(_BY_EYE)
            scale = _SIDE / max(*one.get_size(), 1)
            pictures = [page.render(scale=scale).to_pil().convert("L") for page in (one, other)]
            is_same = texts[0] == texts[1] and pictures[0].size == pictures[1].size
            if not is_same or ImageChops.difference(*pictures).point(_is_other).getbbox() is not None:
                raise NotOwnKind("its pages did not come out as they were")


def _is_other(difference: int) -> int:
    return 255 if difference > _LIKE else 0


def answer(path: Path, *, drawings: bool) -> bytes:
    """What the process writes."""
    try:
        data = path.read_bytes()
        made = made_anew(data, drawings=drawings)
        check_alike(data, made)
        return answer_made(MadeAnew(made, b"\n".join(said_in(made))))
    except NotOwnKind as why:
        return answer_refused(str(why))
    except Exception:  # a damaged file makes libraries raise anything
        return answer_refused(DAMAGED)


def main() -> None:
    """Make the file that the command line names."""
    child.limit(_CPU_SECONDS)
    path, drawings = Path(sys.argv[1]), "drawings" in sys.argv[2:]
    out = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    # What is needed is loaded before nothing can be loaded any more.
    for module in ("pypdfium2", "PIL.Image", "PIL.ImageChops", "PIL.PngImagePlugin"):
        importlib.import_module(module)
    cage.shut_in(path)
    with os.fdopen(out, "wb") as stream:
        stream.write(answer(path, drawings=drawings))


if __name__ == "__main__":
    main()
