"""Rules of safeguards: which questions are open, what the answers ask for, and what nothing is granted without.

A machine computes what level answers ask for; a person records it, or a higher one. Amber and red are lessened by somebody until a day,
red is granted by two people or not at all, black is not granted. Nothing is granted on a level that does not hold (`signature`), or that
others have still to sign. Decision record 0024.
"""

from collections.abc import Iterable

import msgspec

from fund.domain import calendar, consultation, signature, track
from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Application
from fund.domain.event import Event
from fund.domain.facts import Facts
from fund.domain.opinion import served_hubs
from fund.domain.programme import Entry, SafeguardLevel, SafeguardPolicy, SafeguardQuestion, Trigger
from fund.domain.refusal import Refusal
from fund.domain.screen import LEVELS, Help, Screen, answers_digest
from fund.domain.sections import Alignment, SafeguardAnswer, Safeguards, Support, section_digest
from fund.domain.texts import says_something

# ── Which questions are open, and what the answers ask for ────────────────────


def answers_of(file: Application) -> dict[str, SafeguardAnswer]:
    """Question -> what is known of it: what the city says, and in the place of what it did not know what was found with help."""
    section, help = file.section(Safeguards), file.safeguard_help
    said = {one.question: one for one in (section.answers if section else ())}
    found = {one.question: one for one in (help.given.answers if help and help.given else ())}
    return said | {code: one for code, one in found.items() if code in said and said[code].answer == "unknown"}


def is_risk(question: SafeguardQuestion, answer: SafeguardAnswer | None) -> bool:
    """Unknown counts as the risky answer, and so does none."""
    return answer is None or answer.answer in (question.risky, "unknown")


def opened(file: Application, policy: SafeguardPolicy, countries: Iterable[str]) -> tuple[SafeguardQuestion, ...]:
    """The questions that this form is asked, in the order of the programme. countries: of its cities."""
    answers, there = answers_of(file), frozenset(countries)
    risks = frozenset(one.code for one in policy.questions if one.code in answers and is_risk(one, answers[one.code]))
    return tuple(one for one in policy.questions if one.opening or _holds(one.opened_by, file, risks, there))


def _holds(trigger: Trigger, file: Application, risks: frozenset[str], countries: frozenset[str]) -> bool:
    section, support, alignment = file.section(Safeguards), file.section(Support), file.section(Alignment)
    return bool(
        risks & set(trigger.answers)
        or (section and set(section.ages) & set(trigger.ages))
        or (support and set(support.formats) & set(trigger.formats))
        or (alignment and set(alignment.priorities) & set(trigger.priorities))
        or countries & set(trigger.countries)
        or (support and trigger.days is not None and support.days >= trigger.days)
        or (trigger.cities is not None and len(file.cities) >= trigger.cities)
    )


def proposed(file: Application, policy: SafeguardPolicy, countries: Iterable[str]) -> SafeguardLevel:
    """What the answers ask for, by the rules of the programme alone. An answer counts also where its question is not open any more."""
    answers, asked = answers_of(file), opened(file, policy, countries)
    risks = {one.code for one in policy.questions if (one in asked or one.code in answers) and is_risk(one, answers.get(one.code))}
    levels = [one.level for one in policy.questions if one.code in risks]
    levels += [one.level for one in policy.raises if set(one.risks) <= risks and len(risks) >= (one.at_least or 0)]
    return max(levels, key=LEVELS.index, default="green")


def countries_of(file: Application, facts: Facts) -> tuple[str, ...]:
    registered = (facts.city(city).registered for city in file.cities)
    return tuple(dict.fromkeys(one.country for one in registered if one))


# ── What the form may say, and must ───────────────────────────────────────────


def check_section(section: Safeguards, facts: Facts) -> None:
    """On saving: known questions, each once; a risk says what it is, and its note stands where one is asked for."""
    policy = facts.programme.safeguards
    if policy is None:
        raise Refusal("safeguards.not_asked", field="safeguards")
    _check_codes(section.ages, policy.ages, "safeguards.ages")
    check_answers(section.answers, policy, "safeguards.answers")
    noted = (one.question for one in section.answers if (asked := policy.question(one.question)) and one.answer == asked.risky)
    if any(question.data_protection for question in map(policy.question, noted) if question) and _is_blank(section.data_protection):
        raise Refusal("safeguards.note_needed", field="safeguards.data_protection")


def check_answers(answers: tuple[SafeguardAnswer, ...], policy: SafeguardPolicy, field: str) -> None:
    if len({one.question for one in answers}) < len(answers):
        raise Refusal("code.repeated", field=field)
    for answer in answers:
        question = policy.question(answer.question)
        if question is None:
            raise Refusal("code.unknown", field=field, value=answer.question)
        if answer.answer == question.risky and _is_blank(answer.text):
            raise Refusal("safeguards.text_needed", field=f"{field}.{answer.question}")


def _check_codes(codes: tuple[str, ...], known: tuple[Entry, ...], field: str) -> None:
    for code in codes:
        if code not in {entry.code for entry in known}:
            raise Refusal("code.unknown", field=field, value=code)


def _is_blank(text: object) -> bool:
    """Sealed texts were looked at before they were sealed."""
    return isinstance(text, str) and not says_something(text)


def may_submit(file: Application, facts: Facts) -> None:
    """Every question that is open is answered, if only with unknown."""
    policy, section = facts.programme.safeguards, file.section(Safeguards)
    if policy is None or section is None:
        return
    if not section.ages:
        raise Refusal("safeguards.ages_needed", field="safeguards.ages")
    answers = answers_of(file)
    unanswered = tuple(one.code for one in opened(file, policy, countries_of(file, facts)) if one.code not in answers)
    if unanswered:
        raise Refusal("safeguards.unanswered", field="safeguards.answers", safeguard_questions=unanswered)


# ── Help with what a city does not know ───────────────────────────────────────


def help_asked(file: Application, facts: Facts) -> tuple[e.SafeguardHelpAsked, ...]:
    """Of the first hub that is asked about the file, by its own days; of the central team where none is. With all that the city leaves
    open, unless it was all found out before: an answer to part of it would stand for the whole.
    """
    policy, section = facts.programme.safeguards, file.section(Safeguards)
    unknown = tuple(one.question for one in (section.answers if section else ()) if one.answer == "unknown")
    if policy is None or not any(one.answer == "unknown" for one in answers_of(file).values()):
        return ()
    hub = next((hub for hub in consultation.routed(file, facts.programme) if facts.hub(hub).is_open), None)
    days = facts.days_of_hub(hub, file)
    due = calendar.due(facts.now, policy.help_days, days)
    remind_at = calendar.reminder(due, policy.reminder_days, days)
    return (e.SafeguardHelpAsked(hub=hub, questions=unknown, due=due, calendar=days.stamp, remind_at=remind_at),)


def check_helped(file: Application) -> None:
    help = file.safeguard_help
    if help and help.is_open:
        raise Refusal("safeguards.help_open", due=help.due)


def _open_help(file: Application) -> Help:
    help = file.safeguard_help
    if help is None or not help.is_open:
        raise Refusal("safeguards.no_help_open")
    return help


def may_help(file: Application, facts: Facts) -> None:
    if _open_help(file).hub not in served_hubs(file, facts.actor):
        raise Refusal("workflow.not_your_hub", command=c.HelpWithSafeguards.verb)


def may_help_in_place(file: Application, facts: Facts) -> None:
    """The central team, where no hub was asked, or none is at work any more, or its time is over."""
    help = _open_help(file)
    if helping_hub(file) and facts.now <= help.due:
        raise Refusal("safeguards.hub_helps", due=help.due)


def help_with(file: Application, command: c.HelpWithSafeguards, facts: Facts) -> tuple[Event, ...]:
    return _helped(file, command.answers, command.salt, _open_help(file).hub, facts)


def help_in_place(file: Application, command: c.HelpInPlaceOfHub, facts: Facts) -> tuple[Event, ...]:
    return _helped(file, command.answers, command.salt, None, facts)


def _helped(file: Application, answers: tuple[SafeguardAnswer, ...], salt: str, hub: str | None, facts: Facts) -> tuple[Event, ...]:
    policy, asked = facts.programme.safeguards, _open_help(file).questions
    assert policy, "help is asked where questions are"
    if {one.question for one in answers} != set(asked):
        raise Refusal("safeguards.help_incomplete", field="answers", safeguard_questions=asked)
    check_answers(answers, policy, "answers")
    digest = section_digest(Safeguards(answers=answers), salt)
    return (e.SafeguardHelpGiven(hub=hub, answers=answers, digest=digest, salt=salt),)


def helping_hub(file: Application) -> str | None:
    """The hub whose help is awaited; None where none was asked, or its people answer for this file no more."""
    help = file.safeguard_help
    asked = file.opinions.get(help.hub or "") if help and help.is_open else None
    return asked.hub if asked and signature.answers(asked) else None


# ── Recording a level ─────────────────────────────────────────────────────────


def may_record(file: Application, facts: Facts) -> None:
    check_helped(file)


def record(file: Application, command: c.RecordSafeguards, facts: Facts) -> tuple[Event, ...]:
    """Never below what the answers ask for: a person may only see more in it."""
    policy = facts.programme.safeguards
    recorded = e.SafeguardsRecorded(level=command.level, reason=command.reason)
    moves = track.looked_at(file, command.level, facts)
    if policy is None or file.section(Safeguards) is None:
        return (recorded, *moves)
    return (*looked(track.after(file, moves), command, policy, facts), *moves)


def looked(file: Application, command: c.RecordSafeguards | c.ScreenAward, policy: SafeguardPolicy, facts: Facts) -> tuple[Event, ...]:
    """The level, what lessens the risk, and who is asked to sign. file: on the track that it has from here on."""
    asked_for = proposed(file, policy, countries_of(file, facts))
    if LEVELS.index(command.level) < LEVELS.index(asked_for):
        raise Refusal("safeguards.too_low", field="level", level=asked_for)
    _check_mitigations(command, facts)
    agreed = tuple(
        e.MitigationAgreed(number=number, text=one.text, owner=one.owner, due_on=one.due_on, office=one.office)
        for number, one in enumerate(command.mitigations, start=_first_number(file))
    )
    recorded = _screened(file, e.SafeguardsRecorded(level=command.level, reason=command.reason), asked_for, policy, facts)
    return (recorded, *agreed, *signature.asked(file, recorded, agreed, facts))


def _first_number(file: Application) -> int:
    """After every one that stays owed."""
    return 1 + max((one.asked.number for one in file.still_owed), default=0)


def _check_mitigations(command: c.RecordSafeguards | c.ScreenAward, facts: Facts) -> None:
    if command.level in ("amber", "red") and not command.mitigations:
        raise Refusal("safeguards.mitigation_needed", field="mitigations")
    if any(one.due_on < facts.today for one in command.mitigations):
        raise Refusal("safeguards.mitigation_past", field="mitigations")
    for one in command.mitigations:
        calendar.check_near(one.due_on, facts.today, "mitigations")


def _screened(
    file: Application, recorded: e.SafeguardsRecorded, asked_for: SafeguardLevel, policy: SafeguardPolicy, facts: Facts
) -> e.SafeguardsRecorded:
    """What was looked at, and how long that holds. file: on the track that it has from here on."""
    help, days = file.safeguard_help, facts.days(file)
    day = calendar.local_day(facts.now, days)
    return msgspec.structs.replace(
        recorded,
        questions=policy.version,
        proposed=asked_for,
        digest=answers_digest(policy.version, file.digests.get("safeguards", ""), help.given.digest if help and help.given else ""),
        text=file.text,
        cities=file.cities,
        track=facts.track(file).code,
        valid_until=calendar.end_of_day(calendar.months_after(day, policy.valid_months), days),
        calendar=days.stamp,
    )


# ── What other steps ask of it ────────────────────────────────────────────────


def _recorded(file: Application, facts: Facts) -> Screen:
    """The level that was recorded and still holds."""
    if file.screen is None:
        raise Refusal("safeguards.not_recorded")
    if why := signature.stale(file, facts.now):
        raise Refusal("safeguards.stale", stale=why)
    return file.screen


def _is_asked(file: Application, facts: Facts) -> bool:
    """Not of a file that was submitted before anything was asked."""
    return facts.programme.safeguards is not None and file.section(Safeguards) is not None


def _is_calm(file: Application, facts: Facts) -> bool:
    """Whether nothing speaks against it and the programme wants no record of that: no risk, nothing unknown, nothing too long ago."""
    policy, submitted = facts.programme.safeguards, file.submitted_at
    seen_more = file.safeguard_help or file.screen_again or (file.screen and file.screen.level != "green")
    if policy is None or policy.records_green or seen_more or submitted is None:
        return False
    until = calendar.months_after(calendar.local_day(submitted, facts.days(file)), policy.valid_months)
    return facts.today <= until and proposed(file, policy, countries_of(file, facts)) == "green"


def may_go_on(file: Application, facts: Facts) -> None:
    """Guard of eligibility and of every grant: what a city could not answer was looked into, and a level that holds stops nothing."""
    if not _is_asked(file, facts) or _is_calm(file, facts):
        return
    check_helped(file)
    screen = _recorded(file, facts)
    if screen.level == "black":
        raise Refusal("safeguards.black")
    if screen.unsigned:
        raise Refusal("safeguards.unsigned", due=screen.unsigned[0].asked.due)


def needs_two(file: Application) -> bool:
    """What is red is accepted by two people, or by nobody."""
    return file.screen is not None and file.screen.level == "red"
