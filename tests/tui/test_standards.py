"""Standards at the screen: what there is, what the units cover of it, and the functional map."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.tui.exporting.screen import ExportScreen
from markterm.tui.standards.coverage import CoverageScreen
from markterm.tui.standards.screen import StandardsScreen
from tests.centres import make_centre_in
from tests.standards import (
    IN_THE_MAP,
    MAPPING_IN_THE_MAP,
    MAPPING_OF_OLD,
    NEW,
    OLD,
    add_mapped,
    add_mapping,
    add_standard,
    write_sheet,
)
from tests.tui.sitting import NARROW, Sitting, sitting


def mapped(path: Path) -> Path:
    return add_mapped(make_centre_in(path))


async def listed(at: Sitting) -> None:
    """Open the list of standards, and wait until it is read."""
    await at.app.action_do("app.standards")
    await at.shows("TEA01 (1.0)")


def rows(at: Sitting) -> list[list[str]]:
    """The rows of statements that are shown: sign, name, and what stands in the units."""
    told = (line.replace("▸", " ").split() for line in at.text.splitlines())
    return [row for row in told if row[1:2] == ["TEA01"]]


async def test_from_the_reports_to_a_standard_to_what_covers_a_statement_and_its_export(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="ines", size=NARROW, make=mapped) as at:
        await at.press("4", "N")
        await at.shows("TEA01 (1.0) Make tea for a guest")
        assert "TEA Tea at work" in at.text
        assert "33 % of 3" in at.text
        await at.press("enter")
        await at.shows("all units beside TEA: 1 of 3 covered, 1 in part, 1 not")
        assert [row[:4] for row in rows(at)][:2] == [["✓", "TEA01", "P1", "1.1,"], ["~", "TEA01", "P2", "(1.2)"]]
        assert "T-101 1.1 covers it: " in at.text
        await at.press("j", "enter")
        await at.shows("T-101 1.2 covers a part (cold only)")
        await at.press("escape", "n")
        await at.shows("The centre has no sheet of TEA02")
        await at.press("escape", "X")
        assert isinstance(at.app.screen, ExportScreen)
        await at.press("escape", "escape", "escape")
        assert not isinstance(at.app.screen, CoverageScreen)


@pytest.mark.long
async def test_a_unit_is_mapped_from_the_list_and_what_is_covered_is_counted_anew(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=mapped) as at:
        await listed(at)
        await at.press("m")
        await at.until(lambda: not isinstance(at.app.screen, StandardsScreen))
        write_sheet(
            at.folder, "mappings", "T-101", MAPPING_IN_THE_MAP + "| 1.2       | TEA01 K1  | fully  |           |\n"
        )
        await at.press("escape")
        await at.shows("66 % of 3")


@pytest.mark.long
async def test_only_some_statements_are_shown_and_it_is_said_how_many_of_all(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=mapped) as at:
        await listed(at)
        await at.press("enter")
        await at.shows("1 of 3 covered")
        for said, names in (("nothing covers", ["K1"]), ("in part", ["P2"]), ("more than once", ["P1"])):
            await at.press("f")
            assert f"1 of 3 shown only what {'is covered ' * (said != 'nothing covers')}{said}" in " ".join(
                at.text.split()
            )
            assert [row[2] for row in rows(at)] == names
        await at.press("f", "t", "t")
        assert "only knowledge" in at.text
        assert [row[2] for row in rows(at)] == ["K1"]
        await at.press("t")
        assert len(rows(at)) == 3


@pytest.mark.long
async def test_the_map_says_how_far_each_function_is_covered_and_of_what_is_no_suite_there_is_none(
    tmp_path: Path,
) -> None:
    async with sitting(tmp_path, size=NARROW, make=mapped) as at:
        await listed(at)
        await at.press("enter")
        await at.shows("1 of 3 covered")
        await at.press("m")
        await at.shows("├─ ~ A1 Serve guests")
        assert "? A3 Wash up" in at.text
        assert "m statements" in at.text
        assert "f only" not in at.text
        await at.press("j")
        assert "A2 Clear the table: covered in part 1 of 3, 1 in part" in at.text
        await at.press("escape", "j", "enter")
        await at.shows("all units beside TEA01")
        await at.press("m")
        assert "A suite has a functional map" in at.told[-1]


@pytest.mark.long
async def test_it_is_asked_of_one_unit_and_a_mapping_to_an_old_version_is_told_as_not_counted(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=mapped) as at:
        await listed(at)
        await at.press("enter")
        await at.shows("1 of 3 covered")
        await at.press("u", "end", "enter")
        await at.shows("T-102 beside TEA: 0 of 3 covered")
        write_sheet(at.folder, "mappings", "T-102", MAPPING_IN_THE_MAP.replace("T-101", "T-102"))
        write_sheet(at.folder, "standards", "TEA01-2", IN_THE_MAP.format(version="2.0"))
        await at.press("ctrl+r")
        await at.shows("4 to know: n")
        await at.press("n")
        await at.shows("T-102 (2026-01) 1.1: TEA01 (1.0) P1: it is of another version")


@pytest.mark.long
async def test_with_many_units_the_columns_move_and_the_statement_stays(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=many_units) as at:
        await listed(at)
        await at.press("j", "enter")
        await at.shows("all units beside TEA01")
        assert "▸ ✓ TEA01 P1" in at.text
        assert "M-11" not in at.text
        await at.press(*["l"] * 11)
        assert "M-11" in at.text
        assert "▸ ✓ TEA01 P1" in at.text
        assert "M-11 1.1 covers it" in at.text
        await at.press("l", *["h"] * 12)
        assert "M-00 1.1 covers it" in at.text


def many_units(path: Path) -> Path:
    """Twelve units that are mapped to the same statement."""
    add_mapped(make_centre_in(path))
    sheet = (path / "mark_sheets" / "units" / "T-101.md").read_text("utf-8")
    for number in range(12):
        code = f"M-{number:02}"
        write_sheet(path, "units", code, sheet.replace("T-101", code))
        write_sheet(path, "mappings", code, MAPPING_IN_THE_MAP.replace("T-101", code))
    return path


def in_two_versions(path: Path) -> Path:
    make_centre_in(path)
    add_standard(path, OLD, name="TEA01")
    add_standard(path, NEW, name="TEA01-2")
    add_mapping(path, MAPPING_OF_OLD + "|1.2|TEA01 (1.0) P2|fully|pots alone|\n")
    return path


@pytest.mark.long
async def test_a_new_version_is_shown_statement_by_statement_and_what_holds_is_carried_with_a_reason(
    tmp_path: Path,
) -> None:
    async with sitting(tmp_path, member="ines", size=NARROW, make=in_two_versions) as at:
        await listed(at)
        await at.press("v")
        await at.shows("1 row to carry = 1 → 1 ~ 1 - 2 + 1")
        assert "TEA01 (1.0) and TEA01 (2.0)" in at.text
        assert "→ P1 → P2 boil fresh water in a clean kettle" in " ".join(at.text.split())
        await at.press("j", "space")
        await at.shows("2 rows to carry")
        await at.press("c")
        await at.type("The publisher says so.")
        await at.press("enter")
        await at.shows("nothing to carry")
        assert at.text.count("1 carried") == 2
        said = at.as_other("ines").new_versions.beside("TEA01", "1.0", "2.0")
        assert [[one.is_carried for one in each.mapped] for each in said.statements][:3] == [[True], [True], [False]]


@pytest.mark.long
async def test_a_standard_is_exported_as_a_case_package_from_the_list(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=mapped) as at:
        await listed(at)
        await at.press("X")
        assert isinstance(at.app.screen, ExportScreen)
        assert "This standard as a CASE package" in at.text
        await at.press("enter")
        await at.shows("TEA.json")
