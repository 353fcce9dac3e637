"""The centre's own file, `centre.toml`: who the centre is, its members and its policy of assessment.

Unlike a sheet it is either understood whole or refused: nobody should act in a role that a slip of the pen gave.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.policy import Policy
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.record_format import NEWEST, OLDEST
from markterm.domain.words.errors import Unreadable
from markterm.domain.words.foreign_text import clean, one_line
from markterm.sheets.text_file import normalised, read_text_file

LIMIT_BYTES = 1_000_000

_TOP = ("format", "centre", "member", "policy")
_CENTRE = ("number", "name", "awarding_organisation")
_MEMBER = ("id", "name", "roles", "units", "training", "competence", "cpd")
_POLICY = (
    *("attempts", "resubmission_authorised_by", "retention_years"),
    *("feedback_waits_for_verification", "shared_remarks"),
)
_ROLES = tuple(role.value for role in Role)
_MEMBER_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
_HIGHEST = 100
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_LINE_IN_MESSAGE = re.compile(r"\(at line (\d+), column \d+\)")
_FIRST_TABLE = re.compile(rb"^[ \t]*\[", re.MULTILINE)
_FORMAT_LINE = re.compile(rb"^((?:\xef\xbb\xbf)?[ \t]*format[ \t]*=[ \t]*)[0-9]+(?=[ \t]*(?:#|\r|\n|\Z))", re.MULTILINE)
_HEADER = re.compile(r"\s*\[{1,2}\s*([\w-]+)\s*\]{1,2}\s*(#.*)?")


def read_centre(path: Path) -> CentreDetails:
    """What the file `path` says. Raises Unreadable, with the line where there is one."""
    text = normalised(read_text_file(path, LIMIT_BYTES))
    try:
        values = tomllib.loads(text)
    except RecursionError:
        raise Unreadable(
            "This is not TOML", "Values are nested too deeply.", "Write plain keys and values.", file=path
        ) from None
    except ValueError as error:
        line = _LINE_IN_MESSAGE.search(str(error))
        raise Unreadable(
            "This is not TOML",
            f"{path.name} cannot be read as TOML: {one_line(str(error))}.",
            'Correct that line: a text stands in double quotes, as in name = "Aston College".',
            file=path,
            line=int(line.group(1)) if line else None,
        ) from None
    record_format = _format(values, path, text)
    top = _Table(values, _TOP, "", 0, path, text)
    centre = _Table(top.table("centre"), _CENTRE, "centre", 0, path, text)
    members: list[Member] = []
    for count, entry in enumerate(top.tables("member")):
        table = _Table(entry, _MEMBER, "member", count, path, text)
        member = table.member()
        if any(member.id == other.id for other in members):
            raise table.refusal(
                "id", f"The id `{member.id}` is given to two members", "Give each member an id of their own."
            )
        members.append(member)
    policy = _Table(top.table("policy"), _POLICY, "policy", 0, path, text) if "policy" in values else None
    return CentreDetails(
        number=centre.needed_text("number"),
        name=centre.needed_text("name"),
        awarding_organisation=centre.text("awarding_organisation"),
        members=tuple(members),
        policy=policy.policy() if policy else Policy(),
        record_format=record_format,
    )


def with_format(path: Path, record_format: int) -> bytes:
    """The bytes of the file `path` with that format in its first table, and nothing else of it changed.

    Raises `Unreadable` when the file cannot be read, or its format stands where only a person can change it.
    """
    details = read_centre(path)
    data = path.read_bytes()
    top = _FIRST_TABLE.split(data, maxsplit=1)[0]
    changed, count = _FORMAT_LINE.subn(rb"\g<1>%d" % record_format, top, count=1)
    try:
        told = tomllib.loads((changed + data[len(top) :]).decode("utf-8-sig"))
        was = tomllib.loads(data.decode("utf-8-sig"))
    except ValueError:
        count = 0
    if not count or told != {**was, "format": record_format}:
        raise Unreadable(
            "The format cannot be changed here",
            f"{path.name} says format {details.record_format} in a way that only a person can change.",
            f"Write `format = {record_format}` in its first line yourself.",
            file=path,
        )
    return changed + data[len(top) :]


def render_centre(details: CentreDetails) -> str:
    """The text of a `centre.toml` that says `details`."""
    lines = [f"format = {details.record_format}", "", "[centre]"]
    lines += [f"number = {_quoted(details.number)}", f"name = {_quoted(details.name)}"]
    if details.awarding_organisation:
        lines.append(f"awarding_organisation = {_quoted(details.awarding_organisation)}")
    for member in details.members:
        lines += ["", "[[member]]", f"id = {_quoted(member.id)}", f"name = {_quoted(member.name)}"]
        lines.append(f"roles = {_list(role.value for role in Role if role in member.roles)}")
        if member.units:
            lines.append(f"units = {_list(sorted(member.units))}")
        if member.training:
            lines.append(f"training = {_list(sorted(member.training))}")
        if member.competence:
            lines.append(f"competence = {member.competence.isoformat()}")
        if member.cpd:
            lines.append(f"cpd = {member.cpd.isoformat()}")
    policy = details.policy
    lines += [
        "",
        "[policy]",
        f"attempts = {policy.attempts}",
        f"resubmission_authorised_by = {_quoted(policy.resubmission_authorised_by)}",
        f"retention_years = {policy.retention_years}",
        f"feedback_waits_for_verification = {str(policy.feedback_waits_for_verification).lower()}",
        f"shared_remarks = {str(policy.shared_remarks).lower()}",
    ]
    return "\n".join(lines) + "\n"


def _format(values: dict[str, object], path: Path, text: str) -> int:
    number = values.get("format")
    line = _line_of("format", "", 0, text)
    if number is None:
        raise Unreadable(
            "The format is missing",
            f"{path.name} does not say which format it has.",
            f"Add `format = {NEWEST}` as its first line.",
            file=path,
        )
    if type(number) is not int:
        raise Unreadable(
            "The format is not a number",
            f"{path.name} does not say which format it has.",
            f"Write `format = {NEWEST}`.",
            file=path,
            line=line,
        )
    if number > NEWEST:
        raise Unreadable(
            "This centre is too new",
            f"{path.name} has format {number}, and this MarkTerm reads up to format {NEWEST}.",
            "Install the newest MarkTerm.",
            file=path,
            line=line,
        )
    if number < OLDEST:
        raise Unreadable(
            "This centre is too old",
            f"{path.name} has format {number}, and this MarkTerm reads formats {OLDEST} to {NEWEST}.",
            f"Bring the file to format {OLDEST}, then write `format = {OLDEST}`.",
            file=path,
            line=line,
        )
    return number


class _Table:
    """One table of the file, read key by key; whatever does not fit is refused with its line."""

    def __init__(
        self, values: dict[str, object], known: tuple[str, ...], name: str, count: int, path: Path, text: str
    ) -> None:
        self._values, self._name, self._count, self._path, self._text = values, name, count, path, text
        for key in values:
            if key not in known:
                where = f"in [{name}]" if name else "at the top"
                raise self.refusal(key, f"`{one_line(key)}` is not a key {where}", _nearest(key, known, "The keys are"))

    def refusal(self, key: str, what: str, next_step: str) -> Unreadable:
        """An error about `key`, with its line."""
        line = _line_of(key, self._name, self._count, self._text)
        return Unreadable("The centre's file has a mistake", f"{what}.", next_step, file=self._path, line=line)

    def table(self, key: str) -> dict[str, object]:
        value = self._values.get(key)
        if value is None:
            raise self.refusal(key, f"[{key}] is missing", f"Add the line [{key}] and its keys below it.")
        if not isinstance(value, dict):
            raise self.refusal(key, f"`{key}` is not a table", f"Write [{key}] and its keys below it.")
        return value

    def tables(self, key: str) -> list[dict[str, object]]:
        value = self._values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            raise self.refusal(key, f"`{key}` is not a list of tables", f"Write [[{key}]] above each one's keys.")
        return value

    def text(self, key: str) -> str:
        value = self._values.get(key, "")
        if not isinstance(value, str):
            raise self.refusal(key, f"`{key}` is not a text", "Put it in double quotes.")
        return clean(value).text

    def needed_text(self, key: str) -> str:
        value = self.text(key)
        if not value.strip():
            raise self.refusal(key, f"`{key}` is missing or empty in [{self._name}]", f'Add {key} = "…".')
        return value

    def texts(self, key: str) -> list[str]:
        value = self._values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            raise self.refusal(key, f"`{key}` is not a list of texts", f'Write it as {key} = ["…", "…"].')
        return [clean(each).text for each in value]

    def day(self, key: str) -> date | None:
        value = self._values.get(key)
        # A datetime is a date to isinstance, and has an hour that nobody meant.
        if value is not None and type(value) is not date:
            raise self.refusal(key, f"`{key}` is not a date", f"Write it without quotes, as {key} = 2026-01-31.")
        return value

    def count(self, key: str, default: int) -> int:
        value = self._values.get(key, default)
        # To isinstance true and false are numbers.
        if type(value) is not int or not 1 <= value <= _HIGHEST:
            raise self.refusal(
                key, f"`{key}` is not a number from 1 to {_HIGHEST}", f"Write {key} = {default}, for example."
            )
        return value

    def truth(self, key: str, default: bool) -> bool:
        value = self._values.get(key, default)
        if not isinstance(value, bool):
            raise self.refusal(key, f"`{key}` is neither true nor false", "Write true or false, without quotes.")
        return value

    def role(self, key: str, word: str) -> Role:
        if word not in _ROLES:
            raise self.refusal(key, f"`{one_line(word)}` is not a role", _nearest(word, _ROLES, "The roles are"))
        return Role(word)

    def member(self) -> Member:
        member_id = self.needed_text("id")
        if not _MEMBER_ID.fullmatch(member_id):
            raise self.refusal(
                "id",
                f"`{one_line(member_id)}` cannot be an id",
                "Use up to 32 small letters a to z, digits and hyphens, a letter or digit first.",
            )
        name = self.needed_text("name")
        if "roles" not in self._values:
            raise self.refusal("roles", f"`{member_id}` has no roles", 'Add roles = ["assessor"], for example.')
        units, training = frozenset(self.texts("units")), frozenset(self.texts("training"))
        if both := sorted(units & training):
            raise self.refusal(
                "training",
                f"`{member_id}` is approved for `{one_line(both[0])}` and in training for it",
                "Take the unit out of training once they are approved, or out of units until then.",
            )
        return Member(
            id=member_id,
            name=name,
            roles=frozenset(self.role("roles", word) for word in self.texts("roles")),
            units=units,
            training=training,
            competence=self.day("competence"),
            cpd=self.day("cpd"),
        )

    def policy(self) -> Policy:
        usual = Policy()
        authority = self.text("resubmission_authorised_by") or usual.resubmission_authorised_by
        return Policy(
            attempts=self.count("attempts", usual.attempts),
            resubmission_authorised_by=self.role("resubmission_authorised_by", authority),
            retention_years=self.count("retention_years", usual.retention_years),
            feedback_waits_for_verification=self.truth(
                "feedback_waits_for_verification", usual.feedback_waits_for_verification
            ),
            shared_remarks=self.truth("shared_remarks", usual.shared_remarks),
        )


def _nearest(word: str, known: tuple[str, ...], introduction: str) -> str:
    near = get_close_matches(word.lower(), known, 1)
    return f"Did you mean `{near[0]}`?" if near else f"{introduction} {', '.join(known)}."


def _line_of(key: str, table: str, count: int, text: str) -> int | None:
    """The line of `key` in the `count`-th table of that name, else of that table's header; None if neither is there.

    At the top (`table` is empty) the header of the table called `key` will do as well.
    """
    assigned = re.compile(rf"""\s*["']?{re.escape(key)}["']?\s*[=.]""")
    current, seen, header_line = "", 0, None
    for number, line in enumerate(text.split("\n"), 1):
        header = _HEADER.fullmatch(line)
        if header is not None:
            current = header.group(1)
            if not table and current == key:
                return number
            if current == table:
                header_line = number if seen == count else header_line
                seen += 1
        elif current == table and seen == (count + 1 if table else 0) and assigned.match(line):
            return number
    return header_line


def _list(values: Iterable[str]) -> str:
    return "[" + ", ".join(_quoted(value) for value in values) + "]"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + _CONTROL.sub(lambda match: f"\\u{ord(match.group()):04X}", escaped) + '"'
