"""Where the key to anonymised scripts is written: apart from them, and never over another one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from markterm.centre.export.exports import Exports
from markterm.centre.export.scripts import Scripts
from markterm.domain.words.errors import WrongUse
from markterm.exports.placing import BESIDE, SIGNED

_KEYS = "keys"


def place_of_key(exports: Exports, scripts: Scripts, target: Path, named: Path | None) -> Path:
    """Where the key goes: to `named`, or else to the first free name in the folder keys of the centre's exports.

    Raises `WrongUse` when something is there, or when it is in the `target`, which goes to those who are not to know.
    """
    if named is None:
        usual = exports.usual_target(scripts.key)
        free = (usual.with_name(f"{usual.stem}{f' ({number})' * (number > 1)}.csv") for number in count(1))
        named = next(place for each in free if not (place := each.parent / _KEYS / each.name).exists())
    key, pack = named.resolve(), target.resolve()
    if key == pack or pack in key.parents:
        raise WrongUse(
            "The key is not written into the scripts",
            f"{named} is within {target}, which goes to those who are not to know whose a script is.",
            "Name another place for it.",
        )
    if os.path.lexists(named):
        raise WrongUse(
            "There is a key already",
            f"{named} was left as it is: nobody can tell any more whose the scripts are when their key is gone.",
            "Name another place for the key.",
            file=named,
        )
    exports.check_target(named)
    return named


@contextmanager
def key_written(exports: Exports, scripts: Scripts, place: Path) -> Iterator[None]:
    """The key is there while the scripts are written, and is gone again when they could not be. Raises what
    `Exports.write` raises."""
    exports.write(scripts.key, place)
    try:
        yield
    except BaseException:
        for end in ("", BESIDE, SIGNED):
            place.with_name(f"{place.name}{end}").unlink(missing_ok=True)
        raise
