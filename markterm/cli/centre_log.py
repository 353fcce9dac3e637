"""What `markterm log --of-centre` prints: the centre's own record."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from markterm.cli.output import indented, moment, say, say_json
from markterm.cli.wording import text_of_centre, who
from markterm.domain.words.counted import counted
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.event import event_as_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markterm.centre.centre import Centre
    from markterm.cli.session import Session
    from markterm.domain.record.event import Event
    from markterm.records.query import Query


def tell_log_of_centre(session: Session, centre: Centre, query: Query) -> Sequence[Event]:
    """Print the entries of the centre's own record that are asked for; returns them. Raises `Unreadable`."""
    # Help loads every command.
    from markterm.domain.record.centre_words import as_seen_by, fates_in_centre, in_words, speaks_of

    every = centre.history.of_centre()
    # What an entry is about stands in its body here.
    anywhere = replace(query, unit="", criterion="")
    found = [each for each in every if anywhere.takes(each) and speaks_of(each, query.unit, query.criterion)]
    fates = fates_in_centre(every)
    seen = as_seen_by(centre.member.id if centre.member is not None else "", every)
    if session.as_json:
        say_json([{**event_as_json(seen(each)), "fate": fates.get(each.uid, "")} for each in found])
        return found
    for each in found:
        fate = fates.get(each.uid, "")
        say(
            one_line(f"{moment(each.at)}  {who(centre.details, each)}:  {in_words(each)}{f' ({fate})' if fate else ''}")
        )
        if text := text_of_centre(each).strip("\n"):
            say(indented(text, 4))
    click.echo(f"{len(found)} of {counted(len(every), 'event')} of the centre.", err=True)
    return found
