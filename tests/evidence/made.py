"""Documents made for tests: small ones that hold what a test is about, and ones that are made to do harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from markterm.evidence.folder import EvidenceFile, kind_of

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
_CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_STYLES = (
    f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/></w:style></w:styles>'
)
_NUMBERING = (
    f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>'
    '</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
OLE = bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 2000
"""How a password-protected Office file begins."""


def evidence(path: Path, data: bytes) -> EvidenceFile:
    """A file of the learner with that content."""
    path.write_bytes(data)
    return EvidenceFile(path.name, path, len(data), 0, kind_of(path.suffix))


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of those entries, the same bytes at any time: a test may be named by them."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def paragraph(text: str, style: str = "") -> str:
    """A paragraph of Word's XML; `list` is a style too."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    if style == "list":
        properties = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def word_table(*rows: tuple[str, ...]) -> str:
    """A table of Word's XML."""
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def root(name: str, content: str) -> str:
    """A part of a Word file: `hdr`, `ftr`, `footnotes`, `comments`."""
    return f"<w:{name} {_NAMESPACES}>{content}</w:{name}>"


def docx(body: str, *, relations: Mapping[str, str] | None = None, parts: Mapping[str, str] | None = None) -> bytes:
    """A Word file with that body. `relations` are addresses outside it by their id, `parts` further parts."""
    links = "".join(
        f'<Relationship Id="{key}" Type="{_TYPE}hyperlink" Target="{target}" TargetMode="External"/>'
        for key, target in (relations or {}).items()
    )
    main = f'<Relationship Id="rId1" Type="{_TYPE}officeDocument" Target="word/document.xml"/>'
    return zipped(
        {
            "[Content_Types].xml": _CONTENT_TYPES,
            "_rels/.rels": _RELATIONS.format(main),
            "word/_rels/document.xml.rels": _RELATIONS.format(links),
            "word/document.xml": f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>",
            "word/styles.xml": _STYLES,
            "word/numbering.xml": _NUMBERING,
            **(parts or {}),
        }
    )


def odt(body: str, *, styles: str = "", manifest: str = "", master: str = "", prolog: str = "") -> bytes:
    """An OpenDocument text with that body."""
    names = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in {
            "office": "office",
            "text": "text",
            "table": "table",
            "style": "style",
            "draw": "drawing",
            "svg": "svg-compatible",
            "manifest": "manifest",
        }.items()
    )
    names += ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": f"<manifest:manifest {names}>{manifest}</manifest:manifest>",
            "content.xml": f"{prolog}<office:document-content {names}><office:automatic-styles>{styles}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
            "styles.xml": f"<office:document-styles {names}><office:master-styles>{master}</office:master-styles>"
            "</office:document-styles>",
        }
    )


def rtf(body: str) -> bytes:
    """A rich text file with that body."""
    return b"{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Arial;}}\\f0 " + body.encode("cp1252") + b"}"


BILLION_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
"""Put before a document that says `&j;`: a billion laughs."""


def docx_with_prolog(prolog: str, text: str) -> bytes:
    """A Word file whose document begins with `prolog` and says `text`."""
    document = f"{prolog}<w:document {_NAMESPACES}><w:body>{paragraph(text)}</w:body></w:document>"
    main = f'<Relationship Id="rId1" Type="{_TYPE}officeDocument" Target="word/document.xml"/>'
    return zipped({"_rels/.rels": _RELATIONS.format(main), "word/document.xml": document})


def docx_bomb(size: int) -> bytes:
    """A Word file of a few hundred kilobytes that unpacks to `size` bytes."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(size // 1_000_000):
            part.write(b" " * 1_000_000)
    return packed.getvalue()
