"""What a completed mark sheet of 30 criteria costs as PDF, on one core and on two, beside reportlab and weasyprint.

Run with `pytest -n 0 -m benchmark -s tests/benchmarks/test_export_benchmark.py`; weasyprint is there or not (extra
`comparison`). reportlab sets the same texts as a table, untagged and not for the archive; weasyprint prints our page of
HTML. All are measured in turns in one run, after everybody's fonts are loaded.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]  # the library has no types
from reportlab.lib.styles import getSampleStyleSheet  # type: ignore[import-untyped]
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table  # type: ignore[import-untyped]

from markterm.domain.record.states import CriterionState
from markterm.exports.document.model import (
    Block,
    Comments,
    CriteriaTable,
    CriterionRow,
    DecisionBox,
    Descriptor,
    Document,
    EvidenceLine,
    Fact,
    FeedbackNote,
    Signatory,
    Signatures,
    words,
)
from markterm.exports.html.render import render as as_html
from markterm.exports.markdown.render import render as as_markdown
from markterm.exports.pdf.press import Press
from tests.benchmarks.turns import in_turns, seconds, tell

pytestmark = pytest.mark.benchmark

_SHEETS = 20
_TIMES = 5
_OUTCOMES, _CRITERIA = 5, 6
_MOST_MILLISECONDS = 150.0
_MANY = 300
_MOST_GROWTH = 1.15
"""How much larger what sets pages may be after many sheets than after a third of them."""
_DESCRIPTORS = (
    Descriptor("Referral", "benefits are listed but not linked to performance"),
    Descriptor("Pass", "at least two contributions are traced to a result that the organisation values"),
    Descriptor("Good pass", "the link is weighed against evidence, with what else could explain the result"),
)
_number = count()


def sheet() -> Document:
    """A sheet of 30 criteria, unlike every other one."""
    mark = next(_number)
    blocks: list[Block] = []
    for outcome in range(1, _OUTCOMES + 1):
        rows = tuple(
            CriterionRow(
                f"{outcome}.{number}",
                f"Analyse what coaching or mentoring can contribute to performance {number}",
                _DESCRIPTORS,
                DecisionBox(CriterionState.PASS, "✓", "Pass"),
                (FeedbackNote(words("Asha Patel, 2026-03-02, attempt 1"), f"You follow contribution {mark} through."),),
                (EvidenceLine("report.docx", f"page {mark}", "what was said there, word for word"),),
            )
            for number in range(1, _CRITERIA + 1)
        )
        blocks += [
            CriteriaTable(2, words(f"LO{outcome} Understand it"), rows),
            Comments("Section comments", words("6")),
        ]
    blocks.append(Signatures((Signatory("Assessor", "Asha Patel", "2026-03-02"), Signatory("Internal verifier"))))
    return Document(f"Mark sheet {mark}", (Fact("Centre name", "Northgate Training"),), tuple(blocks), about=f"L{mark}")


def _on(workers: int, work: Callable[[Document], object]) -> Callable[[], object]:
    def run() -> None:
        with ThreadPoolExecutor(workers) as threads:
            for _ in threads.map(work, [sheet() for _ in range(_SHEETS)]):
                pass

    return run


def _reportlab(document: Document) -> bytes:
    style = getSampleStyleSheet()["BodyText"]
    rows = [
        [Paragraph(text, style) for text in _cells(row)]
        for block in document.blocks
        if isinstance(block, CriteriaTable)
        for row in block.rows
    ]
    into = io.BytesIO()
    SimpleDocTemplate(into, pagesize=A4).build([Table(rows, repeatRows=1)])
    return into.getvalue()


def _cells(row: CriterionRow) -> Iterable[str]:
    told = " ".join(f"{each.standing}: {each.text}" for each in row.descriptors)
    return row.number, row.text, told, row.decision.word, row.feedback[0].note, row.evidence[0].quote


def test_sheets_as_pdf_beside_reportlab_and_weasyprint() -> None:
    press = Press()
    works = {
        "typst, one core": _on(1, press.print),
        "typst, two cores": _on(2, press.print),
        "HTML": _on(1, as_html),
        "Markdown": _on(1, as_markdown),
        "reportlab, untagged table": _on(1, _reportlab),
    }
    slow = {}
    if find_spec("weasyprint") is not None:
        page = import_module("weasyprint").HTML
        # Once is enough to see it: it takes seconds.
        slow["weasyprint of the HTML"] = seconds(lambda: page(string=as_html(sheet())).write_pdf()) * 1000
    _on(2, press.print)()
    taken = {name: each / _SHEETS for name, each in in_turns(_TIMES, works, seconds).items()}
    taken |= slow
    faster = taken["typst, one core"] / taken["typst, two cores"]
    tell(f"A sheet of 30 criteria; two cores are {faster:.2f} times as fast as one", taken)
    assert taken["typst, one core"] <= _MOST_MILLISECONDS


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads how large a process is from /proc")
def test_what_sets_pages_does_not_grow_with_how_many_it_set() -> None:
    press = Press()
    sizes = []
    for _ in range(3):
        for _ in range(_MANY // 3):
            press.print(sheet())
        (setter,) = press._idle
        status = Path(f"/proc/{setter._process.pid}/status").read_text("ascii")
        sizes.append(int(status.split("VmRSS:")[1].split()[0]) / 1024)
    tell(
        f"What sets pages after {_MANY // 3}, {2 * _MANY // 3} and {_MANY} sheets",
        dict(zip("123", sizes, strict=True)),
        "MB",
    )
    assert sizes[-1] <= sizes[0] * _MOST_GROWTH
