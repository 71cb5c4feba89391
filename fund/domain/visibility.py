"""Who sees what. The one rule for history, state, API, pages and exports.

`visible(person, recorded, file)` gives the classes of fields that this actor may read of this event, and whether they
may know who did it; None where they may not know that it happened.
"""

import msgspec

from fund.domain import events as e
from fund.domain.application import Application
from fund.domain.event import FieldClass, Recorded
from fund.domain.facts import Actor, Role
from fund.domain.registers import City


class Sight(msgspec.Struct, frozen=True):
    """What of an event may be read."""

    classes: frozenset[FieldClass]
    actor: bool
    """Whether the reader may know who acted; hub staff and assessors are never named to the applicant."""


FULL = Sight(frozenset({"public", "internal", "personal", "restricted"}), True)
CLOSED_TEXTS = Sight(frozenset({"public", "internal"}), True)
ANONYMOUS = Sight(frozenset({"public", "internal"}), False)
APPLICANT = Sight(frozenset({"public", "internal", "restricted"}), False)
ONLY_THAT = Sight(frozenset({"public"}), False)

OWN_WORDS = (e.ApplicationStarted, e.SectionSaved, e.ApplicationSubmitted, e.Withdrawn)
TOLD_AT_ONCE = (
    e.ReturnedForCompletion, e.CompletenessConfirmed, e.FoundEligible, e.FoundIneligible, e.OpinionDeemed,
    e.CoordinationClosed, e.Approved, e.ApprovedWithConditions, e.Declined, e.LetterIssued,
)  # fmt: skip
STAFF = (Role.OFFICER, Role.APPROVER, Role.AUDITOR)


def sees_file(person: Actor, file: Application, lead: City) -> bool:
    """Whether the file exists for this person at all."""
    if is_operator(person) or any(person.holds(role) for role in (*STAFF, Role.MACHINE)) or lead.represented_by(person.id):
        return True
    hub = file.opinion.hub if file.opinion else None
    return person.id in file.assessors or (hub is not None and person.holds(Role.COORDINATOR, hub))


def visible(person: Actor, recorded: Recorded, file: Application, lead: City) -> Sight | None:
    """`file` is the state as of now, `lead` its lead city. Duty separation hides nothing from auditors but open assessments."""
    event = recorded.event
    if lead.represented_by(person.id):
        return _applicant(event, file)
    if not sees_file(person, file, lead):
        return None
    if is_operator(person):
        return CLOSED_TEXTS
    if isinstance(event, e.AssessmentRecorded):
        return _assessment(person, event, file)
    if person.holds(Role.MACHINE) or any(person.holds(role) for role in STAFF):
        return FULL
    if person.id in file.assessors:
        return None if isinstance(event, e.OpinionGiven | e.ProposalMade) and file.decision is None else FULL
    return _coordinator(event)


def is_operator(person: Actor) -> bool:
    """Whoever runs the machine: reads all that is stored in clear, opens nothing unless that is recorded."""
    return person.id.startswith("operator:")


def _applicant(event: object, file: Application) -> Sight | None:
    if isinstance(event, OWN_WORDS):
        return FULL
    if isinstance(event, TOLD_AT_ONCE):
        return APPLICANT
    if isinstance(event, e.OpinionRequested):
        return ANONYMOUS
    if isinstance(event, e.AlignmentDetermined):
        return ANONYMOUS if file.decision else ONLY_THAT
    return None


def _assessment(person: Actor, event: e.AssessmentRecorded, file: Application) -> Sight | None:
    """Independent: until all are in, each sees only their own; others see that one is in, and not whose."""
    if event.assessor == person.id or file.findings:
        return None if person.holds(Role.COORDINATOR) and event.assessor != person.id else FULL
    return ONLY_THAT


def _coordinator(event: object) -> Sight | None:
    hidden = e.AssessorAssigned | e.CheckRecorded | e.ProposalMade | e.AlignmentDetermined
    return None if isinstance(event, hidden) else FULL
