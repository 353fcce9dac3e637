"""What was done at this screen since the program began, the last act last: that is what can be taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from markterm.domain.record.event import Event, Kind
from markterm.tui.criterion_place import CriterionPlace


@dataclass(frozen=True, slots=True, eq=False)
class Entered:
    """What one act recorded, in one event or in several."""

    events: tuple[Event, ...]

    @property
    def whose(self) -> tuple[str, str]:
        """Who did it, and of which learner."""
        return self.events[-1].actor, self.events[-1].learner

    @property
    def at(self) -> datetime:
        """When it was recorded."""
        return self.events[-1].at


@dataclass(frozen=True, slots=True, eq=False)
class NoteKept:
    """A note was written for the decision that is to come; `before` is what was kept there until then. It is in no
    record yet."""

    whose: tuple[str, str]
    place: CriterionPlace
    text: str
    before: str


OwnAct = Entered | NoteKept
_TAKEN_BACK = (Kind.DECIDED, Kind.CITED, Kind.WITHDRAWN, Kind.CLOSED)


class Sitting:
    """The acts of this sitting, of whoever acted and of every learner who was open in it."""

    def __init__(self) -> None:
        self._acts: list[OwnAct] = []
        self._is_undoing = False

    def take(self, events: Sequence[Event]) -> None:
        """Take in what an act recorded. What takes another one back is no act of its own."""
        if not self._is_undoing:
            self._acts.append(Entered(tuple(events)))

    def keep(self, note: NoteKept) -> None:
        """Take in that a note was kept."""
        self._acts.append(note)

    def last(self, who: str, registration: str = "") -> OwnAct | None:
        """What that member did last of that learner, or of any; None when there is nothing."""
        return next(
            (
                act
                for act in reversed(self._acts)
                if act.whose[0] == who and (not registration or act.whose[1] == registration)
            ),
            None,
        )

    def may_take_back(self, who: str, registration: str) -> bool:
        """Whether that member did something of that learner that can be taken back: what was handed in, declared or
        released, and everything before that, stays."""
        act = self.last(who, registration)
        return isinstance(act, NoteKept) or (act is not None and act.events[-1].kind in _TAKEN_BACK)

    def forget(self, act: OwnAct) -> None:
        """It was taken back, or cannot be: the one before it is the last from now on."""
        if act in self._acts:
            self._acts.remove(act)

    @contextmanager
    def taking_back(self, act: OwnAct) -> Iterator[None]:
        """While this lasts, what is recorded takes that act back; it is forgotten unless something prevents that."""
        self._is_undoing = True
        try:
            yield
            self.forget(act)
        finally:
            self._is_undoing = False
