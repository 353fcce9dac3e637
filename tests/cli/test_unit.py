"""`markterm unit` makes the mark sheets of units."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from markterm.sheets.kinds import UNIT
from markterm.sheets.sheet_folder import load_folder
from tests.assignments import add_qualifications
from tests.cli.conftest import Ask
from tests.domain.papers import unit_papers as papers
from tests.domain.papers.test_qualification_paper import PAPER as SPECIFICATION
from tests.exports.forms import form


def paper(centre: Path, text: str, name: str = "paper.md") -> str:
    (centre / name).write_text(text, "utf-8")
    return str(centre / name)


def test_a_form_in_word_becomes_a_sheet_and_is_told_to_be_one_that_can_be_filled(ask: Ask, centre: Path) -> None:
    (centre / "form.docx").write_bytes(form())
    told = ask("unit", "import", str(centre / "form.docx"), "--code", "8580-500", "--title", "Understanding coaching")
    assert told.code == 1
    assert "2 outcomes, 4 criteria, 4 of them with descriptors" in told.out
    assert "2.2, 2.3, 2.4, 2.5, 2.6, 2.7, 2.8, 2.9: missing, and 2.10 is there." in told.out
    sheet = (centre / "mark_sheets" / "units" / "8580-500.md").read_text("utf-8")
    assert "- **2.10** Review ways of keeping records of coaching\n  - refer: Only one is covered\n" in sheet
    checked = ask("check", str(centre / "mark_sheets" / "units" / "8580-500.md"))
    assert "error" not in checked.out
    assert "MS099" in checked.out
    assert ask("form", "check", str(centre / "form.docx"), "8580-500").code == 0


def test_a_dry_run_writes_nothing_and_needs_no_code(ask: Ask, centre: Path) -> None:
    told = ask("unit", "import", paper(centre, papers.GRADED), "--dry-run")
    assert told.code == 1
    assert "unit 3, without a code Running a tea stall" in told.out
    assert sorted(each.name for each in (centre / "mark_sheets" / "units").iterdir()) == ["T-101.md", "T-102.md"]


def test_a_unit_without_a_code_is_refused_with_the_option_that_gives_it(ask: Ask, centre: Path) -> None:
    told = ask("unit", "import", paper(centre, papers.GRADED))
    assert told.code == 3
    assert "--code" in told.err
    assert sorted(each.name for each in (centre / "mark_sheets" / "units").iterdir()) == ["T-101.md", "T-102.md"]


def test_nothing_that_is_there_is_written_over(ask: Ask, centre: Path) -> None:
    file = paper(centre, papers.FOUR_COLUMNS)
    ask("unit", "import", file)
    before = (centre / "mark_sheets" / "units" / "TEA-310.md").read_bytes()
    assert "is there, the same" in ask("unit", "import", file).out
    changed = paper(centre, papers.FOUR_COLUMNS.replace("Explain the risks", "Outline the risks"))
    told = ask("unit", "import", changed, "--dry-run").out
    assert "TEA-310 is there, and says something else:" in told
    assert "Outline the risks" in told.partition("something else:\n")[2]
    assert ask("unit", "import", changed).code == 3
    assert "Nothing was written" in ask("unit", "import", changed, "--new-only").err
    assert (centre / "mark_sheets" / "units" / "TEA-310.md").read_bytes() == before
    assert ask("unit", "import", changed, "--version", "2027").code == 0
    assert (centre / "mark_sheets" / "units" / "TEA-310-2027.md").exists()


def test_what_a_person_wrote_into_the_sheet_that_its_paper_lacks_makes_no_other_of_it(ask: Ask, centre: Path) -> None:
    file = paper(centre, papers.GRADED)
    ask("unit", "import", file, "--code", "TEA-3")
    sheet = centre / "mark_sheets" / "units" / "TEA-3.md"
    lacks = sheet.read_text("utf-8")
    assert "credit:" not in lacks
    sheet.write_text(lacks.replace("code: TEA-3", "code: TEA-3\ncredit: 4\nregulated: no"), "utf-8")
    assert "is there, the same" in ask("unit", "import", file, "--code", "TEA-3").out


def test_a_unit_of_which_the_centre_has_another_version_needs_its_own(ask: Ask, centre: Path) -> None:
    told = ask("unit", "import", paper(centre, papers.FOUR_COLUMNS), "--code", "T-101")
    assert told.code == 3
    assert "version" in told.err


def test_a_unit_that_the_centre_lists_otherwise_is_told(ask: Ask, centre: Path) -> None:
    add_qualifications(centre)
    told = ask(
        "unit", "import", paper(centre, papers.FOUR_COLUMNS), "--code", "T-101", "--version", "2027", "--dry-run"
    )
    assert "T-CERT lists T-101 with another title." in told.out
    assert "T-CERT lists T-101 with another credit." in told.out
    assert told.code == 1


def test_two_units_in_one_document_are_two_sheets_and_take_no_code(ask: Ask, centre: Path) -> None:
    again = papers.FOUR_COLUMNS.replace("TEA-310", "TEA-311").replace("Fill the urn", "Empty the urn", 1)
    file = paper(centre, papers.FOUR_COLUMNS + again)
    assert ask("unit", "import", file, "--code", "TEA-1").code == 2
    assert ask("unit", "import", file).code == 0
    assert (centre / "mark_sheets" / "units" / "TEA-311.md").exists()


def test_a_paper_without_criteria_is_refused_in_words(ask: Ask, centre: Path) -> None:
    told = ask("unit", "import", paper(centre, "A tea party\n"))
    assert told.code == 4
    assert "no assessment criteria such as 1.1" in told.err


def test_what_is_marked_up_in_a_paper_does_not_become_markup_of_the_sheet(ask: Ask, centre: Path) -> None:
    text = "<p>LO1 Know &lt;!-- hidden --&gt; it</p><p>1.1 Name **1.2** it {20/10}</p><p>1.2 Name &lt;script&gt; [a](http://b.c)</p>"
    told = ask("unit", "import", paper(centre, text, "paper.html"), "--code", "X-1", "--title", "X", "--json")
    unit = json.loads(told.out)["units"][0]
    assert [each["number"] for each in unit["outcomes"][0]["criteria"]] == ["1.1", "1.2"]
    assert {each["code"] for each in unit["findings"]} <= {"MS030", "MS121", "MS122", "MS123"}
    assert told.code == 1


NEW = ("unit", "new", "TEA-101", "--title", "Making Tea", "--level", "2", "--credit", "3", "--version", "2026")


def test_a_unit_is_written_from_options_and_check_finds_nothing_in_it(ask: Ask, centre: Path) -> None:
    told = ask(
        *NEW, "--outcome", "Know tea", "--outcome", "Pour it", "--criterion", "1.1 name", "--criterion", "2.1 Pour"
    )
    assert told.code == 0
    sheet = centre / "mark_sheets" / "units" / "TEA-101.md"
    assert "## LO1 Know tea\n\n- **1.1** Name\n\n## LO2 Pour it\n\n- **2.1** Pour\n" in sheet.read_text("utf-8")
    assert ask("check", str(sheet)).code == 0
    assert ask(*NEW, "--outcome", "Know tea", "--criterion", "1.1 Otherwise").code == 3


def test_without_a_terminal_what_is_missing_is_refused_by_its_options(ask: Ask, centre: Path) -> None:
    told = ask("unit", "new", "TEA-101", "--title", "Making Tea")
    assert told.code == 3
    assert "--outcome, --criterion" in told.err
    assert not (centre / "mark_sheets" / "units" / "TEA-101.md").exists()


@pytest.mark.parametrize(
    ("criteria", "why"),
    [
        (["Name it"], "does not begin with the number"),
        (["2.1 Name it"], "LO2, which has no title"),
        (["1.1 Name it", "1.1 Pour it"], "1.1 is there twice"),
        (["1.1 Hide <!-- it"], "MS123"),
    ],
)
def test_criteria_that_make_no_unit_are_refused_and_nothing_is_written(
    ask: Ask, centre: Path, criteria: list[str], why: str
) -> None:
    told = ask(*NEW, "--outcome", "Know tea", *(word for each in criteria for word in ("--criterion", each)))
    assert told.code in (2, 3)
    assert why in told.err
    assert not (centre / "mark_sheets" / "units" / "TEA-101.md").exists()


def test_at_a_terminal_a_unit_is_asked_for(ask: Ask, centre: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["Making Tea", "two", "2", "", "12", "", "Know tea", "Name three kinds", "1.2 Sort them", "", ""])
    monkeypatch.setattr("markterm.cli.units.new.at_a_terminal", lambda: True)
    monkeypatch.setattr("markterm.cli.units.asked.asked_line", lambda _: next(answers))
    assert ask("unit", "new", "TEA-101").code == 0
    sheet = (centre / "mark_sheets" / "units" / "TEA-101.md").read_text("utf-8")
    assert "level: 2\nglh: 12\n---" in sheet
    assert "- **1.1** Name three kinds\n- **1.2** Sort them\n" in sheet


def test_a_new_unit_begins_from_its_paper_with_what_the_paper_lacks(ask: Ask, centre: Path) -> None:
    told = ask("unit", "new", "8580-500", "--from", paper(centre, papers.MARK_SHEET), "--level", "5", "--credit", "5")
    assert told.code == 1
    sheet = (centre / "mark_sheets" / "units" / "8580-500.md").read_text("utf-8")
    assert "title: Keeping a tea room\nlevel: 5\ncredit: 5\n" in sheet
    assert "Not in the document: guided learning hours." in sheet


def test_a_graded_unit_is_written_so_that_it_can_be_marked_from(ask: Ask, centre: Path) -> None:
    words = (*NEW, "--outcome", "Know tea", "--criterion", "P1 Name it", "--criterion", "M1 Weigh it")
    assert "MS127" in ask(*words).err
    assert ask(*words, "--graded").code == 0
    assert "graded: yes" in (centre / "mark_sheets" / "units" / "TEA-101.md").read_text("utf-8")
    ask("unit", "import", paper(centre, papers.GRADED), "--code", "BTEC-3")
    assert "error" not in ask("check", str(centre / "mark_sheets" / "units" / "BTEC-3.md")).out


@pytest.mark.parametrize("code", ["README", "readme", "t-101"])
def test_a_code_that_is_no_name_for_its_sheet_gets_one_that_is_read_on_every_system(
    ask: Ask, centre: Path, code: str
) -> None:
    given = ("--title", "Making Tea", "--outcome", "Know tea", "--criterion", "1.1 Name three kinds of tea")
    assert ask("unit", "new", code, *given).code == 0
    read = load_folder(UNIT, centre / "mark_sheets").by_key
    assert [each.title for each in read.values() if each.code == code] == ["Making Tea"]
    names = [each.name.lower() for each in (centre / "mark_sheets" / "units").iterdir()]
    assert len(set(names)) == len(names)
    assert "readme.md" not in names


def test_a_specification_gives_staff_the_sheet_of_their_suite_and_no_second_one(ask: Ask, centre: Path) -> None:
    (centre / "award.txt").write_text(SPECIFICATION, "utf-8")
    assert ask("qualification", "import", "award.txt").code == 1
    (award,) = [each for each in (centre / "mark_sheets" / "qualifications").iterdir() if "Award" in each.read_text()]
    award.write_text(award.read_text("utf-8") + "\nOurs begin in autumn.\n", "utf-8")
    sheet = centre / "mark_sheets" / "competence" / "TEA-STAFF.md"
    text = sheet.read_text("utf-8")
    sheet.write_text(text.replace("TEA-STAFF", "TEA-ALL").replace("Has made tea", "Has poured tea"), "utf-8")
    told = ask("qualification", "import", "award.txt", "--dry-run", "--json").json
    assert [each["meets"] for each in told["sheets"][:2]] == ["is there, the same"] * 2
    refused = ask("qualification", "import", "award.txt")
    assert (refused.code, "TEA-ALL" in refused.err) == (3, True)
    assert [each.name for each in sheet.parent.iterdir()] == ["TEA-STAFF.md"]
