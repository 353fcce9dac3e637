"""`[claims]` of `centre.toml`: what has to be known before a claim, how the centre stands in each qualification, and
the columns of the list of claims."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from markterm.domain.assessed.claiming import Claiming, Fact, QualificationStanding, Status
from markterm.domain.words.foreign_text import one_line
from markterm.sheets.centre_table import Table, as_list, nearest, quoted

_NAME = "claims"
_FACTS = tuple(each.value for each in Fact)
_STATUSES = tuple(each.value for each in Status)
_SUSPENDED = (Status.REGISTRATIONS_SUSPENDED, Status.CERTIFICATION_SUSPENDED)
CLAIM_COLUMNS = (
    *("registration", "name", "legal_name", "born", "uln", "email", "funded", "registered", "expires", "site"),
    *("qualification", "qualification_title", "qan", "unit", "unit_title", "credits", "achieved", "grade"),
    *("centre_number", "centre_name", "organisation", "status", "blocked_by"),
)
"""What a column of the list of claims can hold."""


def read_claiming(values: dict[str, object], path: Path, text: str) -> Claiming:
    """What that table of the file `path`, whose text is `text`, says. Raises `Unreadable`, with the line."""
    top = Table(values, ("needs", "released", "organisation", "qualification", "columns"), _NAME, 0, path, text)
    organisations, standings, columns = {}, {}, {}
    if "organisation" in values:
        said = top.table("organisation")
        named = Table(said, tuple(said), f"{_NAME}.organisation", 0, path, text)
        for name in said:
            own = Table(named.table(name), ("needs",), f"{_NAME}.organisation.{name}", 0, path, text)
            organisations[name] = _needs(own)
    if "qualification" in values:
        said = top.table("qualification")
        coded = Table(said, tuple(said), f"{_NAME}.qualification", 0, path, text)
        for code in said:
            keys = ("organisation", "status", "since")
            standings[code] = _standing(
                Table(coded.table(code), keys, f"{_NAME}.qualification.{code}", 0, path, text), tuple(organisations)
            )
    if "columns" in values:
        said = top.table("columns")
        headed = Table(said, tuple(said), f"{_NAME}.columns", 0, path, text)
        columns = {heading: _column(headed, heading) for heading in said}
    return Claiming(_needs(top), top.truth("released", True), organisations, standings, columns)


def _needs(table: Table) -> tuple[Fact, ...]:
    words = table.texts("needs")
    for word in words:
        if word not in _FACTS:
            raise table.refusal(
                "needs", f"`{one_line(word)}` is no fact of a registration", nearest(word, _FACTS, "They are")
            )
    return tuple(dict.fromkeys(map(Fact, words)))


def _standing(table: Table, organisations: tuple[str, ...]) -> QualificationStanding:
    organisation, word, since = table.text("organisation"), table.text("status"), table.day("since")
    if organisation and organisation not in organisations:
        known = ", ".join(organisations) or "none"
        raise table.refusal(
            "organisation",
            f"`{one_line(organisation)}` has no table of its own",
            f"Add [claims.organisation.{quoted(organisation)}], or correct the name; there are {known}.",
        )
    if word and word not in _STATUSES:
        raise table.refusal(
            "status", f"`{one_line(word)}` is no status of a qualification", nearest(word, _STATUSES, "They are")
        )
    status = Status(word) if word else None
    if status is Status.REGISTRATIONS_SUSPENDED and since is None:
        raise table.refusal(
            "status",
            "registrations are suspended, and it is not said since when",
            "Add since = 2026-01-31: whoever was registered before is still claimed.",
        )
    if since is not None and status not in _SUSPENDED:
        raise table.refusal("since", "`since` is of a suspension, and nothing is suspended", "Leave it out.")
    return QualificationStanding(organisation, status, since)


def _column(table: Table, heading: str) -> str:
    what = table.needed_text(heading)
    if what not in CLAIM_COLUMNS:
        raise table.refusal(
            heading,
            f"`{one_line(what)}` is nothing that a column can hold",
            nearest(what, CLAIM_COLUMNS, "It can hold"),
        )
    return what


def claiming_lines(claiming: Claiming) -> Iterator[str]:
    """The lines of the table, and where it says nothing how it is written."""
    if claiming == Claiming():
        yield "# What has to be known of a registration before anything is claimed, and how the centre stands in each"
        yield f"# qualification: {', '.join(_STATUSES)}. This is an example: ask your awarding organisation."
        yield f"# Facts: {', '.join(_FACTS)}."
        yield f"# [{_NAME}]"
        yield f"# needs = {as_list(_FACTS[:4])}"
        yield "#"
        yield f'# [{_NAME}.qualification."8580-CERT"]'
        yield f"# status = {quoted(_STATUSES[0])}"
        return
    yield f"[{_NAME}]"
    if claiming.needs:
        yield f"needs = {as_list(claiming.needs)}"
    if not claiming.released:
        yield "released = false"
    for name, needs in claiming.of_organisation.items():
        yield from ("", f"[{_NAME}.organisation.{quoted(name)}]", f"needs = {as_list(needs)}")
    for code, own in claiming.standings.items():
        yield from ("", f"[{_NAME}.qualification.{quoted(code)}]")
        if own.organisation:
            yield f"organisation = {quoted(own.organisation)}"
        if own.status is not None:
            yield f"status = {quoted(own.status)}"
        if own.since is not None:
            yield f"since = {own.since.isoformat()}"
    if claiming.columns:
        yield from ("", f"[{_NAME}.columns]")
        yield from (f"{quoted(heading)} = {quoted(what)}" for heading, what in claiming.columns.items())
