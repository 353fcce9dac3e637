"""Verification of units: what is picked, and a verifier's answer to its closing."""

from __future__ import annotations

from markterm.centre.recorder import Recorded, Recorder
from markterm.domain.rules import verification


class Verification:
    """Picks units for verification and records the answers. Verbs raise as `Recorder.record` does."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder

    def sample(self, registration: str, unit_code: str, why: str) -> Recorded:
        """Pick the present attempt at a unit for verification, and say why."""
        return self._recorder.record(
            registration, lambda act, now: verification.sample(act, now.unit(unit_code), now.portfolio, why)
        )

    def verify(self, registration: str, unit_code: str, agrees: bool, reason: str = "") -> Recorded:
        """Agree to the closing of a unit, or say why not."""
        self._recorder.learners.require_whole(registration, "verified")
        return self._recorder.record(
            registration,
            lambda act, now: verification.verify(
                act, now.unit(unit_code), now.when_complete("verified").portfolio, agrees, reason
            ),
        )
