"""A new centre's folder: its `centre.toml`, a copy of the sheets that are shipped, and room for learners."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from markterm.centre.folder import CentreFolder
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.words.errors import MarkTermError, NotSaved, Unreadable, WrongUse
from markterm.sheets.centre_file import read_centre, render_centre
from markterm.sheets.kinds import MARK_SHEETS


def make_centre(path: Path, details: CentreDetails, sheets: Path) -> None:
    """Make the centre that `details` describe in the folder `path`, with copies of the sheets in `sheets`.

    `centre.toml` is written last: a folder that has one is a whole centre. Raises `WrongUse` when `path` is a centre
    already, holds sheets, or `details` cannot be written; `NotSaved` when the system refuses.
    """
    folder = CentreFolder(path)
    if folder.file.exists():
        raise WrongUse(
            "There is a centre already",
            f"{path} holds a {folder.file.name}, and it stays as it is.",
            "Name another folder, or change that file with an editor.",
        )
    own = folder.mark_sheets
    for kind in MARK_SHEETS:
        if (own / kind.folder).exists():
            raise WrongUse(
                "There are mark sheets already",
                f"{own / kind.folder} exists, and it stays as it is.",
                "Name another folder, or move it out of the way.",
            )
    try:
        text = _text_of(details)
        folder.learners.mkdir(parents=True, exist_ok=True)
        shipped = [sheets / "README.md"]
        for kind in MARK_SHEETS:
            (own / kind.folder).mkdir(parents=True)
            shipped += sorted((sheets / kind.folder).glob("*.md"))
        for sheet in shipped:
            (own / sheet.relative_to(sheets)).write_bytes(sheet.read_bytes())
        with folder.file.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise NotSaved(
            "The centre could not be made",
            f"{error.filename or path}: {error.strerror or error}.",
            "Check that the folder may be written to and that the disk has room.",
        ) from error


def _text_of(details: CentreDetails) -> str:
    """The text of `centre.toml`, if it reads back as `details`."""
    text = render_centre(details, with_strategy=True)
    with TemporaryDirectory() as folder:
        file = CentreFolder(Path(folder)).file
        file.write_text(text, "utf-8", newline="\n")
        try:
            same = read_centre(file) == details
        except Unreadable as error:
            raise _cannot(error.what, error.next_step) from error
    if not same:
        raise _cannot("The file would read differently from what was given.", "Give names on one line.")
    return text


def _cannot(what: str, next_step: str) -> MarkTermError:
    return WrongUse("The centre cannot be made like this", what, next_step)
