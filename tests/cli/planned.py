"""A plan of the tiny centre, for tests of what is done with one."""

from __future__ import annotations

from typing import Any

from tests.cli.conftest import Ask

DAYS = ("--from", "2020-01-01", "--until", "2099-12-31")


def adopted(ask: Ask) -> list[dict[str, Any]]:
    """The samples, once they are adopted."""
    answer = ask("plan", *DAYS, "--adopt", "--json", "--as", "ines")
    assert answer.code == 0, answer.err
    samples: list[dict[str, Any]] = answer.json["samples"]
    return samples


def not_in_it(ask: Ask) -> tuple[str, str]:
    """A unit that is in no sample."""
    samples = {(each["registration"], each["unit"]) for each in ask("plan", "--json").json["samples"]}
    every = [(learner, unit) for learner in ("AAA1", "BBB2", "CCC3") for unit in ("T-101", "T-102")]
    return next(key for key in every if key not in samples)
