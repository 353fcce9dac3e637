"""Who sees what learners' work has in common, and what is told to nobody else, in no figure and on no way."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.domain.record.event import Result
from markterm.domain.words.errors import Refused
from markterm.evidence.progress import Progress, Step
from markterm.own.places import Places
from tests.centre.test_alike import copied as copied
from tests.centre.test_alike import hand_in, looked
from tests.centres import add_learner
from tests.domain.test_shared_passages import TAKEN
from tests.seeing import DAY, EXTERNAL


def test_who_assesses_both_sees_it_and_who_assesses_one_is_told_that_there_is_something(
    copied: Path, places: Places
) -> None:
    for member, seen_pairs in (("asha", 1), ("ben", 0)):
        seen = looked(Centre.open(copied, member=member, places=places))
        assert (len(seen.pairs), seen.hidden) == (seen_pairs, 1 - seen_pairs)
    seen = looked(Centre.open(copied, places=places))
    assert (seen.pairs, seen.hidden) == ((), 1)


def test_who_sees_some_of_the_learners_is_told_of_pairs_of_those_alone(copied: Path, places: Places) -> None:
    toml = copied / "centre.toml"
    toml.write_text(toml.read_text("utf-8") + '\n[visibility]\nassessors = ["assigned"]\n', "utf-8")
    learner = copied / "learners" / "BBB2" / "learner.md"
    learner.write_text(learner.read_text("utf-8").replace("assessor: asha", "assessor: ben"), "utf-8")
    lent = (
        "The librarian drew our ladder of goals on a napkin, crossed out two rungs and kept the smallest for Friday, "
        "before the tram came."
    )
    add_learner(copied, "DDD4", "Dan", evidence=f"{lent} It ended there.", assessor="ben")
    hand_in(copied, "BBB2", "copy.md", f"So it began. {lent}")
    for member, pairs, hidden, of in (("asha", 0, 0, 2), ("ben", 1, 0, 2), ("ines", 2, 0, 4)):
        seen = looked(Centre.open(copied, member=member, places=places))
        assert (len(seen.pairs), seen.hidden, seen.of, seen.read) == (pairs, hidden, of, of), member


def is_assessed_by(centre: Path, registration: str, assessor: str) -> None:
    """Have the learner's file name that assessor."""
    file = centre / "learners" / registration / "learner.md"
    file.write_text(re.sub("assessor: .*", f"assessor: {assessor}", file.read_text("utf-8")), "utf-8")


def test_who_assesses_both_by_now_sees_it_and_who_assesses_others_does_not(copied: Path, places: Places) -> None:
    ben = Centre.open(copied, member="ben", places=places)
    for theirs, pairs in (((), 0), (("CCC3",), 0), (("CCC3", "AAA1"), 0), (("AAA1", "BBB2"), 1)):
        for each in theirs:
            is_assessed_by(copied, each, "ben")
        assert len(looked(ben).pairs) == pairs


def test_who_decided_on_the_work_of_both_sees_it_whosever_they_are(copied: Path, places: Places) -> None:
    asha = Centre.open(copied, member="asha", places=places)
    for each in ("AAA1", "BBB2"):
        assert looked(asha).pairs, f"before {each} was somebody else's"
        asha.marking.mark(each, "T-101", "1.1", Result.PASS, "hot")
        is_assessed_by(copied, each, "ben")
    assert looked(asha).pairs


def test_how_far_a_look_is_names_only_learners_whom_whoever_looks_may_see(copied: Path, places: Places) -> None:
    toml = copied / "centre.toml"
    toml.write_text(toml.read_text("utf-8") + '\n[visibility]\nassessors = ["assigned"]\n', "utf-8")
    is_assessed_by(copied, "BBB2", "ben")
    named: list[str] = []

    class Watched(Progress):
        def at(self, step: Step) -> None:
            named.append(step.name)

        def converts(self, name: str) -> None:
            named.append(name)

    asha = Centre.open(copied, member="asha", places=places)
    asha.caseload.now()
    *_, seen = asha.alike.look(Watched(lambda step: named.append(step.name)))
    assert {*named} == {"AAA1", "CCC3", ""}
    assert (seen.read, seen.of) == (2, 2)


def test_a_verifier_who_sees_some_is_told_of_pairs_of_those_alone_and_opens_a_case_on_no_other(
    copied: Path, places: Places
) -> None:
    (pair,) = looked(Centre.open(copied, member="ines", places=places)).pairs
    toml = copied / "centre.toml"
    toml.write_text(toml.read_text("utf-8") + '\n[visibility]\nverifiers = ["assigned"]\n', "utf-8")
    hand_in(copied, "AAA1", "odd.md", TAKEN.replace("e", chr(0x435)))
    ines = Centre.open(copied, member="ines", places=places)
    seen = looked(ines)
    assert (seen.pairs, seen.hidden, seen.odd, seen.of) == ((), 0, (), 0)
    with pytest.raises(Refused, match="seen by verifiers"):
        next(ines.alike.open_cases((pair,), "x"))


def test_who_sees_some_is_not_told_how_much_was_left_out_of_whom(path: Path, places: Places) -> None:
    for each in ("AAA1", "BBB2"):
        hand_in(path, each, "essay.md", f"Of {each}.\n\n“{TAKEN}” (Whitmore, 2009)\n")
    toml = path / "centre.toml"
    toml.write_text(toml.read_text("utf-8") + '\n[visibility]\nassessors = ["assigned"]\n', "utf-8")
    for member, told in (("asha", False), ("ines", True)):
        seen = looked(Centre.open(path, member=member, places=places))
        assert (seen.cited > 0, bool(seen.left_out)) == (told, told)


def test_who_is_not_named_where_that_decides_is_shown_nothing_nor_is_who_visits(copied: Path, places: Places) -> None:
    toml = copied / "centre.toml"
    toml.write_text(toml.read_text("utf-8") + EXTERNAL, "utf-8")
    with pytest.raises(Refused, match="seen by verifiers"):
        looked(Centre.open(copied, member="pat", places=places, clock=lambda: DAY))
    with pytest.raises(Refused, match="on the days of their visit"):
        looked(Centre.open(copied, member="pat", places=places, clock=lambda: DAY - timedelta(days=9)))
    toml.write_text(toml.read_text("utf-8") + '\n[visibility]\nassessors = ["assigned"]\n', "utf-8")
    with pytest.raises(Refused, match="nobody was named"):
        looked(Centre.open(copied, places=places))


def test_a_learner_whom_somebody_may_not_see_is_in_no_figure_for_them(copied: Path, places: Places) -> None:
    toml = copied / "centre.toml"
    toml.write_text(toml.read_text("utf-8") + '\n[visibility]\nassessors = ["assigned"]\n', "utf-8")
    add_learner(copied, "DDD4", "Dan", evidence=f"It was late. {TAKEN}", assessor="ben")
    for number in range(4):
        add_learner(copied, f"E{number}", f"Learner {number}", evidence=f"Day {number}.", assessor="ben")
    for member, pairs, holders, cohort in (("asha", 1, 2, 3), ("ben", 0, 0, 0), ("ines", 3, 3, 8)):
        seen = looked(Centre.open(copied, member=member, places=places))
        assert len([each for each in seen.pairs if each.files < len(each.passages)]) == pairs, member
        figures = {(each.holders, each.cohort) for pair in seen.pairs for each in pair.passages if not each.is_file}
        assert figures == ({(holders, cohort)} if pairs else set()), member
        assert seen.hidden == 0
