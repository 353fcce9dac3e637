"""Who looks at which sample: somebody who may, and everybody about as many."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TypeVar

Key = TypeVar("Key")


def shared(
    samples: Iterable[Key],
    verifiers: Collection[str],
    may_not: Callable[[str, Key], str],
    has_already: Mapping[str, int] | None = None,
) -> tuple[dict[Key, str], dict[Key, str]]:
    """For each sample its verifier, and for each that nobody may verify the sentence that says so.

    `may_not` says why somebody may not verify a sample, or nothing; `has_already` counts what each has to look at.
    Samples of which fewer may look at come first, so that what only one can do is theirs; among equals the verifier
    with the fewest, then the first by id.
    """
    load = {each: (has_already or {}).get(each, 0) for each in sorted(verifiers)}
    nobody: dict[Key, str] = {}
    may: list[tuple[int, int, Key, list[str]]] = []
    for number, sample in enumerate(samples):
        refusals = {each: may_not(each, sample) for each in load}
        able = [each for each, why in refusals.items() if not why]
        if able:
            may.append((len(able), number, sample, able))
        else:
            nobody[sample] = "; ".join(dict.fromkeys(refusals.values())) or "the centre has no verifier"
    theirs: dict[Key, str] = {}
    for _, _, sample, able in sorted(may, key=lambda each: each[:2]):
        theirs[sample] = verifier = min(able, key=lambda each: (load[each], each))
        load[verifier] += 1
    return theirs, nobody
