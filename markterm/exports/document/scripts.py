"""What lies beside anonymised scripts: the page to begin with, and the sheet of a unit with nothing decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.unit import Unit
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.words.foreign_text import one_line
from markterm.exports.document.mark_sheet import completed_mark_sheet
from markterm.exports.document.model import (
    Bullets,
    Column,
    Document,
    Fact,
    Heading,
    Item,
    Paragraph,
    Statements,
    Table,
    words,
)
from markterm.exports.document.sheet_sections import unit_facts

READ_THEM = (
    "Names of people whom the centre does not know, a customer's or an employer's, are not recognised, nor is what "
    "tells who somebody is without a name: read the scripts before they are given on."
)
_NOT_OF_A_SCRIPT = frozenset({"Learner registration number", "Learner name", "Attempt"})
_STATEMENTS = "Statements"


@dataclass(frozen=True, slots=True)
class ScriptPage:
    """What the first page says of one script: its name, the files in it with notes on each, and how those that were
    left out are called, with why."""

    name: str
    files: tuple[tuple[str, str], ...]
    left_out: tuple[tuple[str, str], ...] = ()


def scripts_index(unit: Unit, criteria: Sequence[str], scripts: Sequence[ScriptPage]) -> Document:
    """The page to begin with: what is asked, and each script with its files and what is not in it."""
    asked = [each for each in unit.asked if not criteria or each.number in criteria]
    blocks = [
        Paragraph(
            words(
                "Read each script, and decide each criterion alone before you speak with the others. "
                "The sheet that lies in the folder of a script is to be filled in for it. "
                "In the texts [learner] stands for whose work it is, [name 2] and the like for others."
            )
        ),
        Heading(2, words("Criteria")),
        Bullets(tuple(Item(words(one_line(f"{each.number} {each.text}"))) for each in asked)),
        *(block for script in scripts for block in _script(script)),
    ]
    facts = (Fact("Unit", unit_facts(unit)), Fact("Scripts", str(len(scripts))))
    title = one_line(f"Scripts for standardisation: {unit.code} {unit.title}")
    return Document(title, facts, tuple(blocks))


def _script(script: ScriptPage) -> tuple[Heading | Table | Paragraph, ...]:
    columns = (Column("File", 2), Column("What to know", 3))
    given = Table(columns, script.files) if script.files else Paragraph(words("No file of it could be given."))
    left = [Table((Column("Left out", 2), Column("Why", 3)), script.left_out)] if script.left_out else []
    return (Heading(2, words(script.name)), given, *left)


def blank_sheet(centre: CentreDetails, unit: Unit, script: str) -> Document:
    """The unit's sheet with nothing decided, for the script of that name: what is stated of a learner is not on it."""
    whole = completed_mark_sheet(centre, Learner(script, ""), unit, Portfolio())
    facts = tuple(each for each in whole.facts if each.name not in _NOT_OF_A_SCRIPT)
    stated = Heading(2, words(_STATEMENTS))
    blocks = tuple(each for each in whole.blocks if each != stated and not isinstance(each, Statements))
    return replace(whole, facts=(Fact("Script", script), *facts), blocks=blocks, about=script)
