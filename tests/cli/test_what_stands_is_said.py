"""What stands is in every file that leaves the centre, in words, or the file is not written.

Each export is written of everybody in one centre, who are in all the states that must not be smoothed, in each of its
forms, and is read back with another library: a file may lie on a desk alone.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

import pytest

from markterm.centre.centre import Centre
from markterm.centre.export.claims import ClaimsAsked, ClaimsRead
from markterm.centre.export.matrix import MatrixBy
from markterm.centre.export.retention import RetentionRead
from markterm.centre.export.sheets import Sheet, SheetKind
from markterm.centre.export.verification import Read, Shown
from markterm.domain.words.errors import MarkTermError
from markterm.exports.export import Export
from markterm.exports.page_form import PageForm
from markterm.exports.table.table_form import TableForm
from tests.centres import environment_in
from tests.cli.left_the_centre import (
    CHANGED,
    CLAIMED,
    CONFLICT,
    EVERYBODY,
    HELD,
    INCOMPLETE,
    LEARNING,
    NOT_AGREED,
    REOPENED,
    REWORDED,
    STALE,
    TRAINING,
    UNDECLARED,
    UNFINISHED,
    make_centre_of_states,
    read_back,
)
from tests.exports.forms import form as made_form
from tests.exports.read_back import squeezed
from tests.exports.tea import TEA

_OPEN = "It was not released yet"
_NOBODY = "Nothing was verified"
SAID = {
    # On the sheet of the unit, and on the combined one; in the awarding organisation's form; in what was released.
    INCOMPLETE: ("is incomplete: decisions may be missing from it", None, "is incomplete: it may have been changed"),
    CONFLICT: ("In conflict", None, _OPEN),
    CHANGED: ("Decisions were made since that this outcome does not rest on", None, "changed since it was closed"),
    STALE: ("stale: decisions were made since", None, "changed since it was closed"),
    TRAINING: ("waits for countersignature", None, _OPEN),
    HELD: ("Held: nothing of this is final until a case is closed", None, "stand now: held by a case"),
    REOPENED: ("Not closed yet", None, _OPEN),
    UNFINISHED: ("not finished", None, _OPEN),
    UNDECLARED: ("Not declared yet", "Not closed yet", _OPEN),
    NOT_AGREED: ("does not agree to 1.1", None, _OPEN),
    LEARNING: ("answered in training", None, _OPEN),
    CLAIMED: ("changed since", None, "changed since it was closed"),
}
"""What has to be read of each; None where it is the same as on a sheet. What stands there as the title of a refusal is
not written at all."""
REPORTED = {
    INCOMPLETE: "is incomplete: decisions may be missing from it",
    STALE: "does not stand as it was any more: decisions were made since",
    UNFINISHED: "The verification is not finished",
    NOT_AGREED: "Not agreed",
    LEARNING: "Answered in training, and not countersigned yet",
}
"""In the reports of verifications; of everybody else there is none."""
TRACKED = {
    CONFLICT: "1 decision in conflict",
    CHANGED: "changed since it was closed",
    STALE: "stale: what was verified does not stand any more",
    TRAINING: "3 decisions not countersigned",
    HELD: "a case is open",
    REOPENED: "decided, not closed",
    UNFINISHED: "its verification is not finished",
    REWORDED: "1 decision on another wording",
    NOT_AGREED: "not agreed by its verifiers",
    LEARNING: "its verification is not countersigned",
    INCOMPLETE: "record incomplete",
}
"""In the row of a learner in the tracking matrix."""
CLAIMS = {
    INCOMPLETE: "incomplete-record",
    CONFLICT: "conflict",
    CHANGED: "changed-since-closed",
    TRAINING: "not-closed",
    HELD: "held-by-case",
    REOPENED: "not-closed",
    UNFINISHED: "not-verified",
    REWORDED: "stale",
    NOT_AGREED: "not-agreed",
    LEARNING: "not-verified",
    CLAIMED: "changed",
}
"""In the row of a learner in the list of claims."""
PACKED = {
    INCOMPLETE: "The record is incomplete: ",
    CONFLICT: "1 in conflict",
    CHANGED: "changed since it was closed",
    STALE: "verification stale",
    TRAINING: "3 not countersigned",
    HELD: "a case is open",
    REOPENED: "decided",
    UNFINISHED: "verification unfinished",
    REWORDED: "1 stale",
    NOT_AGREED: "verification not agreed",
    LEARNING: "verification not countersigned",
    CLAIMED: "changed since it was closed",
}
"""On the page of a learner in a visit pack."""
LOGGED = {
    LEARNING: "in training",
    STALE: "stale: decisions were made since",
    UNFINISHED: "not finished",
    NOT_AGREED: "does not agree to 1.1",
}
"""In the rows of a learner in the log of verifications."""
KEPT = {INCOMPLETE: "the record is incomplete: ", HELD: "an appeal, is open", REOPENED: "T-101 is not closed"}
"""In the row of a learner in the table of what is kept until when."""
HIDDEN = "Decisions may be missing: 1 record is incomplete."
"""On everything that tells of all."""


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    """The centre of all states, opened by its coordinator and looked at."""
    folder = tmp_path_factory.mktemp("states")
    with pytest.MonkeyPatch.context() as patch:
        for key, value in environment_in(folder / "user").items():
            patch.setenv(key, value)
        opened = Centre.open(make_centre_of_states(folder / "here"), member="cora")
        for _ in opened.caseload.refresh():
            pass
        yield opened
        opened.close_down()


def _missing(said: dict[str, str], export: Callable[[str], Export], into: Path) -> list[tuple[str, str]]:
    """Of whom something is not said in what is exported of them, and what."""

    def told(who: str) -> str:
        try:
            return read_back(export(who), into)
        except MarkTermError as refused:
            return squeezed(refused.title)

    return [(who, words) for who, words in said.items() if squeezed(words) not in told(who)]


def _rows(export: Export, into: Path, who: str) -> str:
    """What the rows of a learner say in each file of an export as CSV."""
    into.mkdir(exist_ok=True)
    told = []
    for piece in export.pieces:
        path = into / "table.csv"
        piece.write(path)
        rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
        told += [" ".join(row) for row in rows if row[0] == who]
        path.unlink()
    return " ".join(told)


_FEW_FORMS = tuple(form for form in PageForm if form is not PageForm.PDF)
_FORMS = (*_FEW_FORMS, pytest.param(PageForm.PDF, marks=pytest.mark.long))
_TABLES = (
    *(form for form in TableForm if form is not TableForm.PDF),
    pytest.param(TableForm.PDF, marks=pytest.mark.long),
)


@pytest.mark.parametrize("form", _FORMS)
def test_every_sheet_says_how_things_stand(centre: Centre, tmp_path: Path, form: PageForm) -> None:
    sheets = centre.exports.sheets
    of_unit = {who: words for who, (words, _, _) in SAID.items()}
    assert not _missing(of_unit, lambda who: sheets.of([Sheet(who, "T-101")], form), tmp_path)
    combined = {**of_unit, REWORDED: "Decided on another wording: Rinse the cups"}
    assert not _missing(combined, lambda who: sheets.of([Sheet(who, "T-IA", SheetKind.ASSIGNMENT)], form), tmp_path)
    reports = {who: REPORTED.get(who, _NOBODY) for who in SAID}
    assert not _missing(reports, lambda who: sheets.of([Sheet(who, "T-101", SheetKind.VERIFICATION)], form), tmp_path)


@pytest.mark.parametrize("form", _FORMS)
def test_feedback_is_a_draft_or_says_what_it_would_not_be_released_for(
    centre: Centre, tmp_path: Path, form: PageForm
) -> None:
    feedback = centre.exports.feedback
    released = {who: words for who, (_, _, words) in SAID.items()}
    assert not _missing(released, lambda who: feedback.of_unit(who, "T-101", form), tmp_path)
    drafts = {who: "DRAFT, not released" if words == _OPEN else words for who, words in released.items()}
    assert not _missing(drafts, lambda who: feedback.of_unit(who, "T-101", form, draft=True), tmp_path)


def test_the_awarding_organisations_form_says_how_things_stand(centre: Centre, tmp_path: Path) -> None:
    file = tmp_path / "form.docx"
    file.write_bytes(made_form(unit=TEA))
    said = {who: in_form or words for who, (words, in_form, _) in SAID.items()}
    assert not _missing(said, lambda who: centre.exports.forms.of_unit(who, "T-101", file), tmp_path / "filled")


def test_nothing_goes_into_moodle_or_canvas_of_what_does_not_stand(centre: Centre) -> None:
    told = {who: centre.exports.released.told(who, "T-101") for who in EVERYBODY}
    assert all(isinstance(each, str) for each in told.values())


@pytest.mark.parametrize("form", _TABLES)
def test_every_table_says_that_a_record_is_incomplete_in_each_of_its_files(
    centre: Centre, tmp_path: Path, form: TableForm
) -> None:
    for export in _tables(centre, form):
        for piece in export.pieces:
            alone = Export(export.title, piece.path.name, [piece], one_file=True)
            assert squeezed(HIDDEN) in read_back(alone, tmp_path), piece.what


@pytest.mark.parametrize("form", _FORMS)
def test_the_page_of_a_cohort_says_that_a_record_is_incomplete(centre: Centre, tmp_path: Path, form: PageForm) -> None:
    for _ in centre.cohort.looking():
        pass
    told = read_back(centre.cohort.of(form), tmp_path)
    assert squeezed(HIDDEN) in told
    assert squeezed("to look at: in conflict, not agreed, stale, changed or not countersigned") in told


def test_the_row_of_a_learner_says_how_things_stand(centre: Centre, tmp_path: Path) -> None:
    *matrices, claims, log, kept = _tables(centre, TableForm.CSV)
    for said, exports in ((TRACKED, matrices), (CLAIMS, [claims]), (LOGGED, [log]), (KEPT, [kept])):
        for export in exports:
            missing = [who for who, words in said.items() if words not in _rows(export, tmp_path, who)]
            assert not missing, export.name


def test_a_record_as_csv_says_in_every_line_that_it_is_incomplete(centre: Centre, tmp_path: Path) -> None:
    lines = _rows(centre.exports.records.of([INCOMPLETE], flat=True), tmp_path, INCOMPLETE)
    assert lines.count(f"The record of {INCOMPLETE} is incomplete: ") == lines.count(f"{INCOMPLETE} 20")
    assert "incomplete" not in _rows(centre.exports.records.of([HELD], flat=True), tmp_path, HELD)
    (lines_of_it,) = centre.exports.records.of([INCOMPLETE]).pieces
    assert lines_of_it.write(tmp_path / "a.jsonl").caveats[0].startswith(f"The record of {INCOMPLETE} is incomplete: ")


def test_the_pages_of_a_visit_pack_say_how_things_stand(centre: Centre, tmp_path: Path) -> None:
    pack = centre.packs.of(EVERYBODY, asked="everybody", form=PageForm.MARKDOWN, evidence=False)
    pages = {piece.path: piece for piece in pack.pieces if piece.path.name == "index.html"}

    def page(path: PurePosixPath) -> Export:
        return Export("", "index.html", [pages[path]], one_file=True)

    assert not _missing(PACKED, lambda who: page(PurePosixPath("learners", who, "index.html")), tmp_path)
    kept = next(piece for piece in pack.pieces if piece.path.name == "retention.html")
    told = read_back(Export("", "retention.html", [kept], one_file=True), tmp_path)
    assert squeezed("the record is incomplete: ") in told
    assert squeezed("an appeal, is open") in told
    first = read_back(page(PurePosixPath("index.html")), tmp_path)
    assert squeezed(f"The records of {INCOMPLETE} are incomplete") in first


def _tables(centre: Centre, form: TableForm) -> list[Export]:
    """Both matrices, the claims of units, the log of verifications, and until when what is kept."""
    for _ in centre.matrix.looking():
        pass
    claims: list[ClaimsRead] = []
    for _ in centre.exports.claims.reading(EVERYBODY, claims):
        pass
    read = Read()
    for _ in centre.verification_exports.reading(read):
        pass
    kept = RetentionRead()
    for _ in centre.retention_exports.reading(kept):
        pass
    return [
        *(centre.matrix.of(by, form) for by in MatrixBy),
        centre.exports.claims.of(claims, ClaimsAsked(units=True, everything=True), form),
        centre.verification_exports.of({Shown.LOG}, form, read),
        centre.retention_exports.of(kept, form),
    ]
