"""What holds a criterion is said beside it: its brief, and cases."""

from __future__ import annotations

from dataclasses import replace

from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.domain.assessed.assignment import Cell
from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.policy import Policy
from markterm.domain.claims.badging import agree, issue
from markterm.domain.claims.steps import claim
from markterm.domain.record.bodies.cases import CaseAbout
from markterm.domain.record.portfolio import Portfolio, fold
from markterm.domain.rules.act import Act
from markterm.domain.rules.cases import open_case
from markterm.tui.criterion_place import CriterionPlace
from markterm.tui.widgets.held_lines import held_lines
from tests.domain.test_claimable import TODAY, act, both, passed_and_told
from tests.samples import ASSESSOR, AT, LEARNER, UNIT

PLACE = CriterionPlace(UNIT, UNIT.outcomes[0], UNIT.criteria[0])
SHOWN = LearnerPortfolio(Learner(LEARNER, "Rosalind Jones"), (UNIT,), Portfolio())


def told(shown: LearnerPortfolio) -> list[str]:
    return [line.plain for line in held_lines(shown, PLACE)]


def test_a_brief_that_is_not_verified_is_said_at_the_criteria_that_wait_for_it() -> None:
    assert told(SHOWN) == []
    other = frozenset({Cell(UNIT.code, UNIT.criteria[1].number)})
    assert told(replace(SHOWN, held=other)) == []
    held = replace(SHOWN, held=frozenset({Cell(UNIT.code, UNIT.criteria[0].number)}))
    assert told(held) == ["Not marked yet: the brief of its assignment is not verified."]


def test_a_case_is_said_to_hold_or_only_to_be_open() -> None:
    for about, words in ((CaseAbout.MALPRACTICE, "Held by case "), (CaseAbout.COMPLAINT, "Open: case ")):
        act = Act(ASSESSOR, LEARNER, AT, "0123456789abcdef")
        event = open_case(act, Portfolio(), about, "As it was seen.", UNIT, "")
        (line,) = told(replace(SHOWN, portfolio=fold((event,))))
        assert line.startswith(f"{words}01234567, ")
        assert line.endswith(f", opened by {ASSESSOR.id}.")
        assert "As it was seen" not in line


def test_a_badge_is_said_at_the_criteria_of_its_unit_and_that_it_is_to_be_revoked() -> None:
    way = passed_and_told()
    own = replace(UNIT, regulated=False)
    way.events.append(agree(act("agreed"), own, "Rosalind", "e-mail"))
    assert told(replace(SHOWN, portfolio=way.portfolio)) == ["Badge agreed."]
    way.events.append(issue(act("issued"), own, way.portfolio, Policy(), lambda _: "{}"))
    assert told(replace(SHOWN, portfolio=way.portfolio)) == [f"Badge issued on {TODAY}."]
    (line,) = told(replace(SHOWN, portfolio=way.reopen().portfolio))
    assert line == "Badge to be revoked: it was reopened since the badge was issued."


def test_a_claim_is_said_at_the_criteria_of_its_unit_and_what_changed_since() -> None:
    way = passed_and_told()
    way.events.append(claim(act(), both(way)[0], number="17"))
    (line,) = told(replace(SHOWN, portfolio=way.portfolio))
    assert line == f"Claimed, number 17, {TODAY} with 8580-CERT."
    (line,) = told(replace(SHOWN, portfolio=way.reopen().portfolio))
    assert line == f"Claimed, number 17, {TODAY} with 8580-CERT: it was reopened since it was claimed."
