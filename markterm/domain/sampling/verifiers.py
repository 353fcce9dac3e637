"""Who looks at the verifiers: of what each of them verified in the days of a plan, a share that a Lead IV looks at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from markterm.domain.record.plans import Key
from markterm.domain.sampling.assessed_unit import AssessedUnit
from markterm.domain.sampling.candidate import order_in


@dataclass(frozen=True, slots=True)
class VerifierSampled:
    """What a Lead IV looks at of a verifier: `looked_at` already, and `to_look_at` still, of all the `verified` units
    of theirs. `nobody` says why nobody can; empty where somebody can."""

    verifier: str
    verified: int
    looked_at: tuple[Key, ...]
    to_look_at: tuple[Key, ...]
    nobody: str = ""

    @property
    def asked(self) -> int:
        """How many the share asks for."""
        return len(self.looked_at) + len(self.to_look_at)


def verifiers_sampled(
    units: Iterable[AssessedUnit], begins: date, ends: date, percent: int, leads: Collection[str], seed: str
) -> tuple[VerifierSampled, ...]:
    """Of each verifier who answered to any of these units in these days, which of it one of the `leads` is to look at:
    what one looked at already counts first, and the rest is drawn in the random order of that seed.

    A verification is looked at by whoever countersigns it.
    """
    if not percent:
        return ()
    of: defaultdict[str, list[AssessedUnit]] = defaultdict(list)
    for unit in units:
        if unit.answered is not None and begins <= unit.answered.on <= ends:
            of[unit.answered.verifier].append(unit)
    found = []
    for verifier, own in sorted(of.items()):
        own.sort(key=lambda each: (order_in(seed, each.key), each.key))
        done = [each.key for each in own if each.answered is not None and each.answered.countersigned_by in leads]
        left = [each.key for each in own if each.answered is not None and not each.answered.countersigned_by]
        more = max(-(-len(own) * percent // 100) - len(done), 0)
        others = [lead for lead in leads if lead != verifier]
        nobody = "" if others else f"the centre has no {'other ' if leads else ''}Lead IV"
        found.append(VerifierSampled(verifier, len(own), tuple(done), tuple(left[:more]), nobody))
    return tuple(found)
