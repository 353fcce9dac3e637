"""The notes that are kept beside the records: a cache that can be thrown away at any time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from markterm.domain.record.event import Result
from markterm.domain.remarks.remark import CriterionKey, Use
from markterm.domain.remarks.remark_places import Pronouns
from markterm.own.remark_index import remark_index
from tests.samples import AT, KEY

USES = (
    Use("AAA1", "jm", CriterionKey(KEY, "1.1"), Result.PASS, AT, "{They} said \ud800 “more”\n", Pronouns.SHE),
    Use("AAA1", "ak", CriterionKey(KEY, "1.10"), Result.REFER, AT, "x" * 1_000_000),
)


def test_what_is_kept_is_there_at_the_next_start(tmp_path: Path) -> None:
    index = remark_index(tmp_path / "cache" / "remarks.json", "1")
    index.put("AAA1", "stamp", USES)
    index.put("BBB2", "stamp", ())
    index.save()
    again = remark_index(tmp_path / "cache" / "remarks.json", "1")
    assert again.get("AAA1", "stamp") == USES
    assert again.get("BBB2", "stamp") == ()
    assert again.get("AAA1", "other") is None
    assert again.get("CCC3", "stamp") is None


def test_a_record_that_is_gone_is_forgotten(tmp_path: Path) -> None:
    index = remark_index(tmp_path / "remarks.json", "1")
    index.put("AAA1", "stamp", USES)
    index.keep_only({"BBB2"})
    index.save()
    assert remark_index(tmp_path / "remarks.json", "1").get("AAA1", "stamp") is None


def test_what_another_version_kept_is_not_used(tmp_path: Path) -> None:
    index = remark_index(tmp_path / "remarks.json", "1")
    index.put("AAA1", "stamp", USES)
    index.save()
    assert remark_index(tmp_path / "remarks.json", "2").get("AAA1", "stamp") is None


@pytest.mark.parametrize(
    "line", ["", "{", "[]", "[1]", '["AAA1","stamp",[[1]]]', '["AAA1","stamp",[["A","j","c","v","1","merit","",""]]]']
)
def test_a_damaged_cache_is_built_anew(tmp_path: Path, line: str) -> None:
    path = tmp_path / "remarks.json"
    index = remark_index(path, "1")
    index.put("AAA1", "stamp", ())
    index.save()
    header = path.read_text("ascii").split("\n")[0]
    path.write_text(f"{header}\n{line}", "ascii")
    index = remark_index(path, "1")
    assert index.get("AAA1", "stamp") is None
    index.put("AAA1", "stamp", USES)
    index.save()
    assert json.loads(path.read_text("ascii").split("\n")[1])[0] == "AAA1"


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "ascii")
    index = remark_index(tmp_path / "file" / "remarks.json", "1")
    index.put("AAA1", "stamp", USES)
    index.save()
    assert index.get("AAA1", "stamp") == USES
