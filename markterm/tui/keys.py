"""The keys that work now, as text to read, and the user's own. The bindings stand with the screens they belong to."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from textual.binding import ActiveBinding, Binding
from textual.content import Content
from textual.screen import Screen

_TITLES = {
    "mark": "Marking",
    "criterion": "Criteria",
    "evidence": "Evidence",
    "find": "Find",
    "difference": "Differences",
    "unit": "Unit",
    "task": "Task",
    "learner": "Learner",
    "caseload": "Caseload",
    "pane": "Panes",
    "area": "Areas of work",
    "app": "Everywhere",
}
_FORMERLY = {"evidence.claim": "evidence.reference"}  # names in a keys.toml of version 0.1.0


def bindings_now(screen: Screen[object]) -> list[ActiveBinding]:
    """The bindings that work on the screen now, in the order in which it declares them, whatever their keys."""
    declared = [binding.id for binding in screen.BINDINGS if isinstance(binding, Binding)]
    active = screen.active_bindings.values()
    return sorted(
        active, key=lambda each: declared.index(each.binding.id) if each.binding.id in declared else len(declared)
    )


def keys_content(screen: Screen[object]) -> Content:
    """What the screen is for, and every key that works on it now, by what it is about."""
    groups: dict[str, list[tuple[str, str, str]]] = {}
    for active in bindings_now(screen):
        binding = active.binding
        if binding.id and binding.tooltip and active.enabled:
            group = _TITLES.get(binding.id.partition(".")[0], "Everywhere")
            entry = (screen.app.get_key_display(binding), binding.tooltip, binding.id)
            if entry not in groups.setdefault(group, []):
                groups[group].append(entry)
    parts: list[Content | str] = []
    if screen.HELP:
        parts += [Content(screen.HELP), "\n\n"]
    for title, entries in groups.items():
        parts += [Content.styled(title, "bold $primary"), "\n"]
        for key, words, name in entries:
            parts += [Content.styled(f"  {key:<12} ", "bold"), words, Content.styled(f"  {name}", "$quiet"), "\n"]
    parts += [
        "\n",
        Content.styled("ctrl+p opens the palette with every command. ", "$quiet"),
        Content.styled("The grey names are for keys.toml, which changes keys.", "$quiet"),
    ]
    return Content.assemble(*parts)


def keymap_of(wanted: Mapping[str, str], screens: Collection[Collection[Binding]]) -> tuple[dict[str, str], list[str]]:
    """The keymap for the keys that the user wants, by the ids of bindings, and what is wrong with them in words.

    `screens` holds for each screen the bindings that work there together.
    """
    own = {binding.id: binding.key for bindings in screens for binding in bindings if binding.id}
    wanted = {_FORMERLY.get(name, name): key for name, key in wanted.items()}
    moved = {name: key for name, key in wanted.items() if name in own and key != own[name]}
    problems = [f"{name} is not the name of a command; ? shows the names." for name in wanted if name not in own]
    staying: dict[str, str] = {}
    for bindings in screens:
        for moving in bindings:
            for other in bindings:
                if moving.id not in moved or other.id is None or other.id == moving.id:
                    continue
                shared = _keys(moving.key) & _keys(other.key)
                if shared and other.id not in moved:
                    # Textual takes the key that one of them leaves from both.
                    staying[other.id] = other.key
                taken = _keys(moved[moving.id]) & _keys(moved.get(other.id, other.key))
                if taken and not shared:
                    names = " and ".join(sorted((moving.id, other.id)))
                    problems.append(f"{', '.join(sorted(taken))} is the key of {names}.")
    return staying | moved, list(dict.fromkeys(problems))


def _keys(keys: str) -> set[str]:
    return {key.strip() for key in keys.split(",")}
