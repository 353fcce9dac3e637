"""The demo: every state is there, made by events, on working days of the past, and nothing in it is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.demo.centre import is_demo, make_demo
from markterm.demo.developing import LEARNER, PROFILE
from markterm.demo.graded import HALF_WAY as HALF_WAY_GRADED
from markterm.demo.graded import WITH_MERIT
from markterm.demo.notes import CITED, NOTES, ROSALIND
from markterm.demo.outside import CANVAS, FORM, REGISTER, SUBMISSIONS, TO_TRY, UNIT, WORKSHEET
from markterm.domain.assessed.assignment import Cell
from markterm.domain.assessed.level import Level
from markterm.domain.assessed.member import STAFF, Role
from markterm.domain.record.bodies.retaining import What
from markterm.domain.record.decision import Decision
from markterm.domain.record.event import OF_A_LEARNER, Event, Kind, Result
from markterm.domain.record.programme import passed
from markterm.domain.record.self_ratings import Change
from markterm.domain.record.states import CriterionState, UnitState
from markterm.domain.rules.attempt import attempts
from markterm.domain.sampling.agreement import agreement
from markterm.domain.sampling.risk import own_ratings
from markterm.domain.standards.gap import GapState
from markterm.domain.views.caseload import CaseloadRow
from markterm.domain.views.due import Person, Step
from markterm.domain.views.graded import aims_told
from markterm.domain.words.errors import WrongUse
from markterm.evidence.folder import EvidenceKind
from markterm.evidence.text.passages import find_again
from markterm.sheets.lint import check
from tests.centres import places_in

NOW = datetime(2026, 6, 7, 21, 30, tzinfo=UTC)
"""A Sunday night."""
ROSALIND_JONES = "JON2041"
NGOZI_EZE = "EZE2765"
IN_ONE_ASSIGNMENT, HALF_WAY = "NOW1870", "SOR4415"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    """The demo, made once for all these tests, which only look."""
    folder = tmp_path_factory.mktemp("demo")
    make_demo(folder / "demo", places_in(folder), NOW)
    centre = Centre.open(folder / "demo", places=places_in(folder))
    yield centre
    centre.close_down()


@pytest.fixture(scope="module")
def rows(demo: Centre) -> dict[str, CaseloadRow]:
    """Its caseload by registration."""
    return {row.registration: row for row in demo.caseload.now()}


def events(demo: Centre) -> list[tuple[Event, ...]]:
    """The events of each learner."""
    return [demo.history.of(folder) for folder in demo.folder.learner_folders()]


def test_there_are_two_of_each_role_an_assessor_who_may_not_mark_everything_and_one_in_training(demo: Centre) -> None:
    members = demo.details.members
    assert all(sum(role in member.roles and not member.training for member in members) == 2 for role in STAFF)
    codes = set(demo.sheets.units.units)
    assert [set(member.units) == codes for member in members if Role.ASSESSOR in member.roles] == [True, False, False]
    assert [member.id for member in members if member.training] == ["tia"]


def test_a_resubmission_is_half_marked(demo: Centre) -> None:
    shown = demo.learners.portfolio("THA1187")
    (unit,) = shown.units
    record = shown.portfolio.unit(unit.key)
    assert (record.attempt, record.closing) == (2, None)
    assert [c.number for c in unit.criteria if record.criterion(c.number).state is CriterionState.RESUBMITTED] == [
        "3.3"
    ]
    first, second = attempts(unit, shown.portfolio)
    assert first.referred == ("2.2", "3.1", "3.3")
    assert second.changes is not None
    assert second.changes.added == ("C Thackray-THA1187-012345-500(2).txt",)
    assert shown.portfolio.declared(unit.key) is not None


def test_a_decision_in_training_is_countersigned_and_another_waits(demo: Centre) -> None:
    shown = demo.learners.portfolio("MUR0746")
    record = shown.portfolio.unit(shown.unit("503").key)
    made = [record.criterion(number).decision for number in ("1.1", "1.2")]
    assert [(each.actor, each.countersigned_by) for each in made if each is not None] == [("tia", "ben"), ("tia", "")]


def test_feedback_of_a_sampled_unit_waits_for_its_verification(demo: Centre, tmp_path: Path) -> None:
    ben = Centre.open(demo.folder.path, member="ben", places=places_in(tmp_path))
    draft = ben.feedback.draft("BRA0952", "8580-500")
    assert draft.refusal is not None
    assert "verif" in draft.refusal.what
    assert draft.released is None


def test_nothing_in_it_is_wrong(demo: Centre, rows: dict[str, CaseloadRow]) -> None:
    assert check([demo.folder.mark_sheets, demo.folder.learners]) == ()
    found = [(audit.record, each.code) for audit in demo.audits.every() for each in audit.findings]
    assert found == [("MUR0746", "MR45")], "a badge of hers is to be revoked, and nobody did"
    assert {row.problem for row in rows.values()} == {""}
    assert len(rows) == 18, "README and help say how many"
    assert all(demo.learners.portfolio(registration).missing == () for registration in rows)


def test_a_unit_is_in_every_state_and_someone_waits_for_each(rows: dict[str, CaseloadRow]) -> None:
    states = {unit.state for row in rows.values() for unit in row.units}
    assert states == set(UnitState) - {UnitState.CLOSED_DISTINCTION}, "the graded unit is closed once, with a merit"
    due = {each.person for row in rows.values() for each in row.due}
    assert due == set(Person)
    steps = {each.step for row in rows.values() for each in row.due}
    assert steps == set(Step) - {Step.MEND, Step.RESUBMIT, Step.LOOK, Step.VERIFY_BRIEF}
    assert any(not unit.due for row in rows.values() for unit in row.units), "a unit that is told waits for nobody"
    assert {"8580-CERT", "8580-DIP", "MTE-AWARD"} == {code for row in rows.values() for code in row.qualifications}
    assert len({row.site for row in rows.values()}) == 2


def test_every_turn_that_marking_can_take_is_there(demo: Centre, rows: dict[str, CaseloadRow]) -> None:
    kinds = {event.kind for each in events(demo) for event in each}
    # No sheet says something else by now, no registration was wrong, nobody who closes has a key, and nobody left.
    # Nothing is held, evidence that may go waits for two people, and what was handed in lies there from the start.
    none_there = {Kind.CARRIED, Kind.RENAMED, Kind.SIGNED, Kind.HOLD, Kind.EVIDENCE_DESTROYED}
    none_there |= {Kind.LEFT, Kind.RECEIVED}
    assert kinds == OF_A_LEARNER - none_there
    assert any(unit.conflicts for row in rows.values() for unit in row.units)
    declarations = [demo.learners.portfolio(registration).portfolio.declaration for registration in rows]
    assert {None if each is None else each.refuses_use for each in declarations} == {None, False, True}
    folders = {folder: demo.evidence.listed(folder).files for folder in demo.folder.learner_folders()}
    started = {folder for folder in folders if demo.history.of(folder)}
    assert any(not files for files in folders.values())
    assert {folder for folder, files in folders.items() if files} - started
    assert all(folders[folder] for folder in started)


def test_of_the_centres_own_course_a_badge_stands_and_another_is_to_be_revoked(
    demo: Centre, rows: dict[str, CaseloadRow]
) -> None:
    badges = {registration: unit.badge for registration, row in rows.items() for unit in row.units if unit.badge}
    assert badges == {"RAM3310": "issued", "MUR0746": "to be revoked", "ADE3117": "offered"}
    assert [each.fault for registration in badges for each in demo.badges.of(registration)] == [""] * 3


def test_one_learner_is_late_with_what_they_planned_to_learn(rows: dict[str, CaseloadRow]) -> None:
    assert [registration for registration, row in rows.items() if row.cpd_overdue(NOW.date())] == ["RAM3310"]


def test_an_action_is_accepted_another_is_done_and_one_is_overdue(demo: Centre) -> None:
    found = [each.action for each in demo.actions.of(NGOZI_EZE)]
    assert sorted(each.in_words(NOW.date()) for each in found) == ["accepted", "done", "overdue"]
    assert [each.action.in_words(NOW.date()) for each in demo.actions.of("THA1187")] == ["open"]
    record = demo.learners.portfolio(NGOZI_EZE).portfolio.unit(demo.sheets.units.units["8580-500"].key)
    (decision,) = record.criterion("2.1").standing
    assert decision.amended in {each.uid for each in record.after.verifications}
    assert any(record.after.acknowledged(each.uid) for each in record.after.verifications)


def test_a_case_is_closed_and_another_is_open(demo: Centre) -> None:
    states = {each.case.state for learner in ("FEA2290", "OKA2218") for each in demo.cases.of(learner)}
    assert states == {"closed, agreed", "open"}


def test_the_whole_centre_has_a_standardisation_an_observation_a_verified_brief_and_a_rating(demo: Centre) -> None:
    meeting, waiting = demo.standardisation.every()
    assert [each.percent for each in agreement(meeting)] == [100, 67]
    assert [each.differed for each in agreement(meeting)] == [(), ("ben",)]
    assert ([*waiting.views], waiting.may_see("asha")) == (["ben"], False)
    assert [each.action.in_words(NOW.date()) for each in demo.centre_actions.every()] == ["open"] * 2
    assert {each.state for each in demo.observations.every()} == {"recorded", "planned"}
    assert [each.assignment for each in demo.briefs.every() if each.may_be_issued] == ["8580-IA-CERT"]
    assert set(own_ratings(demo.recorder.of_centre())) == {("ben", "8580-500")}
    assert not any(each.is_overdue(NOW.date()) for each in demo.observations.every())


def test_a_sampling_plan_is_adopted_says_why_and_has_a_day_that_was_set_by_hand(demo: Centre) -> None:
    (plan,) = demo.plan.every()
    first, last = plan.period
    assert first < NOW.date() < last
    assert {sample.verifier for sample in plan.samples.values()} == {"ines", "viktor"}
    assert all(sample.because for sample in plan.samples.values())
    assert [each.said.why for each in plan.changes] == ["With the visit to the depot."]
    shown = demo.learners.portfolio("RAM3310")
    assert shown.portfolio.unit(shown.unit("500").key).is_sampled


def test_a_conflict_names_two_assessors_who_had_not_seen_each_other(demo: Centre) -> None:
    portfolio = demo.learners.portfolio("GUE3342").portfolio
    (standing,) = (
        record.standing
        for unit in portfolio.units.values()
        for record in unit.criteria.values()
        if len(record.standing) > 1
    )
    assert {decision.actor for decision in standing} == {"asha", "ben"}
    assert {decision.result for decision in standing} == {"pass", "refer"}


def test_every_event_is_of_a_working_day_before_now_and_later_than_the_one_before(demo: Centre) -> None:
    for each in events(demo):
        moments = [event.at for event in each]
        assert moments == sorted(set(moments))
        for moment in moments:
            assert NOW - timedelta(days=230) < moment < NOW
            assert moment.weekday() < 5
            assert 8 <= moment.hour <= 17


def test_the_full_portfolio_waits_for_the_assessor_with_one_unit_fully_open(
    demo: Centre, rows: dict[str, CaseloadRow]
) -> None:
    files = demo.evidence.listed(ROSALIND_JONES).files
    assert len(files) >= 12
    kinds = {EvidenceKind.MARKDOWN, EvidenceKind.TEXT, EvidenceKind.CONVERTED}
    assert {file.kind for file in files} == kinds
    row = rows[ROSALIND_JONES]
    assert row.waits_for(Step.MARK)
    assert {unit.code: unit.decided for unit in row.units} == {"8580-500": 13, "8580-501": 4, "8580-503": 0}


def test_what_decisions_of_the_full_portfolio_rest_on_is_in_its_files(demo: Centre) -> None:
    files = {file.name: file for file in demo.evidence.listed(ROSALIND_JONES).files}
    cited = {
        (key.code, number): [citation.passage for citation in record.citations]
        for key, unit in demo.learners.portfolio(ROSALIND_JONES).portfolio.units.items()
        for number, record in unit.criteria.items()
        if record.citations
    }
    assert cited.keys() == CITED.keys()
    for place, (passage,) in cited.items():
        assert CITED[place][1] in passage.quote
        assert find_again(demo.evidence.read(files[passage.file]), passage) is not None


def decisions(demo: Centre, registration: str) -> dict[Cell, Decision]:
    """What stands of each decided criterion of a learner."""
    return {
        Cell(key.code, number): record.standing[0]
        for key, unit in demo.learners.portfolio(registration).portfolio.units.items()
        for number, record in unit.criteria.items()
        if record.standing
    }


def test_the_assignments_and_qualifications_that_ship_are_in_it(demo: Centre) -> None:
    assert {"8580-IA-CERT", "8580-IA-DIP", "8580-IA-500-503"} == demo.sheets.assignments.by_code.keys()
    assert {"8580-CERT", "8580-DIP", "MTE-AWARD"} == demo.sheets.qualifications.by_code.keys()
    assert demo.sheets.assignments.findings == demo.sheets.qualifications.findings == ()


def test_two_learners_are_on_the_integrated_assignment_and_each_decision_is_made_in_the_task_for_it(
    demo: Centre, rows: dict[str, CaseloadRow]
) -> None:
    learners = {registration for registration in rows if demo.learners.named(registration).assignments}
    assert learners == {IN_ONE_ASSIGNMENT, HALF_WAY}
    for registration in learners:
        (assignment,) = demo.learners.portfolio(registration).assignments
        for cell, decision in decisions(demo, registration).items():
            assert decision.occasion.assignment == assignment.code
            assert assignment.deciding_task(cell) == assignment.task(decision.occasion.task or 0)


def test_units_of_an_assignment_come_out_separately(demo: Centre, rows: dict[str, CaseloadRow]) -> None:
    states = {unit.code: unit.state for unit in rows[IN_ONE_ASSIGNMENT].units}
    assert states == {
        "8580-500": UnitState.CLOSED_PASS,
        "8580-501": UnitState.CLOSED_REFER,
        "8580-503": UnitState.CLOSED_PASS,
    }
    (certificate,) = demo.learners.progress(IN_ONE_ASSIGNMENT)
    assert (certificate.credits, [unit.code for unit in certificate.missing]) == (8, ["8580-501"])


def test_half_of_an_assignment_is_marked_by_task_and_some_of_it_at_once(
    demo: Centre, rows: dict[str, CaseloadRow]
) -> None:
    row = rows[HALF_WAY]
    assert (row.decided, row.criteria) == (16, 32)
    made = decisions(demo, HALF_WAY)
    assert {decision.occasion.task for decision in made.values()} == {1, 2, 3, 4}
    assert {decision.result for decision in made.values()} == {"pass", "refer"}
    (batch,) = {decision.occasion.batch for decision in made.values()} - {""}
    assert len(demo.learners.portfolio(HALF_WAY).portfolio.batch(batch)) == 4


def test_a_learner_moved_to_the_diploma_and_keeps_what_both_count(demo: Centre) -> None:
    shown = demo.learners.portfolio(NGOZI_EZE)
    assert shown.learner.qualifications == ("8580-DIP",)
    assert [unit.code for unit in shown.units] == ["8580-500", "8580-502", "8580-503", "8580-501"]
    assert passed(shown.portfolio) == {"8580-500", "8580-501", "8580-503"}
    (diploma,) = demo.learners.progress(NGOZI_EZE)
    assert [unit.code for unit in diploma.counted] == ["8580-500", "8580-503"]
    assert (diploma.credits, diploma.needed) == (8, 37)


def test_there_is_a_note_for_each_criterion_of_each_unit(demo: Centre) -> None:
    for code in NOTES:
        unit = demo.sheets.units.units[code]
        numbers = [criterion.number for criterion in unit.criteria]
        assert list(NOTES[code]) == numbers
        assert set(ROSALIND.get(code, ())) <= set(numbers)
    notes = [note for unit_notes in NOTES.values() for pair in unit_notes.values() for note in pair]
    assert len(set(notes)) == len(notes)
    assert all(notes)


def test_one_learner_is_half_way_through_a_graded_unit_and_one_closed_it_with_a_merit(demo: Centre) -> None:
    closed, begun = demo.learners.portfolio(WITH_MERIT), demo.learners.portfolio(HALF_WAY_GRADED)
    unit = closed.unit("301")
    assert {criterion.level for criterion in unit.criteria} == set(Level)
    assert list(unit.aims) == ["A", "B", "C"]
    told = aims_told(unit, closed.portfolio.unit(unit.key))
    assert told == "A merit, B merit, C merit"
    record = begun.portfolio.unit(unit.key)
    assert record.closing is None
    assert {each.state.value for each in record.criteria.values()} == {"pass", "refer", "not achieved"}


def test_it_knows_itself_and_is_not_made_over_anything(demo: Centre, tmp_path: Path) -> None:
    assert is_demo(demo.folder.path)
    assert not is_demo(tmp_path)
    assert not is_demo(tmp_path / "nowhere")
    with pytest.raises(WrongUse, match="There is a centre already"):
        make_demo(demo.folder.path, places_in(tmp_path), NOW)


def test_the_referred_learner_was_submitted_and_hands_in_again_so_that_differences_can_be_tried(demo: Centre) -> None:
    shown = demo.learners.portfolio(IN_ONE_ASSIGNMENT)
    record = shown.portfolio.unit(shown.unit("501").key)
    assert record.closing is not None
    assert record.closing.outcome is Result.REFER
    assert record.submission is not None
    (change,) = demo.attempts.since_submitted(IN_ONE_ASSIGNMENT).items()
    assert change[0] == "8580-501"
    demo.act_as("asha")
    try:
        coming = demo.attempts.coming(IN_ONE_ASSIGNMENT, ("8580-501",))
    finally:
        demo.member = None
    assert {code: each.attempt for code, each in coming.items()} == {"8580-501": 2}


def test_a_section_and_a_task_are_commented_on_and_their_sheets_say_so(demo: Centre) -> None:
    section = demo.learners.portfolio("BRA0952").portfolio.comments
    task = demo.learners.portfolio("NOW1870").portfolio.comments
    assert [(each.section.outcome, each.actor) for each in section] == [(2, "asha")]
    assert [(each.section.assignment, each.section.task) for each in task] == [("8580-IA-CERT", 2)]
    assert any(
        "the talk holds together" in str(block)
        for block in demo.printed.combined_sheet("NOW1870", "8580-IA-CERT").blocks
    )


def test_whom_the_examples_name_is_there(demo: Centre) -> None:
    top = Path(__file__).parents[2]
    pages = [
        top / "README.md",
        *(top / "docs" / name for name in ("commands.md", "verifying.md", "centre.md", "standards.md")),
    ]
    told = re.sub(r"\s+", " ", " ".join(page.read_text("utf-8") for page in pages))
    acting = {*re.findall(r" --as ([a-z]+)\b(?=[` ])", told)} - {"and"}
    assert len(acting) > 3
    assert acting <= {member.id for member in demo.details.members}
    marked = {*re.findall(r"\b([A-Z]{3}\d{4})(?: --assignment)? (8580-IA-\w+)", told)}
    assert marked
    for registration, assignment in marked:
        assert assignment in demo.learners.named(registration).assignments


def test_a_certificate_came_long_ago_so_that_its_evidence_may_go(demo: Centre) -> None:
    demo.caseload.now()
    kept = [*demo.retention.of_everybody()]
    assert [each.registration for each in kept if each.may_go(What.EVIDENCE, NOW.date())] == ["OBR0377"]
    assert not any(each.may_go(What.RECORD, NOW.date()) for each in kept)


def test_a_learner_is_ready_to_claim(demo: Centre) -> None:
    demo.caseload.now()
    every = [of for of in demo.claims.of_each(row.registration for row in demo.caseload.rows) if of is not None]
    ready = {of.learner.registration for of in every if any(each.is_ready for each in of.claimables)}
    assert ready == {"FEA2290"}


def test_the_form_to_try_has_a_place_for_everything_of_its_unit(demo: Centre) -> None:
    form = demo.exports.forms.read(demo.folder.path / TO_TRY / FORM, UNIT)
    assert form.is_complete
    assert form.without_place() == ()
    assert {each.label for each in form.reading.left} == {"Signature", "Verification comments"}  # These are said once.


def test_what_canvas_gave_out_to_try_goes_round(demo: Centre) -> None:
    export = demo.exports.canvas.of(UNIT, demo.folder.path / TO_TRY / CANVAS, {})
    assert "3 feedback files" in export.pieces[0].what


def test_the_register_to_try_has_a_line_of_each_kind(demo: Centre) -> None:
    found = demo.registering.look(demo.registering.read(demo.folder.path / TO_TRY / REGISTER).entries)
    assert [each.verdict.value for each in found] == ["new", "new", "changed", "bad", "bad"]


def test_what_moodle_gave_out_to_try_goes_round(demo: Centre) -> None:
    folder = demo.folder.path / TO_TRY
    export = demo.exports.moodle.of(UNIT, folder / WORKSHEET, folder / SUBMISSIONS, {})
    assert [str(piece.path) for piece in export.pieces] == [WORKSHEET, "feedback.zip"]
    assert "3 outcomes" in export.pieces[0].what
    assert [each.what for each in export.left_out if each.why == "nobody of this centre"] == [
        "Participant 410001 (Test Student)"
    ]


def test_a_role_profile_has_gaps_and_whoever_said_twice_how_far_they_are_has_a_plan_for_some(demo: Centre) -> None:
    wanted = demo.profiles.wanted(PROFILE)
    learner = demo.development.person(LEARNER)
    told, found = demo.development.of(learner), demo.development.gap(learner, wanted)
    days = sorted({said.on for _, said in told.scans})
    assert (days[-1] - days[0]).days == 183
    assert {each.change for each in found.statements if each.said} >= {Change.UP, Change.SAME}
    assert {GapState.NONE, GapState.GAP} <= found.counts.keys()
    assert found.not_planned
    assert len(found.not_planned) < len(found.gaps)
    staff = demo.development.gap(demo.development.person("asha"), wanted)
    assert {GapState.NONE, GapState.GAP, GapState.NOT_SAID} == staff.counts.keys()
