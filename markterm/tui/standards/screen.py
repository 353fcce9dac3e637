"""The standards of the centre: what there is, how many units are mapped to each, and how much of it they cover."""

from __future__ import annotations

import asyncio

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from markterm.centre.centre import Centre
from markterm.centre.export.shown import OnScreen, Place
from markterm.domain.assessed.standard import Standard
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.tui.command import Command, bindings, keyed
from markterm.tui.requests import Failed, ShowBadges, ShowDevelopment, ShowMappings, ShowProfiles, ask, tell
from markterm.tui.standards.coverage import CoverageScreen
from markterm.tui.standards.new_version import NewVersionScreen
from markterm.tui.standards.standard_list import StandardLine, StandardList
from markterm.tui.standards.taking_in import take_in
from markterm.tui.widgets import modal
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.fitted import Fitted
from markterm.tui.widgets.keys_line import KeysLine
from markterm.tui.widgets.line_list import LineList, up_and_down
from markterm.tui.widgets.modal import Modal
from markterm.tui.widgets.shown_anew import export, look_again
from markterm.tui.widgets.totals_line import TotalsLine

_NONE = (
    "The centre has no standards yet. {standards.take-in} takes in published ones, from the documents as people have "
    "them; each becomes a sheet in mark_sheets/standards, and stands here with how much of it the units cover."
)


class Leave(modal.Leave):
    """Back to where one was."""

    id, words = "standards.leave", "Back to the screen"


class Coverage(Command["StandardsScreen"]):
    """What the units cover of it."""

    id, key, label, words = "standards.coverage", "enter", "coverage", "What the units cover of it, statement by unit"

    async def run(self, on: StandardsScreen) -> None:
        await on.show_coverage()


class Map(Command["StandardsScreen"]):
    """Map a unit to it."""

    id, key, label, words = "standards.map", "m", "map a unit", "Map the criteria of a unit to it, with proposals"

    async def run(self, on: StandardsScreen) -> None:
        await on.map_unit()


class People(Command["StandardsScreen"]):
    """Somebody beside it."""

    id, key, label = "standards.people", "w", "who"
    words = "Somebody beside it: their gaps, what they say of themselves, and CPD"

    async def run(self, on: StandardsScreen) -> None:
        await on.show_development()


class Roles(Command["StandardsScreen"]):
    """Role profiles."""

    id, key, label, words = "standards.profiles", "p", "roles", "Role profiles: made, changed, ended"

    async def run(self, on: StandardsScreen) -> None:
        await ask(on, ShowProfiles())


class OfCourses(Command["StandardsScreen"]):
    """Badges."""

    id, key, label, words = "standards.badges", "b", "badges", "Badges for courses of the centre's own, of everybody"

    async def run(self, on: StandardsScreen) -> None:
        await ask(on, ShowBadges())


class Versions(Command["StandardsScreen"]):
    """Another version beside it."""

    id, key, label = "standards.versions", "v", "versions"
    words = "Another version of it beside it, and what units are mapped to carried over"

    def works(self, on: StandardsScreen) -> bool:
        return bool(on.other_versions)

    async def run(self, on: StandardsScreen) -> None:
        await on.show_versions()


class TakeIn(Command["StandardsScreen"]):
    """Take in a published standard."""

    id, key, label, words = "standards.take-in", "i", "take in", "Take in a published standard from its document"
    records = True

    async def run(self, on: StandardsScreen) -> None:
        await on.take_in()


class StandardsScreen(Modal[None]):
    """Every suite and every standard."""

    TITLE = "Standards"
    HELP = (
        "The published standards that the centre has, suite by suite, each version by itself: how many statements of "
        "each kind, how many units are mapped to it, and how much of it they cover. A standard is no qualification: "
        "nobody is certificated for it, units are mapped to it.\n"
        "{standards.coverage} shows what covers each statement, and what nothing covers. {standards.map} maps the "
        "criteria of a unit to it, {standards.people} sets somebody beside it. {standards.profiles} shows role "
        "profiles, {standards.badges} the badges for courses of the centre's own. {standards.take-in} takes in a "
        "published one from its document, as text, PDF, Word or HTML, after showing what it gives. Where there is "
        "another version of a standard, {standards.versions} shows what became of each statement, and carries what "
        "units are mapped to. {standards.export} exports it as a CASE package. {standards.refresh} reads the sheets "
        "again."
    )
    DEFAULT_CSS = """
    StandardsScreen > .frame { width: 96%; max-width: 140; height: 94%; }
    StandardsScreen .about { height: auto; max-height: 5; padding: 0 1; background: $surface; }
    """
    DOES = (
        Leave,
        Coverage,
        Map,
        People,
        Roles,
        OfCourses,
        Versions,
        TakeIn,
        export("standards", "Export it as a CASE package"),
        *up_and_down("standards", "standard"),
        look_again("standards", "Read the sheets again"),
    )
    BINDINGS = bindings(*DOES)

    def __init__(self, centre: Centre) -> None:
        super().__init__()
        self._centre = centre
        self._nothing, self._is_read = "The sheets are being read.", False
        self._goes_to_new = False

    @property
    def to_export(self) -> OnScreen | None:
        """The standard or suite under the cursor; None where there is none."""
        chosen = self._list.chosen if self.is_mounted else None
        if chosen is None:
            return None
        code, version = chosen.name
        return OnScreen(Place.STANDARDS, answers={"standard": code, "version": version})

    @property
    def other_versions(self) -> tuple[str, ...]:
        """The other versions that there are of the standard under the cursor."""
        chosen = self._list.chosen if self.is_mounted else None
        return self._list.versions_beside(chosen) if chosen is not None else ()

    def compose(self) -> ComposeResult:
        """A title, the standards, what is said of the one under the cursor, and what to press."""
        yield from self.framed(
            "Standards",
            StandardList(),
            Fitted(classes="about"),
            TotalsLine(),
            keys=_keys(is_any=False, has_versions=False),
        )

    def on_mount(self) -> None:
        """Read in the background."""
        self._list.focus()
        self.look()

    @property
    def _list(self) -> StandardList:
        return self.query_one(StandardList)

    def on_screen_resume(self) -> None:
        """Something may have been mapped since."""
        super().on_screen_resume()
        if self._is_read:
            self._centre.sheets.forget_mappings()
            self.look()

    @work(exclusive=True, group="standards")
    async def look(self, *, anew: bool = False) -> None:
        """Read the sheets and show what they say."""
        centre = self._centre
        if anew:
            centre.sheets.forget()
        try:
            seen = await asyncio.to_thread(centre.coverages.overview)
        except MarkTermError as error:
            tell(self, Failed(error))
            return
        self._nothing, self._is_read = keyed(_NONE), True
        self._list.show(seen, to_new=self._goes_to_new)
        self._goes_to_new = False
        suites = sum(each.suite is not None for each in seen)
        standards = sum(len(each.standards) for each in seen)
        told = f"{counted(standards, 'standard')}, {counted(suites, 'suite')}"
        self.query_one(TotalsLine).say((told if standards or suites else "none yet",))
        self._say_about()

    @on(LineList.Moved)
    def _say_about(self) -> None:
        chosen = self._list.chosen
        keys = _keys(is_any=chosen is not None, has_versions=bool(self.other_versions))
        self.query_one(KeysLine).say(keys)
        told = _about(chosen) if chosen is not None else self._nothing
        self.query_one(".about", Static).update(Content(told))

    @on(LineList.Chosen)
    async def show_chosen(self, event: LineList.Chosen) -> None:
        """A click shows its coverage, as Enter does."""
        event.stop()
        await self.show_coverage()

    async def map_unit(self) -> None:
        """Map a unit to what is under the cursor."""
        of = chosen.of if (chosen := self._list.chosen) is not None else None
        if of is not None:
            await ask(self, ShowMappings(str(of.key) if isinstance(of, Standard) else of.code))

    async def show_development(self) -> None:
        """Set whoever acts beside what is under the cursor."""
        chosen = self._list.chosen
        await ask(self, ShowDevelopment(what=chosen.name[0] if chosen is not None else ""))

    async def show_versions(self) -> None:
        """Set another version beside the standard under the cursor; which is the new one, the order of them says."""
        chosen, others = self._list.chosen, self.other_versions
        if chosen is None or not others:
            return
        code, version = chosen.name

        async def beside(choice: int | None) -> None:
            if choice is not None:
                # Newest first, as they stand in the list.
                every = self._list.versions_of(code)
                new, old = sorted((version, others[choice]), key=every.index)
                await self.app.push_screen(NewVersionScreen(self._centre, code, old, new))

        if len(others) == 1:
            await beside(0)
            return
        lines = [one_line(f"{code} ({each or 'no version'})") for each in others]
        await self.app.push_screen(ChoiceScreen(f"Beside which version of {one_line(code)}?", lines), beside)

    async def take_in(self) -> None:
        """Ask for a document, show what it gives, and keep its sheets."""
        await take_in(self, self._centre, self._took_in)

    def _took_in(self) -> None:
        # Not told to `look`: the screen looks by itself when it is returned to, in place of what was begun.
        self._centre.sheets.forget()
        self._goes_to_new = True
        self.look()

    async def show_coverage(self) -> None:
        """Show what the units cover of what is under the cursor."""
        chosen = self._list.chosen
        if chosen is not None:
            await self.app.push_screen(CoverageScreen(self._centre, *chosen.name))


def _keys(*, is_any: bool, has_versions: bool) -> str:
    """What to press: of a standard only where there is one, and of another version of it likewise."""
    of_standard = "{standards.coverage} coverage · {standards.map} maps a unit · {standards.people} who"
    parts = [of_standard] if is_any else []
    parts += ["{standards.versions} versions"] if has_versions else []
    parts += ["{standards.take-in} takes in", "{standards.leave} leaves"]
    parts += ["{standards.profiles} roles · {standards.badges} badges"]
    return " · ".join([*parts, *(["{standards.export} export"] if is_any else [])])


def _about(line: StandardLine) -> str:
    of, share = line.of, line.share
    assert of is not None, "the cursor stands on what is something alone"
    known = f"{of.key} {of.title}" if isinstance(of, Standard) else f"{of.code} {of.title}"
    dates = "; ".join(
        filter(None, (f"approved {of.approved}" if of.approved else "", of.review and f"review {of.review}"))
    )
    told = [one_line(f"{known}{f' ({dates})' if dates else ''}")]
    told.append(
        f"{share.fully} of {counted(share.of, 'statement')} covered, {share.partly} in part, {share.uncovered} not"
        f"{f', {share.twice} more than once' if share.twice else ''}"
    )
    told.append(one_line(f"by {', '.join(line.units)}") if line.units else "No unit is mapped to it.")
    if of.to_check:
        told.append(f"{counted(len(of.to_check), 'line')} to check against the document, in its sheet.")
    return "\n".join(told)
