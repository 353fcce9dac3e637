"""Whether a note on a referral gives the learner the answer, instead of saying what is missing.

Rules on the forms that giving an answer takes in English, not on what the answer is: words to put in, a value or a step
named as the right one, a correction, a statement of the subject matter. What speaks of the learner's work (the log,
page 3, described, missing), asks, or points to a source is left in peace. As it is advice, it is rather silent than
wrong.
"""

from __future__ import annotations

import re

from markterm.domain.given_answer_forms import ASKS_FOR, FORMS

_SENTENCE = re.compile(r"(?<=[.?!;])(?<!\b(?i:e\.g)\.)(?<!\b(?i:i\.e)\.)\s+|\n+")
_PART = re.compile(
    r"\s+[-–—]+\s+|,?\s+(?:but|and|whereas|while|though|although)\s+(?=you\b)|,\s+so\s+(?=you\b(?!['’]d| would|"
    r" must| should| need| can| have to)|add\b|say\b|put\b|write\b|"
    r"rewrite\b|include\b|change\b|correct\b)",
    re.IGNORECASE,
)
"""Where a sentence goes over from the subject matter to the learner's work, or back."""
_CLAUSE = re.compile(r"[,;:]\s+|\s+(?:and|but|so)\s+")
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_ENDING = re.compile(r"(?:ing|ed|es|s)$")

_MISSING_WORDS = (
    r"missing|misses|lacks?|lacking|absent|nowhere|nothing|no|none|never|neither|nor|without|unclear|incomplete|needed|"
    r"required|counts?|counted|(?:is|are) (?:still )?to (?:be|do|come)|"
    r"(?:say|explain|show|tell) (?:me )?(?:what|why|how|which|whether)"
)
_MISSING = re.compile(rf"\b(?:{_MISSING_WORDS})\b", re.IGNORECASE)
_ABSENT = re.compile(
    rf"\b(?:{_MISSING_WORDS}|not|n['’]t|only|too|enough|(?<!the )(?<!their )needs?|"
    r"asks?|asked|wants|wanted|requires?|yet|still|instead|"
    r"same)\b",
    re.IGNORECASE,
)
_HANDED_IN = re.compile(
    r"\b(?:logs?|diary|pages?|sections?|paragraphs?|appendix|chapter|tables?|texts?|documents?|files?|forms?|sheets?|"
    r"photographs?|photos?|pictures?|scan|copy|attachment|submission|draft|essay|notes?|template|criterion|criteria|"
    r"evidence|portfolio|assignment|sentence|signatures?|signed|dated|attached|handed|quoted|copied|here|i|me|my|"
    r"we \w+ed|we['’]\w+|us|"
    r"our|you|your|yours)\b",
    re.IGNORECASE,
)
_DONE_IN_IT = re.compile(
    r"\b(?:questions?|reports?|units? \d|tasks? \d|described|describes|descriptions?|defined|definitions?|listed|"
    r"lists?|named|explained|explanations?|stated|given|shown|written|mentioned|justified|justifications?|evaluated|"
    r"evaluations?|compared|comparisons?|analysed|analysis|covered|covers|judgements?|reasons?|(?<!for )examples?|"
    r"details?|shows|says|seems?|"
    r"sounds like|appears|headings?|entry|entries|added|attention|mentions?|discussed|discussion|touched on|"
    r"passed over|skipped|omitted|"
    r"forgotten|overlooked|ignored|addressed|outlined|in passing|throughout|wording|words?|spelling|"
    r"unsigned|undated|records?(?! (?:the|an?|what|who)\b)|diagrams?|charts?|"
    r"statements?|observations?|drawings?|sketch|screenshots?|videos?|recordings?|worksheet|handout|textbook|book|"
    r"website|leaflet|slides?|presentation|witness\w*)\b",
    re.IGNORECASE,
)
"""Words for what a learner does in a text; where the criterion has them they are its subject matter."""
_JUDGED = re.compile(
    r"^(?:this|that|these|those)(?: \w+)?(?:['’]s|['’]re)? (?!is because|means|would)\w+"
    r"|^(?:(?:all|very|quite|mostly|partly|that's|it's) )?(?:good|nice|well|excellent|great|clear|strong|thanks?|too)\b"
    r"|^(?:\w+ )?(?:true|right|correct|fine)\b(?=[,.;!]| but| as| so far)"
    r"|\b(?:is|are|was|were|be|been|looks?|seems?|reads?|gets?|remains?|['’]s)\s+"
    r"(?:(?:an?|the|very|quite|really|almost|nearly|all|much|just|still|now|rather|a bit|a little|[£$€]?\d\S*)\s+)*"
    r"(?:fine|good|right|wrong|correct|incorrect|strong|weak|thin|clear|vague|brief|short|general|sound|accurate|"
    r"useful|"
    r"thorough|muddled|confused|mixed up|out of date|back to front|the wrong way|ok|okay|too|well)\b"
    r"(?! (?:choice|way to|as (?:she|he|they|it)\b|because|since))"
    r"|\b(?:wrongly|incorrectly)\b",
    re.IGNORECASE,
)
"""A sentence that praises or finds fault says how the work is, not what belongs in it."""
_OF_A_TEXT = (
    r"(?:would|should|must|['’]|includ|nam|list|sa(?:id|y)|explain|show|giv|writ|ask|us|mak|done|been|got|add|sign|"
    r"dat|sent|tri|stat|defin|quot|need|want|can|could|may|might|will|are|were|had|did|do|gave|used|made|"
    r"described|mention|talk|"
    r"wrote|rely|leave|left|miss|compare|chose|never|not|still|seem|told|said|evidence|address|cover|answer|"
    r"repeat)\w*\b"
)
"""After `you`, what speaks of what this learner wrote or has to write."""
_TOLD_HOW = re.compile(
    r"(?:\b(?:before|when|once|after|if|for|to) [^.?!;,]{0,60}?\byou|\byou(?:['’]d| would| should| must| have to|"
    r" need to| "
    r"can| (?:should|could|would|might|must) have)) (?:(?:also|then|first|always|only|just) )?"
    rf"(?!{ASKS_FOR})(?!{_OF_A_TEXT})(?:(?<=have )|(?!\w+ed\b))\w+",
    re.IGNORECASE,
)
"""What anybody does who does it (`before you cut the pipe you would drain it`), not what this learner wrote."""
_IN_ORDER = re.compile(
    r"^(?:after|before|once|first|next)\b|\b(?:then|until|finally|lastly|after that|afterwards|followed by|"
    r"finish(?:ing)? with)\b",
    re.IGNORECASE,
)
_LEADS_TO_A_LIST = re.compile(
    r"(?:\b(?:could|should|might|would|can) (?:also )?(?:have )?(?:mention|say|said|includ|list|nam|writ|put|add|"
    r"us|refer|"
    r"talk|discuss|cho)\w*(?: to| about)?"
    r"|\bi(?:['’]d| would| had|['’]m| was| am)? (?:have )?(?:also )?(?:expect|lik|want|hop|look|after)\w*(?: for|"
    r" to see| to read)?"
    r"|\bwhat i (?:\w+ ){0,2}?(?:after|for|wanted|expected|needed|hoped for|had in mind) (?:is|was|are|were)"
    r"|\b(?:you(?:['’]re| are| have|['’]ve)?|it|this) (?:also )?(?:missing|missed|left out|forgot|forgotten|"
    r"omitted|overlooked)"
    r"|\byou (?:haven['’]t|have not|didn['’]t|did not|don['’]t|do not) (?:got|have|named?|mention(?:ed)?|given?|"
    r"list(?:ed)?|include|included) (?:is|are|was|were)"
    r"|\b(?:others?|rest|remaining \w+) (?:is|are|was|were)"
    r"|\bdon['’]t forget|\bremember"
    r"|\bi(?:['’]d| would)? (?:suggest|recommend)"
    r"|^(?:please |just |also |then )*(?:add|include|mention|list|name|use|try|follow|apply)\b(?:[^.?!;:]{0,40}:)?"
    r"|(?:^|[,(:]\s*)(?:e\.g\.|i\.e\.|for example|for instance|namely),?)\s+(?P<told>\S.*?)(?: here| too|"
    r" as well)?\W*$",
    re.IGNORECASE,
)
_LIST = re.compile(r"^[^,:?]{2,60}(?:, [^,?]{2,60})+,? (?:and|or|plus) \S|^[^,:?]{2,40}(?:, [^,?]{2,40}){2,}")
_TO_HAND_IN = re.compile(
    r"(?:^|, |\band )(?:some|any|each|every|both|another|other|at least)\b"
    r"|\b(?:what|why|how|who|whom|when|where|which|whether|if|more|further|dates?|names?|times?|places|headings?|"
    r"numbers?|numbered|labels?|titles?|witness\w*|statements?|sources?|references?|"
    r"reasons?|examples?|details?|information|observation|minutes|records?|receipts?|reflection|conclusion|"
    r"introduction|"
    r"summary|own)\b",
    re.IGNORECASE,
)
"""What is asked for in any portfolio: a list of such things is what is missing, not the answer."""
_ASKED = re.compile(r"\b(?:what|why|how|who|which|whether|more|further|again)\b", re.IGNORECASE)
_DO_IT = re.compile(
    rf"(?:(?:do not|don['’]t|never|always) )?(?!{ASKS_FOR}|(?:all|both|most|much|some|none|half|part|one|two|three|"
    rf"each|any|only|that|this|it|page|of|and|but|because|as|"
    r"in|on|at|by|with|without|for|from|to|not|nor|or|so|such|than|when|while|what|where|how|who|if|after|before|"
    r"since|about|"
    r"leave|watch|practise|repeat|rearrange|email)\b)"
    r"[a-z]+(?<!s)(?<!ed)(?<!ing)(?<!ly) (?:the|an?|it|them|off|out|up|down)\b(?:\W+\w+){3,}",
    re.IGNORECASE,
)
"""An order for the work itself (`drop the amps to 110`), not one for the text."""
_IN_THE_MATTER = re.compile(
    r"\b(?:must|should)(?: never| not|n['’]t)\b|(?:^|,) (?:and )?(?:do not|don['’]t|never)\b"
    r"|\b(?:that|which|who|when|where|if|unless)\b(?: \w+){0,2}? (?:do|does|is|are|can|will|has|have)(?: not|n['’]t)\b"
    r"|\b(?:that|which|who) (?:lacks?|needs?|asks?|wants?|has no|have no)\b|\bwithout "
    r"(?:(?:the|an?|any) \w+ )?(?!say|explain|giv|show|link|describ|mention|nam|stat|tell)\w+ing\b",
    re.IGNORECASE,
)
"""A `not` in a clause that only describes (`traffic that does not match`) does not say that the work lacks
something.
"""
_EQUATION = re.compile(r"[\w)%]\s*=\s*[£$€]?[\w(]")
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
    r"|\bas (?:she|he|they|it) (?:can|could|is|was|has|had|did|does|needs|needed|wants|wanted)\b"
    r"|\bonly (?:\w+ ){0,2}(?:if|when|where|after)\b"
    r"|,?\s+(?:and|but) not (?!all|every|yet|much|enough|only|just|in|on|of|why|how|what|so|very)\w"
    r"|[^,] so (?:it|they) (?!can|need|must|should|do|is|are|was|were|has|have|count)\w+"
    r"|^(?:an? |the |any )?(?:[\w'’-]+ ){1,3}(?:is|means|refers to) (?:an?|any|when|where|the \w+ of) \w+ (?:\w+ )*?"
    r"(?:that|which|who|where|used|for|of|in|from|between|along)\b"
    r"|,\s+so\s+(?!far|they|it|this|that|these|those|i|we|you|one|there)\w",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"\b(?:are|were|include|includes|namely|by|be)\b:?\s+(?:[^\s,.?!;]+(?: [^\s,.?!;]+){0,4}, ){1,}"
    r"[^,.?!;]{2,60},? (?:and|or) \S"
)
_STATES = re.compile(
    r"\b(?:is|are|was|were|means?|involves?|includes?|has|have|takes?|suits?|differs?|begins?|starts?|comes? to|works?|"
    r"gives?|holds?|helps?|lets?|happens?)\b\s+"
    r"(?!(?:too|very|so|as|still|clear|unclear|good|strong|weak|thin|fine|right|wrong|well|sound|there|here|up|on|"
    r"in|at|"
    r"under|from|of|by|with|for|about|over|out|\w+ed|done|met|left|both|that)\b)",
    re.IGNORECASE,
)
_CAUSES = re.compile(
    r"\b(?:points? to|caused by|comes? from|causes|prevents?|reduces|increases|stops|consists? of|made (?:up )?of|"
    r"depends? on|indicates?|is a sign of)\b",
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
        or _enumerates(sentence, known)
        or _lists(sentence, known)
        or _labels(sentence, known)
        or (not _JUDGED.search(sentence) and _gives_a_value(sentence, known))
        or any(
            _states(part, known) or _tells_how(part, known) or _defines(part, known)
            for part in _PART.split(sentence)
            if not _JUDGED.search(part)
        )
    )


def _takes_what_was_told(sentence: str, known: frozenset[str], before: str) -> bool:
    """`The results were fewer complaints. Include these.`: what stands before is the answer, not what is missing."""
    if (taken := _TAKE_THIS.search(sentence)) is None:
        return False
    before = sentence[: taken.start()] or before
    if not before or before.endswith("?") or _ABSENT.search(_IN_THE_MATTER.sub(" which ", before)):
        return False
    return not _is_of_the_work(_TOLD_HOW.sub("", before), known) or _BECAUSE.search(before) is not None


def _states(sentence: str, known: frozenset[str]) -> bool:
    """A statement of the subject matter that says why, lists its parts, or says much that the criterion does not."""
    if _ASKING.match(sentence):
        return False
    sentence = _IN_THE_MATTER.sub(" which ", _TOLD_HOW.sub("", sentence))
    if not _is_of_the_matter(sentence, known, _MISSING):
        return False
    if _REASONED.search(sentence):
        return True
    if _ABSENT.search(sentence):
        return False
    if _LISTED.search(sentence) or _CAUSES.search(sentence):
        return True
    return len(_stems(sentence) - known) >= _MANY_NEW


def _enumerates(sentence: str, known: frozenset[str]) -> bool:
    """`OSCAR: outcome, situation, choices`: three things or more, named one after the other."""
    if not _ENUMERATED.match(sentence) or _ASKING.match(sentence):
        return False
    return (
        not _ABSENT.search(sentence)
        and not _is_of_the_work(sentence, known)
        and len(_stems(sentence) - known) >= _FEW_NEW
    )


def _lists(sentence: str, known: frozenset[str]) -> bool:
    """`You could have mentioned gloves, aprons and masks`: things named that are the answer, not what is handed in."""
    if (led := _LEADS_TO_A_LIST.search(sentence)) is None or not _LIST.match(told := led["told"]):
        return False
    if _TO_HAND_IN.search(told) or _ABSENT.search(told) or _is_of_the_work(told, known):
        return False
    return len(_stems(told) - known) >= _FEW_NEW


def _tells_how(sentence: str, known: frozenset[str]) -> bool:
    """`Start with 120 grit, then 180 and finish with 240`: steps one after the other, not of the learner's work."""
    told = _IN_THE_MATTER.sub(" which ", _TOLD_HOW.sub("", sentence))
    if not (_IN_ORDER.search(sentence) or _DO_IT.match(sentence)) or _ASKED.search(told) or _ABSENT.search(told):
        return False
    return not _is_of_the_work(told, known) and len(_stems(told) - known) >= _FEW_NEW


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
    if _EQUATION.search(sentence) and not re.search(r"\byour?\b", sentence, re.IGNORECASE):
        return not _ABSENT.search(sentence)
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
