"""What holds of every file here: short enough to be read in one sitting, and no test that a busy machine fails."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
_LONGEST = 450
_CLOCKS = re.compile(r"\b(?:perf_counter|process_time|thread_time)\b|\bmonotonic\(\) - ")


def _files() -> list[Path]:
    return [*(ROOT / "markterm").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]


def test_no_file_is_longer_than_one_sitting() -> None:
    long = {str(path.relative_to(ROOT)): count for path in _files() if (count := _lines(path)) > _LONGEST}
    assert long == {}, f"more than {_LONGEST} lines: find the second noun in it"


def test_no_package_loads_a_module_of_its_own_before_it_is_asked_for() -> None:
    loads = re.compile(r"^(?:from|import) (?:markterm|\.)", re.MULTILINE)
    packages = (ROOT / "markterm").rglob("__init__.py")
    assert [str(path.relative_to(ROOT)) for path in packages if loads.search(path.read_text("utf-8"))] == []


def _lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


@pytest.mark.parametrize("name", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_the_lines_of_a_document_fit_a_screen(name: str) -> None:
    lines = (ROOT / name).read_text("utf-8").splitlines()
    assert [line for line in lines if len(line) > 120 and not line.startswith(("|", "!["))] == []


def test_nothing_but_benchmarks_is_measured_in_seconds() -> None:
    measured = [ROOT / "tests" / "benchmarks", ROOT / "tests" / "corpus"]
    timed = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "tests").rglob("*.py")
        if not any(path.is_relative_to(folder) for folder in measured) and path.name not in ("pace.py", "test_tests.py")
        if _CLOCKS.search(path.read_text("utf-8"))
    ]
    assert timed == [], "count steps (tests/pace.py), or move it to tests/benchmarks"
