"""Commands: what a person can do on a screen, each with its id, its key and its words in one place.

    class Pass(Command[Workplace]):
        id, key, label, words = "mark.pass", "p", "pass", "Pass this criterion"

        async def run(self, on: Workplace) -> None:
            ...

    class MarkingScreen(WithCommands, Screen[None]):
        DOES = (Pass, Refer)
        BINDINGS = bindings(*DOES)

Key bar, help, palette, `keys.toml` and every text that names a key come from these classes. The order of `DOES` is
the order in which key bar and help tell of them. Two commands may share a key, where `works` tells them apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from itertools import chain
from typing import Any, ClassVar, Generic, TypeVar, cast

from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.keys import format_key

from markterm.tui.keys_together import APP, TOGETHER

On = TypeVar("On", contravariant=True)

_IN_BRACES = re.compile(r"\{([a-z]+\.[a-z_-]+)\}")
_CALLED = {
    "escape": "Esc",
    "enter": "Enter",
    "tab": "Tab",
    "space": "Space",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "f1": "F1",
    "f2": "F2",
}

_ONLY_READS = (
    "An external quality assurer reads only: this would record or change something, so nothing was done. "
    "The coordinator records what comes of the visit."
)

_known: dict[str, type[Command[Any]]] = {}
_changed: dict[str, str] = {}
_reads_alone = False


class Command(Generic[On]):
    """Something that a person can do; `On` is what it acts on, a screen or what a screen shows."""

    id: ClassVar[str]
    """Its name in `keys.toml`, such as `mark.pass`."""
    key: ClassVar[str] = ""
    """Its keys, with commas between them, as Textual calls them; empty for a command of the palette alone."""
    label: ClassVar[str] = ""
    """Its word in the key bar, empty when it does not stand there; without a key its name in the palette."""
    words: ClassVar[str]
    """Its line in the help and in the palette."""
    priority: ClassVar[bool] = False
    """Whether its key is obeyed before a field that has the focus."""

    records: ClassVar[bool] = False
    """Whether it records or changes something of the centre's: who comes from outside and reads is not offered it."""

    def __init_subclass__(cls) -> None:
        if "id" in vars(cls) and _known.setdefault(cls.id, cls) is not cls:
            raise TypeError(f"Two commands are called {cls.id}.")

    def works(self, on: On) -> bool:  # noqa: ARG002 - for subclasses
        """Whether it can be done now; asked also before the screen is there. What does not work is not shown."""
        return True

    def is_offered(self, on: On) -> bool:  # noqa: ARG002 - for subclasses
        """Whether key bar, help and palette name it to whoever acts now; where not, its key says who may do it."""
        return True

    async def run(self, on: On) -> None:
        """Do it."""
        raise NotImplementedError


def bindings(*commands: type[Command[Any]]) -> list[BindingType]:
    """The keys of these commands, in this order, for a class that is `WithCommands`."""
    return [
        Binding(
            command.key,
            f"do('{command.id}')",
            command.label,
            show=bool(command.label),
            priority=command.priority,
            id=command.id,
            tooltip=command.words,
        )
        for command in commands
        if command.key
    ]


def command_of(name: str) -> type[Command[Any]]:
    """The command of that id. Raises `KeyError`."""
    return _known[name]


class WithCommands:
    """Mixed into a screen, a widget or the app: does what its `DOES` say."""

    DOES: ClassVar[tuple[type[Command[Any]], ...]] = ()

    @property
    def acts_on(self) -> Any:
        """What its commands act on: itself, if it does not say otherwise."""
        return self

    @property
    def tells_first(self) -> Sequence[str]:
        """The ids of what key bar and help of a screen tell of before its own commands: those of what it shows now."""
        return ()

    @property
    def tells_now(self) -> Iterable[tuple[str, str]] | None:
        """The ids of what can be done here and now and what each is called, the most useful first, where the screen
        knows it; None where its key bar tells of every command that has a label and works."""
        return None

    async def action_do(self, name: str) -> None:
        """Do the command of that id; who reads alone is told so where it records."""
        if _reads_alone and _known[name].records:
            cast(DOMNode, self).app.notify(_ONLY_READS, severity="error", markup=False)
            return
        await _known[name]().run(self.acts_on)

    def offers(self, name: str) -> bool:
        """Whether the command of that id is named to whoever acts now."""
        if _reads_alone and _known[name].records:
            return False
        return _known[name]().is_offered(self.acts_on)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A command says itself whether it works; whatever else there is does."""
        return action != "do" or _known[str(parameters[0])]().works(self.acts_on)


def offer_reading_alone(is_external: bool) -> None:
    """Have commands that record offered to nobody from now on, for whoever comes from outside and reads; or offered
    again."""
    global _reads_alone
    _reads_alone = is_external


def reads_alone() -> bool:
    """Whether whoever acts comes from outside and reads."""
    return _reads_alone


def keys_together() -> list[list[Binding]]:
    """The keys that work together, screen by screen. Loads every screen."""
    everywhere = [key for key in _bindings_of(APP) if key.priority]
    return [
        [key for name in names for key in _bindings_of(name)] + ([] if APP in names else everywhere)
        for names in TOGETHER
    ]


def _bindings_of(name: str) -> list[Binding]:
    return [binding for binding in _class(name).BINDINGS if isinstance(binding, Binding)]


def without_key() -> frozenset[str]:
    """The ids of the commands that stand in the palette alone, of all screens that are loaded."""
    return frozenset(name for name, command in _known.items() if not command.key)


def change_keys(keymap: Mapping[str, str]) -> None:
    """Have `key_of` and `keyed` tell these keys, by the ids of commands, and for all other commands their own."""
    _changed.clear()
    _changed.update(keymap)


def key_of(name: str, *, short: bool = False) -> str:
    """The key of the command of that id as it is now, as a sentence names it: `/`, `Esc`, `ctrl+f`; `short` as a line
    of keys does: `^F`. Of several keys the first. Raises `KeyError`."""
    *held, key = (_changed.get(name) or own_key(name)).partition(",")[0].strip().split("+")
    sign = _CALLED.get(key) or format_key(key)
    if short and held == ["ctrl"]:
        return f"^{sign.upper()}"
    return "+".join((*held, sign))


def has_its_own_keys(name: str) -> bool:
    """Whether the command of that id has the keys that we gave it, and none of its user's. Raises `KeyError`."""
    own = own_key(name)
    return _changed.get(name, own) == own


def keyed(text: str, *, short: bool = False) -> str:
    """`text` with the key of a command wherever its id stands in braces: `{mark.pass} passes`. Raises `KeyError`.

    For a text of ours alone: what a person wrote may have braces of its own, and is joined to `key_of` instead.
    """
    return _IN_BRACES.sub(lambda found: key_of(found[1], short=short), text)


def commands_in(text: str) -> Iterator[tuple[str, str]]:
    """The pieces of `text` as a line of keys tells them, each with the id of the command whose key it is, or with
    nothing where it is no key. Raises `KeyError`."""
    for number, piece in enumerate(_IN_BRACES.split(text)):
        if number % 2:
            yield key_of(piece, short=True), piece
        elif piece:
            yield piece, ""


def own_key(name: str) -> str:
    """The keys that the command of that id came with, with commas between them. Raises `KeyError`."""
    return _known[name].key if name in _known else _key_in_registry(name)


@cache
def _key_in_registry(name: str) -> str:
    # Class by class, those that are loaded anyway first: nobody waits for a screen of which nothing is told.
    for each in dict.fromkeys(chain.from_iterable(TOGETHER)):
        for binding in _bindings_of(each):
            if binding.id == name:
                return binding.key
    raise KeyError(name)


def _class(name: str) -> type[DOMNode]:
    module, _, each = name.partition(":")
    found: type[DOMNode] = getattr(import_module(module), each)
    return found
