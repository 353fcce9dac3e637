"""Work that came since an assessor opened a learner's evidence, and that one did."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from markterm.centre.fixing import Fixing
from markterm.centre.recorder import Recorder
from markterm.centre.unopened import is_work, new_among
from markterm.domain.record.bodies.opening import OpenedFile
from markterm.domain.record.event import Event
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.rules.opening import opens
from markterm.evidence.folder import EvidenceFile


class NewWork:
    """Which files of a learner are new, and the record of who opened them."""

    def __init__(self, recorder: Recorder, fixing: Fixing, digest: Callable[[EvidenceFile], str | None]) -> None:
        self._recorder = recorder
        self._fixing = fixing
        self._digest = digest

    def of(self, portfolio: Portfolio, files: Iterable[EvidenceFile]) -> tuple[str, ...]:
        """The names of those of these files that no assessor has opened as they are."""
        return new_among(portfolio, files, self._digest)

    def opened(self, registration: str, files: Sequence[EvidenceFile]) -> Event | None:
        """Record that whoever acts opened these files, which they were shown; None where none of them is new. What
        became another file meanwhile was not shown, and is not among it. Raises as `Recorder.record` does, `Refused` of
        whoever marks nothing, and `HashingStopped`."""
        work = [file for file in files if is_work(file)]
        portfolio = self._recorder.learners.portfolio(registration).portfolio
        if not work or (portfolio.opened_evidence.bytes_known and not self.of(portfolio, work)):
            return None
        digests = self._fixing.of(work)
        # In this order: what was read is what was listed, where that stands so after it was read.
        still = [file for file in work if file.name in digests and _is_as_listed(file)]
        shown = {file.name: OpenedFile(file.size, digests[file.name]) for file in still}
        return self._recorder.record(registration, lambda act, now: opens(act, now.portfolio, shown)).event


def _is_as_listed(file: EvidenceFile) -> bool:
    with suppress(OSError):
        now = file.path.lstat()
        return (now.st_size, now.st_mtime_ns) == (file.size, file.modified_ns)
    return False
