"""`markterm badge verify`: is that badge what was signed?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from markterm.cli.output import say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.badge import checked_as_json

if TYPE_CHECKING:
    from markterm.exports.badge.credential import BadgeChecked

_NOT_PROVED = 4


@click.command("verify", cls=Command)
@click.argument("file", type=click.Path(path_type=Path))
@pass_session
def command(session: Session, file: Path) -> int:
    """Check a badge by its signature alone: no centre and no network is needed.

    It says whether the signature is over what the badge says, and by which key. Whose key that is, and whether the
    badge was revoked since, the centre says. Ends with 4 when it proves nothing.

    \b
    Examples:
      markterm badge verify rosalind.json
    """
    from markterm.centre.badges import check_badge  # Only whoever has a badge needs it.

    badge = check_badge(file)
    if session.as_json:
        say_json(checked_as_json(badge))
    else:
        for line in _lines(badge):
            say(one_line(line))
    return _NOT_PROVED if badge.fault else 0


def _lines(badge: BadgeChecked) -> Iterator[str]:
    if badge.fault:
        yield f"Not proved: {badge.fault}."
        return
    from markterm.domain.record.signing_keys import name_of_key

    yield f"Signed, and nothing in it was changed, with key {name_of_key(badge.public)}."
    yield f"{badge.name}: achieved by {badge.learner}, issued by {badge.issuer} on {badge.valid_from[:10]}."
    yield "Ask the centre whether the key is theirs, and whether the badge was revoked since."
