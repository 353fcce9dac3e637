"""What the demo's assessors write: for each criterion a note on a pass and one on a referral."""

from __future__ import annotations

from collections.abc import Mapping

from markterm.demo.learners import OWN_COURSE

Notes = Mapping[str, tuple[str, str]]
"""By criterion: the note on a pass, the note on a referral."""

NOTES_500: Notes = {
    "1.1": (
        "Two clear definitions, and the comparison is about your own team rather than a textbook's.",
        "You define coaching well. What is mentoring, and where do the two part company in your organisation?",
    ),
    "1.2": (
        "A need for each, and one you rightly sent to training. The close call is the best part.",
        "Coaching is the answer every time here. Show me a need it would not have met.",
    ),
    "1.3": (
        "You follow two contributions through to figures that your organisation keeps anyway.",
        "Benefits are listed. Take two of them further: which result changes, and how would anybody see it?",
    ),
    "2.1": (
        "Knowledge, skills and behaviour each have their effect on the client beside them.",
        "These are good qualities to have. Say what each one does for the person in front of you.",
    ),
    "2.2": (
        "Compared on purpose, stages and fit. You have plainly used both.",
        "One model is described. The criterion asks for at least two, set against each other.",
    ),
    "2.3": (
        "The exchange you quote turns on one question, and you can say why.",
        "Types of question are named. What did one of them lead a client to say or do?",
    ),
    "2.4": (
        "Both tools are judged, and you say what neither of them can show.",
        "The tools are described fairly. The verb is evaluate: how useful, how reliable, and with what risk?",
    ),
    "3.1": (
        "Purpose, roles, limits, timing and ending, for client and sponsor alike.",
        "A handshake is a start. What was agreed, with whom, and how would it come to an end?",
    ),
    "3.2": (
        "Power is faced squarely, and the second question has no easy answer, as you say.",
        "The code is quoted. Now apply it to somebody who is also the client's manager.",
    ),
    "3.3": (
        "What is kept, how long, who sees it and what must be disclosed: all four, with reasons.",
        "Keeping no notes is a choice that needs its reasons too. And what would you have to pass on?",
    ),
    "4.1": (
        "Evidence on both sides, and a judgement of where to begin.",
        "You describe the culture. Is it ready or not, and what makes you think so?",
    ),
    "4.2": (
        "Costs, benefits and risks of one definite programme, with a recommendation a director could act on.",
        "The benefits are there. A case also needs what it costs and what might go wrong.",
    ),
    "4.3": (
        "Each measure has a start, a source and a date.",
        "Whether clients liked it is one measure. What would tell you that it made a difference?",
    ),
}

NOTES_501: Notes = {
    "1.1": (
        "A dated agreement for every client, with goals they can measure themselves.",
        "There is no agreement for one of your clients. Agreements with the others are sound.",
    ),
    "1.2": (
        "The plan adds up and differs from client to client. Good to see the review points.",
        "Look again at the total, and at how the plan would differ for the second client.",
    ),
    "1.3": (
        "Each choice comes out of that client's needs. I liked the approach you turned down.",
        "The reason given would fit any client. Why this approach for this person?",
    ),
    "2.1": (
        "I added up the log: above 12 hours, and the clients have confirmed them.",
        "The sessions that are signed for come to less than 12 hours. Which others can be confirmed?",
    ),
    "2.2": (
        "Questioning, listening and feedback are all in the extracts, and the conclusion was the client's.",
        "In these extracts most of the ideas are yours. Find one where the client got there first.",
    ),
    "2.3": (
        "You changed course, said why, and went back to check.",
        "Something clearly changed in the middle. What prompted it, and what came of it?",
    ),
    "3.1": (
        "Every session has its date, length, goal, content and actions.",
        "Two sessions have no length, and several have no actions.",
    ),
    "3.2": (
        "Progress against the goals, from the client and from the workplace.",
        "Progress is stated for one client, with nothing to show for it.",
    ),
    "3.3": (
        "Names are protected as agreed and the consent is in the folder.",
        "A third person can be recognised in your notes. Check what was agreed, and put it right everywhere.",
    ),
    "4.1": (
        "You look for what the answers share and where they part, and the awkward one is not left out.",
        "The feedback is attached. What does it say when the answers are laid side by side?",
    ),
    "4.2": (
        "Judged against the goals of the first session, for the clients and for the organisation.",
        "Results for the clients are judged. What about those for the organisation?",
    ),
    "4.3": (
        "Both recommendations come straight from your review.",
        "There is one recommendation, and a good one. The criterion asks for changes in the plural.",
    ),
}

NOTES_502: Notes = {
    "1.1": (
        "Agreements for every client, each with the sponsor's part. Two were renewed half-way.",
        "The sponsor does not appear in the agreements with two of your clients.",
    ),
    "1.2": (
        "A schedule that covers the hours and protects your own job as well.",
        "What happens to this schedule when your own workload peaks?",
    ),
    "1.3": (
        "The needs are analysed first, and the approach follows from them.",
        "The approach is the same throughout. Show how it came out of each client's needs.",
    ),
    "2.1": (
        "Hours checked against the log and the clients' confirmations.",
        "The log so far falls short of 100 hours. Carry on as you are, and hand in the rest when it is done.",
    ),
    "2.2": (
        "Three models in use, each where it fits, and one set aside for a good reason.",
        "The same model runs through every session that I can see.",
    ),
    "2.3": (
        "The challenge that went too far, and the repair next morning: exactly what is asked for.",
        "There is plenty of support here. Where did you challenge, and what did the client do next?",
    ),
    "2.4": (
        "Each ending is shown, with what the client takes on alone.",
        "Two clients leave the log without a last session or a reason.",
    ),
    "3.1": (
        "Complete, and the sum is right.",
        "The entries are good. Between February and March the total does not carry forward.",
    ),
    "3.2": (
        "Start, middle and end for every client, and a disagreement with the sponsor noted honestly.",
        "There is a start and an end. What did the middle look like?",
    ),
    "3.3": (
        "Storing, access, keeping and destroying are all covered, for the paper notes as well.",
        "Where do the notes go when the work is over, and who sees to it?",
    ),
    "4.1": (
        "The purposes are clear, and so is why you chose somebody from outside.",
        "This reads like a meeting with your manager. What is supervision for?",
    ),
    "4.2": (
        "Four meetings, and you did not bring only the work that went well.",
        "You were at the meetings. Which cases did you bring, and what was explored?",
    ),
    "4.3": (
        "Two changes traced from the meeting to the session, and one that you dropped again.",
        "Supervision helped, you say. What did you do differently with a client afterwards?",
    ),
    "5.1": (
        "Entries over the whole time, and the later ones argue with the earlier ones.",
        "Most of these entries carry the same week's date.",
    ),
    "5.2": (
        "Results are set against the goals, and you allow for other causes.",
        "The clients were content. Were the goals reached?",
    ),
    "5.3": (
        "It is plain who would do what, and why that comes first.",
        "The recommendations are sensible in any organisation. Which of them come from your results?",
    ),
}

NOTES_503: Notes = {
    "1.1": (
        "A named framework, and every rating has its example.",
        "Ratings without examples. Take the two highest and the two lowest, and say what they rest on.",
    ),
    "1.2": (
        "Two sources and more, read for where they differ. The nodding is well observed.",
        "One source only. Who else has seen you coach?",
    ),
    "1.3": (
        "One effect that helps, one that does not, and an example of each.",
        "Your values are clear. What do they do to the client?",
    ),
    "2.1": (
        "The order is argued, and not simply by the lowest score.",
        "The needs are real ones. Which comes first, and why?",
    ),
    "2.2": (
        "Two ways are weighed up for fit, cost and time, and you choose.",
        "One course is named for every need. What else could meet them, and at what cost?",
    ),
    "3.1": (
        "Objectives, actions, support and dates, and the first one is under way.",
        "Objective four has no date and no support. How would you know that it was met?",
    ),
    "3.2": (
        "Review dates, the people and what they will look at.",
        "When will you look at the plan again, and with whom?",
    ),
}

NOTES_OF_OWN_COURSE: Notes = {
    "1.1": ("Eight minutes and ten seconds, and you say nothing for the last two.", "Who speaks when is not marked."),
    "1.2": ("Five places, and you say what you would have lost at each.", "The places are not marked in the record."),
    "2.1": ("The move was news to you, and you had not asked for it.", "Say what they told you, in their words."),
}

NOTES: Mapping[str, Notes] = {
    "8580-500": NOTES_500,
    "8580-501": NOTES_501,
    "8580-502": NOTES_502,
    "8580-503": NOTES_503,
    OWN_COURSE: NOTES_OF_OWN_COURSE,
}

ROSALIND: Mapping[str, Mapping[str, str]] = {
    "8580-500": {
        "1.1": 'Both defined, and "whose knowledge is the conversation drawing on?" is your own line. A good pass.',
        "1.2": "The list sends people to the right help, and question zero (the glasses) is worth teaching.",
        "1.3": "The chain is followed to line stops and leavers, and you say what else could explain them.",
        "2.1": "",
        "2.2": "GROW, OSKAR and CLEAR side by side, with a session where each helped and one where it did not.",
        "2.3": "The fourteen seconds are taken apart properly.",
        "2.4": (
            "Five tools are described and two were used. The verb is evaluate: how far would you trust each one, and "
            "what could go wrong if a client took the label home? See paper 02, part four."
        ),
        "3.1": "Purpose, roles, limits, timing and ending. The conflict of wishes is dealt with before the start.",
        "3.2": "Power, two hats, and the dilemma of the bike shed from every side. You say what your answer cost.",
        "3.3": (
            "Who sees what is clear and justified, and asking HR was the right thing to do. How long is each of them "
            "kept, and what happens to it then?"
        ),
        "4.1": "Reasons on both sides, and you separate what managers say from what the calendar says.",
        "4.2": "Four ways compared on stated assumptions, with what it costs if nobody stays. Convincing.",
        "4.3": (
            'A form with scores and "turnover should come down". For at least two measures say where you start from, '
            "where the figure comes from and when you will look. You have most of the figures already."
        ),
    },
    "8580-501": {
        "1.1": "Łukasz's and Zoë's agreements are all they should be. One client has nothing in writing.",
        "1.2": "14 hours planned, different for each client, with review points and room left open.",
        "2.1": "13.5 hours by my count as well, after taking off the conveyor. Initials seen in the HR folder.",
        "3.1": "",
    },
}

CITED: Mapping[tuple[str, str], tuple[str, str]] = {
    ("8580-500", "1.1"): ("01-business-case.md", "whose knowledge is the conversation drawing on?"),
    ("8580-500", "1.2"): ("01-business-case.md", "have we looked at the job before we looked at the person?"),
    ("8580-500", "4.1"): ("01-business-case.md", "Managers say people come first"),
    ("8580-500", "4.3"): ("01-business-case.md", "Turnover should come down"),
}
"""By unit and criterion, what Rosalind's decisions rest on: words of a passage, and the file that it is in."""
