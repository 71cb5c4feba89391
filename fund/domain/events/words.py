"""Words of the facts: what a field of an event may say."""

from typing import Literal

CheckResult = Literal["pass", "fail"]
Verdict = Literal["aligned", "partly", "not"]
Opinion = Literal["support", "support_with_changes", "no_objection", "concern", "veto_request"]
Mode = Literal["via_hub", "with_hub", "no_hub"]
Missing = Literal["silent", "away"]
"""Why somebody is not waited for any longer."""
Recommendation = Literal["approve", "decline", "defer", "refer", "wait"]
Outcome = Literal[
    "approved", "approved_with_conditions", "declined", "deferred", "referred", "waiting_list", "ineligible", "withdrawn", "terminated",
    "lapsed",
]  # fmt: skip
AppealOutcome = Literal["upheld", "partly_upheld", "dismissed"]
LetterOutcome = Literal[Outcome, "appeal_upheld", "appeal_partly_upheld", "appeal_dismissed", "appeal_not_admitted"]
"""What a letter tells: a decision, or the answer to an appeal."""
Inadmissible = Literal["late", "not_a_party"]
"""Why an appeal is not heard."""
HeldAt = Literal["completeness", "eligibility", "assessment", "coordination", "proposal", "decision"]
"""Where an application can be suspended."""
BackTo = Literal["eligibility", "assessment", "proposal"]
"""The step from which a file is decided again."""
Cause = Literal["date", "event", "money", "review"]
Capacity = Literal["signatory", "focal_point"]
Territory = Literal["meets", "does_not_meet", "unresolved"]
Leaving = Literal["withdrawn", "ineligible", "lapsed"]
Part = Literal["expert", "peer"]
AskedFor = Literal["help", "signature"]
"""What is asked of somebody for the safeguards."""
Awaited = Literal["acceptance", "report"]
"""What a city is reminded of once it has an award."""
Reporter = Literal["city", "hub", "central"]
"""For whom somebody speaks who reports an incident."""
StoppedFor = Literal["reason", "safeguards"]
"""Why an award stands still: for the reason that was given, or until its safeguards let it go on."""
Ending = Literal["turned_down", "lapsed", "closed", "terminated"]
"""How an award ends."""
Failing = Literal["nothing", "text", "checks", "track", "hubs"]
"""What fails of a joint application when a city leaves it."""
Rhythm = Literal["at_once", "daily", "weekly", "never"]
"""How often messages come that are no decision and no deadline of one's own."""
Interest = Literal["employer", "family", "gain", "advice", "former_post"]
"""Kinds of conflict that people declare. What each does is the programme's to say."""
Redone = Literal["nothing", "assessment", "moderation", "proposal", "approval", "admission"]
"""What is done again from the beginning because somebody who did it should not have."""
Then = Literal["redone", "look_again", "listed"]
"""Of a tainted act: it is done again; somebody else looks at it again before the answer; it is kept in sight for whoever corrects it."""
Duty = Literal[
    "drafting",
    "declaring",
    "emergency",
    "checking",
    "questioning",
    "assessing",
    "coordinating",
    "advising",
    "ranking",
    "drawing",
    "proposing",
    "deciding",
    "hearing",
    "correcting",
    "overriding",
    "helping",
    "asking",
    "determining",
    "admitting",
    "stopping",
    "reporting",
]
ContributionKind = Literal["cash", "in_kind", "self_funded"]
TrackReason = Literal[
    "only",
    "round",
    "fits",
    "lot",
    "amount",
    "days",
    "hubs",
    "cities",
    "city_cap",
    "safeguards",
    "check",
    "opinion",
    "alignment",
    "officer",
    "approver",
    "appeal",
    "override",
    "correction",
]
"""Why a file is on a track: `only` to `city_cap` at submission, `amount` to `correction` where it leaves one."""
