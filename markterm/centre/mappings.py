"""The mappings of units: what their criteria cover of standards, shown with proposals, and put down by a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from markterm.centre.folder import CentreFolder
from markterm.centre.sheets import CentreSheets
from markterm.centre.stems import english_stems
from markterm.domain.assessed.known_standards import KnownStandards, KnownStatement
from markterm.domain.assessed.mapping import Strength, UnitMapping, mapped_in
from markterm.domain.assessed.standard import Standard, StandardKey, StatementLink, statement_link
from markterm.domain.assessed.unit import Unit, UnitKey
from markterm.domain.standards.proposal import StatementIndex
from markterm.domain.standards.unit_mapped import MappedPair, PairOrder, UnitMapped, unit_mapped, with_order
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import MarkTermError, Refused, WrongUse
from markterm.domain.words.finding import Severity
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.hint import Hint, Way
from markterm.domain.words.nearly import did_you_mean
from markterm.sheets.kept_sheet import keep_sheet
from markterm.sheets.kinds import MAPPING
from markterm.sheets.mapping_file import MAPPING_WRITER, MappingReading, fit_mapping, read_mapping, rewrite_mapping
from markterm.sheets.sheet_folder import ABOUT_THE_FOLDER, markdown_files, sheet_path, text_below
from markterm.system.platform import folder_name

_Covers = tuple[tuple[UnitMapping, ...], KnownStandards, dict[UnitKey, Mapping[str, tuple[MappedPair, ...]]]]


@dataclass(frozen=True, slots=True)
class MappingFile:
    """The file of a mapping as it was read; one without a reading is not there yet."""

    path: Path
    sheet: UnitMapping
    reading: MappingReading | None = None

    @property
    def text(self) -> str | None:
        """What it held; None where it was not there."""
        return self.reading.source if self.reading is not None else None


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written: what it held before, None where it was not there, and what it holds now."""

    path: Path
    before: str | None
    now: str


@dataclass(frozen=True, slots=True)
class MappedBeside:
    """A unit beside a suite or a standard, and how many of its criteria cover something of it."""

    unit: Unit
    target: str
    standards: tuple[Standard, ...]
    mapped: int

    @property
    def told(self) -> str:
        """How many of its criteria, in words."""
        return f"{self.mapped} of {counted(len(self.unit.asked), 'criterion', 'criteria')}"


class Mappings:
    """Shows and writes the mappings of a centre's units."""

    def __init__(self, folder: CentreFolder, sheets: CentreSheets) -> None:
        self._root = folder.mark_sheets / MAPPING.folder
        self._sheets = sheets
        self._covers: _Covers = (), KnownStandards(), {}
        self._readings: dict[Path, tuple[tuple[int, int, int], MappingReading | None]] = {}
        self._index: tuple[tuple[Standard, ...], StatementIndex] | None = None

    # Showing

    def standards(self, names: Sequence[str] = ()) -> tuple[Standard, ...]:
        """The standards that are meant: `MTC01`, `MTC01 (2.0)`, or the code of a suite; all of them where none is
        named. Without a version each in the newest that is in force. Raises `WrongUse`."""
        known = self._sheets.standards
        if not names:
            codes = dict.fromkeys(each.code for each in known.standards)
            return tuple(each for code in codes if (each := known.newest(code)) is not None)
        return tuple(dict.fromkeys(each for name in names for each in self._named(name)))

    def of(self, unit: str, names: Sequence[str] = (), most: int = 3) -> UnitMapped:
        """A unit, by its code or the end of it, beside those standards; with at most so many proposals for each
        criterion. Raises `WrongUse`, and `Refused` for a unit whose sheet or mapping has errors."""
        return self.beside(self.unit(unit), self.standards(names), most)

    def beside(self, unit: Unit, standards: tuple[Standard, ...], most: int = 3) -> UnitMapped:
        """The same of a unit and standards that are known. Raises `Refused` for one of whose mappings has errors."""
        index = self.index(standards) if most else None
        mappings = [file.sheet for file in self._files(unit)]
        return unit_mapped(unit, mappings, standards, self._sheets.standards, index, most)

    def covers(self, unit: Unit) -> Mapping[str, tuple[MappedPair, ...]]:
        """What each criterion of a unit covers that is there, by its number; a mapping with errors says nothing, and
        nobody is told that a statement covers itself."""
        mappings, standards = self._sheets.mappings, self._sheets.standards
        if self._covers[0] is not mappings or self._covers[1] is not standards:
            self._covers = mappings, standards, {}
        known = self._covers[2]
        if unit.key not in known:
            found: dict[str, tuple[MappedPair, ...]] = {}
            for mapped in mapped_in(unit, mappings, standards):
                pair = MappedPair(mapped, standards.named(mapped.link))
                is_itself = unit.is_standard and mapped.link.standard == unit.code
                if pair.counts and not is_itself:
                    found[mapped.criterion] = (*found.get(mapped.criterion, ()), pair)
            known[unit.key] = found
        return known[unit.key]

    def overview(self, name: str = "") -> tuple[MappedBeside, ...]:
        """Every unit whose sheet has no errors beside the standard or suite of that code, or beside each suite, and
        each standard that is in none, with how many of its criteria cover something. Raises `WrongUse`."""
        targets = {name: self.standards([name])} if name else self._targets()
        known, told = self._sheets.standards, list[MappedBeside]()
        for unit in self._sheets.units.units.values():
            if unit.key in self._sheets.units.unfit:
                continue
            covering: dict[StandardKey, set[str]] = {}
            for mapped in mapped_in(unit, self._sheets.mappings, known):
                named = known.named(mapped.link) if mapped.strength.covers else None
                if named is not None:
                    covering.setdefault(named.standard.key, set()).add(mapped.criterion)
            for target, standards in targets.items():
                criteria = set[str]().union(*(covering.get(each.key, ()) for each in standards))
                told.append(MappedBeside(unit, target, standards, len(criteria)))
        return tuple(told)

    def _targets(self) -> dict[str, tuple[Standard, ...]]:
        suites = {code: suite.codes for code, suite in self._sheets.suites.by_code.items()}
        known = self._sheets.standards
        targets = {
            code: tuple(each for one in listed if (each := known.newest(one)) is not None)
            for code, listed in suites.items()
        }
        listed = {each.code for standards in targets.values() for each in standards}
        lone = {each.code: (each,) for each in self.standards() if each.code not in listed}
        return {code: standards for code, standards in (targets | lone).items() if standards}

    def unit(self, name: str) -> Unit:
        """The unit of that code. Raises `WrongUse`, and `Refused` for one whose sheet has errors."""
        unit = self._sheets.units.named(name)
        if unit.key in self._sheets.units.unfit:
            raise Refused(
                "The mark sheet has errors",
                f"{one_line(unit.code)} is not mapped while its mark sheet cannot be relied on.",
                "Have the sheet checked and mended.",
                hint=Hint(Way.CHECK_SHEETS),
            )
        return unit

    def link(self, name: str, unit: Unit, criterion: str) -> StatementLink:
        """What that name means among what the unit's criterion is mapped to already, be it there or not, or else by
        `statement`. Raises `WrongUse`."""
        link, sheets = statement_link(name), self._sheets
        link = sheets.which_standard.link(link) if link is not None else None
        own = mapped_in(unit, sheets.mappings, sheets.standards)
        if link is not None and any(each.criterion == criterion and each.link == link for each in own):
            return link
        return self.statement(name).link

    def statement(self, name: str) -> KnownStatement:
        """The statement of that name, `MTC01 K4` or `MTC01 (2.0) K4`. Raises `WrongUse`, also for one that says no
        version where there are several: that is asked, and not guessed."""
        known, link = self._sheets.standards, statement_link(name)
        if link is None:
            what = f"{one_line(name)} names no statement."
            raise WrongUse("No such statement", what, "Name it by standard and code: MTC01 K4, or MTC01 (2.0) K4.")
        link = self._sheets.which_standard.link(link)
        if not known.versions(link.standard):
            codes = dict.fromkeys(each.code for each in known.standards)
            what = f"The centre has no standard {one_line(link.standard)}."
            has = f"It has {one_line(', '.join(codes)) or 'none, in mark_sheets/standards'}."
            raise WrongUse("No such standard", what, did_you_mean(link.standard, codes, has))
        versions = known.versions(link.standard)
        if not link.version and len(versions) > 1:
            names = ", ".join(one_line(f"{each.key} {link.statement}") for each in versions)
            what = f"The centre has {one_line(link.standard)} in {len(versions)} versions."
            raise WrongUse("Which version?", what, f"Say which: {names}.")
        found = known.named(link)
        if found is None:
            standard = known.standard(link.standard, link.version)
            if standard is None:
                has = ", ".join(one_line(str(each.key)) for each in versions)
                what = f"The centre does not have {one_line(str(StandardKey(link.standard, link.version)))}."
                raise WrongUse("No such version", what, f"It has {has}.")
            codes = dict.fromkeys(each.code for each in standard.statements)
            what = f"{one_line(str(standard.key))} has no statement {one_line(link.statement)}."
            raise WrongUse("No such statement", what, did_you_mean(link.statement, codes, "Look at its statements."))
        return found

    # Writing

    def order(self, unit: Unit, orders: Sequence[PairOrder], seen: UnitMapped | None = None) -> tuple[Written, ...]:
        """Put those pairs down, or take them out; durable when it returns, and what was written. A mapping that the
        unit does not have yet is begun, for its version. `seen` is what the person had before them.

        Raises `WrongUse` for a criterion that the unit does not have, or a pair to take out that no mapping has;
        `Refused` while a mapping of the unit has errors, or was changed since it was read, and where a pair is not any
        more as it was seen; `NotSaved`.
        """
        known = self._sheets.standards
        files = list(self._files(unit))
        if seen is not None:
            now = unit_mapped(unit, [file.sheet for file in files], seen.standards, known)
            for order in orders:
                if now.said(order, known) != seen.said(order, known):
                    raise _answered(order, now.said(order, known))
        before = tuple(files)
        for order in orders:
            if all(criterion.number != order.criterion for criterion in unit.asked):
                numbers = ", ".join(criterion.number for criterion in unit.asked)
                what = f"{one_line(unit.code)} has no criterion {one_line(order.criterion)}."
                raise WrongUse("No such criterion", f"{what} Nothing was written.", f"It has {one_line(numbers)}.")
            at, link = self._place(unit, files, order, known)
            sheet = with_order(files[at].sheet, order, unit, known, link)
            files[at] = MappingFile(files[at].path, sheet, files[at].reading)
        texts = [(file, text_of(file)) for file, old in zip(files, before, strict=True) if file.sheet != old.sheet]
        written = tuple(Written(file.path, file.text, text) for file, text in texts)
        self.write(written)
        return written

    def take_back(self, written: Sequence[Written]) -> None:
        """Have the files hold again what they held before. Raises `Refused` where one was changed since, and
        `NotSaved`."""
        self.write(
            [
                Written(each.path, each.now, each.before if each.before is not None else _emptied(each))
                for each in written
            ]
        )

    def write(self, written: Iterable[Written]) -> None:
        """Write those texts, each over what its file held; durable when it returns. Raises `Refused`, `NotSaved`."""
        self._sheets.require_staff()
        try:
            for each in written:
                keep_sheet(each.path, each.now, each.before.encode("utf-8") if each.before is not None else None)
        finally:
            self._sheets.forget_mappings()

    def files(self, unit: Unit) -> tuple[MappingFile, ...]:
        """The mappings that are for that unit, the one of its version last; one that can be begun where there is none.
        Raises `Refused` while one of them has errors."""
        return tuple(self._files(unit))

    def _files(self, unit: Unit) -> Iterator[MappingFile]:
        found: list[MappingFile] = []
        for file in markdown_files(self._root, [], deep=False):
            reading = self._reading(file) if file.name.lower() != ABOUT_THE_FOLDER else None
            sheet = reading.sheet if reading is not None else None
            if sheet is None and file.stem in self._names(unit):
                raise _unfit(file, unit, "cannot be read")
            if reading is None or sheet is None or sheet.unit != unit.code or sheet.version not in ("", unit.version):
                continue
            fitted = fit_mapping(reading, {unit.code: unit})
            if any(finding.severity is Severity.ERROR for finding in fitted.findings):
                raise _unfit(file, unit, "has errors")
            if any(each.sheet.version == sheet.version for each in found):
                raise _unfit(file, unit, "is a second mapping of it")
            found.append(MappingFile(file, sheet, reading))
        if not found:
            yield MappingFile(self._free(unit), UnitMapping(unit.code, unit.version, unit.title))
        yield from sorted(found, key=lambda each: each.sheet.version != "")

    def _reading(self, file: Path) -> MappingReading | None:
        """What the file says; read again where it was changed since."""
        try:
            status = file.stat()
        except OSError:
            return None
        stamp = status.st_ino, status.st_mtime_ns, status.st_size
        if (kept := self._readings.get(file)) is None or kept[0] != stamp:
            text = text_below(file, self._root)
            kept = self._readings[file] = stamp, read_mapping(text, file) if isinstance(text, str) else None
        return kept[1]

    def _free(self, unit: Unit) -> Path:
        first, *others = (sheet_path(self._root, name) for name in self._names(unit))
        return next(iter(others), first) if first.exists() else first

    @staticmethod
    def _names(unit: Unit) -> tuple[str, ...]:
        """What the file of its mapping is called: after the unit, or after its version too where that is taken."""
        name = folder_name(unit.code)
        return (name, f"{name}-{folder_name(unit.version)}") if unit.version else (name,)

    @staticmethod
    def _place(
        unit: Unit, files: Sequence[MappingFile], order: PairOrder, known: KnownStandards
    ) -> tuple[int, StatementLink | None]:
        """Which file says it or should, and the name that the unit's own sheet has for it, if it has one."""
        having = [at for at, file in enumerate(files) if any(order.means(each, known) for each in file.sheet.mapped)]
        of_sheet = [each for each in mapped_in(unit, (), known) if order.means(each, known)]
        if order.strength is None and not having:
            name = one_line(f"{order.criterion} and {order.link}")
            if of_sheet:
                what = f"{name} stand in the mark sheet of {one_line(unit.code)} itself. Nothing was written."
                raise WrongUse("It is in the mark sheet", what, "Turn the pair down, or take it out of the mark sheet.")
            what = f"No mapping of {one_line(unit.code)} has {name}. Nothing was written."
            raise WrongUse("No such pair", what, "Look at what it has.")
        return (having[-1] if having else len(files) - 1), (of_sheet[0].link if of_sheet else None)

    def _named(self, name: str) -> tuple[Standard, ...]:
        meant, known = self._sheets.which_standard.target(name), self._sheets.standards
        if isinstance(meant, Standard):
            return (meant,)
        listed = tuple(each for one in meant.codes if (each := known.newest(one)) is not None)
        if not listed:
            what = f"The centre has no sheet of a standard that {one_line(meant.code)} lists."
            raise WrongUse("No such standard", what, "Take its standards in first.")
        return listed

    def index(self, standards: tuple[Standard, ...]) -> StatementIndex:
        """The words of the statements of those standards, by which what is alike is found."""
        kept = self._index
        if kept is None or kept[0] != standards:
            statements = [KnownStatement(standard, each) for standard in standards for each in standard.statements]
            kept = self._index = standards, StatementIndex(statements, english_stems())
        return kept[1]


def text_of(file: MappingFile) -> str:
    """What the file is to hold. Raises `WrongUse` for a mapping that none can hold."""
    if file.reading is None:
        return MAPPING_WRITER.render(file.sheet)
    return rewrite_mapping(file.reading, file.sheet)


def _emptied(written: Written) -> str:
    """The mapping that was begun, without its pairs: a file that was there is not taken away."""
    reading = read_mapping(written.now, written.path)
    assert reading.sheet is not None
    return rewrite_mapping(reading, UnitMapping(reading.sheet.unit, reading.sheet.version, reading.sheet.title))


def _answered(order: PairOrder, said: Sequence[tuple[Strength, str]]) -> Refused:
    told = ", ".join(f"{strength} ({note})" if note else str(strength) for strength, note in said)
    return Refused(
        "The pair was changed meanwhile",
        one_line(f"{order.criterion} and {order.link}: by now it says {told or 'nothing'}. Nothing was written."),
        "Look at it as it is now, and answer it again.",
    )


def _unfit(file: Path, unit: Unit, why: str) -> MarkTermError:
    return Refused(
        "The mapping has errors",
        f"{file.name}, a mapping of {one_line(unit.code)}, {why}. Nothing was written.",
        "Have the sheet checked and mended.",
        file=file,
        hint=Hint(Way.CHECK_SHEETS),
    )
