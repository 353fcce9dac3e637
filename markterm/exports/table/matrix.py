"""The tracking matrix: learner by criterion, a table for each unit, and learner by unit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.states import CAME_BACK, CriterionState, UnitState, VerificationState
from markterm.domain.views.caseload import CaseloadRow, UnitProgress
from markterm.domain.views.signs import CRITERION_SIGNS
from markterm.domain.views.tracking import HELD, MARKS, TrackedUnit
from markterm.domain.words.counted import counted
from markterm.domain.words.criterion_number import sort_key
from markterm.exports.table.model import Column, Row, Sign, Table, Tone

_TONES = {
    CriterionState.PASS: Tone.PASS,
    CriterionState.REFER: Tone.REFER,
    CriterionState.OPEN: Tone.WAITING,
    CriterionState.ACHIEVED: Tone.PASS,
    CriterionState.NOT_ACHIEVED: Tone.WAITING,
}
_LETTERS = {
    CriterionState.PASS: "P",
    CriterionState.REFER: "R",
    CriterionState.ACHIEVED: "●",  # An A is agreed, an N not agreed, in the column of the verification.
    CriterionState.NOT_ACHIEVED: "○",
}


def _signs() -> Iterator[tuple[str, Sign]]:
    for state, mark in MARKS.items():
        letter = _LETTERS.get(state, CRITERION_SIGNS[state].glyph)
        yield mark, Sign(letter, state.value, _TONES.get(state, Tone.ATTENTION))
        if state in _LETTERS:
            yield mark.lower(), Sign(f"{letter}*", f"{state.value}, not countersigned", Tone.ATTENTION)
    yield HELD, Sign("H", "held until the brief is verified", Tone.WAITING)


SIGNS: Mapping[str, Sign] = MappingProxyType(dict(_signs()))
"""The sign of each mark in `TrackedUnit.states`."""
_HIGHER = frozenset(
    mark
    for state in (CriterionState.ACHIEVED, CriterionState.NOT_ACHIEVED)
    for mark in (MARKS[state], MARKS[state].lower())
)
"""The marks that only a graded unit has: elsewhere nobody is told what they mean."""
_UNITS = {
    UnitState.NOT_STARTED: Sign("·", "not started", Tone.WAITING),
    UnitState.MARKING: Sign("M", "marking", Tone.WAITING),
    UnitState.DECIDED: Sign("D", "decided, not closed", Tone.WAITING),
    UnitState.CLOSED_PASS: Sign("P", "pass", Tone.PASS),
    UnitState.CLOSED_MERIT: Sign("Me", "merit", Tone.PASS),
    UnitState.CLOSED_DISTINCTION: Sign("Di", "distinction", Tone.PASS),
    UnitState.CLOSED_REFER: Sign("R", "refer", Tone.REFER),
}
_VERIFIED = {
    VerificationState.NONE: Sign("·", "not sampled", Tone.WAITING),
    VerificationState.INTERIM: Sign("I", "to be looked at", Tone.WAITING),
    VerificationState.OPEN: Sign("S", "sampled, to be verified", Tone.WAITING),
    VerificationState.UNFINISHED: Sign("U", "not finished", Tone.ATTENTION),
    VerificationState.UNCOUNTERSIGNED: Sign("A*", "agreed, not countersigned", Tone.ATTENTION),
    VerificationState.AGREED: Sign("A", "agreed", Tone.PASS),
    VerificationState.NOT_AGREED: Sign("N", "not agreed", Tone.REFER),
    VerificationState.CONFLICT: Sign("!", "verifiers in conflict", Tone.ATTENTION),
    VerificationState.STALE: Sign("≠", "stale: what was verified does not stand any more", Tone.ATTENTION),
}
_WAITING = {
    VerificationState.UNFINISHED: "its verification is not finished",
    VerificationState.UNCOUNTERSIGNED: "its verification is not countersigned",
}
"""What a verifier said and what is not the last word, where there is no room for the verification's own sign."""
_NOT_AS_CLOSED = "!"
_WHO = (Column("Registration", 13), Column("Learner", 26))
_CLOSED = (
    Column("Outcome", 8),
    Column("Attempt", 8),
    Column("Submitted", 10),
    Column("Closed", 10),
    Column("Assessor", 14),
    Column("Verification", 10),
    Column("Verifier", 14),
    Column("Verified", 10),
    Column("Methods", 22),
    Column("To look at", 26),
)


class Tracked(NamedTuple):
    """A learner of the caseload with where the criteria of their units stand."""

    row: CaseloadRow
    units: tuple[TrackedUnit, ...]


_Named = Callable[[str], str]


def by_criterion(learners: Sequence[Tracked], titles: Mapping[str, str], name_of: _Named) -> tuple[Table, ...]:
    """Learner by criterion: a table for each unit, and for each version of one. `titles` are those of the units, by
    code; `name_of` gives a member's name."""
    keys = sorted({own.unit for each in learners for own in each.units})
    codes = [key.code for key in keys]
    names = (key.code if codes.count(key.code) == 1 else f"{key.code} {key.version}" for key in keys)
    named = zip(keys, names, strict=True)
    return tuple(_of_unit(learners, key, name, titles.get(key.code, ""), name_of) for key, name in named)


def by_unit(learners: Sequence[Tracked], name_of: _Named) -> tuple[Table, ...]:
    """Learner by unit: one table of them all, and one that tells of each unit who, when and how."""
    codes = sorted({own.code for each in learners for own in each.row.units})

    def rows() -> Iterator[Row]:
        for each in learners:
            own = {unit.code: unit for unit in each.row.units}
            signs = (unit_sign(own[code]) if code in own else None for code in codes)
            yield each.row.registration, each.row.name, *signs, _to_look_at(each.row, name_of)

    columns = (*_WHO, *(Column(code, max(8, min(len(code), 14))) for code in codes), Column("To look at", 26))
    notes = (_legend(_UNITS.values()), _ATTENTION)
    return Table("Units", "Learners by unit", columns, rows, len(_WHO), notes), _details(learners, name_of)


def unit_sign(unit: UnitProgress) -> Sign:
    """Where a unit stands, with what keeps it from standing so."""
    sign = _UNITS[unit.state]
    wrong = _wrong(unit)
    return Sign(f"{sign.letter}{_NOT_AS_CLOSED}", "; ".join((sign.word, *wrong)), Tone.ATTENTION) if wrong else sign


def _of_unit(learners: Sequence[Tracked], key: UnitKey, name: str, title: str, name_of: _Named) -> Table:
    numbers = sorted(
        {number for each in learners for own in each.units if own.unit == key for number in own.numbers},
        key=sort_key,
    )

    def rows() -> Iterator[Row]:
        for each in learners:
            progress = {unit.code: unit for unit in each.row.units}
            for own in each.units:
                if own.unit == key:
                    states = dict(zip(own.numbers, own.states, strict=True))
                    cells = (SIGNS[states[number]] if number in states else None for number in numbers)
                    unit = progress.get(key.code)
                    yield each.row.registration, each.row.name, *cells, *_closed(each.row, own, unit, name_of)

    columns = (*_WHO, *(Column(number, 4) for number in numbers), *_CLOSED)
    marks = {mark for each in learners for own in each.units if own.unit == key for mark in own.states}
    signs = SIGNS if marks & _HIGHER else {mark: sign for mark, sign in SIGNS.items() if mark not in _HIGHER}
    notes = (_legend(signs.values()), _legend(_UNITS.values()), _ATTENTION, _legend(_VERIFIED.values()))
    heading = " ".join(filter(None, (key.code, key.version, title)))
    return Table(name, heading, columns, rows, len(_WHO), notes)


def _details(learners: Sequence[Tracked], name_of: _Named) -> Table:
    def rows() -> Iterator[Row]:
        for each in learners:
            progress = {unit.code: unit for unit in each.row.units}
            for own in each.units:
                unit = progress.get(own.unit.code)
                passed = (unit.passed, unit.criteria) if unit is not None else (None, None)
                closed = _closed(each.row, own, unit, name_of)
                yield each.row.registration, each.row.name, own.unit.code, own.unit.version, *passed, *closed

    columns = (*_WHO, Column("Unit", 10), Column("Version", 8), Column("Passed", 7), Column("Criteria", 8), *_CLOSED)
    notes = (_legend(_UNITS.values()), _ATTENTION, _legend(_VERIFIED.values()))
    return Table("Units in detail", "Who assessed and verified each unit", columns, rows, 3, notes)


def _closed(row: CaseloadRow, own: TrackedUnit, unit: UnitProgress | None, name_of: _Named) -> Row:
    turn = own.present
    verifier = name_of(own.verifier) if own.verifier else None
    return (
        unit_sign(unit) if unit is not None else None,
        turn.attempt,
        turn.submitted,
        turn.closed,
        name_of(own.assessor) if own.assessor else None,
        _VERIFIED[unit.verification] if unit is not None else None,
        verifier,
        own.verified,
        own.methods,
        "; ".join(filter(None, (row.problem, *(_wrong(unit) if unit is not None else ()), *_open(unit, name_of)))),
    )


def _wrong(unit: UnitProgress) -> tuple[str, ...]:
    """What keeps a unit from being what its state says."""
    told = (
        f"{counted(unit.conflicts, 'decision')} in conflict" if unit.conflicts else "",
        f"{counted(unit.stale, 'decision')} on another wording" if unit.stale else "",
        f"{counted(unit.uncountersigned, 'decision')} not countersigned" if unit.uncountersigned else "",
        "changed since it was closed" if unit.changed else "",
        "not agreed by its verifiers" if unit.verification in CAME_BACK else "",
    )
    return tuple(filter(None, told))


def _to_look_at(row: CaseloadRow, name_of: _Named) -> str:
    """What somebody has to look at of a learner, with the unit that it is about."""
    told = ((unit.code, "; ".join((*_wrong(unit), *_open(unit, name_of)))) for unit in row.units)
    return "; ".join(filter(None, (row.problem, *(f"{code}: {what}" for code, what in told if what))))


def _open(unit: UnitProgress | None, name_of: _Named) -> tuple[str, ...]:
    if unit is None:
        return ()
    told = (
        "a case is open" if unit.has_case else "",
        f"action for {', '.join(map(name_of, unit.owners))}" if unit.owners else "",
        _WAITING.get(unit.verification, ""),
    )
    return tuple(filter(None, told))


def _legend(signs: Iterable[Sign]) -> str:
    return f"Signs: {', '.join(f'{sign.letter} {sign.word}' for sign in signs)}."


_ATTENTION = "With a ! behind it, something keeps the unit from standing so: the last column says what."
