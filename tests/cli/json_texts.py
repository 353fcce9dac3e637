"""The texts of the small centre on which every command is asked for JSON."""

from __future__ import annotations

TIA = """
[[member]]
id = "tia"
name = "Tia Lund"
roles = ["assessor"]
training = ["T-101"]
"""
REGISTER = 'ENR,Name,Course,DOB\nNEW1,"Lee, Ann",T-CERT,1/2/1990\nBBB2,Nneka Okafor-Lee,T-CERT,\nNEW2,,,\n'
FRAMEWORK = """ST0042 – Tea Maker

Duties
Duty 1 Make tea
Knowledge
K1: Know leaves.
K2: Know ket tle.
A kettle is meant
Skills
S1: Pour.
Behaviours
B1: Is calm.
"""
MAPPING = """---
kind: mapping
unit: T-101
title: Making tea
---

| Criterion | Statement | Covers | Note      |
|-----------|-----------|--------|-----------|
| 1.1       | ST0042 K1 | fully  |           |
| 1.2       | ST0042 S1 | partly | cold only |
| 1.2       | ST0042 S9 | fully  |           |
"""
SPECIFICATION = """Level 2 Award in Tea
Qualification Accreditation No:
600/1234/1
Credit Value:
7
Rules of Combination:
Learners gain 7 credits from units 101 and 103 in group 1.
Overview of Units
Group 1
TEA-101
Making Tea
2
4
12
TEA-103
Clearing Up
2
3
9
Tutors Occupational Competence Requirements
Evidence Indicators
Has made tea for others.
* Tea made over the last three years.
"""
UNIT = """Unit TEA-104: Serving
Level: 2
LO1 Know who is served
1.1 Name the guest
Guests come and go.
1.3 Serve the guest
"""
COMPETENCE = """---
kind: competence
code: T-STAFF
title: Staff
suite: T
---

## Assessor and verifier

- **A1** Has made tea
  - evidence: a post in a tea shop
- **A2** Keeps up with tea
  - years: 3
  - kind: cpd
  - lasting: a diploma
"""
ASHA = "---\nkind: member\nid: asha\n---\n\n- **A2** 2026-01-31 for good: Diploma\n"
DIARY = "# Diary\n\nI made tea for two people, and warmed the pot before (AC 1.2).\n\nThen I poured it.\n"
COPIED = (
    "On Sunday the kettle whistled before anybody had rinsed the blue pot, so I measured three spoons of leaves, let "
    "them rest under a woollen cover and poured the first cup for my neighbour."
)
DIARY_CHANGED = DIARY.replace("two people", "three people") + "\nThe pot was warm.\n"
