"""Assessing by other means than files: accounts of what was seen and said, kept among the learner's evidence."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from pathlib import Path

from markterm.centre.caseload import Caseload
from markterm.centre.evidence import Evidence
from markterm.centre.evidence_place import kept_in_store
from markterm.centre.fixing import Fixing
from markterm.centre.folder import CentreFolder
from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.centre.looks import Looks
from markterm.centre.recorder import Recorded, Recorder
from markterm.domain.assessed.member import Member
from markterm.domain.assessed.method import Method
from markterm.domain.assessed.unit import Unit, UnitKey
from markterm.domain.record.accounts import Accounts, KeptAccount
from markterm.domain.record.bodies.accounts import Account, Covered, Witness
from markterm.domain.record.event import Event, Kind
from markterm.domain.record.portfolio import fold
from markterm.domain.rules import accounts
from markterm.domain.rules.act import Act
from markterm.domain.rules.criterion_named import criterion_of
from markterm.domain.views.begun_account import BegunAccount
from markterm.domain.words.accounts_folder import accounts_folder
from markterm.domain.words.errors import MarkTermError, NotNow, NotSaved, Refused, Unreadable, WrongUse
from markterm.domain.words.foreign_text import one_line, one_name
from markterm.domain.words.uid import of_uid
from markterm.exports.file_names import file_name
from markterm.exports.markdown.account import account_markdown, account_text
from markterm.records.query import Query
from markterm.records.store import EventStore
from markterm.sheets.text_file import read_text_file
from markterm.system.new_file import pieces_of, put_new, sha256_of
from markterm.system.platform import folder_name

_DASH = re.compile("[-\u2013]")
_AROUND_A_DASH = re.compile(r"\s+([-\u2013])\s+")
_SOME_TEXT = "…"
"""Stands for what is going to be written, and for its file, where a rule is asked before."""


@dataclass(frozen=True, slots=True)
class WitnessOf:
    """A witness, the learner whom they gave a testimony of, and the account."""

    witness: Witness
    registration: str
    name: str
    account: KeptAccount


class AccountsOfLearners:
    """The accounts of a centre's learners. Verbs raise as `Recorder.record` does; files are at their place, and on the
    disk, before the record says so. `looks` is told of whose witnesses are shown, before they are."""

    def __init__(
        self,
        folder: CentreFolder,
        recorder: Recorder,
        evidence: Evidence,
        fixing: Fixing,
        caseload: Caseload,
        store: EventStore,
        looks: Looks,
    ) -> None:
        self._folder = folder
        self._recorder = recorder
        self._evidence = evidence
        self._fixing = fixing
        self._caseload = caseload
        self._store = store
        self._looks = looks

    def of(self, registration: str) -> Accounts:
        """Every account of the learner, and the methods of their files. Raises `Unreadable`."""
        return self._recorder.learners.portfolio(registration).portfolio.accounts

    def named(self, registration: str, named: str) -> KeptAccount:
        """The account whose id begins so, or whose file is called so. Raises `WrongUse` and `Unreadable`."""
        kept = self.of(registration).kept
        by_file = [each for each in kept if named and named in (each.said.file, each.said.file.rpartition("/")[2])]
        if len(by_file) == 1:
            return by_file[0]
        return of_uid(kept, named, "account", lambda each: f"{each.short} {each.said.file}")

    def covered(self, registration: str, words: str) -> tuple[Covered, ...]:
        """What criteria these words name: `501 1.1, 1.2; 500 2.1`. The unit may be left out where there is one alone.
        Raises `WrongUse` and `Unreadable`."""
        return covered_in(words, self._recorder.learners.portfolio(registration))

    def template(self, method: Method | None) -> str:
        """The centre's own template for accounts of that method; empty where there is none. Raises `Unreadable`."""
        file = self._folder.templates / f"{method}.md"
        return read_text_file(file) if file.is_file() else ""

    def check(self, registration: str, begun: BegunAccount, attach: Iterable[Path] = ()) -> None:
        """Whether what was filled in may be kept, with what is to `attach`, once its text is written. Raises as `keep`
        does."""
        said = begun.said(self.covered(registration, begun.criteria))
        self._check_kept(registration, said, _SOME_TEXT, attach)

    def text_to_begin_with(self, registration: str, begun: BegunAccount) -> str:
        """The text of the account that is corrected, or the centre's template; empty where there is neither. Raises as
        `named` does."""
        if begun.replaces:
            name = self.named(registration, begun.replaces).said.file
            with suppress(MarkTermError):
                return account_text(read_text_file(self._evidence.on_disk(self._evidence.named(registration, name))))
        return self.template(begun.said(()).method)

    def keep(
        self,
        registration: str,
        said: Account,
        text: str,
        attach: Sequence[Path] = (),
        replaces: str = "",
    ) -> Recorded:
        """Keep an account as a file among the learner's evidence, with copies of what is to `attach`; the account that
        `replaces` names stays beside it. Raises `Refused` where one that says just this is kept."""
        recorded = self._keep(registration, said, text, attach, replaces)
        if recorded is None:
            raise Refused("It is kept already", f"An account that says just this is with {registration}.", "Read it.")
        return recorded

    def _keep(
        self, registration: str, said: Account, text: str, attach: Sequence[Path], replaces: str = ""
    ) -> Recorded | None:
        """None where it is kept already. What is attached comes first, into a folder that is called as the account: the
        account names it as it lies there."""
        before = self.named(registration, replaces) if replaces else None
        begun = replace(said, file=_SOME_TEXT, sha256=_SOME_TEXT)

        def verb(act: Act, now: LearnerPortfolio, final: Account = begun) -> Event:
            units = [_unit(now, each) for each in said.covers]
            again = next((each for each in now.portfolio.accounts.kept if before and each.uid == before.uid), None)
            return accounts.keep_account(act, now.learner, units, now.portfolio, final, text, again)

        self._recorder.check(registration, verb)
        act, now = self._recorder.act(registration), self._recorder.learners.portfolio(registration)
        assert act.member is not None
        of_another = before.said.file if before is not None else ""

        def written(names: Iterable[str]) -> bytes:
            assert act.member is not None
            called = [each.rpartition("/")[2] for each in names]
            return account_markdown(said, now.learner, act.member, text, called, of_another).encode()

        kept, files = now.portfolio.accounts.kept, dict.fromkeys(map(_sha256_of, attach))
        for each in kept:
            there = {sha256: name for name, sha256 in each.said.attached.items()}
            if there.keys() == files.keys() and _sha256(written(there[one] for one in files)) == each.said.sha256:
                return None
        stem = _free_stem(said, {each.said.file for each in kept})
        attached = self._attach(registration, stem, attach)
        data = written(attached)
        sha256 = _sha256(data)
        final = replace(
            said, file=self._put(registration, stem, ".md", [data], sha256), sha256=sha256, attached=attached
        )
        return self._recorder.record(registration, lambda act, now: verb(act, now, final))

    def keep_with_each(
        self, registrations: Iterable[str], said: Account, criteria: str, text: str, attach: Sequence[Path] = ()
    ) -> Iterator[Recorded]:
        """Keep the same account with each of these learners, as of what they did together: each has their own, of the
        `criteria` that these words name among their units. Nobody has it where one of them would be refused it, which
        raises `Refused` with who that is. Stopped half-way, do it again: who has it already is passed over."""
        every: dict[str, Account] = {}
        for registration in registrations:
            try:
                own = every[registration] = replace(said, covers=self.covered(registration, criteria))
                self._check_kept(registration, own, text, attach)
            except MarkTermError as error:
                raise Refused(
                    error.title,
                    f"{registration}: {error.what} Nothing was kept with anybody.",
                    error.next_step,
                    hint=error.hint,
                ) from error
        for registration, own in every.items():
            if (recorded := self._keep(registration, own, text, attach)) is not None:
                yield recorded

    def _check_kept(self, registration: str, said: Account, text: str, attach: Iterable[Path]) -> None:
        """Whether it may be kept. Raises as `keep` does."""
        begun = replace(said, file=_SOME_TEXT, sha256=_SOME_TEXT)

        def verb(act: Act, now: LearnerPortfolio) -> Event:
            units = [_unit(now, each) for each in said.covers]
            return accounts.keep_account(act, now.learner, units, now.portfolio, begun, text)

        self._recorder.check(registration, verb)
        for file in attach:
            _require_file(file)

    def confirm(
        self,
        registration: str,
        named: str,
        said_by: str = "",
        how: str = "",
        on: date | None = None,
        attach: Sequence[Path] = (),
        seen_by: Member | None = None,
    ) -> Recorded:
        """Record that the learner confirmed an account, or a witness theirs, with copies of what is to `attach`."""
        account = self.named(registration, named)
        files = self._fixing.fingerprints(registration)

        def verb(act: Act, now: LearnerPortfolio, attached: Mapping[str, str] | None = None) -> Event:
            again = next(each for each in now.portfolio.accounts.kept if each.uid == account.uid)
            shown = attached if attached is not None else {each.name: "" for each in attach}
            destroyed = now.portfolio.evidence_destroyed is not None
            return accounts.confirm_account(
                act, now.learner, again, said_by, how, on, seen_by, shown, files, destroyed=destroyed
            )

        self._recorder.check(registration, verb)
        stem = account.said.file.removesuffix(".md")
        attached = self._attach(registration, stem, attach)
        return self._recorder.record(registration, lambda act, now: verb(act, now, attached))

    def set_method(self, registration: str, method: Method, names: Iterable[str]) -> Recorded:
        """Say by which method these files of the learner show something."""
        known = self._fixing.fingerprints(registration)
        files: dict[str, str] = {}
        for name in names:
            file = self._evidence.named(registration, name)
            if file.name not in known:
                raise Unreadable("It cannot be read", f"{file.name} has no hash.", "Look whether it may be read.")
            files[file.name] = known[file.name]
        return self._recorder.record(
            registration, lambda act, now: accounts.set_method(act, method, files, now.portfolio)
        )

    def witnesses(self) -> Iterator[tuple[WitnessOf, ...]]:
        """The witnesses of each learner in the caseload as it was read last, one learner after the other, with what
        they testify and what became of it. Records that cannot be read have none: the caseload tells of them."""
        for row in self._caseload.rows:
            found: tuple[WitnessOf, ...] = ()
            with suppress(MarkTermError):
                if row.latest is not None and self._store.select(row.registration, Query(kinds=(Kind.ACCOUNT.value,))):
                    entries = self._recorder.seeing.entries(row.registration, self._store.load(row.registration))
                    portfolio = fold(entries)
                    try:
                        standing = self._fixing.accounts(row.registration, portfolio).standing
                    except NotNow:
                        standing = portfolio.accounts.found(None).standing
                    found = tuple(
                        WitnessOf(each.said.witness, row.registration, row.name, each)
                        for each in standing
                        if each.said.witness is not None
                    )
            if found:  # What cannot be noted is not shown: that is told, and no empty list.
                self._looks.listed([row.registration])
            yield found

    def _attach(self, registration: str, stem: str, files: Sequence[Path]) -> dict[str, str]:
        """The files copied to their place beside an account: SHA-256 by the name that each has there."""
        attached: dict[str, str] = {}
        for file in files:
            sha256 = _sha256_of(file)
            name, ending = _copied_as(file)
            attached[self._put(registration, f"{stem}/{name}", ending, pieces_of(file), sha256)] = sha256
        return attached

    def _put(self, registration: str, stem: str, ending: str, pieces: Iterable[bytes], sha256: str) -> str:
        """The name, among the evidence, under which a file with these bytes is: it is put there unless it is there
        already, as after something failed."""
        names = _numbered(stem, ending)
        if (store := self._folder.store) is not None:
            return kept_in_store(store, folder_name(registration), names, pieces, sha256)
        root = self._folder.evidence(registration)
        name = next(names)
        while True:
            path = root / name
            try:
                if path.is_file() and sha256_of(path) == sha256:
                    return name
                if not path.exists():
                    put_new(path, pieces)
                    if sha256_of(path) == sha256:
                        return name
                    path.unlink()
                    raise NotSaved("It changed meanwhile", f"{name} was being written to.", "Try again.", file=path)
            except FileExistsError:
                continue  # It came there in this moment.
            except OSError as error:
                raise NotSaved(
                    "It could not be kept",
                    f"{name}: {error.strerror or error}. Nothing was recorded.",
                    "Check that the learner's evidence folder may be written to, and that the disk has room.",
                    file=path,
                ) from error
            name = next(names)


def covered_in(words: str, now: LearnerPortfolio) -> tuple[Covered, ...]:
    """What criteria these words name of the learner's units, unit by unit; `1.1-1.4` names those between, too. Raises
    `WrongUse`, also for a unit of which no criterion is named."""
    found: dict[UnitKey, dict[str, None]] = {}
    unit = now.units[0] if len(now.units) == 1 else None
    for word in _AROUND_A_DASH.sub(r"\1", words).replace(",", " ").replace(";", " ").split():
        if unit is not None and (numbers := _numbers(unit, word)):
            found.setdefault(unit.key, {}).update(dict.fromkeys(numbers))
            continue
        try:
            unit = now.unit(word)
        except WrongUse:
            if unit is None:
                raise
            criterion_of(unit, word)
        else:
            found.setdefault(unit.key, {})
    for key, named in found.items():
        if not named:
            raise WrongUse(
                "Which criteria?",
                f"{key.code} was named, and no criterion of it.",
                "Name the criteria of each unit: 1.1, 1.3-1.5.",
            )
    return tuple(Covered(each, tuple(numbers)) for each, numbers in found.items())


def _numbers(unit: Unit, word: str) -> tuple[str, ...]:
    """The numbers of the criteria that a word names of the unit: one, or those from one to another; empty for none."""
    if unit.criterion(word) is not None:
        return (word,)
    every = [each.number for each in unit.criteria]
    for dash in _DASH.finditer(word):
        first, last = word[: dash.start()], word[dash.end() :]
        if first in every and last in every and every.index(first) < every.index(last):
            return tuple(every[every.index(first) : every.index(last) + 1])
    return ()


def _free_stem(said: Account, taken: Collection[str]) -> str:
    """What the account is called, without its ending: as no other of the learner's is, for what is attached to it lies
    in a folder of that name."""
    assert said.method is not None
    assert said.on is not None
    of = f" of {said.witness.name}" if said.witness is not None else ""
    folder = accounts_folder([each.unit.code for each in said.covers])
    stem = f"{folder}/{file_name(f'{said.on.isoformat()} {said.method.words}{of}')}"
    return next(each for each in _numbered(stem) if f"{each}.md" not in taken)


def _numbered(stem: str, ending: str = "") -> Iterator[str]:
    return (f"{stem}{f' {number}' if number > 1 else ''}{ending}" for number in count(1))


def _copied_as(file: Path) -> tuple[str, str]:
    """The name and the ending of a copy of the file. One that is called by its kind alone, `.m4a`, would be hidden."""
    stem, ending = file.stem, file.suffix
    if not ending and stem.startswith("."):
        stem, ending = "attached", stem
    return (file_name(one_name(stem)), ending) if ending.isascii() else (file_name(one_name(file.name)), "")


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _sha256_of(file: Path) -> str:
    _require_file(file)
    try:
        return sha256_of(file)
    except OSError as error:
        raise Unreadable(
            "It cannot be read", f"{error.strerror}.", "Look whether you may read it.", file=file
        ) from None


def _require_file(file: Path) -> None:
    if not file.is_file():
        raise WrongUse("No such file", f"{one_line(str(file))} is no file.", "Name what is to be attached.")


def _unit(now: LearnerPortfolio, covered: Covered) -> Unit:
    return next((each for each in now.units if each.key == covered.unit), None) or now.unit(covered.unit.code)
