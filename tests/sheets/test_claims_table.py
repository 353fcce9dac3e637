"""`[claims]` of a centre's file: read whole, or refused with its line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from markterm.domain.assessed.claiming import Claiming, Fact, QualificationStanding, Status
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.words.errors import Unreadable
from markterm.sheets.centre_file import read_centre, render_centre
from markterm.sheets.claims_table import CLAIM_COLUMNS
from tests.examples import examples

TOP = 'format = 2\n[centre]\nnumber = "1"\nname = "A"\n'
CLAIMS = """[claims]
needs = ["registered", "legal_name"]

[claims.organisation."Tea & Co"]
needs = ["uln"]

[claims.qualification.T-CERT]
organisation = "Tea & Co"
status = "registrations-suspended"
since = 2026-03-02

[claims.columns]
"Learner ref" = "registration"
DOB = "born"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "centre.toml"


def test_what_is_needed_is_said_for_each_awarding_organisation(file: Path) -> None:
    file.write_text(TOP + CLAIMS, encoding="utf-8")
    claiming = read_centre(file).claiming
    assert claiming.needed(("T-CERT",)) == (Fact.ULN,)
    assert claiming.needed(()) == claiming.needed(("T-AWARD",)) == (Fact.REGISTERED, Fact.LEGAL_NAME)
    assert claiming.needed(("T-AWARD", "T-CERT")) == (Fact.REGISTERED, Fact.LEGAL_NAME, Fact.ULN)
    assert claiming.standing("T-CERT").in_words == "registrations suspended since 2026-03-02"
    assert claiming.standing("T-AWARD").in_words == ""
    assert claiming.columns == {"Learner ref": "registration", "DOB": "born"}
    assert claiming.released


@pytest.mark.parametrize(
    ("good", "slip", "line", "told"),
    [
        ("[claims]\n", "[claims]\nneed = []\n", 6, "`need` is not a key in [claims]. Did you mean `needs`?"),
        ('"registered"', '"registred"', 6, "`registred` is no fact of a registration. Did you mean `registered`?"),
        ('organisation = "Tea', 'organisation = "T', 12, "`T & Co` has no table of its own. Add"),
        ('"registrations-', '"registration-', 13, "is no status of a qualification. Did you mean"),
        ("since = 2026-03-02\n", "", 13, "it is not said since when. Add since ="),
        ('"registrations-suspended"', '"direct"', 14, "`since` is of a suspension, and nothing is suspended. Leave"),
        ('"born"', '"birth"', 18, "`birth` is nothing that a column can hold. "),
        ('"born"', "1", 18, "`DOB` is not a text."),
        ("[claims]", "claims = 1\n[[member]]", 1, ""),
    ],
)
def test_a_slip_is_refused_with_its_line(file: Path, good: str, slip: str, line: int, told: str) -> None:
    changed = (TOP + CLAIMS).replace(good, slip, 1)
    assert changed != TOP + CLAIMS
    file.write_text(changed, encoding="utf-8")
    with pytest.raises(Unreadable) as refusal:
        read_centre(file)
    if told:
        assert refusal.value.line == line
        assert told in f"{refusal.value.what} {refusal.value.next_step}"


_names = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=5)
_needs = st.lists(st.sampled_from(Fact), unique=True, max_size=3).map(tuple)


@st.composite
def _claimings(draw: st.DrawFn) -> Claiming:
    organisations = draw(st.dictionaries(_names, _needs, max_size=2))
    of = st.sampled_from(["", *organisations])
    status = st.sampled_from([None, Status.DIRECT, Status.SIGN_OFF])
    plain = st.builds(QualificationStanding, of, status)
    suspended = st.builds(QualificationStanding, of, st.just(Status.REGISTRATIONS_SUSPENDED), st.dates())
    standings = draw(st.dictionaries(_names, plain | suspended, max_size=2))
    columns = draw(st.dictionaries(_names, st.sampled_from(CLAIM_COLUMNS), max_size=3))
    return Claiming(draw(_needs), draw(st.booleans()), organisations, standings, columns)


@settings(deadline=None, max_examples=examples(30), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(claiming=_claimings())
def test_what_is_written_is_read_back(file: Path, claiming: Claiming) -> None:
    details = replace(CentreDetails("1", "A"), claiming=claiming)
    file.write_text(render_centre(details), encoding="utf-8")
    assert read_centre(file) == details
