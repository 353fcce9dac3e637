"""Bringing a centre to the newest format: one line of `centre.toml`, and nothing that was recorded."""

from __future__ import annotations

from pathlib import Path

from markterm.domain.errors import NotSaved
from markterm.domain.record_format import NEWEST
from markterm.sheets.centre_file import read_centre, with_format
from markterm.system.platform import replace_file


def upgrade_centre(file: Path) -> None:
    """Have `centre.toml` say the newest format, durably; a file that says so already is left alone.

    Its members and policy are what somebody wrote and stay as they stand, comments and line ends too. Raises
    `Unreadable` and `NotSaved`.
    """
    if read_centre(file).record_format >= NEWEST:
        return
    data = with_format(file, NEWEST)
    try:
        replace_file(file, data)
    except OSError as error:
        raise NotSaved(
            "The centre was not brought to the newer format",
            f"{file.name} could not be written: {error.strerror or error}.",
            "Check that you may write in the centre's folder and that the disk has room, then try again.",
            file=file,
        ) from error
