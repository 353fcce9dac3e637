"""The templates: those that are shipped, and a centre's own, which win."""

from __future__ import annotations

import re
from pathlib import Path
from shutil import copyfile

from markterm.domain.words.errors import NotSaved, Unreadable, WrongUse

SHIPPED = Path(__file__).parent / "templates"
"""The templates as they come with MarkTerm: `document.typ`, which says how each part is laid out, and `layout.typ`,
which says how a page looks."""
_FETCHED = re.compile(r'"@\w+/')
_LARGEST = 20_000_000

Stamp = tuple[tuple[str, int, int], ...]


def written_templates(folder: Path) -> tuple[Path, ...]:
    """The shipped templates, written into `folder` to be changed: the paths. Raises `WrongUse` where one is there
    already, and `NotSaved`."""
    names = sorted(each.name for each in SHIPPED.glob("*.typ"))
    for name in names:
        if (folder / name).exists():
            raise WrongUse(
                "There is a template already",
                f"{folder / name} is there, and may have been changed.",
                "Name another folder, or take it away first.",
                file=folder / name,
            )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in names:
            copyfile(SHIPPED / name, folder / name)
    except OSError as error:
        raise NotSaved(
            "The templates were not written",
            f"The system said: {error.strerror or error}.",
            "Name a folder to write in.",
            file=folder,
        ) from error
    return tuple(folder / name for name in names)


def stamp(folder: Path) -> Stamp:
    """What tells whether something in a folder of templates changed; empty where there are none."""
    return tuple(
        (str(each.relative_to(folder)), (now := each.stat()).st_mtime_ns, now.st_size) for each in _files(folder)
    )


def merge(folder: Path, into: Path) -> None:
    """Put the files of `folder` into the folder `into`, and what is shipped where there is none of that name.

    Raises `Unreadable` where a file cannot be read, or a template would fetch something from elsewhere.
    """
    for each in _files(folder):
        place = into / each.relative_to(folder)
        try:
            if each.suffix == ".typ":
                _check_alone(each)
            if each.stat().st_size > _LARGEST:
                raise Unreadable("A template is too large", f"{each} is no picture for a page.", "Make it smaller.")
            place.parent.mkdir(parents=True, exist_ok=True)
            copyfile(each, place)
        except (OSError, UnicodeDecodeError) as error:
            raise Unreadable(
                "A template cannot be read", f"{each}: {error}.", "Look at the file, or take it away.", file=each
            ) from error
    for each in SHIPPED.glob("*.typ"):
        if not (into / each.name).exists():
            copyfile(each, into / each.name)


def _files(folder: Path) -> list[Path]:
    return sorted(each for each in folder.rglob("*") if each.is_file()) if folder.is_dir() else []


def _check_alone(template: Path) -> None:
    for number, line in enumerate(template.read_text("utf-8").splitlines(), 1):
        if _FETCHED.search(line):
            raise Unreadable(
                "A template would fetch a package",
                "What leaves the centre is made on this machine alone.",
                "Put what it needs beside it, as a file.",
                file=template,
                line=number,
            )
