"""What can be claimed in a list: how far each is, for whom, and what blocks it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from operator import attrgetter

from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.member import Member, Role
from markterm.domain.claims.claimable import Claimable
from markterm.domain.record.bodies.claiming import ClaimStep
from markterm.domain.record.claims import words_of
from markterm.domain.views.caseload import CaseloadRow
from markterm.domain.views.filter_words import FilterWords
from markterm.domain.views.list_filter import Fields, filter_list
from markterm.domain.words.code import is_code, short_codes
from markterm.domain.words.letters import plain


class ClaimState(StrEnum):
    """How far it is. What is ready can be claimed now, and what is blocked not yet."""

    READY = "ready"
    BLOCKED = "blocked"
    CLAIMED = "claimed"
    RECEIVED = "received"
    SENT = "sent"
    EXEMPT = "exempt"

    @property
    def in_words(self) -> str:
        """`ready to claim`, `certificate received`."""
        return _WORDS[self]


_OF_STEP = {
    ClaimStep.CLAIMED: ClaimState.CLAIMED,
    ClaimStep.RECEIVED: ClaimState.RECEIVED,
    ClaimStep.SENT: ClaimState.SENT,
    ClaimStep.EXEMPT: ClaimState.EXEMPT,
}
_WORDS = {
    ClaimState.READY: "ready to claim",
    ClaimState.BLOCKED: "blocked",
    **{state: words_of(step) for step, state in _OF_STEP.items()},
}
_STEPS: Mapping[ClaimState, tuple[ClaimStep, ...]] = {
    ClaimState.READY: (ClaimStep.CLAIMED, ClaimStep.EXEMPT),
    ClaimState.BLOCKED: (ClaimStep.EXEMPT,),
    ClaimState.CLAIMED: (ClaimStep.RECEIVED, ClaimStep.TAKEN_BACK),
    ClaimState.RECEIVED: (ClaimStep.SENT, ClaimStep.TAKEN_BACK),
    ClaimState.SENT: (ClaimStep.TAKEN_BACK,),
    ClaimState.EXEMPT: (ClaimStep.TAKEN_BACK,),
}
_CHANGED = "changed"
_UNIT, _QUALIFICATION = "unit", "qualification"


@dataclass(frozen=True)
class ListedClaim:
    """A unit or a qualification of the learner of that row."""

    row: CaseloadRow
    claimable: Claimable

    @property
    def key(self) -> tuple[str, str, bool]:
        """What it is, whatever became of it: of which learner, by which code, and whether it is a unit."""
        return self.row.registration, self.claimable.code, self.claimable.unit is not None

    @cached_property
    def state(self) -> ClaimState:
        """How far it is."""
        step = self.claimable.state
        if step is not None:
            return _OF_STEP[step]
        if self.claimable.claimed_with:
            return ClaimState.CLAIMED
        return ClaimState.READY if self.claimable.is_ready else ClaimState.BLOCKED

    def steps_for(self, member: Member | None) -> tuple[ClaimStep, ...]:
        """What that member may record of it where it stands, the usual first: a coordinator alone does, and of a unit
        that is claimed with its qualification nobody."""
        coordinates = member is not None and Role.COORDINATOR in member.roles
        return _STEPS[self.state] if coordinates and not self.claimable.claimed_with else ()

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes of what blocks it, each once; none where it is claimed."""
        if self.state is not ClaimState.BLOCKED:
            return ()
        return tuple(dict.fromkeys(each.code.value for each in self.claimable.blocks))

    @cached_property
    def facets(self) -> str:
        """How far it is, what it is and why not, as ` state:blocked what:unit why:no-uln`: tens of thousands of lines
        are asked for a part of it at every letter of a filter."""
        what = _UNIT if self.claimable.unit is not None else _QUALIFICATION
        changed = (f"state:{_CHANGED}",) if self.claimable.changed else ()
        told = (f"state:{self.state.value}", *changed, f"what:{what}", *(f"why:{code}" for code in self.codes))
        return "".join(f" {each}" for each in told)

    @cached_property
    def words(self) -> str:
        """What words of a filter are looked for in, as `plain` gives it."""
        who = (self.row.alias,) if self.row.alias else (self.row.registration, self.row.name)
        claim = self.claimable.claim
        numbers = () if claim is None else (each.number for each in claim.steps)
        return plain(" ".join((*who, self.row.site, self.claimable.code, self.claimable.title, *numbers)))


def listed_claim(learner: Learner, claimable: Claimable) -> ListedClaim:
    """What of that learner it is, where their row of the caseload is not at hand."""
    return ListedClaim(CaseloadRow("", learner.registration, learner.name, site=learner.site), claimable)


@lru_cache(maxsize=4096)
def _is(value: str, code: str) -> bool:
    return is_code(value, plain(code))


_FIELDS: dict[str, Callable[[ListedClaim, str], bool]] = {
    "state": lambda each, value: f" state:{value}" in each.facets,
    "qualification": lambda each, value: any(_is(value, code) for code in each.claimable.qualifications),
    "unit": lambda each, value: each.claimable.unit is not None and _is(value, each.claimable.code),
    "why": lambda each, value: f" why:{value}" in each.facets,
    "what": lambda each, value: f" what:{value}" in each.facets,
}
CLAIM_FILTER = FilterWords(
    tuple(_FIELDS),
    {"state": (*(state.value for state in ClaimState), _CHANGED), "what": (_UNIT, _QUALIFICATION)},
)
"""What a filter of claims knows, whatever they are."""


def words_of_claims(claims: Iterable[ListedClaim]) -> FilterWords:
    """The same, with the units, qualifications and what blocks these."""
    claims = tuple(claims)
    return CLAIM_FILTER.with_known(
        {
            "unit": short_codes({each.claimable.code for each in claims if each.claimable.unit is not None}).values(),
            "qualification": {code for each in claims for code in each.claimable.qualifications},
            "why": {plain(code) for each in claims for code in each.codes},
        }
    )


def filter_claims(claims: Iterable[ListedClaim], text: str) -> list[ListedClaim]:
    """What the filter lets through, by words and the fields of `CLAIM_FILTER`: `state:` with those of `ClaimState` and
    `changed` for what is not any more what was claimed, `why:` by the codes of what blocks it, `qualification:` with
    its units, and `what:` unit or qualification."""
    fields: Fields[ListedClaim] = _FIELDS
    return filter_list(claims, text, fields, attrgetter("words"))


def claims_in_words(claims: Sequence[ListedClaim]) -> str:
    """How many there are: `2 ready to claim, 1 claimed, 40 blocked`; whatever is claimed, by itself or with its
    qualification, exempt or sent is claimed."""
    states = [each.state for each in claims]
    ready, blocked = states.count(ClaimState.READY), states.count(ClaimState.BLOCKED)
    return f"{ready:,} ready to claim, {len(states) - ready - blocked:,} claimed, {blocked:,} blocked"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """One way to narrow a list of claims: in words, how many it leaves, and the part of the filter that does it."""

    words: str
    count: int
    part: str


def narrowings(claims: Sequence[ListedClaim]) -> list[Narrowing]:
    """The ways to narrow these that leave something: by how far they are, what they are, qualification, and why."""
    found = Counter[tuple[str, str]]()
    for each in claims:
        found["state", each.state.value] += 1
        found["state", _CHANGED] += bool(each.claimable.changed)
        found["what", _UNIT if each.claimable.unit is not None else _QUALIFICATION] += 1
        found.update(("qualification", code) for code in each.claimable.qualifications)
        found.update(("why", code) for code in each.codes)
    states = [*ClaimState, _CHANGED]
    order = {"state": 0, "what": 1, "qualification": 2, "why": 3}
    keys = sorted(found, key=lambda key: (order[key[0]], states.index(key[1]) if key[0] == "state" else 0, key[1]))
    return [Narrowing(_told(*key), found[key], f"{key[0]}:{plain(key[1])}") for key in keys if found[key]]


def _told(field: str, value: str) -> str:
    match field:
        case "state":
            return "changed since claimed" if value == _CHANGED else ClaimState(value).in_words
        case "what":
            return f"{value}s alone"
        case "why":
            return f"blocked by {value}"
        case _:
            return f"{value} with its units"


def narrowed(text: str, part: str) -> str:
    """The filter with that part, in place of what it had of the same field; with an empty part everything again."""
    field = part.partition(":")[0]
    others = [each for each in text.split() if not each.removeprefix("-").startswith(f"{field}:")] if part else []
    return " ".join((*others, part)).strip()
