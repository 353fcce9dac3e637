"""What a system or a container needs to serve a centre: printed, for whoever administers it to look at and to keep."""

from __future__ import annotations

import sys
from enum import StrEnum
from importlib.resources import files
from pathlib import Path

from markterm import __version__
from markterm.domain.words.errors import WrongUse


class Setup(StrEnum):
    """By what it is run."""

    COMPOSE = "compose"
    SYSTEMD = "systemd"


def printed_setup(setup: Setup, folder: Path, host: str, port: int) -> str:
    """The text of it, for the centre in that folder. Raises `WrongUse` for a folder whose name could be read as more
    than a name there."""
    place = str(folder.resolve())
    if not place.isprintable() or set(place) & set(" \t\"'\\%$:#{}"):
        raise WrongUse(
            "The folder's name would be misread there",
            f"{place} has signs that mean something of their own in such files.",
            "Give the centre's folder a plain name, such as /srv/centre.",
        )
    text = files("markterm.cli.setup").joinpath(f"{setup}.txt").read_text("utf-8")
    program = Path(sys.executable).with_name("markterm")
    for name, value in (
        ("folder", place),
        ("program", str(program)),
        ("host", host),
        ("port", str(port)),
        ("version", __version__),
    ):
        text = text.replace(f"{{{name}}}", value)
    return text
