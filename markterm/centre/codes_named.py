"""What `centre.toml` names of the centre's sheets and learners, and is not there: a slip of the pen that would go
unnoticed, for nobody is approved for, sampled, kept or shown by it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

from markterm.centre.sheets import CentreSheets
from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.member import Role
from markterm.domain.assessed.visibility import TheirsBy
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.words.errors import Unreadable
from markterm.domain.words.finding import Finding, Severity
from markterm.domain.words.foreign_text import one_line
from markterm.sheets.centre_table import line_of
from markterm.sheets.text_file import normalised, read_text_file

NO_QUALIFICATION = "MC31"
NO_UNIT = "MC33"
SHOWN_NOBODY = "MC34"


class CodesNamed:
    """Of the file `file`, which says `details`."""

    def __init__(self, file: Path, details: CentreDetails) -> None:
        self._file = file
        self._details = details
        try:
            self._text = normalised(read_text_file(file))
        except Unreadable:  # It was read before: without its text nothing but the lines is missing.
            self._text = ""

    def without_sheet(self, sheets: CentreSheets) -> Iterator[Finding]:
        """The units and qualifications that the centre has no sheet for."""
        details = self._details
        units = {code for each in details.members for code in (*each.units, *each.training)}
        for place, member in enumerate(details.members):
            for key, codes, what in (
                ("units", member.units, "is approved for unit"),
                ("training", member.training, "is in training for unit"),
            ):
                for code in sorted(codes - sheets.known(units).keys()):
                    told = f"{member.id} {what} {one_line(code)}"
                    line = line_of(key, "member", place, self._text)
                    yield self._finding(NO_UNIT, told, code, sheets.known(units), line)
        known = sheets.qualifications.by_code
        for told, code, line in self._qualifications():
            if code not in known:
                yield self._finding(NO_QUALIFICATION, told, code, known, line)

    def _qualifications(self) -> Iterator[tuple[str, str, int | None]]:
        """In which words each is named, and in which line."""
        details = self._details
        for table, codes in (
            ("policy", details.policy.resubmissions),
            ("verification", details.strategies.own),
            ("claims", details.claiming.standings),
        ):
            for code in codes:
                line = line_of(code, f"{table}.qualification", 0, self._text)
                yield f"[{table}] says something of {one_line(code)}", code, line
        for rule in details.retention:
            line = line_of("qualifications", f"retention.{rule.name}", 0, self._text)
            for code in rule.qualifications:
                yield f"[retention.{rule.name}] says something of {one_line(code)}", code, line
        for place, member in enumerate(details.members):
            line = line_of("qualifications", "member", place, self._text)
            for code in sorted(member.qualifications):
                yield f"{member.id} is given learners of {one_line(code)}", code, line

    def _finding(self, code: str, told: str, named: str, known: Collection[str], line: int | None) -> Finding:
        near = get_close_matches(named, sorted(known), 1)
        what_to_do = f"did you mean {one_line(near[0])}?" if near else "mend the code, or add the sheet"
        message = f"{told}, which the centre has no sheet for: {what_to_do}"
        return Finding(code, Severity.WARNING, message, self._file, line)

    def shown_nobody(self, learners: Iterable[Learner]) -> Iterator[Finding]:
        """The ways of `[visibility]` by which a member is shown nobody of all `learners`."""
        ways = self._details.visibility.ways
        for role, said in ways.items():
            if not said:
                message = f"[visibility] names no way in which learners are those of {role}s: they are shown nobody"
                yield Finding(SHOWN_NOBODY, Severity.WARNING, message, self._file, self._line_of_role(role))
        sites = {learner.site for learner in learners}
        for place, member in enumerate(self._details.members):
            if not any(TheirsBy.SITE in ways.get(role, ()) for role in member.roles):
                continue
            for site in sorted(member.sites - sites):
                near = get_close_matches(site.lower(), sorted(filter(None, sites)), 1)
                message = f"{member.id} is given the learners at {one_line(site)}, where no learner is"
                told = f"{message}: did you mean {one_line(near[0])}?" if near else message
                line = line_of("sites", "member", place, self._text)
                yield Finding(SHOWN_NOBODY, Severity.WARNING, told, self._file, line)

    def _line_of_role(self, role: Role) -> int | None:
        return line_of(f"{role.value}s", "visibility", 0, self._text)
