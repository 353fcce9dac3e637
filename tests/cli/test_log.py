"""`markterm log`: what was recorded, of a learner and of everybody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.event import Event, Json, Subject
from markterm.records.folder.store import FolderStore
from tests.assignments import add_qualifications
from tests.cli.conftest import Ask, put_in_conflict

pytestmark = pytest.mark.usefixtures("centre")

ASHA = ("--as", "asha")


def test_log_has_every_event_and_what_became_of_it(ask: Ask) -> None:
    ask("declare", "AAA1", "--form", "e-mail", *ASHA)
    ask("mark", "AAA1", "T-101", "1.1", "refer", "--note", "Lukewarm.", *ASHA)
    ask("mark", "AAA1", "T-101", "1.1", "pass", *ASHA)
    ask("mark", "AAA1", "T-101", "2.1", "pass", *ASHA)
    ask("withdraw", "AAA1", "T-101", "2.1", "--reason", "slip", *ASHA)
    put_in_conflict(Path())
    answer = ask("log", "AAA1")
    told = [line.partition(": ")[2] for line in answer.out.splitlines() if not line.startswith(" ")]
    assert told == [
        "declared: e-mail",
        "T-101 1.1 decided ✗ refer (replaced since)",
        "T-101 1.1 decided ✓ pass",
        "T-101 2.1 decided ✓ pass (withdrawn since)",
        "T-101 2.1 withdrawn",
        "T-101 1.2 decided ✓ pass (in conflict)",
        "T-101 1.2 decided ✗ refer (in conflict)",
    ]
    assert "\n    Lukewarm.\n" in answer.out
    assert "\n    slip\n" in answer.out
    assert "Ben Whitlock (ben), assessor" in answer.out
    fates = [event["fate"] for event in ask("log", "AAA1", "--json").json]
    assert fates == ["", "replaced since", "", "withdrawn since", "", "in conflict", "in conflict"]


def test_log_of_a_criterion_has_only_its_events(ask: Ask) -> None:
    ask("mark", "AAA1", "T-101", "1.1,2.1", "pass", *ASHA)
    ask("mark", "AAA1", "T-102", "1.1", "pass", *ASHA)
    events = ask("log", "AAA1", "--unit", "101", "--criterion", "1.1", "--json").json
    assert [(event["unit"], event["criterion"]) for event in events] == [("T-101", "1.1")]
    assert "1 of 3 events." in ask("log", "AAA1", "--unit", "102").err


def test_log_shows_the_kind_of_a_newer_version_and_the_member_who_left(ask: Ask, tmp_path: Path) -> None:
    from tests.samples import AT

    store = FolderStore(Path("records"), tmp_path / "states")
    store.append("AAA1", Event("u1", "blessed", "AAA1", AT, "gone", "verifier", body={"why": "new\x1b[31m"}))
    store.close()
    answer = ask("log", "AAA1")
    assert "gone, verifier: blessed (of a kind that this MarkTerm does not know)" in answer.out
    assert '{"why": "new\\u241b[31m"}' in answer.out
    assert "events of a newer version" in ask("show", "AAA1").out


def _of_several(ask: Ask) -> None:
    """Events of two learners, by two members, in two months; the older of them is recorded last."""
    ask("mark", "AAA1", "T-101", "1.1", "pass", *ASHA)
    ask("mark", "BBB2", "T-101", "1.1", "refer", "--note", "Lukewarm.", "--as", "ben")
    store = FolderStore(Path("records"), Path("states"))
    march, february = datetime(2026, 3, 31, 12, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
    for registration, at in (("BBB2", march), ("AAA1", february)):
        body: dict[str, Json] = {"form": "e-mail"}
        store.append(registration, Event(registration, "declared", registration, at, "ines", "verifier", body=body))
    store.close()


def _logged(ask: Ask, *words: str) -> list[tuple[object, object]]:
    return [(event["registration"], event["kind"]) for event in ask("log", *words, "--json").json]


def test_log_without_a_learner_is_that_of_everybody_the_oldest_first_whoever_recorded_it(ask: Ask) -> None:
    _of_several(ask)
    assert _logged(ask) == [("AAA1", "declared"), ("BBB2", "declared"), ("AAA1", "decided"), ("BBB2", "decided")]
    answer = ask("log")
    whose = [line.split()[2] for line in answer.out.splitlines() if not line.startswith(" ")]
    assert whose == ["AAA1", "BBB2", "AAA1", "BBB2"]
    assert answer.err == "4 events of 2 learners.\n"


def test_log_chooses_by_kind_actor_unit_and_period(ask: Ask) -> None:
    _of_several(ask)
    assert _logged(ask, "--kind", "declared") == [("AAA1", "declared"), ("BBB2", "declared")]
    assert len(_logged(ask, "--kind", "declared", "--kind", "decided")) == 4
    assert _logged(ask, "--actor", "ben") == [("BBB2", "decided")]
    assert _logged(ask, "--unit", "101", "--criterion", "1.1") == [("AAA1", "decided"), ("BBB2", "decided")]
    assert _logged(ask, "--unit", "102") == []
    assert _logged(ask, "--since", "2026-03-01", "--until", "2026-03-31") == [("BBB2", "declared")]
    assert _logged(ask, "--until", "2026-03-31 02:00") == [("AAA1", "declared")]
    at = datetime(2026, 3, 31, 12, tzinfo=UTC).astimezone().strftime("%Y-%m-%d %H:%M")
    assert _logged(ask, "--since", at, "--until", at) == [("BBB2", "declared")]
    assert "1 of 2 events." in ask("log", "BBB2", "--kind", "decided", "--actor", "ben").err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--kind", "decded"), "The kinds are declared, submitted"),
        (("--kind", "member_changed"), "Nothing in a learner's record is called member_changed"),
        (("",), "No such learner"),
        (("--actor", "nobody"), "Its members are asha"),
        (("--since", "yesterday"), "Write it as 2026-01-31"),
        (("AAA1", "--until", "31.1.2026"), "Write it as 2026-01-31"),
    ],
)
def test_log_says_what_nobody_knows(ask: Ask, words: tuple[str, ...], told: str) -> None:
    answer = ask("log", *words)
    assert answer.code == 2
    assert told in answer.err
    assert answer.out == ""


def test_log_of_everybody_reads_no_record_of_those_to_whom_nothing_happened_since(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    _of_several(ask)
    ask("status")
    read: list[str] = []
    load = FolderStore.load

    def loaded(store: FolderStore, record: str) -> tuple[Event, ...]:
        read.extend(filter(None, [record]))  # The centre's own says who its members were.
        return load(store, record)

    monkeypatch.setattr(FolderStore, "load", loaded)
    tomorrow = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()
    assert _logged(ask, "--since", tomorrow) == []
    assert read == []
    assert len(_logged(ask)) == 4
    assert sorted(read) == ["AAA1", "BBB2"]


def test_the_log_says_the_attempt_as_which_a_submission_counts(ask: Ask, tmp_path: Path) -> None:
    from tests.samples import AT

    store = FolderStore(Path("records"), tmp_path / "states")
    unit = Subject(UnitKey("T-101", "2026-01"))
    for number, kind in enumerate(("submitted", "sampled", "verified")):
        body: dict[str, Json] = {"attempt": "one", "agrees": True, "rests_on": ["x"]}
        store.append("AAA1", Event(f"u{number}", kind, "AAA1", AT, "ines", "verifier", unit, body))
    store.close()
    answer = ask("log", "AAA1")
    assert "None" not in answer.out
    assert answer.out.count("attempt 1") == 3


def test_the_centres_own_record_is_told_and_filtered_as_the_learners_are(ask: Ask, centre: Path) -> None:
    add_qualifications(centre)
    rated = (
        "rate",
        "asha",
        "101",
        "red",
        "--reason",
        "Three were not agreed.",
        "--until",
        "2099-01-31",
        "--as",
        "ines",
    )
    assert ask(*rated).code == 0
    ask("interest", "ines", "CCC3", "--why", "His aunt.", "--as", "ines")
    told = ask("log", "--of-centre")
    assert "Inês Carvalho (ines), verifier: rated asha in T-101: red, until 2099-01-31\n    Three were" in told.out
    assert "conflict of interest of ines with CCC3" in told.out
    assert "member ben: Ben Whitlock, assessor, T-101" in told.out
    (only,) = ask("log", "--of-centre", "--unit", "101", "--kind", "rated", "--json").json
    assert (only["kind"], only["body"]["assessor"]) == ("rated", "asha")
    assert ask("log", "--of-centre", "--unit", "102", "--kind", "rated", "--json").json == []
    assert ask("interest", "ines", "CCC3", "--told", "2026-01-31", "--as", "ines").code == 0
    later = ask("log", "--of-centre", "--actor", "ines").out
    assert "conflict of interest of ines with CCC3 (replaced since)" in later
    assert "with CCC3, awarding organisation told on 2026-01-31\n" in later
    assert ask("log", "--of-centre", "--until", "2026-01-01", "--json").json == []
    for words, title in (
        (("AAA1", "--of-centre"), "Of a learner, or of the centre?"),
        (("--of-centre", "--kind", "decided"), "No such kind of event"),
        (("--kind", "rated"), "No such kind of event"),
    ):
        refused = ask("log", *words, "--json")
        assert (refused.code, refused.error["title"]) == (2, title)


def test_the_log_of_the_centre_gives_no_answer_of_a_standardisation_away(ask: Ask, centre: Path) -> None:
    add_qualifications(centre)
    opening = ("standardise", "--open", "T-CERT", "--decisions", "AAA1", "101", "1.1", "--as", "ines", "--json")
    uid = ask(*opening).json["id"]
    assert ask("standardise", uid, "--answer", "1.1", "refer", "--note", "Tepid.", *ASHA).code == 0
    asked = ("log", "--of-centre", "--kind", "standardised", "--json")
    for who, is_seen in (("ben", False), ("asha", True)):
        told = ask(*asked, "--as", who)
        assert ("Tepid." in told.out, '"refer"' in told.out) == (is_seen, is_seen)
    assert ask("standardise", uid, "--answer", "1.1", "pass", "--as", "ben").code == 0
    assert "Tepid." in ask(*asked, "--as", "ben").out
