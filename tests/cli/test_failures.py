"""What a person is told when something cannot be done: words, a next step and an exit code, never a traceback."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from markterm.centre.caseload import Caseload
from markterm.cli.group import COMMANDS, markterm
from markterm.own import fault_report
from tests.cli.conftest import Ask

TOML = Path("centre.toml")


def change(old: str, new: str) -> None:
    """Put `new` in the place of `old` in the centre's file."""
    text = TOML.read_text("utf-8")
    assert old in text
    TOML.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(("typed", "meant"), [("statsu", "status"), ("verfy", "verify"), ("attmpts", "attempts")])
def test_a_mistyped_command_gets_a_suggestion(ask: Ask, typed: str, meant: str) -> None:
    answer = ask(typed)
    assert answer.code == 2
    assert f"Did you mean '{meant}'?" in answer.err
    assert "markterm --help" in answer.err


@pytest.mark.parametrize(
    "words",
    [
        ("status", "--sort", "age"),
        ("mark", "AAA1"),
        ("mark", "AAA1", "T-101", "1.1", "maybe"),
        ("--nonsense",),
        ("-C", "nowhere", "status"),
    ],
)
def test_a_command_that_is_not_understood_names_its_help(ask: Ask, words: tuple[str, ...]) -> None:
    answer = ask(*words)
    assert answer.code == 2
    assert answer.err.startswith("Not understood: ")
    assert "--help" in answer.err
    assert ask(*words, "--json").error["exit_code"] == 2


@pytest.mark.usefixtures("centre")
def test_an_option_is_not_taken_for_the_words_of_the_one_before_it(ask: Ask) -> None:
    answer = ask("retention", "AAA1", "--hold", "--reason=A solicitor wrote.", "--as", "asha")
    assert answer.code == 2
    assert "--hold is followed by its own words, and not by --reason=A solicitor wrote." in answer.err
    assert ask("retention", "AAA1", "--hold=--reason", "--as", "asha").code == 0
    assert ask("retention", "AAA1", "--hold", "-- a solicitor", "--as", "asha").code == 0
    # What may stand alone is followed by any option.
    assert "Not understood" not in ask("verify", "AAA1", "T-101", "--agree", "--as", "ines").err


@pytest.mark.parametrize("words", [(), ("status",), ("audit",), ("check",), ("open",)])
def test_without_a_centre_it_says_how_to_get_one(ask: Ask, words: tuple[str, ...]) -> None:
    answer = ask(*words)
    assert answer.code == 2
    assert "No centre here" in answer.err
    assert "markterm demo" in answer.err


@pytest.mark.usefixtures("centre")
@pytest.mark.parametrize("words", [(), ("open",)])
def test_without_a_terminal_the_screen_is_not_opened(ask: Ask, words: tuple[str, ...]) -> None:
    answer = ask(*words)
    assert answer.code == 2
    assert "The screen needs a terminal" in answer.err


def test_the_centre_is_looked_for_upwards(ask: Ask, centre: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(centre / "learners" / "AAA1" / "evidence")
    assert len(ask("status", "--json").json) == 3


def test_the_centre_may_be_named_before_and_after_the_command(
    ask: Ask, centre: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert len(ask("-C", str(centre), "status", "--json").json) == 3
    assert len(ask("status", "--centre", str(centre), "--json").json) == 3


@pytest.mark.usefixtures("centre")
@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('name = "Test Centre"', 'nmae = "Test Centre"', 5, "`nmae` is not a key in [centre]"),
        ('roles = ["verifier"]', 'roles = ["verifyer"]', 22, "`verifyer` is not a role"),
        ("[centre]", "[centre", 3, "cannot be read as TOML"),
        ("format = 2", "format = 99", 1, "has format 99"),
    ],
)
def test_a_mistake_in_the_centres_file_is_told_with_its_line(
    ask: Ask, old: str, new: str, line: int, said: str
) -> None:
    change(old, new)
    for command in ("status", "check"):
        answer = ask(command)
        assert answer.code == 4
        assert said in answer.err
        assert "What to do: " in answer.err
        assert f"Where: centre.toml:{line}" in answer.err
    assert ask("status", "--json").error["line"] == line


def test_an_error_in_json_has_every_part(ask: Ask, centre: Path) -> None:
    (centre / "learners" / "AAA1" / "learner.md").write_bytes(b"\xff\xfe\x00")
    assert ask("show", "AAA1", "--json").error == {
        "title": "Not UTF-8",
        "what": "learner.md is UTF-16 text.",
        "next_step": "Save it with the encoding UTF-8.",
        "file": "learners/AAA1/learner.md",
        "line": 1,
        "exit_code": 4,
    }


@pytest.mark.usefixtures("centre")
def test_foreign_text_in_an_error_is_shown_and_not_obeyed(ask: Ask) -> None:
    answer = ask("show", "\x1b[31mred\u202e")
    assert answer.code == 2
    assert "␛[31mred⇄" in answer.err
    assert "\x1b" not in answer.err


@pytest.mark.usefixtures("centre")
def test_a_fault_of_markterm_is_one_clear_line_and_a_report_that_names_nobody(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(_: Caseload) -> None:
        raise KeyError("Rosalind Jones JON2041")

    monkeypatch.setattr(Caseload, "refresh", broken)
    answer = ask("status")
    assert answer.code == 4
    assert answer.err.startswith(
        "MarkTerm could not go on: It met a fault of its own (KeyError, markterm.cli.everybody line "
    )
    assert "sent to nobody" in answer.err
    assert "Read it before you give it to anybody" in answer.err
    (report,) = (tmp_path / "user").rglob("faults/*.txt")
    assert f"Where: {report}" in answer.err
    for text in (answer.err, report.read_text("utf-8")):
        assert "Traceback" not in text
        assert "Rosalind" not in text
        assert "JON2041" not in text
    assert ask("status", "--json").error["file"] != str(report)  # each fault has its own
    monkeypatch.setenv("MARKTERM_DEBUG", "1")
    with pytest.raises(KeyError):
        ask("status")


@pytest.mark.usefixtures("centre")
def test_a_fault_without_a_place_for_its_report_is_told_all_the_same(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Caseload) -> None:
        raise KeyError("Rosalind Jones JON2041")

    def homeless(*_: object) -> None:
        raise RuntimeError("no home")

    monkeypatch.setattr(Caseload, "refresh", broken)
    monkeypatch.setattr(fault_report, "keep_report", homeless)
    answer = ask("status")
    assert answer.code == 4
    assert "KeyError" in answer.err
    assert "No report of it could be kept" in answer.err


@pytest.mark.usefixtures("centre")
def test_an_interrupt_ends_quietly(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: Caseload) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Caseload, "refresh", interrupted)
    answer = ask("status")
    assert (answer.code, answer.out, answer.err.strip()) == (130, "", "")


@pytest.mark.usefixtures("centre")
def test_a_decision_that_cannot_be_saved_is_told_and_is_not_there(ask: Ask) -> None:
    Path("records").write_text("a file where the folder should be", "utf-8")
    answer = ask("mark", "AAA1", "T-101", "1.1", "pass", "--as", "asha")
    assert answer.code == 4
    assert answer.out == ""
    assert "What to do: " in answer.err
    assert "Traceback" not in answer.err
    Path("records").unlink()
    assert ask("log", "AAA1", "--json").json == []


@pytest.mark.usefixtures("centre")
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example_and_the_global_options(ask: Ask, command: str) -> None:
    answer = ask(command, "--help")
    assert answer.code == 0
    assert f"Usage: markterm {command}" in answer.out
    assert "Example" in answer.out
    examples = answer.out.split("Example", 1)[1]
    assert f"  markterm {command}" in examples or f" {command} " in examples
    for option in ("-C, --centre DIR", "--as MEMBER", "--json"):
        assert option in answer.out


def test_the_help_of_markterm_has_every_command_with_all_that_its_line_says(ask: Ask) -> None:
    # As a terminal of 80 columns has it: click's runner writes two columns more.
    formatter = click.HelpFormatter(width=78)
    markterm.format_commands(click.Context(markterm), formatter)
    lines = formatter.getvalue().splitlines()
    for command in COMMANDS:
        (at,) = (at for at, line in enumerate(lines) if f"{line} ".startswith(f"  {command} "))
        # A name that is longer than the column has its words below it.
        words = lines[at].removeprefix(f"  {command}") or lines[at + 1]
        assert words.endswith("."), words
        assert not words.endswith("..."), words
    assert "_MARKTERM_COMPLETE=bash_source" in ask("--help").out


def test_the_readme_names_every_command() -> None:
    readme = Path(__file__).parents[2].joinpath("README.md").read_text("utf-8")
    assert [command for command in COMMANDS if f"markterm {command}" not in readme] == []


@pytest.mark.usefixtures("centre")
def test_words_that_the_locale_could_not_read_are_not_recorded(ask: Ask) -> None:
    unread = "Caf\udcc3\udca9"
    before = len(ask("log", "AAA1").out.splitlines())
    for words in (
        ("mark", "AAA1", "T-101", "1.1", "refer", "--note", unread),
        ("declare", "AAA1", "--form", unread),
        ("mark", "AAA1", "T-101", "1.1", "refer", f"--note={unread}"),
    ):
        answer = ask(*words, "--as", "asha")
        assert answer.code == 2, answer.out
        assert "could not be read" in answer.err
    assert len(ask("log", "AAA1").out.splitlines()) == before
    assert ask("mark", "AAA1", "T-101", "1.1", "refer", "--note", "Café", "--as", "asha").code == 0
