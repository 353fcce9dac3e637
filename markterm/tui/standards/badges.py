"""The badges of learners: where each stands, and what can be done with it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from markterm.centre.badge_told import shown_badge_told
from markterm.centre.badges import ListedBadge, check_badge, with_badges
from markterm.centre.centre import Centre
from markterm.domain.claims.badges import BadgeState
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.tui.blindfold import Blindfold
from markterm.tui.command import Command, bindings
from markterm.tui.local_time import day
from markterm.tui.requests import Failed, tell
from markterm.tui.widgets import modal
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.form import FormScreen
from markterm.tui.widgets.keys_line import KeysLine
from markterm.tui.widgets.line_list import LineList, Piece, fit, up_and_down
from markterm.tui.widgets.modal import Modal
from markterm.tui.widgets.path_field import PathField
from markterm.tui.widgets.reading import ReadingScreen
from markterm.tui.widgets.shown_anew import look_again
from markterm.tui.widgets.text_field import LineField, typed_day

_UNIT, _STATE = 16, 16
_STATES = {
    BadgeState.OFFERED: ("· offered", "sign--open"),
    BadgeState.AGREED: ("▸ agreed", "sign--heading"),
    BadgeState.ISSUED: ("✓ issued", "sign--pass"),
    BadgeState.TO_REVOKE: ("! to be revoked", "sign--conflict"),
    BadgeState.REVOKED: ("✗ revoked", "sign--refer"),
}
_NOTHING = "No badge is offered, agreed to or issued: badges are for courses of the centre's own, which were passed."
_JSON = (".json",)


class _Lines(LineList):
    """A line for each badge."""

    def __init__(self, known_as: Callable[[str], str]) -> None:
        super().__init__()
        self._known_as = known_as
        self.badges: Sequence[ListedBadge] = ()

    def line_count(self) -> int:
        return len(self.badges)

    def line(self, index: int, width: int) -> Iterable[Piece]:
        each = self.badges[index]
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        state, style = ("! not ours", "sign--conflict") if each.fault else _STATES[each.standing.state]
        yield fit(state, _STATE), style
        yield fit(one_line(each.unit.code), _UNIT), ""
        yield fit(self._known_as(each.learner), max(width - 2 - _UNIT - _STATE, 0)), ""


class Leave(modal.Leave):
    """Back to where one was."""

    id, words = "badges.leave", "Back to the screen"


class Agree(Command["BadgesScreen"]):
    """The learner agrees to it."""

    id, key, label, words = "badges.agree", "a", "agreed", "Record that the learner agrees to the badge"
    records = True

    async def run(self, on: BadgesScreen) -> None:
        await on.agree()


class Issue(Command["BadgesScreen"]):
    """Issue it."""

    id, key, label, words = "badges.issue", "i", "issue", "Issue the badge, signed with your key, after a question"
    records = True

    async def run(self, on: BadgesScreen) -> None:
        await on.issue()


class Write(Command["BadgesScreen"]):
    """Write it into a file."""

    id, key, label, words = "badges.write", "w", "write", "Write the badge into a file, as it was issued"
    records = True

    async def run(self, on: BadgesScreen) -> None:
        await on.write()


class Revoke(Command["BadgesScreen"]):
    """Revoke it."""

    id, key, label, words = "badges.revoke", "r", "revoke", "Revoke the badge, with the reason"
    records = True

    async def run(self, on: BadgesScreen) -> None:
        await on.revoke()


class Check(Command["BadgesScreen"]):
    """Check a badge that somebody shows."""

    id, key, label, words = "badges.check", "v", "check", "Check a badge that somebody shows, by signature and records"

    async def run(self, on: BadgesScreen) -> None:
        await on.check()


class Everybody(Command["BadgesScreen"]):
    """Those of everybody."""

    id, key, words = "badges.everybody", "f", "The badges of everybody, and of the one learner again"

    def works(self, on: BadgesScreen) -> bool:
        return bool(on.learner)

    async def run(self, on: BadgesScreen) -> None:
        on.turn_everybody()


class BadgesScreen(Modal[None]):
    """The badges of one learner, or of everybody who has one or is offered one."""

    TITLE = "Badges"
    HELP = (
        "Badges are for courses of the centre's own, whose sheets say that they are not regulated: of any other unit "
        "the credential is the awarding organisation's. One is offered when the unit is closed and passed. "
        "{badges.agree} records that the learner agrees, {badges.issue} issues it, signed with your key, and "
        "{badges.write} writes it into a file again. When the unit does not stand any more as it was, the badge is to "
        "be revoked: {badges.revoke} does that, with the reason. {badges.check} says of a badge that somebody shows "
        "whether it is what was signed, and whether it stands by the records here. {badges.everybody} turns from the "
        "badges of one learner to those of everybody."
    )
    DEFAULT_CSS = """
    BadgesScreen > .frame { width: 96%; max-width: 140; }
    BadgesScreen #whole { height: auto; max-height: 6; margin: 1 0 0 0; }
    """
    DOES = (
        Leave,
        Agree,
        Issue,
        Write,
        Revoke,
        Check,
        Everybody,
        *up_and_down("badges", "badge"),
        look_again("badges", "Read the sheets and the records again"),
    )
    BINDINGS = bindings(*DOES)

    def __init__(self, centre: Centre, blindfold: Blindfold, learner: str = "") -> None:
        super().__init__()
        self._centre = centre
        self._blindfold = blindfold
        self.learner = learner
        self._of = learner

    def compose(self) -> ComposeResult:
        """A title, the badges, what is to be known of one, and what to press."""
        yield from self.framed(self.TITLE, _Lines(self._known_as), Static(id="whole"), keys=_keys_told(None))

    def on_mount(self) -> None:
        """Look in the background."""
        self.query_one(_Lines).focus()
        self.look()

    @work(exclusive=True, group="badges")
    async def look(self, *, anew: bool = False) -> None:
        """Read the badges and show them."""
        if anew:
            self._centre.sheets.forget()
        try:
            badges = await asyncio.to_thread(self._read)
        except MarkTermError as error:
            self.say_title(Content.styled(one_line(f"{error.title}. {error.what}"), "$error"))
            return
        lines = self.query_one(_Lines)
        lines.badges = badges
        lines.fit_in(self.lines_beside(13))
        of = f" of {self._known_as(self._of)}" if self._of else ""
        asking = sum(each.asks for each in badges)
        asks = f", {asking} to look at" if asking else ""
        self.say_title(f"Badges{of}: {len(badges)}{asks}" if badges else _NOTHING)
        self._say_whole()

    def _read(self) -> list[ListedBadge]:
        learners = [self._of] if self._of else with_badges(self._centre.caseload.now())
        return [each for registration in learners for each in self._centre.badges.of(registration)]

    def turn_everybody(self) -> None:
        """Show those of everybody, or of the one learner again."""
        self._of = "" if self._of else self.learner
        self.look()

    @property
    def chosen(self) -> ListedBadge | None:
        """The badge under the cursor."""
        lines = self.query_one(_Lines)
        return lines.badges[lines.cursor] if lines.badges else None

    @on(LineList.Moved)
    def _say_whole(self) -> None:
        each = self.chosen
        self.query_one(KeysLine).say(_keys_told(each))
        told = list(self._told(each)) if each is not None else []
        self.query_one("#whole", Static).update(Content("\n").join(Content(one_line(line)) for line in told))

    def _told(self, each: ListedBadge) -> Iterable[str]:
        yield f"{each.unit}: {each.standing.in_words}"
        if each.fault:
            yield f"! {each.why}."
        badge = each.standing.badge
        if badge is not None:
            yield f"Signed on {day(badge.at)} by {self._centre.details.name_of(badge.actor, badge.at)}."
            if badge.revoked is not None:
                revoked = badge.revoked
                yield f"Revoked on {day(revoked.at)} by {self._centre.details.name_of(revoked.actor, revoked.at)}."

    def _known_as(self, registration: str) -> str:
        """Who they are, or the label that they stand under."""
        if alias := self._blindfold.alias(registration):
            return one_line(alias)
        row = next((row for row in self._centre.caseload.rows if row.registration == registration), None)
        return one_line(f"{row.name if row is not None else ''} {registration}".strip())

    def _title(self, verb: str, each: ListedBadge) -> str:
        return one_line(f"{verb} the badge of {each.unit.code} of {self._known_as(each.learner)}")

    async def agree(self) -> None:
        """Ask who said that the learner agrees, how and on which day."""
        if (each := self.chosen) is None:
            return
        who, how = LineField(placeholder="the learner, or who may for them"), LineField(placeholder="signed sheet")
        said_on = LineField(value=self._centre.caseload.today.isoformat())

        async def agreed() -> None:
            said = who.value.strip(), how.value.strip(), typed_day(said_on)
            await asyncio.to_thread(self._centre.badges.agree, each.learner, each.unit.code, *said)
            self.look()

        detail = "It has their name in it and leaves the centre: nothing is issued without their word."
        fields = [("Said by", who), ("How", how), ("Day", said_on)]
        await self.app.push_screen(FormScreen(self._title("Agreed to", each), detail, fields, agreed))

    async def issue(self) -> None:
        """Issue the badge, after a question, and ask where it is written."""
        if (each := self.chosen) is None:
            return

        async def answered(choice: int | None) -> None:
            if choice != 1:
                return
            try:
                await asyncio.to_thread(self._centre.badges.issue, each.learner, each.unit.code)
            except MarkTermError as error:
                tell(self, Failed(error))
                return
            self.look()
            await self._write(each)

        title = (
            f"{self._title('Issue', each)}? It is signed with your key and has their name in it; what was given out "
        )
        title += "is never taken back, only revoked."
        await self.app.push_screen(ChoiceScreen(title, ("No", "Yes, sign and issue it")), answered)

    async def write(self) -> None:
        """Ask where the badge under the cursor is written."""
        if (each := self.chosen) is not None:
            await self._write(each)

    async def _write(self, each: ListedBadge) -> None:
        centre = self._centre
        try:
            badge = await asyncio.to_thread(centre.badges.standing, each.learner, each.unit.code)
        except MarkTermError as error:
            tell(self, Failed(error))
            return
        if badge is None:
            self.app.notify("There is no badge to write: none was issued that stands.", markup=False)
            return
        export = centre.badges.export(each.learner, badge)
        target = centre.named_files.told(centre.exports.usual_target(export))
        file = PathField(centre, _JSON, target, told="where the badge is written")

        async def written() -> None:
            made = await asyncio.to_thread(centre.exports.write, export, centre.named_files.named(file.value.strip()))
            self.app.notify(one_line(f"Written to {centre.named_files.told(made.target)}."), markup=False)

        form = FormScreen(self._title("Write", each), "", [("File", file)], written, does="writes it")
        await self.app.push_screen(form)

    async def revoke(self) -> None:
        """Ask why the badge under the cursor is revoked, then revoke it."""
        if (each := self.chosen) is None:
            return
        why = LineField(value=each.why if each.standing.asks else "", placeholder="whoever is shown it may ask")

        async def revoked() -> None:
            await asyncio.to_thread(self._centre.badges.revoke, each.learner, each.unit.code, why.value.strip())
            self.look()

        detail = "It is not taken back again. The file that they have stays signed: tell whoever relies on it."
        form = FormScreen(self._title("Revoke", each), detail, [("Why", why)], revoked, does="revokes it")
        await self.app.push_screen(form)

    async def check(self) -> None:
        """Ask for the file of a badge, and tell what it comes to."""
        file = PathField(self._centre, _JSON, told="the file of a badge")
        told: list[str] = []

        async def checked() -> None:
            told[:] = await asyncio.to_thread(self._checked, file.value.strip())

        async def left(is_checked: bool | None) -> None:
            if is_checked:
                await self.app.push_screen(ReadingScreen("A badge", Content("\n").join(map(Content, told))))

        detail = "→ takes the path that is proposed."
        form = FormScreen("Check a badge", detail, [("Badge", file)], checked, does="checks it")
        await self.app.push_screen(form, left)

    def _checked(self, file: str) -> list[str]:
        badge = check_badge(self._centre.named_files.named(file))
        rows = self._centre.caseload.now()
        known = self._centre.badges.known(badge, with_badges(rows)) if not badge.fault else None
        lines = list(shown_badge_told(badge, known))
        if rows:
            lines.append(f"Looked for in {counted(len(rows), 'record')}.")
        return lines


def _keys_told(each: ListedBadge | None) -> str:
    """What to press: of the badge under the cursor what comes next of it."""
    parts = {
        None: (),
        BadgeState.OFFERED: ("{badges.agree} agreed",),
        BadgeState.AGREED: ("{badges.issue} issues",),
        BadgeState.ISSUED: ("{badges.write} writes it", "{badges.revoke} revokes"),
        BadgeState.TO_REVOKE: ("{badges.revoke} revokes",),
        BadgeState.REVOKED: ("{badges.issue} issues another",),
    }[each.standing.state if each is not None else None]
    return " · ".join((*parts, "{badges.check} checks one", "{badges.leave} leaves"))
