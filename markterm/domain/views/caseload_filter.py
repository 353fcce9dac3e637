"""The filter of the caseload: words and fields that narrow it.

What is said of units is bound to one of them: `unit:501 state:refer` finds whoever has a unit 501 that is referred, and
not whoever has a unit 501 and some referral.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta

from markterm.domain.record.states import CLOSED_PASSED, UnitState, VerificationState
from markterm.domain.views.caseload import CaseloadRow, UnitProgress
from markterm.domain.views.due import TO_MEND, Person, Step
from markterm.domain.views.filter_words import FilterWords
from markterm.domain.words.code import is_code, short_codes
from markterm.domain.words.letters import parts_of_filter, plain

_Test = Callable[[CaseloadRow], bool]
_UnitTest = Callable[[UnitProgress, CaseloadRow], bool]

_PROBLEM = "problem"
_NOBODY = "nobody"
_NO_UNIT = UnitProgress("", UnitState.NOT_STARTED, 0, 0, 0, due=(TO_MEND,))
"""What is looked at of a learner who has no unit: nothing but whom they wait for."""
_LEFT, _NEW = "left", "new"
_NO_UNIT_LEFT = _NO_UNIT._replace(due=())

_OVERDUE = "overdue"
_CPD = "cpd"
"""The learner themselves, with an item of CPD that is overdue."""
_OTHERS = (_NEW, _OVERDUE, _PROBLEM, _LEFT)
_A_WEEK = timedelta(days=7)
_GRADES = [UnitState.CLOSED_MERIT.value, UnitState.CLOSED_DISTINCTION.value]
"""Offered behind the others, for few centres have graded units."""
_UNIT_STATES = {state: state.value.replace(" ", "-") for state in UnitState}
_SIGNS_OF_STATE: Mapping[str, Callable[[UnitProgress], bool]] = {
    "open": lambda unit: unit.decided + unit.higher_open < unit.criteria,
    # Whoever looks for those who passed means those with a merit as well.
    "pass": lambda unit: unit.state in CLOSED_PASSED,
    "conflict": lambda unit: unit.conflicts > 0,
    "uncountersigned": lambda unit: unit.uncountersigned > 0,
    "changed": lambda unit: unit.changed,
    "stale": lambda unit: unit.stale > 0,
    "unfinished": lambda unit: unit.unfinished,
    "claimed": lambda unit: bool(unit.claim),
    "claim-changed": lambda unit: unit.claim_changed,
    "badge-offered": lambda unit: unit.badge == "offered",
    "badge-agreed": lambda unit: unit.badge == "agreed",
    "badge-issued": lambda unit: unit.badge == "issued",
    "badge-to-revoke": lambda unit: unit.badge == "to be revoked",
    "badge-revoked": lambda unit: unit.badge == "revoked",
    "destroyed": lambda unit: unit.destroyed,
    "before-registration": lambda unit: bool(unit.before_registration),
}


def _unit(value: str, _: date) -> _UnitTest:
    # Ten thousand learners are on a few units.
    known: dict[str, bool] = {"": False}

    def test(unit: UnitProgress, _: CaseloadRow) -> bool:
        found = known.get(unit.code)
        if found is None:
            found = known[unit.code] = is_code(value, plain(unit.code))
        return found

    return test


def _state(value: str, today: date) -> _UnitTest:
    states = frozenset(state for state, word in _UNIT_STATES.items() if word.startswith(value))
    signs = [holds for word, holds in _SIGNS_OF_STATE.items() if word.startswith(value)]
    with_problem, overdue, left, new = (word.startswith(value) for word in (_PROBLEM, _OVERDUE, _LEFT, _NEW))

    def test(unit: UnitProgress, row: CaseloadRow) -> bool:
        if unit.code and (unit.state in states or any(holds(unit) for holds in signs)):
            return True
        if (new and row.new) or (left and row.left):
            return True
        return (with_problem and bool(row.problem)) or (overdue and unit.is_overdue(today))

    return test


def _waiting(value: str, today: date) -> _UnitTest:
    steps = frozenset(step for step in Step if step.startswith(value))
    persons = frozenset(person for person in Person if person.startswith(value))
    if _NOBODY.startswith(value):
        return lambda unit, _: not unit.due
    is_cpd = _CPD.startswith(value)

    def test(unit: UnitProgress, row: CaseloadRow) -> bool:
        if is_cpd and row.cpd_overdue(today):
            return True
        return any(each.step in steps or each.person in persons for each in unit.due)

    return test


def _sampled(value: str, _: date) -> _UnitTest:
    # `no` is not the beginning of `not-agreed`.
    words = [value] if value in _SAMPLED else [word for word in _SAMPLED if word.startswith(value)]
    wanted = [word == "yes" for word in words if word in ("yes", "no")]
    states = frozenset(state for state, word in _VERIFICATION.items() if word in words)
    return lambda unit, _: bool(unit.code) and (unit.sampled in wanted or unit.verification in states)


_VERIFICATION = {state: state.value.replace(" ", "-") for state in VerificationState if state.value}
_SAMPLED = ("yes", "no", *_VERIFICATION.values())


def _owner(value: str, _: date) -> _UnitTest:
    return lambda unit, _: any(plain(each.member) == value for each in unit.owed)


def _due(value: str, today: date) -> _UnitTest:
    with suppress(ValueError):
        until = date.fromisoformat(value)
        return lambda unit, _: unit.due_day is not None and unit.due_day <= until
    holds = [test for word, test in _DUE.items() if word.startswith(value)]
    return lambda unit, _: bool(unit.code) and any(test(unit.due_day, today) for test in holds)


_DUE: Mapping[str, Callable[[date | None, date], bool]] = {
    "today": lambda day, today: day is not None and day <= today,
    "overdue": lambda day, today: day is not None and day < today,
    "week": lambda day, today: day is not None and day <= today + _A_WEEK,
    "none": lambda day, _: day is None,
}
"""`today` is what has to be done by then, with what is late: nobody looks for the one without the other."""

_OF_A_UNIT: Mapping[str, Callable[[str, date], _UnitTest]] = {
    "unit": _unit,
    "state": _state,
    "waiting": _waiting,
    "sampled": _sampled,
    "owner": _owner,
    "due": _due,
}
_OF_A_LEARNER: Mapping[str, Callable[[str], _Test]] = {
    "assessor": lambda value: lambda row: plain(row.assessor) == value,
    "qualification": lambda value: lambda row: any(value in plain(code) for code in row.qualifications),
    "site": lambda value: lambda row: value in plain(row.site),
}

FILTER_FIELDS = (*_OF_A_UNIT, *_OF_A_LEARNER)

CASELOAD_FILTER = FilterWords(
    FILTER_FIELDS,
    {
        "state": tuple(sorted(dict.fromkeys((*_UNIT_STATES.values(), *_SIGNS_OF_STATE, *_OTHERS)), key=_GRADES.count)),
        "waiting": (*(person.value for person in Person), *(step.value for step in Step), _CPD, _NOBODY),
        "sampled": _SAMPLED,
        "due": tuple(_DUE),
    },
    frozenset({"due"}),
)
"""What a filter of the caseload knows, whoever is in it."""


def words_among(rows: Iterable[CaseloadRow]) -> FilterWords:
    """The same, with the units, members, qualifications and sites of these learners."""
    rows = tuple(rows)
    codes = {unit.code for row in rows for unit in row.units}
    return CASELOAD_FILTER.with_known(
        {
            "unit": short_codes(codes).values(),
            "owner": {owed.member for row in rows for unit in row.units for owed in unit.owed},
            "assessor": {row.assessor for row in rows},
            "qualification": {code for row in rows for code in row.qualifications},
            # A value has no spaces in it.
            "site": {row.site.split()[0] for row in rows if row.site.strip()},
        }
    )


def names_in(text: str) -> tuple[str, ...]:
    """The words of a filter that are no field: names, or parts of them."""
    return tuple(part for part in text.split() if ":" not in part and not part.startswith("-"))


def filter_rows(rows: Iterable[CaseloadRow], text: str, today: date = date.min) -> Sequence[CaseloadRow]:
    """The rows that every part of the filter lets through; by `today` an action, or an item of CPD, is overdue or not.

    A part is a word looked for in registration, name, qualification, unit and site, or `field:value` for one of
    `FILTER_FIELDS`; a `-` before a part turns it round. Those of `unit`, `state`, `waiting`, `sampled`, `owner` and
    `due` have all to hold of one and the same unit, also those turned round; of several `unit:` any one. A field that
    is not known is a word like any other, and a field without its value yet (it is being typed) lets everything
    through. Who left the course is among them only where `state:left` asks for them.
    """
    return narrowed(list(rows) if asks_for_who_left(text) else [row for row in rows if not row.left], text, today)


def narrowed(rows: Sequence[CaseloadRow], text: str, today: date = date.min) -> Sequence[CaseloadRow]:
    """The same, of rows among which whoever left is only where the filter asks for them; these rows themselves where it
    says nothing."""
    left = rows
    for field, value, turned in _parts(text):
        if field in _OF_A_LEARNER:
            holds = _OF_A_LEARNER[field](value)
            left = [row for row in left if holds(row) is not turned]
        elif not field:
            # Nearly every key that is typed: ten thousand rows are looked through without a call for each.
            left = [row for row in left if (value in row.words) is not turned]
    of_unit = _unit_tests(text, today)
    return [row for row in left if _has_unit(row, of_unit)] if of_unit else left


def units_named(row: CaseloadRow, text: str, today: date = date.min) -> frozenset[str]:
    """The codes of the units of that row that the filter is about: those of which everything holds that it says of
    units, or that a word of it is the code of; none where it is about no unit."""
    tests = _unit_tests(text, today)
    if tests:
        return frozenset(unit.code for unit in row.units if all(test(unit, row) for test in tests))
    words = [value for field, value, turned in _parts(text) if not field and not turned]
    return frozenset(unit.code for unit in row.units if any(is_code(word, plain(unit.code)) for word in words))


def not_shown_in_words(rows: Iterable[CaseloadRow], text: str) -> str:
    """How many of these learners are not shown because they left the course, and the filter does not ask for them:
    `2 who left are not shown`; empty where there is none."""
    away = sum(bool(row.left) for row in rows) if not asks_for_who_left(text) else 0
    return f"{away:,} who left {'is' if away == 1 else 'are'} not shown" if away else ""


def asks_for_who_left(text: str) -> bool:
    """Whether the filter asks for those who left the course."""
    return any(field == "state" and not turned and _LEFT.startswith(value) for field, value, turned in _parts(text))


def _parts(text: str) -> Iterator[tuple[str, str, bool]]:
    """Each part of a filter: its field, empty for a word, what it says, and whether it is turned round. A field without
    its value yet is left out."""
    for part in parts_of_filter(text):
        turned = part.startswith("-") and len(part) > 1
        bare = part[1:] if turned else part
        field, colon, value = bare.partition(":")
        if not colon or field not in FILTER_FIELDS:
            yield "", bare, turned
        elif value:
            yield field, value, turned


def _unit_tests(text: str, today: date) -> list[_UnitTest]:
    """What has to hold of one and the same unit."""
    tests: list[_UnitTest] = []
    named: list[_UnitTest] = []
    for field, value, turned in _parts(text):
        if field in _OF_A_UNIT:
            test = _OF_A_UNIT[field](value, today)
            if turned:
                tests.append(_turned(test))
            else:
                (named if field == "unit" else tests).append(test)
    if len(named) > 1:
        return [lambda unit, row: any(test(unit, row) for test in named), *tests]
    return [*named, *tests]


def _turned(test: _UnitTest) -> _UnitTest:
    return lambda unit, row: not test(unit, row)


def _has_unit(row: CaseloadRow, tests: Sequence[_UnitTest]) -> bool:
    """Whether all of the tests hold of one unit of the learner."""
    for unit in row.units or (_NO_UNIT if not row.left else _NO_UNIT_LEFT,):
        for test in tests:
            if not test(unit, row):
                break
        else:
            return True
    return False
