from __future__ import annotations

from pathlib import Path

import pytest

from markterm.domain.assessed.unit import UnitKey
from markterm.domain.words.errors import Unreadable
from markterm.domain.words.finding import Finding
from markterm.sheets.lint import check
from markterm.sheets.sheet_folder import text_below
from markterm.sheets.unit_library import UnitLibrary

LEARNER = "---\nkind: learner\nregistration: {}\nname: A\n---\n"


def sheet(code: str = "X-1", version: str = "1", text: str = "Say") -> str:
    front = f"---\nkind: unit\ncode: {code}\ntitle: Title\nversion: {version}\n---\n"
    return f"{front}\n## LO1 Know\n\n- **1.1** {text}\n"


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def told(findings: tuple[Finding, ...], folder: Path) -> list[tuple[str, str, int | None]]:
    return [(f.code, f.file.relative_to(folder).as_posix() if f.file else "", f.line) for f in findings]


def test_every_version_is_there_by_key_and_the_newest_by_code(tmp_path: Path) -> None:
    write(tmp_path, {f"units/x{v}.md": sheet(version=v) for v in ("2012-09", "2012-10", "2012-9", "")})
    write(tmp_path, {f"units/y{v}.md": sheet("Y-1", v) for v in ("10", "9")})
    library = UnitLibrary.load(tmp_path)
    assert library.findings == ()
    assert {code: unit.version for code, unit in library.units.items()} == {"X-1": "2012-10", "Y-1": "10"}
    assert len(library.by_key) == 6
    assert library.by_key[UnitKey("Y-1", "9")].version == "9"


def test_a_folder_without_sheets_is_an_empty_library(tmp_path: Path) -> None:
    assert UnitLibrary.load(tmp_path / "missing") == UnitLibrary({}, {}, (), frozenset())


@pytest.mark.parametrize(
    "copy", ["x (conflicted copy 2026-11-30).md", "x (1).md", "x-DESKTOP-7.md", "x 2.md", "x.sync-conflict-1.md"]
)
def test_a_copy_that_a_sync_client_left_of_a_sheet_never_takes_its_place(tmp_path: Path, copy: str) -> None:
    write(tmp_path / "units", {"x.md": sheet(text="Say"), copy: sheet(text="Say it another way")})
    library = UnitLibrary.load(tmp_path)
    assert library.units["X-1"].outcomes[0].criteria[0].text == "Say"
    assert told(library.findings, tmp_path) == [("MS011", f"units/{copy}", 3)]
    assert told(check([tmp_path]), tmp_path) == [("MS011", f"units/{copy}", 3)]
    assert "x.md" in library.findings[0].message


def test_one_bad_file_never_stops_the_others(tmp_path: Path) -> None:
    write(
        tmp_path / "units",
        {"a.md": b"\xff\x00", "b.md": "no front matter", "c.md": sheet("X-2"), "d.md": "---\nkind: &x unit\n---\n"},
    )
    library = UnitLibrary.load(tmp_path)
    assert list(library.units) == ["X-2"]
    assert told(library.findings, tmp_path) == [
        ("MS010", "units/a.md", 1),
        ("MS010", "units/b.md", 1),
        ("MS003", "units/d.md", 2),
    ]


def test_a_sheet_with_an_error_is_read_and_not_fit_and_one_with_a_style_note_is_fit(tmp_path: Path) -> None:
    write(tmp_path, {"units/a.md": sheet("X-1") + "- no criterion\n", "units/b.md": sheet("X-2", text="say")})
    library = UnitLibrary.load(tmp_path)
    assert set(library.units) == {"X-1", "X-2"}
    assert library.unfit == {UnitKey("X-1", "1")}


def test_of_two_sheets_that_are_the_same_unit_the_first_is_kept_and_the_second_is_found(tmp_path: Path) -> None:
    write(tmp_path, {"units/a.md": sheet(text="First"), "units/b.md": sheet(text="Second")})
    library = UnitLibrary.load(tmp_path)
    assert library.units["X-1"].criteria[0].text == "First"
    assert told(library.findings, tmp_path) == [("MS011", "units/b.md", 3)]
    assert "a.md" in library.findings[0].message
    assert library.unfit == {UnitKey("X-1", "1")}


def test_a_copy_that_says_the_same_leaves_the_unit_fit(tmp_path: Path) -> None:
    write(tmp_path, {"units/a.md": sheet(), "units/b.md": sheet()})
    library = UnitLibrary.load(tmp_path)
    assert told(library.findings, tmp_path) == [("MS011", "units/b.md", 3)]
    assert library.unfit == frozenset()


def test_only_the_sheets_of_the_folder_itself_are_loaded(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "units/a.md": sheet(),
            "units/README.md": "# About",
            "units/._a.md": b"\0",
            "units/a.txt": "x",
            "units/old/b.md": sheet("X-2"),
            "b.md": sheet("X-3"),
        },
    )
    library = UnitLibrary.load(tmp_path)
    assert list(library.units) == ["X-1"]
    assert library.findings == ()


def test_a_link_out_of_the_folder_is_found_and_not_followed(tmp_path: Path) -> None:
    folder = write(tmp_path / "sheets", {"units/a.md": sheet()})
    write(tmp_path, {"outside/b.md": sheet("X-2")})
    try:
        (folder / "units" / "b.md").symlink_to(tmp_path / "outside" / "b.md")
        (folder / "more").symlink_to(tmp_path / "outside", target_is_directory=True)
        (folder / "units" / "round.md").symlink_to(folder / "units" / "round.md")
    except OSError:
        pytest.skip("links cannot be made here")
    library = UnitLibrary.load(folder)
    assert list(library.units) == ["X-1"]
    found = [("MS010", "units/b.md", None), ("MS010", "units/round.md", None)]
    assert told(library.findings, folder) == found
    assert told(check([folder]), folder) == found


def test_no_folder_on_the_way_leads_out_of_the_folder_either(tmp_path: Path) -> None:
    folder = write(tmp_path / "sheets", {"in/a.md": "inside"})
    outside = write(tmp_path / "outside", {"b.md": "outside"})
    assert text_below(folder / "in" / "a.md", folder) == "inside"
    for way in ("../outside/b.md", "in/../../outside/b.md"):
        assert isinstance(text_below(folder / way, folder), Finding)
    try:
        (folder / "linked").symlink_to(outside, target_is_directory=True)
    except OSError:
        pytest.skip("links cannot be made here")
    assert isinstance(text_below(folder / "linked" / "b.md", folder), Finding)


def test_a_folder_is_checked_for_sheets_and_learners_and_passes_over_the_rest(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "README.md": "# A project",
            "notes.md": "- **1.1** no sheet",
            "diary.md": "---\nkind: diary\n---\n",
            "mark_sheets/units/bad.md": "nothing",
            "mark_sheets/units/good.md": sheet(),
            "mark_sheets/README.md": "# About",
            "drafts/draft.md": sheet("X-2", text="say"),
            "learners/A1/learner.md": LEARNER.format(""),
            "learners/A1/evidence/essay.md": "---\nkind: unit\n---\n",
            "learners/A1/evidence/learner.md": "nothing",
            "learners/A2/learner.md": LEARNER.format("A2"),
            ".git/learner.md": "nothing",
        },
    )
    assert told(check([tmp_path]), tmp_path) == [
        ("MS035", "drafts/draft.md", 10),
        ("MS011", "learners/A1/learner.md", 3),
        ("MS010", "mark_sheets/units/bad.md", 1),
    ]


def test_a_file_that_is_named_is_always_read_as_a_sheet(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"README.md": "# A", "a.md": LEARNER.format("A"), "learner.md": "nothing", "b.md": "---\nkind: x\n---\n"},
    )
    named = [tmp_path / name for name in ("README.md", "a.md", "learner.md", "b.md")]
    assert told(check(named), tmp_path)[:2] == [("MS010", "README.md", 1), ("MS010", "learner.md", 1)]
    assert {file for _, file, _ in told(check(named), tmp_path)[2:]} == {"b.md"}


def test_a_path_that_is_named_and_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="No such file"):
        check([tmp_path / "missing.md"])


def test_a_file_named_twice_is_told_once_and_two_sheets_of_one_unit_are_found(tmp_path: Path) -> None:
    write(tmp_path, {"units/a.md": sheet(text="say"), "units/b.md": sheet(), "copy/a.md": sheet()})
    findings = check([tmp_path, tmp_path / "units" / "a.md", tmp_path / "units"])
    assert told(findings, tmp_path) == [("MS035", "units/a.md", 10), ("MS011", "units/b.md", 3)]


def test_a_folder_that_cannot_be_listed_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(folder: Path) -> None:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr("os.scandir", refuse)
    assert [finding.code for finding in check([tmp_path])] == ["MS010"]
