"""Workbooks and presentations made of their very parts, for what no library writes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence

_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_NAMES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "xdr": "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "a14": "http://schemas.microsoft.com/office/drawing/2010/main",
        "v": "urn:schemas-microsoft-com:vml",
        "x": "urn:schemas-microsoft-com:office:excel",
    }.items()
)
SHEETS = f'{_NAMES} xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SLIDES = f'{_NAMES} xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
_FAMILY = re.compile(
    rb"http://schemas\.openxmlformats\.org/(spreadsheetml|presentationml|drawingml|officeDocument)/2006/"
)

Relations = Mapping[str, tuple[str, str]]
"""Kind and target of relations by their ids; a target with `://` or `mailto:` is outside."""


def relations(of: Relations) -> str:
    """A part that says what another one refers to."""
    lines = []
    for relation_id, (kind, target) in of.items():
        outside = ' TargetMode="External"' if "://" in target or target.startswith("mailto:") else ""
        kind = kind if "://" in kind else _TYPE + kind
        lines.append(f'<Relationship Id="{relation_id}" Type="{kind}" Target="{target}"{outside}/>')
    names = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    return f"<Relationships {names}>{''.join(lines)}</Relationships>"


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """A package of these parts, as they are."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a package by their names."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def strict(data: bytes) -> bytes:
    """The package as Office saves it under "Strict Open XML"."""
    return package(
        {name: _FAMILY.sub(rb"http://purl.oclc.org/ooxml/\1/", part) for name, part in parts_of(data).items()}
    )


def workbook(
    sheet: str,
    *,
    of_sheet: Relations | None = None,
    of_book: Relations | None = None,
    parts: Mapping[str, str | bytes] | None = None,
    styles: str = "",
    in_book: str = "",
    state: str = "visible",
) -> bytes:
    """A workbook of one sheet, `Log`, that has this XML; parts are named as from `xl`."""
    book = {"s1": ("worksheet", "sheets/log.xml"), "st": ("styles", "styles.xml"), **(of_book or {})}
    return package(
        {
            "_rels/.rels": relations({"main": ("officeDocument", "xl/book.xml")}),
            "xl/book.xml": f'<workbook {SHEETS}>{in_book}<sheets><sheet name="Log" state="{state}" r:id="s1"/></sheets>'
            "</workbook>",
            "xl/_rels/book.xml.rels": relations(book),
            "xl/styles.xml": f"<styleSheet {SHEETS}>{styles}</styleSheet>",
            "xl/sheets/log.xml": f"<worksheet {SHEETS}>{sheet}</worksheet>",
            "xl/sheets/_rels/log.xml.rels": relations(of_sheet or {}),
            **{f"xl/{name}": content for name, content in (parts or {}).items()},
        }
    )


def row(number: int, *cells: str, more: str = "") -> str:
    """A row of cells that are texts, or XML where they begin with `<`."""
    written = "".join(
        cell if cell.startswith("<") else f'<c t="inlineStr"><is><t xml:space="preserve">{cell}</t></is></c>'
        for cell in cells
    )
    return f'<row r="{number}" {more}>{written}</row>'


def rows(*of: Sequence[str]) -> str:
    """The data of a sheet, its rows from the first on."""
    return f"<sheetData>{''.join(row(number, *cells) for number, cells in enumerate(of, 1))}</sheetData>"


def formats(*codes: str) -> str:
    """Styles of which the first is plain, and each of the others has one of these number formats."""
    numbered = list(enumerate(codes, 164))
    named = "".join(f'<numFmt numFmtId="{number}" formatCode="{code}"/>' for number, code in numbered)
    styled = "".join(f'<xf numFmtId="{number}"/>' for number, _ in numbered)
    return f'<numFmts>{named}</numFmts><cellXfs><xf numFmtId="0"/>{styled}</cellXfs>'


def shape(words: str = "", *, kind: str = "", more: str = "", about: str = "") -> str:
    """A shape of a slide: paragraphs are XML, or words; `kind` is what it stands for on the layout."""
    text = words if words.startswith("<") else paragraph(words)
    mark = f'<p:ph type="{kind}"/>' if kind else ""
    properties = f'<p:nvSpPr><p:cNvPr id="2" name="Shape 2" {about}/><p:cNvSpPr/><p:nvPr>{mark}</p:nvPr></p:nvSpPr>'
    return f"<p:sp>{properties}{more}<p:txBody><a:bodyPr/>{text}</p:txBody></p:sp>"


def paragraph(words: str, properties: str = "", of_run: str = "") -> str:
    """A paragraph of drawn text, in one run."""
    return f"<a:p>{properties}<a:r><a:rPr>{of_run}</a:rPr><a:t>{words}</a:t></a:r></a:p>"


def presentation(
    *slides: str,
    of_slide: Relations | None = None,
    of_show: Relations | None = None,
    parts: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """A presentation of slides of these shapes; the first refers to `of_slide`, parts are named as from `ppt`."""
    numbers = range(1, len(slides) + 1)
    # Their names and the order of their relations say nothing about their order.
    listed = {f"s{number}": ("slide", f"slides/z{len(slides) - number}.xml") for number in numbers}
    order = "".join(f'<p:sldId id="{255 + number}" r:id="s{number}"/>' for number in numbers)
    written = {
        f"ppt/slides/z{len(slides) - number}.xml": f"<p:sld {SLIDES}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld>"
        "</p:sld>"
        for number, shapes in zip(numbers, slides, strict=True)
    }
    return package(
        {
            "_rels/.rels": relations({"main": ("officeDocument", "ppt/show.xml")}),
            "ppt/show.xml": f"<p:presentation {SLIDES}><p:sldIdLst>{order}</p:sldIdLst></p:presentation>",
            "ppt/_rels/show.xml.rels": relations({**dict(reversed(listed.items())), **(of_show or {})}),
            f"ppt/slides/_rels/z{len(slides) - 1}.xml.rels": relations(of_slide or {}),
            **written,
            **{f"ppt/{name}": content for name, content in (parts or {}).items()},
        }
    )
