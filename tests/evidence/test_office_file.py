"""The parts of an Office file, whatever they are called and whatever is wrong with one of them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from markterm.evidence.converted import NotReadable
from markterm.evidence.readers.office import OfficeFile, Relation
from markterm.evidence.readers.xlsx import xlsx
from tests.evidence import made_office
from tests.evidence.made_office import rows, workbook


def _office(parts: dict[str, str | bytes]) -> OfficeFile:
    return OfficeFile(io.BytesIO(made_office.package(parts)))


def test_the_main_part_is_what_the_relations_say() -> None:
    relations = made_office.relations({"a": ("officeDocument", "/Any/Thing.xml")})
    assert _office({"_rels/.rels": relations, "any/thing.xml": "<a/>"}).main("a workbook") == "Any/Thing.xml"


def test_where_the_relations_are_damaged_the_types_say_what_the_main_part_is() -> None:
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/book.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
    )
    office = _office({"_rels/.rels": "CORRUPTED", "[Content_Types].xml": types, "xl/book.xml": "<a/>"})
    assert office.main("a workbook") == "xl/book.xml"
    assert office.notes == ["Its part .rels is damaged; what could be read of it is shown."]


def test_relations_lead_from_their_part_and_out_of_the_file() -> None:
    relations = made_office.relations(
        {
            "a": ("image", "../media/a%20b.png"),
            "b": ("hyperlink", "https://example.org/?a=%20"),
            "c": ("slide", "\\c.xml"),
        }
    )
    office = _office({"xl/sheets/_rels/one.xml.rels": relations})
    assert office.related("xl/sheets/one.xml") == (
        Relation("a", "image", "xl/media/a b.png"),
        Relation("b", "hyperlink", "https://example.org/?a=%20", external=True),
        Relation("c", "slide", "c.xml"),
    )


def test_relations_without_an_id_or_with_the_same_are_all_there() -> None:
    one = '<Relationship Id="a" Type="t/slide" Target="1.xml"/>'
    two = '<Relationship Type="t/slide" Target="2.xml"/>'
    office = _office({"_rels/.rels": f'<R xmlns="urn:r">{one}{one.replace("1.xml", "3.xml")}{two}{two}</R>'})
    assert [relation.target for relation in office.related("", "slide")] == ["1.xml", "3.xml", "2.xml", "2.xml"]
    assert office.target("", "a") == Relation("a", "slide", "1.xml")
    assert office.target("", "") is office.target("", None) is None


def test_a_damaged_part_costs_a_note_and_not_the_file(tmp_path: Path) -> None:
    path = tmp_path / "log.xlsx"
    path.write_bytes(workbook(rows(["Hours"]), parts={"styles.xml": "<styleSheet><cellXfs><xf/>"}))
    read = xlsx.read(path)
    assert "| Hours |" in read.markdown
    assert read.notes == ("Its part styles.xml is damaged; what could be read of it is shown.",)


def test_what_is_named_and_not_there_is_said(tmp_path: Path) -> None:
    path = tmp_path / "log.xlsx"
    cells = ['<c t="s"><v>0</v></c>', "there"]
    path.write_bytes(workbook(rows(cells), of_sheet={"d": ("drawing", "../d.xml")}))
    read = xlsx.read(path)
    assert "| there |" in read.markdown
    assert read.notes == ("Sheet Log has cells whose text is not in the file: 1.", "Its part d.xml is not in the file.")


def test_rows_before_the_damage_are_shown(tmp_path: Path) -> None:
    path = tmp_path / "log.xlsx"
    path.write_bytes(workbook(rows(["Hours"], ["7"]).replace("</sheetData>", "<row")))
    read = xlsx.read(path)
    assert "| Hours |\n| --- |\n| 7 |" in read.markdown
    assert "Its part log.xml is damaged; what could be read of it is shown." in read.notes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_in_whatever_encoding(encoding: str) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "ha">]><a>&b;</a>'
    office = _office({"a.xml": bomb.encode(encoding)})
    with pytest.raises(NotReadable, match="entities"):
        office.root("a.xml")
    with pytest.raises(NotReadable, match="entities"):
        list(office.each("a.xml", ["a"]))
