"""Passages that the work of several learners has in common, looked for among everybody's, offline.

`alike_look` finds them; here is who asks, for whom, and what they may see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

from markterm.centre.alike_look import AlikeLook
from markterm.centre.alike_texts import AlikeTexts
from markterm.centre.caseload import Caseload
from markterm.centre.cases import Cases
from markterm.centre.learners import Learners
from markterm.centre.recorder import Recorded
from markterm.centre.same_bytes import SameBytes
from markterm.centre.seeing import Seeing
from markterm.domain.assessed.member import Member
from markterm.domain.record.bodies.cases import CaseAbout
from markterm.domain.rules.seeing_alike import may_see_alike
from markterm.domain.views.alike import ENOUGH, AlikePair, AlikeSeen, case_text, in_order
from markterm.domain.words.errors import MarkTermError, Refused
from markterm.evidence.progress import Progress, Step

_MORE_EACH_TIME = 5
"""Times as many learners are read before what was found is looked for again: the first of it is there at once."""


class AlikeWork:
    """What the work of the centre's learners has in common. `member` says who asks: what they may not see is counted
    and told of nobody."""

    def __init__(
        self,
        texts: AlikeTexts,
        same: SameBytes,
        caseload: Caseload,
        learners: Learners,
        cases: Callable[[], Cases],
        seeing: Seeing,
        member: Callable[[], Member | None],
    ) -> None:
        self._texts = texts
        self._same = same
        self._caseload = caseload
        self._learners = learners
        self._cases = cases
        self._seeing = seeing
        self._member = member
        self._assessors: dict[str, frozenset[str]] = {}

    def look(self, progress: Progress, unit: str = "", learner: str = "") -> Iterator[AlikeSeen]:
        """Look through everybody in the caseload as it was read last, and give what is found: first of some, then of
        ever more, at last of all. With a `unit`, by its code, only those who are on it; with a `learner`, by
        registration, only what others have of theirs. Also those are looked at whom whoever asks may not see, and told
        of to nobody: how many were read is told of the others. `progress` is told of it, and can stop it. What
        was read of files that nobody has any more is let go of. Raises `Unreadable`, `NotNow` when a store does not
        tell what was handed in, and `Refused` where nobody may look.
        """
        self._seeing.require_looking()
        if self._seeing.visitor is not None:
            raise _not_yours()
        self._texts.require_told()
        try:
            yield from self._look(progress, unit, learner)
        finally:
            # Who destroys what a learner handed in removes the file: nothing is to hold it.
            self._texts.index.close()

    def _look(self, progress: Progress, unit: str, learner: str) -> Iterator[AlikeSeen]:
        rows = [row for row in self._caseload.everybody if not row.is_unread]
        rows = [row for row in rows if not unit or any(each.code == unit for each in row.units)]
        # Who are on the same come together, so that soon enough are read to tell what they were given.
        rows.sort(key=lambda row: (row.registration != learner, [each.code for each in row.units], row.registration))
        self._same.look()
        self._assessors.clear()
        self._texts.hashes.clear()
        theirs = {row.registration for row in self._seeing.rows(tuple(rows))}
        looking = AlikeLook(self._texts, self._same, rows, theirs, learner)
        of, next_time = len(theirs), ENOUGH
        seen, read = AlikeSeen((), of=of), -1
        for number, row in enumerate(rows, 1):
            if progress.stop.is_set():
                return
            is_theirs = row.registration in theirs
            progress.at(Step(seen.read, of, row.registration if is_theirs else ""))
            failed = looking.take_in(row, _reading_of(row.registration if is_theirs else "", progress))
            if is_theirs:
                seen = seen._replace(read=seen.read + 1, unread=seen.unread + failed)
            if number == next_time and number < len(rows):
                next_time *= _MORE_EACH_TIME
                # Where all is known already, the end is nearly there.
                if read != self._texts.read:
                    read = self._texts.read
                    yield self._found(seen, looking, progress)
        self._same.keep()
        if not progress.stop.is_set():
            progress.at(Step(of, of))
            found = self._found(seen, looking, progress)
            yield found
            if many := looking.of_many(self._may_see):
                yield found._replace(many=many)
            if rows and not (unit or learner):
                looking.keep()
                self._texts.let_go_but(looking.texts)

    def open_cases(self, pairs: Sequence[AlikePair], said: str, unit: str = "") -> Iterator[Recorded]:
        """Open a case of suspected malpractice in the record of each pair's first learner, with where every passage
        stands on both sides; `said` is what a person says of it. None is opened where one of them is refused. Raises as
        `Cases.open`, and `Refused` when whoever acts may not see a pair."""
        if not all(self._may_see(each.one, each.other) for each in pairs):
            raise _not_yours()
        cases, about = self._cases(), CaseAbout.MALPRACTICE
        asked = [(each.one, case_text(said, each.passages), each.files_of_one) for each in pairs]
        for registration, text, files in asked:
            cases.check(registration, about, text, unit, files)
        for registration, text, files in asked:
            yield cases.open(registration, about, text, unit, evidence=files)

    def close(self) -> None:
        """Let go of what was read of the texts."""
        self._texts.index.close()

    def _found(self, seen: AlikeSeen, looking: AlikeLook, progress: Progress) -> AlikeSeen:
        pairs = looking.pairs(progress)
        shown = [each for each in pairs if self._may_see(each.one, each.other)]
        both = (self._seeing.registration(each.one) and self._seeing.registration(each.other) for each in pairs)
        hidden = sum(both) - len(shown)
        odd = tuple(each for each in looking.odd if self._may_see(each.registration))
        seen = seen._replace(pairs=in_order(shown), hidden=hidden, odd=odd)
        # Of whom these are is not known: to who sees some learners it would tell of others.
        if not self._seeing.everybody:
            return seen
        return seen._replace(given=looking.given, cited=looking.cited, left=looking.left)

    def _may_see(self, *learners: str) -> bool:
        seen = all(map(self._seeing.registration, learners))
        return seen and may_see_alike(self._member(), map(self._assessing, learners))

    def _assessing(self, registration: str) -> frozenset[str]:
        """Who assesses that learner: whose they are, and who decided on their work."""
        if (known := self._assessors.get(registration)) is None:
            found = {row.assessor for row in self._caseload.everybody if row.registration == registration}
            with suppress(MarkTermError):
                portfolio = self._learners.portfolio(registration).portfolio
                for record in portfolio.units.values():
                    for own in record.criteria.values():
                        found.update(decision.actor for decision in own.live)
            known = self._assessors[registration] = frozenset(found - {""})
        return known


def _reading_of(registration: str, progress: Progress) -> Progress:
    """The reading of one learner's files: whoever watches is told of the learner, and not file by file."""
    return Progress(lambda _: progress.converts(registration), progress.urgency, progress.stop)


def _not_yours() -> Refused:
    return Refused(
        "Not yours to see",
        "What learners' work has in common is seen by verifiers, and by who assesses both.",
        "Ask a verifier.",
    )
