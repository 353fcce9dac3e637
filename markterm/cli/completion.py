"""What the tab key offers: learners, units, criteria and members of the centre at hand. Silent when there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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
    from markterm.domain.views.filter_words import FilterWords

_Known = TypeVar("_Known")


def learners(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The names of the learners' folders, of those whom whoever acts may see."""
    folders = _asked(ctx, lambda centre: filter(centre.seeing.folder, centre.folder.learner_folders()))
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


def for_coverage(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Qualifications and units, and the standards and suites that come after them."""
    titled: dict[str, str] = {}
    for each in _asked(ctx, lambda centre: centre.sheets.qualifications.by_code.values()):
        titled[each.code] = each.title
    for suite in _asked(ctx, lambda centre: centre.sheets.suites.by_code.values()):
        titled[suite.code] = suite.title
    for standard in _asked(ctx, lambda centre: centre.sheets.standards.standards):
        titled[standard.code] = standard.title
    return [*offered(titled.items(), incomplete), *units(ctx, parameter, incomplete)]


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


def standards(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The codes of the centre's standards and suites."""
    return offered(((code, "") for code in _asked(ctx, lambda centre: centre.by_standard.names())), incomplete)


def filters(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The fields of the caseload's filter, and after a field its values: certain ones, or those of the learners."""
    from markterm.domain.views.caseload_filter import words_among

    return _parts_of_filter(words_among(_asked(ctx, lambda centre: centre.caseload.rows)), incomplete)


def plan_filters(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The same of a plan's filter, without what is in the plan."""
    from markterm.domain.views.plan_lines import PLAN_FILTER

    return _parts_of_filter(PLAN_FILTER, incomplete)


def _parts_of_filter(words: FilterWords, incomplete: str) -> list[CompletionItem]:
    minus, begun = ("-", incomplete[1:]) if incomplete.startswith("-") else ("", incomplete)
    field, colon, _value = begun.partition(":")
    choices = words.choices(begun) if begun else tuple(f"{each}:" for each in words.fields)
    return [CompletionItem(f"{minus}{field}:{each}" if colon else f"{minus}{each}") for each in choices]


def _units(ctx: click.Context) -> Iterable[Unit]:
    return _asked(ctx, lambda centre: centre.sheets.units.units.values())


def _asked(ctx: click.Context, ask: Callable[[Centre], Iterable[_Known]]) -> Iterable[_Known]:
    """What the centre at hand answers; nothing when there is none, or it cannot be read."""
    try:
        with ctx.scope():
            return ask(ctx.ensure_object(Session).centre())
    except MarkTermError:
        return ()
