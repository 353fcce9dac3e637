"""What is in a download and whose, looked at file by file, and the files themselves for as long as somebody asks."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from markterm.centre.same_bytes import SameBytes
from markterm.domain.incoming.arriving_file import ArrivingFile
from markterm.domain.incoming.whose import Roll, Sureness, Whose
from markterm.domain.rules.seeing import ANOTHER
from markterm.domain.words.errors import Unreadable
from markterm.domain.words.foreign_text import one_line
from markterm.evidence.incoming.coming import ComingFile, LeftFile
from markterm.evidence.incoming.download import opened_download
from markterm.evidence.incoming.mailbox import attachments_of, why_not_opened

_PIECE = 1024 * 1024
_NOBODY = Whose(Sureness.NOBODY)


class Preview:
    """The files of `downloads`, beside `roll` and what everybody has. It keeps what it reads open until it ends.

    `registrations` are those of the learners' folders, `departed` says of those who left that they did, `seen` who may
    be told of, and `were_given` whether what so many have was given to everybody. Iterated, each file comes as soon as
    it is looked at; raises `Unreadable` and `WrongUse` for a download that cannot be read.
    """

    def __init__(
        self,
        downloads: Sequence[Path],
        roll: Roll,
        same: SameBytes,
        registrations: Mapping[str, str],
        departed: Mapping[str, str],
        seen: Callable[[str], bool],
        were_given: Callable[[Collection[str]], bool],
    ) -> None:
        self._downloads = downloads
        self._roll = roll
        self._same = same
        self._registrations = registrations
        self._departed = departed
        self._seen = seen
        self._were_given = were_given
        self._folders = {registration: folder for folder, registration in registrations.items()}
        self._open = ExitStack()
        self._files: dict[int, ComingFile] = {}
        self._every: dict[int, ArrivingFile] = {}
        self._coming: dict[str, set[int]] = defaultdict(set)
        """By hash the numbers of the files that have it."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go what is open."""
        self._open.close()

    def __iter__(self) -> Iterator[ArrivingFile]:
        number = 0
        for path in self._downloads:
            files = self._open.enter_context(opened_download(path))
            is_alone = path.is_file() and path.suffix.lower() != ".zip"
            for file, whose in _sorted(files, self._roll, is_alone=is_alone):
                number += 1
                found = self._every[number] = self._arriving(number, path.name, file, whose)
                yield found

    def every(self) -> tuple[ArrivingFile, ...]:
        """All that were looked at, each with what is known of the others by now."""
        self._every = {number: self._beside_others(each) for number, each in self._every.items()}
        return tuple(self._every.values())

    def given(self, file: ArrivingFile, registration: str) -> ArrivingFile:
        """The file as that learner's, as a person says; nobody's again for an empty registration."""
        changed = self._every[file.number] = self._beside_others(replace(file, to=registration))
        return changed

    def coming(self, file: ArrivingFile) -> ComingFile:
        """Where its bytes are."""
        return self._files[file.number]

    def folder_of(self, registration: str) -> str:
        """The folder of the learner of that registration; empty when there is none."""
        return self._folders.get(registration, "")

    def _arriving(self, number: int, source: str, file: ComingFile | LeftFile, whose: Whose) -> ArrivingFile:
        if isinstance(file, LeftFile):
            return ArrivingFile(number, source, file.name, 0, "", whose, left=file.why)
        if whose.learner and not self._seen(whose.learner):
            return ArrivingFile(number, source, file.name, file.size, "", _NOBODY, left=f"it is of {ANOTHER}")
        whose = replace(whose, learners=self._told(whose.learners), names=self._told(whose.names))
        self._files[number] = file
        notes = (file.note,) if file.note else ()
        found = ArrivingFile(number, source, file.name, file.size, "", whose, notes=notes)
        if not file.size:
            return replace(found, left="nothing is in it")
        try:
            found = replace(found, sha256=_hash(file))
        except Unreadable as error:
            return replace(found, left=one_line(f"{error.title.lower()}: {error.what}"))
        self._coming[found.sha256].add(number)
        return self._beside_others(found)

    def _told(self, registrations: Iterable[str]) -> tuple[str, ...]:
        """Those who may be told of; all others are one."""
        return tuple(dict.fromkeys(each if self._seen(each) else ANOTHER for each in registrations))

    def _beside_others(self, found: ArrivingFile) -> ArrivingFile:
        """The file with who has the same bytes, here or in the download before it, and whether its learner is here."""
        if not found.sha256:
            return found
        there = twice = ""
        elsewhere: list[str] = []
        for held in self._same.holders(found.size, found.sha256):
            registration = self._registrations.get(held.folder, held.folder)
            if registration == found.learner:
                there = there or held.name
            else:
                elsewhere.append(registration)
        for number in sorted(self._coming[found.sha256] - {found.number}):
            other = self._every.get(number)
            if other is None or not other.learner:
                continue
            if other.learner != found.learner:
                elsewhere.append(other.learner)
            elif number < found.number:
                twice = twice or other.name
        is_told = found.learner and not self._were_given({found.learner, *elsewhere})
        others = self._told(elsewhere) if is_told else ()
        departed = self._departed.get(found.learner, "")
        return replace(found, there=there, twice="" if there else twice, elsewhere=others, departed=departed)


def _sorted(
    files: Iterable[ComingFile | LeftFile], roll: Roll, *, is_alone: bool
) -> Iterator[tuple[ComingFile | LeftFile, Whose]]:
    """Each file with whose it is. A message that is nobody's by its name is looked into; one that was named alone is
    always."""
    for file in files:
        if isinstance(file, LeftFile):
            yield file, _NOBODY
            continue
        whose = roll.whose(file.name)
        is_mail = file.is_message or file.is_mailbox()
        if not is_mail or (whose.learner and not is_alone):
            yield replace(file, note=file.note or why_not_opened(file.name)), whose
            continue
        try:
            for inner in attachments_of(file):
                yield inner, _by_sender(inner, roll)
        except Unreadable as error:
            yield LeftFile(file.name, one_line(f"{error.title.lower()}: {error.what}")), _NOBODY


def _by_sender(file: ComingFile | LeftFile, roll: Roll) -> Whose:
    """Whose an attached file is: of who sent it; by its own name it is likely at most."""
    if isinstance(file, LeftFile) or file.sender is None:
        return _NOBODY
    by_name = roll.whose(file.kept)
    sent = roll.sent_by(file.sender.address, file.sender.name)
    if not sent.learners:
        by = one_line(file.sender.address or file.sender.name) or "somebody without a name"
        if not by_name.learners:
            return replace(sent, why=f"sent by {by}, who is nobody of the centre", kept=file.kept)
        why = f"{by_name.why}; sent by {by}, who is nobody of the centre"
        return replace(by_name, sureness=Sureness.LIKELY, why=why, kept=file.kept)
    names = tuple(dict.fromkeys((*by_name.learners, *by_name.names)))
    found = replace(sent, names=tuple(each for each in names if each not in sent.learners), kept=file.kept)
    if file.sender.forwarded_by:
        why = f"{sent.why}, in a message that {one_line(file.sender.forwarded_by)} forwarded"
        return replace(found, sureness=Sureness.LIKELY, why=why)
    return found


def _hash(file: ComingFile) -> str:
    digest = hashlib.sha256()
    with file.opened() as stream:
        while piece := stream.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()
