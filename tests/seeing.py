"""A centre of three learners in which members see some: who may see whom, and an external quality assurer's visit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from markterm.centre.centre import Centre
from markterm.domain.record.event import Kind
from markterm.own.places import Places
from tests.assignments import add_qualifications, register

DAY = datetime(2026, 3, 2, 12, tzinfo=UTC)
EXTERNAL = """
[[member]]
id = "pat"
name = "Pat Reed"
roles = ["external"]
qualifications = ["T-CERT"]
visit_from = 2026-03-02
visit_to = 2026-03-03
"""
LIMITED = """
[[member]]
id = "carol"
name = "Carol Adeyemi"
roles = ["coordinator"]

[[member]]
id = "lea"
name = "Lea Brandt"
roles = ["verifier"]
lead = true

[visibility]
assessors = ["assigned"]
verifiers = ["assigned"]
"""

Open = Callable[..., Centre]


def opening(path: Path, places: Places) -> Iterator[Open]:
    """Opens the centre with what more stands in its file; Asha assesses AAA1 on the Certificate, Ben all others."""
    add_qualifications(path)
    register(path, "AAA1", qualifications="[T-CERT]")  # Asha assesses.
    for other in ("BBB2", "CCC3"):
        file = path / "learners" / other / "learner.md"
        file.write_text(file.read_text("utf-8").replace("assessor: asha", "assessor: ben"), "utf-8")
    every: list[Centre] = []

    def open_it(member: str | None, more: str, at: datetime = DAY) -> Centre:
        file = path / "centre.toml"
        if more not in file.read_text("utf-8"):
            file.write_text(file.read_text("utf-8") + more, "utf-8")
        every.append(Centre.open(path, member=member, places=places, clock=lambda: at))
        return every[-1]

    yield open_it
    for centre in every:
        centre.close_down()


def registrations(centre: Centre) -> set[str]:
    """Those of whom whoever acts sees."""
    return {row.registration for row in centre.caseload.now()}


def notes(centre: Centre) -> list[tuple[str, ...]]:
    """What was noted of visits: by whom, which step, and of which learners."""
    return [
        (event.actor, str(event.body["step"]), *map(str, event.body["learners"]))  # type: ignore[arg-type]
        for event in centre.history.of_centre()
        if event.kind == Kind.VISIT_NOTED
    ]
