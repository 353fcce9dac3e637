"""What can be exported from where: one line for each thing. The screens offer it by this alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from markterm.centre.centre import Centre
from markterm.centre.export import asked_first
from markterm.centre.export.asked_first import (
    OF_CANVAS,
    OF_DEVELOPMENT,
    OF_FORM,
    OF_INDEX,
    OF_MOODLE,
    OF_PACK,
    OF_SCRIPTS,
    Question,
)
from markterm.centre.export.claims import ClaimsAsked, ClaimsRead
from markterm.centre.export.coverage import FORMS as COVERAGE_FORMS
from markterm.centre.export.matrix import MatrixBy
from markterm.centre.export.retention import RetentionRead
from markterm.centre.export.sheets import Sheet, SheetKind
from markterm.centre.export.shown import OnScreen, Place
from markterm.centre.export.standards import CaseForm
from markterm.centre.export.verification import OF_LEARNERS, Read, Shown
from markterm.exports.export import Export
from markterm.exports.page_form import PageForm
from markterm.exports.table.table_form import TableForm

_PAGES = tuple(form.value for form in PageForm)
_TABLES = tuple(form.value for form in TableForm)
_PACKAGES = tuple(form.value for form in CaseForm)
_SHOWN = {
    Place.QUEUE: Shown.LOG,
    Place.PLAN: Shown.PLAN,
    Place.ACTIONS: Shown.ACTIONS,
    Place.STANDARDISATION: Shown.STANDARDISATION,
}
"""What of internal verification each place shows."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that can be exported: by which command of the command line, in words, from where it is offered, in
    which formats (as the command calls them), what makes the `Export` of what is shown in one of them, and what is
    asked before."""

    command: str
    what: str
    is_of: Callable[[OnScreen], bool]
    formats: tuple[str, ...]
    export: Callable[[Centre, OnScreen, str], Export]
    asks: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that can be exported, in each of its formats: `export` makes it, of what is shown with the answers to
    what it `asks`, in one of them. It reads what it needs, and raises a `MarkTermError`."""

    what: str
    formats: tuple[str, ...]
    export: Callable[[OnScreen, str], Export]
    asks: tuple[Question, ...]


def offered(centre: Centre, shown: OnScreen) -> tuple[Offer, ...]:
    """What can be exported of what is shown."""
    return tuple(
        Offer(line.what, line.formats, partial(line.export, centre), line.asks)
        for line in LINES
        if line.is_of(shown) and (line.command in _FOR_VISIT or not centre.seeing.is_external)
    )


_FOR_VISIT = frozenset({"pack", "audit"})
"""What an external quality assurer takes along."""


def _has_unit(shown: OnScreen) -> bool:
    return bool(shown.unit)


def _has_assignment(shown: OnScreen) -> bool:
    return bool(shown.assignment)


def _has_learners(shown: OnScreen) -> bool:
    return shown.place in {Place.CASELOAD, Place.LEARNER}


def _has_everybody(shown: OnScreen) -> bool:
    return shown.place in {Place.CASELOAD, Place.REPORTS, Place.CLAIMS}


def _is_learner(shown: OnScreen) -> bool:
    return shown.place in {Place.LEARNER, Place.INDEX}


def _is_development(shown: OnScreen) -> bool:
    return shown.place is Place.DEVELOPMENT


def _is_caseload(shown: OnScreen) -> bool:
    return shown.place is Place.CASELOAD


def _shows_scripts(shown: OnScreen) -> bool:
    return shown.place in {Place.QUEUE, Place.PLAN, Place.STANDARDISATION}


def _shows_retention(shown: OnScreen) -> bool:
    return shown.place in {Place.RETENTION, Place.REPORTS}


def _is_feedback(shown: OnScreen) -> bool:
    return shown.place is Place.FEEDBACK


def _is_of_verifying(shown: OnScreen) -> bool:
    return shown.place in _SHOWN


def _is_of_verification(shown: OnScreen) -> bool:
    return shown.place in {*_SHOWN, Place.REPORTS}


def _shows_visits(shown: OnScreen) -> bool:
    return shown.place in {Place.ACTIONS, Place.VISITS, Place.REPORTS, Place.CLAIMS}


def _shows_standards(shown: OnScreen) -> bool:
    return shown.place is Place.STANDARDS


def _shows_coverage(shown: OnScreen) -> bool:
    return shown.coverage is not None


def _has_claims(shown: OnScreen) -> bool:
    return bool(shown.claims)


def _can_claim(shown: OnScreen) -> bool:
    return _has_learners(shown) or _has_claims(shown)


def _unit_sheet(centre: Centre, shown: OnScreen, form: str) -> Export:
    return centre.exports.sheets.of([Sheet(shown.learners[0], shown.unit)], PageForm(form))


def _assignment_sheet(centre: Centre, shown: OnScreen, form: str) -> Export:
    codes = [shown.assignment]
    return centre.exports.sheets.of_learner(shown.learners[0], SheetKind.ASSIGNMENT, codes, PageForm(form))


def _verification_sheet(centre: Centre, shown: OnScreen, form: str) -> Export:
    return centre.exports.sheets.of_learner(shown.learners[0], SheetKind.VERIFICATION, [shown.unit], PageForm(form))


def _every_sheet(centre: Centre, shown: OnScreen, form: str) -> Export:
    return centre.exports.sheets.of_every_unit(shown.looking.each(shown.learners), PageForm(form))


def _feedback(centre: Centre, shown: OnScreen, form: str) -> Export:
    name = shown.assignment if _is_feedback(shown) and shown.assignment else shown.unit
    return centre.exports.feedback.of_unit(shown.learners[0], name, PageForm(form))


def _feedback_draft(centre: Centre, shown: OnScreen, form: str) -> Export:
    name = shown.assignment or shown.unit
    return centre.exports.feedback.of_unit(shown.learners[0], name, PageForm(form), draft=True)


def _every_feedback(centre: Centre, shown: OnScreen, form: str) -> Export:
    if form == "eml":
        return centre.exports.feedback.messages(shown.looking.each(shown.learners))
    return centre.exports.feedback.released(shown.looking.each(shown.learners), form=PageForm(form))


def _checked(centre: Centre, shown: OnScreen, _: str) -> Export:
    from markterm.centre.export.audit_page import page_to_keep

    return page_to_keep(centre, shown.looking.go_through)


def _records(centre: Centre, shown: OnScreen, form: str) -> Export:
    return centre.exports.records.of(shown.looking.each(shown.learners), flat=form == "csv")


def _claims(asked: Callable[[OnScreen], ClaimsAsked], centre: Centre, shown: OnScreen, form: str) -> Export:
    read: list[ClaimsRead] = []
    learners = shown.learners or tuple(dict.fromkeys(each.row.registration for each in shown.claims))
    shown.looking.go_through(centre.exports.claims.reading(learners, read))
    return centre.exports.claims.of(read, asked(shown), TableForm(form))


def _of_ready(_: OnScreen) -> ClaimsAsked:
    return ClaimsAsked()


def _as_listed(shown: OnScreen) -> ClaimsAsked:
    listed = frozenset(each.key for each in shown.claims)
    return ClaimsAsked(lets_through=lambda each: each.key in listed)


def _matrix(by: MatrixBy, centre: Centre, shown: OnScreen, form: str) -> Export:
    shown.looking.go_through(centre.matrix.looking())
    return centre.matrix.of(by, TableForm(form), shown.filters)


def _cohort(centre: Centre, shown: OnScreen, form: str) -> Export:
    shown.looking.go_through(centre.cohort.looking())
    return centre.cohort.of(PageForm(form), shown.filters)


def _retention(centre: Centre, shown: OnScreen, form: str) -> Export:
    read = RetentionRead()
    shown.looking.go_through(centre.retention_exports.reading(read))
    return centre.retention_exports.of(read, TableForm(form))


def _coverage(centre: Centre, shown: OnScreen, form: str) -> Export:
    assert shown.coverage is not None, "it is offered where it is shown"
    return centre.coverage_exports.of(shown.coverage, form)


def _standard(centre: Centre, shown: OnScreen, form: str, *, mapping: bool) -> Export:
    code, version = shown.answer("standard"), shown.answer("version")
    return centre.standard_exports.of(code, version, CaseForm(form), mapping=mapping)


def _part_of_verification(centre: Centre, shown: OnScreen, form: str) -> Export:
    return _of_verification({_SHOWN[shown.place]}, centre, shown, form)


def _of_verification(what: set[Shown], centre: Centre, shown: OnScreen, form: str) -> Export:
    read = Read()
    if not what or OF_LEARNERS & what:
        shown.looking.go_through(centre.verification_exports.reading(read))
    return centre.verification_exports.of(what, TableForm(form), read, shown.period)


LINES = (
    Line("coverage", "What units cover of this standard", _shows_coverage, COVERAGE_FORMS, _coverage),
    Line(
        "standard export",
        "This standard as a CASE package",
        _shows_standards,
        _PACKAGES,
        partial(_standard, mapping=False),
    ),
    Line(
        "standard export",
        "This standard, with its mapped units",
        _shows_standards,
        _PACKAGES,
        partial(_standard, mapping=True),
    ),
    Line("claims", "This list, with what blocks each", _has_claims, _TABLES, partial(_claims, _as_listed)),
    Line("sheet", "Completed mark sheet of this unit", _has_unit, _PAGES, _unit_sheet),
    Line("feedback", "Feedback on this unit, as released", _has_unit, _PAGES, _feedback),
    Line("feedback", "Feedback as it is now, as a draft", _is_feedback, _PAGES, _feedback_draft),
    Line("form", "The awarding organisation's own form", _has_unit, ("docx", "pdf"), asked_first.form, OF_FORM),
    Line("sheet", "Combined sheet of this assignment", _has_assignment, _PAGES, _assignment_sheet),
    Line("sheet", "Report of this unit's verification", _has_unit, _PAGES, _verification_sheet),
    Line("sheet", "Completed mark sheets of every unit", _has_learners, _PAGES, _every_sheet),
    Line("portfolio-index", "Portfolio by a standard", _is_learner, _PAGES, asked_first.portfolio_index, OF_INDEX),
    Line("development", "Gaps and CPD by a role", _is_development, _PAGES, asked_first.development, OF_DEVELOPMENT),
    Line("feedback", "All feedback that was released", _has_learners, (*_PAGES, "eml"), _every_feedback),
    Line("matrix", "Tracking matrix by criterion", _has_everybody, _TABLES, partial(_matrix, MatrixBy.CRITERION)),
    Line("matrix", "Tracking matrix by unit", _has_everybody, _TABLES, partial(_matrix, MatrixBy.UNIT)),
    Line("cohort", "Cohort on one page", _has_everybody, _PAGES, _cohort),
    Line("claims", "List of what is ready to claim", _can_claim, _TABLES, partial(_claims, _of_ready)),
    Line("record", "Record, every line of it", _has_learners, ("jsonl", "csv"), _records),
    Line("pack", "Pack for a visit, with the evidence", _has_learners, _PAGES, asked_first.pack, OF_PACK),
    Line("audit", "Records checked, on a page to keep", _has_everybody, ("html",), _checked),
    Line("moodle", "Outcomes and feedback into Moodle", _is_caseload, ("csv",), asked_first.moodle, OF_MOODLE),
    Line("canvas", "Feedback into Canvas", _is_caseload, ("zip",), asked_first.canvas, OF_CANVAS),
    Line("retention", "What is kept of everybody until when", _shows_retention, _TABLES, _retention),
    Line("verification", "What this list shows, of everybody", _is_of_verifying, _TABLES, _part_of_verification),
    Line(
        "verification",
        "Visits and what they ask for",
        _shows_visits,
        _TABLES,
        partial(_of_verification, {Shown.VISITS}),
    ),
    Line("scripts", "Scripts without names", _shows_scripts, ("folder",), asked_first.scripts, OF_SCRIPTS),
    Line(
        "verification", "All of internal verification", _is_of_verification, _TABLES, partial(_of_verification, set())
    ),
)
"""In the order in which they are offered."""
