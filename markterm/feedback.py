"""Feedback to learners: drawn up from the record, edited if it has to be, and released."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from markterm.domain.after_closing import Release
from markterm.domain.errors import Refused, WrongUse
from markterm.domain.feedback import (
    Feedback,
    UnitFeedback,
    feedback_on_assignment,
    feedback_on_unit,
    releasable_closing,
    release,
)
from markterm.domain.feedback_advice import Advice, advice
from markterm.domain.foreign_text import one_line
from markterm.domain.member import CentreDetails
from markterm.domain.portfolio import UnitRecord
from markterm.exports.feedback_sheet import feedback_sheet
from markterm.learner_portfolio import LearnerPortfolio
from markterm.recorder import Recorded, Recorder, Verb
from markterm.records.drafts import Drafts


@dataclass(frozen=True)
class Draft:
    """Feedback as the record gives it now, on the portfolio `shown`: `text` is its Markdown.

    `refusal` is why it may not be released now and what to do next, None when it may.
    """

    shown: LearnerPortfolio
    feedback: Feedback
    text: str
    refusal: Refused | None

    @cached_property
    def advice(self) -> tuple[Advice, ...]:
        """What to look at again before it goes."""
        return advice(self.feedback)

    @cached_property
    def released(self) -> Release | None:
        """What went to the learner of it, if all of it did and nothing was closed anew since."""
        went = [self._went(told) for told in self.feedback.units]
        last = went[-1] if went else None
        if last is None or any(each is None or each.text != last.text for each in went):
            return None
        return last if not self.feedback.assignment or last.assignment == self.feedback.assignment else None

    @property
    def latest(self) -> str:
        """What went to the learner, or else the text that the record gives."""
        return self.released.text if self.released is not None else self.text

    def unreleased(self, text: str) -> tuple[UnitFeedback, ...]:
        """Those of its units of which that text did not go to the learner yet."""
        return tuple(told for told in self.feedback.units if (went := self._went(told)) is None or went.text != text)

    def record(self, told: UnitFeedback) -> UnitRecord:
        """What is recorded of a unit that it tells of."""
        return self.shown.portfolio.unit(told.unit.key)

    def _went(self, told: UnitFeedback) -> Release | None:
        return self.record(told).after.released(told.closing.uid) if told.closing is not None else None


class FeedbackToLearners:
    """What the learners of a centre are told. Verbs raise as those of `Centre` do."""

    def __init__(self, recorder: Recorder, details: CentreDetails, drafts: Drafts) -> None:
        self._recorder = recorder
        self._details = details
        self._drafts = drafts

    def draft(self, registration: str, name: str) -> Draft:
        """The feedback on a unit or an assignment, by its code or the end of it. Raises `WrongUse` and `Unreadable`."""
        shown = self._recorder.portfolio(registration)
        feedback = self._feedback(shown, name)
        text = feedback_sheet(self._details, shown.learner, feedback, shown.portfolio)
        return Draft(shown, feedback, text, self._refusal(shown, feedback))

    def release(self, draft: Draft, text: str | None = None) -> Iterator[Recorded]:
        """Release the feedback as it was drawn up, or `text` in its place: an entry for each unit that it tells of.

        Yields each when it is durable. Raises `Refused` before the first if a rule forbids one, if a unit was closed
        anew since the draft was drawn up, or if the very same went to the learner already.
        """
        registration, assignment = draft.shown.learner.registration, draft.feedback.assignment
        text = draft.text if text is None else text
        now = self._recorder.portfolio(registration)
        waits = self._refusal(now, draft.feedback)
        if waits is not None:
            raise waits
        for told in draft.feedback.units:
            self._release(told, text, assignment)(self._recorder.act(registration), now)
        due = draft.unreleased(text)
        if not due:
            raise Refused(
                "Released already",
                f"{registration} has this feedback on {draft.feedback.code} already, word for word.",
                "Change the text if the learner is to be told something else.",
            )
        for told in due:
            yield self._recorder.record(registration, self._release(told, text, assignment))

    # What is edited before it goes

    def kept(self, draft: Draft) -> str:
        """The text that this member edited on this machine and has not released; empty if there is none."""
        return self._drafts.get(*self._about(draft, "text"))

    def is_stale(self, draft: Draft) -> bool:
        """Whether something was recorded since the kept text was begun that it does not tell of."""
        begun_from = self._drafts.get(*self._about(draft, "begun from"))
        return bool(begun_from) and begun_from != draft.text

    def keep(self, draft: Draft, text: str) -> None:
        """Keep a text while it is edited; one that says what `draft.latest` says is not kept."""
        if text == draft.latest:
            self.forget(draft)
            return
        if not self.kept(draft):
            self._drafts.keep(draft.text, *self._about(draft, "begun from"))
        self._drafts.keep(text, *self._about(draft, "text"))

    def forget(self, draft: Draft) -> None:
        """Forget the kept text: it went to the learner, or is not wanted."""
        for what in ("text", "begun from"):
            self._drafts.forget(*self._about(draft, what))

    def _about(self, draft: Draft, what: str) -> tuple[str, ...]:
        member = self._recorder.member
        who = member.id if member is not None else ""
        return "feedback", who, draft.shown.learner.registration, draft.feedback.code, what

    def _release(self, told: UnitFeedback, text: str, assignment: str) -> Verb:
        return lambda act, now: release(act, self._details.policy, told, now.portfolio, text, assignment)

    def _feedback(self, shown: LearnerPortfolio, name: str) -> Feedback:
        learner = shown.learner.registration
        try:
            return feedback_on_unit(shown.unit(name), shown.portfolio)
        except WrongUse as no_unit:
            if not shown.assignments:
                raise
            try:
                assignment = shown.assignment(name)
            except WrongUse as no_assignment:
                raise WrongUse(
                    "No such unit or assignment",
                    f"{learner} is neither on a unit nor on an assignment {one_line(name)}.",
                    f"{no_unit.next_step} {no_assignment.next_step}",
                ) from None
        policy = self._details.policy
        return feedback_on_assignment(assignment, shown.units, shown.portfolio, policy, learner)

    def _refusal(self, shown: LearnerPortfolio, feedback: Feedback) -> Refused | None:
        learner = shown.learner.registration
        if not feedback.units:
            held = next((each.held for each in feedback.following if each.held is not None), None)
            return held or Refused(
                "No unit is closed", f"Every unit of {feedback.code} is still being marked.", "Close one of them first."
            )
        try:
            for told in feedback.units:
                releasable_closing(self._details.policy, learner, told, shown.portfolio)
        except Refused as refused:
            return refused
        return None
