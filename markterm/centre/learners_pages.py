"""Learners' own pages: what each was told, and nothing else; and links by which a learner opens theirs."""

from __future__ import annotations

from markterm.centre.recorder import Recorder
from markterm.centre.sheets import CentreSheets
from markterm.domain.assessed.standard import StatementLink
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.due_days import due_on
from markterm.domain.rules.learners_page import who_shows
from markterm.domain.views.told_to_learner import ToldToLearner, told_to_learner
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.local_time import local
from markterm.exports.document.learners_page import learners_page
from markterm.exports.document.model import Document
from markterm.own.learner_links import LearnerLink, LearnerLinks

WITHOUT_ADDRESS = "The server's address goes before it: `address` in [server] of centre.toml would say it."
"""What is said of a link where `centre.toml` does not say at which address the server is."""


class LearnersPages:
    """The pages of a centre's learners."""

    def __init__(self, details: CentreDetails, recorder: Recorder, sheets: CentreSheets, links: LearnerLinks) -> None:
        self._details = details
        self._recorder = recorder
        self._learners = recorder.learners
        self._sheets = sheets
        self._links = links

    def told(self, registration: str) -> ToldToLearner:
        """What the learner of that registration was told. Raises `Unreadable`."""
        shown = self._learners.portfolio(registration)
        today = local(self._recorder.now()).date()
        named = {each.code: each.title for each in shown.assignments}
        return told_to_learner(
            shown.learner,
            shown.units,
            shown.portfolio,
            today,
            # Not as the record has it: a closing that was not released would be told by the day that goes.
            lambda unit, referred_at: due_on(unit, shown.assignments, shown.portfolio.due_days, referred_at),
            lambda portfolio: self._sheets.progress_in_qualifications(shown.learner, portfolio, today),
            titles=lambda code: named.get(code, ""),
            incomplete=bool(shown.incomplete),
        )

    def page(self, told: ToldToLearner) -> Document:
        """That as a document."""
        return learners_page(self._details, told, self._statement)

    def _statement(self, link: StatementLink) -> str:
        known = self._sheets.standards.named(link)
        return one_line(f"{link}: {known.statement.text}" if known is not None else str(link))

    # Links

    def link(self, registration: str, days: int) -> tuple[LearnerLink, str]:
        """A new link to that learner's page, and its address: without the server's own where `centre.toml` does not say
        that. Raises `Refused`, `WrongUse`, `NotSaved` and `Unreadable`."""
        member = who_shows(self._recorder.act(registration))
        name = self._learners.portfolio(registration).learner.name
        link, token = self._links.make(registration, name, days, member.id, self._recorder.now())
        return link, f"{self._details.server.address.rstrip('/')}/learner/{token}"

    def whose(self, link: LearnerLink) -> str:
        """The registration by now of the learner for whom that link was made. Raises `Unreadable`."""
        return self._learners.called_since(link.registration, link.made)

    def links(self, registration: str) -> tuple[LearnerLink, ...]:
        """The links to that learner's page that hold now, the newest first. Raises `Unreadable`, and `WrongUse` for
        somebody whom whoever acts may not see."""
        self._recorder.seeing.require_registration(registration)
        return tuple(each for each in self._links.every(self._recorder.now()) if self.whose(each) == registration)

    def end_links(self, registration: str) -> int:
        """End every link to that learner's page; how many there were. Raises `Refused`, `NotSaved` and `Unreadable`."""
        who_shows(self._recorder.act(registration))
        links = self.links(registration)
        for each in links:
            self._links.end(each)
        return len(links)
