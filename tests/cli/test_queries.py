"""status, show, audit, sheet, check, recent."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from markterm.centre.presence import Presence
from tests.centres import add_learner
from tests.cli.conftest import Ask, put_in_conflict

pytestmark = pytest.mark.usefixtures("centre")

ASHA = ("--as", "asha")


def segment(learner: str = "AAA1") -> Path:
    """The one file of the learner's record."""
    (file,) = Path("records", learner).glob("*.log")
    return file


def test_status_is_a_line_for_each_learner_by_name(ask: Ask) -> None:
    ask("mark", "AAA1", "T-101", "1.1", "pass", *ASHA)
    answer = ask("status")
    lines = answer.out.splitlines()
    assert [line.split()[0] for line in lines] == ["Registration", "BBB2", "AAA1", "CCC3"]
    assert "101 ▸ 1/3, 102 · not started" in lines[2]
    assert "1/5" in lines[2]
    assert "3 of 3 learners, 1 of 15 criteria met." in answer.err


@pytest.mark.parametrize("words", [("show",), ("log",), ("mark", "T-101", "1.1", "pass")], ids=lambda words: words[0])
def test_a_learner_who_is_spelt_wrong_is_asked_for(ask: Ask, words: tuple[str, ...]) -> None:
    answer = ask(words[0], "rosalnd", *words[1:], *ASHA)
    assert (answer.code, answer.out) == (2, "")
    assert "Did you mean Rosalind Jones (AAA1)?" in answer.err


def test_status_says_how_many_wait_for_whoever_acts(ask: Ask) -> None:
    add_learner(Path(), "DDD4", "Dee Brown", assessor="ben")
    assert "4 of 4 learners, 0 of 20 criteria met, 3 wait for you, 3 with new files." in ask("status", *ASHA).err
    assert (
        ask("status", "jones", *ASHA).err
        == "1 of 4 learners, 0 of 5 criteria met, 1 waits for you, 1 with new files.\n"
    )
    assert "for you" not in ask("status", "dee", *ASHA).err
    shown = {row["registration"]: row["waits_for_you"] for row in ask("status", "--json", *ASHA).json}
    assert [each for each, waits in shown.items() if waits] == ["BBB2", "AAA1", "CCC3"]


def test_status_keeps_its_columns_whatever_the_name(ask: Ask) -> None:
    add_learner(Path(), "DDD4", "李文")
    rows = [line for line in ask("status").out.splitlines() if "not started" in line]
    # A Chinese character takes two cells.
    starts = {line.index("101 ·") + sum(character in "李文" for character in line) for line in rows}
    assert len(rows) == 4
    assert len(starts) == 1


def test_status_filters_and_sorts(ask: Ask) -> None:
    ask("mark", "CCC3", "T-101", "1.1", "pass", *ASHA)
    shown = ask("status", "state:marking", "--json").json
    assert [row["registration"] for row in shown] == ["CCC3"]
    shown = ask("status", "--sort", "registration", "--json", "--", "-nneka").json
    assert [row["registration"] for row in shown] == ["AAA1", "CCC3"]
    assert [row["registration"] for row in ask("status", "--sort", "open", "--json").json][-1] == "CCC3"


def test_status_says_which_units_there_are_where_nobody_is_on_one(ask: Ask) -> None:
    assert "lets nobody through. None is unit:599. There are 101, 102." in ask("status", "unit:599").err


def test_status_says_when_the_filter_lets_nobody_through(ask: Ask) -> None:
    answer = ask("status", "xyz")
    assert (answer.code, answer.out) == (0, "")
    assert "0 of 3 learners" in answer.err


@pytest.mark.parametrize(("filter_", "word"), [("foo:bar", "unit, state"), ("state:banana", "not-started")])
def test_status_refuses_a_filter_that_can_let_nobody_through(ask: Ask, filter_: str, word: str) -> None:
    answer = ask("status", filter_)
    assert (answer.code, answer.out) == (2, "")
    assert word in answer.err


def test_status_of_an_empty_centre_is_empty(ask: Ask) -> None:
    shutil.rmtree("learners")
    answer = ask("status")
    assert (answer.code, answer.out, answer.err) == (0, "", "0 of 0 learners, 0 of 0 criteria met.\n")
    assert ask("status", "--json").json == []


def test_status_of_an_empty_centre_says_that_its_database_is_away(ask: Ask) -> None:
    pytest.importorskip("psycopg", reason="markterm[server] is not installed")
    shutil.rmtree("learners")
    with Path("centre.toml").open("a", encoding="utf-8") as file:
        file.write('\n[record]\nstore = "postgresql://markterm@127.0.0.1:1/markterm"\n')
    answer = ask("status")
    assert (answer.code, answer.out, "The database cannot be reached" in answer.err) == (4, "", True), answer.err


def test_a_learner_folder_without_its_file_is_a_problem_that_is_said(ask: Ask) -> None:
    Path("learners/DDD4").mkdir()
    answer = ask("status")
    assert answer.code == 0
    assert "! A learner's file is missing" in answer.out
    assert "1 with a problem" in answer.err
    asked = ask("show", "DDD4")
    assert asked.code == 4
    assert "learner.md" in asked.err
    assert "Where: learners/DDD4/learner.md" in asked.err


def test_two_folders_of_the_same_registration_are_a_problem_and_neither_is_hidden(ask: Ask) -> None:
    shutil.copytree("learners/AAA1", "learners/AAA1 copy")
    rows = {row["folder"]: row for row in ask("status", "--json").json}
    assert rows["AAA1"]["problem"] == ""
    assert rows["AAA1 copy"]["problem"] == "Two learners with the same registration"
    marked = ask("mark", "AAA1 copy", "T-101", "1.1", "pass", *ASHA)
    assert marked.code == 4
    assert "Correct the registration" in marked.err


def test_a_folder_whose_name_no_registration_could_have_is_said_to_be_wrong_and_not_to_be_missing(ask: Ask) -> None:
    shutil.copytree("learners/AAA1", "learners/AAA1 (1)")
    for asked in (ask("show", "AAA1 (1)"), ask("retention", "AAA1 (1)")):
        assert "Two learners with the same registration" in asked.out + asked.err
        assert "There is no folder" not in asked.out + asked.err


def test_show_has_every_criterion_with_state_note_and_who(ask: Ask) -> None:
    ask("mark", "AAA1", "T-101", "1.1", "refer", "--note", "Lukewarm.\nBoil it again.", *ASHA)
    ask("mark", "AAA1", "T-101", "1.2", "pass", "--as", "ben")
    out = ask("show", "AAA1").out
    assert "1.1 ✗ refer  Boil the water" in out
    assert "        Lukewarm.\n        Boil it again.\n" in out
    assert "1.2 ✓ pass  Warm the pot\n      Ben Whitlock 2" in out
    assert "2.1 · open  Pour the tea" in out
    assert "T-102 Washing Up\n· not started, 0 of 2 criteria passed" in out
    assert "diary.md  21 bytes  Markdown" in out
    assert "Declaration of authenticity: none yet" in out
    assert "the kettle is descaled" not in out


def test_show_says_of_which_units_alone_there_is_a_declaration(ask: Ask) -> None:
    assert ask("declare", "AAA1", "T-101", "--form", "e-mail", *ASHA).code == 0
    out = ask("show", "AAA1").out
    assert "Declaration of authenticity: of T-101 alone\n" in out
    assert "Declaration of authenticity: e-mail, received by Asha Patel" in out
    assert "Declaration of authenticity: of T-101 alone\n" in ask("show", "AAA1", "T-102").out


def test_show_of_a_unit_has_the_descriptors_and_no_other_unit(ask: Ask) -> None:
    out = ask("show", "AAA1", "101").out
    assert "good: the kettle is descaled as well" in out
    assert "T-102" not in out


def test_show_has_both_sides_of_a_conflict(ask: Ask) -> None:
    put_in_conflict(Path())
    out = ask("show", "AAA1").out
    assert "1.2 ! conflict" in out
    assert "pass by Ben Whitlock" in out
    assert "refer by Asha Patel" in out
    assert "1 in conflict" in ask("status").out


def test_show_says_which_unit_has_no_mark_sheet(ask: Ask) -> None:
    Path("mark_sheets/units/T-102.md").unlink()
    assert "T-102: the centre has no mark sheet for this unit" in ask("show", "AAA1").out
    # What the learner is on and nobody can mark is told by every list, or 3 of 3 would look like all.
    assert "! no mark sheet: T-102" in ask("status", "state:problem").out
    assert ask("status", "--json").json[0]["problem"] == "no mark sheet: T-102"
    assert "incomplete" not in ask("status").out + ask("status").err
    assert ask("show", "AAA1", "--json").json["without_mark_sheet"] == ["T-102"]


def test_show_says_when_the_wording_changed_since(ask: Ask) -> None:
    ask("mark", "AAA1", "T-101", "1.2", "pass", *ASHA)
    sheet = Path("mark_sheets/units/T-101.md")
    sheet.write_text(sheet.read_text("utf-8").replace("Warm the pot", "Heat the pot"), "utf-8")
    assert "decided on another wording: Warm the pot" in ask("show", "AAA1").out


def test_an_audit_of_an_untouched_record_is_clean(ask: Ask) -> None:
    ask("mark", "AAA1", "T-101", "1.1", "pass", *ASHA)
    ask("mark", "BBB2", "T-101", "1.1", "pass", *ASHA)
    answer = ask("audit")
    assert (answer.code, answer.out) == (0, "")
    # The centre's own record has one for each of its three members.
    assert "Verified 3 records with 5 events: all is well." in answer.err


def test_an_audit_finds_a_changed_byte_by_file_and_line(ask: Ask) -> None:
    ask("mark", "AAA1", "T-101", "1.1", "pass", "--note", "It boils.", *ASHA)
    file = segment()
    file.write_bytes(file.read_bytes().replace(b"It boils", b"It cools"))
    answer = ask("audit")
    assert answer.code == 4
    line = answer.out.splitlines()[0]
    assert line.startswith(f"{file}:")
    assert " error " in line
    told = ask("audit", "--json")
    assert told.code == 4
    assert told.json["findings"] == sum(len(record["findings"]) for record in told.json["records"]) > 0
    assert "record incomplete" in ask("status").out
    assert str(file) in ask("show", "AAA1").out


def test_an_audit_finds_a_record_whose_end_was_cut_off(ask: Ask) -> None:
    ask("mark", "AAA1", "T-101", "1.1,1.2", "pass", *ASHA)
    file = segment()
    file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[:-1]))
    answer = ask("audit")
    assert answer.code == 4
    assert "its end was cut off" in answer.out


def test_the_heads_of_an_audit_are_the_last_hash_of_each_segment(ask: Ask) -> None:
    ask("mark", "AAA1", "T-101", "1.1", "pass", *ASHA)
    (out,) = (line for line in ask("audit", "--heads").out.splitlines() if line.startswith("AAA1"))
    last = segment().read_text("ascii").splitlines()[-1].split(" ")[0]
    assert out.split() == ["AAA1", segment().stem, "2", "lines", last]
    (heads,) = (each["heads"] for each in ask("audit", "--json").json["records"] if each["record"] == "AAA1")
    assert heads == {segment().stem: {"lines": 2, "digest": last}}


def test_the_sheet_is_markdown_on_stdout(ask: Ask) -> None:
    ask("mark", "AAA1", "T-101", "1.1", "pass", "--note", "It boils.", *ASHA)
    answer = ask("sheet", "AAA1", "101")
    assert answer.code == 0
    assert answer.out.startswith("# Mark sheet T-101 Making Tea\n")
    assert "> It boils.\n" in answer.out
    assert ask("sheet", "AAA1", "101", "--json").json["markdown"] == answer.out


def test_the_sheet_goes_to_a_new_file_and_never_over_another_unless_forced(ask: Ask) -> None:
    markdown = ask("sheet", "AAA1", "101").out
    assert ask("sheet", "AAA1", "101", "-o", "sheet.md").out == ""
    assert Path("sheet.md").read_text("utf-8") == markdown
    Path("sheet.md").write_text("mine", "utf-8")
    refused = ask("sheet", "AAA1", "101", "-o", "sheet.md")
    assert refused.code == 2
    assert "--force" in refused.err
    assert Path("sheet.md").read_text("utf-8") == "mine"
    assert ask("sheet", "AAA1", "101", "-o", "sheet.md", "--force").code == 0
    assert Path("sheet.md").read_text("utf-8") == markdown


def test_a_sheet_that_cannot_be_written_says_why(ask: Ask) -> None:
    answer = ask("sheet", "AAA1", "101", "-o", "no/such/folder/sheet.md")
    assert answer.code == 4
    assert "No such file or directory" in answer.err


@pytest.mark.parametrize(
    "words",
    [
        ("status",),
        ("show", "AAA1"),
        ("show", "AAA1", "T-101"),
        ("log", "AAA1"),
        ("audit",),
        ("check",),
        ("sheet", "AAA1", "T-101"),
        ("progress", "AAA1"),
    ],
)
def test_json_of_a_query_is_one_value_and_changes_nothing(ask: Ask, words: tuple[str, ...]) -> None:
    put_in_conflict(Path())
    before = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    first = ask(*words, "--json")
    assert first.code == 0
    assert json.dumps(first.json) == json.dumps(ask("--json", *words).json)
    assert {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()} == before


def test_an_audit_finds_a_record_that_is_gone(ask: Ask) -> None:
    ask("mark", "AAA1", "T-101", "1.1", "pass", *ASHA)
    shutil.rmtree(Path("records", "AAA1"))
    answer = ask("audit")
    assert answer.code == 4
    assert "MR04" in answer.out


def test_an_audit_of_one_learner_verifies_only_their_record(ask: Ask) -> None:
    for learner in ("AAA1", "BBB2"):
        ask("mark", learner, "T-101", "1.1", "pass", *ASHA)
    segment("AAA1").write_bytes(segment("AAA1").read_bytes().replace(b'"pass"', b'"Pass"'))
    assert ask("audit", "BBB2").code == 0
    assert ask("audit", "AAA1").code == 4


@pytest.mark.parametrize(
    "command",
    [("log", "AAA1"), ("sheet", "AAA1", "T-101"), ("mark", "AAA1", "T-101", "1.2", "pass", *ASHA)],
)
def test_whoever_works_on_a_damaged_record_is_told(ask: Ask, command: tuple[str, ...]) -> None:
    ask("mark", "AAA1", "T-101", "1.1", "pass", *ASHA)
    segment().write_bytes(segment().read_bytes().replace(b'"pass"', b'"Pass"'))
    answer = ask(*command)
    assert answer.code == 0
    assert "incomplete" in answer.err
    assert "MR01" in answer.err
    assert ("is incomplete" in answer.out) == (command[0] == "sheet")


def test_a_check_of_the_centre_finds_what_does_not_fit_together(ask: Ask) -> None:
    add_learner(Path(), "DDD4", "Nobody's", units="[T-101, NOPE-1]", assessor="jb")
    add_learner(Path(), "EEE5", "Ben's", units="[T-102]", assessor="ben")
    Path("learners", "empty").mkdir()
    Path("learners", "DDD4").rename(Path("learners", "other"))
    codes = [line.split()[1] for line in ask("check").out.splitlines()]
    assert codes == ["MC04", "MC01", "MC01"]
    Path("learners", "other").rename(Path("learners", "DDD4"))
    codes = [line.split()[1] for line in ask("check").out.splitlines()]
    assert codes == ["MC02", "MC03", "MC04", "MC01"]


def test_a_check_says_where_the_converter_is_not_shut_in(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "MC20" not in ask("check").out
    monkeypatch.setattr(
        "markterm.evidence.conversion.conversion.left_open", lambda: ("read other files", "use the network")
    )
    answer = ask("check")
    assert answer.code == 0, "a warning: the sheets can be marked with"
    assert "MC20 warning" in answer.out
    assert "might read other files, use the network" in answer.out
    assert [finding["code"] for finding in ask("check", "--json").json] == ["MC20"]


def test_a_check_names_combinations_without_a_sound_sheet(ask: Ask) -> None:
    learner = Path("learners", "AAA1", "learner.md")
    learner.write_text(
        learner.read_text("utf-8").replace("assessor:", "assignment: [T-IA]\nqualification: [T-CERT]\nassessor:"),
        "utf-8",
    )
    found = [line.split(" ", 3) for line in ask("check").out.splitlines()]
    assert [(code, severity) for _, code, severity, _ in found if code == "MC05"] == [
        ("MC05", "error"),
        ("MC05", "warning"),
    ]


def test_show_says_who_has_the_learner_open_now(ask: Ask, centre: Path) -> None:
    assert "Open now" not in ask("show", "AAA1").out
    Presence(centre / "presence").be_on("ben", "AAA1")
    assert "Open now with: ben" in ask("show", "AAA1").out
    assert ask("show", "AAA1", "--json").json["here_now"] == ["ben"]


def test_recent_tells_of_a_member_who_left_and_not_of_one_who_never_was(ask: Ask) -> None:
    ask("mark", "AAA1", "T-101", "1.1", "pass", "--as", "ben")
    toml = Path("centre.toml")
    toml.write_text(toml.read_text("utf-8").replace('id = "ben"', 'id = "bob"'), "utf-8")
    assert [each["actor"] for each in ask("recent", "--by", "ben", "--json").json] == ["ben"]
    assert ask("recent", "--by", "benn").code == 2
    assert ask("recent", "--by", "bob").code == 0


def test_show_says_what_each_unit_waits_for_as_status_does(ask: Ask) -> None:
    ask("submit", "AAA1", "T-101", "--opened", "--declared", "e-mail", *ASHA)
    out = ask("show", "AAA1").out
    assert "waits for assessor to mark since 2" in out
    assert "waits for assessor to mark, learner to submit\n" in out
    shown = {unit["code"]: unit["waiting"] for unit in ask("show", "AAA1", "--json").json["units"]}
    (row,) = ask("status", "aaa1", "--json").json
    assert {unit["code"]: unit["waiting"] for unit in row["units"]} == shown
    assert (row["waiting"], row["step"]) == ("assessor", "mark")
    assert [row["registration"] for row in ask("status", "unit:101 waiting:submit", "--json").json] == ["BBB2", "CCC3"]


@pytest.mark.parametrize("state", ["new", "marked", "conflict", "case", "closed", "not agreed"])
def test_what_asks_for_a_person_is_told_by_show_as_by_status(centre: Path, ask: Ask, state: str) -> None:
    if state == "conflict":
        put_in_conflict(centre)
    for number in ("1.1", "1.2", "2.1") if state not in ("new", "conflict") else ():
        assert ask("mark", "AAA1", "T-101", number, "pass", *ASHA).code == 0
    if state in ("closed", "not agreed"):
        ask("declare", "AAA1", "--form", "sheet", *ASHA)
        assert ask("close", "AAA1", "T-101", "--no-feedback", *ASHA).code == 0
    if state == "not agreed":
        assert ask("sample", "AAA1", "T-101", "--why", "routine", "--as", "ines").code == 0
        assert ask("verify", "AAA1", "T-101", "--not-agreed", "1.1", "No water.", "--as", "ines").code == 0
    if state == "case":
        assert ask("case", "AAA1", "T-101", "--open", "malpractice", "--text", "Alike.", "--as", "ines").code == 0
    (row,) = [line for line in ask("status").out.splitlines() if line.startswith("AAA1")]
    told = re.search(r"101 (.)( [^,]*?)?(?:,|  )", row)
    assert told is not None
    shown = next(line for line in ask("show", "AAA1", "T-101").out.splitlines() if " criteria passed" in line)
    asked = (told[2] or "").split(" ! ")[1:]
    assert (shown[0], shown.split(" ! ")[1:]) == (told[1], asked)
    assert bool(asked) is (state in ("conflict", "case", "not agreed"))
    unit = ask("show", "AAA1", "T-101", "--json").json["units"][0]
    of_status = next(each for each in ask("status", "rosalind", "--json").json[0]["units"] if each["code"] == "T-101")
    same = ("state", "waiting", "case_open", "claim", "claim_changed")
    assert {name: unit[name] for name in same} == {name: of_status[name] for name in same}
    assert unit["case_open"] is (state == "case")
