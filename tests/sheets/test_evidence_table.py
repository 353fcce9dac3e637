"""`[evidence]` of `centre.toml`: where what learners hand in lies."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from markterm.domain.words.errors import Unreadable
from markterm.sheets.centre_file import read_centre, render_centre
from tests.centres import CENTRE_TOML


def _centre(folder: Path, store: str) -> Path:
    file = folder / "centre.toml"
    file.write_text(f'{CENTRE_TOML}\n[evidence]\nstore = "{store}"\n', "utf-8")
    return file


def test_the_store_is_read_and_written(tmp_path: Path) -> None:
    details = read_centre(_centre(tmp_path, "s3://college/markterm/evidence/"))
    assert details.evidence == "s3://college/markterm/evidence"
    (tmp_path / "centre.toml").write_text(render_centre(details), "utf-8")
    assert read_centre(tmp_path / "centre.toml") == details
    assert "\n[evidence]" not in render_centre(replace(details, evidence=""), with_strategy=True)


@pytest.mark.parametrize(
    "store",
    ["", "college", "http://college/x", "s3://", "s3://college", "s3://college/", "s3://c/../d", "s3://college/a//b"],
)
def test_what_is_no_address_is_refused_with_its_line(tmp_path: Path, store: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_centre(_centre(tmp_path, store))
    assert refused.value.line == len(CENTRE_TOML.splitlines()) + 3


@pytest.mark.parametrize("store", ["s3://AKIA123:secret@college/x", "s3://college/x?key=secret"])
def test_keys_in_the_address_are_refused_and_not_told_again(tmp_path: Path, store: str) -> None:
    with pytest.raises(Unreadable, match="holds keys") as refused:
        read_centre(_centre(tmp_path, store))
    assert "secret" not in f"{refused.value} {refused.value.next_step}"
