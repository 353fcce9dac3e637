"""What makes a learner's file look like another's: the same bytes, another's name or registration in its name, or
somebody else as the first who is named on its first page.

Nobody else is named where it is told: whoever opens a learner may not see every other one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType

from markterm.domain.words.accounts_folder import ACCOUNTS_FOLDER
from markterm.domain.words.learner_names import How, LearnerNames

_ANOTHER, _BRIEFLY = "another learner", "another's "
_BYTES = "bytes"
_TELLING = {How.REGISTRATION: "the registration", How.NAME: "the name"}


FIRST_PAGE = 3_000
"""Characters of a text that count as its first page."""


def of_another(
    files: Iterable[str],
    same: Collection[str],
    names: LearnerNames,
    registration: str,
    first_pages: Mapping[str, str] = MappingProxyType({}),
) -> Mapping[str, str]:
    """By the names of those of a learner's `files` that look like another's, what does, in words. `same` are the names
    of those whose bytes another learner has; `names` knows everybody. `first_pages` are the texts of files that were
    read: whom a learner writes of is named there as well, so only who comes first is told of."""
    every = dict.fromkeys((*files, *first_pages))
    told = ((name, ", ".join(_told(name, same, names, registration, first_pages.get(name, "")))) for name in every)
    return {name: words for name, words in told if words}


def in_brief(told: str) -> str:
    """The same where there is little room: `another's bytes`, `another's name`."""
    words = {f"the same {_BYTES}": _BYTES, **{what: what.removeprefix("the ") for what in _TELLING.values()}}
    return ", ".join(f"{_BRIEFLY}{word}" for said, word in words.items() if said in told)


def in_a_word(told: str) -> str:
    """What is told of a file in brief, with `another's` alone of that: for a list, where names need the room."""
    before, briefly, _ = told.partition(_BRIEFLY)
    return before + briefly.strip()


def is_of_another(told: str) -> bool:
    """Whether words that tell of a file say so, in brief or at length."""
    return _ANOTHER in told or _BRIEFLY in told


def _told(name: str, same: Collection[str], names: LearnerNames, registration: str, first_page: str) -> Iterator[str]:
    # A recording of several learners is attached to the account of each.
    if name in same and not name.startswith(f"{ACCOUNTS_FOLDER}/"):
        yield f"the same {_BYTES} as a file of {_ANOTHER}"
    # Folders and file one by one, and signs that stand for spaces as such.
    parts = (part.replace("_", " ") for part in name.split("/"))
    found = {each.how for part in parts for each in names.named(part, but=registration)}
    in_name = next((what for how, what in _TELLING.items() if how in found), "")
    if in_name:
        yield f"{in_name} of {_ANOTHER} in its name"
        return
    first = next((each for each in names.mentions(first_page[:FIRST_PAGE]) if each.how in _TELLING), None)
    if first is not None and registration not in first.learners:
        yield f"{_TELLING[first.how]} of {_ANOTHER} on its first page"
