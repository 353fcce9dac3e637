"""When a record counts as incomplete: something of it may be there and is not shown.

What is hidden may be a referral. So nothing is drawn from such a record that goes out of the centre's hands: marking
goes on in it, and closing, verifying and releasing wait until it is whole.
"""

from __future__ import annotations

from collections.abc import Sequence

from markterm import __version__
from markterm.domain.record.event import Event
from markterm.domain.record.understanding import needs_newer
from markterm.domain.words.errors import Refused
from markterm.domain.words.finding import Finding
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.hint import Hint, Way
from markterm.records.finding_codes import STRAY, hides

_ONLY_NEWER = "it holds entries that only MarkTerm"


def why_incomplete(findings: Sequence[Finding], unknown: Sequence[Event]) -> str:
    """Why a record with these findings, and events that this version does not fold, is incomplete.

    A clause that goes on after “the record is incomplete:”; empty when it is not.
    """
    hiding = [finding for finding in findings if hides(finding)]
    codes = sorted({finding.code for finding in hiding})
    if codes == [STRAY]:
        where = {file.parent.name for finding in hiding if (file := finding.file) is not None}
        return f"a part of it lies in {one_line(' and '.join(sorted(where)))} and is not read ({STRAY})"
    if codes:
        return f"a part of it cannot be read or does not verify ({', '.join(codes)})"
    if unknown and (least := needs_newer(unknown, __version__)):
        return f"{_ONLY_NEWER} {least} or a newer one understands"
    return ""


def refusal_of(learner: str, why: str, done: str) -> Refused:
    """Why something is not `done` ("closed") with the incomplete record of a learner, and what to do."""
    title = "The record is incomplete"
    what = f"Nothing of {learner} is {done} now: {why}. What is hidden may change the outcome."
    if why.startswith(_ONLY_NEWER):
        return Refused(title, what, "Install the newest MarkTerm, then do it again.")
    return Refused(
        title,
        what,
        "Have the files of the record that cannot be read put back from the last good copy, then do it again.",
        hint=Hint(Way.AUDIT, learner=learner),
    )
