"""`markterm standard import`: what it writes and what it leaves alone, a second time and with a new version."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from docx import Document

from tests.cli.conftest import Ask
from tests.domain.standards.made_published import FOOT, KNOW, MUST, TABLE, TEA, plain
from tests.evidence.made_scan import scanned


@pytest.fixture
def suite(centre: Path) -> Path:
    """A document of two standards, in the centre's folder."""
    path = centre / "suite.txt"
    path.write_text(plain(*TEA) + plain(*TABLE), "utf-8")
    return path


def sheet(centre: Path, name: str) -> Path:
    return centre / "mark_sheets" / "standards" / f"{name}.md"


def test_every_standard_becomes_a_sheet_that_can_be_shown(ask: Ask, centre: Path, suite: Path) -> None:
    told = ask("standard", "import", str(suite))
    assert told.code == 0
    assert "2 standards, 3 performance criteria, 3 knowledge" in told.out
    assert "2 sheets written." in told.err
    assert "P2 warm the pot, so that nothing cools" in ask("standard", "show", "KTLTM01").out
    assert ask("check").code == 0
    assert sheet(centre, "KTLTM02").exists()


def test_a_dry_run_writes_nothing(ask: Ask, centre: Path, suite: Path) -> None:
    told = ask("standard", "import", str(suite), "--dry-run")
    assert "Nothing was written." in told.err
    assert not sheet(centre, "KTLTM01").exists()


def test_a_second_time_is_told_and_writes_nothing(ask: Ask, centre: Path, suite: Path) -> None:
    ask("standard", "import", str(suite))
    before = sheet(centre, "KTLTM01").read_bytes()
    told = ask("standard", "import", str(suite))
    assert (told.code, told.out.count("is there, the same")) == (0, 2)
    assert "Nothing was written." in told.err
    assert sheet(centre, "KTLTM01").read_bytes() == before


def test_a_doubt_that_was_looked_at_makes_no_difference(ask: Ask, centre: Path, suite: Path) -> None:
    suite.write_text(plain(*TEA).replace("K1 how", "K2 how"), "utf-8")
    assert ask("standard", "import", str(suite)).code == 1
    path = sheet(centre, "KTLTM01")
    path.write_text(path.read_text("utf-8").split("## To check")[0].rstrip() + "\n", "utf-8")
    assert "is there, the same" in ask("standard", "import", str(suite)).out


def test_a_sheet_that_says_something_else_is_left_and_what_differs_is_told(ask: Ask, centre: Path, suite: Path) -> None:
    ask("standard", "import", str(suite))
    suite.write_text(
        plain(*TEA).replace("boil fresh", "boil cold") + plain(*TABLE) + plain("KTLTM03", "Sit", ("sit",), ("why",))
    )
    preview = ask("standard", "import", str(suite), "--dry-run")
    assert "P1: `boil fresh water` here, `boil cold water` in it" in preview.out
    refused = ask("standard", "import", str(suite))
    assert (refused.code, sheet(centre, "KTLTM03").exists()) == (3, False)
    assert "`boil fresh water` here" in refused.err
    assert ask("standard", "import", str(suite), "--new-only").code == 0
    assert sheet(centre, "KTLTM03").exists()
    assert "boil fresh water" in sheet(centre, "KTLTM01").read_text("utf-8")


def test_a_new_version_gets_a_sheet_of_its_own(ask: Ask, centre: Path, suite: Path) -> None:
    ask("standard", "import", str(suite))
    before = sheet(centre, "KTLTM01").read_bytes()
    suite.write_text(
        plain("KTLTM01", "Make tea for one", ("warm the pot", "boil"), ("why",)).replace("Number 2", "Number 3")
    )
    assert ask("standard", "import", str(suite)).code == 0
    assert sheet(centre, "KTLTM01").read_bytes() == before
    assert "warm the pot" in sheet(centre, "KTLTM01-3").read_text("utf-8")
    assert "P1 boil fresh water" in ask("standard", "show", "KTLTM01", "--version", "2").out


def test_two_documents_of_one_standard_are_taken_once_and_refused_where_they_differ(
    ask: Ask, centre: Path, suite: Path
) -> None:
    again = centre / "again.txt"
    again.write_text(plain(*TEA).replace("boil fresh", "berwi"), "utf-8")
    refused = ask("standard", "import", str(suite), str(again))
    assert (refused.code, sheet(centre, "KTLTM01").exists()) == (3, False)
    assert "KTLTM01 stands in two of them" in refused.err
    again.write_text(plain(*TEA), "utf-8")
    told = ask("standard", "import", str(suite), str(again))
    assert (told.code, "2 sheets written." in told.err) == (0, True)


def test_the_name_of_a_sheet_that_cannot_be_read_is_not_taken(ask: Ask, centre: Path, suite: Path) -> None:
    sheet(centre, "KTLTM01").parent.mkdir(parents=True)
    sheet(centre, "KTLTM01").write_text("---\nkind: standard\n", "utf-8")
    told = ask("standard", "import", str(suite))
    assert (told.code, sheet(centre, "KTLTM02").exists()) == (3, False)
    assert sheet(centre, "KTLTM01").read_text("utf-8") == "---\nkind: standard\n"


def test_code_and_version_are_given_by_whoever_takes_it_in(ask: Ask, centre: Path) -> None:
    path = centre / "framework.txt"
    path.write_text("Knowledge\nK1: Tea.\nSkills\nS1: Pour.\nBehaviours\nB1: Calm.\n", "utf-8")
    ask("standard", "import", str(path), "--code", "ST0042", "--version", "1.1")
    assert "version: 1.1" in sheet(centre, "ST0042").read_text("utf-8")


def test_a_standard_without_a_reference_gets_the_code_that_is_given_and_keeps_its_doubts(
    ask: Ask, centre: Path
) -> None:
    path = centre / "nameless.txt"
    path.write_text(plain("", "", ("sit",), ("why",)).replace("Original URN \n", ""), "utf-8")
    told = ask("standard", "import", str(path), "--code", "KTL9")
    assert "KTL9 has no title in the text" in told.out
    assert "UNNAMED" not in told.out
    assert "title: KTL9" in sheet(centre, "KTL9").read_text("utf-8")


def test_a_code_for_several_standards_is_refused(ask: Ask, suite: Path) -> None:
    assert ask("standard", "import", str(suite), "--code", "ST0042").code == 2


def test_a_word_document_with_tables_is_taken_in_with_its_pages_and_places(ask: Ask, centre: Path) -> None:
    document = Document()
    code, title, performance, knowledge = TEA
    document.add_paragraph(code)
    document.add_heading(title, 1)
    table = document.add_table(rows=0, cols=2)
    for lead, letter, statements in (
        (f"Performance criteria\n\n{MUST}", "P", performance),
        (f"Knowledge and understanding\n\n{KNOW}", "K", knowledge),
    ):
        cells = table.add_row().cells
        cells[0].text = lead
        cells[1].text = "\n".join(f"{letter}{number}\t{each}" for number, each in enumerate(statements, 1))
    for name, value in (*FOOT.items(), ("Original URN", code)):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = name, value
    document.save(str(centre / "tea.docx"))
    answer = ask("--json", "standard", "import", "tea.docx")
    told = json.loads(answer.out)[0]
    assert told["counts"] == {"performance": 2, "knowledge": 1}
    assert told["standards"][0]["version"] == "2"
    assert "parted at their numbers" in told["to_check"][0]["message"]


def test_pages_that_are_pictures_are_told_with_what_to_do(ask: Ask, centre: Path) -> None:
    scanned(centre / "scan.pdf", 2)
    told = ask("standard", "import", "scan.pdf")
    assert told.code == 4
    assert "pictures without words: 1, 2" in told.err
    assert "a program that reads scans" in told.err


def test_a_code_that_is_no_name_for_its_sheet_is_read_all_the_same(ask: Ask, centre: Path) -> None:
    path = centre / "one.txt"
    path.write_text(plain(*TEA), "utf-8")
    assert "1 sheet written." in ask("standard", "import", str(path), "--code", "README").err
    assert "P2 warm the pot" in ask("standard", "show", "README").out


def test_codes_that_differ_in_capitals_alone_never_have_one_file(ask: Ask, centre: Path) -> None:
    path = centre / "one.txt"
    path.write_text(plain(*TEA), "utf-8")
    for code in ("TEA-1", "tea-1"):
        assert "1 sheet written." in ask("standard", "import", str(path), "--code", code).err
    names = [each.name.lower() for each in (centre / "mark_sheets" / "standards").iterdir()]
    assert len(set(names)) == len(names) == 2
