"""Five hundred names of downloads, labelled before there was anything that reads them: how many are sorted."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.domain.incoming.whose import OnRoll, Roll, Sureness

LABELLED = Path(__file__).parents[2] / "data" / "labelled_downloads"
NOBODYS, DOUBTFUL = "-", "-?"


def roll(learners: str) -> Roll:
    """The learners whom the names are about."""
    lines = (LABELLED / learners).read_text("utf-8").splitlines()[1:]
    rows = (line.split("\t") for line in lines)
    return Roll(
        OnRoll(registration, name, email, frozenset(filter(None, (number,))))
        for registration, name, email, number in rows
    )


@pytest.mark.parametrize(
    ("names", "learners", "begin"),
    [
        ("seen", "learners.tsv", "KLM48"),
        ("apart", "learners.tsv", "KLM48"),
        ("strangers", "strangers_learners.tsv", ""),
    ],
)
def test_no_name_is_sorted_wrongly_and_nearly_all_are_sure(names: str, learners: str, begin: str) -> None:
    known = roll(learners)
    lines = [line for line in (LABELLED / f"{names}.tsv").read_text("utf-8").splitlines() if not line.startswith("#")]
    wrong, unsure, sure = [], [], 0
    for label, path in (line.split("\t") for line in lines):
        found = known.whose(path)
        told = f"{label}  {path}: {found.sureness} {found.learners} {found.why}"
        if label == DOUBTFUL:
            wrong += [told] if found.sureness is Sureness.SURE else []
        elif label == NOBODYS:
            wrong += [told] if found.learner else []
        elif found.learner and found.learner != f"{begin}{label}":
            wrong.append(told)
        elif found.sureness is Sureness.SURE:
            sure += 1
        else:
            unsure.append(told)
    share = sure / (sure + len(unsure))
    print(f"\n{names}: {len(lines)} names, {len(wrong)} wrong, {sure} of {sure + len(unsure)} sure ({share:.1%})")  # noqa: T201  # the figure
    assert (wrong, share >= 0.95) == ([], True), "\n".join((*wrong, "", *unsure))
