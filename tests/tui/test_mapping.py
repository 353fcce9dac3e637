"""A unit mapped to a standard at the screen: one letter an answer, and on the disk before it is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.domain.assessed.standard import Standard, Statement, StatementKind
from markterm.tui.standards.mapping import MappingScreen
from tests.centres import make_centre_in
from tests.standards import MAPPING_OF_OLD, OLD, add_mapping, add_standard
from tests.tui.sitting import NARROW, WIDE, Sitting, sitting


def made(path: Path) -> Path:
    """A centre with a standard and a mapping."""
    add_standard(make_centre_in(path), OLD, name="TEA01")
    add_mapping(path, MAPPING_OF_OLD)
    return path


async def opened(at: Sitting) -> None:
    """Open the mapping of T-101 from the palette."""
    await at.press("ctrl+p")
    await at.type("map a unit")
    await at.press("enter")
    await at.shows("T-101 beside TEA01: 2 of 3 criteria")
    await at.press("enter")


def rows(at: Sitting) -> list[list[str]]:
    """Criterion, statement, strength and note of the mapping on the disk."""
    text = (at.folder / "mark_sheets" / "mappings" / "T-101.md").read_text("utf-8")
    table = [line for line in text.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in table]


FIRST = ["1.1", "TEA01 (1.0) P1", "fully", ""]
LAST = ["2.1", "TEA01 (1.0) P3", "partly", "one cup, not a table"]


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
async def test_a_unit_is_mapped_with_the_keyboard_alone(tmp_path: Path, size: tuple[int, int]) -> None:
    async with sitting(tmp_path, size=size, make=made) as at:
        await opened(at)
        await at.shows("T-101 (2026-01): 2 of 3 criteria mapped")
        await at.press("space")
        await at.shows("Proposed, ")
        await at.shows("Both say pot, warm.")
        await at.press("f")
        assert rows(at) == [FIRST, ["1.2", "TEA01 (1.0) P2", "fully", ""], LAST]
        await at.shows("3 of 3 criteria mapped")
        await at.press("u")
        assert rows(at) == [FIRST, LAST]
        await at.shows("2 of 3 criteria mapped")
        await at.press("x")
        assert rows(at)[1] == ["1.2", "TEA01 (1.0) P2", "not", ""]
        await at.press("K", "p")
        assert rows(at)[1] == ["1.2", "TEA01 (1.0) P2", "partly", ""]
        await at.press("n")
        await at.type("the pot is cold")
        await at.press("enter")
        assert rows(at)[1] == ["1.2", "TEA01 (1.0) P2", "partly", "the pot is cold"]
        await at.press("delete")
        assert rows(at) == [FIRST, LAST]
        await at.press("u", "u", "u", "u", "u")
        assert rows(at) == [FIRST, LAST]
        assert "Nothing was put down here" in at.told[-1]
        await at.press("q")
        assert not isinstance(at.app.screen, MappingScreen)


@pytest.mark.long
async def test_from_the_standards_a_unit_is_mapped_and_what_it_covers_is_told_on_the_way_back(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=made) as at:
        await at.press("4", "N")
        await at.shows("1 of 5 statements covered, 1 in part")
        await at.press("m")
        await at.shows("T-101 beside TEA01 (1.0): 2 of 3 criteria")
        await at.press("enter")
        await at.shows("2 of 3 criteria mapped")
        await at.press("space", "f", "q")
        await at.shows("2 of 5 statements covered, 1 in part")


@pytest.mark.long
async def test_any_statement_is_found_by_its_words_and_put_down(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=made) as at:
        await opened(at)
        await at.press("slash")
        await at.type("cooler leaves")
        await at.press("enter")
        await at.shows("1 of 5 statements")
        await at.press(*["J"] * 9, "f")
        assert rows(at) == [FIRST, ["1.1", "TEA01 (1.0) K2", "fully", ""], LAST]
        await at.press("escape")
        await at.shows("5 statements")
        assert isinstance(at.app.screen, MappingScreen)


async def test_what_somebody_else_wrote_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=made) as at:
        await opened(at)
        await at.press("space", "f")
        add_mapping(at.folder, f"{MAPPING_OF_OLD}|2.1|TEA01 (1.0) K1|fully||\n")
        await at.press("u")
        assert "T-101.md was changed since it was read." in at.told[-1]
        assert len(rows(at)) == 3
        await at.press("f")
        assert len(rows(at)) >= 3
        add_mapping(at.folder, MAPPING_OF_OLD.replace("partly", "mostly"))
        await at.press("x")
        assert "has errors" in at.told[-1]
        assert "mostly" in (at.folder / "mark_sheets" / "mappings" / "T-101.md").read_text("utf-8")


async def test_an_answer_that_somebody_else_gave_meanwhile_is_shown_and_not_replaced_unseen(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=made) as at:
        await opened(at)
        await at.press("space")
        await at.shows("Proposed, ")
        theirs = ["1.2", "TEA01 (1.0) P2", "not", "cold pots"]
        add_mapping(at.folder, f"{MAPPING_OF_OLD}|{'|'.join(theirs)}|\n")
        await at.press("f")
        assert "by now it says not (cold pots). Nothing was written." in at.told[-1]
        assert theirs in rows(at)
        await at.shows("cold pots")
        await at.press("n")
        add_mapping(at.folder, f"{MAPPING_OF_OLD}|{'|'.join(theirs[:3])}|all pots|\n")
        await at.type(" mine")
        await at.press("enter")
        assert [*theirs[:3], "all pots"] in rows(at)


@pytest.mark.long
async def test_of_two_thousand_statements_only_what_is_in_sight_is_drawn(tmp_path: Path) -> None:
    statements = tuple(
        Statement(f"P{n}", StatementKind.PERFORMANCE, f"pour cup {n} of {n % 7} teas") for n in range(1, 2001)
    )
    async with sitting(tmp_path, size=NARROW, make=made) as at:
        unit = at.app.centre.mappings.unit("101")
        screen = MappingScreen(at.app.centre, unit, [Standard("BIG", "Big", statements=statements)])
        await at.app.push_screen(screen)
        await at.settled()
        drawn = list[int]()
        draw = screen.statements.line

        def counted(index: int, width: int) -> object:
            drawn.append(index)
            return draw(index, width)

        screen.statements.line = counted  # type: ignore[method-assign, assignment]
        await at.press("J")
        await at.press("end")
        assert len(set(drawn)) < 60


@pytest.mark.long
async def test_the_criterion_that_is_marked_says_what_it_covers(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, make=made) as at:
        await at.press("enter")
        await at.shows("covers TEA01 (1.0) P1")
        await at.press("j")
        assert "covers" not in at.text
        await at.press("j")
        await at.shows("covers TEA01 (1.0) P3 (partly)")
