"""How each command is given in the simulation: a sensible request for a file as it stands, or None where nobody would ask.

`WAYS` names every row of the table that moves a file; a test fails for a row that has no way, so that new steps are simulated too.
"""

from collections.abc import Callable
from datetime import date, timedelta

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain import mitigation, safeguards, signature, staffing, window
from fund.domain import sections as s
from fund.domain.activity import open_conditions
from fund.domain.application import Application, Stage, missing_sections
from fund.domain.eligibility import failed_checks, is_for_a_machine
from fund.domain.facts import Role
from fund.domain.independence import serves_asked_hub
from fund.domain.offer import to_remind as to_remind_of_award
from fund.domain.opinion import to_answer, to_deem, to_overrule, to_remind
from fund.domain.programme import Office as MitigationOffice
from fund.domain.programme import SafeguardLevel, SafeguardQuestion
from fund.domain.proposal import aligned
from fund.domain.registers import Hub, Person
from fund.domain.streams import hub_stream
from fund.domain.workflow import ENDING
from tests.simulation.office import CURRENCY, OPENING, Office

Way = Callable[[Office, Application], c.Command | None]

UNLUCKY = 60
"""One act in so many goes the unusual way."""


def start(office: Office, file: Application) -> c.Command | None:
    return None  # the simulation starts files itself


def save(office: Office, file: Application) -> c.Command | None:
    if file.left:
        return c.SaveSection(application=file.id, section=form_of_the_rest(file))
    missing = missing_sections(file, safeguards=office.programme.safeguards is not None)
    wanted = missing or (file.returned.sections if file.returned else ())
    unsaved = next((section for section in form(office, file) if str(section.__struct_config__.tag) in wanted[:1]), None)
    return c.SaveSection(application=file.id, section=unsaved) if unsaved and (missing or office.one_in(2)) else None


def submit(office: Office, file: Application) -> c.Command | None:
    return c.SubmitApplication(application=file.id, round=office.competing.get(file.id, ""))


def form_of_the_rest(file: Application) -> s.Applicant:
    """The first section without the cities that left."""
    applicant = file.section(s.Applicant)
    assert applicant, "it names them"
    staying = tuple(city for city in applicant.beneficiaries if city not in file.left)
    return s.Applicant(title=applicant.title, beneficiaries=staying, office=applicant.office)


def accept_text(office: Office, file: Application) -> c.Command | None:
    city = awaited_partner(file)
    return c.AcceptText(application=file.id, city=city, text=file.text) if city else None


def record_acceptance(office: Office, file: Application) -> c.Command | None:
    """Few sign on paper; whoever records it has a hand on the file."""
    city = awaited_partner(file)
    if not city or not office.one_in(20):
        return None
    return c.RecordAcceptance(
        application=file.id, city=city, text=file.text, signatory=office.signatories[city], signed_on=OPENING.date(), paper="a" * 64
    )


def leave(office: Office, file: Application) -> c.Command | None:
    city = next(iter(file.invited_partners), "")
    return c.LeaveApplication(application=file.id, city=city, reason="Other plans") if city and office.one_in(UNLUCKY * 8) else None


def awaited_partner(file: Application) -> str:
    return next((city for city in file.invited_partners if not file.has_accepted(city)), "")


def return_for_completion(office: Office, file: Application) -> c.Command | None:
    return c.ReturnForCompletion(application=file.id, sections=("need",), reason="Say more") if office.one_in(12) else None


def request_clarification(office: Office, file: Application) -> c.Command | None:
    """Seldom, and one question at a time: whoever waits for an answer asks no more."""
    asks = not file.open_clarifications and office.one_in(UNLUCKY)
    return c.RequestClarification(application=file.id, question="How many people live there?") if asks else None


def answer_clarification(office: Office, file: Application) -> c.Command | None:
    """Most cities answer, sooner or later."""
    asked = next(iter(file.open_clarifications), None)
    return (
        c.AnswerClarification(application=file.id, number=asked.number, answer="About four thousand")
        if asked and office.one_in(4)
        else None
    )


def withdraw_clarification(office: Office, file: Application) -> c.Command | None:
    asked = next(iter(file.open_clarifications), None)
    return c.WithdrawClarification(application=file.id, number=asked.number, reason="Found") if asked and office.one_in(UNLUCKY) else None


def suspend_application(office: Office, file: Application) -> c.Command | None:
    if file.round or not office.one_in(UNLUCKY):
        return None
    return c.SuspendApplication(application=file.id, reason="A flood", review_on=office.now.date() + timedelta(days=30))


def resume_application(office: Office, file: Application) -> c.Command | None:
    over = file.due is not None and office.now > file.due
    return c.ResumeApplication(application=file.id, reason="The water is gone") if over or office.one_in(4) else None


def remind_draft(office: Office, file: Application) -> c.Command | None:
    waits = not file.reminded and file.due is not None and office.now > file.due
    return c.RemindDraft(application=file.id) if waits else None


def lapse_application(office: Office, file: Application) -> c.Command | None:
    waits = file.reminded and file.due is not None and office.now > file.due
    return c.LapseApplication(application=file.id) if waits else None


def remind_clarification(office: Office, file: Application) -> c.Command | None:
    asked = next((asked for asked in file.open_clarifications if asked.to_remind(office.now)), None)
    return c.RemindClarification(application=file.id, number=asked.number) if asked else None


def lapse_clarification(office: Office, file: Application) -> c.Command | None:
    asked = next((asked for asked in file.open_clarifications if asked.is_late(office.now)), None)
    return c.LapseClarification(application=file.id, number=asked.number) if asked else None


def declare_conflict(office: Office, file: Application) -> c.Command | None:
    """Few have to step aside: an office of nine cannot spare many."""
    if file.stage is Stage.DRAFT or not office.one_in(UNLUCKY * 12):
        return None
    kind: e.Interest = "family" if office.one_in(3) else "employer" if office.one_in(2) else "former_post"
    return c.DeclareConflict(application=file.id, interest=kind, about="Worked there, or has family there")


def end_conflict(office: Office, file: Application) -> c.Command | None:
    standing = next((one.said.number for one in file.conflicts if not one.ended), 0)
    return c.EndConflict(application=file.id, number=standing, reason="Somebody else") if standing and office.one_in(UNLUCKY) else None


def ask_emergency_access(office: Office, file: Application) -> c.Command | None:
    if file.stage is Stage.DRAFT or not office.one_in(UNLUCKY * 4):
        return None
    return c.AskEmergencyAccess(application=file.id, role="officer", reason="Nobody answers the telephone")


def open_emergency_access(office: Office, file: Application) -> c.Command | None:
    asked = next((one.number for one in file.emergencies if one.is_asked(office.now) and not file.is_to_judge(one.asker)), 0)
    return c.OpenEmergencyAccess(application=file.id, number=asked) if asked else None


def close_emergency_access(office: Office, file: Application) -> c.Command | None:
    opened = next((one.number for one in file.emergencies if one.is_open(office.now)), 0)
    return c.CloseEmergencyAccess(application=file.id, number=opened, reason="Somebody is back") if opened and office.one_in(2) else None


def look_again(office: Office, file: Application) -> c.Command | None:
    waiting = next(iter(file.to_look_at_again), None)
    return c.LookAgain(application=file.id, number=waiting.said.number, finding="Read once more") if waiting else None


def bring_interest(office: Office, file: Application) -> c.Command | None:
    known = ((id, one.number) for id in file.people if isinstance(person := office.states.get(id), Person) for one in person.interests)
    person, number = next(known, ("", 0))
    return c.BringInterest(application=file.id, person=person, number=number) if person else None


def confirm_completeness(office: Office, file: Application) -> c.Command | None:
    return c.ConfirmCompleteness(application=file.id)


def run_machine_checks(office: Office, file: Application) -> c.Command | None:
    return c.RunMachineChecks(application=file.id)


def announce_shortage(office: Office, file: Application) -> c.Command | None:
    """Looked at once for each cause: to look costs time."""
    cause = (file.id, file.demand)
    if not staffing.to_look_at(file) or cause in office.looked_at:
        return None
    office.looked_at.add(cause)
    return c.AnnounceShortage(application=file.id, people=office.staff)


def record_check(office: Office, file: Application) -> c.Command | None:
    checks = (check for check in office.programme.checks if not is_for_a_machine(check, file))
    todo = [check for check in checks if check.code not in file.checks]
    result: e.CheckResult = "fail" if office.one_in(80) else "pass"
    return c.RecordCheck(application=file.id, check=todo[0].code, result=result, evidence="Looked up") if todo else None


def confirm_eligibility(office: Office, file: Application) -> c.Command | None:
    return c.ConfirmEligibility(application=file.id)


def record_safeguards(office: Office, file: Application) -> c.Command | None:
    policy = office.programme.safeguards
    least = safeguards.proposed(file, policy, ()) if policy else "green"
    level: SafeguardLevel = "amber" if least == "green" and office.one_in(15) else least
    offices: tuple[MitigationOffice, ...] = ("city", "hub", "centre")
    lessened = (c.Mitigation(text="m", owner="o", due_on=office.now.date() + timedelta(days=30), office=office.chance.choice(offices)),)
    there = file.screen if policy else file.safeguards
    recording = c.RecordSafeguards(application=file.id, level=level, reason="Looked at", mitigations=lessened)
    return None if there and not signature.stale(file, office.now) else recording


def _calm(office: Office, file: Application) -> tuple[s.SafeguardAnswer, ...]:
    policy, help = office.programme.safeguards, file.safeguard_help
    risky = {one.code: one.risky for one in (policy.questions if policy else ())}
    asked = help.questions if help else ()
    return tuple(s.SafeguardAnswer(question=code, answer="no" if risky[code] == "yes" else "yes") for code in asked)


def help_with_safeguards(office: Office, file: Application) -> c.Command | None:
    return c.HelpWithSafeguards(application=file.id, answers=_calm(office, file))


def help_in_place_of_hub(office: Office, file: Application) -> c.Command | None:
    return c.HelpInPlaceOfHub(application=file.id, answers=_calm(office, file))


def _screen(file: Application) -> str:
    return file.screen.signatures[0].asked.screen if file.screen and file.screen.signatures else ""


def sign_safeguards(office: Office, file: Application) -> c.Command | None:
    return c.SignSafeguards(application=file.id, screen=_screen(file), reason="We know the place")


def sign_in_place_of_hub(office: Office, file: Application) -> c.Command | None:
    return c.SignInPlaceOfHub(application=file.id, screen=_screen(file), reason="Nobody of the hub answers")


def countersign_safeguards(office: Office, file: Application) -> c.Command | None:
    return c.CountersignSafeguards(application=file.id, screen=_screen(file), reason="It lessens the risk")


def remind_of_safeguards(office: Office, file: Application) -> c.Command | None:
    return c.RemindOfSafeguards(application=file.id)


def change_track(office: Office, file: Application) -> c.Command | None:
    return c.ChangeTrack(application=file.id, reason="More people should look at it") if office.one_in(UNLUCKY) else None


def withhold_approval(office: Office, file: Application) -> c.Command | None:
    return c.WithholdApproval(application=file.id, reason="A second reading is wanted") if office.one_in(10) else None


def refuse_eligibility(office: Office, file: Application) -> c.Command | None:
    return c.RefuseEligibility(application=file.id, reason="A check failed") if failed_checks(file) else None


def assign(office: Office, file: Application) -> c.Command | None:
    """By hand also whoever the lot leaves out. First those who checked it; the more hands a file has, the fewer are left to decide."""
    free = sorted(office.judges(file) - set(file.assessors), key=lambda person: (not file.did(person, "checking"), person))
    return c.AssignAssessor(application=file.id, assessor=free[0], reason="Knows the subject") if free and office.one_in(10) else None


def draw(office: Office, file: Application) -> c.Command | None:
    """As the handler fills it in: everybody who might be drawn, and a seed; here everybody owes as much."""
    candidates = tuple(e.Candidate(person=person, load=0) for person in office.staff)
    return c.DrawAssessors(application=file.id, candidates=candidates, as_of=office.index, seed=office.chance.randbytes(16).hex())


def score(office: Office, file: Application) -> c.Command | None:
    worth = office.chance.choice((2, 3, 4))
    criteria = office.programme.rubric.criteria if office.programme.rubric else ()
    given = (max(0, min(5, worth + office.chance.choice((-1, 0, 0, 0, 1)))) for _ in criteria)
    scores = tuple(e.Score(criterion=one.code, score=points, reason="Read") for one, points in zip(criteria, given, strict=True))
    return c.RecordScores(application=file.id, scores=scores)


def assign_moderator(office: Office, file: Application) -> c.Command | None:
    """Somebody from a hub of another region, so that the few of the centre stay free to rank and to decide; another one if they wait."""
    if file.moderator and not office.one_in(10):
        return None
    scored = {*file.assessors, file.moderator}
    hub_people = [one for one in office.coordinators if one in office.judges(file) - scored]
    central = [one for one in office.central if one in office.independent(file) - scored]
    free = hub_people or [one for one in central if not office.actor(one).holds(Role.APPROVER)] or central
    if not free:
        return None
    return c.AssignModerator(application=file.id, moderator=office.chance.choice(free), reason="Has time and no part in it")


def moderate(office: Office, file: Application) -> c.Command | None:
    criteria = office.programme.rubric.criteria if office.programme.rubric else ()
    agreed = tuple(e.Agreed(criterion=one.code, score=3) for one in criteria)
    return c.HoldModeration(application=file.id, scores=agreed, reason="Talked through")


def place(office: Office, file: Application) -> c.Command | None:
    return c.PlaceInRanking(application=file.id)


def release(office: Office, file: Application) -> c.Command | None:
    """Now and then somebody falls ill; and at once whoever serves a hub that was asked after they were drawn."""
    waiting = [person for person in file.assessors if person not in file.assessed_by]
    barred = [person for person in waiting if serves_asked_hub(office.actor(person), file)]
    ill = waiting if office.one_in(UNLUCKY) else []
    leaving = next(iter((*barred, *ill)), None)
    return c.ReleaseAssessor(application=file.id, assessor=leaving, reason="Cannot assess") if leaving else None


def lapse_assessor(office: Office, file: Application) -> c.Command | None:
    """The row is open where somebody is late: whoever was due first."""
    waiting = [person for person in file.assessors if person not in file.assessed_by and person in file.assessors_due]
    return c.LapseAssessor(application=file.id, assessor=min(waiting, key=lambda one: file.assessors_due[one])) if waiting else None


def lapse_moderator(office: Office, file: Application) -> c.Command | None:
    """The row is open where whoever was asked by name is late or away."""
    return c.LapseModerator(application=file.id, moderator=file.moderator) if file.moderator else None


def assess(office: Office, file: Application) -> c.Command | None:
    priorities = file.submission.priorities if file.submission else ()
    judgements = tuple(e.Judgement(priority=code, verdict=verdict(office), reason="Read") for code in priorities)
    return c.RecordAssessment(application=file.id, judgements=judgements)


def verdict(office: Office) -> e.Verdict:
    return office.chance.choices(("aligned", "partly", "not"), (75, 17, 8))[0]  # type: ignore[return-value]  # one of the three


def give_opinion(office: Office, file: Application) -> c.Command | None:
    if office.one_in(3):
        return None  # today the hub has other things to do
    kinds = ("support", "support_with_changes", "no_objection", "concern", "veto_request")
    opinion = office.chance.choices(kinds, (50, 20, 20, 8, 2))[0]
    return c.GiveOpinion(application=file.id, opinion=opinion, accepts_delivery=office.one_in(2), reason="We know the city")  # type: ignore[arg-type]


def remind_hub(office: Office, file: Application) -> c.Command | None:
    waiting = next(iter(to_remind(file, office.now)), None)
    return c.RemindHub(application=file.id, hub=waiting.hub) if waiting else None


def deem(office: Office, file: Application) -> c.Command | None:
    silent = to_deem(file, office.now)
    return c.DeemOpinion(application=file.id, hub=silent.hub) if silent else None


def ask_hub(office: Office, file: Application) -> c.Command | None:
    """One more at most: each hub that is asked has fewer people left to assess."""
    free = [hub.code for hub in office.hubs if hub.code not in file.opinions] if len(file.opinions) < 2 else []
    return c.AskHub(application=file.id, hub=free[0], reason="Knows the city") if free and office.one_in(UNLUCKY) else None


def release_hub(office: Office, file: Application) -> c.Command | None:
    return c.ReleaseHub(application=file.id, hub=awaited(file), reason="Not needed") if awaited(file) and office.one_in(UNLUCKY) else None


def ask_central_help(office: Office, file: Application) -> c.Command | None:
    return c.AskCentralHelp(application=file.id, hub=awaited(file), reason="Full") if awaited(file) and office.one_in(20) else None


def take_over(office: Office, file: Application) -> c.Command | None:
    return c.TakeOverOpinion(application=file.id, hub=awaited(file), reason="Ill") if awaited(file) and office.one_in(UNLUCKY) else None


def give_central(office: Office, file: Application) -> c.Command | None:
    hub = next((asked.hub for asked in file.open_opinions if asked.answered_by != "hub"), "")
    return c.GiveCentralOpinion(application=file.id, hub=hub, opinion="no_objection", reason="Read") if hub else None


def awaited(file: Application) -> str:
    return next((asked.hub for asked in file.open_opinions if asked.answered_by == "hub"), "")


def close_coordination(office: Office, file: Application) -> c.Command | None:
    asked = [one for one in file.opinions.values() if not one.released]
    lead = next((one for one in asked if one.accepts_delivery), asked[0] if asked else None)
    mode: e.Mode = "no_hub" if lead is None else "via_hub" if lead.accepts_delivery else "with_hub"
    return c.CloseCoordination(application=file.id, mode=mode, hub=lead.hub if lead else "", reason="As agreed")


def hand_over_lead(office: Office, file: Application) -> c.Command | None:
    lead = file.coordination.hub if file.coordination else None
    hub = office.states.get(hub_stream(lead)) if lead else None
    if not isinstance(hub, Hub) or hub.is_open:
        return None
    return c.HandOverLead(application=file.id, mode="no_hub", reason="Nobody is there any more")


def propose(office: Office, file: Application) -> c.Command | None:
    asked = file.section(s.Resources)
    assert asked
    # In a round the line has spoken.
    granting = file.placed.above if file.placed else aligned(file) and not office.one_in(20)
    condition = e.Condition(text="Name an owner", owner="City office", due_on=date(2030, 1, 1), proof="Letter")
    return c.MakeProposal(
        application=file.id,
        recommendation="approve" if granting else "decline",
        envelope=office.envelopes[asked.currency],
        amount=asked.amount,
        currency=asked.currency,
        peers=("A member city",),
        window=later_days(office, file),
        conditions=(condition,) if office.one_in(5) else (),
        reason="As assessed",
        answers=tuple(c.Answer(hub=hub, text="As agreed with the hub") for hub in to_answer(file, office.programme)),
    )


def later_days(office: Office, file: Application) -> e.Window | None:
    """Where those asked for have passed, and now and then because others suit the hub better."""
    if not is_over(window.asked(file), office) and not office.one_in(20):
        return None
    return e.Window(starts_on=office.now.date(), ends_on=office.now.date() + timedelta(days=90))


def is_over(within: e.Window | None, office: Office) -> bool:
    """By tomorrow at the latest, wherever the city is."""
    return within is not None and within.ends_on <= office.now.date()


def approve(office: Office, file: Application) -> c.Command | None:
    if file.proposal is None or file.proposal.recommendation != "approve" or file.proposal.conditions:
        return None
    return c.Approve(application=file.id, reasons=("It serves the priority.",), despite=despite(office, file))


def approve_with_conditions(office: Office, file: Application) -> c.Command | None:
    conditions = file.proposal.conditions if file.proposal else ()
    command = c.ApproveWithConditions(
        application=file.id, reasons=("It serves.",), conditions=conditions, despite=despite(office, file)
    )  # fmt: skip
    return command if conditions else None


def despite(office: Office, file: Application) -> str:
    return "The need is urgent" if to_overrule(file, office.programme) else ""


def decline(office: Office, file: Application) -> c.Command | None:
    against = file.proposal is not None and file.proposal.recommendation == "decline"
    if not against and not office.one_in(UNLUCKY):
        return None
    otherwise = "" if against else "The city cannot carry it"
    return c.Decline(application=file.id, reasons=("It does not serve.",), what_would_change=("Another request",), otherwise=otherwise)


def defer(office: Office, file: Application) -> c.Command | None:
    if not office.one_in(UNLUCKY):
        return None
    otherwise = "The council votes first"
    return c.Defer(application=file.id, awaits="The council votes", reasons=("It votes soon.",), otherwise=otherwise)


def refer(office: Office, file: Application) -> c.Command | None:
    if not office.one_in(UNLUCKY):
        return None
    modality = office.programme.catalogue.modalities[0].code
    return c.Refer(
        application=file.id, modality=modality, turn_to="The office", passed_on="The title", reasons=("They help.",), otherwise="They can"
    )


def put_on_waiting_list(office: Office, file: Application) -> c.Command | None:
    """Refused, and so not done, wherever there is money."""
    if file.proposal is None or file.proposal.recommendation != "approve" or not office.one_in(3):
        return None
    return c.PutOnWaitingList(application=file.id, reasons=("No money yet.",), otherwise="The envelope ran dry")


def return_proposal(office: Office, file: Application) -> c.Command | None:
    late = is_over(window.granted(file), office)
    return c.ReturnProposal(application=file.id, reason="Say more") if late or office.one_in(UNLUCKY) else None


def record_awaited_event(office: Office, file: Application) -> c.Command | None:
    return c.RecordAwaitedEvent(application=file.id, evidence="Minutes") if office.one_in(20) else None


def reconsider(office: Office, file: Application) -> c.Command | None:
    return c.ReconsiderApplication(application=file.id, reason="Things changed") if office.one_in(UNLUCKY) else None


def wake(office: Office, file: Application) -> c.Command | None:
    return c.WakeApplication(application=file.id)


def propose_expert(office: Office, file: Application) -> c.Command | None:
    if file.stage is Stage.CLOSED or not office.one_in(UNLUCKY):
        return None
    return c.ProposeExpert(application=file.id, person=office.chance.choice(office.experts), part="expert", purpose="Trains the trainers")


def accept_expert_role(office: Office, file: Application) -> c.Command | None:
    return c.AcceptExpertRole(application=file.id)


def decline_expert_role(office: Office, file: Application) -> c.Command | None:
    """Some are asked in vain; few who agreed step back."""
    agreed = any(one.accepted for one in file.invited)
    return c.DeclineExpertRole(application=file.id, reason="No time") if office.one_in(UNLUCKY if agreed else 4) else None


def declare_expert_conflict(office: Office, file: Application) -> c.Command | None:
    return c.DeclareExpertConflict(application=file.id, reason="Worked there") if office.one_in(8) else None


def lapse_expert(office: Office, file: Application) -> c.Command | None:
    asked = next((one.person for one in file.invited if one.is_open), "")
    return c.LapseExpert(application=file.id, person=asked) if asked else None


def withdraw(office: Office, file: Application) -> c.Command | None:
    return c.WithdrawApplication(application=file.id, reason="Plans changed") if office.one_in(UNLUCKY * 8) else None


def open_letter(office: Office, file: Application) -> c.Command | None:
    """A letter is opened when there is one; what follows a closed file is not simulated."""
    return c.OpenLetter(application=file.id, letter=len(file.letters)) if file.letters and office.one_in(4) else None


def deem_delivered(office: Office, file: Application) -> c.Command | None:
    number = next((number for number, letter in enumerate(file.letters, start=1) if not file.deemed_delivered(number)), 0)
    return c.DeemDelivered(application=file.id, letter=number) if number else None


def lodge_appeal(office: Office, file: Application) -> c.Command | None:
    return c.LodgeAppeal(application=file.id, grounds="You overlooked something")


def withdraw_appeal(office: Office, file: Application) -> c.Command | None:
    return c.WithdrawAppeal(application=file.id, reason="Plans changed") if office.one_in(UNLUCKY) else None


def admit_appeal(office: Office, file: Application) -> c.Command | None:
    return c.AdmitAppeal(application=file.id)


def turn_away_appeal(office: Office, file: Application) -> c.Command | None:
    return c.TurnAwayAppeal(application=file.id, reason="Too late")


def decide_appeal(office: Office, file: Application) -> c.Command | None:
    return c.DecideAppeal(application=file.id, outcome="dismissed", reasons=("Nothing was overlooked.",))


def ask_correction(office: Office, file: Application) -> c.Command | None:
    decision = file.decision
    if decision is None or not office.one_in(4):
        return None
    check = next(iter(decision.checks), "")
    return c.AskCorrection(application=file.id, check=check, reason=0 if check else 1, instead="The register says otherwise")


def propose_correction(office: Office, file: Application) -> c.Command | None:
    if not office.one_in(8):
        return None
    return c.ProposeCorrection(application=file.id, reason=1, instead="The report says otherwise")


def correct_decision(office: Office, file: Application) -> c.Command | None:
    if not office.one_in(2):
        return None
    back_to: e.BackTo = "eligibility" if file.corrections[-1].check else "proposal"
    return c.CorrectDecision(application=file.id, reasons=("So it says.",), back_to=back_to, unfunded="Nothing is left")


def refuse_correction(office: Office, file: Application) -> c.Command | None:
    return c.RefuseCorrection(application=file.id, reasons=("It says what the letter says.",))


def propose_override(office: Office, file: Application) -> c.Command | None:
    return c.ProposeOverride(application=file.id, checks=failed_checks(file), reasons=("The register was out of date.",))


def override_eligibility(office: Office, file: Application) -> c.Command | None:
    return c.OverrideEligibility(application=file.id, reasons=("So it was.",))


def decline_override(office: Office, file: Application) -> c.Command | None:
    return c.DeclineOverride(application=file.id, reason="The register was right")


def issue_letter(office: Office, file: Application) -> c.Command | None:
    return c.IssueLetter(
        application=file.id, issued_on=office.now.date(), template="t", renderer="r", sha256="a" * 64, blob="b" * 64, size=1
    )  # fmt: skip


def accept_award(office: Office, file: Application) -> c.Command | None:
    """One in so many cities says nothing at all, and the award lapses."""
    silent = int(file.id.rpartition("-")[2]) % UNLUCKY == 0
    return None if silent else c.AcceptAward(application=file.id)


def turn_down_award(office: Office, file: Application) -> c.Command | None:
    return c.TurnDownAward(application=file.id, reason="A new mayor") if office.one_in(UNLUCKY * 2) else None


def record_condition_met(office: Office, file: Application) -> c.Command | None:
    number = next(iter(open_conditions(file)), 0)
    return c.RecordConditionMet(application=file.id, number=number, met_on=office.now.date(), evidence="Seen") if number else None


def record_activity(office: Office, file: Application) -> c.Command | None:
    """Up to two, by the hub that leads or by experts who agreed."""
    hub = (file.coordination.hub if file.coordination else None) or ""
    experts = tuple(one.person for one in file.invited if one.accepted)
    if not (hub or experts) or file.award is None or len(file.award.activities) > 1:
        return None
    day = (file.award.stopped_at or office.now).date()
    return c.RecordActivity(
        application=file.id, format=office.programme.catalogue.formats[0].code, first_day=day, last_day=day,
        days=office.chance.randint(1, 3), participants=office.chance.randint(1, 40), hub=hub, experts=experts,
    )  # fmt: skip


def hand_in_report(office: Office, file: Application) -> c.Command | None:
    return c.HandInReport(application=file.id, report="What was done") if office.one_in(4) else None


def return_report(office: Office, file: Application) -> c.Command | None:
    return c.ReturnReport(application=file.id, reason="Who took part?") if office.one_in(10) else None


def _first_owed(file: Application) -> int:
    return next((one.asked.number for one in mitigation.open_ones(file)), 0)


def report_mitigation(office: Office, file: Application) -> c.Command | None:
    return c.ReportMitigation(application=file.id, number=_first_owed(file), done="x") if office.one_in(2) else None


def record_mitigation_done(office: Office, file: Application) -> c.Command | None:
    """Of a hub, an officer does it past its day."""
    number = next((one.asked.number for one in mitigation.open_ones(file) if not one.asked.city), 0)
    return c.RecordMitigationDone(application=file.id, number=number, done="x") if number else None


def report_mitigation_of_hub(office: Office, file: Application) -> c.Command | None:
    number = next((one.asked.number for one in mitigation.open_ones(file) if one.asked.hub), 0)
    return c.ReportMitigationOfHub(application=file.id, number=number, done="x") if number and office.one_in(2) else None


def give_up_mitigation(office: Office, file: Application) -> c.Command | None:
    return c.GiveUpMitigation(application=file.id, number=_first_owed(file), reason="x") if office.one_in(9) else None


def remind_mitigation(office: Office, file: Application) -> c.Command | None:
    return c.RemindMitigation(application=file.id)


def miss_mitigation(office: Office, file: Application) -> c.Command | None:
    return c.MissMitigation(application=file.id)


def close_award(office: Office, file: Application) -> c.Command | None:
    amount = file.decision.amount if file.decision else 0
    return c.CloseAward(application=file.id, spent=office.chance.choice((amount, office.chance.randint(0, amount))))


def _may_be_ended(office: Office, file: Application) -> bool:
    """Whether somebody could decide about an early end, whoever asks for it."""
    left = (one for one in office.staff if office.actor(one).holds(Role.APPROVER) and one not in file.overturned)
    return sum(not any(file.did(one, duty) for duty in ENDING) for one in left) > 1


def suspend_award(office: Office, file: Application) -> c.Command | None:
    if not (office.one_in(UNLUCKY) and _may_be_ended(office, file)):
        return None
    return c.SuspendAward(application=file.id, reason="A flood", review_on=office.now.date() + timedelta(days=30))


def report_incident(office: Office, file: Application) -> c.Command | None:
    if not office.one_in(UNLUCKY * 4) or not (office.programme.safeguards and office.programme.safeguards.screen_days):
        return None
    return c.ReportIncident(application=file.id, happened_on=office.now.date() - timedelta(days=2), account="Somebody was followed home")


def ask_screening(office: Office, file: Application) -> c.Command | None:
    return c.AskScreening(application=file.id) if file.screen and "delay" in signature.stale(file, office.now) else None


def screen_award(office: Office, file: Application) -> c.Command | None:
    """Once somebody asks for it, as low as the answers allow."""
    policy = office.programme.safeguards
    if policy is None or file.award is None or file.award.screening is None:
        return None
    lessened = (c.Mitigation(text="m", owner="o", due_on=office.now.date() + timedelta(days=30)),)
    level = safeguards.proposed(file, policy, ())
    return c.ScreenAward(application=file.id, level=level, reason="Looked at again", mitigations=lessened)


def resume_award(office: Office, file: Application) -> c.Command | None:
    return c.ResumeAward(application=file.id, reason="The water is gone") if office.one_in(4) else None


def relinquish_award(office: Office, file: Application) -> c.Command | None:
    if not (office.one_in(UNLUCKY * 2) and _may_be_ended(office, file)):
        return None
    return c.RelinquishAward(application=file.id, reason="A new mayor")


def ask_termination(office: Office, file: Application) -> c.Command | None:
    if not (office.one_in(UNLUCKY) and _may_be_ended(office, file)):
        return None
    return c.AskTermination(application=file.id, reason="Nobody is left")


def withdraw_termination(office: Office, file: Application) -> c.Command | None:
    return c.WithdrawTermination(application=file.id, reason="Somebody was found") if office.one_in(9) else None


def refuse_termination(office: Office, file: Application) -> c.Command | None:
    return c.RefuseTermination(application=file.id, reason="Another office takes it on") if office.one_in(2) else None


def terminate_award(office: Office, file: Application) -> c.Command | None:
    return c.TerminateAward(application=file.id, reasons=("Nobody is left to work with.",), spent=0)


def remind_of_award(office: Office, file: Application) -> c.Command | None:
    return c.RemindOfAward(application=file.id) if to_remind_of_award(file, office.now) else None


def lapse_award(office: Office, file: Application) -> c.Command | None:
    late = file.award and file.due and file.award.is_late(file.due, office.now)
    return c.LapseAward(application=file.id) if late else None


def miss_report(office: Office, file: Application) -> c.Command | None:
    late = file.award and file.award.is_late(file.award.report_due, office.now)
    return c.MissReport(application=file.id) if late else None


WAYS: dict[type[c.Command], Way] = {
    c.StartApplication: start,
    c.SaveSection: save,
    c.AcceptText: accept_text,
    c.RecordAcceptance: record_acceptance,
    c.LeaveApplication: leave,
    c.SubmitApplication: submit,
    c.ReturnForCompletion: return_for_completion,
    c.RequestClarification: request_clarification,
    c.AnswerClarification: answer_clarification,
    c.WithdrawClarification: withdraw_clarification,
    c.SuspendApplication: suspend_application,
    c.ResumeApplication: resume_application,
    c.RemindDraft: remind_draft,
    c.LapseApplication: lapse_application,
    c.RemindClarification: remind_clarification,
    c.LapseClarification: lapse_clarification,
    c.DeclareConflict: declare_conflict,
    c.BringInterest: bring_interest,
    c.EndConflict: end_conflict,
    c.AskEmergencyAccess: ask_emergency_access,
    c.OpenEmergencyAccess: open_emergency_access,
    c.CloseEmergencyAccess: close_emergency_access,
    c.LookAgain: look_again,
    c.ConfirmCompleteness: confirm_completeness,
    c.AnnounceShortage: announce_shortage,
    c.RunMachineChecks: run_machine_checks,
    c.RecordCheck: record_check,
    c.ConfirmEligibility: confirm_eligibility,
    c.RefuseEligibility: refuse_eligibility,
    c.RecordSafeguards: record_safeguards,
    c.HelpWithSafeguards: help_with_safeguards,
    c.HelpInPlaceOfHub: help_in_place_of_hub,
    c.SignSafeguards: sign_safeguards,
    c.SignInPlaceOfHub: sign_in_place_of_hub,
    c.CountersignSafeguards: countersign_safeguards,
    c.RemindOfSafeguards: remind_of_safeguards,
    c.ChangeTrack: change_track,
    c.WithholdApproval: withhold_approval,
    c.AssignAssessor: assign,
    c.DrawAssessors: draw,
    c.RecordScores: score,
    c.AssignModerator: assign_moderator,
    c.HoldModeration: moderate,
    c.PlaceInRanking: place,
    c.ReleaseAssessor: release,
    c.LapseAssessor: lapse_assessor,
    c.LapseModerator: lapse_moderator,
    c.RecordAssessment: assess,
    c.GiveOpinion: give_opinion,
    c.RemindHub: remind_hub,
    c.DeemOpinion: deem,
    c.AskHub: ask_hub,
    c.ReleaseHub: release_hub,
    c.AskCentralHelp: ask_central_help,
    c.TakeOverOpinion: take_over,
    c.HandOverLead: hand_over_lead,
    c.GiveCentralOpinion: give_central,
    c.CloseCoordination: close_coordination,
    c.MakeProposal: propose,
    c.Approve: approve,
    c.ApproveWithConditions: approve_with_conditions,
    c.Decline: decline,
    c.Defer: defer,
    c.Refer: refer,
    c.PutOnWaitingList: put_on_waiting_list,
    c.ReturnProposal: return_proposal,
    c.RecordAwaitedEvent: record_awaited_event,
    c.ReconsiderApplication: reconsider,
    c.WakeApplication: wake,
    c.ProposeExpert: propose_expert,
    c.AcceptExpertRole: accept_expert_role,
    c.DeclineExpertRole: decline_expert_role,
    c.DeclareExpertConflict: declare_expert_conflict,
    c.LapseExpert: lapse_expert,
    c.WithdrawApplication: withdraw,
    c.IssueLetter: issue_letter,
    c.OpenLetter: open_letter,
    c.DeemDelivered: deem_delivered,
    c.LodgeAppeal: lodge_appeal,
    c.WithdrawAppeal: withdraw_appeal,
    c.AdmitAppeal: admit_appeal,
    c.TurnAwayAppeal: turn_away_appeal,
    c.DecideAppeal: decide_appeal,
    c.AcceptAward: accept_award,
    c.TurnDownAward: turn_down_award,
    c.RemindOfAward: remind_of_award,
    c.LapseAward: lapse_award,
    c.RecordConditionMet: record_condition_met,
    c.RecordActivity: record_activity,
    c.HandInReport: hand_in_report,
    c.MissReport: miss_report,
    c.ReturnReport: return_report,
    c.ReportMitigation: report_mitigation,
    c.ReportMitigationOfHub: report_mitigation_of_hub,
    c.RecordMitigationDone: record_mitigation_done,
    c.GiveUpMitigation: give_up_mitigation,
    c.RemindMitigation: remind_mitigation,
    c.MissMitigation: miss_mitigation,
    c.CloseAward: close_award,
    c.SuspendAward: suspend_award,
    c.ReportIncident: report_incident,
    c.AskScreening: ask_screening,
    c.ScreenAward: screen_award,
    c.ResumeAward: resume_award,
    c.RelinquishAward: relinquish_award,
    c.AskTermination: ask_termination,
    c.WithdrawTermination: withdraw_termination,
    c.RefuseTermination: refuse_termination,
    c.TerminateAward: terminate_award,
    c.AskCorrection: ask_correction,
    c.ProposeCorrection: propose_correction,
    c.CorrectDecision: correct_decision,
    c.RefuseCorrection: refuse_correction,
    c.ProposeOverride: propose_override,
    c.OverrideEligibility: override_eligibility,
    c.DeclineOverride: decline_override,
}

SECONDS: dict[type[c.Command], int] = {
    c.RequestClarification: 600, c.WithdrawClarification: 120,
    c.ReturnForCompletion: 900, c.ConfirmCompleteness: 900, c.RecordCheck: 420, c.ConfirmEligibility: 300, c.RefuseEligibility: 1_800,
    c.AssignAssessor: 120, c.RecordScores: 5_400,
    c.AssignModerator: 120, c.HoldModeration: 3_600,
    c.ReleaseAssessor: 180, c.RecordAssessment: 4_500, c.GiveOpinion: 1_800, c.CloseCoordination: 900,
    c.GiveCentralOpinion: 1_800, c.AskHub: 180, c.ReleaseHub: 180, c.AskCentralHelp: 120, c.TakeOverOpinion: 180,
    c.MakeProposal: 3_600, c.Approve: 1_200, c.ApproveWithConditions: 1_500, c.Decline: 2_400,
    c.Defer: 1_200, c.Refer: 1_800, c.PutOnWaitingList: 900, c.ReturnProposal: 900, c.RecordAwaitedEvent: 600, c.ReconsiderApplication: 600,
    c.RecordSafeguards: 1_200, c.HelpWithSafeguards: 1_800, c.HelpInPlaceOfHub: 1_800, c.ChangeTrack: 600, c.WithholdApproval: 900,
    c.SignSafeguards: 900, c.SignInPlaceOfHub: 900, c.CountersignSafeguards: 900,
}  # fmt: skip
"""How long a person of the fund takes for each act up to the letter: our assumption, stated so that the report
can be read; a city’s time is its own."""


def safe(office: Office) -> tuple[s.Safeguards, ...]:
    """Most forms name no risk; some name one, or do not know."""
    policy = office.programme.safeguards
    if policy is None:
        return ()
    said = office.chance.choices(("calm", "risky", "unknown"), (12, 2, 1))[0]
    first = policy.questions[0].code

    def answer(one: SafeguardQuestion) -> s.SafeguardSaid:
        if one.code == first and said == "unknown":
            return "unknown"
        calm: s.SafeguardSaid = "no" if one.risky == "yes" else "yes"
        return one.risky if one.code == first and said == "risky" else calm

    answers = tuple(s.SafeguardAnswer(question=one.code, answer=answer(one), text="t") for one in policy.questions)
    return (s.Safeguards(ages=(policy.ages[-1].code,), answers=answers),)


def form(office: Office, file: Application) -> tuple[s.AnySection, ...]:
    catalogue, chance = office.programme.catalogue, office.chance
    priorities = chance.sample([entry.code for entry in catalogue.priorities], chance.choice((1, 1, 2, 3)))
    results = [entry.code for entry in catalogue.results if entry.level != "impact"]
    currency = CURRENCY if file.id in office.competing else chance.choice(list(office.programme.limits.max_amount))
    limit = office.programme.limits.max_amount[currency]
    modest = chance.random() < 0.4
    partners = chance.sample([city for city in office.cities if city != file.city], 0 if modest else chance.choice((0, 0, 1, 2)))
    return (
        s.Applicant(title="Prevention", beneficiaries=tuple(partners), office="Mayor’s office"),
        s.Need(problem="p", evidence="e", affected="a", mandate="m"),
        s.Support(
            design=True, delivery=chance.random() < 0.5, formats=(catalogue.formats[0].code,),
            days=chance.randint(1, 5 if modest else 20), participants=20,
            languages=("en",), starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 1) + timedelta(days=90), description="d",
        ),
        s.Alignment(
            primary=s.Argument(priority=priorities[0], reason="r"),
            secondary=tuple(s.Argument(priority=code, reason="r") for code in priorities[1:]),
            results=(chance.choice(results),),
        ),
        *safe(office),
        s.Results(indicators=(s.Indicator(name="n", baseline="b", target="t", measured_by="m"),), sustainability="s", sharing="s"),
        s.Resources(amount=chance.randint(limit // 100, limit // (20 if modest else 2)), currency=currency, publication=True),
    )  # fmt: skip
