"""What a visit pack is made from, and what is known of one learner in it while it is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from markterm.centre.export.exports import Exports
from markterm.centre.export.matrix import MatrixExports
from markterm.centre.export.pack_evidence import Fixed, PackedEvidence
from markterm.centre.export.standing import AsItStands
from markterm.centre.export.verification import VerificationExports
from markterm.centre.looks import Looks
from markterm.domain.rules.retention import Kept
from markterm.domain.views.kept_of import KeptOf
from markterm.exports.export import Piece
from markterm.exports.pack.page import State
from markterm.records.kept_heads import Heads
from markterm.records.store import EventStore

if TYPE_CHECKING:
    from markterm.centre.badges import ListedBadge
    from markterm.centre.caseload import Caseload
    from markterm.centre.evidence import Evidence
    from markterm.centre.export.cohort import CohortExports
    from markterm.centre.learner_portfolio import LearnerPortfolio
    from markterm.centre.plan import SamplingPlan
    from markterm.centre.reports import Reports
    from markterm.centre.retention import Retention
    from markterm.centre.seeing import Seeing
    from markterm.domain.assessed.learner import Learner
    from markterm.domain.assessed.qualification import Qualification
    from markterm.domain.record.centre_details import CentreDetails
    from markterm.domain.record.signing_keys import SigningKey
    from markterm.domain.record.who_did_what import Told

NOT_KEPT = KeptOf("", "", Kept())
"""Of whom nothing was read yet."""
NO_PLAN = "no sampling plan was adopted that says so"
"""Why a unit is not sampled of which no plan tells."""


class Reason(NamedTuple):
    """Why a unit of a learner is in the sampling plan, or is not: of which days that plan is, empty where there is
    none, and the answer, shorter and in full."""

    unit: str
    plan: str
    sampled: bool
    because: tuple[str, ...]
    in_full: tuple[str, ...]


@dataclass
class PackedLearner:
    """One learner in a pack: the folder, what is in it, and what there is to say of it. Nothing in it holds the record:
    of hundreds that would fill the memory.

    `learner` is None where their file or record cannot be read, and `kept` says why.
    """

    registration: str
    folder: PurePosixPath
    with_evidence: bool = True
    learner: Learner | None = None
    incomplete: str = ""
    heads: Heads = field(default_factory=dict)
    kept: KeptOf = NOT_KEPT
    known: tuple[State, ...] = ()
    reasons: tuple[Reason, ...] = ()
    signatures: tuple[Told, ...] = ()
    badges: tuple[ListedBadge, ...] = ()
    fixed: Fixed = field(default_factory=dict)
    evidence: PackedEvidence = field(default_factory=PackedEvidence)
    pieces: list[Piece] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


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
    cohort: CohortExports
    keys: Callable[[], tuple[SigningKey, ...]]
    badges: Callable[[LearnerPortfolio], tuple[ListedBadge, ...]]
    qualifications: Callable[[], Mapping[str, Qualification]]
    now: Callable[[], datetime]
    seeing: Seeing
    looks: Looks
    turn: Lock = field(default_factory=Lock)
    """Held by whoever asks plan or reports: pages are written side by side, and those look at everybody's records."""

    @property
    def in_sight(self) -> str:
        """Of whom the pages of the centre are, in a sentence: of everybody, or of those whom whoever acts may see."""
        return self.caseload.limits or "Of the whole centre."
