"""The criterion being marked: its words, its descriptors, and what was decided of it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from markterm.centre import LearnerPortfolio
from markterm.domain.claim import Claim, Strength
from markterm.domain.foreign_text import clean, one_line
from markterm.domain.portfolio import CriterionState, Decision
from markterm.domain.unit import Descriptor, Standing
from markterm.tui.local_time import moment
from markterm.tui.signs import CRITERION_SIGNS
from markterm.tui.widgets.criteria_list import CriterionPlace

_STATE_STYLES = {
    CriterionState.PASS: "bold $success",
    CriterionState.REFER: "bold $error",
    CriterionState.OPEN: "$quiet",
    CriterionState.CONFLICT: "bold reverse $warning",
}
_STANDING_STYLES = {Standing.REFER: "$error", Standing.PASS: "$success", Standing.GOOD: "$accent"}


_LABEL = 6
_MOST_CLAIMS = 3


class CriterionDetail(VerticalScroll, can_focus=True):
    """Draws one criterion; everything foreign goes in as plain content, never as markup."""

    DEFAULT_CSS = """
    CriterionDetail {
        width: 1fr; height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; scrollbar-background: $background;
        scrollbar-color: $quiet; scrollbar-background-hover: $background; scrollbar-background-active: $background;
    }
    CriterionDetail > Static { width: 1fr; height: auto; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._shown: tuple[CriterionPlace | None, LearnerPortfolio, str, Sequence[Claim]] | None = None
        self._width = 0

    def compose(self) -> ComposeResult:
        """One text, drawn anew for every criterion."""
        yield Static(id="criterion-text")

    def show(
        self, place: CriterionPlace | None, shown: LearnerPortfolio, kept: str, claims: Sequence[Claim] = ()
    ) -> None:
        """Show the criterion at `place`, with the note kept for its decision and the passages that claim it."""
        self._shown = (place, shown, kept, claims)
        self._draw()
        self.scroll_home(animate=False)

    def on_resize(self) -> None:
        """The descriptors are broken for the width."""
        if self.size.width != self._width:
            self._draw()

    def _draw(self) -> None:
        self._width = self.size.width
        if self._shown is None:
            return
        place, shown, kept, claims = self._shown
        if place is None:
            content = Content("No criteria: this learner is on no unit that the centre has a mark sheet for.")
        else:
            content = _criterion(place, shown, kept, claims, self._width - 2)
        self.query_one(Static).update(content)


def _criterion(
    place: CriterionPlace, shown: LearnerPortfolio, kept: str, claims: Sequence[Claim], width: int
) -> Content:
    unit, criterion = place.unit, place.criterion
    record = shown.portfolio.unit(unit.key)
    own = record.criterion(criterion.number)
    sign = CRITERION_SIGNS[own.state]
    heading = Content.assemble(
        Content.styled(f"{one_line(unit.code)} {criterion.number}  ", "bold $primary"),
        Content.styled(f"{sign.glyph} {sign.word}", _STATE_STYLES[own.state]),
        Content.styled("   unit closed" if record.closing is not None else "", "$quiet"),
    )
    lines = [heading, Content.styled(one_line(criterion.text), "bold")]
    # What was decided comes first: on a small screen the descriptors may end below it.
    for decision in own.standing:
        lines += _decision(decision, own.state is CriterionState.CONFLICT)
    if kept:
        lines += [Content.styled("Note kept for the decision", "bold $accent"), Content(clean(kept).text)]
    if own.standing or kept:
        lines.append(Content())
    lines += [_descriptor(descriptor, width) for descriptor in criterion.descriptors]
    if claims:
        lines += _claims(claims)
    return Content("\n").join(lines)


def _claims(claims: Sequence[Claim]) -> list[Content]:
    """How often the learner claims the criterion, and the best passages."""
    doubtful = sum(claim.ambiguous or claim.strength is Strength.DOUBTFUL for claim in claims)
    count = f"{len(claims)} passage{'s' if len(claims) > 1 else ''}" + (f", {doubtful} unclear" if doubtful else "")
    lines = [Content(), Content.assemble(Content.styled("Claimed ", "$primary"), f"in {count}; e goes there")]
    for claim in claims[:_MOST_CLAIMS]:
        lines.append(Content.styled(f"{one_line(claim.file)}  {one_line(claim.passage)}", "$quiet"))
    return lines


def _descriptor(descriptor: Descriptor, width: int) -> Content:
    """The text beside its label, each of its lines under the first."""
    label = Content.styled(f"{descriptor.standing.value:<{_LABEL}}", _STANDING_STYLES[descriptor.standing])
    wrapped = Content(one_line(descriptor.text)).wrap(max(width - _LABEL, 8))
    return Content.assemble(label, Content("\n" + " " * _LABEL).join(wrapped))


def _decision(decision: Decision, conflict: bool) -> list[Content]:
    who = f"{one_line(decision.actor)}, {moment(decision.at)}"
    label = f"{decision.result.value} by {who}" if conflict else who
    note = clean(decision.note).text.strip() or "No note."
    return [Content.styled(label, "$quiet"), Content(note)]
