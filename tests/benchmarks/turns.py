"""Measuring several things in turns, and printing what came out.

Times on a disk and on a busy machine drift from second to second, so what is compared is measured in turns, one sample
of each at a time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from statistics import median


def seconds(work: Callable[[], object]) -> float:
    """How long it takes by the clock."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def cpu_seconds(work: Callable[[], object]) -> float:
    """How long the processor is busy with it in this process."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def in_turns(times: int, works: Mapping[str, Callable[[], object]], clock: Callable[..., float]) -> dict[str, float]:
    """The median of each, in milliseconds, measured in turns."""
    samples: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(times):
        for name, work in works.items():
            samples[name].append(clock(work) * 1000)
    return {name: median(taken) for name, taken in samples.items()}


def tell(title: str, figures: Mapping[str, float], unit: str = "ms") -> None:
    """Print them, one a line."""
    print(f"\n{title}")  # noqa: T201  # the figures are the result
    for name, figure in figures.items():
        print(f"  {name:<52} {figure:9.3f} {unit}")  # noqa: T201
