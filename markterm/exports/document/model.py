"""A document as values: what it says, in which order, and what each part of it is.

A form (Markdown, HTML, PDF, Word) lays out the blocks of a `Document` one after the other and words nothing itself:
whatever is to be read stands here, so that all forms say the same. There are two sorts of blocks. Those that any
document has: heading, label, paragraph, bullets, quote, brief, facts, table. And those of a sheet, which a form lays
out as the cells of a sheet and not as running text: statements with their ticks, criteria under their outcome,
comments, verdict, remarks of feedback, places to sign and to write in.

All text is what somebody wrote, and a form escapes it: nothing in it is markup. The text of a `Run` is one line and
clean already, its spaces at either end are meant. Every other text is as it was written: on one line in a cell, a title
or a name (`one_line`), with its line ends where it is said (`clean`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from markterm.domain.record.states import CriterionState
from markterm.domain.words.foreign_text import clean, one_line

_LOOKS = {CriterionState.ACHIEVED: CriterionState.PASS, CriterionState.NOT_ACHIEVED: CriterionState.OPEN}
_LETTERS = {CriterionState.PASS: "P", CriterionState.REFER: "R"}
NO_FEEDBACK = "No feedback on this criterion."


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line in one style. Runs of the same style that follow each other are one for whoever reads."""

    text: str
    bold: bool = False
    italic: bool = False


Words: TypeAlias = tuple[Run, ...]
"""A line of text."""


def words(*pieces: str, bold: bool = False, italic: bool = False) -> Words:
    """The pieces as one line in one style, cleaned. What others wrote comes as `one_line` gives it, without spaces at
    its ends."""
    return tuple(Run(clean(piece).text.replace("\n", " "), bold, italic) for piece in pieces if piece)


def plain(line: Words) -> str:
    """A line without its styles."""
    return "".join(run.text for run in line)


# What any document has


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and what is stated under it, as in the header of a sheet."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the outline. The title of the document is level 1, so these begin with 2, and none is left out."""

    level: int
    words: Words


@dataclass(frozen=True, slots=True)
class Label:
    """A line in bold over what follows, to which it belongs. It is no part of the outline."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of text, however long."""

    words: Words


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list, with lines below it that belong to it."""

    words: Words
    below: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; with `apart` its items have room between them."""

    items: tuple[Item, ...]
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """What a person wrote, with its line ends, set off from what is said around it unless not `set_off`.

    Where nothing was written, `none` says so (in italics).
    """

    text: str
    none: str = ""
    set_off: bool = True


@dataclass(frozen=True, slots=True)
class Brief:
    """The brief of a task, in the Markdown that its author wrote: lists and words that stand out.

    `brief_lines` (in `exports/document/brief.py`) reads it for whoever does not write Markdown.
    """

    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts inside a document."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, and how wide it is beside the others."""

    title: str
    width: float = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of as many cells as there are columns. The heads are repeated where it goes over a page.

    `states` are what the cells stand for where they are signs, row by row, for a colour beside: None for any other.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    states: tuple[tuple[CriterionState | None, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as SVG, which is ours and of which nothing is foreign markup; `text` says in words all that it shows,
    where nobody sees it, and `lines` say it line by line in forms without pictures."""

    svg: str
    text: str
    lines: tuple[str, ...]


# What a sheet has


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of the learner's with its box, ticked or not."""

    ticked: bool
    words: Words

    @property
    def box(self) -> str:
        """The box as a sign."""
        return "☑" if self.ticked else "☐"


@dataclass(frozen=True, slots=True)
class Statements:
    """What the learner states, one below the other."""

    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Descriptor:
    """What a referral, a pass or a good pass of a criterion looks like; `standing` is which, as a word."""

    standing: str
    text: str


@dataclass(frozen=True, slots=True)
class DecisionBox:
    """The box of a criterion: its state, for a colour, and the sign and the word that say it without one."""

    state: CriterionState
    glyph: str
    word: str

    @property
    def letter(self) -> str:
        """P or R for a pass or a referral, as on paper; of everything else the sign."""
        return _LETTERS.get(self.state, self.glyph)

    @property
    def look(self) -> CriterionState:
        """The state in whose colours it is laid out: a centre's own templates know no others."""
        return _LOOKS.get(self.state, self.state)


@dataclass(frozen=True, slots=True)
class FeedbackNote:
    """What an assessor said of a criterion with a decision: by whom and when, and the note, which may be empty.

    `marks` is what the decision was converted from; `remarks` are sentences on how it fits the sheet. There are several
    under one criterion where decisions are in conflict: each is printed.
    """

    by: Words
    note: str
    marks: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def heading(self) -> Words:
        """The line over the note."""
        return (Run("Assessor feedback ("), *self.by, Run("):"))


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """A passage that a decision rests on: file, place and words; `cited` says so of one of an earlier attempt."""

    file: str
    locator: str
    quote: str
    cited: str = ""

    @property
    def words(self) -> Words:
        """The line that tells of it."""
        cited = f" ({self.cited})" if self.cited else ""
        return words(
            "Evidence: ", one_line(self.file), ", ", one_line(self.locator), cited, ": “", one_line(self.quote), "”"
        )


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One criterion: a row of the sheet with number and text, descriptors, the decision box, feedback and evidence."""

    number: str
    text: str
    descriptors: tuple[Descriptor, ...]
    decision: DecisionBox
    feedback: tuple[FeedbackNote, ...] = ()
    evidence: tuple[EvidenceLine, ...] = ()


@dataclass(frozen=True, slots=True)
class CriteriaTable:
    """Criteria under their banner, which is a heading of that level: a learning outcome, or a unit in a task.

    A form that lays it out as a table repeats the banner where it goes over a page. There is at least one row.
    """

    level: int
    banner: Words
    rows: tuple[CriterionRow, ...]


@dataclass(frozen=True, slots=True)
class Comments:
    """Comments on a section of the sheet: a title, what there is to say, and what assessors wrote; on paper, where
    nobody did, room for a person to write."""

    title: str
    words: Words
    written: tuple[Paragraph | Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What it comes to, in a word or two, and what follows them on the line; `state` is for a colour beside."""

    headline: str
    words: Words
    state: CriterionState


@dataclass(frozen=True, slots=True)
class Remark:
    """What a learner is told on one criterion: number, wording, note and the evidence it was decided on."""

    number: str
    words: Words
    note: str
    evidence: tuple[EvidenceLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Remarks:
    """Remarks under one label, such as the strengths of an outcome."""

    label: str
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs, in which role: name and day as far as the record has them. What is empty is a place to write in."""

    role: str
    name: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Places to sign: role, name, signature and date."""

    places: tuple[Signatory, ...]


@dataclass(frozen=True, slots=True)
class ToWrite:
    """An empty place to write in."""


Block: TypeAlias = (
    Heading
    | Label
    | Paragraph
    | Bullets
    | Quote
    | Brief
    | Facts
    | Table
    | Picture
    | Statements
    | CriteriaTable
    | Comments
    | Verdict
    | Remarks
    | Signatures
    | ToWrite
)


@dataclass(frozen=True, slots=True)
class Document:
    """What is printed: title, header of facts, blocks.

    `about` is whom it is about, in a line for the head of every page (a learner's name and registration), where the
    title stands too. `caveats` are whole sentences that nobody may overlook, such as that the record is incomplete:
    they stand at the beginning, and where there are pages on every one. `language` is that of the words, as in HTML;
    `across` that its pages lie on their long side.
    """

    title: str
    facts: tuple[Fact, ...] = ()
    blocks: tuple[Block, ...] = ()
    caveats: tuple[str, ...] = ()
    about: str = ""
    language: str = "en-GB"
    across: bool = False
