"""Forms of Adobe's XFA kind, whose values stand in packets of XML."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.evidence.converted import Converted
from markterm.evidence.readers.pdf import pdf
from tests.evidence import made_pdf

_DATA = "<xfa:datasets xmlns:xfa='http://www.xfa.org/schema/xfa-data/1.0/'><xfa:data>{}</xfa:data></xfa:datasets>"
_TEMPLATE = (
    "<template><subform name='form'>"
    "<field name='Answer'><caption><value><text>What did you do?</text></value></caption></field>"
    "<field name='Level'><items><text>Level 3</text><text>Level 5</text></items>"
    "<items save='1'><text>a</text><text>b</text></items></field></subform></template>"
)
_PLEASE_WAIT = "BT /F1 12 Tf 60 800 Td (Please wait...) Tj ET"


def _read(folder: Path, data: str, *, is_elsewhere: bool = True, annotations: tuple[str, ...] = ()) -> Converted:
    packets = {100: made_pdf.stream(_TEMPLATE), 101: made_pdf.stream(data)}
    rendering = "/NeedsRendering true" if is_elsewhere else ""
    form = f"/AcroForm << /Fields [] /XFA [(template) 100 0 R (datasets) 101 0 R] >> {rendering}"
    path = folder / "xfa.pdf"
    path.write_bytes(made_pdf.one_page(_PLEASE_WAIT, catalog=form, more=packets, annotations=annotations))
    return pdf.read(path)


def test_what_was_filled_in_is_listed_and_the_page_that_asks_to_wait_is_said_to_be_that(tmp_path: Path) -> None:
    read = _read(tmp_path, _DATA.format("<form><Answer>I led *it*</Answer><Level>b</Level><Empty/></form>"))
    assert read.markdown == (
        "*[this page only asks to open the file in another program]*\n\nPlease wait...\n\n"
        "- Form field Answer (What did you do?): I led \\*it\\*\n\n- Form field Level: Level 5\n"
    )
    assert [place.label for place in read.places] == ["page 1", "form"]
    assert [note for note in read.notes if "XFA form" in note and "outside" in note]


def test_repeated_parts_are_numbered_and_lists_and_rich_texts_are_whole(tmp_path: Path) -> None:
    data = (
        "<form><Row><Day>3 June</Day></Row><Row><Day>9 June</Day></Row><Tools><value>level</value><value>line</value>"
        "</Tools><Note><body xmlns='http://www.w3.org/1999/xhtml'><p>First &amp; <b>last</b></p></body></Note></form>"
    )
    said = _read(tmp_path, _DATA.format(data)).markdown.split("\n\n")[2:]
    assert said == [
        "- Form field Row[1].Day: 3 June",
        "- Form field Row[2].Day: 9 June",
        "- Form field Tools: level; line",
        "- Form field Note: First & last\n",
    ]


def test_what_the_pages_show_is_not_said_again(tmp_path: Path) -> None:
    widget = "<< /Type /Annot /Subtype /Widget /FT /Tx /T (Answer[0]) /V (I led it) /Rect [60 700 300 720] >>"
    data = _DATA.format("<form><Answer>I led it</Answer></form>")
    read = _read(tmp_path, data, is_elsewhere=False, annotations=(widget,))
    assert (read.markdown, read.notes) == ("Please wait...\n\n- Form field Answer: I led it\n", ())


@pytest.mark.parametrize(
    ("data", "noted"),
    [
        ("<xfa:datasets>", "damaged"),
        ("<!DOCTYPE d [<!ENTITY a 'ha'>]><datasets><data><f><A>&a;</A></f></data></datasets>", "damaged"),
        (_DATA.format("<form><Answer>R & D</Answer></form>"), "listed"),
    ],
)
def test_a_damaged_form_is_named_and_a_careless_one_is_read(tmp_path: Path, data: str, noted: str) -> None:
    read = _read(tmp_path, data)
    assert noted in " ".join(read.notes)
    assert ("R & D" in read.markdown) is (noted == "listed")
