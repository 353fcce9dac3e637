"""Whether one learner is seen: by what is known of them, by what is so now, and by an earlier registration."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from markterm.centre.folder import CentreFolder
from markterm.centre.seeing import Seeing
from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.visibility import TheirsBy, Visibility
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.views.caseload import CaseloadRow
from markterm.domain.words.errors import WrongUse
from markterm.system.platform import CENTRE_RECORD
from tests.seeing import DAY

pytestmark = pytest.mark.on_files

ASHA = Member("asha", "Asha Patel", frozenset({Role.ASSESSOR}))
PAT = Member(
    "pat", "Pat Reed", frozenset({Role.EXTERNAL}), qualifications=frozenset({"Q"}), visit=(DAY.date(), DAY.date())
)
THEIRS, OTHERS = (CaseloadRow("AAA1", "AAA1", "Rosalind", ("Q",), assessor=who) for who in ("asha", "ben"))
LIMITED = Visibility({Role.ASSESSOR: frozenset({TheirsBy.ASSIGNED})})


class Read(Exception):
    """The record was read, though what was known says it."""


def seeing(
    folder: Path,
    known: CaseloadRow | None,
    now: CaseloadRow | None,
    member: Member | None = ASHA,
    earlier: Mapping[str, str] | None = None,
) -> Seeing:
    """What that member sees of a centre in which one learner is `known` as that and is so `now`; None where nobody may
    ask."""
    (folder / "learners" / "AAA1").mkdir(parents=True, exist_ok=True)

    def read(_: str) -> CaseloadRow:
        if now is None:
            raise Read
        return now

    def sheets() -> SimpleNamespace:
        by_code = {"Q": SimpleNamespace(units=("U",)), "R": SimpleNamespace(units=("V",))}
        return SimpleNamespace(
            edition=1, qualifications=SimpleNamespace(by_code=by_code), assignments=SimpleNamespace(by_code={})
        )

    return Seeing(
        CentreFolder(folder),
        CentreDetails("012345", "Test Centre", visibility=LIMITED),
        lambda: member,
        lambda: DAY,
        lambda _: known,
        read,
        lambda: earlier or {},
        cast("Any", sheets),
        cast("Any", None),
    )


@pytest.mark.parametrize(
    ("known", "now", "seen"),
    [
        (THEIRS, None, True),
        (OTHERS, THEIRS, True),
        (None, THEIRS, True),
        (OTHERS, OTHERS, False),
        (None, OTHERS, False),
    ],
    ids=["known as theirs", "theirs by now", "not known yet", "another's", "not known, another's"],
)
def test_a_learner_is_hidden_only_when_they_are_looked_at_anew(
    tmp_path: Path, known: CaseloadRow | None, now: CaseloadRow | None, seen: bool
) -> None:
    looking = seeing(tmp_path, known, now)
    assert looking.folder("AAA1") is seen
    assert looking.registration("AAA1") is seen


def test_of_a_file_of_a_learner_it_is_asked_who_was_given_them_as_known_and_as_it_is_now(tmp_path: Path) -> None:
    of_ben = Learner("AAA1", "Rosalind", assessor="ben")
    given = CaseloadRow("AAA1", "AAA1", "Rosalind", verifiers=("asha",))
    assert given.is_given_to("asha")
    assert seeing(tmp_path, given, None).learner(of_ben, "AAA1")
    assert seeing(tmp_path, OTHERS, given).learner(of_ben, "AAA1")
    assert not seeing(tmp_path, OTHERS, OTHERS).learner(of_ben, "AAA1")
    with pytest.raises(Read):
        seeing(tmp_path, OTHERS, None).learner(of_ben, "AAA1")


def test_who_had_another_registration_is_seen_by_it_and_who_is_not_there_by_none(tmp_path: Path) -> None:
    looking = seeing(tmp_path, THEIRS, None, earlier={"OLD1": "AAA1", "OLD2": "GONE"})
    assert looking.registration("OLD1")
    for nobody in ("OLD2", "GONE", CENTRE_RECORD):
        assert not looking.registration(nobody)
        with pytest.raises(WrongUse):
            looking.require_each(["AAA1", nobody])
    looking.require_each(["AAA1", "OLD1"])
    (tmp_path / "learners" / "OLD1").mkdir()
    assert seeing(tmp_path, OTHERS, OTHERS, earlier={"OLD1": "AAA1"}).registration("OLD1") is False


@pytest.mark.parametrize(
    ("known", "now"), [(("Q",), None), (None, ("Q",))], ids=["as they are known", "as they are now"]
)
def test_of_a_learner_of_the_visit_alone_each_unit_is_read_and_of_another_those_of_the_visit(
    tmp_path: Path, known: tuple[str, ...] | None, now: tuple[str, ...] | None
) -> None:
    def row(qualifications: tuple[str, ...] | None, more: tuple[str, ...] = ()) -> CaseloadRow | None:
        return (
            None
            if qualifications is None
            else CaseloadRow("AAA1", "AAA1", "Rosalind", qualifications=qualifications + more)
        )

    assert seeing(tmp_path, row(known), row(now), PAT).units_of("AAA1") is None
    has_unit = seeing(tmp_path, row(known, ("R",)), row(now, ("R",)), PAT).units_of("AAA1")
    assert has_unit is not None
    assert (has_unit("U"), has_unit("V")) == (True, False)


def test_nobody_who_was_named_is_no_visitor_and_sees_nobody(tmp_path: Path) -> None:
    nobody = seeing(tmp_path, THEIRS, THEIRS, None)
    assert (nobody.is_external, nobody.visitor, nobody.remit, nobody.everybody) == (False, None, None, False)
    assert not nobody.registration("AAA1")
    assert nobody.in_words == "Nobody is shown: say who you are."
