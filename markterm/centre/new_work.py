"""Work that came since an assessor opened a learner's evidence, and that one did."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from markterm.centre.fixing import Fixing
from markterm.centre.recorder import Recorder
from markterm.domain.record.bodies.opening import OpenedFile
from markterm.domain.record.event import Event
from markterm.domain.record.opened_evidence import Handed
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.rules.opening import opens
from markterm.domain.words.accounts_folder import ACCOUNTS_FOLDER
from markterm.domain.words.errors import Refused
from markterm.evidence.folder import EvidenceFile, EvidenceKind

_NANO = 10**9
_NO_WORK = (EvidenceKind.POINTER, EvidenceKind.LINK)


class NewWork:
    """Which files of a learner are new, and the record of who opened them."""

    def __init__(self, recorder: Recorder, fixing: Fixing) -> None:
        self._recorder = recorder
        self._fixing = fixing

    def of(self, portfolio: Portfolio, files: Iterable[EvidenceFile]) -> tuple[str, ...]:
        """The names of those of these files that no assessor has opened as they are."""
        return new_among(portfolio, files, self._fixing.digest)

    def opened(self, registration: str, files: Sequence[EvidenceFile]) -> Event | None:
        """Record that whoever acts opened these files, which they were shown; None where that is not to be recorded: it
        was before, or they mark nothing. What became another file meanwhile was not shown, and is not among it.
        Raises `Unreadable`, `NotSaved` and `HashingStopped`."""
        work = [file for file in files if _is_work(file)]
        portfolio = self._recorder.learners.portfolio(registration).portfolio
        if portfolio.opened_evidence.bytes_known and not self.of(portfolio, work):
            return None
        digests = self._fixing.of(work)
        # In this order: what was read is what was listed, where that stands so after it was read.
        still = [file for file in work if file.name in digests and _is_as_listed(file)]
        shown = {file.name: OpenedFile(file.size, digests[file.name]) for file in still}
        try:
            return self._recorder.record(registration, lambda act, now: opens(act, now.portfolio, shown)).event
        except Refused:  # Somebody else was first, or whoever acts may look and nothing more.
            return None


def new_among(
    portfolio: Portfolio, files: Iterable[EvidenceFile], digest: Callable[[EvidenceFile], str | None]
) -> tuple[str, ...]:
    """The names of those of these files that no assessor has opened as they are. `digest` gives the SHA-256 of a file,
    None where it cannot be read; it is asked for what size and time do not tell."""
    work = {file.name: file for file in files if _is_work(file)}
    handed = (Handed(file.name, file.size, file.modified_ns / _NANO) for file in work.values())
    return portfolio.opened_evidence.new(handed, lambda name: digest(work[name]))


def _is_as_listed(file: EvidenceFile) -> bool:
    with suppress(OSError):
        now = file.path.lstat()
        return (now.st_size, now.st_mtime_ns) == (file.size, file.modified_ns)
    return False


def _is_work(file: EvidenceFile) -> bool:
    """Whether the learner handed it in: what assessors write there is no news to them."""
    return file.kind not in _NO_WORK and not file.name.startswith(f"{ACCOUNTS_FOLDER}/")
