"""Every command by its words, for the palette."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual.app import App, SystemCommand
from textual.dom import DOMNode
from textual.screen import Screen

from markterm.tui.command import WithCommands
from markterm.tui.keys_now import is_offered


def commands_now(app: App[None], screen: Screen[object]) -> Iterable[SystemCommand]:
    """The commands of the app and of the screen that have no key, then all that have one that works now: those that are
    offered to whoever acts."""
    nodes: tuple[DOMNode, ...] = (app, screen)
    for node in nodes:
        if isinstance(node, WithCommands):
            for command in node.DOES:
                if not command.key and node.offers(command.id):
                    yield SystemCommand(command.label, command.words, _doing(app, f"do('{command.id}')", node))
    for active in screen.active_bindings.values():
        binding = active.binding
        # It is open already.
        is_other = binding.action != "command_palette"
        if binding.id and binding.tooltip and active.enabled and is_other and is_offered(active):
            key = f"key {app.get_key_display(binding)}"
            yield SystemCommand(binding.tooltip, key, _doing(app, binding.action, active.node))


def _doing(app: App[None], action: str, node: DOMNode) -> Callable[[], object]:
    async def do() -> None:
        await app.run_action(action, node)

    return do
