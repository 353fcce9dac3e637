"""Letters of symbol fonts as the signs that they look like: `ü` in Wingdings is a tick.

Such fonts draw signs in the places of letters, and a terminal shows the letter, or nothing where the place is one of
private use. The tables follow the mappings that Unicode and Adobe publish. Where Unicode has the very sign and one that
looks like it, the one that the fonts of terminals have is taken: `☑` rather than `🗹`, `→` rather than `🡪`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

_FIRST = 0x20
_WIDTH = 16
_PRIVATE = range(0xF000, 0xF100)
# Before the name of a font that a PDF holds a part of stand six letters of its own.
_PART = re.compile(r"[A-Z]{6}\+")
_STYLE = re.compile(r"[-,]?(?:regular|roman|normal|medium|bold|italic|mt|std|pro|itc|ps)+$")

# A line is sixteen places of the font, the first of them 20 to 2F; where there is a blank no sign is known.
_SYMBOL = """
 !∀#∃%&∍()*+,−./
0123456789:;<=>?
≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟ
ΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_
‾αβχδεφγηιϕκλμνο
πθρστυϖωξψζ{|}~


€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓
°±″≥×∝∂•÷≠≡≈…│─↵
ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉
∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓
◊⟨®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪
 ⟩∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭
"""
_WINGDINGS = """
 ✎✂✁👓🔔📖🕯☎✆✉✉📪📫📬📭
📁📂📄📄🗐🗄⌛⌨🖰🖲🖳🖴💾💾✇✍
✍✌👌👍👎☜☞☝☟✋☺😐☹💣☠⚐
⚑✈☼💧❄✝✞🕈✠✡☪☯🕉☸♈♉
♊♋♌♍♎♏♐♑♒♓&&●❍■☐
☐❑❒⬧⧫◆❖◆⌧⍓⌘❀✿❝❞▯
⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹
❺❻❼❽❾❿❧☙☙❧❧☙☙❧∙•
·○◯⭘◉◎○▪☐▲✦★✶✴✹✵
⌖⌖✧⌑⯑✪✰🕐🕑🕒🕓🕔🕕🕖🕗🕘
🕙🕚🕛↵↳↲↱↰↴⤶⤷❧☙☙❧☙
❧❦❦❧☙⌫⌦◀➢▲▼⬅➲⬆⬇←
→↑↓↖↗↙↘⬅➔⬆⬇↖↗↙↘⇦
⇨⇧⇩⬄⇳⇖⇗⇙⇘▪▫✗✓☒☑
"""
_WINGDINGS_2 = """
 🖊🖋🖌🖍✄✀☎☎📄📄📄📄📄📄📄
📄📋📋🗑🗔🖵🖶🖷🖸✇🖯🖱👍👎☜☞
☜☞👈👉☜☞☜☞☝☟👆👇☝☟✋✗
✓☒☑☒☒⊗⊗⊘⊘&&&&‽❝❞
❝☙❧❧☙☙❧❧☙⓪①②③④⑤⑥
⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿
☉○☽☾⸿✝✝🕜🕝🕞🕟🕠🕡🕢🕣🕤
🕥🕦🕧❧☙·•●●○○◯◯⊙◉◎
▪▪■☐□□□□▣▣◘▣▣⬩◆◇
◇◈◈◈◈◈⬪⬧◊◊◖◗◑◓■◆
⬟⯂⬣⬢⬣⬢+++++++×××
××××∗∗∗∗∗∗∗∗✱✱✱✱
✻✻✻✻✻⟁✦✦✦✦★✶✶✶✹✸
✹✧✧✯☆✵⊹⊹※⁂
"""
_WINGDINGS_3 = """
 ←→↑↓↖↗↙↘⇤⇥⤒⤓⇱⇲⇞
⇟↔↕⇠⇢⇡⇣↯↲↳↰↱↲↳⤶⤷
↩↪⤴⤵⇄⇅⇥⤓⇇⇉⇈⇊↶↺↻↷
↻↺⎋⌤⌃⌥␣␣⇪⇪⇦⇨⇦⇨⇦⇨
⇦⇨⇦⇨⇦⇨←→↑↓↖↗↙↘↔↕
▲▼△▽◀▶◁▷◣◢◤◥◀▶▲
▼▲▼◀▶◀▶▲▼←→↑↓←→↑
↓←→↑↓←→↑↓←→↑↓←→↑
↓←→↑↓←→←→←→←→→→→
→←→←→←→↑↓←→↑↓←→↑
↓←→↑↓←→↑↓↰↱↲↳↴⤶⤷
⤵←→↑↓↖↗↙↘←→↑↓↖↗↙
↘←→↑↓↖↗↙↘←→↑↓⇦⇨⇧
⇩
"""
_WEBDINGS = """
 🕷🕸🕲🕶🏆🎖🖇🗨🗩🗰🗱🌶🎗🙾🙼
▁▢❐◀▶▲▼⏪⏩⏮⏭⏸■●🗚🗳
🛠🏗🏘🏙🏚🏜🏭🏛🏠🏖🏝🛣🔍🏔👁👂
🏞🏕🛤🏟🛳📣📣🔈🔈♥❀🗬🙽🗭🗪🗫
↺✓🚲☐🛡📦🛱■🚑ℹ🛩🛰✦🕴●🛥
🚔↻✗❓🛲🚇🚍⛳⊘⊖🚭🗮│🗯⚡
🚹🚺🛉🛊🚼👽🏋⛷🏂🏌🏊🏄🏍🏎🚘📈
🛢💰🏷💳👪🗡👄🗣✯✉✉🖃🖆🖹🖺🖻
🕵🕰🖽🖾📋🗒📅📖📚📰📰🗃🗂🖼🎭🎜
🎘🎙🎧💿🎞📷🎟🎬📽📹📾📻🎚🎛📺💻
🖥🖦🖧🕹🎮☎☎📟📱☎🖨🖩🖿💾🗜🔒
🔓🗝📥📤🕳🌣🌤🌥🌦☁🌨🌧🌩🌪🌬🌫
☾🌡🛋🛏🍽🍸🛎🛍Ⓟ♿🛆📌🎓🗤🗥🗦
🗧🛪🐿🐦🐟🐕🐈🙬🙮🙭🙯🗺🌍🌏🌎🕊
"""
# Zapf Dingbats, which Unicode took over row by row, and whose names are Monotype Sorts and ITC Zapf Dingbats, too.
_DINGBATS = """
 ✁✂✃✄☎✆✇✈✉☛☞✌✍✎✏
✐✑✒✓✔✕✖✗✘✙✚✛✜✝✞✟
✠✡✢✣✤✥✦✧★✩✪✫✬✭✮✯
✰✱✲✳✴✵✶✷✸✹✺✻✼✽✾✿
❀❁❂❃❄❅❆❇❈❉❊❋●❍■❏
❐❑❒▲▼◆❖◗❘❙❚❛❜❝❞


 ❡❢❣❤❥❦❧♣♦♥♠①②③④
⑤⑥⑦⑧⑨⑩❶❷❸❹❺❻❼❽❾❿
➀➁➂➃➄➅➆➇➈➉➊➋➌➍➎➏
➐➑➒➓➔→↔↕➘➙➚➛➜➝➞➟
➠➡➢➣➤➥➦➧➨➩➪➫➬➭➮➯
 ➱➲➳➴➵➶➷➸➹➺➻➼➽➾
"""


def _table(rows: str) -> Mapping[int, str]:
    places = (
        (_FIRST + _WIDTH * number + place, sign)
        for number, row in enumerate(rows.strip("\n").split("\n"))
        for place, sign in enumerate(row)
    )
    return {code: sign for code, sign in places if sign != " "}


_TABLES: Mapping[str, Mapping[int, str]] = {
    "symbol": _table(_SYMBOL),
    "wingdings": _table(_WINGDINGS),
    "wingdings2": _table(_WINGDINGS_2),
    "wingdings3": _table(_WINGDINGS_3),
    "webdings": _table(_WEBDINGS),
    "zapfdingbats": _table(_DINGBATS),
    "itczapfdingbats": _table(_DINGBATS),
    "dingbats": _table(_DINGBATS),
    "monotypesorts": _table(_DINGBATS),
}


def is_symbol_font(font: str) -> bool:
    """Whether letters of the font of this name look like other signs; the name as Word, a PDF or a style writes it."""
    return bool(_signs(font))


def shown(font: str, code: int) -> str:
    """The sign that `code` looks like in `font`, also where it stands in the private area from F000 on.

    What is not known comes back as it is.
    """
    place = code - _PRIVATE.start if code in _PRIVATE else code
    return _signs(font).get(place) or chr(code)


def text_shown(font: str, text: str) -> str:
    """`text` as it looks in `font`: as it is, unless that is a symbol font."""
    return "".join(shown(font, ord(letter)) for letter in text) if _signs(font) else text


@cache
def _signs(font: str) -> Mapping[int, str]:
    name = re.sub(r"[ _]+", "", _PART.sub("", font.strip().strip("\"'")).casefold())
    return _TABLES.get(name) or _TABLES.get(_STYLE.sub("", name), {})
