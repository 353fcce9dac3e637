"""An account of what was seen and said, as the Markdown file that is kept among the learner's evidence.

Its own head says what it is: whoever reads the file without MarkTerm knows as much as the screen shows. The criteria
stand in a table, unit by unit, as learners refer to them: they are found there like any other reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.member import Member
from markterm.domain.record.bodies.accounts import Account
from markterm.domain.words.foreign_text import clean
from markterm.evidence.text.time_marks import is_recording
from markterm.exports.markdown.markdown_text import inline

_HEADINGS = ("What was seen, asked and said", "What the witness says")
_TIME_MARK = re.compile(r"\[?(?:\d{1,2}:)?\d{1,2}:\d{2}\]?(?=\s|$)")


def account_markdown(
    said: Account, learner: Learner, member: Member, text: str, attached: Iterable[str], replaces: str = ""
) -> str:
    """The file. `attached` are the names of recordings and other files as they lie beside it, `replaces` is that of the
    account whose place it takes."""
    assert said.method is not None
    assert said.on is not None
    title = said.method.words.capitalize()
    witness = said.witness
    present = [f"{learner.name} ({learner.registration}), learner"]
    if witness is None:
        present.append(f"{member.name} ({member.id}), assessor")
    facts = [
        ("Day", said.on.isoformat()),
        ("Place", said.place),
        ("Present", "; ".join((*present, *said.present))),
        ("Minutes", str(said.minutes) if said.minutes is not None else ""),
        ("Witness", ", ".join((witness.name, witness.role, witness.relationship)) if witness is not None else ""),
        ("Contact", witness.contact if witness is not None else ""),
        ("Put down by" if witness is not None else "Written by", f"{member.name} ({member.id})"),
        *(("Recording" if is_recording(name) else "Attached", name) for name in attached),
        ("In the place of", replaces),
    ]
    lines = [f"# {title}, {said.on.isoformat()}", ""]
    lines += [f"- {name}: {inline(fact)}" for name, fact in facts if fact]
    lines += ["", "| Unit | Criteria |", "|------|----------|"]
    lines += [f"| {inline(each.unit.code)} | {inline(', '.join(each.criteria))} |" for each in said.covers]
    heading = _HEADINGS[witness is not None]
    return "\n".join((*lines, "", f"## {heading}", "", _apart(clean(text).text.strip()), ""))


def account_text(markdown: str) -> str:
    """What was written, of the file of an account: what stands below its heading for that."""
    for heading in _HEADINGS:
        if (place := markdown.find(f"\n## {heading}\n")) >= 0:
            return markdown[place:].partition("\n\n")[2].strip()
    return ""


def _apart(text: str) -> str:
    """The text with every time mark at the beginning of a paragraph: each can be cited by itself."""
    lines: list[str] = []
    for line in text.split("\n"):
        if _TIME_MARK.match(line) and lines and lines[-1].strip():
            lines.append("")
        lines.append(line)
    return "\n".join(lines)
