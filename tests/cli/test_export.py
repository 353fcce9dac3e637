"""`markterm export` writes what was asked for, shows it before, and leaves what is there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Ask


def _marked(ask: Ask) -> None:
    assert ask("mark", "AAA1", "T-101", "1.1", "pass", "--as", "asha").code == 0


@pytest.mark.usefixtures("centre")
def test_the_sheet_of_one_unit_is_one_file_where_it_was_asked_for(ask: Ask, tmp_path: Path) -> None:
    _marked(ask)
    assert ask("export", "sheet", "AAA1", "T-101", "-o", str(tmp_path / "sheet.md")).code == 0
    assert (tmp_path / "sheet.md").read_text("utf-8") == ask("sheet", "AAA1", "T-101").out
    kept = ask("audit", "--against", str(tmp_path / "sheet.md.heads"))
    assert kept.code == 0


def test_the_sheets_of_a_learner_go_into_the_folder_of_exports(ask: Ask, centre: Path) -> None:
    _marked(ask)
    assert ask("export", "sheet", "AAA1", "--format", "html").code == 0
    names = sorted(path.name for path in (centre / "exports/sheets").iterdir())
    assert names == ["AAA1 T-101 mark sheet.html", "AAA1 T-102 mark sheet.html", "record-heads.txt"]


@pytest.mark.usefixtures("centre")
@pytest.mark.parametrize("form", ["pdf", "docx", "html"])
def test_a_sheet_carries_its_heads_in_itself_and_the_record_still_holds_all_of_it(
    ask: Ask, tmp_path: Path, form: str
) -> None:
    _marked(ask)
    sheet = tmp_path / f"sheet.{form}"
    assert ask("export", "sheet", "AAA1", "T-101", "-o", str(sheet)).code == 0
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("sheet")] == [sheet.name]
    assert ask("audit", "--against", str(sheet)).code == 0


@pytest.mark.usefixtures("centre")
def test_of_reports_of_verifications_those_are_left_out_that_there_are_not(ask: Ask) -> None:
    refused = ask("export", "sheet", "AAA1", "--verification")
    assert refused.code == 2
    assert "no verification report" in refused.err
    both = ask("export", "sheet", "AAA1", "T-101", "--assignment", "X")
    assert both.code == 2


@pytest.mark.usefixtures("centre")
def test_the_templates_are_written_and_a_changed_one_lays_out_the_centres_pages(
    ask: Ask, centre: Path, tmp_path: Path
) -> None:
    assert ask("export", "--templates", str(centre / "templates")).code == 0
    assert ask("export", "--templates", str(centre / "templates")).code == 2
    layout = centre / "templates/layout.typ"
    layout.write_text(layout.read_text("utf-8").replace("#let small = 8.5pt", "#let small = nosuch"), "utf-8")
    refused = ask("export", "sheet", "AAA1", "T-101", "-o", str(tmp_path / "sheet.pdf"))
    assert refused.code == 4
    assert "layout.typ:" in refused.err
    assert not (tmp_path / "sheet.pdf").exists()


def test_what_is_there_is_left_unless_it_is_forced(ask: Ask, centre: Path) -> None:
    ask("export", "sheet", "AAA1", "--format", "md")
    again = ask("export", "sheet", "AAA1")
    assert again.code == 2
    assert "--force" in again.err
    assert ask("export", "sheet", "AAA1", "--force", "--format", "md").code == 0
    assert [path.name for path in (centre / "exports").iterdir()] == ["sheets"]


def test_a_preview_writes_nothing(ask: Ask, centre: Path) -> None:
    shown = ask("export", "sheet", "AAA1", "--preview", "--json")
    assert [each["path"] for each in json.loads(shown.out)["files"]] == [
        "AAA1 T-101 mark sheet.pdf",
        "AAA1 T-102 mark sheet.pdf",
    ]
    assert not (centre / "exports").exists()


def test_nothing_is_exported_into_what_the_centre_keeps(ask: Ask, centre: Path) -> None:
    for place in (centre / "learners/AAA1/evidence/out", centre / "records", centre):
        refused = ask("export", "sheet", "AAA1", "-o", str(place), "--force")
        assert refused.code == 2
        assert "own folder" in refused.err


@pytest.mark.usefixtures("centre")
def test_alone_it_lists_what_can_be_exported(ask: Ask) -> None:
    told = ask("export")
    assert told.code == 0
    assert "sheet" in told.out


@pytest.mark.usefixtures("centre")
@pytest.mark.parametrize(("name", "more"), [("out", ()), ("out.zip", ("--zip",))])
def test_an_audit_against_an_export_fails_once_a_byte_of_the_record_is_another(
    ask: Ask, centre: Path, tmp_path: Path, name: str, more: tuple[str, ...]
) -> None:
    _marked(ask)
    ask("export", "sheet", "AAA1", "--format", "md", "-o", str(tmp_path / name), *more)
    assert ask("audit", "--against", str(tmp_path / name)).code == 0
    (segment,) = (centre / "records/AAA1").glob("*.log")
    data = bytearray(segment.read_bytes())
    data[-10] ^= 1
    segment.write_bytes(bytes(data))
    told = ask("audit", "--against", str(tmp_path / name))
    assert told.code == 4
    assert "1 changed or cut off (AAA1)" in told.err


@pytest.mark.usefixtures("centre")
def test_beside_an_export_of_one_learner_the_others_are_not_told_as_new(ask: Ask, tmp_path: Path) -> None:
    _marked(ask)
    assert ask("mark", "BBB2", "T-101", "1.1", "pass", "--as", "asha").code == 0
    ask("export", "sheet", "AAA1", "--format", "md", "-o", str(tmp_path / "out"))
    assert "everything is as it was" in ask("audit", "--against", str(tmp_path / "out")).err


def test_what_is_interrupted_says_that_nothing_was_left(
    ask: Ask, centre: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("markterm.exports.writing.put", interrupted)
    stopped = ask("export", "sheet", "AAA1", "--format", "md")
    assert stopped.code == 130
    assert "Stopped: nothing of the export was left behind." in stopped.err
    assert list((centre / "exports").iterdir()) == []


@pytest.mark.usefixtures("centre")
def test_a_record_is_written_in_the_form_that_the_name_of_its_file_ends_in(ask: Ask, tmp_path: Path) -> None:
    _marked(ask)
    assert ask("export", "record", "AAA1", "-o", str(tmp_path / "tea.csv")).code == 0
    assert (tmp_path / "tea.csv").read_text("utf-8-sig").startswith("record,at,kind,")
    assert ask("export", "record", "AAA1", "-o", str(tmp_path / "tea.jsonl")).code == 0
    assert (tmp_path / "tea.jsonl").read_text("utf-8").startswith('{"markterm_record":')


@pytest.mark.usefixtures("centre")
@pytest.mark.parametrize(
    ("words", "name"), [(("sheet", "AAA1", "T-101"), "s.xlsx"), (("sheet", "AAA1"), "s.odt"), (("matrix",), "m.docx")]
)
def test_no_export_is_called_a_file_of_a_kind_that_it_is_not(
    ask: Ask, tmp_path: Path, words: tuple[str, ...], name: str
) -> None:
    refused = ask("export", *words, "-o", str(tmp_path / name))
    assert (refused.code, "It is written as" in refused.err) == (2, True)
    assert not (tmp_path / name).exists()


def test_a_folder_of_other_files_of_an_earlier_export_goes_when_it_is_forced(ask: Ask, centre: Path) -> None:
    _marked(ask)
    assert ask("mark", "BBB2", "T-101", "1.1", "pass", "--as", "asha").code == 0
    for learner in ("AAA1", "BBB2"):
        assert ask("export", "sheet", learner, "--format", "md", "--force").code == 0
    names = sorted(path.name for path in (centre / "exports/sheets").iterdir())
    assert names == ["BBB2 T-101 mark sheet.md", "BBB2 T-102 mark sheet.md", "record-heads.txt"]
    assert ask("audit", "--against", "exports/sheets").code == 0
    (centre / "exports/sheets/mine.md").write_text("Mine.", "utf-8")
    assert ask("export", "sheet", "AAA1", "--format", "md", "--force").code == 2


def test_several_files_are_not_called_as_one(ask: Ask, centre: Path) -> None:
    _marked(ask)
    refused = ask("export", "verification", "-o", "x.csv")
    assert refused.code == 2
    assert "x or x.zip" in refused.err
    assert not (centre / "x.csv").exists()
    assert ask("export", "verification", "--format", "csv", "-o", "x").code == 0
    assert ask("export", "matrix", "AAA1", "--unit", "101", "-o", "y.csv").code == 0
