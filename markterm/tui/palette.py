"""Every command by its words, for the palette."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual.app import App, SystemCommand
from textual.dom import DOMNode
from textual.screen import Screen

from markterm.tui.command import WithCommands


def commands_now(app: App[None], screen: Screen[object]) -> Iterable[SystemCommand]:
    """The commands of the app and of the screen that have no key, then all that have one that works now."""
    for node in (app, screen):
        for command in node.DOES if isinstance(node, WithCommands) else ():
            if not command.key:
                yield SystemCommand(command.label, command.words, _doing(app, f"do('{command.id}')", node))
    for active in screen.active_bindings.values():
        binding = active.binding
        # It is open already.
        if binding.id and binding.tooltip and active.enabled and binding.action != "command_palette":
            key = f"key {app.get_key_display(binding)}"
            yield SystemCommand(binding.tooltip, key, _doing(app, binding.action, active.node))


def _doing(app: App[None], action: str, node: DOMNode) -> Callable[[], object]:
    async def do() -> None:
        await app.run_action(action, node)

    return do
