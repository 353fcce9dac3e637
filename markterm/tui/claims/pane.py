"""The list of claims as it is read, narrowed and shown, and what is done with the one under the cursor."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import suppress

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from markterm.centre.centre import Centre
from markterm.centre.recorder import Recorded
from markterm.domain.record.bodies.claiming import ClaimStep
from markterm.domain.views.listed_claims import (
    CLAIM_FILTER,
    ClaimState,
    ListedClaim,
    claims_in_words,
    filter_claims,
    narrowed,
    narrowings,
    words_of_claims,
)
from markterm.domain.views.totals import part_shown
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.tui.blindfold import Blindfold
from markterm.tui.claims.claim_list import ClaimList
from markterm.tui.claims.known import KnownClaims
from markterm.tui.claims.one import ClaimScreen
from markterm.tui.claims.steps import take_step
from markterm.tui.command import keyed
from markterm.tui.local_time import second
from markterm.tui.requests import Failed, LeaveArea, OpenLearner, ask, tell
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.filter_field import FilterField
from markterm.tui.widgets.fitted import Fitted
from markterm.tui.widgets.how_far import Far, say_far, stepping, telling
from markterm.tui.widgets.key_bar import KeyBar
from markterm.tui.widgets.line_list import LineList
from markterm.tui.widgets.reading import ReadingScreen
from markterm.tui.widgets.text_field import settled
from markterm.tui.widgets.totals_line import TotalsLine

_TOLD_EVERY, _SHOWN_EVERY = 100, 1_000
_STOPS = "{claims.clear} stops"
_MOST_TOLD = 2


class ClaimsPane(Vertical):
    """A line for each qualification and unit of each learner, and what is said of the one under the cursor."""

    DEFAULT_CSS = """
    ClaimsPane { height: 1fr; }
    ClaimsPane > #title {
        height: 1; background: $panel; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis;
    }
    ClaimsPane > #columns { height: 1; color: $quiet; text-wrap: nowrap; text-overflow: ellipsis; }
    ClaimsPane > #about { height: auto; max-height: 8; padding: 0 1; background: $surface; }
    ClaimsPane > #nothing { height: 1fr; padding: 1 2; color: $quiet; display: none; }
    ClaimsPane.-nothing > #nothing { display: block; }
    ClaimsPane.-nothing > #columns, ClaimsPane.-nothing > #about { display: none; }
    /* Not away: it has the keys. */
    ClaimsPane.-nothing > ClaimList { height: 0; }
    ClaimsPane > #filter, ClaimsPane > #filter:focus {
        height: 1; border: none; padding: 0 1; background: $surface;
    }
    """

    def __init__(self, centre: Centre, blindfold: Blindfold) -> None:
        super().__init__()
        self.centre = centre
        self._blindfold = blindfold
        self._known = KnownClaims(centre, blindfold)
        self._claims: Sequence[ListedClaim] = ()
        self._shown: Sequence[ListedClaim] = ()
        self._is_known = False
        self._counted = self._hidden = ""
        self._far: Far | None = None

    @property
    def shown(self) -> Sequence[ListedClaim]:
        """The lines of the list."""
        return self._shown

    def compose(self) -> ComposeResult:
        """Who acts and how many there are, the list, what is said of the line under the cursor, and the filter."""
        yield Static(id="title")
        yield Static(id="columns")
        yield ClaimList(self._blindfold)
        yield Fitted(id="about")
        yield Static(id="nothing")
        yield TotalsLine()
        yield FilterField(
            id="filter", placeholder="name, registration, state:ready why:no-uln qualification:8580-CERT what:unit"
        )

    def on_mount(self) -> None:
        """Begin with the list."""
        self.query_one("#filter").display = False
        self._show()
        self.take_keys()
        # Not by its message: the lines would come a picture later than the letter.
        self.watch(self.query_one("#filter", Input), "value", self._show, init=False)

    def on_resize(self) -> None:
        """The columns depend on the width."""
        self.call_after_refresh(self._show_titles)

    def draw_anew(self) -> None:
        """Show the same learners by name, or without; and who acts now."""
        if self.is_mounted:
            self.look()

    # Looking

    def look(self, *, anew: bool = False) -> None:
        """Show what is known at once, then look at every learner again, first at the one under the cursor; `anew` takes
        nothing for known."""
        if anew:
            self._known.forget()
        self._look()

    def stop(self) -> None:
        """Read no further: what was read stays."""
        self.workers.cancel_group(self, "claims")
        self._say_far(None)

    @work(thread=True, exclusive=True, group="claims")
    def _look(self) -> None:
        worker, caseload = get_current_worker(), self.centre.caseload
        try:
            if (chosen := self.selected) is not None:
                with suppress(MarkTermError):  # They may be gone: the look at everybody tells.
                    caseload.refresh_one(chosen.row.folder)
            self._read_new()
            begun = Far("looked at", 0, len(caseload.rows), "learner", stop=_STOPS)
            for _ in stepping(caseload.refresh(), begun, telling(self, self._say_far)):
                if worker.is_cancelled:
                    return
            self._read_new()
        except MarkTermError as error:
            self.app.call_from_thread(self._say_far, None)
            self.app.call_from_thread(tell, self, Failed(error))

    def _read_new(self) -> None:
        """Read whoever changed, and show what is known by then."""
        worker, known, tell_far = get_current_worker(), self._known, telling(self, self._say_far)
        for number, of in known.reading():
            if worker.is_cancelled:
                return
            if number % _TOLD_EVERY == 0:
                tell_far(Far("read", number, of, stop=_STOPS))
            if number == _TOLD_EVERY or number % _SHOWN_EVERY == 0:
                self._show_known()
        self._show_known()
        tell_far(None)

    def _show_known(self) -> None:
        claims = self._known.listed
        self.app.call_from_thread(self._take, claims, claims_in_words(claims), self._known.hidden)

    def _say_far(self, far: Far | None) -> None:
        self._far = far
        say_far(self, far)

    def _take(self, claims: Sequence[ListedClaim], counted: str, hidden: str) -> None:
        self._is_known = True
        if claims != self._claims or hidden != self._hidden or not claims:
            self._claims, self._hidden, self._counted = claims, hidden, counted
            self._show()

    # Showing

    @property
    def selected(self) -> ListedClaim | None:
        """What is under the cursor."""
        return self.query_one(ClaimList).selected

    @property
    def filtered(self) -> str:
        """The filter that the list is narrowed by."""
        return self.query_one("#filter", Input).value.strip()

    def _show(self) -> None:
        if not self.is_mounted:
            return
        self._shown = filter_claims(self._claims, self.filtered)
        self.query_one(ClaimList).show(self._shown)
        self.set_class(not self._shown, "-nothing")
        if not self._shown:
            self.query_one("#nothing", Static).update(Content(self._why_nothing()))
        self._show_titles()
        self._say_about()

    def _why_nothing(self) -> str:
        if self._claims:
            return CLAIM_FILTER.why_nothing(
                self.filtered, keyed("Nothing matches this filter. {claims.clear} clears it.")
            )
        if not self._is_known:
            return "The records are being read."
        return (
            "No learner is on a unit or a qualification yet. Whoever is on one stands here: first with what blocks the "
            "claim, then that it is ready, and in the end until the certificate was sent."
        )

    def _show_titles(self) -> None:
        if not self.is_mounted:
            return
        member = self.centre.member
        who = f"as {one_line(member.id)}" if member is not None else "reading only"
        told = self._counted if self._is_known else "reading"
        pieces: list[Content | str] = [Content.styled("Claims  ", "bold $primary")]
        if self._blindfold.blind is not None:
            pieces.append(Content.styled("blind   ", "bold $accent"))
        if self._hidden:
            pieces.append(Content.styled(f"{self._hidden}   ", "$error"))
        pieces.append(who)
        shown, choices = part_shown(len(self._shown), len(self._claims)), self.query_one("#filter", FilterField).choices
        self.query_one(TotalsLine).say((shown, choices, told))
        self.query_one("#title", Static).update(Content.assemble(*pieces), layout=False)
        header = self.query_one(ClaimList).header(max(self.size.width - 1, 20))
        self.query_one("#columns", Static).update(Content(header), layout=False)
        self.screen.refresh_bindings()

    @on(LineList.Moved)
    def _say_about(self) -> None:
        chosen = self.selected
        if chosen is not None:
            self.query_one("#about", Static).update(Content("\n").join(self._about(chosen)))

    def _about(self, chosen: ListedClaim) -> Iterator[Content]:
        of = chosen.claimable
        yield Content.styled(
            one_line(f"{self._blindfold.who(chosen.row)}: {of.code} {of.title}, {of.in_words}"), "bold"
        )
        for changed in of.changed:
            yield Content.styled(one_line(f"! {changed}"), "bold $warning")
        if chosen.state is ClaimState.BLOCKED:
            for block in of.blocks[:_MOST_TOLD]:
                yield Content(one_line(f"{block} ({block.code})"))
            if (more := len(of.blocks) - _MOST_TOLD) > 0:
                yield Content.styled(keyed("{claims.open} shows ") + f"{more} more", "$primary")
        elif chosen.state is ClaimState.READY and of.unit is None:
            standing = self.centre.details.claiming.standing(of.code).in_words
            yield Content.styled(one_line(f"Status: {standing}.") if standing else "Nothing blocks it.", "$quiet")

    # What is done

    @on(LineList.Chosen)
    async def open_chosen(self, event: LineList.Chosen) -> None:
        """A click opens, as Enter does."""
        event.stop()
        await self.open_claim()

    async def open_claim(self) -> None:
        """Show all that blocks what is under the cursor, and every step of its claim."""
        if self.selected is not None:
            await self.app.push_screen(ClaimScreen(self.centre, self._blindfold, self.selected))

    async def open_learner(self) -> None:
        """Open the learner at the unit, or at the first open criterion."""
        if (chosen := self.selected) is not None:
            unit = chosen.claimable.unit
            await ask(self, OpenLearner(chosen.row.registration, (unit.code, None) if unit is not None else None))

    async def take_step(self, step: ClaimStep) -> None:
        """Ask what is needed for that step of the claim under the cursor, and record it."""
        if (chosen := self.selected) is not None:
            await take_step(self.screen, self.centre, self._blindfold, chosen, step, self._recorded)

    def _recorded(self, done: str, recorded: Recorded) -> None:
        """It is durable: say so, and look again."""
        self.screen.query_one(KeyBar).saved = f"✓ {second(recorded.event.at)}"
        self.app.notify(f"{one_line(done)}.", markup=False)
        if recorded.not_signed:
            self.app.notify(
                one_line(f"Recorded, and not signed. {recorded.not_signed}"), severity="warning", markup=False
            )
        self.look()

    async def choose_only(self) -> None:
        """Have one of the ways to narrow the list chosen."""
        every = narrowings(self._claims)
        lines = [f"everything, {len(self._claims):,}", *(f"{each.words}, {each.count:,}" for each in every)]

        def take(choice: int | None) -> None:
            if choice is not None:
                self.narrow(narrowed(self.filtered, every[choice - 1].part if choice else ""))

        await self.app.push_screen(ChoiceScreen("Only what?", lines), take)

    def narrow(self, text: str) -> None:
        """Show only what this filter lets through."""
        field = self.query_one("#filter", Input)
        field.value = text
        field.display = bool(text)
        self.take_keys()
        self.call_after_refresh(self._show_titles)

    async def tell_standing(self) -> None:
        """Show how the centre stands in each qualification, and what that means for claims."""
        try:
            every = await asyncio.to_thread(self.centre.claims.standings)
        except MarkTermError as error:
            tell(self, Failed(error))
            return
        pieces: list[Content | str] = []
        for each in every:
            by = f" ({each.organisation})" if each.organisation else ""
            pieces.append(Content.styled(one_line(f"{each.code} {each.title}".rstrip() + by), "bold $primary"))
            pieces.append(f"\n  {one_line(each.in_words)}\n")
            pieces += [f"  {one_line(sentence)}\n" for sentence in each.sentences]
        told = Content.assemble(*pieces) if every else Content("The centre has no qualification.")
        await self.app.push_screen(ReadingScreen("How the centre stands in each qualification", told))

    # The filter

    @property
    def is_writing(self) -> bool:
        """Whether the filter has the keys."""
        return self.screen.focused is not None and self.screen.focused.id == "filter"

    def take_keys(self) -> None:
        """Give the list the keys."""
        self.screen.set_focus(self.query_one(ClaimList))

    def write_filter(self) -> None:
        """Give the filter the keys."""
        field = self.query_one("#filter", FilterField)
        field.knows = words_of_claims(self._claims)
        field.display = True
        self.screen.set_focus(field)

    async def keep_filter(self) -> None:
        """Keep the filter and go to the lines."""
        field = self.query_one("#filter", Input)
        await settled(field)
        self.narrow(field.value.strip())

    async def clear(self) -> None:
        """Clear the filter, stop reading, or go back."""
        if self.query_one("#filter").display:
            self.narrow("")
        elif self._far is not None:
            self.stop()
        else:
            await ask(self, LeaveArea())
