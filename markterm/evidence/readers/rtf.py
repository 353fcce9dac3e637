"""Rich text files by striprtf, prepared so that notes, headers and footers are not passed over."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path

from striprtf.striprtf import rtf_to_text

from markterm.evidence.converted import Converted, NotReadable, Place
from markterm.evidence.readers.escape import escape_inline, escape_line_start, table

SUFFIXES = frozenset({".rtf"})

_LARGEST = 32 * 1024 * 1024
# A bar of the learner's own, told apart from those that the library writes at the end of each cell.
_BAR = "\x02"
_OWN_BAR = re.compile(r"\||\\'7c|\\u124(?![0-9]) ?\??", re.IGNORECASE)
# What the library passes over, in a form in which it reads it: as a group of its own with its name before it.
_PASSED_OVER = re.compile(r"\{(?:\\\*)?\s*\\(footnote|annotation|header[lrf]?|footer[lrf]?|shptxt)(?![a-z]) ?")
_NAMES = {"footnote": "[note] ", "annotation": "[comment] ", "shptxt": "[text box] "}
_PICTURE = re.compile(r"\\pict(?![a-z])")
_ESCAPED = re.compile(r"\\[\\{}]")


def read(path: Path) -> Converted:
    """The text of `path`, its paragraphs and tables counted as places. Raises NotReadable."""
    data = path.read_bytes()
    if len(data) > _LARGEST:
        raise NotReadable(f"It is larger than {_LARGEST // 1024 // 1024} MB.")
    if not data.lstrip().startswith(b"{\\rtf"):
        raise NotReadable("It is named like a rich text file, and holds something else.")
    source = data.decode("latin-1")
    text = str(rtf_to_text(_PASSED_OVER.sub(_named, _OWN_BAR.sub(_BAR, source)), errors="replace"))  # type: ignore[no-untyped-call]  # the library has no types
    lines: list[str] = []
    places: list[Place] = []
    counts = {"paragraph": 0, "table": 0}
    for kind, found in groupby(text.splitlines(), lambda line: "table" if "|" in line else "paragraph"):
        for block in [_table(list(found))] if kind == "table" else map(_paragraph, found):
            if block:
                counts[kind] += 1
                places.append(Place(len(lines), f"{kind} {counts[kind]}"))
                lines.extend([*block.split("\n"), ""])
    return Converted("\n".join(lines), tuple(places), tuple(_notes(source)))


def _named(found: re.Match[str]) -> str:
    name = found[1]
    return "{" + _NAMES.get(name, f"\\par [{name[:6]}] ")


def _table(lines: list[str]) -> str:
    rows = [[cell.replace(_BAR, "|") for cell in line.split("|")] for line in lines]
    # After the bar of the last cell comes nothing.
    return table([row[:-1] if not row[-1].strip() else row for row in rows], header=all(map(str.strip, rows[0][:-1])))


def _paragraph(line: str) -> str:
    return escape_line_start(escape_inline(" ".join(line.replace(_BAR, "|").split())))


def _notes(source: str) -> list[str]:
    notes = []
    if pictures := len(_PICTURE.findall(source)):
        notes.append(f"Pictures that are not shown: {pictures}.")
    if "\\deleted" in source:
        notes.append("Passages that were deleted with changes tracked are shown as if they were still there.")
    if "\\v " in source:
        notes.append("Text that a word processor hides is shown.")
    bare = _ESCAPED.sub("", source)
    if bare.count("{") > bare.count("}"):
        notes.append("The file breaks off before its end.")
    return notes
