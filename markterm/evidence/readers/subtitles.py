"""Subtitles and transcripts of recordings (WebVTT, SubRip): the words, and when in the recording they are said."""

from __future__ import annotations

import html
import re
from pathlib import Path

from markterm.evidence.charset import decoded
from markterm.evidence.converted import Converted, NotReadable
from markterm.evidence.readers.draft import Draft, damage_said

# What a program numbers a cue with, and nobody says.
_NUMBER = re.compile(r"[\w:./-]*\d[\w:./-]*")
_LARGEST = 32 * 1024 * 1024
_TIME = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
_TIMES = re.compile(rf"^\s*{_TIME}\s*-->\s*{_TIME}", re.MULTILINE)
_SPEAKER = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<\d[\d:.]*>|\{\\an?\d+\}")


def read(path: Path) -> Converted:
    """What is said, each cue in a paragraph whose place is its time. Raises NotReadable when there are no times."""
    with damage_said("a file of subtitles"):
        if path.stat().st_size > _LARGEST:
            raise NotReadable(f"It is larger than {_LARGEST // 1024 // 1024} MB.")
        found = decoded(path.read_bytes())
        text = found.text.replace("\r\n", "\n").replace("\r", "\n")
        if not _TIMES.search(text) and not text.lstrip().startswith("WEBVTT"):
            raise NotReadable("There are no times in it, as subtitles have them.")
        draft = Draft()
        styles = 0
        before = ""
        for block in re.split(r"\n[ \t]*\n", text):
            lines = block.strip("\n").split("\n")
            times = next((number for number, line in enumerate(lines) if _TIMES.match(line)), None)
            if times is None:
                styles += lines[0].startswith(("STYLE", "REGION"))
                _write_remark(lines, draft)
                continue
            label = f"at {_said(lines[times])}"
            title = [line for line in lines[:times] if line.strip() and not _NUMBER.fullmatch(line.strip())]
            words, before = _words([*title, *lines[times + 1 :]], before)
            if words:
                draft.at(label)
                draft.add_text(words)
        if styles:
            draft.notes.append(f"Styles that were left out: {styles}.")
        if found.lost:
            draft.notes.append(f"Characters that could not be read and stand as \ufffd: {found.lost}.")
        return draft.converted()


def _write_remark(lines: list[str], draft: Draft) -> None:
    """What stands between the cues: remarks are shown, styles are not."""
    if lines[0].startswith(("STYLE", "REGION")):
        return
    first = lines[0].removeprefix("WEBVTT").strip(" -") if lines[0].startswith("WEBVTT") else lines[0]
    words = "\n".join(filter(None, (first.strip(), *lines[1:]))).strip()
    if words:
        draft.add_text(words)


def _words(lines: list[str], before: str) -> tuple[str, str]:
    """The words of a cue, with who says them where somebody else did before, and who that is."""
    text = "\n".join(lines)
    speakers = _SPEAKER.findall(text)

    def said(found: re.Match[str]) -> str:
        nonlocal before
        name = found[1].strip()
        begins = "" if name == before else f"{name}: "
        before = name
        return begins

    words = html.unescape(_TAG.sub("", _SPEAKER.sub(said, text)))
    return words.strip(), before if speakers else ""


def _said(line: str) -> str:
    """When a cue begins: `00:01:23`."""
    found = _TIMES.match(line)
    assert found is not None
    hours, minutes, seconds = (int(each or 0) for each in found.groups()[:3])
    return f"{hours:02}:{minutes:02}:{seconds:02}"
