"""Figures of a server, as Prometheus reads them. They name nobody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from markterm.web.log import Log
from markterm.web.running_apps import RunningApps

_KILOBYTE = 1024


def figures(log: Log, apps: RunningApps, signed_in: int) -> str:
    """Each in a line."""
    shares = [_share(each.number) for each in apps]
    lines = [
        "# TYPE markterm_sessions gauge",
        f"markterm_sessions {len(apps)}",
        "# TYPE markterm_signed_in gauge",
        f"markterm_signed_in {signed_in}",
        "# TYPE markterm_session_memory_bytes gauge",
        f"markterm_session_memory_bytes {sum(shares)}",
        "# TYPE markterm_events_total counter",
        *_counted(log),
    ]
    return "\n".join(lines) + "\n"


def _counted(log: Log) -> Iterator[str]:
    for event, times in sorted(log.counted.items()):
        yield f'markterm_events_total{{event="{event}"}} {times}'


def _share(process: int) -> int:
    """Its share of memory in bytes: what it has alone, and its part of what several have. 0 where nobody tells."""
    try:
        told = Path(f"/proc/{process}/smaps_rollup").read_text("ascii")
    except OSError:
        return 0
    return next((int(line.split()[1]) * _KILOBYTE for line in told.splitlines() if line.startswith("Pss:")), 0)
