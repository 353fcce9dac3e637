"""CASE packages come in and go out at the command line, and a package that came in goes out as it came."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Ask

PACKAGE: dict[str, Any] = {
    "CFDocument": {
        "identifier": "11111111-1111-4111-8111-111111111111",
        "uri": "https://tea.example/d",
        "creator": "Tea Board",
        "title": "KTL01 Boil water",
        "lastChangeDateTime": "2020-01-01T00:00:00Z",
    },
    "CFItems": [
        {
            "identifier": "22222222-2222-4222-8222-000000000001",
            "uri": "https://tea.example/1",
            "fullStatement": "<p>Boil it.</p>",
            "humanCodingScheme": "KTL.1",
            "educationLevel": ["HE"],
            "lastChangeDateTime": "2020-01-01T00:00:00Z",
        }
    ],
    "CFAssociations": [],
}


@pytest.fixture
def package(centre: Path) -> Path:
    file = centre / "framework.bin"
    file.write_text(json.dumps(PACKAGE), "utf-8")
    return file


def _exported(ask: Ask, to: Path, *more: str) -> Any:
    told = ask("standard", "export", *more, "-o", str(to), "--force")
    assert told.code == 0, told.err
    return json.loads(to.read_text("utf-8"))


def test_a_package_is_told_by_its_content_and_goes_out_as_it_came(ask: Ask, package: Path, tmp_path: Path) -> None:
    told = ask("standard", "import", str(package))
    assert told.code == 0
    assert "1 Statements" in told.out
    assert "Boil it." in ask("standard", "show", "KTL01").out
    assert _exported(ask, tmp_path / "out.json", "KTL01") == PACKAGE
    assert "is there, the same" in ask("standard", "import", str(package)).out


def test_a_sheet_that_was_changed_goes_out_as_it_is_now_with_the_identifiers_that_came(
    ask: Ask, package: Path, centre: Path, tmp_path: Path
) -> None:
    ask("standard", "import", str(package))
    sheet = centre / "mark_sheets" / "standards" / "KTL01.md"
    sheet.write_text(sheet.read_text("utf-8").replace("Boil it.", "Boil it twice."), "utf-8")
    (item,) = _exported(ask, tmp_path / "out.json", "KTL01")["CFItems"]
    assert item["fullStatement"] == "Boil it twice."
    assert item["identifier"] == PACKAGE["CFItems"][0]["identifier"]
    assert item["educationLevel"] == ["HE"]


def test_what_is_read_with_a_choice_is_told_stands_in_the_sheet_and_is_said_when_it_leaves(
    ask: Ask, package: Path, centre: Path, tmp_path: Path
) -> None:
    broken = {**PACKAGE, "CFItems": [*PACKAGE["CFItems"], {"fullStatement": "Wait."}]}
    package.write_text(json.dumps(broken), "utf-8")
    told = ask("standard", "import", str(package))
    assert told.code == 1
    assert "MS095 An identifier is missing" in told.out
    assert "MS099 A statement has no code" in (centre / "mark_sheets" / "standards" / "KTL01.md").read_text("utf-8")
    assert "Not checked" in ask("standard", "export", "KTL01", "-o", str(tmp_path / "out.json")).err


def test_a_sheet_with_errors_does_not_leave_the_centre(ask: Ask, package: Path, centre: Path) -> None:
    ask("standard", "import", str(package))
    sheet = centre / "mark_sheets" / "standards" / "KTL01.md"
    sheet.write_text(sheet.read_text("utf-8") + "- no code\n", "utf-8")
    told = ask("standard", "export", "KTL01")
    assert told.code == 3
    assert "KTL01" in told.err


def test_a_standard_that_is_not_there_and_a_package_of_nothing_are_refused(ask: Ask, package: Path) -> None:
    assert ask("standard", "export", "KTL09").code == 2
    package.write_text('{"CFDocument": {}}', "utf-8")
    assert ask("standard", "import", str(package)).code == 4
    package.write_text('{"CFDoc', "utf-8")
    assert "no JSON" in ask("standard", "import", str(package)).err


def test_a_package_beside_a_sheet_that_cannot_be_read_any_more_is_told_with_its_name(
    ask: Ask, package: Path, centre: Path
) -> None:
    ask("standard", "import", str(package))
    (beside,) = (centre / "mark_sheets" / "standards").glob("*.case.json")
    beside.write_text("{", "utf-8")
    told = ask("standard", "export", "KTL01")
    assert told.code == 4
    assert beside.name in told.err


def test_a_version_that_a_person_gives_is_that_of_the_sheet_and_of_what_goes_out(
    ask: Ask, package: Path, tmp_path: Path
) -> None:
    ask("standard", "import", str(package), "--code", "KTL07", "--version", "3")
    out = _exported(ask, tmp_path / "out.json", "KTL07", "--version", "3")
    assert out == {**PACKAGE, "CFDocument": {**PACKAGE["CFDocument"], "version": "3"}}


def test_another_package_of_a_code_that_is_here_changes_neither_the_sheet_nor_what_lies_beside_it(
    ask: Ask, package: Path, tmp_path: Path
) -> None:
    ask("standard", "import", str(package))
    package.write_text(json.dumps(PACKAGE).replace("Boil it.", "Freeze it."), "utf-8")
    assert ask("standard", "import", str(package)).code == 3
    assert ask("standard", "import", str(package), "--new-only").code == 0
    assert _exported(ask, tmp_path / "out.json", "KTL01") == PACKAGE


def test_what_the_units_cover_goes_out_beside_the_standard(
    ask: Ask, package: Path, centre: Path, tmp_path: Path
) -> None:
    ask("standard", "import", str(package))
    mappings = centre / "mark_sheets" / "mappings"
    mappings.mkdir(exist_ok=True)
    rows = "| Criterion | Statement | Covers | Note |\n|---|---|---|---|\n| 1.1 | KTL01 KTL.1 | partly | hot |\n"
    (mappings / "T-101.md").write_text(f"---\nkind: mapping\nunit: T-101\n---\n\n{rows}", "utf-8")
    assert ask("standard", "export", "KTL01", "--mapping", "-o", str(tmp_path / "out")).code == 0
    (unit,) = (tmp_path / "out").glob("T-101*.json")
    links = json.loads(unit.read_text("utf-8"))["CFAssociations"]
    (link,) = (each for each in links if each["associationType"] == "isRelatedTo")
    assert link["destinationNodeURI"]["uri"] == "https://tea.example/1"
    assert link["notes"] == "hot"


def test_beside_a_sheet_that_somebody_wrote_otherwise_no_package_is_put(ask: Ask, package: Path, centre: Path) -> None:
    ask("standard", "import", str(package))
    folder = centre / "mark_sheets" / "standards"
    (beside,) = folder.glob("*.case.json")
    beside.unlink()
    sheet = folder / "KTL01.md"
    sheet.write_text(sheet.read_text("utf-8").replace("Boil it.", "Freeze it."), "utf-8")
    assert ask("standard", "import", str(package), "--new-only").code == 0
    assert not beside.exists()


def test_beside_a_kept_package_that_cannot_be_read_nothing_is_written(ask: Ask, package: Path, centre: Path) -> None:
    kept = centre / "mark_sheets" / "standards" / "KTL01.case.json"
    kept.parent.mkdir(exist_ok=True)
    kept.write_bytes(b"\xff\xfe\x00 damaged")
    told = ask("standard", "import", str(package))
    assert (told.code, "Nothing was written." in told.err) == (3, True)
    assert [each.name for each in kept.parent.iterdir()] == [kept.name]
