"""Role profiles: what somebody in a role needs of the published standards, kept, changed and ended."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from markterm.centre.centre import Centre
from markterm.centre.role_profiles import Named
from markterm.domain.record.profiles import Profile
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.tui.command import Command, bindings, keyed
from markterm.tui.local_time import day
from markterm.tui.requests import ShowDevelopment, ask
from markterm.tui.widgets import modal
from markterm.tui.widgets.form import FormScreen
from markterm.tui.widgets.keys_line import KeysLine
from markterm.tui.widgets.line_list import LineList, Piece, fit, up_and_down
from markterm.tui.widgets.modal import Modal
from markterm.tui.widgets.reading import ReadingScreen
from markterm.tui.widgets.text_field import LineField

_CODE, _STATEMENTS = 18, 16
_NOTHING = "No role profile is kept yet: {profiles.make} makes one, of functions, standards or statements."


class _Lines(LineList):
    """A line for each profile."""

    profiles: Sequence[Profile] = ()

    def line_count(self) -> int:
        return len(self.profiles)

    def line(self, index: int, width: int) -> Iterable[Piece]:
        each = self.profiles[index]
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        yield fit(one_line(each.code), _CODE), ""
        yield fit(counted(len(each.links), "statement"), _STATEMENTS), "sign--quiet"
        ended = "✗ ended  " if each.ended is not None else "! two at once  " if each.unseen else ""
        yield ended, "sign--refer"
        yield fit(one_line(each.said.title), max(width - 2 - _CODE - _STATEMENTS - len(ended), 0)), ""


class Leave(modal.Leave):
    """Back to where one was."""

    id, words = "profiles.leave", "Back to the screen"


class Read(Command["ProfilesScreen"]):
    """All of it."""

    id, key, label, words = "profiles.read", "enter", "read", "Everything that is in the profile"

    async def run(self, on: ProfilesScreen) -> None:
        await on.read()


class Make(Command["ProfilesScreen"]):
    """Make a new one."""

    id, key, label, words = "profiles.make", "n", "make", "Make a role profile"
    records = True

    async def run(self, on: ProfilesScreen) -> None:
        await on.make()


class Change(Command["ProfilesScreen"]):
    """Change it."""

    id, key, label, words = "profiles.change", "c", "change", "Change the profile, with the reason"
    records = True

    async def run(self, on: ProfilesScreen) -> None:
        await on.change()


class EndProfile(Command["ProfilesScreen"]):
    """End it."""

    id, key, label, words = "profiles.end", "e", "end", "End the profile: nobody is measured by it any more"
    records = True

    async def run(self, on: ProfilesScreen) -> None:
        await on.end()


class Who(Command["ProfilesScreen"]):
    """Somebody beside it."""

    id, key, label, words = "profiles.people", "w", "who", "Somebody beside it: their gaps, and CPD"

    async def run(self, on: ProfilesScreen) -> None:
        await on.show_development()


_KEYS_OF_NONE = "{profiles.make} makes · {profiles.leave} leaves"
_KEYS = (
    "{profiles.read} reads · {profiles.make} makes · {profiles.change} changes · {profiles.end} ends · "
    "{profiles.people} who · {profiles.leave} leaves"
)


class ProfilesScreen(Modal[None]):
    """Every role profile, also those that have ended."""

    TITLE = "Role profiles"
    HELP = (
        "A role profile is what somebody in a role needs of the published standards: functions of a suite's map, which "
        "bring every standard that meets them, standards, and statements by themselves. {profiles.make} makes one and "
        "{profiles.change} changes it: commas part several codes. Each standard is in it in its newest version "
        "that is in force, or in the one that is named, MTC01 (1.0), and stays in that. What stood under the code "
        "before stays in the record. {profiles.end} ends it; {profiles.people} sets somebody beside it."
    )
    DEFAULT_CSS = """
    ProfilesScreen > .frame { width: 96%; max-width: 140; }
    ProfilesScreen #whole { height: auto; max-height: 6; margin: 1 0 0 0; }
    """
    DOES = (Leave, Read, Make, Change, EndProfile, Who, *up_and_down("profiles", "profile"))
    BINDINGS = bindings(*DOES)

    def __init__(self, centre: Centre) -> None:
        super().__init__()
        self._centre = centre

    def compose(self) -> ComposeResult:
        """A title, the profiles, what is in the one under the cursor, and what to press."""
        yield from self.framed(
            self.TITLE,
            _Lines(),
            Static(id="whole"),
            keys=_KEYS_OF_NONE,
        )

    def on_mount(self) -> None:
        """Look in the background."""
        self.query_one(_Lines).focus()
        self.look()

    @work(exclusive=True, group="profiles")
    async def look(self, at: str = "") -> None:
        """Read the profiles and show them, with the cursor on the one of that code."""
        try:
            every = await asyncio.to_thread(self._centre.profiles.every)
        except MarkTermError as error:
            self.say_title(Content.styled(one_line(f"{error.title}. {error.what}"), "$error"))
            return
        lines = self.query_one(_Lines)
        lines.profiles = every
        self.query_one(KeysLine).say(_KEYS if every else _KEYS_OF_NONE)
        lines.fit_in(self.lines_beside(13), next((place for place, each in enumerate(every) if each.code == at), None))
        self.say_title(f"Role profiles: {len(every)}" if every else keyed(_NOTHING))
        self._say_whole()

    @property
    def chosen(self) -> Profile | None:
        """The profile under the cursor."""
        lines = self.query_one(_Lines)
        return lines.profiles[lines.cursor] if lines.profiles else None

    @on(LineList.Moved)
    def _say_whole(self) -> None:
        each = self.chosen
        told = Content("\n").join(map(Content, self._told(each))) if each is not None else ""
        self.query_one("#whole", Static).update(told)

    @on(LineList.Chosen)
    async def read_chosen(self, event: LineList.Chosen) -> None:
        """A click reads, as Enter does."""
        event.stop()
        await self.read()

    async def read(self) -> None:
        """Show everything that is in the profile under the cursor."""
        if (each := self.chosen) is not None:
            title = one_line(f"{each.code} {each.said.title}")
            await self.app.push_screen(ReadingScreen(title, Content("\n").join(map(Content, self._told(each)))))

    def _told(self, each: Profile) -> Iterable[str]:
        why = f": {each.said.why}" if each.said.why else ""
        yield one_line(f"kept on {day(each.at)} by {self._centre.details.name_of(each.actor, each.at)}{why}")
        if each.ended is not None:
            yield one_line(f"ended: {each.ended}")
        if each.unseen:
            yield "! kept by two who had not seen each other's: look at it, and keep it anew"
        for newer in self._centre.profiles.newer(each):
            yield one_line(f"! {newer}")
        for function in each.said.functions:
            standards = ", ".join(function.standards)
            yield one_line(f"{function.suite} {function.code} {function.title}: {standards}")
        for part in each.said.parts:
            key = f"{part.standard} ({part.version})" if part.version else part.standard
            yield one_line(f"{key}: {' '.join(part.statements)}")

    async def make(self) -> None:
        """Ask what a new profile is made of."""
        await self._ask("Make a role profile", None, Named())

    async def change(self) -> None:
        """Ask what the profile under the cursor is made of from now on."""
        if (each := self.chosen) is not None:
            await self._ask(one_line(f"Change {each.code}"), each, self._centre.profiles.as_named(each))

    async def _ask(self, title: str, was: Profile | None, named: Named) -> None:
        code = LineField(placeholder="MENTOR", select_on_focus=False)
        about = LineField(value=was.said.title if was is not None else "", placeholder="Mentor at work")
        functions = LineField(value=", ".join(named.functions), placeholder="of a map: A1, B")
        suite = LineField(value=named.suite, placeholder="whose map, where several suites have one")
        standards = LineField(value=", ".join(named.standards), placeholder="MTC01, MTC02 (1.0)")
        statements = LineField(value=", ".join(named.statements), placeholder="by themselves: MTC03 P3, MTC03 K1")
        without = LineField(value=", ".join(named.without), placeholder="left out of the standards: MTC01 P3")
        why = LineField(placeholder="why it changes")

        async def keep() -> None:
            kept = await asyncio.to_thread(
                self._centre.profiles.keep,
                was.code if was is not None else code.value.strip(),
                about.value,
                functions=_listed(functions),
                suite=suite.value.strip(),
                standards=_listed(standards),
                statements=_listed(statements),
                without=_listed(without),
                why=why.value,
            )
            self.look(kept.code)

        fields = [
            *([("Code", code)] if was is None else []),
            *(("Title", about), ("Functions", functions), ("Suite", suite), ("Standards", standards)),
            *(("Statements", statements), ("Without", without)),
            *([("Why", why)] if was is not None else []),
        ]
        await self.app.push_screen(FormScreen(title, "Several are parted by commas.", fields, keep))

    async def end(self) -> None:
        """Ask why the profile under the cursor ends, then end it."""
        if (each := self.chosen) is None:
            return
        why = LineField(placeholder="why nobody is measured by it any more")

        async def end_it() -> None:
            await asyncio.to_thread(self._centre.profiles.end, each.code, why.value.strip())
            self.look(each.code)

        detail = "It stays in the record. It begins again when it is kept anew."
        form = FormScreen(
            one_line(f"End {each.code} {each.said.title}"), detail, [("Why", why)], end_it, does="ends it"
        )
        await self.app.push_screen(form)

    async def show_development(self) -> None:
        """Set whoever acts beside the profile under the cursor."""
        if (each := self.chosen) is not None:
            await ask(self, ShowDevelopment(what=each.code))


def _listed(field: LineField) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for each in field.value.split(",") if (word := each.strip())))
