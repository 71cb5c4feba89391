"""Rules of joint applications: who is invited, which text each city accepted, who left and what fails without it.

A city accepts the digest of the whole form as it stands, so an edit shows by itself who must accept again, and on account of which
sections. Which cities must have accepted is the programme's to say. Decision record 0018.
"""

import re

import msgspec

from fund.domain import commands as c
from fund.domain import consultation, tier, track
from fund.domain import events as e
from fund.domain.application import Application, Partner, Stage, missing_sections
from fund.domain.calendar import local_day
from fund.domain.eligibility import failing
from fund.domain.event import Event
from fund.domain.facts import Facts
from fund.domain.programme import Programme
from fund.domain.refusal import Refusal
from fund.domain.sections import AnySection, Applicant

SHA256 = re.compile("[0-9a-f]{64}")
STAYING = (Stage.DRAFT, Stage.ON_HOLD, Stage.DEFERRED, Stage.WAITING_LIST)
"""Where leaving moves no file to another track: the form will change, or nobody works on it."""


# ── Who is asked ──────────────────────────────────────────────────────────────


def asked(file: Application, programme: Programme) -> tuple[str, ...]:
    """Cities that must have accepted the text before it is submitted."""
    rule = programme.consent
    if rule is None:
        return ()
    return file.cities[1:] + (file.observers if rule.asked_of == "everybody" else ())


def invitations(file: Application, section: AnySection, facts: Facts) -> tuple[e.PartnerInvited, ...]:
    """Of the cities that this section names anew. One that left is asked again only after it was taken out and put back."""
    if not isinstance(section, Applicant):
        return ()
    after = msgspec.structs.replace(file, sections=file.sections | {"applicant": section}, partners={})
    fresh = (city for city in asked(after, facts.programme) if city not in file.partners or city not in file.parties)
    return tuple(e.PartnerInvited(city=city) for city in fresh)


def check_tiers(cities: tuple[str, ...], facts: Facts) -> None:
    """A borough inside an applicant city would be helped twice. What lies within what is on the register."""
    for city in cities:
        around = next((one.id for one in tier.around(facts.city(city), facts.states) if one.id in cities), None)
        if around:
            raise Refusal("applicant.cities_overlap", field="applicant.beneficiaries", city=city, within=around)


# ── Before it is submitted ────────────────────────────────────────────────────


def may_submit(file: Application, facts: Facts) -> None:
    if file.left:
        raise Refusal("consent.partner_left", field="applicant", cities=file.left)
    missing = tuple(city for city in asked(file, facts.programme) if not file.has_accepted(city))
    if missing:
        raise Refusal("consent.missing", cities=missing)


def may_accept(file: Application, facts: Facts) -> None:
    """Guard of the signatory's acceptance: the form is complete, and a city that they sign for has not accepted it as it stands."""
    signs = tuple(city for city in file.invited_partners if facts.city(city).represented_by(facts.actor.id, "signatory"))
    if not signs:
        raise Refusal("consent.signatory_needed")
    _check_open(file, signs, facts)


def may_record_acceptance(file: Application, facts: Facts) -> None:
    _check_open(file, file.invited_partners, facts)


def _check_open(file: Application, cities: tuple[str, ...], facts: Facts) -> None:
    missing = missing_sections(file, safeguards=facts.programme.safeguards is not None)
    if missing:
        raise Refusal("application.incomplete", field=missing[0], sections=missing)
    if all(map(file.has_accepted, cities)):
        raise Refusal("consent.nothing_open")


def accept_text(file: Application, command: c.AcceptText, facts: Facts) -> tuple[Event, ...]:
    _check_text(file, command)
    if not facts.city(command.city).represented_by(facts.actor.id, "signatory"):
        raise Refusal("consent.signatory_needed", field="city")
    return (e.TextAccepted(city=command.city, text=command.text),)


def record_acceptance(file: Application, command: c.RecordAcceptance, facts: Facts) -> tuple[Event, ...]:
    """The city's confirmed signatory signed this very text; the officer has the paper, and whoever has its photograph can compare."""
    _check_text(file, command)
    if not facts.city(command.city).represented_by(command.signatory, "signatory"):
        raise Refusal("consent.not_its_signatory", field="signatory")
    _check_paper(file, command, facts)
    recorded = e.AcceptanceRecorded(
        city=command.city, text=command.text, signatory=command.signatory, signed_on=command.signed_on, paper=command.paper
    )
    return (recorded,)


def _check_paper(file: Application, command: c.RecordAcceptance, facts: Facts) -> None:
    """One paper has one text, and nobody signed that before it was written: days are those of the city that signed."""
    if not SHA256.fullmatch(command.paper):
        raise Refusal("consent.paper_digest", field="paper")
    if file.papers.get(command.paper, command.text) != command.text:
        raise Refusal("consent.paper_of_other_text", field="paper")
    days = facts.days_of_city(command.city, file)
    if command.signed_on > local_day(facts.now, days):
        raise Refusal("consent.signed_later", field="signed_on")
    written = local_day(file.written_at, days) if file.written_at else command.signed_on
    if command.signed_on < written:
        raise Refusal("consent.signed_earlier", field="signed_on", date=written)


def _check_text(file: Application, command: c.AcceptText | c.RecordAcceptance) -> None:
    if command.city not in file.invited_partners:
        raise Refusal("consent.not_invited", field="city")
    if command.text != file.text:
        raise Refusal("consent.other_text", field="text", sections=file.changed_since(command.city))
    if file.has_accepted(command.city):
        raise Refusal("consent.nothing_open", field="city")


# ── Leaving ───────────────────────────────────────────────────────────────────


def may_leave(file: Application, facts: Facts) -> None:
    if not any(facts.city(city).represented_by(facts.actor.id, "signatory") for city in file.invited_partners):
        raise Refusal("consent.signatory_needed")


def leave(file: Application, command: c.LeaveApplication, facts: Facts) -> tuple[Event, ...]:
    """The application goes on with the cities that stay; what fails of it is said in the same breath."""
    if command.city not in file.invited_partners:
        raise Refusal("consent.not_invited", field="city")
    if not facts.city(command.city).represented_by(facts.actor.id, "signatory"):
        raise Refusal("consent.signatory_needed", field="city")
    left = _left(file, command, facts)
    moves = "track" in left.fails and file.stage not in STAYING
    return (left, *(track.moved(without(file, left), "cities", facts) if moves else ()))


def _left(file: Application, command: c.LeaveApplication, facts: Facts) -> e.PartnerLeft:
    left = e.PartnerLeft(city=command.city, reason=command.reason, fails=())
    rest = without(file, left)
    again = tuple(city for city in rest.invited_partners if file.has_accepted(city)) if file.stage is Stage.DRAFT else ()
    checks = failing(rest, facts.programme) if file.submission else ()
    hubs = _asked_for_it(file, rest, facts)
    found: dict[e.Failing, bool] = {
        "text": file.stage is Stage.DRAFT,
        "checks": bool(checks),
        "track": file.submission is not None and _leaves_bounds(file, rest, facts),
        "hubs": bool(hubs),
    }
    fails = tuple(one for one, holds in found.items() if holds) or ("nothing",)
    return msgspec.structs.replace(left, fails=fails, checks=checks, accept_again=again, hubs=hubs)


def without(file: Application, left: e.PartnerLeft) -> Application:
    """The application of the cities that stay."""
    return msgspec.structs.replace(file, partners=file.partners | {left.city: Partner(city=left.city, left=left)})


def _leaves_bounds(file: Application, rest: Application, facts: Facts) -> bool:
    """Fewer cities never break another bound of a track."""
    least = facts.track(file).min_cities
    return least is not None and len(rest.cities) < least <= len(file.cities)


def _asked_for_it(file: Application, rest: Application, facts: Facts) -> tuple[str, ...]:
    needed = {hub.code for hub in facts.programme.hubs_for(consultation.regions_of(rest, facts))}
    concerned = {hub.code for hub in facts.programme.hubs_for(consultation.regions_of(file, facts))}
    return tuple(hub for hub in file.opinions if hub in concerned - needed)
