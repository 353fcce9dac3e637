"""Whose a learner's folder is."""

from __future__ import annotations

from pathlib import Path

from markterm.centre.folder import LEARNER_FILE
from markterm.domain.assessed.learner import Learner
from markterm.domain.words.errors import Unreadable
from markterm.domain.words.finding import Severity
from markterm.domain.words.hint import Hint, Way
from markterm.system.platform import folder_name


def read_learner_folder(folder: Path) -> Learner:
    """The learner whose folder this is.

    Raises `Unreadable` when there is no readable `learner.md`, or when it names a registration that the folder is not
    called after: a record belongs to a registration, so two folders must never lead to the same one.
    """
    # Loading what reads YAML takes time that a caseload whose files have not changed does without.
    from markterm.sheets.learner_file import read_learner

    file = folder / LEARNER_FILE
    reading = read_learner(_text_of(folder, file), file)
    fault = next((finding for finding in reading.findings if finding.severity is Severity.ERROR), None)
    if reading.sheet is None or fault is not None:
        message = fault.message if fault is not None else "it does not say who the learner is"
        raise Unreadable(
            "A learner's file cannot be used",
            f"{message[:1].upper()}{message[1:]}",
            "Mend it with an editor.",
            hint=Hint(Way.CHECK_FILE),
            file=file,
            line=fault.line if fault is not None else None,
        )
    expected = folder_name(reading.sheet.registration)
    if folder.name != expected:
        twin = folder.with_name(expected) / LEARNER_FILE
        if twin.exists():
            title, what = "Two learners with the same registration", f"{folder.name} and {expected} both say"
        else:
            title, what = "A learner's folder has the wrong name", f"{folder.name} says"
        raise Unreadable(
            title,
            f"{what} they are {reading.sheet.registration}.",
            f"Correct the registration, or call the folder {expected} if it is this learner's only one. One that "
            "was wrong is corrected so that the record goes along.",
            hint=Hint(Way.RENAME),
            file=file,
        )
    return reading.sheet


def _text_of(folder: Path, file: Path) -> str:
    from markterm.sheets.text_file import read_text_file

    try:
        return read_text_file(file)
    except Unreadable:
        # Looked for only now: of ten thousand learners nearly every one has a file that can be read.
        if not folder.is_dir():
            raise Unreadable(
                "No such learner",
                f"There is no folder {folder.name} in {folder.parent}.",
                "Look for the learner in the caseload. A new learner gets a folder with a learner.md in it; a record "
                "without a learner's folder is given to its learner.",
                hint=Hint(Way.RENAME),
            ) from None
        if not file.exists():
            raise Unreadable(
                "A learner's file is missing",
                f"{folder.name} holds no {LEARNER_FILE}, so nobody knows whose evidence it is.",
                "Write one with kind, registration and name; the mark sheets' README shows how.",
                file=file,
            ) from None
        raise
