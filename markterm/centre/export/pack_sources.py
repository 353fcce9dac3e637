"""What a visit pack is made from, and what is known of one learner in it while it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from threading import Lock
from typing import TYPE_CHECKING

from markterm.centre.export.exports import Exports
from markterm.centre.export.matrix import MatrixExports
from markterm.centre.export.pack_evidence import PackedEvidence
from markterm.centre.export.standing import AsItStands
from markterm.centre.export.verification import VerificationExports
from markterm.exports.export import Piece
from markterm.exports.table.keeping import KeptTold
from markterm.records.kept_heads import Heads
from markterm.records.store import EventStore

if TYPE_CHECKING:
    from markterm.centre.caseload import Caseload
    from markterm.centre.evidence import Evidence
    from markterm.centre.learner_portfolio import LearnerPortfolio
    from markterm.centre.plan import SamplingPlan
    from markterm.centre.reports import Reports
    from markterm.centre.retention import Retention
    from markterm.domain.record.centre_details import CentreDetails


@dataclass
class PackedLearner:
    """One learner in a pack: the folder, what is in it, and what there is to say of it."""

    registration: str
    folder: PurePosixPath
    shown: LearnerPortfolio | None
    heads: Heads
    kept: KeptTold
    evidence: PackedEvidence = field(default_factory=PackedEvidence)
    pieces: list[Piece] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    with_evidence: bool = True


@dataclass(frozen=True)
class PackSources:
    """What a pack is made from."""

    details: CentreDetails
    standing: AsItStands
    store: EventStore
    exports: Exports
    evidence: Evidence
    caseload: Caseload
    reports: Reports
    plans: SamplingPlan
    matrix: MatrixExports
    verification: VerificationExports
    retention: Retention
    now: Callable[[], datetime]
    turn: Lock = field(default_factory=Lock)
    """Held by whoever asks plan or reports: pages are written side by side, and those look at everybody's records."""
