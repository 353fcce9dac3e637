"""Files as a person names them: from the centre's folder on, or among their own where a server signed them in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from markterm.centre.folder import CentreFolder
from markterm.domain.assessed.serving import MOST_FILES, Serving
from markterm.domain.words.errors import MarkTermError, Refused, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.own.places import CentrePlaces


class NamedFiles:
    """Names of files in `folder`, with what is exported in `exports`. Where that folder is all that is `theirs`,
    with `room` for so many bytes, nothing outside of it has a name."""

    def __init__(self, folder: Path, exports: Path, room: int | None = None) -> None:
        self._folder = folder
        self._room = room
        self.exports = exports
        self.theirs = room is not None

    @classmethod
    def of_whoever_acts(cls, folder: CentreFolder, own: CentrePlaces, serving: Serving) -> NamedFiles:
        """Of whoever acts in that centre: on a machine of their own, or signed in to a server."""
        return cls.of_signed_in(own.files, serving.room) if own.signed_in else cls.of_centre(folder)

    @classmethod
    def of_centre(cls, folder: CentreFolder) -> NamedFiles:
        """Of whoever works on a machine of their own."""
        return cls(folder.path, folder.exports)

    @classmethod
    def of_signed_in(cls, own: Path, room: int) -> NamedFiles:
        """Of whoever is signed in to a server, in their `own` folder there, with `room` for so many bytes."""
        return cls(own, own, room)

    @property
    def where(self) -> str:
        """Where a name begins, in words."""
        return "your files on the server" if self.theirs else "the centre's folder"

    def named(self, text: str) -> Path:
        """The place that somebody means by what they wrote. Raises `Refused` where it is none of theirs."""
        if not self.theirs:
            return self._folder / os.path.expanduser(text)  # noqa: PTH111  # of Path it raises where nobody is called so
        folder = Path(os.path.realpath(self._folder))
        try:
            place = Path(os.path.realpath(folder / text))
        except ValueError:  # what nothing can be called
            place = Path("/")
        if not place.is_relative_to(folder):
            raise Refused(
                "That is none of your files",
                f"{one_line(text)} is not among the files that you sent to the server.",
                "Send the file first, then name it as it is called.",
            )
        return place

    def check_reached(self, place: Path) -> None:
        """Raises `WrongUse` where whoever a server signed in would never see again what is written there: of their own
        files they are shown those that lie in no folder, and none that is hidden."""
        if not self.theirs:
            return
        if place.name.startswith(".") or os.path.realpath(place.parent) != os.path.realpath(self._folder):
            raise WrongUse(
                "You could not fetch it there",
                f"{one_line(self.told(place))} would lie in a folder of its own, or be hidden: only what lies in no "
                "folder is listed among your files on the server.",
                "Name it without a folder, and without a full stop at the beginning.",
            )

    def check_room(self, target: Path, size: int = 0) -> None:
        """Raises `Refused` where whoever a server signed in has no room for so many bytes at that place beside their
        other files. Reads the folder."""
        if self._room is None:
            return
        others = self._sizes_beside(target)
        if len(others) >= MOST_FILES:
            what = f"You have {len(others):,} there, and nobody may have more than {MOST_FILES:,}."
        elif sum(others) + max(size, 1) > self._room:
            what = f"All of them may have {self._room:,} bytes, and there are {sum(others):,} without this one."
        else:
            return
        raise Refused(
            "There is no room among your files on the server",
            f"{what} Nothing of it was left behind.",
            "Remove what you need no more of your files, then do it again.",
        )

    def _sizes_beside(self, target: Path) -> list[int]:
        sizes = []
        with suppress(FileNotFoundError), os.scandir(self._folder) as entries:
            for each in entries:
                if not each.name.startswith(".") and each.name != target.name:
                    with suppress(FileNotFoundError):  # It was removed meanwhile.
                        sizes.append(each.stat(follow_symlinks=False).st_size)
        return sizes

    def newest(self) -> str:
        """What somebody who is signed in sent last, as they would name it; empty where they sent nothing, and in the
        centre's own folder. Reads the folder."""
        if not self.theirs:
            return ""
        try:
            with os.scandir(self._folder) as entries:
                sent = [(each.stat().st_mtime, each.name) for each in entries if not each.name.startswith(".")]
        except OSError:
            return ""
        return max(sent, default=(0.0, ""))[1]

    def completed(self, text: str, endings: tuple[str, ...]) -> str:
        """How a path that was begun may go on: to the first folder, or file of such an ending, that begins so; empty
        where there is none. Reads the folder."""
        begun = text.rpartition(os.sep)[2]
        try:
            with os.scandir(self.named(text[: len(text) - len(begun)])) as entries:
                fits = sorted(
                    (not each.is_dir(), each.name)
                    for each in entries
                    if each.name.startswith(begun)
                    and (begun or not each.name.startswith("."))
                    and (each.is_dir() or each.name.casefold().endswith(endings))
                    and one_line(each.name) == each.name  # What is shown otherwise cannot be written.
                )
        except (OSError, Refused):
            return ""
        return f"{text}{fits[0][1][len(begun) :]}{'' if fits[0][0] else os.sep}" if fits else ""

    def told(self, place: Path) -> str:
        """That place as they would write it."""
        folder = Path(os.path.realpath(self._folder)) if self.theirs else self._folder
        return str(place.relative_to(folder) if place.is_relative_to(folder) else place)

    def whole(self, place: Path) -> str:
        """That place whole; for whoever a server signed in as they would write it: its folders are none of theirs."""
        return self.told(place) if self.theirs else str(place)

    @contextmanager
    def as_named(self) -> Iterator[None]:
        """What goes wrong meanwhile with a file of whoever a server signed in is told as they would write it."""
        try:
            yield
        except MarkTermError as error:
            if self.theirs:
                for folder in {str(self._folder), os.path.realpath(self._folder)}:
                    error.what = error.what.replace(f"{folder}{os.sep}", "")
                    error.next_step = error.next_step.replace(f"{folder}{os.sep}", "")
                error.args, error.file = (f"{error.title}: {error.what}",), None
            raise
