"""What the system lets this process have: so many files, connections among them, and no core on the disk."""

from __future__ import annotations

import sys


def allow_open_files(count: int) -> None:
    """Have room for so many, or for as many as the system lets this user have: what a process begins with is often a
    thousand, whatever it may have."""
    if sys.platform == "win32":
        return  # There is no such limit.
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = count if hard == resource.RLIM_INFINITY else min(count, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def leave_no_core() -> None:
    """Have nothing of the memory of this process, and of those that it starts, be written to the disk when one of them
    is killed: passwords may be in it."""
    if sys.platform == "win32":
        return  # There is no such limit.
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
