"""The list of what is ready to claim, as it leaves the centre."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from markterm.centre.caseload import Caseload
from markterm.centre.claims import Claims, ClaimsOf
from markterm.centre.export.standing import AsItStands
from markterm.centre.export.table_facts import tables_of
from markterm.centre.sheets import CentreSheets
from markterm.domain.assessed.learner import Learner
from markterm.domain.claims.claimable import AfterVisits, Claimable
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.views.caseload import incomplete_in_words
from markterm.domain.views.caseload_filter import CASELOAD_FILTER, filter_rows
from markterm.domain.views.listed_claims import ListedClaim, listed_claim
from markterm.domain.words.code import is_code
from markterm.domain.words.errors import MarkTermError, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.hint import Hint, Way
from markterm.domain.words.nearly import did_you_mean
from markterm.exports.anchor import furthest
from markterm.exports.export import Export, LeftOut
from markterm.exports.table.claims import ClaimRow, claims_table
from markterm.exports.table.table_form import TableForm, table_export
from markterm.records.kept_heads import Heads


@dataclass(frozen=True, slots=True)
class ClaimsAsked:
    """What is asked of a list of claims: of `units` or of qualifications, of one `qualification` or of all, and whether
    `everything` is listed, also what is claimed or blocked; or else of all that `lets_through`, units and
    qualifications, whatever blocks it."""

    units: bool = False
    qualification: str = ""
    everything: bool = False
    lets_through: Callable[[ListedClaim], bool] | None = None


@dataclass(frozen=True, slots=True)
class ClaimsRead:
    """What can be claimed for a learner, with the heads of what it was read from; `of` is None where that failed, and
    `problem` why."""

    registration: str
    of: ClaimsOf | None
    heads: Heads
    problem: str = ""
    is_incomplete: bool = False


class ClaimExports:
    """Lists of claims."""

    def __init__(
        self,
        details: CentreDetails,
        caseload: Caseload,
        claims: Claims,
        standing: AsItStands,
        sheets: CentreSheets,
        templates: Path,
        clock: Callable[[], datetime],
    ) -> None:
        self._details = details
        self._caseload = caseload
        self._claims = claims
        self._standing = standing
        self._sheets = sheets
        self._templates = templates
        self._clock = clock
        self.visited = claims.visited
        """What visits of the external quality assurer left, as the centre's record is now."""

    def let_through(self, filters: str) -> tuple[str, ...]:
        """The registrations of the learners of the caseload, as they were looked at last, whom the filter lets through.
        Raises `WrongUse` for a filter that is none."""
        CASELOAD_FILTER.check(filters)
        return tuple(row.registration for row in filter_rows(self._caseload.rows, filters, self._caseload.today))

    def reading(self, registrations: Sequence[str], found: list[ClaimsRead]) -> Iterator[None]:
        """Read what can be claimed for these learners into `found`; yields after each."""
        visited = self.visited()
        for registration in registrations:
            found.append(self.read(registration, visited))
            yield

    def read(self, registration: str, visited: AfterVisits) -> ClaimsRead:
        """What can be claimed for that learner; `visited` is what visits left."""
        try:
            shown, heads = self._standing.of(registration)
            claims = self._claims.of_shown(shown, visited)
            return ClaimsRead(registration, claims, heads, is_incomplete=bool(shown.incomplete))
        except MarkTermError as error:
            return ClaimsRead(registration, None, {}, error.title)

    def of(self, read: Sequence[ClaimsRead], asked: ClaimsAsked, form: TableForm, of: str = "") -> Export:
        """The list of these, which says `of` whom it is where that is given; what is not ready is left out, with what
        blocks it and by which code.

        Raises `WrongUse` where nothing is left, and for a qualification that the centre has not.
        """
        only = self._known(asked.qualification)
        qualifications = self._sheets.qualifications.by_code
        titles = {code: each.title for code, each in qualifications.items()}
        numbers = {code: each.qan for code, each in qualifications.items()}
        rows, left_out, heads, incomplete = [], [], [], 0
        for each in read:
            if each.of is None:
                left_out.append(LeftOut(each.registration, each.problem))
                continue
            own = [one for one in each.of.claimables if _is_asked(each.of.learner, one, asked, only)]
            chosen = [one for one in own if one.is_ready or asked.everything or asked.lets_through is not None]
            left_out += [LeftOut(f"{each.registration} {one.code}", _why(one)) for one in own if one not in chosen]
            rows += [ClaimRow(each.of.learner, one, titles, numbers) for one in chosen]
            heads += [each.heads] if chosen else []
            incomplete += bool(chosen) and each.is_incomplete
        if not rows and asked.lets_through is not None:
            raise WrongUse("Nothing is left", "The filter lets nothing through.", "Ask for something else.")
        if not rows:
            raise WrongUse(
                "Nothing is ready to claim",
                f"Of {len(left_out)} that were looked at none is ready.",
                "Have done what blocks each.",
                hint=Hint(Way.SHOW_CLAIMS),
            )
        table = claims_table(self._details, rows)
        hidden = incomplete_in_words(incomplete)
        more, caveats = (("Only", of),) if of else (), (hidden,) if hidden else ()
        return table_export(
            tables_of(self._details, self._clock(), "Claims", (table,), more=more, caveats=caveats),
            form,
            f"claims {only}".strip(),
            furthest(heads),
            now=self._clock,
            templates=self._templates,
            left_out=tuple(left_out),
        )

    def _known(self, code: str) -> str:
        known = self._sheets.qualifications.by_code
        found = [each for each in known if is_code(code, each)] if code else [""]
        if len(found) != 1:
            raise WrongUse(
                "Which qualification?",
                f"{one_line(code)} means {len(found) or 'none'} of those of the centre.",
                did_you_mean(code, known, f"It has {one_line(', '.join(known)) or 'none'}."),
            )
        return found[0]


def _is_asked(learner: Learner, one: Claimable, asked: ClaimsAsked, only: str) -> bool:
    if asked.lets_through is not None:
        return asked.lets_through(listed_claim(learner, one))
    return (one.unit is not None) is asked.units and (not only or only in one.qualifications)


def _why(one: Claimable) -> str:
    if one.state is not None:
        return f"{one.in_words} (claimed)"
    return "; ".join(f"{block} ({block.code})" for block in one.blocks)
