"""What stands in a learner's text and is nobody's wording: two who have it too have not taken it from each other."""

from __future__ import annotations

import re

KIND_OF_LAW = r"(?:Act|Regulations?|Order|Directive|Code|Standards?)"
LAW = re.compile(
    r"\b[A-Z][\w’'-]*,?(?: (?:and|of|at|the|to|for|in|on|etc\.?|\(?[A-Z][\w’'-]*\)?),?){0,10}"
    rf" {KIND_OF_LAW},? \(?(?:19|20)\d\d\)?"
)
"""The name of a law, with its year."""

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s)>\]]+|\b[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_BEGINS = r"^(?=[^\n]{20,400}$)[ \t>*•\d.)\[\]-]{0,8}"
_REFERENCE = re.compile(
    rf"{_BEGINS}[^\W\d_][\w’'-]+, (?:[A-Z]\.[ -]?){{1,3}}[^\n]{{0,120}}?\(?(?:19|20)\d\d[a-z]?\)?[^\n]*",
    re.MULTILINE,
)
_REFERENCE_OF_MANY = re.compile(
    rf"{_BEGINS}[A-Z][\w’'&-]*(?: (?:and|of|for|the|in|&|[A-Z][\w’'&-]*)){{0,8}},?"
    r" \((?:19|20)\d\d[a-z]?\)[.,:]? [\"“‘'*_]{0,2}[A-Z][^\n]*",
    re.MULTILINE,
)
"""The line of an organisation, or of somebody without initials: the title follows the year, and no verb."""
_WHERE_READ = re.compile(
    r"^[ \t]*(?:Available (?:at|from)|Retrieved (?:from|on)|(?:Last )?[Aa]ccessed)\b[^\n]{0,200}$"
    r"|[(\[](?:[Ll]ast )?[Aa]ccessed\b[^)\]\n]{0,40}[)\]]",
    re.MULTILINE,
)
_PARAGRAPH = r"(?:[^\n]|\n(?![ \t>]*\n))"
_NOTICE = re.compile(
    r"^[ \t>*_]*(?:(?:[Cc]onfidentiality|CONFIDENTIALITY)\b[^\n]{0,20}\n?)?"
    r"(?:(?:This|The (?:information|contents?) (?:in|of) this) (?:e-?mail|message|communication)\b"
    rf"(?={_PARAGRAPH}{{0,200}}\b(?:confidential|privileged|intended (?:solely|only))\b)"
    r"|If you (?:have received|are not the intended)\b(?=[^\n.]{0,120}\b(?:e-?mail|message|communication|recipient)\b)"
    r"|(?:Any )?(?:[Vv]iews|[Oo]pinions)\b(?=[^\n.]{0,120}\bauthor\b))"
    rf"{_PARAGRAPH}{{0,1200}}",
    re.MULTILINE,
)
"""What an employer's mail programme puts below each message."""
_DECLARATION = re.compile(
    r"\bI (?:hereby )?(?:declare|certify|confirm)\b"
    r"(?=[^.]{0,250}\b(?:(?:is|are) (?:all |entirely |wholly )?my own|own work)\b)[^.]{0,500}"
)
"""A learner's declaration of authenticity: its words are the centre's, or the awarding organisation's."""
_ENVELOPE = re.compile(r"^\| Header \| Value \|\n(?:\|[^\n]*(?:\n|$))*", re.MULTILINE)
"""The head of a message, as it is written down when one is read."""
_OF_NOBODY = (_ENVELOPE, _ADDRESS, LAW, _REFERENCE, _REFERENCE_OF_MANY, _WHERE_READ, _NOTICE, _DECLARATION)


def without_nobodys_words(text: str) -> str:
    """The text with spaces in place of each of these: every other word stands where it stood."""
    for each in _OF_NOBODY:
        text = each.sub(lambda found: " " * len(found[0]), text)
    return text
