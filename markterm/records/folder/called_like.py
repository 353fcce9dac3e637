"""Folders of records that are called like another record's: what sync clients make of one that two machines made."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

_WORD = re.compile(r"[^\W_]+")


class Alike:
    """Names of folders, by what they are called like."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._by_word: dict[str, list[str]] = {}
        for name in names:
            for word in _words(name):
                self._by_word.setdefault(word, []).append(name)

    def of(self, own: str) -> tuple[str, ...]:
        """Those that hold the name `own` as whole words, but for itself, sorted.

        L1 is not in L10, which is another learner's. It may be in the name of another learner's own folder all the
        same: what lies in it says.
        """
        words = _words(own)
        if not words:
            return ()
        # Of many registrations that begin alike only a few have the rest in common.
        likely = min([self._by_word.get(word, []) for word in words], key=len)
        if not likely or likely == [own]:
            return ()
        whole = re.compile(rf"(?<![^\W_]){re.escape(own)}(?![^\W_])", re.IGNORECASE)
        return tuple(sorted(name for name in likely if name != own and whole.search(name)))


class CalledLike:
    """The folders in `place`, listed again when the place itself changed."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._listed = -1
        self._alike = Alike()

    def of(self, own: str) -> tuple[str, ...]:
        """The names of those that are called like `own`, sorted."""
        self._list()
        return tuple(name for name in self._alike.of(own) if (self._place / name).is_dir())

    def look_again(self) -> None:
        """List them at the next question, whatever the place's own time says: some systems count it in seconds."""
        self._listed = -1

    def _list(self) -> None:
        try:
            changed = os.stat(self._place).st_mtime_ns  # noqa: PTH116  # once for every record that is read
        except OSError:
            changed = 0
        if changed != self._listed:
            self._alike = Alike(self._names())
            self._listed = changed

    def _names(self) -> Iterator[str]:
        with suppress(OSError), os.scandir(self._place) as entries:
            for entry in entries:
                yield entry.name


def _words(name: str) -> Iterable[str]:
    # Most registrations are one word, and there are ten thousand of them.
    if name.isalnum():
        return (name.casefold(),)
    return {word.casefold() for word in _WORD.findall(name)}
