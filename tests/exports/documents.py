"""Documents of every block, with texts of every kind, and what has to be read in each form of one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from hypothesis import strategies as st

from markterm.domain.record.states import CriterionState
from markterm.domain.words.foreign_text import clean, one_line
from markterm.exports.document.brief import brief_lines
from markterm.exports.document.model import (
    NO_FEEDBACK,
    Block,
    Brief,
    Bullets,
    Column,
    Comments,
    CriteriaTable,
    CriterionRow,
    DecisionBox,
    Descriptor,
    Document,
    EvidenceLine,
    Fact,
    Facts,
    FeedbackNote,
    Heading,
    Item,
    Label,
    Paragraph,
    Quote,
    Remark,
    Remarks,
    Run,
    Signatory,
    Signatures,
    Statement,
    Statements,
    Table,
    ToWrite,
    Verdict,
    plain,
    words,
)

OBEYED_SOMEWHERE = '<b>&amp; #set $x$ *y* _z_ `c` [l](u) =1+1 \\n {"k": 1} </script> @ref //c "q" \'a\' ~ -- ![CDATA['
"""What one form or another would take for markup."""


def named(text: str) -> DecisionBox:
    """A decision box with that word."""
    return DecisionBox(CriterionState.REFER, "✗", text)


def noted(note: str, count: int = 1) -> Document:
    """A sheet with that note under each of its criteria."""
    rows = tuple(
        CriterionRow(f"1.{number}", "Boil", (), named("Referral"), (FeedbackNote(words("Asha"), note),))
        for number in range(1, count + 1)
    )
    return Document("Mark sheet T-101", (), (CriteriaTable(2, words("LO1 Make tea"), rows),), about="Rosalind Jones")


def document(
    text: str = OBEYED_SOMEWHERE,
    note: str = "First line\nsecond line\n\nanother paragraph",
    caveats: tuple[str, ...] = (),
) -> Document:
    """A document of every block there is, with `text` wherever a line is and `note` wherever a text is."""
    text = one_line(text)
    evidence = (EvidenceLine(text, "page 3", text, "cited at attempt 1"),)
    feedback = (
        FeedbackNote(words("Asha Patel, ", text), note, "12 of 20 marks", (text,)),
        FeedbackNote(words("B"), ""),
    )
    row = CriterionRow(
        "1.1", text, (Descriptor("Pass", text), Descriptor("Good pass", text)), named(text), feedback, evidence
    )
    blocks: tuple[Block, ...] = (
        Heading(2, words(text)),
        Label(text),
        Paragraph((Run(text), Run(" bold", bold=True), Run(" both", bold=True, italic=True))),
        Bullets((Item(words(text), (words(text), words("below"))), Item(words("second"))), apart=True),
        Quote(note),
        Quote("", none="Nothing was said."),
        Brief("# Head\n\nSome **bold** words.\n- one\n  - two\n1. first"),
        Facts((Fact("Unit", text),)),
        Table((Column("Head"), Column(text, 3)), ((text, "x"), ("", text))),
        Statements((Statement(True, words(text)), Statement(False, words("not ticked")))),
        CriteriaTable(2, words("LO1 ", text), (row, CriterionRow("1.2", "Warm the pot", (), named("Open")))),
        Comments("Section comments", words(text)),
        Comments("Task comments", words("6"), (Paragraph(words("Comment (", text, "):")), Quote(note))),
        Verdict("REFERRAL", words(" (", text, ")"), CriterionState.REFER),
        Heading(2, words("Feedback")),
        Remarks("Strengths", (Remark("1.1", words(text), note, evidence),)),
        Signatures((Signatory("Assessor", text, "2026-03-02"), Signatory("Internal verifier"))),
        ToWrite(),
    )
    facts = (Fact("Centre number", text), Fact("Centre name", "Test Centre"), Fact("Learner name", text))
    return Document(f"Mark sheet {text}", facts, blocks, caveats, about=f"{text}, AAA1")


def told(part: object) -> Iterator[str]:
    """Every text that a form has to show of a document, line by line."""
    match part:
        case CriterionState() | bool() | int() | float():
            return
        case str():
            yield from filter(None, (" ".join(line.split()) for line in clean(part).text.split("\n")))
        case Run(text):
            yield from told(text)
        case Brief(text):
            for line in brief_lines(text):
                yield from told(plain(line.words))
        case EvidenceLine():
            yield from told(plain(part.words))
        case FeedbackNote(by, note, marks, remarks):
            yield from told((by, note or NO_FEEDBACK, marks, remarks))
        case DecisionBox(_, _, word):
            yield from told(word)
        case Quote(text, none):
            yield from told(text if text.strip() else none)
        case tuple():
            for each in part:
                yield from told(each)
        case _ if is_dataclass(part):
            for field in fields(part):
                if field.name != "language":
                    yield from told(getattr(part, field.name))
        case _:
            raise AssertionError(part)


LINES = st.text(
    st.one_of(
        st.characters(min_codepoint=0x20, max_codepoint=0x17F),
        st.sampled_from("\t\x00\x1b\u200b\u202e<>&\"'\\#$*_`=@[]{}|~-+/"),
    ),
    max_size=60,
)
"""Lines in letters that every machine has, with what a terminal or a form would obey."""
TEXTS = st.lists(LINES, max_size=4).map("\n".join)
