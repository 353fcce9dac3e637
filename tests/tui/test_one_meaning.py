"""No letter means two things on one screen: what may share a key was looked through, and stands here."""

from __future__ import annotations

from markterm.tui.command import keys_together

LOOKED_THROUGH: dict[str, set[tuple[str, ...]]] = {}


def test_no_letter_has_two_meanings_on_one_screen() -> None:
    shared: dict[str, set[tuple[str, ...]]] = {}
    for together in keys_together():
        meanings: dict[str, set[str]] = {}
        for binding in together:
            for key in binding.key.split(","):
                meanings.setdefault(key, set()).add(str(binding.id))
        for key, names in meanings.items():
            if len(key) == 1 and len(names) > 1:
                shared.setdefault(key, set()).add(tuple(sorted(names)))
    assert shared == LOOKED_THROUGH
