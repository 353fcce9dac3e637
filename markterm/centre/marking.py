"""The verbs of marking: what a person does to the criteria of a unit, each an event in the learner's record."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.centre.recorder import Recorded, Recorder, Verb
from markterm.centre.sheets import CentreSheets
from markterm.domain.assessed.assignment import Cell
from markterm.domain.assessed.unit import Unit
from markterm.domain.record.decision import CriterionRecord, Occasion
from markterm.domain.record.event import Result
from markterm.domain.rules import marking

if TYPE_CHECKING:
    from markterm.domain.record.citation import Passage
    from markterm.domain.record.event import Event
    from markterm.domain.rules.act import Act
    from markterm.domain.rules.decided_before import OthersNote


class Marking:
    """The part of the front desk at which criteria are decided: each verb returns when its event is durable."""

    def __init__(
        self, recorder: Recorder, sheets: CentreSheets, require_issued: Callable[[LearnerPortfolio, Cell], None]
    ) -> None:
        self._recorder = recorder
        self._sheets = sheets
        self._require_issued = require_issued

    def mark(
        self,
        registration: str,
        unit_code: str,
        criterion: str,
        result: Result,
        note: str = "",
        *,
        shown: CriterionRecord | None = None,
        occasion: Occasion | None = None,
        others_note: OthersNote | None = None,
    ) -> Recorded:
        """Decide a criterion. `shown` is its record as the member saw it, when that may not be the newest; `occasion`
        the task of an assignment in which it is decided; `others_note` what becomes of another member's note.

        Raises `Refused`, `WrongUse`, `NotSaved`, `Unreadable`, as the other verbs do, and `NothingNew`.
        """
        return self._recorder.record(
            registration,
            lambda act, now: marking.decide(
                act,
                self._to_mark(now, unit_code, criterion),
                now.portfolio,
                criterion,
                result,
                note,
                shown,
                now.with_title(occasion or Occasion()),
                others_note=others_note,
            ),
        )

    def comment(self, registration: str, unit_code: str, outcome: int, text: str) -> Recorded:
        """Comment on a learning outcome of a unit; an empty text takes the comment back."""
        from markterm.domain.rules.commenting import comment  # When it is needed, like the mark sheets.

        return self._recorder.record(
            registration, lambda act, now: comment(act, now.unit(unit_code), now.portfolio, outcome, text)
        )

    def comment_on_task(self, registration: str, assignment: str, task: int, text: str) -> Recorded:
        """Comment on a task of an assignment; an empty text takes the comment back."""
        from markterm.domain.rules.commenting import comment_on_task  # When it is needed, like the mark sheets.

        def commented(act: Act, now: LearnerPortfolio) -> Event:
            named = now.assignment(assignment)
            found = named.task(task)
            units = tuple(unit for unit in now.units if found is None or unit.code in found.by_unit)
            return comment_on_task(act, named, units, now.portfolio, task, text)

        return self._recorder.record(registration, commented)

    def settle(
        self,
        registration: str,
        unit_code: str,
        criterion: str,
        result: Result,
        reason: str,
        *,
        shown: CriterionRecord | None = None,
        occasion: Occasion | None = None,
        note: str = "",
    ) -> Recorded:
        """Settle a conflict with a reason; the note of the decision that holds goes on, or `note` in its place."""
        from markterm.domain.rules.conflict import settle  # When it is needed, like the mark sheets.

        return self._recorder.record(
            registration,
            lambda act, now: settle(
                act,
                self._sheets.fit(now.unit(unit_code)),
                now.portfolio,
                criterion,
                result,
                reason,
                shown,
                now.with_title(occasion or Occasion()),
                note,
            ),
        )

    def settle_as_neither(
        self,
        registration: str,
        unit_code: str,
        criterion: str,
        reason: str,
        *,
        shown: CriterionRecord | None = None,
    ) -> Recorded:
        """Settle a conflict with a reason by withdrawing every decision in it."""
        from markterm.domain.rules.conflict import settle_as_neither  # When it is needed, like the mark sheets.

        return self._recorder.record(
            registration,
            lambda act, now: settle_as_neither(act, now.unit(unit_code), now.portfolio, criterion, reason, shown),
        )

    def mark_by_marks(
        self,
        registration: str,
        unit_code: str,
        criterion: str,
        marks: int,
        note: str = "",
        *,
        shown: CriterionRecord | None = None,
        others_note: OthersNote | None = None,
    ) -> Recorded:
        """Decide a criterion by the marks of its sheet: pass from the criterion's own minimum on."""
        return self._recorder.record(
            registration,
            lambda act, now: marking.decide_by_marks(
                act,
                self._to_mark(now, unit_code, criterion),
                now.portfolio,
                criterion,
                marks,
                note,
                shown,
                others_note,
            ),
        )

    def pass_at_once(
        self,
        shown: LearnerPortfolio,
        cells: Sequence[Cell],
        assignment: str,
        task: int,
        notes: Mapping[Cell, str] = MappingProxyType({}),
    ) -> Iterator[Recorded]:
        """Pass several criteria in one task of an assignment, each with its note if it has one.

        `shown` is the portfolio as the member saw it: what was decided since is not replaced, but a conflict. Each is a
        decision of its own; they have one batch in common, and are withdrawn together. Yields each when it is durable;
        what was yielded stands whatever happens to the next. Raises `Refused` before the first if a rule forbids one.
        """
        registration = shown.learner.registration
        occasion = Occasion(assignment, task, uuid.uuid4().hex)
        now = self._recorder.learners.portfolio(registration)
        act = self._recorder.act(registration)
        seen = {cell: shown.portfolio.unit(shown.unit(cell.unit).key).criterion(cell.criterion) for cell in cells}
        for cell, record in seen.items():
            unit = self._to_mark(now, cell.unit, cell.criterion)
            marking.decide(act, unit, now.portfolio, cell.criterion, Result.PASS, notes.get(cell, ""), record)
        for cell, record in seen.items():
            yield self.mark(
                registration,
                cell.unit,
                cell.criterion,
                Result.PASS,
                notes.get(cell, ""),
                shown=record,
                occasion=occasion,
            )

    def withdraw_batch(self, registration: str, batch: str, reason: str) -> Iterator[Recorded]:
        """Withdraw the decisions that were made at once; yields each withdrawal when it is durable.

        Raises `Refused` before the first if a rule forbids one.
        """
        shown = self._recorder.learners.portfolio(registration)
        made = shown.portfolio.batch(batch)
        for key, number, decision in made:
            _withdrawal(key.code, number, decision.uid, reason)(self._recorder.act(registration), shown)
        for key, number, decision in made:
            yield self._recorder.record(registration, _withdrawal(key.code, number, decision.uid, reason))

    def cite(self, registration: str, unit_code: str, criterion: str, passage: Passage) -> Recorded:
        """Cite a passage for a criterion, before it is decided or after."""
        from markterm.domain.rules import citing  # When it is needed, like the mark sheets.

        return self._recorder.record(
            registration, lambda act, now: citing.cite(act, now.unit(unit_code), now.portfolio, criterion, passage)
        )

    def take_back(self, registration: str, unit_code: str, criterion: str, passage: Passage) -> Recorded:
        """Take the citation of a passage back; it stays in the record as withdrawn."""
        from markterm.domain.rules import citing  # When it is needed, like the mark sheets.

        return self._recorder.record(
            registration,
            lambda act, now: citing.take_back(act, now.unit(unit_code), now.portfolio, criterion, passage),
        )

    def take_back_citations(
        self, registration: str, unit_code: str, criterion: str, uids: Sequence[str], reason: str = ""
    ) -> Recorded:
        """Take these citations back, whatever became of their files; they stay in the record as withdrawn."""
        from markterm.domain.rules import citing  # When it is needed, like the mark sheets.

        return self._recorder.record(
            registration,
            lambda act, now: citing.take_back_citations(
                act, now.unit(unit_code), now.portfolio, criterion, uids, reason
            ),
        )

    def withdraw(
        self,
        registration: str,
        unit_code: str,
        criterion: str,
        reason: str,
        *,
        shown: CriterionRecord | None = None,
    ) -> Recorded:
        """Withdraw the last decision of a criterion: what stood before it stands again."""
        from markterm.domain.rules import withdrawal  # When it is needed, like the mark sheets.

        return self._recorder.record(
            registration,
            lambda act, now: withdrawal.withdraw(act, now.unit(unit_code), now.portfolio, criterion, reason, shown),
        )

    def withdraw_decision(self, registration: str, unit_code: str, criterion: str, uid: str, reason: str) -> Recorded:
        """Withdraw one decision of a criterion, by its uid."""
        return self._recorder.record(registration, _withdrawal(unit_code, criterion, uid, reason))

    def _to_mark(self, now: LearnerPortfolio, unit_code: str, criterion: str) -> Unit:
        """The unit that a criterion is marked of. Raises `WrongUse`, and `Refused` while its sheet has errors or the
        brief of its assignment is not verified, where marking waits for that."""
        unit = self._sheets.fit(now.unit(unit_code))
        self._require_issued(now, Cell(unit.code, criterion))
        return unit


def _withdrawal(unit_code: str, number: str, uid: str, reason: str) -> Verb:
    from markterm.domain.rules import withdrawal  # When it is needed, like the mark sheets.

    return lambda act, now: withdrawal.withdraw_decision(act, now.unit(unit_code), now.portfolio, number, uid, reason)
