"""Rules of completeness and eligibility: returning, confirming, machine facts, persons' checks, refusing."""

from collections.abc import Callable

from fund.domain import commands as c
from fund.domain import competition, consultation, safeguards, track
from fund.domain import events as e
from fund.domain.application import Application, missing_sections
from fund.domain.brevity import INELIGIBLE, check_brief
from fund.domain.deferral import ended
from fund.domain.event import Event
from fund.domain.facts import Facts, On
from fund.domain.programme import Check, Programme
from fund.domain.refusal import Refusal
from fund.domain.sections import SECTIONS, Alignment, Support, section_name
from fund.domain.window import check_ahead

MACHINE_FACTS: dict[str, Callable[[Application], bool]] = {
    "lead_is_member": lambda file: file.city in _members(file),
    "beneficiaries_are_members": lambda file: set(file.cities) <= _members(file),
    "signatory_is_authorised": lambda file: file.submission is not None and file.submission.authorised,
    "has_a_priority": lambda file: bool((section := file.section(Alignment)) and section.priorities),
    "is_complete": lambda file: not missing_sections(file),
    "attestation_is_current": lambda file: file.submission is not None and set(file.cities) <= set(file.submission.attested),
    "no_conflict_is_known": lambda file: file.submission is not None and not (file.conflicts or file.submission.giving),
    "territory_is_determined": lambda file: file.submission is not None and set(file.cities) <= set(file.submission.determined),
    "no_award_runs": lambda file: file.submission is not None and not set(file.cities) & set(file.submission.awarded),
    "no_report_is_overdue": lambda file: file.submission is not None and not set(file.cities) & set(file.submission.overdue),
}
"""The pure facts a machine may decide. A programme's check names one of them. They are as of submission."""


def _members(file: Application) -> set[str]:
    return set(file.submission.members) if file.submission else set()


def return_for_completion(file: Application, command: c.ReturnForCompletion, facts: Facts) -> tuple[Event, ...]:
    known = {section_name(section) for section in SECTIONS}
    if not command.sections or not set(command.sections) <= known:
        raise Refusal("code.unknown", field="sections", value=", ".join(sorted(set(command.sections) - known)))
    due, days = facts.due("completion", file, by=facts.days_of_city(file.city, file))
    return (e.ReturnedForCompletion(sections=tuple(dict.fromkeys(command.sections)), reason=command.reason, due=due, calendar=days),)


def confirm_completeness(file: Application, command: c.ConfirmCompleteness, facts: Facts) -> tuple[Event, ...]:
    """The eligibility clock starts, and beside it the hubs of all its regions are asked, and one helps with what the city does not know.

    From here on nobody can name another window for the support: a file whose own has passed meanwhile is returned for one.
    """
    if support := file.section(Support):
        check_ahead(file, support, facts)
    due, days = facts.due("eligibility", file)
    return (e.CompletenessConfirmed(due=due, calendar=days), *consultation.requests(file, facts), *safeguards.help_asked(file, facts))


def is_for_a_machine(check: Check, file: Application) -> bool:
    """Every check of pure facts; and one that people may answer too, where the fact is on file. None whose finding was set aside."""
    if check.code in file.set_aside:
        return False
    return check.decided_by == "machine" or (check.decided_by == "machine_or_person" and MACHINE_FACTS[check.fact or ""](file))


def open_machine_checks(file: Application, programme: Programme) -> tuple[Check, ...]:
    """Those without an answer; and after a city left, those whose answer is another one for the rest."""
    return tuple(check for check in programme.checks if is_for_a_machine(check, file) and _is_open(file, check))


def _is_open(file: Application, check: Check) -> bool:
    recorded = file.checks.get(check.code)
    return recorded is None or (bool(file.left) and (recorded.result == "pass") != MACHINE_FACTS[check.fact or ""](file))


def failing(file: Application, programme: Programme) -> tuple[str, ...]:
    """Codes of the machine's checks that the file as it stands does not pass."""
    return tuple(check.code for check in programme.checks if check.decided_by == "machine" and not MACHINE_FACTS[check.fact or ""](file))


def may_run_machine_checks(file: Application, facts: Facts) -> None:
    if not open_machine_checks(file, facts.programme):
        raise Refusal("checks.already_run")


def run_machine_checks(file: Application, command: c.RunMachineChecks, facts: Facts) -> tuple[Event, ...]:
    checks = tuple(_by_machine(file, check) for check in open_machine_checks(file, facts.programme))
    return (*checks, *track.checked(file, checks, facts))


def _by_machine(file: Application, check: Check) -> e.CheckRecorded:
    holds = MACHINE_FACTS[check.fact or ""](file)
    return e.CheckRecorded(check=check.code, result="pass" if holds else "fail", evidence=f"{check.fact}: {holds}", rule=check.version)


def record_check(file: Application, command: c.RecordCheck, facts: Facts) -> tuple[Event, ...]:
    check = next((check for check in facts.programme.checks if check.code == command.check), None)
    if check is None:
        raise Refusal("code.unknown", field="check", value=command.check)
    if is_for_a_machine(check, file):
        raise Refusal("checks.decided_by_machine", field="check", check=check.code)
    recorded = e.CheckRecorded(check=check.code, result=command.result, evidence=command.evidence, rule=check.version)
    return (recorded, *track.checked(file, (recorded,), facts))


def may_confirm_eligibility(file: Application, facts: Facts) -> None:
    open_checks = tuple(check.code for check in facts.programme.checks if check.code not in file.checks)
    if open_checks:
        raise Refusal("checks.open", checks=open_checks)
    if failed := failed_checks(file):
        raise Refusal("checks.failed", checks=failed)
    track.may_go_on(file, facts)
    safeguards.may_go_on(file, facts)


def confirm_eligibility(file: Application, command: c.ConfirmEligibility, facts: Facts) -> tuple[Event, ...]:
    due, days = facts.due("assessment", file, since=file.sealed_until)
    return (e.FoundEligible(due=due, calendar=days),)


def may_refuse_eligibility(file: Application, facts: Facts) -> None:
    """A refusal names a failed check and carries a person, who recorded none of the checks."""
    track.may_refuse(file, facts)
    if not failed_checks(file):
        raise Refusal("checks.none_failed")
    safeguards.check_helped(file)


def refuse_eligibility(file: Application, command: c.RefuseEligibility, facts: Facts) -> tuple[Event | On, ...]:
    check_brief("reason", INELIGIBLE, command.reason)
    due, days = facts.due("letter", file)
    refused = e.FoundIneligible(checks=failed_checks(file), reason=command.reason, due=due, calendar=days)
    return (refused, *competition.left(file, "ineligible"), *ended(file))


def failed_checks(file: Application) -> tuple[str, ...]:
    return tuple(code for code, check in file.checks.items() if check.result == "fail")
