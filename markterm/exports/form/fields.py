"""What a form asks for, and the labels by which it does."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from markterm.exports.form.words import choice, meaning


class Field(StrEnum):
    """What can be filled in. The values are the names that a mapping file uses."""

    CENTRE = "centre"
    CENTRE_NUMBER = "centre number"
    CENTRE_NAME = "centre name"
    REGISTRATION = "registration"
    LEARNER = "learner name"
    ULN = "uln"
    QUALIFICATION = "qualification"
    UNIT = "unit"
    UNIT_CODE = "unit code"
    UNIT_TITLE = "unit title"
    LEVEL = "level"
    CREDIT = "credit"
    ATTEMPT = "attempt"
    SUBMITTED = "date submitted"
    OWN_WORK = "own work"
    REFUSES = "refuses use"
    ALLOWS = "allows use"
    DECLARED = "date declared"
    DECISION = "decision"
    FEEDBACK = "feedback"
    EVIDENCE = "evidence"
    DECIDED_BY = "decided by"
    DECIDED = "date decided"
    SECTION_COMMENTS = "section comments"
    COMMENTS = "assessor comments"
    OUTCOME = "outcome"
    ASSESSOR = "assessor name"
    ASSESSED = "date assessed"
    VERIFICATION = "verification comments"
    VERIFIED_AS = "verification decision"
    VERIFIER = "verifier name"
    VERIFIED = "date verified"


OF_CRITERION = frozenset({Field.DECISION, Field.FEEDBACK, Field.EVIDENCE, Field.DECIDED_BY, Field.DECIDED})
"""What is asked for once for each criterion."""
OF_ALL_UNITS = frozenset(
    {Field.CENTRE, Field.CENTRE_NUMBER, Field.CENTRE_NAME, Field.REGISTRATION, Field.LEARNER, Field.ULN}
    | {Field.QUALIFICATION}
)
"""What is the same whichever unit of a learner is asked for."""


class Whose(StrEnum):
    """Whose name, signature or date a form asks for."""

    LEARNER = "learner"
    ASSESSOR = "assessor"
    VERIFIER = "verifier"
    OTHER = "somebody else"


class Asked(StrEnum):
    """What a label asks for while it is open of what or of whom."""

    NAME = "name"
    DATE = "date"
    SIGNATURE = "signature"
    COMMENTS = "comments"
    DECISION = "decision"
    PASSED = "a tick for a pass"
    REFERRED = "a tick for a referral"
    NOTHING = "what the record does not have"


@dataclass(frozen=True, slots=True)
class Label:
    """What the words beside a blank ask for: a field, or something of which its surroundings say the rest."""

    field: Field | None = None
    asked: Asked | None = None
    whose: Whose | None = None
    choice: tuple[str, str] | None = None
    """The form's words for a pass and a referral, where the label names them."""


_LONGEST = 70
_MOST_WORDS = 9
_BRACKETED = re.compile(r"[(\[][^()\[\]]*[)\]]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|_")
_SIGNS = re.compile(r"[^\w/&]+")
_POSSESSIVE = re.compile(r"['’]s?\b")

_OTHERS = re.compile(
    r"\b(external|eqa|ev|witness|employer|manager|supervisor|mentor|second assessor|countersign\w*|expert|parent)\b"
)
_VERIFIERS = re.compile(
    r"\b(iqa|iv|qa|internal (?:quality assur\w+|verif\w+|moderat\w+)|quality assur\w+|verifier|verification|verified"
    r"|moderator|sampled)\b"
)
_ASSESSORS = re.compile(r"\b(assessor|tutor|marker|marked|assessed|teacher|trainer)\b")
_LEARNERS = re.compile(r"\b(learner|candidate|student|trainee|apprentice|participant)s?\b")
_REMARKS = re.compile(r"\b(comments?|feedback|remarks?|notes|justification|rationale|reasons?)\b")
_ROLE_ALONE = re.compile(
    r"(?:name of )?(?:the )?(?:assessor|marker|tutor|internal verifier|internal quality assurer|iqa|iv|qa|verifier"
    r"|quality assurer|assessed by|marked by|verified by|sampled by)s?(?:/(?:tutor|marker|trainer|iqa|verifier))?"
    r"(?: name)?(?: print(?:ed)?)?"
)
_ORGANISATIONS = "ilm|city|and|&|guilds|c|g|pearson|eal|awarding|body|organi[sz]ation|ao|ab|unique"
_FIELDS: tuple[tuple[Field, re.Pattern[str]], ...] = tuple(
    (field, re.compile(pattern))
    for field, pattern in (
        (Field.ULN, r"uln|unique learner (?:no|number|reference).*"),
        (
            Field.CENTRE,
            r"cent(?:re|er) (?:name (?:and|&|/) ?(?:no|number)|(?:no|number) ?(?:and|&|/) ?name)|cent(?:re|er)/.*",
        ),
        (
            Field.CENTRE_NUMBER,
            r"(?:approved |assessment )?cent(?:re|er) (?:approval )?(?:no|number|num|id|code|ref\w*)",
        ),
        (Field.CENTRE_NAME, r"(?:name of (?:the )?)?(?:approved |assessment )?cent(?:re|er)(?: name)?"),
        (Field.SUBMITTED, r"date (?:of submission|submitted|received|handed in)|(?:submission|submitted) (?:date|on)"),
        (Field.DECLARED, r"date (?:of (?:the )?declaration|declared)"),
        (
            Field.REGISTRATION,
            rf"(?:(?:{_ORGANISATIONS}|learner|candidate|student|trainee|apprentice)s? )*"
            r"(?:registration|enrol?l?ment|enr|reg)(?: (?:id|no|nos|number|num|ref\w*|enr))*"
            r"|(?:learner|candidate|student)s?(?: (?:id|no|number|num|ref\w*))+",
        ),
        (
            Field.LEARNER,
            r"(?:full )?(?:name of (?:the )?)?(?:learner|candidate|student|trainee|apprentice)"
            r"(?: (?:full )?name)?(?: and surname)?",
        ),
        (Field.UNIT_TITLE, r"unit (?:title|name)|title of (?:the )?unit|name of (?:the )?unit"),
        (Field.UNIT_CODE, r"unit (?:no|number|code|ref\w*|id)(?: (?:no|number|code))?"),
        (
            Field.UNIT,
            r"unit(?: (?:no|number|code) ?(?:and|&|/) ?(?:title|name)| (?:title|name) ?(?:and|&|/) ?(?:no|code))?",
        ),
        (Field.QUALIFICATION, r"(?:qualification|programme|course|award)(?: (?:title|name|code))?"),
        (Field.LEVEL, r"(?:unit )?level"),
        (Field.CREDIT, r"(?:unit )?credits?(?: value)?"),
        (Field.ATTEMPT, r"attempt(?: (?:no|number))?|(?:re)?submission (?:no|number)"),
        (
            Field.EVIDENCE,
            r"(?:portfolio|page|evidence)(?: \w+)? (?:ref\w*|location|no|number|page)s?(?: (?:no|number)s?)?|evidence",
        ),
        (Field.SECTION_COMMENTS, r"(?:section|learning outcome|outcome|lo)(?: ?\d+)? (?:comments?|feedback|summary)"),
        (
            Field.COMMENTS,
            r"(?:assessor |tutor )?(?:overall|summary|summative|general|final)(?: (?:assessor|tutor|unit|assessment))?"
            r" (?:comments?|feedback)(?: (?:to|for|from) .*)?|(?:feedback summary|summary)",
        ),
        (
            Field.OUTCOME,
            r"(?:overall|final|unit|assessment)(?: unit)?(?: assessment)? (?:outcome|result|decision|grade)(?: of .*)?"
            r"|outcome(?: of (?:the )?(?:unit|assessment))|overall",
        ),
    )
)
_DECISIONS = re.compile(
    r"(?:assessor|assessment|criterion|criteria|ac)? ?(?:outcome|result|decision|grade|met|achieved|status)(?: made)?"
    r"|meets (?:the )?criteri(?:on|a)"
)
_DAYS = re.compile(
    r"(?:(?:date|dated|signed|of|by|the|on|check|decision|assess(?:ment|ed|or)|verif(?:ication|ied|ier)|quality|mark(?:ed|er)"
    r"|assur(?:ance|er)|internal|learner|candidate|student|iqa|iv|qa|tutor|moderat(?:or|ion)|sampled|signature|achieved"
    r"|completed|met|final)s? ?)+"
)
_OF_UNIT = re.compile(
    r"(?:assessor|tutor|marker)?s? ?(?:overall|general|summary|summative|final)? ?(?:comments?|feedback|remarks)"
    r"(?: (?:on|to|for|from) .*)?"
)
_NOTHING = re.compile(
    r".*\b(?:birth|target|due|issue|issued|expiry|start|mark|marks|total|score|telephone|phone|address|position"
    r"|job|title|action|actions|e ?mail|page)\b.*"
)
_REFUSAL = re.compile(
    r"\b(refus\w*|unwilling|withhold\w*|object\w*|opt(?:ing)? out|withdraw my|(?:not|n t|never|no) (?:\w+ ){0,4}?"
    r"(?:wish|want|consent|agree|permi\w+|give|used?|willing|happy|allow\w*))\b"
)
_STANDARDISING = re.compile(
    r"\b(standardi[sz]\w+|anonymi[sz]\w+|anonymous\w*|(?:script|work|assignment)s? may be used)\b"
)
_BOXED = re.compile(r"\b(tick\w*|box|check|cross|mark with)\b")
_WILLING = re.compile(r"\b(agree|consent|permission|allow|happy|willing)\b")
_AUTHENTIC = re.compile(r"\b(own (?:unaided )?work|authentic\w*|confirm (?:that )?(?:this|the)|plagiari\w+)\b")


def label_of(text: str) -> Label | None:
    """What the words beside a blank ask for; None where they are no label that is known."""
    if len(text) > _LONGEST + 60:
        return None
    both = choice(text)
    if both is not None:
        return Label(asked=Asked.DECISION, choice=both)
    asked = _of_words(text)
    words = _words(_BRACKETED.sub(" ", text)) or _words(text)
    if not words or len(words) > _LONGEST or len(words.split()) > _MOST_WORDS:
        return None
    found = _label(words, whose(words))
    if asked is not None and (found is None or found.asked in (Asked.PASSED, Asked.REFERRED, Asked.DECISION)):
        return Label(asked=Asked.DECISION, whose=None if found is None else found.whose, choice=asked)
    if found is not None and asked is not None:
        return Label(found.field, found.asked, found.whose, asked)
    return found


def _of_words(text: str) -> tuple[str, str] | None:
    """The choice that a label names in brackets, or behind itself: `Outcome (Pass/Referral)`."""
    bracketed = (choice(each.group()) for each in _BRACKETED.finditer(text))
    return next(filter(None, (*bracketed, choice(text.partition(":")[2]))), None)


def _label(words: str, who: Whose | None) -> Label | None:
    if re.search(r"\b(?:sign\w*|initials?)\b", words):
        return Label(asked=Asked.SIGNATURE, whose=who)
    if _ROLE_ALONE.fullmatch(words) and who is not None:
        return Label(asked=Asked.NAME, whose=who)
    for field, pattern in _FIELDS:
        if pattern.fullmatch(words):
            return Label(field)
    if (result := meaning(words)) is not None:
        return Label(asked=Asked.PASSED if result.value == "pass" else Asked.REFERRED)
    if _NOTHING.fullmatch(words) and "date" not in words.split()[:1]:
        return Label(asked=Asked.NOTHING)
    if re.search(r"\bdated?\b", words):
        return Label(asked=Asked.DATE if _DAYS.fullmatch(words) else Asked.NOTHING, whose=who)
    if _REMARKS.search(words):
        if who is Whose.VERIFIER:
            return Label(Field.VERIFICATION)
        return Label(asked=Asked.COMMENTS, whose=who) if who in (None, Whose.ASSESSOR) else Label(asked=Asked.NOTHING)
    if who is Whose.VERIFIER and re.search(r"\b(?:decision|outcome|result|agree\w*)\b", words):
        return Label(Field.VERIFIED_AS)
    if _DECISIONS.fullmatch(words):
        return Label(asked=Asked.DECISION, whose=who)
    if re.fullmatch(r"(?:print(?:ed)? |full )?name(?: print(?:ed)?| in capitals)?", words) or (who and "name" in words):
        return Label(asked=Asked.NAME, whose=who)
    return None


def is_comments_of_unit(text: str) -> bool:
    """Whether a label asks for what the assessor says of all of it, and not for remarks on anything."""
    return _OF_UNIT.fullmatch(_words(_BRACKETED.sub(" ", text))) is not None


def statement_of(text: str) -> Field | None:
    """Which statement of the learner's a box stands for, by the words around it; None where they do not say surely
    whether the tick allows the anonymised use of the work or refuses it."""
    words = _words(text)
    if _STANDARDISING.search(words):
        asked = words
        if _BOXED.search(words):  # What the tick is for is said in the sentence that speaks of it.
            sentences = [_words(each) for each in re.split(r"(?<=[.;!])\s+", text)]
            asked = " ".join(each for each in sentences if _BOXED.search(each) or _REFUSAL.search(each))
        if _REFUSAL.search(asked):
            return Field.REFUSES
        return Field.ALLOWS if _WILLING.search(asked) else None
    return Field.OWN_WORK if _AUTHENTIC.search(words) else None


def whose(text: str) -> Whose | None:
    """Whose name, signature or date the words speak of; None where they name nobody, or more than one."""
    words = _words(text)
    if _OTHERS.search(words):
        return Whose.OTHER
    found = [
        who
        for who, pattern in (
            (Whose.VERIFIER, _VERIFIERS),
            (Whose.ASSESSOR, _ASSESSORS),
            (Whose.LEARNER, _LEARNERS),
        )
        if pattern.search(words)
    ]
    return found[0] if len(found) == 1 else None


def _words(text: str) -> str:
    """In small letters, without punctuation."""
    plain = unicodedata.normalize("NFKC", _CAMEL.sub(" ", text)).casefold()
    return " ".join(_SIGNS.sub(" ", _POSSESSIVE.sub("", plain)).split())
