"""Words of a paper while they are gathered: a criterion with what describes it, or the title of an outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from markterm.domain.assessed.unit import Criterion, Descriptor, Marks, Standing
from markterm.domain.papers.paper_rows import Part


@dataclass
class Words:
    """Words that are being gathered, from `line` on to `last`."""

    line: int
    parts: list[Part] = field(default_factory=list)
    last: int = 0

    def add(self, part: Part, line: int) -> None:
        """Go on with a line, which stands in that line of the paper."""
        self.parts.append(part)
        self.last = line

    @property
    def text(self) -> str:
        """As one line; points of a list keep a sign between them."""
        said = ""
        for part in self.parts:
            joins = "" if not said else " • " if part.is_item else " "
            said += joins + part.text
        return said.lstrip(" .:–—").rstrip()


@dataclass
class CriterionRead:
    """A criterion while it is read."""

    number: str
    outcome: int | None
    words: Words
    descriptors: dict[Standing, list[Part]] = field(default_factory=dict)
    marks: Marks | None = None

    @property
    def made(self) -> Criterion:
        """The criterion; its words begin with a capital, as in every sheet."""
        text = self.words.text or "No words were read."
        told = tuple(
            Descriptor(standing, in_one(self.descriptors[standing]))
            for standing in Standing
            if standing in self.descriptors
        )
        return Criterion(self.number, text[0].upper() + text[1:], told, (), self.marks)


def words_of(text: str, line: int) -> Words:
    """Words that begin with a text."""
    return Words(line, [Part(text)] if text else [], line)


def in_one(parts: Sequence[Part]) -> str:
    """A descriptor's points as one text."""
    said = ""
    for part in parts:
        text = part.text.replace(" - ", "; ") if part.is_item else part.text
        joins = "" if not said else " " if not part.is_item else "; " if said[-1] not in ".;:" else " "
        said += joins + text
    return said
