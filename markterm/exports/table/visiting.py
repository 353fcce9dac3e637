"""The visits of external quality assurers, and what they ask for, as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from markterm.domain.record.centre_actions import CentreAction
from markterm.domain.record.visits import Visit, holds_in_words
from markterm.domain.words.local_time import local
from markterm.exports.table.model import Column, Row, Table
from markterm.exports.table.verifying import Named, steps_in_words

_WHICH = (Column("Visit on", 10), Column("Awarding organisation", 22))


def visit_tables(
    visits: Sequence[Visit], actions: Sequence[CentreAction], today: date, name_of: Named
) -> tuple[Table, Table]:
    """The visits with their reports and what they sign off, also those that were recorded by mistake; and everything
    that they ask for, with where it stands."""
    columns = (
        *_WHICH,
        *(Column("Who came", 20), Column("Rating", 12), Column("Scope", 24), Column("Signs off", 18)),
        *(Column("What is said of it", 45), Column("Report", 20), Column("SHA-256 of the report", 30)),
        *(Column("State", 12), Column("Recorded by", 16), Column("Recorded on", 10)),
    )

    def rows() -> Iterator[Row]:
        for each in visits:
            said = each.said
            came = (each.on, said.organisation, said.by, said.rating, said.scope, "\n".join(said.signed_off))
            report = (said.text, said.report, said.sha256)
            state = "dropped" if each.dropped else "stands"
            yield *came, *report, state, name_of(each.actor), local(each.at).date()

    return Table("Visits", "Visits of external quality assurers", columns, rows, 2), _asked(
        visits, actions, today, name_of
    )


def _asked(visits: Sequence[Visit], actions: Sequence[CentreAction], today: date, name_of: Named) -> Table:
    columns = (
        *_WHICH,
        *(Column("Asked for", 40), Column("Owner", 16), Column("Due", 10), Column("State", 12)),
        *(Column("Until it is accepted it holds", 22), Column("Set by", 16), Column("Set on", 10), Column("Steps", 45)),
    )
    standing = {each.set_by: each.action for each in actions}

    def rows() -> Iterator[Row]:
        for visit in visits:
            for each in visit.asked:
                said, action = each.said, standing.get(each.uid)
                told: Row = (said.text, name_of(said.owner), said.due, "dropped with the visit")
                if action is not None:
                    told = (action.text, name_of(action.owner), action.due, action.in_words(today))
                steps = steps_in_words(action, name_of) if action is not None else ""
                set_by = (name_of(each.actor), local(each.at).date())
                yield visit.on, visit.said.organisation, *told, holds_in_words(said), *set_by, steps

    return Table("Asked for by visits", "What visits ask for", columns, rows, 2)
