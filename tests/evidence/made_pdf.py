"""PDF files made object by object, for tests of what no library writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def written(objects: Sequence[str | bytes]) -> bytes:
    """The bytes of a PDF of those objects; the first of them, number 1, is the catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body if isinstance(body, bytes) else body.encode("latin-1"))
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)


def stream(content: str | bytes, entries: str = "") -> bytes:
    """A stream object; `entries` stand in its dictionary."""
    data = content if isinstance(content, bytes) else content.encode("latin-1")
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(data), entries.encode("latin-1"), data)


def one_page(
    content: str,
    *,
    annotations: Sequence[str] = (),
    more: Mapping[int, str | bytes] | None = None,
    catalog: str = "",
    fonts: Mapping[str, str | tuple[str, str]] | None = None,
    page: str = "",
    resources: str = "",
) -> bytes:
    """A page of 595 by 842 points that draws `content`; F1 is Helvetica.

    `annotations` are dictionaries, or references to objects of `more`, whose numbers begin at 100. A font of `fonts` is
    its dictionary, or its name and the letters of its codes from 1 on, two bytes each.
    """
    objects: dict[int, str | bytes] = {
        2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        4: stream(content),
        5: _FONT,
    }
    named = ["/F1 5 0 R"]
    for name, font in (fonts or {}).items():
        number = max(objects) + 1
        named.append(f"/{name} {number} 0 R")
        if isinstance(font, str):
            objects[number] = font
        else:
            objects |= dict(enumerate(_two_byte_font(number, *font), number))
    listed = []
    for annotation in annotations:
        if annotation.startswith("<<"):
            number = max(objects) + 1
            objects[number] = annotation
            annotation = f"{number} 0 R"
        listed.append(annotation)
    objects |= more or {}
    objects[1] = f"<< /Type /Catalog /Pages 2 0 R {catalog} >>"
    objects[3] = (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R {page}"
        f" /Resources << /Font << {' '.join(named)} >> {resources} >> /Annots [{' '.join(listed)}] >>"
    )
    return written([objects.get(number, "null") for number in range(1, max(objects) + 1)])


def _two_byte_font(number: int, name: str, letters: str) -> list[str | bytes]:
    """The objects of a font whose codes from 1 on are those letters, the first of them of that number."""
    pairs = "\n".join(f"<{code:04x}> <{letter.encode('utf-16-be').hex()}>" for code, letter in enumerate(letters, 1))
    map_of_codes = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Made def"
        " 1 begincodespacerange <0000> <ffff> endcodespacerange"
        f" {len(letters)} beginbfchar\n{pairs}\nendbfchar endcmap end end"
    )
    return [
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H /DescendantFonts [{number + 1} 0 R]"
        f" /ToUnicode {number + 3} 0 R >>",
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /FontDescriptor {number + 2} 0 R"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        f"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [0 0 1000 1000] /Ascent 800 /Descent -200 >>",
        stream(map_of_codes),
    ]
