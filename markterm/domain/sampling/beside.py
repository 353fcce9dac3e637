"""What is to be seen beside the samples of a plan: assessors at work, and the verifiers' own verifications."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markterm.domain.record.to_observe import ToObserve
from markterm.domain.sampling.verifiers import VerifierSampled
from markterm.domain.words.counted import counted


@dataclass(frozen=True, slots=True)
class BesidePlan:
    """Whom somebody is `to_observe` or to ask about until the end of a plan, and what a Lead IV looks at
    `of_verifiers`; nothing of what the centre does not ask for."""

    to_observe: tuple[ToObserve, ...] = ()
    of_verifiers: tuple[VerifierSampled, ...] = ()

    @property
    def lines(self) -> Iterator[tuple[bool | None, str]]:
        """Each of it in words, and whether it is done; None where it is planned."""
        for due in self.to_observe:
            yield None if due.planned is not None else False, due.words
        for each in self.of_verifiers:
            told = f"verified by {each.verifier}: a Lead IV looks at {each.asked} of {each.verified}"
            told += f", looked at {len(each.looked_at)}"
            if each.to_look_at:
                told += f": {', '.join(' '.join(key) for key in each.to_look_at)}"
                told += f"; nobody can: {each.nobody}" if each.nobody else ""
            yield not each.to_look_at, told

    @property
    def in_short(self) -> str:
        """All of it in a sentence; nothing where nothing is to be seen."""
        planned = sum(each.planned is not None for each in self.to_observe)
        left = sum(len(each.to_look_at) for each in self.of_verifiers)
        told = (
            f"{counted(len(self.to_observe), 'observation or interview', 'observations and interviews')} due, "
            f"{planned} planned"
            if self.to_observe
            else "",
            f"{counted(left, 'verification')} for a Lead IV to look at" if left else "",
        )
        return "; ".join(filter(None, told))


NOTHING_BESIDE = BesidePlan()
