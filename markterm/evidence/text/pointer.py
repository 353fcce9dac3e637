"""Files that only lead to something: a link to a page, a document that lies with Google, a shortcut of Windows.

They are handed in for the document that they lead to, and hold not a word of it.
"""

from __future__ import annotations

import re

from markterm.evidence.charset import decoded

POINTERS = {
    ".url": "a link to a page",
    ".website": "a link to a page",
    ".webloc": "a link to a page",
    ".inetloc": "a link to a page",
    ".desktop": "a shortcut",
    ".lnk": "a shortcut of Windows",
    ".fileloc": "a shortcut",
    ".gdoc": "a link to a document of Google Docs",
    ".gsheet": "a link to a sheet of Google Sheets",
    ".gslides": "a link to slides of Google Slides",
    ".gform": "a link to a form of Google Forms",
    ".gdraw": "a link to a drawing of Google",
    ".glink": "a link to a file of Google Drive",
    ".gsite": "a link to a page of Google Sites",
    ".gjam": "a link to a board of Google",
    ".gmap": "a link to a map of Google",
    ".gtable": "a link to a table of Google",
}
"""What each kind is, by the suffix of its files."""
NO_DOCUMENT = "It is not a document: ask the learner for the file itself."

LARGEST = 1024 * 1024
_ADDRESS = re.compile(r"(?:https?|ftp|file|smb|afp)://[^\s\"'<>\\\x00-\x1f]+")
_PATH = re.compile(r"(?:[A-Za-z]:|\\\\[\w.$-]+)\\[^\x00-\x1f\"<>|?*]{1,300}")
_DOCUMENT = re.compile(r"\"(?:doc_id|resource_id)\"\s*:\s*\"(?:\w+:)?([\w-]+)\"")
_OWN_ADDRESS = re.compile(r"^\s*(?:URL|BASEURL)\s*=\s*(\S.*)$", re.MULTILINE | re.IGNORECASE)


def what_it_is(suffix: str, data: bytes) -> str:
    """What a file with these bytes is and where it leads to, in one sentence."""
    to = _target(data)
    kind = POINTERS[suffix]
    return f"This is {kind}{f', to {to}' if to else ''}."


def _target(data: bytes) -> str:
    text = decoded(data).text
    wide = data.decode("utf-16-le", "ignore") + data[1:].decode("utf-16-le", "ignore")
    if own := _OWN_ADDRESS.search(text):
        return own[1].strip()
    for pattern in (_ADDRESS, _PATH):
        for form in (text.replace("\\/", "/"), wide):
            found = [each for each in pattern.findall(form) if "apple.com/DTDs" not in each]
            if found:
                return str(found[0])
    named = _DOCUMENT.search(text)
    return f"https://docs.google.com/open?id={named[1]}" if named else ""
