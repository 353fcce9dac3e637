"""What was made of a record is made once for each stamp."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.own.stamped_index import StampedIndex


def _index(path: Path) -> StampedIndex[str]:
    return StampedIndex(path, ("made", 1), str, str)


def test_what_has_the_same_stamp_is_made_once_and_what_has_none_each_time(tmp_path: Path) -> None:
    index, made = _index(tmp_path / "made.json"), iter("abcd")
    assert [index.kept("AAA1", stamp, lambda: next(made)) for stamp in ("1", "1", "2", "", "", "2")] == list("aabcdb")


def test_what_could_not_be_made_is_not_kept(tmp_path: Path) -> None:
    index = _index(tmp_path / "made.json")

    def fails() -> str:
        raise LookupError

    with pytest.raises(LookupError):
        index.kept("AAA1", "1", fails)
    assert index.get("AAA1", "1") is None
    assert index.kept("AAA1", "1", lambda: "made") == "made"
