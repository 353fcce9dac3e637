from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import sleep

import pytest

from markterm.domain.words.errors import NotSaved, Refused
from markterm.sheets.kept_sheet import keep_sheet
from markterm.system.platform import alone_in


def test_a_new_sheet_is_there_and_nothing_beside_it(tmp_path: Path) -> None:
    keep_sheet(tmp_path / "standards" / "a.md", "ä\n", None)
    assert [(each.name, each.read_bytes()) for each in (tmp_path / "standards").iterdir()] == [("a.md", "ä\n".encode())]


@pytest.mark.parametrize(
    ("there", "before", "told"),
    [("x", None, "is there by now"), ("x", b"y", "was changed since it was read"), ("", b"y", "is not there any more")],
)
def test_what_somebody_else_wrote_meanwhile_is_left(
    tmp_path: Path, there: str, before: bytes | None, told: str
) -> None:
    sheet = tmp_path / "a.md"
    if there:
        sheet.write_text(there, "utf-8")
    with pytest.raises(Refused, match=told):
        keep_sheet(sheet, "new", before)
    assert [each.read_text("utf-8") for each in tmp_path.iterdir()] == [there] * bool(there)


def test_one_that_is_as_it_was_read_is_replaced(tmp_path: Path) -> None:
    sheet = tmp_path / "a.md"
    sheet.write_text("old", "utf-8")
    keep_sheet(sheet, "new", b"old")
    assert sheet.read_text("utf-8") == "new"


def test_what_the_system_does_not_let_be_written_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "standards").write_text("a file", "utf-8")
    with pytest.raises(NotSaved):
        keep_sheet(tmp_path / "standards" / "a.md", "new", None)


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no such lock")
def test_of_two_who_read_the_same_the_second_finds_what_the_first_wrote(tmp_path: Path) -> None:
    sheet = tmp_path / "a.md"
    sheet.write_text("old", "utf-8")
    with ThreadPoolExecutor(1) as other:
        with alone_in(tmp_path):
            second = other.submit(keep_sheet, sheet, "mine", b"old")
            sleep(0.1)
            sheet.write_text("theirs", "utf-8")
        with pytest.raises(Refused, match="was changed since it was read"):
            second.result()
    assert sheet.read_text("utf-8") == "theirs"


def test_on_a_share_without_links_a_new_sheet_is_kept_and_one_that_is_there_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(_path: Path, _target: Path) -> None:
        raise PermissionError("no links here")

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    keep_sheet(tmp_path / "a.md", "new", None)
    with pytest.raises(Refused, match="is there by now"):
        keep_sheet(tmp_path / "a.md", "newer", None)
    assert [(each.name, each.read_text("utf-8")) for each in tmp_path.iterdir()] == [("a.md", "new")]
