"""Accounts that were reworded by hand are found by their prints and then word by word; other accounts are not."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from markterm.centre.stems import english_stems
from markterm.domain.texts.shared_passage import shared_passages
from markterm.domain.texts.texts_together import texts_together
from markterm.domain.texts.word_prints import MOST_PARTS, kept_prints
from markterm.domain.texts.words_of_text import WordReader
from tests.reworded_by_hand import OWN, Account, accounts


def found() -> Iterator[tuple[Account, Account]]:
    """The accounts that share a passage, each two of them."""
    every, reader = list(accounts()), WordReader(english_stems())
    words = [reader.read(each.text) for each in every]
    kept = [kept_prints(each.told()) for each in words]
    sharing = (
        (one * MOST_PARTS + kept[one][each], other * MOST_PARTS + kept[other][each])
        for one, other in combinations(range(len(every)), 2)
        for each in kept[one].keys() & kept[other].keys()
    )
    for one, other in texts_together(sharing)[0]:
        if shared_passages(words[one], words[other]):
            yield every[one], every[other]


def test_of_thirty_two_accounts_that_were_reworded_by_hand_thirty_are_found_and_of_others_none() -> None:
    pairs = list(found())
    assert len([other for one, other in pairs if not one.how and other.is_taken]) >= 30
    assert all(one.subject == other.subject and OWN not in (one.how, other.how) for one, other in pairs)
