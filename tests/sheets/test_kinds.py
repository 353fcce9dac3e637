"""Every kind of sheet is read in one frame: whatever is asked of one is asked of all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from markterm.domain.words.finding import Severity
from markterm.sheets.kinds import KINDS, LEARNER, MARK_SHEETS, UNIT, SheetKind
from markterm.sheets.lint import check
from markterm.sheets.sheet_folder import load_folder
from markterm.sheets.shipped import shipped_mark_sheets

every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
every_mark_sheet = pytest.mark.parametrize("kind", MARK_SHEETS, ids=lambda kind: kind.name)


def sheet(kind: SheetKind[Any], *, says: str = "", more: str = "") -> str:
    return f"---\nkind: {says or kind.name}\n{kind.known_by}: X-1\ntitle: Tea\nname: Tea\n{more}---\n"


def file_of(kind: SheetKind[Any]) -> Path:
    return Path(kind.folder, "X-1.md")


@every_kind
def test_a_sheet_says_which_one_it_is(kind: SheetKind[Any]) -> None:
    assert getattr(kind.read(sheet(kind), file_of(kind)).sheet, kind.known_by) == "X-1"


@every_kind
def test_one_of_another_kind_is_told_what_to_write(kind: SheetKind[Any]) -> None:
    reading = kind.read(sheet(kind, says="banana"), file_of(kind))
    told = f"The kind is `banana`: write `kind: {kind.name}`, if this is {kind.is_a}."
    assert reading.sheet is None
    assert [(each.code, each.line) for each in reading.findings if each.message == told] == [("MS011", 2)]


@every_kind
def test_one_that_does_not_say_which_it_is_lacks_its_key(kind: SheetKind[Any]) -> None:
    reading = kind.read(sheet(kind).replace(f"{kind.known_by}: X-1\n", ""), file_of(kind))
    assert reading.sheet is None
    assert f"`{kind.known_by}` is missing: add a line `{kind.known_by}: …` to the front matter." in [
        each.message for each in reading.findings
    ]


@every_kind
def test_a_key_that_no_such_sheet_has_is_told(kind: SheetKind[Any]) -> None:
    reading = kind.read(sheet(kind, more="banana: 1\n"), file_of(kind))
    found = [each for each in reading.findings if each.message.startswith("`banana` is not a key of this file")]
    assert [each.severity for each in found] == [Severity.WARNING]


@every_kind
@pytest.mark.parametrize("text", ["", "no front matter", "---\nkind: [\n---\n", "---\nkind: unit\n"])
def test_without_front_matter_it_says_why_and_keeps_the_text(kind: SheetKind[Any], text: str) -> None:
    reading = kind.read(text, file_of(kind))
    assert (reading.sheet, reading.source) == (None, text)
    assert [each.severity for each in reading.findings] == [Severity.ERROR]


@every_kind
def test_what_is_wrong_is_told_in_the_order_of_the_lines(kind: SheetKind[Any]) -> None:
    text = sheet(kind, says="other", more="b\u200banana: 1\n").replace("title: Tea", "title: [Tea]")
    lines = [each.line or 0 for each in kind.read(text + "\n\t- **9.9** x\n", file_of(kind)).findings]
    assert lines == sorted(lines)


@every_mark_sheet
def test_of_two_with_one_name_the_second_is_found_in_a_library_and_in_a_check(
    kind: SheetKind[Any], tmp_path: Path
) -> None:
    folder = tmp_path / kind.folder
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.md").write_text(sheet(kind), "utf-8")
    told = f"X-1 is also in a.md: give this one its own {kind.unique}, or delete it."
    for findings in (load_folder(kind, tmp_path).findings, check([tmp_path])):
        assert [each.file for each in findings if each.message == told] == [folder / "b.md"]


def test_what_is_shipped_is_of_a_kind() -> None:
    assert {each.name for each in shipped_mark_sheets().iterdir() if each.is_dir()} == {
        kind.folder for kind in MARK_SHEETS
    }


def test_a_sheet_without_a_kind_of_its_own_folder_goes_by_what_it_says(tmp_path: Path) -> None:
    for kind in (UNIT, LEARNER):
        (tmp_path / f"{kind.name}.md").write_text(sheet(kind, more="banana: 1\n"), "utf-8")
    (tmp_path / "notes.md").write_text("---\nkind: notes\n---\n", "utf-8")
    findings = check([tmp_path])
    assert {each.file for each in findings} == {tmp_path / "unit.md", tmp_path / "learner.md"}
