"""A hundred pairs of learners' texts, labelled by how they were made: copied, reworded, or with a template alone.

Everybody's own words are put together from parts, as people who are on the same task write: of the same things, and
often in the same turns. Whatever the pair, both have the template: its headings, its questions and its statement.
`planted(seed)` gives the same texts for ever. Odd pairs were kept apart while thresholds were chosen.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from random import Random


class Made(StrEnum):
    """How the second text of a pair was made of the first."""

    COPIED = "copied"
    REWORDED = "reworded"
    TEMPLATE = "template only"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two learners' texts, and what was taken over from the first into the second."""

    number: int
    made: Made
    one: str
    other: str
    taken: str = ""
    every: int = 0
    """Of reworded ones: about every so many-th word was replaced."""

    @property
    def kept_apart(self) -> bool:
        """Whether no threshold was chosen by it."""
        return self.number % 2 == 1


QUESTIONS = (
    "Question 1. Describe the context in which you coached, the people involved and how the relationship was agreed. "
    "Write in your own words and give at least one example from your practice.",
    "Question 2. Explain which model or approach you used in the session and evaluate how well it suited the needs of "
    "your client, referring to the outcomes that were set at the beginning.",
    "Question 3. Reflect on the feedback that you received from your client and your line manager. What would you do "
    "differently the next time, and how will you know that it has worked?",
    "Question 4. Set out a plan for your further development as a coach, with dates, resources and the support that "
    "you need from the organisation.",
)
STATEMENT = (
    "I confirm that the work in this document is my own, that I have named every source that I used, and that I have "
    "kept the names of clients and of their employers out of it as the centre asks."
)


def _words(text: str) -> list[str]:
    """What stands between bars, or without any between spaces."""
    return text.split("|" if "|" in text else " ")


_NOUNS = _words(
    "rota supplier appraisal handover budget meeting stocktake merger complaint report delivery booking recruit "
    "warning peer desk inspection forum interruption bonus licence letter account silence audit figure quarrel "
    "shift target handbook canteen train kitchen reception depot contract supervisor trainee foreman driver "
    "engineer volunteer librarian planner sponsor analyst resident visitor customer warehouse agenda question "
    "scale metaphor signal plan phone evidence note room goal fact guess humour habit doubt promise manager "
    "apprentice invoice poster corridor timetable discount uniform cupboard laptop spreadsheet workshop neighbour "
    "grievance holiday ladder training tender parcel window diary newsletter mentor garage ward theatre payroll "
    "boiler car bicycle bridge harvest orchard"
)
_VERBS = _words(
    "postponed rehearsed described avoided measured challenged noticed offered questioned summarised resented "
    "counted drew negotiated tested dropped admitted argued sorted named sketched agreed retreated raised learned "
    "confirmed listed compared cancelled painted praised refused repeated shared studied traced trusted weighed "
    "welcomed wondered explored delegated interrupted listened observed prepared promised reported reviewed "
    "rewrote scheduled simplified"
)
_KINDS = _words(
    "weekly unfair early quiet brave careful late open former busy small honest awkward slow bitter cheerful "
    "formal hidden dated loyal narrow odd patient proud rapid rough sharp simple solid tense thin tired urgent "
    "vague warm weary worn young ancient blunt calm clumsy direct eager faint gentle harsh idle keen lively mild "
    "neat plain raw"
)
_TIMES = _words(
    "in January|over lunch|on Thursday|by video|before closing|after dark|at dawn|during supervision|between calls|"
    "in Leeds|under pressure|by accident|at last|with hindsight|on paper|in private|out loud|for once|at Easter|"
    "in the autumn|on site|upstairs|without warning|twice|by letter|in pairs|overnight|downstairs|abroad|indoors"
)
_ORDERS = (
    "{time} my {kind} {noun} {verb} the {other} of a {second}, and I {act} the {more} {third}.",
    "I {verb} how the {noun} and the {kind} {other} {act} each {second} {time}.",
    "The {noun} {verb} {time}, but her {kind} {other} {act} every {more} {third} with a {second}.",
    "What stayed with me {time} is the {kind} {noun}: it {verb} our {other}, so we {act} a {second}.",
    "We {act} the {second} {time} because a {more} {noun} {verb} what the {kind} {other} had meant to the {third}.",
    "Her {noun} was {kind}, his {other} {more}; {time} both {verb} the {second} that I {act}.",
)
_POOLS = {word: pool for pool in (_NOUNS, _VERBS, _KINDS) for word in pool}


def own_text(random: Random, sentences: int) -> str:
    """So many sentences of somebody's own."""
    return " ".join(_sentence(random) for _ in range(sentences))


def _sentence(random: Random) -> str:
    nouns = dict(zip(("noun", "other", "second", "third"), random.sample(_NOUNS, 4), strict=True))
    verbs = dict(zip(("verb", "act"), random.sample(_VERBS, 2), strict=True))
    kinds = dict(zip(("kind", "more"), random.sample(_KINDS, 2), strict=True))
    text = random.choice(_ORDERS).format(**nouns, **verbs, **kinds, time=random.choice(_TIMES))
    return text[0].upper() + text[1:]


def reworded(text: str, every: int, random: Random) -> str:
    """The text with about every so many-th word that says something replaced, small words put in and left out, and a
    sentence moved."""
    words: list[str] = []
    for word in text.split():
        bare = word.strip(".,;:").lower()
        if random.randrange(every) == 0:
            if bare in _POOLS:
                word = word.lower().replace(bare, random.choice(_POOLS[bare]))
            elif bare in ("the", "a", "and", "that"):
                continue
            else:
                words.append(random.choice(("then", "really", "perhaps", "also", "indeed")))
        words.append(word)
    sentences = " ".join(words).split(". ")
    if len(sentences) > 2:
        sentences.append(sentences.pop(random.randrange(len(sentences) - 1)))
    return ". ".join(each.rstrip(".") for each in sentences) + "."


def answered(answers: list[str]) -> str:
    """The template with these answers."""
    parts = [f"## {question}\n\n{answer}" for question, answer in zip(QUESTIONS, answers, strict=True)]
    return "\n\n".join(("# Reflective account, unit 501", STATEMENT, *parts)) + "\n"


def planted(seed: int = 20240917) -> tuple[Pair, ...]:
    """The hundred pairs: 34 copied, 33 reworded, 33 with the template alone."""
    random = Random(seed)
    made = [Made.COPIED] * 34 + [Made.REWORDED] * 33 + [Made.TEMPLATE] * 33
    random.shuffle(made)
    return tuple(_pair(number, each, random) for number, each in enumerate(made))


def _pair(number: int, made: Made, random: Random) -> Pair:
    one = [own_text(random, random.randint(5, 14)) for _ in QUESTIONS]
    other = [own_text(random, random.randint(5, 14)) for _ in QUESTIONS]
    if made is Made.TEMPLATE:
        return Pair(number, made, answered(one), answered(other))
    place = random.randrange(len(one))
    sentences = one[place].split(". ")
    begin = random.randrange(max(len(sentences) - 3, 1))
    taken = ". ".join(sentences[begin : begin + random.randint(3, 7)]).rstrip(".") + "."
    every = 0
    given = taken
    if made is Made.REWORDED:
        every = random.choice((10, 7, 5, 4))
        given = reworded(taken, every, random)
    else:
        given = _disguised(taken, random)
    at = random.randrange(len(other))
    other[at] = f"{given} {other[at]}" if random.random() < 0.5 else f"{other[at]} {given}"
    return Pair(number, made, answered(one), answered(other), taken, every)


def _disguised(text: str, random: Random) -> str:
    """Copied as people do who do not want it found, or do not think of it."""
    way = random.randrange(5)
    if way == 1:
        return text.upper()
    if way == 2:  # A letter of another alphabet that is drawn alike.
        return text.replace("e", "\u0435", 40).replace("o", "\u043e", 30)
    if way == 3:  # Nothing that is seen, within words.
        return text.replace("in", "i\u200bn").replace("er", "e\u200br")
    if way == 4:
        return text.replace("'", "\u2019").replace(", ", " \u2013 ").replace(" the ", " **the** ")
    return text
