"""What is wrong with a programme that loads: sentences for the person who writes it. None means it can be adopted.

Each check is one generator; a new one is a function and its place in `CHECKS`.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from fund.domain import events
from fund.domain.application import Stage
from fund.domain.countries import COUNTRIES
from fund.domain.eligibility import MACHINE_FACTS
from fund.domain.emergency import OPENED, OPENERS
from fund.domain.facts import Role
from fund.domain.money import EXPONENTS
from fund.domain.programme import STANDARD_TRACK, ConflictEffect, Entry, Hub, Programme, SafeguardLevel, Silence, Titles, Track, Trigger
from fund.domain.rubric import ANCHORED, HUNDRED, Short

LENT = (Role.OFFICER, Role.COORDINATOR, Role.APPROVER, Role.FINANCE)
"""Roles that a programme may let people lend."""

IN_A_ROW = ("coordination", "proposal", "decision")
LAPSE_LETTERS = ("subject.lapsed", "opening.lapsed", "next.lapsed")
"""Texts that letters cannot do without where what is not submitted lapses."""
AWARD_LETTERS = ("offer", "heading.terminated", "label.spent", "subject.terminated", "opening.terminated", "next.terminated")
"""Texts that letters cannot do without where an award is accepted, and can be ended early."""
ROUND_LETTERS = (
    "heading.scores", "scores.intro", "scores.place", "score.criterion", "score.points", "score.meaning", "score.of", "score.between",
)  # fmt: skip
"""Texts that the letter of a round cannot do without."""

BY_POINTS = ("moderation", "ranking")
"""Clocks of a track that is judged by points, besides the others."""
CLOCKS = (
    "draft",
    "completion",
    "completeness",
    "eligibility",
    "hub_opinion",
    "assessment",
    *IN_A_ROW,
    "letter",
    "deferral",
    "waiting_list",
    "expert",
    "appeal_admission",
    "appeal",
)

MEMBERSHIP_CLOCKS = ("ask", "second_look", "attest_again", "representative")

JOINERS = "\u200c\u200d"

SPOKEN: dict[str, tuple[str, ...]] = {
    "stage": tuple(Stage),
    "role": tuple(Role),
    "outcome": get_args(events.LetterOutcome),
    "mode": get_args(events.Mode),
    "opinion": get_args(events.Opinion),
    "silence": get_args(Silence),
    "verdict": get_args(events.Verdict),
    "check": get_args(events.CheckResult),
    "recommendation": get_args(events.Recommendation),
    "capacity": get_args(events.Capacity),
    "part": get_args(events.Part),
    "failing": get_args(events.Failing),
    "awaited": get_args(events.Awaited),
    "ending": get_args(events.Ending),
    "territory": get_args(events.Territory),
    "contribution": get_args(events.ContributionKind),
    "leaving": get_args(events.Leaving),
    "short": get_args(Short),
    "cause": get_args(events.Cause),
    "missing": get_args(events.Missing),
    "appeal_outcome": get_args(events.AppealOutcome),
    "inadmissible": get_args(events.Inadmissible),
    "track_reason": get_args(events.TrackReason),
    "safeguards": get_args(SafeguardLevel),
    "interest": get_args(events.Interest),
    "effect": get_args(ConflictEffect),
}
"""Words that the rules use and people read: each value needs a term `kind.value`."""

FORMS = ("hub_word", "the_hub", "a_hub", "of_the_hub", "to_the_hub", "the_office", "to_the_office")
"""Forms of the programme's words that the engine's sentences take (`{the_hub}`): each needs its term."""

LETTERS = tuple(outcome for outcome in get_args(events.LetterOutcome) if outcome not in ("terminated", "lapsed"))
"""What the letters of every programme tell."""
WRITTEN: dict[str, tuple[str, ...]] = {
    "subject": LETTERS,
    "opening": LETTERS,
    "next": LETTERS,
    "coordination": get_args(events.Mode),
}
"""Sentences that a letter cannot do without: each value needs a letter text `kind.value`."""


def problems(programme: Programme) -> tuple[str, ...]:
    """Every problem found, each beginning with where it is."""
    return tuple(problem for check in CHECKS for problem in check(programme))


def longest_path(track: Track) -> int:
    """Working days from submission to decision. The hub's opinion runs beside eligibility and assessment.

    By points also moderation and ranking; a round counts them from its closing.
    """
    days = {code: clock.working_days for code, clock in track.clocks.items()}
    beside = max(days.get("eligibility", 0) + days.get("assessment", 0), days.get("hub_opinion", 0))
    in_a_row = IN_A_ROW + (BY_POINTS if track.judgement == "points" else ())
    return days.get("completeness", 0) + beside + sum(days.get(code, 0) for code in in_a_row)


def texts(programme: Programme) -> Iterator[tuple[str, Titles]]:
    """Every text of the programme with where it stands."""
    yield from (("titles", programme.titles), ("network", programme.network), ("office", programme.office))
    for where, entry in _entries(programme):
        yield f"{where} {entry.code}", entry.titles
    yield from ((f"checks {check.code}", check.titles) for check in programme.checks)
    yield from ((f"tracks {code}", track.titles) for code, track in programme.tracks.items())
    yield from _of_the_rubric(programme)
    yield from _of_the_safeguards(programme)
    yield from ((f"terms {code}", titles) for code, titles in programme.terms.items())
    yield from ((f"letter {code}", titles) for code, titles in programme.letter.items())
    yield from ((f"sources {source}", titles) for source, titles in programme.sources.items())


def _of_the_rubric(programme: Programme) -> Iterator[tuple[str, Titles]]:
    for criterion in programme.rubric.criteria if programme.rubric else ():
        yield f"rubric {criterion.code}", criterion.titles
        yield from ((f"rubric {criterion.code} {score}", titles) for score, titles in criterion.anchors.items())


def _of_the_safeguards(programme: Programme) -> Iterator[tuple[str, Titles]]:
    if policy := programme.safeguards:
        yield from ((f"safeguards {one.code}", one.titles) for one in policy.ages)
        yield from ((f"safeguards {one.code}", one.titles) for one in policy.questions)


def placeholders(text: str) -> frozenset[str]:
    """`{city}` and the like."""
    return frozenset(re.findall(r"\{([^{}]*)\}", text))


def _entries(programme: Programme) -> Iterator[tuple[str, Entry | Hub]]:
    catalogue = programme.catalogue
    lists = {
        "principles": catalogue.principles,
        "priorities": catalogue.priorities,
        "regions": catalogue.regions,
        "tags": catalogue.tags,
        "support_types": catalogue.support_types,
        "results": catalogue.results,
        "formats": catalogue.formats,
        "bodies": catalogue.bodies,
        "modalities": catalogue.modalities,
        "donors": catalogue.donors,
    }
    yield from ((where, entry) for where, entries in lists.items() for entry in entries)
    yield from (("hubs", hub) for hub in catalogue.hubs)


def _languages_complete(programme: Programme) -> Iterator[str]:
    for where, titles in texts(programme):
        written = {language for language, text in titles.items() if text.strip()}
        for language in sorted(set(programme.languages) - written):
            yield f"{where}: no text in {language}"
        for language in sorted(set(titles) - set(programme.languages)):
            yield f"{where}: {language} is not a language of the programme"


def _characters_plain(programme: Programme) -> Iterator[str]:
    """No controls, no overrides of direction. Joiners are part of spelling in Urdu and the scripts of India."""
    for where, titles in texts(programme):
        for language, text in titles.items():
            if odd := sorted(f"U+{ord(char):04X}" for char in set(text) if _is_odd(char)):
                yield f"{where} {language}: invisible characters {', '.join(odd)}"


def _is_odd(char: str) -> bool:
    # All of these categories are unprintable, and that is asked more quickly.
    return not char.isprintable() and char not in JOINERS and unicodedata.category(char) in ("Cc", "Cf", "Co", "Cn")


def _placeholders_agree(programme: Programme) -> Iterator[str]:
    for where, titles in texts(programme):
        if len({placeholders(text) for text in titles.values()}) > 1:
            yield f"{where}: the languages differ in their placeholders"
        if any("{" in rest or "}" in rest for rest in (re.sub(r"\{[a-z_]+\}", "", text) for text in titles.values())):
            yield f"{where}: a brace without its placeholder"


def _canonical_terms(programme: Programme) -> Iterator[str]:
    for term, names in programme.aliases.items():
        if term not in programme.terms:
            yield f"aliases {term}: no such term"
        for language, aliases in names.items():
            yield from _alias_uses(programme, term, language, aliases)


def _alias_uses(programme: Programme, term: str, language: str, aliases: tuple[str, ...]) -> Iterator[str]:
    # Arabic writes short words ("and", "with", "to") onto the next one: an alias is found behind them too.
    pattern = re.compile(r"(?<!\w)[وفبكل]{0,2}(?:" + "|".join(map(re.escape, aliases)) + r")(?!\w)", re.IGNORECASE)
    for where, titles in texts(programme):
        found = pattern.search(titles.get(language, ""))
        if found:
            yield f"{where} {language}: “{found[0]}” is not the canonical term for {term}"


def _words_known(programme: Programme) -> Iterator[str]:
    for kind, values in SPOKEN.items():
        yield from (f"terms: {kind}.{value} is missing" for value in values if f"{kind}.{value}" not in programme.terms)
    yield from (f"terms: {form} is missing" for form in FORMS if form not in programme.terms)
    yield from (f"terms: {term} is the network’s own and no term" for term in programme.own_terms if term not in programme.terms)
    for kind, values in WRITTEN.items():
        yield from (f"letter: {kind}.{value} is missing" for value in values if f"{kind}.{value}" not in programme.letter)


def _sources_given(programme: Programme) -> Iterator[str]:
    sources = [("catalogue", programme.catalogue.source)]
    sources += [(f"{where} {entry.code}", entry.source) for where, entry in _entries(programme)]
    sources += [(f"checks {check.code}", check.source) for check in programme.checks]
    if programme.rubric:
        sources += [("rubric", programme.rubric.source)]
        sources += [(f"rubric {criterion.code}", criterion.source) for criterion in programme.rubric.criteria]
    sources += [(f"calendars {code}", calendar.source) for code, calendar in programme.calendars.items()]
    sources += [(f"tracks {code}", track.source) for code, track in programme.tracks.items()]
    sources += [(f"tracks {code} city_cap", track.city_cap.source) for code, track in programme.tracks.items() if track.city_cap]
    sources += [(f"tracks {code} appeals", track.appeals.source) for code, track in programme.tracks.items() if track.appeals]
    sources += [("membership", programme.membership.source)]
    sources += [(f"membership {code}", clock.source) for code, clock in programme.membership.clocks.items()]
    sources += [("consent", programme.consent.source)] if programme.consent else []
    sources += [("drafts", programme.drafts.source)] if programme.drafts else []
    sources += [("awards", programme.awards.source)] if programme.awards else []
    sources += [("exchange", programme.exchange.source)] if programme.exchange else []
    sources += [("workload", programme.workload.source)] if programme.workload else []
    sources += [(f"clocks {name} {code}", clock.source) for name, track in programme.tracks.items() for code, clock in track.clocks.items()]
    sources += [(f"opinions {code}", rule.source) for code, rule in programme.consultation.opinions.items()]
    sources += [("silence", programme.consultation.silence.source)]
    sources += [(f"conflicts {code}", rule.source) for code, rule in programme.conflicts.declared.items()]
    sources += [("conflicts donor_city", programme.conflicts.donor_city.source)]
    sources += [("delegation", programme.separation.delegation.source)]
    sources += [("emergency", programme.separation.emergency.source)]
    if asked := programme.safeguards:
        sources += [("safeguards", asked.source)]
        sources += [(f"safeguards {one.code}", one.source) for one in asked.ages]
        sources += [(f"safeguards {one.code}", one.source) for one in asked.questions]
        sources += [(f"safeguards {one.code}", one.source) for one in asked.raises]
        sources += [(f"safeguards {one.code}", one.source) for one in asked.signatures]
    sources += [("questions", programme.questions.source)]
    large = programme.limits.two_approvers_from
    sources += [("limits two_approvers_from", large.source)] if large else []
    yield from (f"{where}: no source" for where, source in sources if not source.strip())


def cited(programme: Programme) -> Iterator[str]:
    """Sources that readers are told when they ask why: of checks, priorities and modalities, of tracks and what goes with them."""
    catalogue, limits = programme.catalogue, programme.limits
    yield from (check.source for check in programme.checks)
    yield from (entry.source for entry in (*catalogue.priorities, *catalogue.modalities))
    for track in programme.tracks.values():
        yield from (track.source, *((track.appeals.source,) if track.appeals else ()))
        yield from (track.clocks[code].source for code in ("deferral", "waiting_list") if code in track.clocks)
    given = (
        programme.consent,
        programme.exchange,
        programme.workload,
        programme.rubric,
        limits.two_approvers_from,
        programme.awards,
        programme.drafts,
        programme.safeguards,
    )
    yield from (rule.source for rule in given if rule)
    yield from (programme.questions.source, programme.membership.source, *((limits.source,) if limits.source else ()))
    yield from (weight.source for weight in programme.consultation.opinions.values())
    yield from (rule.source for rule in (*programme.conflicts.declared.values(), programme.conflicts.donor_city))
    yield from (programme.separation.delegation.source, programme.separation.emergency.source)
    yield from (programme.consultation.silence.source, catalogue.source, *(days.source for days in programme.calendars.values()))


def _sources_told(programme: Programme) -> Iterator[str]:
    yield from (
        f"sources: {source!r} is not told"
        for source in dict.fromkeys(cited(programme))
        if source.strip() and source not in programme.sources
    )


def _codes_unique(programme: Programme) -> Iterator[str]:
    codes = Counter((where, entry.code) for where, entry in _entries(programme))
    codes.update(("checks", check.code) for check in programme.checks)
    if asked := programme.safeguards:
        for listed in (asked.ages, asked.questions, asked.raises):
            codes.update(("safeguards", one.code) for one in listed)
    codes.update(("rubric", code) for code in (programme.rubric.codes if programme.rubric else ()))
    yield from (f"{where} {code}: the code stands {times} times" for (where, code), times in codes.items() if times > 1)


def _checks_versioned(programme: Programme) -> Iterator[str]:
    yield from (f"checks {check.code}: no version" for check in programme.checks if not check.version.strip())


def _facts_known(programme: Programme) -> Iterator[str]:
    for check in programme.checks:
        if check.decided_by != "person" and check.fact not in MACHINE_FACTS:
            yield f"checks {check.code}: a machine cannot decide {check.fact or 'without a fact'}"
        if check.decided_by == "person" and check.fact:
            yield f"checks {check.code}: a person decides, so no fact is named"


def _hubs_placed(programme: Programme) -> Iterator[str]:
    regions = {region.code for region in programme.catalogue.regions}
    served = Counter(region for hub in programme.catalogue.hubs for region in set(hub.regions))
    for hub in programme.catalogue.hubs:
        yield from (f"hubs {hub.code}: no region {region}" for region in hub.regions if region not in regions)
        if hub.consulted == "region" and not hub.regions:
            yield f"hubs {hub.code}: consulted by region and has none"
    yield from (f"hubs: {region} has {times} hubs" for region, times in served.items() if times > 1)


def _opinions_weighed(programme: Programme) -> Iterator[str]:
    known = set(get_args(events.Opinion))
    yield from (f"opinions {code}: no effect" for code in sorted(known - set(programme.consultation.opinions)))
    yield from (f"opinions {code}: nobody can give it" for code in sorted(set(programme.consultation.opinions) - known))


def _conflicts_weighed(programme: Programme) -> Iterator[str]:
    known, weighed = set(get_args(events.Interest)), programme.conflicts.declared
    yield from (f"conflicts {code}: no effect" for code in sorted(known - set(weighed)))
    yield from (f"conflicts {code}: nobody can declare it" for code in sorted(set(weighed) - known))
    for code, rule in {**weighed, "donor_city": programme.conflicts.donor_city}.items():
        if rule.paid_to_deliver and (rule.effect == "recuse" or code == "donor_city"):
            yield f"conflicts {code}: paid_to_deliver says nothing there"


def _roles_can_be_lent(programme: Programme) -> Iterator[str]:
    """Not those in which somebody was chosen by name, nor those that say who may do what."""
    lent = programme.separation.delegation.roles
    yield from (f"delegation {role}: not a role that can be lent" for role in lent if role not in LENT)
    yield from (f"delegation {role}: listed twice" for role in sorted({role for role in lent if lent.count(role) > 1}))


def _access_can_be_opened(programme: Programme) -> Iterator[str]:
    """Of roles that may be opened in an emergency, by offices that may open them."""
    emergency = programme.separation.emergency
    yield from (f"emergency {role}: not a role that can be opened" for role in emergency.roles if role not in OPENED)
    yield from (f"emergency {role}: cannot open access" for role in emergency.opened_by if role not in OPENERS)


def _safeguards_open(programme: Programme) -> Iterator[str]:
    """Every question can come up, and names only what there is."""
    policy = programme.safeguards
    if policy is None:
        return
    catalogue, asked = programme.catalogue, {one.code for one in policy.questions}
    known = {
        "answers": asked, "ages": {one.code for one in policy.ages}, "formats": {one.code for one in catalogue.formats},
        "priorities": {one.code for one in catalogue.priorities}, "countries": set(COUNTRIES),
    }  # fmt: skip
    for one in policy.questions:
        for name, codes in known.items():
            yield from (f"safeguards {one.code}: no {name} {code}" for code in getattr(one.opened_by, name) if code not in codes)
        if one.opening == (one.opened_by != Trigger()):
            yield f"safeguards {one.code}: asked of everybody, or where something opens it"
    for rule in policy.raises:
        yield from (f"safeguards {rule.code}: no question {code}" for code in rule.risks if code not in asked)
        if not rule.risks and rule.at_least is None:
            yield f"safeguards {rule.code}: raised by nothing"
    shortest = min((policy.help_days, *(rule.days for rule in policy.signatures)))
    if policy.reminder_days is not None and policy.reminder_days >= shortest:
        yield "safeguards: the reminder does not come between the question and the day on which it is due"
    if policy.may_stop and policy.screen_days is None:
        yield "safeguards: a report can stop an award, and nobody looks at it again"
    signed = Counter(rule.code for rule in policy.signatures)
    yield from (f"safeguards {level}: signed by two rules" for level, times in signed.items() if times > 1)


def _clocks_fit(programme: Programme) -> Iterator[str]:
    for code, track in programme.tracks.items():
        wanted = CLOCKS + (BY_POINTS if track.judgement == "points" else ())
        yield from (f"tracks {code}: no clock {clock}" for clock in wanted if clock not in track.clocks)
        if longest_path(track) > track.total_working_days:
            yield f"tracks {code}: the longest path takes {longest_path(track)} working days, the total is {track.total_working_days}"
        if track.calendar not in programme.calendars:
            yield f"tracks {code}: no calendar {track.calendar}"


def _tracks_narrow(programme: Programme) -> Iterator[str]:
    """A file is on the narrow track or on its fallback, and the fallback takes whatever the narrow one does not."""
    if STANDARD_TRACK not in programme.tracks:
        yield f"tracks: no {STANDARD_TRACK}"
    narrow = {code: track for code, track in programme.tracks.items() if track.fallback}
    if len(narrow) > 1:
        yield f"tracks: {', '.join(narrow)} have a fallback; one may"
    for code, track in programme.tracks.items():
        if track.fallback is None:
            yield from (f"tracks {code}: {bound} without a fallback" for bound in _bounds(track))
        elif track.fallback not in set(programme.tracks) - set(narrow):
            yield f"tracks {code}: cannot fall back on {track.fallback}"
        elif programme.tracks[track.fallback].assessors < track.assessors:
            yield f"tracks {code}: {track.fallback} asks fewer assessors"
        if track.city_cap and not (track.city_cap.max_awards or track.city_cap.max_amount):
            yield f"tracks {code}: the city cap caps nothing"
        yield from _amounts_within(programme, code, track)


def _bounds(track: Track) -> tuple[str, ...]:
    return tuple(
        bound
        for bound in ("max_amount", "max_days", "max_hubs", "safeguards", "only_yes", "lot_percent", "city_cap")
        if getattr(track, bound) not in ({}, None, False, 0) or (bound == "max_hubs" and track.max_hubs == 0)
    )


def _amounts_within(programme: Programme, code: str, track: Track) -> Iterator[str]:
    limits = programme.limits.max_amount
    for currency, amount in track.max_amount.items():
        if amount > limits.get(currency, 0):
            yield f"tracks {code}: {amount} {currency} is more than the fund gives"
    for currency in track.city_cap.max_amount if track.city_cap else ():
        if currency not in limits:
            yield f"tracks {code}: the fund does not work in {currency}"


def _membership_timed(programme: Programme) -> Iterator[str]:
    """Whatever waits in the way of a city into the network has a due date."""
    clocks = programme.membership.clocks
    yield from (f"membership: no clock {clock}" for clock in MEMBERSHIP_CLOCKS if clock not in clocks)
    yield from (f"membership: no clock is called {clock}" for clock in clocks if clock not in MEMBERSHIP_CLOCKS)


def _rubric_sound(programme: Programme) -> Iterator[str]:
    rubric = programme.rubric
    by_points = [code for code, track in programme.tracks.items() if track.judgement == "points"]
    if by_points and rubric is None:
        yield f"tracks {by_points[0]}: judged by points, and there is no rubric.toml"
    if len(by_points) > 1:
        yield f"tracks {', '.join(by_points)}: one track at most is judged by points"
    if "standard" in by_points:
        yield "tracks standard: a file outside every round cannot be judged by points"
    if rubric is None:
        return
    yield from (f"letter: {code} is missing" for code in ROUND_LETTERS if code not in programme.letter)
    weights = sum(criterion.weight for criterion in rubric.criteria)
    if weights != HUNDRED:
        yield f"rubric: the weights sum to {weights}, not {HUNDRED}"
    if rubric.decisive not in rubric.codes:
        yield f"rubric: no criterion {rubric.decisive}"
    for criterion in rubric.criteria:
        yield from (f"rubric {criterion.code}: no anchor {score}" for score in ANCHORED if str(score) not in criterion.anchors)
    if len(set(rubric.ties)) < len(rubric.ties):
        yield "rubric: a tie-break stands twice"


def _calendars_reach(programme: Programme) -> Iterator[str]:
    catalogue = programme.catalogue
    if catalogue.valid_to < catalogue.valid_from:
        yield "catalogue: valid_to lies before valid_from"
    for code, calendar in programme.calendars.items():
        first, last = calendar.covers
        if first > catalogue.valid_from or last < catalogue.valid_to:
            yield f"calendars {code}: covers {first} to {last}, the catalogue is valid {catalogue.valid_from} to {catalogue.valid_to}"
        elif programme.intake_after_expiry and last <= catalogue.valid_to:
            yield f"calendars {code}: intake goes on after the catalogue expires, the calendar does not"
        yield from (
            f"calendars {code}: {day} lies outside the days covered" for day in sorted(calendar.holidays) if not first <= day <= last
        )
        if not _zone_known(calendar.timezone):
            yield f"calendars {code}: no time zone {calendar.timezone}"


def _calendars_placed(programme: Programme) -> Iterator[str]:
    """Everybody's days are the days of one calendar."""
    hubs = {hub.code for hub in programme.catalogue.hubs}
    for code, calendar in programme.calendars.items():
        yield from (f"calendars {code}: no hub {hub}" for hub in calendar.hubs if hub not in hubs)
        yield from (f"calendars {code}: no country {country}" for country in calendar.countries if country not in COUNTRIES)
    placed = Counter(place for calendar in programme.calendars.values() for place in (*calendar.countries, *calendar.hubs))
    yield from (f"calendars: {place} stands {times} times" for place, times in placed.items() if times > 1)


def _hubs_reminded_in_time(programme: Programme) -> Iterator[str]:
    days = programme.consultation.silence.reminder_days
    shortest = min(
        (track.clocks["hub_opinion"].working_days for track in programme.tracks.values() if "hub_opinion" in track.clocks), default=0
    )
    if days is not None and not 0 < days < shortest:
        yield "silence: the reminder does not come between the question and the day on which the opinion is due"


def _reminders_in_time(programme: Programme) -> Iterator[str]:
    days = (*programme.questions.reminders, programme.questions.answer_days)
    if any(later <= earlier for earlier, later in pairwise(days)):
        yield "questions: the reminders do not come one after the other before the answer is due"


def _awards_timed(programme: Programme) -> Iterator[str]:
    rule = programme.awards
    if rule and any(later <= earlier for earlier, later in pairwise((*rule.accept_reminders, rule.accept_days))):
        yield "awards: the reminders do not come one after the other before the award must be accepted"
    if rule and any(later >= earlier for earlier, later in pairwise((rule.report_days, *rule.report_reminders))):
        yield "awards: the reminders of the report do not come one after the other between the support and the day it is due"


def _awards_offered_long_enough(programme: Programme) -> Iterator[str]:
    """No award lapses before its letter counts as delivered: so many working days are never fewer than as many calendar days."""
    rule = programme.awards
    if rule is None:
        return
    for code, track in programme.tracks.items():
        if track.appeals and rule.accept_days < track.appeals.deemed_days:
            yield f"awards: an award could lapse before its letter counts as delivered on the track {code}"


def _lapses_worded(programme: Programme) -> Iterator[str]:
    yield from (f"letter: {code} is missing" for code in LAPSE_LETTERS if programme.drafts and code not in programme.letter)


def _awards_worded(programme: Programme) -> Iterator[str]:
    yield from (f"letter: {code} is missing" for code in AWARD_LETTERS if programme.awards and code not in programme.letter)


def _currencies_known(programme: Programme) -> Iterator[str]:
    yield from (f"limits: unknown currency {currency}" for currency in programme.limits.max_amount if currency not in EXPONENTS)


def _thresholds_whole(programme: Programme) -> Iterator[str]:
    """An amount has a threshold in every currency or in none: a large award is not decided by one for want of a number."""
    large = programme.limits.two_approvers_from
    for currency in sorted(large.amount.keys() ^ programme.limits.max_amount.keys()) if large else ():
        yield f"limits two_approvers_from: {currency} stands in one of the threshold and the maximum, and not in the other"


def _zone_known(timezone: str) -> bool:
    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


CHECKS: tuple[Callable[[Programme], Iterator[str]], ...] = (
    _languages_complete,
    _characters_plain,
    _placeholders_agree,
    _canonical_terms,
    _words_known,
    _sources_given,
    _sources_told,
    _codes_unique,
    _checks_versioned,
    _facts_known,
    _hubs_placed,
    _opinions_weighed,
    _conflicts_weighed,
    _roles_can_be_lent,
    _access_can_be_opened,
    _safeguards_open,
    _clocks_fit,
    _tracks_narrow,
    _membership_timed,
    _rubric_sound,
    _calendars_reach,
    _calendars_placed,
    _hubs_reminded_in_time,
    _reminders_in_time,
    _awards_timed,
    _awards_offered_long_enough,
    _awards_worded,
    _lapses_worded,
    _currencies_known,
    _thresholds_whole,
)
