"""`markterm method`: by which method of assessment the files of a learner show something."""

from __future__ import annotations

from collections.abc import Sequence

import click

from markterm.cli.arguments import learner_argument
from markterm.cli.output import say, say_json
from markterm.cli.recorded import tell_recorded
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.assessed.method import OF_FILES, Method
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line


@click.command("method", cls=Command)
@learner_argument
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option("--set", "method", type=click.Choice([each.value for each in OF_FILES]), help="The method of the files.")
@pass_session
def command(session: Session, learner: str, files: Sequence[str], method: str | None) -> None:
    """Say by which method files show something.

    An account of what was seen and said has its method by itself; of every other FILE somebody says it. It goes with
    the bytes, whatever the file is called, and the sampling plan covers it. Without --set the methods are listed.

    \b
    Examples:
      markterm method JON2041
      markterm method JON2041 03-coaching-log.docx --set reflection --as asha
    """
    centre = session.centre()
    registration = centre.learners.find(learner)
    if method is not None:
        tell_recorded(session, centre, centre.accounts.set_method(registration, Method(method), files))
        return
    if files:
        raise WrongUse("Which method?", "Files were named, and no method.", "Give --set and the method.")
    known, accounts = centre.fixing.fingerprints(registration), centre.accounts.of(registration)
    if session.as_json:
        methods = {name: accounts.method_of(sha256) for name, sha256 in known.items()}
        say_json([{"file": name, "method": each.value if each is not None else None} for name, each in methods.items()])
        return
    for name in known:
        say(one_line(f"{name}: {accounts.in_words(name, centre.details.name_of, known) or 'no method said'}"))
    if not known:
        say("No file yet.")
