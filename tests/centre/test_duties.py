"""What one member has to do, one by one: what is overdue first, then what came back, and nothing of anybody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from markterm.centre.centre import Centre
from markterm.centre.duties import Duty, DutyKind
from markterm.domain.record.bodies.developing import CpdDone, CpdPlanned, CpdStep
from markterm.domain.record.event import Result
from markterm.domain.rules.answering import Said
from markterm.own.places import Places

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def listed(centre: Centre, member: str) -> list[tuple[str, str, str]]:
    centre.caseload.now()
    return [(each.kind.value, each.criterion, each.text) for each in centre.duties.of(member)]


def test_what_is_overdue_comes_first_then_what_came_back_and_all_of_it_ends(path: Path, places: Places) -> None:
    time = [NOW]
    centre = Centre.open(path, member="asha", places=places, clock=lambda: time[0])
    for number in ("1.1", "1.2", "2.1"):
        centre.marking.mark("AAA1", "T-101", number, Result.PASS, "Fine.")
    centre.attempts.declare("AAA1", "e-mail")
    centre.closings.close("AAA1", "T-101", "All there.")
    centre.act_as("ines")
    centre.verification.sample("AAA1", "T-101", "routine")
    centre.verification.verify("AAA1", "T-101", Said(agreed=("1.1",), not_agreed={"1.2": "No pot."}))
    soon = centre.actions.today + timedelta(days=1)
    centre.actions.set("AAA1", "T-101", "Look again.", owner="", due=soon, criterion="1.2")
    centre.actions.set("AAA1", "T-102", "Tell the others.", owner="ben", due=soon)
    came_back, action = ("came back", "1.2", "No pot."), ("action", "1.2", "Look again.")
    report = ("report", "", "by ines: ✗ does not agree to 1.2; agrees to 1.1")
    assert listed(centre, "asha") == [came_back, action, report]
    assert listed(centre, "ben") == [("action", "", "Tell the others.")]
    assert listed(centre, "ines") == []
    time[0] += timedelta(days=2)
    assert listed(centre, "asha") == [action, came_back, report]
    late: Duty = centre.duties.of("asha")[0]
    assert (late.kind, late.is_overdue(centre.duties.today)) == (DutyKind.ACTION, True)
    centre.act_as("asha")
    centre.actions.acknowledge("AAA1", "T-101")
    centre.closings.reopen("AAA1", "T-101", "not agreed")
    centre.marking.mark("AAA1", "T-101", "1.2", Result.REFER, "Show the pot.")
    centre.actions.do("AAA1", "T-101", "", "Looked.")
    assert listed(centre, "asha") == []
    centre.close_down()


def test_cpd_that_is_planned_is_a_members_to_do_and_overdue_after_its_day_until_it_is_done_or_they_left(
    path: Path, places: Places
) -> None:
    time = [NOW]
    centre = Centre.open(path, member="ines", places=places, clock=lambda: time[0])
    ben = centre.development.person("ben")
    by = centre.development.today + timedelta(days=1)
    item = centre.development.plan(ben, CpdPlanned(CpdStep.PLANNED, "Leaves", "a course", by, "the certificate"))
    assert listed(centre, "ben") == [("CPD", "", "Leaves: a course")]
    assert listed(centre, "asha") == []
    assert centre.due.now().words == ()
    time[0] += timedelta(days=2)
    assert centre.due.now().words == ("CPD overdue: ben",)
    assert centre.due.now().overdue == ("1 item of CPD overdue",)
    assert centre.duties.of("ben")[0].is_overdue(centre.duties.today)
    toml = (path / "centre.toml").read_text("utf-8")
    (path / "centre.toml").write_text(toml.replace('id = "ben"', 'id = "another"'), "utf-8")
    without_ben = Centre.open(path, member="ines", places=places, clock=lambda: time[0])
    assert "CPD overdue: ben" not in without_ben.due.now().words
    without_ben.close_down()
    centre.development.done(ben, CpdDone("", centre.development.today, "the certificate"), item.uid)
    assert (listed(centre, "ben"), centre.due.now().words) == ([], ())
    centre.close_down()
