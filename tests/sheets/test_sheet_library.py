from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from markterm.domain.assessed.unit import Criterion, LearningOutcome, Unit
from markterm.domain.words.finding import Finding, Severity
from markterm.sheets.kinds import ASSIGNMENT, QUALIFICATION, SheetKind
from markterm.sheets.lint import check
from markterm.sheets.sheet_library import SheetLibrary

UNITS = {"X-1": Unit("X-1", "Know", 3, 5, outcomes=(LearningOutcome(1, "Know", (Criterion("1.1", "Say"),)),))}
UNIT = "---\nkind: unit\ncode: X-1\ntitle: Know\nlevel: 3\ncredit: 5\n---\n\n## LO1 Know\n\n- **1.1** Say\n"


def assignment(code: str = "IA-1", criteria: str = "1.1") -> str:
    front = f"---\nkind: assignment\ncode: {code}\ntitle: Tea\nunits: [X-1]\n---\n"
    return f"{front}\n## Task 1 Do\n\n- X-1: {criteria}\n"


def qualification(code: str = "Q-1", credit: int = 5) -> str:
    front = f"---\nkind: qualification\ncode: {code}\ntitle: Tea\n---\n"
    table = f"| Unit | Credit |\n|---|---|\n| X-1 | {credit} |\n"
    return f"{front}\n## Group 1\n\n{table}\n## Rules\n\n- group 1: all\n"


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def told(findings: tuple[Finding, ...], folder: Path) -> list[tuple[str, str, int | None]]:
    return [(f.code, f.file.relative_to(folder).as_posix() if f.file else "", f.line) for f in findings]


def test_every_assignment_and_qualification_of_a_folder_is_there_by_its_code(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "assignments/a.md": assignment(),
            "assignments/b.md": assignment("IA-2"),
            "assignments/README.md": "# About",
            "assignments/old/c.md": assignment("IA-3"),
            "assignments/d.txt": "x",
            "qualifications/a.md": qualification(),
        },
    )
    assignments = SheetLibrary.load(ASSIGNMENT, tmp_path, UNITS)
    assert sorted(assignments.by_code) == ["IA-1", "IA-2"]
    assert assignments.findings == ()
    assert assignments.unfit == frozenset()
    qualifications = SheetLibrary.load(QUALIFICATION, tmp_path, UNITS)
    assert (sorted(qualifications.by_code), qualifications.findings) == (["Q-1"], ())


def test_a_folder_without_them_gives_none(tmp_path: Path) -> None:
    assert SheetLibrary.load(ASSIGNMENT, tmp_path / "missing", UNITS).by_code == {}
    assert SheetLibrary.load(QUALIFICATION, tmp_path / "missing", UNITS).findings == ()


@pytest.mark.parametrize("kind", [ASSIGNMENT, QUALIFICATION])
def test_a_file_that_cannot_be_read_is_found_and_stops_no_other(kind: SheetKind[Any], tmp_path: Path) -> None:
    good = assignment() if kind is ASSIGNMENT else qualification()
    files: dict[str, str | bytes] = {
        "a.md": b"\xff\xfe\x00",
        "b.md": b"caf\xe9",
        "c.md": "",
        "d.md": b"x\0",
        "e.md": good,
    }
    write(tmp_path / kind.folder, files)
    library = SheetLibrary.load(kind, tmp_path, UNITS)
    assert len(library.by_code) == 1
    assert told(library.findings, tmp_path) == [("MS010", f"{kind.folder}/{name}.md", 1) for name in "abcd"]


def test_one_with_an_error_is_there_and_not_fit(tmp_path: Path) -> None:
    write(tmp_path, {"assignments/a.md": assignment(criteria="1.2"), "qualifications/a.md": qualification(credit=6)})
    assignments = SheetLibrary.load(ASSIGNMENT, tmp_path, UNITS)
    qualifications = SheetLibrary.load(QUALIFICATION, tmp_path, UNITS)
    assert list(assignments.by_code) == ["IA-1"]
    assert list(qualifications.by_code) == ["Q-1"]
    assert assignments.unfit == {"IA-1"}
    assert qualifications.unfit == {"Q-1"}
    assert [finding.code for finding in assignments.findings] == ["MS075", "MS071"]
    assert [finding.code for finding in qualifications.findings] == ["MS084"]


def test_of_two_with_one_code_the_first_is_kept_and_the_second_is_found(tmp_path: Path) -> None:
    other = qualification().replace("title: Tea", "title: Coffee")
    write(tmp_path, {"assignments/a.md": assignment(), "assignments/b.md": assignment()})
    write(tmp_path, {"qualifications/a.md": qualification(), "qualifications/b.md": other})
    assignments = SheetLibrary.load(ASSIGNMENT, tmp_path, UNITS)
    qualifications = SheetLibrary.load(QUALIFICATION, tmp_path, UNITS)
    assert told(assignments.findings, tmp_path) == [("MS011", "assignments/b.md", 3)]
    assert assignments.unfit == frozenset()
    assert told(qualifications.findings, tmp_path) == [("MS011", "qualifications/b.md", 3)]
    assert qualifications.by_code["Q-1"].title == "Tea"
    assert qualifications.unfit == {"Q-1"}


def test_a_folder_is_checked_with_each_sheet_beside_its_units(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "mark_sheets/units/x.md": UNIT,
            "mark_sheets/assignments/a.md": assignment(criteria="1.2"),
            "mark_sheets/assignments/b.md": assignment(),
            "mark_sheets/assignments/README.md": "# About",
            "mark_sheets/assignments/c.md": "nothing",
            "mark_sheets/qualifications/a.md": qualification(credit=6),
            "mark_sheets/qualifications/b.md": qualification(),
            "drafts/a.md": assignment(criteria="1.2"),
        },
    )
    expected = [
        ("MS075", "mark_sheets/assignments/a.md", 5),
        ("MS071", "mark_sheets/assignments/a.md", 10),
        ("MS011", "mark_sheets/assignments/b.md", 3),
        ("MS010", "mark_sheets/assignments/c.md", 1),
        ("MS084", "mark_sheets/qualifications/a.md", 11),
        ("MS011", "mark_sheets/qualifications/b.md", 3),
    ]
    assert told(check([tmp_path]), tmp_path) == expected
    assert told(check([tmp_path / "mark_sheets" / "assignments" / "a.md"]), tmp_path) == expected[:2]


def test_a_named_file_is_read_as_the_kind_that_it_says_wherever_it_lies(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": assignment("IA", "1.9, 1.9"), "b.md": qualification("Q", 5).replace("all", "none")})
    findings = check([tmp_path / "a.md", tmp_path / "b.md"])
    assert told(findings, tmp_path) == [("MS072", "a.md", 10), ("MS080", "b.md", 15)]


def test_a_sheet_in_the_folder_of_another_kind_is_found(tmp_path: Path) -> None:
    write(tmp_path, {"assignments/a.md": UNIT, "qualifications/b.md": assignment(), "units/c.md": qualification()})
    findings = [finding for finding in check([tmp_path]) if "The kind is" in finding.message]
    assert told(tuple(findings), tmp_path) == [
        ("MS011", "assignments/a.md", 2),
        ("MS011", "qualifications/b.md", 2),
        ("MS011", "units/c.md", 2),
    ]
    assert all(finding.severity is Severity.ERROR for finding in findings)
