"""The plain form of what learners' work has in common."""

from __future__ import annotations

from markterm.domain.views.alike import AlikePair, AlikePassage, AlikeSeen, SharedByMany, Side
from markterm.exports.plain.values import Json


def alike_as_json(seen: AlikeSeen) -> Json:
    """What was found as a JSON object: the pairs of learners, and what is not among them."""
    return {
        "pairs": [_pair(each) for each in seen.pairs],
        "hidden_pairs": seen.hidden,
        "learners": seen.of,
        "learners_read": seen.read,
        "files_not_read": seen.unread,
        "given_to_all": seen.given,
        "cited_by_both": seen.cited,
        "not_looked_into": seen.left,
        "shared_by_many": [_of_many(each) for each in seen.many],
        "odd_files": [
            {"registration": each.registration, "file": each.file, "odd_words": each.words} for each in seen.odd
        ],
    }


def _of_many(shared: SharedByMany) -> Json:
    place = shared.passage
    return {
        "learners": [
            {"registration": each.registration, "name": each.name, "file": each.file} for each in shared.holders
        ],
        "words": shared.words,
        "file": place.file,
        "sha256": place.sha256,
        "first": place.first,
        "last": place.last,
        "place": place.place or None,
        "text": shared.text,
    }


def _pair(pair: AlikePair) -> Json:
    return {
        "learners": [
            {"registration": pair.one, "name": pair.one_name},
            {"registration": pair.other, "name": pair.other_name},
        ],
        "words": pair.words,
        "quoted_words": pair.quoted,
        "same_files": pair.files,
        "passages": [_passage(each) for each in pair.passages],
    }


def _passage(passage: AlikePassage) -> Json:
    return {
        "words": passage.words,
        "longest": passage.longest,
        "holders": passage.holders,
        "cohort": passage.cohort,
        "quoted": passage.quoted,
        "source": passage.source or None,
        "same_file": passage.is_file,
        "sides": [_side(passage.one), _side(passage.other)],
    }


def _side(side: Side) -> Json:
    place = side.passage
    return {
        "registration": side.registration,
        "file": place.file,
        "sha256": place.sha256,
        "first": place.first,
        "last": place.last,
        "place": place.place or None,
        "text": side.text,
        "marked": [list(each) for each in side.marked],
    }
