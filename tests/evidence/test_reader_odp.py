"""OpenDocument presentations: slides with titles, notes, comments and tables."""

from __future__ import annotations

from pathlib import Path

from markterm.evidence.readers.odf import opendocument
from tests.evidence.made_odf import flat, odf, row, style


def _frame(text: str, kind: str = "") -> str:
    return (
        f'<draw:frame presentation:class="{kind}"><draw:text-box><text:p>{text}</text:p></draw:text-box></draw:frame>'
    )


def test_slides_have_titles_notes_and_places_and_hidden_ones_are_shown(tmp_path: Path) -> None:
    styles = style("hid", "drawing-page", '<style:drawing-page-properties presentation:visibility="hidden"/>')
    table = f"<draw:frame><table:table>{row('Tool', 'Use')}{row('level', 'walls')}</table:table></draw:frame>"
    comment = "<office:annotation><dc:creator>Sam</dc:creator><text:p>Why?</text:p></office:annotation>"
    notes = f"<presentation:notes><draw:page-thumbnail/>{_frame('Say why', 'notes')}</presentation:notes>"
    title = _frame("1. Tools<text:line-break/>we <text:a xlink:href='http://a.b'>use</text:a>", "title")
    body = (
        f'<draw:page draw:master-page-name="M">{title}{_frame("first")}{table}'
        f"{_frame('7', 'page-number')}{comment}{notes}</draw:page>"
        f'<draw:page draw:style-name="hid"><draw:g>{_frame("grouped")}</draw:g></draw:page>'
    )
    number = "<text:p><text:page-number>&lt;number&gt;</text:page-number></text:p>"
    master = (
        f'<style:master-page style:name="M">{_frame("Click to edit", "title")}{_frame("The college")}'
        f"<draw:frame><draw:text-box>{number}</draw:text-box></draw:frame></style:master-page>"
    )
    path = tmp_path / "a.odp"
    path.write_bytes(odf("presentation", body, styles=styles, master=master))
    converted = opendocument.read(path)
    assert converted.markdown.split("\n\n") == [
        "# 1. Tools we [use](<http://a.b>)",
        "first",
        "| Tool | Use |\n| --- | --- |\n| level | walls |",
        "[comment Sam]",
        "[comment Sam]",
        "Why?",
        "**Notes:**",
        "Say why",
        "# Slide 2 (hidden slide)",
        "grouped",
        "**On every slide:**",
        "The college",
    ]
    lines = converted.markdown.split("\n")
    assert {(place.label, lines[place.line]) for place in converted.places} >= {
        ("slide 1", "# 1. Tools we [use](<http://a.b>)"),
        ("slide 1", "Say why"),
        ("slide 2", "# Slide 2 (hidden slide)"),
        ("every slide", "**On every slide:**"),
    }
    assert (converted.pages, converted.notes) == (2, ("Slide 2 is hidden in the presentation, and shown here.",))


def test_a_drawing_is_read_page_by_page(tmp_path: Path) -> None:
    path = tmp_path / "a.fodg"
    path.write_bytes(
        flat("drawing", "<draw:page><draw:ellipse><text:p>Plan of the site</text:p></draw:ellipse></draw:page>")
    )
    converted = opendocument.read(path)
    assert converted.markdown == "# Page 1\n\nPlan of the site"
    assert converted.places[0].label == "page 1"
