"""Which events of a record somebody asks for."""

from __future__ import annotations

from collections.abc import Callable

from markterm.domain.event import Event


def about(unit: str | None, criterion: str | None, kind: str | None) -> Callable[[Event], bool]:
    """Whether an event is about that unit's code and that criterion, and of that kind; None stands for any."""

    def is_about(event: Event) -> bool:
        code = event.subject.unit.code if event.subject.unit is not None else None
        return (
            (unit is None or code == unit)
            and (criterion is None or event.subject.criterion == criterion)
            and (kind is None or event.kind == kind)
        )

    return is_about
