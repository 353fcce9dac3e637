"""What a member sent by SSH, read without a shell."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.cli.by_ssh import arguments, become, environment
from markterm.cli.group import COMMANDS
from markterm.domain.words.errors import WrongUse
from markterm.own.signed_in import SIGNED_IN


def test_without_a_command_the_screens_are_opened() -> None:
    assert arguments("", COMMANDS) == ["open"]


def test_what_was_sent_is_words_and_nothing_else() -> None:
    sent = 'markterm mark AAA1 T-101 1.1 refer --note "See $HOME; `id` | cat *"'
    assert arguments(sent, COMMANDS)[-1] == "See $HOME; `id` | cat *"


@pytest.mark.parametrize(
    "sent",
    ["sh", "-C / status", "/bin/sh -c id", "internal-sftp", "scp -t /", "'unclosed", "--as ben status", ";status"],
)
def test_what_is_no_command_of_ours_is_refused(sent: str) -> None:
    with pytest.raises(WrongUse):
        arguments(sent, COMMANDS)


def test_who_came_cannot_say_that_they_are_another() -> None:
    given = {SIGNED_IN: "ines", "MARKTERM_AS": "ines", "SSH_ORIGINAL_COMMAND": "status", "TERM": "xterm"}
    assert environment("asha", given) == {SIGNED_IN: "asha", "TERM": "xterm"}
    for nobody in ("", "../ines", "Asha Patel"):
        with pytest.raises(WrongUse):
            environment(nobody, given)


def test_whose_line_names_nobody_of_the_centre_has_no_command(centre: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(centre)  # And back, for whoever is tested next: what goes on as MarkTerm works there.
    with pytest.raises(WrongUse, match="not a member"):
        become("mallory", centre, COMMANDS)
