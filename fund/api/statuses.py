"""From the code of a refusal to the HTTP status: one table, for the API and for pages."""

CODES_BY_STATUS: dict[int, str] = {
    # What was sent cannot be read at all.
    400: "json.malformed text.encoding version.malformed",
    401: "token.expired token.missing token.unknown",
    # The person, their relation to the file, or a duty they did before.
    403: """
        emergency.assessor emergency.not_opened_by_you emergency.not_yours emergency.second_person
        override.competes_with_you delegation.lender_may_not delegation.not_held delegation.not_yours
        conflict.not_yours conflict.own_act conflict.own_end conflict.paid_to_deliver conflict.recused interest.not_yours
        interest.own_end round.interest
        access.denied assessment.already_recorded decision.second_person duty.not_apart duty.own_city form.foreign
        representative.own role.own
        award.signatory_needed consent.signatory_needed
        submission.signatory_needed attestation.signatory_needed determination.second_person representative.not_yours
        round.own_city round.ranked_by_you round.scored_by_you scoring.already_recorded
        representative.own_request membership.own_city membership.not_apart programme.own_proposal
        messages.not_yours
        appeal.competes_with_you appeal.ordered_by_you correction.competes_with_you correction.ordered_by_you appeal.other_city
        duty.overturned
        incident.not_yours incident.second_person termination.not_yours
        moderator.other workflow.not_assigned workflow.not_invited workflow.not_your_city workflow.not_your_hub workflow.role_needed
    """,
    # Nothing there, or nothing for this reader. A thing that a *body* names and nobody knows is 422.
    404: "letter.not_issued message.unknown page.not_found reference.invalid reference.unknown request.not_found",
    405: "request.method",
    # The fund as it stands now says no; it may say yes at another time.
    409: """
        award.already_missed award.conditions_open award.no_condition_open award.none_to_remind award.not_overdue award.relinquished
        award.too_late
        draft.already_reminded draft.never_lapses draft.not_past_due draft.not_reminded
        conflict.already_declared conflict.donor_city conflict.look_again conflict.none_to_end conflict.nothing_to_look_at
        emergency.already emergency.holds_it emergency.none_asked emergency.over
        override.already_proposed override.appealed override.not_proposed override.nothing_to_override
        delegation.already delegation.holds_it interest.already_declared interest.nothing_to_bring
        message.not_given_up
        consent.missing consent.nothing_open consent.other_text consent.partner_left
        assessment.by_points assessor.round_open round.above_line round.already_closed round.already_open round.already_ranked
        round.below_line round.cancelled round.fixed round.has_files round.line_drawn round.no_line round.no_rubric round.not_closed
        round.not_open round.not_ranked round.not_scored round.other_rubric round.still_open scoring.by_judgement
        affiliation.already_recorded application.incomplete assessor.already_assigned assessor.enough assessor.nobody_free
        moderator.already_assigned
        assessor.none_missing assessor.none_to_release assessor.not_missing moderator.not_missing moderator.not_waiting
        assessor.not_waiting calendar.not_covered checks.already_run checks.failed checks.none_failed checks.open
        city.already_registered command.other_actor coordination.delivery_not_accepted coordination.hub_exists
        coordination.lead_is_open coordination.lead_not_open
        coordination.no_hub_asked coordination.opinion_open decision.confirm_conditions decision.confirm_without_conditions
        decision.not_aligned decision.nothing_overruled decision.window_over deferral.nothing_awaited
        membership.already_recorded
        attestation.not_current determination.needed leadership.already_recorded membership.already_asked membership.not_asked
        membership.not_suspended membership.not_a_member representative.already_requested representative.not_requested
        contribution.committed envelope.already_open envelope.earmarked envelope.insufficient rate.missing
        release.by_its_end release.exceeds_commitment release.nothing_committed hub.already_open hub.already_asked hub.is_open
        hub.none_to_ask hub.not_open hub.not_suspended opinion.already_taken_over opinion.help_not_needed opinion.none_open
        opinion.none_to_remind opinion.not_with_centre
        membership.not_recorded opinion.already_answered opinion.not_asked opinion.not_yet_due person.already_registered
        person.erased policy.unknown programme.already_adopted programme.already_proposed programme.incoherent programme.none_proposed
        programme.other_proposed programme.version_used priority.number_taken priority.number_unchanged
        programme.expired proposal.not_aligned
        representative.already_confirmed representative.unknown role.already_granted role.not_granted safeguards.needed stream.moved
        safeguards.black safeguards.help_open safeguards.hub_helps safeguards.no_help_open safeguards.not_recorded safeguards.stale
        safeguards.unanswered safeguards.hub_signs safeguards.none_to_remind
        safeguards.nothing_to_sign safeguards.other_screen safeguards.own_signature
        safeguards.unsigned
        incident.no_screening_due incident.not_foreseen incident.only_ended incident.to_look_at
        mitigation.ended mitigation.none_open mitigation.none_overdue mitigation.none_to_remind mitigation.open mitigation.own_report
        clarification.ended clarification.none_open clarification.none_overdue clarification.none_to_remind clarification.not_overdue
        clarification.too_late
        expert.already_answered expert.already_asked expert.none_overdue expert.not_overdue
        staffing.already_announced staffing.enough
        track.no_fallback track.only_yes
        appeal.admissible appeal.already_lodged appeal.inadmissible appeal.not_foreseen appeal.nothing_to_appeal
        correction.already_asked correction.appealed correction.letter_unopened correction.looked_at correction.nothing_to_correct
        correction.set_aside_instead correction.too_late
        letter.already_opened letter.none_undelivered
        suspension.in_round suspension.not_yet
        waiting.covered waiting.not_yet workflow.not_now
    """,
    410: "letter.erased",
    413: "request.too_large",
    415: "upload.unsupported",
    # It can be read, and something in it is not right.
    422: """
        emergency.role emergency.unknown
        override.checks delegation.own delegation.past delegation.role delegation.too_long delegation.unknown
        activity.after_stop activity.before_acceptance activity.days_out_of_range activity.expert_not_agreed activity.nobody_delivered
        activity.nobody_took_part
        activity.other_hub activity.window_reversed appeal.checks appeal.money_needed appeal.way_back correction.fact correction.way_back
        award.condition_unknown award.spent_too_much incident.may_not_stop
        clarification.unknown conflict.unknown interest.city_or_hub interest.unknown
        applicant.cities_overlap consent.not_invited consent.not_its_signatory consent.paper_digest consent.paper_of_other_text
        consent.signed_earlier consent.signed_later tier.circle
        absence.reversed expert.city_not_member expert.not_asked expert.not_in_pool expert.not_independent expert.not_of_city
        alignment.priority_repeated alignment.result_needed alignment.too_many_priorities amount.negative amount.not_integer
        applicant.city_repeated applicant.too_many_cities assessment.priorities_differ assessor.not_independent
        moderator.not_independent moderator.role_needed
        assessor.role_needed checks.decided_by_machine city.ambiguous city.unknown code.repeated code.unknown command.malformed
        command.other_content contribution.city_needed contribution.unknown contribution.valuation_needed
        contribution.window_reversed rate.not_yet rate.out_of_range rate.same_currency
        country.unknown csv.bad_row csv.duplicate_row csv.missing_column csv.unknown_column date.invalid
        coordination.lead_needed decision.against_opinion proposal.no_such_opinion proposal.opinion_unanswered
        decision.amount_needed decision.as_proposed decision.change_needed decision.condition_needed decision.condition_past
        decision.envelope_needed decision.exceeds_proposal decision.not_what_was_approved decision.otherwise_unexplained
        decision.reason_needed decision.too_long_for_letter
        deferral.past deferral.too_long deferral.until_or_event email.invalid envelope.unknown
        field.missing hub.unknown json.unknown_field json.wrong_type language.malformed language.unknown
        letter.date list.too_long money.currency_mismatch suspension.out_of_range
        money.format money.negative money.out_of_range money.too_large money.unknown_currency opinion.hub_needed person.unknown
        proposal.exceeds_request proposal.peers_unexplained representative.choose results.indicator_needed role.scope
        safeguards.ages_needed safeguards.help_incomplete safeguards.mitigation_needed safeguards.mitigation_past safeguards.not_asked
        safeguards.note_needed safeguards.text_needed safeguards.too_low mitigation.other_office mitigation.unknown
        schema.unknown support.days_out_of_range support.design_or_delivery support.format_needed support.language_needed
        support.participants_needed support.window_over support.window_reversed text.bidi_override text.control_character text.empty
        text.too_long proposal.window_over
        round.instant round.line_too_low round.other_currency round.other_envelope round.other_priority round.standings round.unknown
        round.window scoring.criteria_differ scoring.out_of_range
        priority.number_invalid view.unknown attestation.principles_differ date.in_future date.too_far membership.proof_needed
        review.out_of_range award.review_out_of_range
    """,
    428: "version.required",
    429: "rate.limited",
    # A fault of ours.
    500: "server.failed",
    # Later, perhaps.
    503: """
        key.file_mode key.missing ledger.busy ledger.unavailable policy.changed policy.missing specimen.mixed specimen.refused
    """,
}  # fmt: skip

STATUS: dict[str, int] = {code: status for status, codes in CODES_BY_STATUS.items() for code in codes.split()}
OTHERWISE = 422
