"""What is made when it is asked for is made once, whichever threads ask."""

from __future__ import annotations

import time
from threading import Thread

from markterm.system.made_once import made_once
from tests.pace import PATIENCE


class Desk:
    """Has one bell, which somebody else asks for while it is made."""

    def __init__(self) -> None:
        self.made = 0
        self.heard: list[object] = []

    @made_once
    def bell(self) -> object:
        self.made += 1
        if self.made == 1:
            self.other = Thread(target=lambda: self.heard.append(self.bell), daemon=True)
            self.other.start()
            for _ in range(1000):
                time.sleep(0)  # The other one's turn.
        return object()


def test_two_threads_that_ask_at_once_have_the_same() -> None:
    desk = Desk()
    bell = desk.bell
    desk.other.join(PATIENCE)
    assert desk.made == 1
    assert desk.heard == [bell] == [desk.bell]
    assert Desk().bell is not bell


def test_it_is_a_part_of_its_class_and_says_what_it_is() -> None:
    assert isinstance(vars(Desk)["bell"], made_once)
    assert Desk.bell is vars(Desk)["bell"]
