"""Which rule says no: from the code of a refusal to the entry of the programme, or the rule of the engine, behind it.

One table, complete for every code that the fund refuses with; a test holds it beside the table of statuses.
"""

from collections.abc import Callable, Mapping

import msgspec

import fund
from fund.domain.programme import Programme
from fund.domain.refusal import Refusal

ENGINE = fund.__version__
"""Version of the rules that every programme shares."""


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """rule: `kind.code`, by which its title is found. source: in the words of the programme; empty for the engine's own."""

    rule: str
    version: str
    source: str = ""


CODES_BY_RULE: dict[str, str] = {
    # ── Rules that the programme writes ──
    "limits": """
        amount.negative amount.not_integer applicant.city_repeated applicant.too_many_cities money.currency_mismatch money.format
        money.negative money.out_of_range money.too_large money.unknown_currency support.days_out_of_range
    """,
    "two_approvers": """
        decision.confirm_conditions decision.confirm_without_conditions decision.not_what_was_approved decision.second_person
    """,
    "consent": """
        consent.missing consent.not_invited consent.not_its_signatory consent.nothing_open consent.other_text consent.paper_digest
        consent.paper_of_other_text consent.partner_left consent.signatory_needed consent.signed_earlier consent.signed_later
    """,
    "questions": """
        clarification.ended clarification.none_open clarification.none_overdue clarification.none_to_remind clarification.not_overdue
        clarification.too_late clarification.unknown
    """,
    "exchange": "rate.missing rate.not_yet rate.out_of_range rate.same_currency",
    "membership": """
        attestation.not_current attestation.principles_differ attestation.signatory_needed determination.needed leadership.already_recorded
        membership.already_asked membership.already_recorded membership.not_a_member membership.not_asked membership.not_recorded
        membership.not_suspended membership.proof_needed review.out_of_range
    """,
    "catalogue": """
        alignment.priority_repeated alignment.result_needed alignment.too_many_priorities decision.not_aligned expert.city_not_member
        programme.expired proposal.not_aligned results.indicator_needed
    """,
    "rubric": """
        assessment.by_points assessor.round_open round.above_line round.already_closed round.already_open round.already_ranked
        round.below_line round.cancelled round.fixed round.has_files round.instant round.line_drawn round.line_too_low round.no_line
        round.no_rubric round.not_closed round.not_open round.not_ranked round.not_scored round.other_currency round.other_envelope
        round.other_priority round.other_rubric round.standings round.still_open round.unknown round.window scoring.already_recorded
        scoring.by_judgement scoring.criteria_differ scoring.out_of_range suspension.in_round
    """,
    "track": """
        suspension.not_yet suspension.out_of_range
        assessor.enough deferral.too_long safeguards.needed staffing.already_announced staffing.enough track.no_fallback track.only_yes
        waiting.not_yet
    """,
    "appeals": """
        appeal.admissible appeal.already_lodged appeal.checks appeal.inadmissible appeal.money_needed
        appeal.not_foreseen appeal.nothing_to_appeal appeal.other_city appeal.way_back correction.already_asked correction.appealed
        correction.fact correction.letter_unopened correction.looked_at correction.nothing_to_correct correction.set_aside_instead
        correction.too_late correction.way_back
        letter.already_opened letter.none_undelivered
    """,
    "drafts": "draft.already_reminded draft.never_lapses draft.not_past_due draft.not_reminded",
    "awards": """
        activity.after_stop activity.before_acceptance activity.days_out_of_range activity.expert_not_agreed activity.nobody_delivered
        activity.nobody_took_part
        activity.other_hub activity.window_reversed award.already_missed award.condition_unknown award.conditions_open
        award.no_condition_open award.none_to_remind award.not_overdue award.relinquished award.review_out_of_range award.signatory_needed
        award.spent_too_much award.too_late
    """,
    "opinions": """
        decision.against_opinion decision.nothing_overruled opinion.already_answered opinion.already_taken_over opinion.help_not_needed
        opinion.hub_needed opinion.none_open
        opinion.none_to_remind opinion.not_asked opinion.not_with_centre opinion.not_yet_due proposal.no_such_opinion
        proposal.opinion_unanswered coordination.delivery_not_accepted coordination.hub_exists coordination.lead_needed
        coordination.lead_is_open coordination.lead_not_open
        coordination.no_hub_asked coordination.opinion_open hub.already_asked hub.is_open hub.none_to_ask
    """,
    "checks": "checks.already_run checks.decided_by_machine checks.failed checks.none_failed checks.open override.checks",
    "calendar": "calendar.not_covered",
    "delegation": """
        delegation.already delegation.holds_it delegation.lender_may_not delegation.not_held delegation.not_yours delegation.own
        delegation.past delegation.role delegation.too_long delegation.unknown
    """,
    "emergency": """
        emergency.already emergency.assessor emergency.holds_it emergency.none_asked emergency.not_opened_by_you emergency.not_yours
        emergency.over emergency.role emergency.second_person emergency.unknown
    """,
    "safeguards": """
        safeguards.ages_needed safeguards.black safeguards.help_incomplete safeguards.help_open safeguards.hub_helps
        safeguards.mitigation_needed safeguards.mitigation_past safeguards.no_help_open safeguards.not_asked safeguards.not_recorded
        safeguards.note_needed safeguards.stale safeguards.text_needed safeguards.too_low safeguards.unanswered
        safeguards.hub_signs safeguards.none_to_remind
        incident.may_not_stop incident.no_screening_due incident.not_foreseen incident.only_ended incident.second_person
        incident.to_look_at
        safeguards.nothing_to_sign safeguards.other_screen safeguards.own_signature safeguards.unsigned
        mitigation.ended mitigation.none_open mitigation.none_overdue mitigation.none_to_remind mitigation.open mitigation.other_office
        mitigation.own_report mitigation.unknown
    """,
    "conflicts": """
        correction.competes_with_you override.competes_with_you
        appeal.competes_with_you conflict.already_declared conflict.donor_city conflict.look_again conflict.none_to_end conflict.not_yours
        conflict.nothing_to_look_at conflict.own_act conflict.own_end conflict.paid_to_deliver conflict.recused conflict.unknown
        interest.already_declared interest.city_or_hub interest.not_yours interest.nothing_to_bring interest.own_end interest.unknown
        round.interest
    """,
    # ── Rules of the engine, the same in every programme ──
    "order": """
        application.incomplete assessment.already_recorded assessment.priorities_differ assessor.already_assigned assessor.none_missing
        assessor.none_to_release assessor.not_missing moderator.not_missing moderator.not_waiting
        assessor.nobody_free assessor.not_waiting deferral.nothing_awaited deferral.past deferral.until_or_event expert.already_answered
        expert.already_asked expert.none_overdue expert.not_asked expert.not_overdue letter.date letter.erased letter.not_issued
        override.already_proposed override.appealed override.not_proposed override.nothing_to_override
        moderator.already_assigned moderator.other support.design_or_delivery support.format_needed support.language_needed
        support.participants_needed proposal.window_over decision.window_over
        support.window_over support.window_reversed workflow.not_now stream.moved version.required
    """,
    "separation": """
        appeal.ordered_by_you correction.ordered_by_you determination.second_person duty.not_apart duty.overturned duty.own_city
        membership.not_apart
        membership.own_city programme.own_proposal representative.own representative.own_request role.own round.own_city
        round.ranked_by_you round.scored_by_you
    """,
    "independence": """
        assessor.not_independent assessor.role_needed expert.not_in_pool expert.not_independent expert.not_of_city
        moderator.not_independent moderator.role_needed
    """,
    "reasons": """
        decision.as_proposed decision.change_needed decision.condition_needed decision.condition_past decision.otherwise_unexplained
        decision.reason_needed decision.too_long_for_letter proposal.peers_unexplained
    """,
    "money": """
        contribution.city_needed contribution.committed contribution.unknown contribution.valuation_needed contribution.window_reversed
        decision.amount_needed decision.envelope_needed decision.exceeds_proposal envelope.already_open envelope.earmarked
        envelope.insufficient envelope.unknown proposal.exceeds_request release.by_its_end release.exceeds_commitment
        release.nothing_committed waiting.covered
    """,
    "access": """
        incident.not_yours termination.not_yours
        access.denied form.foreign page.not_found reference.invalid reference.unknown representative.not_yours request.not_found
        submission.signatory_needed token.expired token.missing token.unknown workflow.not_assigned workflow.not_invited
        workflow.not_your_city workflow.not_your_hub workflow.role_needed messages.not_yours
    """,
    "register": """
        absence.reversed affiliation.already_recorded applicant.cities_overlap city.already_registered city.ambiguous city.unknown
        country.unknown date.in_future hub.already_open hub.not_open hub.not_suspended hub.unknown person.already_registered
        person.erased person.unknown representative.already_confirmed representative.already_requested representative.choose
        representative.not_requested representative.unknown role.already_granted role.not_granted role.scope tier.circle
    """,
    "adoption": """
        policy.changed policy.missing policy.unknown priority.number_invalid priority.number_taken priority.number_unchanged
        programme.already_adopted programme.already_proposed programme.incoherent programme.none_proposed programme.other_proposed
        programme.version_used
    """,
    "form": """
        code.repeated code.unknown command.malformed csv.bad_row csv.duplicate_row csv.missing_column csv.unknown_column date.invalid
        date.too_far
        email.invalid field.missing json.malformed json.unknown_field json.wrong_type language.malformed language.unknown list.too_long
        request.method request.too_large schema.unknown text.bidi_override text.control_character text.empty text.encoding text.too_long
        upload.unsupported version.malformed view.unknown
    """,
    "repeat": "command.other_actor command.other_content",
    "service": """
        message.not_given_up message.unknown
        key.file_mode key.missing ledger.busy ledger.unavailable rate.limited server.failed specimen.mixed specimen.refused
    """,
}  # fmt: skip

RULE_BY_CODE: dict[str, str] = {code: rule for rule, codes in CODES_BY_RULE.items() for code in codes.split()}
OTHERWISE = "order"


def rule_of(refused: Refusal, programme: Programme) -> Rule:
    """In the version and with the source of the programme where it writes the rule; else the engine's."""
    name = RULE_BY_CODE.get(refused.code, OTHERWISE)
    return (WRITTEN[name](refused, programme) if name in WRITTEN else None) or Rule(rule=f"own.{name}", version=ENGINE)


# ── Where the programme writes them ───────────────────────────────────────────


def _from(name: str, source: Callable[[Programme], str]) -> "Written":
    """By this name, with the source found there; none where the programme has no such rule."""

    def written(refused: Refusal, programme: Programme) -> Rule | None:
        found = source(programme)
        return Rule(rule=f"own.{name}", version=programme.version, source=found) if found else None

    return written


def _of_catalogue(refused: Refusal, programme: Programme) -> Rule:
    return Rule(rule="own.catalogue", version=programme.catalogue.version, source=programme.catalogue.source)


def _of_rubric(refused: Refusal, programme: Programme) -> Rule | None:
    rubric = programme.rubric
    return Rule(rule="own.rubric", version=rubric.version, source=rubric.source) if rubric else None


def _of_track(refused: Refusal, programme: Programme) -> Rule:
    track = programme.track(refused.judged.track if refused.judged else None)
    return Rule(rule=f"track.{track.code}", version=programme.version, source=track.source)


def _of_appeals(refused: Refusal, programme: Programme) -> Rule | None:
    appeals = programme.track(refused.judged.track if refused.judged else None).appeals
    return Rule(rule="own.appeals", version=programme.version, source=appeals.source) if appeals else None


def _of_check(refused: Refusal, programme: Programme) -> Rule | None:
    found = next((check for check in programme.checks if check.code == refused.about.get("check")), None)
    return Rule(rule=f"eligibility_check.{found.code}", version=found.version, source=found.source) if found else None


def _of_conflict(refused: Refusal, programme: Programme) -> Rule | None:
    """Of the kind of interest that it speaks of."""
    if refused.code == "conflict.donor_city":
        return Rule(rule="own.conflicts", version=programme.version, source=programme.conflicts.donor_city.source)
    kind = programme.conflicts.declared.get(str(refused.about.get("interest")))
    return Rule(rule="own.conflicts", version=programme.version, source=kind.source) if kind else None


def _of_safeguards(refused: Refusal, programme: Programme) -> Rule | None:
    """In the version of the questions."""
    asked = programme.safeguards
    return Rule(rule="own.safeguards", version=asked.version, source=asked.source) if asked else None


def _of_calendar(refused: Refusal, programme: Programme) -> Rule | None:
    days = programme.calendars.get(str(refused.about.get("calendar", "")).partition("/")[0])
    return Rule(rule="own.calendar", version=days.version, source=days.source) if days else None


Written = Callable[[Refusal, Programme], Rule | None]
WRITTEN: Mapping[str, Written] = {
    "limits": _from("limits", lambda programme: programme.limits.source),
    "two_approvers": _from("two_approvers", lambda programme: ((large := programme.limits.two_approvers_from) and large.source) or ""),
    "consent": _from("consent", lambda programme: programme.consent.source if programme.consent else ""),
    "questions": _from("questions", lambda programme: programme.questions.source),
    "exchange": _from("exchange", lambda programme: programme.exchange.source if programme.exchange else ""),
    "drafts": _from("drafts", lambda programme: programme.drafts.source if programme.drafts else ""),
    "awards": _from("awards", lambda programme: programme.awards.source if programme.awards else ""),
    "membership": _from("membership", lambda programme: programme.membership.source),
    "safeguards": _of_safeguards,
    "opinions": _from("opinions", lambda programme: programme.consultation.silence.source),
    "delegation": _from("delegation", lambda programme: programme.separation.delegation.source),
    "emergency": _from("emergency", lambda programme: programme.separation.emergency.source),
    "catalogue": _of_catalogue,
    "rubric": _of_rubric,
    "track": _of_track,
    "appeals": _of_appeals,
    "checks": _of_check,
    "calendar": _of_calendar,
    "conflicts": _of_conflict,
}
