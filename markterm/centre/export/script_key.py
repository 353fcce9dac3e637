"""The key to anonymised scripts: written apart from them, and never over another one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path

from markterm.centre.export.exports import Exports
from markterm.centre.export.scripts import Scripts
from markterm.domain.words.errors import WrongUse
from markterm.exports.export import Export
from markterm.exports.placing import BESIDE, SIGNED

_KEYS = "keys"


def with_key(exports: Exports, scripts: Scripts, target: Path, named: Path | None) -> Export:
    """The scripts, with the key to them, which goes to `named`, or else to the first free name in the folder keys of
    the centre's exports, and of whoever is signed in beside their other files, where they can fetch it: it is there
    while they are written, and is gone again when they could not be.

    Raises `WrongUse` when something is there, or when it is in the `target`, which goes to those who are not to know;
    and again when they are written, to wherever that is then.
    """
    place = _place(exports, scripts, target, named)
    told = f"Whose each script is stands in {exports.named_files.told(place)}."
    return replace(
        scripts.pack, caveats=(*scripts.pack.caveats, told), apart=partial(_key_written, exports, scripts, place)
    )


def _place(exports: Exports, scripts: Scripts, target: Path, named: Path | None) -> Path:
    if named is None:
        usual = exports.usual_target(scripts.key)
        folder = usual.parent if exports.named_files.theirs else usual.parent / _KEYS
        free = (folder / f"{usual.stem}{f' ({number})' * (number > 1)}.csv" for number in count(1))
        named = next(place for place in free if not place.exists())
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
def _key_written(exports: Exports, scripts: Scripts, place: Path, target: Path) -> Iterator[None]:
    exports.write(scripts.key, _place(exports, scripts, target, place))
    try:
        yield
    except BaseException:
        for end in ("", BESIDE, SIGNED):
            place.with_name(f"{place.name}{end}").unlink(missing_ok=True)
        raise
