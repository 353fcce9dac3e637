"""The keys that a user wants instead of ours, made into a keymap with which every command can still be reached."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import combinations

from textual.binding import Binding
from textual.keys import KEY_ALIASES, Keys, format_key

_FORMERLY = {"evidence.claim": "evidence.reference"}  # names in a keys.toml of version 0.1.0
_HELD = frozenset({"ctrl", "alt", "shift", "super", "meta", "hyper"})
_NAMED = frozenset(key.value for key in Keys if key.value.isalnum()) - {"return"}
_SENT_AS_ANOTHER = frozenset(alias for aliases in KEY_ALIASES.values() for alias in aliases)
_FOR_EDITING = frozenset({"space", "backspace", "delete", "left", "right", "home", "end"})
_LAST_OF_A_KEYBOARD = "\u024f"
"""The last of the Latin letters: Textual takes the Unicode name of any sign for the name of a key, a banana's too."""


@dataclass(frozen=True, slots=True)
class KeyProblem:
    """Why a key that the user wants is not taken; `names` are the names in their file that it is about."""

    message: str
    names: tuple[str, ...]

    def __str__(self) -> str:
        return self.message


def keymap_of(
    wanted: Mapping[str, object], together: Collection[Collection[Binding]], in_palette: Collection[str] = ()
) -> tuple[dict[str, str], list[KeyProblem]]:
    """The keys of all commands by their ids, with those that the user wants; empty when none is another than ours.

    Also what is wrong with the rest: such a command keeps the keys that it had. `together` holds the bindings that work
    at the same time, screen by screen. Two that share a key by themselves, one of which works at a time, may share one.
    `in_palette` are the ids of commands that have no key.
    """
    own = {binding.id: _keys(binding.key) for bindings in together for binding in bindings if binding.id}
    obeyed_first = {binding.id for bindings in together for binding in bindings if binding.priority}
    moved: dict[str, tuple[str, ...]] = {}
    named: dict[str, str] = {}
    problems: list[KeyProblem] = []
    for name, value in wanted.items():
        known = _FORMERLY.get(name, name)
        keys = _wanted_keys(value)
        if known not in own:
            problems.append(KeyProblem(_unknown(name, own, in_palette), (name,)))
        elif wrong := _wrong(value, keys, writing=known in obeyed_first):
            problems.append(KeyProblem(f"{wrong}: {known} keeps {_told(own[known])}.", (name,)))
        else:
            moved[known], named[known] = keys, name
    # What is taken back may meet what another has by now.
    while clash := _clash(own, moved, together):
        key, pair = clash
        given = tuple(named[each] for each in pair if each in moved)
        for each in pair:
            moved.pop(each, None)
        problems.append(KeyProblem(f"{key} is the key of {' and '.join(pair)}: both keep what they had.", given))
    if all(own[name] == keys for name, keys in moved.items()):
        return {}, problems
    return {name: ",".join(keys) for name, keys in (own | moved).items()}, problems


def names_in_file(name: str) -> tuple[str, ...]:
    """The names by which a `keys.toml` may call the command of that id, its own first."""
    return name, *(former for former, now in _FORMERLY.items() if now == name)


def is_key(key: str) -> bool:
    """Whether a terminal can send that key, as Textual calls it: `p`, `F`, `slash`, `escape`, `ctrl+f`, `shift+tab`."""
    *held, last = key.split("+")
    if len(set(held)) < len(held) or not _HELD.issuperset(held) or key in _SENT_AS_ANOTHER:
        return False
    if last in _NAMED:
        return True
    # With shift a sign is another sign, and what is held with ctrl is a small letter.
    return bool(_sign(last)) and not (held == ["shift"] or (held and last.isupper()))


def _sign(key: str) -> str:
    """The sign that a key writes; nothing when it writes none."""
    sign = key if len(key) == 1 else "" if key in _NAMED else format_key(key)
    is_one = len(sign) == 1 and sign.isprintable() and (sign == key or sign <= _LAST_OF_A_KEYBOARD)
    return sign if is_one else ""


def _keys(keys: str) -> tuple[str, ...]:
    """Each of these keys, by the names that Textual gives them: `/` is `slash`."""
    return tuple(dict.fromkeys(binding.key for binding in Binding.make_bindings([Binding(keys, "")])))


def _wanted_keys(value: object) -> tuple[str, ...]:
    """The keys that a value of the user's file names: a key, several with commas between them, or a list; or none."""
    items = value if isinstance(value, list) else [value]
    texts = [item for item in items if isinstance(item, str)]
    each = [key for text in texts for key in ([text] if text.strip() == "," else text.split(","))]
    if len(texts) < len(items) or not all(key.strip() for key in each):
        return ()
    return tuple(dict.fromkeys(name for key in each for name in _keys("comma" if key.strip() == "," else key)))


def _wrong(value: object, keys: tuple[str, ...], *, writing: bool) -> str:
    """What is wrong with what the user wants for a command, in words; nothing when it can have those keys."""
    if not keys:
        return "That is neither a key nor a list of keys" if value != "" else "An empty text is not a key"
    if unknown := [key for key in keys if not is_key(key)]:
        return f"{unknown[0]} is not a key{_near(unknown[0].lower(), _NAMED)}"
    if needed := [key for key in keys if writing and (_sign(key) or key in _FOR_EDITING)]:
        return f"{needed[0]} is needed for writing"
    return ""


def _unknown(name: str, own: Collection[str], in_palette: Collection[str]) -> str:
    if name in in_palette:
        return f"{name} stands in the palette alone: it has no key."
    return f"{name} is not the name of a command{_near(name, own)}."


def _near(name: str, known: Collection[str]) -> str:
    near = get_close_matches(name, known, n=1)
    return f"; {near[0]} is one" if near else ""


def _told(keys: tuple[str, ...]) -> str:
    return " and ".join(keys)


def _clash(
    own: Mapping[str, tuple[str, ...]],
    moved: Mapping[str, tuple[str, ...]],
    together: Collection[Collection[Binding]],
) -> tuple[str, tuple[str, str]] | None:
    """A key that two commands have which work together and had none in common, and the two."""
    for first, second in _pairs(together):
        if (first in moved or second in moved) and not set(own[first]) & set(own[second]):
            shared = set(moved.get(first, own[first])) & set(moved.get(second, own[second]))
            if shared:
                return min(shared), (first, second)
    return None


def _pairs(together: Collection[Collection[Binding]]) -> Iterator[tuple[str, str]]:
    for bindings in together:
        yield from combinations(sorted({binding.id for binding in bindings if binding.id}), 2)
