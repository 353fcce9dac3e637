"""Which record lies in a folder of records, without reading it."""

from __future__ import annotations

from pathlib import Path

from markterm.records.folder.segment import SUFFIX, record_name
from markterm.system.platform import folder_name


class RecordNames:
    """The names of the records in the folders of `place`. What a folder's segments said is asked of them once."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._said: dict[str, frozenset[str]] = {}

    def in_folder(self, name: str) -> frozenset[str]:
        """The record whose own folder that is: called as the folder is, or as its segments say where that could not
        name one. None or, if somebody made them alike, several."""
        if folder_name(name) == name:
            return frozenset((name,))
        said = self._said.get(name) or self._read(name)
        if said:
            self._said[name] = said
        return said

    def _read(self, name: str) -> frozenset[str]:
        said = (record_name(path) for path in sorted((self._place / name).glob(f"*{SUFFIX}")))
        return frozenset(each for each in said if each is not None and folder_name(each) == name)
