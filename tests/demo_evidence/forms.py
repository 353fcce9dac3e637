"""A form of two questions, two boxes to tick and a list, filled in with different programs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import docx
import reportlab  # type: ignore[import-untyped]  # the library has no types
import xlsxwriter  # type: ignore[import-untyped]
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from tests.demo_evidence.packed import undated

_W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
_DAY = "2026-03-02"


@dataclass(frozen=True, slots=True)
class Form:
    """What is printed on a form, and what was filled in."""

    title: str
    about: str
    name: str
    day: str
    answers: Mapping[str, str]
    """By question."""
    ticks: Mapping[str, bool]
    asked: str
    often: tuple[str, ...]
    """The entries of the list."""
    chosen: str


def filled_in(facts: Mapping[str, Any]) -> dict[str, bytes]:
    """The forms of a file of facts by the names of their files."""
    made = {}
    for each in facts["forms"]:
        form = Form(
            facts["title"],
            facts["about"],
            each["name"],
            each["day"],
            dict(zip(facts["questions"], each["answers"], strict=True)),
            {facts["agreed"]: each["agreed"], facts["again"]: each["again"]},
            facts["asked"],
            tuple(facts["often"]),
            each["often"],
        )
        made[each["file"]] = _MAKERS[Path(each["file"]).suffix](form)
    return made


def _word(form: Form) -> bytes:
    """With the content controls of Word: plain text, boxes, a drop-down list."""
    document: Any = docx.Document()
    document.core_properties.author = form.name
    document.add_heading(form.title, 1)
    document.add_paragraph(form.about)

    def control(properties: str, shown: str) -> Any:
        return parse_xml(
            f"<w:sdt {nsdecls('w')} {_W14}><w:sdtPr>{properties}</w:sdtPr>"
            f'<w:sdtContent><w:r><w:t xml:space="preserve">{escape(shown)}</w:t></w:r></w:sdtContent></w:sdt>'
        )

    for label, value in (("Name", form.name), ("Date", form.day), *form.answers.items()):
        paragraph = document.add_paragraph(f"{label} ")
        paragraph._p.append(control(f'<w:alias w:val="{escape(label)}"/><w:text/>', value))
    for label, ticked in form.ticks.items():
        paragraph = document.add_paragraph()
        state = f'<w14:checkbox><w14:checked w14:val="{int(ticked)}"/></w14:checkbox>'
        paragraph._p.append(control(state, "☒" if ticked else "☐"))
        paragraph.add_run(f" {label}")
    entries = "".join(f'<w:listItem w:displayText="{entry}" w:value="{entry}"/>' for entry in form.often)
    paragraph = document.add_paragraph(f"{form.asked} ")
    paragraph._p.append(control(f"<w:dropDownList>{entries}</w:dropDownList>", form.chosen))
    styles = document.styles
    for style in styles.element.style_lst:  # most of what the library's template holds
        if style.name_val not in ("Normal", "Heading 1", "Default Paragraph Font", "Normal Table"):
            styles.element.remove(style)
    saved = io.BytesIO()
    document.save(saved)
    return undated(saved.getvalue(), _DAY)


def _pdf(form: Form) -> bytes:
    """With the fields of a PDF: text, boxes, a list."""
    pdfmetrics.registerFont(TTFont("Vera", Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"))
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=A4, invariant=1)
    canvas.setTitle(form.title)
    canvas.setAuthor(form.name)
    canvas.setFont("Vera", 16)
    canvas.drawString(60, 770, form.title)
    canvas.setFont("Vera", 10)
    canvas.drawString(60, 748, form.about)
    fields, top = canvas.acroForm, 715

    def label(words: str) -> None:
        canvas.drawString(60, top, words)

    for words, value in (("Name", form.name), ("Date", form.day), *form.answers.items()):
        label(words)
        long = len(value) > 40
        fields.textfield(
            value=value,
            name=words.rstrip("?"),
            tooltip=words,
            x=60,
            y=top - (70 if long else 26),
            width=470,
            height=62 if long else 18,
            fontSize=9,
            fieldFlags="multiline" if long else "",
        )
        top -= 96 if long else 48
    for words, ticked in form.ticks.items():
        fields.checkbox(checked=ticked, name=words.rstrip("?"), x=60, y=top - 4, size=14)
        canvas.drawString(82, top, words)
        top -= 28
    label(form.asked)
    fields.choice(
        value=form.chosen, options=list(form.often), name=form.asked, x=130, y=top - 6, width=120, height=18, fontSize=9
    )
    canvas.showPage()
    canvas.save()
    return bytes(written.getvalue())


def _open_document(form: Form) -> bytes:
    """With the form controls of LibreOffice, which stand apart from the text."""
    names = ("office", "text", "draw:drawing", "form", "svg:svg-compatible", "style")
    spaces = " ".join(
        f'xmlns:{name.partition(":")[0]}="urn:oasis:names:tc:opendocument:xmlns:{name.rpartition(":")[2]}:1.0"'
        for name in names
    )
    controls: list[str] = []
    paragraphs = [f'<text:h text:outline-level="1">{escape(form.title)}</text:h>', _p(form.about)]

    def add(kind: str, facts: str, before: str, inside: str = "") -> None:
        number = len(controls) + 1
        controls.append(
            f'<form:{kind} form:id="control{number}" form:name="Field {number}" {facts}>{inside}</form:{kind}>'
        )
        drawn = f'<draw:control draw:control="control{number}" text:anchor-type="as-char" svg:width="9cm"/>'
        paragraphs.append(f"<text:p>{escape(before)}{drawn}</text:p>")

    for label, value in (("Name", form.name), ("Date", form.day), *form.answers.items()):
        kind = "textarea" if len(value) > 40 else "text"
        add(kind, f'form:current-value="{escape(value)}"', f"{label} ")
    for label, ticked in form.ticks.items():
        add("checkbox", f'form:label="{escape(label)}" form:current-state="{"checked" if ticked else "unchecked"}"', "")
    options = "".join(
        f'<form:option form:label="{entry}" form:current-selected="{"true" if entry == form.chosen else "false"}"/>'
        for entry in form.often
    )
    add("listbox", 'form:dropdown="true"', f"{form.asked} ", options)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.3"><office:body>'
        f"<office:text><office:forms><form:form>{''.join(controls)}</form:form></office:forms>{''.join(paragraphs)}"
        "</office:text></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    entries = (
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{media}"/>'
        for path, media in (("/", kind), ("content.xml", "text/xml"))
    )
    listed = (
        f'<manifest:manifest xmlns:manifest="{manifest}" manifest:version="1.3">{"".join(entries)}</manifest:manifest>'
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in (("mimetype", kind), ("content.xml", content), ("META-INF/manifest.xml", listed)):
            packing = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text, packing)
    return packed.getvalue()


def _p(words: str) -> str:
    return f"<text:p>{escape(words)}</text:p>"


def _rich(form: Form) -> bytes:
    """With the fields of Word's older forms: text, boxes, a drop-down list."""

    def plain(words: str) -> str:
        escaped = "".join(f"\\{letter}" if letter in "\\{}" else letter for letter in words)
        return "".join(letter if ord(letter) < 128 else f"\\u{ord(letter)}?" for letter in escaped)

    def field(what: str, facts: str, shown: str = "") -> str:
        return rf"{{\field{{\*\fldinst {what} {{\*\formfield{{{facts}}}}}}}{{\fldrslt {shown}}}}}"

    lines = [rf"\pard\b\fs32 {plain(form.title)}\b0\fs22", rf"\pard {plain(form.about)}"]
    for label, value in (("Name", form.name), ("Date", form.day), *form.answers.items()):
        typed = field("FORMTEXT", r"\fftype0", plain(value))
        lines.append(rf"\pard {plain(label)} {typed}")
    for label, ticked in form.ticks.items():
        box = field("FORMCHECKBOX", rf"\fftype1\ffres{int(ticked)}")
        lines.append(rf"\pard {box} {plain(label)}")
    entries = "".join(rf"{{\*\ffl {plain(entry)}}}" for entry in form.often)
    chosen = field("FORMDROPDOWN", rf"\fftype2\ffres{form.often.index(form.chosen)}{entries}")
    lines.append(rf"\pard {plain(form.asked)} {chosen}")
    head = "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fswiss Arial;}}"
    return "\r\n".join([head, *(f"{line}\\par" for line in lines), "}"]).encode("ascii")


def _workbook(form: Form) -> bytes:
    """With boxes in the cells, and a cell that takes what a list has."""
    saved = io.BytesIO()
    book = xlsxwriter.Workbook(saved, {"in_memory": True})
    book.set_properties({"author": form.name})
    sheet = book.add_worksheet("Check-in")
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 44, wrapped)
    sheet.set_column(1, 1, 60, wrapped)
    sheet.write(0, 0, form.title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write(1, 0, form.about)
    row = 3
    for label, value in (("Name", form.name), ("Date", form.day), *form.answers.items()):
        sheet.write_row(row, 0, (label, value))
        row += 1
    for label, ticked in form.ticks.items():
        sheet.write(row, 0, label)
        sheet.insert_checkbox(row, 1, ticked)
        row += 1
    sheet.write_row(row, 0, (form.asked, form.chosen))
    sheet.data_validation(row, 1, row, 1, {"validate": "list", "source": list(form.often)})
    book.close()
    return undated(saved.getvalue(), _DAY)


_MAKERS = {".docx": _word, ".pdf": _pdf, ".odt": _open_document, ".rtf": _rich, ".xlsx": _workbook}
