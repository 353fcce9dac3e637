"""`markterm retention`: what is kept is said with its reason, and destroyed by two people, in words and as JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.centre.removal import Removal
from markterm.domain.record.bodies.claiming import Claimed, ClaimStep
from markterm.domain.record.decision import OPEN_CRITERION
from markterm.domain.record.event import Event, Kind, Result, Subject
from markterm.domain.words.errors import NotSaved
from tests.cli.conftest import Ask
from tests.standards import OLD, add_standard

_TOML = """
[[member]]
id = "cora"
name = "Cora Cole"
roles = ["coordinator"]

[retention.Pearson]
evidence_weeks = 12
record_years = 3
"""


def certify(centre: Path) -> None:
    """AAA1 passes T-102, and had the certificate of it in 2020; cora coordinates."""
    with (centre / "centre.toml").open("a", encoding="utf-8") as file:
        file.write(_TOML)
    day = datetime(2020, 3, 2, 9, tzinfo=UTC)
    desk = Centre.open(centre, member="asha", clock=lambda: day)
    desk.attempts.declare("AAA1", "signed sheet")
    for number in ("1.1", "1.2"):
        desk.marking.mark("AAA1", "T-102", number, Result.PASS, shown=OPEN_CRITERION)
    desk.closings.close("AAA1", "T-102", "Well.")
    desk.act_as("cora")
    about, said = Subject(desk.sheets.units.units["T-102"].key), Claimed(ClaimStep.RECEIVED, on=date(2020, 3, 2))
    desk.recorder.record(
        "AAA1",
        lambda act, _: Event(act.uid, Kind.CLAIMED, "AAA1", act.at, "cora", "coordinator", about, said.write()),
    )
    desk.close_down()


@pytest.fixture
def certified(centre: Path) -> Path:
    """A centre in which what AAA1 has may go."""
    certify(centre)
    return centre


@pytest.mark.usefixtures("certified")
def test_what_is_kept_is_said_with_the_reason_and_the_day(ask: Ask) -> None:
    told = ask("retention").out
    assert "  rule Pearson: evidence 12 weeks from the receipt of certificates, records 3 years" in told
    assert "  evidence may go since 2020-05-25\n  record may go since 2023-03-02\n" in told
    assert "  ! there is no certificate of anything and no exemption from one\n" in told
    assert [each["registration"] for each in ask("retention", "--due", "--json").json] == ["AAA1"]
    assert ask("retention", "AAA1", "--hold", "A solicitor wrote.", "--as", "asha").code == 0
    assert "  ! asha holds it: A solicitor wrote.\n" in ask("retention", "AAA1").out
    assert "Held by Asha Patel, nothing is destroyed: A solicitor wrote." in ask("show", "AAA1").out
    assert "hold set" in ask("log", "AAA1").out
    (kept,) = ask("retention", "AAA1", "--json").json
    assert kept["may_destroy"] == {"evidence": False, "record": False}
    assert kept["record_from"] == "2023-03-02"


def test_two_people_destroy_the_evidence_and_every_surface_says_so(certified: Path, ask: Ask) -> None:
    words = ("retention", "rosalind", "--destroy", "--evidence", "--reason", "Twelve weeks.")
    assert "nothing was destroyed yet" in ask(*words, "--as", "cora").out
    assert "! The evidence is meant to be destroyed since " in ask("show", "AAA1").out
    assert [each["what"] for each in ask("show", "AAA1", "--json").json["to_be_destroyed"]] == ["evidence"]
    refused = ask(*words, "--as", "cora", "--json")
    assert refused.code == 3
    assert refused.error["title"] == "A second person destroys it"
    done = ask(*words, "--as", "ines")
    assert "The evidence of AAA1 that the centre and this machine had is destroyed on" in done.out
    assert "backups of the centre's folder" in done.err
    assert "Evidence destroyed on " in ask("show", "AAA1").out
    assert ask("show", "AAA1", "--json").json["evidence_destroyed"]["files"] == 1
    assert "The evidence of AAA1 was destroyed on" in ask("evidence", "AAA1").err
    assert "changed since it was fixed" not in ask("sheet", "AAA1", "T-102").out
    assert "The evidence was destroyed on" in ask("sheet", "AAA1", "T-102").out
    add_standard(certified, OLD, name="TEA01")
    for command in ("gap", "skills", "portfolio-index"):
        assert "! The learner's evidence was destroyed on" in ask(command, "AAA1", "TEA01").out
    assert "evidence destroyed, 1 file" in ask("log", "AAA1").out
    assert "102 ✓ pass certified evidence destroyed" in ask("status", "state:destroyed", "unit:102").out
    assert ask("status", "state:destroyed", "--json").json[0]["units"][1]["evidence_destroyed"]
    assert "BBB2" not in ask("status", "state:destroyed").out
    assert "destruction" in ask("log", "--of-centre").out
    assert ask("audit").code == 0
    assert (certified / "learners" / "AAA1" / "learner.md").exists()


@pytest.mark.usefixtures("certified")
def test_everything_goes_and_the_centres_log_names_nobody(ask: Ask) -> None:
    words = ("retention", "AAA1", "--destroy", "--reason", "Three years.")
    assert ask(*words, "--as", "cora").code == 0
    outcome = ask(*words, "--as", "ines", "--json").json
    assert outcome["destruction"]["done"]
    assert outcome["named_in_centre"] == 0
    assert outcome["left"]
    told = ask("log", "--of-centre").out
    assert "of a record done" in told
    assert "AAA1" not in told
    assert "AAA1" not in ask("status").out
    assert ask("audit").code == 0
    assert "Nothing was left to complete." in ask("retention", "--complete", "--as", "cora").err


_REFUSED: list[tuple[tuple[str, ...], int, str]] = [
    (("--destroy",), 2, "No learner was named"),
    (("AAA1", "--evidence"), 2, "Give them with --destroy"),
    (("AAA1", "--hold", "x", "--destroy"), 2, "One at a time"),
    (("ZZZ9", "--destroy", "--as", "cora"), 2, "ZZZ9"),
    (("AAA1", "--take-back", "--as", "cora"), 2, "Nobody means it"),
    (("AAA1", "--lift", "x", "--as", "cora"), 3, "Nothing is held"),
    (("AAA1", "--hold", " ", "--as", "asha"), 3, "A hold needs a reason"),
    (("AAA1", "--destroy", "--as", "cora"), 3, "Destroying needs a reason"),
    (("AAA1", "--destroy", "--reason", "x"), 3, "Who is marking?"),
    (("AAA1", "--destroy", "--reason", "x", "--as", "asha"), 3, "Not yours to destroy"),
    (("BBB2", "--destroy", "--reason", "x", "--as", "cora"), 3, "It is kept"),
    (("BBB2", "--reason", "x"), 2, "Give them with --destroy"),
    (("BBB2", "--complete", "--as", "cora"), 2, "Leave the learner out"),
    (("BBB2", "--due", "--hold", "x", "--as", "cora"), 2, "--due lists"),
]


def test_what_cannot_be_done_is_refused_in_words(certified: Path, ask: Ask) -> None:
    for words, code, told in _REFUSED:
        answer = ask("retention", *words)
        assert (words, answer.code) == (words, code)
        assert told in answer.err
    assert (certified / "learners" / "AAA1" / "evidence" / "diary.md").exists()


def test_a_centre_of_the_older_format_is_brought_to_the_newer_when_asked(certified: Path, ask: Ask) -> None:
    file = certified / "centre.toml"
    file.write_text(file.read_text("utf-8").replace("format = 2", "format = 1"), "utf-8")
    words = ("retention", "AAA1", "--destroy", "--reason", "Three years.", "--as", "cora")
    refused = ask(*words)
    assert refused.code == 3
    assert "--upgrade" in refused.err
    assert ask(*words, "--upgrade").code == 0


def test_the_table_of_what_is_kept_is_exported_with_what_is_meant_and_what_keeps_it(certified: Path, ask: Ask) -> None:
    ask("retention", "AAA1", "--destroy", "--evidence", "--reason", "=Weeks.", "--as", "cora")
    assert ask("export", "retention", "-o", str(certified / "kept.csv")).code == 0
    rows = list(csv.reader(io.StringIO((certified / "kept.csv").read_text("utf-8-sig"))))
    (mine,) = (row for row in rows if row[0] == "AAA1")
    assert mine[3:7] == ["2020-05-25", "may go since 2020-05-25", "2023-03-02", "may go since 2023-03-02"]
    assert mine[9].startswith("the evidence meant to be destroyed since ")
    assert "there is no certificate of anything" in next(row for row in rows if row[0] == "BBB2")[8]
    assert ask("export", "retention", "--due", "-o", str(certified / "due.csv")).code == 0
    told = (certified / "due.csv").read_text("utf-8-sig")
    assert ("AAA1" in told, "BBB2" in told) == (True, False)
    assert ask("audit", "--against", str(certified / "kept.csv")).code == 0


@pytest.mark.usefixtures("certified")
def test_completing_goes_on_after_what_cannot_be_and_tells_of_each(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse = _refusing("evidence"), _refusing("caches")
    for words in (("--evidence",), ()):
        for member in ("cora", "ines"):
            with monkeypatch.context() as patched:
                patched.setattr(Removal, "caches", refuse[1])
                ask("retention", "AAA1", "--destroy", *words, "--reason", "It is time.", "--as", member)
    with monkeypatch.context() as patched:
        patched.setattr(Removal, "evidence", refuse[0])
        told = ask("retention", "--complete", "--as", "cora")
    assert told.code == 4
    assert "is not done:\nIt stays: evidence is open.\n  What to do: Close it.\n" in told.err
    assert "is done: destroyed on " in told.out
    completed = ask("retention", "--complete", "--as", "cora", "--json")
    assert (completed.code, [each["problem"] for each in completed.json]) == (0, [None])
    assert completed.json[0]["destruction"]["done"]


def _refusing(word: str) -> Callable[[Removal], None]:
    def refuse(_: Removal) -> None:
        raise NotSaved("It stays", f"{word} is open.", "Close it.")

    return refuse


@pytest.mark.usefixtures("certified")
def test_a_record_that_was_destroyed_and_is_taken_in_again_is_told(ask: Ask) -> None:
    assert ask("export", "record", "AAA1", "-o", "kept.jsonl").code == 0
    for member in ("cora", "ines"):
        assert ask("retention", "AAA1", "--destroy", "--reason", "Three years.", "--as", member).code == 0
    taken = ask("import-record", "kept.jsonl")
    assert (taken.code, "1 record that had been destroyed (AAA1): here again." in taken.err) == (0, True)
    assert ask("import-record", "kept.jsonl", "--json").json["destroyed"] == ["AAA1"]
    assert ask("audit").code == 4


def test_nothing_that_a_destroyed_learner_handed_in_is_named_anywhere(
    certified: Path, ask: Ask, tmp_path: Path
) -> None:
    def named() -> list[str]:
        files = [each for folder in (certified, tmp_path / "user") for each in folder.rglob("*")]
        return [
            each.name for each in files if "essay" in each.name or (each.is_file() and b"essay" in each.read_bytes())
        ]

    download = tmp_path / "download"
    download.mkdir()
    (download / "AAA1 essay.md").write_text("What I planned.", "utf-8")
    (download / "BBB2 plan.md").write_text("What I planned.", "utf-8")
    assert ask("receive", str(download), "--take", "sure", "--as", "asha").code == 0
    for look in ("evidence", "show"):
        ask(look, "AAA1")
        ask(look, "BBB2")
    assert ask("find", "AAA1", "planned").code == 0
    assert named()
    for member in ("cora", "ines"):
        assert ask("retention", "AAA1", "--destroy", "--reason", "Over.", "--as", member).code == 0
    assert named() == []
    assert "the same bytes" not in ask("evidence", "BBB2").out.partition("diary.md")[0]
