"""What the evidence references of a learner are about: the passage that one reads, not the label that names it.

`(AC 1.2)` alone, a heading, the head of a table, a line of contents or a footnote says what some other passage is for:
the text below it or beside it, where the footnote's number stands. A reference to a whole outcome, or at the head of a
file to all of it, leads to where the file has most of the criterion's own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from threading import Event
from types import MappingProxyType

from markterm.domain.assessed.unit import Criterion, Unit, UnitKey
from markterm.domain.texts.evidence_reference import EvidenceReference, EvidenceReferences, Strength
from markterm.domain.texts.reference_vocabulary import ReferenceKind
from markterm.evidence.text.document import EvidenceDocument
from markterm.evidence.text.page import EvidencePage, Piece, PieceKind
from markterm.evidence.text.passages import Extent
from markterm.evidence.text.reference_label import is_contents, is_label, is_question, is_title, without_page
from markterm.evidence.text.wording_match import best_match

LONGEST_PASSAGE = 200
"""Characters of a passage that are shown of it in a list."""
_MOST = 60
_SENTENCE = re.compile(r"[.!?][)\"”’]*\s+")
_HEAD_PIECES = 6
_SEVERAL = 3
_PICTURE = "[image: "
_SUBJECT = "Subject | "  # of a mail, as its reader writes it
_CELL_ENDS = re.compile(r"(?<!\\)\|")
_NOT_MARKED = frozenset(("", "-", "–", "—", "no", "n", "n/a", "☐", "✗", "✘"))  # in a table of criteria and evidence
_LONGEST_HEAD = 45  # words of a line at the head of a file that says what the file is for


@dataclass(frozen=True, slots=True)
class ReferencedPassage:
    """A passage that a criterion is referred to by, with one of the references that lead to it."""

    reference: EvidenceReference
    extent: Extent
    words: str
    """The passage as it is shown, in one line of at most 200 characters."""
    whole_file: bool
    """Whether the reference is to all of the file."""

    @property
    def file(self) -> str:
        """The name of the file that it is in."""
        return self.reference.file

    @property
    def line(self) -> int:
        """Its first line, from 0."""
        return self.extent.first


class ReferencedPassages:
    """The passages that each criterion of a learner is referred to by."""

    def __init__(
        self,
        references: EvidenceReferences,
        documents: Mapping[str, EvidenceDocument],
        units: Iterable[Unit],
        unread: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.references = references
        """The references themselves, also those that no unit of the learner has."""
        self.unread = unread
        """Files that cannot be read, each with why: whatever they refer to is not known."""
        self._documents = documents
        self._pages: dict[str, EvidencePage] = {}
        self._order = {(unit.key, each.number): place for unit in units for place, each in enumerate(unit.criteria)}
        self._criteria = {(unit.key, each.number): each for unit in units for each in unit.criteria}
        self._found: dict[tuple[UnitKey, str], tuple[ReferencedPassage, ...]] = {}

    def beginnings(self, most: int) -> Mapping[str, str]:
        """The first characters of each file that was read, by its name, `most` of them."""
        return {name: document.source[:most] for name, document in self._documents.items()}

    def find_all(self, stop: Event) -> None:
        """Work out the passages of every criterion now: in a thread, so that a key finds them ready.

        Setting `stop` ends it; the others are worked out when they are asked for.
        """
        for key, number in self._criteria:
            if stop.is_set():
                return
            self.for_criterion(key, number)

    def for_criterion(self, key: UnitKey, number: str) -> tuple[ReferencedPassage, ...]:
        """The passages of a criterion, the clearest first, those of whole files last; each passage once."""
        if (key, number) not in self._found:
            references = self.references.for_criterion(key, number)
            every = [self._found_or_as_written(each, key, number) for each in references[:_MOST]]
            once: dict[tuple[str, Extent], ReferencedPassage] = {}
            for each in sorted(every, key=_generality):
                once.setdefault((each.file, each.extent), each)
            self._found[key, number] = tuple(once.values())
        return self._found[key, number]

    def unresolved(self) -> tuple[ReferencedPassage, ...]:
        """The references to criteria and outcomes that no unit of the learner has, with what they are about."""
        return tuple(self._found_or_as_written(each, None, "") for each in self.references.unresolved[:_MOST])

    def _found_or_as_written(self, reference: EvidenceReference, key: UnitKey | None, number: str) -> ReferencedPassage:
        try:
            return self._passage(reference, key, number)
        except Exception:  # nothing that a learner wrote may take the other references away
            here = Extent(reference.line, reference.line)
            return ReferencedPassage(reference, here, f"line {reference.line + 1}", whole_file=False)

    def _passage(self, reference: EvidenceReference, key: UnitKey | None, number: str) -> ReferencedPassage:
        page = self._page(reference.file)
        at = page.at(reference.line) if page is not None else None
        if page is None or at is None:
            return ReferencedPassage(reference, Extent(reference.line, reference.line), "", whole_file=False)
        criterion = self._criteria.get((key, number)) if key is not None else None
        wording = criterion.text if criterion is not None else ""
        of_file = self._is_of_file(page, at, reference)
        found = None
        if criterion is not None and key is not None:
            if of_file:
                found = self._best(page, range(at + 1, len(page.pieces)), reference.file, key, criterion)
                found = _below(page, at, wording) if found is None else found
            elif reference.kind is not ReferenceKind.CRITERION and page.pieces[at].kind is PieceKind.HEADING:
                found = self._best(page, page.section(at), reference.file, key, criterion)
        if found is None and page.pieces[at].kind is PieceKind.HEAD:
            found = _marked_row(page, at, reference)
        if found is None:
            found = _nearest(page, at, wording)
        piece = page.pieces[found]
        written = page.document.source[reference.start : reference.end]
        offset = max(piece.text.find(written), 0) if found == at else 0
        return ReferencedPassage(reference, piece.extent, _shortened(piece.text, offset), whole_file=of_file)

    def _is_of_file(self, page: EvidencePage, at: int, reference: EvidenceReference) -> bool:
        """Whether a reference stands at the head of its file and is one to all of it."""
        here = page.pieces[at]
        if here.kind is PieceKind.HEADING:
            return at == 0 and all(piece.level != here.level for piece in page.pieces[1:])
        if here.kind is not PieceKind.TEXT:
            return here.text.startswith(_SUBJECT)
        if is_contents(here.text):
            return False
        above = page.pieces[: at + 1]
        texts = [piece for piece in above if piece.kind not in (PieceKind.ROW, PieceKind.HEAD)]
        if len(texts) > _HEAD_PIECES or any(piece.level > 1 for piece in above):
            return False
        beside = [each for each in self.references.in_file(reference.file) if here.extent.holds(each.line)]
        wide = reference.kind is not ReferenceKind.CRITERION or len(beside) >= _SEVERAL
        if not wide and self._labels_parts(page, at, reference):
            return False
        if all(len(piece.text.split()) <= _LONGEST_HEAD for piece in above):
            return wide or is_label(here.text, by_whom=True)
        return wide and is_label(here.text)

    def _labels_parts(self, page: EvidencePage, at: int, reference: EvidenceReference) -> bool:
        """Whether a label at the head of a file is one of several, each of which is for a part of it."""
        if not is_label(page.pieces[at].text):
            return False
        others = (page.at(each.line) for each in self.references.in_file(reference.file))
        return any(other is not None and other != at and is_label(page.pieces[other].text) for other in others)

    def _best(
        self, page: EvidencePage, within: Iterable[int], file: str, key: UnitKey, criterion: Criterion
    ) -> int | None:
        """The piece with most of the criterion's words, of those that are not said to be for another one."""
        own = (key, criterion.number)
        labels: dict[int, set[tuple[UnitKey, str]]] = {}
        for each in self.references.in_file(file):
            at = page.at(each.line)
            if at is not None and each.kind is ReferenceKind.CRITERION and each.strength > Strength.DOUBTFUL:
                labels.setdefault(at, set()).update((unit, each.number) for unit in each.units)
        before, after = 0, len(page.pieces)
        for at, named in labels.items():
            places = [self._order[each] for each in named if each[0] == key and each in self._order]
            if any(place < self._order[own] for place in places):
                before = max(before, at)
            if any(place > self._order[own] for place in places):
                after = min(after, at)
        among = []
        of: set[tuple[UnitKey, str]] = set()
        wanted = set(within)
        for number, piece in enumerate(page.pieces):
            if piece.kind is PieceKind.HEADING:
                of = set()
            of = labels.get(number, of)
            if number in wanted and _is_text(piece, criterion.text) and (not of or own in of):
                among.append(number)
        return best_match(page, criterion, among, range(before, after))

    def _page(self, name: str) -> EvidencePage | None:
        if name not in self._pages and name in self._documents:
            lines = [each.line for each in self.references.in_file(name)]
            self._pages[name] = EvidencePage(self._documents[name], lines)
        return self._pages.get(name)


def _generality(passage: ReferencedPassage) -> tuple[bool, bool, bool]:
    reference = passage.reference
    return (reference.strength is Strength.DOUBTFUL, passage.whole_file, reference.kind is not ReferenceKind.CRITERION)


def _is_text(piece: Piece, wording: str) -> bool:
    if piece.kind not in (PieceKind.TEXT, PieceKind.ROW) or is_contents(piece.text):
        return False
    if piece.kind is PieceKind.TEXT and is_question(piece.text):
        return False  # what stands below answers it
    if piece.kind is PieceKind.ROW and piece.text.count(" | ") > piece.text.count(" |  |"):
        return True  # what stands beside the number, be it a number too
    return not is_label(piece.text, wording)


def _nearest(page: EvidencePage, at: int, wording: str) -> int:
    """The piece that a reference in the piece `at` is about."""
    here = page.pieces[at]
    if here.kind is PieceKind.NOTE and (noted := page.noted(here.marker)) is not None:
        return noted if _is_text(page.pieces[noted], wording) else _nearest(page, noted, wording)
    if is_contents(here.text) and (titled := _titled(page, at)) is not None:
        return _below(page, titled, wording)
    part = page.part(at)
    if _is_text(here, wording):
        titles = here.kind is PieceKind.TEXT and not here.is_item and is_title(here.text) and at + 1 < part.stop
        return _below(page, at, wording) if titles else at
    is_above = here.kind is PieceKind.HEADING or is_question(here.text)
    if not is_above and _labels_follow(page, at, part, wording):
        before = next((i for i in range(at - 1, part.start - 1, -1) if _is_text(page.pieces[i], wording)), None)
        if before is not None:
            return before
    return _below(page, at, wording)


def _marked_row(page: EvidencePage, at: int, reference: EvidenceReference) -> int | None:
    """The first row that has something in the column which a table's head gives to a criterion."""
    document = page.document
    begin = document.line_start(reference.line)
    column = len(_CELL_ENDS.findall(document.source, begin, reference.start))
    for number in range(at + 1, len(page.pieces)):
        if page.pieces[number].kind is not PieceKind.ROW:
            break
        line = page.pieces[number].extent.first
        cells = _CELL_ENDS.split(document.source[document.line_start(line) : document.line_start(line + 1)])
        if column < len(cells) and cells[column].strip().casefold() not in _NOT_MARKED:
            return number
    return None


def _labels_follow(page: EvidencePage, at: int, part: range, wording: str) -> bool:
    """Whether in the part of the text around a label the labels stand below what they are about."""
    texts = [number for number in part if _is_text(page.pieces[number], wording)]
    begin = part.start
    if texts[:1] == [begin] and page.pieces[begin].kind is PieceKind.TEXT and is_title(page.pieces[begin].text):
        del texts[0]
        begin += 1
    return bool(texts) and texts[0] < at and (texts[-1] < at or texts[0] == begin)


def _below(page: EvidencePage, at: int, wording: str) -> int:
    """The first text below, or else a picture; or else text above; or the piece itself."""
    pieces = page.pieces
    found = next((i for i in range(at + 1, len(pieces)) if _is_text(pieces[i], wording)), None)
    end = page.section(at).stop if pieces[at].level else page.part(at).stop
    if found is None or found >= end:
        picture = next((i for i in range(at + 1, end) if pieces[i].text.startswith(_PICTURE)), None)
        found = picture if picture is not None else found
    if found is None:
        found = next((i for i in range(at - 1, -1, -1) if _is_text(pieces[i], wording)), None)
    return found if found is not None else at


def _titled(page: EvidencePage, at: int) -> int | None:
    """The heading that a line of contents is about."""
    title = without_page(page.pieces[at].text)
    headings = (i for i, piece in enumerate(page.pieces) if piece.kind is PieceKind.HEADING)
    return next((i for i in headings if title and without_page(page.pieces[i].text) == title), None)


def _shortened(text: str, at: int) -> str:
    """So much of a passage as is shown, with what stands `at` that place in it."""
    if len(text) <= LONGEST_PASSAGE:
        return text
    begin = 0
    if at > LONGEST_PASSAGE * 3 // 4:
        sentences = [found.end() for found in _SENTENCE.finditer(text, 0, at)]
        near = [place for place in sentences if at - place <= LONGEST_PASSAGE * 3 // 4]
        begin = near[0] if near else text.find(" ", at - LONGEST_PASSAGE // 2, at) + 1
    words = ("…" if begin else "") + text[begin:]
    return words if len(words) <= LONGEST_PASSAGE else words[: LONGEST_PASSAGE - 1].rstrip() + "…"
