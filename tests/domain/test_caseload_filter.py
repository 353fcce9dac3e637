"""The filter of the caseload: what each part looks for, and that what is said of units holds of one of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.record.states import UnitState
from markterm.domain.views.caseload import CaseloadRow, UnitProgress
from markterm.domain.views.caseload_filter import (
    CASELOAD_FILTER,
    FILTER_FIELDS,
    filter_rows,
    units_named,
)
from markterm.domain.views.due import Due, Owed, Person, Step
from markterm.domain.words.errors import WrongUse

PASS, REFER, NEW = UnitState.CLOSED_PASS, UnitState.CLOSED_REFER, UnitState.NOT_STARTED
RELEASE, MARK = Due(Step.RELEASE, Person.ASSESSOR), Due(Step.MARK, Person.ASSESSOR)
AGAIN, VERIFY = Due(Step.RESUBMIT, Person.LEARNER), Due(Step.VERIFY, Person.VERIFIER)
OWED = (
    Owed(Step.SETTLE, "Ines", "1.2"),
    Owed(Step.ACT, "ben", "1.2", date(2026, 3, 16)),
    Owed(Step.ACKNOWLEDGE, "Ines"),
)


def unit(
    number: int, state: UnitState, *due: Due, conflicts: int = 0, changed: bool = False, stale: int = 0
) -> UnitProgress:
    done = 0 if state is NEW else 3
    sampled = VERIFY in due
    return UnitProgress(f"8580-{number}", state, done, done, 3, due, conflicts, 0, changed, stale, sampled)


def learner(name: str, *units: UnitProgress, problem: str = "", site: str = "") -> CaseloadRow:
    return CaseloadRow(name.upper(), name.upper(), name, ("8580-CERT",), units, "asha", site, problem)


ROWS = (
    learner("ann", unit(500, PASS)._replace(owed=OWED), unit(501, REFER, AGAIN), site="Leeds"),
    learner("bob", unit(500, REFER, RELEASE), unit(501, PASS, VERIFY), site="York"),
    learner("cas", unit(500, NEW, MARK), unit(501, NEW, MARK, conflicts=1)),
    learner("dee", unit(500, PASS, changed=True), unit(502, PASS, stale=2)),
    learner("eve", problem="Too big"),
    learner("fay", unit(500, PASS)),
)


def names(text: str, today: date = date(2026, 3, 16)) -> str:
    return " ".join(row.name for row in filter_rows(ROWS, text, today))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("unit:501 state:refer", "ann"),
        ("state:refer unit:501", "ann"),
        ("unit:501 state:pass", "bob"),
        ("unit:500 waiting:release", "bob"),
        ("unit:501 waiting:release", ""),
        ("unit:501 -state:pass", "ann cas"),
        ("state:pass waiting:verifier", "bob"),
        ("state:pass -waiting:verifier", "ann dee fay"),
        ("unit:502 unit:501 state:pass", "bob dee"),
        ("-unit:500 state:pass", "bob dee"),
        ("-unit:500 -unit:501", "dee eve"),
        ("-state:pass", "ann bob cas eve"),
        ("waiting:learner", "ann"),
        ("waiting:resubmit", "ann"),
        ("waiting:assessor", "bob cas"),
        ("waiting:re", "ann bob"),
        ("waiting:coordinator", "eve"),
        ("waiting:mend", "eve"),
        ("waiting:nobody", "ann dee fay"),
        ("-waiting:nobody", "ann bob cas eve"),
        ("state:changed", "dee"),
        ("state:stale", "dee"),
        ("state:unfinished", "cas dee"),
        ("unit:502 state:changed", ""),
        ("state:conflict", "cas"),
        ("unit:500 state:conflict", ""),
        ("state:open", "cas"),
        ("state:problem", "eve"),
        ("state:not", "cas"),
        ("sampled:yes", "bob"),
        ("sampled:no unit:501", "ann cas"),
        ("owner:ines", "ann"),
        ("owner:ben unit:501", ""),
        ("owner:in", ""),
        ("site:york", "bob"),
        ("-site:york waiting:assessor", "cas"),
        ("unit: state:", "ann bob cas dee eve fay"),
        ("unit", ""),
        ("bob", "bob"),
        ("502", "dee"),
        ("-502 -ann -eve", "bob cas fay"),
        ("", "ann bob cas dee eve fay"),
    ],
)
def test_what_is_said_of_units_holds_of_one_of_them(text: str, found: str) -> None:
    CASELOAD_FILTER.check(text)
    assert names(text) == found


def test_every_step_and_every_person_is_a_value_to_look_for() -> None:
    assert set(CASELOAD_FILTER.values["waiting"]) == {*Step, *Person, "cpd", "nobody"}
    for value in CASELOAD_FILTER.values["waiting"]:
        CASELOAD_FILTER.check(f"waiting:{value}")


def test_who_has_new_files_is_found_and_the_word_is_offered() -> None:
    CASELOAD_FILTER.check("state:new")
    rows = (replace(learner("ann", unit(500, PASS)), new=2), learner("bob", unit(500, PASS)))
    assert [row.name for row in filter_rows(rows, "state:new")] == ["ann"]


@pytest.mark.parametrize("text", ["waiting:somebody", "state:lost", "sampled:perhaps", "-state:lost", "who:ann"])
def test_a_value_that_finds_nobody_is_refused(text: str) -> None:
    with pytest.raises(WrongUse):
        CASELOAD_FILTER.check(text)


_PARTS = st.sampled_from(
    [
        f"{field}:{value}"
        for field, values in {**dict.fromkeys(FILTER_FIELDS, ()), **CASELOAD_FILTER.values}.items()
        for value in (*values, "501", "leeds")
    ]
)


def test_accents_and_capitals_matter_in_no_part() -> None:
    rows = (learner("Zoë O’Hara", unit(500, NEW), site="Düsseldorf"), learner("bob", unit(500, NEW)))
    for text in ("zoe", "Zoë", "ZOE\u0308", "o'hara", "site:dusseldorf", "SITE:DÜSS", "-bob"):
        assert [row.name for row in filter_rows(rows, text)] == ["Zoë O’Hara"], text


@given(st.lists(_PARTS, max_size=4), st.lists(_PARTS, max_size=3))
def test_the_order_of_the_parts_does_not_matter_and_another_part_lets_no_more_through(
    parts: list[str], turned: list[str]
) -> None:
    parts = [*parts, *(f"-{part}" for part in turned)]
    whole = filter_rows(ROWS, " ".join(parts))
    assert filter_rows(ROWS, " ".join(reversed(parts))) == whole
    fewer = [part for part in parts if not part.startswith("unit:")]
    assert all(row in filter_rows(ROWS, " ".join(fewer)) for row in whole)


@given(_PARTS)
def test_of_one_unit_a_part_holds_or_its_contrary(part: str) -> None:
    single = [row for row in ROWS if len(row.units) < 2]
    found, others = filter_rows(single, part), filter_rows(single, f"-{part}")
    assert sorted(row.name for row in (*found, *others)) == sorted(row.name for row in single)


def test_an_action_is_overdue_from_the_day_after_its_last_one() -> None:
    assert names("state:overdue") == ""
    assert names("state:overdue", date(2026, 3, 17)) == "ann"
    assert names("owner:ben state:over", date(2026, 3, 17)) == "ann"
    assert names("-state:overdue unit:500", date(2026, 3, 17)) == "bob cas dee fay"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", ""),
        ("ann", ""),
        ("site:leeds -eve", ""),
        ("unit:501", "8580-501"),
        ("unit:", ""),
        ("unit:501 unit:500", "8580-500 8580-501"),
        ("state:refer", "8580-501"),
        ("unit:500 state:pass", "8580-500"),
        ("unit:500 state:refer", ""),
        ("-state:pass", "8580-501"),
        ("ann 501", "8580-501"),
        ("8580-cert 500", "8580-500"),
        ("01", ""),
        ("-501", ""),
    ],
)
def test_the_units_that_a_filter_is_about_are_those_of_which_it_holds(text: str, named: str) -> None:
    assert " ".join(sorted(units_named(ROWS[0], text))) == named
