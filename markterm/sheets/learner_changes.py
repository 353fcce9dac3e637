"""A learner's file with other facts: the lines that say them are changed, and nothing else of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields

from markterm.domain.assessed.learner import Learner
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.sheets.front_matter import FrontMatter, read_front_matter
from markterm.sheets.learner_file import learner_values, read_learner
from markterm.sheets.text_file import normalised

_REMARK = re.compile(r"[ \t]#[^\r\n]*")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")


def with_facts(text: str, learner: Learner) -> str:
    """The learner's file `text` so that it says `learner`: a line that says otherwise is replaced, what stands nowhere
    yet comes at the end of the front matter, keys that are not known stay.

    Raises `WrongUse` when the file says something of it in a way that only a person can change.
    """
    was = read_learner(text).sheet
    front, _ = read_front_matter(normalised(text))
    if was is not None and front is not None:
        before, after = learner_values(was), learner_values(learner)
        values = {key: value for key, value in after.items() if value != before[key]}
        # A remark behind a value stays, unless the value would be read with it.
        for with_remarks in (True, False):
            changed = _with_lines(text, front, values, with_remarks=with_remarks)
            if read_learner(changed).sheet == learner:
                return changed
    differ = [
        each.name for each in fields(Learner) if was is None or getattr(was, each.name) != getattr(learner, each.name)
    ]
    raise WrongUse(
        "The learner's file cannot be changed here",
        f"The file of {one_line(learner.registration)} says {', '.join(differ).replace('_', ' ')} in a way that only a "
        "person can change.",
        "Change it with an editor, then do it again.",
    )


def _with_lines(text: str, front: FrontMatter, values: Mapping[str, str], *, with_remarks: bool) -> str:
    lines = _LINE.findall(text)
    end = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    added = []
    for key, value in values.items():
        first, last = front.lines.get(key, (0, 0))
        if first == 0:
            added.append(f"{key}: {value}{end}")
        elif first == last:
            remark = _REMARK.search(lines[first - 1])
            kept = remark[0] if remark is not None and with_remarks else ""
            lines[first - 1] = f"{key}: {value}{kept}{end}"
    closing = front.closing_line - 1
    return "".join((*lines[:closing], *added, *lines[closing:]))
