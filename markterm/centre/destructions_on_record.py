"""What the centre's own record says of what was destroyed: who records, audits or destroys asks here."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from threading import RLock

from markterm.centre.appending import Appending
from markterm.domain.record.bodies.retaining import What
from markterm.domain.record.destructions import Destruction, destructions
from markterm.domain.record.event import Event
from markterm.domain.rules.act import Act
from markterm.domain.words.errors import MarkTermError, Refused, Unreadable
from markterm.domain.words.foreign_text import one_line
from markterm.system.platform import CENTRE_RECORD


class DestructionsOnRecord:
    """The destructions that the centre's record tells of, folded anew only when it has grown."""

    def __init__(self, appending: Appending) -> None:
        self._appending = appending
        self._lock = RLock()
        self._read: tuple[tuple[Event, ...], tuple[Destruction, ...]] = ((), ())

    def every(self) -> tuple[Destruction, ...]:
        """Every one, as the record is now. Raises `Unreadable`."""
        with self._lock:
            events = self._appending.load(CENTRE_RECORD)
            if self._read[0] != events:
                self._read = events, destructions(events)
            return self._read[1]

    def of(self, record: str) -> tuple[Destruction, ...]:
        """Those of the learner whose record has that name. Raises `Unreadable`."""
        return tuple(each for each in self.every() if each.is_of(record))

    def coming(self, record: str, now: datetime) -> tuple[Destruction, ...]:
        """What is meant or begun to be destroyed of that learner, and not done. Raises `Unreadable`."""
        return tuple(each for each in self.of(record) if each.is_coming(now))

    def told(self, record: str, now: datetime) -> tuple[Destruction, ...]:
        """The same as far as the centre's record can be read."""
        with suppress(Unreadable):
            return self.coming(record, now)
        return ()

    def has_gone(self, record: str) -> bool:
        """Whether that record was destroyed, or began to be, as far as the centre's record can be read."""
        with suppress(Unreadable):
            return any(each.is_begun and each.what is What.RECORD for each in self.of(record))
        return False

    def readable(self) -> tuple[Destruction, ...]:
        """Every one, as far as the centre's record can be read: where it cannot, that stops nobody's marking."""
        with suppress(MarkTermError):
            return self.every()
        return ()

    def before(self, act: Act) -> None:
        """Raises `Refused` when what is acted on is just being destroyed: what is added would go with it."""
        for each in self.readable() if act.learner != CENTRE_RECORD else ():
            if each.is_unfinished and each.what is What.RECORD and each.is_of(act.learner):
                raise Refused(
                    "It is being destroyed",
                    one_line(f"What the centre has of {act.learner} is {each.words}."),
                    "Nothing is recorded of it any more.",
                )

    def after(self, record: str, told: tuple[Destruction, ...]) -> None:
        """Raises `Refused` when it began to be destroyed while something was recorded of it, since `told` was read:
        whoever destroys it may not have seen the entry, which may be gone with the rest."""
        now = self.readable()
        if now is told:
            return
        known = {each.uid for each in told if each.is_begun}
        for each in now:
            if each.is_begun and each.uid not in known and each.is_of(record):
                raise Refused(
                    "It began to be destroyed just now",
                    one_line(f"While this was recorded, what the centre has of {record} came to be {each.words}."),
                    "Look whether it is there still: what was recorded in time keeps it, and it is given up.",
                )
