# ruff: noqa: F405
"""Why: every outcome and every refusal names the rules it rests on, in which version, from which source, and what they looked at."""

from typing import get_args

import msgspec
import pytest

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain import why
from fund.domain.application import Application
from fund.domain.event import Sealed
from fund.domain.refusal import Judged, Refusal
from fund.domain.rules import CODES_BY_RULE, ENGINE, RULE_BY_CODE, WRITTEN
from fund.domain.workflow import STEPS
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

ENDED = TO_TERMINATE + did(
    INES,
    e.AwardTerminated(
        reasons=("Nobody is left",), spent=1_000_00, released=0, currency="EUR", days_released=0, due=due("letter"), calendar=CALENDAR
    ),
)
READ = ("The gauges were read.",)
OUTCOMES: dict[e.Outcome, History] = {
    "approved": CLOSED,
    "declined": REFUSED,
    "deferred": DEFERRED,
    "waiting_list": LISTED,
    "ineligible": TURNED_DOWN,
    "terminated": ENDED,
}


def of(*history: Told) -> tuple[why.Ground, ...]:
    return why.grounds(given(*history).file(), PROGRAMME)


def refused(code: str, verb: str = "submit", **about: object) -> Refusal:
    refusal = Refusal(code, **about)
    refusal.judged = Judged(verb=verb, policy="river-1", version=7, stage="draft", track="small")
    return refusal


# ── Outcomes ──────────────────────────────────────────────────────────────────


def test_every_outcome_says_what_it_rests_on() -> None:
    assert set(why.PARTS) == set(get_args(e.Outcome))
    for outcome, history in OUTCOMES.items():
        file = given(*history).file()
        assert file.decision
        assert file.decision.outcome == outcome
        assert why.grounds(file, PROGRAMME)


def test_every_rule_has_a_version_and_but_for_the_engines_a_source() -> None:
    for history in OUTCOMES.values():
        for ground in of(*history):
            assert ground.version
            assert ground.source == "test"


def test_nothing_is_said_before_there_is_a_decision() -> None:
    assert of(*PROPOSED) == ()
    assert of() == ()


def test_an_ineligible_file_names_each_failed_check_in_the_version_it_was_answered_under() -> None:
    failed = of(*TURNED_DOWN)
    file = given(*TURNED_DOWN).file()
    assert file.decision
    assert [ground.rule for ground in failed] == [f"eligibility_check.{code}" for code in file.decision.checks]
    assert all(ground.holds is False for ground in failed)
    code = file.decision.checks[0]
    older = msgspec.structs.replace(file.checks[code], rule="0")
    before = msgspec.structs.replace(file, checks=file.checks | {code: older})
    assert why.grounds(before, PROGRAMME)[0].version == "0"


def test_a_machines_check_names_the_cities_it_does_not_hold_for() -> None:
    submission = msgspec.structs.replace(SUBMISSION, members=(LAKESIDE,), attested=(HILLTOWN,))
    file = Application(city=LAKESIDE, sections={"applicant": APPLICANT}, submission=submission)
    assert why.lacking(file, "lead_is_member") == {"cities": ()}
    assert why.lacking(file, "beneficiaries_are_members") == {"cities": (HILLTOWN,)}
    assert why.lacking(file, "attestation_is_current") == {"cities": (LAKESIDE,)}
    assert why.lacking(file, "territory_is_determined") == {"cities": (LAKESIDE, HILLTOWN)}
    assert why.lacking(file, "signatory_is_authorised") == {}
    awarded = msgspec.structs.replace(file, submission=msgspec.structs.replace(submission, awarded=(HILLTOWN,), overdue=(LAKESIDE,)))
    assert why.lacking(awarded, "no_award_runs") == {"cities": (HILLTOWN,)}
    assert why.lacking(awarded, "no_report_is_overdue") == {"cities": (LAKESIDE,)}
    assert "need" in str(why.lacking(file, "is_complete")["sections"])


def test_a_check_that_a_person_answered_names_what_they_saw_to_those_who_may_read_it() -> None:
    file = given(*TURNED_DOWN).file()
    decision = msgspec.structs.replace(file.decision, checks=("P1",))
    answered = e.CheckRecorded(check="P1", result="fail", evidence="The council says no", rule="1")

    def told(recorded: e.CheckRecorded) -> dict[str, object]:
        return why.grounds(msgspec.structs.replace(file, decision=decision, checks={"P1": recorded}), PROGRAMME)[0].facts

    assert told(answered) == {"evidence": "The council says no"}
    assert told(msgspec.structs.replace(answered, evidence=Sealed(sealed="restricted", key=FILE, at="x", box="y"))) == {}


def test_each_answered_appeal_is_told_with_its_answer_and_its_reasons() -> None:
    stands = HEARD + did(IVO, msgspec.structs.replace(UPHELD, appeal_outcome="dismissed", reasons=READ, back_to=None, envelope=None))
    answer = msgspec.structs.replace(LETTER, outcome="appeal_dismissed")
    dismissed = of(*stands, *did(TIMER, answer))[-1]
    assert (dismissed.rule, dismissed.version, dismissed.source) == ("own.appeals", "river-1", "test")
    assert dismissed.facts == {"number": 1, "city": LAKESIDE, "appeal_outcome": "dismissed", "reasons": READ}
    assert "own.appeals" not in {ground.rule for ground in of(*stands)}, "before its letter went out"
    not_heard = e.AppealNotAdmitted(number=1, inadmissible=("late",), reason="x", due=due("letter"), calendar=CALENDAR)
    letter = msgspec.structs.replace(LETTER, outcome="appeal_not_admitted")
    turned_away = of(*LATE, *did(OMAR, not_heard), *did(TIMER, letter))[-1]
    assert turned_away.facts == {"number": 1, "city": LAKESIDE, "inadmissible": ("late",), "reasons": ("x",)}


def test_a_file_that_is_decided_again_still_says_how_the_appeal_was_answered() -> None:
    upheld = of(*HEARD, *did(IVO, UPHELD), *did(TIMER, msgspec.structs.replace(LETTER, outcome="appeal_upheld")))
    assert {ground.rule: ground.facts.get("appeal_outcome") for ground in upheld}["own.appeals"] == "upheld"


def test_a_refusal_shows_findings_and_opinions_and_who_decides() -> None:
    told = {ground.rule: ground for ground in of(*REFUSED)}
    assert told["priority.FLOOD"].holds is True
    assert told["priority.FERRY"].facts == {"verdict": "partly"}
    assert told["priority.FERRY"].version == "tides-2031"
    assert told["hub.north"].facts == {"opinion": "support"}
    assert told["track.standard"].version == "river-1"


def test_an_early_end_names_the_rule_of_awards_and_what_was_given() -> None:
    ended, judged = of(*ENDED)
    assert (ended.rule, ended.facts, judged.rule) == ("own.awards", {"amount": 1_000_00, "currency": "EUR"}, "track.standard")
    plain = msgspec.structs.replace(PROGRAMME, awards=None)
    assert [ground.rule for ground in why.grounds(given(*ENDED).file(), plain)] == ["track.standard"]


def test_silence_is_told_with_what_it_means() -> None:
    history = tuple(told for told in CLOSED if told.event != OPINION) + did(TIMER, DEEMED)
    told = next(ground for ground in of(*history) if ground.rule == "hub.north")
    assert told.facts == {"meaning": PROGRAMME.consultation.silence.means, "due": DEEMED.due}


def test_an_approval_names_the_checks_that_are_met_and_why_two_approved() -> None:
    told = of(*HALF_APPROVED, *did(IVO, msgspec.structs.replace(APPROVAL, amount=4_000_00)))
    assert {"eligibility_check.M1", "eligibility_check.P2"} <= {ground.rule for ground in told}
    second = next((ground for ground in told if ground.rule == "own.two_approvers"), None)
    large = PROGRAMME.limits.two_approvers_from
    assert second
    assert large
    assert second.facts == {"amount": large.amount["EUR"], "currency": "EUR"}
    assert all(ground.rule != "own.two_approvers" for ground in of(*CLOSED))


def test_a_file_of_a_round_names_its_points_and_its_line() -> None:
    told = {ground.rule: ground for ground in of(*TO_PROPOSE, *did(INES, APPROVAL))}
    rubric = PROGRAMME.rubric
    assert rubric
    assert told["own.rubric"].facts["points"] == 80_00
    assert told["own.rubric"].facts["pass_mark"] == rubric.pass_mark
    assert told["own.line"].facts == {"place": 1, "files": 1}
    assert told["own.line"].holds is True


def test_a_wait_names_until_when_and_for_what() -> None:
    put_off = next(ground for ground in of(*DEFERRED) if ground.rule == "own.deferral")
    assert put_off.facts == {"until": DAY, "review": DEFERRAL.review}
    listed = next(ground for ground in of(*LISTED) if ground.rule == "own.waiting_list")
    assert listed.facts == {"review": IN_LINE.review, "amount": 3_500_00, "currency": "EUR"}


# ── Refused steps ─────────────────────────────────────────────────────────────


def test_no_code_has_two_rules() -> None:
    listed = [code for codes in CODES_BY_RULE.values() for code in codes.split()]
    assert len(listed) == len(set(listed))
    assert set(WRITTEN) <= set(CODES_BY_RULE)


@pytest.mark.parametrize(
    ("refusal", "rule", "version"),
    [
        (refused("clarification.too_late"), "own.questions", "river-1"),
        (refused("track.only_yes"), "track.small", "river-1"),
        (refused("programme.expired"), "own.catalogue", "tides-2031"),
        (refused("round.below_line"), "own.rubric", "oars-1"),
        (refused("checks.decided_by_machine", check="M2"), "eligibility_check.M2", "1"),
        (refused("calendar.not_covered", calendar="river/2031"), "own.calendar", "2031"),
        (refused("appeal.inadmissible"), "own.appeals", "river-1"),
        (refused("duty.not_apart"), "own.separation", ENGINE),
        (refused("workflow.not_now"), "own.order", ENGINE),
        (refused("nobody.knows"), "own.order", ENGINE),
    ],
    ids=lambda given: getattr(given, "code", None),
)
def test_a_refusal_names_its_rule_in_its_version(refusal: Refusal, rule: str, version: str) -> None:
    (ground,) = why.refused_on(refusal, PROGRAMME)
    assert (ground.rule, ground.version) == (rule, version)
    assert bool(ground.source) == (version != ENGINE)


def test_a_rule_that_the_programme_does_not_write_is_the_engines() -> None:
    bare = msgspec.structs.replace(PROGRAMME, consent=None)
    assert why.refused_on(refused("consent.missing"), bare)[0].version == ENGINE


def test_failed_checks_are_named_one_by_one() -> None:
    assert [ground.rule for ground in why.refused_on(refused("checks.failed", checks=("M1", "P2")), PROGRAMME)] == [
        "eligibility_check.M1",
        "eligibility_check.P2",
    ]


def test_a_check_names_the_cities_it_is_not_met_for_where_it_is_a_matter_of_single_cities() -> None:
    unmet = why.Ground(rule="eligibility_check.M1", version="1", holds=False, facts={"cities": (HILLTOWN,)})
    assert why.cities_lacking(unmet) == (HILLTOWN,)
    assert why.cities_lacking(msgspec.structs.replace(unmet, facts={})) == ()


def test_a_refusal_tells_what_was_looked_at_and_to_no_stranger_where_the_file_stands() -> None:
    assert why.facts_of(refused("track.only_yes", command="decline", fallback="standard")) == {"stage": "draft", "fallback": "standard"}
    assert "stage" not in why.facts_of(refused("workflow.not_your_city"))
    assert all(RULE_BY_CODE[code] == "access" for code in ("workflow.role_needed", "access.denied", "reference.unknown"))


def test_a_step_is_open_where_its_row_says() -> None:
    assert why.open_at("submit") == ("draft",)
    for step in STEPS.values():
        assert why.open_at(step.verb) == tuple(map(str, step.at)) or step.verb in {one.verb for one in STEPS.values() if one is not step}
    assert why.open_at(c.Decline.verb) == ("decision",)


def test_a_source_is_told_in_the_language_of_the_reader_and_as_it_stands_where_nothing_else_is_written() -> None:
    told = msgspec.structs.replace(PROGRAMME, sources={"Charter 4": {"en": "The charter, part 4", "fr": "La charte, partie 4"}})
    assert [told.told_source("Charter 4", one) for one in ("fr", "en", "ar")] == ["La charte, partie 4"] + ["The charter, part 4"] * 2
    assert told.told_source("Charter 5", "fr") == "Charter 5"
