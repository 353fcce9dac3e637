"""The themes of MarkTerm: dark, light and high contrast, and beside them those with the terminal's own colours."""

from __future__ import annotations

from textual.theme import Theme

DEFAULT_THEME = "markterm-dark"

THEMES = (
    Theme(
        name=DEFAULT_THEME,
        primary="#88aed3",
        secondary="#8fb0a9",
        accent="#d9b26a",
        success="#8cc48c",
        warning="#e0b35c",
        error="#ec8b83",
        foreground="#d9dce1",
        background="#16191d",
        surface="#1c2025",
        panel="#282e36",
        dark=True,
        variables={"quiet": "#a0a8b3", "cursor": "#2d3a47"},
    ),
    Theme(
        name="markterm-light",
        primary="#2c5d8a",
        secondary="#3c6a62",
        accent="#7f5700",
        success="#1f6b2c",
        warning="#7d5200",
        error="#b0241b",
        foreground="#1d2126",
        background="#fbfaf7",
        surface="#f3f1ec",
        panel="#e4e1d9",
        dark=False,
        variables={"quiet": "#575e67", "cursor": "#d3e0ec"},
    ),
    Theme(
        name="markterm-high-contrast",
        primary="#ffffff",
        secondary="#ffff00",
        accent="#ffff00",
        success="#00ff66",
        warning="#ffcc00",
        error="#ff9999",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#262626",
        dark=True,
        variables={"quiet": "#e0e0e0", "cursor": "#0040a0"},
    ),
)

OF_THE_TERMINAL = ("ansi-dark", "ansi-light")
"""Textual's themes with the colours that the terminal gives to each name. Its others are not offered: in none of them
all that is written can be told from its ground as WCAG AA asks."""

OFFERED = frozenset(theme.name for theme in THEMES) | set(OF_THE_TERMINAL)

OWN_VARIABLES = {
    True: {"quiet": "#9aa0a8", "cursor": "#3a4654"},
    False: {"quiet": "#5a6068", "cursor": "#d4dde6"},
}
"""What the variables of our own are in a theme that does not have them, by whether it is dark."""

STYLES = """
VerticalScroll, TextArea, OptionList {
    scrollbar-size-vertical: 1; scrollbar-color: $quiet; scrollbar-color-hover: $foreground;
    scrollbar-color-active: $primary;
}
Input > .input--placeholder, Input:focus > .input--placeholder,
Input > .input--suggestion, Input:focus > .input--suggestion { color: $quiet; text-style: none; }
CommandPalette > Vertical { margin-top: 2; width: 90%; max-width: 100; background: $panel; }
CommandPalette Horizontal { border: round $primary; background: $panel; }
CommandPalette SearchIcon { display: none; }
CommandPalette CommandInput, CommandPalette CommandInput:focus {
    height: 1; margin: 0; border: none; padding: 0 1; background: $panel; color: $foreground;
}
CommandPalette CommandList {
    border: none; border-left: round $primary; border-right: round $primary; border-bottom: round $primary;
    background: $panel; max-height: 75vh; padding: 0 1; scrollbar-background: $panel;
    scrollbar-background-hover: $panel; scrollbar-background-active: $panel;
}
CommandPalette CommandList > .option-list--option { text-style: none; padding: 0 1; }
CommandPalette CommandList > .option-list--option-highlighted,
CommandPalette CommandList:focus > .option-list--option-highlighted {
    background: $cursor; color: $foreground; text-style: bold;
}
CommandPalette CommandList:nocolor > .option-list--option-highlighted { text-style: bold underline; }
CommandPalette > .command-palette--help-text { color: $quiet; text-style: none; }
"""
"""How what is Textual's own looks: bars as those that lists and texts draw themselves, the palette as what else opens
over a screen."""
