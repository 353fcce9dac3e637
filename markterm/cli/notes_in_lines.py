"""Notes of marking by lines: what is written is a draft on the disk, line by line, before it is in the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from markterm.centre.drafts import DraftKind, note_begun
from markterm.cli.asking import asked_line
from markterm.cli.output import indented

if TYPE_CHECKING:
    from markterm.centre.drafts import MarkingDrafts
    from markterm.cli.places_in_lines import Place

_LEAVE_IT = "."
_THROW_AWAY = "-"
_HERE_ALONE = "What you write cannot be written to the disk: until it is recorded it is here alone."


class NotesInLines:
    """What one member writes about the criteria of one learner."""

    def __init__(self, drafts: MarkingDrafts, registration: str) -> None:
        self._drafts = drafts
        self._registration = registration

    def draft(self, kind: DraftKind, place: Place) -> str:
        """What was begun as that, or an empty text."""
        return self._drafts.get(kind, self._registration, place.unit.key, place.criterion.number)

    def keep(self, text: str, kind: DraftKind, place: Place) -> bool:
        """Keep it as a draft; an empty text is forgotten. Whether it is on the disk."""
        return self._drafts.keep(text, kind, self._registration, place.unit.key, place.criterion.number)

    def save(self, text: str, kind: DraftKind, place: Place) -> None:
        """The same of what is said to be kept. Raises `NotSaved`."""
        self._drafts.save(text, kind, self._registration, place.unit.key, place.criterion.number)

    def begun(self, place: Place) -> tuple[DraftKind, ...]:
        """As what there are drafts."""
        return self._drafts.begun(self._registration, place.unit.key, place.criterion.number)

    def of_decision(
        self, kind: DraftKind, place: Place, question: str, *, needed: bool = True
    ) -> tuple[str, tuple[DraftKind, ...]] | None:
        """The note that is written, or was begun, and the drafts that are recorded with it; None when it is left.

        An empty note leaves it where one is `needed`.
        """
        begun = note_begun(kind, lambda each: self.draft(each, place))
        note = self._written(question, kind, place, self.draft(kind, place) or begun.text, begun.used, needed=needed)
        return None if note is None or (needed and not note) else (note, begun.used)

    def _written(
        self, question: str, kind: DraftKind, place: Place, begun: str, used: tuple[DraftKind, ...], *, needed: bool
    ) -> str | None:
        """What is written line by line, or what was `begun` where that is nothing; None when it is left.

        Each line is on the disk, as a draft, before the next one is asked for; where that cannot be it is said.
        """
        if begun:
            click.echo("Begun before:", err=True)
            click.echo(indented(begun, 4), err=True)
            click.echo("A minus alone throws that away.", err=True)
        at_once = "takes that" if begun else "leaves it" if needed else "means none"
        click.echo(f"Enter alone ends it; at once it {at_once}. A full stop alone leaves it as a draft.", err=True)
        lines: list[str] = []
        is_ended, is_kept = False, True
        try:
            while (line := asked_line("More?" if lines else question)).strip() not in ("", _LEAVE_IT):
                if line.strip() == _THROW_AWAY and begun and not lines:
                    for each in (kind, *used):
                        self.keep("", each, place)
                    begun = ""
                    click.echo("It is thrown away.", err=True)
                    continue
                lines.append(line)
                was_kept, is_kept = is_kept, self.keep("\n".join(lines), kind, place)
                if was_kept and not is_kept:
                    click.echo(_HERE_ALONE, err=True)
            is_ended = not line.strip()
        finally:
            if lines and not is_ended:
                what = "is a draft of yours, in no record yet" if is_kept else "is lost: it could not be written"
                click.echo(f"\nWhat you wrote on {place.name} {what}.", err=True)
        return ("\n".join(lines) or begun) if is_ended else None
