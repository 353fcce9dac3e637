"""A slip of the pen in any line of `centre.toml` is refused, and the line in which it is is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from markterm.domain.words.errors import Unreadable
from markterm.sheets.centre_file import read_centre

EVERYTHING = """\
format = 2

[centre]
number = "012345"
name = "Aston College"
awarding_organisation = "City & Guilds"

[[member]]
id = "jb"
name = "Jo Bright"
roles = ["assessor"]
units = ["500", "501"]
training = ["503"]
competence = 2025-09-01
cpd = 2026-01-15
sites = ["Leeds"]
qualifications = ["CERT"]

[[member]]
id = "ana"
name = "Ana María"
roles = ["verifier", "coordinator"]
lead = true

[[member]]
id = "lee"
name = "Lee Ng"
roles = ["verifier"]
learning_to_verify = true

[[member]]
id = "pat"
name = "Pat Reed"
roles = ["external"]
qualifications = ["CERT"]
visit_from = 2026-03-02
visit_to = 2026-03-03

[policy]
attempts = 2
resubmission_authorised_by = "verifier"
resubmission_conditions = ["on time"]
retention_years = 6
feedback_waits_for_verification = false
shared_remarks = true
interest_bars_assessors = true
marking_waits_for_brief = false
standardise_refused = false

[policy.qualification."CERT"]
resubmission_authorised_by = "coordinator"
resubmission_conditions = ["signed"]

[verification]
shares_red = [{ up_to = 100, percent = 30 }, { percent = 25 }]
shares_amber = [{ up_to = 100, percent = 25 }, { percent = 20 }]
shares_green = [{ up_to = 100, percent = 20 }, { percent = 15 }]
least = 3
least_of_assessor = 1
least_of_unit = 1
interim = 5
summative = 50
drawn = 20
always = ["resubmissions"]
vacsr = false
feedback_quality = false
summative_before = "claim"
due_days = 14
most_running = 0
verifiers = 10

[verification.observations]
learner = 12

[verification.risk]
amber_from = 2
red_from = 4

[verification.labels]
evidence = { ".docx" = "written work" }

[verification.qualification."CERT"]
least = 5

[claims]
needs = ["uln"]
released = true

[claims.organisation.City]
needs = ["born"]

[claims.qualification."CERT"]
organisation = "City"
status = "registrations-suspended"
since = 2026-01-31

[claims.columns]
registered = "registration"

[moodle]
pass = "Pass"
refer = "Refer"
merit = "Merit"
distinction = "Distinction"

[moodle.columns]
grade = "Grade"

[register.columns]
name = "Pupil"
email = ["Mail"]

[retention.Pearson]
evidence_weeks = 12
record_years = 3
qualifications = ["CERT"]

[skills]
scale = ["no", "with help", "alone"]
enough = "alone"

[incoming]
names = ["{registration}_*"]

[evidence]
store = "s3://bucket/evidence"

[record]
store = "postgresql://markterm@localhost/markterm"

[server]
address = "https://marking.college.example"
sign_in = "openid"
proxies = ["127.0.0.1"]
header = "X-Remote-User"
issuer = "https://id.example/realm"
client = "markterm"
claim = "email"
domain = "college.example"
sessions = 50
sessions_of_member = 3
memory = 1000
idle = 30
hours = 12
upload = 500

[visibility]
assessors = ["assigned"]
verifiers = ["qualification"]
tutors = ["site"]
"""
LINES = EVERYTHING.split("\n")
_KEY = re.compile(r"([a-z_]+) = (.*)")
_HEADER = re.compile(r"(\[+)([a-z]+)(\.([a-z]+))?(\..*)?(\]+)")
_OF_ITS_OWN = "[claims.columns]"
"""Below it a key is any heading of the centre's own."""


def refused_in(file: Path, number: int, line: str) -> tuple[int | None, str]:
    """The line in which the file is refused with `line` in place of that one, and why; (None, "") for one that is
    taken."""
    file.write_text("\n".join([*LINES[: number - 1], line, *LINES[number:]]), "utf-8")
    try:
        read_centre(file)
    except Unreadable as error:
        return error.line, error.what
    return None, ""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "centre.toml"


def keys() -> dict[int, tuple[str, str]]:
    found = ((number, _KEY.fullmatch(line)) for number, line in enumerate(LINES, 1))
    return {number: (match[1], match[2]) for number, match in found if match and number > 1}


def test_a_file_with_every_table_and_every_key_is_read(file: Path) -> None:
    file.write_text(EVERYTHING, "utf-8")
    assert len(read_centre(file).members) == 4


def test_a_key_that_is_misspelt_is_refused_in_its_line(file: Path) -> None:
    for number, (key, value) in keys().items():
        if LINES[number - 2] != _OF_ITS_OWN:
            assert refused_in(file, number, f"{key}s = {value}")[0] == number, key


def test_a_table_that_is_misspelt_is_refused_in_its_line(file: Path) -> None:
    for number, line in enumerate(LINES, 1):
        if (match := _HEADER.fullmatch(line)) is None:
            continue
        opens, table, within, name, rest, closes = match.groups()
        for misspelt in (f"{table}s{within or ''}", f"{table}.{name}x" if name and rest else ""):
            if misspelt:
                told = refused_in(file, number, f"{opens}{misspelt}{rest or ''}{closes}")
                assert told[0] == number, (misspelt, told)


@pytest.mark.parametrize(
    "value", ["1.5", "-1", "{ a = 1 }", "10:00:00", "2026-01-31T10:00:00", "[[]]", '[""]', '[" "]']
)
def test_a_value_of_another_kind_is_refused_in_its_line(file: Path, value: str) -> None:
    for number, (key, _) in keys().items():
        assert refused_in(file, number, f"{key} = {value}")[0] == number, key


def test_spaces_around_a_value_are_none_of_it(file: Path) -> None:
    file.write_text(EVERYTHING, "utf-8")
    said = read_centre(file)
    file.write_text(re.sub(r'(= \[?)"([^"]*)"', r'\1" \2 "', EVERYTHING), "utf-8")
    assert read_centre(file) == said


@pytest.mark.parametrize(
    "domain", ["@college.example", "https://college.example", "college", "a b.example", ".example"]
)
def test_what_is_no_domain_of_addresses_is_refused(file: Path, domain: str) -> None:
    number = LINES.index('domain = "college.example"') + 1
    line, why = refused_in(file, number, f'domain = "{domain}"')
    assert (line, "is no domain of e-mail addresses" in why) == (number, True)
