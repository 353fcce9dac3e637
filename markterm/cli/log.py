"""`markterm log`: everything that happened to a learner's portfolio, or what was asked for of everybody."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

import click

from markterm.cli import completion
from markterm.cli.caveats import warn_of_damage, warn_of_hidden
from markterm.cli.centre_log import tell_log_of_centre
from markterm.cli.everybody import everybody, with_bar
from markterm.cli.output import as_json_text, indented, moment, say_each, say_json_list
from markterm.cli.session import Command, Session, pass_session
from markterm.cli.wording import fates, subject, text_of, who
from markterm.domain.record.event import OF_A_LEARNER, OF_THE_CENTRE, Kind
from markterm.domain.record.portfolio import fold
from markterm.domain.record.who_did_what import is_ahead
from markterm.domain.rules.criterion_named import criterion_of
from markterm.domain.views.event_told import event_told
from markterm.domain.words.code import is_code
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.local_time import time_given
from markterm.domain.words.nearly import did_you_mean
from markterm.exports.plain.event import event_as_json

if TYPE_CHECKING:
    from markterm.centre.centre import Centre
    from markterm.centre.history import LearnersHistory
    from markterm.records.query import Query

_WHOSE = ("a learner's", "the centre's own")
_AHEAD = "dated in the future: a clock was wrong"


@click.command("log", cls=Command)
@click.argument("learner", required=False, shell_complete=completion.learners)
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    metavar="KIND",
    help="Only events of this kind, such as decided or closed; may be given again.",
    shell_complete=completion.kinds,
)
@click.option(
    "--actor", default="", metavar="MEMBER", help="Only what this member did.", shell_complete=completion.members
)
@click.option("--unit", default="", help="Only this unit.", shell_complete=completion.units)
@click.option("--criterion", default="", help="Only this criterion.", shell_complete=completion.criteria)
@click.option("--since", default="", metavar="DATE", help="From this day on: 2026-01-31, or 2026-01-31 09:00.")
@click.option("--until", default="", metavar="DATE", help="Up to the end of this day, or of this minute.")
@click.option("--of-centre", is_flag=True, help="Of the centre's own record: members, plans, briefs …")
@pass_session
def command(
    session: Session,
    learner: str | None,
    kinds: tuple[str, ...],
    actor: str,
    unit: str,
    criterion: str,
    since: str,
    until: str,
    of_centre: bool,
) -> None:
    """Show every event of a learner or of all, oldest first.

    Nothing is left out: withdrawn and replaced decisions are shown, and so is what a newer version recorded.
    --of-centre shows the centre's own record: members, conflicts of interest, plans, ratings, standardisation,
    observations, briefs and what they ask for; what others answered in a standardisation only to who has answered.

    \b
    Examples:
      markterm log JON2041
      markterm log JON2041 --unit 501 --criterion 2.2
      markterm log --kind closed --kind reopened --since 2026-03-01 --until 2026-03-31
      markterm log --of-centre --kind planned --kind plan_changed
    """
    from markterm.records.query import Query

    period = time_given(since), time_given(until, is_end=True)
    query = Query(kinds, actor, unit, criterion, *period)
    centre = session.centre()
    if of_centre:
        if learner is not None:
            raise WrongUse(
                "Of a learner, or of the centre?", "--of-centre shows no learner's record.", "Give one of the two."
            )
        _require_known(centre, query, tell_log_of_centre(session, centre, query), OF_THE_CENTRE)
        return
    if learner is not None:
        registration = centre.learners.find(learner)
        told = centre.history.of_learner(registration, query)
        _require_known(centre, query, told.found, OF_A_LEARNER)
        _print(session, _told(session, centre, told, is_one=True))
        count = len(told.every)
        click.echo(f"{len(told.found)} of {counted(count, 'event')}.", err=True)
        warn_of_damage(centre.learners.findings(registration))
        return
    rows = everybody(centre)
    steps = with_bar(centre.history.of_everybody(query), len(rows), "Reading the records", learners=len(rows))
    # Kept as they are printed, and of each learner nothing else: what all of them are put in order for is the time.
    entries: list[_Told] = []
    learners = 0
    for told in steps:
        entries += _told(session, centre, told, is_one=False)
        learners += bool(told.found)
    _require_known(centre, query, entries, OF_A_LEARNER)
    entries.sort(key=attrgetter("at"))
    _print(session, entries)
    click.echo(f"{counted(len(entries), 'event')} of {counted(learners, 'learner')}.", err=True)
    warn_of_hidden(rows)


def _require_known(centre: Centre, query: Query, found: Iterable[object], kinds: Collection[Kind]) -> None:
    """Raise `WrongUse` for a kind or a member that nobody knows, where nothing was found of them either."""
    if any(True for _ in found):
        return
    known = [kind.value for kind in Kind if kind in kinds]
    for kind in query.kinds:
        if kind not in known:
            raise WrongUse(
                "No such kind of event",
                f"Nothing in {_WHOSE[kinds is OF_THE_CENTRE]} record is called {one_line(kind)}.",
                did_you_mean(kind, known, f"The kinds are {', '.join(known)}."),
            )
    if query.actor:
        centre.details.named(query.actor)  # Whoever left the centre did things all the same.
    sheets = centre.sheets
    if query.unit and not any(is_code(query.unit, key.code) for key in sheets.units.by_key):
        sheets.named(query.unit)  # What was recorded of a unit that is gone would have been found.
    if query.unit and query.criterion and not (query.kinds or query.actor or query.since or query.until):
        criterion_of(sheets.named(query.unit), query.criterion)


class _Told(NamedTuple):
    """An entry as it is printed, and when it was made."""

    at: datetime
    text: str


def _told(session: Session, centre: Centre, history: LearnersHistory, *, is_one: bool) -> Iterator[_Told]:
    """The entries that were found, each with what became of it; whose it is, too, where they are not one learner's."""
    now, kinds = centre.recorder.now(), None
    became = fates(fold(history.every)) if history.found else {}
    for event in history.found:
        fate = ", ".join(filter(None, (became.get(event.uid, ""), _AHEAD if is_ahead(event.at, now) else "")))
        if session.as_json:
            whose = {} if is_one else {"registration": history.registration}
            yield _Told(event.at, as_json_text({**whose, **event_as_json(event), "fate": fate}))
            continue
        if event.kind == Kind.WITHDRAWN and kinds is None:
            kinds = {each.uid: each.kind for each in history.every}
        about = " ".join(filter(None, (subject(event), event_told(event, kinds), f"({fate})" if fate else "")))
        registration = "" if is_one else f"{history.registration} "
        line = one_line(f"{moment(event.at)}  {registration}{who(centre.details, event)}:  {about}")
        text = text_of(event).strip("\n")
        yield _Told(event.at, f"{line}\n{indented(text, 4)}" if text else line)


def _print(session: Session, told: Iterable[_Told]) -> None:
    texts = (each.text for each in told)
    if session.as_json:
        say_json_list(texts)
    else:
        say_each(texts)
