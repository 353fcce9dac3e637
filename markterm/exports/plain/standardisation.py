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
        "answers": {each: _views(standardisation, own) for each, own in views.items() if seen or each == member},
        "agreement": [_agreement(standardisation, each) for each in agreement(standardisation)] if seen else None,
        "kappa": [_beyond_chance(each) for each in beyond_chance(standardisation)] if seen else None,
        "minutes": [_minutes(standardisation, each, actions) for each in standardisation.minutes],
    }


def agreed_as_json(agreed: Agreed) -> Json:
    """What was agreed of a criterion as a JSON object."""
    return {
        "view": agreed.view.value,
        "said": agreed.word,
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
        "higher": list(exhibit.higher),
    }


def _views(told: Standardisation, own: Mapping[Asked, Viewed]) -> list[Json]:
    return [_viewed(told, each) for each in own.values()]


def _viewed(told: Standardisation, viewed: Viewed) -> Json:
    return {
        "exhibit": viewed.exhibit,
        "criterion": viewed.criterion,
        "view": viewed.view.value,
        "said": told.word(viewed),
        "note": viewed.note,
    }


def _agreement(told: Standardisation, of: CriterionAgreement) -> Json:
    from markterm.domain.views.standardised import said_by  # As above.

    return {
        "exhibit": of.exhibit,
        "criterion": of.criterion,
        "said": {word: list(who) for word, who in said_by(told, of).items()},
        "percent": of.percent,
        "agreed": [_viewed(told, each) for each in of.agreed],
        "differed": list(of.differed),
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


def _minutes(told: Standardisation, minutes: Minutes, actions: Sequence[CentreAction]) -> Json:
    said = minutes.said
    return {
        "on": minutes.on.isoformat(),
        "written_by": minutes.actor,
        "present": list(said.present),
        "apologies": list(said.apologies),
        "last_time": said.last_time,
        "discussion": said.text,
        "agreed": [_viewed(told, each) for each in minutes.agreed],
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
