"""The audit of records: is each whole and unchanged, as far as it and everybody who saw it can tell?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from markterm.centre.destroyed_records import after_destruction
from markterm.centre.issued_badges import badges_of_record
from markterm.centre.seeing import Seeing
from markterm.centre.signatures_of import signatures_of
from markterm.domain.claims.found import changed_claims
from markterm.domain.record.accounts_found import changed_accounts
from markterm.domain.record.answered_own import answered_own
from markterm.domain.record.destructions import Destruction
from markterm.domain.record.event import Event, Kind
from markterm.domain.record.of_themselves import of_themselves
from markterm.domain.record.renaming import renaming_of
from markterm.domain.record.separated import Known, VerifiedUnit, broken, running_too_long, verified_units
from markterm.domain.record.signing_keys import SigningKey
from markterm.domain.record.who_did_what import about_people, as_findings
from markterm.domain.record.without_authority import without_authority
from markterm.domain.rules.seeing import ANOTHER
from markterm.domain.words.errors import NotSaved, Unreadable, WrongUse
from markterm.domain.words.finding import Finding, Severity, some_of_each
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.hint import Hint, Way
from markterm.exports.anchored import Manifest, SignatureFound, heads_with, manifest_of, signature_with
from markterm.records import kept_heads
from markterm.records.finding_codes import NO_RECORD, hides
from markterm.records.kept_heads import Heads
from markterm.records.store import EventStore, Head
from markterm.system.new_file import sha256_of
from markterm.system.platform import CENTRE_RECORD, folder_name, make_folders, replace_file

_LARGEST = 256_000_000
_BEGINNING = 4


@dataclass(frozen=True, slots=True)
class RecordAudit:
    """What an audit of one record found, how many events it has, and its heads for keeping outside.

    `goes_on_from` are the records that it goes on from, `late` how many of their lines came after it did; `verified`
    are the units that were verified in it, `signatures` how many entries of it are signatures, each of which was
    checked.
    """

    record: str
    events: int
    heads: Mapping[str, Head]
    findings: tuple[Finding, ...]
    goes_on_from: tuple[str, ...] = ()
    late: int = 0
    verified: tuple[VerifiedUnit, ...] = ()
    signatures: int = 0

    @property
    def of_another(self) -> RecordAudit:
        """What of it is told of a learner whom somebody may not see: numbers, heads, and codes of findings."""
        message = f"something is found in the record of {ANOTHER}; the centre can tell what"
        found = tuple(Finding(each.code, each.severity, message) for each in self.findings)
        return RecordAudit(ANOTHER, self.events, self.heads, found, signatures=self.signatures)


@dataclass(slots=True)
class Compared:
    """What became of the records of which `kept` heads were given: each in one of the lists, those that are as they
    were in none; and of the files of an export, where it has a manifest, and its signature, where it is signed.

    Only beside heads `of_everybody` is a record that they do not name a new one.
    """

    kept: Heads
    manifest: Manifest | None = None
    signature: SignatureFound | None = None
    of_everybody: bool = True
    grew: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    destroyed: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


class Audits:
    """Audits of the records in `store`. What this machine saw is kept in the file `seen`, and compared; so is what
    `others` who work on it know."""

    def __init__(
        self,
        store: EventStore,
        seen: Path,
        others: Callable[[], Mapping[str, Sequence[Mapping[str, Head]]]],
        centre: str,
        known: Callable[[], Known],
        most_running: int,
        keys: Callable[[], tuple[SigningKey, ...]],
        clock: Callable[[], datetime],
        destroyed: Callable[[], Sequence[Destruction]],
        evidence: Callable[[str], Path],
        seeing: Seeing,
    ) -> None:
        self._store = store
        self._seen_file = seen
        self._others = others
        self._centre = centre
        self._known = known
        self._most_running = most_running
        self._keys = keys
        self._now = clock
        self._destroyed = destroyed
        self._evidence = evidence
        self._seeing = seeing

    def look(self, records: Iterable[str], compared: Compared | None = None) -> Iterator[RecordAudit]:
        """These records, each verified from its first byte; one that cannot be read is a finding.

        With `compared`, also against the heads that were kept of them. What was seen is kept for the next audit of this
        machine, as soon as all are looked at; where lines are missing, what was seen of them before stays.
        """
        records = tuple(records)
        if compared is not None:
            compared.kept = _by_name(compared.kept, records)
        seen, others = self._seen(), self._others()
        known, now = self._known(), self._now()
        destroyed: Sequence[Destruction] = ()
        keys: Sequence[SigningKey] = ()
        with suppress(Unreadable):  # That the centre's record cannot be read is what its own audit tells.
            destroyed = self._destroyed()
            keys = self._keys()
        for record in records:
            told = _of_destroyed(record, destroyed)
            of_others = (("a session on this machine", heads) for heads in others.get(record, ()))
            seen_by = (("an earlier audit of this machine", seen.get(record, {})), *of_others)
            audited = self._look(record, seen_by, known, keys, now, compared, told)
            noted = seen.setdefault(record, {})
            for name, head in audited.heads.items():
                if name not in noted or self._store.holds(record, name, noted[name]):
                    noted[name] = head
            yield audited
        self._keep_seen(seen)

    def every(self, compared: Compared | None = None) -> Iterator[RecordAudit]:
        """Every record, as `look` does; also those that were seen or kept before and of which nothing is left. For an
        external quality assurer those of learners whom they may not see are told without saying whose they are; for
        whoever else sees some of the learners it is theirs and the centre's own."""
        kept = compared.kept if compared is not None else {}
        there = {*self._store.to_verify(), *self._seen(), *self._others()}
        gone = kept.keys() - {*there, *map(one_line, there)}
        if self._seeing.everybody:
            yield from self.look(sorted({*there, *gone}), compared)
            return
        theirs = set(self._seen_of(there))
        if self._seeing.visitor is None:
            yield from self.look(sorted(theirs), compared)
            return
        # By another order than that of registrations, which would tell between whom they stand.
        others = sorted({*there, *gone} - theirs, key=lambda each: sha256(each.encode("utf-8", "replace")).digest())
        records = (*sorted(theirs), *others)
        for record, audited in zip(records, self.look(records, compared), strict=True):
            yield audited if record in theirs else audited.of_another
        if compared is not None:
            named = theirs | compared.kept.keys()
            for told in (compared.new, compared.unread):
                told[:] = [each if each in named else ANOTHER for each in told]

    @property
    def covers(self) -> str:
        """Of whom an audit of every record tells, in a sentence, where it does not tell of everybody all that it
        found; else empty."""
        if self._seeing.everybody:
            return ""
        if self._seeing.visitor is None:
            return "Verified are the records of the learners that are yours, and the centre's own; no others."
        return (
            "Every record was verified; of learners who are not on the qualifications of the visit numbers, hashes and "
            "codes of findings are told, and not who they are."
        )

    def _seen_of(self, records: Iterable[str]) -> Iterator[str]:
        """The centre's own, and those of whom whoever acts may see, with what they go on from."""
        yield CENTRE_RECORD
        for record in records:
            if self._seeing.registration(record):
                yield record
                with suppress(Unreadable):
                    self._store.load(record)
                    yield from self._store.earlier(record)

    def one(self, registration: str, compared: Compared | None = None) -> Iterator[RecordAudit]:
        """The record of one learner, as `look` does, behind those that it goes on from. Raises `WrongUse` for somebody
        whom whoever acts may not see."""
        self._seeing.require_registration(registration)
        records: tuple[str, ...] = (registration,)
        with suppress(Unreadable):  # That it cannot be read is what the audit tells.
            self._store.load(registration)
            records = (*self._store.earlier(registration), registration)
        return self.look(records, compared)

    def forget(self, records: Iterable[str]) -> None:
        """Forget what this machine saw of records that were destroyed."""
        seen = self._seen()
        if kept := {record: heads for record, heads in seen.items() if record not in set(records)}:
            self._keep_seen(kept)
        else:
            self._seen_file.unlink(missing_ok=True)

    def across(self, audited: Iterable[RecordAudit]) -> tuple[Finding, ...]:
        """What only all of these records together tell: who verified too many units running of the same assessor."""
        records = {id(each.line): audit.record for audit in audited for each in audit.verified}
        told = running_too_long([each for audit in audited for each in audit.verified], self._most_running)
        found = some_of_each(told)
        return tuple(
            Finding(
                each.code,
                each.severity,
                one_line(each.message),
                self._store.place(records[id(each.line)], each.line.segment),
                each.line.number,
            )
            for each in found
        )

    def check_free(self, file: Path, *, force: bool) -> None:
        """Raises `WrongUse` when heads are not to be kept there: the file holds something, and nobody said so."""
        if file.exists() and not force:
            raise WrongUse(
                "The file is there already",
                f"{file} holds something, perhaps heads that were kept before. It stays as it is.",
                "Give another name, or say that it may be written over.",
                hint=Hint(Way.WRITE_OVER),
            )

    def keep(self, file: Path, audited: Iterable[RecordAudit], *, force: bool = False) -> None:
        """Write the heads to a file of their own, by record: of whom it is not told whose it is, they are not in it.
        Raises `WrongUse` when it is there, and `NotSaved`."""
        self.check_free(file, force=force)
        heads = {each.record: each.heads for each in audited if each.record != ANOTHER}
        try:
            replace_file(file, kept_heads.render(heads, self._centre, self._now()).encode("utf-8"))
        except OSError as error:
            raise NotSaved(
                "The heads were not kept",
                f"{file}: {error.strerror or error}.",
                "Give a place that may be written to.",
            ) from error

    def _look(
        self,
        record: str,
        seen_by: Sequence[tuple[str, Mapping[str, Head]]],
        known: Known,
        keys: Sequence[SigningKey],
        now: datetime,
        compared: Compared | None,
        told: tuple[Destruction, ...],
    ) -> RecordAudit:
        try:
            kept = compared.kept.get(record, {}) if compared is not None else {}
            witnesses = [("the file of kept heads", kept), *seen_by]
            findings = self._store.verify(record, witnesses)
            every = self._store.load(record)
            lines = self._store.lines(record)
            heads = self._store.heads(record)
            if compared is not None:
                damaged, is_destroyed = any(map(hides, findings)), bool(told) and told[-1].is_done
                self._compare(record, kept, heads, compared, damaged=damaged, is_destroyed=is_destroyed)
            if told:
                every_witness = [*witnesses, ("this machine", self._store.witnessed(record))]
                findings = after_destruction(record, told, heads, findings, every_witness, self._store.place(record))
            earlier = self._store.earlier(record)
            of_learner = replace(known, learner=(*earlier, record))
            people = as_findings(
                (
                    *about_people(lines, known.history, now, folder_name),
                    *broken(lines, every, of_learner),
                    *answered_own(lines, every),
                    *of_themselves(lines, every),
                    *without_authority(lines, known.history),
                    *changed_claims(lines, every),
                    *badges_of_record(lines, every, keys),
                    *changed_accounts(lines, every, lambda name: self._sha256(record, name)),
                    *signatures_of(self._store, record, lines, every, keys),
                ),
                lambda name: self._store.place(record, name),
            )
            own = [line.event for line in lines]
            late = self._late(record, own) if earlier else 0
            count = len({event.uid for event in own})
            verified = tuple(verified_units(lines, every))
            signed = sum(event.kind == Kind.SIGNED for event in own)
            found = tuple(_whose(record, each) for each in (*findings, *people))
            return RecordAudit(record, count, heads, found, earlier, late, verified, signed)
        except Unreadable as error:
            if compared is not None:
                compared.unread.append(record)
            message = f"{error.title}: {error.what}"
            finding = Finding(NO_RECORD, Severity.ERROR, message, error.file, error.line)
            return RecordAudit(record, 0, {}, (_whose(record, finding),))

    def _sha256(self, record: str, name: str) -> str:
        """That of the file of that name among the evidence of whom the record is of now; empty where there is none."""
        while following := self._store.goes_on_as(record):
            record = following
        with suppress(OSError):
            return sha256_of(self._evidence(record) / name)
        return ""

    def _compare(
        self,
        record: str,
        kept: Mapping[str, Head],
        heads: Mapping[str, Head],
        compared: Compared,
        *,
        damaged: bool,
        is_destroyed: bool,
    ) -> None:
        if not kept:
            if heads and compared.of_everybody:
                compared.new.append(record)
        elif not heads:
            (compared.destroyed if is_destroyed else compared.gone).append(record)
        # A line that is not the one it was, in the midst of a segment, leaves its end as it is.
        elif damaged or not all(self._store.holds(record, name, head) for name, head in kept.items()):
            compared.changed.append(record)
        elif dict(kept) != dict(heads):
            compared.grew.append(record)

    def _late(self, record: str, own: Iterable[Event]) -> int:
        """How many lines came to the records that this one goes on from after it did."""
        last = {r.goes_on_from: r for event in own if (r := renaming_of(event)) is not None and r.goes_on_from}
        late = 0
        for old, renaming in last.items():
            if self._store.goes_on_as(old) == record:
                for name, head in self._store.heads(old).items():
                    # A segment begins with a line that says what it is.
                    late += max(head.lines - renaming.heads.get(name, (1, ""))[0], 0)
        return late

    def _seen(self) -> dict[str, dict[str, Head]]:
        with suppress(OSError):
            return kept_heads.parse(self._seen_file.read_bytes())
        return {}

    def _keep_seen(self, seen: Heads) -> None:
        # Without a folder to keep it in nothing is remembered, and nothing is lost.
        with suppress(OSError):
            make_folders(self._seen_file.parent)
            replace_file(self._seen_file, kept_heads.render(seen, self._centre, self._now()).encode("utf-8"))


def _whose(record: str, finding: Finding) -> Finding:
    """The finding with whose record it is about, where no file tells it: what is in a database lies in none."""
    whose = one_line(record) or "the centre's own record"
    if finding.file is not None or whose in finding.message:
        return finding
    return replace(finding, message=f"{whose}: {finding.message}")


def _of_destroyed(record: str, destroyed: Sequence[Destruction]) -> tuple[Destruction, ...]:
    """The destructions of that record that began, in their order."""
    return tuple(each for each in destroyed if each.heads_of(record) is not None)


def _by_name(kept: Heads, records: Iterable[str]) -> Heads:
    """The heads by the records' own names: what was printed of a name is what can be shown of it."""
    there = set(records)
    names = {one_line(record): record for record in there}
    return {record if record in there else names.get(record, record): own for record, own in kept.items()}


def read_kept(file: Path) -> Compared:
    """The heads kept in a file, or those that an export was made from: a file, a folder or a zip.

    Raises `WrongUse` when it cannot be read or holds none.
    """
    try:
        if not file.exists():
            raise WrongUse("No such file", f"{file} is not there.", "Name the file that was kept, or an export.")
        of_everybody = _kept_in(file)
        kept, manifest, signature = of_everybody or heads_with(file), manifest_of(file), signature_with(file)
    except OSError as error:
        raise WrongUse(
            "The kept heads cannot be read",
            f"{file}: {error.strerror or error}.",
            "Name the file that was kept, or an export.",
        ) from error
    if not kept:
        raise WrongUse(
            "No heads in this file",
            f"{file} holds nothing that says how far a record went.",
            "Name a file in which heads were kept, or an export with what lay beside it.",
            hint=Hint(Way.KEEP_HEADS),
        )
    return Compared(kept, manifest, signature, of_everybody=bool(of_everybody))


def _kept_in(file: Path) -> Heads:
    """The heads in a file in which they were kept: it is nothing but them."""
    if not file.is_file() or file.stat().st_size > _LARGEST:
        return {}
    with file.open("rb") as opened:
        data = opened.read(_BEGINNING)
        # Of what begins so, not a line is one of them, and it may be large.
        return {} if data.startswith((b"PK\x03\x04", b"%PDF")) else kept_heads.parse(data + opened.read())
