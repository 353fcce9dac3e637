"""What changed in a learner's evidence between two attempts: which files, and which words in them."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass

from markterm.centre.evidence import Evidence
from markterm.centre.fixing import Fixing
from markterm.centre.recorder import Recorder
from markterm.domain.record.carrying import Placing
from markterm.domain.record.portfolio import UnitRecord
from markterm.domain.record.submission import Submission, changes
from markterm.domain.texts.difference import BEFORE, Difference, Paragraph, difference
from markterm.domain.texts.file_change import FileChange, FileFate, attempts_by_name, file_changes, rows, shared_part
from markterm.domain.views.handed_in import handed_in
from markterm.domain.words.errors import Unreadable, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.hint import Hint, Way
from markterm.evidence.folder import EvidenceFile
from markterm.evidence.hashing import Hashing
from markterm.evidence.progress import Progress
from markterm.evidence.text.document import EvidenceDocument


@dataclass(frozen=True, slots=True)
class TextDifference:
    """What changed in the text of a file. `problem` is the sentence that says why that cannot be told, if it cannot;
    `old` and `new` are the documents as far as there are any."""

    change: FileChange
    difference: Difference | None
    problem: str = ""
    old: EvidenceDocument | None = None
    new: EvidenceDocument | None = None

    def __str__(self) -> str:
        return self.problem or str(self.difference)

    def place_of(self, paragraph: Paragraph) -> str:
        """Where a paragraph stands, in the old file if it is in that one only: `page 3`, `line 12`."""
        document = self.old if paragraph.fate in BEFORE else self.new
        place = document.place_at(paragraph.line) if document is not None else ""
        return one_line(place) or f"line {paragraph.line + 1}"


class EvidenceChanges:
    """What became of the files of a unit between two submissions, or between one and now when `later` is None.

    Without `earlier` nothing was submitted at an earlier attempt, and the names of the files tell which of them are
    attempts at one document. `files` are those in which something changed, in order of their names.
    """

    def __init__(
        self, unit: str, earlier: Submission | None, later: Submission | None, there: _Folder, placing: Placing
    ) -> None:
        self.unit = unit
        self.earlier = earlier
        self.later = later
        self._there = there
        self._after = handed_in(there.hashes, unit, placing)[0] if later is None else later.files
        self._before = self._after if earlier is None else earlier.files
        self._known: dict[str, frozenset[tuple[str, ...]]] = {}
        self.files = (
            attempts_by_name(tuple(self._after), self._likeness)
            if earlier is None
            else file_changes(changes(self._before, self._after), self._before, self._likeness)
        )

    def __str__(self) -> str:
        counts = Counter(change.fate for change in self.files)
        return ", ".join(f"{counts[fate]} {fate}" for fate in FileFate if counts[fate]) or "nothing changed"

    def words(self, change: FileChange) -> TextDifference:
        """What changed in the words of a file. The first time a conversion may take seconds: for a thread."""
        if change.fate is FileFate.RENAMED:
            return TextDifference(change, None, f"The same file, byte for byte, as {one_line(change.old)} was.")
        try:
            old = self._there.document(change.old, self._before[change.old]) if change.old else None
            new = self._there.document(change.new, self._after[change.new]) if change.new else None
        except Unreadable as error:
            return TextDifference(change, None, f"{error.title}. {one_line(error.what)}")
        if change.old and old is None:
            return TextDifference(change, None, _gone(change.old, self._before[change.old]), old, new)
        if change.new and new is None:
            return TextDifference(change, None, _gone(change.new, self._after[change.new]), old, new)
        return _compared(change, old, new)

    def _likeness(self, old: str, new: str) -> float:
        return shared_part(self._rows(old, self._before[old]), self._rows(new, self._after[new]))

    def _rows(self, name: str, sha256: str) -> frozenset[tuple[str, ...]]:
        """What the text of a file is likened by; nothing when there is no text."""
        if sha256 not in self._known:
            self._known[sha256] = frozenset()
            with suppress(Unreadable):
                document = self._there.document(name, sha256)
                self._known[sha256] = rows(document.source if document is not None else "")
        return self._known[sha256]


class Differences:
    """The differences between the attempts of the learners."""

    def __init__(self, recorder: Recorder, files: Evidence, fixing: Fixing) -> None:
        self._recorder = recorder
        self._files = files
        self._fixing = fixing

    def since(
        self,
        registration: str,
        unit_code: str,
        earlier: int | None = None,
        later: int | None = None,
        progress: Progress | None = None,
    ) -> EvidenceChanges:
        """What became of the files of a unit since it was submitted at the attempt `earlier`, up to the attempt
        `later` or up to now.

        Without `earlier` it is the last attempt before the present one, or when none was submitted the present one; if
        that says nothing, the names of the files tell which are attempts at one document (`…-501(1).docx`).
        Reads files that may belong together: for a thread. Raises `WrongUse` when there is no such submission, and
        `Unreadable`.
        """
        shown = self._recorder.learners.portfolio(registration)
        unit = shown.unit(unit_code)
        record = shown.portfolio.unit(unit.key)
        there = _Folder(self._files, self._fixing, registration, progress or Progress())
        last = None if later is None else _submission(unit.code, record, later)
        present = record.attempt if later is None else later
        before = [submission.attempt for submission in record.submissions if submission.attempt < present]
        placing = shown.portfolio.placing
        by_name = EvidenceChanges(unit.code, None, last, there, placing) if earlier is None and not before else None
        if by_name is not None and by_name.files and not record.submissions:
            return by_name
        if by_name is not None and not by_name.files and present > 1:
            raise WrongUse(
                "Nothing to compare with",
                f"{unit.code} is at attempt {present}, and the evidence of no earlier attempt was fixed: nobody "
                "submitted it here.",
                "The list of files says what changed since the present attempt was submitted.",
            )
        wanted = earlier or max(before, default=present)
        found = EvidenceChanges(unit.code, _submission(unit.code, record, wanted), last, there, placing)
        return by_name if by_name is not None and by_name.files and not found.files else found

    def between(
        self, registration: str, old_name: str, new_name: str, progress: Progress | None = None
    ) -> TextDifference:
        """What changed from one of the learner's files to another. Raises `WrongUse` and `Unreadable`."""
        old, new = (self._files.named(registration, name) for name in (old_name, new_name))
        change = FileChange(FileFate.CHANGED, old.name, new.name)
        return _compared(change, self._files.read(old, progress), self._files.read(new, progress))


class _Folder:
    """A learner's files as they are now, and the texts of those that were handed in before, as far as there are any."""

    def __init__(self, files: Evidence, fixing: Fixing, registration: str, progress: Progress) -> None:
        self._files = files
        self._progress = progress
        self._by_name: dict[str, EvidenceFile] = {file.name: file for file in files.every(registration)}
        with fixing.hashed_by(Hashing(stop=progress.stop)):
            self.hashes = fixing.fingerprints(registration)

    def document(self, name: str, sha256: str) -> EvidenceDocument | None:
        """The file of that name and those bytes, whatever it is called now; None when its text is gone.

        Raises `Unreadable`.
        """
        names = [name, *self.hashes]
        holder = next((each for each in names if self.hashes.get(each) == sha256 and each in self._by_name), None)
        if holder is None:
            return self._files.kept(name, sha256)
        return self._files.read(self._by_name[holder], self._progress)


def _gone(name: str, sha256: str) -> str:
    return (
        f"The text of {one_line(name)} as it was handed in is gone: the file was changed, removed or destroyed since, "
        f"and only its hash is kept ({sha256[:12]})."
    )


def _compared(change: FileChange, old: EvidenceDocument | None, new: EvidenceDocument | None) -> TextDifference:
    try:
        found = difference(old.source if old is not None else "", new.source if new is not None else "")
    except Exception:  # the other files are compared all the same, and these can be read side by side
        problem = f"MarkTerm could not compare the words of {one_line(change.name)}: read both to see what changed."
        return TextDifference(change, None, problem, old, new)
    return TextDifference(change, found, "", old, new)


def _submission(unit: str, record: UnitRecord, attempt: int) -> Submission:
    """The last submission of that attempt. Raises `WrongUse` when there is none."""
    if not record.submissions:
        raise WrongUse(
            "No earlier submission",
            f"{unit} was not submitted yet: there is nothing that its evidence could be compared with.",
            "Compare two files, or submit it.",
            hint=Hint(Way.SUBMIT),
        )
    for submission in reversed(record.submissions):
        if submission.attempt == attempt:
            return submission
    attempts = ", ".join(dict.fromkeys(str(submission.attempt) for submission in record.submissions))
    raise WrongUse(
        "No such submission",
        f"{unit} was not submitted at attempt {attempt}.",
        f"It was submitted at attempt {attempts}.",
    )
