"""A centre with a learner in each state that no export may smooth, and a way to read what is exported of it."""

from __future__ import annotations

from pathlib import Path

from markterm.centre.centre import Centre
from markterm.domain.record.bodies.cases import CaseAbout
from markterm.domain.record.bodies.claiming import ClaimStep
from markterm.domain.record.decision import OPEN_CRITERION
from markterm.domain.record.event import Event, Result
from markterm.domain.rules import marking
from markterm.domain.rules.act import Act
from markterm.domain.rules.answering import Said
from markterm.exports.export import Export
from tests.assignments import add_assignment
from tests.centres import add_learner, make_centre_in, store_in
from tests.exports.read_back import words_in

INCOMPLETE, CONFLICT, CHANGED, STALE, TRAINING, HELD, REOPENED = "INC1", "CON1", "CHA1", "STA1", "TRA1", "HEL1", "REO1"
UNFINISHED, REWORDED, UNDECLARED, NOT_AGREED, LEARNING, CLAIMED = "UNF1", "REW1", "UND1", "NOT1", "LEA1", "CLA1"
EVERYBODY = (
    *(INCOMPLETE, CONFLICT, CHANGED, STALE, TRAINING, HELD, REOPENED),
    *(UNFINISHED, REWORDED, UNDECLARED, NOT_AGREED, LEARNING, CLAIMED),
)
_MEMBERS = """
[[member]]
id = "tia"
name = "Tia Lund"
roles = ["assessor"]
training = ["T-101"]

[[member]]
id = "vi"
name = "Vi Lund"
roles = ["verifier"]
learning_to_verify = true

[[member]]
id = "cora"
name = "Cora Lind"
roles = ["coordinator"]

[moodle]
pass = "Achieved"
refer = "Not yet"
"""
_AGREED = Said(agreed=("1.1", "1.2", "2.1"))


def make_centre_of_states(path: Path) -> Path:
    """Make the centre in `path`, where nothing is yet; returns it."""
    make_centre_in(path, {})
    with (path / "centre.toml").open("a", encoding="utf-8") as file:
        file.write(_MEMBERS)
    add_assignment(path)
    for registration in EVERYBODY:
        add_learner(path, registration, f"Rosa {registration}", units="[T-101, T-102]\nassignment: [T-IA]")
    making = _Making(path)
    making.of_those_who_are_open()
    making.of_those_who_are_closed()
    making.close_down()
    sheet = path / "mark_sheets" / "units" / "T-102.md"
    sheet.write_text(sheet.read_text("utf-8").replace("Rinse the cups", "Rinse every cup"), "utf-8")
    (segment,) = (path / "records" / INCOMPLETE).glob("asha*.log")
    lines = segment.read_bytes().splitlines(keepends=True)
    segment.write_bytes(b"".join((lines[0], *lines[2:])))
    return path


class _Making:
    """What the members do."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._asha, self._ben, self._tia, self._ines, self._vi, self._cora = self._all = tuple(
            Centre.open(path, member=member) for member in ("asha", "ben", "tia", "ines", "vi", "cora")
        )

    def of_those_who_are_open(self) -> None:
        """Nothing of theirs is closed."""
        self._passed(CONFLICT)
        self._ben.marking.mark(CONFLICT, "T-101", "1.2", Result.REFER, "Cold.", shown=OPEN_CRITERION)
        self._passed(TRAINING, self._tia)
        self._passed(UNDECLARED)
        for number in ("1.1", "1.2"):
            self._asha.marking.mark(REWORDED, "T-102", number, Result.PASS, "Good.", shown=OPEN_CRITERION)

    def of_those_who_are_closed(self) -> None:
        """All are passed, and then something happens."""
        self._came_late(self._closed(CHANGED))
        late = self._closed(STALE, _AGREED)
        self._came_late(late)
        self._closed(INCOMPLETE, _AGREED)
        self._closed(UNFINISHED, Said(agreed=("1.1",), unfinished=True))
        self._closed(NOT_AGREED, Said(not_agreed={"1.1": "It is cold."}))
        self._closed(LEARNING, _AGREED, self._vi)
        self._closed(HELD)
        self._ines.cases.open(HELD, CaseAbout.APPEAL, "Read it again.", "T-101", "1.1")
        self._closed(REOPENED)
        self._asha.closings.reopen(REOPENED, "T-101", "Once more.")
        late = self._closed(CLAIMED)
        self._cora.claims.take(CLAIMED, "T-101", ClaimStep.CLAIMED)
        self._came_late(late)

    def close_down(self) -> None:
        """They leave."""
        for each in self._all:
            each.close_down()

    def _passed(self, who: str, by: Centre | None = None) -> None:
        for number in ("1.1", "1.2", "2.1"):
            (by or self._asha).marking.mark(who, "T-101", number, Result.PASS, "Good.", shown=OPEN_CRITERION)

    def _closed(self, who: str, said: Said | None = None, by: Centre | None = None) -> Event:
        """Closed, answered to where a verifier `said` something (Ines, unless it is told `by` whom), released where
        that may be; and a decision that was made elsewhere before that, and that nobody has seen yet."""
        self._passed(who)
        self._asha.attempts.declare(who, "signed sheet")
        before = self._asha.learners.portfolio(who)
        act = Act(self._asha.details.named("ben"), who, before.portfolio.events[-1].at, f"late{who}")
        late = marking.decide(act, before.unit("T-101"), before.portfolio, "1.2", Result.REFER, "Late.", OPEN_CRITERION)
        self._asha.closings.close(who, "T-101", "Done.")
        if said is not None:
            self._ines.verification.sample(who, "T-101", "routine")
            (by or self._ines).verification.verify(who, "T-101", said)
        if by is None and said in (None, _AGREED):
            for _ in self._asha.feedback.release(self._asha.feedback.draft(who, "T-101")):
                pass
        return late

    def _came_late(self, decision: Event) -> None:
        store_in(self._path).append(decision.learner, decision)


def read_back(export: Export, into: Path) -> str:
    """All that is read in the files of an export, squeezed; `into` is a folder for them."""
    into.mkdir(exist_ok=True)
    told = []
    for number, piece in enumerate(export.pieces):
        path = into / f"{number}{piece.path.suffix}"
        if not piece.write(path).left_out:
            told.append(words_in(path))
        path.unlink(missing_ok=True)
    return " ".join(told)
