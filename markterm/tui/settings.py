"""The user's own settings, in `settings.toml` and `keys.toml` of their configuration folder."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from markterm.domain.words.foreign_text import one_line
from markterm.system.platform import replace_file
from markterm.system.regular_file import open_regular
from markterm.tui.own_lines import flat, lines_naming, with_line
from markterm.tui.theme import DEFAULT_THEME

SETTINGS_FILE = "settings.toml"
KEYS_FILE = "keys.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person can set; `,` shows them."""

    theme: str = DEFAULT_THEME
    """The theme's name: markterm-dark, markterm-light, markterm-high-contrast, or one with the terminal's own
    colours, ansi-dark or ansi-light."""
    move_on: bool = True
    """Whether a mark moves to the next open criterion."""
    evidence_follows: bool = True
    """Whether the evidence goes along with the criterion, to the first passage that refers to it."""
    decide_first: bool = False
    """Whether samples are opened as independent second assessments: whoever verifies decides before they see."""
    visited: bool = False
    """Whether the first visit of the demo was shown."""
    criteria_width: int = 0
    """How many columns wide the criteria are beside the evidence; 0 is as wide as suits the terminal."""
    criterion_width: int = 0
    """How many columns wide the criterion is beside the evidence, in a wide terminal; 0 is as it comes."""
    criterion_height: int = 0
    """How many rows high the criterion is above the evidence, in a terminal that is not wide; 0 is as it comes."""


def load_settings(folder: Path) -> Settings:
    """The settings in that folder; what is missing, unknown or of another type is as it comes."""
    values = _values(folder / SETTINGS_FILE)
    settings = Settings()
    for field in fields(Settings):
        value = values.get(field.name)
        if type(value) is type(getattr(settings, field.name)):
            settings = replace(settings, **{field.name: value})  # type: ignore[arg-type]  # just compared
    return settings


def save_settings(folder: Path, settings: Settings, had: Settings | None = None) -> None:
    """Keep the settings, or of them what is another than they `had`. Everything else in the file stays: what they mean
    to a newer version, what was said beside them, and what another session changed.

    A folder that cannot be written keeps none, and neither does a file that cannot be read: it is the user's to mend.
    """
    before = {} if had is None else asdict(had)
    path = folder / SETTINGS_FILE
    with suppress(*_UNREADABLE):
        text = path.read_bytes().decode("utf-8") if path.exists() else ""
        for name, value in asdict(settings).items():
            if name not in before or value != before[name]:
                text = with_line(text, (name,), value) or text
        folder.mkdir(parents=True, exist_ok=True)
        replace_file(path, text.encode())


def load_keys(folder: Path) -> dict[str, object]:
    """What the user wants by the id of what it does, such as `"mark.pass" = "p"` or `"mark.pass" = ["p", "x"]`; what is
    neither a text nor a list of them is for `keymap_of` to refuse."""
    wanted = flat(_values(folder / KEYS_FILE))
    return {one_line(name): one_line(key) if isinstance(key, str) else key for name, key in wanted.items()}


class OwnSettings:
    """The settings as they are `now`, kept in that folder whenever one changes; `now` may be ahead of what is kept, as
    while a line is dragged."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = self._kept = load_settings(folder)

    def change(self, settings: Settings) -> None:
        """Have these from now on."""
        save_settings(self.folder, settings, self._kept)
        self.now = self._kept = settings


def line_of_key(folder: Path, name: str) -> int | None:
    """The line (from 1) in which the user's file names that command; None when it is written in a way of its own."""
    try:
        text = (folder / KEYS_FILE).read_text("utf-8")
    except _UNREADABLE:
        return None
    return next((number for number, _ in lines_naming(text, (name,))), None)


def unreadable(folder: Path) -> list[str]:
    """Which of the two files cannot be read, and why, in words; everything is as it comes then."""
    return [why for name in (SETTINGS_FILE, KEYS_FILE) if (why := why_unreadable(folder, name))]


def not_taken(folder: Path, themes: Collection[str]) -> list[str]:
    """Which values of the settings stand in the file and are not taken, and what there is, in words."""
    values, said = _values(folder / SETTINGS_FILE), []
    for name, usual in asdict(Settings()).items():
        value = values.get(name, usual)
        if type(value) is not type(usual):
            kind = {bool: "true or false", int: "a whole number"}.get(type(usual), 'a text, such as "markterm-light"')
            said.append(f"{SETTINGS_FILE}: {name} is {kind}; it is as it comes now")
        elif name == "theme" and value not in themes:
            said.append(one_line(f"{SETTINGS_FILE}: there is no theme {value}; it is {DEFAULT_THEME} now"))
    return said


def why_unreadable(folder: Path, name: str) -> str:
    """Why that file cannot be read, in words; nothing when it can, or is not there."""
    try:
        _toml(folder / name)
    except UnicodeDecodeError as error:
        return f"{name} is left out: it is not saved as UTF-8 (byte {error.start + 1})"
    except OSError as error:
        return one_line(f"{name} is left out: {error.strerror or error}")
    except _UNREADABLE as error:
        return one_line(f"{name} is left out: {error}")
    return ""


_UNREADABLE = (OSError, ValueError, RecursionError)


def _toml(path: Path) -> dict[str, object]:
    try:
        with open_regular(path) as file:
            return tomllib.load(file)
    except FileNotFoundError:
        return {}


def _values(path: Path) -> dict[str, object]:
    try:
        return _toml(path)
    except _UNREADABLE:
        return {}
