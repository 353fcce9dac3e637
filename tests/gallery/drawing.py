"""Drawing the pictures: the real app at a fixed moment, one sitting after the other."""

from __future__ import annotations

import os
import random
import re
import sys
import time
import uuid
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import ExitStack, asynccontextmanager, contextmanager
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from unittest.mock import patch

from textual.command import CommandPalette
from textual.keys import _character_to_key

from markterm import tui
from markterm.centre.centre import Centre
from markterm.own.places import Places
from markterm.tui.app import MarkTermApp
from markterm.tui.command import WithCommands
from markterm.tui.key_list import every_key
from markterm.tui.requests import OpenLearner, OpenSample
from tests.centres import places_in
from tests.gallery.centres import CENTRES
from tests.gallery.pictures import Picture, Sat
from tests.tui.sitting import Sitting

NOW = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
SIZES = ((80, 24), (120, 36), (160, 45))
THEMES = {"dark": "markterm-dark", "light": "markterm-light", "contrast": "markterm-high-contrast"}


class _Moment(datetime):
    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]  # always the same moment
        return NOW if tz is not None else NOW.replace(tzinfo=None)


class _Day(date):
    @classmethod
    def today(cls) -> date:  # type: ignore[override]  # of the same moment
        return NOW.date()


@contextmanager
def at_a_fixed_moment() -> Iterator[None]:
    """Whatever is drawn inside is drawn at that moment, in that time zone, with ids that are dealt out alike."""
    dealt = random.Random(1)
    for module in walk_packages(tui.__path__, f"{tui.__name__}."):
        import_module(module.name)
    with ExitStack() as stack:
        stack.enter_context(patch.dict(os.environ, {"TZ": "UTC", "COLORTERM": "truecolor"}))
        os.environ.pop("NO_COLOR", None)
        time.tzset()
        stack.enter_context(patch.object(uuid, "uuid4", lambda: uuid.UUID(int=dealt.getrandbits(128), version=4)))
        for screens in [loaded for name, loaded in sys.modules.items() if name.startswith("markterm.tui.")]:
            if getattr(screens, "datetime", None) is datetime:
                stack.enter_context(patch.object(screens, "datetime", _Moment))
            if getattr(screens, "date", None) is date:
                stack.enter_context(patch.object(screens, "date", _Day))
        yield
    time.tzset()


@asynccontextmanager
async def sat_down(sat: Sat, folder: Path) -> AsyncIterator[Sitting]:
    """The app on that centre, which is made in `folder` when it is not there yet."""
    places = places_in(folder / f"own-{sat.centre}")
    centre_folder = folder / sat.centre
    if not centre_folder.exists():
        begun = time.time() - 1
        CENTRES[sat.centre](centre_folder, places, NOW)
        for file in (centre_folder / "learners").rglob("*"):
            # Those that the demo gave a day of their own were handed in on it.
            if begun <= file.stat().st_mtime <= time.time():
                os.utime(file, (NOW.timestamp(), NOW.timestamp()))
    own = Places(folder / f"{sat.centre}-{sat.member}-{sat.blind}", places.cache, folder / "settings" / sat.member)
    centre = Centre.open(centre_folder, member=sat.member or None, places=own, clock=lambda: NOW)
    app = MarkTermApp(centre, own, blind=sat.blind)
    app.arrivals.waits = 0.001
    async with app.run_test(size=SIZES[0], notifications=True) as pilot:
        at = Sitting(app, pilot, centre_folder, own)
        await at.settled()
        yield at
    centre.close_down()


def first_keys() -> Mapping[str, str]:
    """By the id of a command its first key, as Textual calls it."""
    keys = {line.id: line.keys[0] for line in every_key()}
    return {name: _character_to_key(key) if len(key) == 1 else key for name, key in keys.items()}


async def go_to(at: Sitting, picture: Picture) -> None:
    """Come to what is on the picture, from the caseload."""
    keys = first_keys()
    app = at.app
    if picture.sample:
        await app.answer(OpenSample(picture.learner, picture.sample))
        await at.settled()
    elif picture.learner:
        await app.answer(OpenLearner(picture.learner))
        await at.opened(picture.learner)
    for key in picture.keys:
        if "." in key and key not in keys:
            # One that has no key, and is called by its name, of the screen or of the app.
            on_screen = isinstance(app.screen, WithCommands) and key in {each.id for each in app.screen.DOES}
            await (app.screen if on_screen else app).action_do(key)  # type: ignore[union-attr]  # just asked
            await at.settled()
        else:
            await at.press(keys.get(key, key))
    await at.settled()
    on = [each.__name__ for each in type(app.screen).__mro__]
    assert picture.screen in on, f"{picture.name} is on {on[0]}:\n{at.text}"


async def leave(at: Sitting) -> None:
    """Back to the caseload, whatever is open."""
    for _ in range(4):
        await at.press("escape")
    await at.press("1")


async def drawn(at: Sitting, picture: Picture) -> AsyncIterator[tuple[str, str]]:
    """The picture in every size and theme, as its name and SVG."""
    for size in SIZES:
        await at.resize(*size)
        for theme, name in THEMES.items():
            # The palette keeps the colours in which it was opened.
            is_palette = isinstance(at.app.screen, CommandPalette)
            await at.press(*["escape"] * is_palette)
            at.app.theme = name
            await at.press(*[first_keys()["app.palette"]] * is_palette)
            await at.settled()
            yield f"{picture.name}-{size[0]}x{size[1]}-{theme}", svg(at.app)
    at.app.theme = THEMES["dark"]
    await at.resize(*SIZES[0])


def svg(app: MarkTermApp) -> str:
    """What is on the screen. Whoever looks at it fetches no fonts from anywhere."""
    text = app.export_screenshot(title="markterm")
    return re.sub(r"@font-face \{.*?\}\s*", "", text, flags=re.DOTALL)
