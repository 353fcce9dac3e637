"""Whoever a server signed in, at the front desk: they see whom their role sees, and are nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.domain.words.errors import Refused, WrongUse
from markterm.own.places import Places
from tests.seeing import DAY, EXTERNAL, LIMITED, Open, opening, registrations

EVERYBODY = {"AAA1", "BBB2", "CCC3"}
SEEN = {"asha": {"AAA1"}, "ben": {"BBB2", "CCC3"}, "ines": set(), "pat": {"AAA1"}, "lea": EVERYBODY, "carol": EVERYBODY}


@pytest.fixture
def opened(path: Path, places: Places) -> Iterator[Open]:
    yield from opening(path, places)


@pytest.mark.parametrize("member", SEEN)
def test_whoever_a_server_signed_in_sees_whom_their_role_sees_and_acts_as_nobody_who_sees_more(
    opened: Open, path: Path, places: Places, member: str
) -> None:
    opened(None, EXTERNAL + LIMITED)
    centre = Centre.open(path, places=places.of_member(member), clock=lambda: DAY)
    seen = SEEN[member]
    assert registrations(centre) == seen
    for learner in EVERYBODY:
        if learner in seen:
            assert centre.learners.portfolio(learner).learner.registration == learner
            continue
        for look in (centre.learners.portfolio, centre.learners.find, centre.history.of, centre.evidence.listed):
            with pytest.raises(WrongUse, match="Nobody here is"):
                look(learner)
    assert {each for each in EVERYBODY if centre.seeing.folder(each)} == seen
    for other in SEEN.keys() - {member}:
        with pytest.raises(Refused, match=f"You signed in as {member}"):
            centre.act_as(other)
        with pytest.raises(Refused, match=f"You signed in as {member}"):
            Centre.open(path, member=other, places=places.of_member(member))
    assert registrations(centre) == seen
    centre.close_down()
