"""Words of the field: which count for nothing, which stand for one thing, and which belong to one matter.

A unit and a standard are written by different people: what one calls a log the other calls a record. A record and a
session are two things, but where a criterion speaks of one, a statement about the other is nearer than one about
neither. A word may belong to several matters.
"""

from __future__ import annotations

STOP_WORDS = (
    "about after against all also although and another any are around because been before being between both but can "
    "cannot could did does done down during each either else ever every few for from get given good had has have her "
    "here him his hold how into its itself just least less like made main make may more most much must near not "
    "off one only other others out over part rather same she should some such than that the their them then there "
    "these they thing things this those through too two under until upon use very was way ways were what when "
    "where whether which while who whom whose why will with within without work would you your own relevant "
    "appropriate range important importance learner learners different impact effective know understand understanding"
)
ONE_THING = (
    "agreement contract",
    "analysis analyse analyze",
    "barrier obstacle hindrance",
    "benefit advantage",
    "choose choice chosen select selection",
    "client coachee mentee",
    "communicate communication listen talk question",
    "complaint grievance",
    "complete conclude conclusion end ending terminate termination",
    "comply compliance adhere conform",
    "confidential confidentiality privacy private",
    "decide decision judgement judgment",
    "deliver delivery conduct undertake",
    "describe description",
    "document record log diary",
    "drawback disadvantage limitation",
    "duty responsibility responsible",
    "equality equal diversity inclusion inclusive",
    "fair impartial objectivity impartiality",
    "gather collect obtain",
    "goal aim objective target",
    "guidance supervision supervisor",
    "harm injury ill",
    "hazard danger",
    "holistic integrated",
    "identify identification",
    "incident accident",
    "issue problem difficulty",
    "law legal legislation legislative statutory regulation regulatory",
    "measure benchmark indicator",
    "monitor review check",
    "priority prioritise rank",
    "rapport relationship",
    "recognise recognition",
    "recommend recommendation propose proposal suggest suggestion",
    "respond response",
    "result outcome",
    "safe safety",
    "safeguard protect protection",
    "session conversation meeting",
    "sponsor stakeholder",
    "standardisation consistent consistency standardise moderation",
    "strength strengthen",
    "technique tool",
    "theory concept",
    "update current currency date",
    "use apply application",
    "worker employee staff personnel colleague",
)
"""What units and standards call by several words. The first one stands for all."""
RELATED = (
    "abuse harm neglect violence",
    "agreement boundary limit rule expectation purpose scope role term",
    "approach technique method model theory framework process procedure",
    "barrier challenge conflict resist stuck issue disagreement overcome",
    "benefit cost contribution contribute value risk",
    "choose justify determine analyse decide",
    "communicate report inform share disclose",
    "concern suspicion allegation dispute complaint",
    "confidential disclosure disclose data protection information safeguard share store",
    "control precaution prevent limit reduce",
    "customer client service",
    "development develop improve improvement learning training professional growth continuous",
    "equality discrimination prejudice stereotype",
    "equipment material resource",
    "ethical ethics value belief boundary principle integrity professional",
    "evidence sample document portfolio",
    "framework standard criteria criterion benchmark code",
    "individual person people adult child children",
    "law policy procedure guideline code",
    "monitor evaluate evaluation assess assessment feedback reflect reflection audit",
    "need requirement aspiration expectation priority preference circumstance strength",
    "organisation culture strategy workplace environment context setting readiness",
    "programme session plan schedule hour deliver arrangement prepare preparation",
    "recommend change improve improvement future",
    "record session interaction progress maintain keep note information",
    "result impact success progress achievement effect effectiveness evaluate measure benefit performance value",
    "risk harm hazard incident safe control",
    "sign symptom measure characteristic feature",
    "skill knowledge competence ability expertise capability",
    "behaviour attitude attribute quality",
    "supervision guidance support advice feedback",
    "update plan maintain revise adapt adjust flexible",
)
"""Words that belong to one matter without being one thing."""
