"""`markterm badge verify`: is that badge what was signed, and what does the centre say of it?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from markterm.centre.badge_told import shown_badge_told
from markterm.cli.everybody import everybody
from markterm.cli.output import say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.claims.badges import BadgeState
from markterm.domain.words.errors import MarkTermError
from markterm.exports.plain.badge import badge_as_json, checked_as_json

if TYPE_CHECKING:
    from markterm.centre.badges import ListedBadge
    from markterm.exports.badge.credential import BadgeChecked

_DOES_NOT_STAND = 1
_NOT_PROVED = 4


@click.command("verify", cls=Command)
@click.argument("file", type=click.Path(path_type=Path))
@pass_session
def command(session: Session, file: Path) -> int:
    """Check a badge by its signature, and ask the records of the centre whether it stands.

    The signature says whether anything was changed in it, and by which key it was signed: for that no centre and no
    network is needed. Where a centre is open, its records say whether it stands, is to be revoked or was revoked; "not
    known here" means that they do not hold it, or that there is no centre. Ends with 4 when it proves nothing, and
    with 1 when it does not stand any more or the centre does not know it.

    \b
    Examples:
      markterm badge verify rosalind.json
    """
    from markterm.centre.badges import check_badge  # Only whoever has a badge needs it.

    badge = check_badge(file)
    known, unread = (None, "") if badge.fault else _known(session, badge)
    if session.as_json:
        here = badge_as_json(known.learner, known.unit, known.standing, known.fault) if known is not None else None
        say_json({**checked_as_json(badge), "known_here": here, "not_asked": unread or None})
    else:
        for line in shown_badge_told(badge, known, unread):
            say(line)
    if badge.fault:
        return _NOT_PROVED
    stands = known is not None and known.standing.state is BadgeState.ISSUED and not known.fault
    return 0 if stands or unread else _DOES_NOT_STAND


def _known(session: Session, badge: BadgeChecked) -> tuple[ListedBadge | None, str]:
    """What the records of the centre say of it, and why nobody could ask them."""
    from markterm.centre.badges import with_badges

    try:
        centre = session.centre()
        return centre.badges.known(badge, with_badges(everybody(centre))), ""
    except MarkTermError as error:
        return None, f"{error.title}: {error.what}"
