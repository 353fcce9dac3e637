"""Reading subtitles and transcripts."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from markterm.evidence.converted import Converted, NotReadable
from markterm.evidence.readers import subtitles
from tests.examples import examples

VTT = """WEBVTT - Discussion on 3 June

STYLE
::cue { color: red }

NOTE by Sam

9f3a-11/2-0
00:05.500 --> 00:09.000 align:start
<v Zoë Marsh>I *saw* &amp; <i>heard</i> her.</v>

01:02:03.000 --> 01:02:05.000
<v Zoë Marsh>Then she left.
<v Sam>When?
"""
SRT = (
    "1\r\n00:01:23,000 --> 00:01:25,500\r\n<b>I made “tea”</b>\r\nfor all.\r\n\r\n"
    "2\r\n00:02:00,000 --> 00:02:01,000\r\nDone\r\n"
)


def _read(folder: Path, data: bytes, name: str = "a.vtt") -> Converted:
    (folder / name).write_bytes(data)
    return subtitles.read(folder / name)


def _where(read: Converted) -> dict[str, str]:
    lines = read.markdown.split("\n")
    return {place.label: lines[place.line] for place in read.places}


def test_the_words_stand_at_the_times_when_they_are_said(tmp_path: Path) -> None:
    read = _read(tmp_path, VTT.encode())
    assert read.markdown == (
        "Discussion on 3 June\n\nNOTE by Sam\n\nZoë Marsh: I \\*saw\\* & heard her.\n\nThen she left.\\\nSam: When?\n"
    )
    assert _where(read) == {"at 00:00:05": "Zoë Marsh: I \\*saw\\* & heard her.", "at 01:02:03": "Then she left.\\"}
    assert read.notes == ("Styles that were left out: 1.",)


@pytest.mark.parametrize("codec", ["utf-8", "cp1252", "utf-16"])
def test_subtitles_of_any_player_are_read(tmp_path: Path, codec: str) -> None:
    read = _read(tmp_path, SRT.encode(codec), "a.srt")
    assert read.markdown == "I made “tea”\\\nfor all.\n\nDone\n"
    assert _where(read) == {"at 00:01:23": "I made “tea”\\", "at 00:02:00": "Done"}


def test_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotReadable, match="no times"):
        _read(tmp_path, b"just words")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=examples(50))
@given(st.lists(st.text(st.sampled_from("abc <>&v\n-:1."), max_size=30), max_size=5))
def test_whatever_is_said_is_read(tmp_path: Path, cues: list[str]) -> None:
    text = "WEBVTT\n\n" + "".join(f"00:0{n}.000 --> 00:09.000\nword{n} {cue}\n\n" for n, cue in enumerate(cues))
    read = _read(tmp_path, text.encode())
    assert all(f"word{n}" in read.markdown for n in range(len(cues)))
