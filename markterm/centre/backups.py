"""Backups: the whole centre in one file, complete or absent, and the centre of such a file again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path, PurePosixPath

from markterm import __version__
from markterm.centre.backed_up_files import files_of
from markterm.centre.destructions_on_record import DestructionsOnRecord
from markterm.centre.folder import EVIDENCE, LEARNERS, CentreFolder
from markterm.centre.named_files import NamedFiles
from markterm.centre.seeing import Seeing
from markterm.domain.record.bodies.retaining import What
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.destructions import Destruction
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import NotNow, Unreadable, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.hint import Hint, Way
from markterm.domain.words.local_time import local
from markterm.exports.backup.checking import CheckedBackup
from markterm.exports.backup.form import RECORDS, BackupFacts, EvidenceIn, is_evidence
from markterm.exports.backup.last import LastBackup, last_backup, note_backup
from markterm.exports.backup.writing import BackupWriter, CannotBeRead, WrittenMeanwhile, backup_at, heads_text
from markterm.exports.writing import Progress
from markterm.records.kept_heads import Heads
from markterm.records.store import EventStore, Head
from markterm.system.platform import CENTRE_RECORD, folder_name

_MOST_NAMED = 3
_NONE_KNOWN = "No backup of this centre is known: none was made yet, or in another way than by MarkTerm."


@dataclass(frozen=True, slots=True)
class WrittenBackup:
    """A backup that has its place, with what was found when it was read back; `damaged` says in sentences what of the
    centre was damaged already."""

    target: Path
    checked: CheckedBackup
    damaged: tuple[str, ...]


class Backups:
    """Backups of the centre in `folder`."""

    def __init__(
        self,
        folder: CentreFolder,
        details: CentreDetails,
        store: EventStore,
        on_record: DestructionsOnRecord,
        clock: Callable[[], datetime],
        seeing: Seeing,
        named_files: NamedFiles,
    ) -> None:
        self._folder = folder
        self._details = details
        self._store = store
        self._on_record = on_record
        self._now = clock
        self._seeing = seeing
        self._named_files = named_files

    def place_of(self, given: Path) -> Path:
        """Where a backup goes that was asked for there: into a folder under a name of its own. Raises `WrongUse` for a
        place within the centre's folder: what takes that away takes the backup as well; and for one that is neither a
        folder nor called like a zip, most often a disk that is not there tonight."""
        if given.is_dir():
            day = f"{local(self._now()):%Y-%m-%d %H%M}"
            given = given / f"{folder_name(f'{self._details.number} backup {day}')}.zip"
        elif given.suffix.lower() != ".zip":
            raise WrongUse(
                "No such folder",
                f"{given} is not there, or no folder, and one that is to be a file ends in .zip. Nothing was written.",
                "Make the folder, see whether its disk is there, or give the file's whole name.",
                file=given,
            )
        within = (self._folder.path, *self._folder.own)
        if any(given.absolute().resolve().is_relative_to(each.resolve()) for each in within):
            raise WrongUse(
                "A backup lies elsewhere",
                f"{given} is in the centre's folder: what takes that away takes the backup with it.",
                "Give a place on another disk, or on another machine.",
            )
        return given

    def write(
        self,
        target: Path,
        *,
        evidence: EvidenceIn | None = None,
        even_incomplete: bool = False,
        force: bool = False,
        told: Callable[[Progress], None] = lambda _: None,
    ) -> WrittenBackup:
        """Write a backup to `target`; return when it is durable there, and was read back from its first byte to its
        last. What was destroyed, or begins to be, is not in it. The `evidence` is included, unless it is said how else.

        Raises `WrongUse` when something is there and `force` does not say that it may go, or when evidence is asked for
        that is in a store of its own; `Unreadable` when a file cannot be read and `even_incomplete` does not say that
        the backup may be without it, `NotNow` when something began to be destroyed meanwhile, `Refused` when there is
        no room among the files of whom a server signed in, and `NotSaved`: nothing is left then.
        """
        self._seeing.require_everybody("A backup is made")
        evidence = self._evidence_in(evidence)
        begun = self._on_record.every()
        with backup_at(target, force=force) as (writer, checked):

            def fits(progress: Progress) -> None:
                self._named_files.check_room(target, writer.size)
                told(progress)

            damaged = self._put_in(writer, begun, evidence, fits)
            if writer.unread and not even_incomplete:
                named = ", ".join(writer.unread[:_MOST_NAMED])
                raise Unreadable(
                    "The backup would not be complete",
                    f"{counted(len(writer.unread), 'file')} cannot be read: {named}. No backup was written.",
                    "Have them readable, or say that the backup may be without them.",
                    hint=Hint(Way.EVEN_INCOMPLETE),
                )
            if self._has_begun_since(begun, writer.heads):
                raise NotNow(
                    "Something began to be destroyed meanwhile",
                    "The backup would bring it back. No backup was written.",
                    "Do it again.",
                )
            facts = self._facts(writer, evidence)
            writer.end(facts, heads_text(writer, facts, self._details.name))
        altered = (f"{one_line(each)} does not verify from line {line} on" for each, line in checked[0].damaged.items())
        written = WrittenBackup(target, checked[0], (*damaged, *altered))
        note_backup(self._folder.path, _noted(written))
        return written

    def last(self) -> LastBackup | None:
        """The backup that was made last, as it was noted in the centre's folder; None where none was."""
        self._seeing.require_everybody("When the whole centre was backed up is told")
        return last_backup(self._folder.path)

    def in_words(self, last: LastBackup | None) -> tuple[str, ...]:
        """That backup in sentences."""
        return last.in_words(self._now()) if last is not None else (_NONE_KNOWN,)

    def destroyed_since(self, checked: CheckedBackup) -> int:
        """How many of its records the centre destroyed since it was made. Raises `Unreadable`."""
        every = self._on_record.every()
        return sum(is_gone(record, heads, every) for record, heads in checked.heads.items())

    def _evidence_in(self, asked: EvidenceIn | None) -> EvidenceIn:
        if not self._details.evidence:
            return asked or EvidenceIn.INCLUDED
        if asked is not None:
            raise WrongUse(
                "The evidence has a store of its own",
                f"It lies in {one_line(self._details.evidence)}, and no backup of the centre has it.",
                "Have that store keep versions of what is put into it, and leave the evidence out here.",
            )
        return EvidenceIn.APART

    def _put_in(
        self,
        writer: BackupWriter,
        begun: Sequence[Destruction],
        evidence: EvidenceIn,
        told: Callable[[Progress], None],
    ) -> list[str]:
        """Put in everything, and return what of it is damaged.

        First the learners' records, then the files, then the centre's own record: so everything that an entry rests on
        is in it, whoever goes on working meanwhile.
        """
        records = sorted(record for record in self._store.stamps() if record != CENTRE_RECORD)
        gone = {record for record in records if self._is_left_out(record, begun)}
        writer.destroyed = len(gone)
        coming = [record for record in records if record not in gone]
        listed = files_of(self._folder, self._without(gone, {*records, *self._folder.learner_folders()}, begun))
        writer.links += listed.links
        writer.unread += listed.unread
        own = PurePosixPath(RECORDS, folder_name(CENTRE_RECORD))
        steps: list[tuple[str, Callable[[], Iterable[str]]]]
        steps = [(record, partial(self._put_in_record, writer, record)) for record in coming]
        files = [(path, partial(self._put_in_file, writer, path, source, evidence)) for path, source in listed.files]
        steps += ((path.name, step) for path, step in files if own not in path.parents)
        steps.append((CENTRE_RECORD, partial(self._put_in_record, writer, CENTRE_RECORD)))
        steps += ((path.name, step) for path, step in files if own in path.parents)
        damaged: list[str] = []
        for done, (name, step) in enumerate(steps, 1):
            damaged += step()
            told(Progress(done, len(steps), name))
        return damaged

    def _without(self, gone: set[str], names: set[str], begun: Sequence[Destruction]) -> set[PurePosixPath]:
        """What of the centre's folder is not among its files: what was destroyed, and what lies there from before its
        records moved to another store."""
        without = {PurePosixPath(place, folder_name(record)) for place in (LEARNERS, RECORDS) for record in gone}
        for each in begun:
            if each.is_unfinished and each.what is What.EVIDENCE:
                without |= {PurePosixPath(LEARNERS, folder_name(name), EVIDENCE) for name in names if each.is_of(name)}
        if self._store.place(CENTRE_RECORD) is None:
            without.add(PurePosixPath(RECORDS))
        return without

    def _put_in_record(self, writer: BackupWriter, record: str) -> Iterator[str]:
        """Put in a record, and say what this machine wrote of it that is not there any more."""
        saw = self._store.witnessed(record)
        writer.record(record, self._store.raw(record))
        own = writer.heads.get(record, {})
        for segment, head in saw.items():
            there = own.get(segment)
            if there is None or there.lines < head.lines or (there.lines == head.lines and there != head):
                lines = counted(there.lines if there is not None else 0, "line")
                whose = one_line(record) or "the centre"
                yield f"the record of {whose} has {lines} of {segment}, of which this machine wrote {head.lines}"

    def _put_in_file(
        self, writer: BackupWriter, path: PurePosixPath, source: Path, evidence: EvidenceIn
    ) -> tuple[str, ...]:
        """Put in a file that is no part of a record that is in it."""
        if writer.has(path):
            return ()
        put_in = writer.evidence_by_hash if evidence is EvidenceIn.BY_HASH and is_evidence(path) else writer.file
        try:
            try:
                put_in(path, source)
            except WrittenMeanwhile:
                put_in(path, source)  # What is being saved just now is there a moment later.
        except FileNotFoundError:
            pass  # Somebody took it away since the folder was listed.
        except CannotBeRead:
            writer.unread.append(one_line(str(path)))
        return ()

    def _is_left_out(self, record: str, begun: Sequence[Destruction]) -> bool:
        """Whether the record is being destroyed, or was and came back: of its learner nothing is here then."""
        unfinished = any(
            each.is_unfinished
            and each.what is What.RECORD
            and (each.is_of(record) or each.heads_of(record) is not None)
            for each in begun
        )
        if unfinished:
            return True
        return not self._folder.learner(record).exists() and is_gone(record, self._store.heads(record), begun)

    def _has_begun_since(self, begun: Sequence[Destruction], heads: Heads) -> bool:
        """Whether something of what was put in began to be destroyed since."""
        known = {each.uid for each in begun if each.is_begun}
        return any(
            each.is_begun
            and each.uid not in known
            and any(each.is_of(record) or each.heads_of(record) is not None for record in heads)
            for each in self._on_record.every()
        )

    def _facts(self, writer: BackupWriter, evidence: EvidenceIn) -> BackupFacts:
        return BackupFacts(
            self._details.number,
            self._details.name,
            self._now().isoformat(timespec="seconds"),
            __version__,
            evidence,
            writer.records,
            writer.events,
            writer.files,
            writer.evidence_files,
            writer.names,
            tuple(writer.links),
            tuple(writer.unread),
            writer.destroyed,
            writer.beside,
        )


def is_gone(record: str, heads: Mapping[str, Head], every: Iterable[Destruction]) -> bool:
    """Whether that record, as far as it goes there, is one that was destroyed."""
    counted_then = [each.heads_of(record) for each in every if each.is_begun and each.what is What.RECORD]
    return any(
        known is not None and all(name in known and head.lines <= known[name][0] for name, head in heads.items())
        for known in counted_then
    )


def _noted(written: WrittenBackup) -> LastBackup:
    facts = written.checked.facts
    return LastBackup(
        facts.made_at,
        str(written.target.absolute()),
        str(facts.evidence),
        facts.records,
        facts.events,
        written.checked.size,
        len(facts.unread),
        len(written.damaged),
    )
