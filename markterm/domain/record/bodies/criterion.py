"""What is recorded of one criterion: a decision, a citation, a countersignature, and that one is taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Self

from markterm.domain.record.bodies.body import (
    LEAST,
    NO_MORE,
    RESULTS,
    WITH_ACTIONS,
    Fields,
    NotSaid,
    all_texts,
    attempt_said,
    needed_text,
    others,
    text,
    texts,
    whole,
)
from markterm.domain.record.citation import Passage
from markterm.domain.record.event import Json, Result
from markterm.domain.record.machine_read import MachineRead, Region
from markterm.domain.words.foreign_text import one_name


class Decided(NamedTuple):
    """A criterion is passed or referred.

    `wording` is the criterion's and `descriptors` tells those of the sheet apart; `citations` are the uids of what was
    cited then; `assignment`, `task` and `task_title` say where it was made, `batch` what joins those made at once;
    `reason` is why it settled a conflict, `note_by` are the ids of those whose words the note is, and `marks` of
    `maximum` with `minimum` to pass what it was converted from; `amended` is the uid of the verification that did not
    agree with the decision before it; `level` is the higher grade that the criterion is for, empty where it is for a
    pass, as on every sheet that is not graded. A named tuple: all of a record's are read whenever it is opened, and a
    frozen dataclass of so many fields takes four times as long.
    """

    result: Result
    note: str = ""
    attempt: int | None = None
    wording: str = ""
    descriptors: str = ""
    training: bool = False
    citations: tuple[str, ...] = ()
    assignment: str = ""
    task: int | None = None
    task_title: str = ""
    batch: str = ""
    reason: str = ""
    note_by: tuple[str, ...] = ()
    marks: int | None = None
    maximum: int | None = None
    minimum: int | None = None
    amended: str = ""
    level: str = ""
    more: Fields = NO_MORE

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What a decision says. Raises `NotSaid` without a result that is known."""
        get = body.get
        # Written out, not asked of others: all decisions of a record are read whenever it is opened.
        said, attempt = get("result"), get("attempt")
        if not isinstance(said, str) or said not in RESULTS:
            raise NotSaid("no result that is known")
        plain = cls(
            RESULTS[said],
            "" if (note := get("note")) is None else str(note),
            attempt if type(attempt) is int else None,
            "" if (wording := get("wording")) is None else str(wording),
            "" if (descriptors := get("descriptors")) is None else str(descriptors),
            get("training") is True,
            texts(body["citations"]) if "citations" in body else (),
        )
        return plain if body.keys() <= _PLAIN else plain._with_what_is_rare(body)

    def _with_what_is_rare(self, body: Fields) -> Self:
        where = "assignment" in body or "batch" in body
        marks = whole(body, "marks")
        return self._replace(
            assignment=text(body, "assignment") if where else "",
            task=whole(body, "task") if where else None,
            task_title=text(body, "task_title") if where else "",
            batch=text(body, "batch") if where else "",
            reason=text(body, "reason"),
            note_by=texts(body.get("note_by")),
            marks=marks,
            maximum=whole(body, "maximum") if marks is not None else None,
            minimum=whole(body, "minimum") if marks is not None else None,
            amended=text(body, "amended"),
            level=text(body, "level"),
            more=others(body, _LEVELLED if "level" in body else _DECIDED),
        )

    def write(self) -> dict[str, Json]:
        """The body of a decision."""
        body: dict[str, Json] = {
            **self.more,
            "result": self.result.value,
            "note": self.note,
            "attempt": self.attempt,
            "wording": self.wording,
        }
        if self.descriptors:
            body["descriptors"] = self.descriptors
        if self.training:
            body["training"] = True
        if self.citations:
            body["citations"] = list(self.citations)
        if self.assignment or self.task is not None or self.task_title:
            body |= {"assignment": self.assignment, "task": self.task}
            if self.task_title:
                body["task_title"] = self.task_title
        if self.batch:
            body["batch"] = self.batch
        if self.reason:
            body["reason"] = self.reason
        if self.note_by:
            body["note_by"] = list(self.note_by)
        if self.marks is not None:
            body |= {"marks": self.marks, "maximum": self.maximum, "minimum": self.minimum}
        if self.amended:
            body["amended"] = self.amended
        if self.level:
            body |= {LEAST: WITH_ACTIONS, "level": self.level}
        return body

    @property
    def words(self) -> str:
        """The note."""
        return self.note


_DECIDED = frozenset(Decided._fields) - {"more"}
_LEVELLED = _DECIDED | {LEAST}
_PLAIN = frozenset({"result", "note", "attempt", "wording", "descriptors", "training", "citations"})


def decides(body: Fields) -> bool:
    """Whether `Decided` reads that body: every decision of a record is asked about whenever it is opened."""
    said = body.get("result")
    return isinstance(said, str) and said in RESULTS


def own_note(body: Fields, actor: str) -> str:
    """The note of a decision by that member, without space around it; empty where it is no text, or the words of others
    alone."""
    note, authors = body.get("note"), body.get("note_by")
    if not isinstance(note, str) or (isinstance(authors, list) and authors and actor not in authors):
        return ""
    return note.strip()


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What the event supersedes is taken back: a decision, a citation, or what was settled of a unit. `attempt` is the
    one at which the pass of an earlier one was."""

    reason: str
    attempt: int | None = None
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What a withdrawal says."""
        return cls(text(body, "reason"), attempt_said(body), others(body, frozenset({"reason", "attempt"})))

    def write(self) -> dict[str, Json]:
        """The body of a withdrawal."""
        attempt: dict[str, Json] = {"attempt": self.attempt} if self.attempt is not None else {}
        return {**self.more, "reason": self.reason, **attempt}

    @property
    def words(self) -> str:
        """The reason."""
        return self.reason


@dataclass(frozen=True, slots=True)
class Cited:
    """A passage is cited; `wording` is that of the criterion, empty where it was not recorded."""

    passage: Passage
    attempt: int | None = None
    wording: str = ""
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What a citation says. Raises `NotSaid` without a passage that is understood."""
        passage = read_passage(body)
        if passage is None:
            raise NotSaid("no passage")
        return cls(passage, attempt_said(body), text(body, "wording"), others(body, _CITED))

    def write(self) -> dict[str, Json]:
        """The body of a citation."""
        body = {**self.more, **write_passage(self.passage), "attempt": self.attempt}
        # Citations of 0.1.0 say no wording; there is no criterion without one.
        return body | {"wording": self.wording} if self.wording else body

    @property
    def words(self) -> str:
        """The words that were cited."""
        return self.passage.quote


_CITED = frozenset({"file", "sha256", "lines", "quote", "place", "headings", "read_by_machine", "attempt", "wording"})


def write_passage(passage: Passage) -> dict[str, Json]:
    """What the record keeps of a passage."""
    body: dict[str, Json] = {
        "file": passage.file,
        "sha256": passage.sha256,
        "lines": [passage.first, passage.last],
        "quote": passage.quote,
        "place": passage.place,
        "headings": list(passage.headings),
    }
    # An older version reads past it, and one without it is of words that somebody wrote.
    return body if passage.machine is None else {**body, "read_by_machine": _write_machine(passage.machine)}


def read_passage(body: Mapping[str, Json]) -> Passage | None:
    """The passage that a record keeps; None when it keeps none that this version understands."""
    match body:
        case {"file": str(file), "sha256": str(sha256), "lines": [int(first), int(last)], "quote": str(quote)}:
            return Passage(
                one_name(file),
                sha256,
                first,
                last,
                quote,
                text(body, "place"),
                all_texts(body.get("headings")),
                _read_machine(body.get("read_by_machine")),
            )
    return None


def _write_machine(machine: MachineRead) -> dict[str, Json]:
    region = machine.region
    return {
        "engine": machine.engine,
        "version": machine.version,
        "page": machine.page,
        "region": [region.left, region.top, region.right, region.bottom],
    }


def _read_machine(said: Json) -> MachineRead | None:
    match said:
        case {
            "engine": str(engine),
            "version": str(version),
            "page": int(page),
            "region": [int(left), int(top), int(right), int(bottom)],
        }:
            return MachineRead(engine, version, page, Region(left, top, right, bottom))
    return None


@dataclass(frozen=True, slots=True)
class Countersigned:
    """The decision of that uid, made in training, is answered for by whoever signs."""

    decision: str
    note: str = ""
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What a countersignature says. Raises `NotSaid` when it names no decision."""
        return cls(needed_text(body, "decision"), text(body, "note"), others(body, frozenset({"decision", "note"})))

    def write(self) -> dict[str, Json]:
        """The body of a countersignature."""
        return {**self.more, "decision": self.decision, "note": self.note}

    @property
    def words(self) -> str:
        """The note."""
        return self.note
