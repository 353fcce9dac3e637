"""What every command is told: which centre, who acts, and whether a program reads the answer."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource
from click.shell_completion import CompletionItem

from markterm.cli.output import runs_bars
from markterm.domain.words.errors import Refused, WrongUse
from markterm.own.signed_in import SIGNED_IN

if TYPE_CHECKING:
    from markterm.centre.centre import Centre
    from markterm.evidence.hashing import Hashing

_GIVEN = (ParameterSource.COMMANDLINE, ParameterSource.ENVIRONMENT)
_UNREAD = re.compile("[\ud800-\udfff]")
"""A byte of the command line that the locale knows no character for."""


@dataclass
class Session:
    """The global options, wherever on the line they were given; those after the command win."""

    folder: Path | None = None
    member: str | None = None
    as_json: bool = False

    def folder_of_centre(self) -> Path:
        """The centre's folder: the one that was named or the current one, or the nearest above. Raises `WrongUse`."""
        from markterm.centre.folder import find_centre

        return find_centre(self.folder or Path())

    def centre(self, *, bar: bool = True, asks_who: bool = False) -> Centre:
        """The centre, opened, with the member acting; it is closed down when the command ends. Without a `bar` nothing
        is drawn while files are hashed. Where learners are shown to those whose they are, somebody has to be named,
        but for a screen that `asks_who`.

        Raises `Refused`, `WrongUse` and `Unreadable`.
        """
        from markterm.centre.centre import Centre

        ctx = click.get_current_context()

        def watch() -> Hashing:
            from markterm.cli.hashing_bar import HashingBar
            from markterm.evidence.hashing import Hashing

            drawn = HashingBar()
            ctx.call_on_close(drawn.close)
            return Hashing(drawn.tell if bar and runs_bars() else None)

        centre = Centre.open(self.folder_of_centre(), member=self.member, watch=watch)
        ctx.call_on_close(centre.close_down)
        if not asks_who:
            centre.seeing.require_looking()
        return centre


pass_session = click.make_pass_decorator(Session, ensure=True)


class Command(click.Command):
    """A command that takes the global options too."""

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.params += global_options()

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does, but an option is never taken for the words of the one before it: they would be recorded. Who
        means such words joins them with an equals sign."""
        options = {name: each for each in self.params if isinstance(each, click.Option) for name in each.opts}
        for option, words in pairwise(args):
            if option == "--":
                break
            if (
                option in options
                and _needs_words(options[option])
                and words.startswith("--")
                and words.partition("=")[0] in options
            ):
                raise click.UsageError(f"{option} is followed by its own words, and not by {words}.", ctx)
        left = super().parse_args(ctx, args)
        _check_no_paths(ctx, self.params)
        for each in self.params:
            if isinstance(each, click.Option) and isinstance(each.type, click.types.StringParamType):
                _check_read(each, ctx.params.get(each.name or ""))
        return left


def _check_no_paths(ctx: click.Context, parameters: Iterable[click.Parameter]) -> None:
    """Raise `Refused` where whoever a server signed in names a file by its path: its files are none of theirs."""
    if SIGNED_IN not in os.environ:
        return
    for each in parameters:
        named = each.name or ""
        if not (each.expose_value and isinstance(each.type, click.Path)):
            continue
        if each.type.allow_dash and ctx.params.get(named) == "-":
            continue  # What they send along is theirs.
        if ctx.get_parameter_source(named) in _GIVEN:
            raise Refused(
                "The server's files are not named here",
                f"You are signed in to a server, and {each.human_readable_name} is a path on it.",
                "Work on the screen, which knows the files that you sent.",
            )


def require_nobody() -> None:
    """Raise `Refused` for whoever is served themselves."""
    if SIGNED_IN in os.environ:
        raise Refused("Not from here", "You are signed in to a server.", "Whoever runs it does that there.")


def _check_read(option: click.Option, given: object) -> None:
    """Raise `WrongUse` for words of which a byte is no character here: what would be recorded is not what was typed.

    Names of files are no words: they may be any bytes, and are found by them.
    """
    words = given if isinstance(given, list | tuple) else (given,)
    if option.metavar == "FILE" or not any(isinstance(each, str) and _UNREAD.search(each) for each in words):
        return
    raise WrongUse(
        "The words could not be read",
        f"What follows {option.opts[-1]} holds bytes that are no character in this locale. Nothing was recorded.",
        "Use a terminal and a locale with UTF-8, such as LC_ALL=C.UTF-8, and write it again.",
    )


def _needs_words(option: click.Option) -> bool:
    """Whether it is followed by words of its own; one with a value for none may stand alone."""
    return not (option.is_flag or option.count or isinstance(option.flag_value, str))


def global_options(*, with_environment: bool = False) -> list[click.Parameter]:
    """The options that may stand before and after a command's name; the environment is asked once, before it."""
    return [
        click.Option(
            ["-C", "--centre", "folder"],
            type=click.Path(exists=True, file_okay=False, path_type=Path),
            metavar="DIR",
            help="The centre's folder; otherwise the one that holds centre.toml, looked for upwards.",
            callback=_keep,
            expose_value=False,
        ),
        click.Option(
            ["--as", "member"],
            metavar="MEMBER",
            envvar="MARKTERM_AS" if with_environment else None,
            show_envvar=with_environment,
            help="The member who acts, by the id in centre.toml.",
            callback=_keep,
            expose_value=False,
            shell_complete=_members,
        ),
        click.Option(
            ["--json", "as_json"],
            is_flag=True,
            help="Print JSON.",
            callback=_keep,
            expose_value=False,
        ),
    ]


def _keep(ctx: click.Context, parameter: click.Parameter, value: Any) -> None:
    session = ctx.ensure_object(Session)
    if value and parameter.name == "folder" and ctx.parent is not None and SIGNED_IN in os.environ:
        raise Refused(
            "Another centre is not named here",
            "You are signed in to a server, which serves one centre.",
            "Leave the folder out.",
        )
    if value and parameter.name:
        setattr(session, parameter.name, value)


def _members(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from markterm.cli.offered import offered_members

    return offered_members(ctx.ensure_object(Session).folder_of_centre, incomplete)
