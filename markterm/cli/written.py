"""Files that a command writes because it was told to."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from markterm.domain.words.errors import NotSaved, WrongUse
from markterm.domain.words.foreign_text import one_line

_NO_TEXTS = frozenset([".doc", ".docx", ".eml", ".htm", ".html", ".odt", ".pdf", ".rtf"])


def write_file(
    path: Path, text: str, *, force: bool = False, otherwise: str = "Name another file.", printed: str = ""
) -> None:
    """Write `text`, which is Markdown, to a new file, or with `force` over one that is there.

    Raises `WrongUse` with `otherwise` as what to do when it is there, and where it is called like a file of another
    kind, which would not open, with the command that writes such files, `printed`; and `NotSaved`.
    """
    if path.suffix.lower() in _NO_TEXTS:
        raise WrongUse(
            "That is written as Markdown",
            f"A file called {one_line(path.name)} with Markdown in it would not open.",
            f"Name it {one_line(path.stem)}.md{f', or write it with {printed}' if printed else ''}.",
        )
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
