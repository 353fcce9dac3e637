"""The calls that a program from outside gives up: it writes files and starts programs, and speaks to nobody.

With which files, is for Landlock to say. See `seccomp` for how a filter is written.
"""

from __future__ import annotations

from markterm.evidence.conversion.seccomp import (
    ALLOW,
    ARGUMENTS_AT,
    ENOSYS,
    EPERM,
    EQUALS,
    FAIL,
    GIVEN_UP,
    HAS_ANY,
    LOAD,
    OF_ITSELF,
    RETURN,
    TO_ITSELF,
    UNKNOWN,
    Step,
    allowed_if,
    begun,
    no_signals_by_files,
)

_KEPT_IN_WORDS = """
bind listen accept accept4 sendto
execve fork vfork creat truncate ftruncate fallocate rename renameat renameat2 link linkat symlink symlinkat
unlink unlinkat mkdir mkdirat rmdir
"""
_KEPT = frozenset(_KEPT_IN_WORDS.split())
"""What a conversion gives up and a program does not. It listens at a socket of its own, and can connect to none."""
_OF_ITS_GROUP = {"setsid": (112, 157), "setpgid": (109, 154)}
"""Given up, so that it and all that it starts can be ended together."""
_SOCKETS = {"socket": (41, 198), "socketpair": (53, 199)}
"""It makes only those of the kind Unix and the type stream: any other could send to whom it names."""
_UNIX, _NO_STREAM = 1, 0b1110


def steps_for_program(machine: str) -> list[Step]:
    """The filter for a program and all that it starts. Raises OSError for a machine that is not known.

    No signal is sent: the filter cannot know which processes are the program's own.
    """
    steps, own = begun(machine)
    refused = [numbers for name, numbers in GIVEN_UP.items() if name not in _KEPT and name not in _SOCKETS]
    refused += [*TO_ITSELF.values(), *_OF_ITS_GROUP.values()]
    for numbers in refused:
        if (number := numbers[own]) is not None:
            steps += [Step(EQUALS, 0, 1, number), Step(RETURN, 0, 0, FAIL | EPERM)]
    for numbers in UNKNOWN.values():
        steps += [Step(EQUALS, 0, 1, numbers[own]), Step(RETURN, 0, 0, FAIL | ENOSYS)]
    for numbers in OF_ITSELF.values():
        steps += allowed_if(numbers[own], 0, Step(EQUALS, 1, 0, 0))
    steps += no_signals_by_files(own)
    for numbers in _SOCKETS.values():
        steps += [
            Step(EQUALS, 0, 6, numbers[own]),
            Step(LOAD, 0, 0, ARGUMENTS_AT),
            Step(EQUALS, 0, 3, _UNIX),
            Step(LOAD, 0, 0, ARGUMENTS_AT + 8),
            Step(HAS_ANY, 1, 0, _NO_STREAM),
            Step(RETURN, 0, 0, ALLOW),
            Step(RETURN, 0, 0, FAIL | EPERM),
        ]
    return [*steps, Step(RETURN, 0, 0, ALLOW)]
