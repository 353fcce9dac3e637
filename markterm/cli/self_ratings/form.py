"""`markterm skills form`: a form that somebody fills in at their desk."""

from __future__ import annotations

from pathlib import Path

import click

from markterm.cli.output import say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.exports.csv.ratings_form import FormKind, FormRow, form_of


@click.command("form", cls=Command)
@click.argument("person")
@click.argument("what")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Into a file; it must be new.")
@click.option("--format", "form", type=click.Choice([kind.value for kind in FormKind]), help="csv unless FILE says md.")
@pass_session
def command(session: Session, person: str, what: str, output: Path | None, form: str | None) -> None:
    """Write a form for a self-assessment of a PERSON by a profile, standard or suite.

    Each statement has a row, with room for a rating and an example. What was filled in is taken by markterm skills
    take; what is left empty is not rated.

    \b
    Examples:
      markterm skills form JON2041 MTC02 -o form.csv
      markterm skills form asha MENTOR --format md
    """
    centre = session.centre()
    found = centre.development.beside(centre.development.person(person), what)
    ending = output.suffix.casefold() if output is not None else ""
    kind = FormKind(form) if form else FormKind.MARKDOWN if ending == ".md" else FormKind.CSV
    if session.as_json and output is None:
        say_json(
            {"scale": list(centre.details.skills.words), "statements": [str(each.link) for each in found.statements]}
        )
        return
    rows = [FormRow(str(each.link), each.statement.text) for each in found.statements if each.statement is not None]
    text = form_of(rows, kind, centre.details.skills.in_words)
    if output is None:
        say(text.replace("\r\n", "\n").removesuffix("\n"))
        return
    try:
        with output.open("x", encoding="utf-8-sig" if kind is FormKind.CSV else "utf-8", newline="") as file:
            file.write(text)
    except OSError as error:
        raise WrongUse(
            "The form was not written",
            f"{one_line(str(output))}: {one_line(error.strerror or str(error))}.",
            "Name a new file in a folder that is there.",
        ) from None
    if session.as_json:
        say_json({"file": str(output), "statements": [each.statement for each in rows]})
    else:
        say(one_line(f"{output}: {counted(len(rows), 'statement')}"))
