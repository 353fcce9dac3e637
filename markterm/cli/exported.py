"""What every command that exports has: its options, the preview, the bar, and what is told in the end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from markterm.cli.output import runs_bars, say, say_json
from markterm.cli.session import Session
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line, shortened
from markterm.exports.page_form import PageForm
from markterm.exports.plain.export import export_as_json, written_as_json
from markterm.exports.table.table_form import TableForm

if TYPE_CHECKING:
    from markterm.centre.centre import Centre
    from markterm.centre.export.signature import Signer
    from markterm.exports.export import Export
    from markterm.exports.writing import Progress

_WIDTH = 20
_LONGEST_NAME = 30
_MANY = 20
_SHOWN = 200

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def export_options(*, folder: bool) -> Callable[[Decorated], Decorated]:
    """The options of a command that exports; where it may be a `folder`, it may be a zip too."""
    options = [
        click.option(
            "-o",
            "--to",
            type=click.Path(path_type=Path),
            metavar="PATH",
            help="Where to; otherwise into the folder exports of the centre.",
        ),
        click.option("--preview", is_flag=True, help="Only show what would be written."),
        click.option("--force", is_flag=True, help="Write over what is there."),
    ]
    if folder:
        options.append(click.option("--zip", "as_zip", is_flag=True, help="A zip instead of a folder."))

    def decorate(function: Decorated) -> Decorated:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


def format_option(forms: Iterable[str], otherwise: str) -> Callable[[Decorated], Decorated]:
    """`--format`, with these forms; `ending_form` says which one is meant."""
    return click.option(
        "--format",
        "form",
        type=click.Choice([str(form) for form in forms]),
        help=f"Otherwise as the name after -o ends, or else {otherwise}.",
    )


USUAL_PAGES = "pdf (html where no PDF can be made)"
page_format_option = format_option(PageForm, USUAL_PAGES)
table_format_option = format_option(TableForm, "xlsx (csv where no workbook can be made)")


_KINDS = frozenset(
    [
        "csv",
        "doc",
        "docx",
        "eml",
        "htm",
        "html",
        "json",
        "jsonl",
        "md",
        "ods",
        "odt",
        "pdf",
        "rtf",
        "txt",
        "xls",
        "xlsx",
    ]
)
"""Endings that say what a file is."""


def ending_form(form: str | None, to: Path | None, forms: Iterable[str], otherwise: str) -> str:
    """The form that was asked for, by its name or by the ending of where it is to go.

    Raises `WrongUse` when that is the ending of a kind of file that this export is not written as: a PDF that is called
    a spreadsheet opens nowhere. A folder may be called anything else.
    """
    if form is not None:
        return form
    offered = list(forms)
    ending = to.suffix.removeprefix(".").lower() if to is not None else ""
    if ending in _KINDS and ending not in offered:
        raise WrongUse(
            "It is not written as that",
            f"{to} ends as a file of another kind does. Nothing was written.",
            f"It is written as {', '.join(offered)}: let the name end so, or name one with --format.",
        )
    return ending if ending in offered else otherwise


def page_form(form: str | None, to: Path | None) -> PageForm:
    """The form of pages that was asked for, by its name or by the ending of where they are to go."""
    return PageForm(ending_form(form, to, PageForm, PageForm.usual()))


def table_form(form: str | None, to: Path | None) -> TableForm:
    """The form of tables that was asked for, by its name or by the ending of where they are to go."""
    return TableForm(ending_form(form, to, TableForm, TableForm.usual()))


def write(
    session: Session,
    centre: Centre,
    export: Export,
    *,
    to: Path | None,
    preview: bool,
    force: bool,
    as_zip: bool = False,
) -> None:
    """Write the export, or with `preview` show what would be written. Ctrl+C stops it, and nothing is left behind.

    Raises what `Exports.write` raises.
    """
    is_called_so = to is not None and to.suffix.lower() == ".zip"
    as_zip = as_zip or (is_called_so and not export.one_file)
    if to is not None and as_zip and not is_called_so:
        # A zip under another name opens nowhere.
        to = to.with_name(f"{to.name}.zip")
    target = to or centre.exports.usual_target(export, as_zip=as_zip)
    if preview:
        _show(session, export, centre.named_files.whole(target), centre.exports.signer_of(export))
        return
    centre.exports.check_target(target, force=force)
    bar = ExportBar()
    try:
        written = centre.exports.write(export, target, force=force, as_zip=as_zip, told=bar.tell)
    except KeyboardInterrupt:
        click.echo("\nStopped: nothing of the export was left behind.", err=True)
        raise
    finally:
        bar.close()
    if session.as_json:
        say_json(written_as_json(export, written, centre.named_files.whole))
        return
    _tell_rest(export, written.caveats)
    signed = f", signed with key {written.signature.key_name}" if written.signature is not None else ""
    # A file that lies beside the only one belongs to it; in a folder each is counted, as the preview did.
    count = 1 if export.one_file else len(written.files)
    place = centre.named_files.whole(written.target)
    click.echo(one_line(f"Written to {place}: {counted(count, 'file')}{signed}."), err=True)


def _show(session: Session, export: Export, target: str, signer: Signer) -> None:
    if session.as_json:
        not_signed = signer.in_words if signer.problem is not None else ""
        say_json(export_as_json(export, target, signer.key.name if signer.key is not None else "", not_signed))
        return
    files = export.files(signed=signer.key is not None)
    say(one_line(f"{export.title}: {counted(len(files), 'file')} to {target}"))
    for path, what in files[:_SHOWN]:
        say(f"  {one_line(what if export.one_file else f'{path}: {what}')}")
    if len(files) > _SHOWN:
        say(f"  and {len(files) - _SHOWN} more")
    for found in export.found:
        say(one_line(found))
    _tell_rest(export, [signer.in_words] if signer.in_words else [])
    click.echo("Nothing was written.", err=True)


def _tell_rest(export: Export, caveats: Sequence[str] = ()) -> None:
    for each in export.left_out:
        click.echo(one_line(f"Left out: {each.what}: {each.why}"), err=True)
    for caveat in (*export.caveats, *caveats):
        click.echo(one_line(caveat), err=True)


class ExportBar:
    """Drawn where somebody sees it, when there are many files."""

    def __init__(self, label: str = "exporting") -> None:
        self._label = label
        self._bar: Any = None  # click has no public name for its kind

    def tell(self, progress: Progress) -> None:
        if progress.of < _MANY or not runs_bars():
            return
        if self._bar is None:
            self._bar = click.progressbar(
                length=progress.of,
                label=self._label,
                width=_WIDTH,
                file=sys.stderr,
                item_show_func=lambda name: shortened(name or "", _LONGEST_NAME),
            )
            self._bar.__enter__()
        self._bar.update(progress.done - self._bar.pos, progress.name)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
            self._bar = None
