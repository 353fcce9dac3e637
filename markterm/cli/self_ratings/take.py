"""`markterm skills take`: a form that somebody filled in, taken in as their self-assessment."""

from __future__ import annotations

from pathlib import Path

import click

from markterm.cli.self_ratings.said import said, said_options, tell
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.record.bodies.developing import StatementRated
from markterm.domain.words.counted import first_of
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.exports.csv.ratings_form import LIMIT_BYTES, Filled, filled_in

_MOST_TOLD = 10


@click.command("take", cls=Command)
@click.argument("person")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@said_options
@pass_session
def command(session: Session, person: str, file: Path, said_by: str, how: str, on: str) -> None:
    """Take in a self-assessment of a PERSON that was filled in: CSV, or a table in Markdown.

    All of it is recorded, or nothing: what is on no scale, and statements that the centre does not have, are named with
    their lines.

    \b
    Examples:
      markterm skills take JON2041 form.csv --how "by e-mail" --on 2026-03-02 --as asha
    """
    centre = session.centre()
    meant = centre.development.person(person)
    with file.open("rb") as opened:
        rows = filled_in(opened.read(LIMIT_BYTES + 1), file.name)
    known = tuple(centre.development.of(meant).said)
    ratings: list[StatementRated] = []
    wrong: list[tuple[Filled, WrongUse]] = []
    for row in rows:
        try:
            link = centre.profiles.statement(row.statement, known)
            ratings.append(StatementRated(link, centre.details.skills.word(row.rating), row.example))
        except WrongUse as error:
            wrong.append((row, error))
    if wrong:
        told = first_of([f"line {row.line}: {row.statement} {row.rating}" for row, _ in wrong], _MOST_TOLD, ";")
        raise WrongUse(
            wrong[0][1].title,
            f"{one_line(told)}. Nothing was recorded.",
            f"The scale is {centre.details.skills.in_words}. Statements are named as MTC01 P3.",
            file=file,
            line=wrong[0][0].line,
        )
    assessment = said(centre, meant, ratings, said_by=said_by, how=how, on=on)
    tell(session, meant, centre.development.rate(meant, assessment))
