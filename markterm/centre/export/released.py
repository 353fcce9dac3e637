"""Outcomes and feedback that were released, for where learners handed in their work: of whom, and what."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markterm.centre.export.standing import AsItStands
from markterm.centre.feedback import DrawnUp, FeedbackToLearners
from markterm.centre.folder import CentreFolder
from markterm.centre.learners import Learners
from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.level import Level
from markterm.domain.record.event import Result
from markterm.domain.words.errors import NotNow, Refused, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.hint import Hint, Way
from markterm.exports.document.from_markdown import document_of
from markterm.exports.document.model import Document
from markterm.exports.moodle.matching import Known, match
from markterm.exports.moodle.worksheet import Participant
from markterm.records.kept_heads import Heads
from markterm.system.platform import folder_name

_MANY = 10


class WhoIsWho(Refused):
    """It cannot be told who these participants are: each of them may be one of those registrations, or is one of
    several that are the same one."""

    def __init__(self, doubtful: Sequence[tuple[Participant, tuple[str, ...]]]) -> None:
        super().__init__(
            "Who is who?",
            f"It cannot be told who these are: {'; '.join(_doubt(*each) for each in doubtful[:_MANY])}.",
            "Say of each who it is.",
            hint=Hint(Way.NAME_PARTICIPANT),
        )
        self.doubtful = doubtful


@dataclass(frozen=True, slots=True)
class People:
    """Who participants are: the registrations by row, and in a line each what that is known by."""

    registrations: Mapping[int, str]
    found: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a learner: the feedback as it was released, the outcome, the heads of the records, and the grade
    of a graded unit that is told of alone."""

    drawn: DrawnUp
    text: str
    outcome: Result
    heads: Heads
    grade: Level | None = None

    @property
    def document(self) -> Document:
        """The feedback as a document."""
        learner = self.drawn.shown.learner
        about = f"{learner.name}, {learner.registration}"
        return document_of(self.text, f"Feedback {self.drawn.feedback.code}", about)


class ReleasedOutcomes:
    """What was released to a centre's learners."""

    def __init__(
        self,
        folder: CentreFolder,
        learners: Learners,
        registrations: Callable[[], Sequence[str]],
        feedback: FeedbackToLearners,
        standing: AsItStands,
    ) -> None:
        self._folder = folder
        self._learners = learners
        self._registrations = registrations
        self._feedback = feedback
        self._standing = standing

    def learner(self, registration: str) -> Learner:
        """The learner of that registration. Raises `Unreadable`."""
        return self._learners.named(registration)

    def evidence(self, registration: str) -> Sequence[str]:
        """The names of the files and folders in the learner's evidence."""
        if self._folder.store is not None:
            listed = self._folder.handed_in.listed(folder_name(registration)).files
            return list(dict.fromkeys(each.name.partition("/")[0] for each in listed))
        folder = self._folder.evidence(registration)
        return [each.name for each in folder.iterdir()] if folder.is_dir() else []

    def people(
        self, participants: Sequence[Participant], given: Mapping[str, str], known: Callable[[str], Known]
    ) -> People:
        """Who participants are; `known` says how each learner could be named there.

        Raises `WhoIsWho` where it cannot be told who somebody is, and `WrongUse` where somebody is given that is not
        there.
        """
        named = {row.identifier for row in participants} | {row.number for row in participants}
        for participant in given:
            if participant not in named:
                raise WrongUse("No such participant", f"{one_line(participant)} is not there.", "Name one that is.")
        said = {who: self._learners.find(registration) if registration else "" for who, registration in given.items()}
        matched = match(participants, [known(each) for each in self._registrations()], said)
        if matched.doubtful:
            raise WhoIsWho(matched.doubtful)
        rows = (row for row in participants if row.row in matched.found)
        return People(
            matched.found,
            tuple(f"{participant_in_words(row)} is {matched.found[row.row]}, {matched.by[row.row]}" for row in rows),
        )

    def told(self, registration: str, name: str) -> Told | str:
        """What Moodle is told of a learner; or why nothing is, in a clause."""
        shown, heads = self._standing.of(registration)
        try:
            drawn = self._feedback.drawn_up(shown, name)
        except WrongUse as error:
            return error.title[:1].lower() + error.title[1:]
        if drawn.refusal is not None:
            return drawn.refusal.title[:1].lower() + drawn.refusal.title[1:]
        if drawn.feedback.following:
            return f"{drawn.feedback.following[0].unit.code} is not told of yet"
        if drawn.released is None:
            return "not released yet"
        outcomes = {each.closing.outcome for each in drawn.feedback.units if each.closing is not None}
        outcome = Result.REFER if Result.REFER in outcomes else Result.PASS
        closings = [each.closing for each in drawn.feedback.units]
        grade = closings[0].grade if len(closings) == 1 and closings[0] is not None else None
        return Told(drawn, drawn.released.text, outcome, heads, grade)

    def still_told(self, registration: str, name: str) -> Told:
        """The same when it is written. Raises `NotNow` where there is nothing any more."""
        told = self.told(registration, name)
        if isinstance(told, str):
            raise NotNow(
                "It changed meanwhile", f"What was released to {registration} does not stand any more.", "Do it again."
            )
        return told


def participant_in_words(participant: Participant) -> str:
    """Who it is in the site's words."""
    return one_line(f"{participant.identifier} {participant.name}".strip())


def _doubt(participant: Participant, registrations: Sequence[str]) -> str:
    who = participant_in_words(participant)
    if len(registrations) > 1:
        return f"{who} could be {' or '.join(registrations)}"
    return f"{who} is one of several that are {registrations[0]}"
