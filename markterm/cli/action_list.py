"""Actions in a list: those on learners' units, and those that minutes, briefs and visits set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import click

from markterm.cli.caveats import warn_of_hidden
from markterm.cli.everybody import everybody, with_bar
from markterm.cli.follow_up import action_lines
from markterm.cli.output import say, say_json
from markterm.cli.session import Session
from markterm.domain.words.counted import counted
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.uid import of_uid
from markterm.exports.plain.action import action_as_json, centre_action_as_json

if TYPE_CHECKING:
    from markterm.centre.actions import ActionOn
    from markterm.centre.centre import Centre
    from markterm.domain.record.actions import ActionRecord
    from markterm.domain.record.centre_actions import CentreAction


class _Listed(NamedTuple):
    """An action, the line above it, and what it is on as a JSON object."""

    action: ActionRecord
    heading: str
    plain: dict[str, object]


def tell_actions(
    session: Session,
    centre: Centre,
    place: tuple[str, str, str],
    owner: str,
    named: str,
    *,
    overdue: bool,
    finished_too: bool,
) -> None:
    """Print the actions of a learner, unit or criterion, or of everybody and of the centre where no learner is named;
    only the one that is `named` by the beginning of its id, those of that owner, or that are overdue, where that is
    asked. Those that are due first come first."""
    today = centre.actions.today
    every = tuple(_every(centre, place, and_of_who_left=finished_too or bool(named)))
    if named:
        of_uid((each.action for each in every), named, "action")
        every, finished_too = tuple(each for each in every if each.action.uid.startswith(named)), True
    found = [
        each
        for each in every
        if (finished_too or not each.action.is_finished)
        and owner in ("", each.action.owner)
        and (not overdue or each.action.is_overdue(today))
    ]
    found.sort(key=lambda each: (each.action.due or date.max, each.heading))
    if owner and not found and all(each.action.owner != owner for each in every):
        centre.details.named(owner)  # Whoever left the centre may have left actions all the same.
    _tell(session, centre, found)
    if not session.as_json:
        late = sum(each.action.is_overdue(today) for each in found)
        click.echo(f"{counted(len(found), 'action')}, {late} overdue.", err=True)


def tell_of_centre(session: Session, centre: Centre, action: CentreAction) -> None:
    """Print an action that minutes, a brief or a visit set, as it stands now."""
    if session.as_json:
        say_json(_of_centre(action, centre.actions.today).plain)
    else:
        _tell(session, centre, (_of_centre(action, centre.actions.today),))


def _every(centre: Centre, place: tuple[str, str, str], *, and_of_who_left: bool) -> Iterator[_Listed]:
    learner, unit, criterion = place
    today = centre.actions.today
    if learner:
        registration = centre.learners.find(learner)
        code = centre.learners.portfolio(registration).unit(unit).code if unit else ""
        for each in centre.actions.of(registration):
            if code in ("", each.unit.code) and criterion in ("", each.action.criterion):
                yield _on_unit(each, today)
        return
    rows = everybody(centre)
    of_who_left = 0
    for of_one in with_bar(centre.actions.of_everybody(), len(rows), "Reading the records", learners=len(rows)):
        for each in of_one:
            if each.left and not and_of_who_left:
                of_who_left += not each.action.is_finished
            else:
                yield _on_unit(each, today)
    if of_who_left:
        are, them = ("is", "it") if of_who_left == 1 else ("are", "them")
        told = f"{counted(of_who_left, 'action')} of learners who left {are} not shown: --all shows {them}."
        click.echo(told, err=True)
    warn_of_hidden(rows)
    yield from (_of_centre(each, today) for each in centre.centre_actions.every())


def _on_unit(each: ActionOn, today: date) -> _Listed:
    plain = {
        "registration": each.registration,
        "name": each.name,
        "left": each.left or None,
        "unit": each.unit.code,
        "version": each.unit.version,
        **action_as_json(each.action),
        "overdue": each.action.is_overdue(today),
    }
    name = f"{each.name} ({each.left})" if each.left else each.name
    return _Listed(each.action, f"{each.registration} {name}  {each.unit.code}", plain)


def _of_centre(each: CentreAction, today: date) -> _Listed:
    holds = f", holds {each.holding}" if each.holding else ""
    return _Listed(each.action, f"{each.where}{holds}", centre_action_as_json(each, today))


def _tell(session: Session, centre: Centre, found: Iterable[_Listed]) -> None:
    if session.as_json:
        say_json([each.plain for each in found])
        return
    for each in found:
        say(one_line(each.heading))
        for line in action_lines(centre, each.action, centre.actions.today):
            say(f"  {line}")
