"""The draft of an integrated assignment, whatever the sheets of its units say, and the real stemmer."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.centre.design import draft_sheet, propose_for
from markterm.domain.assessed.unit import Criterion, LearningOutcome, Unit
from markterm.domain.views.integration import propose
from markterm.domain.words.errors import Refused, WrongUse
from markterm.sheets.assignment_file import fit_assignment, read_assignment
from markterm.sheets.shipped import shipped_mark_sheets
from markterm.sheets.unit_library import UnitLibrary

SHIPPED = UnitLibrary.load(shipped_mark_sheets())


def _is_more_than_numbers(words: str) -> bool:
    return any(map(str.isalpha, words)) or not any(map(str.isdigit, words))


ODD = st.one_of(
    st.sampled_from(
        [
            "- T-1: 1.1",
            "T-1: 1.1",
            "## Task 9 x",
            "# x #",
            "> T-2: 1.1",
            "1. a",
            "```",
            "---",
            "a\nb",
            "**1.1**",
            "| a |",
        ]
    ),
    # The check asks about words that are numbers and nothing else: they look as if they named criteria.
    st.text(min_size=1, max_size=40).filter(str.strip).filter(_is_more_than_numbers),
)


@st.composite
def units(draw: st.DrawFn) -> list[Unit]:
    """Two or three units of two outcomes, the words of which may look like anything."""
    return [
        Unit(
            f"T-{number}",
            draw(ODD),
            outcomes=tuple(
                LearningOutcome(
                    outcome,
                    draw(ODD),
                    tuple(Criterion(f"{outcome}.{place}", draw(ODD)) for place in range(1, draw(st.integers(2, 4)))),
                )
                for outcome in (1, 2)
            ),
        )
        for number in range(1, draw(st.integers(3, 4)))
    ]


@pytest.mark.long
@given(units())
def test_a_draft_passes_the_check_with_every_criterion_in_one_task(made: list[Unit]) -> None:
    by_code = {unit.code: unit for unit in made}
    reading = fit_assignment(read_assignment(draft_sheet(propose(made, str), ())), by_code)
    assert reading.findings == ()
    assert reading.sheet is not None
    assert reading.sheet.uncovered(by_code) == ()
    assert all(len(reading.sheet.tasks_carrying(cell)) == 1 for cell in reading.sheet.criteria)


@pytest.mark.parametrize("named", [("500", "501", "503"), ("500", "502", "503"), ("8580-503", "501")])
def test_a_draft_of_shipped_units_passes_the_check_and_is_always_the_same(named: tuple[str, ...]) -> None:
    sheet = draft_sheet(propose_for(SHIPPED, named), ())
    assert fit_assignment(read_assignment(sheet), SHIPPED.units).findings == ()
    assert draft_sheet(propose_for(UnitLibrary.load(shipped_mark_sheets()), named), ()) == sheet


def test_criteria_that_a_person_would_put_together_are_together() -> None:
    joined = [{str(asked.cell) for asked in task.asked} for task in propose_for(SHIPPED, ("500", "501", "503")).joined]
    for one, other in (
        ("8580-500 2.1", "8580-503 1.1"),  # the knowledge, skills and behaviour of a coach, and one's own
        ("8580-500 3.3", "8580-501 3.3"),  # arrangements for confidentiality, justified and applied
        ("8580-500 2.3", "8580-501 2.2"),  # questioning, listening and feedback, analysed and used
        ("8580-500 3.1", "8580-501 1.1"),  # the agreement, explained and made
        ("8580-501 4.1", "8580-503 1.2"),  # feedback, analysed twice
    ):
        assert any({one, other} <= task for task in joined), (one, other)


def test_a_code_that_is_in_use_is_not_given_again() -> None:
    proposal = propose_for(SHIPPED, ("500", "503"))
    assert "\ncode: 8580-IA-DRAFT\n" in draft_sheet(proposal, ())
    assert "\ncode: 8580-IA-DRAFT-3\n" in draft_sheet(proposal, ("8580-IA-DRAFT", "8580-IA-DRAFT-2"))
    with pytest.raises(WrongUse, match="8580-IA-CERT is an assignment"):
        draft_sheet(proposal, ("8580-IA-CERT",), "8580-IA-CERT")


def test_the_same_unit_counts_once() -> None:
    with pytest.raises(WrongUse, match="Only 8580-500 was named"):
        propose_for(SHIPPED, ("500", "8580-500"))


def test_the_end_of_several_codes_is_not_guessed_at(tmp_path: Path) -> None:
    library = library_of(tmp_path, "T-1", "U-1")
    with pytest.raises(WrongUse, match="1 could be T-1, U-1"):
        propose_for(library, ("1",))
    with pytest.raises(WrongUse, match="no mark sheet of a unit 2"):
        propose_for(library, ("T-1", "2"))


def test_nothing_is_proposed_for_a_sheet_with_errors(tmp_path: Path) -> None:
    library = library_of(tmp_path, "T-1", "T-2", slip="- **1.1** Drink\n")
    with pytest.raises(Refused, match="T-1 while its mark sheet cannot be relied on"):
        propose_for(library, ("T-1", "T-2"))


def library_of(folder: Path, *codes: str, slip: str = "") -> UnitLibrary:
    """Units of one criterion each."""
    (folder / "units").mkdir()
    for code in codes:
        sheet = f"---\nkind: unit\ncode: {code}\ntitle: Tea\n---\n\n## LO1 Tea\n\n- **1.1** Pour\n{slip}"
        (folder / "units" / f"{code}.md").write_text(sheet, "utf-8")
    return UnitLibrary.load(folder)
