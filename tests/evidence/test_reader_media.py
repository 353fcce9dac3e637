"""Reading what recordings say of themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.evidence.converted import NotReadable
from markterm.evidence.readers import media
from tests.evidence import made_more


def _read(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    return media.read(path).markdown


@pytest.mark.parametrize(("seconds", "said"), [(0.5, "0.5 s"), (65, "1 min 5 s"), (120, "2 min")])
def test_the_length_is_said(tmp_path: Path, seconds: float, said: str) -> None:
    markdown = _read(tmp_path / "talk.wav", made_more.wav(seconds))
    assert markdown == f"A sound recording (WAV), {said}. It can be opened outside.\n"


def test_titles_are_shown_and_make_no_markup(tmp_path: Path) -> None:
    markdown = _read(tmp_path / "talk.MP3", made_more.mp3("*Professional* discussion"))
    assert "A sound recording (MP3), 5 s." in markdown
    assert "- Title: \\*Professional\\* discussion" in markdown


def test_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotReadable, match="sound recording"):
        _read(tmp_path / "talk.wav", b"hello")
