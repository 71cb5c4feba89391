"""Rules of the draft: starting, saving sections, submitting, returning, withdrawing."""

import re
from datetime import datetime

import msgspec

from fund.domain import commands as c
from fund.domain import competition, consent, consultation, overlap, safeguards, track
from fund.domain import events as e
from fund.domain.application import Application, missing_sections
from fund.domain.calendar import check_near, end_of_day
from fund.domain.deferral import ended
from fund.domain.event import Event
from fund.domain.facts import Facts, On
from fund.domain.programme import Entry
from fund.domain.refusal import Refusal
from fund.domain.round import Round
from fund.domain.sections import (
    TEXT_LIMITS,
    Alignment,
    AnySection,
    Applicant,
    Resources,
    Results,
    Safeguards,
    Support,
    section_digest,
    section_name,
)
from fund.domain.texts import check_not_blank
from fund.domain.window import check_ahead

LANGUAGE = re.compile("[a-z]{2,3}")
"""ISO 639 codes of two or three letters; any language of the world may be asked for."""


def start(file: Application, command: c.StartApplication, facts: Facts) -> tuple[Event, ...]:
    if command.language not in facts.programme.languages:
        raise Refusal("language.unknown", field="language", language=command.language)
    facts.city(command.city)
    due, days = facts.due("draft", file, by=facts.days_of_city(command.city, file))
    started = e.ApplicationStarted(reference=command.reference, city=command.city, language=command.language, due=due, calendar=days)
    return (started,)


def save_section(file: Application, command: c.SaveSection, facts: Facts) -> tuple[Event, ...]:
    check_section(file, command.section, facts)
    digest = section_digest(command.section, command.salt)
    saved = e.SectionSaved(section=command.section, digest=digest, salt=command.salt)
    return (saved, *consent.invitations(file, command.section, facts))


def may_submit(file: Application, facts: Facts) -> None:
    """Only a confirmed signatory submits, and only a complete file: the city's own consent."""
    if not facts.city(file.city).represented_by(facts.actor.id, "signatory"):
        raise Refusal("submission.signatory_needed")
    missing = missing_sections(file, safeguards=facts.programme.safeguards is not None)
    if missing:
        raise Refusal("application.incomplete", field=missing[0], sections=missing)
    safeguards.may_submit(file, facts)
    consent.may_submit(file, facts)
    valid_to = facts.programme.catalogue.valid_to
    if not facts.programme.intake_after_expiry and facts.today > valid_to:
        raise Refusal("programme.expired", valid_to=valid_to)


def submit(file: Application, command: c.SubmitApplication, facts: Facts) -> tuple[Event | On, ...]:
    for section in file.sections.values():
        check_section(file, section, facts)
    round = competition.entering(file, command, facts)
    chosen = None if file.submission else track.choose(file, round, command.seed, facts)
    there = msgspec.structs.replace(file, track=chosen.track) if chosen else file
    why = (chosen,) if chosen else track.resubmitted(file, facts)
    return (_submitted(there, round, facts), *why, *competition.entered(file, round, facts))


def _submitted(file: Application, round: Round | None, facts: Facts) -> e.ApplicationSubmitted:
    alignment, resources = file.section(Alignment), file.section(Resources)
    assert alignment, "a file without missing sections has it"
    assert resources, "a file without missing sections has it"
    if round and round.opened:
        competition.check_fits(file, round.opened)
    due, days = facts.due("completeness", file)
    regions = consultation.regions_of(file, facts)
    return e.ApplicationSubmitted(
        city=file.city,
        beneficiaries=file.cities[1:],
        members=tuple(city for city in file.cities if facts.city(city).is_member),
        attested=tuple(city for city in file.cities if facts.city(city).has_attested(facts.programme.catalogue.version)),
        determined=tuple(city for city in file.cities if facts.city(city).meets_on(facts.today)),
        signatory=facts.actor.id,
        authorised=facts.city(file.city).represented_by(facts.actor.id, "signatory"),
        policy=facts.programme.version,
        catalogue=facts.programme.catalogue.version,
        track=facts.track(file).code,
        region=facts.city(file.city).region,
        priorities=alignment.priorities,
        amount=resources.amount,
        currency=resources.currency,
        due=due,
        calendar=days,
        round=round.id if round else None,
        sealed_until=round.opened.closes_at if round and round.opened else None,
        regions=regions,
        hubs=consultation.open_hubs(regions, facts),
        text=file.text,
        consents=consent.asked(file, facts.programme),
        giving=tuple(city for city in file.cities if facts.city(city).contributes),
        awarded=overlap.with_running_awards(file, facts),
        overdue=overlap.with_overdue_reports(file, facts),
    )


def withdraw(file: Application, command: c.WithdrawApplication, facts: Facts) -> tuple[Event | On, ...]:
    due, days = _letter_due(file, facts)
    withdrawn = e.Withdrawn(city=file.city, reason=command.reason, due=due, calendar=days)
    return (withdrawn, *competition.left(file, "withdrawn"), *ended(file))


def _letter_due(file: Application, facts: Facts) -> tuple[datetime | None, str]:
    """A city may go whatever is known of days: where its working days are not covered, the letter is due today."""
    if not file.submission:
        return None, ""
    try:
        return facts.due("letter", file)
    except Refusal:
        return end_of_day(facts.today, facts.days(file)), facts.days(file).stamp


# ── What each section may say ─────────────────────────────────────────────────


def check_section(file: Application, section: AnySection, facts: Facts) -> None:
    """Refuse the section on its first fault, naming the field. Runs on saving and again on submitting."""
    check_texts(section_name(section), section)
    match section:
        case Applicant():
            _check_applicant(file, section, facts)
        case Support():
            _check_support(file, section, facts)
        case Alignment():
            _check_alignment(section, facts)
        case Results():
            if not section.indicators:
                raise Refusal("results.indicator_needed", field="results.indicators")
        case Safeguards():
            safeguards.check_section(section, facts)
        case Resources():
            _check_resources(section, facts)


def check_texts(path: str, struct: msgspec.Struct) -> None:
    """No text is over its limit, and none that is required is blank; sealed texts were checked before they were sealed."""
    check_not_blank(struct, path)
    _check_limits(path, struct)


def _check_limits(path: str, struct: msgspec.Struct) -> None:
    for name in struct.__struct_fields__:
        value = getattr(struct, name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, str):
                _check_limit(f"{path}.{name}", part)
            elif isinstance(part, msgspec.Struct):
                _check_limits(path, part)


def _check_limit(field: str, text: str) -> None:
    limit = TEXT_LIMITS.get(field)
    if limit is not None and len(text) > limit:
        raise Refusal("text.too_long", field=field, limit=limit, length=len(text))


def _check_applicant(file: Application, section: Applicant, facts: Facts) -> None:
    field = "applicant.beneficiaries"
    if file.city in section.beneficiaries or len(set(section.beneficiaries)) < len(section.beneficiaries):
        raise Refusal("applicant.city_repeated", field=field)
    if len(section.beneficiaries) > facts.programme.limits.max_partners:
        raise Refusal("applicant.too_many_cities", field=field, limit=facts.programme.limits.max_partners)
    for city in section.beneficiaries:
        facts.city(city, field=field)
    consent.check_tiers((file.city, *section.beneficiaries), facts)
    _check_observers(file, section, facts)


def _check_observers(file: Application, section: Applicant, facts: Facts) -> None:
    """Whoever benefits does not observe as well. Anybody on the register may: a city need not be a member for it."""
    field = "applicant.observers"
    if len({file.city, *section.beneficiaries, *section.observers}) < 1 + len(section.beneficiaries) + len(section.observers):
        raise Refusal("applicant.city_repeated", field=field)
    if len(section.observers) > facts.programme.limits.max_observers:
        raise Refusal("applicant.too_many_cities", field=field, limit=facts.programme.limits.max_observers)
    for city in section.observers:
        facts.city(city, field=field)


def _check_support(file: Application, section: Support, facts: Facts) -> None:
    if not (section.design or section.delivery):
        raise Refusal("support.design_or_delivery", field="support.design")
    if not section.formats:
        raise Refusal("support.format_needed", field="support.formats")
    _known(section.formats, facts.programme.catalogue.formats, "support.formats")
    if not 1 <= section.days <= facts.programme.limits.max_days:
        raise Refusal("support.days_out_of_range", field="support.days", limit=facts.programme.limits.max_days)
    if not section.languages:
        raise Refusal("support.language_needed", field="support.languages")
    for language in section.languages:
        if not LANGUAGE.fullmatch(language):
            raise Refusal("language.malformed", field="support.languages", language=language)
    if section.participants < 1:
        raise Refusal("support.participants_needed", field="support.participants")
    if section.ends_on < section.starts_on:
        raise Refusal("support.window_reversed", field="support.ends_on")
    check_ahead(file, section, facts)
    check_near(section.starts_on, facts.today, "support.starts_on")
    check_near(section.ends_on, facts.today, "support.ends_on")


def _check_alignment(section: Alignment, facts: Facts) -> None:
    _known((section.primary.priority,), facts.programme.catalogue.priorities, "alignment.primary")
    _known(section.priorities[1:], facts.programme.catalogue.priorities, "alignment.secondary")
    _known(section.results, facts.programme.catalogue.results, "alignment.results")
    impacts = {result.code for result in facts.programme.catalogue.results if result.level == "impact"}
    if not section.results or impacts & set(section.results):
        raise Refusal("alignment.result_needed", field="alignment.results", impacts=tuple(sorted(impacts)))
    if len(set(section.priorities)) < len(section.priorities):
        raise Refusal("alignment.priority_repeated", field="alignment.secondary")
    if len(section.secondary) > 2:
        raise Refusal("alignment.too_many_priorities", field="alignment.secondary")


def _check_resources(section: Resources, facts: Facts) -> None:
    limit = facts.programme.limits.max_amount.get(section.currency)
    if limit is None:
        raise Refusal("money.unknown_currency", field="resources.currency", currency=section.currency)
    if not 1 <= section.amount <= limit:
        raise Refusal("money.out_of_range", field="resources.amount", limit=limit, currency=section.currency)


def _known(codes: tuple[str, ...], entries: tuple[Entry, ...], field: str) -> None:
    known = {entry.code for entry in entries}
    if len(set(codes)) < len(codes):
        raise Refusal("code.repeated", field=field)
    for code in codes:
        if code not in known:
            raise Refusal("code.unknown", field=field, value=code)
