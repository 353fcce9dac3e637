"""Writing about a criterion or its unit: what is begun and left is a draft, until it is recorded or thrown away."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from markterm.centre.drafts import DraftKind
from markterm.domain.record.event import Result
from markterm.domain.words.foreign_text import clean, one_line
from markterm.tui.criterion_place import CriterionPlace
from markterm.tui.marking.workplace import Workplace
from markterm.tui.requests import TakeRemark, ask
from markterm.tui.widgets.writing import Question, WritingScreen


async def write(
    at: Workplace,
    title: str,
    detail: str,
    place: CriterionPlace,
    kind: DraftKind,
    save: Callable[[str], Awaitable[None]],
    text: str = "",
    *,
    remark: str = "",
    clears: tuple[DraftKind, ...] = (),
    bank_for: tuple[Result | None] | None = None,
    question: Callable[[str], Question | None] | None = None,
    proposed: bool = False,
    then: Callable[[], Awaitable[None]] | None = None,
) -> None:
    """Open something to write, with the draft of that kind or else `text`, and behind it a `remark`.

    Saved, the draft is forgotten; thrown away, so are those that it `clears`. `bank_for` offers the bank of remarks,
    for that result; `question` is asked before it is saved; a text that is only `proposed` makes room for what is
    typed; `then` is done after.
    """
    assert at.desk.shown is not None
    drafts, learner = at.drafts, at.desk.shown.learner
    begun = drafts.get(kind, place) or text
    if remark:
        begun = f"{begun}\n{clean(remark).text}".lstrip("\n")
        drafts.keep(begun, kind, place)

    async def save_it(written: str) -> None:
        await save(written)
        drafts.forget(place, kind)

    async def left(saved: bool | None) -> None:
        at.draw()
        if saved and then is not None:
            await then()

    async def bank(take: Callable[[str | None], None]) -> None:
        assert bank_for is not None
        await ask(at.screen, TakeRemark(learner, place.unit, place.criterion, bank_for[0], take))

    await at.screen.app.push_screen(
        WritingScreen(
            title,
            detail,
            begun,
            save_it,
            lambda changed: drafts.keep(changed if changed != text else "", kind, place),
            at.reader.turn_page,
            bank if bank_for is not None else None,
            replaceable=proposed and begun == text,
            throw_away=lambda: drafts.forget(place, kind, *clears),
            question=question,
        ),
        left,
    )


def named(place: CriterionPlace) -> str:
    """The unit, the number and the text of a criterion, for a title."""
    return f"{one_line(place.unit.code)} {place.criterion.number}  {one_line(place.criterion.text)}"
