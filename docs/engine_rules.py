"""Rules that hold in every programme: what each says, where it comes from, and the tests that fail where it is broken.

What a programme writes as data is not here: `traceability.py` finds that by itself.
"""

from typing import NamedTuple

STRATEGY = "Strategy 2023-2025"
PAGES = "Network's web pages"
OURS = "Our proposal"


class EngineRule(NamedTuple):
    """tests: `tests/…/test_x.py::test_y`, each of which fails where the rule is broken."""

    code: str
    says: str
    source: str
    tests: tuple[str, ...]


def _in(file: str, *tests: str) -> tuple[str, ...]:
    return tuple(f"tests/{file}.py::test_{test}" for test in tests)


RULES: tuple[EngineRule, ...] = (
    # ── Bodies, hubs, members ──
    EngineRule(
        "fund-decides", "people of the fund decide, in roles that are kept apart; a committee of members decides no application",
        f"{STRATEGY}, leadership and management",
        _in("domain/test_workflow_rows", "everything_that_is_decided_by_people_is_kept_apart_from_drafting"),
    ),
    EngineRule(
        "hub-life", "a hub opens, is suspended, closes and may open again, each dated and on a basis", PAGES,
        _in("domain/test_registers", "a_hub_closes_and_may_open_again", "a_hub_is_suspended_and_resumes_or_closes"),
    ),
    EngineRule(
        "hub-as-of", "hubs are asked as they stood when the application was submitted", f"{STRATEGY}, Regional Hubs",
        _in("domain/test_consultation", "a_hub_that_opened_after_the_submission_is_not_asked_and_one_that_closed_is_not_either"),
    ),
    EngineRule(
        "hub-modes", "support goes through the hub, with it, or without one for a reason; no file passes by a hub that exists",
        f"{STRATEGY}, how the network works",
        _in(
            "domain/test_coordination", "support_goes_through_the_hub_that_accepts_delivery",
            "support_goes_with_the_hub_where_it_does_not_deliver", "without_a_hub_the_reason_is_recorded",
            "no_file_passes_by_a_hub_that_exists",
        ),
    ),
    EngineRule(
        "hub-each", "of several regions every hub gives its opinion", f"{STRATEGY}, how the network works",
        _in("domain/test_consultation", "every_hub_of_its_regions_is_asked_beside_the_others_by_the_same_day"),
    ),
    EngineRule(
        "hub-employer", "whoever would be paid to deliver discloses it and sets neither form nor cost", f"{STRATEGY}, Regional Hubs",
        _in(
            "domain/test_standing_aside", "whoever_would_be_paid_to_deliver_sets_neither_form_nor_cost",
            "an_opinion_is_recorded_together_with_what_its_author_disclosed",
        ),
    ),
    EngineRule(
        "silence", "silence past the due date is no objection and never an agreement to deliver", OURS,
        _in("domain/test_opinion", "silence_past_the_due_date_is_no_objection_and_never_an_agreement_to_deliver"),
    ),
    EngineRule(
        "members", "every city that would benefit is a member on the day of submission", f"{STRATEGY}, how the network works",
        _in(
            "domain/test_eligibility", "membership_is_judged_as_of_submission_and_not_of_today",
            "a_partner_that_was_no_member_fails_only_the_check_of_the_partners",
        ),
    ),
    EngineRule(
        "consents", "each city accepts the text by its own signatory before a joint application is submitted", OURS,
        _in(
            "domain/test_consent", "a_joint_application_is_submitted_with_every_consent_the_programme_asks_for",
            "an_edit_names_the_cities_that_must_accept_again_and_the_sections_that_changed",
        ),
    ),
    EngineRule(
        "territory", "whether a territory meets the rule of membership is a person's recorded finding; a country is never asked",
        f"{STRATEGY}, members",
        _in(
            "domain/test_membership", "a_country_is_never_asked", "what_one_person_leaves_unresolved_another_decides",
            "nobody_is_admitted_whose_territory_nobody_found_to_meet_the_rule",
        ),
    ),
    EngineRule(
        "commitment", "a city commits to each principle in word and deed, and again under a new leadership or strategy",
        f"{STRATEGY}, guiding principles",
        _in(
            "domain/test_membership", "the_signatory_answers_every_principle_in_word_and_in_deed",
            "an_attestation_ages_with_a_new_mayor_until_it_is_given_again", "an_attestation_ages_with_a_new_strategy",
        ),
    ),
    EngineRule(
        "tiers", "a borough and the city around it are not helped twice by one application", f"{STRATEGY}, about the network",
        _in("domain/test_consent", "a_borough_and_its_city_do_not_benefit_from_one_application"),
    ),
    EngineRule(
        "observers", "cities that are no members take part in activities and receive nothing", f"{STRATEGY}, how the network works",
        _in("domain/test_members_and_observers", "a_city_that_is_no_member_takes_part_in_the_activities"),
    ),
    # ── What is asked for, and given ──
    EngineRule(
        "design-delivery", "support is with design, with delivery or with both", f"{STRATEGY}, how the network works",
        _in("domain/test_draft", "support_is_design_or_delivery_or_both"),
    ),
    EngineRule(
        "peers", "peers of member cities take part, or it is said why not", f"{STRATEGY}, how the network works",
        _in("domain/test_decision", "peers_take_part_or_the_proposal_says_why_not")
        + _in("domain/test_expert", "a_peer_s_city_is_a_member"),
    ),
    EngineRule(
        "expert-pool", "experts are of the pool, are asked, and accept, decline or have a conflict",
        f"{STRATEGY}, leadership and management",
        _in("domain/test_expert", "an_expert_is_of_the_pool", "a_conflict_is_declared_before_or_after_accepting"),
    ),
    EngineRule(
        "indicators", "every application has an indicator, and works towards a result that can be its own", f"{STRATEGY}, theory of change",
        _in("domain/test_draft", "results_have_an_indicator", "a_city_works_towards_a_result_that_can_be_its_own"),
    ),
    EngineRule(
        "small-towns", "a modest request takes a shorter way, which refuses nothing", OURS,
        _in("domain/test_track", "a_modest_request_is_on_the_small_track_and_its_clock"),
    ),
    EngineRule(
        "in-kind", "what is given in kind has a value and how it was found, and is no money", f"{STRATEGY}, operations and financing",
        _in("domain/test_envelope", "what_is_given_in_kind_has_a_value_and_how_it_was_found_and_is_no_money"),
    ),
    EngineRule(
        "self-funded", "a city that pays for itself pays for no other", f"{STRATEGY}, operations and financing",
        _in("domain/test_envelope", "a_city_pays_for_itself_and_for_no_joint_application"),
    ),
    EngineRule(
        "donor-city", "a city that gave is known as a donor where it applies", f"{STRATEGY}, operations and financing",
        _in(
            "domain/test_standing_aside",
            "a_city_that_gave_is_known_as_a_donor_where_it_applies_and_what_follows_is_the_programmes_to_say",
        ),
    ),
    EngineRule(
        "open-sources", "who gives what, and for what, is public", f"{STRATEGY}, operations and financing",
        _in("pages/test_sources", "a_source_says_who_what_kind_for_what_and_how_it_was_valued"),
    ),
    # ── Checks, clocks, appeals ──
    EngineRule(
        "pure-facts", "a machine decides pure facts only and refuses nobody; no person overrules one", OURS,
        _in("domain/test_eligibility", "a_machine_refuses_nobody", "no_person_overrules_a_pure_fact"),
    ),
    EngineRule(
        "check-versions", "each check is recorded with the version of its rule", OURS,
        _in("domain/test_eligibility", "an_officer_records_a_check_with_the_version_of_its_rule"),
    ),
    EngineRule(
        "working-days", "due dates are working days of a stated calendar, stored with its version, of whose step it is", OURS,
        _in("domain/test_clarification", "an_opinion_is_due_by_the_days_of_its_hub")
        + _in("domain/test_clock", "no_date_is_wrong_in_generated_histories"),
    ),
    EngineRule(
        "stopped-clock", "a question to the city stops the clock, the answer restarts it with the days that were left", OURS,
        _in("domain/test_clarification", "the_answer_restarts_the_clock_with_the_days_that_were_left"),
    ),
    EngineRule(
        "suspended-application",
        "an application that is suspended goes back to the step it came from with the days that it had left; a file of a round never is",
        OURS,
        _in(
            "domain/test_hold", "it_goes_on_where_it_was_with_the_days_that_were_left", "a_round_waits_for_nobody",
            "a_machine_lets_it_go_on_once_its_day_is_over_and_not_before",
        ),
    ),
    EngineRule(
        "late-answers", "a question lapses after its reminders, and a late answer is refused", OURS,
        _in(
            "domain/test_clarification", "a_city_is_reminded_once_each_of_its_days_has_passed",
            "a_late_answer_is_refused_once_the_city_was_reminded_whether_or_not_a_machine_has_said_so",
        ),
    ),
    EngineRule(
        "reminded-first", "nothing lapses before its last reminder was given, and a late reminder leaves the days that it should", OURS,
        (
            *_in(
                "domain/test_clarification",
                "a_last_reminder_that_comes_late_leaves_two_days_all_the_same_and_the_clock_stands_until_they_are_over",
            ),
            *_in("domain/test_offer", "a_last_reminder_that_comes_late_leaves_the_time_that_it_should_have_left_and_says_so"),
            *_in("domain/test_opinion", "a_hub_that_is_reminded_late_has_the_two_days_all_the_same_before_its_silence_counts"),
            *_in("processes/test_agenda", "whoever_was_not_reminded_in_time_has_the_days_all_the_same_before_anything_lapses"),
        ),
    ),
    EngineRule(
        "appeals", "a refusal can be appealed against in time by each city of the file, and outsiders decide", OURS,
        _in(
            "domain/test_appeal", "every_city_of_the_file_can_appeal_against_a_refusal",
            "an_appeal_is_late_after_the_last_day_of_the_city_that_lodges_it",
            "an_unopened_letter_can_be_appealed_against_as_long_as_a_machine_would_say_that_has_not_been_there",
            "a_city_loses_no_time_while_the_appeal_of_another_is_open",
            "a_city_has_its_whole_time_from_the_letter_that_answers_the_appeal_of_another",
        ),
    ),
    EngineRule(
        "corrections", "an error in a refusal is named before an appeal; the decision falls, or the time to appeal begins anew", OURS,
        _in(
            "domain/test_correction", "it_is_asked_once_in_time_and_before_any_appeal",
            "a_decision_that_rested_on_an_error_falls_and_another_follows_it",
            "where_the_fact_stands_the_time_to_appeal_begins_anew_for_every_city",
            "the_central_team_finds_an_error_in_its_own_refusal_and_others_answer",
        ),
    ),
    EngineRule(
        "award-accepted", "an award is the city's once its signatory accepts it in time; silence lapses and frees the money", OURS,
        _in("domain/test_offer", "silence_past_the_last_day_lapses_and_the_money_is_free_for_others"),
    ),
    EngineRule(
        "award-unused", "what an award did not use goes back where it came from", f"{STRATEGY}, operations and financing",
        _in("domain/test_activity", "what_was_not_used_goes_back_when_the_award_is_closed"),
    ),
    EngineRule(
        "replacement", "whoever was chosen by name and does not come makes way for another", OURS,
        _in(
            "domain/test_replacement", "who_is_silent_past_the_due_date_makes_way_and_is_not_drawn_again",
            "a_moderator_who_is_silent_makes_way_and_it_is_every_officers_work_again",
        ),
    ),
    EngineRule(
        "why", "every outcome and every refusal names its rule, version, source and facts", OURS,
        _in("domain/test_why", "every_outcome_says_what_it_rests_on", "every_rule_has_a_version_and_but_for_the_engines_a_source"),
    ),
)  # fmt: skip
