"""`markterm observe`, `testimony` and `method`: evidence by the assessor's hand, on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.domain.words.errors import NotSaved
from tests.assignments import add_assignment, register
from tests.cli.conftest import Ask

_ASHA = ("--as", "asha")
_TALK = (
    *("observe", "AAA1", "--method", "discussion", "--on", "2026-03-02", "--place", "Room 4", "--minutes", "40"),
    *("--criteria", "T-101 1.1, 1.2", *_ASHA),
)
_FILE = "records of assessment/unit T-101/2026-03-02 professional discussion.md"
_TEXT = "We spoke of pots.\n12:40 She named 1.2 herself.\n"


@pytest.fixture
def recording(centre: Path) -> Path:
    """A recording outside the centre."""
    file = centre.parent / "talk.mp3"
    file.write_bytes(b"no sound")
    return file


def test_an_account_is_evidence_that_is_read_found_cited_and_not_confirmed_on_every_surface(
    ask: Ask, centre: Path, recording: Path
) -> None:
    notes = centre.parent / "notes.md"
    notes.write_text(_TEXT, "utf-8")
    assert ask(*_TALK, "--from", str(notes), "--attach", str(recording)).code == 0
    text = (centre / "learners" / "AAA1" / "evidence" / _FILE).read_text("utf-8")
    for said in ("# Professional discussion, 2026-03-02", "Room 4", "Minutes: 40", "(asha)", "| T-101 | 1.1, 1.2 |"):
        assert said in text
    assert f"{_FILE}:" in ask("references", "AAA1", "T-101", "1.1").out
    line = next(n for n, each in enumerate(text.split("\n"), 1) if each.startswith("12:40"))
    assert ask("cite", "AAA1", "T-101", "1.2", _FILE, "--lines", str(line), *_ASHA).code == 0
    ask("mark", "AAA1", "T-101", "1.2", "pass", *_ASHA)
    assert "12:40 of talk.mp3" in ask("show", "AAA1", "T-101").out
    assert "12:40 of talk.mp3" in ask("sheet", "AAA1", "T-101").out
    surfaces = (("observe",), ("evidence",), ("show",), ("method",), ("sheet", "T-101"), ("show", "T-101", "--json"))
    for command, *words in surfaces:
        assert "not confirmed by the learner" in ask(command, "AAA1", *words).out, command
    (outcome, _) = ask("show", "AAA1", "T-101", "--json").json["units"][0]["outcomes"]
    assert outcome["criteria"][1]["citations"][0]["doubt"] == "not confirmed by the learner"
    assert "(not confirmed by the learner)" in ask("feedback", "AAA1", "T-101").out
    assert "Methods of assessment: professional discussion." in ask("sheet", "AAA1", "T-101").out
    (account,) = ask("observe", "AAA1", "--json").json
    assert (account["confirmed"], account["method"], account["minutes"]) == (None, "discussion", 40)
    assert ask("audit", "AAA1").code == 0


@pytest.mark.usefixtures("centre")
def test_criteria_from_one_to_another_are_covered_and_a_unit_without_any_is_asked_about(ask: Ask) -> None:
    words = _TALK[: _TALK.index("--criteria")]
    kept = (*words, "--text", "We spoke.", *_ASHA, "--criteria")
    for named in ("T-101", "T-101 1.1-9", "T-101 1.2-1.1"):
        assert ask(*kept, named).code == 2, named
    assert ask(*kept, "T-101 1.1 – 1.2").code == 0
    (account,) = ask("observe", "AAA1", "--json").json
    assert account["covers"] == [{"unit": "T-101", "criteria": ["1.1", "1.2"]}]


@pytest.mark.usefixtures("centre")
def test_a_unit_is_closed_on_what_was_submitted_and_the_accounts_that_were_kept_since(ask: Ask) -> None:
    ask("submit", "AAA1", "T-101", "--opened", "--declared", "signed sheet", *_ASHA)
    ask(*_TALK, "--text", "We spoke.")
    for number in ("1.1", "1.2", "2.1"):
        ask("mark", "AAA1", "T-101", number, "pass", *_ASHA)
    closed = ask("close", "AAA1", "T-101", *_ASHA)
    assert closed.code == 0
    assert _FILE in closed.err
    assert "evidence fixed at closing of attempt 1 with 2 files" in ask("show", "AAA1", "T-101").out


def test_nobody_observes_a_learner_they_are_close_to_and_no_file_of_it_is_left(ask: Ask, centre: Path) -> None:
    ask("interest", "asha", "AAA1", "--why", "her nephew", *_ASHA)
    assert ask(*_TALK, "--text", "We spoke.").code == 3
    assert not (centre / "learners" / "AAA1" / "evidence" / _FILE).exists()


@pytest.mark.usefixtures("centre")
def test_it_is_confirmed_with_what_shows_it_and_told_as_that(ask: Ask, recording: Path) -> None:
    ask(*_TALK, "--text", "We spoke.")
    (account,) = ask("observe", "AAA1", "--json").json
    refused = ask("observe", "AAA1", "--confirm", account["uid"], "--how", "signed form", *_ASHA)
    assert (refused.code, "Nothing shows it" in refused.err) == (3, True)
    with_form = ("--how", "signed form", "--attach", str(recording))
    assert ask("observe", "AAA1", "--confirm", account["uid"][:8], *with_form, *_ASHA).code == 0
    for words in (("observe", "AAA1"), ("evidence", "AAA1"), ("show", "AAA1"), ("log", "AAA1")):
        assert "confirmed by Rosalind Jones" in ask(*words).out, words
    for command, *of in (("observe",), ("evidence",), ("show",), ("sheet", "T-101")):
        assert "seen by Asha Patel" in ask(command, "AAA1", *of).out, command


def test_what_is_attached_keeps_its_kind_also_where_that_is_all_of_its_name(ask: Ask, centre: Path) -> None:
    names = (".m4a", "talk.2026.m4a", "記録.記", ".mine.mp3")
    files = [centre.parent / name for name in names]
    for file in files:
        file.write_bytes(file.name.encode())
    assert ask(*_TALK, "--text", "We spoke.", *(word for file in files for word in ("--attach", str(file)))).code == 0
    (account,) = ask("observe", "AAA1", "--json").json
    kept = sorted(name.rpartition("/")[2] for name in account["attached"])
    assert kept == sorted(["attached.m4a", "talk.2026.m4a", "記録.記", "mine.mp3"])


def test_a_citation_from_one_that_was_changed_by_hand_says_so_on_the_sheet_and_to_the_learner(
    ask: Ask, centre: Path
) -> None:
    ask(*_TALK, "--text", "We spoke.")
    file = centre / "learners" / "AAA1" / "evidence" / _FILE
    line = file.read_text("utf-8").split("\n").index("We spoke.") + 1
    assert ask("cite", "AAA1", "T-101", "1.2", _FILE, "--lines", str(line), *_ASHA).code == 0
    ask("mark", "AAA1", "T-101", "1.2", "pass", *_ASHA)
    file.write_text(file.read_text("utf-8") + "It was all well.\n", "utf-8")
    for command in ("sheet", "feedback"):
        assert "CHANGED since it was kept, not confirmed by the learner" in ask(command, "AAA1", "T-101").out, command


def test_one_that_was_changed_by_hand_or_that_the_record_does_not_know_is_told(ask: Ask, centre: Path) -> None:
    ask(*_TALK, "--text", "We spoke.")
    evidence = centre / "learners" / "AAA1" / "evidence"
    (evidence / _FILE).write_text("# Professional discussion\n\nAll is well.\n", "utf-8")
    (evidence / "records of assessment" / "mine.md").write_text("# Observation\n", "utf-8")
    assert "CHANGED since it was kept" in ask("observe", "AAA1").out
    told = {each["name"]: each["told"] for each in ask("evidence", "AAA1", "--json").json}
    assert told[_FILE].startswith("CHANGED since it was kept")
    assert "the record does not know it" in told["records of assessment/mine.md"]
    for words in (("sheet", "AAA1", "T-101"), ("show", "AAA1"), ("evidence", "AAA1"), ("method", "AAA1")):
        assert "CHANGED since it was kept" in ask(*words).out, words
    audit = ask("audit", "AAA1")
    assert (audit.code, "MR47" in audit.out, "was changed since it was kept" in audit.out) == (1, True, True)
    (evidence / _FILE).unlink()
    assert "is not at its place any more" in ask("audit", "AAA1").out


def test_that_what_is_attached_is_gone_or_was_changed_is_told_wherever_the_files_are(
    ask: Ask, centre: Path, recording: Path
) -> None:
    ask(*_TALK, "--text", "We spoke.", "--attach", str(recording))
    kept = centre / "learners" / "AAA1" / "evidence" / _FILE.removesuffix(".md") / "talk.mp3"
    everywhere = (("observe", "AAA1"), ("show", "AAA1"), ("evidence", "AAA1"), ("method", "AAA1"))
    kept.write_bytes(b"another sound")
    for words in everywhere:
        assert "talk.mp3 CHANGED since it was attached" in ask(*words).out, words
    told = {each["name"].rpartition("/")[2]: each["told"] for each in ask("evidence", "AAA1", "--json").json}
    assert told["talk.mp3"] == "CHANGED since it was attached, attached to 2026-03-02 professional discussion.md"
    kept.unlink()
    for words in everywhere:
        assert "talk.mp3 is GONE" in ask(*words).out, words


@pytest.mark.usefixtures("centre")
def test_the_same_account_is_kept_once_another_of_the_day_beside_it_and_a_corrected_one_in_its_place(ask: Ask) -> None:
    ask(*_TALK, "--text", "We spoke.")
    assert ask(*_TALK, "--text", "We spoke.").code == 3
    (first,) = ask("observe", "AAA1", "--json").json
    assert ask(*_TALK, "--text", "We spoke of cups.", "--replaces", first["uid"]).code == 0
    old, new = ask("observe", "AAA1", "--json").json
    assert old["replaced_by"] == new["uid"]
    assert new["file"].endswith("discussion 2.md")
    assert f"In the place of: {first['file']}" in ask("read", "AAA1", new["file"]).out


def test_an_account_names_what_is_attached_as_it_lies_in_a_folder_of_its_own_and_tells_recordings_from_forms(
    ask: Ask, recording: Path
) -> None:
    form, other = recording.with_name("form.txt"), recording.parent / "second" / recording.name
    form.write_text("Signed.", "utf-8")
    other.parent.mkdir()
    other.write_bytes(b"another sound")
    attach = ("--attach", str(form), "--attach", str(recording))
    assert ask(*_TALK, "--text", "12:40 Pots.", *attach).code == 0
    again = (*_TALK, "--text", "12:40 Cups.", *attach, "--attach", str(other))
    assert ask(*again).code == 0
    for account in ask("observe", "AAA1", "--json").json:
        folders = {name.rpartition("/")[0] for name in account["attached"]}
        assert folders == {account["file"].removesuffix(".md")}
    text = ask("read", "AAA1", account["file"]).out
    assert "- Attached: form.txt\n- Recording: talk.mp3\n- Recording: talk 2.mp3\n" in text
    line = next(n for n, each in enumerate(text.split("\n"), 1) if each.startswith("12:40"))
    cited = ask("cite", "AAA1", "T-101", "1.2", account["file"], "--lines", str(line), *_ASHA).out
    assert "12:40 of talk.mp3 or talk 2.mp3" in cited
    there = ask("evidence", "AAA1", "--json").json
    assert ask(*again).code == 3, "it is kept already"
    assert ask("evidence", "AAA1", "--json").json == there


@pytest.mark.usefixtures("centre")
def test_an_account_of_one_unit_is_no_new_evidence_for_another_that_was_submitted(ask: Ask) -> None:
    ask("submit", "AAA1", "T-102", "--opened", "--declared", "e-mail", *_ASHA)
    ask(*_TALK, "--text", "We spoke.")
    assert "Since T-102 was submitted" not in ask("evidence", "AAA1").err


@pytest.mark.usefixtures("centre")
def test_the_matrix_names_methods_and_says_how_many_accounts_nobody_confirmed(ask: Ask) -> None:
    ask(*_TALK, "--text", "We spoke.")
    assert ask("export", "matrix", "--by", "unit", "--format", "csv", "-o", "matrix", "--as", "ines").code == 0
    told = "".join(each.read_text("utf-8-sig") for each in Path("matrix").rglob("*.csv"))
    assert "professional discussion (1 not confirmed)" in told
    assert ask("show", "AAA1", "T-101", "--json").json["units"][0]["methods"] == ["discussion"]


def test_what_others_say_of_a_learner_is_none_of_the_scripts_that_go_without_names(ask: Ask, centre: Path) -> None:
    ask("declare", "AAA1", "--form", "signed sheet", *_ASHA)
    ask(*_TALK, "--text", "Mo Ode was there, too.")
    assert ask("export", "scripts", "T-101", "AAA1", "-o", str(centre.parent / "pack"), "--as", "ines").code == 0
    texts = [each.read_text("utf-8", "replace") for each in (centre.parent / "pack").rglob("*") if each.is_file()]
    assert not [text for text in texts if "Mo Ode" in text]
    assert [text for text in texts if "an assessor or a witness gives an account" in text]


@pytest.mark.usefixtures("centre")
def test_a_witness_is_listed_with_what_they_are_to_the_learner(ask: Ask) -> None:
    who = ("--witness", "Mo Ode", "--role", "cook", "--relationship", "her uncle", "--contact", "mo@example.org")
    kept = ask(
        *("testimony", "AAA1", *who, "--on", "2026-03-02", "--place", "K", "--criteria", "101 1.1"),
        *("--text", "She boiled it.", *_ASHA),
    )
    assert kept.code == 0
    told = ask("testimony").out
    assert "Mo Ode, cook, her uncle, mo@example.org: of AAA1 Rosalind Jones" in told
    assert "not confirmed by the witness, the witness is close to the learner" in told


@pytest.mark.usefixtures("centre")
def test_a_file_has_the_method_that_somebody_said(ask: Ask) -> None:
    assert ask("method", "AAA1", "diary.md", "--set", "reflection", *_ASHA).code == 0
    assert ask("method", "AAA1").out == "diary.md: reflective account\n"
    assert "reflective account" in ask("evidence", "AAA1").out
    assert ask("method", "AAA1", "diary.md").code == 2
    assert ask("observe", "AAA1", "--place", "Room 4").code == 2


def test_an_assignment_without_approval_is_told_when_marking_in_it_begins_and_by_check(ask: Ask, centre: Path) -> None:
    add_assignment(centre)
    register(centre, "AAA1", assignments="[T-IA]", units="[]")
    lacks = "T-IA: no approval of the awarding organisation is recorded in its sheet"
    sheet = next((centre / "mark_sheets" / "assignments").glob("*.md"))
    sheet.write_text(
        "\n".join(x for x in sheet.read_text("utf-8").split("\n") if not x.startswith("approval")), "utf-8"
    )
    assert "MC46 warning T-IA, of 1 learner: no approval" in ask("check").out
    assert lacks in ask("show", "AAA1").out
    assert lacks in ask("pass-task", "AAA1", "T-IA", "1", "--yes", *_ASHA).err
    assert lacks not in ask("pass-task", "AAA1", "T-IA", "2", "--yes", *_ASHA).err


@pytest.mark.usefixtures("centre")
def test_what_failed_before_it_was_recorded_is_one_account_when_it_is_done_again(
    ask: Ask, recording: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise NotSaved("Not saved", "The disk is full.", "Make room.")

    talk = (*_TALK, "--text", "We spoke.", "--attach", str(recording))
    with monkeypatch.context() as broken:
        broken.setattr("markterm.centre.appending.Appending.append", full)
        assert ask(*talk).code == 4
    assert ask("observe", "AAA1", "--json").json == []
    assert ask(*talk).code == 0
    files = [each["name"] for each in ask("evidence", "AAA1", "--json").json]
    assert set(files) == {"diary.md", _FILE.removesuffix(".md") + "/talk.mp3", _FILE}


def test_what_several_did_together_is_kept_with_each_of_them_and_again_changes_nothing(ask: Ask, centre: Path) -> None:
    told = ask(*_TALK, "--text", "Each spoke of their own part.", "--with", "BBB2", "--with", "CCC3")
    assert told.code == 0
    assert [registration in told.out for registration in ("AAA1", "BBB2", "CCC3")] == [True] * 3
    uids = set()
    for registration in ("AAA1", "BBB2", "CCC3"):
        (account,) = ask("observe", registration, "--json").json
        uids.add(account["uid"])
        text = (centre / "learners" / registration / "evidence" / _FILE).read_text("utf-8")
        others = {"Rosalind", "Nneka", "Zoé"} - {word for word in text.split() if word in {"Rosalind", "Nneka", "Zoé"}}
        assert len(others) == 2  # Nobody's account names the others.
        assert account["confirmed"] is None
    assert len(uids) == 3
    again = ask(*_TALK, "--text", "Each spoke of their own part.", "--with", "BBB2", "--with", "CCC3", "--json")
    assert (again.code, again.json) == (0, [])


def test_what_one_of_several_would_be_refused_is_kept_with_nobody(ask: Ask, centre: Path) -> None:
    ask("interest", "asha", "BBB2", "--why", "her cousin", *_ASHA)
    refused = ask(*_TALK, "--text", "Each spoke.", "--with", "BBB2", "--with", "CCC3", "--json")
    assert refused.code == 3
    assert refused.error["what"].startswith("BBB2: ")
    assert "Nothing was kept with anybody" in refused.error["what"]
    for registration in ("AAA1", "BBB2", "CCC3"):
        assert ask("observe", registration, "--json").json == []
        assert not (centre / "learners" / registration / "evidence" / _FILE).exists()


@pytest.mark.usefixtures("centre")
def test_a_correction_is_of_one_learner_alone(ask: Ask) -> None:
    assert ask(*_TALK, "--text", "x", "--replaces", "abc", "--with", "BBB2").code == 2
    assert ask("observe", "AAA1", "--with", "BBB2").code == 2
