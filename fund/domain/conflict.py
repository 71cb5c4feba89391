"""Rules of conflicts of interest: declared once and for all or on one file, ended by somebody else, and what they taint. Record 0020.

What somebody did who should not have done it is never taken back: it stays in history. As long as nothing is decided, judgements,
proposals and first approvals are done again by others, and somebody else looks again at the rest. Afterwards it stays listed.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Act, Application, Conflict, Stage, conflicts
from fund.domain.event import Event
from fund.domain.facts import Actor, Facts, On, Role
from fund.domain.interest import concerning, delivering_hubs, hubs_to_choose_from, is_recused, would_deliver
from fund.domain.refusal import Refusal
from fund.domain.registers import Interest, Person
from fund.domain.round import Round
from fund.domain.step import Step

Decided = tuple[Event | On, ...]
LOOK_ON = (Role.OFFICER, Role.APPROVER)
"""Who may say of somebody else that they have a conflict: with an office of their own, for it is said in one name."""
JUDGED = (Stage.ASSESSMENT, Stage.MODERATION, Stage.COORDINATION, Stage.RANKING, Stage.PROPOSAL, Stage.DECISION)
TO_BE_DECIDED: tuple[e.Outcome, ...] = ("deferred", "waiting_list")
"""Answers after which the file waits for another one."""
REDONE: dict[e.Redone, tuple[type[e.ApplicationEvent], ...]] = {
    "nothing": (),
    "approval": (e.ApprovalGiven, e.OpinionOverruled, e.DecidedOtherwise),
    "proposal": (e.ApprovalGiven, e.OpinionOverruled, e.DecidedOtherwise, e.ProposalMade, e.OpinionAnswered),
    "moderation": (e.CoordinationClosed, e.ModerationHeld),
    "assessment": (e.AssessmentRecorded, e.ScoresRecorded),
}
"""What is done again from there on; each includes those before it."""
CHOOSING = (e.CoordinationClosed, e.LeadHandedOver)
"""What chooses among hubs."""
TERMS: tuple[type[e.ApplicationEvent], ...] = (
    *CHOOSING,
    e.OpinionAnswered,
    e.ProposalMade,
    e.OpinionOverruled,
    e.ApprovalGiven,
    e.Approved,
    e.ApprovedWithConditions,
    e.CityCapReached,
    e.PutOnWaitingList,
    e.ActivityHeld,
    e.AwardClosed,
    e.AwardTerminated,
)
"""What the steps record that set the form or the cost of the support (`sets_terms` in the table), and no others do."""
SET_BY_TERMS = frozenset(kind.name for kind in TERMS)


# ── Standing declarations ─────────────────────────────────────────────────────


def declare_interest(person: Person, command: c.DeclareInterest, facts: Facts) -> tuple[Event, ...]:
    """One's own; an administrator enters what somebody gave on paper."""
    facts.person(command.person)
    if command.person != facts.actor.id and not facts.actor.holds(Role.ADMINISTRATOR):
        raise Refusal("interest.not_yours", field="person")
    city, hub = command.city or None, command.hub or None
    if bool(city) == bool(hub):
        raise Refusal("interest.city_or_hub", field="city")
    if city:
        facts.city(city)
    if hub and facts.programme.hub(hub) is None:
        raise Refusal("hub.unknown", field="hub", hub=hub)
    if any((one.kind, one.city, one.hub) == (command.interest, city, hub) for one in person.interests):
        raise Refusal("interest.already_declared", field="interest")
    rule = facts.programme.conflicts.declared[command.interest]
    declared = e.InterestDeclared(
        person=command.person,
        number=person.declared + 1,
        interest=command.interest,
        effect=rule.effect,
        paid_to_deliver=rule.paid_to_deliver,
        city=city,
        hub=hub,
        about=command.about,
    )
    return (declared,)


def end_interest(person: Person, command: c.EndInterest, facts: Facts) -> tuple[Event, ...]:
    """By somebody else: nobody comes back to a file by their own word."""
    facts.person(command.person)
    if command.person == facts.actor.id:
        raise Refusal("interest.own_end", field="person")
    if command.number not in {one.number for one in person.interests}:
        raise Refusal("interest.unknown", field="number", number=command.number)
    return (e.InterestEnded(person=command.person, number=command.number, reason=command.reason),)


# ── On one file ───────────────────────────────────────────────────────────────


def declare_conflict(file: Application, command: c.DeclareConflict, facts: Facts) -> Decided:
    person = command.person or facts.actor.id
    if person != facts.actor.id:
        facts.person(person)
        if not any(map(facts.actor.own.holds, LOOK_ON)):
            raise Refusal("conflict.not_yours", field="person")
    if any(one.said.interest == command.interest for one in file.conflicts_of(person)):
        raise Refusal("conflict.already_declared", field="interest")
    rule = facts.programme.conflicts.declared[command.interest]
    said = e.ConflictDeclared(
        number=len(file.conflicts) + 1,
        person=person,
        interest=command.interest,
        effect=rule.effect,
        paid_to_deliver=rule.paid_to_deliver,
        about=command.about,
        standing=None,
    )
    return _with_consequences(file, said, facts)


def may_bring(file: Application, facts: Facts) -> None:
    if not any(_brought(file, id, facts) for id in had_a_hand(file, _round_of(file, facts))):
        raise Refusal("interest.nothing_to_bring")


def bring_interest(file: Application, command: c.BringInterest, facts: Facts) -> Decided:
    """A pure fact, so a machine's to record: somebody of the file has declared an interest that concerns it."""
    there = _brought(file, command.person, facts) if command.person in had_a_hand(file, _round_of(file, facts)) else ()
    interest = next((one for one in there if one.number == command.number), None)
    if interest is None:
        raise Refusal("interest.nothing_to_bring", field="number")
    return _with_consequences(file, _standing(command.person, interest, len(file.conflicts) + 1), facts, interest)


def had_a_hand(file: Application, round: Round | None) -> frozenset[str]:
    """Whoever did something for the fund on it, was asked to, or gave it its place. round: its own."""
    return frozenset((*file.people, *(hand for act in ordering(file, round) for hand in act.by)))


def ordering(file: Application, round: Round | None) -> tuple[Act, ...]:
    """The ranking that gave it a place and the line that was drawn: what becomes of it hangs on them, and they are no acts of its own."""
    return round.acts if round and round.place(file.id) else ()


def _round_of(file: Application, facts: Facts) -> Round | None:
    found = facts.states.get(file.round) if file.round else None
    return found if isinstance(found, Round) else None


def _brought(file: Application, person: str, facts: Facts) -> tuple[Interest, ...]:
    found = facts.states.get(person)
    return not_on_file(found, file) if isinstance(found, Person) else ()


def not_on_file(person: Person | Actor, file: Application) -> tuple[Interest, ...]:
    """Standing interests that concern the file and were never brought to it."""
    there = {one.said.standing for one in file.conflicts if one.said.person == person.id}
    return tuple(one for one in concerning(person, file) if one.number not in there)


def _standing(person: str, interest: Interest, number: int) -> e.ConflictDeclared:
    return e.ConflictDeclared(
        number=number,
        person=person,
        interest=interest.kind,
        effect=interest.effect,
        paid_to_deliver=interest.paid_to_deliver,
        about="",
        standing=interest.number,
    )


def shown_with(rule: Callable[[Any, Any, Any], Decided]) -> Callable[[Any, Any, Any], Decided]:
    """The rule of a judgement or an opinion: what its author has declared, and whoever gives it with a role that was lent to them, is on
    file in the same commit, before it, with all it undoes."""

    def decided(file: Application, command: Any, facts: Facts) -> Decided:
        shown: Decided = ()
        authors = (facts.actor, facts.hands) if facts.hands else (facts.actor,)
        for author, interest in [(one, interest) for one in authors for interest in not_on_file(one, file)]:
            said, *told = _with_consequences(file, _standing(author.id, interest, len(file.conflicts) + 1), facts, interest)
            assert isinstance(said, e.ConflictDeclared)
            file = msgspec.structs.replace(file, **conflicts.changes(file, said, facts.actor.id, facts.now))
            shown = (*shown, said, *told)
        return (*shown, *rule(file, command, facts))

    return decided


def may_end(file: Application, facts: Facts) -> None:
    if not any(not one.ended and facts.actor.id not in (one.by, one.said.person) for one in file.conflicts):
        raise Refusal("conflict.none_to_end")


def end_conflict(file: Application, command: c.EndConflict, facts: Facts) -> tuple[Event, ...]:
    """By somebody else than whose it is and than who declared it."""
    found = next((one for one in file.conflicts if one.said.number == command.number and not one.ended), None)
    if found is None:
        raise Refusal("conflict.unknown", field="number", number=command.number)
    if facts.actor.id in (found.by, found.said.person):
        raise Refusal("conflict.own_end", field="number")
    return (e.ConflictEnded(number=command.number, reason=command.reason),)


def may_look_again(file: Application, facts: Facts) -> None:
    if not file.to_look_at_again:
        raise Refusal("conflict.nothing_to_look_at")
    if all(refusals := [_why_not(file, one, facts) for one in file.to_look_at_again]):
        assert refusals[0]
        raise refusals[0]


def look_again(file: Application, command: c.LookAgain, facts: Facts) -> tuple[Event, ...]:
    found = next((one for one in file.to_look_at_again if one.said.number == command.number), None)
    if found is None:
        raise Refusal("conflict.nothing_to_look_at", field="number")
    if refused := _why_not(file, found, facts):
        raise refused
    return (e.LookedAgain(number=command.number, finding=command.finding),)


def _why_not(file: Application, found: Conflict, facts: Facts) -> Refusal | None:
    """Somebody else looks again: nobody of theirs who did it, and of what set the terms nobody who is paid to deliver."""
    if is_of_terms(found) and would_deliver(facts.actor, file):
        return Refusal("conflict.paid_to_deliver", command=c.LookAgain.verb)
    if facts.actor.id in took_part(file, found):
        return Refusal("conflict.own_act", command=c.LookAgain.verb, number=found.said.number)
    return None


def took_part(file: Application, conflict: Conflict) -> frozenset[str]:
    """Everybody whose hands are in what is to be looked at again. Of a signature they are also theirs who recorded what was signed: another
    is to answer for the level in the place of the one who signed.
    """
    again = [act for act in conflict.said.tainted if act.then != "redone"]
    versions = {act.version for act in again if not act.on}
    acts = [act for act in file.acts if act.version in versions]
    signed = [_recorded_before(file, act) for act in acts if act.event == e.SafeguardsSigned.name]
    there = (hand for act in again for hand in act.by)
    return frozenset((*(hand for act in (*acts, *filter(None, signed)) for hand in act.by), *there))


def _recorded_before(file: Application, signed: Act) -> Act | None:
    before = (act for act in reversed(file.acts) if act.version < signed.version)
    return next((act for act in before if act.event == e.SafeguardsRecorded.name), None)


def is_of_terms(conflict: Conflict) -> bool:
    """Whether who looks again answers for what set the form or the cost of the support."""
    return any(act.event in SET_BY_TERMS for act in conflict.said.tainted)


# ── What it taints ────────────────────────────────────────────────────────────


def _with_consequences(file: Application, said: e.ConflictDeclared, facts: Facts, standing: Interest | None = None) -> Decided:
    acts = tuple(act for act in file.acts if said.person in act.by and _is_tainted(file, act, said, standing))
    redone = _redone(file, said, acts, facts)
    due, days = _due_again(file, redone, facts)
    tainted = tuple(e.TaintedAct(version=act.version, event=act.event, then=_then(file, act, redone)) for act in acts)
    there = _there(file, said, redone, facts) if said.effect == "recuse" else ()
    complete = msgspec.structs.replace(said, tainted=(*tainted, *there), redone=redone, due=due, calendar=days)
    return (complete, *_told_the_round(file, redone))


def _there(file: Application, said: e.ConflictDeclared, redone: e.Redone, facts: Facts) -> tuple[e.TaintedAct, ...]:
    """What they did in the order of its round: it is computed and drawn once, so it is never done again."""
    acts = (act for act in ordering(file, _round_of(file, facts)) if said.person in act.by)
    return tuple(
        e.TaintedAct(version=act.version, event=act.event, then=_then(file, act, redone), on=file.round or "", by=act.by) for act in acts
    )


def _is_tainted(file: Application, act: Act, said: e.ConflictDeclared, standing: Interest | None) -> bool:
    """Everything of somebody who has no part in it. Of who is paid to deliver, what they would have been kept from: where a hub pays them,
    the choice among hubs of which it is one, and what follows where it was chosen.
    """
    if said.effect == "recuse" or not said.paid_to_deliver:
        return said.effect == "recuse"
    if standing is None or standing.hub is None:
        return act.event in SET_BY_TERMS
    paying = hubs_to_choose_from(file) if act.event in {kind.name for kind in CHOOSING} else delivering_hubs(file)
    return act.event in SET_BY_TERMS and standing.hub in paying


def _redone(file: Application, said: e.ConflictDeclared, acts: tuple[Act, ...], facts: Facts) -> e.Redone:
    """The earliest of it that still counts, while nothing is decided, and the admission of the appeal that is being heard."""
    if file.stage is Stage.APPEAL:
        return "admission" if _last(file, e.AppealAdmitted) in acts else "nothing"
    if file.decision or file.stands_at not in JUDGED:
        return "nothing"
    if said.effect == "recuse" and (judged := _judged_again(file, said.person, facts)):
        return judged
    if file.proposal and _last(file, e.ProposalMade) in acts:
        return "proposal"
    return "approval" if file.approval and _last(file, e.ApprovalGiven) in acts else "nothing"


def _judged_again(file: Application, person: str, facts: Facts) -> e.Redone | None:
    if _is_ranked(file, facts):
        return None
    if person in file.assessed_by:
        return "assessment"
    held = _last(file, e.ModerationHeld) if file.moderated else None
    return "moderation" if held and person in held.by else None


def _is_ranked(file: Application, facts: Facts) -> bool:
    """What a round has ranked is not judged again, also where an appeal has taken the file out of it since."""
    if file.round is None:
        return file.scored is not None
    return facts.round(file.round).ranked is not None


def _last(file: Application, kind: type[e.ApplicationEvent]) -> Act | None:
    return next((act for act in reversed(file.acts) if act.event == kind.name), None)


def _due_again(file: Application, redone: e.Redone, facts: Facts) -> tuple[datetime | None, str]:
    """Of the stage that the file goes back to; where it stands there already, its clock runs on. What is suspended stays so."""
    if file.held or redone in ("nothing", "approval") or str(file.stage) == redone:
        return None, ""
    clock = "appeal_admission" if redone == "admission" else redone
    return facts.due(clock, file, since=file.sealed_until if redone == "assessment" else None)


def _then(file: Application, act: Act, redone: e.Redone) -> e.Then:
    if redone == "admission":
        return "redone" if act == _last(file, e.AppealAdmitted) else "listed"
    if file.decision and file.decision.outcome not in TO_BE_DECIDED:
        return "listed"
    order = tuple(REDONE)
    again = {kind.name for one in order[: order.index(redone) + 1] for kind in REDONE[one]}
    return "redone" if act.event in again else "look_again"


def _told_the_round(file: Application, redone: e.Redone) -> tuple[On, ...]:
    """Until it is scored again it has no points there, and the round cannot be ranked."""
    if redone in ("assessment", "moderation") and file.round and file.scored:
        return (On(file.round, e.FileUnscored(application=file.id)),)
    return ()


# ── What it keeps from ────────────────────────────────────────────────────────


def permit(step: Step, file: Application, facts: Facts) -> None:
    """Refusal conflict.recused, conflict.paid_to_deliver, conflict.look_again."""
    if is_recused(facts.actor, file):
        raise Refusal("conflict.recused", command=step.verb)
    if step.sets_terms and would_deliver(facts.actor, file):
        raise Refusal("conflict.paid_to_deliver", command=step.verb)
    if step.answers and file.to_look_at_again:
        raise Refusal("conflict.look_again", command=step.verb, number=file.to_look_at_again[0].said.number)


def giving_cities(file: Application, envelope: str, facts: Facts) -> tuple[str, ...]:
    """Cities of the file that gave to the envelope it would be paid from."""
    pots = facts.envelope(envelope).pots
    return tuple(city for city in file.cities if any(pot.given.city == city for pot in pots))


def is_closed_to(giving: tuple[str, ...], facts: Facts) -> bool:
    """Whether a city may be paid from an envelope that it gave to is the programme's to say."""
    return bool(giving) and facts.programme.conflicts.donor_city.effect == "recuse"


def check_donors(giving: tuple[str, ...], facts: Facts) -> None:
    if is_closed_to(giving, facts):
        raise Refusal("conflict.donor_city", field="envelope", cities=giving)
