from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.assessed.known_standards import KnownStandards
from markterm.domain.assessed.mapping import Mapped, Strength, UnitMapping
from markterm.domain.assessed.standard import Standard, Statement, StatementKind, StatementLink
from markterm.domain.assessed.unit import Criterion, LearningOutcome, Unit
from markterm.domain.record.decision import CriterionRecord, Decision
from markterm.domain.record.event import Result
from markterm.domain.record.portfolio import Closing, UnitRecord
from markterm.domain.standards.evidenced import Evidenced, StatementOfLearner, UnitMarked, evidenced


def standard(version: str) -> Standard:
    statements = (
        Statement("D1", StatementKind.DUTY, "tea"),
        Statement("P1", StatementKind.PERFORMANCE, "boil"),
        Statement("P2", StatementKind.PERFORMANCE, "pour"),
    )
    return Standard("TEA01", "Tea", version, statements=statements)


OLD, NEW = standard("1"), standard("2")
KNOWN = KnownStandards.of([OLD, NEW])
UNIT = Unit("A", "A", outcomes=(LearningOutcome(1, "x", (Criterion("1.1", "x"), Criterion("1.2", "y"))),))
P1 = StatementLink("TEA01", "P1")


def decision(result: Result, uid: str = "1") -> Decision:
    return Decision(uid, result, "seen in the log", "asha", datetime(2026, 3, 2, tzinfo=UTC), 1, "x", ())


def told(record: UnitRecord, *mapped: Mapped, version: Standard = OLD) -> StatementOfLearner:
    every = evidenced([UnitMarked(UNIT, record)], [UnitMapping("A", mapped=mapped)], [version], KNOWN)
    assert [each.statement.code for each in every] == ["P1", "P2"]
    return every[0]


def record(**numbers: CriterionRecord) -> UnitRecord:
    return UnitRecord({number.replace("c", "1."): own for number, own in numbers.items()})


def closing(rests_on: str) -> Closing:
    return Closing("c", Result.PASS, "", "asha", datetime(2026, 3, 3, tzinfo=UTC), 1, (rests_on,))


PASSED = CriterionRecord(live=(decision(Result.PASS),), standing=(decision(Result.PASS),))
REFERRED = CriterionRecord(live=(decision(Result.REFER),), standing=(decision(Result.REFER),))


def test_a_passed_criterion_evidences_what_it_is_mapped_to_down_to_the_decision() -> None:
    statement = told(record(c1=PASSED), Mapped("1.1", P1))
    assert statement.state is Evidenced.FULLY
    (shown,) = statement.by
    assert shown.decision is not None
    assert (shown.criterion.number, shown.decision.note, shown.decision.actor) == ("1.1", "seen in the log", "asha")


def test_what_is_open_referred_stale_or_in_a_conflict_evidences_nothing_yet() -> None:
    conflict = CriterionRecord(standing=(decision(Result.PASS), decision(Result.PASS, "2")))
    stale = CriterionRecord(standing=(decision(Result.PASS),), stale=True)
    for own in (CriterionRecord(), REFERRED, conflict, stale):
        statement = told(record(c1=own), Mapped("1.1", P1))
        assert statement.state is Evidenced.WAITS
        assert not statement.by[0].counts


def test_what_does_not_count_says_why() -> None:
    conflict = CriterionRecord(standing=(decision(Result.PASS), decision(Result.PASS, "2")))
    stale = CriterionRecord(standing=(decision(Result.PASS),), stale=True)
    trained = CriterionRecord(standing=(decision(Result.PASS)._replace(in_training=True),))
    told_of = [
        told(record(c1=own), Mapped("1.1", P1)).by[0].why_not
        for own in (CriterionRecord(), REFERRED, replace(REFERRED, attempt=2), conflict, stale, trained)
    ]
    assert told_of == [
        "not decided",
        "referred",
        "handed in again, and not decided anew",
        "two decisions are in conflict",
        "decided on another wording than the sheet's",
        "passed in training, and not countersigned",
    ]


def test_a_pass_made_since_the_unit_was_closed_waits_until_somebody_settles_it() -> None:
    closed = replace(record(c1=PASSED), closing=closing("1"))
    since = replace(record(c1=PASSED), closing=closing("9"))
    assert told(closed, Mapped("1.1", P1)).state is Evidenced.FULLY
    statement = told(since, Mapped("1.1", P1))
    assert statement.state is Evidenced.WAITS
    assert statement.by[0].why_not == "passed since the unit was closed, which nobody has settled"
    assert statement.by[0].unit_words == "unit closed as pass, changed since, not released"


def test_parts_stay_parts_and_a_whole_beside_them_counts() -> None:
    part = Mapped("1.1", P1, Strength.PARTLY)
    other = Mapped("1.2", P1, Strength.PARTLY)
    assert told(record(c1=PASSED, c2=PASSED), part, other).state is Evidenced.PARTLY
    assert told(record(c1=PASSED, c2=PASSED), part, Mapped("1.2", P1)).state is Evidenced.FULLY
    assert told(record(c1=PASSED), part, Mapped("1.2", P1)).state is Evidenced.PARTLY


def test_what_no_unit_of_theirs_covers_is_told_as_that() -> None:
    assert told(record()).state is Evidenced.NOT_COVERED
    assert told(record(c1=PASSED), Mapped("1.1", P1, Strength.NOT)).state is Evidenced.NOT_COVERED


def test_what_was_evidenced_stays_with_the_version_that_it_was_made_against() -> None:
    named = Mapped("1.1", StatementLink("TEA01", "P1", "2"))
    assert told(record(c1=PASSED), Mapped("1.1", P1), version=OLD).state is Evidenced.FULLY
    assert told(record(c1=PASSED), Mapped("1.1", P1), version=NEW).state is Evidenced.NOT_COVERED
    assert told(record(c1=PASSED), named, version=NEW).state is Evidenced.FULLY


@given(st.lists(st.tuples(st.sampled_from(["1.1", "1.2"]), st.sampled_from(["", "1", "2"]), st.sampled_from(Strength))))
def test_a_version_is_evidenced_by_what_is_mapped_to_it_and_by_nothing_else(
    pairs: list[tuple[str, str, Strength]],
) -> None:
    said = {(number, version): strength for number, version, strength in pairs}
    mapped = [Mapped(number, StatementLink("TEA01", "P1", named), how) for (number, named), how in said.items()]
    for version in (OLD, NEW):
        # Of two names of one statement the later row stands.
        stands = {(number, named or "1"): how for (number, named), how in said.items()}
        own = [how for (_, named), how in stands.items() if named == version.version]
        statement = told(record(c1=PASSED, c2=PASSED), *mapped, version=version)
        assert sorted(each.mapped.strength for each in statement.by) == sorted(each for each in own if each.covers)
        assert (statement.state is Evidenced.FULLY) == (Strength.FULLY in own)
        assert (statement.state is Evidenced.NOT_COVERED) == (not any(each.covers for each in own))
