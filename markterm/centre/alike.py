"""Passages that the work of several learners has in common, looked for among everybody's, offline.

`alike_look` finds them; here is who asks, for whom, and what they may see.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import suppress

from markterm.centre.alike_look import AlikeLook
from markterm.centre.alike_texts import AlikeTexts
from markterm.centre.caseload import Caseload
from markterm.centre.cases import Cases
from markterm.centre.learners import Learners
from markterm.centre.recorder import Recorded
from markterm.centre.same_bytes import SameBytes
from markterm.domain.assessed.member import Member
from markterm.domain.record.bodies.cases import CaseAbout
from markterm.domain.rules.seeing_alike import may_see_alike
from markterm.domain.views.alike import ENOUGH, AlikePair, AlikePassage, AlikeSeen, case_text, in_order
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
        member: Callable[[], Member | None],
    ) -> None:
        self._texts = texts
        self._same = same
        self._caseload = caseload
        self._learners = learners
        self._cases = cases
        self._member = member
        self._assessors: dict[str, frozenset[str]] = {}

    def look(self, progress: Progress, unit: str = "", learner: str = "") -> Iterator[AlikeSeen]:
        """Look through the learners in the caseload as it was read last, and give what is found: first of some, then of
        ever more, at last of all. With a `unit`, by its code, only those who are on it; with a `learner`, by
        registration, only what others have of theirs. `progress` is told of it, and can stop it. Raises `Unreadable`.
        """
        rows = [row for row in self._caseload.rows if not row.problem or row.units]
        rows = [row for row in rows if not unit or any(each.code == unit for each in row.units)]
        # Who are on the same come together, so that soon enough are read to tell what they were given.
        rows.sort(key=lambda row: (row.registration != learner, [each.code for each in row.units], row.registration))
        self._same.look()
        self._assessors.clear()
        looking = AlikeLook(self._texts, self._same, rows, learner)
        unread, next_time = 0, ENOUGH
        for number, row in enumerate(rows, 1):
            if progress.stop.is_set():
                return
            progress.at(Step(number - 1, len(rows), row.registration))
            unread += looking.take_in(row, _reading_of(row.registration, progress))
            if number == next_time and number < len(rows):
                next_time *= _MORE_EACH_TIME
                yield self._seen(looking, progress, number, len(rows), unread)
        self._same.keep()
        if not progress.stop.is_set():
            progress.at(Step(len(rows), len(rows)))
            yield self._seen(looking, progress, len(rows), len(rows), unread)

    def open_case(
        self, pair: AlikePair, said: str, unit: str = "", passages: Collection[AlikePassage] = ()
    ) -> Recorded:
        """Open a case of suspected malpractice in the record of the pair's first learner, with where each passage, or
        each of these, stands on both sides; `said` is what a person says of it. Raises as `Cases.open`, and `Refused`
        when whoever acts may not see the pair."""
        if not self._may_see(pair):
            raise Refused(
                "Not yours to see",
                "What learners' work has in common is seen by verifiers, and by who assesses both.",
                "Tell a verifier.",
            )
        chosen = tuple(passages) or pair.passages
        files = dict.fromkeys(each.one.passage.file for each in chosen)
        text = case_text(said, chosen)
        return self._cases().open(pair.one, CaseAbout.MALPRACTICE, text, unit, evidence=files)

    def _seen(self, looking: AlikeLook, progress: Progress, read: int, of: int, unread: int) -> AlikeSeen:
        pairs = looking.pairs(progress)
        seen = [each for each in pairs if self._may_see(each)]
        hidden = len(pairs) - len(seen)
        return AlikeSeen(in_order(seen), hidden, read, of, unread, looking.given, looking.left)

    def _may_see(self, pair: AlikePair) -> bool:
        member = self._member()
        if member is None:
            return False
        if may_see_alike(member, ((), ())):
            return True
        return may_see_alike(member, (self._assessing(pair.one), self._assessing(pair.other)))

    def _assessing(self, registration: str) -> frozenset[str]:
        """Who assesses that learner: whose they are, and who decided on their work."""
        if (known := self._assessors.get(registration)) is None:
            found = {row.assessor for row in self._caseload.rows if row.registration == registration}
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
