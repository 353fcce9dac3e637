"""Whether a note on a referral gives the learner the answer, instead of saying what is missing.

Rules on the forms that giving an answer takes in English, not on what the answer is: words to put in, a value or a step
named as the right one, a correction, a statement of the subject matter. What speaks of the learner's work (the log,
page 3, described, missing), asks, or points to a source is left in peace. As it is advice, it is rather silent than
wrong.
"""

from __future__ import annotations

import re

from markterm.domain.given_answer_forms import ASKS_FOR, FORMS

_SENTENCE = re.compile(r"(?<=[.?!;])\s+|\n+")
_CLAUSE = re.compile(r"[,;:]\s+|\s+(?:and|but|so)\s+")
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_ENDING = re.compile(r"(?:ing|ed|es|s)$")

_MISSING_WORDS = (
    r"missing|misses|lacks?|lacking|absent|nowhere|nothing|no|none|never|neither|nor|without|unclear|incomplete|needed|"
    r"required|counts?|counted"
)
_MISSING = re.compile(rf"\b(?:{_MISSING_WORDS})\b", re.IGNORECASE)
_ABSENT = re.compile(
    rf"\b(?:{_MISSING_WORDS}|not|n['’]t|only|too|enough|needs?|asks?|asked|wants|wanted|requires?|yet|still|instead|"
    r"same)\b",
    re.IGNORECASE,
)
_HANDED_IN = re.compile(
    r"\b(?:logs?|diary|pages?|sections?|paragraphs?|appendix|chapter|tables?|texts?|documents?|files?|forms?|sheets?|"
    r"photographs?|photos?|pictures?|scan|copy|attachment|submission|draft|essay|notes?|template|criterion|criteria|"
    r"evidence|portfolio|assignment|sentence|signatures?|signed|dated|attached|handed|quoted|copied|here|i|me|my|we|us|"
    r"our|you|your|yours)\b",
    re.IGNORECASE,
)
_DONE_IN_IT = re.compile(
    r"\b(?:questions?|reports?|units? \d|tasks? \d|described|describes|descriptions?|defined|definitions?|listed|"
    r"lists?|named|explained|explanations?|stated|given|shown|written|mentioned|justified|justifications?|evaluated|"
    r"evaluations?|compared|comparisons?|analysed|analysis|covered|covers|judgements?|reasons?|examples?|details?|"
    r"headings?|entry|entries|added)\b",
    re.IGNORECASE,
)
"""Words for what a learner does in a text; where the criterion has them they are its subject matter."""
_TAKE_THIS = re.compile(
    r"(?:^|[:,–]\s+(?:so )?|\b(?:please|just|simply|then|and)\s+)(?:include|add|put|copy|use|insert|write|take|"
    r"mention|say|give)\s+"
    r"(?:these|this|those|them|that|it|so|both|all (?:of )?(?:these|this|them))\b"
    r"(?: (?:two|three|four|all|both|down|in|into|there|too|to|under|as))*[^.?!;\n]{0,30}[.!]?$",
    re.IGNORECASE,
)
_BECAUSE = re.compile(r"\b(?:because|since)\b", re.IGNORECASE)
_REASONED = re.compile(
    r"\b(?:because|since|so that|therefore|thus|which means|this means|means that|that is why|as a result|in order to|"
    r"leads? to|results? in|whereas|while|unlike)\b"
    r"|,\s+so\s+(?!far|they|it|this|that|these|those|i|we|you|one|there)\w",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"\b(?:are|were|include|includes|namely|by|be)\b:?\s+(?:[^\s,.?!;]+(?: [^\s,.?!;]+){0,4}, ){1,}"
    r"[^,.?!;]{2,60},? (?:and|or) \S"
)
_STATES = re.compile(
    r"\b(?:is|are|was|were|means?|involves?|suits?|differs?|begins?|starts?|comes? to|works?|gives?|holds?|tells?|"
    r"advises?|guides?|helps?|listens?|lets?|looks?|happens?|brings?|shares?|protects?|belongs?|reaches|kills?)\b\s+"
    r"(?!(?:too|very|so|as|still|clear|unclear|good|strong|weak|thin|fine|right|wrong|well|sound|there|here|up|on|in|at|"
    r"under|from|of|by|with|for|about|over|out|\w+ed|done|met|left|both|that)\b)",
    re.IGNORECASE,
)
_ENUMERATED = re.compile(r"^[^:?,]{1,60}:\s*(?:[\w'’-]+(?: [\w'’-]+){0,3}, ){2,}\w")
_LABELLED = re.compile(r"^(?P<label>\w+(?: \w+){0,4}):\s+(?P<told>\S.+)$")
_ONLY_A_VALUE = re.compile(r"^[£$€]?\d[\d.,]*\s*(?:°\s?c|º\s?c|degrees|%|per ?cent|hours|volts|v)?\W*$", re.IGNORECASE)
_MEASURED = re.compile(
    r"\d[\d.,]*\s*(?:°|º|degrees\b|per ?cent\b|%|volts?\b|kg\b|litres?\b|metres?\b|[£$€])|[£$€]\d", re.IGNORECASE
)
_VALUE = re.compile(
    r"\b(?:is|are|be|reach|reaches|at least|needs?|takes?|fell|rose)\s+"
    r"(?:at least |about |over |above |exactly |from |by )?[£$€]?\d[\d,.:/]*",
    re.IGNORECASE,
)
_ASKING = re.compile(ASKS_FOR, re.IGNORECASE)
_LITTLE_WORDS = (
    "a an and are as at be both but by can each for from had has have he her his how if in into is it its of on one or "
    "own she so some than that the their them then there these they this those to two up was were what when where "
    "which who why will with at least more most first second"
)
_LITTLE = frozenset(_LITTLE_WORDS.split())
_FIRST_WORDS = 5
_FEW_NEW, _MANY_NEW = 3, 5
"""So many words that the criterion does not have: of a statement that reasons or defines, and of any other."""
_FEWEST_WORDS = 6


def gives_away(note: str, wording: str) -> str | None:
    """The sentence of a note that may give the answer to a criterion of that wording; None when none does."""
    known = _stems(wording)
    before = ""
    for sentence in filter(None, (each.strip() for each in _SENTENCE.split(note))):
        if not sentence.endswith("?") and _gives(sentence, known, before):
            return str(sentence)
        before = sentence
    return None


def _gives(sentence: str, known: frozenset[str], before: str) -> bool:
    return (
        any(form.search(sentence) for form in FORMS.values())
        or _takes_what_was_told(sentence, known, before)
        or _states(sentence, known)
        or _enumerates(sentence, known)
        or _defines(sentence, known)
        or _labels(sentence, known)
        or _gives_a_value(sentence, known)
    )


def _takes_what_was_told(sentence: str, known: frozenset[str], before: str) -> bool:
    """`The results were fewer complaints. Include these.`: what stands before is the answer, not what is missing."""
    if (taken := _TAKE_THIS.search(sentence)) is None:
        return False
    before = sentence[: taken.start()] or before
    if not before or before.endswith("?") or _ABSENT.search(before):
        return False
    return not _is_of_the_work(before, known) or _BECAUSE.search(before) is not None


def _states(sentence: str, known: frozenset[str]) -> bool:
    """A statement of the subject matter that says why, lists its parts, or says much that the criterion does not."""
    if not _is_of_the_matter(sentence, known, _MISSING) or _ASKING.match(sentence):
        return False
    if _REASONED.search(sentence):
        return True
    if _ABSENT.search(sentence):
        return False
    return _LISTED.search(sentence) is not None or len(_stems(sentence) - known) >= _MANY_NEW


def _enumerates(sentence: str, known: frozenset[str]) -> bool:
    """`OSCAR: outcome, situation, choices`: three things or more, named one after the other."""
    if not _ENUMERATED.match(sentence) or _ASKING.match(sentence):
        return False
    return (
        not _ABSENT.search(sentence)
        and not _is_of_the_work(sentence, known)
        and len(_stems(sentence) - known) >= _FEW_NEW
    )


def _defines(sentence: str, known: frozenset[str]) -> bool:
    """A statement about what the criterion names, with words of its own."""
    states = _STATES.search(sentence)
    if states is None or not _is_of_the_matter(sentence, known, _ABSENT):
        return False
    told = sentence[states.start() :]
    speaks_of = _stems(f"{sentence[: states.start()]} {' '.join(_WORD.findall(told)[:_FIRST_WORDS])}")
    return bool(speaks_of & known) and len(_stems(told) - known) >= _FEW_NEW


def _labels(sentence: str, known: frozenset[str]) -> bool:
    """`Benefits: lower turnover and fewer complaints`: what the criterion names, and what it is."""
    match = _LABELLED.match(sentence)
    if match is None or _ASKING.match(sentence) or not _stems(match["label"]) <= known:
        return False
    told = match["told"]
    is_of_it = not _ABSENT.search(told) and not _is_of_the_work(told, known)
    return is_of_it and not _ASKING.match(told) and len(_stems(told) - known) >= _FEW_NEW


def _gives_a_value(sentence: str, known: frozenset[str]) -> bool:
    """A number that is the answer: alone, measured, or in a statement that does not speak of the learner's work."""
    if not any(sign.isdigit() for sign in sentence):
        return False
    if _ONLY_A_VALUE.match(sentence):
        return True
    for clause in _CLAUSE.split(sentence):
        is_said_of_it = not _HANDED_IN.search(clause) and not _ABSENT.search(clause)
        if is_said_of_it and _MEASURED.search(clause) and not _stems(clause) <= known:
            return True
    value = _VALUE.search(sentence)
    return value is not None and not _is_of_the_work(sentence, known) and not _ABSENT.search(sentence[: value.start()])


def _is_of_the_work(sentence: str, known: frozenset[str]) -> bool:
    """Whether a sentence speaks of what was handed in."""
    if _HANDED_IN.search(sentence):
        return True
    return any(not _stems(match.group()) <= known for match in _DONE_IN_IT.finditer(sentence))


def _is_of_the_matter(sentence: str, known: frozenset[str], lacks: re.Pattern[str]) -> bool:
    """Whether a sentence states something of the subject matter: neither of the work nor of what lacks."""
    if lacks.search(sentence) or _is_of_the_work(sentence, known):
        return False
    return len(_WORD.findall(sentence)) >= _FEWEST_WORDS and len(_stems(sentence) - known) >= _FEW_NEW


def _stems(text: str) -> frozenset[str]:
    """The words that say something, without their most usual endings; numbers are none."""
    words = (word.casefold() for word in _WORD.findall(text))
    return frozenset(_ENDING.sub("", word) for word in words if word not in _LITTLE and not word[0].isdigit())
