"""Feedback to learners: drawn up from the record, edited if it has to be, and released."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.centre.recorder import Recorded, Recorder, Verb
from markterm.domain.assessed.unit import Unit
from markterm.domain.feedback.addressee import addressed, doubts, refuse_what_is_of_another
from markterm.domain.feedback.feedback import (
    Feedback,
    UnitFeedback,
    feedback_on_assignment,
    feedback_on_unit,
    releasable_closing,
    release,
)
from markterm.domain.feedback.feedback_advice import Advice, advice
from markterm.domain.feedback.feedback_heading import marked, unmarked
from markterm.domain.record.accounts import Accounts
from markterm.domain.record.after_closing import Release
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.portfolio import Portfolio, UnitRecord
from markterm.domain.words.errors import Refused, WrongUse
from markterm.domain.words.hint import Hint, Way
from markterm.domain.words.learner_names import LearnerNames
from markterm.exports.document.feedback_sheet import feedback_sheet
from markterm.exports.markdown.render import render
from markterm.own.drafts import Drafts

_KEPT = ("text", "begun from")
"""What is kept of a text that somebody edits before it goes."""


@dataclass(frozen=True)
class DrawnUp:
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

    def printed(self, text: str = "") -> str:
        """`text`, or else `latest`, as it is printed: what did not go to the learner says in itself that it is a
        draft."""
        if not text and self.released is not None:
            return self.latest
        why = f"{self.refusal.title[:1].lower()}{self.refusal.title[1:]}" if self.refusal is not None else ""
        return marked(unmarked(text or self.latest), why)

    @cached_property
    def earlier(self) -> tuple[Release, ...]:
        """What went to the learner before: for earlier attempts, and for this one on a closing that was taken back or
        made anew since. The last text of each attempt, oldest attempt first."""
        found: dict[int, Release] = {}
        for told in self.feedback.units:
            record = self.record(told)
            standing = record.closing.uid if record.closing is not None else ""
            for each in record.releases:
                if each.closing != standing and each.assignment in ("", self.feedback.assignment):
                    found[each.attempt] = each
        return tuple(found[attempt] for attempt in sorted(found))

    def of_attempt(self, attempt: int) -> Release:
        """What went to the learner for that attempt. Raises `WrongUse` when nothing did."""
        went = {each.attempt: each for each in (*self.earlier, self.released) if each is not None}
        found = went.get(attempt)
        if found is None:
            attempts = ", ".join(map(str, sorted(went)))
            raise WrongUse(
                "Nothing was released of that attempt",
                f"{self.shown.learner.registration} has no feedback on attempt {attempt} at {self.feedback.code}.",
                f"There is feedback on attempt {attempts}." if attempts else "Nothing went to the learner yet.",
            )
        return found

    def unreleased(self, text: str) -> tuple[UnitFeedback, ...]:
        """Those of its units of which that text did not go to the learner yet."""
        return tuple(told for told in self.feedback.units if (went := self._went(told)) is None or went.text != text)

    def record(self, told: UnitFeedback) -> UnitRecord:
        """What is recorded of a unit that it tells of."""
        return self.shown.portfolio.unit(told.unit.key)

    def _went(self, told: UnitFeedback) -> Release | None:
        return self.record(told).after.released(told.closing.uid) if told.closing is not None else None


class FeedbackToLearners:
    """What the learners of a centre are told. Verbs raise as `Recorder.record` does.

    `earlier` gives the registrations that a learner had before: a text that was begun under one of them is theirs.
    `accounts` gives those of a learner with what became of their files.
    """

    def __init__(
        self,
        recorder: Recorder,
        details: CentreDetails,
        drafts: Drafts,
        names: Callable[[], LearnerNames],
        titles: Callable[[], Mapping[str, str]],
        earlier: Callable[[str], Sequence[str]],
        accounts: Callable[[str, Portfolio], Accounts],
    ) -> None:
        self._recorder = recorder
        self._details = details
        self._drafts = drafts
        self._names = names
        self._titles = titles
        self._earlier = earlier
        self._accounts = accounts

    def draft(self, registration: str, name: str) -> DrawnUp:
        """The feedback on a unit or an assignment, by its code or the end of it. Raises `WrongUse` and `Unreadable`."""
        return self.drawn_up(self._recorder.learners.portfolio(registration), name)

    def drawn_up(self, shown: LearnerPortfolio, name: str) -> DrawnUp:
        """The same of a portfolio as it was read just now. Raises `WrongUse`."""
        feedback = self._feedback(shown, name)
        sheet = feedback_sheet(
            self._details,
            shown.learner,
            feedback,
            shown.portfolio,
            damaged=bool(shown.incomplete),
            accounts=self._accounts(shown.learner.registration, shown.portfolio),
        )
        return DrawnUp(shown, feedback, render(sheet), self._refusal(shown, feedback))

    def doubts(self, draft: DrawnUp, text: str | None = None) -> tuple[str, ...]:
        """What a person has to be asked before the feedback, or `text` in its place, goes; each in a sentence.

        Looks for every learner of the centre: for a thread. Raises as `release` does when the text is another's.
        """
        titles = self._titles()
        to = addressed(draft.feedback, draft.shown.learner, titles)
        text = draft.text if text is None else unmarked(text)
        refuse_what_is_of_another(text, to, titles)
        return doubts(text, to, self._names(), titles)

    def release(self, draft: DrawnUp, text: str | None = None, *, anyway: bool = False) -> Iterator[Recorded]:
        """Release the feedback as it was drawn up, or `text` in its place: an entry for each unit that it tells of.

        The mark of a draft is taken out of it. Yields each when it is durable. Raises `Refused` before the first if a
        rule forbids one, if a unit was closed anew since the draft was drawn up, if the very same went to the learner
        already, if the text is of another learner, unit, attempt or outcome, and, but `anyway`, if there are `doubts`.
        """
        registration, assignment = draft.shown.learner.registration, draft.feedback.assignment
        self._recorder.learners.require_whole(registration, "released")
        now = self._recorder.learners.portfolio(registration)
        waits = self._refusal(now, draft.feedback)
        if waits is not None:
            raise waits
        asked = () if anyway else self.doubts(draft, text)
        if anyway and text is not None:
            titles = self._titles()
            to = addressed(draft.feedback, draft.shown.learner, titles)
            refuse_what_is_of_another(unmarked(text), to, titles)
        if asked:
            raise Refused(
                "Is it this learner's?",
                f"{' '.join(asked)} Nothing was released to {registration}.",
                "Read the text again. If it may go as it is, say so.",
                hint=Hint(Way.RELEASE_ANYWAY),
            )
        text = draft.text if text is None else unmarked(text)
        for told in draft.feedback.units:
            self._release(told, text, assignment)(self._recorder.act(registration), now)
        due = draft.unreleased(text)
        if not due:
            raise Refused(
                "Released already",
                f"This feedback on {draft.feedback.code} was released to {registration} already, word for word.",
                "Change the text if the learner is to be told something else.",
            )
        for told in due:
            yield self._recorder.record(registration, self._release(told, text, assignment))

    # What is edited before it goes

    def kept(self, draft: DrawnUp) -> str:
        """The text that this member edited on this machine and has not released; empty if there is none."""
        return self._drafts.get(*self._begun(draft, "text"))

    def is_stale(self, draft: DrawnUp) -> bool:
        """Whether something was recorded since the kept text was begun that it does not tell of."""
        begun_from = self._drafts.get(*self._begun(draft, "begun from"))
        return bool(begun_from) and begun_from != draft.text

    def keep(self, draft: DrawnUp, text: str) -> bool:
        """Keep a text while it is edited; one that says what `draft.latest` says is not kept. Whether it is on the
        disk."""
        if text == draft.latest:
            self.forget(draft)
            return True
        begun_from = self._drafts.get(*self._begun(draft, "begun from")) if self.kept(draft) else draft.text
        before = [each for each in self._every(draft) if each != draft.shown.learner.registration]
        is_kept = self._drafts.keep(begun_from, *self._about(draft, "begun from"))
        is_kept = self._drafts.keep(text, *self._about(draft, "text")) and is_kept
        if is_kept:
            self._forget(draft, before)
        return is_kept

    def forget(self, draft: DrawnUp) -> None:
        """Forget the kept text: it went to the learner, or is not wanted."""
        self._forget(draft, self._every(draft))

    def _forget(self, draft: DrawnUp, registrations: Iterable[str]) -> None:
        for registration in registrations:
            for what in _KEPT:
                self._drafts.forget(*self._about(draft, what, registration))

    def _every(self, draft: DrawnUp) -> tuple[str, ...]:
        """The present registration, and those before it, the last one first."""
        registration = draft.shown.learner.registration
        return registration, *reversed(self._earlier(registration))

    def _begun(self, draft: DrawnUp, what: str) -> tuple[str, ...]:
        """Under what the text is kept that was begun: the present registration's first."""
        texts = [each for each in self._every(draft) if self._drafts.has(*self._about(draft, "text", each))]
        return self._about(draft, what, *texts[:1])

    def _about(self, draft: DrawnUp, what: str, registration: str = "") -> tuple[str, ...]:
        member = self._recorder.member
        who = member.id if member is not None else ""
        return _text_begun(who, registration or draft.shown.learner.registration, draft.feedback.code, what)

    def _release(self, told: UnitFeedback, text: str, assignment: str) -> Verb:
        return lambda act, now: release(
            act, self._details.policy_for(now.learner), told, now.when_complete("released").portfolio, text, assignment
        )

    def _feedback(self, shown: LearnerPortfolio, name: str) -> Feedback:
        meant = shown.unit_or_assignment(name)
        if isinstance(meant, Unit):
            return feedback_on_unit(meant, shown.portfolio, shown.due_on(meant))
        learner, policy = shown.learner.registration, self._details.policy_for(shown.learner)
        return feedback_on_assignment(meant, shown.units, shown.portfolio, policy, learner, shown.due_on)

    def _refusal(self, shown: LearnerPortfolio, feedback: Feedback) -> Refused | None:
        learner = shown.learner.registration
        if not feedback.units:
            held = next((each.held for each in feedback.following if each.held is not None), None)
            return held or Refused(
                "No unit is closed", f"Every unit of {feedback.code} is still being marked.", "Close one of them first."
            )
        try:
            shown.when_complete("released")
            for told in feedback.units:
                releasable_closing(self._details.policy_for(shown.learner), learner, told, shown.portfolio)
        except Refused as refused:
            return refused
        return None


def begun_texts(member: str, registration: str, codes: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Under what texts are kept that the member may have begun for a learner, of units and assignments of these codes:
    whoever destroys what there is of the learner forgets them."""
    for code in codes:
        for what in _KEPT:
            yield _text_begun(member, registration, code, what)


def _text_begun(member: str, registration: str, code: str, what: str) -> tuple[str, ...]:
    return "feedback", member, registration, code, what
