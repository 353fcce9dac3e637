"""A file that comes in, as a person is asked about it: whose it is, what is there already, and what to know of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from markterm.domain.incoming.whose import Sureness, Whose


@dataclass(frozen=True, slots=True)
class ArrivingFile:
    """A file of the download called `source`, under `name` there, the one of that `number` of all that come in. `whose`
    is what its name says, `to` the registration that a person gave, empty where nobody did.

    `there` is the name under which the learner has these bytes already, `elsewhere` are the registrations of others who
    have them, here or in the download; `twice` is the name of an earlier one of the download with the same bytes for
    the same learner. `left` is why it is not taken, whoever it is of; `notes` is what else to know.
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
            found.append(f"the same bytes as a file of {', '.join(self.elsewhere)}")
        if self.whose.names and not self.left:
            found.append(f"names {', '.join(self.whose.names)} too")
        return (*found, *self.notes)
