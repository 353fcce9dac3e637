"""Scans on the command line: read, found and cited as read by machine, in words and in JSON."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest
from PIL import Image

from markterm.evidence.machine import engines
from markterm.evidence.text.seen_words import Box, SeenLine
from tests.cli.conftest import Ask

pytestmark = pytest.mark.usefixtures("centre")
EVIDENCE = Path("learners", "AAA1", "evidence")
WORDS = "The log shows 13.5 hours"


class _Engine:
    name = "fake"
    key = "fake-1"

    def version(self, stop: Event) -> str:  # noqa: ARG002 - as every engine
        return "1.2.3"

    def lines(self, picture: Path, stop: Event) -> list[SeenLine]:  # noqa: ARG002
        return [SeenLine(WORDS, Box(10, 10, 90, 20))]


@pytest.fixture(autouse=True)
def scan(centre: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scan of two pages, and an engine."""
    page = Image.new("L", (100, 50), 255)
    page.save(centre / EVIDENCE / "scan.pdf", save_all=True, append_images=[page])
    monkeypatch.setattr(engines, "engine_found", _Engine)


@pytest.mark.long
def test_a_scan_is_read_by_machine_before_it_is_printed(ask: Ask) -> None:
    answer = ask("read", "AAA1", "scan.pdf")
    assert answer.out.count(WORDS) == 2
    assert "scan.pdf: being read by machine…" in answer.err
    assert "read by machine (fake 1.2)" in answer.err
    again = ask("read", "AAA1", "scan.pdf", "--json")
    assert "being read" not in again.err
    machine = again.json["read_by_machine"]
    assert (machine["engine"], machine["version"], len(machine["lines"])) == ("fake", "1.2.3", 2)
    lines = again.json["text"].split("\n")
    assert [lines[line["line"] - 1] for line in machine["lines"]] == [WORDS, WORDS]


@pytest.mark.long
def test_a_page_has_what_a_machine_read_in_it(ask: Ask) -> None:
    answer = ask("read", "AAA1", "scan.pdf", "--page", "2", "--numbers")
    assert answer.out.count(WORDS) == 1
    assert "page 2 has no text" in answer.out
    assert "Page 2, read by machine" in answer.out
    assert ask("read", "AAA1", "scan.pdf", "--page", "3").code == 2


@pytest.mark.long
def test_its_words_are_found(ask: Ask) -> None:
    answer = ask("find", "AAA1", "13.5 hours", "--json")
    assert [(row["file"], row["place"]) for row in answer.json] == [("scan.pdf", "page 1"), ("scan.pdf", "page 2")]


def test_where_nothing_reads_pictures_find_names_the_scans_in_which_it_did_not_look(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Not read: scan.pdf" not in ask("find", "AAA1", "13.5 hours").err
    monkeypatch.setattr(engines, "engine_found", lambda: None)
    answer = ask("find", "AAA1", "13.5 hours")
    assert "Not read: scan.pdf: pages that are pictures, and words may be in them" in answer.err
    assert answer.code == 1


@pytest.mark.long
def test_the_list_says_what_was_read_by_machine_and_what_waits_for_it(ask: Ask) -> None:
    def listed() -> dict[str, object]:
        return next(file for file in ask("evidence", "AAA1", "--json").json if file["name"] == "scan.pdf")

    assert (listed()["read_by_machine"], listed()["waits_for_machine"]) == (None, True)
    ask("read", "AAA1", "scan.pdf")
    assert (listed()["read_by_machine"], listed()["waits_for_machine"]) == ("fake 1.2.3", False)


def test_a_citation_of_it_says_so_wherever_it_is_shown(ask: Ask) -> None:
    numbered = ask("read", "AAA1", "scan.pdf", "--numbers").out
    line = next(row.split()[0] for row in numbered.splitlines() if WORDS in row)
    assert ask("--as", "asha", "cite", "AAA1", "101", "1.1", "scan.pdf", "--lines", line).code == 0
    assert "read by machine (fake 1.2)" in ask("show", "AAA1").out
    assert "read by machine (fake 1.2)" in ask("log", "AAA1").out
    assert "read by machine (fake 1.2)" in ask("sheet", "AAA1", "101").out
    assert "fake" in ask("show", "AAA1", "--json").out
