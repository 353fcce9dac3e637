"""The learner's files as they are listed: each followed by the files within it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from rich.cells import cell_len

from markterm.centre.evidence import Evidence
from markterm.domain.incoming.of_another import in_a_word
from markterm.domain.record.submission import Changes
from markterm.domain.words.code import short_codes
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.evidence.folder import EvidenceFile, EvidenceFolder, size_words, to_read_first
from markterm.tui.widgets.line_list import fit
from markterm.tui.widgets.middle_cut import middle_cut

_BETWEEN = "  "
_LEAST_OF_NAME = 24
_TRIED = 3


def listed_now(evidence: Evidence, registration: str) -> EvidenceFolder:
    """The files that the learner handed in; none, and why, where whoever looks may not see them any more, as when the
    learner was given to somebody else meanwhile. For what looks by itself, behind a screen: nothing ends by it."""
    try:
        return evidence.listed(registration)
    except MarkTermError as error:
        why = f"{error.title}. {error.what}"
        return EvidenceFolder(problems=(why,), unreachable=why)


def with_held(
    files: Sequence[EvidenceFile], holder: EvidenceFile, held: Sequence[EvidenceFile]
) -> tuple[EvidenceFile, ...]:
    """The files with those that `holder` holds after it, as far as they are not listed there yet."""
    if holder not in files:
        return tuple(files)
    place = files.index(holder)
    end = place + 1
    while end < len(files) and files[end].name.startswith(f"{holder.name}/"):
        end += 1
    listed = files[place + 1 : end]
    names = {each.name for each in held}
    if names <= {each.name for each in listed}:
        return tuple(files)
    return (*files[: place + 1], *held, *(each for each in listed if each.name not in names), *files[end:])


def listed_anew(
    files: Sequence[EvidenceFile], before: Sequence[EvidenceFile], now: Sequence[EvidenceFile]
) -> tuple[EvidenceFile, ...]:
    """The files that lie in the folder `now`; those within them go on after them, as they did in `files` when those of
    `before` lay there."""
    own, held, holder = set(before), dict[str, list[EvidenceFile]](), ""
    for file in files:
        if file in own:
            holder = file.name
        else:
            held.setdefault(holder, []).append(file)
    return tuple(each for file in now for each in (file, *held.get(file.name, ())))


def first_to_open(files: Sequence[EvidenceFile]) -> Sequence[EvidenceFile | None]:
    """What is opened first, one after the other until there is something to read: nobody waits for ten that fail. None
    where no file can be read: then the first of all says so, if there is one."""
    return to_read_first(files)[:_TRIED] or [None]


def file_lines(
    files: Sequence[EvidenceFile],
    shown_name: Callable[[str], str],
    changes: Mapping[str, Changes],
    room: int,
    told_of: Callable[[str], str] = lambda _: "",
) -> list[str]:
    """A line of at most `room` cells a file: its name, cut in its middle where it has to be, what it is and its size in
    columns, what the record tells of it, and what became of it since a unit was submitted."""
    names = [one_line(shown_name(file.name)) for file in files]
    kinds, sizes = [one_line(file.kind_words) for file in files], [size_words(file.size) for file in files]
    fates = [
        one_line("  ".join(filter(None, (in_a_word(told_of(file.name)), _since(file.name, changes))))) for file in files
    ]
    kind, size = _widest(kinds), _widest(sizes)
    left = room - kind - size - 2 * len(_BETWEEN) - (_widest(fates) and _widest(fates) + len(_BETWEEN))
    name = min(_widest(names), max(left, _LEAST_OF_NAME))
    return [
        _BETWEEN.join(filter(None, (fit(middle_cut(called, name), name), fit(what, kind), big.rjust(size), fate)))
        for called, what, big, fate in zip(names, kinds, sizes, fates, strict=True)
    ]


def _widest(words: Sequence[str]) -> int:
    return max(map(cell_len, words), default=0)


def _since(name: str, changes: Mapping[str, Changes]) -> str:
    short = short_codes(changes)
    fates = {fate: unit for unit, changed in changes.items() if (fate := changed.of(name))}
    return "  ".join(f"{fate} since {short[unit]} was submitted" for fate, unit in fates.items())
