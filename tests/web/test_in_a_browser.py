"""The screens in a real browser, over a network that may be cut: what a member does there, on real records."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from markterm.centre.centre import Centre
from markterm.domain.record.event import Kind
from markterm.web.passwords import Passwords
from tests.centres import environment_in, make_centre_in, places_in
from tests.pace import PATIENCE
from tests.web.serving import GOOD, free_port, quick_passwords

playwright = pytest.importorskip("playwright.async_api", reason="markterm[servertest] is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: no browser shows the screens"),
]


_READ = 0.6
"""Seconds: nobody reads faster what a key opened, and the same key again is taken for the same press."""


class Network:
    """What lies between browsers and the server. While it is cut nothing comes through, and nobody is told."""

    def __init__(self, to: int) -> None:
        self._to = to
        self._is_up = asyncio.Event()
        self._is_up.set()
        self._ends: set[asyncio.StreamWriter] = set()

    async def serve(self, port: int) -> asyncio.Server:
        return await asyncio.start_server(self._pass_on, "127.0.0.1", port)

    def cut(self) -> None:
        """As when a cable is pulled, and the system of whoever sits there notices."""
        self._is_up.clear()
        for each in tuple(self._ends):
            each.transport.abort()

    def mend(self) -> None:
        self._is_up.set()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self._is_up.is_set():
            writer.transport.abort()
            return
        there, back = await asyncio.open_connection("127.0.0.1", self._to)
        self._ends |= {writer, back}
        with suppress(OSError):
            await asyncio.gather(_copy(reader, back), _copy(there, writer))
        self._ends -= {writer, back}


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(1 << 16):
            writer.write(data)
            await writer.drain()
    finally:
        writer.close()


@dataclass
class Sitting:
    """A person before a browser."""

    page: Any
    at: Served

    @property
    async def text(self) -> str:
        """What the terminal in the browser shows."""
        try:
            return str(await self.page.evaluate(_SHOWN))
        except playwright.Error:  # The page is being loaded.
            return ""

    async def until(self, words: str) -> str:
        """Wait until it shows these words."""
        return await until(lambda: self.text, lambda text: words in text)

    async def press(self, *keys: str) -> None:
        for each in keys:
            await self.page.keyboard.press(each)

    async def sign_in(self, member: str) -> None:
        await self.page.goto(self.at.address)
        await self.page.fill("#member", member)
        await self.page.fill("#password", GOOD)
        await self.page.click("text=Sign in")
        await self.until("AAA1")


# The terminal draws on a canvas: what stands in its rows it tells by its buffer alone, kept by the test at its making.
_SHOWN = "window.shownByTest ? window.shownByTest() : document.body.innerText"
_KEEP = """
const made = [];
Object.defineProperty(Object.prototype, "_core", { configurable: true, set(value) {
  Object.defineProperty(this, "_core", { value, writable: true, configurable: true, enumerable: true });
  made.push(this);
  window.terminalByTest = () => made.find((each) => each.buffer?.active);
  window.shownByTest = () => {
    const terminal = window.terminalByTest();
    if (!terminal) return "";
    const buffer = terminal.buffer.active, lines = [];
    for (let y = 0; y < terminal.rows; y++) lines.push(buffer.getLine(buffer.baseY + y)?.translateToString(true) ?? "");
    const over = document.getElementById("over");
    return lines.join("\\n") + (over && !over.hidden ? "\\n" + over.innerText : "");
  };
} });
"""


async def until(shown: Callable[[], Awaitable[str]], good: Callable[[str], bool]) -> str:
    text = ""
    try:
        async with asyncio.timeout(PATIENCE):
            while not good(text := await shown()):
                await asyncio.sleep(0.02)
    except TimeoutError:
        raise AssertionError(f"It shows:\n{text}") from None
    return text


@dataclass
class Served:
    """A server in a process of its own, and browsers."""

    folder: Path
    home: Path
    address: str
    network: Network
    browser: Any
    process: asyncio.subprocess.Process
    pages: list[Any] = field(default_factory=list)

    async def person(self) -> Sitting:
        """Somebody with a browser of their own."""
        context = await self.browser.new_context(viewport={"width": 1100, "height": 700}, accept_downloads=True)
        await context.add_init_script(_KEEP)
        page = await context.new_page()
        self.pages.append(page)
        return Sitting(page, self)

    def decided(self, registration: str = "AAA1") -> list[tuple[str, str, str]]:
        """What stands on record: who decided what, and how."""
        centre = Centre.open(self.folder, places=places_in(self.home / "outside"))
        try:
            events = centre.history.of(registration)
        finally:
            centre.close_down()
        return [
            (each.actor, each.subject.criterion or "", str(each.body.get("result")))
            for each in events
            if each.kind == Kind.DECIDED
        ]


@pytest.fixture
async def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Served]:
    quick_passwords(monkeypatch)
    async with serving_process(tmp_path) as made:
        yield made


@asynccontextmanager
async def serving_process(tmp_path: Path, centre: Path | None = None, *more: str) -> AsyncIterator[Served]:
    """That centre, or a tiny one, served; asha and ben have passwords, and those `more`."""
    home, port, outside = tmp_path / "home", free_port(), free_port()
    centre = centre or make_centre_in(tmp_path / "centre", {"AAA1": "Rosalind Jones"})
    file = centre / "centre.toml"
    file.write_text(f'{file.read_text("utf-8")}\n[server]\naddress = "http://localhost:{outside}"\n', "utf-8")
    passwords = Passwords(places_in(home).of_centre(centre).passwords)
    for member in ("asha", "ben", *more):
        passwords.set(member, GOOD)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "markterm", "-C", str(centre), "serve", "--port", str(port)),
        env=environment_in(home),
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stderr is not None
    while b'"serving"' not in (line := await asyncio.wait_for(process.stderr.readline(), PATIENCE)):
        assert line, "the server ended"
    network = Network(port)
    async with await network.serve(outside), playwright.async_playwright() as engine:
        browser = await engine.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"] if os.geteuid() == 0 else []
        )
        try:
            yield Served(centre, home, f"http://localhost:{outside}", network, browser, process)
        finally:
            await browser.close()
            network.cut()
            process.terminate()
            await asyncio.wait_for(process.communicate(), PATIENCE)


async def test_a_member_signs_in_marks_loses_the_network_comes_back_and_signs_out(served: Served) -> None:
    asha = await served.person()
    await asha.sign_in("asha")
    await asha.press("Enter")
    await asha.until("Boil the water")
    await asha.press("p")
    await asha.until("✓ Boil")
    assert served.decided() == [("asha", "1.1", "pass")]
    # A note is begun, and the cable pulled in the middle of it.
    await asha.press("r")
    await asha.page.keyboard.type("The pot was ")
    await asha.until("The pot was")
    served.network.cut()
    await asha.until("The connection is lost.")
    served.network.mend()
    await until(lambda: asha.text, lambda text: "The pot was" in text and "is lost" not in text)
    await asha.page.keyboard.type("cold.")
    await asha.until("The pot was cold.")
    await asha.press("Enter")
    await asha.until("✗ Warm")
    assert served.decided()[1:] == [("asha", "1.2", "refer")]
    (cookie,) = [each for each in await asha.page.context.cookies() if each["name"] == "markterm"]
    await asha.page.click("text=Sign out")
    await asha.page.wait_for_url("**/sign-in")
    thief = await served.person()
    await thief.page.context.add_cookies([cookie])
    await thief.page.goto(served.address)
    assert thief.page.url.endswith("/sign-in")


async def test_two_people_on_one_criterion_see_each_other_and_both_stand(served: Served) -> None:
    asha, ben = await served.person(), await served.person()
    for each, member in ((asha, "asha"), (ben, "ben")):
        await each.sign_in(member)
        await each.press("Enter")
        await each.until("Boil the water")
    await asha.press("p")
    await asha.until("✓ Boil")
    # The other one sees it without doing anything.
    await ben.until("✓ Boil")
    await ben.until("asha here too")
    await ben.press("p")
    await ben.until("asha decided T-101 1.1 already: pass")
    await ben.press("ArrowDown", "Enter")
    await ben.until("▸ 1.2")
    await ben.press("k")
    await ben.until("ben, ")
    assert [actor for actor, _, _ in served.decided()] == ["asha", "ben"]
    await asha.press("k")
    await asha.until("ben, ")


async def test_whoever_leaves_is_told_so_and_begins_again_and_nobody_is_somebody_else(served: Served) -> None:
    asha = await served.person()
    await asha.sign_in("asha")
    await asha.press("W")
    await asha.until("You are signed in")
    await asha.press("Control+q")
    await asha.until("You left MarkTerm.")
    # What it showed last is not for whoever comes by.
    assert not await asha.page.is_visible("#terminal")
    await asha.page.click("#again")
    await asha.until("AAA1")


async def test_files_are_sent_received_exported_and_fetched(served: Served, tmp_path: Path) -> None:
    asha = await served.person()
    saved: asyncio.Queue[Any] = asyncio.Queue()
    asha.page.on("download", saved.put_nowait)
    await asha.sign_in("asha")
    work = tmp_path / "AAA1_Rosalind Jones_diary.md"
    work.write_text("# A diary\n\nThe kettle boiled.\n", "utf-8")
    page = await asha.page.context.new_page()
    await page.goto(f"{served.address}/files")
    await page.set_input_files("#file", work)
    await page.click("button:text-is('Send')")
    await page.wait_for_selector("text=Saved:")
    await asha.page.bring_to_front()
    await asha.press("R")
    await asha.until("AAA1_Rosalind Jones_diary.md")
    await asha.press("Enter")
    await asha.until("1 sure")
    await asyncio.sleep(_READ)
    await asha.press("Enter")
    await asha.until("Put them among")
    await asha.press("ArrowDown", "Enter")
    await asha.until("1 file of 1 learner received.")
    await asyncio.sleep(_READ)
    await asha.press("Enter")
    await asha.until("The kettle boiled.")
    await asha.press("X")
    await asha.until("Export")
    await asha.press("Enter")
    await asha.until("mark sheet T-101 of AAA1")
    await asyncio.sleep(_READ)
    await asha.press("Enter")
    await asha.until("Your browser saves it.")
    delivered = await asyncio.wait_for(saved.get(), PATIENCE)
    assert delivered.suggested_filename == "AAA1 T-101 mark sheet.pdf"
    assert Path(await delivered.path()).read_bytes().startswith(b"%PDF")
    await page.bring_to_front()
    await page.reload()
    async with page.expect_download() as coming:
        await page.click("text=mark sheet.pdf")
    assert Path(await (await coming.value).path()).stat().st_size > 100


async def test_what_is_pasted_and_copied_goes_by_the_clipboard_and_marks_nothing(served: Served) -> None:
    asha = await served.person()
    await asha.page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=served.address)
    await asha.sign_in("asha")
    await asha.press("Enter")
    await asha.until("Boil the water")
    await asha.page.evaluate("navigator.clipboard.writeText('The water\\nwas p p p')")
    await asha.press("n")
    await asha.until("Note on T-101 1.1")
    await asha.press("Control+v")
    await asha.until("was p p p")
    # A browser keeps ctrl+n for itself.
    await asha.press("Alt+n")
    await asha.page.keyboard.type("warm.")
    await asha.until("warm.")
    lines = [line.strip() for line in (await asha.text).splitlines()]
    at = lines.index("The water")
    assert lines[at : at + 3] == ["The water", "was p p p", "warm."]
    await asha.press("Escape")
    await until(lambda: asha.text, lambda text: "Note on" not in text)
    await asha.press("Control+c")
    await asha.until("Copied")
    assert "Diary" in str(await asha.page.evaluate("navigator.clipboard.readText()"))
    assert served.decided() == []


async def test_no_page_of_another_site_opens_a_session(served: Served) -> None:
    asha = await served.person()
    await asha.sign_in("asha")
    other = await asha.page.context.new_page()
    await other.goto("data:text/html,<title>evil</title>")
    closed = await other.evaluate(
        """(address) => new Promise((done) => {
          const socket = new WebSocket(address);
          socket.onopen = () => done("open");
          socket.onclose = () => done("closed");
        })""",
        f"{served.address.replace('http', 'ws')}/ws/{'a' * 24}/{'b' * 24}",
    )
    assert closed == "closed"


async def test_no_password_is_in_the_list_of_processes_or_in_a_core_on_the_disk(served: Served) -> None:
    asha = await served.person()
    await asha.sign_in("asha")
    limits = [Path(f"/proc/{each}/limits").read_text() for each in _with_children(served.process.pid)]
    assert len(limits) > 2, "the server, what its sessions are made of, and a session"
    assert all(re.search(r"Max core file size +0 +0 ", each) for each in limits)
    lines = await asyncio.create_subprocess_exec("ps", "-eww", "-o", "args", stdout=asyncio.subprocess.PIPE)
    out, _ = await lines.communicate()
    assert GOOD.encode() not in out
    assert b"$argon2" not in out


def _with_children(process: int) -> list[int]:
    children = [child for of in Path(f"/proc/{process}/task").glob("*/children") for child in of.read_text().split()]
    return [process, *(each for child in children for each in _with_children(int(child)))]


async def test_every_page_fits_a_telephone_and_is_read_to_whoever_does_not_see_it(served: Served) -> None:
    axe = pytest.importorskip("axe_playwright_python.async_playwright").Axe()
    asha = await served.person()
    page = asha.page

    async def looks(at: str) -> None:
        await page.set_viewport_size({"width": 320, "height": 568})
        assert not await page.evaluate("document.documentElement.scrollWidth > innerWidth"), at
        found = await axe.run(page, options={"resultTypes": ["violations"]})
        assert [each["id"] for each in found.response["violations"]] == [], at

    await page.goto(f"{served.address}/sign-in")
    await looks("sign-in")
    await page.fill("#member", "asha")
    await page.fill("#password", "wrong wrong wrong")
    await page.click("button")
    await looks("wrong password")
    await page.set_viewport_size({"width": 1100, "height": 700})
    await asha.sign_in("asha")
    await looks("screens")
    await page.goto(f"{served.address}/files")
    await page.set_input_files("#file", files=[{"name": f"{'long' * 40}.csv", "mimeType": "text/csv", "buffer": b"x"}])
    await page.click("text=Send >> nth=-1")
    await page.wait_for_selector("text=Saved:")
    await looks("files")
    assert await page.evaluate("document.querySelector('td a').getBoundingClientRect().width > 160"), "in one column"


async def test_a_mistake_in_the_centres_file_is_told_on_the_screen_until_it_is_mended_and_work_goes_on(
    served: Served,
) -> None:
    asha = await served.person()
    await asha.sign_in("asha")
    await asha.press("Enter")
    await asha.until("Boil the water")
    file = served.folder / "centre.toml"
    whole = file.read_text("utf-8")
    file.write_text(whole + "[policy", "utf-8")
    await asha.until(f"line {whole.count(chr(10)) + 1}")
    await asha.press("p")
    await asha.until("✓ Boil")
    file.write_text(whole, "utf-8")
    await until(lambda: asha.text, lambda text: "cannot be read" not in text)
    assert served.decided() == [("asha", "1.1", "pass")]
