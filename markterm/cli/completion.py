"""What the tab key offers: learners, units, criteria and members of the centre at hand. Silent when there is none."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem

from markterm.cli.offered import offered, offered_members
from markterm.cli.session import Session
from markterm.domain.code import with_code
from markterm.domain.errors import MarkTermError


def learners(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The names of the learners' folders."""
    try:
        with ctx.scope():
            folders = ctx.ensure_object(Session).centre().folder.learner_folders()
    except MarkTermError:
        return []
    return offered(((folder, "") for folder in folders), incomplete)


def units(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The codes of the centre's units, whole or by their end."""
    try:
        with ctx.scope():
            library = ctx.ensure_object(Session).centre().sheets.units
    except MarkTermError:
        return []
    known = [(unit.code, unit.title) for unit in library.units.values()]
    return offered((*known, *((code.rpartition("-")[2], title) for code, title in known)), incomplete)


def assignments(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The codes of the centre's integrated assignments."""
    try:
        with ctx.scope():
            library = ctx.ensure_object(Session).centre().sheets.assignments
    except MarkTermError:
        return []
    return offered(((each.code, each.title) for each in library.by_code.values()), incomplete)


def units_and_assignments(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Units and integrated assignments."""
    return [*units(ctx, parameter, incomplete), *assignments(ctx, parameter, incomplete)]


def criteria(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The numbers of the criteria of the unit that stands before."""
    code = str(ctx.params.get("unit") or "")
    try:
        with ctx.scope():
            library = ctx.ensure_object(Session).centre().sheets.units
    except MarkTermError:
        return []
    known = [
        (criterion.number, criterion.text)
        for unit in with_code(library.units.values(), code)
        for criterion in unit.criteria
    ]
    return offered(known, incomplete)


def members(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The ids of the centre's members."""
    return offered_members(ctx.ensure_object(Session).folder_of_centre, incomplete)


def kinds(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The kinds of event."""
    from markterm.domain.event import Kind

    return offered(((kind.value, "") for kind in Kind), incomplete)


def filters(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The fields of the caseload's filter, and after a field its values, where it has certain ones."""
    from markterm.domain.caseload_filter import FILTER_FIELDS, FILTER_VALUES

    minus, begun = ("-", incomplete[1:]) if incomplete.startswith("-") else ("", incomplete)
    field, colon, _value = begun.partition(":")
    known = (
        [f"{field}:{value}" for value in FILTER_VALUES.get(field, ())] if colon else [f"{f}:" for f in FILTER_FIELDS]
    )
    return [CompletionItem(minus + item.value) for item in offered(((each, "") for each in known), begun)]
