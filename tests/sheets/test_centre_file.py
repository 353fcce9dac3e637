from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from markterm.domain.assessed.member import STAFF, Member, Role
from markterm.domain.assessed.policy import Policy, Resubmission
from markterm.domain.assessed.strategy import (
    NAMED_BY_CENTRES,
    Always,
    Band,
    Before,
    Risk,
    RiskPoints,
    SeenEvery,
    Strategies,
    Strategy,
)
from markterm.domain.assessed.visibility import LIMITED, TheirsBy, Visibility
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.words.errors import Unreadable
from markterm.sheets.centre_file import read_centre, render_centre
from tests.seen_text import seen_text

CENTRE = """format = 2

[centre]
number = "012345"
name = "Aston College"
awarding_organisation = "City & Guilds"

[[member]]
id = "jb"
name = "Jo Bright"
roles = ["assessor"]
units = ["8580-500", "8580-501"]
competence = 2025-09-01
cpd = 2026-01-15

[[member]]
id = "am-2"
name = "Ana María"
roles = ["verifier", "coordinator"]

[policy]
attempts = 2
resubmission_authorised_by = "verifier"
retention_years = 6
feedback_waits_for_verification = false
shared_remarks = true
"""
JO = Member(
    "jb",
    "Jo Bright",
    frozenset({Role.ASSESSOR}),
    frozenset({"8580-500", "8580-501"}),
    date(2025, 9, 1),
    date(2026, 1, 15),
)
ANA = Member("am-2", "Ana María", frozenset({Role.VERIFIER, Role.COORDINATOR}))
DETAILS = CentreDetails("012345", "Aston College", "City & Guilds", (JO, ANA), Policy(2, Role.VERIFIER, 6, False, True))

_texts = seen_text().map(str.strip)
_names = _texts.filter(bool)
_members = st.lists(
    st.builds(
        Member,
        id=st.from_regex(r"[a-z0-9][a-z0-9-]{0,31}", fullmatch=True),
        name=_names,
        roles=st.frozensets(st.sampled_from(STAFF)),
        sites=st.frozensets(_names, max_size=2),
        qualifications=st.frozensets(_names, max_size=2),
        units=st.frozensets(_names, max_size=3),
        competence=st.none() | st.dates(),
        cpd=st.none() | st.dates(),
        training=st.frozensets(_names, max_size=3),
    ).map(lambda member: replace(member, training=member.training - member.units)),
    max_size=3,
    unique_by=lambda member: member.id,
).map(tuple)
_tops = st.sets(st.integers(1, 300), max_size=3).map(sorted)
_shares = _tops.flatmap(
    lambda tops: st.lists(st.integers(0, 100), min_size=len(tops) + 1, max_size=len(tops) + 1).map(
        lambda percents: tuple(map(Band, (*tops, None), percents))
    )
)
_strategies = st.builds(
    Strategy,
    by_root=st.booleans(),
    least=st.integers(0, 9),
    drawn=st.integers(0, 100),
    always=st.frozensets(st.sampled_from(Always)),
    vacsr=st.booleans(),
    due_days=st.integers(1, 366),
) | _shares.map(lambda bands: Strategy(bands, bands, bands))
_conditions = st.lists(_names, max_size=2).map(tuple)
_details = st.builds(
    CentreDetails,
    number=_names,
    name=_names,
    awarding_organisation=_texts,
    members=_members,
    policy=st.builds(
        Policy,
        st.integers(1, 100),
        st.sampled_from(STAFF),
        st.integers(1, 100),
        st.booleans(),
        st.booleans(),
        resubmission_conditions=_conditions,
        resubmissions=st.dictionaries(_names, st.builds(Resubmission, st.sampled_from(STAFF), _conditions), max_size=2),
    ),
    strategies=st.builds(
        Strategies,
        _strategies,
        st.dictionaries(_names, _strategies, max_size=2),
        st.builds(RiskPoints, few=st.integers(0, 99)),
        st.dictionaries(st.sampled_from(NAMED_BY_CENTRES), st.dictionaries(_names, _names, max_size=2)),
        st.builds(SeenEvery, st.integers(0, 99), st.integers(0, 99)),
        st.integers(0, 100),
    ),
    visibility=st.builds(
        Visibility,
        st.dictionaries(st.sampled_from(LIMITED), st.frozensets(st.sampled_from(TheirsBy), min_size=1), max_size=3),
    ),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "centre.toml"


def refusal_of(file: Path, text: str) -> Unreadable:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Unreadable) as refusal:
        read_centre(file)
    assert refusal.value.file == file
    return refusal.value


def test_a_centre_is_read_whole(file: Path) -> None:
    file.write_text(CENTRE, encoding="utf-8")
    assert read_centre(file) == DETAILS


def test_a_centre_needs_only_a_number_and_a_name(file: Path) -> None:
    file.write_text('format = 2\n[centre]\nnumber = "1"\nname = "A"\n', encoding="utf-8")
    assert read_centre(file) == CentreDetails("1", "A")


def test_a_byte_order_mark_and_windows_line_ends_make_no_difference(file: Path) -> None:
    file.write_bytes(("\ufeff" + CENTRE.replace("\n", "\r\n")).encode())
    assert read_centre(file) == DETAILS


def test_the_plain_form_of_a_plain_file_is_that_file() -> None:
    assert render_centre(DETAILS) == CENTRE


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(details=_details)
def test_a_written_centre_is_read_back_as_it_was(file: Path, details: CentreDetails) -> None:
    file.write_bytes(render_centre(details).encode())
    assert read_centre(file) == details


@pytest.mark.parametrize(
    ("good", "slip", "line", "told"),
    [
        ("number =", "numbr =", 4, "Did you mean `number`?"),
        ("awarding_organisation", "awarding_organization", 6, "Did you mean `awarding_organisation`?"),
        ("[policy]", "[polcy]", 21, "Did you mean `policy`?"),
        ("cpd =", "cdp =", 14, "Did you mean `cpd`?"),
        ('"Ana María"\nroles', '"Ana María"\nrole', 19, "Did you mean `roles`?"),
        ("attempts", "zzz", 22, "The keys are attempts, "),
        ('["assessor"]', '["asessor"]', 11, "Did you mean `assessor`?"),
        ('["verifier", ', '["Verifier", ', 19, "Did you mean `verifier`?"),
        ('= "verifier"', '= "nobody"', 23, "The roles are assessor, verifier, coordinator, tutor."),
        ('"012345"', "12345", 4, "double quotes"),
        ('"Aston College"', '" "', 5, "Add name"),
        ('name = "Aston College"\n', "", 3, "Add name"),
        ('id = "am-2"\n', "", 16, "Add id"),
        ('name = "Ana María"\n', "", 16, "Add name"),
        ('roles = ["verifier", "coordinator"]\n', "", 16, "Add roles"),
        ('["assessor"]', '"assessor"', 11, "Write it as roles"),
        ('["8580-500", "8580-501"]', "[8580, 8581]", 12, "Write it as units"),
        ("2025-09-01", '"2025-09-01"', 13, "without quotes"),
        ("2026-01-15", "2026-01-15T09:00:00", 14, "without quotes"),
        ("attempts = 2", "attempts = true", 22, "Write attempts = 2"),
        ("attempts = 2", "attempts = 0", 22, "Write attempts = 2"),
        ("retention_years = 6", "retention_years = 6.0", 24, "Write retention_years = 3"),
        ("= false", '= "no"', 25, "Write true or false"),
        ("= true", "= 1", 26, "Write true or false"),
        ('id = "am-2"', 'id = "jb"', 17, "an id of their own"),
        ('id = "jb"', 'id = "JB"', 9, "small letters"),
        ('id = "jb"', 'id = "../jb"', 9, "small letters"),
        ('id = "jb"', 'id = "j\\nb"', 9, "small letters"),
        ('id = "jb"', f'id = "{"j" * 33}"', 9, "small letters"),
        ('id = "am-2"', 'id "am-2"', 17, "Correct that line"),
        ("[[member]]", "[member]", 16, "the line in brackets that is missing"),
        (CENTRE, 'format = 1\nmember = "jb"\n[centre]\nnumber = "1"\nname = "A"', 2, "Write [[member]]"),
        ("[centre]", "[[centre]]", 3, "Write [centre]"),
        ("format = 2\n", "format = 3\n", 1, "Install the newest MarkTerm."),
        ("format = 2\n", 'format = "1"\n', 1, "Write `format = 2`."),
        ("format = 2\n", "format = true\n", 1, "Write `format = 2`."),
        ("format = 2\n", "format = 0\n", 1, "Bring the file to format 1"),
        ("format = 2\n", "", None, "Add `format = 2`"),
        (CENTRE, "format = 1\n", None, "Add the line [centre]"),
        (CENTRE, "format = 1\nx = " + "[" * 5000, None, "plain keys and values"),
        (CENTRE, "format = " + "9" * 5000, None, "Correct that line"),
    ],
)
def test_each_slip_is_refused_with_its_line_and_what_to_do(
    file: Path, good: str, slip: str, line: int | None, told: str
) -> None:
    assert good in CENTRE
    refusal = refusal_of(file, CENTRE.replace(good, slip))
    assert refusal.line == line
    assert told in refusal.next_step


def test_a_member_in_training_is_read_and_written(file: Path) -> None:
    units = 'units = ["8580-500", "8580-501"]\n'
    text = CENTRE.replace(units, f'{units}training = ["8580-502", "8580-503"]\n')
    file.write_text(text, encoding="utf-8")
    details = read_centre(file)
    jo = details.members[0]
    assert jo == replace(JO, training=frozenset({"8580-502", "8580-503"}))
    assert jo.in_training_for("8580-502")
    assert not jo.approved_for("8580-502")
    assert not jo.in_training_for("8580-500")
    assert render_centre(details) == text


def test_nobody_is_approved_for_a_unit_and_in_training_for_it(file: Path) -> None:
    units = 'units = ["8580-500", "8580-501"]\n'
    refusal = refusal_of(file, CENTRE.replace(units, f'{units}training = ["8580-501"]\n'))
    assert refusal.line == 13
    assert "8580-501" in refusal.what


def test_a_newer_and_an_older_format_are_errors_of_their_own(file: Path) -> None:
    newer = CENTRE.replace("format = 2", "format = 3").replace("[policy]", "[novelty]")
    assert refusal_of(file, newer).title == "This centre is too new"
    assert refusal_of(file, CENTRE.replace("format = 2", "format = 0")).title == "This centre is too old"


@pytest.mark.parametrize(
    ("roles", "more", "told"),
    [
        ('["assessor"]', "", "no verifier"),
        ('["verifier"]', "lead = true\n", "Lead IV"),
        ('["verifier"]', "", ""),
    ],
)
def test_who_learns_to_verify_is_a_verifier_and_leads_no_other(file: Path, roles: str, more: str, told: str) -> None:
    vi = f'\n[[member]]\nid = "vi"\nname = "Vi Lund"\nroles = {roles}\n{more}learning_to_verify = true\n'
    if told:
        refusal = refusal_of(file, CENTRE + vi)
        assert (told in refusal.what, refusal.line) == (True, (CENTRE + vi).count("\n"))
        return
    file.write_text(CENTRE + vi, "utf-8")
    assert read_centre(file).members[-1] == Member("vi", "Vi Lund", frozenset({Role.VERIFIER}), learning_to_verify=True)


def test_a_file_that_is_missing_too_big_or_not_text_is_refused(file: Path) -> None:
    with pytest.raises(Unreadable, match="No such file"):
        read_centre(file)
    file.write_bytes(b'name = "\xff"')
    with pytest.raises(Unreadable, match="Not UTF-8"):
        read_centre(file)
    file.write_bytes(b"#" * 1_000_001)
    with pytest.raises(Unreadable, match="Too big"):
        read_centre(file)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, len(CENTRE)), length=st.integers(0, 12), instead=st.text(max_size=6))
def test_a_slip_in_the_file_is_read_or_refused_and_nothing_else(
    file: Path, place: int, length: int, instead: str
) -> None:
    file.write_bytes((CENTRE[:place] + instead + CENTRE[place + length :]).encode())
    with suppress(Unreadable):
        assert read_centre(file).number.strip()


_OWN = """[verification.qualification."8580-CERT"]
square_root = true
least = 5
"""
VERIFICATION = f"""
[verification]
shares_red = [{{ up_to = 10, percent = 50 }}, {{ percent = 40 }}]
shares_amber = [{{ percent = 30 }}]
shares_green = [{{ percent = 10 }}]
least = 2
drawn = 100
always = ["resubmissions", "open_case"]
vacsr = true
summative_before = "claim"
due_days = 14

[verification.risk]
in_training = 9

[verification.labels]
evidence = {{ ".docx" = "written work", ".tmp" = "" }}

{_OWN}"""


LABELS = {"evidence": {".docx": "written work", ".tmp": ""}}


def test_a_strategy_is_read_whole_and_what_is_not_said_is_as_usual(file: Path) -> None:
    file.write_text(CENTRE + VERIFICATION, encoding="utf-8")
    strategies = read_centre(file).strategies
    by_root = Strategy(
        by_root=True,
        least=5,
        drawn=100,
        always=frozenset({Always.RESUBMISSIONS, Always.OPEN_CASE}),
        vacsr=True,
        summative_before=Before.CLAIM,
        due_days=14,
    )
    red, amber, green = (Band(10, 50), Band(None, 40)), (Band(None, 30),), (Band(None, 10),)
    usual = replace(by_root, by_root=False, least=2, red=red, amber=amber, green=green)
    assert strategies == Strategies(usual, {"8580-CERT": by_root}, RiskPoints(in_training=9), LABELS)
    assert strategies.of("8580-CERT").by_root
    assert strategies.of("8580-DIP") is strategies.usual
    assert usual.bands_of(Risk.GREEN) == (Band(None, 10),)


def test_the_example_of_a_new_centre_explains_itself_and_is_the_usual_strategy(file: Path) -> None:
    text = render_centre(DETAILS, with_strategy=True)
    assert "# Sampled always" in text
    file.write_text(text, encoding="utf-8")
    assert read_centre(file) == DETAILS


def test_the_examples_for_claims_and_moodle_are_read_once_their_sign_is_taken_away(file: Path) -> None:
    text = render_centre(DETAILS, with_strategy=True)
    lines = text.splitlines()
    begin, end = (next(n for n, line in enumerate(lines) if line == f"# [{name}]") for name in ("claims", "moodle"))
    # Sentences stay comments: an example is a table, a key, or nothing.
    example = [line[1:].strip() for line in lines[begin : end + 3]]
    example = [line for line in example if line.startswith("[") or " = " in line or not line]
    file.write_text("\n".join([render_centre(DETAILS), *example]), encoding="utf-8")
    read = read_centre(file)
    assert (len(read.claiming.needs), list(read.claiming.standings)) == (4, ["8580-CERT"])
    assert (read.moodle.passed, read.moodle.referred) == ("Pass", "Refer")


@pytest.mark.parametrize(
    ("good", "slip", "line", "told"),
    [
        ("least =", "leest =", 32, "`leest` is not a key in [verification]. Did you mean `least`?"),
        ("percent = 30", "percent = 130", 30, "130 is no percentage"),
        ("percent = 30", "percent = -1", 30, "-1 is no percentage"),
        ("percent = 30", "percent = 60", 30, "from 1 learners on, 60 % would be sampled at amber risk and only 50 %"),
        ("percent = 40", "percent = 20", 30, "from 11 learners on, 30 % would be sampled at amber"),
        ("{ up_to = 10, percent = 50 }, { percent = 40 }", "", 29, "no share at all"),
        ("{ percent = 40 }", "{ up_to = 10, percent = 40 }, { percent = 40 }", 29, "do not rise: 10 comes after 10"),
        ("{ percent = 40 }", "{ up_to = 20, percent = 40 }", 29, "nothing is said of more than 20 learners"),
        ("up_to = 10, ", "", 29, "another one follows it"),
        ("percent = 30", "percent = 3.5", 30, "`percent` in `shares_amber` is not a whole number"),
        ("percent = 30", "percnt = 30", 30, "`percnt` is not said of a band"),
        ("percent = 30", "", 30, "has no percent"),
        ("[{ percent = 30 }]", "30", 30, "is no list of bands"),
        ("drawn = 100", "drawn = 101", 33, "not a number from 0 to 100"),
        ("drawn = 100", "square_root = true", 33, "`square_root` and `shares_red` both say how many"),
        ('"open_case"', '"open_cases"', 34, "Did you mean `open_case`?"),
        ("vacsr = true", 'vacsr = "yes"', 35, "neither true nor false"),
        ('"claim"', '"release"', 36, "`feedback_waits_for_verification` in [policy] is false"),
        ('"claim"', '"certificate"', 36, 'Write "release" or "claim"'),
        ("due_days = 14", "due_days = 0", 37, "not a number from 1 to 366"),
        ("in_training = 9", "in_traning = 9", 40, "`in_traning` is not a key in [verification.risk]"),
        ("in_training = 9", "amber_from = 6", 40, "Nothing is ever amber"),
        ("due_days = 14", "verifiers = 101", 37, "not a number from 0 to 100"),
        (_OWN, "[verification.observations]\nobservation = 121", 46, "not a number from 0 to 120"),
        (_OWN, "[verification.observations]\nlearners = 12", 46, "Did you mean `learner`?"),
        ("least = 5", "verifiers = 5", 47, "`verifiers` is not a key in [verification.qualification.8580-CERT]"),
        ("evidence = {", "evidenc = {", 43, "`evidenc` is not a key in [verification.labels]. Did you mean `evidence`"),
        ('"written work"', "7", 43, "What `.docx` is called in `evidence` is not a text"),
        ('{ ".docx" = "written work", ".tmp" = "" }', '"written work"', 43, "`evidence` is not a table"),
        ("square_root = true", "shares_green = [{ percent = 31 }]", 46, "31 % would be sampled at green risk"),
        ("least = 5", "risk = 5", 47, "`risk` is not a key in [verification.qualification.8580-CERT]"),
        ("least = 5", 'summative_before = "claims"', 47, 'Write "release" or "claim"'),
        (_OWN, '[verification.qualification]\n"8580-CERT" = true\n', 46, "not a table"),
    ],
)
def test_each_slip_of_a_strategy_is_refused_with_its_line_and_in_words(
    file: Path, good: str, slip: str, line: int, told: str
) -> None:
    assert good in VERIFICATION
    refusal = refusal_of(file, CENTRE + VERIFICATION.replace(good, slip))
    assert told in f"{refusal.what} {refusal.next_step}"
    assert refusal.line == line


OWN = """
[policy.qualification."8580-CERT"]
resubmission_authorised_by = "coordinator"
resubmission_conditions = ["The first day was kept."]
"""


def test_a_qualification_has_who_authorises_a_resubmission_and_under_which_conditions(file: Path) -> None:
    file.write_text(CENTRE + OWN, "utf-8")
    policy = read_centre(file).policy
    own = policy.for_qualifications(["8580-DIP", "8580-CERT"])
    assert (own.resubmission_authorised_by, own.resubmission_conditions) == (
        Role.COORDINATOR,
        ("The first day was kept.",),
    )
    assert policy.for_qualifications(["8580-DIP"]) is policy
    for good, slip, told in (
        ('"coordinator"', '"nobody"', "The roles are"),
        ('["The first day was kept."]', '" "', "Write it as resubmission_conditions"),
        ("The first day was kept.", " ", "Say what is meant"),
        ("resubmission_conditions", "resubmission_condition", "Did you mean `resubmission_conditions`?"),
    ):
        refused = refusal_of(file, CENTRE + OWN.replace(good, slip))
        assert told in refused.next_step
        assert refused.line is not None
