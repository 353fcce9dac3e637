from __future__ import annotations

from pathlib import Path

import pytest

from markterm.domain.words.errors import NotSaved, Refused
from markterm.sheets.kept_sheet import keep_sheet


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
