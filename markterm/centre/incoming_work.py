"""What can be done in a centre as learners are registered and their work comes in, and the whole of it kept safe.

Each is a noun that is made when it is asked for, beside those of `capabilities.py`, `quality_assurance.py` and
`occupational_standards.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markterm.centre.occupational_standards import OccupationalStandards
from markterm.system.made_once import made_once

if TYPE_CHECKING:
    from markterm.centre.accounts import AccountsOfLearners
    from markterm.centre.backups import Backups
    from markterm.centre.due_days import DueDays
    from markterm.centre.form_drafts import FormDrafts
    from markterm.centre.learners_pages import LearnersPages
    from markterm.centre.new_work import NewWork
    from markterm.centre.of_another import OfAnother
    from markterm.centre.receiving import Receiving


class IncomingWork(OccupationalStandards):
    """The centre from the side of what comes in, and until when."""

    @made_once
    def accounts(self) -> AccountsOfLearners:
        """What was seen and said of learners, and by which method they showed something."""
        from markterm.centre.accounts import AccountsOfLearners

        return AccountsOfLearners(
            self.folder, self.recorder, self.evidence, self.fixing, self.caseload, self._survey, self._looks
        )

    @made_once
    def backups(self) -> Backups:
        """The whole centre in one file."""
        from markterm.centre.backups import Backups

        return Backups(
            self.folder, self.details, self._survey, self.destructions, self._clock, self.seeing, self.named_files
        )

    @made_once
    def due_days(self) -> DueDays:
        """When learners' work is due."""
        from markterm.centre.due_days import DueDays

        return DueDays(self.recorder, self.sheets)

    @made_once
    def learners_pages(self) -> LearnersPages:
        """What learners were told, as pages of their own, and links to these."""
        from markterm.centre.learners_pages import LearnersPages
        from markterm.own.learner_links import LearnerLinks

        return LearnersPages(self.details, self.recorder, self.sheets, LearnerLinks(self._own.links))

    @made_once
    def form_drafts(self) -> FormDrafts:
        """What was begun to write in forms."""
        from markterm.centre.form_drafts import FormDrafts

        return FormDrafts(self._texts, lambda: self.member.id if self.member is not None else "", self._store.earlier)

    @made_once
    def new_work(self) -> NewWork:
        """What came since an assessor opened a learner's evidence."""
        from markterm.centre.new_work import NewWork

        return NewWork(self.recorder, self.fixing, self.same_bytes.digest)

    @made_once
    def of_another(self) -> OfAnother:
        """Which of a learner's files look like another's."""
        from markterm.centre.of_another import OfAnother

        return OfAnother(self.caseload, self.same_bytes)

    @made_once
    def receiving(self) -> Receiving:
        """Work that comes in, out of downloads."""
        from markterm.centre.receiving import Receiving

        return Receiving(self.folder, self.details, self.recorder, self.caseload, self.same_bytes)
