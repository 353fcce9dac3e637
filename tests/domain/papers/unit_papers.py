"""Papers of units made here, in the layouts in which awarding organisations print them, in own words."""

from __future__ import annotations

MARK_SHEET = """
**MARK SHEET – Keeping a tea room**

| **Centre Number:** | **Centre Name:** |
| --- | --- |
| Learner Registration No: | Learner Name: |

|  |  |  |  |  |
| --- | --- | --- | --- | --- |
| **Learning Outcome / Section 1: Be able to plan a tea room \\[44 marks\\]** |  |  |  |  |
| Assessment Criteria (AC) | Sufficiency Descriptors \\[Typical standard\\] |  |  | Assessor feedback on AC |
|  | Referral \\[ca. 8/20\\] | Pass \\[10/20\\] | Good Pass \\[ca. 15/20\\] |  |
| AC 1.1<br>Explain why tea is served | • No reason<br>• No place | • A reason is given | • Reasons are weighed |  |
|  |  |  |  | / 20<br>(min. of 10)<br>Pass or Referral |
| AC 1.2<br>Assess two ways of making tea | One way | Two ways | Two ways, compared |  |
|  |  |  |  | / 24<br>(min. of 12) |
| Section comments (optional): |  |  | Verification comments (optional): |  |

|  |  |  |  |  |
| --- | --- | --- | --- | --- |
| Learning Outcome / Section 2: Know how to keep it clean |  |  |  |  |
| Assessment Criteria (AC) | Referral | Pass | Good Pass | Feedback |
| AC 2.1 Outline the rules of hygiene | None | Outlined | With examples |  |
| Outcome (delete as applicable): PASS / REFERRAL |  |  |  |  |
"""

TWO_COLUMNS = """
# Unit 210 Serve tea to guests (M/615/1234)

| Unit reference | M/615/1234 | Level | 2 |
| --- | --- | --- | --- |
| Credit value | 4 | GLH | 30 |

| Learning outcomes<br>The learner will: | Assessment criteria<br>The learner can: | Evidence record |
| --- | --- | --- |
| 1. Understand how tea is made | 1.1 Identify kinds of tea |  |
|  | 1.2 Explain how each is made, including:<br>• green tea<br>• black tea |  |
| 2. Be able to serve tea | 2.1 Lay a table<br>2.2 Serve tea to:<br>a) one guest<br>b) several guests |  |

## Delivery and assessment guidance

1.1 Learners should taste the kinds.
2.2 At least two guests.
"""

GRADED = """
# Unit 3: Running a tea stall

Level: 3

| Pass | Merit | Distinction |
| --- | --- | --- |
| Learning aim A: Investigate how stalls are run |  | A.D1 Evaluate the running of two stalls. |
| A.P1 Explain how a stall buys.<br>A.P2 Explain how a stall sells. | A.M1 Assess how two stalls buy. |  |
| Learning aim B: Plan a stall |  | BC.D2 Justify the plan. |
| B.P3 Plan a stall for a day. | B.M2 Plan it in detail. |  |
"""

FOUR_COLUMNS = """
| Unit title | Unit number | Level | Credit | GLH |
| --- | --- | --- | --- | --- |
| Fill the urn | TEA-310 | 2 | 3 | 20 |

| Learning outcomes |  | Assessment criteria |  | Evidence | Date |
| --- | --- | --- | --- | --- | --- |
| 1 | Be able to fill the urn | 1.1 | Explain the risks of a full urn |  |  |
|  |  | 1.2 | Fill the urn to the line |  |  |
| 2 | Understand heat | 2.1 | Explain how water boils |  |  |
"""

PLAIN = """
Unit TEA-411: Tea and people
Level 4
LO1 Understand what guests
want from tea
1.1 analyse what guests of a tea room
want in the morning
1.2 assess how that has changed
© Tea Awards 2026
LO2 Understand staff
2.1 explain who serves
2.2 describe whoever
washes up
"""

UNNUMBERED = """
Level 1
Guided learning hours:
27 hours

Unit Learning Outcomes

Know own tea.

Assessment Criteria

  • 1.1
    Identify an important:
    a) kind of tea
    b) kind of cup.
  • 1.2
    Outline own habits.

Be able to pour.

Assessment Criteria

  • 2.1

    2.1.Pour tea which is:

    • hot
    • assessment criteria and tea
"""
