"""`markterm differences`: what changed in the evidence since an earlier attempt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from markterm.cli.arguments import learner_argument, unit_argument
from markterm.cli.caveats import warn_of_damage
from markterm.cli.output import moment, say, say_json
from markterm.cli.reading_bar import reading_bar
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.texts.difference import MOVED, Fate, Paragraph, Unchanged, folded
from markterm.domain.texts.file_change import FileChange, FileFate
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line, one_name
from markterm.domain.words.letters import plain
from markterm.exports.plain.submission import submission_as_json

if TYPE_CHECKING:
    from markterm.centre.differences import EvidenceChanges, TextDifference
    from markterm.domain.record.submission import Submission

_MARKS = {Fate.SAME: "{}", Fate.REMOVED: "[-{}-]", Fate.ADDED: "{{+{}+}}"}
_FIRST_WORDS = 8


@click.command("differences", cls=Command)
@learner_argument
@unit_argument
@click.argument("files", nargs=-1, metavar="[FILE | OLDFILE NEWFILE]")
@click.option("--from", "earlier", type=click.IntRange(min=1), metavar="N", help="Since the submission of attempt N.")
@click.option("--to", "later", type=click.IntRange(min=1), metavar="N", help="Up to the submission of attempt N.")
@click.option("--whole", is_flag=True, help="Print the unchanged paragraphs and the text of added files too.")
@pass_session
def command(
    session: Session,
    learner: str,
    unit: str,
    files: tuple[str, ...],
    earlier: int | None,
    later: int | None,
    *,
    whole: bool,
) -> None:
    """Show what changed in the evidence since an earlier attempt.

    Added, changed, removed and renamed files, and what changed in their words: [-removed-] and {+added+}. Unchanged
    paragraphs are counted; a paragraph that merely moved is named where it was, and shown where it is. Without --from
    it is the attempt before the present one, without --to the files as they are now. With two files, one is compared
    with the other, whatever was submitted. When nothing was submitted at an earlier attempt, files whose names differ
    in the number of the attempt only are compared.

    \b
    Examples:
      markterm differences JON2041 501
      markterm differences JON2041 501 02-diary.md --whole
      markterm differences JON2041 501 --from 1 --to 2 --json
      markterm differences JON2041 501 "Centre-501(1).docx" "Centre-501(2).docx"
    """
    centre = session.centre()
    registration = centre.learners.find(learner)
    if len(files) > 2 or (len(files) == 2 and (earlier or later)):
        raise WrongUse(
            "Too many files" if len(files) > 2 else "Two files, and an attempt",
            "One file is compared with what was submitted, two are compared with each other.",
            "Give one file, or two files without --from and --to.",
        )
    with reading_bar() as progress:
        if len(files) == 2:
            told = [centre.differences.between(registration, *files, progress)]
            found = None
        else:
            found = centre.differences.since(registration, unit, earlier, later, progress)
            told = [found.words(change) for change in _wanted(found, files)]
    whole_added = whole or bool(files)
    shown = centre.learners.portfolio(registration)
    warn_of_damage(shown.findings, shown.incomplete)
    if session.as_json:
        listed = [_as_json(each, whole=whole, whole_added=whole_added) for each in told]
        say_json({**_sides(found), "files": listed} if found is not None else listed[0])
        return
    for number, each in enumerate(told):
        if number:
            say()
        _say_file(each, whole=whole, whole_added=whole_added)
    if found is not None:
        by_name = "the attempts in the names of the files"
        span = by_name if found.earlier is None else f"{_side(found.earlier)} to {_side(found.later)}"
        click.echo(one_line(f"{found.unit}, {span}: {found}."), err=True)


def _wanted(found: EvidenceChanges, files: Sequence[str]) -> Sequence[FileChange]:
    """The changes of the file that was named, or all. Raises `WrongUse` when it is not the name of just one."""
    if not files:
        return found.files
    name = one_name(files[0])
    named = [each for each in found.files if name in (each.name, each.old)]
    fitting = named or [each for each in found.files if name and plain(name) in plain(each.name)]
    if len(fitting) != 1:
        names = ", ".join(one_line(each.name) for each in (fitting or found.files)[:8]) or "none"
        raise WrongUse(
            "Which file?" if fitting else "No such file",
            f"{one_line(name)} is the name of {'several files' if fitting else 'no file'} that changed.",
            f"Those that changed are {names}.",
        )
    return fitting


def _side(submission: Submission | None) -> str:
    if submission is None:
        return "now"
    return f"attempt {submission.attempt} (submitted {moment(submission.at)})"


def _say_file(told: TextDifference, *, whole: bool, whole_added: bool) -> None:
    change = told.change
    was = f" (before: {change.old})" if change.old and change.new and change.old != change.new else ""
    say(one_line(f"{change.fate}: {change.name}{was}: {told}"))
    if told.difference is None or (change.fate is not FileFate.CHANGED and not whole_added):
        return
    for paragraph in told.difference.paragraphs if whole else folded(told.difference.paragraphs):
        if isinstance(paragraph, Unchanged):
            say(f"  … {paragraph}")
        else:
            say(f"  {one_line(f'{told.place_of(paragraph)}: {_marked(paragraph, whole=whole)}')}")


def _marked(paragraph: Paragraph, *, whole: bool) -> str:
    """The paragraph with its removed and added words in their marks."""
    if paragraph.fate not in MOVED:
        return " ".join(_MARKS[run.fate].format(run) for run in paragraph.runs)
    words = str(paragraph).split()
    if whole or paragraph.fate is Fate.MOVED_HERE or len(words) <= _FIRST_WORDS:
        return f"{paragraph.fate}: {paragraph}"
    return f"{paragraph.fate}: {' '.join(words[:_FIRST_WORDS])} …"


def _sides(found: EvidenceChanges) -> dict[str, object]:
    sides = {"from": found.earlier, "to": found.later}
    return {"unit": found.unit} | {name: submission_as_json(each) for name, each in sides.items()}


def _as_json(told: TextDifference, *, whole: bool, whole_added: bool) -> dict[str, object]:
    change, found = told.change, told.difference
    facts: dict[str, object] = {"fate": change.fate.value, "old": change.old or None, "new": change.new or None}
    if found is None:
        return facts | {"problem": told.problem}
    counts = {"added": found.added, "removed": found.removed, "moved": found.moved}
    if change.fate is not FileFate.CHANGED and not whole_added:
        return facts | counts
    paragraphs = [
        {
            "fate": each.fate.value,
            "line": each.line + 1,
            "place": told.place_of(each),
            "runs": [{"fate": run.fate.value, "text": str(run)} for run in each.runs],
        }
        for each in found.paragraphs
        if whole or each.fate is not Fate.SAME
    ]
    return facts | counts | {"paragraphs": paragraphs}
