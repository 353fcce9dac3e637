"""Every command by the words that a person would type, for the palette."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from textual.app import App
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import Screen

from markterm.tui.command import Command, WithCommands
from markterm.tui.keys_now import bindings_now
from markterm.tui.widgets.line_list import fit

_KEY = 10
_BORDERS = 7
_WIDEST = 100
_CALLED, _FIRST, _IN_TITLE, _BESIDE = 4.0, 3.0, 2.0, 1.0
_STEP = 0.001
"""What a hit is worth less than the one before it: those that are as good stay in their order."""

ALSO_CALLED = {
    "app.backup": "restore copy archive safe",
    "app.change-keys": "shortcuts keyboard keymap rebind bindings customise",
    "app.copy": "clipboard",
    "app.export": "print pdf save as document download report",
    "app.first-visit": "tour tutorial introduction welcome",
    "app.keys": "help shortcuts keyboard manual",
    "app.mapping": "nos coverage statements",
    "app.messages": "notifications warnings errors",
    "app.portfolio-index": "nos ksb evidence statements competence",
    "app.quit": "exit close quit end",
    "app.recent": "history log last",
    "app.retention": "gdpr delete destroy",
    "app.save": "saved store",
    "app.settings": "preferences options configure",
    "app.signing-keys": "signature",
    "app.standardisation": "standardize moderation",
    "app.standards": "nos ksb occupational coverage functional map",
    "app.theme": "colours colors dark light contrast appearance",
    "app.visits": "eqa external quality assurance",
    "app.who": "login log in user account switch member",
    "app.yours": "todo tasks inbox",
    "area.caseload": "home learners students list",
    "area.reports": "statistics figures charts",
    "area.verifying": "iqa internal quality assurance sample moderate",
    "caseload.across": "compare",
    "caseload.filter": "find search",
    "caseload.next-open": "skip todo",
    "caseload.quit": "exit close quit end",
    "caseload.refresh": "reload update",
    "criterion.go-to": "jump find",
    "evidence.cite": "reference quote highlight evidence",
    "evidence.differences": "changes compare diff",
    "evidence.files": "open document evidence portfolio",
    "evidence.outside": "open program browser word",
    "evidence.outline": "headings contents",
    "feedback.release": "send hand over publish",
    "feedback.edit": "write change",
    "find.all": "search everywhere",
    "find.start": "search",
    "learner.declare": "authenticity declaration own work",
    "learner.next-waiting": "student",
    "mark.bank": "comments snippets remarks",
    "mark.history": "log audit",
    "mark.matrix": "overview grid",
    "mark.next-open": "skip todo",
    "mark.note": "comment remark write",
    "mark.pass": "achieved met accept approve",
    "mark.refer": "fail not met reject",
    "mark.withdraw": "undo revert mistake",
    "mark.withdraw-here": "undo revert delete remove",
    "unit.close": "finish complete outcome grade result",
    "unit.feedback": "letter report result",
    "unit.submit": "hand in",
    "verify.finish": "complete close",
}
"""Other words for what commands do, by their ids."""


class Save(Command["App[None]"]):
    """Say that everything is saved: whoever looks for it is used to having to."""

    id, label, words = "app.save", "Save", "There is nothing to save: everything is saved already"

    async def run(self, on: App[None]) -> None:
        on.notify("Everything is saved already: each mark with its key, and a note while it is written.")


class OtherTheme(Command["App[None]"]):
    """Choose a theme."""

    id, label, words = "app.theme", "Theme", "Other colours: dark, light, high contrast, or your terminal's own"

    async def run(self, on: App[None]) -> None:
        on.search_themes()


class Entry(NamedTuple):
    """A command that works now: its id, its key, how it is called, what else is said of it, and what does it."""

    id: str
    key: str
    title: str
    words: str
    run: Callable[[], object]

    def worth(self, typed: Sequence[str]) -> float:
        """How well these words find it; 0 when they do not. A word is enough by its beginning,
        and the first word of the title tells most."""
        titled = self.title.casefold().split()
        if titled == list(typed):
            return _CALLED
        every = [*titled, *self.words.casefold().split(), *ALSO_CALLED.get(self.id, "").split()]
        if all(any(word.startswith(each) for word in titled) for each in typed):
            return _FIRST if titled[0].startswith(typed[0]) else _IN_TITLE
        return _BESIDE if all(any(word.startswith(each) for word in every) for each in typed) else 0.0

    def shown(self, width: int) -> Content:
        """Its line in the palette."""
        room = width - _KEY - 1
        title = Content(fit(self.title, room) if not self.words else self.title)
        words = Content.styled(fit(f"  {self.words}", max(room - len(self.title), 0)) if self.words else "", "$quiet")
        return Content.assemble(Content.styled(f"{fit(self.key, _KEY)} ", "bold $primary"), title, words)


def entries_now(app: App[Any], screen: Screen[object]) -> Iterator[Entry]:
    """The commands that work on the screen now and are offered to whoever acts, in the order in which it tells of them,
    then those of screen and app that have no key. What is called alike, as leaving is, stands there once."""
    called = set()
    for active in bindings_now(screen):
        binding = active.binding
        is_other = binding.action != "command_palette"  # It is open already.
        if binding.id and binding.tooltip and active.enabled and is_other and binding.tooltip not in called:
            called.add(binding.tooltip)
            run = _doing(app, binding.action, active.node)
            yield Entry(binding.id, app.get_key_display(binding), binding.tooltip, "", run)
    nodes: tuple[DOMNode, ...] = (screen, app)
    for node in nodes:
        if isinstance(node, WithCommands):
            for command in node.DOES:
                if not command.key and node.offers(command.id):
                    run = _doing(app, f"do('{command.id}')", node)
                    yield Entry(command.id, "", command.label, command.words, run)


class OurCommands(Provider):
    """All that the palette has: our commands, each in one line with its key."""

    async def discover(self) -> Hits:
        """Every command that works now."""
        for each in entries_now(self.app, self.screen):
            yield DiscoveryHit(each.shown(self._width), each.run, text=each.title)

    async def search(self, query: str) -> Hits:
        """Those that are found by what is typed, the ones that are called so before those that mean it."""
        typed = query.casefold().split()
        for number, each in enumerate(entries_now(self.app, self.screen)):
            if worth := each.worth(typed):
                yield Hit(worth - number * _STEP, each.shown(self._width), each.run, text=each.title)

    @property
    def _width(self) -> int:
        """How many cells a line has: as much as the frame of the palette leaves."""
        return min(self.app.size.width * 9 // 10, _WIDEST) - _BORDERS


def _doing(app: App[Any], action: str, node: DOMNode) -> Callable[[], object]:
    async def do() -> None:
        await app.run_action(action, node)

    return do
