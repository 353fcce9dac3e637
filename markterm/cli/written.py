"""Files that a command writes because it was told to."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from markterm.domain.words.errors import NotSaved, WrongUse


def write_file(path: Path, text: str, *, force: bool = False, otherwise: str = "Name another file.") -> None:
    """Write `text` to a new file, or with `force` over one that is there.

    Raises `WrongUse` with `otherwise` as what to do when it is there, and `NotSaved`.
    """
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        if force:
            # Beside it first: a disk that fills up half-way leaves the sheet that is there as it is.
            beside.write_text(text, "utf-8", newline="\n")
            beside.replace(path)
        else:
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
    except FileExistsError:
        raise WrongUse("The file is there already", f"{path} was left as it is.", otherwise, file=path) from None
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise NotSaved(
            "The sheet could not be written",
            f"The system said: {error.strerror or error}.",
            "Check that the folder exists, may be written to, and that the disk has room.",
            file=path,
        ) from error
