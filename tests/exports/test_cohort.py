"""A cohort on one page: pictures say in letters, figures and words what they show, and nothing in them is markup."""

from __future__ import annotations

from datetime import date

from lxml import etree  # type: ignore[import-untyped]  # it has no types

from markterm.domain.record.states import UnitState, VerificationState
from markterm.domain.reports.report import Column, Report, Row, Shape
from markterm.domain.views.caseload import CaseloadRow, UnitProgress
from markterm.domain.views.tracking import Turn
from markterm.exports.document.cohort import (
    Cohort,
    cohort_page,
    days_to_outcome,
    referrals_by_criterion,
    states_by_unit,
)
from markterm.exports.document.model import Picture
from markterm.exports.html.render import render as as_html
from markterm.exports.markdown.render import render as as_markdown
from markterm.exports.picture.bars import Bar, Bars, Look, Part, bars_as_svg
from markterm.exports.table.matrix import Tracked, by_unit, unit_sign

_TODAY = date(2026, 3, 31)
_TURNS = (
    Turn(1, date(2026, 3, 1), date(2026, 3, 8), "pass"),
    Turn(1, date(2026, 3, 1), date(2026, 3, 9), "refer"),
    Turn(2, date(2026, 1, 1), date(2026, 2, 27), "pass"),
    Turn(1, date(2026, 3, 29), None, ""),
    Turn(1, None, date(2026, 3, 9), "pass"),
)
_COLUMNS = tuple(
    Column(name, name, Shape.TEXT if name in ("unit", "criterion") else Shape.COUNT)
    for name in ("unit", "criterion", "decided", "referred")
)


def _report(*rows: tuple[str, str, int, int]) -> Report:
    made = tuple(Row(cells, lambda: iter(())) for cells in rows)
    return Report("referrals", "Referrals", _COLUMNS, made, (), ("One record is incomplete.",))


def _unit(code: str, state: UnitState, *, stale: int = 0, conflicts: int = 0) -> UnitProgress:
    return UnitProgress(code, state, 0, 0, 3, stale=stale, conflicts=conflicts)


def _cohort() -> Cohort:
    units = [
        _unit("500", UnitState.CLOSED_PASS),
        _unit("500", UnitState.CLOSED_PASS),
        _unit("500", UnitState.CLOSED_PASS, stale=1),
        _unit("500", UnitState.MARKING),
        _unit("501", UnitState.CLOSED_REFER),
        _unit("501", UnitState.MARKING, conflicts=1),
    ]
    report = _report(("500", "1.1", 4, 1), ("500", "1.2", 4, 0), ("501", "2.1", 2, 2))
    return Cohort(4, units, _TURNS, report, {}, _TODAY)


def test_a_unit_that_does_not_stand_as_it_was_closed_is_no_pass() -> None:
    shown, left = states_by_unit(_cohort())
    counts = {bar.name: {part.letter: part.count for part in bar.parts if part.count} for bar in shown.bars}
    assert counts == {"500": {"P": 2, "!": 1, "M": 1}, "501": {"R": 1, "!": 1}}
    assert left == 0


def test_a_pass_that_its_verifier_does_not_agree_to_is_no_pass_in_cohort_and_matrix() -> None:
    unit = _unit("500", UnitState.CLOSED_PASS)._replace(verification=VerificationState.NOT_AGREED)
    shown, _ = states_by_unit(Cohort(1, [unit], _TURNS, _report(), {}, _TODAY))
    (bar,) = shown.bars
    assert [(part.letter, part.count) for part in bar.parts if part.count] == [("!", 1)]
    assert unit_sign(unit).letter == "P!"
    row = CaseloadRow("AAA1", "AAA1", "Ann", units=(unit,))
    table, _ = by_unit([Tracked(row, ())], str)
    assert next(iter(table.rows()))[-1] == "500: not agreed by its verifiers"


def test_the_most_referred_come_first_and_what_was_not_referred_has_no_bar() -> None:
    shown, _ = referrals_by_criterion(_cohort().referrals)
    assert [(bar.name, bar.said) for bar in shown.bars] == [("501 2.1", "2 of 2, 100%"), ("500 1.1", "1 of 4, 25%")]


def test_what_has_no_room_is_counted() -> None:
    report = _report(*((f"{number}", "1.1", 2, 1) for number in range(20)))
    shown, left = referrals_by_criterion(report)
    assert len(shown.bars) + left == 20
    assert left
    cohort = Cohort(1, [], (), report, {}, _TODAY)
    assert f"And {left} more" in as_markdown(cohort_page(cohort, (), "", ()))


def test_days_are_counted_from_the_submission_to_the_outcome_and_the_rest_is_said() -> None:
    shown, _ = days_to_outcome(_TURNS)
    assert [bar.parts[0].count for bar in shown.bars] == [1, 1, 0, 0, 0, 1]
    page = as_markdown(cohort_page(_cohort(), (), "", ()))
    assert "Half of them took 8 days or less." in page
    assert "1 attempt submitted and without an outcome; the oldest for 2 days." in page
    assert "1 outcome not counted" in page
    assert "One record is incomplete." in page


def test_a_picture_says_in_words_all_that_it_shows() -> None:
    (states, *_) = [block for block in cohort_page(_cohort(), (), "", ()).blocks if isinstance(block, Picture)]
    for words in ("500: 2 pass; 1 being marked; 1 to look at", "501: 1 refer; 1 to look at", "4 learners"):
        assert words in states.text
        assert sum(words in line for line in states.lines) == 1
    root = etree.fromstring(states.svg.encode())
    assert root.findtext("{*}desc") == states.text
    assert [root.get("role"), bool(root.findtext("{*}title"))] == ["img", True]


def test_no_text_in_a_picture_is_markup_or_runs() -> None:
    hostile = '"><script>alert(1)</script>&lt;\x00'
    svg = bars_as_svg(Bars(hostile, (Bar(hostile, (Part(hostile, hostile, 3, Look.BAD),), hostile),)), "a")
    root = etree.fromstring(svg.encode())
    assert {etree.QName(each).localname for each in root.iter()} <= {
        *("svg", "title", "desc", "defs", "pattern", "rect", "path", "circle", "text", "tspan"),
    }
    assert not any(name.startswith("on") or "href" in name for each in root.iter() for name in each.attrib)


def test_in_html_the_pictures_are_inline_each_with_names_of_its_own() -> None:
    page = as_html(cohort_page(_cohort(), (("Centre", "A college"),), "", ("Incomplete.",)))
    assert page.count("<svg ") == 3
    assert len({part.split('"')[0] for part in page.split(' id="')[1:]}) == page.count(' id="')
    assert "Incomplete." in page


def test_a_cohort_of_which_nothing_is_known_says_so() -> None:
    page = as_markdown(cohort_page(Cohort(0, [], (), _report(), {}, _TODAY), (), "", ()))
    for words in ("Nobody is on a unit.", "Nothing was referred.", "No attempt that was submitted has an outcome yet."):
        assert words in page
