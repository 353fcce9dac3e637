"""Passages that two texts share: what is one, which words of it are marked, and what never counts."""

from __future__ import annotations

import pytest

from markterm.domain.texts.quoted import is_quoted, source_of_both, sources_at
from markterm.domain.texts.shared_passage import SharedPassage, shared_passages
from markterm.domain.texts.word_prints import kept_prints, shared_prints
from markterm.domain.texts.words_of_text import WordReader, WordsOfText
from markterm.domain.words.foreign_text import clean

TAKEN = (
    "The foreman postponed our meeting twice because the boiler in the depot had failed, and I rehearsed the awkward "
    "question about overtime with a trainee who laughed at my metaphor of the leaking bucket."
)
ONE = f"In March I began with three clients from the bakery. {TAKEN} Afterwards we went home by tram."
OTHER = f"Nobody had warned me of the noise. {TAKEN} My own plan was finished by Easter, and I kept it."
OWN_WORDS = ("In March I began with three clients from the bakery.", "Nobody had warned me of the noise.")


def read(text: str) -> WordsOfText:
    return WordReader(str).read(clean(text).text)


def shared(one: str, other: str) -> tuple[SharedPassage, ...]:
    return shared_passages(read(one), read(other))


def words_of(text: str, numbers: tuple[int, ...]) -> str:
    cleaned = clean(text).text
    words = WordReader(str).read(cleaned)
    return " ".join(cleaned[words.starts[number] : words.ends[number]] for number in numbers)


def test_what_both_have_is_one_passage_with_every_word_of_it_marked() -> None:
    (passage,) = shared(ONE, OTHER)
    assert words_of(ONE, passage.marked_one) == TAKEN.replace(",", "").removesuffix(".")
    assert words_of(OTHER, passage.marked_other) == words_of(ONE, passage.marked_one)
    assert passage.longest == passage.words


def test_two_who_write_of_the_same_in_their_own_words_share_no_passage() -> None:
    mine = "I met my client in the canteen, and we agreed on goals that she could measure by the end of the month."
    theirs = "Goals were set when we sat down with coffee; my client chose what to measure, and I wrote it up in May."
    assert shared(mine, theirs) == ()


@pytest.mark.parametrize(
    "disguised",
    [
        TAKEN.upper(),
        TAKEN.replace("e", "\u0435").replace("o", "\u043e"),
        TAKEN.replace("er", "e\u200br"),
        TAKEN.replace(" the ", " **the** ").replace(", ", " \u2013 "),
        TAKEN.replace(" ", "\n"),
        TAKEN.replace("o", "o\u0336"),
        TAKEN.replace(" ", "\u200b"),
        "   ".join(" ".join(word) for word in TAKEN.split()),
        TAKEN.replace("o", "0").replace("e", "3"),
        TAKEN.replace("meeting", "meet-\ning").replace("trainee", "trai-\n  nee"),
        TAKEN[::-1],
        "\u202e" + TAKEN[::-1],
        TAKEN.replace("fi", "\ufb01").replace("overtime", "over\u00adtime"),
        TAKEN.translate(str.maketrans("aceopxy", "\u0430\u0441\u0435\u043e\u0440\u0445\u0443")),
    ],
    ids=[
        "capitals",
        "letters of another alphabet",
        "signs without width",
        "marks",
        "lines",
        "struck through",
        "joined by signs without width",
        "spaces between letters",
        "digits for letters",
        "parted at ends of lines",
        "backwards",
        "backwards and turned round by a sign",
        "joined letters and soft hyphens",
        "words of another alphabet alone",
    ],
)
def test_a_copy_is_found_however_it_is_disguised(disguised: str) -> None:
    (passage,) = shared(ONE, OTHER.replace(TAKEN, disguised))
    assert passage.telling >= 15


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        (TAKEN, 0),
        ("Łukasz wrote to Zoé of the café in Łódź, e\u0301crit à la main: Привет, река. MTC01 and 2nd of B2.", 0),
        (TAKEN.replace("o", "\u043e"), sum("o" in word for word in TAKEN.split())),
        ("i\u200bn a w\u200bay", 2),
        ("   ".join(" ".join(word) for word in TAKEN.split() if len(word) > 3), sum(len(w) > 3 for w in TAKEN.split())),
        (TAKEN[::-1], len(TAKEN.split())),
        ("The words dna and eht are known as ym examples, and that is all of it for the lesson from my book.", 0),
    ],
    ids=["as it is", "other languages", "another alphabet", "without width", "spaced", "backwards", "two words of it"],
)
def test_words_are_odd_that_nobody_writes_so_by_accident(text: str, odd: int) -> None:
    assert read(text).odd == odd


def test_where_no_spaces_are_written_a_copy_with_another_word_in_each_sentence_is_found_by_its_characters() -> None:
    written = "辅导之前，我在卡片上写了三个问题，并答应自己在她说完之前不问第四个。仓库里很冷，暖气从星期二起就坏了。"
    reworded = written.replace("三个", "五个").replace("仓库", "车间").replace("，", " ")
    own = "第一次见面时我说得太多，第二次我只听。她画了一张图，上面有六个圆圈，每个圆圈是一个同事。"
    (passage,) = shared(f"{own}{written}", f"我从书店开始。{reworded}")
    marked = words_of(f"{own}{written}", passage.marked_one)
    assert "问 题" in marked
    assert "三" not in marked.split()
    assert shared(written, own) == ()
    # As few words as any two learners share, and as many characters as would be words.
    assert shared(f"{own}我在卡片上写了三个问题并答应自己", f"我从书店开始。{written}") == ()


def test_words_that_were_replaced_are_not_marked_and_those_around_them_are() -> None:
    changed = TAKEN.replace("awkward", "simple").replace("twice ", "")
    (passage,) = shared(ONE, OTHER.replace(TAKEN, changed))
    marked = words_of(ONE, passage.marked_one).split()
    assert "awkward" not in marked
    assert "twice" not in marked
    assert {"rehearsed", "question", "bucket"} <= set(marked)


def test_what_was_given_is_no_part_of_a_passage_and_splits_none_from_what_was_not() -> None:
    given = kept_prints(read(TAKEN).told())
    assert shared_passages(read(ONE), read(OTHER), given.keys()) == ()


def test_the_same_few_words_again_and_again_are_no_passage() -> None:
    row = "handed in on paper with the assessor. " * 12
    assert shared(f"My list. {row}", f"Another list. {row}") == ()


def test_a_flood_of_small_words_holds_nothing_up_and_hides_nothing() -> None:
    flooded = TAKEN.replace(" depot ", f" {'the ' * 50_000} depot ")
    (passage,) = shared(f"Mine. {flooded}", f"Another. {flooded}")
    assert "bucket" in words_of(f"Mine. {flooded}", passage.marked_one)


def test_who_names_the_same_address_shares_no_words_by_that() -> None:
    address = "https://example.org/a-long/address/of-many/words/about/coaching/and/mentoring/of/others/today/again"
    assert read(f"See {address} there").keys == read("See there").keys


def test_who_names_the_same_laws_and_books_shares_no_words_by_that() -> None:
    laws = (
        "I kept to the Health and Safety at Work etc. Act 1974, the Manual Handling Operations Regulations 1992, the "
        "Control of Substances Hazardous to Health Regulations 2002, the Provision and Use of Work Equipment "
        "Regulations 1998 and the Personal Protective Equipment at Work Regulations (1992)."
    )
    books = (
        "Whitmore, J. (2009) Coaching for Performance: growing human potential and purpose. London: Nicholas Brealey.\n"
        "- Starr, J. (2016) The Coaching Manual: the definitive guide to the process and skills of personal coaching.\n"
    )
    assert shared(f"{OWN_WORDS[0]} {laws}", f"{laws} {OWN_WORDS[1]}") == ()
    assert shared(f"{OWN_WORDS[0]}\n\n{books}", f"{OWN_WORDS[1]}\n\n{books}") == ()


NOTICE = (
    "This email and any attachments are confidential and intended solely for the person to whom they are addressed. "
    "Whoever receives it in error should notify the sender immediately and delete every copy from their system."
)
DECLARATION = (
    "I declare that all the work in this portfolio is my own, that I have acknowledged each source, and that "
    "plagiarism may lead to my registration being withdrawn and every certificate refused"
)
REFERENCES = """References
Department of Health (2014) Care and support: statutory guidance for everybody who plans services. London: DH.
Skills for Care (2016) Code of conduct for healthcare support workers and social care workers. Leeds: Skills for Care.
Available at: https://www.example.org/code and in every public library of the county (Accessed: 4 March 2026).
Tuckman (1965) Developmental sequence in small groups of adults. Psychological Bulletin, 63(6), pp. 384-399."""
HEAD = """| Header | Value |
| --- | --- |
| From | Pauline Ames <p.ames@care.example.org> |
| To | Everybody on the second floor, Night team, Kitchen, Laundry, Office |
| Subject | Refresher of moving and handling, Thursday at noon in the chapel |
"""


@pytest.mark.parametrize("given", [NOTICE, DECLARATION, REFERENCES, HEAD], ids=["notice", "declared", "list", "head"])
def test_what_is_nobodys_wording_is_no_passage_and_what_stands_around_it_is(given: str) -> None:
    assert shared(f"{OWN_WORDS[0]}\n\n{given}\n\nMine.", f"{OWN_WORDS[1]}\n\n{given}\n\nTheirs.") == ()
    (passage,) = shared(f"{given}\n\n{ONE}", f"{given}\n\n{OTHER}")
    assert (
        words_of(ONE, tuple(range(len(read(ONE).keys)))).count(words_of(f"{given}\n\n{ONE}", passage.marked_one)) == 1
    )


TELLS = ("Tuckman (1965) says", "I confirm", "This message on the board has it", "If you have received a scald, know")


@pytest.mark.parametrize("begins", TELLS)
def test_what_a_learner_tells_is_their_wording_however_it_begins(begins: str) -> None:
    told = f"{begins} that {TAKEN.lower()}"
    assert shared(f"{OWN_WORDS[0]}\n\n{told}", f"{OWN_WORDS[1]}\n\n{told}")


def test_of_prints_two_texts_keep_the_same_ones_wherever_a_passage_stands_in_them() -> None:
    row = [f"word{number}" for number in range(40)]
    alone = kept_prints(row).keys()
    assert len(alone) > 20
    assert alone <= kept_prints([*"abcdefgh", *row, *"ijkl"]).keys()
    assert alone <= kept_prints([*"mnopqrstu", *row]).keys()


def test_a_print_is_the_same_on_every_machine_and_day_and_in_whatever_order_the_words_stand() -> None:
    mine, theirs = shared_prints(["plan", "do", "review"], ["again", "review", "plan", "do"])
    assert mine == {414921745900213356: [(0, 1, 2)]}
    assert theirs == {414921745900213356: [(1, 2, 3)]}


def row(name: str, number: int) -> str:
    """So many different words that no other row has."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    return " ".join(f"{name}{letters[place // 26]}{letters[place % 26]}" for place in range(number))


@pytest.mark.parametrize(("number", "passages"), [(11, 0), (12, 1)])
def test_twelve_different_words_are_shared_at_least(number: int, passages: int) -> None:
    assert len(shared(f"mine {row('same', number)} own", f"theirs {row('same', number)} else")) == passages


@pytest.mark.parametrize(("between", "passages"), [(10, 1), (11, 0)])
def test_every_third_word_of_a_passage_is_the_same_at_least(between: int, passages: int) -> None:
    mine, theirs = (
        " ".join(f"{row(f'same{part}x', 4)} {row(f'{whose}{part}x', between)}" for part in "abcd")
        for whose in ("mine", "theirs")
    )
    assert len(shared(mine, theirs)) == passages


@pytest.mark.parametrize(
    ("rows", "passages"), [((3, 3, 3, 3, 3), 0), ((3, 3, 3, 3, 3, 1), 1), ((4, 4, 4), 1), ((3, 3, 3, 3), 0)]
)
def test_of_turns_of_phrase_that_both_have_there_are_more_before_they_are_a_passage(
    rows: tuple[int, ...], passages: int
) -> None:
    mine, theirs = (
        " ".join(f"{row(f'same{part}x', number)} {whose}{part}x" for part, number in enumerate(rows))
        for whose in ("mine", "theirs")
    )
    assert len(shared(mine, theirs)) == passages


@pytest.mark.parametrize(("between", "passages"), [(11, 1), (12, 0)])
def test_words_far_from_the_others_are_of_another_passage(between: int, passages: int) -> None:
    mine, theirs = (f"{row('samea', 6)} {row(whose, between)} {row('sameb', 6)}" for whose in ("mine", "theirs"))
    assert len(shared(mine, theirs)) == passages


@pytest.mark.parametrize(("between", "words"), [(59, [60]), (60, [30, 30])])
def test_a_sentence_that_was_moved_is_of_its_passage_as_far_as_people_move_one(between: int, words: list[int]) -> None:
    mine = f"{row('samea', 30)} {row('sameb', 30)}"
    theirs = f"{row('sameb', 30)} {row('own', between)} {row('samea', 30)}"
    assert [each.words for each in shared(mine, theirs)] == words


@pytest.mark.parametrize(("moved", "words"), [(4, 30), (5, 35)])
def test_a_few_words_that_stand_elsewhere_are_no_part_of_a_passage(moved: int, words: int) -> None:
    mine = f"{row('samea', 30)} {row('sameb', moved)}"
    theirs = f"{row('sameb', moved)} {row('own', 20)} {row('samea', 30)}"
    (passage,) = shared(mine, theirs)
    assert passage.words == words


@pytest.mark.parametrize(("times", "passages"), [(6, 1), (7, 0)])
def test_what_a_text_says_again_and_again_leads_to_no_passage(times: int, passages: int) -> None:
    said = " ".join(f"{row('same', 14)} {row(f'own{chr(97 + each)}', 9)}" for each in range(times))
    assert len(shared(row("same", 14), said)) == passages


def test_one_print_that_was_given_takes_no_word_out_of_a_passage_and_two_do() -> None:
    text = row("same", 30)
    prints = sorted(shared_prints(text.split(), text.split())[0].items(), key=lambda each: each[1])
    one = shared_passages(read(text), read(text), {prints[0][0]})
    two = shared_passages(read(text), read(text), {each for each, _ in prints[:2]})
    assert one[0].words == 30
    assert two[0].words < 30


def test_a_whole_text_that_was_copied_is_one_passage_however_long() -> None:
    text = " ".join(row(f"part{part}x", 600) for part in "abcd")
    (passage,) = shared(text, f"Own words. {text}")
    assert passage.words == passage.longest == 2_400


def test_what_stands_between_quotation_marks_or_as_a_block_is_quoted() -> None:
    quoted = f"As it is said, “{TAKEN}” (Whitmore, 2009)."
    start = quoted.index(TAKEN)
    assert is_quoted(quoted, start, start + len(TAKEN))
    assert sources_at(quoted, start, start + len(TAKEN)) == ("Whitmore 2009",)
    block = f"It is said:\n\n> {TAKEN}\n\nand so on"
    start = block.index(TAKEN)
    assert is_quoted(block, start, start + len(TAKEN))
    dated = f"{TAKEN} That was in March 2026."
    assert sources_at(dated, 0, len(TAKEN)) == ()
    start = ONE.index(TAKEN)
    assert not is_quoted(ONE, start, start + len(TAKEN))
    assert sources_at(ONE, start, start + len(TAKEN)) == ()


def test_whom_both_name_is_one_source_whatever_stands_before_the_name() -> None:
    mine = sources_at("As the Department of Health (2014) and the Health and Safety at Work etc. Act 1974 say.", 0, 60)
    theirs = sources_at(
        "See Department of Health, 2014, and May 2014. The Health and Safety at Work etc. Act 1974", 0, 60
    )
    assert source_of_both(mine[1:], theirs) == "Department of Health 2014"
    assert source_of_both(mine[:1], theirs) == "Health and Safety at Work etc. Act 1974"
    assert source_of_both(mine, ("Children Act 1974", "May 2014", "Whitmore 2009")) == ""
