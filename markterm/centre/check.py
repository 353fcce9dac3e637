"""Whether a centre's folder hangs together: what no file can tell by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile

from markterm.centre.briefs import Briefs
from markterm.centre.centre_due import DueOfCentre
from markterm.centre.codes_named import CodesNamed
from markterm.centre.copies_beside import copies_beside
from markterm.centre.folder import LEARNER_FILE, CentreFolder
from markterm.centre.learner_folder import read_learner_folder
from markterm.centre.observations import Observations
from markterm.centre.registrations import Registrations
from markterm.centre.retention import Retention
from markterm.centre.seeing import Seeing
from markterm.centre.sheet_changes import Changed, SheetChanges
from markterm.centre.sheets import CentreSheets
from markterm.centre.standardisation import Standardisations
from markterm.domain.assessed.fitting_policy import unmet
from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.member import Role
from markterm.domain.assessed.unit import UnitKey
from markterm.domain.assessed.visibility import TheirsBy
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.words.counted import counted
from markterm.domain.words.criterion_number import sort_key
from markterm.domain.words.errors import MarkTermError, Unreadable
from markterm.domain.words.finding import Finding, Severity
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.hint import Hint, Way
from markterm.domain.words.local_time import local
from markterm.exports.backup.last import last_backup
from markterm.sheets.kinds import ASSIGNMENT, COMPETENCE, MEMBER, UNIT
from markterm.sheets.lint import check
from markterm.sheets.sheet_folder import ABOUT_THE_FOLDER, markdown_files, text_below
from markterm.system.collecting import without_collecting

FOLDER = "MC01"
NO_SHEET = "MC02"
NO_MEMBER = "MC03"
NOT_APPROVED = "MC04"
NO_COMBINATION = "MC05"
NO_SUCH_MEMBER = "MC06"
NO_REQUIREMENT = "MC07"
ASKED_TWICE = "MC08"
DECIDED_ON_OTHER_WORDS = "MC12"
ID_OF_ANOTHER = "MC13"
NOT_SHUT_IN = "MC20"
STORE_AWAY = "MC21"
NOT_PROTECTED = "MC22"
RECORDS_AT_RISK = "MC23"
NOTHING_NOTED = "MC24"
UNMET_POLICY = "MC30"
SEEN_BY_NOBODY = "MC32"
NOT_STANDARDISED = "MC40"
BRIEF_NOT_VERIFIED = "MC41"
OBSERVATION_OVERDUE = "MC42"
LEFT_BEHIND = "MC43"
NO_APPROVAL = "MC46"
RECORDS_NOT_READ = "MC48"
OLD_BACKUP = "MC49"

_MOST_NAMED = 8


class Check:
    """The check of the centre in `folder`; `of_records` says, in sentences, what of the records may be lost or changed
    where they are kept, and in `notes` this machine notes how far it wrote them."""

    def __init__(
        self,
        folder: CentreFolder,
        details: CentreDetails,
        sheets: CentreSheets,
        sheet_changes: SheetChanges,
        registrations: Registrations,
        standardisation: Standardisations,
        briefs: Briefs,
        observations: Observations,
        due: DueOfCentre,
        retention: Retention,
        seeing: Seeing,
        of_records: Callable[[], Sequence[str]],
        notes: Path,
        clock: Callable[[], datetime],
    ) -> None:
        self._folder = folder
        self._details = details
        self._sheets = sheets
        self._sheet_changes = sheet_changes
        self._registrations = registrations
        self._standardisation = standardisation
        self._briefs = briefs
        self._observations = observations
        self._due = due
        self._retention = retention
        self._seeing = seeing
        self._of_records = of_records
        self._notes = notes
        self._now = clock

    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the centre's sheets and learners' files, and with how these and the records fit."""
        with without_collecting():  # Ten thousand learners' files are read, and few of them leave a finding.
            findings = (*self._of_files(), *self._registrations.findings(), *self._retention.findings())
        return tuple(filter(self._may_be_told, findings))

    def _of_files(self) -> Iterator[Finding]:
        here, details, sheets = self._folder, self._details, self._sheets
        changed = self._sheet_changes.look()
        places = [place for place in (here.mark_sheets, here.learners, here.members) if place.is_dir()]
        findings = check(places)
        yield from findings
        faulty = {finding.file for finding in findings if finding.severity is Severity.ERROR}
        yield from copies_beside(here.file)
        on: Counter[str] = Counter()
        for folder in (here.learners / name for name in self._learner_folders()):
            file = folder / LEARNER_FILE
            yield from copies_beside(file)
            if file in faulty:
                continue
            try:
                learner = read_learner_folder(folder)
            except Unreadable as error:
                message = f"{error.title}: {error.what} {error.next_step}"
                yield Finding(FOLDER, Severity.ERROR, message, file, error.line, error.hint)
                continue
            on.update(learner.assignments)
            yield from _check_learner(learner, file, details, sheets)
        yield from self._of_approval(on)
        yield from _check_staff(here, details, sheets)
        yield from _check_decisions(here.mark_sheets / UNIT.folder, changed)
        yield from _check_cage()
        yield from _check_notes(self._notes)
        if details.record_store and here.has_records:
            message = (
                "these records are not read: centre.toml says that a database has them. Compare both, then keep this "
                "folder elsewhere, where nobody takes it for what stands"
            )
            yield Finding(RECORDS_NOT_READ, Severity.WARNING, message, here.records)
        if here.store is not None and (why := here.store.why_away()):
            yield Finding(STORE_AWAY, Severity.ERROR, f"the evidence lies in a store, and {why}", here.file)
        if (last := last_backup(here.path)) is not None and last.is_old(self._now()) and self._seeing.everybody:
            message = f"the last backup that is known is of {local(last.made):%Y-%m-%d %H:%M}"
            yield Finding(OLD_BACKUP, Severity.WARNING, message, here.file)
        for caveat in self._of_records():
            yield Finding(RECORDS_AT_RISK, Severity.WARNING, one_line(caveat.rstrip(".")), here.file)
        if details.visibility.ways:
            yield from self._of_visibility()
        for sentence in unmet(details.members, details.policy):
            told = f"{sentence} Change [policy], or the members"
            yield Finding(UNMET_POLICY, Severity.WARNING, told, here.file)
        yield from CodesNamed(here.file, details).without_sheet(sheets)
        yield from _check_ids(here.file, details)
        with suppress(MarkTermError):  # Whoever audits the records is told that one cannot be read.
            yield from self._of_verification()

    def _of_visibility(self) -> Iterator[Finding]:
        """That who may see what is no protection here, the learners whom nobody who is limited sees, and by what
        nobody is shown to a member."""
        message = (
            "[visibility] keeps learners that are not theirs out of members' way. Whoever can open this folder can "
            "read them all the same: it protects where members reach the centre through a server alone"
        )
        if not self._details.record_store:
            yield Finding(NOT_PROTECTED, Severity.WARNING, message, self._folder.file)
        if not self._seeing.everybody:
            return
        learners = {}
        for folder in self._folder.learner_folders():
            with suppress(Unreadable):  # It is told of by itself.
                learners[folder] = read_learner_folder(self._folder.learners / folder)
        only = self._details.visibility.ways.get(Role.ASSESSOR) == frozenset({TheirsBy.ASSIGNED})
        for folder, learner in learners.items() if only else ():
            if not learner.assessor:
                message = f"{one_line(learner.registration)} has no assessor: no assessor sees them"
                yield Finding(SEEN_BY_NOBODY, Severity.WARNING, message, self._folder.learner_file(folder))
        yield from CodesNamed(self._folder.file, self._details).shown_nobody(learners.values())

    def _learner_folders(self) -> Iterator[str]:
        return filter(self._seeing.folder, self._folder.learner_folders())

    def _may_be_told(self, finding: Finding) -> bool:
        """Whether it is of nobody, or of somebody whom whoever acts may see."""
        file, learners = finding.file, self._folder.learners
        if file is None or not file.is_relative_to(learners) or file == learners:
            return True
        return self._seeing.folder(file.relative_to(learners).parts[0])

    def _of_approval(self, on: Mapping[str, int]) -> Iterator[Finding]:
        """The assignments that so many learners are `on`, of whose approval the sheet does not say all."""
        for code, learners in sorted(on.items()):
            assignment = self._sheets.assignments.by_code.get(code)
            if assignment is not None and (lacks := assignment.lacks_approval):
                message = f"{one_line(code)}, of {counted(learners, 'learner')}: {lacks}"
                folder = self._folder.mark_sheets / ASSIGNMENT.folder
                yield Finding(NO_APPROVAL, Severity.WARNING, message, folder)

    def _of_verification(self) -> Iterator[Finding]:
        """What is overdue of standardisation and observations, and the briefs that were verified and edited since, or
        are waited for."""
        for each in self._standardisation.overdue():
            when = f"was standardised last on {each.on}" if each.on is not None else "was never standardised"
            message = f"{each.member.id} {one_line(each.member.name)} {when} for {each.qualification}"
            yield Finding(NOT_STANDARDISED, Severity.WARNING, message, self._folder.file)
        folder = self._folder.mark_sheets / ASSIGNMENT.folder
        for brief in self._briefs.told(self._sheets.assignments.by_code.values()):
            if not brief.may_be_issued:
                message = f"{brief.assignment}: {one_line(brief.words)}"
                yield Finding(BRIEF_NOT_VERIFIED, Severity.WARNING, message, folder)
        for gone in self._due.now().left:
            message = (
                f"{one_line(gone.member)} is no member any more and has left {gone.words}: give it to somebody else"
            )
            yield Finding(LEFT_BEHIND, Severity.WARNING, message, self._folder.file)
        today = self._observations.today
        for observation in self._observations.every():
            said = observation.said
            if observation.is_overdue(today):
                message = f"the {said.how} of {said.assessor} by {said.verifier} was planned until {said.due}"
                yield Finding(OBSERVATION_OVERDUE, Severity.WARNING, one_line(message), self._folder.file)
        for due in self._observations.due(today):
            if due.planned is None:
                yield Finding(OBSERVATION_OVERDUE, Severity.WARNING, one_line(due.words), self._folder.file)


def _check_ids(file: Path, details: CentreDetails) -> Iterator[Finding]:
    """The ids that are another person's now than the centre's record knows."""
    history = details.past()
    for member in details.members:
        before = history.whose_before(member)
        if before is not None:
            message = (
                f"{member.id} was the id of {one_line(before.name)} and is that of {one_line(member.name)} now, who "
                "cannot act: give them an id that nobody had. Is it the same person, say so"
            )
            hint = Hint(Way.SAME_PERSON, member=member.id)
            yield Finding(ID_OF_ANOTHER, Severity.ERROR, message, file, hint=hint)


def _check_notes(place: Path) -> Iterator[Finding]:
    """That nothing can be written where this machine notes how far it wrote: nobody is held up for that, and it is the
    note by which it would find that an end is missing."""
    try:
        place.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=place) as file:
            file.write(b"x")
    except OSError as error:
        message = (
            f"this machine cannot note how far it wrote ({error.strerror or error}): it would not find that an end of "
            "a record was cut off. Drafts and what was seen are kept there too. Make room, or have it written to"
        )
        yield Finding(NOTHING_NOTED, Severity.WARNING, message, place)


def _check_cage() -> Iterator[Finding]:
    from markterm.evidence.conversion.conversion import left_open  # When it is needed: it loads what converts.

    if left_open():
        message = (
            "learners' files are converted in a process with limits on time and memory, but on this machine it cannot "
            f"be shut in: a file made to do harm might {', '.join(left_open())}. Convert on a system that can, "
            "such as Linux 5.13 or later"
        )
        yield Finding(NOT_SHUT_IN, Severity.WARNING, message)
    from markterm.evidence.conversion.program import programs_left_open
    from markterm.evidence.machine.engines import engine_found
    from markterm.evidence.machine.libreoffice import libreoffice_found

    if (libreoffice_found() or engine_found()) and programs_left_open():
        message = (
            "LibreOffice and what reads words in pictures run on learners' files with limits on time and memory, but "
            f"on this machine they cannot be shut in: a file made to do harm might {', '.join(programs_left_open())}"
        )
        yield Finding(NOT_SHUT_IN, Severity.WARNING, message)


def _check_decisions(folder: Path, changed: Iterable[Changed]) -> Iterator[Finding]:
    """A finding for each unit in which decisions do not fit the sheet."""
    by_unit: dict[tuple[UnitKey, str], list[Changed]] = {}
    for each in changed:
        by_unit.setdefault((each.unit.key, each.unit.no_sheet), []).append(each)
    for (key, no_sheet), learners in sorted(by_unit.items(), key=lambda item: item[0]):
        names = sorted({one.name for each in learners for one, _ in each.criteria}, key=sort_key)
        told = ", ".join(names[:_MOST_NAMED]) + (" …" if len(names) > _MOST_NAMED else "")
        count, of = sum(len(each.criteria) for each in learners), len(learners)
        why = no_sheet or "the sheet says something else by now"
        message = (
            f"{one_line(str(key))}: {one_line(why)}; {counted(count, 'criterion', 'criteria')} of "
            f"{counted(of, 'learner')} count as unfinished ({one_line(told) or 'nothing decided yet'}). Put the sheet "
            "back as it was, or settle them"
        )
        hint = Hint(Way.CARRY, unit=one_line(key.code))
        yield Finding(DECIDED_ON_OTHER_WORDS, Severity.ERROR, message, folder, hint=hint)


def _check_staff(here: CentreFolder, details: CentreDetails, sheets: CentreSheets) -> Iterator[Finding]:
    known: dict[str, str] = {}
    for sheet in sheets.competence.by_code.values():
        for requirement in sheet.requirements:
            if requirement.code in known:
                message = (
                    f"{sheet.code} and {known[requirement.code]} both ask for {requirement.code}: "
                    "what members showed would count for both; give one of them other codes"
                )
                yield Finding(ASKED_TWICE, Severity.ERROR, message, here.mark_sheets / COMPETENCE.folder)
            known.setdefault(requirement.code, sheet.code)
    folder = here.members
    if not folder.is_dir():
        return
    for file in markdown_files(folder, [], deep=False):
        text = text_below(file, folder)
        if isinstance(text, Finding) or file.name.lower() == ABOUT_THE_FOLDER:
            continue
        own = MEMBER.read(text, file).sheet
        if own is None:
            continue
        if details.member(own.id) is None:
            message = f"{one_line(own.id)} is no member of this centre: correct the id, or centre.toml"
            yield Finding(NO_SUCH_MEMBER, Severity.WARNING, message, file)
        for line, shown in zip(own.lines, own.shown, strict=True):
            for code in shown.requirements:
                if code not in known:
                    message = f"no sheet in mark_sheets/{COMPETENCE.folder} asks for {code}: correct the code"
                    yield Finding(NO_REQUIREMENT, Severity.ERROR, message, file, line)


def _check_learner(learner: Learner, file: Path, details: CentreDetails, sheets: CentreSheets) -> Iterator[Finding]:
    for code in learner.units:
        if code not in sheets.units.units:
            message = f"there is no mark sheet for unit {one_line(code)}: put it into mark_sheets/units"
            yield Finding(NO_SHEET, Severity.ERROR, message, file)
    for code in learner.standards:
        unit = sheets.marked.units.get(code)
        if unit is None or not unit.is_standard:
            message = (
                f"there is no sheet of standard {one_line(code)}, or a unit is called so: "
                "put it into mark_sheets/standards, or correct the code"
            )
            yield Finding(NO_SHEET, Severity.ERROR, message, file)
    yield from _check_combinations(learner, file, sheets)
    if not learner.assessor:
        return
    member = details.member(learner.assessor)
    if member is None or Role.ASSESSOR not in member.roles:
        message = f"{one_line(learner.assessor)} is no assessor of this centre: correct the id, or centre.toml"
        yield Finding(NO_MEMBER, Severity.WARNING, message, file)
        return
    for code in (*learner.units, *learner.standards):
        if not (member.approved_for(code) or member.in_training_for(code)):
            message = (
                f"{member.id} is not approved for unit {one_line(code)}: have somebody else mark it, or approve "
                "them in centre.toml"
            )
            yield Finding(NOT_APPROVED, Severity.WARNING, message, file)


def _check_combinations(learner: Learner, file: Path, sheets: CentreSheets) -> Iterator[Finding]:
    for code in learner.assignments:
        if code not in sheets.assignments.sound:
            message = f"there is no sound sheet for assignment {one_line(code)}: see mark_sheets/assignments"
            yield Finding(NO_COMBINATION, Severity.ERROR, message, file)
    for code in learner.qualifications:
        if code not in sheets.qualifications.sound:
            message = (
                f"there is no sound sheet for qualification {one_line(code)}: "
                "what completes it is not known; see mark_sheets/qualifications"
            )
            yield Finding(NO_COMBINATION, Severity.WARNING, message, file)
