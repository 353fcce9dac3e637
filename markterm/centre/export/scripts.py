"""Scripts for standardisation: what learners handed in for a unit, without the names, and apart from it the key."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path, PurePosixPath
from random import SystemRandom
from threading import Event

from markterm.centre.caseload import Caseload
from markterm.centre.evidence import Evidence
from markterm.centre.export.cleaned import Cleaned, NotCleaned
from markterm.centre.export.script_files import ScriptFiles, Told
from markterm.centre.export.standing import AsItStands
from markterm.centre.fixing import Fixing
from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.centre.recorder import Recorder
from markterm.centre.sheets import CentreSheets
from markterm.centre.standardisation import Standardisations
from markterm.domain.assessed.member import Role
from markterm.domain.assessed.unit import Unit
from markterm.domain.record.bodies.standardising import Standardised
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.rules.act import known
from markterm.domain.rules.criterion_named import criterion_of
from markterm.domain.rules.standardising import refuses_use
from markterm.domain.views.anonymous import Anonymous, everybody
from markterm.domain.views.caseload import CaseloadRow
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import NotSaved, Refused, WrongUse
from markterm.exports.anchor import furthest
from markterm.exports.csv.report import cells_as_csv
from markterm.exports.csv.script_key import COLUMNS
from markterm.exports.document.model import Document
from markterm.exports.document.scripts import READ_THEM, ScriptPage, blank_sheet, scripts_index
from markterm.exports.export import Export, LeftOut, Made, Piece
from markterm.exports.file_names import FileNames, file_name
from markterm.exports.page_form import PageForm, write_page
from markterm.records.kept_heads import Heads

_DOUBTED = "; these words may be names: "
_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Scripts:
    """The pack, and the key to it, which is written elsewhere: whose each script is."""

    pack: Export
    key: Export


@dataclass(frozen=True, slots=True)
class _Script:
    """What becomes of one learner's work."""

    shown: LearnerPortfolio
    unit: Unit
    heads: Heads
    given: tuple[Cleaned, ...]
    left_out: tuple[NotCleaned, ...]


@dataclass(frozen=True, slots=True)
class _Laid:
    """One script as it lies in the pack: what the first page says of it, its files, and its rows of the key."""

    page: ScriptPage
    pieces: tuple[Piece, ...]
    rows: tuple[tuple[str, ...], ...]


class ScriptExports:
    """Anonymised scripts of a centre's learners."""

    def __init__(
        self,
        details: CentreDetails,
        recorder: Recorder,
        standing: AsItStands,
        caseload: Caseload,
        evidence: Evidence,
        fixing: Fixing,
        sheets: CentreSheets,
        standardisations: Standardisations,
    ) -> None:
        self._details = details
        self._recorder = recorder
        self._standing = standing
        self._caseload = caseload
        self._evidence = evidence
        self._fixing = fixing
        self._sheets = sheets
        self._standardisations = standardisations

    def of(
        self,
        unit_code: str,
        registrations: Sequence[str],
        criteria: Sequence[str] = (),
        *,
        begun: str = "",
        without_centre: bool = False,
        shows_nobody: Collection[tuple[str, str]] = (),
        told: Told | None = None,
        stop: Event | None = None,
    ) -> Scripts:
        """The work of these learners for that unit, and of those at whose work the standardisation `begun` looks, read
        and cleaned now: what cannot be cleaned is known before anything is written. Whoever refuses that it is used, or
        did not declare it yet, is left out. `criteria` are what is to be looked at, where it is not all of the unit.
        `shows_nobody` are files, as registration and name, of which whoever acts says that what is to be seen in them
        shows nobody. `told` is told of each file, and setting `stop` ends it.

        Raises `Refused` when whoever acts is neither verifier nor coordinator, or when nobody's work is left,
        `ExportStopped`, `WrongUse` and `Unreadable`.
        """
        by = self._check_member()
        rows = {row.registration: row for row in self._caseload.now()}
        asked = dict.fromkeys((*registrations, *(self._looked_at(begun, unit_code, rows.values()) if begun else ())))
        if not asked:
            raise WrongUse("Whose scripts?", "Nobody's work was asked for.", "Name learners, or a standardisation.")
        usable: list[tuple[LearnerPortfolio, Unit, Heads]] = []
        left_out: list[LeftOut] = []
        for registration in asked:
            shown, heads = self._standing.of(registration)
            unit = shown.unit(unit_code)
            for number in criteria:
                criterion_of(unit, number)
            if why := _why_not(shown, unit):
                left_out.append(LeftOut(registration, why))
            else:
                usable.append((shown, unit, heads))
        people = [(row.registration, row.name) for row in rows.values()]
        people += [(shown.learner.registration, shown.learner.legal_name) for shown, _, _ in usable]
        earlier = [(row.registration, each) for row in rows.values() for each in row.earlier]
        names = everybody(sorted(each for each in people if each[1]), sorted(earlier), self._details.members)
        centre = (self._details.name, self._details.number) if without_centre else ()
        own_files = [shown.learner.registration for shown, _, _ in usable]
        reading = ScriptFiles(self._evidence, own_files, frozenset(shows_nobody), told, stop or Event())
        scripts: list[_Script] = []
        for shown, unit, heads in usable:
            own = shown.learner.registration
            files = tuple(file.name for file in self._evidence.listed(own).files)
            before = rows[own].earlier if own in rows else ()
            anonymous = Anonymous(names, shown.learner, earlier=before, files=files, centre=centre)
            found = list(reading.of(own, anonymous))
            given = tuple(each for each in found if isinstance(each, Cleaned))
            if given:
                left = tuple(each for each in found if isinstance(each, NotCleaned))
                scripts.append(_Script(shown, unit, heads, given, left))
            else:
                left_out.append(LeftOut(own, "no file of theirs can be given without names"))
        if not scripts:
            why = "; ".join(f"{each.what}: {each.why}" for each in left_out)
            raise Refused("There is no script", f"Nobody's work can be given. {why}.", "Choose the work of others.")
        if len({script.unit.key for script in scripts}) > 1:
            raise WrongUse(
                "The learners are on several versions",
                f"Not all of them are marked by the same criteria of {unit_code}.",
                "Make scripts of those of one version.",
            )
        SystemRandom().shuffle(scripts)
        details = replace(self._details, number="", name="") if without_centre else self._details
        return self._made(scripts, left_out, criteria, details, by)

    def _looked_at(self, begun: str, unit_code: str, rows: Iterable[CaseloadRow]) -> Iterator[str]:
        """Of whom a standardisation looks at evidence of that unit, as they are registered now."""
        now = {earlier: row.registration for row in rows for earlier in row.earlier}
        code = self._sheets.named(unit_code).code
        for exhibit in self._standardisations.of_id(begun).exhibits:
            if exhibit.unit == code and exhibit.of is Standardised.DECISIONS:
                yield now.get(exhibit.learner, exhibit.learner)

    def _check_member(self) -> str:
        """The id of whoever acts."""
        member = known(self._recorder.act(""))
        if not member.roles & {Role.VERIFIER, Role.COORDINATOR}:
            raise Refused(
                "Only a verifier or a coordinator makes scripts anonymous",
                f"{member.name} ({member.id}) is neither, and is not to know whose script is which.",
                "Ask a verifier or the coordinator.",
            )
        return member.id

    def _made(
        self,
        scripts: Sequence[_Script],
        left_out: Sequence[LeftOut],
        criteria: Sequence[str],
        details: CentreDetails,
        by: str,
    ) -> Scripts:
        unit, names = scripts[0].unit, FileNames()
        digits = max(_DIGITS, len(str(len(scripts))))
        named = [(f"script-{place:0{digits}}", script) for place, script in enumerate(scripts, 1)]
        laid = [self._laid(name, script, names, blank_sheet(details, unit, name), by) for name, script in named]
        index = scripts_index(unit, criteria, [each.page for each in laid])
        begin = self._page(names.take("index", PageForm.HTML.ending), "the page to begin with", index)
        rows = [row for each in laid for row in each.rows]
        missing = (LeftOut(f"{each.page.name}: {file}", why) for each in laid for file, why in each.page.left_out)
        title = f"Scripts of {unit.code} for standardisation, of {counted(len(scripts), 'learner')}"
        name = file_name(f"scripts {unit.code}")
        heads = furthest(script.heads for script in scripts)
        key = Piece(PurePosixPath(f"{name} key.csv"), "whose each script is", partial(_write_key, rows, heads))
        pieces = (begin, *(piece for each in laid for piece in each.pieces))
        return Scripts(
            Export(title, name, pieces, (*left_out, *missing), (READ_THEM, *_doubted(rows)), nameless=True),
            Export(f"The key to {name}", key.path.name, [key], one_file=True),
        )

    def _laid(self, name: str, script: _Script, names: FileNames, sheet: Document, by: str) -> _Laid:
        """A script in its folder, under that name, as `by` makes it."""
        folder, own = PurePosixPath(name), script.shown.learner.registration
        attempt = script.shown.portfolio.unit(script.unit.key).attempt
        begun = (name, own, script.unit.code, str(attempt))
        hashes = self._fixing.fingerprints(own)
        pieces, files, rows = [], [], []
        for number, each in enumerate(script.given, 1):
            path = names.take(f"{number:02} {each.name}".rstrip(), each.ending, within=folder)
            pieces.append(Piece(path, f"{each.what}, without names", partial(_write, each.data), size=len(each.data)))
            files.append((path.name, " ".join(each.notes)))
            doubts = f"{_DOUBTED}{', '.join(each.doubts)}" if each.doubts else ""
            given = sha256(each.data).hexdigest()
            said = f"; {by} said that what is to be seen in it shows nobody" if each.shows_nobody else ""
            what = f"{each.what}{said}{doubts}"
            rows.append((*begun, str(path), given, each.was, hashes.get(each.was, ""), what))
        for left in script.left_out:
            rows.append((*begun, "", "", left.was, hashes.get(left.was, ""), f"left out: {left.why}"))
        pieces.append(self._page(names.take("mark sheet", PageForm.WORD.ending, within=folder), "to fill in", sheet))
        missing = tuple((left.name or "a file", left.why) for left in script.left_out)
        return _Laid(ScriptPage(name, tuple(files), missing), tuple(pieces), tuple(rows))

    def _page(self, path: PurePosixPath, what: str, document: Document) -> Piece:
        """A page as a file. It carries no heads: these name whose record they are of, and are beside the key."""
        form = PageForm(path.suffix.removeprefix("."))
        return Piece(path, what, lambda to: write_page(document, form, to, {}, at=self._recorder.now()))


def _why_not(shown: LearnerPortfolio, unit: Unit) -> str:
    """Why a learner's work is not used; empty when it may be."""
    if shown.incomplete:
        return f"their record is incomplete, and may not tell that they refuse it: {shown.incomplete}"
    if refuses_use(shown.portfolio, unit):
        return "they refuse that their work is used for standardisation"
    if shown.portfolio.declared(unit.key) is None:
        return "they did not declare this attempt yet, and so were not asked whether they refuse"
    return ""


def _doubted(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    doubted = sum(_DOUBTED in each[-1] for each in rows)
    if doubted:
        yield f"{counted(doubted, 'file')} of it with words that may be names of others: the key tells which."


def _write(data: bytes, path: Path) -> Made:
    path.write_bytes(data)
    if path.read_bytes() != data:
        raise NotSaved("A script was not written", "What was read back is something else.", "Export it again.")
    return Made()


def _write_key(rows: Sequence[tuple[str, ...]], heads: Heads, path: Path) -> Made:
    path.write_text("".join(cells_as_csv(COLUMNS, rows)), "utf-8", newline="")
    return Made(heads)
