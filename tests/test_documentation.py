"""What a person can set or mend is written down where they look for it."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from markterm.centre import check, registrations, retention
from markterm.domain.assessed.claiming import Fact, Status
from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.policy import Policy
from markterm.domain.assessed.strategy import RiskPoints
from markterm.domain.assessed.visibility import TheirsBy
from markterm.domain.claims.why_not import WhyNot
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.who_did_what import ABOUT_PEOPLE
from markterm.domain.views.due import Person, Step
from markterm.records import finding_codes
from markterm.sheets.claims_table import CLAIM_COLUMNS
from markterm.sheets.codes import CODES
from markterm.sheets.strategy_table import STRATEGY_KEYS
from markterm.tui.caseload.screen import CaseloadScreen
from markterm.tui.key_list import every_key
from markterm.tui.settings import KEYS_FILE, SETTINGS_FILE, Settings

RECORD_CODES = sorted(
    code for name, code in vars(finding_codes).items() if name.isupper() and isinstance(code, str)
) + sorted(ABOUT_PEOPLE)
CENTRE_CODES = sorted(
    {
        code
        for module in (check, registrations, retention)
        for name, code in vars(module).items()
        if name.isupper() and isinstance(code, str) and re.fullmatch(r"MC\d\d", code)
    }
)
TOP = Path(__file__).parent.parent
README = (TOP / "README.md").read_text("utf-8")
FORMAT = (TOP / "mark_sheets" / "README.md").read_text("utf-8")


@pytest.mark.parametrize("name", [field.name for field in fields(Settings)] + [SETTINGS_FILE, KEYS_FILE])
def test_every_setting_is_in_the_readme(name: str) -> None:
    assert f"`{name}`" in README


@pytest.mark.parametrize(
    "key",
    [
        field.name.removeprefix("record_")
        for kind in (CentreDetails, Member, Policy, RiskPoints)
        for field in fields(kind)
        if field.name not in ("members", "policy", "strategies", "claiming", "past", "visit")
    ]
    + list(STRATEGY_KEYS)
    + [*map(str, (*Fact, *Status)), *CLAIM_COLUMNS]
    + [role.value for role in Role]
    + ["visit_from", "visit_to", *(each.value for each in TheirsBy)],
)
def test_every_key_and_role_of_the_centres_file_is_explained(key: str) -> None:
    assert f"`{key}`" in FORMAT or f"[policy]` `{key}" in FORMAT


@pytest.mark.parametrize("code", [*sorted(CODES), *CENTRE_CODES])
def test_every_lint_code_has_a_line_that_says_how_to_mend_it(code: str) -> None:
    assert f"| {code} |" in FORMAT


@pytest.mark.parametrize("code", WhyNot)
def test_every_code_of_what_blocks_a_claim_is_in_the_readme(code: WhyNot) -> None:
    assert f"`{code}`" in README


@pytest.mark.parametrize("code", RECORD_CODES)
def test_every_code_of_the_audit_is_in_the_readme(code: str) -> None:
    assert f"| {code} |" in README


def test_the_keys_in_the_readme_are_keys_of_commands() -> None:
    table = README.partition("| key | does |")[2].partition("\n\n")[0]
    named = {key for line in table.splitlines() for key in re.findall(r"`([^`]+)`", line.split(" | ")[0])}
    there = {key for line in every_key() for key in line.keys}
    assert len(named) > 30
    assert {key.lower() if len(key) > 1 else key for key in named} <= there


def test_what_a_unit_can_wait_for_is_told_where_the_filter_is_explained() -> None:
    readme = " ".join(README.split())
    told = readme[readme.index("Each unit waits for") : readme.index("a minus turns one round")]
    for words in (told, " ".join(CaseloadScreen.HELP.split())):
        missing = [each.value for each in (*Step, *Person) if not re.search(rf"\b{each.value}\b", words)]
        missing += [field for field in ("unit", "state", "waiting", "sampled", "owner") if field not in words]
        assert missing == []


@pytest.mark.parametrize("page", ["verifying.md", "centre.md", "standards.md", "other-means.md"])
def test_what_a_person_is_told_to_type_is_there(page: str) -> None:
    told = (TOP / "docs" / page).read_text("utf-8")
    commands = (TOP / "docs" / "commands.md").read_text("utf-8")
    typed = [*re.findall(r"`(markterm [^`]+)`", told), *re.findall(r"^(markterm .*)$", told, re.MULTILINE)]
    assert len(typed) > 12
    for line in typed:
        section = commands.partition(f"\n## markterm {line.split()[1]}\n")[2].partition("\n## ")[0]
        assert section, line
        assert [option for option in re.findall(r"--[a-z-]+", line) if option not in section] == [], line


def test_the_keys_that_a_verifier_is_told_are_there() -> None:
    told = (TOP / "docs" / "verifying.md").read_text("utf-8")
    there = {key for line in every_key() for key in line.keys}
    named = set(re.findall(r"`([a-zA-Z0-9]|Enter|ctrl\+p)`", told))
    assert len(named) > 8
    assert {key.lower() if len(key) > 1 else key for key in named} <= there
