"""How a centre stands with its awarding organisations in each qualification, and what that means for claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from markterm.domain.assessed.claiming import Claiming, Fact, QualificationStanding, Status
from markterm.domain.claims.claimable import AfterVisits

_MEANS = {
    None: "Nobody said how the centre stands in it: nothing is held up by that.",
    Status.DIRECT: "What is ready is claimed: nobody signs it off first.",
    Status.SIGN_OFF: "What was closed up to the day of the sign-off is claimed, and nothing later.",
    Status.REGISTRATIONS_SUSPENDED: "Whoever was registered before that is claimed, and nobody else.",
    Status.CERTIFICATION_SUSPENDED: "Nothing of it is claimed until certification is taken up again.",
}


@dataclass(frozen=True, slots=True)
class ClaimStanding:
    """How the centre stands in the qualification of that code: `organisation` awards it, `signed_off` is the day up to
    which the external quality assurer signed off, `holding` what visits ask for that holds claims of it, and `needs`
    the facts without which nothing of it is claimed."""

    code: str
    title: str
    organisation: str
    standing: QualificationStanding
    signed_off: date | None
    holding: tuple[str, ...]
    needs: tuple[Fact, ...]

    @property
    def in_words(self) -> str:
        """`direct claims`; `no status is given` where nobody said."""
        return self.standing.in_words or "no status is given"

    @property
    def sentences(self) -> Iterator[str]:
        """What that means, what was signed off, what holds claims, and what has to be known of a learner."""
        yield _MEANS[self.standing.status]
        if self.signed_off is not None:
            yield f"Signed off to {self.signed_off.isoformat()}."
        elif self.standing.status is Status.SIGN_OFF:
            yield "Nothing is signed off yet."
        for each in self.holding:
            yield f"Held: {each}."
        if self.needs:
            facts = ", ".join(each.value.replace("_", " ") for each in self.needs)
            yield f"Needed of a learner: {facts}."


def claim_standings(
    claiming: Claiming, organisation: str, titles: Mapping[str, str], visited: AfterVisits
) -> tuple[ClaimStanding, ...]:
    """How the centre, whose usual awarding organisation that is, stands in the qualifications of these titles by their
    codes, and in what else is said of any."""
    return tuple(
        ClaimStanding(
            code,
            titles.get(code, ""),
            claiming.standing(code).organisation or organisation,
            claiming.standing(code),
            visited.signed_off.get(code),
            (*(told for of, told in visited.holding if not of or of == code), *filter(None, (visited.unknown,))),
            claiming.needed((code,)),
        )
        for code in dict.fromkeys((*titles, *claiming.standings))
    )
