"""New versions of standards: what became of each statement, and carrying what units were mapped to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from markterm.centre.mappings import MappingFile, Mappings, Written, text_of
from markterm.centre.recorder import Recorder
from markterm.centre.sheets import CentreSheets
from markterm.domain.assessed.mapping import Mapped, Strength, mapped_in
from markterm.domain.assessed.standard import Standard, StatementLink
from markterm.domain.assessed.unit import Unit, UnitKey
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.bodies.standard_carrying import CarriedStatement, StandardCarried
from markterm.domain.record.event import Event
from markterm.domain.rules.standard_carrying import carry_standard
from markterm.domain.standards.new_version import FateOfStatement, MappedOfUnit, NewVersion
from markterm.domain.standards.unit_mapped import PairOrder, with_order
from markterm.domain.standards.version_difference import StatementFate, version_difference
from markterm.domain.words.errors import Refused, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.hint import Hint, Way
from markterm.system.platform import folder_name


@dataclass(frozen=True, slots=True)
class CarriedStandard:
    """What was carried: the files that were written, and the entry of the centre's record."""

    written: tuple[Written, ...]
    event: Event


class _Row(NamedTuple):
    """A row of a mapping that is there, and the one that comes of it."""

    old: Mapped
    new: Mapped


class NewVersions:
    """Shows versions of standards beside each other, and carries. Evidence stays with the version that it was mapped
    to: the new rows stand beside the old ones."""

    def __init__(self, sheets: CentreSheets, mappings: Mappings, recorder: Recorder) -> None:
        self._sheets, self._mappings, self._recorder = sheets, mappings, recorder

    def beside(self, code: str, old: str, new: str) -> NewVersion:
        """The standard of that code in both versions, empty for a sheet that says none. Raises `WrongUse`, also for one
        version twice, and `Refused` where a sheet has errors."""
        before, now = self._standard(code, old), self._standard(code, new)
        if before.key == now.key:
            raise WrongUse("One version twice", f"{one_line(str(now.key))} is both.", "Name the old and the new one.")
        mapped, there = self._mapped(before), self._mapped(now)
        fates = version_difference(before, now)
        return NewVersion(before, now, tuple(_with(each, mapped, there) for each in fates))

    def carry(
        self, shown: NewVersion, reason: str, also: Mapping[str, str] | None = None, without: Sequence[str] = ()
    ) -> CarriedStandard:
        """Have what is mapped to the old version hold for the new one, where the words are the same: the rows stand in
        the mappings, and the entry in the centre's record, durably. `also` are statements of the old version that hold
        for others, as a person says, and `without` those that are not carried.

        Raises `WrongUse` for a statement that is not there, `Refused` without a reason, where nothing is to be carried
        and where a mapping has errors or was changed, and `NotSaved`. What stopped in the middle is done again: it does
        the rest, and where the rows stand already, records who carried them and why.
        """
        carried = tuple(_carried(shown, also or {}, frozenset(without)))
        rows = self._rows(shown, carried)
        files = self._with_rows(rows)
        used = tuple(each for each in carried if any(fate.mapped for fate in shown.statements if _is(fate, each.old)))
        is_left = bool(files) or not self._is_recorded(shown, used)
        said = shown.old.key, shown.new.key, used if is_left else (), {unit.code for unit, _ in rows}, reason
        carry_standard(self._recorder.act(""), *said)  # The rule is asked before a file is touched.
        written = tuple(Written(file.path, file.text, text_of(file)) for file in files)
        self._mappings.write(written)
        return CarriedStandard(written, self._recorder.record_of_centre(lambda act, _: carry_standard(act, *said)))

    def _is_recorded(self, shown: NewVersion, used: Sequence[CarriedStatement]) -> bool:
        """Whether the centre's record says of each of those statements that it was carried so."""
        versions = shown.old.code, shown.old.version, shown.new.version
        every = (said_in(event, StandardCarried) for event in self._recorder.of_centre())
        said = (each for each in every if each is not None and (each.standard, each.old, each.new) == versions)
        before = {carried for each in said for carried in each.statements}
        return set(used) <= before

    def _standard(self, code: str, version: str) -> Standard:
        standard = self._sheets.which_standard.exactly(code, version)
        if standard.faulty:
            what = f"The sheet of {one_line(str(standard.key))} has errors: a statement may be missing."
            raise Refused("The sheet has errors", what, "Have it checked and mended.", hint=Hint(Way.CHECK_SHEETS))
        return standard

    def _mapped(self, of: Standard) -> Mapping[str, tuple[tuple[Unit, Mapped], ...]]:
        """What every unit, in each version that the centre has, is mapped to of that version, by the code of the
        statement: learners may be half way through an older version of a unit."""
        found: dict[str, list[tuple[Unit, Mapped]]] = {}
        for unit in self._sheets.units.by_key.values():
            for mapped in mapped_in(unit, self._sheets.mappings, self._sheets.standards):
                named = self._sheets.standards.named(mapped.link)
                if named is not None and named.standard.key == of.key:
                    found.setdefault(named.statement.code, []).append((unit, mapped))
        return {code: tuple(pairs) for code, pairs in found.items()}

    def _rows(
        self, shown: NewVersion, carried: Sequence[CarriedStatement]
    ) -> tuple[tuple[Unit, Mapping[tuple[str, str], _Row]], ...]:
        """By unit what is new in its mapping: by criterion and statement. Of two that come to one statement, that which
        covers more of it."""
        became, there = {each.old: each.new for each in carried}, self._mapped(shown.new)
        units: dict[UnitKey, tuple[Unit, dict[tuple[str, str], _Row]]] = {}
        for fate in shown.statements:
            code = became.get(fate.of.old.code) if fate.of.old is not None else None
            for each in fate.mapped if code is not None else ():
                assert code is not None
                if _stands(there, code, each.unit, each.mapped.criterion):
                    continue
                _, rows = units.setdefault(each.unit.key, (each.unit, {}))
                place = each.mapped.criterion, code
                if place not in rows or _MOST.index(each.mapped.strength) < _MOST.index(rows[place].new.strength):
                    link = StatementLink(shown.new.code, code, shown.new.version)
                    rows[place] = _Row(each.mapped, replace(each.mapped, link=link))
        return tuple(units.values())

    def _with_rows(self, rows: Sequence[tuple[Unit, Mapping[tuple[str, str], _Row]]]) -> tuple[MappingFile, ...]:
        """The mappings with the new rows, each where the row stands that it comes from: a mapping that names no version
        of its unit is for all of them."""
        files: dict[Path, MappingFile] = {}
        for unit, own in rows:
            of_unit = self._mappings.files(unit)
            for old, new in own.values():
                file = ([each for each in of_unit if old in each.sheet.mapped] or of_unit)[-1]
                begun = files.get(file.path)
                if begun is not None and begun.sheet.version != file.sheet.version:  # Both are begun only now.
                    file = replace(file, path=file.path.with_stem(f"{file.path.stem}-{folder_name(unit.version)}"))
                    begun = files.get(file.path)
                file = begun or file
                order = PairOrder(new.criterion, new.link, new.strength, new.note)
                sheet = with_order(file.sheet, order, unit, self._sheets.standards)
                files[file.path] = replace(file, sheet=sheet)
        return tuple(files.values())


_MOST = (Strength.FULLY, Strength.PARTLY, Strength.NOT)


def _stands(there: Mapping[str, Sequence[tuple[Unit, Mapped]]], code: str, unit: Unit, criterion: str) -> bool:
    return any(one.key == unit.key and each.criterion == criterion for one, each in there.get(code, ()))


def _with(
    fate: StatementFate,
    mapped: Mapping[str, Sequence[tuple[Unit, Mapped]]],
    there: Mapping[str, Sequence[tuple[Unit, Mapped]]],
) -> FateOfStatement:
    if fate.old is None:
        return FateOfStatement(fate)
    code = fate.new.code if fate.new is not None else ""
    own = mapped.get(fate.old.code, ())
    return FateOfStatement(
        fate, tuple(MappedOfUnit(unit, one, _stands(there, code, unit, one.criterion)) for unit, one in own)
    )


def _carried(shown: NewVersion, also: Mapping[str, str], without: frozenset[str]) -> Iterator[CarriedStatement]:
    for standard, codes in ((shown.old, (*also, *without)), (shown.new, tuple(also.values()))):
        for code in codes:
            if standard.statement(code) is None:
                what = f"{one_line(str(standard.key))} has no statement {one_line(code)}. Nothing was recorded."
                raise WrongUse("No such statement", what, "Look at the difference of the two.")
    for fate in shown.statements:
        old, new = fate.of.old, fate.of.new
        if old is None or old.code in without:
            continue
        if old.code in also:
            yield CarriedStatement(old.code, also[old.code])
        elif new is not None and fate.of.fate.is_carried:
            yield CarriedStatement(old.code, new.code)


def _is(fate: FateOfStatement, code: str) -> bool:
    return fate.of.old is not None and fate.of.old.code == code
