"""What happened to a criterion, and all criteria of a learner at once, as text to read."""

from __future__ import annotations

from textual.content import Content

from markterm.domain.citation import Passage
from markterm.domain.event import Event, Kind
from markterm.domain.foreign_text import clean, one_line
from markterm.domain.portfolio import CriterionRecord, CriterionState
from markterm.learner_portfolio import LearnerPortfolio
from markterm.tui.local_time import moment
from markterm.tui.signs import CRITERION_SIGNS

_STYLES = {
    CriterionState.PASS: "$success",
    CriterionState.REFER: "$error",
    CriterionState.OPEN: "$quiet",
    CriterionState.CONFLICT: "bold reverse $warning",
}


def history_content(record: CriterionRecord) -> Content:
    """Every event of a criterion, the newest first, with what stands now."""
    if not record.events:
        return Content("Nothing was decided of it yet.")
    live = {decision.uid for decision in record.live}
    standing = {decision.uid for decision in record.standing}
    cited = {citation.uid for citation in record.citations}
    parts: list[Content | str] = []
    for event in reversed(record.events):
        if event.kind == Kind.CITED:
            parts += [*_citation(event, event.uid in cited), "\n"]
        else:
            parts += [*_event(event, event.uid in live, event.uid in standing), "\n"]
    return Content.assemble(*parts)


def _citation(event: Event, stands: bool) -> list[Content | str]:
    passage = Passage.of_body(event.body)
    if passage is None:
        return []
    return [
        Content.styled(_when(event), "$quiet"),
        Content.styled("¶ cited", "bold"),
        Content.styled("" if stands else "  taken back since", "$quiet"),
        f"\n  {one_line(passage.file)}, {one_line(passage.locator)}",
        f"\n  “{one_line(passage.quote)}”\n",
    ]


def _when(event: Event) -> str:
    return f"{moment(event.at)}  {one_line(event.actor)} ({one_line(event.role)})  "


def _event(event: Event, live: bool, standing: bool) -> list[Content | str]:
    when = _when(event)
    if event.kind == Kind.WITHDRAWN:
        reason = clean(str(event.body.get("reason", ""))).text
        return [Content.styled(when, "$quiet"), Content.styled("withdrawn", "bold"), f"\n  {reason}\n"]
    state = CriterionState(str(event.body["result"]))
    sign = CRITERION_SIGNS[state]
    fate = "stands" if standing else "replaced" if live else "withdrawn since"
    note = clean(str(event.body.get("note", ""))).text or "No note."
    return [
        Content.styled(when, "$quiet"),
        Content.styled(f"{sign.glyph} {sign.word}", _STYLES[state]),
        Content.styled(f"  {fate}", "bold" if standing else "$quiet"),
        "\n  ",
        Content(note.replace("\n", "\n  ")),
        "\n",
    ]


def matrix_content(shown: LearnerPortfolio) -> Content:
    """The criteria of every unit with their signs, an outcome a line."""
    parts: list[Content | str] = []
    for unit in shown.units:
        record = shown.portfolio.unit(unit.key)
        parts += [Content.styled(one_line(f"{unit.code} {unit.title}"), "bold $primary"), "\n"]
        for outcome in unit.outcomes:
            parts.append(Content.styled(f"  LO{outcome.number:<3}", "$quiet"))
            for criterion in outcome.criteria:
                state = record.criterion(criterion.number).state
                sign = CRITERION_SIGNS[state]
                parts += [f" {criterion.number} ", Content.styled(sign.glyph, _STYLES[state]), " "]
            parts.append("\n")
        parts.append("\n")
    legend = "  ".join(f"{sign.glyph} {sign.word}" for sign in CRITERION_SIGNS.values())
    return Content.assemble(*parts, Content.styled(legend, "$quiet"))
