"""`markterm standardise`: members mark the same evidence, each alone, and agree on what a pass is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from markterm.cli.arguments import day_given, given_text
from markterm.cli.everybody import everybody
from markterm.cli.output import indented, say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.record.bodies.standardising import (
    MinutedAction,
    Standardised,
    Standardising,
    StandardisingStep,
    Viewed,
)
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.standardisation import standardisation_as_json
from markterm.exports.plain.values import iso

if TYPE_CHECKING:
    from markterm.centre.centre import Centre
    from markterm.centre.exhibits import Material
    from markterm.centre.standardisation import LastStandardised
    from markterm.domain.record.standardisation import Standardisation

_WORK = ("LEARNER", "UNIT", "CRITERIA")


@click.command("standardise", cls=Command)
@click.argument("standardisation", metavar="[ID]", required=False, default="")
@click.option("--open", "qualification", default="", metavar="QUALIFICATION", help="Open one, with the work below.")
@click.option("--decisions", nargs=3, multiple=True, metavar=" ".join(_WORK), help="Work to be decided by each alone.")
@click.option("--feedback", nargs=3, multiple=True, metavar=" ".join(_WORK), help="Notes to be agreed with, or not.")
@click.option("--verification", nargs=3, multiple=True, metavar=" ".join(_WORK), help="A verifier's answers, the same.")
@click.option("--read", "reading", is_flag=True, help="Read what is looked at, without the learners' names.")
@click.option("--answer", nargs=2, multiple=True, metavar="CRITERIA ANSWER", help="pass, refer, agree or disagree.")
@click.option("--exhibit", type=int, metavar="NUMBER", help="What you answer to, where several have the criterion.")
@click.option("--note", default="", metavar="TEXT", help="What you say to your answers; - reads stdin.")
@click.option("--close", "closing", is_flag=True, help="Close it with the minutes below.")
@click.option("--on", default="", metavar="DATE", help="The day of the meeting: 2026-01-31.")
@click.option("--present", default="", metavar="MEMBERS", help="Who was there, with commas between.")
@click.option("--apologies", default="", metavar="MEMBERS", help="Who was not, and said so.")
@click.option("--last-time", default="", metavar="TEXT", help="What became of the actions of the last meeting.")
@click.option("--discussion", default="", metavar="TEXT", help="What was discussed; - reads stdin.")
@click.option("--agreed", nargs=4, multiple=True, metavar="NUMBER CRITERION ANSWER WORDS", help="And why.")
@click.option("--action", nargs=3, multiple=True, metavar="TEXT OWNER DATE", help="Until when who does what.")
@click.option("--drop", is_flag=True, help="Say that it was opened by mistake.")
@click.option("--reason", "why", default="", metavar="TEXT", help="Why it is opened or dropped.")
@pass_session
def command(
    session: Session,
    standardisation: str,
    qualification: str,
    decisions: tuple[tuple[str, str, str], ...],
    feedback: tuple[tuple[str, str, str], ...],
    verification: tuple[tuple[str, str, str], ...],
    reading: bool,
    answer: tuple[tuple[str, str], ...],
    exhibit: int | None,
    note: str,
    closing: bool,
    on: str,
    present: str,
    apologies: str,
    last_time: str,
    discussion: str,
    agreed: tuple[tuple[str, str, str, str], ...],
    action: tuple[tuple[str, str, str], ...],
    drop: bool,
    why: str,
) -> None:
    """Standardise decisions, feedback or verification.

    A verifier opens one for a qualification and chooses criteria of learners' work, in all of their evidence or in a
    file: 1.1,1.2@diary.md or 1.2@diary.md:12-14. Work of learners who refuse that it is used is left out, or said to be
    used all the same where standardise_refused = true stands in [policy] of centre.toml. Each member reads it without
    names, and without what was decided (--read), and answers alone: what others said is shown to nobody before they
    have given all their own answers, which stand from then on. The minutes close it. It shows for each criterion how
    many said the same and who differed, and κ: how far that is beyond chance. What was agreed is shown beside the
    criterion to whoever marks it later (markterm show). Of a criterion for a higher grade pass says that it is
    achieved, and refer that it is not. Without an ID it lists them, and who was not standardised within the days
    that centre.toml gives.

    \b
    Examples:
      markterm standardise --open 8580-CERT --decisions JON2041 501 1.1,2.1@04-diary.md --as ines
      markterm standardise 3f2a91bc --answer 1.1 pass --as asha
      markterm standardise 3f2a91bc --answer 2.1 refer --note "Eight hours are shown." --as asha
      markterm standardise 3f2a91bc --close --on 2026-10-07 --present asha,ben --discussion "What counts as an hour."
        --agreed 1 2.1 refer "Twelve hours are shown with dates." --action "Tell the tutors." ben 2026-10-14 --as ines
    """
    centre = session.centre()
    work = {Standardised.DECISIONS: decisions, Standardised.FEEDBACK: feedback, Standardised.VERIFICATION: verification}
    acts = (bool(qualification), bool(answer), closing, drop, reading)
    if sum(acts) > 1 or (qualification and standardisation) or (any(acts[1:]) and not standardisation):
        raise WrongUse(
            "What is to be done?",
            "One thing at a time: --open one, or with its ID --read, --answer, --close or --drop.",
            "markterm standardise lists them with their ids.",
        )
    if any(work.values()) and not qualification:
        raise WrongUse("For which qualification?", "Nothing was recorded.", "Name it with --open.")
    from markterm.centre import standardising_said as said  # Help loads every command.

    desk = centre.standardisation
    if qualification:
        chosen = [said.work(centre.learners, of, *each) for of, several in work.items() for each in several]
        told, refused = desk.begin(qualification, chosen, given_text(why))
        for left_out in refused:
            click.echo(
                one_line(f"Left out: {left_out.registration} refuses that their work is used for standardisation."),
                err=True,
            )
    elif not standardisation:
        _tell_all(session, centre)
        return
    else:
        told = desk.of_id(standardisation)
        if reading:
            _read(session, desk.material(told))
            return
        if answer:
            words = given_text(note)
            each_of = [(number, said.view_of(view)) for several, view in answer for number in said.split(several)]
            views = [Viewed(_place(told, number, exhibit), number, view, words) for number, view in each_of]
            told = desk.answer(told.uid, views)
        elif closing:
            minutes = Standardising(
                StandardisingStep.CLOSED,
                views=tuple(said.agreed(*each) for each in agreed),
                on=day_given(on),
                text=given_text(discussion),
                present=said.split(present),
                apologies=said.split(apologies),
                last_time=last_time,
                actions=tuple(MinutedAction(text, owner, day_given(due)) for text, owner, due in action),
            )
            told = desk.close(told.uid, minutes)
        elif drop:
            told = desk.drop(told.uid, given_text(why))
    member = centre.member.id if centre.member is not None else ""
    actions = centre.centre_actions.every()
    if session.as_json:
        say_json(standardisation_as_json(told, member, actions))
        return
    from markterm.cli.standardisation_told import lines  # Help loads every command.

    for line in lines(told, member, centre.details, actions, centre.actions.today):
        say(line)


def _read(session: Session, material: Iterable[Material]) -> None:
    """Print the texts of what is looked at."""
    if session.as_json:
        say_json([{"exhibit": each.exhibit, "heading": each.heading, "text": each.text} for each in material])
        return
    for each in material:
        say(one_line(f"{each.exhibit} {each.heading}"))
        say(indented(each.text, 2))


def _tell_all(session: Session, centre: Centre) -> None:
    """List the standardisations, and when each member was standardised last."""
    everybody(centre)
    every, last = centre.standardisation.every(), tuple(centre.standardisation.last())
    if session.as_json:
        told = [
            {
                "member": each.member.id,
                "qualification": each.qualification,
                "on": iso(each.on),
                "due": iso(each.due),
                "overdue": each.overdue,
            }
            for each in last
        ]
        member = centre.member.id if centre.member is not None else ""
        actions = centre.centre_actions.every()
        plain = [standardisation_as_json(each, member, actions) for each in every]
        say_json({"standardisations": plain, "last": told})
        return
    for line in (*_list(every), *_last(last)):
        say(line)


def _list(every: Sequence[Standardisation]) -> Iterator[str]:
    from markterm.cli.standardisation_told import heading  # Help loads every command.

    if not every:
        yield "Nothing was standardised yet."
    for each in every:
        yield heading(each)


def _last(last: Sequence[LastStandardised]) -> Iterator[str]:
    for each in last:
        when = f"last on {each.on}" if each.on is not None else "never yet"
        when += f", due by {each.due}" if each.due is not None else ""
        late = "! overdue: " if each.overdue else ""
        yield one_line(f"{late}{each.member.id} {each.member.name}, {each.qualification}: standardised {when}")


def _place(told: Standardisation, criterion: str, given: int | None) -> int:
    """The exhibit that is answered to: that which was given, or the only one with the criterion. Raises `WrongUse`."""
    having = [place for place, number in told.asked if number == criterion]
    if given is None and len(having) > 1:
        raise WrongUse(
            "Which exhibit?",
            f"{one_line(criterion)} is asked of exhibits {', '.join(map(str, having))}. Nothing was recorded.",
            "Say which with --exhibit.",
        )
    return given if given is not None else having[0] if having else 1
