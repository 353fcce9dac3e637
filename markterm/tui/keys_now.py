"""The keys that work now, as text to read, and the user's own. The bindings stand with the screens they belong to."""

from __future__ import annotations

from textual.binding import ActiveBinding, Binding
from textual.content import Content
from textual.screen import Screen

from markterm.tui.command import WithCommands, keyed


def bindings_now(screen: Screen[object]) -> list[ActiveBinding]:
    """The bindings that work on the screen now, in the order in which it tells of them or declares them, whatever their
    keys."""
    first = screen.tells_first if isinstance(screen, WithCommands) else ()
    declared = [*first, *(binding.id for binding in screen.BINDINGS if isinstance(binding, Binding))]
    active = filter(is_offered, screen.active_bindings.values())
    return sorted(
        active, key=lambda each: declared.index(each.binding.id) if each.binding.id in declared else len(declared)
    )


def is_offered(active: ActiveBinding) -> bool:
    """Whether what that key does is named to whoever acts now."""
    node, name = active.node, active.binding.id
    if not isinstance(node, WithCommands) or name is None or active.binding.action != f"do('{name}')":
        return True
    return node.offers(name)


def keys_content(screen: Screen[object]) -> Content:
    """What the screen is for, and every key that works on it now, by what it is about."""
    from markterm.tui.key_list import area_of  # When it is asked for; the key bar needs none of it.

    groups: dict[str, list[tuple[str, str, str]]] = {}
    for active in bindings_now(screen):
        binding = active.binding
        if binding.id and binding.tooltip and active.enabled:
            group = area_of(binding.id)
            entry = (screen.app.get_key_display(binding), binding.tooltip, binding.id)
            if entry not in groups.setdefault(group, []):
                groups[group].append(entry)
    parts: list[Content | str] = []
    if screen.HELP:
        parts += [Content(keyed(screen.HELP)), "\n\n"]
    for title, entries in groups.items():
        parts += [Content.styled(title, "bold $primary"), "\n"]
        for key, words, name in entries:
            parts += [Content.styled(f"  {key:<12} ", "bold"), words, Content.styled(f"  {name}", "$quiet"), "\n"]
    parts += [
        "\n",
        Content.styled(keyed("{app.palette} opens the palette with every command. "), "$quiet"),
        Content.styled("The grey names are for keys.toml, which changes keys.", "$quiet"),
    ]
    return Content.assemble(*parts)
