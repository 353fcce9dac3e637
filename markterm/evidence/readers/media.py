"""Recordings by tinytag: how long they are and what they are called. They are heard and seen outside."""

from __future__ import annotations

from pathlib import Path

from tinytag import TinyTag

from markterm.evidence.converted import Converted, NotReadable
from markterm.evidence.readers.draft import Draft, damage_said
from markterm.evidence.readers.escape import escape_inline, escape_line_start

_SOUND = frozenset({".mp3", ".m4a", ".m4b", ".wav", ".ogg", ".oga", ".opus", ".flac", ".wma", ".aac", ".aif", ".aiff"})
_FILM = frozenset({".mp4", ".m4v", ".mov"})


def read(path: Path) -> Converted:
    """Duration and titles of `path`. Raises NotReadable when it is not a recording."""
    suffix = path.suffix.lower()
    kind = "film" if suffix in _FILM else "sound recording"
    with damage_said(f"a {kind}"):
        # By its first bytes: tinytag does not know `.mov`, which is built like `.mp4`.
        with path.open("rb") as stream:
            tag = TinyTag.get(file_obj=stream)
        if not tag.duration and suffix in _SOUND:
            raise NotReadable("This sound recording is empty or damaged: it does not say how long it is.")
        draft = Draft()
        length = _length(tag.duration) if tag.duration else "of unknown length"
        draft.add(f"A {kind} ({suffix.removeprefix('.').upper()}), {length}. It can be opened outside.")
        facts = [
            ("Title", tag.title),
            ("By", tag.artist),
            ("Album", tag.album),
            ("Date", tag.year),
            ("Comment", tag.comment),
            *((name.replace("_", " ").capitalize(), value) for name, values in tag.other.items() for value in values),
        ]
        draft.add("\n".join(f"- {name}: {_shown(str(value))}" for name, value in facts if value))
        return draft.converted()


def _shown(text: str) -> str:
    return escape_line_start(escape_inline(" ".join(text.split())))


def _length(seconds: float) -> str:
    """`1 h 2 min 5 s`; what is shorter than a second is said in tenths."""
    if seconds < 1:
        return f"{seconds:.1f} s"
    minutes, left = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(hours, "h"), (minutes, "min"), (left, "s")]
    return " ".join(f"{amount} {unit}" for amount, unit in parts if amount)
