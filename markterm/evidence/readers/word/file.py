"""What the parts of a Word file share while they are read: styles, numbers, notes, comments, and files inside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from markterm.domain.words.foreign_text import one_line, shortened
from markterm.evidence.readers.activex import filled_in
from markterm.evidence.readers.attached import Attached
from markterm.evidence.readers.chart import read_chart
from markterm.evidence.readers.tick_box import tick_box
from markterm.evidence.readers.word.bound import Bound, words_of
from markterm.evidence.readers.word.controls import Prompts
from markterm.evidence.readers.word.numbering import Numbering
from markterm.evidence.readers.word.objects import embedded_in
from markterm.evidence.readers.word.package import Package
from markterm.evidence.readers.word.page import Rows, Sheet, Words
from markterm.evidence.readers.word.styles import Styles
from markterm.evidence.readers.word.words import Piece
from markterm.evidence.readers.word.xml import Element, attribute, children, inside, is_on, local

NOTE_KINDS = ("footnote", "endnote")
_MOST_TOLD, _LONGEST_TOLD = 20, 100
_CHANGES = ("del", "moveFrom", "cellDel", "ins", "moveTo", "cellIns")
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or endnote."""

    part: str
    root: Element


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said about the text."""

    part: str
    root: Element
    author: str
    initials: str
    parent: str
    """The id of the comment that it replies to; empty when it is the first."""
    is_resolved: bool
    """Whether somebody marked it as dealt with."""


@dataclass(slots=True)
class WordFile:
    """One file as it is read."""

    package: Package
    main: str
    attached: Attached
    styles: Styles
    numbering: Numbering
    bound: Bound
    prompts: Prompts
    notes: dict[tuple[str, str], Note] = field(default_factory=dict)
    """By kind and id."""
    comments: dict[str, Comment] = field(default_factory=dict)
    marked_notes: dict[tuple[str, str], int] = field(default_factory=dict)
    """Counted in the order in which their marks stand in the text."""
    marked_comments: dict[str, int] = field(default_factory=dict)
    referred_comments: frozenset[str] = frozenset()
    """Those that have a mark of their own: of the others the end of the range is the mark."""
    drawn: set[str] = field(default_factory=set)
    """Charts and diagrams that were shown where they stand."""
    embedded: dict[str, str] = field(default_factory=dict)
    """Parts that were taken out where they stand, and the mark of each: one may stand in several places."""
    changes: Counter[str] = field(default_factory=Counter)
    """Changes that were tracked, by what they did."""
    hides: bool = False
    """Whether there is text that Word does not show."""
    lost_marks: int = 0
    """Marks of notes and comments that are not there."""
    told: list[str] = field(default_factory=list)
    """What the assessor has to know, one sentence each."""
    _kept_told: int = 0
    write_chunk: Callable[[str, Sheet], None] | None = None
    """Puts the document of that part on a sheet: Word would when it opens the file."""

    @classmethod
    def of(cls, package: Package, main: str, root: Element, attached: Attached) -> WordFile:
        """What is shared in reading `package`, whose document is `root`. Raises NotReadable."""
        styles = Styles(_first(package, main, "styles"))
        numbering = Numbering(_first(package, main, "numbering"), styles)
        file = cls(package, main, attached, styles, numbering, Bound(package, main), Prompts(package, main))
        for kind in NOTE_KINDS:
            for part in package.related(main, f"{kind}s") or _named(package, main, f"{kind}s.xml"):
                for one in children(package.root(part), kind):
                    if attribute(one, "type") not in _SEPARATORS:
                        file.notes.setdefault((kind, attribute(one, "id")), Note(part, one))
        file._read_comments()
        referred = (one for one in inside(root, "commentReference") if not _is_deleted(one))
        file.referred_comments = frozenset(attribute(one, "id") for one in referred)
        return file

    def count(self, root: Element) -> None:
        """Take down what was changed or hidden in `root`."""
        changes = (one for one in inside(root, *_CHANGES) if not _is_gone(one))
        self.changes.update(map(local, changes))
        self.hides = self.hides or any(map(self._hides, inside(root, "vanish", "rStyle", "pStyle")))

    def _hides(self, element: Element) -> bool:
        """Whether a property of letters, or the style of letters or of a paragraph, hides words."""
        name, holder = local(element), element.getparent().getparent()
        if name == "vanish":
            return is_on(element) and local(holder) == "r" and _has_words(holder)
        return self.styles.hides(attribute(element, "val")) and _has_words(holder)

    def tell_of_kept(self, control: Element, kept: str) -> None:
        """Tell the assessor that a content control shows what the file keeps for it, and not what is in its text."""
        own, shown = (shortened(one_line(text), _LONGEST_TOLD) for text in (words_of(control), kept))
        sentence = f"Word shows “{shown}” from the data that the file keeps, where its text says “{own}”."
        self._kept_told += sentence not in self.told
        if self._kept_told == _MOST_TOLD:
            sentence = "So does it in other places, of which there are too many to list."
        if self._kept_told <= _MOST_TOLD:
            self.told.append(sentence)

    def _read_comments(self) -> None:
        parents, resolved = {}, set()
        for part in self.package.related(self.main, "commentsExtended"):
            for one in children(self.package.root(part), "commentEx"):
                parents[attribute(one, "paraId")] = attribute(one, "paraIdParent")
                if attribute(one, "done").lower() in ("1", "true", "on"):
                    resolved.add(attribute(one, "paraId"))
        by_paragraph = {}
        found = []
        for part in self.package.related(self.main, "comments") or _named(self.package, self.main, "comments.xml"):
            for one in children(self.package.root(part), "comment"):
                ids = [attribute(paragraph, "paraId") for paragraph in inside(one, "p")]
                by_paragraph.update(dict.fromkeys(filter(None, ids), attribute(one, "id")))
                parent = next((parents[each] for each in reversed(ids) if each in parents), "")
                found.append((part, one, parent, not resolved.isdisjoint(ids)))
        for part, one, parent, is_resolved in found:
            author = attribute(one, "author")
            # Without a sign of its own its mark would be that of a note.
            initials = attribute(one, "initials") or "".join(word[0] for word in author.split()[:3]) or "comment "
            self.comments.setdefault(
                attribute(one, "id"), Comment(part, one, author, initials, by_paragraph.get(parent, ""), is_resolved)
            )

    def note_mark(self, kind: str, number: str) -> str:
        """The mark of a note in the text; empty when there is no such note."""
        key = (kind, number)
        if key not in self.notes:
            self.lost_marks += 1
            return ""
        return f"[{self.marked_notes.setdefault(key, len(self.marked_notes) + 1)}]"

    def comment_mark(self, number: str, *, only_range: bool = False) -> str:
        """The mark of a comment in the text; empty when there is none, or it has its mark elsewhere."""
        if number not in self.comments:
            self.lost_marks += not only_range
            return ""
        if only_range and number in self.referred_comments:
            return ""
        self.marked_comments.setdefault(number, len(self.marked_comments) + 1)
        return self.comment_label(number)

    def comment_label(self, number: str) -> str:
        """The mark of a comment that was marked or listed."""
        return f"[{self.comments[number].initials}{self.marked_comments[number]}]"

    def drawn_part(self, part: str, relation: str, kind: str) -> list[Words | Rows]:
        """The words and figures of a chart or a diagram that stands here."""
        found = self.package.relations(part).get(relation)
        if found is None or found.is_external:
            return [Words(f"[{kind}, which is missing]")]
        return self.drawn_blocks(found.target, kind)

    def drawn_blocks(self, name: str, kind: str) -> list[Words | Rows]:
        """The words and figures of the chart or the diagram of that part, and the workbook that a chart was made of."""
        self.drawn.add(name.casefold())
        root = self.package.root(name)
        chart = read_chart(root) if root is not None and kind == "chart" else None
        blocks: list[Words | Rows] = []
        if chart is not None and chart.tables:
            said = "; ".join(filter(None, (chart.title, *chart.words))) or "no title"
            blocks = [Words(f"[chart: {said}]"), *(Rows(rows) for rows in chart.tables)]
            if chart.left_out:
                self.told.append(f"Points of charts of which there are too many to show: {chart.left_out:,}.")
        elif root is not None and (words := _joined(inside(root, "t", "v"))):
            blocks = [Words(f"[{kind}: {words}]")]
        elif root is None:
            blocks = [Words(f"[{kind}, which is missing]")]
        for relation in self.package.related(name, "chartUserShapes"):
            if words := _joined(inside(self.package.root(relation), "t")):
                blocks.append(Words(words))
        blocks += [Words(self.take_out(each)) for each in self.package.related(name, "package")]
        return blocks

    def object_mark(self, part: str, element: Element) -> str:
        """What is shown for an object that stands here. The file that it is, is taken out."""
        found = self.package.relations(part).get(attribute(element, "id"))
        if attribute(element, "ProgID").startswith("Equation."):
            if found is not None:
                self.embedded.setdefault(found.target.casefold(), "")  # nothing but the editor of formulas reads it
            return "[formula: drawn as a picture]"
        if local(element) == "control":
            return self._control(found.target if found else "", attribute(element, "name"))
        if found is None:
            return "[object, which is missing]"
        if found.is_external:
            return f"[linked, not opened: {found.target}]"
        return self.take_out(found.target)

    def _control(self, name: str, called: str) -> str:
        """What was ticked, chosen or typed into a control of the older form."""
        root = self.package.root(name) if name else None
        if root is None:
            return f"[control: {called or 'not named'}]"
        parts = self.package.related(name, "activeXControlBinary")
        control = filled_in(root, self.package.bytes(parts[0]) if parts else None)
        if control is None:
            self.told.append("Controls hold what cannot be read; open the file outside to see it.")
            return f"[control: {called or 'not named'}]"
        if control.kind in ("checkbox", "radio"):
            return f"{tick_box(control.is_ticked)} {control.label or called}"
        if control.kind:
            return control.value
        return f"[control: {': '.join(filter(None, (called, control.label, control.value))) or 'not named'}]"

    def take_out(self, name: str) -> str:
        """The mark of a part that is a file of its own, which becomes an attachment."""
        key = name.casefold()
        if not self.embedded.get(key):
            content = self.package.bytes(name)
            self.embedded[key] = (
                f"[attached, and missing or damaged: {name.rpartition('/')[2]}]"
                if content is None
                else self.attached.take(*embedded_in(name, content))
            )
        return self.embedded[key]

    def put_in(self, part: str, relation: str, sheet: Sheet) -> None:
        """A document that Word would put in here when it opens the file."""
        found = self.package.relations(part).get(relation)
        if found is None:
            sheet.paragraph([Piece("[attached, and missing or damaged]")])
        elif found.is_external:
            sheet.paragraph([Piece(f"[linked, not opened: {found.target}]")])
        else:
            self.embedded.setdefault(found.target.casefold(), "")
            assert self.write_chunk is not None
            self.write_chunk(found.target, sheet)


def _joined(elements: Iterable[Element]) -> str:
    return "; ".join(filter(None, (" ".join((one.text or "").split()) for one in elements)))


def _first(package: Package, main: str, kind: str) -> Element | None:
    for name in (*package.related(main, kind), *_named(package, main, f"{kind}.xml")):
        root = package.root(name)
        if root is not None:
            return root
    return None


def _named(package: Package, main: str, name: str) -> list[str]:
    """The part of the usual name, where no relationship says which one it is."""
    usual = f"{main.rpartition('/')[0]}/{name}".lstrip("/")
    return [usual] if package.has(usual) else []


def _has_words(element: Element) -> bool:
    return next(inside(element, "t", "sym"), None) is not None


def _is_gone(change: Element) -> bool:
    """Whether all that was inserted there was deleted again: there the deletion counts."""
    return len(change) > 0 and all(local(one) in ("del", "moveFrom") for one in change)


def _is_deleted(element: Element) -> bool:
    return any(local(one) in ("del", "moveFrom") for one in element.iterancestors())
