"""Suites with their functional map, as they are published: which standard meets which function, and what is told."""

from __future__ import annotations

from markterm.domain.standards.published.nos import read_nos
from markterm.domain.texts.marked_lines import lines_of_marked
from markterm.domain.texts.printed_lines import lines_of
from tests.domain.standards.made_published import TEA, both, cells, plain, told

MAP = """
## Key purpose

The key purpose of making tea is:

To refresh people.

Tea is old.

## Functional map to NOS links

| Functional Area | Function | NOS Ref | Relevant NOS title |
| --- | --- | --- | --- |
| A. Serve tea | A1. Pour for guests | TM01 | Make tea for one |
|  |  | TM02 | Clear the table |
|  | A2. Clear up | TM02 | Clear the table |
| B. Brew tea | B1. Boil water | TM01 | Make tea for one |
|  |  | TM03 | Sit down |

Developed by The Tea Board

Original URN KTLTM00

Suite Making Tea
"""


def test_a_functional_map_in_the_rows_of_a_table_is_read_along_them() -> None:
    suite = read_nos(lines_of_marked(MAP + both(cells))).suites[0]
    assert {each.code: each.standards for each in suite.functions} == {
        "A1": ("KTLTM01", "KTLTM02"),
        "A2": ("KTLTM02",),
        "B1": ("KTLTM01", "KTLTM03"),
    }
    assert suite.key_purpose == "To refresh people."


def test_the_suites_that_a_diagram_names_are_read_and_told() -> None:
    named = "## Links to other NOS\n\nOther suites have been identified.\n\nBaking\n\nWashing\nup\n\n"
    named += "## External links\n\nA board\n\n"
    published = read_nos(lines_of_marked(MAP.replace("## Functional", f"{named}## Functional") + both(cells)))
    assert published.suites[0].links == ("Baking", "Washing up")
    assert "The suites that it names were read from a diagram: Baking, Washing up." in told(published)
    assert "The external links are in the document alone, and not in the sheet." in told(published)


def test_a_standard_of_the_map_that_is_not_in_the_document_is_told() -> None:
    assert "The functional map names KTLTM03, which is not in the document." in told(
        read_nos(lines_of_marked(MAP + both(cells)))
    )


def test_two_suites_in_one_document_stay_apart() -> None:
    one = " Suite Overview\n\nThose who make tea.\n" + MAP.replace("## ", " ") + plain(*TEA)
    text = one + one.replace("KTL", "ABC").replace("refresh", "feed")
    published = read_nos(lines_of_marked(text))
    assert [suite.code for suite in published.suites] == ["KTLTM", "ABCTM"]
    assert [suite.key_purpose for suite in published.suites] == ["To refresh people.", "To feed people."]
    assert [(each.code, each.suite) for each in published.standards] == [("KTLTM01", "KTLTM"), ("ABCTM01", "ABCTM")]
    assert all(suite.links_of_functions == 5 for suite in published.suites)


def test_a_standard_that_may_meet_one_function_or_the_next_is_told() -> None:
    rows = "A1. Pour TM03 Sit down\n\nTM02 Clear the table\n\nA2. Clear the hall TM06 Go home\n"
    text = f" Functional Map to NOS links:\n{rows} Developed by X\n{plain(*TEA)}"
    assert "TM02 may meet A1 or A2: look at the functional map." in told(read_nos(lines_of(text)))


def test_a_standard_whose_place_in_the_map_cannot_be_told_gets_a_code_that_nobody_takes_for_a_real_one() -> None:
    nameless = plain("", "", ("sit",), ("why",)).replace("Original URN \n", "")
    published = read_nos(lines_of_marked(MAP + nameless))
    assert [each.code for each in published.standards] == ["UNNAMED1"]
    assert "UNNAMED1 has no reference of its own" in told(published)


def test_a_title_that_the_map_gives_otherwise_stands_as_it_is_on_both() -> None:
    published = read_nos(lines_of_marked(MAP.replace("Make tea for one", "Make a tea") + both(cells)))
    assert published.standards[0].title == "Make tea for one"
    assert published.suites[0].standards[0].title == "Make a tea"
    assert "KTLTM01 is called `Make tea for one`, and also `Make a tea`." in published.standards[0].to_check


def test_a_function_that_is_named_again_over_a_page_stands_once_and_is_told() -> None:
    rows = "A1. Pour TM03 Sit down\nA1. Pour TM02 Clear the table\nA2. Clear the hall TM06 Go home\n"
    published = read_nos(lines_of(f" Functional Map to NOS links:\n{rows} Developed by X\n{plain(*TEA)}"))
    assert [each.code for each in published.suites[0].functions] == ["A1", "A2"]
    assert "A1 stands in the functional map twice: look what meets it." in told(published)


def test_the_rows_of_a_table_are_read_downwards_however_they_lie_around_a_title() -> None:
    rows = "|  |  | TM02 | Clear the table |\n|  |  | TM04 | Wash up |\n|  |  | TM05 | Rest |\n|  |  | TM06 | Sing |\n"
    text = MAP.replace("|  |  | TM02 | Clear the table |\n", rows)
    functions = read_nos(lines_of_marked(text + both(cells))).suites[0].functions
    assert functions[0].standards == ("KTLTM01", "KTLTM02", "KTLTM04", "KTLTM05", "KTLTM06")
    assert functions[1].standards == ("KTLTM02",)


def _standards(*codes: str) -> str:
    return "\n".join(plain(code, f"Tea {code[-1]}", ("sit",), ("why",)) for code in codes)


def test_half_a_suite_without_an_overview_is_told_where_its_numbers_leave_some_out() -> None:
    published = read_nos(lines_of(_standards("KTLTM01", "KTLTM02", "KTLTM04", "KTLTM09")))
    said = {each.code: each.to_check for each in published.standards}
    one = "KTLTM04: the standard between KTLTM02 and it is not in the document, if there is one."
    several = "KTLTM09: 4 standards between KTLTM04 and it are not in the document, if there are any."
    assert (said["KTLTM01"], said["KTLTM04"], said["KTLTM09"]) == ((), (one,), (several,))
    assert one in told(published)


def test_what_an_overview_names_and_the_document_does_not_have_stands_in_the_sheet_of_the_suite() -> None:
    overview = " Suite Overview\n\nIt has KTL TM01 Make tea, KTLTM02 Clear up\nand KTLTM03 Sit down.\n"
    text = overview + MAP.replace("## ", " ").split("Functional map")[0] + " Developed by X\n" + _standards("KTLTM01")
    (suite,) = read_nos(lines_of(text)).suites
    assert [each for each in suite.to_check if "names" in each] == [
        "The overview names KTLTM02, KTLTM03, which are not in the document."
    ]


def test_a_standard_that_does_not_say_its_code_may_be_the_one_that_seems_to_be_missing() -> None:
    nameless = plain("", "", ("sit",), ("why",)).replace("Original URN \n", "")
    published = read_nos(lines_of(_standards("KTLTM01") + nameless + _standards("KTLTM03")))
    assert [each.code for each in published.standards] == ["KTLTM01", "UNNAMED2", "KTLTM03"]
    assert "between" not in told(published)


def test_a_standard_of_other_letters_is_not_taken_for_one_of_the_suite() -> None:
    published = read_nos(lines_of_marked(MAP + both(cells) + cells("ABCTM07", "Sing", ("sing",), ("why",))))
    assert "ABCTM07" not in published.suites[0].codes
    assert [each.suite for each in published.standards] == ["KTLTM", "KTLTM", ""]
    assert (
        "ABCTM07: of another suite than KTLTM, by the letters. Look whether it is so." in published.suites[0].to_check
    )


def test_a_suite_without_a_key_purpose_is_told() -> None:
    text = MAP[: MAP.index("## Key")] + MAP[MAP.index("## Functional") :]
    assert "The document gives no key purpose of KTLTM." in told(read_nos(lines_of_marked(text + both(cells))))
    assert "no key purpose" not in told(read_nos(lines_of_marked(MAP + both(cells))))


def test_a_suite_in_welsh_is_read_as_one_in_english() -> None:
    text = MAP
    for english, welsh in (
        ("## Key purpose", "## Pwrpas allweddol"),
        ("The key purpose of making tea is:", "Pwrpas allweddol gwneud te yw:"),
        ("Functional map to NOS links", "Map swyddogaethol"),
        (
            "| Functional Area | Function | NOS Ref | Relevant NOS title |",
            "| Maes swyddogaethol | Swyddogaeth | Cyf | |",
        ),
        ("Developed by", "Datblygwyd gan"),
        ("Original URN", "URN gwreiddiol"),
        ("Suite Making", "Cyfres Making"),
    ):
        assert english in text
        text = text.replace(english, welsh)
    one, other = (read_nos(lines_of_marked(each + both(cells))) for each in (MAP, text))
    assert other.suites[0].areas == one.suites[0].areas
    assert other.suites[0].key_purpose == "To refresh people."
    assert "The functional map names KTLTM03, which is not in the document." in told(other)
