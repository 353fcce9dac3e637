"""The keys with which members sign: whose they are, and what can be done with them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static
from textual.worker import get_current_worker

from markterm.centre.centre import Centre
from markterm.centre.export.signed_export import changed, signature_in_words, signature_of
from markterm.domain.record.signing_keys import SigningKey, who_confirms
from markterm.domain.views.signing_keys import told_of_key
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.local_time import time_given
from markterm.tui.command import Command, bindings
from markterm.tui.local_time import moment
from markterm.tui.requests import Failed, tell
from markterm.tui.widgets import modal
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.form import FormScreen
from markterm.tui.widgets.how_far import Far, say_far
from markterm.tui.widgets.keys_line import KeysLine
from markterm.tui.widgets.line_list import LineList, Piece, fit, up_and_down
from markterm.tui.widgets.modal import Modal
from markterm.tui.widgets.path_field import ANY, PathField
from markterm.tui.widgets.reading import ReadingScreen
from markterm.tui.widgets.text_field import LineField

_NAME, _STATE = 22, 16
_STATES = {"signs": ("✓ signs", "sign--pass"), "ended": ("✗ ended", "sign--refer")}
_NOTHING = "Nobody has a key to sign with. Signing is optional: without it all works as it does."


class _Lines(LineList):
    """A line for each key."""

    def __init__(self, centre: Centre) -> None:
        super().__init__()
        self._centre = centre
        self.keys: Sequence[SigningKey] = ()

    def line_count(self) -> int:
        return len(self.keys)

    def line(self, index: int, width: int) -> Iterable[Piece]:
        key = self.keys[index]
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        yield fit(key.name, _NAME), ""
        state, style = _STATES.get(key.state, (f"· {key.state}", "sign--open"))
        yield fit(state, _STATE), style
        name = one_line(f"{self._centre.details.name_of(key.member)} ({key.member})")
        yield fit(name, max(width - 2 - _NAME - _STATE, 0)), ""


class Leave(modal.Leave):
    """Back to where one was."""

    id, words = "signing.leave", "Back to the screen"


class Make(Command["SigningKeysScreen"]):
    """Make a key of one's own."""

    id, key, label, words = "signing.make", "m", "make", "Make a key on this machine, and enter it as yours"
    records = True

    async def run(self, on: SigningKeysScreen) -> None:
        await on.make()


class Confirm(Command["SigningKeysScreen"]):
    """Confirm the key under the cursor."""

    id, key, label, words = "signing.confirm", "c", "confirm", "Confirm this key: its owner read you its name"
    records = True

    async def run(self, on: SigningKeysScreen) -> None:
        await on.confirm()


class EndKey(Command["SigningKeysScreen"]):
    """End the key under the cursor."""

    id, key, label, words = "signing.end", "e", "end", "End this key, with the reason: it signs no more"
    records = True

    async def run(self, on: SigningKeysScreen) -> None:
        await on.end()


class SignMissing(Command["SigningKeysScreen"]):
    """Sign what is one's own and not signed yet."""

    id, key, label = "signing.missing", "s", "sign the rest"
    records = True
    words = "Sign what you closed and verified and what is not signed yet"

    async def run(self, on: SigningKeysScreen) -> None:
        on.sign_missing()


class Check(Command["SigningKeysScreen"]):
    """Check the signature of an export."""

    id, key, label, words = "signing.check", "v", "check", "Check the signature of an export that came back"

    async def run(self, on: SigningKeysScreen) -> None:
        await on.check()


class SigningKeysScreen(Modal[None]):
    """Every key, in the order in which they were entered."""

    TITLE = "Signing keys"
    HELP = (
        "Who has a key signs each closing and each verification with it, and what they export. {signing.make} makes "
        "yours on this machine: whoever gets at your account signs as you. It signs once it was confirmed: read its "
        "name to who confirms it, who compares it with the one here and presses {signing.confirm}. A key that is lost "
        "or was copied is ended with {signing.end}; what it signed before stands. {signing.missing} signs what could "
        "not be signed when it was recorded. {signing.check} checks what an export is signed with, by these keys."
    )
    DEFAULT_CSS = """
    SigningKeysScreen > .frame { width: 96%; max-width: 140; }
    SigningKeysScreen #whole { height: auto; max-height: 7; margin: 1 0 0 0; }
    """
    DOES = (Leave, Make, Confirm, EndKey, SignMissing, Check, *up_and_down("signing", "key"))
    BINDINGS = bindings(*DOES)

    def __init__(self, centre: Centre) -> None:
        super().__init__()
        self._centre = centre

    def compose(self) -> ComposeResult:
        """A title, the keys, what is to be known of one, and what to press."""
        yield from self.framed(
            self.TITLE,
            _Lines(self._centre),
            Static(id="whole"),
            keys=self._keys_told((), None),
        )

    def _keys_told(self, keys: Sequence[SigningKey], chosen: SigningKey | None) -> str:
        """What to press: of the key under the cursor what can be done with it by whoever acts."""
        member, members = self._centre.member, self._centre.details.members
        who = member.id if member is not None else ""
        own = [each for each in keys if each.member == who and not each.ends]
        parts: list[str] = []
        if chosen is not None and not chosen.ends:
            if not chosen.confirmed and who in who_confirms(members, chosen.member):
                parts.append("{signing.confirm} confirms")
            parts.append("{signing.end} ends")
        if not own:
            parts.insert(0, "{signing.make} makes yours")
        if any(each.signs for each in own):
            parts.append("{signing.missing} signs the rest")
        return " · ".join([*parts, "{signing.check} checks an export", "{signing.leave} leaves"])

    def on_mount(self) -> None:
        """Look in the background."""
        self.query_one(_Lines).focus()
        self.look()

    @work(exclusive=True, group="signing")
    async def look(self, at: str = "") -> None:
        """Read the keys and show them, with the cursor on that one."""
        try:
            keys = await asyncio.to_thread(self._centre.signing_keys.every)
        except MarkTermError as error:
            self.say_title(Content.styled(one_line(f"{error.title}. {error.what}"), "$error"))
            return
        lines = self.query_one(_Lines)
        lines.keys = keys
        lines.fit_in(self.lines_beside(14), next((place for place, key in enumerate(keys) if key.uid == at), None))
        self.say_title(f"Signing keys: {len(keys)}" if keys else _NOTHING)
        self._say_whole()

    @property
    def chosen(self) -> SigningKey | None:
        """The key under the cursor."""
        lines = self.query_one(_Lines)
        return lines.keys[lines.cursor] if lines.keys else None

    @on(LineList.Moved)
    def _say_whole(self) -> None:
        key, centre = self.chosen, self._centre
        self.query_one(KeysLine).say(self._keys_told(self.query_one(_Lines).keys, key))
        lines = list(told_of_key(key, centre.details.name_of, moment)) if key is not None else []
        if key is not None and key.state == "not confirmed":
            lines.append(
                f"It signs once it is confirmed, by {' or '.join(who_confirms(centre.details.members, key.member))}."
            )
        if key is not None and centre.member is not None and key.member == centre.member.id and not key.ends:
            if centre.signed_in:
                lines.append("It signs on your own machine, which has its private half, and not here.")
            else:
                lines.append(f"Keep a copy of its private half: {centre.signing_keys.files.file(key.public)}")
        self.query_one("#whole", Static).update(Content("\n").join(Content(one_line(line)) for line in lines))

    async def make(self) -> None:
        """Make a key, after a question."""
        title = (
            "Make a key with which you sign what you close, verify and export? Its private half is written into your "
            "own folder, without a passphrase, for nobody else to read."
        )
        await self._ask(title, "Yes, make it and enter it as mine", self._centre.signing_keys.make)

    async def confirm(self) -> None:
        """Confirm the key under the cursor, after a question."""
        if (key := self.chosen) is None:
            return
        name = one_line(self._centre.details.name_of(key.member))
        title = f"Did {name} read you this name of their key?  {key.name}"
        await self._ask(title, "Yes, I asked them: confirm it", lambda: self._centre.signing_keys.confirm(key.name))

    async def _ask(self, title: str, yes: str, verb: Callable[[], SigningKey]) -> None:
        async def answered(choice: int | None) -> None:
            if choice != 1:
                return
            try:
                key = await asyncio.to_thread(verb)
            except MarkTermError as error:
                tell(self, Failed(error))
            else:
                self.look(key.uid)

        await self.app.push_screen(ChoiceScreen(title, ("No", yes)), answered)

    async def end(self) -> None:
        """Ask why and from when on the key under the cursor ends, then end it."""
        if (key := self.chosen) is None:
            return
        why = LineField(placeholder="lost, copied, its owner left", select_on_focus=False)
        since = LineField(placeholder="now; or from before: 2026-01-31 09:00", select_on_focus=False)

        async def end_it() -> None:
            at = time_given(since.value.strip())
            await asyncio.to_thread(self._centre.signing_keys.end, key.name, why.value, at)

        title = one_line(f"End key {key.name} of {self._centre.details.name_of(key.member)}")
        detail = "What it signed before stands; what appears later does not, whatever its date says."
        form = FormScreen(title, detail, [("Why", why), ("From", since)], end_it, does="ends it")

        def left(_: bool | None) -> None:
            self.look(key.uid)

        await self.app.push_screen(form, left)

    async def check(self) -> None:
        """Ask for an export, and tell what its signature comes to by these keys."""
        file = PathField(self._centre, ANY, told="a file, folder or zip that was exported")
        told: list[str] = []

        async def check_it() -> None:
            told.extend(await asyncio.to_thread(self._checked, self._centre.named_files.named(file.value.strip())))

        async def left(is_checked: bool | None) -> None:
            if is_checked:
                lines = Content("\n").join(map(Content, told))
                await self.app.push_screen(ReadingScreen("The signature of an export", lines))

        title, detail = (
            "Check the signature of an export",
            "With what lay beside it; → takes the path that is proposed.",
        )
        await self.app.push_screen(FormScreen(title, detail, [("Export", file)], check_it, does="checks it"), left)

    def _checked(self, file: Path) -> list[str]:
        found, manifest = signature_of(file)
        checked = self._centre.signing_keys.check(found, manifest)
        words = signature_in_words(checked, moment, self._centre.details.name_of)
        others = changed(manifest)
        told = f"Not as it was signed: {', '.join(others)}" if others else ""
        return [one_line(each) for each in (f"{file.name} is signed{words}", told) if each]

    @work(thread=True, exclusive=True, group="sign")
    def sign_missing(self) -> None:
        """Sign what is not signed; whoever leaves stops it after the entry that is being signed."""
        # Asked for now: a screen that was left is of no app any more, and what was signed would be told to nobody.
        app, worker, count, failed = self.app, get_current_worker(), 0, None
        try:
            for _ in self._centre.signing_keys.sign_missing():
                count += 1
                if worker.is_cancelled:
                    break
                app.call_from_thread(self._say_signed, count)
        except MarkTermError as error:
            failed = error
        app.call_from_thread(self._signed, count, failed)

    def _say_signed(self, count: int) -> None:
        say_far(self, Far("signed", count, 0, "entry", "entries", stop="{signing.leave} stops"))

    def _signed(self, count: int, failed: MarkTermError | None) -> None:
        say_far(self, None)
        if failed is not None:
            tell(self, Failed(failed))
        if count or failed is None:
            told = f"{counted(count, 'entry', 'entries')} signed." if count else "Nothing was left to sign."
            self.app.notify(told, markup=False)
        if self.is_open:
            self.look()
