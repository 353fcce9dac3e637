"""The names in the zip of submissions that Moodle gives out: feedback goes back under the same."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from markterm.domain.words.errors import Unreadable
from markterm.domain.words.letters import plain
from markterm.exports.downloaded_zip import names_in

_PREFIX = re.compile(
    r"(?P<prefix>(?P<who>[^_/\\]+)_(?P<number>[0-9]{1,18})_assignsubmission_(?P<plugin>[a-z]+))(?P<rest>.*)", re.S
)
_WORD = re.compile(r"[^\W_]+")
_WITHIN_WORDS = re.compile(r"['`\"]")


@dataclass(frozen=True, slots=True)
class Place:
    """Where feedback to a participant goes in the zip that is taken back: behind `begins` stands the file's name. `who`
    it is there is a name, perhaps with a group before it, or the same word for everybody."""

    number: str
    begins: str
    who: str = ""

    def names(self, name: str) -> bool:
        """Whether it is called after somebody of that name: Moodle leaves out signs such as an apostrophe."""
        words = _words(name)
        return bool(words) and words <= _words(self.who)


def number_of(name: str) -> str:
    """The participant's number in the name of a folder or file that was downloaded; empty where there is none."""
    found = _PREFIX.fullmatch(name)
    return found["number"] if found is not None else ""


def places_in(file: Path) -> dict[str, Place]:
    """Where feedback goes, by the participant's number. Only names are read. Raises `Unreadable`."""
    places = _places(names_in(file, "Moodle"))
    if not places:
        raise Unreadable(
            "This is no zip of submissions",
            "No name in it is one that Moodle gives to a participant's submission.",
            "Download all submissions of the assignment from Moodle, and name that zip.",
            file=file,
        )
    return places


def _places(names: Iterable[str]) -> dict[str, Place]:
    """A file that was handed in goes before a text that was typed into Moodle."""
    found: dict[str, tuple[bool, Place]] = {}
    for name in names:
        folder, slash, _ = name.partition("/")
        match = _PREFIX.fullmatch(folder)
        if match is None:
            continue
        is_file = match["plugin"] == "file"
        begins = f"{folder}/" if slash else f"{match['prefix']}_"
        if match["number"] not in found or (is_file and not found[match["number"]][0]):
            found[match["number"]] = is_file, Place(match["number"], begins, match["who"])
    return {number: place for number, (_, place) in found.items()}


def _words(name: str) -> set[str]:
    return set(_WORD.findall(_WITHIN_WORDS.sub("", plain(name))))
