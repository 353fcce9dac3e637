"""Which files of a learner no assessor has opened as they are: asked for every row of the caseload, by whoever records
nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from markterm.domain.record.opened_evidence import Handed
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.words.accounts_folder import ACCOUNTS_FOLDER
from markterm.evidence.folder import EvidenceFile, EvidenceKind

_NANO = 10**9
_NO_WORK = (EvidenceKind.POINTER, EvidenceKind.LINK)


def new_among(
    portfolio: Portfolio, files: Iterable[EvidenceFile], digest: Callable[[EvidenceFile], str | None]
) -> tuple[str, ...]:
    """The names of those of these files that no assessor has opened as they are. `digest` gives the SHA-256 of a file,
    None where it cannot be read; it is asked for what size and time do not tell."""
    work = {file.name: file for file in files if is_work(file)}
    if not work:
        return ()
    handed = (Handed(file.name, file.size, file.modified_ns / _NANO, file.placed_ns / _NANO) for file in work.values())
    return portfolio.opened_evidence.new(handed, lambda name: digest(work[name]))


def is_work(file: EvidenceFile) -> bool:
    """Whether the learner handed it in: what assessors write there is no news to them."""
    return file.kind not in _NO_WORK and not file.name.startswith(f"{ACCOUNTS_FOLDER}/")
