"""What is kept of each learner until when; holds; and destroying, in steps that can be completed wherever they stopped.

Nothing says that something was destroyed before it is gone: the centre's record says first that it begins, with how far
each record went, and that it is done when nothing is left here.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from markterm.centre.caseload import Caseload
from markterm.centre.destructions_on_record import DestructionsOnRecord
from markterm.centre.folder import CentreFolder
from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.centre.presence import Presence
from markterm.centre.recorder import CentreVerb, Recorded, Recorder
from markterm.centre.sheets import CentreSheets
from markterm.domain.record.bodies.retaining import What
from markterm.domain.record.bodies.visiting import Held
from markterm.domain.record.centre_actions import centre_actions
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.destructions import Destruction
from markterm.domain.record.event import Event
from markterm.domain.record.portfolio import fold
from markterm.domain.rules import destroying
from markterm.domain.rules.destroying import Meant, the_one_meant
from markterm.domain.rules.retention import Kept, kept
from markterm.domain.views.caseload import NOBODYS
from markterm.domain.views.kept_of import KeptOf, Outcome
from markterm.domain.words.errors import MarkTermError, Refused, WrongUse
from markterm.domain.words.finding import Finding, Severity
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.hint import Hint, Way
from markterm.domain.words.local_time import local
from markterm.own.places import CentrePlaces
from markterm.records.store import EventStore
from markterm.system.platform import CENTRE_RECORD, folder_name

if TYPE_CHECKING:
    from markterm.centre.audits import Audits

DESTRUCTION_UNFINISHED = "MC44"
THERE_AGAIN = "MC45"
_DESTROYED = "What was kept long enough is destroyed"


class Retention:
    """What is kept of the learners of the centre in `folder`, and destroyed. Verbs raise as `Recorder.record` does."""

    def __init__(
        self,
        folder: CentreFolder,
        details: CentreDetails,
        sheets: CentreSheets,
        recorder: Recorder,
        stores: Sequence[EventStore],
        on_record: DestructionsOnRecord,
        caseload: Caseload,
        presence: Presence,
        audits: Callable[[], Audits],
        own: CentrePlaces,
    ) -> None:
        self._folder = folder
        self._details = details
        self._sheets = sheets
        self._recorder = recorder
        self._stores = stores
        self._on_record = on_record
        self._caseload = caseload
        self._presence = presence
        self._audits = audits
        self._own = own

    def of(self, registration: str) -> KeptOf:
        """What is kept of one learner until when. Raises `Unreadable`."""
        return self.of_shown(self._recorder.learners.portfolio(registration), self.held_by_visits())

    def held_by_visits(self) -> tuple[tuple[str, str], ...]:
        """What external quality assurers ask for that holds what is kept, each with the qualification of which it does,
        empty for all. Raises `Unreadable`."""
        return tuple(
            (each.qualification, f"action {each.action.short} of {each.where} is not accepted")
            for each in centre_actions(self._recorder.of_centre())
            if each.holds_now(Held.RETENTION)
        )

    def of_shown(self, shown: LearnerPortfolio, visits: Iterable[tuple[str, str]]) -> KeptOf:
        """What is kept of a learner as they are shown; `visits` is what `held_by_visits` gave. Raises `Unreadable`."""
        return self._of_shown(shown, visits, self.coming(shown.learner.registration))

    def _of_shown(
        self, shown: LearnerPortfolio, visits: Iterable[tuple[str, str]], coming: tuple[Destruction, ...]
    ) -> KeptOf:
        portfolio, qualifications = shown.portfolio, shown.learner.qualifications
        registration = shown.learner.registration
        around = [why for code, why in visits if not code or code in qualifications]
        if shown.incomplete:
            around.append(f"the record is incomplete: {shown.incomplete}")
        return KeptOf(
            registration,
            shown.learner.name,
            kept(qualifications, portfolio, self._details.retention, around),
            portfolio.holds,
            portfolio.evidence_destroyed,
            coming,
        )

    def coming(self, registration: str) -> tuple[Destruction, ...]:
        """What is meant or begun to be destroyed of the learner, and not done, as far as the centre's record can be
        read."""
        return self._on_record.told(registration, self._recorder.now())

    def of_everybody(self) -> Iterator[KeptOf]:
        """The same of each learner in the caseload as it was read last, one after the other.

        Raises `Unreadable` when the centre's own record cannot be read.
        """
        visits, now = self.held_by_visits(), self._recorder.now()
        coming = [each for each in self._on_record.readable() if each.is_coming(now)]
        for row in self._caseload.rows:
            try:
                shown = self._recorder.learners.portfolio(row.registration, in_passing=True)
                theirs = tuple(each for each in coming if each.is_of(row.registration))
                yield self._of_shown(shown, visits, theirs)
            except MarkTermError as error:
                yield KeptOf(row.registration, row.name, Kept(), problem=f"{error.title}: {error.what}")

    def unfinished(self) -> tuple[Destruction, ...]:
        """What began to be destroyed and is not done. Raises `Unreadable`."""
        return tuple(each for each in self._on_record.every() if each.is_unfinished)

    def findings(self) -> tuple[Finding, ...]:
        """What began to be destroyed and is not done, and what was and is there again, by the caseload as it was looked
        at last."""
        found: list[Finding] = []
        with suppress(MarkTermError):  # That the centre's record cannot be read is told where it is audited.
            for each in self._on_record.every():
                if each.is_unfinished:
                    what = "evidence" if each.what is What.EVIDENCE else "a record"
                    message = f"{what} of a learner is {one_line(each.words)}"
                    hint = Hint(Way.COMPLETE_DESTRUCTION)
                    found.append(Finding(DESTRUCTION_UNFINISHED, Severity.ERROR, message, hint=hint))
                elif each.is_done:
                    found += self._there_again(each)
        return tuple(found)

    def _there_again(self, done: Destruction) -> Iterator[Finding]:
        for row in self._caseload.rows:
            if not done.is_of(row.registration):
                continue
            folder = self._folder.learners / row.folder
            if done.what is What.RECORD and row.problem.startswith(NOBODYS):
                message = f"the record of {one_line(row.registration)} was {one_line(done.words)}, and is here again"
                hint = Hint(Way.DESTROY_AGAIN, learner=one_line(row.registration))
                yield Finding(THERE_AGAIN, Severity.ERROR, message, self._stores[1].place(row.registration), hint=hint)
            elif done.what is What.RECORD and folder.is_dir() and not self._stores[1].stamp(row.registration):
                message = f"there is a learner {one_line(row.registration)}, whose record was {one_line(done.words)}"
                yield Finding(THERE_AGAIN, Severity.WARNING, message, folder)
            elif done.what is What.EVIDENCE:
                yield from self._evidence_again(row.registration, done)

    def _evidence_again(self, registration: str, done: Destruction) -> Iterator[Finding]:
        folder = self._folder.evidence(registration)
        gone = fold(self._stores[1].load(registration))
        destroyed = gone.evidence_destroyed
        if destroyed is None:
            return
        submissions = (each for record in gone.units.values() for each in record.submissions)
        names = {name for each in submissions if each.uid in destroyed.rests_on for name in each.files}
        listed = self._folder.handed_in.listed(folder_name(registration))
        if listed.unreachable:
            return  # That the store is away is told by itself.
        if there := sorted(names.intersection(each.name for each in listed.files)):
            more = f" and {len(there) - 1} more" if len(there) > 1 else ""
            message = f"{there[0]}{more} of {registration} is there again: the evidence was {done.words}"
            yield Finding(THERE_AGAIN, Severity.WARNING, one_line(message), folder)

    def knows(self, registration: str) -> bool:
        """Whether the centre's record tells of a destruction of a learner of just that registration."""
        return bool(self._on_record.of(registration))

    def hold(self, registration: str, text: str) -> Recorded:
        """Hold everything of the learner. Raises `Refused`, with the hold on record, when the evidence is just being
        destroyed: it keeps what is left, and nobody is told that it kept everything."""
        told = self._on_record.readable()
        recorded = self._recorder.record(registration, lambda act, _: destroying.hold(act, text))
        self._on_record.after(registration, told)
        if begun := [each for each in told if each.is_unfinished and each.is_of(registration)]:
            raise Refused(
                "It is being destroyed",
                one_line(f"The hold is recorded, and the evidence of {registration} is {begun[0].words}."),
                "Look what is left: that is kept, and nothing more is destroyed where it stopped.",
            )
        return recorded

    def lift(self, registration: str, text: str) -> Recorded:
        """Lift every hold of the learner."""
        return self._recorder.record(registration, lambda act, now: destroying.lift(act, now.portfolio, text))

    def take_back(self, registration: str) -> Event:
        """Mean no longer to destroy anything of the learner. Raises `WrongUse` where nobody means it."""
        pending = [each for each in self._on_record.of(registration) if each.is_pending]
        if not pending:
            raise WrongUse("Nobody means it", f"Nothing of {registration} is to be destroyed.", "Leave it as it is.")
        for each in pending:
            event = self._recorder.record_of_centre(_taking_back(each))
        return event

    def destroy(self, registration: str, what: What, text: str) -> Outcome:
        """Go one step on: the first time it is meant; the second time, by another person or a day later, it is
        destroyed; where that was begun it is completed, and where it is done already what this machine still has of it
        is removed.

        Raises `Refused` while it is kept, held or open with somebody, also where that comes to be while it begins: then
        it is given up. Raises `UpgradeNeeded`, and `NotSaved`: then it is begun and not done, and doing it again
        completes it.
        """
        self._recorder.seeing.require_everybody(_DESTROYED)
        with self._recorder.learners.lock:
            return self._destroy(registration, what, text)

    def _destroy(self, registration: str, what: What, text: str) -> Outcome:
        meant, every = Meant(what, text.strip()), self._on_record.of(registration)
        begun = the_one_meant(registration, what, every, self._recorder.now())
        if begun is not None and begun.is_begun:
            return self._complete(registration, begun)
        done = [each for each in every if each.is_done and each.what is What.RECORD]
        if done and self._is_only_what_was(registration, done[-1]):
            return self._complete(registration, done[-1])
        self._recorder.learners.require_whole(registration, "destroyed")
        self._check_alone(registration, what)
        # Counted before what keeps it is read: what somebody adds from here on is more than was counted.
        records = {name: self._heads(name) for name in self._records(registration)}
        now = self.of(registration).kept
        if begun is None:
            salt = secrets.token_hex(16)
            of_learner = self._recorder.learners.portfolio(registration).portfolio.events
            latest = max((event.at for event in (*self._recorder.of_centre(), *of_learner)), default=None)
            event = self._recorder.record_of_centre(
                lambda act, _: destroying.intend(act, registration, meant, now, salt, latest)
            )
            return Outcome(next(each for each in self._on_record.every() if each.uid == event.uid))
        first = self._details.name_of(begun.first.actor, begun.first.at)
        event = self._recorder.record_of_centre(
            lambda act, _: destroying.begin(act, registration, meant, now, begun, records, first)
        )
        return self._complete(registration, self._again(begun), event.uid)

    def complete_all(self) -> Iterator[tuple[Destruction, Outcome | MarkTermError]]:
        """Complete everything that was begun, of whomever it is, also where not even the learner's name is left: each
        with what became of it, or why it is not done. Raises `Unreadable`."""
        self._recorder.seeing.require_everybody(_DESTROYED)
        for begun in self.unfinished():
            became: Outcome | MarkTermError
            try:
                with self._recorder.learners.lock:
                    became = self._complete(self._name_of(begun), begun)
            except MarkTermError as error:
                became = error
            yield begun, became

    def _complete(self, registration: str, begun: Destruction, own: str = "") -> Outcome:
        """Remove what is there of it, each step so that it can be done again, and only then say that it is done."""
        destroying.in_charge(self._recorder.act(CENTRE_RECORD))
        records = self._left_of(registration, begun) if registration else ()
        from markterm.centre.removal import Removal  # With all that may have to go: only here.

        removal = Removal(self._folder, self._own, records or (begun.short,), begun.short)
        if records and not begun.is_done and (why := self._keeps_after_all(records, begun)):
            removal.put_back(begun.what)
            self._recorder.record_of_centre(lambda act, _: destroying.give_up(act, begun, why, own))
            raise Refused(
                "It is kept after all",
                f"Nothing more of {registration} is destroyed: {why}.",
                "See to what keeps it; then it is meant anew, and two people destroy it.",
            )
        elsewhere = list(removal.links())
        if begun.what is What.EVIDENCE:
            removal.evidence()
            removal.caches()
            self._tell_evidence_gone(registration, begun)
        else:
            for record in records:
                elsewhere += [each.message for each in self._stores[0].elsewhere(record)]
                self._presence.forget(record)
            removal.drafts(self._whoever_wrote(), self._sheets)
            removal.pages(self._recorder.now())
            removal.exports()
            removal.learner()
            for record in records:
                for store in self._stores:
                    store.remove(record)
            self._audits().forget(records)
            removal.caches()
        for _ in self._caseload.refresh():
            pass  # What it has in memory it would keep again.
        if not begun.is_done:
            self._recorder.record_of_centre(lambda act, _: destroying.done(act, begun))
        left = tuple(dict.fromkeys((*elsewhere, *removal.elsewhere(begun.what))))
        return Outcome(self._again(begun), left, self._named(records))

    def _tell_evidence_gone(self, registration: str, begun: Destruction) -> None:
        """Have the learner's record say it, once; where that was destroyed too, nobody is left to be told."""
        if not registration or self._on_record.has_gone(registration):
            return
        gone = self._recorder.learners.portfolio(registration).portfolio.evidence_destroyed
        if gone is None or gone.destruction != begun.uid:
            self._recorder.record(registration, lambda act, now: destroying.evidence_gone(act, now.portfolio, begun))

    def _keeps_after_all(self, records: Sequence[str], begun: Destruction) -> str:
        """What was recorded while it began, or since, and keeps it: looked at when everybody can see that it begins,
        and before anything is removed. Who records at the same time sees that it begins, or is seen here."""
        for record in records if begun.what is What.RECORD else ():
            counted = begun.heads_of(record) or {}
            if any(lines > counted.get(segment, (0, ""))[0] for segment, (lines, _) in self._heads(record).items()):
                return "something was recorded of it while it began to be destroyed"
        with suppress(MarkTermError):  # Half gone it may be no learner's any more; then the count alone tells.
            today = local(self._recorder.now()).date()
            return one_line("; ".join(self.of(records[-1]).kept.why_not(begun.what, today)))
        return ""

    def _whoever_wrote(self) -> set[str]:
        """The members of the centre, those who left too."""
        return {each.id for each in self._details.members} | {each.id for each in self._details.past().changes}

    def _again(self, destruction: Destruction) -> Destruction:
        return next(each for each in self._on_record.every() if each.uid == destruction.uid)

    def _records(self, registration: str) -> tuple[str, ...]:
        store = self._stores[0]
        store.load(registration)
        return (*store.earlier(registration), registration)

    def _left_of(self, registration: str, begun: Destruction) -> tuple[str, ...]:
        """The records that are destroyed, as far as they are there, the learner's own last: it tells of the others."""
        there = (*self._records(registration)[:-1], *self._stores[0].to_verify())
        own = (each for each in there if each != registration and begun.heads_of(each) is not None)
        return (*dict.fromkeys(own), registration)

    def _heads(self, record: str) -> dict[str, tuple[int, str]]:
        return {name: (head.lines, head.digest) for name, head in self._stores[0].heads(record).items()}

    def _is_only_what_was(self, registration: str, done: Destruction) -> bool:
        """Whether nothing of the learner is here, or only the very record that was destroyed, which came back. Where
        there is a learner's folder it may be somebody else's, of that registration: two people look at it anew."""
        if self._folder.learner(registration).exists():
            return False
        counted = done.heads_of(registration) or {}
        heads = self._heads(registration)
        return all(segment in counted and head[0] <= counted[segment][0] for segment, head in heads.items())

    def _name_of(self, begun: Destruction) -> str:
        """The registration of whom it is, as far as anything here still has it; empty where nothing has."""
        there = (*(row.registration for row in self._caseload.now()), *self._stores[0].to_verify())
        return next((each for each in there if each != CENTRE_RECORD and begun.is_of(each)), "")

    def _check_alone(self, registration: str, what: What) -> None:
        """Raises `Refused` when somebody has the learner open, when an earlier registration is another learner's by
        now, when the learner's files are a link to elsewhere, and when there is no evidence to destroy."""
        if others := self._presence.others_on(registration):
            raise Refused(
                "Somebody has the learner open",
                f"{registration} is open with {', '.join(others)}.",
                "Have them close it, then do it again.",
            )
        earlier = self._records(registration)[:-1]
        if taken := [each for each in earlier if self._folder.learner(each).exists()]:
            raise Refused(
                "An earlier registration is another learner's",
                one_line(f"{registration} goes on from {taken[0]}, and there is a learner of that registration."),
                "Find out whose record it is first.",
            )
        places = (self._folder.learner(registration), self._folder.evidence(registration))
        if link := next((each for each in places if each.is_symlink()), None):
            raise Refused(
                "It is a link to another place",
                f"{link} leads to {link.resolve()}. What lies there may be somebody else's, and nothing was destroyed.",
                "Put the learner's own files in the place of the link, or remove both yourself, then do it again.",
                file=link,
            )
        if not self._has_evidence(registration) and what is What.EVIDENCE:
            raise Refused("There is no evidence", f"{registration} has no file here.", "Leave it as it is.")

    def _has_evidence(self, registration: str) -> bool:
        """Whether anything is there of what the learner handed in. Raises `Refused` where a store does not tell."""
        in_store = self._folder.store is not None and self._folder.store.has_anything(folder_name(registration))
        return in_store or self._has_files(self._folder.evidence(registration))

    def _has_files(self, folder: Path) -> bool:
        with suppress(OSError):
            return any(True for _ in folder.iterdir())
        return False

    def _named(self, records: Sequence[str]) -> int:
        """How many entries of the centre's record name one of these registrations."""
        if not records:
            return 0
        return sum(any(_names(event.body, record) for record in records) for event in self._recorder.of_centre())


def _taking_back(destruction: Destruction) -> CentreVerb:
    return lambda act, _: destroying.take_back(act, destruction)


def _names(said: object, record: str) -> bool:
    if isinstance(said, str):
        return said == record
    if isinstance(said, dict):
        return any(_names(each, record) for each in (*said.keys(), *said.values()))
    return isinstance(said, (list, tuple)) and any(_names(each, record) for each in said)
