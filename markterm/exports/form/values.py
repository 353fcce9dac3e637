"""What is filled into a form for one learner and one unit: plain values, in the words of a sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from markterm.exports.form.fields import Field
from markterm.exports.form.place import Entry

NOTHING = Entry("")


@dataclass(frozen=True, slots=True)
class FormValues:
    """What is known, by what a form may ask for. `of_criteria` are by the number of the criterion, and `of_sections` by
    that of the learning outcome. `must_say` are sentences without which the rest would say what is not so: a form that
    has no room for them is not filled."""

    facts: Mapping[Field, Entry] = field(default_factory=dict)
    of_criteria: Mapping[str, Mapping[Field, Entry]] = field(default_factory=dict)
    of_sections: Mapping[int, Entry] = field(default_factory=dict)
    must_say: tuple[str, ...] = ()

    def entry(self, asked: Field, criterion: str = "", section: int | None = None) -> Entry:
        """What belongs there; an empty one where there is nothing to say."""
        if criterion:
            return self.of_criteria.get(criterion, {}).get(asked, NOTHING)
        if asked is Field.SECTION_COMMENTS and section is not None:
            return self.of_sections.get(section, NOTHING)
        return self.facts.get(asked, NOTHING)
