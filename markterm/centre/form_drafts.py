"""What was begun to write in the fields of forms, and is in no record yet: each member's own."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markterm.own.drafts import Drafts


@dataclass(frozen=True, slots=True)
class FormDraft:
    """One field of a form: what was begun in it, before that what is `proposed`."""

    of: FormDrafts
    registration: str
    field: str
    proposed: str

    @property
    def text(self) -> str:
        """What the field begins with."""
        return self.of.begun(self.registration).get(self.field, self.proposed)

    def keep(self, text: str) -> bool:
        """Keep what is written, or forget it where it is what was proposed; whether it is on the disk."""
        return self.of.keep(self.registration, self.field, "" if text == self.proposed else text)

    def forget(self) -> None:
        """Forget it: it is in the record."""
        self.of.keep(self.registration, self.field, "")


class FormDrafts:
    """The drafts of whoever acts, in forms about a learner, or about none. All about one learner are kept together, so
    that nothing of them stays when what there is of the learner is destroyed.

    `earlier` gives the registrations that a learner had before: what was begun under one of them is theirs.
    """

    def __init__(self, drafts: Drafts, member: Callable[[], str], earlier: Callable[[str], Sequence[str]]) -> None:
        self._drafts = drafts
        self._member = member
        self._earlier = earlier

    def of(self, field: str, registration: str = "", proposed: str = "") -> FormDraft:
        """The draft of that field, in a form about that learner."""
        return FormDraft(self, registration, field, proposed)

    def begun(self, registration: str) -> Mapping[str, str]:
        """What was begun, by field."""
        for each in self._registrations(registration):
            if begun := _read(self._drafts.get(*begun_in_forms(self._member(), each))):
                return begun
        return {}

    def keep(self, registration: str, field: str, text: str) -> bool:
        """Keep that text of the field; an empty one is forgotten. Whether it is on the disk."""
        begun = {**self.begun(registration), field: text}
        kept = {name: each for name, each in begun.items() if each}
        told = json.dumps(kept, ensure_ascii=False) if kept else ""
        first, *earlier = (begun_in_forms(self._member(), each) for each in self._registrations(registration))
        if not self._drafts.keep(told, *first):
            return False
        for about in earlier:
            self._drafts.forget(*about)
        return True

    def _registrations(self, registration: str) -> tuple[str, ...]:
        """The present one, and those before it, the last one first; none of a form that is about nobody."""
        return registration, *reversed(self._earlier(registration) if registration else ())


def begun_in_forms(member: str, registration: str) -> tuple[str, ...]:
    """Under what everything is kept that the member began in forms about a learner: whoever destroys what there is of
    the learner forgets it."""
    return "forms", member, registration


def _read(text: str) -> dict[str, str]:
    try:
        begun = json.loads(text or "{}")
    except ValueError:
        return {}
    is_ours = isinstance(begun, dict) and all(isinstance(each, str) for each in begun.values())
    return begun if is_ours else {}
