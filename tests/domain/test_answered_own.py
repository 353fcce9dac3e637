"""What an audit finds of actions and cases that somebody wrote by hand: whoever answered for their own work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from markterm.domain.record.answered_own import answered_own
from markterm.domain.record.bodies.actions import Acknowledged, Action, ActionStep
from markterm.domain.record.bodies.body import Body
from markterm.domain.record.bodies.cases import Case, CaseAbout, CaseStep
from markterm.domain.record.bodies.kinds import KINDS
from markterm.domain.record.bodies.verifying import Sampled, Verified
from markterm.domain.record.event import Event, Result, Subject
from markterm.domain.record.who_did_what import Line
from tests.samples import AT, KEY, LEARNER, decision, withdrawal


def step(uid: str, said: Body, actor: str, supersedes: Sequence[str] = ()) -> Event:
    kind = next(kind for kind, form in KINDS.items() if form.body is type(said))
    return Event(uid, kind, LEARNER, AT, actor, "verifier", Subject(KEY), said.write(), tuple(supersedes))


def found(*events: Event) -> list[tuple[str, int]]:
    lines = [Line(number, "x.1", number, event) for number, event in enumerate(events)]
    return [(each.code, each.line.number) for each in answered_own(lines, events)]


MADE = decision("d")
SET = step("set", Action(ActionStep.SET, text="Again.", owner="ov"), "vd")
DONE = step("done", Action(ActionStep.DONE, "set", text="Done."), "ov", ["set"])
ACCEPTED = step("ok", Action(ActionStep.ACCEPTED, "set"), "vd", ["done"])
OPENED = step("case", Case(CaseStep.OPENED, CaseAbout.APPEAL, criterion="1.1", rests_on=("d",)), "cc")
AGAIN = decision("again", actor="ak", result=Result.REFER, note="No.", supersedes=["d"])
SETTLED = step("said", Case(CaseStep.DECIDED, CaseAbout.APPEAL, "case", text="So.", upheld=False), "cc", ["case"])
SIGNED = Event("cs", "countersigned", LEARNER, AT, "ak", "assessor", Subject(KEY, "1.1"), {"decision": "d"})
SUSPECTED = step("bad", Case(CaseStep.OPENED, CaseAbout.MALPRACTICE, criterion="1.1", text="Copied."), "cc")
FOUND = Case(CaseStep.DECIDED, CaseAbout.MALPRACTICE, "bad", text="So.", upheld=True)
VERIFIED = step("v", Verified("c", True), "vd")
READ = step("read", Acknowledged("v"), "jm")
CLOSED = step("shut", Case(CaseStep.CLOSED, CaseAbout.APPEAL, "case"), "cc", ["said"])


def test_what_was_accepted_and_settled_by_others_is_no_finding() -> None:
    assert found(MADE, SET, DONE, ACCEPTED, OPENED, AGAIN, SETTLED, CLOSED) == []
    assert found(MADE) == []
    assert found(MADE, VERIFIED, READ, step("s", Sampled(1, "Routine.", verifier="vd"), "vd")) == []
    # What somebody asks for is no accusation: who decided the unit may agree to an adjustment in it.
    wanted = step("ask", Case(CaseStep.OPENED, CaseAbout.ADJUSTMENT, text="Time."), "cc")
    assert found(MADE, wanted, step("yes", replace(FOUND, about=CaseAbout.ADJUSTMENT, case="ask"), "jm")) == []
    assert found(MADE, SUSPECTED, step("said", FOUND, "cc")) == []
    assert found(decision("o", "1.2"), SUSPECTED, step("said", FOUND, "jm")) == []


@pytest.mark.parametrize(
    ("events", "code"),
    [
        ((MADE, SET, DONE, replace(ACCEPTED, actor="ov")), "MR31"),
        ((MADE, SET, DONE, replace(ACCEPTED, actor="jm")), "MR31"),
        ((MADE, OPENED, replace(AGAIN, actor="jm")), "MR32"),
        ((MADE, OPENED, AGAIN, replace(SETTLED, actor="jm")), "MR32"),
        # Whoever withdraws first what is appealed, or decides over another's, decides again all the same.
        ((MADE, OPENED, replace(AGAIN, actor="jm", supersedes=())), "MR32"),
        ((MADE, OPENED, withdrawal("w", "d")), "MR32"),
        ((MADE, SIGNED, OPENED, replace(AGAIN, actor="ak")), "MR32"),
        ((MADE, SUSPECTED, step("said", replace(FOUND, case="bad"), "jm")), "MR32"),
        ((MADE, SET, replace(DONE, actor="vd")), "MR34"),
        ((MADE, VERIFIED, replace(READ, actor="ak")), "MR35"),
        ((MADE, replace(SET, actor="jm")), "MR36"),
        ((MADE, step("s", Sampled(1, "Routine.", verifier="jm"), "vd")), "MR36"),
    ],
)
def test_whoever_answers_for_their_own_is_found(events: tuple[Event, ...], code: str) -> None:
    assert found(*events) == [(code, len(events) - 1)]


def test_an_action_given_to_another_may_be_accepted_by_whoever_had_it() -> None:
    given = step("given", Action(ActionStep.REASSIGNED, "set", text="ill", owner="jm"), "vd", ["set"])
    done = step("done", Action(ActionStep.DONE, "set", text="Done."), "jm", ["given"])
    assert found(SET, given, done, replace(ACCEPTED, actor="ov")) == []


def test_before_an_appeal_and_after_it_anybody_decides_again() -> None:
    own = replace(AGAIN, actor="jm")
    assert found(MADE, own, OPENED) == []
    assert found(MADE, OPENED, CLOSED, own) == []
    # Of what is not appealed against whoever decides.
    assert found(MADE, OPENED, decision("other", "1.2")) == []
