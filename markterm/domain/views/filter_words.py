"""What a filter of a list knows: its fields and their values, how what is typed may go on, and what there is where
somebody types a field or a value that there is not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from markterm.domain.words.code import is_code
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.letters import parts_of_filter, plain
from markterm.domain.words.nearly import did_you_mean


@dataclass(frozen=True, slots=True)
class FilterWords:
    """The `fields` of a filter in their order, with the `values` of those that have only certain ones, which may be
    cut short, and with a day for those that are `dated`; `known` are values that others have now, such as the units
    of whoever is listed, and `saved` the words of filters that have a name."""

    fields: tuple[str, ...]
    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    dated: frozenset[str] = frozenset()
    known: Mapping[str, Sequence[str]] = field(default_factory=dict)
    saved: Mapping[str, str] = field(default_factory=dict)

    def with_known(self, known: Mapping[str, Iterable[str]]) -> FilterWords:
        """The same, where the other fields have these values now; each stands once, and the empty one not at all."""
        return replace(self, known={name: sorted({*filter(None, values)}) for name, values in known.items()})

    def with_saved(self, saved: Mapping[str, str]) -> FilterWords:
        """The same, with these saved filters."""
        return replace(self, saved=saved)

    def check(self, text: str) -> None:
        """Raise `WrongUse` when a part names a field or a value that there is not: it would let nothing through. What
        there is stands in it, and what is spelt nearly so. Likewise for a saved filter with a minus."""
        refuse_turned_round(text, self.saved)
        for part in parts_of_filter(text):
            name, colon, value = part.removeprefix("-").partition(":")
            if not colon:
                continue
            if name not in self.fields:
                raise _wrong(f"{name}:", f"There is no field {name}.", name, self.fields)
            values = self.values.get(name, ())
            if name in self.dated and _is_day(value):
                continue
            if values and not any(each.startswith(value) for each in values):
                raise _wrong(name, f"There is no {name}:{value}.", value, values)

    def mistake(self, text: str) -> str:
        """What `check` raises, in a line: what there is not, and what there is; nothing where it raises nothing."""
        try:
            self.check(text)
        except WrongUse as error:
            return f"{error.what} {error.next_step}"
        return ""

    def why_nothing(self, text: str, otherwise: str) -> str:
        """Why nothing is let through: what there is not, where that is why, and what is said `otherwise`."""
        return "\n\n".join(filter(None, (self.mistake(text) or self.not_listed(text), otherwise)))

    def not_listed(self, text: str) -> str:
        """Which value none of what is listed has now, and which there are; nothing where that is not known."""
        for part in parts_of_filter(text):
            name, _, value = part.partition(":")
            values = self.known.get(name, ())
            if value and values and not any(_may_be(value, plain(each)) for each in values):
                return one_line(f"None is {name}:{value}. {did_you_mean(value, values, _there_are(values))}")
        return ""

    def choices(self, text: str) -> tuple[str, ...]:
        """What the last part of what was typed can become: fields, or after a field its values; nothing where that is
        not known, or where nothing of the part is there."""
        part = plain(_last_part(text))
        name, colon, value = part.removeprefix("-").partition(":")
        if not colon:
            fields = tuple(f"{each}:" for each in self.fields if name and each.startswith(name))
            return *fields, *(each for each in self.saved if part and each.startswith(part))
        every = self.values.get(name) or self.known.get(name, ())
        return tuple(each for each in every if plain(each).startswith(value))

    def completed(self, text: str) -> str:
        """The text with its last part completed to the first of its `choices`; the same text where there is none."""
        typed = _last_part(text).removeprefix("-").rpartition(":")[2]
        for choice in self.choices(text):
            # One whose beginning was typed letter by letter: what stands there already stays as it is.
            if len(choice) > len(typed) and plain(choice[: len(typed)]) == plain(typed):
                return text + choice[len(typed) :]
        return text


def refuse_turned_round(text: str, saved: Mapping[str, str]) -> None:
    """Raise `WrongUse` where a minus stands before the name of a saved filter: it would be taken for a name of nobody,
    and let everybody through."""
    if name := turned_round(text, saved):
        raise WrongUse(
            "A saved filter is not turned round",
            f"{one_line(name)} stands for {one_line(saved[name])}: a minus before all of it says nothing.",
            "Write the parts that are to be turned round, each with its minus.",
        )


def turned_round(text: str, saved: Mapping[str, str]) -> str:
    """The name of a saved filter before which a minus stands; empty where none does."""
    return next((part[1:] for part in parts_of_filter(text) if part.startswith("-") and part[1:] in saved), "")


def spelt_out(text: str, saved: Mapping[str, str]) -> str:
    """The filter with the words of a saved one in place of its name, wherever that stands as a word of its own."""
    if not any(plain(part) in saved for part in text.split()):
        return text
    return " ".join(saved.get(plain(part), part) for part in text.split())


def _last_part(text: str) -> str:
    return "" if not text or text[-1].isspace() else text.split()[-1]


def _wrong(what: str, told: str, typed: str, among: Sequence[str]) -> WrongUse:
    title = "No such field" if what.endswith(":") else f"No such {what}"
    return WrongUse(title, one_line(told), did_you_mean(typed, among, _there_are(among)))


def _there_are(values: Sequence[str]) -> str:
    return f"There {'is' if len(values) == 1 else 'are'} {', '.join(values)}."


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _may_be(value: str, known: str) -> bool:
    """Whether a value that is typed may mean that one: a part of it, or a code of which it is the end."""
    return value in known or is_code(value, known) or is_code(known, value)
