"""Filters that the user keeps under a name, in `filters.toml` of their configuration folder: of the caseload of any
centre, on the screen and on the command line."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from markterm.domain.views.caseload_filter import CASELOAD_FILTER
from markterm.domain.views.filter_words import refuse_turned_round, spelt_out
from markterm.domain.words.errors import NotSaved, Unreadable, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.letters import plain
from markterm.domain.words.nearly import did_you_mean
from markterm.system.platform import alone_in, replace_file
from markterm.system.regular_file import open_regular

FILTERS_FILE = "filters.toml"
_NAME = re.compile(r"[a-z][a-z0-9-]{1,23}")


class SavedFilters:
    """What is in the file, read anew each time: another window may have saved one."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / FILTERS_FILE

    def by_name(self) -> Mapping[str, str]:
        """The words of each filter, by its name. Raises `Unreadable` for a file that is none of ours."""
        filters = self._read().get("filters", {})
        found = filters.items() if isinstance(filters, dict) else ()
        return {name: one_line(words) for name, words in found if isinstance(words, str) and _NAME.fullmatch(name)}

    @property
    def opens_with(self) -> str:
        """The name of that with which the caseload opens on the screen; empty where it opens with everybody. Raises
        `Unreadable`."""
        name = self._read().get("opens_with", "")
        return name if isinstance(name, str) and name in self.by_name() else ""

    def save(self, name: str, words: str) -> str:
        """Keep these words under that name, in place of what it had, with those of saved filters in place of their
        names; returns the name as it is kept. Raises `WrongUse` for a name that is none or a filter that lets nobody
        through, `Unreadable` and `NotSaved`."""
        called = plain(name.strip())
        if not _NAME.fullmatch(called) or called in CASELOAD_FILTER.fields:
            raise WrongUse(
                "No name for a filter",
                f"{one_line(name) or 'Nothing'} is no name for a filter.",
                "Take one word of 2 to 24 letters, figures and hyphens that is no field.",
            )
        if not words.strip():
            raise WrongUse("No filter", "There is nothing to save.", "Give the words of the filter.")
        # A name in it would stand for nothing: one is looked for in what is typed, and not in what it stands for.
        with self._alone():
            saved = self.by_name()
            refuse_turned_round(words, saved)
            spelt = spelt_out(words, saved)
            CASELOAD_FILTER.check(spelt)
            self._write({**saved, called: one_line(spelt)}, self.opens_with)
        return called

    def delete(self, name: str) -> None:
        """Keep that filter no more. Raises `WrongUse` where there is none of that name, `Unreadable` and `NotSaved`."""
        with self._alone():
            saved, called = dict(self.by_name()), self.known(name)
            del saved[called]
            self._write(saved, "" if self.opens_with == called else self.opens_with)

    def open_with(self, name: str) -> None:
        """Have the caseload open with that filter, or with everybody where the name is empty. Raises the same."""
        with self._alone():
            self._write(self.by_name(), self.known(name) if name else "")

    def known(self, name: str) -> str:
        """The name as it is kept. Raises `WrongUse` where there is none of that name."""
        saved, called = self.by_name(), plain(name.strip())
        if called not in saved:
            there_are = f"There are {', '.join(saved)}." if saved else "None is saved yet."
            meant = did_you_mean(name, saved, there_are)
            raise WrongUse("No such filter", f"No filter is saved as {one_line(name)}.", meant)
        return called

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """From reading the file to writing it nobody else changes it: of two at once the second keeps the first's."""
        with ExitStack() as stack:
            try:
                self.file.parent.mkdir(parents=True, exist_ok=True)
                stack.enter_context(alone_in(self.file.parent))
            except OSError as error:
                raise self._not_saved(error) from None
            yield

    def _read(self) -> dict[str, object]:
        try:
            with open_regular(self.file) as file:
                return tomllib.load(file)
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, RecursionError) as error:
            raise Unreadable(
                "The saved filters cannot be read",
                one_line(str(error)),
                "Mend the file with an editor, or delete it.",
                file=self.file,
            ) from None

    def _write(self, saved: Mapping[str, str], opens_with: str) -> None:
        # A basic string of TOML is written as JSON's, but for characters that JSON would write as two.
        lines = [f"opens_with = {json.dumps(opens_with)}"] if opens_with else []
        lines += ["[filters]", *(f"{name} = {json.dumps(words, ensure_ascii=False)}" for name, words in saved.items())]
        try:
            replace_file(self.file, "".join(f"{line}\n" for line in lines).encode())
        except OSError as error:
            raise self._not_saved(error) from None

    def _not_saved(self, error: OSError) -> NotSaved:
        what = one_line(error.strerror or str(error))
        return NotSaved("The filter was not saved", what, "Look at the folder.", file=self.file)
