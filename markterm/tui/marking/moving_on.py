"""What follows a decision: the next open criterion, the next learner of a round, or a word about a conflict."""

from __future__ import annotations

from dataclasses import replace

from markterm.domain.record.states import CriterionState
from markterm.domain.words.foreign_text import one_line
from markterm.tui.command import key_of, keyed
from markterm.tui.criterion_place import CriterionPlace
from markterm.tui.marking.workplace import Workplace


async def after_decision(at: Workplace, place: CriterionPlace) -> None:
    """Move on, or say that somebody else decided the criterion too."""
    if at.desk.record_of(place).state is CriterionState.CONFLICT:
        at.notify(
            f"{one_line(place.unit.code)} {place.criterion.number} was decided by somebody else at the same time. "
            + keyed("Read both notes, then {mark.pass} or {mark.refer} settles it and asks why."),
            title="Conflict",
            warning=True,
        )
    else:
        await move_on_from(at, place)


async def move_on_from(at: Workplace, place: CriterionPlace) -> None:
    """Go on from a criterion that is decided, for whoever wants that."""
    if not at.settings.now.move_on or at.place != place:
        return
    if at.round is not None and at.round.is_at(place):
        at.round = replace(at.round, marked=at.round.learner)
        saved = at.desk.saved
        await at.step_round()
        at.desk.saved = saved  # It was said of the learner before, and is true still.
        return
    # The next unit or task is never begun without having been asked for.
    following = at.next_open(place, stay=True)
    if following is not None:
        at.go_to_place(following)
    elif (back := at.came_back(place)) and at.go_to(place.unit.code, back):
        at.notify(f"The others are decided: {one_line(place.unit.code)} {back} came back to you.")
    elif place.task is not None:
        at.notify(f"Every criterion of task {place.task.number} is decided. {key_of('mark.next-open')} goes on.")
    elif not at.is_declared(place.unit):
        declares = keyed("{learner.declare} records the declaration, then {unit.close} closes the unit.")
        at.notify(f"All of {one_line(place.unit.code)} is decided: {declares}")
    else:
        goes_on = keyed("{unit.close} closes the unit, {mark.next-open} goes on.")
        at.notify(f"Every criterion of {one_line(place.unit.code)} is decided. {goes_on}")
