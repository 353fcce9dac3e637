"""The briefs of the centre's assignments: verified before learners get them, and whether that still holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date

from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.centre.recorder import Recorder
from markterm.centre.sheets import CentreSheets
from markterm.domain.assessed.assignment import Assignment, Cell
from markterm.domain.assessed.learner import Learner
from markterm.domain.record.briefs import Brief, brief_of
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.rules.briefs import cells_held, held, verify_brief
from markterm.domain.words.code import the_one
from markterm.domain.words.errors import MarkTermError, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.nearly import did_you_mean


class Briefs:
    """The briefs, each as its assignment's sheet is now."""

    def __init__(self, details: CentreDetails, sheets: CentreSheets, recorder: Recorder) -> None:
        self._details = details
        self._sheets = sheets
        self._recorder = recorder
        self._held: tuple[tuple[int, int], Mapping[str, frozenset[Cell]]] = ((-1, -1), {})

    def named(self, code: str) -> Assignment:
        """The assignment that the code means, also one whose sheet has errors. Raises `WrongUse`."""
        known = self._sheets.assignments.by_code
        otherwise = WrongUse(
            "No such assignment",
            f"The centre has no assignment {one_line(code)}.",
            did_you_mean(code, known, f"It has {one_line(', '.join(known)) or 'none, in mark_sheets/assignments'}."),
        )
        return the_one(known.values(), code, "assignment", otherwise)

    def of(self, assignments: Iterable[Assignment]) -> Mapping[str, Brief]:
        """How the briefs of these assignments stand, by code, of those that whoever acts reads of. Raises
        `Unreadable`."""
        remit = self._recorder.seeing.remit
        assignments = tuple(each for each in assignments if remit is None or each.code in remit.assignments)
        events = self._recorder.of_centre() if assignments else []
        return {each.code: brief_of(events, each) for each in assignments}

    def told(self, assignments: Iterable[Assignment]) -> Iterator[Brief]:
        """Those of them of which there is something to tell: that were verified, or that marking waits for. Nothing
        when the centre's record cannot be read: that holds up nobody who only looks."""
        known: Mapping[str, Brief] = {}
        with suppress(MarkTermError):
            known = self.of(assignments)
        asked = self._details.policy.marking_waits_for_brief
        return (brief for brief in known.values() if brief.standing or asked)

    def every(self) -> Sequence[Brief]:
        """How the brief of every assignment of the centre stands. Raises `Unreadable`."""
        return tuple(self.of(self._sheets.assignments.by_code.values()).values())

    def verify(
        self, code: str, unmet: Sequence[int] = (), action: str = "", owner: str = "", due: date | None = None
    ) -> Brief:
        """Record a verifier's answer to the brief as its sheet is now; returns how it stands then.

        Raises `Refused`, `WrongUse`, `NotSaved` and `Unreadable`.
        """
        # The sheet as it is now, and not as it was when somebody opened the centre.
        self._sheets.forget()
        assignment = self.named(code)
        if owner:
            self._details.named(owner)
        self._recorder.record_of_centre(
            lambda act, events: verify_brief(act, assignment, brief_of(events, assignment), unmet, action, owner, due)
        )
        return self.of((assignment,))[assignment.code]

    @property
    def not_issued(self) -> Mapping[str, frozenset[Cell]]:
        """By the code of each assignment whose brief may not be issued, what it carries. Nothing when the centre's
        record cannot be read: that holds up nobody who only looks.

        It is asked for each learner of a caseload: what was found is kept while record and sheets are as they were.
        """
        try:
            events = self._recorder.whole_of_centre()
        except MarkTermError:
            return {}
        made_from = len(events), self._sheets.edition
        if self._held[0] != made_from:
            every = self._sheets.assignments.by_code.values()
            cells = {each.code: cells_held([(each, brief_of(events, each))]) for each in every}
            self._held = made_from, {code: own for code, own in cells.items() if own}
        return self._held[1]

    def held_of(self, learner: Learner) -> frozenset[Cell]:
        """What is not marked of that learner's assignments before a brief is verified."""
        not_issued = self.not_issued
        return frozenset().union(*(not_issued.get(code, frozenset()) for code in learner.assignments))

    def require_issued(self, shown: LearnerPortfolio, cell: Cell) -> None:
        """Raises `Refused` when one of the learner's assignments that carry that criterion has no brief that is
        verified, also where its sheet has errors by now."""
        known = self._sheets.assignments.by_code
        assignments = [known[code] for code in shown.learner.assignments if code in known]
        briefs = self.of(assignments)
        refusal = held(((each, briefs[each.code]) for each in assignments), cell)
        if refusal is not None:
            raise refusal
