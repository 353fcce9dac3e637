"""Whether a note on a referral gives the learner the answer, instead of saying what is missing.

Rules on the forms that giving an answer takes in English, not on what the answer is: words to put in, a value or a step
named as the right one, a correction, a list, a chain of orders; or a statement of the subject matter that says much
which the criterion does not. What has the learner's work or the criterion for its subject describes it, and beside a
question or an errand (`check the sheet`) a statement says why the learner is sent: both are left in peace. As it is
advice, it is rather silent than wrong.
"""

from __future__ import annotations

import re
from itertools import pairwise

from markterm.domain.feedback.given_answer_forms import ASKS_FOR, FORMS

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
    r"missing|misses|lacks?|lacking|absent|nowhere|nothing|no|none|never|neither|nor|without|unclear|incomplete|"
    r"needed|required|counts?|counted|(?:is|are) (?:still )?to (?:be|do|come)|"
    r"(?:say|explain|show|tell) (?:me )?(?:what|why|how|which|whether)"
)
_MISSING = re.compile(rf"\b(?:{_MISSING_WORDS})\b", re.IGNORECASE)
_ABSENT = re.compile(
    rf"\b(?:{_MISSING_WORDS}|not|cannot|n['’]t|only|too|enough|(?<!the )(?<!their )needs?|asks?|asked|wants?|wanted|"
    r"requires?|yet|still|instead|same)\b",
    re.IGNORECASE,
)
_HANDED_IN = re.compile(
    r"\b(?:logs?|diary|pages?|sections?|paragraphs?|appendix|chapter|tables?|texts?|documents?|files?|forms?|sheets?|"
    r"photographs?|photos?|pictures?|scan|copy|attachment|submission|draft|essay|notes?|template|criterion|criteria|"
    r"evidence|portfolio|assignment|sentence|signatures?|sign|signs|signed|accepted|submit|dated|attached|handed|quoted|copied|here|i|me|my|"
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
    r"unsigned|undated|logged|recorded|evidenced|records?(?! (?:the|an?|what|who)\b)|diagrams?|charts?|"
    r"statements?|observations?|drawings?|sketch|screenshots?|videos?|recordings?|worksheet|handout|textbook|book|"
    r"website|leaflet|slides?|presentation|witness\w*)\b",
    re.IGNORECASE,
)
"""Words for what a learner does in a text; where the criterion has them they are its subject matter."""
_ITS_SUBJECT = re.compile(
    r"^(?:(?:so|but|and|now) )?(?:the|your|this|that|these|those|both|all|each|every|only|half|most|"
    r"some|none|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+)\b"
    r"(?: of (?:the|your|these|those))?(?: [\w'’-]+){0,2}? (?:case|plan|schedule|log|record|register|"
    r"report|list|table|form|figures?|totals?|sum|sequence|order|calculations?|budget|sessions?|sources?|hours|"
    r"definitions?|comparisons?|analysis|evaluation|justification|explanation|"
    r"description|conclusions?|recommendations?|objectives?|targets?|"
    r"dates?|entry|entries|columns?|lines?|rows?|quotations?|feedback|agreements?|contracts?|policy|answers?|"
    r"criterion|question|task|photographs?|pictures?|diagrams?|proposal|review|reflection|board|"
    r"reader|assessor)s?\b(?! (?:should|must|ought|would|could|are:|is:|were:|was:))",
    re.IGNORECASE,
)
"""With this a sentence begins that describes what was handed in or what is asked for, even in the criterion's words."""
_AT_WORK = re.compile(
    r"\byour(?= (?:own )?(?:organi[sz]ation|depot|team|company|firm|site|setting|workplace|department|staff|"
    r"colleagues?|managers?|clients?|customers?|kitchen|salon|garage|trainees?|apprentices?)\b)",
    re.IGNORECASE,
)
"""What is the learner's, but nothing that is handed in."""
_CHAINED = re.compile(
    r"(?:do not|don['’]t|never) \w+"
    r"|(?:(?:always|then|finally) )?(?!(?:this|that|it|some|both|all|most|each|one|two|three|in|"
    r"on|at|by|with|for|from|to|of|as|not|no|so|such|than|when|while|what|where|how|why|who|if|after|before|since)\b)"
    r"[a-z]+(?<!s)(?<!ed)(?<!ing)(?<!ly) (?:the|an?|it|them|any|their|to|for|with|someone|somebody|off|on|out|up|down|"
    r"in|there|calm|still)\b",
    re.IGNORECASE,
)
_JUDGED = re.compile(
    r"^(?:this|that|these|those)(?: \w+)?(?:['’]s|['’]re)? (?!is because|means|would)\w+"
    r"|^(?:(?:all|very|quite|mostly|partly|that's|it's) )?(?:good|nice|well|excellent|great|(?-i:[Cc]lear)|"
    r"strong|thanks?|too)\b"
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
_TO_HAND_IN = re.compile(
    r"^(?:some|any|each|every|both|another|other|at least|what|why|how|who|whom|when|where|which)\b"
    r"|\b(?:how|whether|if|more|further|dates?|names?|times?|places|headings?|"
    r"numbers?|numbered|labels?|titles?|witness\w*|statements?|sources?|references?|"
    r"reasons?|examples?|details?|information|observation|minutes|records?|receipts?|reflection|conclusion|"
    r"introduction|"
    r"summary|own)\b",
    re.IGNORECASE,
)
"""What is asked for in any portfolio: a list of such things is what is missing, not the answer."""
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
_IN_THE_MATTER = re.compile(
    r"\b(?:must|should)(?: never| not|n['’]t)\b|(?:^|, )(?:and )?(?:do not|don['’]t|never)\b"
    r"|\b(?:that|which|who|when|where|if|unless)\b(?: \w+){0,2}? (?:do|does|is|are|can|will|has|have)(?: not|n['’]t)\b"
    r"|\b(?:that|which|who) (?:had |have |has )?(?:lack|need|ask|want)(?:s|ed)?\b"
    r"|\b(?:that|which|who) (?:has no|have no)\b|\bwithout "
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
    r"|(?:,|,?\s+(?:and|but)) not (?!\w+ed\b|all|every|yet|much|enough|only|just|in|on|of|why|how|what|so|very)\w"
    r"|[^,] so (?:it|they) (?!can|need|must|should|do|is|are|was|were|has|have|count)\w+"
    r"|^(?:an? |the |any )?(?:[\w'’-]+ ){1,3}(?:is|means|refers to) (?:an?|any|when|where|the \w+ of) \w+ (?:\w+ )*?"
    r"(?:that|which|who|where|used|for|of|in|from|between|along)\b"
    r"|,\s+so\s+(?!far|they|it|this|that|these|those|i|we|you|one|there)\w",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"^(?!i\b)\w+(?: \w+){0,4}(?: (?:is|are|was|were))?:\s+(?P<told>\S.+)$", re.IGNORECASE)
_BETWEEN = re.compile(r",\s*(?:and |or |plus )?|\s+(?:and|or|plus)\s+")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
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
_FEW_NEW, _MANY_NEW = 3, 4
"""So many words that the criterion does not have: of a statement that gives a reason or a list, and of any other."""
_FEW_THINGS = 2
"""So many things of a list that are subject matter."""


def gives_away(note: str, wording: str) -> str | None:
    """The sentence of a note that may give the answer to a criterion of that wording; None when none does."""
    sentences = [each.strip() for each in _SENTENCE.split(note) if each.strip()]
    known = _stems(wording)
    handing_back = {each for each in sentences if _hands_back(each)}
    for before, sentence in pairwise(["", *sentences]):
        if sentence.endswith("?"):
            continue
        is_left_at_that = not handing_back - {sentence}
        if _supplies(sentence, wording, known, before) or (is_left_at_that and _states(sentence, known)):
            return sentence
    return None


def _hands_back(sentence: str) -> bool:
    """A question or an errand: what stands beside it tells why the learner is asked, not what the answer is."""
    return sentence.endswith("?") or (_ASKING.match(sentence) is not None and not _TAKE_THIS.search(sentence))


def _supplies(sentence: str, wording: str, known: frozenset[str], before: str) -> bool:
    """Whether a sentence has the form of what is to be put in."""
    return (
        any(form.search(sentence) for form in FORMS.values())
        or _takes_what_was_told(sentence, known, before)
        or _lists(sentence, known)
        or _chains(sentence, known)
        or (not (_JUDGED.search(sentence) or _ITS_SUBJECT.match(sentence)) and _gives_a_value(sentence, wording, known))
    )


def _takes_what_was_told(sentence: str, known: frozenset[str], before: str) -> bool:
    """`The results were fewer complaints. Include these.`: what stands before is the answer, not what is missing."""
    if (taken := _TAKE_THIS.search(sentence)) is None:
        return False
    before = sentence[: taken.start()] or before
    if not before or before.endswith("?"):
        return False
    if _BECAUSE.search(before):
        return not _MISSING.search(before)
    lacks = _ABSENT.search(_IN_THE_MATTER.sub(" which ", before))
    return not lacks and not _is_of_the_work(_TOLD_HOW.sub("", before), known)


def _states(sentence: str, known: frozenset[str]) -> bool:
    """Whether a part of a sentence is a statement of the subject matter."""
    return any(_is_of_the_matter(part, known) for part in _PART.split(sentence) if not _JUDGED.search(part))


def _is_of_the_matter(part: str, known: frozenset[str]) -> bool:
    """Whether it says much that the criterion does not, and neither of the work nor of what lacks."""
    if _ITS_SUBJECT.match(part) or (_ASKING.match(part) and not _IN_ORDER.search(part)):
        return False
    part = _IN_THE_MATTER.sub(" which ", _AT_WORK.sub("their", _TOLD_HOW.sub("", part)))
    if _is_of_the_work(part, known):
        return False
    reason = _REASONED.search(part)
    if reason is None:
        return not _ABSENT.search(part) and len(_stems(part) - known) >= _MANY_NEW
    return not _MISSING.search(part[: reason.start()] or part) and len(_stems(part) - known) >= _FEW_NEW


def _lists(sentence: str, known: frozenset[str]) -> bool:
    """`You could have mentioned gloves, aprons and masks`: things named that are the answer, not what is handed in."""
    led = _LEADS_TO_A_LIST.search(sentence) or _LABELLED.match(sentence)
    if led is None or len(things := _BETWEEN.split(led["told"])) <= _FEW_THINGS:
        return False
    return sum(_is_subject_matter(thing, known) for thing in things) >= _FEW_THINGS


def _chains(sentence: str, known: frozenset[str]) -> bool:
    """`Stay calm, keep the cup and tell the lead`: one order after the other for the work itself, not for the text."""
    links = [link for link in _BETWEEN.split(sentence) if _CHAINED.match(link)]
    if len(links) <= _FEW_THINGS or not _CHAINED.match(sentence):
        return False
    return sum(_is_subject_matter(link, known) for link in links) >= _FEW_THINGS


def _is_subject_matter(thing: str, known: frozenset[str]) -> bool:
    thing = _IN_THE_MATTER.sub(" which ", thing)
    if _TO_HAND_IN.search(thing) or _ABSENT.search(thing) or _is_of_the_work(thing, known):
        return False
    return bool(_stems(thing) - known)


def _gives_a_value(sentence: str, wording: str, known: frozenset[str]) -> bool:
    """A number that is the answer: alone, measured, or in a statement that does not speak of the learner's work."""
    if _EQUATION.search(sentence) and not re.search(r"\byour?\b", sentence, re.IGNORECASE):
        return not _ABSENT.search(sentence)
    if set(_NUMBER.findall(sentence)) <= set(_NUMBER.findall(wording)):
        return False  # No number, or the criterion's own.
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


def _stems(text: str) -> frozenset[str]:
    """The words that say something, without their most usual endings; numbers are none."""
    words = (word.casefold() for word in _WORD.findall(text))
    return frozenset(_ENDING.sub("", word) for word in words if word not in _LITTLE and not word[0].isdigit())
