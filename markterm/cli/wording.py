"""States and events in words and signs. Colour is never needed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from markterm.cli.output import moment
from markterm.domain.record.bodies.kinds import said_by
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.event import Event, Kind
from markterm.domain.record.leaving import away_in_words
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.record.states import CriterionState
from markterm.domain.record.understanding import is_known, is_understood
from markterm.domain.rules.countersignature import countersigned
from markterm.domain.words.foreign_text import one_line

if TYPE_CHECKING:
    from markterm.centre.learner_portfolio import LearnerPortfolio
    from markterm.domain.views.due import Due


def who(centre: CentreDetails, event: Event) -> str:
    """Name, id and role of the member who made the event, whether or not they are a member still."""
    name = centre.name_of(event.actor, event.at)
    name = f"{name} ({event.actor})" if name != event.actor else event.actor
    return one_line(f"{name}, {event.role}" if event.role else name)


def subject(event: Event) -> str:
    """The unit and criterion that the event is about, or an empty text."""
    unit = event.subject.unit.code if event.subject.unit is not None else ""
    return one_line(f"{unit} {event.subject.criterion or ''}")


def text_of(event: Event) -> str:
    """The note, reason or feedback of the event; of one that this version does not understand, everything it holds."""
    return _words_of(event) if is_understood(event) else _everything_in(event)


def text_of_centre(event: Event) -> str:
    """The same of an entry of the centre's own record."""
    return _words_of(event) if said_by(event) is not None else _everything_in(event)


def _words_of(event: Event) -> str:
    said = said_by(event)
    return said.words if said is not None else ""


def _everything_in(event: Event) -> str:
    return json.dumps(dict(event.body), ensure_ascii=True) if event.body else ""


def fates(portfolio: Portfolio) -> Mapping[str, str]:
    """By uid what became of an event: withdrawn, replaced, carried over, in conflict, countersigned or not, or not
    understood by this version."""
    told = {
        event.uid: "lacks what its kind says, and is not counted"
        if is_known(event)
        else "of a kind that this MarkTerm does not know"
        for event in portfolio.unknown
    }
    placing = portfolio.placing
    for key, unit in portfolio.units.items():
        for number, record in unit.criteria.items():
            live = {decision.uid for decision in record.live}
            standing = {decision.uid: countersigned(decision) for decision in record.standing}
            cited = {citation.uid for citation in record.citations}
            for event in record.events:
                if (gone := placing.fate(event.uid)) and not placing.is_at(event, (key, number)):
                    told.setdefault(event.uid, gone)
                    continue
                if event.kind == Kind.CITED and event.uid not in cited:
                    told[event.uid] = "taken back since"
                if event.kind != Kind.DECIDED:
                    continue
                if event.uid not in live:
                    told[event.uid] = "withdrawn since"
                elif event.uid not in standing:
                    told[event.uid] = "replaced since"
                elif record.state is CriterionState.CONFLICT:
                    told[event.uid] = "in conflict"
                elif standing[event.uid]:
                    told[event.uid] = standing[event.uid]
    return told


def learner_line(shown: LearnerPortfolio) -> str:
    """Name, registration and qualifications on one line, and that they left."""
    learner, away = shown.learner, away_in_words(shown.learner, shown.portfolio.departure)
    told = (learner.name, learner.registration, *learner.qualifications, *([f"({away})"] if away else []))
    return one_line(" ".join(told))


def due_in_words(due: Sequence[Due]) -> str:
    """Whom a unit waits for: `waits for assessor to mark since 2026-03-02 09:07, learner to submit`."""
    told = [f"{each}{f' since {moment(each.since)}' if each.since is not None else ''}" for each in due]
    return f"waits for {', '.join(told) or 'nobody'}"
