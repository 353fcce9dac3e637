"""What is recorded of a standardisation: the same evidence marked by each member alone, then what they agreed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple, Self

from markterm.domain.record.bodies.body import (
    Fields,
    NotSaid,
    day,
    known_step,
    needed_text,
    objects,
    others,
    text,
    texts,
    whole,
)
from markterm.domain.record.event import Json, Result
from markterm.domain.record.states import decided_as


class StandardisingStep(StrEnum):
    """What happens to a standardisation. One that is dropped was begun by mistake, and counts as nothing."""

    OPENED = "opened"
    ANSWERED = "answered"
    CLOSED = "closed"
    DROPPED = "dropped"


class Standardised(StrEnum):
    """What of a learner's work is standardised: the assessor's decisions, their feedback or a verifier's answers."""

    DECISIONS = "decisions"
    FEEDBACK = "feedback"
    VERIFICATION = "verification"

    @property
    def answers(self) -> tuple[View, View]:
        """What a member can say of it: the first of the two is in favour."""
        return (View.PASS, View.REFER) if self is Standardised.DECISIONS else (View.AGREE, View.NOT_AGREED)


class View(StrEnum):
    """What a member says of a criterion: the result that they would give, or whether they agree with what was given."""

    PASS = "pass"
    REFER = "refer"
    AGREE = "agree"
    NOT_AGREED = "not agreed"


class Exhibit(NamedTuple):
    """What is looked at: criteria of a learner's unit, in a file of that hash, or in all of the evidence where none is
    named. `place` is where in the file, `rests_on` the uids of the decisions whose notes are looked at, or of the
    verification; `refused` says that the learner refuses such use, and the centre's policy let it be all the same;
    `higher` are those of the criteria that are for a higher grade, as the sheet said when it was chosen."""

    learner: str
    unit: str
    version: str
    criteria: tuple[str, ...]
    of: Standardised = Standardised.DECISIONS
    file: str = ""
    sha256: str = ""
    place: str = ""
    rests_on: tuple[str, ...] = ()
    refused: bool = False
    higher: tuple[str, ...] = ()

    def word(self, criterion: str, view: View) -> str:
        """What is said of that criterion, in a word: for a higher grade achieved or not achieved."""
        if view in (View.PASS, View.REFER):
            return decided_as(Result(view.value), gates=criterion not in self.higher).value
        return view.value


class Viewed(NamedTuple):
    """What somebody says of one criterion of an exhibit, by its place among them from 1 on; and why."""

    exhibit: int
    criterion: str
    view: View
    note: str = ""


class MinutedAction(NamedTuple):
    """What is to be done after a meeting, by the member of that id, until a day."""

    text: str
    owner: str
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Standardising:
    """A step of a standardisation for a qualification.

    `standardisation` is the uid of the event that opened it, empty in that one. `exhibits` are said when it is opened;
    `views` are the answers of whoever acts, and in its minutes what was agreed. `on` is the day of the meeting, `text`
    its discussion, or why it was opened or dropped; `last_time` what became of the actions of the last one.
    """

    step: StandardisingStep
    standardisation: str = ""
    qualification: str = ""
    exhibits: tuple[Exhibit, ...] = ()
    views: tuple[Viewed, ...] = ()
    on: date | None = None
    text: str = ""
    present: tuple[str, ...] = ()
    apologies: tuple[str, ...] = ()
    last_time: str = ""
    actions: tuple[MinutedAction, ...] = ()
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What a step says. Raises `NotSaid` when it is none that is known, or lacks what that step has to say."""
        step = known_step(body, STEPS)
        standardisation, qualification = text(body, "standardisation"), text(body, "qualification")
        exhibits = tuple(map(_read_exhibit, objects(body, "exhibits")))
        views = tuple(map(_read_viewed, objects(body, "views")))
        if step is StandardisingStep.OPENED and not (qualification and exhibits):
            raise NotSaid("neither for which qualification nor with what")
        if step is not StandardisingStep.OPENED and not standardisation:
            raise NotSaid("no standardisation")
        if step is StandardisingStep.ANSWERED and not views:
            raise NotSaid("no answer")
        return cls(
            step,
            standardisation,
            qualification,
            exhibits,
            views,
            day(body.get("on")),
            text(body, "text"),
            texts(body.get("present")),
            texts(body.get("apologies")),
            text(body, "last_time"),
            tuple(map(_read_action, objects(body, "actions"))),
            others(body, _KNOWN),
        )

    def write(self) -> dict[str, Json]:
        """The body of a step."""
        said: dict[str, Json] = {
            "standardisation": self.standardisation,
            "qualification": self.qualification,
            "exhibits": [_write_exhibit(each) for each in self.exhibits],
            "views": [_write_viewed(each) for each in self.views],
            "on": self.on.isoformat() if self.on is not None else "",
            "text": self.text,
            "present": list(self.present),
            "apologies": list(self.apologies),
            "last_time": self.last_time,
            "actions": [_write_action(each) for each in self.actions],
        }
        return {**self.more, "step": self.step.value, **{name: value for name, value in said.items() if value}}

    def without_views(self) -> dict[str, Json]:
        """The body as those see it who have not answered themselves: which criteria were answered, and not how."""
        hidden: list[Json] = [{"exhibit": each.exhibit, "criterion": each.criterion} for each in self.views]
        return {"step": self.step.value, "standardisation": self.standardisation, "hidden": hidden}

    @property
    def words(self) -> str:
        """The discussion, or why it was opened or dropped."""
        return self.text


STEPS = {step.value: step for step in StandardisingStep}
_OF = {of.value: of for of in Standardised}
_VIEWS = {view.value: view for view in View}
_KNOWN = frozenset(
    {
        "step",
        "standardisation",
        "qualification",
        "exhibits",
        "views",
        "on",
        "text",
        "present",
        "apologies",
        "last_time",
        "actions",
    }
)


def _read_exhibit(said: Fields) -> Exhibit:
    of = _OF.get(text(said, "of"))
    if of is None:
        raise NotSaid("it is not understood what of the work is looked at")
    return Exhibit(
        needed_text(said, "learner"),
        needed_text(said, "unit"),
        text(said, "version"),
        texts(said.get("criteria")),
        of,
        text(said, "file"),
        text(said, "sha256"),
        text(said, "place"),
        texts(said.get("rests_on")),
        said.get("refused") is True,
        texts(said.get("higher")),
    )


def _write_exhibit(exhibit: Exhibit) -> Json:
    told: dict[str, Json] = {
        "learner": exhibit.learner,
        "unit": exhibit.unit,
        "version": exhibit.version,
        "criteria": list(exhibit.criteria),
        "of": exhibit.of.value,
    }
    file = {"file": exhibit.file, "sha256": exhibit.sha256, "place": exhibit.place}
    told |= {name: value for name, value in file.items() if value}
    for name, listed in (("rests_on", exhibit.rests_on), ("higher", exhibit.higher)):
        if listed:
            told[name] = list(listed)
    return told | {"refused": True} if exhibit.refused else told


def _read_viewed(said: Fields) -> Viewed:
    exhibit, view = whole(said, "exhibit"), _VIEWS.get(text(said, "view"))
    if exhibit is None or view is None:
        raise NotSaid("an answer says nothing, or of nothing")
    return Viewed(exhibit, needed_text(said, "criterion"), view, text(said, "note"))


def _write_viewed(viewed: Viewed) -> Json:
    told: dict[str, Json] = {"exhibit": viewed.exhibit, "criterion": viewed.criterion, "view": viewed.view.value}
    return told | {"note": viewed.note} if viewed.note else told


def _read_action(said: Fields) -> MinutedAction:
    return MinutedAction(text(said, "text"), text(said, "owner"), day(said.get("due")))


def _write_action(action: MinutedAction) -> Json:
    told: dict[str, Json] = {"text": action.text, "owner": action.owner}
    return told | {"due": action.due.isoformat()} if action.due is not None else told
