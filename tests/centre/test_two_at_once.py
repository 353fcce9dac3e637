"""Two people who change the same in one moment: neither loses what they did, or they are told so."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Barrier, BrokenBarrierError

import pytest

from markterm.centre import register
from markterm.centre.centre import Centre
from markterm.centre.learner_folder import read_learner_folder
from markterm.centre.registrations import Registrations
from markterm.domain.assessed.learner import Learner
from markterm.domain.record.event import Kind, Result
from markterm.domain.words.errors import MarkTermError
from markterm.own.places import Places


@pytest.mark.on_files
def test_of_two_registers_that_change_one_learner_in_the_same_moment_one_is_told_so(
    path: Path, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for number, name in enumerate(("Rose Jones", "Rosa Jones")):
        table = path / f"{number}.csv"
        table.write_text(f"ENR,Name\nAAA1,{name}\n", "utf-8")
        registering = Centre.open(path, places=places).registering
        found.append((registering, list(registering.look(registering.read(table).entries))))
    both = Barrier(2)

    def compared(folder: Path) -> Learner:
        # Both have compared before either writes, unless the second waits for the first.
        learner = read_learner_folder(folder)
        with suppress(BrokenBarrierError):
            both.wait(0.2)
        return learner

    monkeypatch.setattr(register, "read_learner_folder", compared)
    with ThreadPoolExecutor(2) as two:
        taken = two.map(lambda of: list(of[0].take(of[1], accept_changes=True)), found)
        told = [each.is_taken for own in taken for each in own]
    assert sorted(told) == [False, True]


def test_of_two_who_correct_one_registration_in_the_same_moment_one_is_refused(
    path: Path, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    both, check = Barrier(2), Registrations.check

    def checked(registrations: Registrations, old: str, new: str, *, join: bool = False) -> None:
        # Both have looked before either records, unless the second waits for the first.
        check(registrations, old, new, join=join)
        with suppress(BrokenBarrierError):
            both.wait(0.2)

    monkeypatch.setattr(Registrations, "check", checked)
    centres = [Centre.open(path, member="asha", places=places) for _ in range(2)]
    centres[0].marking.mark("AAA1", "T-101", "1.1", Result.PASS, "Rosalind boils it.")

    def corrected(number: int) -> bool:
        with suppress(MarkTermError):
            centres[number].registrations.rename("AAA1", f"NEW{number}")
            return True
        return False

    with ThreadPoolExecutor(2) as two:
        told = list(two.map(corrected, range(2)))
    assert sorted(told) == [False, True]
    centre = Centre.open(path, member="asha", places=places)
    record = centre.learners.portfolio(f"NEW{told.index(True)}").portfolio
    assert [event.kind for event in record.events if event.kind == Kind.DECIDED] == [Kind.DECIDED]
    assert [each.code for each in centre.registrations.findings()] == []
