"""Over random records: every criterion, decision, note and name of a record is read in each form of each document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from markterm.domain.assessed.assignment import Assignment, Cell, Task
from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.member import Member
from markterm.domain.assessed.unit import Unit
from markterm.domain.feedback.feedback import feedback_on_unit
from markterm.domain.record.bodies.handed_in import Declared
from markterm.domain.record.bodies.verifying import Report
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.decision import OPEN_CRITERION, CriterionRecord
from markterm.domain.record.event import Event, Result
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.rules import actions, marking, verification
from markterm.domain.rules.act import Act
from markterm.domain.rules.answering import Said
from markterm.domain.rules.attempt import declare
from markterm.domain.rules.commenting import comment
from markterm.domain.words.errors import Refused
from markterm.domain.words.foreign_text import clean, one_line
from markterm.exports.document.combined_sheet import combined_mark_sheet
from markterm.exports.document.feedback_sheet import feedback_sheet
from markterm.exports.document.from_markdown import document_of
from markterm.exports.document.mark_sheet import completed_mark_sheet
from markterm.exports.document.model import Document
from markterm.exports.document.verification_report import verification_report
from markterm.exports.markdown.render import render as as_markdown
from markterm.exports.page_form import PageForm, write_page
from tests.exports.documents import LINES, TEXTS, noted
from tests.exports.read_back import squeezed, words_in
from tests.exports.tea import ASHA, AT, BEN, INES, TEA

_ANY = st.lists(
    st.text(
        st.one_of(
            st.characters(exclude_categories=["Cs"]),
            st.sampled_from("\t\x00\x1b\r\u202e\u200d=+-@;'\"<>&\\#$*_`[]{}|~ שלוםعربى𝔘👩🏫李"),
        ),
        max_size=40,
    ),
    max_size=4,
).map("\n".join)


@dataclass(frozen=True)
class _Record:
    """A learner's record, and all that it is printed with."""

    centre: CentreDetails
    learner: Learner
    unit: Unit
    assignment: Assignment
    portfolio: Portfolio

    def documents(self) -> Iterator[tuple[Document, tuple[str, ...]]]:
        """Each document, with every text of the record that has to be read in it."""
        of = (self.centre, self.learner)
        names = (self.learner.name, self.centre.name, "AAA1", self.unit.title)
        sheet = (*names, *self._criteria(), *self._decided(), *self._closed())
        record = self.portfolio.unit(self.unit.key)
        yield completed_mark_sheet(*of, self.unit, self.portfolio, zone=UTC), (*sheet, *self._sections())
        tasks = tuple(text for task in self.assignment.tasks for text in (task.title, task.evidence))
        combined = combined_mark_sheet(*of, self.assignment, (self.unit,), self.portfolio, zone=UTC)
        yield combined, (*sheet, *tasks, self.assignment.title)
        feedback = feedback_sheet(*of, feedback_on_unit(self.unit, self.portfolio), self.portfolio, zone=UTC)
        told = tuple(
            decision.note
            for own in record.criteria.values()
            if len(own.standing) == 1 and (decision := own.decision) is not None
        )
        summary = (record.closing.feedback,) if record.closing is not None else ()
        yield feedback, (*names, *told, *summary)
        # As it went to the learner it is a text, and is made a document again.
        yield document_of(as_markdown(feedback), "Feedback"), (*names, *told, *summary)
        if record.after.verifications:
            report = verification_report(*of, self.unit, self.portfolio, date(2026, 3, 2), zone=UTC)
            yield report, (*names, *self._answered())

    def _criteria(self) -> Iterator[str]:
        for outcome in self.unit.outcomes:
            for criterion in outcome.criteria:
                yield f"{criterion.number}{criterion.text}"
                yield from (each.text for each in criterion.descriptors)

    def _decided(self) -> Iterator[str]:
        for own in self.portfolio.unit(self.unit.key).criteria.values():
            for decision in own.standing:
                yield decision.note
                yield f"{self.centre.name_of(decision.actor)}, "
            if len(own.standing) == 1 and own.decision is not None:
                yield {Result.PASS: "Pass", Result.REFER: "Referral"}[own.decision.result]

    def _closed(self) -> Iterator[str]:
        record = self.portfolio.unit(self.unit.key)
        if record.closing is not None:
            yield record.closing.feedback
            yield {Result.PASS: "PASS", Result.REFER: "REFERRAL"}[record.closing.outcome]
        for answer in record.after.verifications:
            yield self.centre.name_of(answer.actor)
            yield from (each.reason for each in answer.answers)

    def _sections(self) -> Iterator[str]:
        yield from (outcome.title for outcome in self.unit.outcomes)
        yield from (each.text for each in self.portfolio.comments)

    def _answered(self) -> Iterator[str]:
        after = self.portfolio.unit(self.unit.key).after
        for answer in after.verifications:
            yield self.centre.name_of(answer.actor)
            yield from (answer.report.strengths, answer.report.development)
            yield from (each.reason for each in answer.answers)
        yield from (each.text for each in after.actions)


@st.composite
def _records(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> _Record:
    """What two assessors and a verifier recorded of a learner, as far as a rule let them."""

    def line() -> str:
        return one_line(draw(texts)) or "x"

    asha, ben, ines = (replace(each, name=line()) for each in (ASHA, BEN, INES))
    outcomes = tuple(
        replace(each, title=line(), criteria=tuple(replace(own, text=line()) for own in each.criteria))
        for each in TEA.outcomes
    )
    unit = replace(TEA, title=line(), outcomes=outcomes)
    cells = tuple(Cell(unit.code, each.number) for each in unit.criteria)
    tasks = (Task(1, line(), "", cells[:2], line()), Task(2, line(), "", cells[1:]))
    portfolio = Portfolio()
    count = 0

    def do(member: Member, verb: Callable[[Act], Event]) -> None:
        nonlocal portfolio, count
        count += 1
        with suppress(Refused):
            portfolio = portfolio.with_event(verb(Act(member, "AAA1", AT + timedelta(minutes=count), f"u{count}")))

    def mark(member: Member, number: str, result: Result, shown: CriterionRecord | None = None) -> None:
        note = draw(texts)
        do(member, lambda act: marking.decide(act, unit, portfolio, number, result, note, shown))

    for number in ("1.1", "1.2", "2.1"):
        mark(asha, number, draw(st.sampled_from(Result)))
        if draw(st.integers(0, 9)) == 0:
            mark(ben, number, Result.REFER, OPEN_CRITERION)
    do(asha, lambda act: comment(act, unit, portfolio, 1, draw(texts)))
    do(asha, lambda act: declare(act, Declared("signed sheet")))
    do(asha, lambda act: marking.close(act, unit, portfolio, draw(texts)))
    do(ines, lambda act: verification.sample(act, unit, portfolio, line()))
    said = Said(agreed=("1.1",), not_agreed={"1.2": line()}, report=Report(draw(texts), draw(texts)))
    do(ines, lambda act: verification.verify(act, unit, portfolio, said))
    due = date(2026, 4, 1)
    do(ines, lambda act: actions.set_action(act, unit, portfolio, line(), asha, due, "1.2"))
    return _Record(
        CentreDetails("012345", line(), members=(asha, ben, ines)),
        Learner("AAA1", line(), units=(unit.code,)),
        unit,
        Assignment("T-IA", line(), (unit.code,), tasks),
        portfolio,
    )


def _every_text_is_read(record: _Record, form: PageForm, folder: Path) -> None:
    file = folder / f"a{form.ending}"
    for document, texts in record.documents():
        write_page(document, form, file, {}, at=AT)
        found = words_in(file)
        # What is nothing but blanks, as a lone U+001F is, says nothing and is not printed.
        lines = [squeezed(line) for text in texts if text.strip() for line in clean(text).text.split("\n")]
        missing = [line for line in lines if line not in found and _by_number(line, found) not in found]
        assert not missing, document.title
        file.unlink()


def _by_number(line: str, found: str) -> str:
    """The line with the numbers of those signs that no font has."""
    return "".join(sign if sign in found else f"U+{ord(sign):04X}" for sign in line)


_SETTINGS = settings(deadline=None, suppress_health_check=list(HealthCheck))


@settings(_SETTINGS, max_examples=5)
@given(_records(_ANY), st.sampled_from([form for form in PageForm if form is not PageForm.PDF]))
def test_every_text_of_a_record_is_read_in_each_form(
    tmp_path_factory: pytest.TempPathFactory, record: _Record, form: PageForm
) -> None:
    _every_text_is_read(record, form, tmp_path_factory.mktemp("read"))


@pytest.mark.parametrize("form", PageForm)
def test_three_hundred_criteria_and_a_note_of_twelve_thousand_characters_are_read_in_each_form(
    tmp_path: Path, form: PageForm
) -> None:
    note = " ".join(f"word{number}" for number in range(1_500))
    assert len(note) > 12_000
    for name, document in (("many", noted("Fine.", 300)), ("long", noted(note))):
        write_page(document, form, tmp_path / f"{name}{form.ending}", {}, at=AT)
    many, long = (words_in(tmp_path / f"{name}{form.ending}") for name in ("many", "long"))
    assert [number for number in range(1, 301) if f"1.{number}Boil" not in many] == []
    assert [word for word in note.split() if word not in long] == []


@pytest.mark.long
@settings(_SETTINGS, max_examples=300)
@given(_records(_ANY), st.sampled_from([form for form in PageForm if form is not PageForm.PDF]))
def test_every_text_of_many_records_is_read_in_each_form(
    tmp_path_factory: pytest.TempPathFactory, record: _Record, form: PageForm
) -> None:
    _every_text_is_read(record, form, tmp_path_factory.mktemp("read"))


@pytest.mark.long
@settings(_SETTINGS, max_examples=60)
@given(_records(st.one_of(LINES, TEXTS)))
def test_every_text_of_many_records_is_read_in_the_pdf(
    tmp_path_factory: pytest.TempPathFactory, record: _Record
) -> None:
    """In letters that every machine has: a sign that no font has is printed by its number."""
    _every_text_is_read(record, PageForm.PDF, tmp_path_factory.mktemp("read"))
