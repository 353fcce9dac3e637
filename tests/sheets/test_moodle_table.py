"""`[moodle]` of `centre.toml`: read, written and refused with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.domain.assessed.moodle import MoodleSite
from markterm.domain.words.errors import Unreadable
from markterm.sheets.centre_file import read_centre, render_centre

CENTRE = 'format = 2\n\n[centre]\nnumber = "1"\nname = "A"\n\n'


def read(folder: Path, table: str) -> MoodleSite:
    file = folder / "centre.toml"
    file.write_text(CENTRE + table, "utf-8")
    details = read_centre(file)
    file.write_text(render_centre(details), "utf-8")
    assert read_centre(file) == details
    return details.moodle


def test_the_words_and_headings_of_a_site_are_read_and_written_again(tmp_path: Path) -> None:
    assert read(tmp_path, "") == MoodleSite()
    assert read(tmp_path, '[moodle]\npass = "P"\nrefer = "R"\n') == MoodleSite("P", "R")
    own = '[moodle]\npass = "P"\nrefer = "R"\n\n[moodle.columns]\nidentifier = "ID"\nlocked = "Nein"\n'
    assert read(tmp_path, own) == MoodleSite("P", "R", identifier="ID", locked="Nein")


@pytest.mark.parametrize(
    ("table", "line"),
    [
        ('[moodle]\npass = "P"\n', 7),
        ('[moodle]\npass = "P"\nrefer = "P"\n', 9),
        ('[moodle]\npass = "P"\nrefer = ""\n', 9),
        ('[moodle]\npass = "P"\nrefer = "R"\nfail = "F"\n', 10),
        ('[moodle]\npass = "P"\nrefer = "R"\n[moodle.columns]\nid = "ID"\n', 11),
    ],
)
def test_what_does_not_fit_is_refused_with_its_line(tmp_path: Path, table: str, line: int) -> None:
    with pytest.raises(Unreadable) as refused:
        read(tmp_path, table)
    assert refused.value.line == line
