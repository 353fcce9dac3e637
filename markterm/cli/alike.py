"""`markterm alike`: passages that the work of several learners has in common."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from markterm.cli import completion
from markterm.cli.arguments import given_text
from markterm.cli.everybody import everybody
from markterm.cli.output import columns, indented, say, say_json
from markterm.cli.reading_bar import reading_bar
from markterm.cli.recorded import tell_each_recorded
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line

if TYPE_CHECKING:
    from markterm.centre.centre import Centre
    from markterm.domain.views.alike import AlikePair, AlikeSeen, Side


@click.command("alike", cls=Command)
@click.argument("learner", required=False, default="", shell_complete=completion.learners)
@click.argument("other", required=False, default="", shell_complete=completion.learners)
@click.option("--unit", default="", metavar="UNIT", shell_complete=completion.units, help="Only who are on this unit.")
@click.option("--case", "said", metavar="TEXT", help="Open a case of LEARNER with this. - reads it from stdin.")
@click.option("--both", is_flag=True, help="With --case: one of OTHER, too.")
@pass_session
def command(session: Session, learner: str, other: str, unit: str, said: str | None, *, both: bool) -> None:
    """Show passages that several learners have in common.

    With a LEARNER only what others have of theirs; with two learners the passages themselves, the same words in
    {=these=} marks. Reworded passages are found too, translations are not. Left out is what was given to everybody:
    what most of those on a unit have, or more than ten learners, and what stands in the centre's sheets and templates;
    and references, names of laws, declarations of authenticity, the notices below messages, and quotations of which
    both name the source. It is advice, with figures, and no verdict: two who worked together, a source that both
    copied, or one who helped the other look alike. What more have, and no sheet or template, is told in a line of its
    own: a source or a handout, probably. In Chinese and Japanese each character counts as a word. Files are
    named in which many words have letters of other alphabets or signs without width in them. Verifiers see it, and who
    assesses both; everybody else is told that there is something.

    With --case a case of suspected malpractice is opened in the record of LEARNER, with where the passages stand in
    both files; the other learner is not named there. Nothing leaves the machine. The first time every file is read;
    after that only those that are new.

    \b
    Examples:
      markterm alike --as carol
      markterm alike --unit 501 --as carol --json
      markterm alike JON2041 --as carol
      markterm alike JON2041 OKA2087 --as carol
      markterm alike JON2041 OKA2087 --case "Task 2 word for word." --both --as carol
    """
    if (said is not None and not other) or (both and said is None):
        raise WrongUse(
            "A case of which two?" if said is not None else "No case",
            "A case is opened on what two learners have in common. Nothing was recorded.",
            "Name both learners, and give --case with what you say of it.",
        )
    centre = session.centre()
    everybody(centre)
    registration = centre.learners.find(learner) if learner else ""
    code = centre.sheets.named(unit).code if unit else ""
    with reading_bar() as progress:
        *_, seen = centre.alike.look(progress, code, registration)
    if other:
        against = centre.learners.find(other)
        pairs = [each for each in seen.pairs if each.other == against]
        many = [each for each in seen.many if any(holder.registration == against for holder in each.holders)]
        seen = seen._replace(pairs=tuple(pairs), many=tuple(many))
    if said is not None:
        _open_cases(session, centre, seen, given_text(said), code, both=both)
        return
    if session.as_json:
        from markterm.exports.plain.alike import alike_as_json  # Help loads every command.

        say_json(alike_as_json(seen))
    elif other:
        for pair in seen.pairs:
            _say_pair(pair)
    elif learner:
        for pair in seen.pairs:
            say(one_line(f"{pair.other}  {pair.other_name}  {pair.told}"))
            for line in _places(pair):
                say(f"  {line}")
    elif seen.pairs:
        rows = [(each.one, each.one_name, each.other, each.other_name, each.told) for each in seen.pairs]
        say("\n".join(columns([tuple(map(one_line, row)) for row in rows])))
    if not session.as_json:
        _say_many(seen)
    _say_beside(seen, registration)


def _open_cases(session: Session, centre: Centre, seen: AlikeSeen, said: str, unit: str, *, both: bool) -> None:
    if not seen.pairs:
        raise WrongUse(
            "Nothing in common",
            "Nothing that you may see is alike in the work of these two. No case was opened.",
            "Open a case without passages, or ask a verifier.",
        )
    (pair,) = seen.pairs
    opened = centre.alike.open_cases((pair, pair.turned()) if both else (pair,), said, unit)
    tell_each_recorded(session, centre, opened, always_list=both)


def _say_many(seen: AlikeSeen) -> None:
    for each in seen.many:
        told, *places = each.in_lines(lambda holder: f"{holder.registration} {holder.name}")
        say(told)
        for line in places:
            say(f"  {line}")


def _places(pair: AlikePair) -> Iterator[str]:
    for each in pair.passages:
        yield one_line(f"{each.one.where} ↔ {each.other.where}: {each.told}")


def _say_pair(pair: AlikePair) -> None:
    say(one_line(f"{pair.one} {pair.one_name} and {pair.other} {pair.other_name}: {pair.told}"))
    for each in pair.passages:
        say(f"\n{one_line(each.told)}")
        for side in (each.one, each.other):
            say(one_line(f"  {side.registration} {side.where}"))
            if side.text:
                say(indented(_marked(side), 4))


def _marked(side: Side) -> str:
    """The words of a side, on one line, those that the other one has in marks."""
    return "".join(f"{{={text}=}}" if is_alike else text for text, is_alike in side.pieces)


def _say_beside(seen: AlikeSeen, learner: str) -> None:
    """Say on stderr which files are odd, how many learners were looked at, and what is not shown."""
    from markterm.domain.views.alike import hidden_told  # Help loads every command.

    for odd in seen.odd:
        click.echo(one_line(f"Odd words: {odd.registration} {odd.name}, {odd.told}."), err=True)
    found = counted(len(seen.pairs), "pair") if seen.pairs else "No pair that is to be shown"
    click.echo(f"{found} in the work of {counted(seen.of, 'learner')}. Advice, and no verdict.", err=True)
    for line in (hidden_told(seen.hidden, learner), *seen.left_out):
        if line:
            click.echo(one_line(line), err=True)
