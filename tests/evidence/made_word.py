"""Word files made for tests, part by part, with the relationships that say what each part is."""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

from markterm.evidence.converted import Converted
from markterm.evidence.readers.word import docx as reader
from tests.evidence.made import W, zipped

FLAT = "http://schemas.microsoft.com/office/2006/xmlPackage"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_STRICT_TYPE = "http://purl.oclc.org/ooxml/officeDocument/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_NAMES = {
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "o": "urn:schemas-microsoft-com:office:office",
    "v": "urn:schemas-microsoft-com:vml",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
}


def part(name: str, content: str, *, strict: bool = False) -> str:
    """The XML of a part whose root has that name."""
    names = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in _NAMES.items())
    return f'<w:{name} xmlns:w="{STRICT if strict else W}" {names}>{content}</w:{name}>'


def run(text: str, properties: str = "") -> str:
    """Letters."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(*content: str, properties: str = "") -> str:
    """A paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(content)}</w:p>"


def said(*texts: str) -> str:
    """A paragraph of each text."""
    return "".join(para(run(text)) for text in texts)


def field(code: str, result: str | None = None, form: str = "") -> str:
    """A field as Word writes it, in runs; without a `result` it has none."""
    begin = f'<w:r><w:fldChar w:fldCharType="begin">{form}</w:fldChar></w:r>'
    shown = "" if result is None else f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}'
    code = f"<w:r><w:instrText>{code}</w:instrText></w:r>"
    return f'{begin}{code}{shown}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def control(content: str, properties: str = "") -> str:
    """A content control."""
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def word(
    body: str,
    parts: Mapping[str, tuple[str, str | bytes]] | None = None,
    *,
    links: Mapping[str, str] | None = None,
    main: str = "word/document.xml",
    strict: bool = False,
) -> bytes:
    """A Word file with that body. `parts` are kind of relationship and content by name; the id is the stem of the name.

    A part of no kind is there, and nothing leads to it. `links` are addresses outside the file by their ids.
    """
    kinds = _STRICT_TYPE if strict else _TYPE
    relations = [
        f'<Relationship Id="{PurePosixPath(name).stem}" Type="{kinds}{kind}" Target="/{name}"/>'
        for name, (kind, _) in (parts or {}).items()
        if kind
    ]
    relations += [
        f'<Relationship Id="{key}" Type="{kinds}hyperlink" Target="{address}" TargetMode="External"/>'
        for key, address in (links or {}).items()
    ]
    path = PurePosixPath(main)
    leads = f'<Relationship Id="main" Type="{kinds}officeDocument" Target="{main}"/>'
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml"'
        f' ContentType="application/xml"/><Override PartName="/{main}" ContentType="{_MAIN}"/></Types>'
    )
    return zipped(
        {
            "[Content_Types].xml": types,
            "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}">{leads}</Relationships>',
            str(path.parent / "_rels" / f"{path.name}.rels"): (
                f'<Relationships xmlns="{_PACKAGE}">{"".join(relations)}</Relationships>'
            ),
            main: part("document", f"<w:body>{body}</w:body>", strict=strict),
            **{name: content for name, (_, content) in (parts or {}).items()},
        }
    )


def read(folder: Path, data: bytes, suffix: str = ".docx") -> Converted:
    """What the reader makes of a file of that content."""
    path = folder / f"file{suffix}"
    path.write_bytes(data)
    return reader.read(path)


def flat(data: bytes) -> str:
    """The same file as one XML file."""
    parts = []
    with ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            if name.endswith((".xml", ".rels")) and name != "[Content_Types].xml":
                parts.append(f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{content.decode()}</pkg:xmlData></pkg:part>')
            else:
                text = f"<pkg:binaryData>{b64encode(content).decode()}</pkg:binaryData>"
                parts.append(f'<pkg:part pkg:name="/{name}">{text}</pkg:part>')
    return f'<?mso-application progid="Word.Document"?><pkg:package xmlns:pkg="{FLAT}">{"".join(parts)}</pkg:package>'


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The same file with another content of one part."""
    with ZipFile(io.BytesIO(data)) as archive:
        return zipped({**{each: archive.read(each) for each in archive.namelist()}, name: content})
