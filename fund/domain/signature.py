"""Rules of what makes a level hold: that it was recorded of what stands, not too long ago, and is signed by whom the programme names.

Whoever signs has not recorded the level, signs for the hub or for the central team and never for both, and signs the very digest that was
asked for. Where the central team signs in the place of a hub, one of its people may give both signatures: a small team can finish a file.
Another record asks for other signatures. Decision record 0024.
"""

from collections.abc import Mapping
from datetime import datetime

from fund.domain import calendar, consultation
from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Application, HubOpinion, Stage
from fund.domain.event import Event
from fund.domain.facts import Facts
from fund.domain.opinion import served_hubs
from fund.domain.programme import SignedBy
from fund.domain.refusal import Refusal
from fund.domain.screen import Signature, Stale, screen_digest

# ── Whether it was recorded of what stands ────────────────────────────────────


def stale(file: Application, now: datetime) -> tuple[Stale, ...]:
    """Why what was recorded holds no longer; nothing where it does. A comparison of what was looked at with what stands."""
    until = file.screen.recorded.valid_until if file.screen else None
    return (*_changed(file), *(("delay",) if until and now > until else ()))


def _changed(file: Application) -> tuple[Stale, ...]:
    """The same without the days that pass."""
    if file.screen is None:
        return ()
    recorded = file.screen.recorded
    why: Mapping[Stale, bool] = {
        "text": recorded.text != file.text,
        "cities": recorded.cities != file.cities,
        "track": recorded.track != file.track,
        "fallen": file.screen_again,
    }
    return tuple(one for one, holds in why.items() if holds)


# ── Who signs it ──────────────────────────────────────────────────────────────


def asked(
    file: Application, recorded: e.SafeguardsRecorded, agreed: tuple[e.MitigationAgreed, ...], facts: Facts
) -> tuple[e.SignatureAsked, ...]:
    """Of every office that the programme names for this level, by its own days."""
    policy = facts.programme.safeguards
    rule = policy.signed(recorded.level) if policy else None
    digest = screen_digest(recorded, agreed)

    def of(role: SignedBy) -> e.SignatureAsked:
        hub = _hub_to_sign(file, facts) if role == "coordinator" else None
        days = facts.days_of_hub(hub, file)
        due = calendar.due(facts.now, rule.days if rule else 0, days)
        remind_at = calendar.reminder(due, policy.reminder_days, days) if policy else None
        return e.SignatureAsked(role=role, hub=hub, screen=digest, due=due, calendar=days.stamp, remind_at=remind_at)

    return tuple(map(of, rule.by)) if rule else ()


def _hub_to_sign(file: Application, facts: Facts) -> str | None:
    """The first that is asked about the file and is open; before any is asked, the first that will be."""
    at_work = tuple(one.hub for one in file.opinions.values() if answers(one))
    hubs = at_work if file.opinions else consultation.routed(file, facts.programme)
    return next((hub for hub in hubs if facts.hub(hub).is_open), None)


def answers(asked: HubOpinion) -> bool:
    """Whether the people of the hub answer for the file."""
    return asked.answered_by != "centre" and not asked.released


def signing_hub(file: Application, signature: Signature) -> str | None:
    """The hub whose signature is awaited; None where none was asked, or its people answer for this file no more.

    Before a file is found complete no hub is asked about it: the one that will be is waited for. Whether it is open is a fact of the hub
    and not of the file: whoever signs looks at it; the queue of its people, made of files alone, does not.
    """
    hub = signature.asked.hub
    if hub is None or file.stage is Stage.COMPLETENESS:
        return hub
    asked = file.opinions.get(hub)
    return hub if asked and answers(asked) else None


def to_sign(file: Application) -> tuple[Signature, ...]:
    """Signatures that are waited for: none under what holds no longer, as another record is needed first."""
    return file.screen.unsigned if file.screen and not _changed(file) else ()


def _open_signature(file: Application, role: SignedBy, facts: Facts) -> Signature:
    """For somebody who has not recorded the level."""
    if file.screen and (why := stale(file, facts.now)):
        raise Refusal("safeguards.stale", stale=why)
    signature = next((one for one in to_sign(file) if one.asked.role == role), None)
    if file.screen is None or signature is None:
        raise Refusal("safeguards.nothing_to_sign")
    if facts.actor.id in file.screen.hands:
        raise Refusal("safeguards.own_signature")
    return signature


def may_sign(file: Application, facts: Facts) -> None:
    hub = signing_hub(file, _open_signature(file, "coordinator", facts))
    if hub is None or hub not in served_hubs(file, facts.actor):
        raise Refusal("workflow.not_your_hub", command=c.SignSafeguards.verb)
    if not facts.hub(hub).is_open:
        raise Refusal("hub.not_open", hub=hub)
    _check_signed_for(file, facts, hub=False)


def may_sign_in_place(file: Application, facts: Facts) -> None:
    """The central team, where no hub was asked, or it is not at work any more, or its time is over."""
    signature = _open_signature(file, "coordinator", facts)
    hub = signing_hub(file, signature)
    if hub and facts.hub(hub).is_open and facts.now <= signature.asked.due:
        raise Refusal("safeguards.hub_signs", due=signature.asked.due)


def may_countersign(file: Application, facts: Facts) -> None:
    _open_signature(file, "officer", facts)
    _check_signed_for(file, facts, hub=True)


def _check_signed_for(file: Application, facts: Facts, *, hub: bool) -> None:
    """Nobody signs for the central team who signed for a hub, nor the other way about. hub: whether it is those for a hub that count."""
    signed = file.screen.signed_by(facts.actor.id) if file.screen else ()
    if any((one.hub is not None) == hub for one in signed):
        raise Refusal("safeguards.own_signature")


def sign(file: Application, command: c.SignSafeguards, facts: Facts) -> tuple[Event, ...]:
    signature = _open_signature(file, "coordinator", facts)
    return _signed(signature, command, signature.asked.hub)


def sign_in_place(file: Application, command: c.SignInPlaceOfHub, facts: Facts) -> tuple[Event, ...]:
    return _signed(_open_signature(file, "coordinator", facts), command, None)


def countersign(file: Application, command: c.CountersignSafeguards, facts: Facts) -> tuple[Event, ...]:
    return _signed(_open_signature(file, "officer", facts), command, None)


Signing = c.SignSafeguards | c.SignInPlaceOfHub | c.CountersignSafeguards


def _signed(signature: Signature, command: Signing, hub: str | None) -> tuple[Event, ...]:
    """Under what the signer has read, and nothing that was recorded meanwhile."""
    if command.screen != signature.asked.screen:
        raise Refusal("safeguards.other_screen", field="screen")
    return (e.SafeguardsSigned(role=signature.asked.role, hub=hub, screen=command.screen, reason=command.reason),)
