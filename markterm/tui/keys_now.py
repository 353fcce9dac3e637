"""The keys that work now, as text to read, and the user's own. The bindings stand with the screens they belong to."""

from __future__ import annotations

from itertools import zip_longest
from typing import NamedTuple

from textual.binding import ActiveBinding, Binding
from textual.content import Content
from textual.screen import Screen

from markterm.tui.command import WithCommands, has_its_own_keys, keyed

_KEYS = 11
"""So many cells are for the keys of a command."""
_TWO_COLUMNS, _BETWEEN = 100, 2


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


class KeysTold(NamedTuple):
    """What a screen is for, and the keys of each command that works on it, what it does and its name, by what it is
    about."""

    about: str
    groups: dict[str, list[tuple[str, str, str]]]


def keys_told(screen: Screen[object]) -> KeysTold:
    """What there is to say of the keys of that screen while it is the one that is looked at."""
    from markterm.tui.key_list import area_of  # When it is asked for; the key bar needs none of it.

    keys: dict[str, list[str]] = {}
    words: dict[str, str] = {}
    for active in bindings_now(screen):
        binding = active.binding
        if binding.id and binding.tooltip and active.enabled:
            words[binding.id] = binding.tooltip
            key = screen.app.get_key_display(binding)
            if key not in keys.setdefault(binding.id, []):
                keys[binding.id].append(key)
    groups: dict[str, list[tuple[str, str, str]]] = {}
    for name, own in keys.items():
        groups.setdefault(area_of(name), []).append((" ".join(own), words[name], name))
    return KeysTold(keyed(screen.HELP) if screen.HELP else "", groups)


def keys_content(told: KeysTold, width: int) -> Content:
    """All of it in lines of that width, in two columns where there is room for them."""
    column = (width - _BETWEEN) // 2 if width >= _TWO_COLUMNS else width
    groups = [
        [Content.styled(title, "bold $primary"), *(line for entry in entries for line in _entry(*entry, column))]
        for title, entries in told.groups.items()
    ]
    parts: list[Content] = []
    if told.about:
        parts += [line for part in told.about.split("\n") for line in Content(part).wrap(width)]
        parts.append(Content())
    parts += _beside(groups, column) if column < width else [line for each in groups for line in each]
    more = keyed("{app.palette} opens the palette with every command. ")
    if has_its_own_keys("app.keys"):
        more += "In a field, where ? is a sign, F1 tells the keys. "
    more += "The grey names are for keys.toml, which changes keys."
    return Content("\n").join([*parts, Content(), *Content.styled(more, "$quiet").wrap(width)])


def _entry(key: str, words: str, name: str, width: int) -> list[Content]:
    """A command in lines of that width, which go on below its words."""
    told = Content.assemble(words, Content.styled(f"  {name}", "$quiet")).wrap(max(width - _KEYS - 3, 10))
    before = Content.styled(f"  {key:<{_KEYS}} ", "bold")
    if before.cell_length > _KEYS + 3:
        return [before, *(Content(" " * (_KEYS + 3)) + line for line in told)]
    return [before + told[0], *(Content(" " * (_KEYS + 3)) + line for line in told[1:])]


def _beside(groups: list[list[Content]], width: int) -> list[Content]:
    """The groups in two columns of that width, as even as can be without dividing one."""
    lines = sum(map(len, groups))
    left: list[Content] = []
    right: list[Content] = []
    for group in groups:
        (right if right or len(left) + len(group) // 2 > lines / 2 else left).extend(group)
    rows = zip_longest(left, right, fillvalue=Content())
    return [Content.assemble(one, " " * (width + _BETWEEN - one.cell_length), other).rstrip() for one, other in rows]
