"""Every capability of the front desk says who may: of a learner who is hidden from somebody none of them tells.

A capability that is new fails here until it is put down what it is about, and a method that takes a learner until it
refuses, tells nothing, or stands among those that are known to tell nobody.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.domain.record.decision import OPEN_CRITERION
from markterm.domain.record.event import Result
from markterm.domain.words.errors import MarkTermError
from tests.assignments import add_qualifications, register
from tests.centre.test_front_desk import _capabilities
from tests.centres import make_centre_in, places_in

DAY = datetime(2026, 3, 2, 12, tzinfo=UTC)
HIDDEN, NAME = "BBB2", "Nneka"

OF_LEARNERS = frozenset(
    {
        *("accounts", "across", "actions", "alike", "assessed", "attempts", "audits", "badges", "by_standard"),
        *("caseload", "cases", "check", "claims", "closings", "cohort", "destructions", "development"),
        *("development_exports", "differences", "drafts", "due", "due_days", "duties", "evidence", "exports"),
        *("feedback", "fixing", "form_drafts", "glances", "history", "interests", "learners", "learners_pages"),
        *("marking", "matrix", "new_work", "of_another", "packs", "plan", "portfolio_indexes", "presence"),
        *("printed", "ratings", "registrations", "remarks", "reports", "retention", "retention_exports"),
        *("same_bytes", "scripts", "seeing", "sheet_changes", "signing_keys", "staff", "tracked"),
        *("verification", "verification_exports", "visit_lists", "work"),
    }
)
"""These are told of learners, of those whom whoever acts may see alone."""
OF_THE_CENTRE = frozenset(
    {
        *("answering", "briefs", "centre_actions", "coverage_exports", "coverages", "design", "format", "mappings"),
        *("named_files", "new_versions", "news", "observations", "papers", "profiles", "published_standards"),
        *("saving", "sheets", "standard_exports", "standardisation", "unit_papers", "visits"),
    }
)
"""These are of the centre: an external quality assurer reads what is of the visit, and nobody hidden is named."""
FOR_EVERYBODY = frozenset(["imports", "backups", "registering", "custody", "receiving"])
"""These are done with everybody in sight, or by staff alone."""

TELLS_NOBODY = {
    "caseload": {"known", "refresh_one", "row_of", "made_from", "known_of_anybody", "now_of_anybody"},
    "learners": {"called_since"},
    "same_bytes": {"elsewhere", "of"},
    "verification": {"asked", "due_from"},
    "plan": {"about"},
    "work": {"names_of"},
    "form_drafts": {"keep"},
}
"""Of rows that are on the screen already, and what looks at everybody and is told of without saying whose; what the
centre asks for of anybody; and what is one's own."""


@pytest.fixture(scope="module")
def limited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Centre]]:
    """The centre in which BBB2 is Ben's alone, and no qualification of theirs is visited."""
    folder = tmp_path_factory.mktemp("limited")
    path = make_centre_in(folder / "centre")
    add_qualifications(path)
    register(path, "AAA1", qualifications="[T-CERT]")
    learner = path / "learners" / HIDDEN / "learner.md"
    learner.write_text(learner.read_text("utf-8").replace("assessor: asha", "assessor: ben"), "utf-8")
    (path / "centre.toml").write_text(
        (path / "centre.toml").read_text("utf-8")
        + '\n[[member]]\nid = "pat"\nname = "Pat Reed"\nroles = ["external"]\nqualifications = ["T-CERT"]\n'
        + 'visit_from = 2026-03-02\nvisit_to = 2026-03-03\n[visibility]\nassessors = ["assigned"]\n',
        "utf-8",
    )
    opened: list[Centre] = []

    def open_it(member: str) -> Centre:
        opened.append(Centre.open(path, member=member, places=places_in(folder / member), clock=lambda: DAY))
        opened[-1].caseload.now()
        return opened[-1]

    open_it("ben").marking.mark(HIDDEN, "T-101", "1.1", Result.PASS, shown=OPEN_CRITERION)
    yield open_it
    for each in opened:
        each.close_down()


def test_of_every_capability_it_is_put_down_what_it_is_about(tmp_path: Path) -> None:
    centre = Centre.open(make_centre_in(tmp_path / "centre"), member="asha", places=places_in(tmp_path))
    assert _capabilities(centre) == OF_LEARNERS | OF_THE_CENTRE | FOR_EVERYBODY


@pytest.mark.parametrize("member", ["pat", "asha"])
@pytest.mark.parametrize("name", sorted(OF_LEARNERS | OF_THE_CENTRE | FOR_EVERYBODY))
def test_no_capability_tells_of_a_learner_who_is_hidden(
    limited: Callable[[str], Centre], name: str, member: str
) -> None:
    centre = limited(member)
    told = {
        method: found
        for method, ask in _asking_for_a_learner(getattr(centre, name))
        if method not in TELLS_NOBODY.get(name, ()) and (found := _answer(ask))
    }
    assert told == {}


def _asking_for_a_learner(capability: object) -> Iterator[tuple[str, Callable[[], object]]]:
    """Its verbs that begin with a learner, each asked for the one who is hidden, with something for all else."""
    for name, verb in inspect.getmembers(capability, callable):
        asked = [] if name.startswith("_") else list(inspect.signature(verb).parameters.values())
        if asked and asked[0].name in {"registration", "learner", "registrations", "folder"}:
            first = [HIDDEN] if asked[0].name == "registrations" else HIDDEN
            needed = [each for each in asked[1:] if each.default is each.empty and each.kind is not each.VAR_POSITIONAL]
            more = {each.name: _something(each) for each in needed}
            yield name, partial(verb, first, **more)


def _something(asked: inspect.Parameter) -> object:
    said = str(asked.annotation)
    return (
        "T-101" if "unit" in asked.name else DAY.date() if said.startswith("date") else "x" if "str" in said else None
    )


def _answer(ask: Callable[[], object]) -> str:
    """What it tells, where that says anything: of whom it is asked, a name, or files."""
    try:
        found = ask()
        said = repr(list(found) if isinstance(found, Iterator) else found)
    except (
        MarkTermError,
        AttributeError,
        TypeError,
        ValueError,
        KeyError,
    ):  # Refused, or something that it needs was not there.
        return ""
    return said if HIDDEN in said or NAME in said or "diary" in said else ""
