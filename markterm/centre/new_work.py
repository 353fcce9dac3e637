"""Work that came since an assessor opened a learner's evidence, and that one did."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from markterm.centre.fixing import Fixing
from markterm.centre.recorder import Recorder
from markterm.domain.record.bodies.opening import OpenedFile
from markterm.domain.record.event import Event
from markterm.domain.record.opened_evidence import Handed
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.rules.opening import opens
from markterm.domain.words.accounts_folder import ACCOUNTS_FOLDER
from markterm.domain.words.errors import Refused, Unreadable
from markterm.evidence.folder import EvidenceFile, EvidenceKind

if TYPE_CHECKING:
    from collections.abc import Iterable

_NANO = 10**9
_NO_WORK = (EvidenceKind.POINTER, EvidenceKind.LINK)


class NewWork:
    """Which files of a learner are new, and the record of who opened them."""

    def __init__(self, recorder: Recorder, fixing: Fixing) -> None:
        self._recorder = recorder
        self._fixing = fixing

    def of(self, portfolio: Portfolio, files: Iterable[EvidenceFile]) -> tuple[str, ...]:
        """The names of those of these files that no assessor has opened as they are."""
        return new_among(portfolio, files)

    def opened(self, registration: str, files: Sequence[EvidenceFile]) -> Event | None:
        """Record that whoever acts opened these files, which they were shown; None where that is not to be recorded: it
        was before, or they mark nothing. Raises `Unreadable`, `NotSaved` and `HashingStopped`."""
        work = [file for file in files if _is_work(file)]
        portfolio = self._recorder.learners.portfolio(registration).portfolio
        if portfolio.opened_evidence.bytes_known and not new_among(portfolio, work):
            return None
        digests = self._fixing.of(work)
        sizes = {file.name: file.size for file in work}
        shown = {name: OpenedFile(sizes[name], digest) for name, digest in digests.items()}
        try:
            return self._recorder.record(registration, lambda act, now: opens(act, now.portfolio, shown)).event
        except Refused:  # Somebody else was first, or whoever acts may look and nothing more.
            return None


def new_among(portfolio: Portfolio, files: Iterable[EvidenceFile]) -> tuple[str, ...]:
    """The names of those of these files that no assessor has opened as they are. Only what size and time do not tell is
    read for it."""
    from markterm.evidence.fingerprint import fingerprint  # For few.

    work = {file.name: file for file in files if _is_work(file)}

    def sha256_of(name: str) -> str | None:
        try:
            return fingerprint(work[name])
        except Unreadable:
            return None

    handed = (
        Handed(file.name, file.size, datetime.fromtimestamp(file.modified_ns / _NANO, UTC)) for file in work.values()
    )
    return portfolio.opened_evidence.new(handed, sha256_of)


def _is_work(file: EvidenceFile) -> bool:
    """Whether the learner handed it in: what assessors write there is no news to them."""
    return file.kind not in _NO_WORK and not file.name.startswith(f"{ACCOUNTS_FOLDER}/")
