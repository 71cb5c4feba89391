"""What changes around the files while they travel: people come and go, a city leaves the network, a hub ends its work."""

from fund.border.naming import city_called
from fund.demo.cast import OPERATOR, Cast, person
from fund.demo.stage import Stage
from fund.domain import commands as c
from fund.domain.facts import Role
from fund.domain.streams import PROGRAMME


def a_former_assessor(stage: Stage, cast: Cast) -> None:
    """The role ends; later the person asks to be forgotten, and only the fact of it stays."""
    former = person(stage, "assessor-former", "Former assessor", Role.ASSESSOR)
    stage.do("former:revoke", c.RevokeRole(person=former, role=Role.ASSESSOR), by=OPERATOR)
    stage.do("former:erase", c.ErasePerson(person=former, basis="Example: asked for in writing, nothing stands against it"), by=OPERATOR)


def an_officer_of_a_city(stage: Stage, cast: Cast) -> None:
    """Whoever belongs to a city decides nothing of it."""
    aarhus = city_called(stage.fund, "Aarhus", "DK")
    stage.do("officer:affiliation", c.RecordAffiliation(person=cast.second_officer, city=aarhus), by=OPERATOR)


def an_approver_who_reads_once_a_week(stage: Stage, cast: Cast) -> None:
    """How messages come is each reader's choice, but for what must be told at once."""
    stage.do("approver:messages", c.ChooseMessages(person=cast.approver, rhythm="weekly", language="fr"), by=cast.approver)


def a_city_that_leaves(stage: Stage, cast: Cast) -> None:
    aarhus = city_called(stage.fund, "Aarhus", "DK")
    signatory = person(stage, "signatory-aarhus", "Signatory of Aarhus")
    proof = "Example: letter of the local government, seen by the office"
    stage.do("aarhus:signatory", c.ConfirmRepresentative(city=aarhus, person=signatory, capacity="signatory", proof=proof), by=OPERATOR)
    stage.do("aarhus:ends", c.EndRepresentative(city=aarhus, person=signatory, reason="Example: moved to another office"), by=OPERATOR)
    stage.do("aarhus:leaves", c.EndMembership(city=aarhus, basis="Example: only to show how a membership ends"), by=OPERATOR)


def a_hub_that_ends(stage: Stage, cast: Cast) -> None:
    stage.do("hub:north-america:close", c.CloseHub(hub="hub-north-america", basis="Example: its funding ended"), by=OPERATOR)


def an_auditor_who_looks(stage: Stage, cast: Cast) -> None:
    """Opening sealed texts outside daily work is itself a fact."""
    read = c.RecordSealedRead(programme=PROGRAMME, read="person", purpose="Example: yearly audit of who may decide")
    stage.do("auditor:sealed-read", read, by=OPERATOR)


UPKEEP = (
    a_former_assessor,
    an_officer_of_a_city,
    an_approver_who_reads_once_a_week,
    a_city_that_leaves,
    a_hub_that_ends,
    an_auditor_who_looks,
)
