"""init, demo, check."""

from __future__ import annotations

import errno
import os
import re
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from markterm.centre.centre import Centre
from markterm.domain.assessed.member import Role
from markterm.sheets.centre_file import read_centre
from tests.centres import make_centre_in
from tests.cli.conftest import Ask

INIT = ("--number", "012345", "--name", "Aston College")


def test_init_makes_a_centre_that_can_be_checked_and_worked_in(ask: Ask) -> None:
    answer = ask(
        "init",
        "aston",
        *INIT,
        "--awarding-organisation",
        "An Organisation",
        "--member",
        "asha:Asha Patel:assessor, verifier",
        "--member",
        "ben:Ben Whitlock:assessor:8580-500,8580-503",
        "--member",
        "carol:Carol Adeyemi:coordinator",
    )
    assert answer.code == 0
    assert answer.out.strip() == str(Path("aston").resolve())
    assert "markterm register" in answer.err
    details = read_centre(Path("aston/centre.toml"))
    assert (details.number, details.name, details.awarding_organisation) == (
        "012345",
        "Aston College",
        "An Organisation",
    )
    asha, ben, carol = details.members
    assert asha.roles == {Role.ASSESSOR, Role.VERIFIER}
    assert asha.units == {"8580-500", "8580-501", "8580-502", "8580-503", "MTE-301"}
    assert ben.units == {"8580-500", "8580-503"}
    assert carol.units == frozenset()
    assert ask("-C", "aston", "check").code == 0
    sheets = {
        path.name for kind in ("assignments", "qualifications") for path in Path("aston/mark_sheets", kind).iterdir()
    }
    assert {"8580-certificate.md", "8580-diploma.md", "8580-500-503.md"} <= sheets
    assert ask("-C", "aston", "status", "--json").json == []


def test_a_criterion_that_is_taken_out_of_an_assignment_is_found_in_the_whole_centre_and_by_its_path(ask: Ask) -> None:
    ask("init", "aston", *INIT)
    sheet = Path("aston/mark_sheets/assignments/8580-certificate.md")
    sheet.write_text(sheet.read_text("utf-8").replace("1.1-1.3, 4.1-4.3", "1.1-1.3, 4.1-4.2"), "utf-8")
    for words in (("-C", "aston", "check"), ("check", str(sheet))):
        answer = ask(*words)
        assert answer.code == 1
        (line,) = answer.out.splitlines()
        assert "8580-certificate.md:5: MS075 error No task covers 8580-500 4.3" in line


def test_init_in_the_current_folder_answers_in_json(ask: Ask, alone: Path) -> None:
    told = ask("init", *INIT, "--member", "asha:Asha Patel:assessor", "--json").json
    assert told == {
        "folder": str(alone.resolve()),
        "members": ["asha"],
        "units": ["8580-500", "8580-501", "8580-502", "8580-503", "MTE-301"],
        "policy": {
            "attempts": 2,
            "resubmission_authorised_by": "assessor",
            "feedback_waits_for_verification": False,
        },
    }


def test_init_leaves_a_centre_as_it_is(ask: Ask, centre: Path) -> None:
    before = (centre / "centre.toml").read_bytes()
    answer = ask("init", *INIT)
    assert answer.code == 2
    assert "There is a centre already" in answer.err
    assert (centre / "centre.toml").read_bytes() == before


@pytest.mark.parametrize("kind", ["units", "assignments", "qualifications"])
def test_init_leaves_mark_sheets_as_they_are(kind: str, ask: Ask) -> None:
    Path("mark_sheets", kind).mkdir(parents=True)
    assert ask("init", *INIT).code == 2
    assert not Path("centre.toml").exists()


@pytest.mark.parametrize(
    ("member", "said"),
    [
        ("asha", "asha is not id:name:roles"),
        ("asha:Asha Patel:boss", "boss is not a role"),
        ("Asha P:Asha Patel:assessor", "cannot be an id"),
        ("a:b:assessor:u:v", "is not id:name:roles"),
    ],
)
def test_init_refuses_a_member_that_cannot_be_one_and_makes_nothing(ask: Ask, member: str, said: str) -> None:
    answer = ask("init", "aston", *INIT, "--member", member)
    assert answer.code == 2
    assert said in answer.err
    assert not Path("aston").exists()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is forbidden to this user")
def test_init_in_a_folder_that_is_read_only_says_so(ask: Ask) -> None:
    Path("locked").mkdir(mode=0o555)
    answer = ask("init", "locked/aston", *INIT)
    assert answer.code == 4
    assert "Permission denied" in answer.err


def test_init_where_a_file_stands_says_so(ask: Ask) -> None:
    Path("aston").write_text("a file", "utf-8")
    answer = ask("init", "aston", *INIT)
    assert answer.code == 4
    assert "The centre could not be made" in answer.err


def test_the_demo_is_made_once_and_found_again(ask: Ask) -> None:
    made = ask("demo", "--no-open", "--json").json
    assert made == {"folder": str(Path("markterm-demo").resolve()), "made": True, "member": "asha"}
    before = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    again = ask("demo", "--no-open")
    assert (again.code, again.out) == (0, made["folder"] + "\n")
    assert "markterm -C markterm-demo --as asha" in again.err
    assert {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()} == before


def test_the_demo_goes_into_no_folder_that_is_in_use(ask: Ask, centre: Path) -> None:
    answer = ask("demo", str(centre), "--no-open")
    assert answer.code == 2
    assert "is not empty, and is not the demo" in answer.err
    Path("file").write_text("x", "utf-8")
    answer = ask("demo", "--no-open", "--tour")
    assert (answer.code, "--no-open opens none" in answer.err) == (2, True)
    assert ask("demo", "file", "--no-open").code == 2


@pytest.mark.long
def test_the_demo_goes_into_an_empty_folder(ask: Ask) -> None:
    Path("mine").mkdir()
    assert ask("demo", "mine", "--no-open").code == 0
    assert ask("-C", "mine", "audit").code == 0


def test_check_prints_file_line_code_severity_and_message(ask: Ask, centre: Path) -> None:
    sheet = centre / "mark_sheets" / "units" / "T-101.md"
    sheet.write_text(sheet.read_text("utf-8").replace("- **1.2** Warm", "- **1.1** Warm"), "utf-8")
    answer = ask("check")
    assert answer.code == 1
    (line,) = answer.out.splitlines()
    assert line.startswith("mark_sheets/units/T-101.md:18: MS032 error ")
    assert "Checked: 1 error." in answer.err
    told = ask("check", "--json")
    assert told.code == 1
    (finding,) = told.json
    assert (finding["code"], finding["severity"], finding["line"]) == ("MS032", "error", 18)


def test_check_of_what_is_only_style_ends_with_0(ask: Ask, centre: Path) -> None:
    sheet = centre / "mark_sheets" / "units" / "T-101.md"
    sheet.write_text(sheet.read_text("utf-8").replace("Warm the pot", "warm the pot"), "utf-8")
    answer = ask("check", str(sheet))
    assert answer.code == 0
    assert "MS035 style" in answer.out


def test_check_of_learners_files_finds_what_is_missing(ask: Ask, centre: Path) -> None:
    (centre / "learners" / "AAA1" / "learner.md").write_text("---\nkind: learner\nname: R\n---\n", "utf-8")
    answer = ask("check")
    assert answer.code == 1
    assert "learners/AAA1/learner.md:" in answer.out
    assert "MS011" in answer.out


def test_check_needs_no_centre_for_a_named_file(ask: Ask) -> None:
    Path("sheet.md").write_text("no front matter\n", "utf-8")
    answer = ask("check", "sheet.md")
    assert answer.code == 1
    assert "sheet.md:1: MS010 error" in answer.out


@pytest.mark.usefixtures("centre")
def test_check_of_a_file_that_is_not_there_says_so(ask: Ask) -> None:
    answer = ask("check", "nowhere.md")
    assert answer.code == 4
    assert "No such file" in answer.err


class Terminal:
    """Stands for a stream that is a terminal."""

    def isatty(self) -> bool:
        """Yes."""
        return True


@pytest.fixture
def tours() -> list[bool | None]:
    """Whether each screen that was opened begins with the first visit; None for the first time alone."""
    return []


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, tours: list[bool | None]) -> list[tuple[Path, str | None]]:
    """Every centre that the screen is opened on, with the member who acts; no screen is drawn."""
    seen: list[tuple[Path, str | None]] = []

    def run(centre: Centre, *, blind: bool, tour: bool | None) -> None:
        assert not blind
        tours.append(tour)
        seen.append((centre.folder.path.resolve(), centre.member.id if centre.member else None))

    monkeypatch.setitem(sys.modules, "markterm.tui.app", SimpleNamespace(run=run))
    monkeypatch.setattr("markterm.cli.open.sys", SimpleNamespace(stdin=Terminal(), stdout=Terminal()))
    return seen


def test_the_screen_opens_on_the_centre_as_the_member(
    ask: Ask, centre: Path, opened: list[tuple[Path, str | None]]
) -> None:
    for words in ((), ("--as", "ben"), ("open", "--as", "asha")):
        assert ask(*words).code == 0
    assert opened == [(centre.resolve(), None), (centre.resolve(), "ben"), (centre.resolve(), "asha")]


@pytest.mark.long
def test_the_demo_opens_as_its_assessor_the_first_time_and_again(
    ask: Ask, opened: list[tuple[Path, str | None]]
) -> None:
    for words in (("demo",), ("demo",), ("demo", "--as", "ben")):
        assert ask(*words).code == 0
    folder = Path("markterm-demo").resolve()
    assert opened == [(folder, "asha"), (folder, "asha"), (folder, "ben")]


@pytest.mark.long
@pytest.mark.usefixtures("opened")
def test_the_demo_begins_with_the_first_visit_once_or_when_it_is_asked_for_and_no_other_centre_does(
    ask: Ask, tours: list[bool | None]
) -> None:
    for words in (("demo",), ("demo", "--tour"), ("-C", "markterm-demo", "open", "--as", "asha")):
        assert ask(*words).code == 0
    assert tours == [None, True, False]


ALONE = ("--member", "asha:Asha Patel:assessor")


def test_a_centre_of_one_member_gets_a_policy_that_they_can_meet_and_it_is_said_aloud(ask: Ask) -> None:
    answer = ask("init", "own", "--number", "1", "--name", "Own", *ALONE)
    assert answer.code == 0
    assert "No member is a verifier: an assessor authorises a resubmission, here Asha Patel" in answer.err
    assert "feedback does not wait for verification" in answer.err
    policy = read_centre(Path("own") / "centre.toml").policy
    assert (policy.resubmission_authorised_by, policy.feedback_waits_for_verification) == (Role.ASSESSOR, False)
    assert "MC30" not in ask("-C", "own", "check").out


def test_a_centre_of_one_member_takes_a_learner_through_a_resubmission(ask: Ask) -> None:
    ask("init", "own", "--number", "1", "--name", "Own", *ALONE)
    folder = Path("own/learners/L1")
    (folder / "evidence").mkdir(parents=True)
    (folder / "evidence" / "a.md").write_text("One.\n", "utf-8")
    (folder / "learner.md").write_text(
        "---\nkind: learner\nregistration: L1\nname: Lea\nunits: [8580-500]\nassessor: asha\n---\n", "utf-8"
    )
    here = ("-C", "own", "--as", "asha")
    assert ask(*here, "submit", "L1", "500", "--opened", "--declared", "e-mail").code == 0
    numbers = re.findall(r"\*\*([0-9.]+)\*\*", Path("own/mark_sheets/units/8580-500.md").read_text("utf-8"))
    assert numbers
    for number in numbers:
        assert ask(*here, "mark", "L1", "500", number, "refer", "--note", "More of it.").code == 0
    assert ask(*here, "close", "L1", "500", "--feedback", "Again.").code == 0
    assert ask(*here, "release", "L1", "500").code == 0
    (folder / "evidence" / "a.md").write_text("One, and two.\n", "utf-8")
    assert ask(*here, "submit", "L1", "500", "--opened", "--declared", "e-mail").code == 0


@pytest.mark.parametrize(
    ("members", "role", "waits"),
    [
        ((), "verifier", True),
        (("a:A:assessor", "v:V:verifier"), "verifier", True),
        (("a:A:assessor", "c:C:coordinator"), "coordinator", False),
        (("a:A:assessor,verifier",), "verifier", False),
        (("a:A:assessor,coordinator",), "coordinator", False),
        (("a:A:assessor,verifier", "b:B:assessor"), "verifier", False),
        (("a:A:assessor,verifier", "b:B:assessor,verifier"), "verifier", True),
        (("t:T:tutor",), "tutor", True),
    ],
)
def test_the_policy_of_a_new_centre_is_one_that_its_members_can_meet(
    members: tuple[str, ...], role: str, waits: bool, ask: Ask
) -> None:
    given = [word for member in members for word in ("--member", member)]
    answer = ask("init", "own", "--number", "1", "--name", "Own", *given, "--json")
    told = answer.json["policy"]
    assert (told["resubmission_authorised_by"], told["feedback_waits_for_verification"]) == (role, waits)
    assert not [finding for finding in ask("-C", "own", "check", "--json").json if finding["code"] == "MC30"]


def test_a_policy_that_nobody_can_meet_is_a_finding_of_the_check(ask: Ask) -> None:
    ask("init", "own", "--number", "1", "--name", "Own", *ALONE)
    file = Path("own/centre.toml")
    text = file.read_text("utf-8")
    file.write_text(text.replace('authorised_by = "assessor"', 'authorised_by = "tutor"'), "utf-8")
    assert "MC30" in [finding["code"] for finding in ask("-C", "own", "check", "--json").json]
    file.write_text(text.replace("verification = false", "verification = true"), "utf-8")
    assert "MC30" in [finding["code"] for finding in ask("-C", "own", "check", "--json").json]


@pytest.mark.long
def test_the_demo_names_nobody_whom_it_does_not_have_and_is_not_made_for_them(ask: Ask) -> None:
    answer = ask("demo", "--no-open", "--as", "zebedee")
    assert answer.code == 2
    assert "Its members are asha" in answer.err
    assert not Path("markterm-demo").exists()
    assert "--as ines" in ask("demo", "--no-open", "--as", "ines").err


@pytest.mark.long
def test_the_demo_opens_again_as_whoever_was_chosen(ask: Ask, opened: list[tuple[Path, str | None]]) -> None:
    assert ask("demo").code == 0
    centre = Centre.open(Path("markterm-demo"), member="ines")
    centre.remember_member()
    centre.close_down()
    assert ask("demo").code == 0
    assert [member for _, member in opened] == ["asha", "ines"]


@pytest.mark.parametrize(
    ("slip", "line", "told"),
    [
        (
            ('units = ["T-101", "T-102"]', 'units = ["T-1O1", "T-102"]'),
            11,
            "MC33 warning asha is approved for unit T-1O1, which the centre has no sheet for: did you mean T-101?",
        ),
        (
            ('units = ["T-101"]', 'training = ["training"]'),
            17,
            "MC33 warning ben is in training for unit training, which the centre has no sheet for: mend the code",
        ),
        (
            ('roles = ["verifier"]', 'roles = ["verifier"]\nqualifications = ["T-CRT"]'),
            23,
            "MC31 warning ines is given learners of T-CRT, which the centre has no sheet for",
        ),
        (
            ('roles = ["verifier"]', 'roles = ["verifier"]\n[retention.EAL]\nqualifications = ["T-CRT"]'),
            24,
            "MC31 warning [retention.EAL] says something of T-CRT",
        ),
        (
            ('roles = ["verifier"]', 'roles = ["verifier"]\n[policy.qualification.T-CRT]'),
            23,
            "MC31 warning [policy] says something of T-CRT",
        ),
        (
            ('roles = ["verifier"]', 'roles = ["verifier"]\nsites = ["LEEDS"]\n[visibility]\nverifiers = ["site"]'),
            23,
            "MC34 warning ines is given the learners at LEEDS, where no learner is: did you mean Leeds?",
        ),
        (
            ('roles = ["verifier"]', 'roles = ["verifier"]\n[visibility]\ntutors = []'),
            24,
            "MC34 warning [visibility] names no way in which learners are those of tutors: they are shown nobody",
        ),
    ],
)
def test_what_centre_toml_names_and_is_not_there_is_found_in_its_line(
    tmp_path: Path, ask: Ask, slip: tuple[str, str], line: int, told: str
) -> None:
    centre = make_centre_in(tmp_path / "named", {"AAA1": "Ann Abbot"})
    learner = centre / "learners" / "AAA1" / "learner.md"
    learner.write_text(learner.read_text("utf-8").replace("registration:", "site: Leeds\nregistration:"), "utf-8")
    assert "centre.toml" not in ask("-C", str(centre), "check", "--as", "asha").out
    file = centre / "centre.toml"
    file.write_text(file.read_text("utf-8").replace(*slip), "utf-8")
    assert f"centre.toml:{line}: {told}" in ask("-C", str(centre), "check", "--as", "asha").out


def test_a_machine_that_can_note_nothing_is_found(ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    centre = make_centre_in(tmp_path / "noted")
    assert "MC24" not in ask("-C", str(centre), "check", "--as", "asha").out

    def full(**_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("markterm.centre.check.TemporaryFile", full)
    answer = ask("-C", str(centre), "check", "--as", "asha")
    assert "MC24 warning this machine cannot note how far it wrote (No space left on device)" in answer.out
