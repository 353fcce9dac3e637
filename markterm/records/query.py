"""Which events of a record somebody asks for: what reports and the history look up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from markterm.domain.record.event import Event
from markterm.domain.words.code import is_code


@dataclass(frozen=True, slots=True)
class Query:
    """Events of one of these kinds, by that member, about that unit (its code or the end of it) and criterion, from
    `since` on and before `until`. What is not said stands for any."""

    kinds: tuple[str, ...] = ()
    actor: str = ""
    unit: str = ""
    criterion: str = ""
    since: datetime | None = None
    until: datetime | None = None

    def takes(self, event: Event) -> bool:
        """Whether the event is one of them."""
        unit = event.subject.unit
        return (
            (not self.kinds or event.kind in self.kinds)
            and (not self.actor or event.actor == self.actor)
            and (not self.unit or (unit is not None and is_code(self.unit, unit.code)))
            and (not self.criterion or event.subject.criterion == self.criterion)
            and (self.since is None or event.at >= self.since)
            and (self.until is None or event.at < self.until)
        )


EVERYTHING = Query()
