"""`markterm across`: one criterion across learners."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import SystemRandom
from typing import TYPE_CHECKING

import click

from markterm.cli import completion
from markterm.cli.arguments import unit_argument
from markterm.cli.caveats import warn_of_hidden
from markterm.cli.everybody import everybody, with_bar
from markterm.cli.output import columns, indented, moment, say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.record.decision import Decision
from markterm.domain.record.states import DECIDED
from markterm.domain.rules.criterion_named import criterion_of
from markterm.domain.views.across import Across, Stand, counted, tally
from markterm.domain.views.blind import Blind, Disguise
from markterm.domain.views.signs import CRITERION_SIGNS
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.decision import decision_as_json, place_as_json

if TYPE_CHECKING:
    from markterm.centre.centre import Centre
    from markterm.domain.assessed.unit import Criterion, Unit
    from markterm.domain.words.learner_names import LearnerNames

_SAYS_NOT_WHOSE = ("result", "decided", "level", "note_by", "at", "attempt")
"""What of a decision may be told without saying whose it is; a reason may hold names, and an id leads to the record."""


@click.command("across", cls=Command)
@unit_argument
@click.argument("criterion", shell_complete=completion.criteria)
@click.option("--decided", is_flag=True, help="Only the decisions, without those who wait.")
@click.option("--blind", is_flag=True, help="Labels instead of names and registrations, until the unit is closed.")
@pass_session
def command(session: Session, unit: str, criterion: str, decided: bool, blind: bool) -> None:
    """Show one criterion across all learners.

    First those who wait for it, whoever waits longest first; then the decisions on the others with their notes, the
    newest first, for the next one to be consistent with. It is about those who are on the unit's newest version. The
    labels of --blind are others each time.

    \b
    Examples:
      markterm across 501 1.2
      markterm across 501 1.2 --decided
      markterm across 8580-501 1.2 --blind --json
    """
    centre = session.centre()
    of_unit = centre.sheets.named(unit)
    asked = criterion_of(of_unit, criterion)
    across = _looked(centre, of_unit, asked.number)
    telling = Telling(Blind(SystemRandom(), of_unit.code) if blind else None, across, centre.caseload.names)
    if session.as_json:
        say_json(_as_json(of_unit, asked, across, telling, only_decided=decided))
        return
    say(one_line(f"{of_unit.code} {asked.number}  {asked.text}"))
    if not decided:
        say(f"\nWaiting: {len(across.waiting)}")
        for line in columns([telling.cells(stand) for stand in across.waiting]) if across.waiting else ():
            say(f"  {line.lstrip()}")
    say(f"\nDecided: {tally(across.decided, gates=asked.gates)}")
    for stand in across.decided:
        say(f"  {'  '.join(filter(None, telling.cells(stand)))}")
        if note := telling.note(stand):
            say(indented(note, 6))


def _looked(centre: Centre, unit: Unit, number: str) -> Across:
    rows = everybody(centre)
    warn_of_hidden(rows)
    learners = len(rows)
    steps = centre.across.look(unit, number)
    *_, across = with_bar(steps, learners // 250 + 2, "Reading the records", learners=learners)
    return across


class Telling:
    """What is said of learners, with or without their names."""

    def __init__(self, blind: Blind | None, across: Across, names: Callable[[], LearnerNames]) -> None:
        self._blind = blind
        if blind is not None:
            rows = blind.rows(stand.row for stand in across.stands)
            self._shown = frozenset(row.registration for row in rows if not row.alias)
            self._names = names()

    @property
    def is_blind(self) -> bool:
        """Whether some are told of without their names."""
        return self._blind is not None

    def alias(self, stand: Stand) -> str:
        """What a learner who is hidden is called; empty for one who is not."""
        return self._blind.row(stand.row).alias if self._blind is not None else ""

    def cells(self, stand: Stand) -> tuple[str, ...]:
        """Who, how it stands, since when, who decided it, and what is wrong with the learner's files or record."""
        alias, decision = self.alias(stand), stand.decision
        return (
            "" if alias else one_line(stand.registration),
            alias or one_line(stand.row.name),
            str(CRITERION_SIGNS[stand.state]),
            moment(stand.at) if stand.at is not None else "",
            one_line(" ".join((decision.actor, *_in_whose_words(decision)))) if decision is not None else "",
            one_line(f"! {stand.row.problem}") if stand.row.problem else stand.row.left,
        )

    def note(self, stand: Stand) -> str:
        """The note of the decision."""
        note = stand.decision.note.strip() if stand.decision is not None else ""
        if self._blind is None:
            return note
        alias = self.alias(stand)
        from markterm.domain.views.covering import Covering  # Help loads every command.

        disguise = Disguise(stand.registration, stand.row.name, alias) if alias else None
        shown = frozenset[str]() if alias else self._shown
        return Covering(self._names, self._blind.label, disguise, shown).covered(note)


def _in_whose_words(decision: Decision) -> Iterator[str]:
    if decision.in_words_of:
        yield f"(note by {' and '.join(decision.in_words_of)})"


def _as_json(
    unit: Unit, criterion: Criterion, across: Across, telling: Telling, *, only_decided: bool
) -> dict[str, object]:
    waiting = [] if only_decided else [_learner(stand, telling) for stand in across.waiting]
    states = counted(across.decided, gates=criterion.gates)
    return {
        **place_as_json(unit.key, criterion.number),
        "text": criterion.text,
        **({} if only_decided else {"waiting": waiting}),
        "decided": [_decided(stand, telling) for stand in across.decided],
        **{state.value.replace(" ", "_"): states.get(state, 0) for state in DECIDED},
    }


def _learner(stand: Stand, telling: Telling) -> dict[str, object]:
    alias = telling.alias(stand)
    return {
        "registration": None if alias else stand.registration,
        "name": alias or stand.row.name,
        "state": stand.state.value,
        "since": stand.at.isoformat() if stand.at is not None else None,
        "problem": stand.row.problem,
    }


def _decided(stand: Stand, telling: Telling) -> dict[str, object]:
    decision = stand.decision
    assert decision is not None
    told = decision_as_json(decision)
    if telling.is_blind:
        told = {key: told[key] for key in _SAYS_NOT_WHOSE}
    return {**_learner(stand, telling), **told, "note": telling.note(stand), "by": decision.actor}
