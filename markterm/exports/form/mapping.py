"""The small file beside a form, `FORM.map.toml`, that settles what the form's own words leave open."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from markterm.domain.assessed.unit import Unit
from markterm.domain.words.errors import Unreadable
from markterm.domain.words.foreign_text import one_line
from markterm.exports.form.fields import OF_CRITERION, Field
from markterm.exports.form.words import Words

_LEAVE = "leave"
_WORDS = {"pass": "passed", "referral": "referred", "tick": "tick"}
_PARTS = ("words", "labels", "tables", "cell")
_OF_A_CELL = {"what": str, "criterion": str, "section": int, "unit": str, "table": int, "row": int, "column": int}
_WHERE = ("table", "row", "column")


@dataclass(frozen=True, slots=True)
class MappedCell:
    """A cell of the document, by its table, row and column counted from 1, and what is filled in there."""

    field: Field | None
    """None for one that is left as it is."""
    table: int
    row: int
    column: int
    criterion: str = ""
    section: int | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class FormMapping:
    """What a mapping file says. `problems` are what is wrong in it, a sentence each."""

    words: Words | None = None
    labels: Mapping[str, Field | None] = field(default_factory=dict)
    """By the words of the label as `key` has them; None for one that is left as it is."""
    tables: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """By the code of a unit the tables in which its criteria stand."""
    cells: tuple[MappedCell, ...] = ()
    problems: tuple[str, ...] = ()

    def of(self, unit: Unit) -> tuple[MappedCell, ...]:
        """The cells that it names for that unit."""
        return tuple(each for each in self.cells if each.unit in ("", unit.code))


NO_MAPPING = FormMapping()


def place_of(form: Path) -> Path:
    """Where the mapping of a form lies: beside it."""
    return form.with_suffix(".map.toml")


def read_mapping(path: Path) -> FormMapping:
    """The mapping in that file; an empty one where there is none. Raises `Unreadable` for what is no TOML."""
    try:
        said = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        return NO_MAPPING
    except (OSError, ValueError) as error:
        reason = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
        raise Unreadable(
            "The mapping of the form cannot be read", f"{one_line(reason)}.", "Mend it, or take it away.", file=path
        ) from None
    problems: list[str] = []
    return FormMapping(
        _words(said.get("words", {}), problems),
        dict(_labels(said.get("labels", {}), problems)),
        dict(_tables(said.get("tables", {}), problems)),
        tuple(_cells(said.get("cell", []), problems)),
        (*_unknown(said, _PARTS, "the file"), *problems),
    )


def key(label: str) -> str:
    """The words of a label as they are compared: in small letters, without what ends them."""
    return " ".join(label.casefold().split()).rstrip(" :.")


def _unknown(said: Mapping[str, object], known: tuple[str, ...], where: str) -> Iterator[str]:
    for name in said:
        if name not in known:
            yield f"{where} has “{one_line(name)}”, which means nothing: it may have {', '.join(known)}"


def _words(said: object, problems: list[str]) -> Words | None:
    if not isinstance(said, dict) or not all(isinstance(each, str) and each.strip() for each in said.values()):
        problems.append("[words] gives words in quotation marks for pass, referral and tick")
        return None
    problems += _unknown(said, tuple(_WORDS), "[words]")
    known = {_WORDS[name]: one_line(word) for name, word in said.items() if name in _WORDS}
    return Words(**known) if known else None


def _labels(said: object, problems: list[str]) -> Iterator[tuple[str, Field | None]]:
    if not isinstance(said, dict):
        problems.append('[labels] has lines like "ENR No." = "registration"')
        return
    for label, what in said.items():
        if what == _LEAVE:
            yield key(label), None
        elif (known := _field(what)) is not None:
            yield key(label), known
        else:
            problems.append(f"[labels] says “{one_line(str(what))}” of “{one_line(label)}”; {_may_be()}")


def _tables(said: object, problems: list[str]) -> Iterator[tuple[str, tuple[int, ...]]]:
    if not isinstance(said, dict):
        problems.append('[tables] has lines like "8580-500" = [2, 3]')
        return
    for unit, tables in said.items():
        if isinstance(tables, list) and tables and all(type(each) is int for each in tables):
            yield unit, tuple(tables)
        else:
            problems.append(f"[tables] gives the numbers of tables for {one_line(unit)}, as [2, 3]")


def _cells(said: object, problems: list[str]) -> Iterator[MappedCell]:
    if not isinstance(said, list) or not all(isinstance(each, dict) for each in said):
        problems.append("each cell is a part of its own, which begins with [[cell]]")
        return
    for number, each in enumerate(said, start=1):
        found = list(_unknown(each, tuple(_OF_A_CELL), f"cell {number}"))
        found += [
            f"cell {number} needs {name} as {'a number' if kind is int else 'a text'}"
            for name, kind in _OF_A_CELL.items()
            if (name in each or name in ("what", *_WHERE)) and type(each.get(name)) is not kind
        ]
        known = _field(each.get("what"))
        if not found and known is None and each["what"] != _LEAVE:
            found.append(f"cell {number} says “{one_line(each['what'])}”; {_may_be()}")
        if not found and known in OF_CRITERION and not each.get("criterion"):
            found.append(f"cell {number} is for {known}, and names no criterion")
        problems += found
        if not found:
            table, row, column = (each[name] for name in _WHERE)
            of = (each.get("criterion", ""), each.get("section"), each.get("unit", ""))
            yield MappedCell(known, table, row, column, *of)


def _field(what: object) -> Field | None:
    return Field(what) if isinstance(what, str) and what in set(Field) else None


def _may_be() -> str:
    return f"it may be {', '.join(Field)}, or {_LEAVE}"
