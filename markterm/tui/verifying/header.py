"""The first lines of a sample: whose it is, why it was sampled, how far it is, and what stands in its way."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from textual.content import Content

from markterm.domain.record.decision import Decision
from markterm.domain.record.so_far import so_far
from markterm.domain.record.verifying import INTERIM
from markterm.domain.views.deciding_first import WHY_LATER
from markterm.domain.words.foreign_text import one_line
from markterm.tui.command import keyed
from markterm.tui.local_time import date_told
from markterm.tui.signs import outcome_sign
from markterm.tui.verifying.sample import Sample
from markterm.tui.widgets.middle_cut import middle_cut

_LEAST_OF_NAME = 8


def learner_line(sample: Sample, width: int) -> Content:
    """Who is open, which unit and attempt, how it was closed, by whom, and who verifies: the name gives way to the rest
    where they do not fit into that width."""
    now, shown = sample.now, sample.desk.shown
    assert shown is not None
    name, registration = sample.blindfold.names(shown)
    closing = now.record.closing
    pieces: list[Content | str] = [f"  {registration}" if registration else ""]
    attempt = closing.attempt if closing is not None else now.record.attempt
    pieces += [Content.styled(f"  {one_line(now.unit.code)}", "bold $primary"), f" attempt {attempt}"]
    if sample.decides_first:
        pieces.append(Content.styled("  you decide first", "bold $accent"))
    elif closing is not None:
        pieces += ["  ", outcome_sign(closing).content()]
    else:
        pieces.append(Content.styled("  being marked", "$quiet"))
    if assessors := ", ".join(_assessors(sample)):
        pieces.append(f"  by {assessors}")
    member = sample.centre.member
    pieces.append(Content.styled(f"  as {one_line(member.id)}" if member is not None else "  reading only", "$quiet"))
    if sample.desk.others:
        pieces.append(Content.styled(f"  also here: {', '.join(map(one_line, sample.desk.others))}", "bold $warning"))
    if sample.blindfold.blind is not None:
        pieces.append(Content.styled("  blind", "bold $accent"))
    rest = Content.assemble(*pieces)
    whose = Content.styled(middle_cut(name, max(width - rest.cell_length, _LEAST_OF_NAME)), "bold")
    return Content.assemble(whose, rest)


def sample_line(sample: Sample, width: int) -> Content:
    """How far it is, its stage and day, and why it was sampled, in two lines of that width at most."""
    now = sample.now
    stage = "interim" if now.record.closing is None else "summative"
    told = [stage]
    if now.sample is not None and now.sample.due is not None:
        told.append(f"due {date_told(now.sample.due)}")
    if now.sample is not None and now.sample.stage == INTERIM and now.record.closing is not None:
        told.append("sampled for an interim look")
    why = "a resubmission, which is always verified"
    if now.sample is not None:
        why = one_line(now.sample.why)
    elif now.record.closing is None:
        why = "not sampled: you look at it all the same"
    if sample.hides:
        why = WHY_LATER
    state = _state(sample).plain
    # Not silently cut off: which key tells the rest.
    lines = wrap(f"{state}  {' · '.join((*told, why))}", width, max_lines=2, placeholder=keyed(" … {verify.why} why"))
    return Content("\n".join(lines)).stylize("$quiet", len(state)).stylize("bold", 0, len(state))


def warnings(sample: Sample) -> Iterator[Content]:
    """What stands in the way of verifying it, a line each."""
    if sample.refused is not None:
        yield Content.styled(one_line(f"You may not verify it: {sample.refused.what}"), "bold $error")
    now = sample.now
    if sample.decides_first:
        return  # What others answered tells of the decisions.
    if now.contradicted:
        about = ", ".join(now.contradicted)
        words = f"Two verifiers answered differently about {about}: answer again, with a reason."
        yield Content.styled(words, "bold $warning")
    for each in now.answers:
        if not each.answers:
            words = f"{each.actor} {each.in_words} with the unit as a whole. {each.reason}"
            yield Content.styled(one_line(words), "$quiet")
    before = now.answers or now.record.after.verifications
    if stale := tuple(filter(None, map(now.record.why_stale, before))):
        words = f"What was verified does not stand as it was: {'; '.join(dict.fromkeys(stale))}"
        yield Content.styled(one_line(words), "bold $warning")


def _state(sample: Sample) -> Content:
    """How far it is."""
    now = sample.now
    finished = bool(now.answers) and not any(each.unfinished for each in now.answers)
    if not now.decided:
        return Content.styled("Nothing is decided yet", "bold")
    if finished and not now.contradicted:
        agrees = all(each.agrees for each in now.answers)
        words = "✓ finished, agreed" if agrees else "✗ finished, not agreed"
        if any(each.in_training for each in now.answers):
            words += keyed(" in training; {verify.countersign} countersigns")
        words += keyed("; {verify.next-sample} opens the next")
        return Content.styled(words, "bold")
    far = max((so_far(each, now.record).answered for each in now.answers), default=0)
    places = sample.criteria.criteria_once
    left = sum(map(sample.waits, places))
    looked = sum(map(sample.looking.has_looked, places))
    told = [f"{far} of {now.decided} answered", f"{looked} looked at" if looked else "", f"{left} left" if far else ""]
    finish = keyed("; {verify.finish} finishes") if far else ""
    return Content.styled(", ".join(filter(None, told)) + finish, "bold")


def _assessors(sample: Sample) -> Iterator[str]:
    """Whose decisions they are, or while those are hidden who closed it."""
    record = sample.record
    found: dict[str, None] = {}
    for each in record.criteria.values():
        decision: Decision | None = each.decision
        if decision is not None:
            found[decision.actor] = None
    if record.closing is not None:
        found[record.closing.actor] = None
    yield from (one_line(each) for each in found)
