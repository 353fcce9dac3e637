"""`[incoming]` of `centre.toml`: how the files of a centre's own downloads are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.domain.words.errors import Unreadable
from markterm.sheets.centre_file import read_centre, render_centre
from tests.centres import CENTRE_TOML


def test_patterns_are_read_and_written_again(tmp_path: Path) -> None:
    file = tmp_path / "centre.toml"
    file.write_text(CENTRE_TOML + '\n[incoming]\nnames = ["{registration}_{name}_*"]\n', "utf-8")
    details = read_centre(file)
    assert details.incoming == ("{registration}_{name}_*",)
    file.write_text(render_centre(details), "utf-8")
    assert read_centre(file) == details


def test_a_pattern_that_names_no_learner_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "centre.toml"
    file.write_text(CENTRE_TOML + '\n[incoming]\nnames = ["{unit}_*"]\n', "utf-8")
    with pytest.raises(Unreadable, match="says of no learner who they are") as refused:
        read_centre(file)
    assert refused.value.line == CENTRE_TOML.count("\n") + 3
