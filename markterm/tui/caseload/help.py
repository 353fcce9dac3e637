"""What `?` tells of the caseload, beside its keys."""

from __future__ import annotations

HELP = (
    "The caseload shows every learner, how far each unit is and whom the portfolio waits for.\n"
    "The filter takes words and fields together: jones unit:501 state:refer assessor:asha site:leeds. unit, state, "
    "waiting, sampled and due hold of one and the same unit; a minus turns a part round: unit:501 -state:pass.\n"
    "waiting: takes learner, assessor, verifier, coordinator, owner (of an action), or what "
    "is to be done: submit, verify-brief, mark, countersign, settle, close, look, verify, acknowledge, act, "
    "accept, release, resubmit, claim, resolve (a case), mend, cpd (overdue: ◷); or nobody. Rows show the first.\n"
    "{caseload.saved-filters} saves a filter under a name, which then stands for it, also beside other words.\n"
    "sampled: takes yes, no, interim, open, unfinished, agreed, not-agreed, conflict, stale.\n"
    "Signs of a unit: · not started, ▸ marking, = all decided, ✓ closed pass, ✗ closed refer, ↻ referred and "
    "handed in again, ! conflict, not agreed, changed since or a case open, ≠ on another wording or verified "
    "before it changed.\n"
    "state:unfinished finds what is not closed, or was changed since; state:changed those alone; state:overdue "
    "where an action is overdue; state:new (✱) files that came since an assessor opened them; "
    "state:badge-to-revoke a badge to be revoked; state:destroyed destroyed evidence; "
    "state:before-registration what was decided before it; state:left who left, and is not shown otherwise. "
    "owner:asha finds what came back to her, and her actions and reports to read. due:today finds what is due by "
    "today, with what is late; due:overdue, due:week, due:none and due:2026-12-04 likewise."
)
