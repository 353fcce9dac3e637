"""What somebody meant who named a thing that there is not: what is spelt nearly so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.letters import plain

_NEARLY = 0.74
_TURNED_ROUND = 0.9
_PARTS = re.compile(r"[-/\s.]")


def nearest(typed: str, among: Iterable[str], forms: Callable[[str], Iterable[str]] = lambda each: (each,)) -> str:
    """Which of `among` is spelt most nearly as what was typed, as a whole or by the end of its code (`510` as
    `8580-501`); empty where none is. `forms` gives the ways in which one of them may be named."""
    from difflib import SequenceMatcher  # A name that is right costs nothing.

    wanted, best, found = plain(typed).strip(), _NEARLY, ""
    compared = SequenceMatcher(autojunk=False)
    compared.set_seq2(wanted)
    for each in among:
        for form in forms(each):
            ends = (plain(form), _PARTS.split(plain(form))[-1])
            is_number = form.replace(".", "").isdecimal()
            for end in dict.fromkeys(ends) if not is_number else ends[:1]:
                if best < _TURNED_ROUND and not is_number and len(end) > 2 and sorted(end) == sorted(wanted):
                    best, found = _TURNED_ROUND, each
                compared.set_seq1(end)
                if compared.real_quick_ratio() > best and (likeness := compared.ratio()) > best:
                    best, found = likeness, each
    return found


def did_you_mean(
    typed: str, among: Iterable[str], there_are: str = "", forms: Callable[[str], Iterable[str]] = lambda each: (each,)
) -> str:
    """What to do about a name that is none: `Did you mean asha?`, where there is one like it, and then which
    `there_are`."""
    near = nearest(typed, among, forms)
    return " ".join(filter(None, (f"Did you mean {one_line(near)}?" if near else "", there_are)))
