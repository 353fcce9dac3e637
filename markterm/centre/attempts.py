"""Attempts at a unit: what was handed in when, the learner's declaration, and what changed since."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from markterm.centre.evidence import Evidence
from markterm.centre.fixing import Fixing
from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.centre.recorder import Recorded, Recorder, Verb
from markterm.domain.assessed.policy import Policy
from markterm.domain.record.bodies.handed_in import Declared
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.event import Event, Result
from markterm.domain.rules.act import Act
from markterm.domain.rules.attempt import declare, needs_authority, next_attempt, submit
from markterm.domain.words.errors import Refused

if TYPE_CHECKING:
    from markterm.domain.record.submission import Changes


class Coming(NamedTuple):
    """The attempt that a submission begins or repeats, whether somebody has to authorise it, and the files that would
    be handed in now, SHA-256 by name."""

    attempt: int
    needs_authority: bool
    files: Mapping[str, str]


class Attempts:
    """The learners' attempts, recorded and looked at. Verbs raise as `Recorder.record` does."""

    def __init__(self, recorder: Recorder, evidence: Evidence, fixing: Fixing, details: CentreDetails) -> None:
        self._recorder = recorder
        self._evidence = evidence
        self._fixing = fixing
        self._details = details

    def submit(
        self,
        registration: str,
        unit_code: str,
        attempt: int | None = None,
        declared: Declared | None = None,
        authorised_by: str = "",
        met: Collection[int] = (),
    ) -> Recorded:
        """Submit a unit with the evidence as it is now, fixed by hash.

        Without `attempt` it is the next when the unit is closed as refer, else the present one; before anything was
        recorded, the latest that the names of the unit's files give (`Jones-ENR-Centre-501(2).docx`). A file whose name
        gives another unit is left out. `authorised_by` is the id of the member who authorised a resubmission,
        and `met` are the numbers of its conditions that are.
        """
        (recorded,) = self.submit_units(registration, (unit_code,), attempt, declared, authorised_by, met)
        return recorded

    def submit_units(
        self,
        registration: str,
        unit_codes: Sequence[str],
        attempt: int | None = None,
        declared: Declared | None = None,
        authorised_by: str = "",
        met: Collection[int] = (),
        confirmed: Mapping[str, Coming] | None = None,
    ) -> Iterator[Recorded]:
        """Submit units with the same evidence, as `submit` does each; yields each when it is durable.

        `confirmed` is what a person was told of, as `coming` gave it: only those files are handed in. Of several units
        those that are passed are left out. Raises `Refused` before the first if a rule forbids one, or if the files
        are others than were confirmed.
        """
        self._fixing.require_all_listed(registration)
        files = self._fixing.fingerprints(registration)
        now = self._recorder.learners.portfolio(registration)
        codes = [now.unit(code).code for code in unit_codes]
        if len(codes) > 1:
            codes = [code for code in codes if not _is_passed(now, code)] or codes
        if confirmed is not None:
            told_of = {code: each.files for code, each in confirmed.items()}
            _check_confirmed(now, told_of, files, codes)
        self._evidence.keep(registration)
        unread = self._fixing.unread(registration, files)
        verbs = [self._submission(code, files, attempt, declared, authorised_by, met, unread) for code in codes]
        for verb in verbs:
            verb(self._recorder.act(registration), now)
        for verb in verbs:
            yield self._recorder.record(registration, verb)

    def coming(self, registration: str, unit_codes: Sequence[str]) -> Mapping[str, Coming]:
        """By the code of each unit that is not passed, what submitting it now begins or repeats.

        Raises `Refused` when it cannot be submitted now, whoever authorises it and however it was declared: whoever is
        going to be asked for that is told first.
        """
        from markterm.domain.views.handed_in import handed_in  # When it is needed, like the mark sheets.

        self._fixing.require_all_listed(registration)
        files = self._fixing.fingerprints(registration)
        now = self._recorder.learners.portfolio(registration)
        found: dict[str, Coming] = {}
        for code in unit_codes:
            if not _is_passed(now, code):
                unit = now.unit(code)
                record = now.portfolio.unit(unit.key)
                own, named = handed_in(files, unit.code, now.portfolio.placing)
                attempt = next_attempt(record, named)
                found[unit.code] = Coming(attempt, needs_authority(record, attempt), own)
        policy = self._details.policy_for(now.learner)
        able, all_met = self._able_to_authorise(policy), range(1, len(policy.resubmission_conditions) + 1)
        for code in found:
            self._submission(code, files, None, None, able, all_met)(self._recorder.act(registration), now)
        return found

    def _able_to_authorise(self, policy: Policy) -> str:
        """The id of somebody who may authorise a resubmission: first who acts; empty if there is nobody."""
        role, member = policy.resubmission_authorised_by, self._recorder.member
        able = [each.id for each in (*filter(None, (member,)), *self._details.members) if role in each.roles]
        return able[0] if able else ""

    def _submission(
        self,
        unit_code: str,
        files: Mapping[str, str],
        attempt: int | None,
        declared: Declared | None,
        authorised_by: str,
        met: Collection[int],
        unread: Iterable[str] = (),
    ) -> Verb:
        from markterm.domain.views.handed_in import handed_in  # When it is needed, like the mark sheets.

        authority = self._details.named(authorised_by) if authorised_by else None

        def verb(act: Act, now: LearnerPortfolio) -> Event:
            unit = now.unit(unit_code)
            own, named = handed_in(files, unit.code, now.portfolio.placing)
            wanted = next_attempt(now.portfolio.unit(unit.key), named) if attempt is None else attempt
            not_fixed, _ = handed_in(dict.fromkeys(unread, ""), unit.code, now.portfolio.placing)
            policy = self._details.policy_for(now.learner)
            return submit(act, unit, now.portfolio, own, policy, wanted, declared, authority, not_fixed, met)

        return verb

    def declare(
        self,
        registration: str,
        form: str,
        refuses_use: bool = False,
        *,
        on: date | None = None,
        unit_code: str = "",
    ) -> Recorded:
        """Record the learner's declaration of authenticity, `on` the day that they gave it: of the present attempt at a
        unit, or without one of the first attempts at all of them."""
        declared = Declared(form, on, refuses_use)

        def verb(act: Act, now: LearnerPortfolio) -> Event:
            return declare(act, declared, now.unit(unit_code) if unit_code else None, now.portfolio)

        return self._recorder.record(registration, verb)

    def never_fixed(self, registration: str) -> tuple[str, ...]:
        """The codes of the units that are closed though their evidence was never fixed, as 0.1.0 let them be."""
        shown = self._recorder.learners.portfolio(registration)
        records = ((unit.code, shown.portfolio.unit(unit.key)) for unit in shown.units)
        return tuple(code for code, record in records if record.closing is not None and record.submission is None)

    def since_submitted(self, registration: str) -> Mapping[str, Changes]:
        """What became of the evidence since each unit was submitted, as `changes` gives it for the files as they are
        now. Nothing is hashed for a learner of whom nothing was submitted; else every file is: for a thread."""
        portfolio = self._recorder.learners.portfolio(registration).portfolio
        if not any(record.submissions for record in portfolio.units.values()):
            return {}
        return self.changes(registration, self._fixing.fingerprints(registration))

    def changes(self, registration: str, files: Mapping[str, str]) -> Mapping[str, Changes]:
        """What became of the evidence since each unit was submitted, by the unit's code; only what changed.

        `files` are those that the learner has now, as `Fixing.fingerprints` returns them.
        """
        from markterm.domain.record.submission import changes
        from markterm.domain.views.handed_in import handed_in  # When it is needed, like the mark sheets.

        shown = self._recorder.learners.portfolio(registration)
        found: dict[str, Changes] = {}
        destroyed = shown.portfolio.evidence_destroyed
        for unit in shown.units:
            submission = shown.portfolio.unit(unit.key).submission
            if submission is None:
                continue
            since = changes(submission.files, handed_in(files, unit.code, shown.portfolio.placing)[0])
            if destroyed is not None and submission.uid in destroyed.rests_on:
                since = replace(since, removed=())  # It is known why, and told as that.
            if since:
                found[unit.code] = since
        return found


def _check_confirmed(
    now: LearnerPortfolio, confirmed: Mapping[str, Mapping[str, str]], files: Mapping[str, str], codes: Iterable[str]
) -> None:
    """Raise `Refused` when what would be handed in is not what a person was told of."""
    from markterm.domain.record.submission import changes
    from markterm.domain.views.handed_in import handed_in  # When it is needed, like the mark sheets.

    for code in codes:
        since = changes(confirmed.get(code, {}), handed_in(files, code, now.portfolio.placing)[0])
        if since:
            raise Refused(
                "The evidence changed meanwhile",
                f"Nothing of {now.learner.registration} was submitted for {code}: {since} since you were asked "
                f"({since.named()}).",
                "Look at the files, and submit again.",
            )


def _is_passed(now: LearnerPortfolio, unit_code: str) -> bool:
    closing = now.portfolio.unit(now.unit(unit_code).key).closing
    return closing is not None and closing.outcome is Result.PASS
