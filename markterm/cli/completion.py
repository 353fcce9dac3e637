"""What the tab key offers: learners, units, criteria and members of the centre at hand. Silent when there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, TypeVar

import click
from click.shell_completion import CompletionItem

from markterm.cli.offered import offered, offered_members
from markterm.cli.session import Session
from markterm.domain.words.code import short_codes, with_code
from markterm.domain.words.errors import MarkTermError

if TYPE_CHECKING:
    from markterm.centre.centre import Centre
    from markterm.domain.assessed.unit import Unit

_Known = TypeVar("_Known")


def learners(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The names of the learners' folders."""
    folders = _asked(ctx, lambda centre: centre.folder.learner_folders())
    return offered(((folder, "") for folder in folders), incomplete)


def units(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The codes of the centre's units, whole or by their end."""
    known = {unit.code: unit.title for unit in _units(ctx)}
    short = ((end, known[code]) for code, end in short_codes(known).items() if end != code)
    return offered((*known.items(), *short), incomplete)


def assignments(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The codes of the centre's integrated assignments."""
    known = _asked(ctx, lambda centre: centre.sheets.assignments.by_code.values())
    return offered(((each.code, each.title) for each in known), incomplete)


def units_and_assignments(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Units and integrated assignments."""
    return [*units(ctx, parameter, incomplete), *assignments(ctx, parameter, incomplete)]


def criteria(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The numbers of the criteria of the unit that stands before."""
    units = with_code(_units(ctx), str(ctx.params.get("unit") or ""))
    return offered(((each.number, each.text) for unit in units for each in unit.criteria), incomplete)


def members(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The ids of the centre's members."""
    return offered_members(ctx.ensure_object(Session).folder_of_centre, incomplete)


def kinds(context: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The kinds of event that learners' records hold, or the centre's own where that is asked for."""
    from markterm.domain.record.event import OF_A_LEARNER, OF_THE_CENTRE, Kind

    among = OF_THE_CENTRE if context.params.get("of_centre") else OF_A_LEARNER
    return offered(((kind.value, "") for kind in Kind if kind in among), incomplete)


def filters(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The fields of the caseload's filter, and after a field its values, where it has certain ones."""
    from markterm.domain.views.caseload_filter import FILTER_FIELDS, FILTER_VALUES

    return _parts_of_filter(FILTER_FIELDS, FILTER_VALUES, incomplete)


def plan_filters(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The same of a plan's filter."""
    from markterm.domain.views.plan_lines import PLAN_FIELDS, PLAN_VALUES

    return _parts_of_filter(PLAN_FIELDS, PLAN_VALUES, incomplete)


def _parts_of_filter(
    fields: Iterable[str], values: Mapping[str, tuple[str, ...]], incomplete: str
) -> list[CompletionItem]:
    minus, begun = ("-", incomplete[1:]) if incomplete.startswith("-") else ("", incomplete)
    field, colon, _value = begun.partition(":")
    known = [f"{field}:{value}" for value in values.get(field, ())] if colon else [f"{f}:" for f in fields]
    return [CompletionItem(minus + item.value) for item in offered(((each, "") for each in known), begun)]


def _units(ctx: click.Context) -> Iterable[Unit]:
    return _asked(ctx, lambda centre: centre.sheets.units.units.values())


def _asked(ctx: click.Context, ask: Callable[[Centre], Iterable[_Known]]) -> Iterable[_Known]:
    """What the centre at hand answers; nothing when there is none, or it cannot be read."""
    try:
        with ctx.scope():
            return ask(ctx.ensure_object(Session).centre())
    except MarkTermError:
        return ()
