"""`[retention.NAME]`: each rule is read as it stands, and a slip is refused with its line."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.assessed.policy import Policy
from markterm.domain.assessed.retention import RetentionRule
from markterm.domain.words.errors import Unreadable
from markterm.domain.words.foreign_text import one_line
from markterm.sheets.retention_table import read_retention, retention_lines

FILE = Path("centre.toml")
TEXT = """[retention.Pearson]
evidence_weeks = 12
record_years = 3

[retention."City & Guilds"]
qualifications = ["8580-CERT"]
"""


def read(text: str, policy: Policy | None = None) -> tuple[RetentionRule, ...]:
    return read_retention(tomllib.loads(text).get("retention", {}), policy or Policy(), FILE, text)


def test_what_a_rule_does_not_say_is_as_the_policy_has_it_and_evidence_is_kept_as_long() -> None:
    assert read(TEXT, Policy(retention_years=6)) == (
        RetentionRule("Pearson", 3, 12),
        RetentionRule("City & Guilds", 6, None, ("8580-CERT",)),
    )
    assert read("") == ()


@pytest.mark.parametrize(
    ("good", "slip", "line", "told"),
    [
        ("evidence_weeks", "evidence_week", 2, "Did you mean `evidence_weeks`?"),
        ("= 12", "= 0", 2, "is not a number from 1 to 1000"),
        ("= 3", '= "3"', 3, "is not a number"),
        ('["8580-CERT"]', '"8580-CERT"', 6, "is not a list of texts"),
        ('qualifications = ["8580-CERT"]', "record_years = 6", 5, "No qualification is named in"),
    ],
)
def test_a_slip_is_refused_with_its_line(good: str, slip: str, line: int, told: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(TEXT.replace(good, slip))
    assert refused.value.line == line
    assert told in f"{refused.value.what} {refused.value.next_step}"


def test_a_qualification_is_in_one_rule() -> None:
    with pytest.raises(Unreadable, match="8580-CERT"):
        read(TEXT + '[retention.ILM]\nqualifications = ["8580-CERT"]\n')


_code = st.text("ABC-1é", min_size=1, max_size=6)
_rules = st.lists(
    st.builds(
        RetentionRule,
        st.text("Pe &", min_size=1, max_size=5).map(one_line).filter(bool),
        st.integers(1, 100),
        st.none() | st.integers(1, 1000),
        st.just(()),
    ),
    max_size=1,
)


@given(_rules, st.lists(_code, min_size=1, max_size=3, unique=True))
def test_what_is_written_is_read_back(rules: list[RetentionRule], codes: list[str]) -> None:
    every = (*rules, RetentionRule("Another", 6, None, tuple(codes)))
    assert read("\n".join(retention_lines(every))) == every


def test_without_a_rule_the_examples_are_comments() -> None:
    lines = list(retention_lines(()))
    assert all(line.startswith("#") or not line for line in lines)
    assert [line for line in lines if "[retention." in line] == [
        "# [retention.Pearson]",
        "# [retention.EAL]",
        "# [retention.ILM]",
    ]
