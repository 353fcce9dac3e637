"""Who may see whom, and the external quality assurer, as `centre.toml` says it; each slip is refused with its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from markterm.domain.assessed.member import Member, Role
from markterm.sheets.centre_file import read_centre, render_centre
from tests.sheets.test_centre_file import CENTRE, refusal_of


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "centre.toml"


EXTERNAL = """
[[member]]
id = "pat"
name = "Pat Reed"
roles = ["external"]
qualifications = ["8580-CERT"]
visit_from = 2026-03-02
visit_to = 2026-03-03
"""


def test_an_external_quality_assurer_has_qualifications_and_the_days_of_a_visit(file: Path) -> None:
    file.write_text(CENTRE + EXTERNAL, encoding="utf-8")
    pat = Member(
        "pat",
        "Pat Reed",
        frozenset({Role.EXTERNAL}),
        qualifications=frozenset({"8580-CERT"}),
        visit=(date(2026, 3, 2), date(2026, 3, 3)),
    )
    details = read_centre(file)
    assert details.members[-1] == pat
    file.write_bytes(render_centre(details).encode())
    assert read_centre(file) == details


@pytest.mark.parametrize(
    ("good", "slip", "told"),
    [
        ('["external"]', '["external", "verifier"]', "leave the other roles out"),
        ("visit_to = 2026-03-03\n", "", "Write both"),
        ("visit_to = 2026-03-03", "visit_to = 2026-03-01", "Write both"),
        ('qualifications = ["8580-CERT"]\n', "", "Name them, as qualifications"),
        ('["external"]', '["verifier"]', 'Give them roles = ["external"]'),
    ],
)
def test_a_visit_that_is_no_visit_is_refused(file: Path, good: str, slip: str, told: str) -> None:
    assert told in refusal_of(file, CENTRE + EXTERNAL.replace(good, slip)).next_step


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('assessor = ["assigned"]', "Did you mean `assessors`?"),
        ('assessors = ["asigned"]', "Did you mean `assigned`?"),
        ('coordinators = ["site"]', "The keys are assessors, verifiers, tutors."),
    ],
)
def test_who_may_see_whom_is_refused_when_it_is_not_understood(file: Path, line: str, told: str) -> None:
    assert told in refusal_of(file, f"{CENTRE}\n[visibility]\n{line}\n").next_step
