"""The plain form of a standardisation: what one member may see of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markterm.exports.plain.values import Json, iso

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markterm.domain.record.actions import ActionRecord
    from markterm.domain.record.bodies.standardising import Exhibit, Viewed
    from markterm.domain.record.centre_actions import CentreAction
    from markterm.domain.record.standardisation import Agreed, Asked, Minutes, Standardisation
    from markterm.domain.sampling.agreement import BeyondChance, CriterionAgreement


def standardisation_as_json(standardisation: Standardisation, member: str, actions: Sequence[CentreAction]) -> Json:
    """A standardisation as a JSON object, as that member may see it: before they have given all their own answers the
    others' are left out, and `answers_hidden` says so. `actions` are those of the centre, with where they stand."""
    from markterm.domain.sampling.agreement import agreement, beyond_chance  # Help loads every command.

    seen = standardisation.may_see(member)
    views = standardisation.views
    return {
        "id": standardisation.uid,
        "qualification": standardisation.qualification,
        "state": standardisation.state.value,
        "opened": standardisation.at.isoformat(),
        "opened_by": standardisation.actor,
        "why": standardisation.why,
        "dropped": standardisation.dropped,
        "exhibits": [_exhibit(each, place) for place, each in enumerate(standardisation.exhibits, 1)],
        "answered_by": [each for each in views if standardisation.is_answered_by(each)],
        "answers_hidden": not seen,
        "answers": {each: _views(own) for each, own in views.items() if seen or each == member},
        "agreement": [_agreement(each) for each in agreement(standardisation)] if seen else None,
        "kappa": [_beyond_chance(each) for each in beyond_chance(standardisation)] if seen else None,
        "minutes": [_minutes(each, actions) for each in standardisation.minutes],
    }


def agreed_as_json(agreed: Agreed) -> Json:
    """What was agreed of a criterion as a JSON object."""
    return {
        "view": agreed.view.value,
        "words": agreed.words,
        "on": agreed.on.isoformat(),
        "standardisation": agreed.standardisation,
    }


def _exhibit(exhibit: Exhibit, place: int) -> Json:
    return {
        "number": place,
        "of": exhibit.of.value,
        "learner": exhibit.learner,
        "unit": exhibit.unit,
        "version": exhibit.version,
        "criteria": list(exhibit.criteria),
        "file": exhibit.file or None,
        "sha256": exhibit.sha256 or None,
        "place": exhibit.place or None,
        "rests_on": list(exhibit.rests_on),
        "refused": exhibit.refused,
    }


def _views(own: Mapping[Asked, Viewed]) -> list[Json]:
    return [_viewed(each) for each in own.values()]


def _viewed(viewed: Viewed) -> Json:
    return {
        "exhibit": viewed.exhibit,
        "criterion": viewed.criterion,
        "view": viewed.view.value,
        "note": viewed.note,
    }


def _agreement(told: CriterionAgreement) -> Json:
    return {
        "exhibit": told.exhibit,
        "criterion": told.criterion,
        "said": {view.value: list(who) for view, who in told.said.items()},
        "percent": told.percent,
        "agreed": [_viewed(each) for each in told.agreed],
        "differed": list(told.differed),
    }


def _beyond_chance(told: BeyondChance) -> Json:
    return {
        "of": told.of.value,
        "name": told.name,
        "raters": told.raters,
        "criteria": told.criteria,
        "kappa": float(told.value) if told.value is not None else None,
        "undefined": told.undefined or None,
    }


def _minutes(minutes: Minutes, actions: Sequence[CentreAction]) -> Json:
    said = minutes.said
    return {
        "on": minutes.on.isoformat(),
        "written_by": minutes.actor,
        "present": list(said.present),
        "apologies": list(said.apologies),
        "last_time": said.last_time,
        "discussion": said.text,
        "agreed": [_viewed(each) for each in minutes.agreed],
        "actions": [_action(each.action) for each in actions if each.set_by == minutes.uid],
    }


def _action(action: ActionRecord) -> Json:
    return {
        "id": action.uid,
        "text": action.text,
        "owner": action.owner,
        "due": iso(action.due),
        "state": action.state.value,
    }
