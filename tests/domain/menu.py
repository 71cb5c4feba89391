# ruff: noqa: F405
"""Everything that can be asked about a file, in the ways that matter."""

import msgspec

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Application
from fund.domain.deciding import allowed_actions, decide, in_whose_name
from fund.domain.facts import Facts
from fund.domain.refusal import Refusal
from fund.domain.screen import LEVELS
from fund.domain.sections import SafeguardAnswer
from tests.domain.screening import CALM, screen_of, to_sign
from tests.domain.small import *  # noqa: F403  # the words and people of the scenarios, and the small track

HUBS = ("north", "south")
LAST_DAY = EXPIRED.date()


def on_a_file(file: str, envelope: str, assessors: tuple[str, ...], experts: tuple[str, ...] = (POOLED, SPARE)) -> list[c.Command]:
    """Every command on one file: whatever a row asks for is answered by at least one of them."""
    grant = c.MakeProposal(
        application=file, recommendation="approve", envelope=envelope, amount=4_000_00, currency="EUR", peers=("Elm",), reason="x"
    )
    return [
        c.StartApplication(application=file, reference="RTA-1", city=LAKESIDE, language="en"),
        *(c.SaveSection(application=file, section=section) for section in FORM),
        *(c.SaveSection(application=file, section=section) for section in MODEST),
        c.SaveSection(application=file, section=with_(APPLICANT, beneficiaries=())),
        *(c.AcceptText(application=file, city=HILLTOWN, text=text) for text in (TEXT, SMALL_TEXT)),
        *(
            c.RecordAcceptance(application=file, city=HILLTOWN, text=text, signatory=BELA, signed_on=NOW.date(), paper="a" * 64)
            for text in (TEXT, SMALL_TEXT)
        ),
        c.LeaveApplication(application=file, city=HILLTOWN, reason="x"),
        c.SubmitApplication(application=file),
        c.SubmitApplication(application=file, round=ROUND),
        c.ReturnForCompletion(application=file, sections=("need",), reason="x"),
        c.RemindDraft(application=file),
        c.LapseApplication(application=file),
        c.AnnounceShortage(application=file),
        c.RequestClarification(application=file, question="x"),
        *(c.AnswerClarification(application=file, number=number, answer="x") for number in (1, 2)),
        *(c.WithdrawClarification(application=file, number=number, reason="x") for number in (1, 2)),
        *(kind(application=file, number=number) for kind in (c.RemindClarification, c.LapseClarification) for number in (1, 2)),
        *(c.DeclareConflict(application=file, interest=kind, about="x") for kind in ("family", "advice", "employer")),
        c.DeclareConflict(application=file, interest="gain", about="x", person=assessors[0]),
        *(c.BringInterest(application=file, person=who, number=1) for who in (OMAR, *assessors, "person-otto")),
        *(c.EndConflict(application=file, number=number, reason="x") for number in (1, 2)),
        *(c.LookAgain(application=file, number=number, finding="x") for number in (1, 2)),
        c.AskEmergencyAccess(application=file, role="officer", reason="x"),
        *(c.OpenEmergencyAccess(application=file, number=number) for number in (1, 2)),
        *(c.CloseEmergencyAccess(application=file, number=number, reason="x") for number in (1, 2)),
        c.ConfirmCompleteness(application=file),
        c.RunMachineChecks(application=file),
        *(c.RecordCheck(application=file, check=code, result="pass", evidence="x") for code in ("P1", "P2")),
        *(c.RecordCheck(application=file, check=code, result="pass", evidence="y") for code in ("P1", "P2")),
        c.RecordCheck(application=file, check="P2", result="fail", evidence="x"),
        *safeguarding(file),
        c.ChangeTrack(application=file, reason="x"),
        c.ConfirmEligibility(application=file),
        c.RefuseEligibility(application=file, reason="x"),
        c.GiveOpinion(application=file, opinion="support", accepts_delivery=True, reason="x"),
        c.GiveOpinion(application=file, opinion="concern", reason="x", confidential="x"),
        c.GiveOpinion(application=file, hub="south", opinion="support", accepts_delivery=True, reason="x"),
        *(kind(application=file, hub=hub) for kind in (c.RemindHub, c.DeemOpinion) for hub in HUBS),
        *(c.AskHub(application=file, hub=hub, reason="x") for hub in HUBS),
        *(c.ReleaseHub(application=file, hub=hub, reason="x") for hub in HUBS),
        *(c.AskCentralHelp(application=file, hub=hub, reason="x") for hub in HUBS),
        *(c.TakeOverOpinion(application=file, hub=hub, reason="x") for hub in HUBS),
        *(
            c.HandOverLead(application=file, mode=mode, hub=hub, reason="x")
            for mode, hub in (("via_hub", "south"), ("with_hub", "south"), ("no_hub", ""))
        ),
        *(c.GiveCentralOpinion(application=file, hub=hub, opinion="no_objection", reason="x") for hub in HUBS),
        *(c.AssignAssessor(application=file, assessor=who, reason="x") for who in assessors),
        c.DrawAssessors(
            application=file, candidates=tuple(e.Candidate(person=who, load=at % 2) for at, who in enumerate(assessors)), as_of=1, seed="5e"
        ),
        *(c.ReleaseAssessor(application=file, assessor=who, reason="x") for who in assessors),
        *(c.LapseAssessor(application=file, assessor=who) for who in assessors),
        c.RecordAssessment(application=file, judgements=judged()),
        c.RecordAssessment(application=file, judgements=judged(flood="not")),
        c.RecordScores(application=file, scores=scores()),
        c.RecordScores(application=file, scores=scores(fit=0)),
        *(c.AssignModerator(application=file, moderator=who, reason="x") for who in (*assessors, OMAR)),
        *(c.LapseModerator(application=file, moderator=who) for who in (*assessors, OMAR)),
        c.HoldModeration(application=file, scores=agreed(), reason="x"),
        c.PlaceInRanking(application=file),
        *(c.ProposeExpert(application=file, person=who, part="expert", purpose="x") for who in (*assessors, *experts)),
        c.AcceptExpertRole(application=file),
        c.DeclineExpertRole(application=file, reason="x"),
        c.DeclareExpertConflict(application=file, reason="x"),
        *(c.LapseExpert(application=file, person=who) for who in (FINN, *experts)),
        c.CloseCoordination(application=file, mode="via_hub"),
        c.CloseCoordination(application=file, mode="with_hub", reason="x"),
        c.CloseCoordination(application=file, mode="no_hub", reason="x"),
        *(c.CloseCoordination(application=file, mode=mode, hub=hub, reason="x") for mode in ("via_hub", "with_hub") for hub in HUBS),
        grant,
        *(
            msgspec.structs.replace(grant, answers=tuple(c.Answer(hub=hub, text="x") for hub in hubs))
            for hubs in (HUBS[:1], HUBS[1:2], HUBS[:2])
        ),
        msgspec.structs.replace(grant, amount=500_00),
        msgspec.structs.replace(grant, window=e.Window(starts_on=LAST_DAY, ends_on=LAST_DAY)),
        msgspec.structs.replace(grant, conditions=(CONDITION,)),
        msgspec.structs.replace(grant, recommendation="decline"),
        msgspec.structs.replace(grant, recommendation="wait"),
        msgspec.structs.replace(grant, recommendation="defer", until=DAY),
        msgspec.structs.replace(grant, recommendation="defer", awaits="The council votes"),
        msgspec.structs.replace(grant, recommendation="refer", modality="ferry_club"),
        *decisions(file, envelope),
        c.ReturnProposal(application=file, reason="x"),
        c.WakeApplication(application=file),
        c.RecordAwaitedEvent(application=file, evidence="x"),
        c.ReconsiderApplication(application=file, reason="x"),
        *(c.SuspendApplication(application=file, reason="x", review_on=NOW.date() + timedelta(days=days)) for days in range(5, 50, 11)),
        c.ResumeApplication(application=file, reason="x"),
        c.WithholdApproval(application=file, reason="x"),
        c.WithdrawApplication(application=file, reason="x"),
        *(kind(application=file, letter=number) for kind in (c.OpenLetter, c.DeemDelivered) for number in (1, 2, 3, 4)),
        *(c.LodgeAppeal(application=file, city=city, grounds="x") for city in (LAKESIDE, HILLTOWN)),
        *(
            c.AskCorrection(application=file, city=city, check=code, reason=number, instead="x")
            for city in (LAKESIDE, HILLTOWN)
            for code, number in (("", 1), ("P1", 0), ("P2", 0))
        ),
        *(c.ProposeCorrection(application=file, reason=number, instead="x") for number in (1, 2)),
        *(
            c.CorrectDecision(application=file, reasons=REASONS, back_to=back_to, unfunded="x")
            for back_to in ("eligibility", "assessment", "proposal")
        ),
        c.RefuseCorrection(application=file, reasons=REASONS),
        c.WithdrawAppeal(application=file, reason="x"),
        c.AdmitAppeal(application=file),
        c.TurnAwayAppeal(application=file, reason="x"),
        c.DecideAppeal(application=file, outcome="dismissed", reasons=REASONS),
        *(c.ProposeOverride(application=file, checks=(code,), reasons=REASONS) for code in ("P1", "P2")),
        c.OverrideEligibility(application=file, reasons=REASONS),
        c.DeclineOverride(application=file, reason="x"),
        *(
            c.DecideAppeal(application=file, outcome="upheld", reasons=REASONS, back_to=back_to, checks=checks, unfunded="x")
            for back_to, checks in (("proposal", ()), ("assessment", ()), ("eligibility", ("P1",)), ("eligibility", ("P2",)))
        ),
        msgspec.structs.replace(ISSUE, application=file),
        *award_steps(file),
    ]


def award_steps(file: str) -> list[c.Command]:
    """What is done about an award, in the ways that can be right for one."""
    visit = c.RecordActivity(
        application=file, format="visit", first_day=NOW.date(), last_day=NOW.date(), days=1, participants=9, hub="north"
    )  # fmt: skip
    return [
        c.AcceptAward(application=file),
        c.TurnDownAward(application=file, reason="x"),
        c.RemindOfAward(application=file),
        c.LapseAward(application=file),
        *(c.RecordConditionMet(application=file, number=number, met_on=NOW.date(), evidence="x") for number in (1, 2)),
        visit,
        msgspec.structs.replace(visit, hub="", experts=(POOLED,)),
        c.HandInReport(application=file, report="x"),
        c.MissReport(application=file),
        c.ReturnReport(application=file, reason="x"),
        *(c.CloseAward(application=file, spent=spent) for spent in (0, 1_00, 700_00)),
        *(c.SuspendAward(application=file, reason="x", review_on=NOW.date() + timedelta(days=days)) for days in (20, 90)),
        c.ResumeAward(application=file, reason="x"),
        *(c.ReportIncident(application=file, happened_on=NOW.date(), account="x", stop=stop) for stop in (False, True)),
        c.AskScreening(application=file),
        *(
            c.ScreenAward(application=file, level=level, reason="x", mitigations=(c.Mitigation(text="x", owner="x", due_on=LAST_DAY),))
            for level in LEVELS
        ),
        c.RelinquishAward(application=file, reason="x"),
        c.AskTermination(application=file, reason="x"),
        c.WithdrawTermination(application=file, reason="x"),
        c.RefuseTermination(application=file, reason="x"),
        *(c.TerminateAward(application=file, reasons=REASONS, spent=spent) for spent in (0, 700_00)),
    ]


SIGNING = (c.SignSafeguards, c.SignInPlaceOfHub, c.CountersignSafeguards)
AWAITED_SCREEN = screen_of(to_sign(CHECKED, CALM))


def safeguarding(file: str) -> list[c.Command]:
    """Every level, what is said to it, and help with what a city may not know."""
    lessened = (c.Mitigation(text="x", owner="x", due_on=LAST_DAY),)
    known = (SafeguardAnswer(question="NAMES", answer="no"),)
    return [
        *(c.RecordSafeguards(application=file, level=level, reason="x", mitigations=lessened) for level in LEVELS),
        *(kind(application=file, answers=known) for kind in (c.HelpWithSafeguards, c.HelpInPlaceOfHub)),
        c.RemindOfSafeguards(application=file),
        *(c.ReportMitigation(application=file, number=number, done="x") for number in (1, 2, 3)),
        *(
            kind(application=file, number=number, done="x")
            for kind in (c.ReportMitigationOfHub, c.RecordMitigationDone)
            for number in (1, 2, 3)
        ),
        *(c.GiveUpMitigation(application=file, number=number, reason="x") for number in (1, 2, 3)),
        c.RemindMitigation(application=file),
        c.MissMitigation(application=file),
        *(kind(application=file, screen=AWAITED_SCREEN, reason="x") for kind in SIGNING),
    ]


def decisions(file: str, envelope: str) -> list[c.Command]:
    """As proposed, otherwise, and as a first person approved: each of them can be right for some file."""
    ways: list[c.Command] = [
        c.Approve(application=file, reasons=REASONS),
        c.Approve(application=file, reasons=REASONS, envelope=envelope, amount=1_000_00, otherwise="x"),
        c.Approve(application=file, reasons=REASONS, envelope=PURSE, amount=4_000_00),
        c.Approve(application=file, reasons=REASONS, envelope=envelope, amount=1, otherwise="x"),
        c.ApproveWithConditions(application=file, reasons=REASONS, conditions=(CONDITION,)),
        c.ApproveWithConditions(application=file, reasons=REASONS, conditions=(CONDITION,), envelope=envelope, amount=4_000_00),
        c.ApproveWithConditions(application=file, reasons=REASONS, conditions=(CONDITION,), envelope=envelope, amount=1, otherwise="x"),
        c.PutOnWaitingList(application=file, envelope=EMPTY, amount=3_500_00, reasons=REASONS),
        c.PutOnWaitingList(application=file, reasons=REASONS, otherwise="x"),
        c.PutOnWaitingList(application=file, envelope=EMPTY, amount=1, reasons=REASONS, otherwise="x"),
        c.Refer(application=file, modality="ferry_club", turn_to="x", passed_on="x", reasons=REASONS, otherwise="x"),
        c.Refer(application=file, modality="ferry_club", turn_to="x", passed_on="x", reasons=REASONS),
    ]
    ways += [msgspec.structs.replace(way, despite="x") for way in ways if isinstance(way, c.Approve | c.ApproveWithConditions)]
    for otherwise in ("", "x"):
        ways.append(c.Decline(application=file, reasons=REASONS, what_would_change=("x",), otherwise=otherwise))
        ways.append(c.Defer(application=file, until=DAY, reasons=REASONS, otherwise=otherwise))
        ways.append(c.Defer(application=file, awaits="The council votes", reasons=REASONS, otherwise=otherwise))
    return ways


def money(envelope: str, amount: int, files: tuple[str, ...]) -> list[c.Command]:
    """Every command on the money of one envelope: `amount` given for any purpose or for some, taken back, and released."""
    given = c.ReceiveContribution(envelope=envelope, donor="x", amount=amount, currency="EUR", basis="x")
    return [
        given,
        *(msgspec.structs.replace(given, priorities=codes) for codes in (("FLOOD",), ("FISH",))),
        *(msgspec.structs.replace(given, regions=codes) for codes in (("delta", "coast"), ("delta",))),
        *(msgspec.structs.replace(given, support_types=codes) for codes in (("T1",), ("T2",))),
        *(msgspec.structs.replace(given, countries=codes) for codes in (("XK",), ("NO",))),
        msgspec.structs.replace(given, spend_until=DAY),
        msgspec.structs.replace(given, spend_from=DAY, priorities=("FLOOD", "FERRY"), countries=("XK", "NO")),
        msgspec.structs.replace(given, kind="in_kind", valuation="x"),
        msgspec.structs.replace(given, kind="self_funded", city=LAKESIDE),
        *(
            c.ReduceContribution(envelope=envelope, contribution=at, amount=amount, reason="x")
            for at in range(1, 6)
            for amount in (1, 900_00)
        ),
        *(
            c.ReleaseFunds(envelope=envelope, application=file, amount=amount, reason="x")
            for file in files
            for amount in (300_00, 2_000_00)
        ),
    ]


CLOCKS_WENT_BACK = {"consent.signed_earlier", "activity.before_acceptance"}
"""The clocks of a life go back and forth: on a day before a text was written nobody can have signed it, nor held what was not accepted."""
RAN_DRY = {"envelope.insufficient", "envelope.earmarked", "waiting.covered"}
"""Money is the one thing that may be gone, or there after all, though the step is offered: who decides is told so, with the amounts."""


def disagreements(file: Application, facts: Facts, commands: list[c.Command]) -> list[str]:
    """Steps that are offered though every command of theirs is refused, and steps that pass though they are not offered."""
    offered = {step.command for step in allowed_actions(file, facts)}
    answers: dict[type[c.Command], set[str | None]] = {}
    for command in (fitting for asked in commands for fitting in _fitting(asked, file)):
        answers.setdefault(type(command), set()).add(_answer(file, command, facts))
    empty = [f"{kind.__name__} offered: {answers[kind]}" for kind in offered if not answers[kind] & {None, *RAN_DRY, *CLOCKS_WENT_BACK}]
    hidden = [f"{kind.__name__} not offered" for kind, found in answers.items() if None in found and kind not in offered]
    return sorted(empty + hidden)


def _fitting(command: c.Command, file: Application) -> list[c.Command]:
    """As it stands, and about what this very file holds: the text as it stands, the questions that are open."""
    if isinstance(command, c.AcceptText | c.RecordAcceptance):
        return [msgspec.structs.replace(command, text=file.text)]
    if isinstance(command, c.AnswerClarification | c.WithdrawClarification | c.RemindClarification | c.LapseClarification):
        return [command, *(msgspec.structs.replace(command, number=one.number) for one in file.open_clarifications)]
    if isinstance(command, c.LookAgain):
        return [command, *(msgspec.structs.replace(command, number=one.said.number) for one in file.to_look_at_again)]
    if isinstance(command, c.OpenEmergencyAccess | c.CloseEmergencyAccess):
        return [command, *(msgspec.structs.replace(command, number=one.number) for one in file.emergencies)]
    if isinstance(command, SIGNING) and file.screen:
        return [msgspec.structs.replace(command, screen=one.asked.screen) for one in file.screen.signatures]
    if isinstance(command, c.RecordActivity) and file.award and file.award.accepted_at:
        first = file.award.accepted_at.date()
        return [command, msgspec.structs.replace(command, first_day=first, last_day=first)]
    if isinstance(command, c.EndConflict):
        return [command, *(msgspec.structs.replace(command, number=one.said.number) for one in file.conflicts)]
    return [command]


def _answer(file: Application, command: c.Command, facts: Facts) -> str | None:
    try:
        decide(file, command, in_whose_name(file, command, facts))
    except Refusal as no:
        return no.code
    return None
