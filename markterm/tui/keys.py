"""The keys that work now, as text to read. The bindings themselves stand with the screens they belong to."""

from __future__ import annotations

from textual.content import Content
from textual.screen import Screen

_TITLES = {
    "mark": "Marking",
    "criterion": "Criteria",
    "evidence": "Evidence",
    "find": "Find",
    "unit": "Unit",
    "learner": "Learner",
    "caseload": "Caseload",
    "pane": "Panes",
    "area": "Areas of work",
    "app": "Everywhere",
}


def keys_content(screen: Screen[object]) -> Content:
    """What the screen is for, and every key that works on it now, by what it is about."""
    groups: dict[str, list[tuple[str, str, str]]] = {}
    for active in screen.active_bindings.values():
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
