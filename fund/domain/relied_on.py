"""Streams that a step relies on besides its own, those of whoever acts and the file's cities: the column `reads` of the table.

Each takes the state, the command and the programme, and gives ids of streams. What is decided by them is decided again where one of them
moved meanwhile.
"""

from collections.abc import Mapping
from typing import Any

from fund.domain import commands as c
from fund.domain import competition, consultation, delegation, release, workplace
from fund.domain.application import Application
from fund.domain.round import Round
from fund.domain.sections import Resources
from fund.domain.streams import PROGRAMME, RATES, State, hub_stream


def named_cities(file: Application, command: c.SaveSection, programme: object) -> tuple[str, ...]:
    return (*getattr(command.section, "beneficiaries", ()), *getattr(command.section, "observers", ()))


def register_and_round(file: Application, command: Any, programme: Any) -> tuple[str, ...]:
    """Also the programme's stream: a file is pinned to the version in force, so an adoption meanwhile decides it again."""
    return (PROGRAMME, *every_hub(programme), *round_to_enter(file, command, programme))


def routed_hubs(file: Application, command: object, programme: Any) -> tuple[str, ...]:
    return tuple(map(hub_stream, consultation.routed(file, programme)))


def routed_and_asked_hubs(file: Application, command: object, programme: Any) -> tuple[str, ...]:
    return tuple(map(hub_stream, {**dict.fromkeys(consultation.routed(file, programme)), **file.opinions}))


def asked_hubs(file: Application, command: object, programme: object) -> tuple[str, ...]:
    return tuple(map(hub_stream, file.opinions))


def chosen_assessor(file: Application, command: c.AssignAssessor, programme: Any) -> tuple[str, ...]:
    return (command.assessor, *every_hub(programme), *its_round(file, command, programme))


def chosen_moderator(file: Application, command: c.AssignModerator, programme: Any) -> tuple[str, ...]:
    return (command.moderator, *every_hub(programme), *its_round(file, command, programme))


def named_moderator(file: Application, command: object, programme: object) -> tuple[str, ...]:
    return (file.moderator,) if file.moderator else ()


def candidates(file: Application, command: c.DrawAssessors, programme: Any) -> tuple[str, ...]:
    return (*(one.person for one in command.candidates), *every_hub(programme), *its_round(file, command, programme))


def whose_it_is(file: Application, command: c.DeclareConflict, programme: object) -> tuple[str, ...]:
    return (command.person, *its_round(file, command, programme))


def its_people(file: Application, command: c.BringInterest, programme: object) -> tuple[str, ...]:
    return (*file.people, *its_round(file, command, programme))


def who_ordered(command: object, states: Mapping[str, State]) -> tuple[str, ...]:
    """Whoever ranked the file's round or drew its line."""
    return tuple(hand for state in list(states.values()) if isinstance(state, Round) for hand in sorted(state.ordered_by))


def people_there_are(file: Application, command: c.AnnounceShortage, programme: Any) -> tuple[str, ...]:
    return (*command.people, *every_hub(programme), *its_round(file, command, programme))


def invited(file: Application, command: c.ProposeExpert, programme: object) -> tuple[str, ...]:
    return (command.person, *((command.city,) if command.city else ()), *its_round(file, command, programme))


def signing_hubs(file: Application, command: object, programme: object) -> tuple[str, ...]:
    """Whether they are open still."""
    asked = file.screen.signatures if file.screen else ()
    return tuple(hub_stream(one.asked.hub) for one in asked if one.asked.hub)


def every_hub(programme: Any) -> tuple[str, ...]:
    """Which are open, and whether somebody is of one that serves other regions."""
    return tuple(hub_stream(hub.code) for hub in programme.catalogue.hubs)


def its_round(file: Application, command: object, programme: object) -> tuple[str, ...]:
    return competition.streams_of(file)


def its_files(round: Round, command: object, programme: object) -> tuple[str, ...]:
    """Every file that entered, and its cities: whether somebody has no part in one of them, be it one that left."""
    return (*(entry.application for entry in round.entries), *sorted(round.cities))


def named_in_its_files(command: object, states: Mapping[str, State]) -> tuple[str, ...]:
    """Cities that have another part in a file of the round than to benefit."""
    return tuple(id for state in list(states.values()) if isinstance(state, Application) for id in state.parties)


def competing(command: object, states: Mapping[str, State]) -> tuple[str, ...]:
    """Cities of the file's round: whether somebody speaks for one of them. `further`: which they are, the round says."""
    return tuple(id for state in list(states.values()) if isinstance(state, Round) for id in sorted(state.cities))


def competing_files(command: object, states: Mapping[str, State]) -> tuple[str, ...]:
    """And the files themselves, until their line is drawn: whether somebody has no part in one of them."""
    rounds = [state for state in states.values() if isinstance(state, Round) and state.line is None]
    return (*competing(command, states), *(entry.application for round in rounds for entry in round.entries))


def own_and_competing(command: object, states: Mapping[str, State]) -> tuple[str, ...]:
    """And cities of the people who are looked at: by whose days they work."""
    return (*workplace.cities(command, states), *competing(command, states))


def of_who_judges(command: object, states: Mapping[str, State]) -> tuple[str, ...]:
    """And streams of those who lent them a role."""
    return (*own_and_competing(command, states), *delegation.lenders(command, states))


def round_to_enter(file: Application, command: c.SubmitApplication, programme: object) -> tuple[str, ...]:
    return tuple(filter(None, {file.round, command.round}))


def envelopes(file: Application, command: object, programme: object) -> tuple[str, ...]:
    """The envelope that is asked for or was proposed, and the one that holds money back for this file."""
    proposed = file.proposal.envelope if file.proposal else None
    return tuple(id for id in (getattr(command, "envelope", None) or proposed, file.reserved) if id)


def envelopes_and_lead(file: Application, command: object, programme: object) -> tuple[str, ...]:
    return (*envelopes(file, command, programme), *leading_hub(file, command, programme))


def reserved(file: Application, command: object, programme: object) -> tuple[str, ...]:
    return (file.reserved,) if file.reserved else ()


def round_and_reserved(file: Application, command: object, programme: object) -> tuple[str, ...]:
    return (*competition.streams_of(file), *reserved(file, command, programme))


def round_and_envelope(file: Application, command: c.DecideAppeal | c.CorrectDecision, programme: object) -> tuple[str, ...]:
    return (*competition.streams_of(file), *((command.envelope,) if command.envelope else ()))


def awaited_envelope(file: Application, command: object, programme: object) -> tuple[str, ...]:
    return (file.decision.envelope,) if file.decision and file.decision.envelope else ()


def leading_hub(file: Application, command: object, programme: object) -> tuple[str, ...]:
    hub = release.leading(file)
    return (hub_stream(hub),) if hub else ()


def leading_and_asked_hubs(file: Application, command: object, programme: object) -> tuple[str, ...]:
    return (*leading_hub(file, command, programme), *asked_hubs(file, command, programme))


def award_streams(file: Application, command: object, programme: object) -> tuple[str, ...]:
    return release.streams(file)


def named_money(file: Application, command: c.MakeProposal, programme: object) -> tuple[str, ...]:
    """The envelope, rates where it would pay in another currency than was asked for, and whether the hub that leads is open."""
    asked = file.section(Resources)
    rates = (RATES,) if asked and asked.currency != command.currency else ()
    return (*((command.envelope, *rates) if command.envelope else ()), *leading_hub(file, command, programme))


def named_person(city: object, command: Any, programme: object) -> tuple[str, ...]:
    return (command.person,)


def giving_city(envelope: object, command: c.ReceiveContribution, programme: object) -> tuple[str, ...]:
    return (command.city,) if command.city else ()
