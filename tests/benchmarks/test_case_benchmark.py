"""A CASE package of 20,000 items, in and out: beside what parsing its JSON, and reading its sheet, cost.

Run with `pytest -n 0 -m benchmark -s tests/benchmarks/test_case_benchmark.py`. The whole of either way is to take no
more than five seconds.
"""
# ruff: noqa: T201 - a benchmark is there to print

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any, TypeVar

import pytest

from markterm.exports.case.standards import standard_package
from markterm.sheets.case_file import case_file, text_of_package
from markterm.sheets.standard_file import STANDARD_WRITER, read_standard

pytestmark = pytest.mark.benchmark

_ITEMS = 20_000
_NOW = "2026-11-29T15:00:00+00:00"
Result = TypeVar("Result")


def _own(number: int) -> str:
    return f"22222222-2222-4222-8222-{number:012d}"


def _package() -> dict[str, Any]:
    about = {"uri": "https://tea.example/1", "lastChangeDateTime": _NOW}
    document = {"identifier": _own(0), "creator": "Tea Board", "title": "TEA01 Tea", "version": "1", **about}
    items, links = [], []
    for number in range(1, _ITEMS + 1):
        words = f"make tea of kind {number} for a guest and say in own words why it is made so"
        items.append({"identifier": _own(number), "fullStatement": words, "humanCodingScheme": f"T.{number}", **about})
        above = number - number % 10 if number % 10 and number > 10 else 0
        link: dict[str, Any] = {"identifier": _own(_ITEMS + number), "associationType": "isChildOf", **about}
        link["originNodeURI"] = {"title": "", "identifier": _own(number), "uri": "urn:x:1"}
        link["destinationNodeURI"] = {"title": "", "identifier": _own(above), "uri": "urn:x:1"}
        links.append({**link, "sequenceNumber": number % 10})
    return {"CFDocument": document, "CFItems": items, "CFAssociations": links}


def test_a_framework_of_twenty_thousand_items_comes_in_and_goes_out() -> None:
    seconds: dict[str, float] = {}

    def timed(what: str, work: Callable[[], Result]) -> Result:
        before = time.perf_counter()
        done = work()
        seconds[what] = time.perf_counter() - before
        return done

    package = _package()
    text = text_of_package(package)
    value = timed("parse the JSON", lambda: json.loads(text))
    case = timed("read the package", lambda: case_file(value, _NOW))
    (standard,) = case.understood.standards
    sheet = timed("write the sheet, and read it back", lambda: STANDARD_WRITER.render(standard))
    read = timed("read the sheet", lambda: read_standard(sheet).sheet)
    written = timed("write the package kept beside it", lambda: text_of_package(case.package))
    anew = timed("make a package of the sheet alone", lambda: standard_package(standard, _NOW, {}))
    assert read == standard
    assert json.loads(written) == package
    assert case_file(anew, _NOW).understood.standards == (standard,)
    print(f"\n{_ITEMS:,} items, {len(text) / 1e6:.1f} MB of JSON, {len(sheet) / 1e6:.1f} MB of Markdown")
    for what, took in seconds.items():
        print(f"  {what:36} {took:6.2f} s  {took / seconds['parse the JSON']:5.1f} × parsing the JSON")
    coming = ("parse the JSON", "read the package", "write the sheet, and read it back")
    going = ("read the sheet", "parse the JSON", "read the package", "write the package kept beside it")
    print(f"  in: {sum(map(seconds.__getitem__, coming)):.2f} s  out: {sum(map(seconds.__getitem__, going)):.2f} s")
