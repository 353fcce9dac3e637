"""Lines that somebody else's program wrote, with true hashes: shown as what they are, and nothing stops at them."""

from __future__ import annotations

import json
import os
import shutil
import signal
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from markterm.domain.record.event import Json, Kind
from markterm.records.folder.line import NO_LINE, encode
from tests.at_length import at_length
from tests.cli.conftest import Ask
from tests.examples import examples

AT = "2025-03-04T09:30:00+00:00"
NAME = "zed.0123abcd"
ASHA, INES = ("--as", "asha"), ("--as", "ines")

pytestmark = pytest.mark.usefixtures("centre")


def write_foreign(*events: Mapping[str, Json], registration: str = "AAA1") -> Path:
    """A segment with these lines, each made an event of the learner's by what it does not say itself."""
    path = Path("records") / registration / f"{NAME}.log"
    path.parent.mkdir(parents=True, exist_ok=True)
    digest, line = encode({"format": 1, "record": registration, "segment": NAME, "prev": NO_LINE})
    lines = [line]
    for number, event in enumerate(events):
        whole: dict[str, Json] = {
            "uid": f"foreign{number}",
            "kind": "decided",
            "learner": registration,
            "at": AT,
            "actor": "zed",
            "role": "assessor",
            "unit": "T-101",
            "version": "2026-01",
            "criterion": "1.1",
            "lc": number + 1,
            "prev": digest,
        }
        digest, line = encode({key: value for key, value in (whole | dict(event)).items() if value is not None})
        lines.append(line)
    path.write_bytes(b"".join(lines))
    return path


@pytest.mark.parametrize(
    "words",
    [
        ("across", "T-101", "1.1"),
        ("across", "T-101", "1.1", "--blind"),
        ("recent",),
        ("next",),
        ("carry", "T-101"),
        ("carry", "T-101", "AAA1"),
    ],
)
def test_what_shows_decisions_of_several_learners_says_that_a_record_is_incomplete(
    ask: Ask, words: tuple[str, ...]
) -> None:
    ask("mark", "AAA1", "T-101", "1.1", "refer", "--note", "Lukewarm.", *ASHA)
    assert "may be missing" not in ask(*words).err
    (segment,) = Path("records/AAA1").glob("*.log")
    segment.write_bytes(segment.read_bytes().replace(b"Lukewarm", b"Boiling!"))
    told = ask(*words).err
    assert "Decisions may be missing: 1 record is incomplete. markterm status state:problem names them." in told
    assert "AAA1" in ask("status", "state:problem").out
    assert "may be missing" in ask(*words, "--json").err
    assert "may be missing" not in ask("carry", "T-101", "BBB2").err


QUESTIONS = [
    ("show", "AAA1"),
    ("show", "AAA1", "--json"),
    ("log", "AAA1"),
    ("log", "AAA1", "--json"),
    ("log", "AAA1", "--unit", "101", "--criterion", "1.1"),
    ("status",),
    ("status", "--json"),
    ("recent",),
    ("recent", "--json"),
    ("attempts", "AAA1", "101"),
    ("attempts", "AAA1", "101", "--json"),
    ("across", "101", "1.1"),
    ("sheet", "AAA1", "101"),
    ("feedback", "AAA1", "101"),
    ("progress", "AAA1"),
    ("bank",),
    ("audit", "AAA1"),
    ("audit",),
    ("check",),
]


def ask_everything(ask: Ask) -> None:
    for question in QUESTIONS:
        answer = ask(*question)
        assert answer.code in (0, 1, 2, 3, 4), question
        assert "Traceback" not in answer.out + answer.err, question


BODIES: dict[str, dict[str, Json]] = {
    "without a result": {},
    "a result of another kind": {"result": ["pass"]},
    "a result of a newer version": {"result": "distinction"},
    "a note that is none": {"result": None, "note": {"a": 1}, "attempt": "one"},
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_a_decision_without_a_result_is_shown_counted_as_a_finding_and_stops_nothing(
    ask: Ask, body: dict[str, Json]
) -> None:
    write_foreign({"body": body})
    ask_everything(ask)
    log = ask("log", "AAA1")
    assert "decided (lacks what its kind says, and is not counted)" in log.out
    shown = ask("show", "AAA1", "--json").json
    assert (shown["events_not_understood"], shown["newer_events"]) == (1, 0)
    assert "1 events that lack what their kind says" in ask("show", "AAA1").out
    audit = ask("audit", "AAA1")
    assert audit.code == 4
    assert "MR10" in audit.out
    assert "0/" in ask("status").out or "not started" in ask("status").out


@pytest.mark.parametrize(
    "count", at_length(["1" * 5000, "-1", "1" * 4300, "1e400", "9007199254740992", '"1"', "true", "1.5"], at_once=2)
)
def test_a_count_that_nobody_comes_to_is_a_finding_and_the_learner_is_marked_on(ask: Ask, count: str) -> None:
    from hashlib import sha256

    path = write_foreign({"body": {"result": "pass"}})
    header, line = path.read_bytes().splitlines(keepends=True)
    text = line[65:-1].replace(b'"lc":1,', b'"lc":' + count.encode() + b",")
    assert text != line[65:-1]
    path.write_bytes(header + sha256(text).hexdigest().encode() + b" " + text + b"\n")
    ask_everything(ask)
    audit = ask("audit", "AAA1")
    assert (audit.code, "MR07" in audit.out) == (4, True)
    assert ask("mark", "AAA1", "101", "1.2", "pass", *ASHA).code == 0
    assert ask("mark", "AAA1", "101", "2.1", "pass", *ASHA).code == 0
    assert "MR07" in ask("show", "AAA1").out


def test_the_last_count_there_is_leaves_room_to_mark(ask: Ask) -> None:
    write_foreign({"lc": 2**53 - 1, "body": {"result": "refer", "note": "Last.", "wording": "Boil the water"}})
    for number in ("1.2", "2.1"):
        assert ask("mark", "AAA1", "101", number, "pass", *ASHA).code == 0
    shown = ask("show", "AAA1", "--json").json
    assert shown["findings"] == []
    criteria = [each for outcome in shown["units"][0]["outcomes"] for each in outcome["criteria"]]
    assert [each["state"] for each in criteria] == ["refer", "pass", "pass"]


NUMBERS = st.integers(-(10**39), 10**39) | st.sampled_from([0, -1, 10**30, 2**53, 2**63, 1.5, 1e300])
SAID: st.SearchStrategy[Json] = st.recursive(
    st.none()
    | st.booleans()
    | NUMBERS
    | st.sampled_from(["", "pass", "refer", "1.1", "2025-02-30", "[b]x[/]", "\x1b[0m"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["a", "form", "on", "x.txt"]), inner),
    max_leaves=4,
)
KEYS = [
    *("result", "note", "attempt", "wording", "citations", "assignment", "task", "batch", "reason", "marks", "maximum"),
    *("minimum", "training", "outcome", "feedback", "rests_on", "files", "declaration", "authorised_by", "form", "on"),
    *("refuses_use", "decision", "agrees", "text", "why", "file", "sha256", "locator", "quote", "to", "from", "least"),
]
FOREIGN: st.SearchStrategy[dict[str, Json]] = st.fixed_dictionaries(
    {
        "kind": st.sampled_from([*(kind.value for kind in Kind), "moderated"]),
        "criterion": st.sampled_from(["1.1", "9.9", None]),
        "unit": st.sampled_from(["T-101", "T-999", None]),
        "body": st.dictionaries(st.sampled_from(KEYS), SAID, max_size=8),
    },
    optional={"lc": NUMBERS, "supersedes": st.lists(st.sampled_from(["foreign0", "x"]), max_size=2)},
)


@given(st.lists(FOREIGN, min_size=1, max_size=6))
@settings(max_examples=examples(12), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_an_event_says_every_command_answers(ask: Ask, events: list[dict[str, Json]]) -> None:
    shutil.rmtree("records", ignore_errors=True)
    write_foreign(*events)
    ask_everything(ask)


def refused(ask: Ask) -> None:
    """Closing, verifying and releasing are refused; marking is not."""
    for question in (
        ("close", "AAA1", "101", *ASHA, "--feedback", "All there."),
        ("verify", "AAA1", "101", "--agree", *INES),
        ("release", "AAA1", "101", *ASHA),
    ):
        answer = ask(*question)
        assert answer.code == 3, answer.err
        assert "incomplete" in answer.err, question
    assert ask("mark", "AAA1", "101", "1.2", "pass", *ASHA).code == 0


@pytest.mark.parametrize(
    ("least", "refuses"),
    [("99", True), ("0.999.1", True), ("nonsense", True), (3, True), ("0.0.9", False), (None, False)],
)
def test_what_a_newer_version_says_only_it_understands_refuses_closing(ask: Ask, least: Json, refuses: bool) -> None:
    write_foreign({"kind": "moderated", "criterion": None, "body": {} if least is None else {"least": least}})
    shown = ask("show", "AAA1", "--json").json
    assert bool(shown["incomplete"]) == refuses
    assert ("record incomplete" in ask("status").out) == refuses
    if refuses:
        refused(ask)


def test_an_incomplete_record_is_said_to_be_by_every_command_that_shows_it(ask: Ask) -> None:
    path = write_foreign(
        {"body": {"result": "refer", "note": "Which?"}}, {"criterion": "1.2", "body": {"result": "pass"}}
    )
    text = path.read_bytes()
    path.write_bytes(text.replace(b'"refer"', b'"refor"'))
    (row,) = (row for row in ask("status", "--json").json if row["registration"] == "AAA1")
    assert row["problem"] == "record incomplete"
    assert "record incomplete" in ask("status").out
    for question in (("show", "AAA1"), ("progress", "AAA1"), ("sheet", "AAA1", "101"), ("feedback", "AAA1", "101")):
        assert "record" in ask(*question).out.lower()
        assert "incomplete" in ask(*question).out, question
    for question in (("show", "AAA1"), ("progress", "AAA1"), ("feedback", "AAA1", "101")):
        assert "MR01" in ask(*question, "--json").json["incomplete"], question
    questions: tuple[tuple[str, ...], ...] = (
        *(("log", "AAA1"), ("attempts", "AAA1", "101"), ("sheet", "AAA1", "101"), ("evidence", "AAA1")),
        ("differences", "AAA1", "101", "diary.md", "diary.md"),
    )
    for asked in questions:
        assert "incomplete" in ask(*asked).err, asked
    refused(ask)
    path.write_bytes(text)
    assert ask("show", "AAA1", "--json").json["incomplete"] == ""
    assert json.loads(ask("status", "--json").out)[0]["problem"] == ""


@pytest.mark.parametrize("text", [b"", b"0123", b'{"format"'])
def test_an_audit_of_one_learner_by_name_is_not_stopped_by_half_a_header(ask: Ask, text: bytes) -> None:
    ask("mark", "AAA1", "101", "1.1", "pass", *ASHA)
    (Path("records") / "AAA1" / "ben.0123abcd.log").write_bytes(text)
    answer = ask("audit", "Rosalind")
    assert answer.code == 4
    assert "MR03" in answer.out
    ask_everything(ask)
    assert ask("mark", "AAA1", "101", "1.2", "pass", *ASHA).code == 0


@pytest.mark.parametrize("keep_time", [False, True])
def test_a_record_altered_at_the_same_size_is_said_by_the_caseload_as_it_was_kept(ask: Ask, keep_time: bool) -> None:
    ask("mark", "AAA1", "101", "1.1", "refer", "--note", "Which?", *ASHA)
    assert "incomplete" not in ask("status").out
    (file,) = (Path("records") / "AAA1").glob("*.log")
    before = file.stat()
    file.write_bytes(file.read_bytes().replace(b"refer", b"grant"))
    if keep_time:
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_size == before.st_size
    assert "record incomplete" in ask("status").out


def test_an_end_that_was_cut_off_is_said_by_the_caseload_of_the_machine_that_wrote_it(ask: Ask) -> None:
    ask("mark", "AAA1", "101", "1.1,1.2", "pass", *ASHA)
    assert "incomplete" not in ask("status").out
    (file,) = (Path("records") / "AAA1").glob("*.log")
    file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[:-1]))
    assert "record incomplete" in ask("status").out
    assert "MR04" in ask("show", "AAA1").out
    refused(ask)


def test_a_copy_that_a_sync_client_left_is_no_fault_on_any_screen_and_ends_an_audit_well(ask: Ask) -> None:
    ask("mark", "AAA1", "101", "1.1", "pass", *ASHA)
    (file,) = (Path("records") / "AAA1").glob("*.log")
    shutil.copy(file, file.with_name(f"{file.name}.conflict"))
    shutil.copytree(file.parent, file.parent.with_name("AAA1 (1)"))
    answer = ask("audit")
    assert answer.code == 0
    assert answer.out.count("MR11 information") == 3
    assert "all is well" in answer.err
    assert ask("audit", "--json").json["findings"] == 0
    assert "!" not in ask("status").out
    file.unlink()
    answer = ask("audit", "AAA1")
    assert (answer.code, f"call it {file.name} again" in answer.out) == (4, True)
    assert "files of the record to look at" in ask("status").out
    assert ask("show", "AAA1", "--json").json["incomplete"] == ""


def a_pipe(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    os.mkfifo(path)


@pytest.mark.parametrize(
    "where",
    at_length(
        [
            "records/AAA1/ben.0123abcd.log",
            "records/AAA1/notes",
            "records/pipe",
            "presence/x.json",
            "learners/AAA1/learner.md",
            "learners/AAA1/evidence/diary.md",
            "learners/pipe",
            "mark_sheets/units/T-101.md",
            "mark_sheets/competence.md",
            "members/asha.md",
        ],
        at_once=3,
    ),
)
def test_a_pipe_anywhere_in_the_centre_stops_no_command(ask: Ask, where: str) -> None:
    ask("mark", "AAA1", "101", "1.1", "pass", *ASHA)
    a_pipe(Path(where))

    def too_long(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, too_long)
    signal.alarm(30)
    try:
        ask_everything(ask)
        assert ask("evidence", "AAA1").code in (0, 1, 4)
        assert ask("members").code in (0, 1)
        assert ask("mark", "BBB2", "102", "1.1", "pass", *ASHA).code == 0
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("name", ["AAA1 (1)", "AAA1 - Copy", "Copy of AAA1", "AAA1.conflict"])
def test_a_part_of_a_record_in_a_folder_of_another_name_is_told_and_refuses_closing(ask: Ask, name: str) -> None:
    ask("mark", "AAA1", "101", "1.1", "pass", *ASHA)
    (file,) = (Path("records") / "AAA1").glob("*.log")
    beside = Path("records") / name
    beside.mkdir()
    moved = file.rename(beside / file.name)
    shutil.rmtree(Path("..") / "user" / "state")  # Another machine, which saw nothing of it before.
    (row,) = (row for row in ask("status", "--json").json if row["folder"] == name)
    assert row["problem"] == "not read: a part of the record of AAA1"
    for question in (
        ("close", "AAA1", "101", "--feedback", "Done.", *ASHA),
        ("verify", "AAA1", "101", "--agree", *INES),
    ):
        refusal = ask(*question)
        assert (refusal.code, name in refusal.err, "incomplete" in refusal.err) == (3, True, True)
    answer = ask("audit", "AAA1")
    assert (answer.code, "MR12" in answer.out, str(moved) in answer.out) == (4, True, True)
    moved.rename(file)
    assert ask("audit").code == 0
    assert [row["folder"] for row in ask("status", "--json").json if row["problem"]] == []
    assert "incomplete" not in ask("close", "AAA1", "101", *ASHA, "--feedback", "All there.").err


def test_a_folder_of_another_name_that_adds_nothing_refuses_nothing(ask: Ask) -> None:
    ask("mark", "AAA1", "101", "1.1", "pass", *ASHA)
    shutil.copytree("records/AAA1", "records/AAA1 (1)")
    assert sorted(row["folder"] for row in ask("status", "--json").json) == ["AAA1", "BBB2", "CCC3"]
    assert "incomplete" not in ask("close", "AAA1", "101", *ASHA, "--feedback", "All there.").err
