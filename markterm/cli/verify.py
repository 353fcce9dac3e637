"""`markterm verify`: a verifier's answer to a unit's decisions, or to its outcome as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

import click

from markterm.cli import completion
from markterm.cli.arguments import given_text, listed
from markterm.cli.caveats import warn_of_changed_evidence
from markterm.cli.recorded import tell_each_recorded
from markterm.cli.session import Command, Session, pass_session
from markterm.cli.verifiers_queue import tell_queue
from markterm.domain.record.bodies.verifying import Report, Sight
from markterm.domain.record.event import Result
from markterm.domain.rules.answering import FEEDBACK, VALID, Said
from markterm.domain.views.queue import QueueOrder
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line

if TYPE_CHECKING:
    from markterm.centre.recorder import Recorded

_WHOLE = ""
"""What --agree says when it names no criteria."""


@click.command("verify", cls=Command)
@click.argument("learner", required=False, default="", shell_complete=completion.learners)
@click.argument("unit", required=False, default="", shell_complete=completion.units)
@click.option(
    "--agree", is_flag=False, flag_value=_WHOLE, metavar="[CRITERIA]", help="Agreed: the unit, or these criteria."
)
@click.option("--disagree", is_flag=True, help="Not agreed, as a whole.")
@click.option(
    "--not-agreed", nargs=2, multiple=True, metavar="CRITERION WHY", help="Not agreed, and why; as often as needed."
)
@click.option("--action", "to_do", metavar="TEXT", help="What is to be done about what is not agreed; with --due.")
@click.option("--due", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day until which it is to be done.")
@click.option(
    "--owner",
    default="",
    metavar="MEMBER",
    help="Who is to do it; whoever decided it without.",
    shell_complete=completion.members,
)
@click.option("--looked", multiple=True, metavar="CRITERIA", help="What you looked at: your own statement.")
@click.option(
    "--second-assessment",
    "own",
    multiple=True,
    metavar="CRITERION=RESULT",
    help="Your own results, from before you saw the assessor's, with commas: 1.1=pass,1.2=refer.",
)
@click.option("--reason", default="", metavar="TEXT", help="Why; a disagreement needs it. - reads it from stdin.")
@click.option("--strength", default="", metavar="TEXT", help="What the assessor did well.")
@click.option("--develop", default="", metavar="TEXT", help="What the assessor should develop.")
@click.option("--vacsr", metavar="WORDS", help=f"What the evidence is, of {', '.join(VALID)}; or all, or none.")
@click.option(
    "--feedback-quality",
    "quality",
    metavar="WORDS",
    help=f"What the feedback is, of {', '.join(FEEDBACK)}; as --vacsr.",
)
@click.option("--unfinished", is_flag=True, help="So far: you go on with it, and the unit waits until you finish.")
@click.option("--finish", is_flag=True, help="Finish what was begun with --unfinished, as it stands.")
@click.option("--interim", is_flag=True, help="An interim look, while the unit is marked.")
@click.option("--override", default="", metavar="WHY", help="Why a rule of separation may be passed over here.")
@click.option(
    "--authorised-by", metavar="MEMBER", shell_complete=completion.members, help="The Lead IV who lets it pass."
)
@click.option("--filter", "filters", default="", metavar="WORDS", help="List only what these words and fields find.")
@click.option(
    "--sort",
    "order",
    type=click.Choice(QueueOrder, case_sensitive=False),
    default=QueueOrder.DUE,
    show_default=True,
    help="The order of the list.",
)
@click.option(
    "--all", "of_others", is_flag=True, help="List what others were given too, and what is not yours to take."
)
@pass_session
def command(
    session: Session,
    learner: str,
    unit: str,
    agree: str | None,
    disagree: bool,
    not_agreed: tuple[tuple[str, str], ...],
    to_do: str | None,
    due: datetime | None,
    owner: str,
    looked: tuple[str, ...],
    own: tuple[str, ...],
    reason: str,
    strength: str,
    develop: str,
    vacsr: str | None,
    quality: str | None,
    unfinished: bool,
    finish: bool,
    interim: bool,
    override: str,
    authorised_by: str | None,
    filters: str,
    order: QueueOrder,
    of_others: bool,
) -> None:
    """List what waits for you to verify; agree with a unit, or not.

    Without a UNIT it is the queue of whoever acts, of everybody or of a LEARNER: interim looks, closed units and
    actions that are done; what was given to them, then what anybody may take. --filter takes words, and unit:,
    assessor:, verifier: and waiting: (look, verify, accept); a - in front turns one round.

    Criterion by criterion, or as a whole. CRITERIA are numbers with commas. The unit is agreed when everything that
    was answered is. --agree alone is for the unit as a whole, and with --looked for all that was looked at. A
    criterion with a result of your own is agreed when the assessor's is the same. What was answered before goes on
    beside it; what was not agreed is agreed to with a reason. With --unfinished the unit waits for you until you
    answer without it, or with --finish; what is not agreed counts at once.

    The answer is to this closing: a unit that is reopened and closed again is verified again. Nobody verifies a unit in
    which they decided or countersigned a criterion, or that they closed; nor a learner with whom they have a conflict
    of interest (markterm interest), nor more units running of the same assessor than the centre wants, unless a Lead IV
    lets it pass.

    \b
    Examples:
      markterm verify --as ines
      markterm verify --filter "unit:501 -assessor:asha" --as ines
      markterm verify JON2041 501 --agree --as ines
      markterm verify JON2041 501 --agree --looked 1.1,2.3 --strength "Clear notes" --as ines
      markterm verify JON2041 501 --agree 1.1,2.3 --not-agreed 2.1 "nine hours are shown" --as ines
      markterm verify JON2041 501 --not-agreed 2.1 "no log" --action "Read page 4" --due 2026-03-16 --as ines
      markterm verify JON2041 501 --second-assessment 1.1=pass,1.2=pass --as ines
      markterm verify JON2041 501 --agree 1.1,2.3 --unfinished --as ines
      markterm verify JON2041 501 --finish --strength "Clear notes" --as ines
      markterm verify JON2041 503 --interim --agree 1.1 --as ines
      markterm verify JON2041 501 --disagree --reason "2.1: nine hours are shown" --as ines
    """
    answers = (agree, to_do, vacsr, quality, authorised_by)
    said_something = disagree or not_agreed or own or looked or finish or unfinished
    if not unit and not (said_something or any(each is not None for each in answers)):
        tell_queue(session, session.centre(), learner, filters, order, of_others=of_others)
        return
    if not unit:
        raise WrongUse(
            "Which unit?", "An answer is to a unit of a learner.", "Give the registration and the unit first."
        )
    if filters or of_others:
        raise WrongUse("A list, or an answer?", "--filter and --all are of the list.", "Leave them out.")
    if agree == _WHOLE and disagree:
        raise WrongUse("Agreed, or not?", "--agree and --disagree were both given.", "Leave out one of them.")
    if finish and (unfinished or agree is not None or disagree or not_agreed or looked or own):
        raise WrongUse(
            "Finished as it stands, or more answers?",
            "--finish takes no answers, and no --unfinished.",
            "Leave --finish out: an answer without --unfinished finishes the verification.",
        )
    if agree is None and not (disagree or not_agreed or own or finish):
        raise WrongUse(
            "Which answer?",
            f"Nothing was said of {one_line(unit)}.",
            "Give --agree, --disagree, --not-agreed or --finish.",
        )
    if bool(override.strip()) is not (authorised_by is not None):
        raise WrongUse(
            "An override has two sides",
            "--override and --authorised-by go together.",
            "Give the reason with the first, and the id of the Lead IV with the second.",
        )
    if (to_do is None) is not (due is None) or (to_do is not None and not (disagree or not_agreed)):
        raise WrongUse(
            "An action on what, and until when?",
            "--action goes with what is not agreed, and with --due.",
            "Give both beside --not-agreed or --disagree.",
        )
    said = Said(
        True if agree == _WHOLE else False if disagree else None,
        given_text(reason),
        listed([agree] if agree else []),
        _not_agreed(not_agreed),
        dict.fromkeys(listed(looked), Sight.STATED),
        _own(own),
        Report(strength, develop, _ticked(vacsr, VALID), _ticked(quality, FEEDBACK)),
        unfinished,
    )
    centre = session.centre()
    registration = centre.learners.find(learner)
    let_pass = centre.verification.let_pass(authorised_by, override) if authorised_by is not None else None
    warn_of_changed_evidence(centre, registration, [centre.learners.portfolio(registration).unit(unit).code])
    verb = centre.verification.look if interim else centre.verification.verify

    def recorded() -> Iterator[Recorded]:
        yield verb(registration, unit, said, let_pass=let_pass)
        if to_do is not None and due is not None:
            criterion = not_agreed[0][0] if len(not_agreed) == 1 else ""
            yield centre.actions.set(registration, unit, to_do, owner=owner, due=due.date(), criterion=criterion)

    tell_each_recorded(session, centre, recorded(), always_list=to_do is not None)


def _not_agreed(given: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    said: dict[str, str] = {}
    for number, why in given:
        if number in said:
            raise WrongUse("Said twice", f"--not-agreed was given twice for {one_line(number)}.", "Say it once.")
        said[number] = why
    return said


def _own(given: Iterable[str]) -> Mapping[str, Result]:
    said: dict[str, Result] = {}
    for each in listed(given):
        number, _, word = each.partition("=")
        if word not in tuple(Result):
            raise WrongUse(
                "Which result?", f"{one_line(each)} says no result of your own.", "Write it as 1.1=pass or 1.1=refer."
            )
        if said.setdefault(number, Result(word)) is not Result(word):
            raise WrongUse("Which result?", f"{one_line(number)} has two results of yours.", "Say it once.")
    return said


def _ticked(given: str | None, known: tuple[str, ...]) -> tuple[str, ...] | None:
    if given is None:
        return None
    words = listed([given])
    if words in (("all",), ("none",)):
        return known if words == ("all",) else ()
    return tuple(each for each in known if each in words) + tuple(each for each in words if each not in known)
