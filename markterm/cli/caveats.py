"""What has to be said beside an answer, on stderr: what is damaged, hidden, left out or changed since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from markterm.cli.hints import line_of
from markterm.domain.record.submission import NO_CHANGES
from markterm.domain.views.caseload import hidden_in_words
from markterm.domain.words.counted import counted, first_of
from markterm.domain.words.finding import Finding
from markterm.domain.words.foreign_text import one_line
from markterm.records.finding_codes import hides

if TYPE_CHECKING:
    from markterm.centre.centre import Centre
    from markterm.domain.views.caseload import CaseloadRow
    from markterm.evidence.folder import EvidenceFolder

_MOST_TOLD = 3


def warn_of_damage(findings: Sequence[Finding], incomplete: str = "") -> None:
    """Say on stderr what is wrong with the record which was just read or written to, and that it is `incomplete`."""
    if incomplete or any(map(hides, findings)):
        why = f": {one_line(incomplete)}" if incomplete else ""
        click.echo(f"This learner's record is incomplete, and what it shows may not be all of it{why}.", err=True)
    if findings:
        click.echo(f"This learner's record has {counted(len(findings), 'finding')}:", err=True)
        for finding in findings[:_MOST_TOLD]:
            click.echo(f"  {one_line(line_of(finding))}", err=True)
        click.echo("  markterm audit verifies every record; put back the file from the last good copy.", err=True)


def warn_of_hidden(rows: Iterable[CaseloadRow]) -> None:
    """Say on stderr that decisions may be hidden, where records of these learners could not be read whole."""
    if told := hidden_in_words(rows):
        click.echo(f"{told} markterm status state:problem names them.", err=True)


def say_left_out(folder: EvidenceFolder) -> None:
    """Say on stderr which files programs left behind, and which cannot be had: what is not listed is said."""
    for line in (folder.left_out_words, *folder.problems):
        if line:
            click.echo(one_line(line), err=True)


def some_of(names: Iterable[str]) -> str:
    """The first of these names, and how many there are beside them."""
    return one_line(first_of(list(names), _MOST_TOLD, ";"))


def warn_of_changed_evidence(centre: Centre, registration: str, units: Iterable[str]) -> None:
    """Say on stderr what became of the evidence of these units, by their codes, since it was fixed."""
    since = centre.attempts.since_submitted(registration)
    for code in units:
        # What is handed in for another unit later changes nothing of it.
        if changed := since.get(code, NO_CHANGES).of_what_was_fixed:
            click.echo(one_line(f"The evidence of {code} changed since it was fixed: {changed.named()}."), err=True)
