"""The parts of a Word file around its text: styles, head and foot of every page, properties, and the zip of it all."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from markterm.domain.words.foreign_text import one_line
from markterm.exports.document.model import Document, Run, words
from markterm.exports.word.wordml import paragraph, plain, runs, text

_PARTS = Path(__file__).with_name("parts")
_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OF_DOCUMENT = ("styles", "numbering", "settings", "header", "footer")
_SHIPPED = ("styles", "numbering", "settings")
_PAGE = (
    '<w:sectPr><w:headerReference w:type="default" r:id="header"/><w:footerReference w:type="default" r:id="footer"/>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1134" w:right="908" w:bottom="1020" w:left="908" w:header="510" w:footer="454" w:gutter="0"/>'
    "</w:sectPr>"
)
_LINE = 105
"""Letters of small print that there is room for on a line above the text."""
_EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)


def packed(document: Document, body: str, *, anchor: str, at: datetime | None) -> bytes:
    """The file of a document whose text is `body`, in the markup of Word."""
    made = at or datetime.now(UTC)
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            ("document", f"{_OFFICE}/officeDocument", "word/document.xml"),
            ("core", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _properties(document, anchor, made),
        "word/document.xml": _part("document", f"<w:body>{body}{_PAGE}</w:body>"),
        "word/_rels/document.xml.rels": _relations(
            *((name, f"{_OFFICE}/{name}", f"{name}.xml") for name in _OF_DOCUMENT)
        ),
        "word/header.xml": _part("hdr", _head(document)),
        "word/footer.xml": _part("ftr", _foot()),
        **{f"word/{name}.xml": _shipped(name) for name in _SHIPPED},
    }
    parts["word/styles.xml"] = parts["word/styles.xml"].replace('w:val="en-GB"', f'w:val="{text(document.language)}"')
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = ZipInfo(name, max(made, _EARLIEST).timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, content)
    return file.getvalue()


@cache
def _shipped(name: str) -> str:
    return (_PARTS / f"{name}.xml").read_text("utf-8")


def _part(name: str, content: str) -> str:
    return f'{_DECLARED}<w:{name} xmlns:w="{_WORD}" xmlns:r="{_OFFICE}">{content}</w:{name}>'


def _head(document: Document) -> str:
    """What stands above every page: title, whom it is about, and what nobody may overlook."""
    title, about = one_line(document.title), one_line(document.about)
    behind = f"<w:r><w:tab/></w:r>{runs(words(about))}" if about else ""
    if len(title) + len(about) <= _LINE:
        head = paragraph(words(title), "Header", after=behind)
    else:  # At the end of a line of its own.
        head = paragraph(words(title), "Header") + paragraph((), "Header", after=behind)
    return head + "".join(paragraph(plain(each), "Caveat") for each in document.caveats)


def _foot() -> str:
    pages = _field("PAGE") + runs((Run(" of "),)) + _field("NUMPAGES")
    return paragraph((Run("Page "),), "Footer", after=pages)


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def _properties(document: Document, anchor: str, made: datetime) -> str:
    at = made.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    times = "".join(
        f'<dcterms:{each} xsi:type="dcterms:W3CDTF">{at}</dcterms:{each}>' for each in ("created", "modified")
    )
    keywords = f"<cp:keywords>{text(anchor)}</cp:keywords>" if anchor else ""
    return (
        f'{_DECLARED}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{text(one_line(document.title))}</dc:title><dc:creator>MarkTerm</dc:creator>"
        f"{keywords}<dc:language>{text(document.language)}</dc:language>{times}</cp:coreProperties>"
    )


def _relations(*relations: tuple[str, str, str]) -> str:
    each = "".join(f'<Relationship Id="{name}" Type="{kind}" Target="{to}"/>' for name, kind, to in relations)
    return f'{_DECLARED}<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'


def _content_types() -> str:
    kinds = {"document": "document.main", **{name: name for name in _OF_DOCUMENT}}
    parts = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_CONTENT}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    return (
        f'{_DECLARED}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'{parts}<Override PartName="/docProps/core.xml"'
        ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )
