"""Rules of setting a finding of ineligibility aside: by two people who had no hand in the file, one proposes it and the other confirms.

What was refused is closed. Set aside, the finding falls as by an appeal: people answer the checks that are named again, and whoever
refused decides nothing of the file any more. Decision record 0021.
"""

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.appeal import has_a_rival, is_settled, letter_of, out_of_the_round
from fund.domain.application import Application
from fund.domain.event import Event
from fund.domain.facts import Facts
from fund.domain.refusal import Refusal


def may_propose(file: Application, facts: Facts) -> None:
    _check_refused(file, facts)
    if file.override:
        raise Refusal("override.already_proposed")


def propose_override(file: Application, command: c.ProposeOverride, facts: Facts) -> tuple[Event, ...]:
    failed = file.decision.checks if file.decision else ()
    if not command.checks or not set(command.checks) <= set(failed):
        raise Refusal("override.checks", field="checks", checks=failed)
    _check_reasons(command.reasons)
    due, days = facts.due("decision", file)
    return (e.OverrideProposed(checks=command.checks, reasons=command.reasons, due=due, calendar=days),)


def may_answer(file: Application, facts: Facts) -> None:
    if file.override is None:
        raise Refusal("override.not_proposed")
    _check_refused(file, facts)


def override_eligibility(file: Application, command: c.OverrideEligibility, facts: Facts) -> tuple[Event, ...]:
    assert file.override, "the guard saw it"
    _check_reasons(command.reasons)
    due, days = facts.due("eligibility", file)
    overridden = e.EligibilityOverridden(checks=file.override.checks, reasons=command.reasons, due=due, calendar=days)
    return (overridden, *out_of_the_round(file, "override", due, days, facts))


def decline_override(file: Application, command: c.DeclineOverride, facts: Facts) -> tuple[Event, ...]:
    return (e.OverrideDeclined(reason=command.reason),)


def _check_refused(file: Application, facts: Facts) -> None:
    """As long as nobody has heard an appeal against it: what outsiders decided is not decided once more."""
    if file.decision is None or file.decision.outcome != "ineligible":
        raise Refusal("override.nothing_to_override")
    letter = letter_of(file, facts)
    if letter and is_settled(file, letter):
        raise Refusal("override.appealed")
    if has_a_rival(file, facts):
        raise Refusal("override.competes_with_you")


def _check_reasons(reasons: tuple[str, ...]) -> None:
    if not reasons:
        raise Refusal("decision.reason_needed", field="reasons")
