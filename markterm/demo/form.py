"""A form such as awarding organisations give out: the sheet of a unit as a Word document, to be filled in."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import TypeAlias
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from markterm.domain.assessed.unit import Criterion, LearningOutcome, Standing, Unit

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="word/document.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>',
}
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_A4 = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="850" w:right="850" w:bottom="850" w:left="850"/>'
_WIDTH = 10206
"""Between the margins, in twentieths of a point."""
_LOOKS = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/>{}<w:sz w:val="17"/>'
_BANNER = '<w:shd w:val="clear" w:color="auto" w:fill="D9E2EC"/>'
Row: TypeAlias = Sequence[str | None]
"""The texts of a row's cells; None is what the cell before it goes over as well."""
_NEVER_CHANGED = (2012, 9, 1, 0, 0, 0)


def blank_form(unit: Unit) -> bytes:
    """The form of that unit as a document of Word."""
    rows: list[str] = [
        _text(f"Mark sheet: {unit.code} {unit.title}", bold=True),
        _table((5103, 5103), ("Centre number:", "Centre name:"), ("Learner registration no.:", "Learner name:")),
        _table(
            (_WIDTH,),
            ("I confirm that this is all my own work.",),
            ("Scripts may be used for standardisation once they are anonymous. To refuse this, tick the box: ☐",),
        ),
    ]
    rows += [_of_outcome(each) for each in unit.outcomes]
    rows.append(
        _table(
            (2600, 3006, 3000, 1600),
            ("Outcome (delete as applicable): PASS / REFERRAL", None, None, None),
            ("Role", "Name", "Signature", "Date"),
            ("Assessor", "", "", ""),
            ("Quality assurance", "", "", ""),
        )
    )
    body = "".join(rows) + f"<w:sectPr>{_A4}</w:sectPr>"
    document = f'<w:document xmlns:w="{_NAMESPACE}"><w:body>{body}</w:body></w:document>'
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as file:
        for name, part in {**_PARTS, "word/document.xml": document}.items():
            file.writestr(ZipInfo(name, _NEVER_CHANGED), _HEAD + part, ZIP_DEFLATED)
    return made.getvalue()


def _of_outcome(outcome: LearningOutcome) -> str:
    head = ("Assessment criterion", "Referral", "Pass", "Good pass", "Assessor feedback")
    rows = [row for criterion in outcome.criteria for row in _of_criterion(criterion)]
    comments = ("Section comments:", None, None, "Verification comments:", None)
    banner = f"Learning outcome {outcome.number}: {outcome.title}"
    return _table((2700, 1700, 1700, 1700, 2406), (banner, None, None, None, None), head, *rows, comments)


def _of_criterion(criterion: Criterion) -> Iterator[Row]:
    texts = {each.standing: each.text for each in criterion.descriptors}
    yield f"{criterion.number} {criterion.text}", *(texts.get(standing, "") for standing in Standing), ""
    yield "Pass / Referral", "", None, None, None


def _table(widths: Sequence[int], *rows: Row) -> str:
    """A table. A row of one cell is a banner."""
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="7A8797"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    made = "".join(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(_cells(row, widths))}</w:tr>" for row in rows)
    looks = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{sides}</w:tblBorders>'
    return f"<w:tbl><w:tblPr>{looks}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{made}</w:tbl>{_text('')}"


def _cells(row: Row, widths: Sequence[int]) -> Iterator[str]:
    for place, text in enumerate(row):
        if text is None:
            continue
        span = 1 + sum(1 for _ in takewhile(lambda each: each is None, row[place + 1 :]))
        spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        is_banner = 1 < span == len(row)
        bold = is_banner or text.endswith(":")
        width = sum(widths[place : place + span])
        looks = f'<w:tcW w:w="{width}" w:type="dxa"/>{spans}{_BANNER if is_banner else ""}'
        yield f"<w:tc><w:tcPr>{looks}</w:tcPr>{_text(text, bold=bold)}</w:tc>"


def _text(text: str, *, bold: bool = False) -> str:
    looks = f"<w:rPr>{_LOOKS.format('<w:b/>' if bold else '')}</w:rPr>"
    run = f'<w:r>{looks}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f'<w:p><w:pPr><w:spacing w:before="40" w:after="40"/>{looks}</w:pPr>{run}</w:p>'
