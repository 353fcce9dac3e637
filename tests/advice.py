"""How well advice finds the notes that give the answer away: on a file of labelled notes.

python -m tests.advice tests/data/labelled_notes/visible.json
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import NamedTuple

from markterm.domain.assessed.unit import Criterion, Unit
from markterm.domain.feedback.feedback import Feedback, OutcomeFeedback, Remark, UnitFeedback
from markterm.domain.feedback.feedback_advice import Concern, advice
from markterm.domain.record.event import Result

UNIT = Unit("T-101", "Labelled notes")


class Judged(NamedTuple):
    """A labelled note, and whether it is pointed at."""

    criterion: str
    note: str
    gives_answer: bool
    is_found: bool


class Measured(NamedTuple):
    """What came of a file of labelled notes."""

    notes: tuple[Judged, ...]

    @property
    def found(self) -> tuple[Judged, ...]:
        """The notes that are pointed at."""
        return tuple(each for each in self.notes if each.is_found)

    @property
    def precision(self) -> float:
        """How many of those that are pointed at give the answer."""
        return sum(each.gives_answer for each in self.found) / max(len(self.found), 1)

    @property
    def recall(self) -> float:
        """How many of those that give the answer are pointed at."""
        giving = [each for each in self.notes if each.gives_answer]
        return sum(each.is_found for each in giving) / max(len(giving), 1)

    def report(self) -> str:
        """Both figures, and every note that was judged otherwise than it is labelled."""
        lines = [f"{len(self.notes)} notes: precision {self.precision:.2f}, recall {self.recall:.2f}"]
        for each in self.notes:
            if each.is_found != each.gives_answer:
                word = "missed" if each.gives_answer else "wrongly pointed at"
                lines.append(f"  {word}: {each.note}  [{each.criterion}]")
        return "\n".join(lines)


def measure(file: Path) -> Measured:
    """What advice says of the notes of a file: a JSON list of objects with criterion, note and gives_answer."""
    labelled = json.loads(file.read_text("utf-8"))
    return Measured(
        tuple(
            Judged(each["criterion"], each["note"], each["gives_answer"], _is_found(each["criterion"], each["note"]))
            for each in labelled
        )
    )


def _is_found(wording: str, note: str) -> bool:
    remark = Remark(Criterion("1.1", wording), wording, Result.REFER, note, 1)
    outcome = OutcomeFeedback(1, "", (), (remark,))
    told = advice(Feedback("", (UnitFeedback(UNIT, 1, None, (outcome,), ()),)))
    return any(each.concern is Concern.ANSWER for each in told)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(f"{name}\n{measure(Path(name)).report()}")  # noqa: T201 - that is what it is for
