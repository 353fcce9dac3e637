"""Accounts of what was seen and said of a learner, as the steps of each tell, and the methods of what was handed in.

An account is a file among the learner's evidence. The record has its hash: one that was changed by hand is not the one
that was kept. A corrected account replaces the one before, which stays where it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import MappingProxyType

from markterm.domain.assessed.method import Method
from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.bodies.accounts import Account, AccountStep, Covered, MethodSet
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.citation import CitedFile, Passage
from markterm.domain.record.event import Event
from markterm.domain.words.accounts_folder import ACCOUNTS_FOLDER
from markterm.domain.words.uid import short

_RELATIVES = re.compile(
    r"\b(?:step|grand|great)?(?:aunt|brother|child|cousin|dad|daughter|family|father|fianc[eé]e?|girlfriend|"
    r"boyfriend|husband|mother|mum|nephew|niece|parent|(?<!business )partner|relative|sister|son|"
    r"spouse|uncle|wife)(?:-in-law)?\b",
    re.IGNORECASE,
)


_CHANGED, _GONE = "CHANGED since it was", "is GONE"
_KEPT_CHANGED = f"{_CHANGED} kept"
_NOT_HASHED: Mapping[str, str] = MappingProxyType({})

NameOf = Callable[[str, datetime], str]
"""What a member was called at that time, by their id."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """That an account was confirmed: by whom, how, on which day and seen by whom; `attached` as in the entry."""

    uid: str
    said_by: str
    how: str
    on: date | None
    seen_by: str
    actor: str
    at: datetime
    attached: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeptAccount:
    """An account that was kept, by whom and when. `replaced_by` is the uid of the account that took its place, and
    empty where it stands; `became` is what became of its files since, where that was looked for."""

    uid: str
    method: Method
    said: Account
    actor: str
    at: datetime
    replaced_by: str = ""
    confirmed: Confirmed | None = None
    became: str = ""

    @property
    def short(self) -> str:
        """The beginning of its uid, by which people name it."""
        return short(self.uid)

    @property
    def is_testimony(self) -> bool:
        """Whether it is a witness's account."""
        return self.method is Method.TESTIMONY

    @property
    def not_confirmed(self) -> str:
        """That nobody confirmed it; empty where they did."""
        return f"not confirmed by the {'witness' if self.is_testimony else 'learner'}" if self.confirmed is None else ""

    def confirmed_in_words(self, name_of: NameOf) -> str:
        """By whom it was confirmed, how and when, or that it was not."""
        confirmed = self.confirmed
        if confirmed is None:
            return self.not_confirmed
        on = f" on {confirmed.on.isoformat()}" if confirmed.on is not None else ""
        seen_by = name_of(confirmed.seen_by, confirmed.at)
        return f"confirmed by {confirmed.said_by}{on}: {confirmed.how}, seen by {seen_by}"

    @property
    def caution(self) -> str:
        """What to know of who gives it; empty where there is nothing."""
        witness = self.said.witness
        if witness is None or _RELATIVES.search(witness.relationship) is None:
            return ""
        return "the witness is close to the learner"

    def in_words(self, name_of: NameOf) -> str:
        """What it is, and whether it stands and was confirmed, in a line without its name; what became of its files
        first."""
        day = f", {self.said.on.isoformat()}" if self.said.on is not None else ""
        by = f" of {self.said.witness.name}" if self.said.witness is not None else ""
        replaced = f"replaced by {short(self.replaced_by)}" if self.replaced_by else ""
        return ", ".join(
            filter(
                None,
                (
                    self.became,
                    f"{self.method.words}{by}{day}",
                    replaced,
                    self.confirmed_in_words(name_of),
                    self.caution,
                ),
            )
        )

    @property
    def covers_in_words(self) -> str:
        """The criteria that it says it covers, unit by unit."""
        return "; ".join(f"{each.unit.code} {', '.join(each.criteria)}" for each in self.said.covers)

    def file_in_words(self, files: Mapping[str, str] | None, *, destroyed: bool = False) -> str:
        """What became of its file, where `files` are the SHA-256 of the learner's by name, None where they cannot be
        looked at now; empty where it is as it was kept. `destroyed` says that the evidence was."""
        if files is None:
            return f"its file {CitedFile.NOT_NOW}"
        if self.said.sha256 in files.values():
            return ""
        if destroyed:
            return CitedFile.DESTROYED.value
        return _KEPT_CHANGED if self.said.file in files else f"its file {_GONE}"

    def found(self, files: Mapping[str, str] | None, *, destroyed: bool = False) -> KeptAccount:
        """The same, with what became of its file and of what is attached, as by `file_in_words`."""
        if files is None:
            return replace(self, became=self.file_in_words(None))
        attached = (
            f"{name.rpartition('/')[2]} {f'{_CHANGED} attached' if name in files else _GONE}"
            for name, sha256 in self.files.items()
            if name != self.said.file and sha256 not in files.values() and not destroyed
        )
        return replace(
            self, became=", ".join(filter(None, (self.file_in_words(files, destroyed=destroyed), *attached)))
        )

    @property
    def files(self) -> Mapping[str, str]:
        """The SHA-256 of its file and of everything that is attached, by name."""
        attached = self.confirmed.attached if self.confirmed is not None else {}
        return {self.said.file: self.said.sha256, **self.said.attached, **attached}


@dataclass(frozen=True, slots=True)
class Accounts:
    """The accounts of a learner, as they were kept, and the `methods` that were set of files, by their SHA-256."""

    kept: tuple[KeptAccount, ...] = ()
    methods: Mapping[str, Method] = field(default_factory=dict)

    @property
    def standing(self) -> tuple[KeptAccount, ...]:
        """Those that nothing replaced."""
        return tuple(each for each in self.kept if not each.replaced_by)

    @property
    def files(self) -> frozenset[str]:
        """The names under which their files, and what is attached to them, were kept."""
        return frozenset(name for each in self.kept for name in each.files)

    def found(self, files: Mapping[str, str] | None, *, destroyed: bool = False) -> Accounts:
        """The same, each with what became of its files, where `files` are the SHA-256 of the learner's by name, None
        where they cannot be looked at now."""
        return replace(self, kept=tuple(each.found(files, destroyed=destroyed) for each in self.kept))

    def of_unit(self, key: UnitKey) -> tuple[KeptAccount, ...]:
        """Those that stand and cover criteria of that unit."""
        return tuple(each for each in self.standing if any(said.unit == key for said in each.said.covers))

    def method_of(self, sha256: str) -> Method | None:
        """By which method the file with these bytes shows something; None where nobody said."""
        return self._by_file.get(sha256)

    def of_file(self, name: str, sha256: str = "") -> KeptAccount | None:
        """The account that was kept in that file, by its bytes or else by its name, or that it is attached to."""
        by_bytes = [each for each in reversed(self.kept) if sha256 and sha256 in each.files.values()]
        by_name = [each for each in reversed(self.kept) if name in each.files]
        both = (each for each in by_name if each in by_bytes)  # One form may be with several accounts.
        return next(both, None) or next(iter((*by_bytes, *by_name)), None)

    def in_words(self, name: str, name_of: NameOf, files: Mapping[str, str] = _NOT_HASHED) -> str:
        """Of a file of that name, where `files` are the SHA-256 of the learner's by name: its method, and of an account
        all that is to be known, with what became of its files; empty where nothing is."""
        sha256 = files.get(name, "")
        account = self.of_file(name, sha256)
        if account is None:
            if name.startswith(f"{ACCOUNTS_FOLDER}/"):
                return "no account that was kept: the record does not know it"
            method = self.methods.get(sha256)
            return method.words if method is not None else ""
        if name not in account.files and sha256 != account.said.sha256:
            return f"attached to {account.method.words}"
        if name in account.files and name != account.said.file:
            changed = f"{_CHANGED} attached, " if sha256 not in ("", account.files[name]) else ""
            return f"{changed}attached to {account.said.file.rpartition('/')[2]}"
        told = account.found(files).in_words(name_of) if files else account.in_words(name_of)
        return told if sha256 in ("", account.said.sha256) or _KEPT_CHANGED in told else f"{_KEPT_CHANGED}, {told}"

    def doubt(self, passage: Passage) -> str:
        """What to know of an account that the passage is from: that it was replaced, was not confirmed, or is not as it
        was kept; empty otherwise, and for every other file."""
        account = self._cited(passage)
        if account is None:
            return ""
        replaced = "replaced since by a corrected account" if account.replaced_by else ""
        return ", ".join(filter(None, (replaced, self.to_the_learner(passage), account.caution)))

    def to_the_learner(self, passage: Passage) -> str:
        """That the account which the passage is from is not as it was kept, or was not confirmed, which is all that its
        learner is told; empty otherwise."""
        account = self._cited(passage)
        return ", ".join(filter(None, (account.became, account.not_confirmed))) if account is not None else ""

    def _cited(self, passage: Passage) -> KeptAccount | None:
        return next((each for each in self.kept if each.said.sha256 == passage.sha256), None)

    def in_brief(self, name: str, name_of: NameOf, files: Mapping[str, str] = _NOT_HASHED) -> str:
        """As `in_words` in a few words, beside a name that says by which method it was."""
        sha256 = files.get(name, "")
        account = self.of_file(name, sha256)
        if account is None or account.said.file != name:
            return self.in_words(name, name_of, files)
        if sha256 not in ("", account.said.sha256):
            return _KEPT_CHANGED
        if account.replaced_by:
            return "replaced"
        became = account.found(files).became if files else ""
        return ", ".join(filter(None, (became, account.not_confirmed or "confirmed")))

    @property
    def _by_file(self) -> Mapping[str, Method]:
        return {**self.methods, **{sha: each.method for each in self.kept for sha in each.files.values()}}


NO_ACCOUNTS = Accounts()


def is_doubted(told: str) -> bool:
    """Whether what is told of an account is something to look at: it was not confirmed, or is not as it was kept."""
    return any(each in told for each in ("not confirmed", _CHANGED, _GONE, "does not know it"))


def accounts_of(events: Iterable[Event], placed: Callable[[UnitKey], UnitKey]) -> Accounts:
    """What these events tell of accounts and methods; `placed` says where what was of a unit goes on."""
    kept: dict[str, KeptAccount] = {}
    methods: dict[str, Method] = {}
    replaced: dict[str, str] = {}
    confirmed: dict[str, Confirmed] = {}
    for event in events:
        if (files := said_in(event, MethodSet)) is not None:
            methods.update(dict.fromkeys(files.files.values(), files.method))
        said = said_in(event, Account)
        if said is None:
            continue
        if said.step is AccountStep.CONFIRMED:
            made = (event.uid, said.said_by, said.how, said.on, said.seen_by, event.actor, event.at, said.attached)
            confirmed.setdefault(said.account, Confirmed(*made))
        elif said.method is not None:
            replaced |= dict.fromkeys(event.supersedes, event.uid)
            covers = tuple(Covered(placed(each.unit), each.criteria) for each in said.covers)
            kept[event.uid] = KeptAccount(event.uid, said.method, replace(said, covers=covers), event.actor, event.at)
    return Accounts(
        tuple(
            replace(each, replaced_by=replaced.get(each.uid, ""), confirmed=confirmed.get(each.uid))
            for each in kept.values()
        ),
        methods,
    )


def in_words(event: Event) -> str:
    """What a step tells, in a line."""
    files = said_in(event, MethodSet)
    if files is not None:
        return f"method of {', '.join(files.files)}: {files.method.words}"
    said = said_in(event, Account)
    if said is None:
        return event.kind
    if said.step is AccountStep.CONFIRMED:
        day = f" on {said.on.isoformat()}" if said.on is not None else ""
        # Who recorded it is told beside every entry, by name.
        seen = f", seen by {said.seen_by}" if said.seen_by != event.actor else ""
        return f"account {short(said.account)} confirmed by {said.said_by}{day}: {said.how}{seen}"
    day = f" of {said.on.isoformat()}" if said.on is not None else ""
    method = said.method.words if said.method is not None else ""
    instead = f", in the place of {', '.join(map(short, event.supersedes))}" if event.supersedes else ""
    return f"kept {method}{day} as {said.file}{instead}"
