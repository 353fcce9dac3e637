"""Samples are shared among those who may look at them."""

from __future__ import annotations

from markterm.domain.sampling.sharing import shared


def test_everybody_gets_about_as_many() -> None:
    theirs, nobody = shared(range(10), ["vera", "ivan", "uma"], lambda _who, _what: "")
    assert sorted(list(theirs.values()).count(each) for each in ("vera", "ivan", "uma")) == [3, 3, 4]
    assert not nobody


def test_nobody_gets_what_they_may_not_look_at() -> None:
    def may_not(who: str, what: int) -> str:
        return f"{who} decided it" if (who == "vera") is (what % 2 == 0) else ""

    theirs, nobody = shared(range(6), ["vera", "ivan"], may_not)
    assert theirs == {0: "ivan", 1: "vera", 2: "ivan", 3: "vera", 4: "ivan", 5: "vera"}
    assert not nobody


def test_who_has_more_already_gets_fewer() -> None:
    theirs, _ = shared(range(4), ["vera", "ivan"], lambda _who, _what: "", {"vera": 4})
    assert set(theirs.values()) == {"ivan"}


def test_what_nobody_may_look_at_says_why() -> None:
    theirs, nobody = shared(["x"], ["vera"], lambda who, _what: f"{who} decided criteria of it")
    assert not theirs
    assert nobody == {"x": "vera decided criteria of it"}
    assert shared(["x"], [], lambda _who, _what: "")[1] == {"x": "the centre has no verifier"}
