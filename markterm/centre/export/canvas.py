"""Feedback back into Canvas: a zip of the very names that it gave out."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path, PurePosixPath

from markterm.centre.export.pages import Pages
from markterm.centre.export.released import ReleasedOutcomes
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.exports.anchor import furthest
from markterm.exports.canvas.submissions import HandedIn, as_canvas, handed_in, user_of
from markterm.exports.export import Export, LeftOut, Made, Piece
from markterm.exports.moodle.matching import Known
from markterm.exports.moodle.worksheet import Participant
from markterm.exports.page_form import PageForm

_FORMS = {form.ending: form for form in PageForm}
_MANY = 10


class CanvasExports:
    """What goes back into Canvas, which shows a file to the learner under the name that they handed one in with: it is
    written in the same form."""

    def __init__(self, released: ReleasedOutcomes, pages: Pages) -> None:
        self._released = released
        self._pages = pages

    def of(self, name: str, submissions: Path, given: Mapping[str, str]) -> Export:
        """A zip of the feedback on a unit or an assignment of everybody to whom it was released and who is in the
        downloaded zip of `submissions`.

        `given` says of users, by number, who they are. Raises as `MoodleExports.of` does.
        """
        files = handed_in(submissions)
        users = list({each.user: each for each in files}.values())
        participants = [Participant(row, each.user, each.user, each.who) for row, each in enumerate(users)]
        people = self._released.people(participants, given, self._known)
        left_out: list[LeftOut] = []
        places: dict[str, HandedIn] = {}
        for row, user in enumerate(users):
            registration = people.registrations.get(row)
            own = [each for each in files if each.user == user.user]
            place = next((each for each in own if _form(each) is not None), None)
            told = self._released.told(registration, name) if registration is not None else "nobody of this centre"
            if not isinstance(told, str) and place is None:
                told = f"no file of theirs ends in {', '.join(_FORMS)}, and Canvas takes no other name"
            if isinstance(told, str):
                left_out.append(LeftOut(one_line(f"{user.user} ({registration or user.who})"), told))
            elif registration is not None and place is not None:
                places[registration] = place
        if not places:
            raise WrongUse(
                "There is nothing for Canvas",
                " ".join(f"{each.what}: {each.why}." for each in left_out[:_MANY]),
                "Release the feedback first, or name another zip.",
            )
        write = partial(self._write, places, name)
        piece = Piece(
            PurePosixPath("canvas-feedback.zip"), f"{counted(len(places), 'feedback file')} for Canvas", write
        )
        return Export("For Canvas", str(piece.path), [piece], tuple(left_out), one_file=True, found=people.found)

    def _known(self, registration: str) -> Known:
        numbers = frozenset(filter(None, map(user_of, self._released.evidence(registration))))
        return Known(registration, as_canvas(self._released.learner(registration).name), numbers=numbers)

    def _write(self, places: Mapping[str, HandedIn], name: str, path: Path) -> Made:
        made = []
        with zipfile.ZipFile(path, "w") as archive:
            for count, (registration, place) in enumerate(places.items()):
                told = self._released.still_told(registration, name)
                into = path.with_name(f"{path.name}.{count}")
                made.append(self._pages.write(told.document, _form(place) or PageForm.PDF, into, told.heads))
                archive.write(into, place.file)
                into.unlink()
        return Made(furthest(each.heads for each in made), False, tuple(said for each in made for said in each.caveats))


def _form(place: HandedIn) -> PageForm | None:
    return _FORMS.get(PurePosixPath(place.file).suffix.casefold())
