"""Browsers in which members signed in before: whose they are known for, and for how long."""

from __future__ import annotations

import hmac

import pytest

from markterm.web.known_browsers import KnownBrowsers

MARKS = {"asha": "hash of hers", "ben": "hash of his"}


def known(**marks: str) -> KnownBrowsers:
    return KnownBrowsers(lambda member: {**MARKS, **marks}.get(member, ""))


def test_a_browser_is_known_for_whoever_signed_in_there_and_nobody_else() -> None:
    kept = known().with_one_more("", "asha")
    assert known().name_in(kept, "asha")
    assert known().name_in(kept, "ben") == ""
    both = known().with_one_more(kept, "ben")
    assert known().name_in(both, "asha") == known().name_in(kept, "asha")
    assert known().name_in(both, "ben")
    again = known().with_one_more(both, "asha")
    assert known().name_in(again, "asha") == known().name_in(kept, "asha")
    assert again.count("asha.") == again.count("ben.") == 1


def test_once_a_password_is_another_one_or_none_the_browser_is_not_known_for_it() -> None:
    kept = known().with_one_more("", "asha")
    assert known(asha="another hash").name_in(kept, "asha") == ""
    assert known(asha="").name_in(kept, "asha") == ""
    by_nothing = hmac.new(b"", b"asha name", "sha256").hexdigest()
    assert known(asha="").name_in(f"asha.name.{by_nothing}", "asha") == ""


@pytest.mark.parametrize(
    "kept", ["", "~", "asha..", "asha.name.signature", "a" * 100_000, "asha.n\u00e9.x", "asha.a.b.c"]
)
def test_what_nobody_signed_is_no_browser_of_anybody(kept: str) -> None:
    assert known().name_in(kept, "asha") == ""


def test_what_one_keeps_of_many_members_stays_small() -> None:
    everybody = {f"m{number}": "hash" for number in range(30)}
    browsers, kept = known(**everybody), ""
    for each in everybody:
        kept = browsers.with_one_more(kept, each)
    assert len(kept) < 1_000
    assert browsers.name_in(kept, "m29")
    assert browsers.name_in(kept, "m0") == ""
