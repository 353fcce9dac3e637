"""The words in which people rate themselves on a statement: a scale of the centre's own."""

from __future__ import annotations

from dataclasses import dataclass

from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.nearly import did_you_mean


@dataclass(frozen=True, slots=True)
class SkillsScale:
    """A scale: its `words`, the least first, and `enough`, the one from which on a statement is no gap."""

    words: tuple[str, ...] = ("not yet", "with help", "alone", "shows others")
    enough: str = "alone"

    def word(self, text: str) -> str:
        """The word of the scale that is meant: by itself, in whatever case, or by its place from 1 on. Raises
        `WrongUse` for what is none."""
        said = " ".join(text.split()).casefold()
        for place, word in enumerate(self.words, 1):
            if said in (word.casefold(), str(place)):
                return word
        raise WrongUse(
            "That is not on the scale",
            f"{one_line(text) or 'Nothing'} is no word of this centre's scale. Nothing was recorded.",
            did_you_mean(text, self.words, f"The scale is {self.in_words}."),
        )

    @property
    def in_words(self) -> str:
        """All of it: `1 not yet, 2 with help`."""
        return ", ".join(f"{place} {one_line(word)}" for place, word in enumerate(self.words, 1))
