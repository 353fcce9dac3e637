"""A file that comes in, as a person is asked about it: whose it is, what is there already, and what to know of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from markterm.domain.incoming.whose import NAMES_NOBODY, Sureness, Whose
from markterm.domain.words.counted import counted

_NAMED = 3


@dataclass(frozen=True, slots=True)
class ArrivingFile:
    """A file of the download called `source`, under `name` there, the one of that `number` of all that come in. `whose`
    is what its name says, `to` the registration that a person gave, empty where nobody did.

    `there` is the name under which the learner has these bytes already, `elsewhere` are the registrations of others who
    have them, here or in the download; `twice` is the name of an earlier one of the download with the same bytes for
    the same learner. `left` is why it is not taken, whoever it is of, `departed` that its learner left, with
    the day; `notes` is what else to know.
    """

    number: int
    source: str
    name: str
    size: int
    sha256: str
    whose: Whose
    to: str = ""
    there: str = ""
    twice: str = ""
    elsewhere: tuple[str, ...] = ()
    left: str = ""
    departed: str = ""
    notes: tuple[str, ...] = field(default=())

    @property
    def learner(self) -> str:
        """Whose it is, as a person said or its name tells; empty when that is nobody or several."""
        return self.to or self.whose.learner

    @property
    def sureness(self) -> Sureness:
        """How sure that is: what a person said is."""
        return Sureness.SURE if self.to else self.whose.sureness

    @property
    def why(self) -> str:
        """What says so, in words."""
        return "as it was said" if self.to else self.whose.why

    def is_taken(self, least: Sureness) -> bool:
        """Whether it is put at its place when all are taken that are at least so sure."""
        enough = self.sureness is Sureness.SURE or (least is Sureness.LIKELY and self.sureness is Sureness.LIKELY)
        return bool(enough and self.learner and not self.left and not self.there and not self.twice)

    def waits_as(self, other: ArrivingFile) -> bool:
        """Whether it waits for the same answer as another one of the download: what is said of whose they are is the
        same, and more than nothing."""
        of_one = (self.source, self.whose.learners, self.whose.why) == (
            other.source,
            other.whose.learners,
            other.whose.why,
        )
        waits = self.sureness is not Sureness.SURE and not self.left and not self.is_there
        return of_one and waits and self.whose.why != NAMES_NOBODY and self.number != other.number

    def told(self) -> tuple[str, ...]:
        """What to know of it, a sentence's part each."""
        found: list[str] = []
        if self.left:
            found.append(self.left)
        if self.there:
            found.append(f"is there already, as {self.there}")
        if self.twice:
            found.append(f"the same bytes as {self.twice}")
        if self.elsewhere:
            more = len(self.elsewhere) - _NAMED
            named = (*self.elsewhere[:_NAMED], *((f"{more} more",) if more > 0 else ()))
            found.append(f"the same bytes as a file of {', '.join(named)}")
        if self.would_be and not self.left:
            found.append(f"it would be {' or '.join(self.would_be)}'s: {self.whose.why}")
        if set(self.whose.names) - {self.to} and not self.left:
            found.append(f"names {', '.join(each for each in self.whose.names if each != self.to)} too")
        if self.departed and not self.left:
            found.append(f"they {self.departed}: nobody is asked to look at it")
        return (*found, *self.notes)

    @property
    def would_be(self) -> tuple[str, ...]:
        """Whose it would be, had a person not said that it is somebody else's."""
        return self.whose.learners if self.to and self.to not in self.whose.learners else ()

    @property
    def is_there(self) -> bool:
        """Whether the learner has these bytes already, or gets them by another file of the download."""
        return bool(self.there or self.twice)

    @property
    def sign(self) -> str:
        """How it stands, in a word."""
        if self.left:
            return "left"
        return "there" if self.is_there else self.sureness.value

    @property
    def has_doubts(self) -> bool:
        """Whether a person has something to look at."""
        unsure = self.sureness is not Sureness.SURE and not self.is_there
        return bool(unsure or self.left or self.elsewhere or self.would_be or self.whose.names or self.departed)

    def told_whole(self) -> tuple[str, ...]:
        """What says whose it is, where it is taken at all, and what else to know of it."""
        could_be = f"{' or '.join(self.whose.learners)}" if not self.learner and self.whose.learners else ""
        return tuple(filter(None, ("" if self.left else self.why, "" if self.left else could_be, *self.told())))


def totals(files: Iterable[ArrivingFile]) -> str:
    """How many there are of each kind: `4 files: 1 sure, 1 likely, 1 nobody's, 1 left`."""
    every = tuple(files)
    counts = Counter(each.sign for each in every)
    parts = [f"{counts[each]} {word}" for each, word in _WORDS.items() if counts[each] or each in tuple(Sureness)]
    return f"{counted(len(every), 'file')}: {', '.join(parts)}"


_WORDS = {
    Sureness.SURE.value: "sure",
    Sureness.LIKELY.value: "likely",
    Sureness.NOBODY.value: "nobody's",
    "left": "left",
    "there": "there already",
}
