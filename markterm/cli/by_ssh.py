"""A member who came by SSH: the server of the system knows them by their key, and starts this instead of a shell."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from markterm.centre.folder import CentreFolder
from markterm.domain.words.errors import WrongUse
from markterm.own.places import Places
from markterm.own.signed_in import SIGNED_IN
from markterm.sheets.centre_file import read_centre

SENT = "SSH_ORIGINAL_COMMAND"
"""In the environment of what is started: the command that was sent, as it was typed. No shell ever reads it."""
_OURS = "MARKTERM_"
_ALONE = frozenset({"--help", "-h", "--version"})


def arguments(sent: str, commands: Collection[str]) -> list[str]:
    """The words of the command that was sent, of which the first is one of these `commands` of ours; without any, those
    that open the screens. Raises `WrongUse`."""
    try:
        words = shlex.split(sent)
    except ValueError:
        words = [""]
    if words[:1] == ["markterm"]:
        del words[0]
    if not words:
        return ["open"]
    if words[0] not in commands and words[0] not in _ALONE:
        raise WrongUse(
            "That is no command here",
            "Whoever comes by SSH has the screens and the commands of MarkTerm, and no shell.",
            "Send a command of MarkTerm, or none for the screens.",
        )
    return words


def environment(member: str, given: Mapping[str, str]) -> dict[str, str]:
    """What the process of that member has in its environment: nothing that would tell MarkTerm something else. Raises
    `WrongUse` for what is no id."""
    Places.of_user().of_member(member)
    kept = {name: value for name, value in given.items() if not name.startswith(_OURS) and name != SENT}
    return {**kept, SIGNED_IN: member}


def become(member: str, folder: Path, commands: Collection[str]) -> NoReturn:
    """Go on as MarkTerm in which that member is signed in to the centre in `folder`. Raises `WrongUse` for what is no
    command, and for whoever is no member, or is none any more; and as `read_centre` does."""
    # Places are told from there on, and where the server has the centre is not.
    os.chdir(folder)
    read_centre(CentreFolder(Path()).file).named(member)
    words: Sequence[str] = arguments(os.environ.get(SENT, ""), commands)
    command = [sys.executable, "-P", "-m", "markterm", *words]
    os.execve(sys.executable, command, environment(member, os.environ))
