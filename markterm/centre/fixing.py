"""What the learners handed in, fixed by hash: what a submission, a closing and a citation rest on."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from markterm.centre.evidence import Evidence
from markterm.domain.record.accounts import NO_ACCOUNTS, Accounts
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.words.accounts_folder import ACCOUNTS_FOLDER
from markterm.domain.words.errors import NotNow, Refused, Unreadable
from markterm.evidence.folder import MOST_ENTRIES, EvidenceFile, EvidenceKind
from markterm.evidence.hashing import Hashing
from markterm.evidence.progress import Progress

_WATCHING: ContextVar[Hashing | None] = ContextVar("hashing", default=None)


class Fixing:
    """Hashes the evidence; what did not change since is not read again.

    `watch` is told of every hashing that nobody watches with `hashed_by`.
    """

    def __init__(self, evidence: Evidence, watch: Hashing | None = None) -> None:
        self._evidence = evidence
        self._known: dict[tuple[Path, int, int], str] = {}
        self._watch = watch or Hashing()

    def fingerprints(self, registration: str) -> Mapping[str, str]:
        """The SHA-256 of every file that the learner handed in, by name; files that cannot be read are left out, and
        those that only lead to a document, unless they were fixed or cited before.

        Whichever may hold others is converted for that, once, so that these are known again wherever they lie then; but
        LibreOffice is run for none, see `is_opened_to_be_fixed`. A file whose size and time are as before is not read
        again. Raises `HashingStopped`, and `NotNow` when a store does not tell what there is: what could not be looked
        at is not gone.
        """
        from markterm.evidence.contents import is_opened_to_be_fixed

        self._evidence.told(registration)

        hashing = _WATCHING.get() or self._watch
        conversion = Progress(urgency=hashing.urgency, stop=hashing.stop)
        cited = self._evidence.cited(registration)
        walked = tuple(self._evidence.walked(registration, conversion, lambda file: is_opened_to_be_fixed(file, cited)))
        pointers = any(file.kind is EvidenceKind.POINTER for file in walked)
        relied_on: Collection[str] = self._evidence.relied_on(registration) if pointers else ()
        files = tuple(file for file in walked if file.kind is not EvidenceKind.POINTER or file.name in relied_on)
        return self.of(files)

    def looked_at(self, registration: str) -> Mapping[str, str] | None:
        """As `fingerprints`, for who only tells what became of files that a record names: None when a store does not
        give them now, for the record is to be told all the same. Raises `HashingStopped`."""
        try:
            return self.fingerprints(registration)
        except NotNow:
            return None

    def of(self, files: Collection[EvidenceFile]) -> dict[str, str]:
        """The SHA-256 of these files by name, without those that cannot be read; what was read before and has the size
        and time that it had then is not read again. Raises `HashingStopped`."""
        from markterm.evidence.fingerprint import fingerprint

        hashing = _WATCHING.get() or self._watch
        hashing.begin(sum(file.size for file in files if _key(file) not in self._known))
        hashing.at("", 0)
        found: dict[str, str] = {}
        for file in files:
            try:
                if (key := _key(file)) not in self._known:
                    self._known[key] = fingerprint(file, hashing=hashing)
                found[file.name] = self._known[key]
            except NotNow:
                raise  # Nothing is wrong with the file: left out, it would be told as gone.
            except Unreadable:
                continue
        return found

    def accounts(self, registration: str, portfolio: Portfolio) -> Accounts:
        """The learner's accounts of what was seen and said, with what became of their files: nothing else is hashed for
        that. Raises `HashingStopped`, and `NotNow` when a store does not tell what there is."""
        accounts = portfolio.accounts if portfolio.aside else NO_ACCOUNTS
        if not accounts.kept:
            return accounts
        listed = self._evidence.told(registration).files
        own = [each for each in listed if each.name in accounts.files or each.name.startswith(f"{ACCOUNTS_FOLDER}/")]
        return accounts.found(self.of(own), destroyed=portfolio.evidence_destroyed is not None)

    @contextmanager
    def hashed_by(self, hashing: Hashing) -> Iterator[None]:
        """What is hashed in here, in this thread, is told to `hashing` and stopped by it."""
        token = _WATCHING.set(hashing)
        try:
            yield
        finally:
            _WATCHING.reset(token)

    def require_all_listed(self, registration: str) -> None:
        """Raises `Refused` when there are more files and folders than are listed: not all could be fixed by hash; and
        `NotNow` when a store does not tell what there is."""
        listed = self._evidence.told(registration)
        if listed.truncated:
            raise Refused(
                "Too many files and folders",
                f"The evidence folder of {registration} holds more than {MOST_ENTRIES:,}: not all of them would be "
                "fixed. Nothing was recorded.",
                "Take out what is no evidence, such as copies of programs and empty folders, or pack files into one.",
            )

    def unread(self, registration: str, fingerprints: Mapping[str, str]) -> tuple[str, ...]:
        """What of the learner's evidence has no fingerprint among these: files, and folders that cannot be listed."""
        folder = self._evidence.listed(registration)
        return (*(file.name for file in folder.files if file.name not in fingerprints), *folder.problems)


def _key(file: EvidenceFile) -> tuple[Path, int, int]:
    """What tells whether a file is as it was when it was hashed."""
    return file.path, file.size, file.modified_ns
