"""What is said of a badge that somebody showed: by its signature, and by the records of the centre."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from markterm.domain.words.foreign_text import one_line

if TYPE_CHECKING:
    from markterm.centre.badges import ListedBadge
    from markterm.exports.badge.credential import BadgeChecked


def shown_badge_told(badge: BadgeChecked, known: ListedBadge | None, not_asked: str = "") -> Iterator[str]:
    """Line by line what a badge comes to: `known` is what the records hold of it, `not_asked` why nobody could ask
    them."""
    if badge.fault:
        yield f"Not proved: {badge.fault}."
        return
    from markterm.domain.record.signing_keys import name_of_key  # Nobody looks at a key where nothing is proved.

    yield f"Signed, and nothing in it was changed, with key {name_of_key(badge.public)}."
    yield one_line(f"{badge.name}: achieved by {badge.learner}, issued by {badge.issuer} on {badge.valid_from[:10]}.")
    if known is not None:
        told = f"! {known.why}." if known.fault else f"{'! ' if known.asks else ''}{known.standing.in_words}"
        yield one_line(f"Of {known.learner} {known.unit.code} here. {told}")
    elif not_asked:
        yield one_line(f"Not known here. The records of a centre were not asked: {not_asked}")
        yield "Ask the centre whether the key is theirs, and whether the badge was revoked since."
    else:
        yield "! Not known here: no record of this centre holds it."
