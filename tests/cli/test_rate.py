"""How closely assessors are looked at."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.cli.conftest import Ask

TOMORROW = date.today() + timedelta(days=1)
OWN = ("rate", "asha", "101", "green", "--reason", "Ten years of tea.", "--until", str(TOMORROW))

pytestmark = pytest.mark.usefixtures("centre")


def test_every_assessor_who_decided_something_is_rated_with_grounds_and_points(ask: Ask) -> None:
    assert ask("rate").out == "Nothing was decided yet.\n"
    ask("mark", "AAA1", "101", "1.1", "pass", "--as", "asha")
    assert ask("rate").out == (
        "asha Asha Patel, T-101: ‼ red, 5 points\n"
        "  1 decisions in the unit: fewer than 10 (3 points)\n"
        "  never took part in a standardisation (2 points)\n"
    )
    assert ask("rate", "ben").out == "Nothing was decided yet.\n"
    assert ask("rate", "asha", "102", "--json").json == []
    assert ask("rate", "nobody").code == 2


def test_a_verifier_says_it_in_place_of_the_points_up_to_a_day(ask: Ask) -> None:
    assert ask(*OWN, "--as", "ines").code == 0
    (told,) = ask("rate", "--json").json
    assert (told["risk"], told["points"], told["own"]["until"]) == ("green", 5, str(TOMORROW))
    assert f"ines set it until {TOMORROW}: Ten years of tea." in ask("rate", "asha").out


@pytest.mark.parametrize(
    ("words", "code", "title"),
    [
        ((*OWN, "--as", "asha"), 3, "Only a verifier rates"),
        (("rate", "ines", *OWN[2:], "--as", "ines"), 3, "Nobody rates themselves"),
        ((*OWN[:4], "--until", str(TOMORROW), "--as", "ines"), 3, "A rating of one's own needs a reason"),
        ((*OWN[:-1], "2020-01-01", "--as", "ines"), 3, "That day is over"),
        ((*OWN[:-1], "tomorrow", "--as", "ines"), 2, "Which day?"),
        (OWN[:-2], 2, "Until when?"),
        (("rate", "--reason", "x"), 2, "Which risk?"),
        (("rate", "nobody", *OWN[2:], "--as", "ines"), 2, "No such member"),
    ],
)
def test_what_makes_no_rating_is_refused_in_words(ask: Ask, words: tuple[str, ...], code: int, title: str) -> None:
    answer = ask(*words, "--json")
    assert (answer.code, answer.error["title"]) == (code, title)
