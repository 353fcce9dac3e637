"""What the events of one criterion come to: the decisions that stand, and the passages that are cited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markterm.domain.record.bodies.criterion import Cited, Countersigned
from markterm.domain.record.carrying import NOTHING_CARRIED, Place, Placing
from markterm.domain.record.citation import Citation
from markterm.domain.record.decision import CriterionRecord, Decision, attempt_of, decision_of
from markterm.domain.record.event import Event, Kind

# Names of an enumeration are looked up anew each time, and every event of a record is asked when it is opened.
_DECISION, _CITATION = Kind.DECIDED.value, Kind.CITED.value


def criterion_record(
    before: CriterionRecord, added: Sequence[Event], attempt: int, place: Place, placed: Placing
) -> CriterionRecord:
    """The record of a criterion at that place after these events more, `attempt` being the one that was begun last."""
    events = (*before.events, *added)
    nothing_gone = len(before.live) + len(before.citations) == len(before.events)
    if nothing_gone and placed is NOTHING_CARRIED and not [event for event in added if event.kind != _DECISION]:
        # Most criteria, and most keys: what was read of it before is not read again.
        live = (*before.live, *map(decision_of, added))
        return CriterionRecord(events, live, _standing(live, placed.replaced), before.citations, attempt)
    withdrawn: set[str] = set()
    signed: dict[str, str] = {}
    decided: list[Event] = []
    cited: list[Event] = []
    for event in events:
        kind = event.kind
        if kind == _DECISION:
            decided.append(event)
        elif kind == _CITATION:
            cited.append(event)
        elif kind == Kind.WITHDRAWN:
            withdrawn.update(event.supersedes)
        elif kind == Kind.COUNTERSIGNED:
            signed[Countersigned.read(event.body).decision] = event.actor
    wordings: Mapping[str, str] = {}
    if placed is not NOTHING_CARRIED:
        decided = [event for event in decided if placed.is_at(event, place)]
        cited = [event for event in cited if placed.is_at(event, place)]
        wordings = placed.wordings
    live = tuple(decision_of(each, signed.get(each.uid, "")) for each in decided if each.uid not in withdrawn)
    if wordings:
        live = tuple(each._replace(carried_to=wordings.get(each.uid, "")) for each in live)
    citations = (_citation(each, wordings.get(each.uid, "")) for each in cited if each.uid not in withdrawn)
    return CriterionRecord(events, live, _standing(live, placed.replaced), tuple(citations), attempt)


def _standing(live: tuple[Decision, ...], replaced: frozenset[str]) -> tuple[Decision, ...]:
    """Those of the decisions that no other one replaced, nor any of those."""
    if len(live) == 1 and not replaced:
        return live
    gone = replaced.union(*(decision.supersedes for decision in live))
    return tuple(decision for decision in live if decision.uid not in gone)


def _citation(event: Event, carried_to: str) -> Citation:
    said = Cited.read(event.body)
    return Citation(event.uid, said.passage, event.actor, event.at, attempt_of(event), carried_to or said.wording)
