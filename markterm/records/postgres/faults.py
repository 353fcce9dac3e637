"""What PostgreSQL says of a failure, in words for people: what happened, and what to do next."""

from __future__ import annotations

import re
from typing import NamedTuple

import psycopg

from markterm.domain.words.errors import MarkTermError, NotNow, NotSaved, Unreadable
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.hint import Hint, Way

_LONGEST_SAID = 300


class _Words(NamedTuple):
    title: str
    what: str
    next_step: str
    hint: Hint | None = None


_PREPARE = Hint(Way.PREPARE_STORE)
_ASK = "Ask whoever looks after the database"
_AGAIN = "Do it again in a moment. If that does not help: ask whoever looks after the database."
_BY_STATE = {
    "53100": _Words(
        "The database's disk is full",
        "It could not write anything more.",
        f"{_ASK} to free some space, then do it again.",
    ),
    "42501": _Words(
        "The database does not let you do that",
        "Its role for this centre lacks a right, or the rules of the record forbid it.",
        f"{_ASK} to prepare it for this role.",
        _PREPARE,
    ),
    "25006": _Words(
        "The database can only be read",
        "It stands by for another one, or was set to be read only.",
        f"{_ASK} which one is to be written to, and name that in centre.toml.",
    ),
    "3F000": _Words(
        "The database is not prepared",
        "It has no tables of MarkTerm.",
        f"{_ASK} to prepare it.",
        _PREPARE,
    ),
    "57P03": _Words(
        "The database is not ready",
        "Its server is just starting, or ending.",
        _AGAIN,
    ),
    "40001": _Words(
        "The database is too busy",
        "It took back what was asked again and again, so that what others do at the same moment could go on.",
        _AGAIN,
    ),
    "53000": _Words(
        "The database is too busy",
        "It could not be asked in time.",
        _AGAIN,
    ),
    "57014": _Words(
        "The database takes too long",
        "It did not answer in time.",
        _AGAIN,
    ),
    "53300": _Words(
        "The database has no free place",
        "As many are connected to it as it lets in.",
        f"Do it again in a moment. {_ASK} to let more in.",
    ),
    "28P01": _Words(
        "The database does not let you in",
        "The password is wrong, or there is none.",
        "Give it in the environment (PGPASSWORD), in a password file or in a service file: never in centre.toml.",
    ),
    "28000": _Words(
        "The database does not let you in",
        "It does not take you for that role, from here, in this way.",
        "By its socket most servers let in whoever has the role's own name on their machine: go there as that user, or "
        f"by the network (localhost) with a password. {_ASK}, where it lets in neither.",
    ),
    "28P02": _Words(
        "The database does not know this role",
        "The one that centre.toml names was not made yet, or is called otherwise.",
        f"{_ASK} to prepare it for this centre.",
        _PREPARE,
    ),
    "3D000": _Words(
        "There is no such database",
        "The server has none of that name.",
        "Correct the name in centre.toml, or make the database first.",
    ),
}
_SAME = {"42P01": "3F000", "55P03": "57014", "42883": "3F000", "57P05": "57014", "53400": "53300", "40P01": "40001"}
_ALONE = _Words(
    "It is with one server alone",
    "The database has it, and a server that stands by for it, and that it waits for, does not say that it has it too: "
    "it would be lost if that one took over.",
    "Keep what you wrote and do it again in a moment: it is recorded once. If that does not help: ask whoever looks "
    "after the database to bring back the server that stands by.",
)
_NOT_LET_IN = _Words(
    "The database does not let you in",
    "Its server answers, and refuses.",
    f"Look at what it said: at the role and the name of the database in centre.toml, and at the password. {_ASK}, if "
    "that does not help.",
)
_GONE = _Words(
    "The database cannot be reached",
    "The server does not answer.",
    "Look whether it runs and whether the network leads there, then do it again.",
)


_SAID_BY_SERVER = re.compile(r"failed: [^\s:]+:  ")
"""How an answer of a server begins in every language: how bad it is, and two blanks."""
_REFUSALS = (
    ("no password supplied|password authentication failed", "28P01"),
    ("authentication failed|pg_hba.conf|not permitted to log in", "28000"),
    ("too many|remaining connection slots", "53300"),
    ("the database system is", "57P03"),
    ("session is read-only|server is in hot standby mode", "25006"),
    ('role ".*" does not exist', "28P02"),
    ("does not exist", "3D000"),
)
"""What is said where somebody is not let in, and the code that it has where it is an error of the server's."""


class NotWithStandby(psycopg.OperationalError):  # type: ignore[misc]  # Not everybody has psycopg.
    """What was added is committed, and the wait for the servers that stand by was ended before they had it."""


class AllInUse(psycopg.OperationalError):  # type: ignore[misc]  # Not everybody has psycopg.
    """Nothing was asked: as many connections as one process may have were in use for as long as anybody waits."""

    sqlstate = "53000"


def is_lost(error: psycopg.Error) -> bool:
    """Whether the connection went, and nobody knows what became of what was asked."""
    state = error.sqlstate or _state_of_refusal(error)
    is_away = not state or state.startswith("08") or state in ("57P01", "57P02", "57P03", "40003")
    # Who stands by for a server that went down may be the one to write to in a moment.
    stands_by = error.sqlstate is None and state == "25006"
    return isinstance(error, psycopg.OperationalError) and (is_away or stands_by)


def in_words(error: psycopg.Error) -> MarkTermError:
    """What is told of an error while something is read. Another time it may be another one: nobody keeps it."""
    words = _words(error)
    kind = NotNow if isinstance(error, psycopg.OperationalError) else Unreadable
    return kind(words.title, words.what, words.next_step, hint=words.hint)


def not_saved(error: psycopg.Error) -> NotSaved:
    """What is told of an error while something is recorded."""
    words = _words(error)
    return NotSaved("Not saved", f"{words.title}. {words.what}", words.next_step, hint=words.hint)


def said_by(error: BaseException) -> str:
    """What the error itself says, in a line that is not too long."""
    # What the server says beside its sentence is about its own functions.
    sentence = error.diag.message_primary if isinstance(error, psycopg.Error) else None
    said = one_line(" ".join((sentence or str(error)).split()))
    return said if len(said) <= _LONGEST_SAID else f"{said[:_LONGEST_SAID]}…"


def _words(error: psycopg.Error) -> _Words:
    state = error.sqlstate or _state_of_refusal(error)
    words = _BY_STATE.get(_SAME.get(state, state))
    if words is None and is_lost(error):
        words = _NOT_LET_IN if _SAID_BY_SERVER.search(str(error)) else _GONE
    if isinstance(error, NotWithStandby):
        words = _ALONE
    if words is None:
        words = _Words("The database refused it", "", _AGAIN)
    return words._replace(what=f"{words.what} It said: {said_by(error)}".strip())


def _state_of_refusal(error: psycopg.Error) -> str:
    """What nobody was let in for: the library has no code for it. Whether a password is missing it knows; for the rest
    its words, and the server's where those are English, are looked at."""
    if error.pgconn is not None and error.pgconn.needs_password:
        return "28P01"
    said = str(error)
    return next((state for part, state in _REFUSALS if re.search(part, said)), "")
