"""The forms that giving an answer takes in a note, as patterns: each with a note that has it.

They hold for English. What they have in common stands first: verbs that ask for words, and what prescribes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

_SAY = (
    r"(?:say|state|write|mention|add|argue|conclude|explain|answer|put|note|point out|make (?:it )?clear|describe|"
    r"include)"
)
_SHOULD = r"(?:should|must|ought to|needs?(?: only| just)?(?: to)?|has to|have to|could|can|would|might|may want to)"
_BEGINS = r"(?:^|\b(?:please|just|simply|then|and|to|should|must|could)\s+)"
_NEAR = r"[^.?!;\n]{0,60}?"
_BE = r"(?:is|are|was|were|would be|could be|can be|might be|will be)"

ASKS_FOR = (
    r"(?:(?:(?:please|now|then|also|next|try to|try and)\s+)*(?:say|apply|state|explain|show|describe|give|look|"
    r"read|re-read|check|add|"
    r"define|list|name|make|put|compare|number|choose|take|use|bring|attach|complete|write|refer|replace|include|set|"
    r"weigh|justify|analyse|evaluate|ask|get|send|go|think|keep|date|sign|hand|copy|quote|repeat|submit|try|find|tell|"
    r"let|see|be|have|do|point|work|start|begin|end|identify|consider|discuss|reflect|expand|develop|link|relate|"
    r"support|provide|clarify|correct|revise|rewrite|redo|rework|resubmit|recalculate|rephrase|reword|remove|"
    r"delete|shorten|"
    r"trace|follow|proofread|talk|speak|follow|remember|avoid|aim|keep|label|draw|sketch|film|photograph|research|"
    r"summarise|illustrate|interview|calculate|highlight|upload|"
    r"scan|print|fill|demonstrate|outline|suggest|recommend|assess|review|arrange|spend|concentrate|focus|ensure|"
    r"select)\b"
    r"|(?:it|this) (?:would|might|may|will) (?:help|be)\b|(?:i|we)(?:['’]d| would) (?:like|love|suggest|prefer)\b)"
)
"""With one of these a sentence begins that asks for something in the text, or sends the learner somewhere."""
_ASKS_FOR_TEXT = (
    r"(?:say|state|explain|show|describe|give|look|read|re-read|check|add|be|have|define|list|name|write about|"
    r"make sure|put|compare|copy|hand|quote|use|submit|repeat|work)\b"
)
_NOT_SAID_OF_IT = (
    r"(?!not\b|n['’]t|missing|no\b|never|about\b|on\b|in\b|at\b|under\b|from\b|of\b|by\b|with\b|for\b|too\b|very\b|"
    r"nowhere|absent|lacking|still\b|only\b|enough\b|there\b|here\b|clear|unclear|good|strong|weak|thin|fine|"
    r"right|wrong|sound|due|late|early|worth|like|likely|"
    r"different|similar|identical|empty|blank|unsigned|undated|well\b|also\b|both\b|"
    r"yours|your\b|what\b|how\b|why\b|which\b|where\b|needed|\w+ed\b|given|shown|written|taken|known|said|told|left|"
    r"met|done|up\b)"
)
_LEFT_OUT = (
    r"(?:that )?you (?:have )?(?:want|need|left out|missed|forgot|forgotten|omitted|overlooked|"
    r"are (?:missing|looking for))"
)
_ANSWER = (
    r"(?:answers?|conclusions?|outcomes?|orders?|steps?|temperatures?|models?|results?|risks?|benefits?|costs?|causes?|"
    r"reasons?|differences?|definitions?|points?|sources?|objectives?|actions?|figures?|totals?|values?|terms?|words?|"
    r"tools?|questions?|things?|ones?|themes?|patterns?|contrasts?|distinctions?|justifications?)"
)

_FORMS: Mapping[str, tuple[str, ...]] = {
    # Write: “By 1 March I will …”. Your objective ought to read: complete a course.
    "dictated": (
        rf"\b(?:{_SAY}|make (?:it|the|your))\b{_NEAR}:\s*\S",
        r"\b(?:ought to|should|could|must|would) (?:read|say|be)\b[^.?!\n]{0,12}[“\"]",
        rf"\b(?:ought to|should|could|must|would|can) (?:read|say|be|go|run|look)\b{_NEAR}:\s*\S",
        r"\b(?:something|a sentence|a line|a paragraph) like\b",
        r"\bas follows\s*:",
        r"\balong the lines of\b",
        r"\b(?:copy|use|paste|insert|put) (?:this|these|the following)\b[^.?!\n]{0,30}:",
    ),
    # You should say that a manager holds power over pay.
    "say that": (
        rf"(?:^|[,:]\s+|\b(?:please|just|simply|then|and|also|to|{_SHOULD})\s+"
        rf"(?:only |also |just |simply |then )?){_SAY}"
        r"(?: (?:here|there|too|as well|clearly|briefly|in it|in your \w+))?,? that\b"
        r"(?! (?:again|more|clearly|too|here|there|first|into|and|or|is (?:missing|not))\b)"
        r"(?! (?:in|with|as|to|for|on|by|at)\b(?:\W+\w+){0,6}\W*$)(?=\s+\w)",
    ),
    # Say notes are kept apart.
    "say it": (
        rf"(?:^|[,:]\s+|\b(?:please|just|simply|then|and|to|{_SHOULD})\s+)(?:say|argue)\s+"
        r"(?!(?:what|why|how|when|where|who|whom|which|whether|if|more|so|something|this|that|in|on|of|your|the|"
        r"an?|each|"
        r"all|it|about|exactly|clearly|briefly|who|whose|at|for|to|again|whatever|anything|nothing|no|but|and|or|"
        r"not)\b)\w+(?: [\w'’-]+){4,}",
    ),
    # The difference is that a coach asks. What both say is that you interrupt.
    "is that": (
        r"^what (?!is\b|are\b|i\b|you\b|we\b|\w+ (?:me|us)\b)[^.?!;,]{3,50} (?:is|was) (?:that|to)\b",
        r"\b(?!(?:problem|trouble|difficulty|issue|concern|gap|weakness|worry|snag|fault|pity|point)\b)\w+ "
        r"(?:is|are|was|were|would be|could be) that\b(?! (?:you|your|it|there|no|nothing|neither|none|"
        r"the (?:log|plan|page|file|text|document|evidence))\b)\s+\w",
    ),
    # The point to make is that you interrupt.
    "to bring in": (
        rf"\b\w+ to (?:make|bring out|point out|draw|put|add|mention|see|state|name|note)(?: here| in)? {_BE}\b"
        r"(?! (?:missing|not|your|how|why|what)\b)",
    ),
    # The answer I am looking for is Y. …, which is what I wanted to read.
    "looked for": (
        r"\b(?:looking for|expected|expect|(?:want|hope|like) to (?:see|read|hear)|wanted|want)(?: here)? "
        r"(?:is|are|was|would be)\b(?! (?:missing|not|your|how|why|what|more|a reason|reasons)\b)",
        r"\b(?:which|that|this|those|these)(?:['’]s| is| was| are| were) (?:what|all) "
        r"(?:is|was|(?:i|we)(?:['’]m| am| was| had)?) "
        r"(?:want|wanted|expect|expected|look|looking|need|needed|hoped|hoping|after)\b",
    ),
    # The law you need here is the Equality Act.
    "needed": (
        r"\b(?!(?:evidence|forms?|templates?|things?|statements?|photos?|signatures?|help|"
        r"support)\b)\w+ (?:that )?(?:(?:you|we|i) "
        r"(?:need(?:ed)?|want(?:ed)?|should (?:use|name)|missed|left out|am after|was after|are looking for)|needed|"
        rf"required)(?: (?:here|for \w+))? {_BE}\s+{_NOT_SAID_OF_IT}"
        r"(?!(?:an? |some |the )?(?:more|details?|witness|signed|statement|photo|copy|own|dates?|evidence|example|"
        r"explanation|reasons?|comparison)\b)\S",
    ),
    # The purpose of the test is to see whether the client is allergic.
    "is to": (
        rf"\bthe reason (?:that|why) [^.?!;,]{{5,60}} (?:is|was) {_NOT_SAID_OF_IT}\S",
        r"\b(?:reason|purpose|aim|function|job|role|idea|point|benefit|advantage) (?:of|for|behind) "
        r"(?!(?:(?:this|the|that|your) )?(?:criterion|task|question|unit|assignment|outcome|report|section|log|plan|"
        r"portfolio|feedback|note|evidence|evaluation|analysis|this)\b)[^.?!;,]{1,40}? (?:is|was) to \w+",
    ),
    # Put 90 minutes for session 2. If you write 2 hours … For support put your line manager.
    "put": (
        rf"{_BEGINS}(?:put|write|enter|give|use|record)\s+[£$€]?\d",
        r"\bif you (?:write|put|say|change|give|count|add|take|move|leave|use)\b[^.?!;\n]{0,60}\d",
        r"\bfor (?!example)(?:\w+ ){0,2}\w+,? (?:put|enter|write|name)\b(?! (?:what|why|how|which|your own|"
        r"an? \w+ of)\b)",
    ),
    # Count the call in May and you get to 12.
    "and it comes out": (
        r"^(?:please |just |so )?(?:add|count|give|take|use|put|move|change|include|divide|multiply|deduct|leave out)\b"
        r"[^.?!;]{3,80}?,? (?:and|which) (?:(?:then )?(?:you|the \w+|it|that|your \w+)(?:['’]re|['’]ll| will)? ?)?"
        r"(?:are there|get|reach|have|comes?|makes?|gives?|brings?|is|balances?)\b",
        r"\b(?:takes|brings|makes|leaves) (?:the|your) (?:\w+ ){1,4}?(?:down |up )?(?:to )?[£$€]?\d",
    ),
    # Mentoring would be better because the apprentice needs contacts.
    "would be, because": (
        r"^(?!it would (?:be|help)\b[^,]*\byou\b)[^.?!;]{2,60} (?:would|will|was|is) (?:be |have been )?(?:the )?"
        r"(?:better|right|best|safer|suitable)\b"
        r"[^.?!;]{0,40}? (?:because|since|as (?:she|he|they|it))\b",
        r"\byou (?:should|could|would|might) have (?!(?:said|shown|explained|given)\b)\w+ "
        r"[^.?!;]{3,60}? (?:because|since)\b",
    ),
    # First isolate, lock off and prove the tester. After locking off you must put up a sign.
    "steps": (
        rf"^(?:first|begin by|start by|(?:you|one) (?:must|have to|should))\b,?\s+(?!{_ASKS_FOR_TEXT})[^.?!]*,[^.?!]*"
        r"(?:,|\band\b|\bthen\b)",
        r"^(?:step|stage) \d+ is to (?!be\b)\w+",
        r"^(?:after|before|once) [^.?!;,]{3,50}?,? you (?:would|must|should|have to|need to) "
        r"(?!(?:say|state|explain|show|describe|give|define|list|compare|write|attach|sign|date|include|hand|submit|"
        r"resubmit|ask|upload|send|bring|read|look)\b)\w+",
    ),
    # …: that is your justification.
    "that is it": (
        r"\b(?:that|this|there|those|these|which)(?:['’]s| is| are| was| were| would be) (?:your|"
        r"the) (?:\w+ )?(?:answers?|"
        r"(?:key|main|important|whole) (?:points?|things?|idea)|"
        r"steps?|themes?|reasons?|justifications?|conclusions?|results?|risks?|benefits?|differences?|patterns?|"
        r"explanations?|causes?)\b(?! (?:for|that|of|why|which|you (?!need|want))\b)",
    ),
    # Replace 60 with 75. Swap steps 2 and 3. Change the length to two hours. Write 75 instead of 60.
    "replaced": (
        rf"{_BEGINS}(?:replace|swap|exchange|substitute)\s+{_NEAR}\b(?:with|by|for)\b\s+\S",
        rf"{_BEGINS}(?:swap|exchange|switch|reverse)\s+(?:the )?(?:steps?|order|numbers?|first|\d)",
        rf"{_BEGINS}(?:change|correct|alter|amend|raise|lower|reduce|increase|move)\s+{_NEAR}\b(?:to|into|from)\s+"
        r"(?!(?:the|your|a)\b)\S",
        rf"\b(?:write|put|use|say)\s+{_NEAR}\b(?:instead of|in place of|rather than)\b",
    ),
    # Step 3 should be proving the tester. Your total should be £5,400.
    "should be": (
        rf"\b{_SHOULD} (?:say|read|state|show|give)\s+(?:[£$€]?\d|[“\"])",
        rf"\b{_SHOULD} (?:be|have been|come to|(?:come|work) out (?:at|as)|amount to|add up to|total|equal|"
        rf"(?:begin|start|end) with|"
        r"come (?:first|second|third|last|next|before|after))\s+"
        r"(?:that\b|(?!during|bring|thing|nothing|something|missing|according)\w+ing\b|to \w+|[£$€]?\d|[“\"])",
    ),
    # The correct temperature is 75 degrees. The step you left out is locking off. The third hazard is the trench.
    "the one": (
        r"^(?!your\b)[^.?!;\n]*?\b(?<!what )(?<!of )(?:(?:right|correct|expected|model|missing|best|real|true|proper|"
        rf"safe|other|second|third|fourth|last|first) (?:\w+ ){{0,2}}?|(?:the|another|"
        rf"a (?:good|better|further|possible)) ){_ANSWER}\b"
        rf"(?: (?:here|then|{_LEFT_OUT}|(?:of|in|for|with) (?:the |your )?\w+))?\s+"
        rf"{_BE}\s+{_NOT_SAID_OF_IT}(?!to {ASKS_FOR}|an? \w+ (?:of|with|without|that)\b)"
        r"(?![£$€]?\d\S* (?:\w+ )?(?:too|out|off|short|over|under)\b)\S",
    ),
    # Use OSCAR as your second model. Enter session 7 as 75 minutes.
    "as": (
        rf"{_BEGINS}(?:use|choose|take|pick|name|give|add|try|count|treat|record|enter|regard)\s+{_NEAR}"
        r"\bas (?:your|the|a|an|another|one|[£$€]?\d\S*)(?!\S)"
        r"(?! (?:(?!second|third|other)\w+ )?(?:examples?|evidence|starting point|guide|sources?|basis|"
        r"attachment|appendix)\b)",
    ),
    # It is 75 degrees, not 60.
    "not that": (
        r"\b(?:is|are|was|were|means?|comes? to)\s+[^.?!;\n]{0,40}\d[^.?!;\n]{0,40},?\s+"
        r"(?:not|and not|rather than|instead of)\b",
        r"\b(?:['’]d|would|should|need|must|use|want|takes?)\b[^.?!;\n]{0,30}\d[^.?!;,\n]{0,20}, (?:and )?not \d",
    ),
}
FORMS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {name: re.compile("|".join(f"(?:{each})" for each in forms), re.IGNORECASE) for name, forms in _FORMS.items()}
)
"""By the name of each form what it is known by."""
