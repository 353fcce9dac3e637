"""How a person settles the decisions of one criterion that no longer fit the mark sheet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Settling(StrEnum):
    """How decisions that do not fit the sheet are settled."""

    CARRIED = "carried"
    ANEW = "anew"
    NOT_ASKED = "not asked"


@dataclass(frozen=True, slots=True)
class Settlement:
    """How the decisions of one criterion are settled.

    `decisions` and `citations` are the uids of what stood there when it was settled: what arrives later is not settled
    by it. What is carried goes to the criterion numbered `to` and stands on its `wording`.
    """

    criterion: str
    settling: Settling
    decisions: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
    to: str = ""
    wording: str = ""

    @property
    def uids(self) -> tuple[str, ...]:
        """What it settles."""
        return (*self.decisions, *self.citations)
