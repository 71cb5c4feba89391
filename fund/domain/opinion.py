"""Rules of the opinions of hubs: giving one, a reminder, silence past the due date, and what each asks of those who do not follow it."""

from datetime import datetime

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain import track
from fund.domain.application import Application, HubOpinion
from fund.domain.event import Event
from fund.domain.facts import Actor, Facts, Role
from fund.domain.programme import Effect, Programme
from fund.domain.refusal import Refusal
from fund.domain.texts import says_something


def served_hubs(file: Application, actor: Actor) -> tuple[str, ...]:
    """The hubs asked about this file for which this person answers; none whose opinion was taken over or is not needed any more."""
    asked = (one for one in file.opinions.values() if one.answered_by != "centre" and not one.released)
    return tuple(one.hub for one in asked if actor.holds(Role.COORDINATOR, one.hub))


def may_answer(file: Application, facts: Facts) -> None:
    waiting = answerable(file, facts.actor)
    if not waiting:
        raise Refusal("opinion.already_answered")
    if not any(facts.hub(hub).is_open for hub in waiting):
        raise Refusal("hub.not_open", hub=waiting[0])


def may_deem(file: Application, facts: Facts) -> None:
    if not file.opinions:
        raise Refusal("opinion.not_asked")
    if not file.open_opinions:
        raise Refusal("opinion.already_answered")
    if to_deem(file, facts.now) is None:
        raise Refusal("opinion.not_yet_due", due=file.open_opinions[0].due)


def give_opinion(file: Application, command: c.GiveOpinion, facts: Facts) -> tuple[Event, ...]:
    hub = _answering_hub(file, command, facts.actor)
    if not facts.hub(hub).is_open:
        raise Refusal("hub.not_open", hub=hub)
    given = e.OpinionGiven(
        hub=hub,
        opinion=command.opinion,
        accepts_delivery=command.accepts_delivery,
        reason=command.reason,
        sustainability=command.sustainability,
    )
    note = (e.ConfidentialNoteAdded(hub=hub, note=command.confidential),) if says_something(command.confidential) else ()
    return (given, *track.advised(file, given, facts), *note)


def to_remind(file: Application, now: datetime) -> tuple[HubOpinion, ...]:
    """Opinions of which a hub is reminded now. None that is the central team's."""
    return tuple(one for one in file.open_opinions if one.to_remind(now))


def may_remind(file: Application, facts: Facts) -> None:
    if not to_remind(file, facts.now):
        raise Refusal("opinion.none_to_remind")


def remind_hub(file: Application, command: c.RemindHub, facts: Facts) -> tuple[Event, ...]:
    asked = next((one for one in to_remind(file, facts.now) if one.hub == command.hub), None)
    if asked is None:
        raise Refusal("opinion.none_to_remind", field="hub")
    days = facts.days_of_hub(asked.hub, file)
    due = asked.due_if_reminded(facts.now, days)
    if due == asked.due:
        return (e.HubReminded(hub=asked.hub, due=due),)
    return (e.HubReminded(hub=asked.hub, due=due, calendar=days.stamp, instead_of=asked.due),)


def deem_opinion(file: Application, command: c.DeemOpinion, facts: Facts) -> tuple[Event, ...]:
    asked = file.opinions.get(command.hub)
    if asked is None:
        raise Refusal("opinion.not_asked", field="hub")
    if not asked.is_open:
        raise Refusal("opinion.already_answered", field="hub")
    _check_overdue(asked, facts)
    return (e.OpinionDeemed(hub=asked.hub, due=asked.due, meaning=facts.programme.consultation.silence.means),)


def to_deem(file: Application, now: datetime) -> HubOpinion | None:
    """The first whose silence counts now."""
    return next((one for one in file.open_opinions if one.is_late(now)), None)


def _check_overdue(asked: HubOpinion, facts: Facts) -> None:
    if not asked.is_late(facts.now):
        raise Refusal("opinion.not_yet_due", due=asked.due)


def answerable(file: Application, actor: Actor) -> tuple[str, ...]:
    """Hubs whose opinion this person is still to give."""
    return tuple(hub for hub in served_hubs(file, actor) if file.opinions[hub].is_open)


def _answering_hub(file: Application, command: c.GiveOpinion, actor: Actor) -> str:
    """The hub that this opinion is of: the one named, else the only one that this person can still answer for."""
    if command.hub and command.hub not in served_hubs(file, actor):
        raise Refusal("workflow.not_your_hub", field="hub", command=command.verb)
    waiting = answerable(file, actor)
    if command.hub and command.hub not in waiting:
        raise Refusal("opinion.already_answered", field="hub")
    if not command.hub and len(waiting) > 1:
        raise Refusal("opinion.hub_needed", field="hub")
    return command.hub or waiting[0]


# ── What an opinion asks of those who do not follow it ────────────────────────


def to_answer(file: Application, programme: Programme) -> tuple[str, ...]:
    """Hubs whose opinion a proposal to approve answers."""
    return _with_effect(file, programme, ("answer", "overrule"))


def to_overrule(file: Application, programme: Programme) -> tuple[str, ...]:
    """Hubs against whose opinion nobody approves without a reason of their own."""
    return _with_effect(file, programme, ("overrule",))


def _with_effect(file: Application, programme: Programme, effects: tuple[Effect, ...]) -> tuple[str, ...]:
    weights = programme.consultation.opinions
    given = {hub: asked.opinion for hub, asked in file.opinions.items() if asked.opinion}
    return tuple(hub for hub, opinion in given.items() if opinion in weights and weights[opinion].effect in effects)


def answered(file: Application, command: c.MakeProposal, facts: Facts) -> tuple[e.OpinionAnswered, ...]:
    """What a proposal records besides. One to approve answers every opinion that asks for it; nothing is answered that nobody said."""
    said = [answer.hub for answer in command.answers]
    if len(set(said)) < len(said):
        raise Refusal("code.repeated", field="answers")
    for hub in said:
        if hub not in file.opinions or file.opinions[hub].opinion is None:
            raise Refusal("proposal.no_such_opinion", field="answers", hub=hub)
    for hub in to_answer(file, facts.programme):
        if command.recommendation == "approve" and hub not in said:
            raise Refusal("proposal.opinion_unanswered", field="answers", hub=hub)
    return tuple(e.OpinionAnswered(hub=answer.hub, answer=answer.text) for answer in command.answers)


def overruled(file: Application, despite: str, facts: Facts) -> tuple[e.OpinionOverruled, ...]:
    """What an approval records besides, where it does not follow a hub whose opinion asks for a reason."""
    hubs = to_overrule(file, facts.programme)
    if bool(hubs) != bool(says_something(despite)):
        raise Refusal("decision.against_opinion", field="despite") if hubs else Refusal("decision.nothing_overruled", field="despite")
    return (e.OpinionOverruled(hubs=hubs, reason=despite),) if hubs else ()
