"""The plain form of an assignment's brief: how it stands, and what verifiers found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markterm.exports.plain.values import Json, iso

if TYPE_CHECKING:
    from markterm.domain.record.briefs import Brief


def brief_as_json(brief: Brief) -> Json:
    """A brief as a JSON object."""
    return {
        "assignment": brief.assignment,
        "state": brief.state.value,
        "may_be_issued": brief.may_be_issued,
        "verifications": [
            {
                "actor": each.actor,
                "on": each.on.isoformat(),
                "fit": each.said.fit,
                "sha256": each.said.sha256,
                "checklist": [{"asked": line.asked, "met": line.met} for line in each.said.checklist],
                "action": each.action.text if each.action is not None else None,
                "action_id": each.action.uid if each.action is not None else None,
                "action_state": each.action.state.value if each.action is not None else None,
                "owner": each.action.owner if each.action is not None else None,
                "due": iso(each.action.due) if each.action is not None else None,
            }
            for each in brief.standing
        ],
    }
