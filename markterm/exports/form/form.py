"""A form of a unit: what it asks for, and the file with it filled in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf
from pathlib import Path

from markterm.domain.assessed.unit import Unit
from markterm.domain.words.errors import Refused, Unreadable
from markterm.domain.words.foreign_text import clean
from markterm.exports.form.fields import Field
from markterm.exports.form.form_file import FormFile
from markterm.exports.form.found import Found, Reading
from markterm.exports.form.its_unit import names_others
from markterm.exports.form.mapping import FormMapping, place_of, read_mapping
from markterm.exports.form.place import Blank, Entry, Place
from markterm.exports.form.reading import read_form
from markterm.exports.form.values import FormValues
from markterm.exports.form.words import Words

_NEEDED = (
    *(Field.REGISTRATION, Field.LEARNER, Field.REFUSES, Field.OUTCOME, Field.COMMENTS, Field.ASSESSOR),
    *(Field.VERIFICATION, Field.VERIFIER),
)
"""What a form of a unit has besides its criteria; whatever else it has no place for is not missed."""
_ROOM = (Field.COMMENTS, Field.OUTCOME, Field.SECTION_COMMENTS, Field.VERIFICATION)
"""Where a sentence goes that has to be said, the first that the form has."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled form: the file, and what of the values is not in it, in a sentence each."""

    data: bytes
    not_filled: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A form that was read for one unit. It is filled once: open it anew for the next learner."""

    file: FormFile
    unit: Unit
    mapping: FormMapping
    reading: Reading
    names_others: tuple[str, ...] = ()
    """The units that its words name, where this one is not among them."""

    @classmethod
    def open(cls, path: Path, unit: Unit, others: Iterable[Unit] = ()) -> Form:
        """The form in that file, with the mapping beside it; `others` are the centre's other units. Raises `WrongUse`,
        `Unreadable` and `Refused`."""
        file = FormFile.open(path)
        mapping = read_mapping(place_of(path))
        # Whoever maps it for the unit has looked at it.
        is_mapped = unit.code in mapping.tables or any(each.unit == unit.code for each in mapping.cells)
        named = () if is_mapped else names_others(file, unit, others)
        return cls(file, unit, mapping, read_form(file, unit, mapping), named)

    def without_place(self, values: FormValues | None = None) -> tuple[str, ...]:
        """What of the unit has no place in the form, in words: with `values`, what of them."""
        placed = {(each.field, each.criterion) for each in self.reading.found}
        if self._room_for_summary() is not None:
            placed.add((Field.COMMENTS, ""))
        criteria = [each.number for each in self.unit.asked]
        told = []
        for field in (Field.DECISION, Field.FEEDBACK):
            without = [number for number in criteria if (field, number) not in placed]
            missing = [number for number in without if values is None or _says(values.entry(field, number))]
            if missing:
                told.append(f"{field} of {'every criterion' if missing == criteria else ', '.join(missing)}")
        told += [
            str(field)
            for field in _NEEDED
            if (field, "") not in placed and (values is None or _says(values.entry(field)))
        ]
        return tuple(told)

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be known before it is filled: that it is another unit's, that it words criteria otherwise."""
        if not self.names_others:
            return self.reading.notes
        others = f"It names {', '.join(self.names_others)} and not {self.unit.code}: it is not filled for this unit."
        return (others, *self.reading.notes)

    @property
    def is_complete(self) -> bool:
        """Whether it is of the unit, every criterion has a place for its decision, and the mapping has no faults."""
        decided = {each.criterion for each in self.reading.found if each.field is Field.DECISION}
        if self.names_others or self.reading.problems:
            return False
        return all(each.number in decided for each in self.unit.asked)

    def fill(self, values: FormValues) -> Filled:
        """The file with the values in their places. Raises `Unreadable` for a mapping with faults, and `Refused` where
        it is another unit's, there is nothing to fill, or no room for what has to be said."""
        if self.reading.problems:
            raise Unreadable(
                "The mapping of the form does not fit it",
                f"{'; '.join(self.reading.problems)}.",
                "Mend it.",
                file=place_of(self.file.path),
            )
        if self.names_others:
            raise Refused(
                "This is the form of another unit",
                f"It names {', '.join(self.names_others)} and not {self.unit.code}. Nothing was filled in.",
                f"Take the form of {self.unit.code}; if this is it, say in {place_of(self.file.path).name} beside it "
                "which tables or cells are the unit's.",
            )
        if not any(each.criterion for each in self.reading.found):
            raise Refused(
                "This is no form of the unit",
                f"No criterion of {self.unit.code} has a place in it.",
                f"Take the form of {self.unit.code}, or write {place_of(self.file.path).name} beside it.",
            )
        said_at = self._room_for(values)
        summed_up_at = self._room_for_summary()
        not_filled = [f"{what} has no place in the form" for what in self.without_place(values)]
        # What is filled in moves the letters behind it: of several places in a line the last one is first.
        for each in sorted(self.reading.found, key=lambda each: _place_in_line(each.place), reverse=True):
            entry = _clean(values.entry(each.field, each.criterion, each.section))
            if each is summed_up_at:
                entry = Entry("\n".join(filter(None, (entry.text, _clean(values.entry(Field.COMMENTS)).text))))
            if each is said_at:
                said = (*map(_line, values.must_say), _in_words(entry, self._words(each)))
                entry = Entry("\n".join(filter(None, said)))
            if why := each.place.fill(entry, self._words(each)):
                of = f" of {each.criterion}" if each.criterion else ""
                not_filled.append(f"{each.field}{of} stays as it is ({each.where}): {why}")
        return Filled(self.file.filled(), tuple(not_filled))

    def _words(self, found: Found) -> Words:
        """The words for the place: the mapping's, else those that the form itself has there."""
        if self.mapping.words is not None:
            return self.mapping.words
        return Words(*found.choice) if found.choice is not None else Words()

    def _room_for_summary(self) -> Found | None:
        """Where the assessor's summary goes in a form that has comments of its sections alone: the last of those."""
        found = [each for each in self.reading.found if each.place.takes_text]
        if any(each.field is Field.COMMENTS for each in found):
            return None
        return next((each for each in reversed(found) if each.field is Field.SECTION_COMMENTS), None)

    def _room_for(self, values: FormValues) -> Found | None:
        """The place at which that is said which has to be. Raises `Refused` where there is none."""
        if not values.must_say:
            return None
        for field in _ROOM:
            for each in self.reading.found:
                if each.field is field and each.place.takes_text:
                    return each
        raise Refused(
            "The form has no room for what has to be said",
            f"{' '.join(map(_line, values.must_say))} No comments or outcome can be written into this form.",
            f"Name a cell for “{Field.COMMENTS}” in {place_of(self.file.path).name}, or print MarkTerm's own sheet.",
        )


def _place_in_line(place: Place) -> float:
    return place.start if isinstance(place, Blank) else inf


def _in_words(entry: Entry, words: Words) -> str:
    return words.of(entry.result) if entry.result is not None else entry.text


def _says(entry: Entry) -> bool:
    return bool(entry.text.strip()) or entry.result is not None or entry.tick is True


def _line(text: str) -> str:
    return clean(text).text


def _clean(entry: Entry) -> Entry:
    """With nothing in it that an eye could be misled by or the format has no sign for."""
    return Entry(clean(entry.text).text.rstrip(), entry.result, entry.tick)
