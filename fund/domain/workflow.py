"""The law of the fund: one table of who may do what, when, and what it records.

Read each row as: *in these stages* this *command* may be given *by* this role (in this relation to the file), by
nobody whose hands did the duties in `apart`; it records these events and leads to these stages; and this is what
it is called for the applicant and for staff. Permission checks, `allowed_actions`, buttons, the diagram in the
README and the tests read this table; nothing repeats it.
"""

import msgspec

from fund.domain import (
    activity,
    adoption,
    appeal,
    assessment,
    clarification,
    competition,
    conflict,
    consent,
    contribution,
    coordination,
    correction,
    decision,
    deferral,
    delegation,
    delivery,
    draft,
    draw,
    eligibility,
    emergency,
    expert,
    handover,
    hold,
    incident,
    independence,
    lapse,
    membership,
    mitigation,
    offer,
    opinion,
    overlap,
    override,
    proposal,
    rates,
    register,
    relied_on,
    reminder,
    replacement,
    safeguards,
    scoring,
    signature,
    staffing,
    suspension,
    tier,
    track,
)
from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import CLARIFIABLE, Application, Stage
from fund.domain.event import Event
from fund.domain.facts import Role
from fund.domain.step import Reads, Relation, Rule, Step
from fund.domain.streams import State

S = Stage


BEGUN = tuple(stage for stage in Stage if stage is not S.NEW)
HELD_AT = (S.COMPLETENESS, S.ELIGIBILITY, S.ASSESSMENT, S.COORDINATION, S.PROPOSAL, S.DECISION)
"""Where an application can be suspended: submitted, not decided, and not in what only a round has."""
WAITING = (S.DEFERRED, S.WAITING_LIST)
SUBMITTED = (S.COMPLETENESS, S.ELIGIBILITY, S.ASSESSMENT, S.MODERATION, S.COORDINATION, S.RANKING, S.PROPOSAL, S.DECISION)
OPEN = (S.DRAFT, *SUBMITTED, S.ON_HOLD, *WAITING)
APPEALS = (S.APPEAL_LODGED, S.APPEAL)
SHORT_AT = (*SUBMITTED, *APPEALS, S.CORRECTION)
"""Where people may be missing: to finish a file, or to answer an appeal or an error that was named."""
LETTERED = tuple(stage for stage in Stage if stage not in (S.NEW, S.DRAFT))
"""Where a file can be that has had a letter."""
HUBS_ASKED = SUBMITTED[1:]
"""Where hubs may have been asked about a file that is not decided."""
OPINION_OPEN = (S.ELIGIBILITY, S.ASSESSMENT, S.MODERATION, S.COORDINATION)
EVERY_DUTY: tuple[e.Duty, ...] = ("drafting", "checking", "assessing", "coordinating", "advising", "proposing", "helping")
NO_HAND_BEFORE: tuple[e.Duty, ...] = (*EVERY_DUTY, *appeal.HEARD_BY)
NO_OTHER_HAND: tuple[e.Duty, ...] = tuple(duty for duty in NO_HAND_BEFORE if duty != "overriding")
"""Whoever proposed to set a refusal aside may propose it again."""
ENDING: tuple[e.Duty, ...] = (*EVERY_DUTY, "stopping")
"""Whoever ends an award early neither worked on the file nor suspended it nor asked for its end."""
EXPERT_OPEN = (S.COORDINATION, S.RANKING, S.PROPOSAL, S.DECISION, S.LETTER, S.DEFERRED, S.WAITING_LIST, S.OFFER, S.DELIVERY)
RUNNING = (S.DELIVERY, S.REPORTED, S.SUSPENDED)
"""Where an award that was accepted is under way."""
AWARD_OPEN = (*RUNNING, S.TERMINATION)
"""From the acceptance of an award to its end: where its safeguards are looked at again."""
STOPPED = (S.SUSPENDED, S.TERMINATION)
SIGNED_AT = (*SUBMITTED, *STOPPED)
"""Where a level waits for signatures: an award whose level does so stands still."""
LIVE = (S.DELIVERY, S.REPORTED)
"""The same, and no clock of it stands still."""
OFFERED = (S.OFFER, *RUNNING)
LED_AT = (S.PROPOSAL, S.DECISION, S.OFFER, *RUNNING)
"""Where a file is led by whoever was named as coordination closed, and something is still to be granted or given."""
INVITED = Relation.IS_INVITED
CITY, ASSIGNED, HUB = Relation.REPRESENTS_CITY, Relation.IS_ASSIGNED, Relation.SERVES_HUB


APPLICATION_STEPS: tuple[Step, ...] = (
    Step(
        command=c.StartApplication, at=(S.NEW,), by=Role.REPRESENTATIVE, relation=CITY,
        rule=draft.start, reads=lambda file, command, programme: (command.city,), clock="draft",
        records=(e.ApplicationStarted,), leads_to=(S.DRAFT,),
        applicant="Start an application", staff="A city starts an application",
    ),
    Step(
        command=c.SaveSection, at=(S.DRAFT,), by=Role.REPRESENTATIVE, relation=CITY,
        rule=draft.save_section, reads=relied_on.named_cities, further=tier.around_the_named,
        records=(e.SectionSaved, e.PartnerInvited), leads_to=(S.DRAFT,),
        applicant="Save this section", staff="The city fills in the form",
    ),
    Step(
        command=c.AcceptText, at=(S.DRAFT,), by=Role.REPRESENTATIVE, relation=Relation.REPRESENTS_PARTNER,
        rule=consent.accept_text, guard=consent.may_accept,
        records=(e.TextAccepted,), leads_to=(S.DRAFT,),
        applicant="Accept the text for your city", staff="A partner city’s signatory accepts the text",
    ),
    Step(
        command=c.RecordAcceptance, at=(S.DRAFT,), by=Role.OFFICER, apart=("drafting",),
        rule=consent.record_acceptance, guard=consent.may_record_acceptance,
        records=(e.AcceptanceRecorded,), leads_to=(S.DRAFT,),
        applicant="We record an acceptance given on paper", staff="Record an acceptance given on paper",
    ),
    Step(
        command=c.LeaveApplication, at=OPEN, by=Role.REPRESENTATIVE, relation=Relation.REPRESENTS_PARTNER,
        rule=consent.leave, guard=consent.may_leave,
        records=(e.PartnerLeft, e.TrackChanged), leads_to=OPEN,
        applicant="Take your city out of the application", staff="A partner city leaves",
    ),
    Step(
        command=c.SubmitApplication, at=(S.DRAFT,), by=Role.REPRESENTATIVE, relation=CITY,
        rule=draft.submit, guard=draft.may_submit, reads=relied_on.register_and_round, further=overlap.kin, clock="completeness",
        records=(e.ApplicationSubmitted, e.TrackChosen, e.TrackChanged, e.FileEntered), leads_to=(S.COMPLETENESS,),
        applicant="Submit the application", staff="The city’s signatory submits",
    ),
    Step(
        command=c.RequestClarification, at=CLARIFIABLE, by=Role.OFFICER, also=(Role.APPROVER,), apart=("drafting",),
        rule=clarification.request,
        records=(e.ClarificationRequested,), leads_to=CLARIFIABLE,
        applicant="We ask you a question", staff="Ask the city a question; the clock stops",
    ),
    Step(
        command=c.AnswerClarification, at=CLARIFIABLE, by=Role.REPRESENTATIVE, relation=CITY,
        rule=clarification.answer, guard=clarification.may_answer,
        records=(e.ClarificationAnswered,), leads_to=CLARIFIABLE,
        applicant="Answer our question", staff="The city answers a question",
    ),
    Step(
        command=c.WithdrawClarification, at=CLARIFIABLE, by=Role.OFFICER, also=(Role.APPROVER,), apart=("drafting",),
        rule=clarification.withdraw, guard=clarification.may_withdraw,
        records=(e.ClarificationWithdrawn,), leads_to=CLARIFIABLE,
        applicant="We take a question back", staff="Take back a question to the city",
    ),
    Step(
        command=c.RemindClarification, at=CLARIFIABLE, by=Role.MACHINE,
        rule=clarification.remind, guard=clarification.may_remind,
        records=(e.ClarificationReminded,), leads_to=CLARIFIABLE,
        applicant="We remind you of our question", staff="Remind the city of a question",
    ),
    Step(
        command=c.LapseClarification, at=CLARIFIABLE, by=Role.MACHINE,
        rule=clarification.lapse, guard=clarification.may_lapse,
        records=(e.ClarificationLapsed,), leads_to=CLARIFIABLE,
        applicant="We go on without the answer", staff="A question was not answered in time; the clock runs again",
    ),
    Step(
        command=c.DeclareConflict, at=BEGUN, by=Role.OFFICER, also=(Role.ASSESSOR, Role.EXPERT, Role.COORDINATOR, Role.APPROVER),
        apart=("drafting",), in_person=True,
        rule=conflict.declare_conflict, reads=relied_on.whose_it_is,
        records=(e.ConflictDeclared, e.FileUnscored), leads_to=BEGUN,
        applicant="Whoever works on your application says what ties them to it", staff="Declare a conflict of interest",
    ),
    Step(
        command=c.BringInterest, at=BEGUN, by=Role.MACHINE,
        rule=conflict.bring_interest, guard=conflict.may_bring, reads=relied_on.its_people, further=relied_on.who_ordered,
        records=(e.ConflictDeclared, e.FileUnscored), leads_to=BEGUN,
        applicant="What ties somebody to your application is put on file", staff="A standing declaration concerns the file",
    ),
    Step(
        command=c.EndConflict, at=BEGUN, by=Role.OFFICER, apart=("drafting",),
        rule=conflict.end_conflict, guard=conflict.may_end,
        records=(e.ConflictEnded,), leads_to=BEGUN,
        applicant="We look at whether a tie is a conflict", staff="End a conflict that is none",
    ),
    Step(
        command=c.AskEmergencyAccess, at=BEGUN, by=emergency.ASKERS[0], also=emergency.ASKERS[1:], apart=("drafting",),
        in_person=True,
        rule=emergency.ask_access, guard=emergency.may_ask,
        records=(e.EmergencyAccessAsked,), leads_to=BEGUN,
        applicant="Somebody who works for us asks to act where nobody else can be reached", staff="Ask for emergency access",
    ),
    Step(
        command=c.OpenEmergencyAccess, at=BEGUN, by=Role.APPROVER, also=(Role.OFFICER,), apart=("drafting",), in_person=True,
        rule=emergency.open_access, guard=emergency.may_open,
        records=(e.EmergencyAccessOpened,), leads_to=BEGUN,
        applicant="A second person lets somebody act where nobody else can be reached", staff="Open emergency access (a second person)",
    ),
    Step(
        command=c.CloseEmergencyAccess, at=BEGUN, by=emergency.ASKERS[0], also=(*emergency.ASKERS[1:], Role.OFFICER),
        relation=Relation.HAS_ACCESS, apart=("drafting",), in_person=True,
        rule=emergency.close_access,
        records=(e.EmergencyAccessClosed,), leads_to=BEGUN,
        applicant="What was opened in an emergency is closed", staff="Close emergency access",
    ),
    Step(
        command=c.LookAgain, at=(*SUBMITTED, *WAITING), by=Role.OFFICER, apart=("drafting",),
        rule=conflict.look_again, guard=conflict.may_look_again,
        records=(e.LookedAgain,), leads_to=(*SUBMITTED, *WAITING),
        applicant="Somebody else looks again at what was done", staff="Look again at what was done under a conflict",
    ),
    Step(
        command=c.AnnounceShortage, at=SHORT_AT, by=Role.MACHINE,
        rule=lambda file, command, facts: staffing.announce_shortage(file, command, facts, APPLICATION_STEPS),
        guard=staffing.may_announce, reads=relied_on.people_there_are, further=relied_on.competing_files,
        records=(e.ShortageAnnounced,), leads_to=SHORT_AT,
        applicant="We see who can work on your application", staff="People are missing to finish it",
    ),
    Step(
        command=c.ReturnForCompletion, at=(S.COMPLETENESS,), by=Role.OFFICER, apart=("drafting",),
        rule=eligibility.return_for_completion, clock="completion",
        records=(e.ReturnedForCompletion,), leads_to=(S.DRAFT,),
        applicant="We ask you to complete your application", staff="Return for completion",
    ),
    Step(
        command=c.ConfirmCompleteness, at=(S.COMPLETENESS,), by=Role.OFFICER, apart=("drafting",),
        rule=eligibility.confirm_completeness, reads=relied_on.routed_hubs, clock="eligibility",
        records=(e.CompletenessConfirmed, e.OpinionRequested, e.SafeguardHelpAsked), leads_to=(S.ELIGIBILITY,),
        applicant="We confirm that nothing is missing", staff="Confirm completeness",
    ),
    Step(
        command=c.RunMachineChecks, at=(S.ELIGIBILITY,), by=Role.MACHINE,
        rule=eligibility.run_machine_checks, guard=eligibility.may_run_machine_checks,
        records=(e.CheckRecorded, e.TrackChanged), leads_to=(S.ELIGIBILITY,),
        applicant="We check the facts on record", staff="Machine checks of pure facts",
    ),
    Step(
        command=c.RecordCheck, at=(S.ELIGIBILITY,), by=Role.OFFICER, apart=("drafting",),
        rule=eligibility.record_check,
        records=(e.CheckRecorded, e.TrackChanged), leads_to=(S.ELIGIBILITY,),
        applicant="We check that the fund can help", staff="Record a check",
    ),
    Step(
        command=c.ConfirmEligibility, at=(S.ELIGIBILITY,), by=Role.OFFICER, apart=("drafting",),
        rule=eligibility.confirm_eligibility, guard=eligibility.may_confirm_eligibility, clock="assessment",
        records=(e.FoundEligible,), leads_to=(S.ASSESSMENT,),
        applicant="We confirm that the fund can help", staff="Confirm eligibility",
    ),
    Step(
        command=c.RefuseEligibility, at=(S.ELIGIBILITY,), by=Role.OFFICER, apart=EVERY_DUTY,
        rule=eligibility.refuse_eligibility, guard=eligibility.may_refuse_eligibility, reads=relied_on.round_and_reserved, clock="letter",
        records=(e.FoundIneligible, e.FileLeft, e.ReservationEnded), leads_to=(S.LETTER,),
        applicant="We tell you why the fund cannot help", staff="Refuse eligibility (a second person)",
    ),
    Step(
        command=c.GiveOpinion, at=OPINION_OPEN, by=Role.COORDINATOR, relation=HUB, apart=("drafting", "assessing"),
        rule=conflict.shown_with(opinion.give_opinion), guard=opinion.may_answer, reads=relied_on.asked_hubs,
        records=(e.OpinionGiven, e.ConfidentialNoteAdded, e.TrackChanged, e.ConflictDeclared), leads_to=OPINION_OPEN,
        applicant="{the_hub} gives its view", staff="Give the opinion {of_the_hub}",
    ),
    Step(
        command=c.AskHub, at=OPINION_OPEN, by=Role.OFFICER, apart=("drafting",),
        rule=handover.ask_hub, guard=handover.may_ask, reads=lambda file, command, programme: relied_on.every_hub(programme),
        records=(e.HubAsked, e.TrackChanged), leads_to=OPINION_OPEN,
        applicant="We ask for another opinion", staff="Ask another opinion",
    ),
    Step(
        command=c.ReleaseHub, at=OPINION_OPEN, by=Role.OFFICER, apart=("drafting",),
        rule=handover.release_hub, guard=handover.may_release,
        records=(e.HubReleased,), leads_to=OPINION_OPEN,
        applicant="An opinion is not needed any more", staff="Give up an opinion that was asked",
    ),
    Step(
        command=c.AskCentralHelp, at=OPINION_OPEN, by=Role.COORDINATOR, relation=HUB, apart=("drafting", "assessing"),
        rule=handover.ask_central_help, guard=handover.may_ask_help,
        records=(e.CentralHelpAsked,), leads_to=OPINION_OPEN,
        applicant="{the_hub} asks for help with its view", staff="Ask for help with the opinion",
    ),
    Step(
        command=c.TakeOverOpinion, at=OPINION_OPEN, by=Role.OFFICER, also=(Role.MACHINE,), apart=("drafting",),
        rule=handover.take_over_opinion, guard=handover.may_take_over, reads=relied_on.asked_hubs,
        records=(e.OpinionTakenOver,), leads_to=OPINION_OPEN,
        applicant="We give the view in the place {of_the_hub}", staff="Take over the opinion {of_the_hub}",
    ),
    Step(
        command=c.GiveCentralOpinion, at=OPINION_OPEN, by=Role.OFFICER, apart=("drafting", "checking", "assessing", "proposing"),
        rule=conflict.shown_with(handover.give_central_opinion), guard=handover.may_give_central,
        records=(e.CentralOpinionGiven, e.ConflictDeclared), leads_to=OPINION_OPEN,
        applicant="We give the view in the place {of_the_hub}", staff="Give the opinion in the place {of_the_hub}",
    ),
    Step(
        command=c.RemindHub, at=OPINION_OPEN, by=Role.MACHINE,
        rule=opinion.remind_hub, guard=opinion.may_remind,
        records=(e.HubReminded,), leads_to=OPINION_OPEN,
        applicant="{the_hub} is reminded that we wait for its view", staff="Remind {the_hub} of its opinion",
    ),
    Step(
        command=c.DeemOpinion, at=OPINION_OPEN, by=Role.MACHINE,
        rule=opinion.deem_opinion, guard=opinion.may_deem,
        records=(e.OpinionDeemed,), leads_to=OPINION_OPEN,
        applicant="{the_hub} let its time for an opinion pass", staff="Count the silence {of_the_hub}",
    ),
    Step(
        command=c.AssignAssessor, at=(S.ASSESSMENT,), by=Role.OFFICER, apart=("drafting",),
        rule=assessment.assign_assessor, guard=assessment.may_assign, reads=relied_on.chosen_assessor, further=relied_on.of_who_judges,
        records=(e.AssessorAssigned,), leads_to=(S.ASSESSMENT,),
        applicant="We choose who reads your application", staff="Assign an assessor by hand",
    ),
    Step(
        command=c.DrawAssessors, at=(S.ASSESSMENT,), by=Role.OFFICER, also=(Role.MACHINE,), apart=("drafting",),
        rule=draw.draw_assessors, guard=assessment.may_assign, reads=relied_on.candidates, further=relied_on.of_who_judges,
        records=(e.AssessorsDrawn,), leads_to=(S.ASSESSMENT,),
        applicant="A lot decides who reads your application", staff="Draw assessors by lot",
    ),
    Step(
        command=c.LapseAssessor, at=(S.ASSESSMENT,), by=Role.MACHINE,
        rule=replacement.lapse_assessor, guard=replacement.may_lapse, reads=lambda file, command, programme: file.assessors,
        records=(e.AssessorLapsed,), leads_to=(S.ASSESSMENT,),
        applicant="We find somebody else to read your application", staff="An assessor who does not come makes way for another",
    ),
    Step(
        command=c.ReleaseAssessor, at=(S.ASSESSMENT,), by=Role.OFFICER, apart=("drafting",),
        rule=assessment.release_assessor, guard=assessment.may_release,
        records=(e.AssessorReleased,), leads_to=(S.ASSESSMENT,),
        applicant="We find somebody else to read your application", staff="Release an assessor",
    ),
    Step(
        command=c.RecordAssessment, at=(S.ASSESSMENT,), by=Role.ASSESSOR, also=(Role.EXPERT, Role.COORDINATOR), relation=ASSIGNED,
        apart=independence.APART,
        rule=conflict.shown_with(assessment.assess), guard=assessment.may_assess, clock="coordination",
        records=(e.AssessmentRecorded, e.TrackChanged, e.AlignmentDetermined, e.ConflictDeclared), leads_to=(S.ASSESSMENT, S.COORDINATION),
        applicant="People read your application independently", staff="Assess the alignment",
    ),
    Step(
        command=c.RecordScores, at=(S.ASSESSMENT,), by=Role.ASSESSOR, also=(Role.EXPERT, Role.COORDINATOR), relation=ASSIGNED,
        apart=independence.APART,
        rule=conflict.shown_with(scoring.record_scores), guard=scoring.may_score, reads=relied_on.its_round, further=relied_on.competing,
        records=(e.ScoresRecorded, e.ModerationCalled, e.Scored, e.FileScored, e.ConflictDeclared),
        leads_to=(S.ASSESSMENT, S.MODERATION, S.COORDINATION),
        applicant="People score your application independently", staff="Score by the rubric",
    ),
    Step(
        command=c.AssignModerator, at=(S.MODERATION,), by=Role.OFFICER, apart=("drafting",),
        rule=scoring.assign_moderator, reads=relied_on.chosen_moderator, further=relied_on.of_who_judges,
        records=(e.ModeratorAssigned,), leads_to=(S.MODERATION,),
        applicant="We choose who settles scores that differ", staff="Assign a moderator by hand",
    ),
    Step(
        command=c.LapseModerator, at=(S.MODERATION,), by=Role.MACHINE,
        rule=replacement.lapse_moderator, guard=replacement.may_lapse_moderator, reads=relied_on.named_moderator,
        records=(e.ModeratorLapsed,), leads_to=(S.MODERATION,),
        applicant="We find somebody else to settle scores that differ", staff="A moderator who does not come makes way for another",
    ),
    Step(
        command=c.HoldModeration, at=(S.MODERATION,), by=Role.OFFICER, also=(Role.ASSESSOR, Role.EXPERT, Role.COORDINATOR),
        relation=Relation.MODERATES, apart=(*independence.APART, "assessing"),
        rule=conflict.shown_with(scoring.hold_moderation), guard=scoring.may_moderate, reads=relied_on.its_round,
        further=relied_on.competing, clock="coordination",
        records=(e.ModerationHeld, e.Scored, e.FileScored, e.ConflictDeclared), leads_to=(S.COORDINATION,),
        applicant="Somebody else settles scores that differ", staff="Moderate scores that are far apart",
    ),
    Step(
        command=c.CloseCoordination, at=(S.COORDINATION,), by=Role.OFFICER, apart=("drafting",), sets_terms=True,
        rule=coordination.close_coordination, guard=coordination.may_close, reads=relied_on.asked_hubs,
        records=(e.CoordinationClosed,), leads_to=(S.PROPOSAL, S.RANKING),
        applicant="We agree with {the_hub} how to help", staff="Close coordination",
    ),
    Step(
        command=c.HandOverLead, at=LED_AT, by=Role.OFFICER, apart=("drafting",), sets_terms=True,
        rule=coordination.hand_over_lead, guard=coordination.may_hand_over, reads=relied_on.leading_and_asked_hubs,
        records=(e.LeadHandedOver, e.HubDaysReleased, e.HubDaysReserved), leads_to=LED_AT,
        applicant="We settle anew who leads the support", staff="Hand over the lead: {the_hub} is not open",
    ),
    Step(
        command=c.PlaceInRanking, at=(S.RANKING,), by=Role.MACHINE,
        rule=competition.place_in_ranking, guard=competition.may_be_placed, reads=relied_on.its_round, clock="proposal",
        records=(e.Placed,), leads_to=(S.PROPOSAL,),
        applicant="All applications of the round are put in order", staff="The file learns its place",
    ),
    Step(
        command=c.ProposeExpert, at=EXPERT_OPEN, by=Role.OFFICER, apart=("drafting",),
        rule=expert.propose_expert, reads=relied_on.invited, further=relied_on.own_and_competing,
        records=(e.ExpertProposed,), leads_to=EXPERT_OPEN,
        applicant="We look for experts and peers who can help", staff="Ask an expert or a peer to take part",
    ),
    Step(
        command=c.AcceptExpertRole, at=EXPERT_OPEN, by=Role.INVITED, relation=INVITED, apart=expert.WORK,
        rule=expert.accept, guard=expert.may_answer,
        records=(e.ExpertAccepted,), leads_to=EXPERT_OPEN,
        applicant="An expert or a peer agrees to help", staff="Agree to take part",
    ),
    Step(
        command=c.DeclineExpertRole, at=EXPERT_OPEN, by=Role.INVITED, relation=INVITED, apart=expert.WORK,
        rule=expert.decline,
        records=(e.ExpertDeclined,), leads_to=EXPERT_OPEN,
        applicant="An expert or a peer cannot help", staff="Decline to take part, or step back",
    ),
    Step(
        command=c.DeclareExpertConflict, at=EXPERT_OPEN, by=Role.INVITED, relation=INVITED, apart=expert.WORK,
        rule=expert.declare_conflict,
        records=(e.ExpertConflicted,), leads_to=EXPERT_OPEN,
        applicant="An expert or a peer has a conflict", staff="Declare a conflict",
    ),
    Step(
        command=c.LapseExpert, at=EXPERT_OPEN, by=Role.MACHINE,
        rule=expert.lapse, guard=expert.may_lapse,
        records=(e.ExpertLapsed,), leads_to=EXPERT_OPEN,
        applicant="We look for somebody else who can help", staff="Silence of an expert or a peer past the due date",
    ),
    Step(
        command=c.MakeProposal, at=(S.PROPOSAL,), by=Role.OFFICER, apart=("drafting", "advising"), sets_terms=True,
        rule=proposal.propose, reads=relied_on.named_money, clock="decision",
        records=(e.OpinionAnswered, e.ProposalMade), leads_to=(S.DECISION,),
        applicant="We prepare the decision", staff="Propose a decision",
    ),
    Step(
        command=c.Approve, at=(S.DECISION,), by=Role.APPROVER, apart=EVERY_DUTY, sets_terms=True,
        rule=decision.approve, guard=decision.may_approve, reads=relied_on.envelopes_and_lead, clock="letter",
        records=(e.OpinionOverruled, e.DecidedOtherwise, e.ApprovalGiven, e.Approved, e.FundsCommitted, e.ReservationEnded,
            e.AwardRecorded, e.CityCapReached, e.TrackChanged),
        leads_to=(S.DECISION, S.LETTER, S.ASSESSMENT),
        applicant="Approval", staff="Approve",
    ),
    Step(
        command=c.ApproveWithConditions, at=(S.DECISION,), by=Role.APPROVER, apart=EVERY_DUTY, sets_terms=True,
        rule=decision.approve_with_conditions, guard=decision.may_approve_with_conditions, reads=relied_on.envelopes_and_lead,
        clock="letter",
        records=(
            e.OpinionOverruled, e.DecidedOtherwise, e.ApprovalGiven, e.ApprovedWithConditions, e.FundsCommitted, e.ReservationEnded,
            e.AwardRecorded, e.CityCapReached, e.TrackChanged,
        ),
        leads_to=(S.DECISION, S.LETTER, S.ASSESSMENT),
        applicant="Approval with conditions", staff="Approve with conditions",
    ),
    Step(
        command=c.WithholdApproval, at=(S.DECISION,), by=Role.APPROVER, apart=EVERY_DUTY,
        rule=track.withhold_approval, guard=track.may_leave,
        records=(e.ApprovalWithheld, e.TrackChanged), leads_to=(S.ASSESSMENT,),
        applicant="We look at your application more fully before we decide", staff="Withhold approval: the fuller track",
    ),
    Step(
        command=c.Decline, at=(S.DECISION,), by=Role.APPROVER, apart=EVERY_DUTY,
        rule=decision.decline, guard=decision.may_refuse, reads=relied_on.reserved, clock="letter",
        records=(e.ApprovalLapsed, e.DecidedOtherwise, e.Declined, e.ReservationEnded), leads_to=(S.LETTER,),
        applicant="Refusal, with its reasons", staff="Decline",
    ),
    Step(
        command=c.Defer, at=(S.DECISION,), by=Role.APPROVER, apart=EVERY_DUTY,
        rule=decision.defer, guard=track.may_refuse, reads=relied_on.reserved, clock="letter",
        records=(e.ApprovalLapsed, e.DecidedOtherwise, e.Deferred, e.ReservationEnded), leads_to=(S.LETTER,),
        applicant="The decision is put off", staff="Defer until a date or an event",
    ),
    Step(
        command=c.Refer, at=(S.DECISION,), by=Role.APPROVER, apart=EVERY_DUTY,
        rule=decision.refer, guard=decision.may_refuse, reads=relied_on.reserved, clock="letter",
        records=(e.ApprovalLapsed, e.DecidedOtherwise, e.Referred, e.ReservationEnded), leads_to=(S.LETTER,),
        applicant="Another part of the network helps", staff="Refer to another modality",
    ),
    Step(
        command=c.PutOnWaitingList, at=(S.DECISION,), by=Role.APPROVER, apart=EVERY_DUTY, sets_terms=True,
        rule=decision.put_on_waiting_list, guard=decision.may_put_on_waiting_list, reads=relied_on.envelopes_and_lead, clock="letter",
        records=(e.ApprovalLapsed, e.DecidedOtherwise, e.PutOnWaitingList, e.ReservationEnded), leads_to=(S.LETTER,),
        applicant="A place on the waiting list", staff="Put on the waiting list",
    ),
    Step(
        command=c.ReturnProposal, at=(S.DECISION,), by=Role.APPROVER, apart=EVERY_DUTY,
        rule=proposal.return_proposal, clock="proposal",
        records=(e.ApprovalLapsed, e.ProposalReturned), leads_to=(S.PROPOSAL,),
        applicant="We prepare the decision once more", staff="Return the proposal",
    ),
    Step(
        command=c.RecordSafeguards, at=SUBMITTED, by=Role.OFFICER, apart=("drafting",),
        rule=safeguards.record, guard=safeguards.may_record,
        reads=relied_on.routed_and_asked_hubs,
        records=(e.SafeguardsRecorded, e.MitigationAgreed, e.SignatureAsked, e.TrackChanged), leads_to=SUBMITTED,
        applicant="We check that the support harms nobody", staff="Record the safeguards",
    ),
    Step(
        command=c.SignSafeguards, at=(*HUBS_ASKED, *STOPPED), by=Role.COORDINATOR, relation=HUB, apart=("drafting",),
        rule=conflict.shown_with(signature.sign), guard=signature.may_sign, reads=relied_on.signing_hubs,
        records=(e.SafeguardsSigned, e.ConflictDeclared), leads_to=(*HUBS_ASKED, *STOPPED),
        applicant="{the_hub} looks as well whether the support harms nobody", staff="Sign the safeguards",
    ),
    Step(
        command=c.SignInPlaceOfHub, at=SIGNED_AT, by=Role.OFFICER, also=(Role.APPROVER,), apart=("drafting",),
        rule=conflict.shown_with(signature.sign_in_place), guard=signature.may_sign_in_place, reads=relied_on.signing_hubs,
        records=(e.SafeguardsSigned, e.ConflictDeclared), leads_to=SIGNED_AT,
        applicant="Somebody else looks whether the support harms nobody", staff="Sign the safeguards in the place {of_the_hub}",
    ),
    Step(
        command=c.CountersignSafeguards, at=SIGNED_AT, by=Role.OFFICER, also=(Role.APPROVER,), apart=("drafting",),
        rule=conflict.shown_with(signature.countersign), guard=signature.may_countersign,
        records=(e.SafeguardsSigned, e.ConflictDeclared), leads_to=SIGNED_AT,
        applicant="Somebody else looks whether the support harms nobody", staff="Countersign the safeguards",
    ),
    Step(
        command=c.HelpWithSafeguards, at=(S.ELIGIBILITY,), by=Role.COORDINATOR, relation=HUB, apart=("drafting",),
        rule=safeguards.help_with, guard=safeguards.may_help,
        records=(e.SafeguardHelpGiven,), leads_to=(S.ELIGIBILITY,),
        applicant="{the_hub} helps with questions that you could not answer", staff="Help with the safeguards",
    ),
    Step(
        command=c.HelpInPlaceOfHub, at=(S.ELIGIBILITY,), by=Role.OFFICER, apart=("drafting",),
        rule=safeguards.help_in_place, guard=safeguards.may_help_in_place,
        records=(e.SafeguardHelpGiven,), leads_to=(S.ELIGIBILITY,),
        applicant="We help with questions that you could not answer", staff="Help with the safeguards in the place {of_the_hub}",
    ),
    Step(
        command=c.RemindOfSafeguards, at=SIGNED_AT, by=Role.MACHINE,
        rule=reminder.remind, guard=reminder.may_remind,
        records=(e.SafeguardsReminded,), leads_to=SIGNED_AT,
        applicant="Whoever helps us to see that the support harms nobody is reminded",
        staff="Remind of help with the safeguards or a signature",
    ),
    Step(
        command=c.ChangeTrack, at=SUBMITTED, by=Role.OFFICER, apart=("drafting",),
        rule=track.change, guard=track.may_leave,
        records=(e.TrackChangeAsked, e.TrackChanged), leads_to=(S.COMPLETENESS, S.ELIGIBILITY, S.ASSESSMENT),
        applicant="We look at your application more fully", staff="Move to the fuller track",
    ),
    Step(
        command=c.WithdrawApplication, at=OPEN, by=Role.REPRESENTATIVE, relation=CITY,
        rule=draft.withdraw, reads=relied_on.round_and_reserved, clock="letter",
        records=(e.Withdrawn, e.FileLeft, e.ReservationEnded), leads_to=(S.LETTER, S.CLOSED),
        applicant="Withdraw the application", staff="The city withdraws",
    ),
    Step(
        command=c.SuspendApplication, at=HELD_AT, by=Role.OFFICER, apart=("drafting",),
        rule=hold.suspend, guard=hold.may_suspend,
        records=(e.ApplicationSuspended,), leads_to=(S.ON_HOLD,),
        applicant="We suspend your application until a day", staff="Suspend the application until a day",
    ),
    Step(
        command=c.ResumeApplication, at=(S.ON_HOLD,), by=Role.OFFICER, also=(Role.MACHINE,), apart=("drafting",),
        rule=hold.resume, guard=hold.may_resume,
        records=(e.ApplicationResumed, e.SignatureAsked), leads_to=HELD_AT,
        applicant="Your application goes on", staff="Let the application go on",
    ),
    Step(
        command=c.RemindDraft, at=(S.DRAFT,), by=Role.MACHINE,
        rule=lapse.remind, guard=lapse.may_remind,
        records=(e.DraftReminded,), leads_to=(S.DRAFT,),
        applicant="We remind you of your application", staff="Remind the city of what it has not submitted",
    ),
    Step(
        command=c.LapseApplication, at=(S.DRAFT,), by=Role.MACHINE,
        rule=lapse.lapse, guard=lapse.may_lapse, reads=relied_on.its_round, clock="letter",
        records=(e.Lapsed, e.FileLeft), leads_to=(S.LETTER, S.CLOSED),
        applicant="Your application lapses, as it was not submitted", staff="An application was not submitted in time",
    ),
    Step(
        command=c.IssueLetter, at=(S.LETTER,), by=Role.MACHINE,
        rule=decision.issue_letter, reads=relied_on.leading_and_asked_hubs,
        records=(e.LetterIssued, e.HubDaysReserved, e.MitigationAsked),
        leads_to=(*WAITING, S.OFFER, S.CLOSED, S.ELIGIBILITY, S.ASSESSMENT, S.PROPOSAL),
        applicant="Your letter is issued", staff="Issue the letter",
    ),
    Step(
        command=c.OpenLetter, at=LETTERED, by=Role.REPRESENTATIVE, relation=Relation.REPRESENTS_PARTY,
        rule=delivery.open_letter, guard=delivery.may_open,
        records=(e.LetterOpened,), leads_to=LETTERED,
        applicant="Open a letter", staff="A city opens a letter",
    ),
    Step(
        command=c.DeemDelivered, at=LETTERED, by=Role.MACHINE,
        rule=delivery.deem_delivered, guard=delivery.may_deem,
        records=(e.LetterDeemedDelivered,), leads_to=LETTERED,
        applicant="A letter that was not opened counts as delivered", staff="Count a letter as delivered",
    ),
    Step(
        command=c.LodgeAppeal, at=(S.CLOSED,), by=Role.REPRESENTATIVE, relation=Relation.REPRESENTS_PARTY,
        rule=appeal.lodge, guard=appeal.may_lodge, clock="appeal_admission",
        records=(e.AppealLodged,), leads_to=(S.APPEAL_LODGED,),
        applicant="Appeal against the decision", staff="A city appeals",
    ),
    Step(
        command=c.WithdrawAppeal, at=APPEALS, by=Role.REPRESENTATIVE, relation=Relation.REPRESENTS_PARTY,
        rule=appeal.withdraw_appeal, guard=appeal.may_withdraw,
        records=(e.AppealWithdrawn,), leads_to=(S.CLOSED,),
        applicant="Withdraw the appeal", staff="The city withdraws its appeal",
    ),
    Step(
        command=c.AdmitAppeal, at=(S.APPEAL_LODGED,), by=Role.OFFICER, also=(Role.APPROVER,), apart=NO_HAND_BEFORE,
        rule=appeal.admit, guard=appeal.may_admit, reads=relied_on.its_round, further=relied_on.competing, clock="appeal",
        records=(e.AppealAdmitted,), leads_to=(S.APPEAL,),
        applicant="We say whether your appeal is heard", staff="Admit an appeal",
    ),
    Step(
        command=c.TurnAwayAppeal, at=(S.APPEAL_LODGED,), by=Role.OFFICER, also=(Role.APPROVER,), apart=NO_HAND_BEFORE,
        rule=appeal.turn_away, guard=appeal.may_turn_away, reads=relied_on.its_round, further=relied_on.competing, clock="letter",
        records=(e.AppealNotAdmitted,), leads_to=(S.LETTER,),
        applicant="We tell you why your appeal is not heard", staff="Do not admit an appeal",
    ),
    Step(
        command=c.DecideAppeal, at=(S.APPEAL,), by=Role.APPROVER, apart=NO_HAND_BEFORE,
        rule=appeal.decide_appeal, guard=appeal.may_decide, reads=relied_on.round_and_envelope, further=relied_on.competing, clock="letter",
        records=(e.AppealDecided, e.TrackChanged, e.FundsReserved), leads_to=(S.LETTER,),
        applicant="People who had no part in it decide your appeal", staff="Decide an appeal",
    ),
    Step(
        command=c.AskCorrection, at=(S.CLOSED,), by=Role.REPRESENTATIVE, relation=Relation.REPRESENTS_PARTY,
        rule=correction.ask, guard=correction.may_ask, clock="appeal_admission",
        records=(e.CorrectionAsked,), leads_to=(S.CORRECTION,),
        applicant="Name an error in the decision", staff="A city names an error in the decision",
    ),
    Step(
        command=c.ProposeCorrection, at=(S.CLOSED,), by=Role.OFFICER, also=(Role.APPROVER,), apart=("drafting",),
        rule=correction.propose, guard=correction.may_propose, clock="appeal_admission",
        records=(e.CorrectionProposed,), leads_to=(S.CORRECTION,),
        applicant="We look again at a reason of our decision", staff="Name an error in our own decision",
    ),
    Step(
        command=c.CorrectDecision, at=(S.CORRECTION,), by=Role.APPROVER, also=(Role.OFFICER,), apart=NO_HAND_BEFORE,
        rule=correction.correct, guard=correction.may_answer, reads=relied_on.round_and_envelope, further=relied_on.competing,
        records=(e.DecisionCorrected, e.TrackChanged, e.FundsReserved), leads_to=(S.ELIGIBILITY, S.ASSESSMENT, S.PROPOSAL),
        applicant="We take a decision again that rested on an error", staff="Correct the decision: it is taken again",
    ),
    Step(
        command=c.RefuseCorrection, at=(S.CORRECTION,), by=Role.APPROVER, also=(Role.OFFICER,), apart=NO_HAND_BEFORE,
        rule=correction.refuse, guard=correction.may_answer, reads=relied_on.its_round, further=relied_on.competing,
        records=(e.CorrectionRefused,), leads_to=(S.CLOSED,),
        applicant="We say why the decision stands", staff="Let the decision stand, with the reasons",
    ),
    Step(
        command=c.ProposeOverride, at=(S.CLOSED,), by=Role.APPROVER, also=(Role.OFFICER,), apart=NO_OTHER_HAND,
        rule=override.propose_override, guard=override.may_propose, reads=relied_on.its_round, further=relied_on.competing,
        records=(e.OverrideProposed,), leads_to=(S.CLOSED,),
        applicant="We look again at whether the fund can help", staff="Propose to set a refusal aside",
    ),
    Step(
        command=c.OverrideEligibility, at=(S.CLOSED,), by=Role.APPROVER, apart=NO_HAND_BEFORE,
        rule=override.override_eligibility, guard=override.may_answer, reads=relied_on.its_round,
        further=relied_on.competing, clock="eligibility",
        records=(e.EligibilityOverridden, e.TrackChanged), leads_to=(S.ELIGIBILITY,),
        applicant="Two people who had no part in it open your application again", staff="Set a refusal aside (a second person)",
    ),
    Step(
        command=c.DeclineOverride, at=(S.CLOSED,), by=Role.APPROVER, also=(Role.OFFICER,), apart=NO_HAND_BEFORE,
        rule=override.decline_override, guard=override.may_answer, reads=relied_on.its_round, further=relied_on.competing,
        records=(e.OverrideDeclined,), leads_to=(S.CLOSED,),
        applicant="We look again at whether the fund can help", staff="Let a refusal stand (a second person)",
    ),
    Step(
        command=c.WakeApplication, at=WAITING, by=Role.MACHINE,
        rule=deferral.wake, guard=deferral.may_wake, reads=relied_on.awaited_envelope, clock="proposal",
        records=(e.Woken, e.FundsReserved), leads_to=(S.PROPOSAL,),
        applicant="We take your application up again", staff="Wake it: its day, money for it, or its review is due",
    ),
    Step(
        command=c.RecordAwaitedEvent, at=(S.DEFERRED,), by=Role.OFFICER, apart=("drafting",),
        rule=deferral.record_awaited_event, guard=deferral.may_record_awaited_event, clock="proposal",
        records=(e.AwaitedEventRecorded, e.Woken), leads_to=(S.PROPOSAL,),
        applicant="What your application waited for has happened", staff="Record that the awaited event happened",
    ),
    Step(
        command=c.ReconsiderApplication, at=WAITING, by=Role.OFFICER, apart=("drafting",),
        rule=deferral.reconsider, clock="proposal",
        records=(e.Woken,), leads_to=(S.PROPOSAL,),
        applicant="We look at your application again", staff="Reconsider a waiting application",
    ),
    Step(
        command=c.AcceptAward, at=(S.OFFER,), by=Role.REPRESENTATIVE, relation=CITY,
        rule=offer.accept, guard=offer.may_accept,
        records=(e.AwardAccepted,), leads_to=(S.DELIVERY,),
        applicant="Accept the award", staff="The city’s signatory accepts the award",
    ),
    Step(
        command=c.TurnDownAward, at=(S.OFFER,), by=Role.REPRESENTATIVE, relation=CITY,
        rule=offer.turn_down, guard=offer.may_accept, reads=relied_on.award_streams,
        records=(e.AwardTurnedDown, e.FundsReleased, e.HubDaysReleased, e.CityAwardEnded), leads_to=(S.CLOSED,),
        applicant="Turn the award down", staff="The city’s signatory turns the award down",
    ),
    Step(
        command=c.RemindOfAward, at=(S.OFFER, S.DELIVERY), by=Role.MACHINE,
        rule=offer.remind, guard=offer.may_remind,
        records=(e.AwardReminded,), leads_to=(S.OFFER, S.DELIVERY),
        applicant="We remind you of what we wait for", staff="Remind the city of the acceptance or the report",
    ),
    Step(
        command=c.LapseAward, at=(S.OFFER,), by=Role.MACHINE,
        rule=offer.lapse, guard=offer.may_lapse, reads=relied_on.award_streams,
        records=(e.AwardLapsed, e.FundsReleased, e.HubDaysReleased, e.CityAwardEnded), leads_to=(S.CLOSED,),
        applicant="The award lapses, as nobody accepted it", staff="An award was not accepted in time",
    ),
    Step(
        command=c.RecordConditionMet, at=RUNNING, by=Role.OFFICER, apart=("drafting",),
        rule=activity.record_condition, guard=activity.may_record_condition,
        records=(e.ConditionMet,), leads_to=RUNNING,
        applicant="We record that a condition is met", staff="Record that a condition is met",
    ),
    Step(
        command=c.RecordActivity, at=AWARD_OPEN, by=Role.OFFICER, apart=("drafting",), sets_terms=True,
        rule=activity.record_activity, reads=relied_on.leading_and_asked_hubs,
        records=(e.ActivityHeld,), leads_to=AWARD_OPEN,
        applicant="We record an activity that was held", staff="Record an activity that was held",
    ),
    Step(
        command=c.HandInReport, at=(S.DELIVERY,), by=Role.REPRESENTATIVE, relation=CITY,
        rule=activity.hand_in_report,
        records=(e.ReportReceived, e.CityReportReceived), leads_to=(S.REPORTED,),
        applicant="Hand in your report", staff="The city hands in its report",
    ),
    Step(
        command=c.MissReport, at=(S.DELIVERY,), by=Role.MACHINE,
        rule=activity.miss_report, guard=activity.may_miss_report,
        records=(e.ReportMissed, e.CityReportMissed), leads_to=(S.DELIVERY,),
        applicant="Your report is overdue", staff="A report is overdue",
    ),
    Step(
        command=c.ReturnReport, at=(S.REPORTED,), by=Role.OFFICER, apart=("drafting",),
        rule=activity.return_report,
        records=(e.ReportReturned,), leads_to=(S.DELIVERY,),
        applicant="We ask you for another report", staff="Return the report",
    ),
    Step(
        command=c.CloseAward, at=(S.REPORTED,), by=Role.OFFICER, apart=("drafting",), sets_terms=True,
        rule=activity.close, guard=activity.may_close, reads=relied_on.award_streams,
        records=(e.AwardClosed, e.FundsReleased, e.HubDaysReleased, e.CityAwardEnded), leads_to=(S.CLOSED,),
        applicant="We close the award", staff="Close the award and release what it did not use",
    ),
    Step(
        command=c.ReportIncident, at=AWARD_OPEN, by=Role.REPRESENTATIVE, also=(Role.COORDINATOR, Role.OFFICER, Role.APPROVER),
        relation=Relation.IS_NEAR, in_person=True,
        rule=incident.report, guard=incident.may_report,
        records=(e.IncidentReported, e.AwardSuspended), leads_to=AWARD_OPEN,
        applicant="Report an incident", staff="Report an incident under an award",
    ),
    Step(
        command=c.AskScreening, at=(S.DELIVERY, S.SUSPENDED), by=Role.MACHINE,
        rule=incident.ask_screening, guard=incident.may_ask_screening,
        records=(e.ScreeningAsked,), leads_to=(S.DELIVERY, S.SUSPENDED),
        applicant="We look again whether the support harms nobody", staff="The safeguards were looked at too long ago",
    ),
    Step(
        command=c.ScreenAward, at=AWARD_OPEN, by=Role.OFFICER, apart=("drafting", "reporting"),
        rule=incident.screen, guard=incident.may_screen, reads=relied_on.routed_and_asked_hubs,
        records=(e.SafeguardsRecorded, e.MitigationAgreed, e.SignatureAsked, e.AwardSuspended, e.MitigationAsked), leads_to=AWARD_OPEN,
        applicant="We look again whether the support harms nobody", staff="Look at the safeguards again",
    ),
    Step(
        command=c.ReportMitigation, at=OFFERED, by=Role.REPRESENTATIVE, relation=CITY,
        rule=mitigation.report, guard=mitigation.may_report,
        records=(e.MitigationReported,), leads_to=OFFERED,
        applicant="Report that a safeguard of yours is done", staff="The city reports that a safeguard is done",
    ),
    Step(
        command=c.ReportMitigationOfHub, at=OFFERED, by=Role.COORDINATOR, relation=HUB, apart=("drafting",),
        rule=mitigation.report_of_hub, guard=mitigation.may_report_of_hub,
        records=(e.MitigationRecorded,), leads_to=OFFERED,
        applicant="The hub reports that a safeguard is done", staff="A hub reports that a safeguard is done",
    ),
    Step(
        command=c.RecordMitigationDone, at=OFFERED, by=Role.OFFICER, apart=("drafting",),
        rule=mitigation.record_done, guard=mitigation.may_record_done,
        records=(e.MitigationRecorded,), leads_to=OFFERED,
        applicant="We record that a safeguard is done", staff="Record that a safeguard is done",
    ),
    Step(
        command=c.GiveUpMitigation, at=OFFERED, by=Role.OFFICER, also=(Role.APPROVER,), apart=("drafting",),
        rule=mitigation.give_up, guard=mitigation.may_give_up,
        records=(e.MitigationGivenUp,), leads_to=OFFERED,
        applicant="A safeguard is not awaited any more", staff="Give a safeguard up, for a reason",
    ),
    Step(
        command=c.RemindMitigation, at=LIVE, by=Role.MACHINE,
        rule=mitigation.remind, guard=mitigation.may_remind,
        records=(e.MitigationReminded,), leads_to=LIVE,
        applicant="We remind you of a safeguard", staff="Remind whoever owes a safeguard",
    ),
    Step(
        command=c.MissMitigation, at=LIVE, by=Role.MACHINE,
        rule=mitigation.miss, guard=mitigation.may_miss,
        records=(e.MitigationMissed,), leads_to=LIVE,
        applicant="A safeguard is overdue", staff="A safeguard is overdue",
    ),
    Step(
        command=c.SuspendAward, at=RUNNING, by=Role.OFFICER, also=(Role.APPROVER,), apart=("drafting",),
        rule=suspension.suspend,
        records=(e.AwardSuspended,), leads_to=(S.SUSPENDED,),
        applicant="We suspend the award", staff="Suspend the award until a day of review",
    ),
    Step(
        command=c.ResumeAward, at=(S.SUSPENDED,), by=Role.OFFICER, also=(Role.APPROVER,), apart=("drafting",),
        rule=suspension.resume, guard=suspension.may_resume, reads=relied_on.leading_and_asked_hubs,
        records=(e.AwardResumed, e.MitigationAsked), leads_to=(S.DELIVERY, S.REPORTED),
        applicant="The award goes on", staff="Resume the award",
    ),
    Step(
        command=c.AskTermination, at=RUNNING, by=Role.OFFICER, also=(Role.APPROVER,), apart=("drafting",),
        rule=suspension.ask_termination,
        records=(e.TerminationAsked,), leads_to=(S.TERMINATION,),
        applicant="Somebody asks to end the award early", staff="Ask to end the award early",
    ),
    Step(
        command=c.RelinquishAward, at=(S.DELIVERY, S.SUSPENDED), by=Role.REPRESENTATIVE, relation=CITY,
        rule=suspension.relinquish, guard=suspension.may_relinquish,
        records=(e.AwardRelinquished,), leads_to=(S.TERMINATION,),
        applicant="Give the award up", staff="The city’s signatory gives the award up",
    ),
    Step(
        command=c.WithdrawTermination, at=(S.TERMINATION,), by=Role.OFFICER, also=(Role.APPROVER,),
        relation=Relation.ASKED_THE_END, apart=("drafting",), in_person=True,
        rule=suspension.withdraw_termination, guard=suspension.may_go_on, reads=relied_on.asked_hubs,
        records=(e.TerminationWithdrawn, e.AwardSuspended, e.MitigationAsked), leads_to=RUNNING,
        applicant="It is not asked any more to end the award early", staff="Do not ask any more to end the award early",
    ),
    Step(
        command=c.RefuseTermination, at=(S.TERMINATION,), by=Role.APPROVER, apart=ENDING,
        rule=suspension.refuse_termination, guard=suspension.may_go_on, reads=relied_on.asked_hubs,
        records=(e.TerminationRefused, e.AwardSuspended, e.MitigationAsked), leads_to=RUNNING,
        applicant="The award is not ended early", staff="Refuse to end the award early (a second person)",
    ),
    Step(
        command=c.TerminateAward, at=(S.TERMINATION,), by=Role.APPROVER, apart=ENDING, sets_terms=True,
        rule=suspension.terminate, reads=relied_on.award_streams, clock="letter",
        records=(e.AwardTerminated, e.FundsReleased, e.HubDaysReleased, e.CityAwardEnded), leads_to=(S.LETTER,),
        applicant="The award ends early", staff="End the award early (a second person)",
    ),
)  # fmt: skip


def _register(command: type[c.Command], by: Role, rule: Rule, event: type[Event], staff: str, reads: Reads | None = None) -> Step:
    row = Step(command=command, by=by, rule=rule, records=(event,), applicant="", staff=staff)
    return msgspec.structs.replace(row, reads=reads) if reads else row


ADMINISTRATOR, FINANCE = Role.ADMINISTRATOR, Role.FINANCE
SPEAKS = Relation.SPEAKS_FOR_CITY
TWICE: tuple[e.Duty, ...] = ("asking", "determining")
"""Admission takes two people of the fund: one determines the territory, another admits or declines."""

MEMBERSHIP_STEPS = (
    Step(
        command=c.AskMembership, by=Role.REPRESENTATIVE, relation=SPEAKS,
        rule=membership.ask, guard=membership.may_ask, clock="ask",
        records=(e.MembershipAsked,), applicant="", staff="Ask for membership",
    ),
    Step(
        command=c.WithdrawMembershipAsk, by=Role.REPRESENTATIVE, relation=SPEAKS,
        rule=membership.withdraw_ask, guard=membership.is_asked,
        records=(e.MembershipAskWithdrawn,), applicant="", staff="Withdraw the ask for membership",
    ),
    Step(
        command=c.AttestPrinciples, by=Role.REPRESENTATIVE, relation=SPEAKS,
        rule=membership.attest, guard=membership.may_attest,
        records=(e.PrinciplesAttested,), applicant="", staff="Attest the guiding principles",
    ),
    Step(
        command=c.RecordNewLeadership, by=ADMINISTRATOR,
        rule=membership.record_new_leadership, clock="attest_again",
        records=(e.LeadershipChanged,), applicant="", staff="Record that a city has a new leadership",
    ),
    Step(
        command=c.DetermineTerritory, by=Role.OFFICER, apart=("asking",),
        rule=membership.determine, guard=membership.may_determine, clock="second_look",
        records=(e.TerritoryDetermined,), applicant="", staff="Determine whether the territory meets the rule",
    ),
    Step(
        command=c.AdmitMember, by=Role.APPROVER, apart=TWICE,
        rule=membership.admit, guard=membership.may_admit,
        records=(e.MemberAdmitted,), applicant="", staff="Admit a member (a second person)",
    ),
    Step(
        command=c.DeclineMembership, by=Role.APPROVER, apart=TWICE,
        rule=membership.decline, guard=membership.is_asked,
        records=(e.MembershipDeclined,), applicant="", staff="Decline membership (a second person)",
    ),
    Step(
        command=c.SuspendMembership, by=Role.APPROVER,
        rule=membership.suspend, guard=membership.may_suspend,
        records=(e.MembershipSuspended,), applicant="", staff="Suspend a membership",
    ),
    Step(
        command=c.ResumeMembership, by=Role.APPROVER,
        rule=membership.resume, guard=membership.may_resume,
        records=(e.MembershipResumed,), applicant="", staff="Resume a membership",
    ),
    Step(
        command=c.RequestRepresentative, by=Role.REPRESENTATIVE,
        rule=membership.request_representative, reads=relied_on.named_person, clock="representative",
        records=(e.RepresentativeRequested,), applicant="", staff="Ask that a representative be confirmed",
    ),
    Step(
        command=c.RefuseRepresentative, by=ADMINISTRATOR,
        rule=membership.refuse_representative,
        records=(e.RepresentativeRefused,), applicant="", staff="Refuse a representative",
    ),
)  # fmt: skip

OFFICER = Role.OFFICER
STANDING = (OFFICER, Role.ASSESSOR, Role.EXPERT, Role.COORDINATOR, Role.APPROVER, FINANCE, Role.AUDITOR)
"""Who declares what ties them to a city or to who would deliver: everybody with a role."""


def _of_a_round(command: type[c.Command], by: Role, rule: Rule, event: type[Event], staff: str, reads: Reads) -> Step:
    return Step(command=command, by=by, rule=rule, reads=reads, records=(event,), applicant="", staff=staff)


def _of_its_files(command: type[c.Command], by: Role, rule: Rule, event: type[Event], staff: str) -> Step:
    """What is done of a round, and with it of every file in it."""
    return msgspec.structs.replace(
        _of_a_round(command, by, rule, event, staff, relied_on.its_files), at=(S.RANKING,), further=relied_on.named_in_its_files
    )


ROUND_STEPS = (
    _of_a_round(c.OpenRound, OFFICER, competition.open_round, e.RoundOpened, "Open a round",
                lambda round, command, programme: (command.envelope,)),
    _of_a_round(c.CancelRound, OFFICER, competition.cancel_round, e.RoundCancelled, "Cancel a round", lambda round, command, programme: ()),
    _of_a_round(c.CloseRound, Role.MACHINE, competition.close_round, e.RoundClosed, "The closing instant has passed",
                lambda round, command, programme: ()),
    _of_its_files(c.RankRound, OFFICER, competition.rank_round, e.RoundRanked, "Rank a round"),
    _of_its_files(c.DrawLine, Role.APPROVER, competition.draw_line, e.LineDrawn, "Draw the line"),
)  # fmt: skip

REGISTER_STEPS = (
    *MEMBERSHIP_STEPS,
    *ROUND_STEPS,
    _register(c.RegisterCity, ADMINISTRATOR, register.register_city, e.CityRegistered, "Register a city"),
    Step(
        command=c.RecordTier, by=ADMINISTRATOR, rule=register.record_tier, reads=lambda city, command, programme: (command.within,),
        further=tier.around_the_outer, records=(e.TierRecorded, e.TierInsideRecorded),
        applicant="", staff="Record that a city lies within another",
    ),
    _register(c.RecordMembership, ADMINISTRATOR, register.record_membership, e.MembershipRecorded, "Record membership"),
    _register(c.EndMembership, ADMINISTRATOR, register.end_membership, e.MembershipEnded, "End membership"),
    _register(c.ConfirmRepresentative, ADMINISTRATOR, register.confirm_representative, e.RepresentativeConfirmed,
              "Confirm a representative", relied_on.named_person),
    _register(c.EndRepresentative, ADMINISTRATOR, register.end_representative, e.RepresentativeEnded, "End a representation"),
    _register(c.OpenHub, ADMINISTRATOR, register.open_hub, e.HubOpened, "Open {a_hub}"),
    _register(c.SuspendHub, ADMINISTRATOR, register.suspend_hub, e.HubSuspended, "Suspend {a_hub}"),
    _register(c.ResumeHub, ADMINISTRATOR, register.resume_hub, e.HubResumed, "Let {a_hub} resume its work"),
    _register(c.CloseHub, ADMINISTRATOR, register.close_hub, e.HubClosed, "Close {a_hub}"),
    _register(c.OpenEnvelope, FINANCE, register.open_envelope, e.EnvelopeOpened, "Open an envelope"),
    Step(
        command=c.ReceiveContribution, by=FINANCE, rule=contribution.receive_contribution, reads=relied_on.giving_city,
        records=(e.ContributionReceived, e.CityContributed), applicant="", staff="Record a contribution",
    ),
    _register(c.ReduceContribution, FINANCE, contribution.reduce_contribution, e.ContributionReduced, "Reduce a contribution"),
    _register(c.ReleaseFunds, FINANCE, contribution.release_funds, e.FundsReleased,
              "Release what an award did not use", lambda envelope, command, programme: (command.application,)),
    _register(c.RecordRate, FINANCE, rates.record_rate, e.RateRecorded, "Record an exchange rate"),
    _register(c.RegisterPerson, ADMINISTRATOR, register.register_person, e.PersonRegistered, "Register a person"),
    _register(c.GrantRole, ADMINISTRATOR, register.grant_role, e.RoleGranted, "Grant a role"),
    _register(c.RevokeRole, ADMINISTRATOR, register.revoke_role, e.RoleRevoked, "Revoke a role"),
    _register(c.RecordAffiliation, ADMINISTRATOR, register.record_affiliation, e.AffiliationRecorded,
              "Record that a person belongs to a city", lambda person, command, programme: (command.city,)),
    Step(
        command=c.DeclareInterest, by=ADMINISTRATOR, also=STANDING, in_person=True,
        rule=conflict.declare_interest, reads=lambda person, command, programme: (command.city,) if command.city else (),
        records=(e.InterestDeclared,), applicant="", staff="Declare a standing interest",
    ),
    _register(c.EndInterest, ADMINISTRATOR, conflict.end_interest, e.InterestEnded, "Record that a standing interest ended"),
    # Anybody may: the rule asks that it is for themselves.
    _register(c.ChooseMessages, Role.REPRESENTATIVE, register.choose_messages, e.MessagesChosen, "Choose how messages come"),
    Step(
        command=c.DelegateRole, by=OFFICER, also=(Role.COORDINATOR, Role.APPROVER, FINANCE), in_person=True,
        rule=delegation.delegate_role, records=(e.RoleDelegated,), applicant="", staff="Lend a role to somebody, from day to day",
    ),
    Step(
        command=c.EndDelegation, by=ADMINISTRATOR, also=(OFFICER, Role.COORDINATOR, Role.APPROVER, FINANCE), in_person=True,
        rule=delegation.end_delegation, records=(e.DelegationEnded,), applicant="", staff="Take a lent role back",
    ),
    _register(c.RecordAbsence, ADMINISTRATOR, register.record_absence, e.AbsenceRecorded, "Record that a person is away"),
    _register(c.ErasePerson, ADMINISTRATOR, register.erase_person, e.PersonErased, "Erase a person’s data"),
    _register(c.ProposeProgramme, ADMINISTRATOR, adoption.propose_programme, e.ProgrammeProposed, "Propose a programme version"),
    _register(c.WithdrawProposal, ADMINISTRATOR, adoption.withdraw_proposal, e.ProposalWithdrawn, "Withdraw a proposed version"),
    Step(
        command=c.AdoptProgramme, by=ADMINISTRATOR, rule=adoption.adopt_programme, records=(e.ProgrammeAdopted, e.ProgrammeSuperseded),
        applicant="", staff="Adopt a programme version (a second person)",
    ),
    _register(c.RenumberPriority, ADMINISTRATOR, adoption.renumber_priority, e.PriorityRenumbered, "Correct a priority’s number"),
    _register(c.RecordSealedRead, ADMINISTRATOR, register.record_sealed_read, e.SealedRead, "Record a reading of sealed texts"),
)  # fmt: skip

WORKFLOW: tuple[Step, ...] = APPLICATION_STEPS + REGISTER_STEPS
STEPS: dict[type[c.Command], Step] = {step.command: step for step in WORKFLOW}


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A stage in which a file waits: who owns it, which clock of its track runs, and what applicant and staff are told.

    clock: None where a file is closed, and where the rules of awards or of a suspension say until when.
    """

    owners: tuple[Role, ...]
    clock: str | None
    applicant: str
    staff: str


STAGES: dict[Stage, Waiting] = {
    S.DRAFT: Waiting(
        owners=(Role.REPRESENTATIVE,), clock="draft",
        applicant="You are writing your application", staff="With the city: draft",
    ),
    S.COMPLETENESS: Waiting(
        owners=(Role.OFFICER,), clock="completeness",
        applicant="We are checking that nothing is missing", staff="Check completeness",
    ),
    S.ELIGIBILITY: Waiting(
        owners=(Role.OFFICER, Role.COORDINATOR), clock="eligibility",
        applicant="We are checking that the fund can help", staff="Check eligibility; the opinion {of_the_hub} is asked beside it",
    ),
    S.ASSESSMENT: Waiting(
        owners=(Role.ASSESSOR, Role.OFFICER), clock="assessment",
        applicant="People are reading your application independently", staff="Assess the alignment",
    ),
    S.MODERATION: Waiting(
        owners=(Role.OFFICER,), clock="moderation",
        applicant="People are reading your application independently", staff="Moderate scores that are far apart",
    ),
    S.COORDINATION: Waiting(
        owners=(Role.OFFICER, Role.COORDINATOR), clock="coordination",
        applicant="We are agreeing with {the_hub} how to help", staff="Close coordination with {the_hub}",
    ),
    S.RANKING: Waiting(
        owners=(Role.OFFICER, Role.APPROVER, Role.MACHINE), clock="ranking",
        applicant="All applications of the round are being put in order", staff="Rank the round, then draw its line",
    ),
    S.PROPOSAL: Waiting(
        owners=(Role.OFFICER,), clock="proposal",
        applicant="We are preparing the decision", staff="Prepare the proposal",
    ),
    S.DECISION: Waiting(
        owners=(Role.APPROVER,), clock="decision",
        applicant="A decision is being made", staff="Decide",
    ),
    S.ON_HOLD: Waiting(
        owners=(Role.OFFICER, Role.MACHINE), clock=None,
        applicant="Your application is suspended", staff="Suspended before a decision: wait for its day, or let it go on",
    ),
    S.LETTER: Waiting(
        owners=(Role.MACHINE,), clock="letter",
        applicant="Your letter is being written", staff="The letter is being issued",
    ),
    S.DEFERRED: Waiting(
        owners=(Role.OFFICER, Role.MACHINE), clock="deferral",
        applicant="The decision is put off", staff="Deferred: wait for its day or its event",
    ),
    S.WAITING_LIST: Waiting(
        owners=(Role.OFFICER, Role.MACHINE), clock="waiting_list",
        applicant="You are on the waiting list", staff="On the waiting list for money",
    ),
    S.APPEAL_LODGED: Waiting(
        owners=(Role.OFFICER, Role.APPROVER), clock="appeal_admission",
        applicant="We are looking at whether your appeal can be heard", staff="Say whether the appeal is heard",
    ),
    S.APPEAL: Waiting(
        owners=(Role.APPROVER,), clock="appeal",
        applicant="People who had no part in it are deciding your appeal", staff="Decide the appeal",
    ),
    S.CORRECTION: Waiting(
        owners=(Role.OFFICER, Role.APPROVER), clock="appeal_admission",
        applicant="People who had no part in it look at the error that was named", staff="Answer whether a fact in the decision is wrong",
    ),
    S.OFFER: Waiting(
        owners=(Role.REPRESENTATIVE, Role.MACHINE), clock=None,
        applicant="The award waits for your acceptance", staff="With the city: accept the award",
    ),
    S.DELIVERY: Waiting(
        owners=(Role.REPRESENTATIVE, Role.OFFICER, Role.MACHINE), clock=None,
        applicant="Support is under way; then comes your report", staff="Support is under way; the city reports",
    ),
    S.REPORTED: Waiting(
        owners=(Role.OFFICER,), clock=None,
        applicant="We are reading your report", staff="Read the report, then close the award",
    ),
    S.SUSPENDED: Waiting(
        owners=(Role.OFFICER, Role.APPROVER), clock=None,
        applicant="The award is suspended", staff="Suspended: review it, then resume it or ask to end it",
    ),
    S.TERMINATION: Waiting(
        owners=(Role.APPROVER,), clock=None,
        applicant="The early end of the award is being decided", staff="Decide whether the award ends early",
    ),
    S.CLOSED: Waiting(owners=(), clock=None, applicant="Your application is closed", staff="Closed"),
}  # fmt: skip


def is_register(state: State) -> bool:
    return not isinstance(state, Application)
