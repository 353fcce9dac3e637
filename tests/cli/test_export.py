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
    assert ask("export", "sheet", "AAA1").code == 0
    names = sorted(path.name for path in (centre / "exports/mark-sheets").iterdir())
    assert names == ["AAA1 T-101 mark sheet.md", "AAA1 T-102 mark sheet.md", "record-heads.txt"]


def test_what_is_there_is_left_unless_it_is_forced(ask: Ask, centre: Path) -> None:
    ask("export", "sheet", "AAA1")
    again = ask("export", "sheet", "AAA1")
    assert again.code == 2
    assert "--force" in again.err
    assert ask("export", "sheet", "AAA1", "--force").code == 0
    assert [path.name for path in (centre / "exports").iterdir()] == ["mark-sheets"]


def test_a_preview_writes_nothing(ask: Ask, centre: Path) -> None:
    shown = ask("export", "sheet", "AAA1", "--preview", "--json")
    assert [each["path"] for each in json.loads(shown.out)["files"]] == [
        "AAA1 T-101 mark sheet.md",
        "AAA1 T-102 mark sheet.md",
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
@pytest.mark.parametrize("more", [(), ("--zip",)])
def test_an_audit_against_an_export_fails_once_a_byte_of_the_record_is_another(
    ask: Ask, centre: Path, tmp_path: Path, more: tuple[str, ...]
) -> None:
    _marked(ask)
    ask("export", "sheet", "AAA1", "-o", str(tmp_path / "out"), *more)
    assert ask("audit", "--against", str(tmp_path / "out")).code == 0
    (segment,) = (centre / "records/AAA1").glob("*.log")
    data = bytearray(segment.read_bytes())
    data[-10] ^= 1
    segment.write_bytes(bytes(data))
    assert ask("audit", "--against", str(tmp_path / "out")).code == 4


@pytest.mark.usefixtures("centre")
def test_beside_an_export_of_one_learner_the_others_are_not_told_as_new(ask: Ask, tmp_path: Path) -> None:
    _marked(ask)
    assert ask("mark", "BBB2", "T-101", "1.1", "pass", "--as", "asha").code == 0
    ask("export", "sheet", "AAA1", "-o", str(tmp_path / "out"))
    assert "everything is as it was" in ask("audit", "--against", str(tmp_path / "out")).err
