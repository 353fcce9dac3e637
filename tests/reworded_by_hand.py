"""Reworded accounts kept apart: other subjects than the planted pairs, each written and reworded by hand, none by rule.

A subject has an account, two rewordings of it, each labelled by how it was reworded, and another learner's account of
like work in their own words. They were labelled before the rules were changed; one figure was chosen by them after: how
many prints are kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "reworded_by_hand.txt"
OWN = "own"


@dataclass(frozen=True, slots=True)
class Account:
    """A learner's account of a subject, and how it came about: empty where it is the first one."""

    subject: str
    how: str
    text: str

    @property
    def is_taken(self) -> bool:
        """Whether it was made of the first one."""
        return self.how not in ("", OWN)


def accounts() -> Iterator[Account]:
    """Every account, those of one subject after each other."""
    for section in _FILE.read_text("utf-8").split("# ")[1:]:
        subject, _, rest = section.partition("\n")
        first, *others = rest.split("\n== ")
        yield Account(subject, "", first.strip())
        for each in others:
            how, _, text = each.partition("\n")
            yield Account(subject, how, text.strip())
