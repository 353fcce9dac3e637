"""Where a learner's evidence refers to which criterion, as text to read."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content

from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.domain.words.foreign_text import one_line
from markterm.evidence.text.referenced import ReferencedPassage, ReferencedPassages


def references_content(
    shown: LearnerPortfolio, references: ReferencedPassages, shown_name: Callable[[str], str]
) -> Content:
    """By criterion the passages that refer to it, the clearest first; then references that no unit of theirs has."""
    parts: list[Content | str] = []
    if unresolved := references.unresolved():
        parts += [Content.styled("Not of any unit of this learner", "bold $warning"), "\n"]
        for each in unresolved:
            parts += [f"  {each.reference.kind} {one_line(each.reference.number)}  ", _passage(each, shown_name), "\n"]
        parts.append("\n")
    for unit in shown.units:
        for criterion in unit.asked:
            passages = references.for_criterion(unit.key, criterion.number)
            count = f"{len(passages)} passage{'s' if len(passages) != 1 else ''}" if passages else "not referenced"
            parts += [Content.styled(one_line(f"{unit.code} {criterion.number}"), "bold $primary"), f"  {count}\n"]
            for each in passages:
                parts += ["  ", _passage(each, shown_name), "\n"]
    return Content.assemble(*parts)


def _passage(passage: ReferencedPassage, shown_name: Callable[[str], str]) -> Content:
    where = f"{one_line(shown_name(passage.file))}:{passage.line + 1}"
    return Content.assemble(Content.styled(where, "$quiet"), f"  {one_line(passage.words)}")
