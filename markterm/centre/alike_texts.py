"""Learners' files as texts that are set beside each other: whose they are, which words they have, by which prints."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from markterm.centre.evidence import Evidence
from markterm.centre.folder import CentreFolder
from markterm.centre.same_bytes import SameBytes
from markterm.domain.texts.word_prints import kept_prints
from markterm.domain.texts.words_of_text import WordReader, WordsOfText
from markterm.domain.views.caseload import CaseloadRow
from markterm.domain.words.accounts_folder import ACCOUNTS_FOLDER
from markterm.domain.words.errors import MarkTermError, NotNow, Unreadable
from markterm.evidence.folder import READABLE, kind_of, list_evidence
from markterm.evidence.handed_in import Held
from markterm.evidence.progress import Progress
from markterm.evidence.readers import READERS
from markterm.evidence.text.document import EvidenceDocument
from markterm.own.fingerprint_index import FingerprintIndex, HeldText, ReadText

MOST_LATELY = 64
"""Texts that are still known when they are asked for again."""
_LONGEST = 2_000_000
"""Characters: of a longer text the beginning is set beside others."""
_NO_WORDS = frozenset({"media"})
_HOLDERS = frozenset({"archive", "tar"})
"""Readers of files that are nothing but what they hold: their list of it is worded by MarkTerm."""


class Found(NamedTuple):
    """A text of a learner: its number, the file that it is in, by name, and how many of its words are odd."""

    text: int
    file: str
    odd: int


class At(NamedTuple):
    """A learner's text: whose, and the file it is in."""

    learner: str
    file: str


class Worded(NamedTuple):
    """A text, read: the document, its words, and the prints of it that are kept, each with the part it stands in."""

    document: EvidenceDocument
    words: WordsOfText
    kept: Mapping[int, int]


class AlikeTexts:
    """The texts of the learners in `folder`. What was read of a file is kept in `index`, by its hash."""

    def __init__(
        self,
        folder: CentreFolder,
        evidence: Evidence,
        same: SameBytes,
        index: FingerprintIndex,
        stem: Callable[[], Callable[[str], str]],
    ) -> None:
        self._folder = folder
        self._evidence = evidence
        self._same = same
        self.index = index
        self._stem = stem
        self.read = 0
        """How many files were read that were not known before."""
        self.hashes: set[str] = set()
        """The hashes of the files that were looked at; an empty one among them where one could not be read for it."""
        self._reader: WordReader | None = None
        self._lately: OrderedDict[tuple[str, str], Worded] = OrderedDict()

    def of(self, row: CaseloadRow, progress: Progress) -> tuple[list[Found], int]:
        """The texts of that learner's files, and how many files could not be read. Raises `Unreadable` where nothing
        can be kept; `progress` can stop it, and then it is a part of them."""
        found: list[Found] = []
        unread: dict[str, str] = {}
        failed = 0
        for held in self._same.of(row.folder).values():
            if not _has_words(held):
                continue
            sha256 = self._same.hash_of(held)
            self.hashes.add(sha256)
            texts = self.index.held(sha256) if sha256 else ()
            if not sha256:
                failed += 1
            elif texts is None:
                unread[held.name] = sha256
            found += (Found(each.text, held.name + each.name, each.odd) for each in texts or ())
        if unread:
            for name, texts in self._read(row, unread, progress):
                self.read += 1
                failed += texts is None
                found += (Found(each.text, name + each.name, each.odd) for each in texts or ())
        return found, failed

    def _read(
        self, row: CaseloadRow, unread: dict[str, str], progress: Progress
    ) -> Iterator[tuple[str, tuple[HeldText, ...] | None]]:
        """Read these files of the learner, and what is in them; None where one could not be read."""
        top, texts, waits, failed = "", list[ReadText](), False, False

        def done() -> tuple[str, tuple[HeldText, ...] | None]:
            # What a machine has not read in a picture yet, it may have by the next time.
            return top, self.index.keep(unread[top] if not waits else "", texts) if not failed else None

        for file in self._evidence.walked(row.registration, progress):
            if file.depth == 0:
                if top and not progress.stop.is_set():
                    yield done()
                top, texts, waits, failed = file.name if file.name in unread else "", [], False, False
            if not top:
                continue
            try:
                document = self._evidence.read(file, progress)
            except Unreadable:
                failed |= file.depth == 0
                continue
            waits |= document.waits_for_machine
            is_a_list = READERS.get(file.path.suffix.lower()) in _HOLDERS
            if not is_a_list and (worded := self._worded(document)).words.keys:
                sha256 = document.text.sha256
                texts.append(ReadText(file.name[len(top) :], sha256, worded.words.odd, worded.kept))
        if top and not progress.stop.is_set():
            yield done()

    def require_told(self) -> None:
        """Raises `NotNow` when the learners' files lie in a store that does not say now what it has."""
        if self._folder.store is not None and (why := self._folder.store.why_away()):
            raise NotNow(
                "The evidence cannot be listed",
                f"It lies in a store, and {why}: what is alike in it is not known now.",
                "Try again in a while; if it stays so, ask whoever looks after the store.",
            )

    def let_go_but(self, texts: Collection[int]) -> None:
        """After everybody was looked at: let go of what was read of files that nobody has any more, and of every text
        that is none of these. Raises `Unreadable`."""
        if "" not in self.hashes:
            self.index.let_go_but(self.hashes, texts)

    def worded(self, registration: str, file: str) -> Worded | None:
        """That file of the learner, read; None when it cannot be any more."""
        key = registration, file
        if (known := self._lately.get(key)) is not None:
            self._lately.move_to_end(key)
            return known
        with suppress(MarkTermError):
            worded = self._worded(self._evidence.read(self._evidence.named(registration, file)))
            self._lately[key] = worded
            if len(self._lately) > MOST_LATELY:
                self._lately.popitem(last=False)
            return worded
        return None

    def given(self) -> frozenset[int]:
        """The prints of what the centre gives to everybody: its sheets, with units and assignments, and its
        templates."""
        found: set[int] = set()
        for folder in (self._folder.mark_sheets, self._folder.templates):
            for file in list_evidence(folder).files:
                if file.kind in READABLE:
                    with suppress(MarkTermError):
                        found.update(kept_prints(self._words(self._evidence.read(file).source).told()))
        return frozenset(found)

    def _worded(self, document: EvidenceDocument) -> Worded:
        words = self._words(document.source)
        return Worded(document, words, kept_prints(words.told()))

    def _words(self, text: str) -> WordsOfText:
        if self._reader is None:
            self._reader = WordReader(self._stem())
        return self._reader.read(text[:_LONGEST])


def _has_words(held: Held) -> bool:
    """Whether a learner's own words may be in it: not in a recording, nor in what members put down of the learner."""
    if held.name.startswith(f"{ACCOUNTS_FOLDER}/"):
        return False
    suffix = Path(held.name).suffix.lower()
    return kind_of(suffix) in READABLE and READERS.get(suffix) not in _NO_WORDS
