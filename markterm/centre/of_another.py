"""Which of a learner's files look like another's, said whenever the learner is opened."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from types import MappingProxyType

from markterm.centre.caseload import Caseload
from markterm.centre.same_bytes import SameBytes
from markterm.domain.incoming.of_another import of_another
from markterm.domain.views.alike import Cohorts
from markterm.domain.words.errors import Unreadable
from markterm.system.platform import folder_name


class OfAnother:
    """The files of the learners in the `caseload`; `same` knows what everybody has. Asked in a thread: once in a while
    it looks at the folders of all learners, and it reads files of one size once."""

    def __init__(self, caseload: Caseload, same: SameBytes) -> None:
        self._caseload = caseload
        self._same = same

    def told(self, registration: str, first_pages: Mapping[str, str] = MappingProxyType({})) -> Mapping[str, str]:
        """By the names of the learner's files that look like another's, what does, in words; `first_pages` are the
        texts of those that were read."""
        folder = folder_name(registration)
        with suppress(Unreadable):  # Told of where the learners are listed.
            self._same.look_beside(folder)
            if not self._caseload.everybody:
                # An index that is new says the same as one that was kept.
                self._caseload.now()
            files, same = self._same.of(folder), self._not_given(folder, self._same.elsewhere(folder))
            return of_another(files, same, self._caseload.names(), registration, first_pages)
        return {}

    def _not_given(self, folder: str, elsewhere: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
        """Those of the files that others have too which were not given to everybody, as where alike work is shown."""
        if not elsewhere:
            return elsewhere
        rows = self._caseload.everybody
        cohorts, of_folder = Cohorts.of(rows), {row.folder: row.registration for row in rows}
        whose = {name: {of_folder.get(each, each) for each in (folder, *others)} for name, others in elsewhere.items()}
        return {name: others for name, others in elsewhere.items() if not cohorts.were_given(whose[name])}
