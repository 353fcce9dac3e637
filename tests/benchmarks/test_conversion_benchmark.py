"""What converting forty pages costs and what is left of them, beside markitdown, pandoc and pdftotext in the same run.

Run with `pytest -n 0 -m benchmark -s tests/benchmarks/test_conversion_benchmark.py` where the extra `comparison` is
installed; pandoc and pdftotext are there or not. Each conversion is a process of its own, from its start to its end:
MarkTerm's forked from its server, as it runs, and started by itself, as the others are. Beside that both are asked in a
process that has them loaded, where nothing but the reading counts. Of several runs the least is taken, for whatever
else the machine does makes it only more.
"""
# ruff: noqa: T201 - a benchmark is there to print

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from statistics import median
from threading import Event
from typing import Any, Protocol

import docx
import pytest
from packaging.requirements import Requirement
from reportlab.lib import colors  # type: ignore[import-untyped]  # the library has no types
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
from reportlab.lib.styles import getSampleStyleSheet  # type: ignore[import-untyped]
from reportlab.platypus import (  # type: ignore[import-untyped]
    ListFlowable,
    ListItem,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Table,
    TableStyle,
)

import markterm
from markterm.evidence.conversion import children
from markterm.evidence.conversion.conversion import COMMAND
from markterm.evidence.conversion.wire import from_bytes
from markterm.evidence.folder import list_evidence
from markterm.evidence.readers import READERS
from markterm.evidence.text.reading import open_evidence

pytestmark = [
    pytest.mark.benchmark,
    pytest.mark.skipif(
        find_spec("markitdown") is None, reason="markitdown is not installed: pip install 'markterm[comparison]'"
    ),
    pytest.mark.skipif(not hasattr(os, "wait4"), reason="the system does not say how much memory a process took"),
]

_PAGES = 40
_RUNS = 5
_TARGET_MS = 20
_NEEDED = ("lxml", "olefile", "pypdfium2")
"""What MarkTerm's readers of Word files and PDF import."""
_TOLD = "the client and I agreed which goal to work on first and wrote down how both of us would see it reached"


@dataclass
class _Truth:
    """What was written into a file. No two of its texts are alike."""

    headings: list[str] = field(default_factory=list)
    rows: list[tuple[str, ...]] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        """Everything, each cell on its own."""
        return [*self.headings, *(cell for row in self.rows for cell in row), *self.items, *self.paragraphs]


class _Paper(Protocol):
    """A file that is being written."""

    def heading(self, text: str, level: int) -> None: ...
    def paragraph(self, text: str) -> None: ...
    def items(self, texts: Sequence[str], *, numbered: bool) -> None: ...
    def table(self, rows: Sequence[tuple[str, ...]]) -> None: ...
    def end_page(self) -> None: ...
    def save(self, path: Path) -> None: ...


class _Word:
    """As Word's own template has it: heading styles, list styles, a table with a header row."""

    def __init__(self) -> None:
        self._document: Any = docx.Document()

    def heading(self, text: str, level: int) -> None:
        self._document.add_heading(text, level)

    def paragraph(self, text: str) -> None:
        self._document.add_paragraph(text)

    def items(self, texts: Sequence[str], *, numbered: bool) -> None:
        for text in texts:
            self._document.add_paragraph(text, style="List Number" if numbered else "List Bullet")

    def table(self, rows: Sequence[tuple[str, ...]]) -> None:
        table = self._document.add_table(0, len(rows[0]), style="Table Grid")
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text

    def end_page(self) -> None:
        self._document.add_page_break()

    def save(self, path: Path) -> None:
        self._document.save(path)


class _Pdf:
    """As a word processor prints it: larger headings, indented lists, a table with ruled lines."""

    def __init__(self) -> None:
        self._styles = getSampleStyleSheet()
        self._flow: list[Any] = []

    def heading(self, text: str, level: int) -> None:
        self._flow.append(Paragraph(text, self._styles[f"Heading{level}"]))

    def paragraph(self, text: str) -> None:
        self._flow.append(Paragraph(text, self._styles["BodyText"]))

    def items(self, texts: Sequence[str], *, numbered: bool) -> None:
        shown = [ListItem(Paragraph(text, self._styles["BodyText"])) for text in texts]
        form = {"bulletFormat": "%s."} if numbered else {"start": "•"}
        self._flow.append(ListFlowable(shown, bulletType="1" if numbered else "bullet", **form))

    def table(self, rows: Sequence[tuple[str, ...]]) -> None:
        cells = [[Paragraph(text, self._styles["BodyText"]) for text in row] for row in rows]
        ruled = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)])
        self._flow.append(Table(cells, colWidths=[80, 60, 300], style=ruled))

    def end_page(self) -> None:
        self._flow.append(PageBreak())

    def save(self, path: Path) -> None:
        SimpleDocTemplate(str(path), pagesize=A4).build(self._flow)


def _written(paper: _Paper) -> _Truth:
    """Forty pages: sessions, and after three of them a log. What is written is counted as it is written."""
    truth = _Truth()
    for page in range(1, _PAGES + 1):
        if page % 4:
            _session(paper, truth, page)
        else:
            _heading(paper, truth, f"Log up to session {page}", 1)
            _table(paper, truth, page, 20)
        if page < _PAGES:
            paper.end_page()
    return truth


def _session(paper: _Paper, truth: _Truth, page: int) -> None:
    for level, text in ((1, f"Session {page} in the quiet room"), (2, f"What came of session {page}")):
        _heading(paper, truth, text, level)
        for number in range(1, 4):
            told = f"In part {level}.{number} of session {page} {' '.join([_TOLD] * (1 + number))}."
            paper.paragraph(told)
            truth.paragraphs.append(told)
    for numbered in (False, True):
        kind = "step" if numbered else "aim"
        items = [f"{kind} {number} of session {page} was kept" for number in range(1, 5)]
        paper.items(items, numbered=numbered)
        truth.items += items
    _table(paper, truth, page, 5)


def _heading(paper: _Paper, truth: _Truth, text: str, level: int) -> None:
    paper.heading(text, level)
    truth.headings.append(text)


def _table(paper: _Paper, truth: _Truth, page: int, days: int) -> None:
    rows = [(f"Day {page}", "Hours", f"Done up to session {page}")]
    rows += [
        (f"{day} June {1980 + page}", f"{day}.{page:02}", f"aim {day} in week {page}") for day in range(1, days + 1)
    ]
    paper.table(rows)
    truth.rows += rows


@dataclass(frozen=True)
class _Left:
    """How much of the truth is in the Markdown, and as what it was."""

    headings: int
    rows: int
    items: int
    texts: int

    @classmethod
    def of(cls, markdown: str, truth: _Truth) -> _Left:
        """Headings, rows and items count where Markdown has them as such; texts wherever they stand in one piece."""
        lines = [_plain(line) for line in markdown.splitlines()]
        headings = {line.lstrip("#").strip() for line in lines if line.startswith("#")}
        rows = {tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines if line.startswith("|")}
        items = {re.sub(r"^(?:[-*+]|\d+[.)]) ", "", line) for line in lines if re.match(r"(?:[-*+]|\d+[.)]) ", line)}
        everything = _plain(markdown.replace("|", " "))
        return cls(
            sum(text in headings for text in truth.headings),
            sum(row in rows for row in truth.rows),
            sum(text in items for text in truth.items),
            sum(text in everything for text in truth.texts),
        )


def _plain(text: str) -> str:
    """The text without emphasis and escapes, its white space single: neither is what is counted."""
    return " ".join(re.sub(r"\\(?=[!-/:-@\[-`{-~])|\*\*", "", text).split())


@dataclass(frozen=True)
class _Run:
    seconds: float
    megabytes: float
    answer: bytes


def _run(command: Sequence[str]) -> _Run:
    """A process from its start to its end, and the most memory that it held."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    with process.stdout:
        answer = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    unit = 1 if sys.platform == "darwin" else 1024
    return _Run(time.perf_counter() - begun, usage.ru_maxrss * unit / 1e6, answer)


def _converted(command: Sequence[str] | None, path: Path) -> _Run:
    """As `command` does it, or as MarkTerm does it while it runs."""
    if command is not None:
        return _run(command)
    begun = time.perf_counter()
    child = children.start(COMMAND, path, READERS[path.suffix], Event().is_set)
    with contextlib.closing(child):
        answer = child.answer.read()
        assert child.wait() == 0
    return _Run(time.perf_counter() - begun, 0, answer)


def _megabytes(runs: Sequence[_Run]) -> str:
    """The most that is needed; it is not known of a process that the server forked."""
    return f"{median(run.megabytes for run in runs):12.0f}" if runs[0].megabytes else f"{'':12}"


def _peers(path: Path) -> dict[str, tuple[str, ...]]:
    """What else there is on this machine that makes text of such a file."""
    known = {
        ".docx": ("pandoc", ("pandoc", "-t", "gfm", str(path))),
        ".pdf": ("pdftotext", ("pdftotext", "-layout", str(path), "-")),
    }
    name, command = known[path.suffix]
    return {name: command} if which(command[0]) else {}


_OURS = """
from markterm.evidence.conversion.child import answer
read = lambda: answer(path, {reader!r})
"""
_THEIRS = """
from markitdown import MarkItDown
read = MarkItDown().convert_local
read = lambda read=read: read(path)
"""
_LOADED = """
import sys, time; from pathlib import Path
path = Path(sys.argv[1])
{script}
times = []
for _ in range({runs} + 1):
    begun = time.process_time(); read(); times.append(time.process_time() - begun)
print(min(times[1:]) * 1000)
"""


def _loaded(script: str, path: Path) -> float:
    """Milliseconds of work that a process takes for the file which has everything loaded."""
    script = _LOADED.format(script=script.replace("{reader!r}", repr(READERS[path.suffix])), runs=_RUNS)
    told = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, check=True)
    return float(told.stdout.split()[-1])


def _installed(*requirements: str) -> float:
    """Megabytes of the files of those distributions and of all that they require in turn."""
    waiting = [Requirement(text) for text in requirements]
    seen: set[tuple[str, frozenset[str]]] = set()
    found: dict[str, Distribution] = {}
    while waiting:
        wanted = waiting.pop()
        key = (wanted.name.lower(), frozenset(wanted.extras))
        if key in seen:
            continue
        seen.add(key)
        try:
            known = distribution(wanted.name)
        except PackageNotFoundError:
            pytest.fail(f"{wanted.name} is required and not installed")
        found[known.metadata["Name"]] = known
        for text in known.requires or ():
            further = Requirement(text)
            extras = ("", *wanted.extras)
            if further.marker is None or any(further.marker.evaluate({"extra": extra}) for extra in extras):
                waiting.append(further)
    return sum(_size(path) for each in found.values() for path in _files(each)) / 1e6


def _files(known: Distribution) -> list[Path]:
    if known.metadata["Name"] == "markterm":  # it may be installed in place, with no files of its own
        return [path for path in Path(markterm.__file__).parent.rglob("*") if path.is_file()]
    return [Path(str(file.locate())) for file in known.files or ()]


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


@pytest.mark.parametrize(("suffix", "paper"), [("docx", _Word), ("pdf", _Pdf)])
def test_forty_pages_are_converted_with_nothing_lost(suffix: str, paper: type[_Paper], tmp_path: Path) -> None:
    path = tmp_path / "evidence" / f"diary.{suffix}"
    path.parent.mkdir()
    made = paper()
    truth = _written(made)
    made.save(path)

    commands = {
        "MarkTerm": None,
        "by itself": (*COMMAND, str(path), READERS[path.suffix]),
        "markitdown": (sys.executable, "-m", "markitdown", str(path)),
        **_peers(path),
    }
    for command in commands.values():
        _converted(command, path)  # what is compiled or read from the disk for the first time is not counted
    runs = [{name: _converted(command, path) for name, command in commands.items()} for _ in range(_RUNS)]
    left = _Left.of(from_bytes(runs[0]["MarkTerm"].answer).markdown, truth)
    others = {name: _Left.of(runs[0][name].answer.decode("utf-8"), truth) for name in list(commands)[2:]}
    assert runs[0]["by itself"].answer == runs[0]["MarkTerm"].answer

    file = list_evidence(tmp_path / "evidence").files[0]
    open_evidence(file, tmp_path / "cache")
    again = []
    for _ in range(_RUNS):
        begun = time.perf_counter()
        open_evidence(file, tmp_path / "cache")
        again.append(time.perf_counter() - begun)

    print(f"\n{_PAGES} pages of {suffix}, {path.stat().st_size / 1e3:.0f} KB, the least of {_RUNS} runs in turn")
    print(f"  {'':24}", *(f"{name:>12}" for name in commands))
    least = {name: min(run[name].seconds for run in runs) for name in commands}
    print(f"  {'time, ms':24}", *(f"{seconds * 1000:12.0f}" for seconds in least.values()))
    print(f"  {'beside markitdown':24}", *(f"{seconds / least['markitdown']:12.2f}" for seconds in least.values()))
    print(f"  {'memory at most, MB':24}", *(f"{_megabytes([run[name] for run in runs])}" for name in commands))
    warm = [_loaded(script, path) for script in (_OURS, _THEIRS)]
    print(f"  {'reading alone, ms of work':24}", f"{warm[0]:11.0f} {'':12} {warm[1]:12.0f}   ({warm[0] / warm[1]:.2f})")
    for what, of in (
        ("headings", truth.headings),
        ("rows", truth.rows),
        ("items", truth.items),
        ("texts", truth.texts),
    ):
        counts = [getattr(left, what), "", *(getattr(other, what) for other in others.values())]
        print(f"  {what:24}", *(f"{count:>12}" for count in counts), f"  of {len(of)}")
    print(f"  opened again, ms                 {median(again) * 1000:12.1f}                (target {_TARGET_MS})")
    assert left == _Left(len(truth.headings), len(truth.rows), len(truth.items), len(truth.texts))
    assert median(again) < 5 * _TARGET_MS / 1000


def test_what_is_installed_to_read_word_files_and_pdf() -> None:
    print("\nInstalled, with all that is required in turn, MB")
    for name, requirements in (
        ("markitdown[docx,pdf]", ("markitdown[docx,pdf]",)),
        (f"MarkTerm's readers: {', '.join(_NEEDED)}", _NEEDED),
        ("all of MarkTerm", ("markterm",)),
    ):
        print(f"  {name:62} {_installed(*requirements):8.1f}")
