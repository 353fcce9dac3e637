"""`markterm filters`: filters of the caseload that the user keeps under a name."""

from __future__ import annotations

import click

from markterm.cli import completion
from markterm.cli.output import columns, say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.words.errors import WrongUse
from markterm.own.places import Places
from markterm.own.saved_filters import SavedFilters


@click.command("filters", cls=Command)
@click.argument("name", required=False)
@click.argument("words", metavar="[FILTER]...", nargs=-1, shell_complete=completion.filters)
@click.option("--delete", is_flag=True, help="Keep the filter NAME no more.")
@click.option("--opens", is_flag=True, help="Open the caseload on the screen with NAME; without a NAME with everybody.")
@pass_session
def command(session: Session, name: str | None, words: tuple[str, ...], *, delete: bool, opens: bool) -> None:
    """List your saved filters of the caseload, or save one.

    A FILTER is saved under a NAME, which stands for it wherever a FILTER is given, also beside other words, and on
    the screen after /. They are yours, in filters.toml of your configuration folder, and the same for every centre.

    \b
    Examples:
      markterm filters mine assessor:asha waiting:assessor
      markterm status mine unit:501
      markterm filters mine --opens
      markterm filters mine --delete
      markterm filters
    """
    saved = SavedFilters(Places.of_user().settings)
    if (delete and (opens or words or not name)) or (opens and words):
        raise WrongUse(
            "Which filter?",
            "What was given does not go together: nothing was changed.",
            "Give NAME and FILTER to save one, NAME with --delete, or NAME with --opens.",
        )
    if delete and name:
        saved.delete(name)
    elif opens:
        saved.open_with(name or "")
    elif name and words:
        name = saved.save(name, " ".join(words))
    elif name:
        saved.known(name)
    _tell(session, saved, name if name and not (delete or opens) else None)


def _tell(session: Session, saved: SavedFilters, only: str | None) -> None:
    opens_with = saved.opens_with
    filters = [(name, words) for name, words in saved.by_name().items() if only is None or name == saved.known(only)]
    if session.as_json:
        say_json([{"name": name, "filter": words, "opens": name == opens_with} for name, words in filters])
        return
    if filters:
        rows = [(name, words, "the caseload opens with it" if name == opens_with else "") for name, words in filters]
        say("\n".join(columns(rows)))
    click.echo(f"Kept in {saved.file}." if filters else "No filter is saved yet.", err=True)
