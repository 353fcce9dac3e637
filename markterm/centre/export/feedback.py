"""Feedback as it leaves the centre: what went to learners, as it went, and drafts of messages that take it there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from markterm.centre.export.pages import Pages
from markterm.centre.export.standing import AsItStands
from markterm.centre.feedback import FeedbackToLearners
from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.centre.learners import Learners
from markterm.domain.assessed.learner import Learner
from markterm.domain.record.after_closing import Release
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import NotNow, Refused, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.hint import Hint, Way
from markterm.domain.words.local_time import local
from markterm.exports.anchor import furthest
from markterm.exports.document.from_markdown import document_of
from markterm.exports.document.model import Document
from markterm.exports.export import Export, LeftOut, Made, Piece
from markterm.exports.file_names import FileNames
from markterm.exports.markdown.render import caveat_lines
from markterm.exports.page_form import PageForm
from markterm.records.kept_heads import Heads

_TITLE = "Feedback to learners"
_INCOMPLETE = "The record behind this feedback is incomplete: it may have been changed or released anew since."
_REPLACED = "This feedback was replaced: the unit was opened or closed anew since it was released."


@dataclass(frozen=True, slots=True)
class Released:
    """Feedback that went to a learner on a unit, or on an assignment as a whole; `stands` says that it tells of what
    stands, and was not replaced since."""

    code: str
    release: Release
    stands: bool = True

    def name(self, registration: str) -> str:
        """What its file is called."""
        attempt = f" attempt {self.release.attempt}" if self.release.attempt > 1 else ""
        return f"{registration} {self.code}{attempt} feedback{'' if self.stands else ', replaced'}"


class FeedbackExports:
    """The feedback of a centre's learners."""

    def __init__(
        self,
        details: CentreDetails,
        learners: Learners,
        registrations: Callable[[], Sequence[str]],
        feedback: FeedbackToLearners,
        standing: AsItStands,
        pages: Pages,
    ) -> None:
        self._details = details
        self._learners = learners
        self._registrations = registrations
        self._feedback = feedback
        self._standing = standing
        self._pages = pages

    def of_unit(self, registration: str, name: str, form: PageForm = PageForm.PDF, *, draft: bool = False) -> Export:
        """What went to the learner on a unit or an assignment; or with `draft`, before it did, the text that the record
        gives, which says on every page that it is a draft.

        Raises `Refused` when nothing was released and no draft was asked for, `WrongUse` and `Unreadable`.
        """
        drawn = self._feedback.draft(registration, name)
        if drawn.released is not None:
            found = Released(drawn.feedback.code, drawn.released)
            return self._pages.export(_TITLE, "feedback", [self._piece(FileNames(), registration, found, form)])
        if not draft:
            why = drawn.refusal
            raise Refused(
                "It was not released yet",
                f"No feedback on {drawn.feedback.code} that stands went to {registration}."
                + (f" {why.title}: {why.what}" if why is not None else ""),
                "Release it first, or say that a draft is wanted.",
                hint=Hint(Way.WRITE_DRAFT),
            )
        code = drawn.feedback.code
        what = f"a draft of the feedback on {code} to {registration}, not released"
        making = partial(self._drawn, registration, name)
        piece = self._pages.text(FileNames(), f"{registration} {code} feedback DRAFT", what, form, making)
        return self._pages.export(_TITLE, "feedback", [piece])

    def released(
        self,
        registrations: Iterable[str] | None = None,
        since: date | None = None,
        form: PageForm = PageForm.PDF,
        *,
        replaced: bool = False,
    ) -> Export:
        """What went to these learners, or to all, since that day, as far as it stands; also what was `replaced`, where
        that is asked for. Raises `WrongUse` where that is nothing, and `Unreadable`."""
        left_out: list[LeftOut] = []
        names = FileNames()
        pieces = [
            self._piece(names, registration, each, form)
            for registration in self._asked(registrations)
            for each in self._of_learner(registration, since, left_out, replaced=replaced)
        ]
        return self._pages.export(_TITLE, "feedback", _some(pieces, left_out), left_out)

    def messages(self, registrations: Iterable[str] | None = None, since: date | None = None) -> Export:
        """Drafts of messages that take what `released` tells to the learners, each with the PDFs attached.

        A learner without an address, with a wrong one or with that of another learner is left out. Raises as `released`
        does.
        """
        left_out: list[LeftOut] = []
        names, pieces = FileNames(), []
        owners = self._owners()
        for registration in self._asked(registrations):
            found = self._of_learner(registration, since, left_out)
            if not found:
                continue
            learner = self._learners.named(registration)
            if why := _no_message(learner, owners):
                left_out.append(LeftOut(f"the message to {registration}", why))
                continue
            path = names.take(f"{registration} feedback", ".eml")
            what = f"a message to {one_line(learner.email)} with {counted(len(found), 'PDF')}"
            pieces.append(Piece(path, what, partial(self._write_message, registration, found)))
        return self._pages.export(f"{_TITLE}, as messages", "feedback-messages", _some(pieces, left_out), left_out)

    def _asked(self, registrations: Iterable[str] | None) -> Iterable[str]:
        return self._registrations() if registrations is None else registrations

    def _of_learner(
        self, registration: str, since: date | None, left_out: list[LeftOut], *, replaced: bool = False
    ) -> list[Released]:
        shown = self._learners.portfolio(registration)
        found: dict[tuple[str, str], Released] = {}
        for each in _releases(shown):
            day, key = local(each.release.at).date(), (each.code, each.release.text)
            if since is not None and day < since:
                continue
            if each.stands or replaced:
                # Of an assignment one text went for several units: it stands while it does for one of them.
                found[key] = each if key not in found or (each.stands and not found[key].stands) else found[key]
            elif since is not None:
                what = f"{each.code} of {registration}, attempt {each.release.attempt}"
                left_out.append(LeftOut(what, f"released on {day}, and the unit was opened or closed anew since"))
        return list(found.values())

    def _owners(self) -> dict[str, list[str]]:
        """Whose each address is, of all learners of the centre."""
        owners: dict[str, list[str]] = {}
        for registration in self._registrations():
            if email := self._learners.named(registration).email.strip():
                owners.setdefault(email.casefold(), []).append(registration)
        return owners

    def _piece(self, names: FileNames, registration: str, found: Released, form: PageForm) -> Piece:
        day = local(found.release.at).date()
        since = "" if found.stands else ", and replaced since"
        what = f"feedback on {found.code} to {registration}, released on {day}{since}"
        # Not the text itself: what went to hundreds is read when it is written.
        making = partial(self._text, registration, found.code, found.release.uid, stands=found.stands)
        return self._pages.text(names, found.name(registration), what, form, making)

    def _text(self, registration: str, code: str, uid: str, *, stands: bool) -> tuple[str, Document, Heads]:
        """What went, as it went; whatever was released meanwhile is another one."""
        shown, heads = self._standing.of(registration)
        found = next((each for each in _releases(shown) if each.release.uid == uid), None)
        if found is None or found.stands is not stands:
            raise NotNow(
                "The feedback changed meanwhile",
                f"What was released to {registration} on {code} was replaced while it was exported.",
                "Export it again.",
            )
        text, caveats = found.release.text, self._since(shown, found)
        document = document_of(text, f"Feedback {code}", _about(shown.learner), caveats)
        return "\n".join((*caveat_lines(caveats), text)), document, heads

    def _since(self, shown: LearnerPortfolio, found: Released) -> tuple[str, ...]:
        """What has to be said of feedback that went, where it would not go any more as things stand."""
        if shown.incomplete:
            return (_INCOMPLETE,)
        if not found.stands:
            return (_REPLACED,)
        try:
            refusal = self._feedback.drawn_up(shown, found.code).refusal
        except WrongUse:  # The assignment as a whole of which it told is gone; what stands of its units does.
            return ()
        if refusal is None:
            return ()
        why = refusal.title[:1].lower() + refusal.title[1:]
        return (f"This is what was released, and would not be released as things stand now: {why}.",)

    def _drawn(self, registration: str, name: str) -> tuple[str, Document, Heads]:
        shown, heads = self._standing.of(registration)
        drawn = self._feedback.drawn_up(shown, name)
        if drawn.released is not None:
            raise NotNow(
                "It was released meanwhile",
                f"The feedback on {drawn.feedback.code} went to {registration} while its draft was exported.",
                "Export it again.",
            )
        printed = drawn.printed()
        mark, _, text = printed.partition("\n\n")
        document = document_of(
            text,
            f"Feedback {drawn.feedback.code}",
            _about(shown.learner),
            (mark.strip("*"), *((_INCOMPLETE,) if shown.incomplete else ())),
        )
        return printed, document, heads

    def _write_message(self, registration: str, found: Sequence[Released], path: Path) -> Made:
        from markterm.exports.mail.draft import Attached, draft

        attached, made = [], []
        for each in found:
            _, document, heads = self._text(registration, each.code, each.release.uid, stands=True)
            name = FileNames().take(each.name(registration), ".pdf").name
            into = path.with_name(f"{path.name}.{name}")
            made.append(self._pages.write(document, PageForm.PDF, into, heads))
            attached.append(Attached(name, into.read_bytes()))
            into.unlink()
        learner = self._learners.named(registration)
        codes = ", ".join(dict.fromkeys(one_line(each.code) for each in found))
        who, centre = one_line(learner.name), one_line(self._details.name)
        text = f"Dear {who},\n\nattached is your feedback on {codes}.\n\n{centre}\n"
        path.write_bytes(draft(learner.name, learner.email.strip(), f"Feedback on {codes}", text, attached))
        caveats = tuple(caveat for each in made for caveat in each.caveats)
        return Made(furthest(each.heads for each in made), all(each.carries_heads for each in made), caveats)


def _releases(shown: LearnerPortfolio) -> Iterator[Released]:
    """What went to the learner, unit by unit, and whether it tells of what stands."""
    for unit in shown.units:
        record = shown.portfolio.unit(unit.key)
        last = record.after.released(record.closing.uid) if record.closing is not None else None
        for each in record.releases:
            stands = record.closing is not None and each.closing == record.closing.uid and each is last
            yield Released(each.assignment or unit.code, each, stands)


def _no_message(learner: Learner, owners: dict[str, list[str]]) -> str:
    """Why there is no message to a learner; empty where there is one."""
    from markterm.exports.mail.draft import is_address

    address = learner.email.strip()
    if not address:
        return "their file has no e-mail address"
    if not is_address(address):
        return f"{one_line(address)} is no e-mail address"
    if others := [each for each in owners.get(address.casefold(), []) if each != learner.registration]:
        return f"{one_line(address)} is the address of {', '.join(others)} too"
    return ""


def _some(pieces: Sequence[Piece], left_out: Iterable[LeftOut]) -> Sequence[Piece]:
    """The pieces. Raises `WrongUse` where there are none."""
    if not pieces:
        why = "; ".join(f"{each.what}: {each.why}" for each in left_out)
        raise WrongUse(
            "There is no feedback to export",
            f"Nothing that was released can be written{f': {why}' if why else ''}.",
            "Release it first, or ask for another time.",
        )
    return pieces


def _about(learner: Learner) -> str:
    return f"{learner.name}, {learner.registration}"
