"""The plain form of a visit of the external quality assurer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markterm.exports.plain.values import Json, iso

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markterm.domain.record.centre_actions import CentreAction
    from markterm.domain.record.visits import Visit


def visit_as_json(visit: Visit, actions: Iterable[CentreAction]) -> Json:
    """A visit as a JSON object; `actions` are those of the centre."""
    said, asked = visit.said, {each.uid for each in visit.asked}
    return {
        "uid": visit.uid,
        "on": iso(visit.on),
        "organisation": said.organisation,
        "by": said.by or None,
        "rating": said.rating or None,
        "scope": said.scope or None,
        "report": said.report or None,
        "sha256": said.sha256 or None,
        "signed_off": list(said.signed_off),
        "text": said.text,
        "dropped": visit.dropped,
        "actions": [
            {
                "uid": each.uid,
                "text": each.action.text,
                "owner": each.action.owner,
                "due": iso(each.action.due),
                "state": each.action.state.value,
                "qualification": each.qualification or None,
                "holds": list(each.holds),
            }
            for each in actions
            if each.set_by in asked
        ],
        "recorded_by": visit.actor,
        "at": iso(visit.at),
    }
