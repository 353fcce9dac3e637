"""What became of many files, as a table and lists to read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.corpus.outcome import Outcome

_HEAD = "kind     files   read refused empty broke | compared median    p5  least | s median    max | MB max"


def printed(outcomes: Sequence[Outcome], worst: int) -> str:
    """The table by kind, the reasons of refusals, the poorest recalls and the slowest files."""
    by_kind: defaultdict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        by_kind[outcome.kind].append(outcome)
    lines = [_HEAD, *(_row(kind, found) for kind, found in sorted(by_kind.items()))]
    lines += ["", "Refused:", *_refusals(outcomes)]
    faults = [f"  {outcome.how} {outcome.path}: {outcome.reason}" for outcome in outcomes if outcome.is_fault]
    lines += ["", "Empty without a note, or broke:", *(faults or ["  none"])]
    compared = sorted(
        (outcome.recall, outcome.path, outcome.lost) for outcome in outcomes if outcome.recall is not None
    )
    lines += ["", "Poorest:", *(f"  {share:.3f} {path}: {' '.join(lost)}" for share, path, lost in compared[:worst])]
    slowest = sorted(outcomes, key=lambda outcome: -outcome.seconds)[:worst]
    lines += ["", "Slowest:", *(f"  {one.seconds:6.2f} s {one.megabytes:5.0f} MB {one.path}" for one in slowest)]
    return "\n".join(lines)


def _row(kind: str, outcomes: Sequence[Outcome]) -> str:
    how = Counter(outcome.how for outcome in outcomes)
    shares = sorted(outcome.recall for outcome in outcomes if outcome.recall is not None)
    seconds = sorted(outcome.seconds for outcome in outcomes)
    most = max(outcome.megabytes for outcome in outcomes)
    compared = (
        f"{len(shares):8} {_at(shares, 0.5):6.3f} {_at(shares, 0.05):5.3f}  {shares[0]:.3f}"
        if shares
        else f"{0:8} {'-':>6} {'-':>5}  {'-':>5}"
    )
    return (
        f"{kind:6} {len(outcomes):7} {how['read']:6} {how['refused']:7} {how['empty']:5} {how['broke']:5} | {compared}"
        f" | {_at(seconds, 0.5):8.2f} {seconds[-1]:6.2f} | {most:6.0f}"
    )


def _at(ordered: Sequence[float], share: float) -> float:
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def _refusals(outcomes: Iterable[Outcome]) -> list[str]:
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.how == "refused":
            found[outcome.kind, outcome.reason].append(Path(outcome.path).name)
    ordered = sorted(found.items(), key=lambda item: -len(item[1]))
    lines = [f"  {len(names):4} {kind}: {reason} ({', '.join(names[:3])})" for (kind, reason), names in ordered]
    return lines or ["  none"]
