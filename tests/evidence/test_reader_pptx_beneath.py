"""What a slide shows and does not hold, what it holds and does not show, and what groups and lines are said to show."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.evidence.converted import Converted
from markterm.evidence.readers.pptx import pptx
from tests.evidence.made_office import SLIDES, package, parts_of, presentation, relations, shape


def _group(content: str, about: str) -> str:
    named = f'<p:nvGrpSpPr><p:cNvPr id="9" name="Group 9" {about}/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>'
    return f"<p:grpSp>{named}<p:grpSpPr/>{content}</p:grpSp>"


def _shapes(root: str, content: str, more: str = "") -> str:
    return f"<p:{root} {SLIDES} {more}><p:cSld><p:spTree>{content}</p:spTree></p:cSld></p:{root}>"


def _read(folder: Path, data: bytes) -> Converted:
    path = folder / "talk.pptx"
    path.write_bytes(data)
    return pptx.read(path)


def _on_layout(layout: str, master: str = "", *, of_layout: str = "", of_slide: str = "") -> bytes:
    """Two slides on one layout, and the first of them says `of_slide` about it."""
    data = presentation(shape("one"), shape("two"))
    to_layout = relations({"l": ("slideLayout", "../layouts/l.xml")})
    show = parts_of(data)["ppt/show.xml"].decode()
    parts: dict[str, str | bytes] = {
        **parts_of(data),
        "ppt/slides/_rels/z1.xml.rels": to_layout,
        "ppt/slides/_rels/z0.xml.rels": to_layout,
        "ppt/layouts/l.xml": _shapes("sldLayout", layout, of_layout),
        "ppt/layouts/_rels/l.xml.rels": relations({"m": ("slideMaster", "../masters/m.xml")}),
        "ppt/masters/m.xml": _shapes("sldMaster", master),
        "ppt/slides/z1.xml": _shapes("sld", shape("one"), of_slide),
        "ppt/show.xml": show.replace("<p:sldIdLst>", '<p:sldSz cx="900" cy="500"/><p:sldIdLst>'),
    }
    return package(parts)


def test_words_on_the_layout_and_the_master_stand_on_the_first_slide_that_shows_them(tmp_path: Path) -> None:
    layout = shape("Unit 501") + shape("Click to edit", kind="body") + shape("“")
    read = _read(tmp_path, _on_layout(layout, shape("Zoë Marsh")))
    assert read.markdown == "# Slide 1\n\none\n\nUnit 501\n\nZoë Marsh\n\n# Slide 2\n\ntwo\n"


@pytest.mark.parametrize(
    ("of_slide", "of_layout", "seen"),
    [('showMasterSp="0"', "", ("", "layout, master")), ("", 'showMasterSp="0"', ("layout", ""))],
)
def test_a_slide_that_hides_what_lies_beneath_it_does_not_show_it(
    tmp_path: Path, of_slide: str, of_layout: str, seen: tuple[str, str]
) -> None:
    data = _on_layout(shape("layout"), shape("master"), of_slide=of_slide, of_layout=of_layout)
    one, two = _read(tmp_path, data).markdown.removeprefix("# Slide 1\n\none\n\n").split("# Slide 2\n\ntwo\n")
    assert (", ".join(one.split()), ", ".join(two.split())) == seen


def test_what_lies_beside_the_slide_of_a_master_is_not_shown(tmp_path: Path) -> None:
    at = '<p:spPr><a:xfrm><a:off x="{}" y="10"/><a:ext cx="90" cy="20"/></a:xfrm></p:spPr>'
    layout = shape("RGB 35/24/21", more=at.format(901)) + shape("Unit 501", more=at.format(20))
    assert _read(tmp_path, _on_layout(layout)).markdown.startswith("# Slide 1\n\none\n\nUnit 501\n\n# Slide 2")


def test_what_groups_and_lines_are_said_to_show_is_shown(tmp_path: Path) -> None:
    group = _group(shape("Plan") + shape("Do"), 'descr="The four stages"')
    line = '<p:cxnSp><p:nvCxnSpPr><p:cNvPr id="5" name="Line 5" descr="from plan to do"/></p:nvCxnSpPr></p:cxnSp>'
    read = _read(tmp_path, presentation(group + line))
    assert read.markdown == "# Slide 1\n\nPlan\n\nDo\n\n[image: The four stages]\n\n[image: from plan to do]\n"


def test_hidden_shapes_are_shown_and_counted(tmp_path: Path) -> None:
    group = _group(shape("an earlier answer"), 'hidden="1"')
    read = _read(tmp_path, presentation(shape("seen") + shape("not seen", about='hidden="1"') + group))
    assert "not seen\n\nan earlier answer" in read.markdown
    assert read.notes == ("Slide 1 has hidden shapes, shown here: 2.",)
