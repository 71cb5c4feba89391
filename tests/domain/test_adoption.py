"""The life of a programme: proposed with its check, adopted by a second person, superseded; and the numbers of its priorities."""

import msgspec

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.programme import Programme
from fund.domain.registers import Adoption
from tests.domain.proof import passes, refuses
from tests.domain.world import ADA, ADOPTION, CLERK, FINN, PROGRAMME, Scenario, did, given

PROPOSE = c.ProposeProgramme(programme=ADOPTION, reason="The first tide table")
PROPOSED = e.ProgrammeProposed(programme="river_towns", version="river-1", digest="1" * 64, problems=0, reason="The first tide table")
WITHDRAW = c.WithdrawProposal(programme=ADOPTION, version="river-1", reason="A fault in the letters")
ADOPT = c.AdoptProgramme(programme=ADOPTION, version="river-1")
ADOPTED = e.ProgrammeAdopted(programme="river_towns", version="river-1", digest="1" * 64)
NEXT = {"version": "river-2", "digest": "2" * 64}
NEXT_PROPOSED = msgspec.structs.replace(PROPOSED, **NEXT)
NEXT_ADOPTED = msgspec.structs.replace(ADOPTED, **NEXT)
WAITING = did(CLERK, PROPOSED, on=ADOPTION)
GOVERNED = WAITING + did(ADA, ADOPTED, on=ADOPTION)
FERRY = c.RenumberPriority(programme=ADOPTION, priority="FERRY", printed="3", reason="The printed strategy was found")
RENUMBERED = e.PriorityRenumbered(catalogue="tides-2031", priority="FERRY", printed="3", reason="The printed strategy was found")


def adoption(scenario: Scenario) -> Adoption:
    found = scenario.state(ADOPTION)
    assert isinstance(found, Adoption)
    return found


def numbers(programme: Programme) -> list[str | None]:
    return [priority.printed for priority in programme.catalogue.priorities]


# ── Proposed ──────────────────────────────────────────────────────────────────


@passes(c.ProposeProgramme)
def test_a_programme_is_proposed_by_its_digest_and_governs_nothing_yet() -> None:
    after = adoption(given().when(PROPOSE, by=CLERK).then(PROPOSED).after)
    assert after.proposal
    assert (after.proposal.version, after.proposal.by, after.in_force) == ("river-1", {CLERK}, None)


@refuses(c.ProposeProgramme, "programme.incoherent")
def test_a_programme_with_a_problem_is_not_proposed() -> None:
    outcome = given().when(msgspec.structs.replace(PROPOSE, problems=2), by=CLERK).then("programme.incoherent")
    assert outcome.refusal
    assert outcome.refusal.about == {"count": 2}


@refuses(c.ProposeProgramme, "programme.already_proposed")
def test_one_proposal_is_open_at_a_time() -> None:
    given(*WAITING).under(**NEXT).when(PROPOSE, by=ADA).then("programme.already_proposed")


@refuses(c.ProposeProgramme, "programme.already_adopted")
@passes(c.ProposeProgramme)
def test_what_is_in_force_is_not_proposed_again_but_a_changed_text_is() -> None:
    given(*GOVERNED).when(PROPOSE, by=CLERK).then("programme.already_adopted")
    given(*GOVERNED).under(**NEXT).when(PROPOSE, by=CLERK).then(NEXT_PROPOSED)


@refuses(c.ProposeProgramme, "programme.version_used")
def test_a_version_number_belongs_to_one_text() -> None:
    given(*GOVERNED).under(digest="2" * 64).when(PROPOSE, by=CLERK).then("programme.version_used")


@passes(c.ProposeProgramme)
def test_an_earlier_text_may_come_back() -> None:
    given(*GOVERNED, *did(ADA, NEXT_ADOPTED, on=ADOPTION)).when(PROPOSE, by=CLERK).then(PROPOSED)


@refuses(c.ProposeProgramme, "text.empty")
def test_a_proposal_has_a_reason() -> None:
    given().when(msgspec.structs.replace(PROPOSE, reason=" "), by=ADA).then("text.empty", field="reason")


@refuses(c.ProposeProgramme, "workflow.role_needed")
@refuses(c.AdoptProgramme, "workflow.role_needed")
def test_only_administrators_propose_and_adopt() -> None:
    given().when(PROPOSE, by=FINN).then("workflow.role_needed")
    given(*WAITING).when(ADOPT, by=FINN).then("workflow.role_needed")


# ── Withdrawn ─────────────────────────────────────────────────────────────────


@passes(c.WithdrawProposal)
def test_a_proposal_can_be_withdrawn_and_another_made() -> None:
    withdrawn = e.ProposalWithdrawn(version="river-1", digest="1" * 64, reason="A fault in the letters")
    after = given(*WAITING).when(WITHDRAW, by=CLERK).then(withdrawn).after
    assert adoption(after).proposal is None
    after.under(**NEXT).when(PROPOSE, by=CLERK).then(NEXT_PROPOSED)


@refuses(c.WithdrawProposal, "programme.none_proposed")
@refuses(c.WithdrawProposal, "programme.other_proposed")
def test_only_what_is_proposed_is_withdrawn() -> None:
    given().when(WITHDRAW, by=CLERK).then("programme.none_proposed")
    given(*did(CLERK, NEXT_PROPOSED, on=ADOPTION)).when(WITHDRAW, by=CLERK).then("programme.other_proposed")


# ── Adopted ───────────────────────────────────────────────────────────────────


@passes(c.AdoptProgramme)
def test_a_second_person_adopts_what_was_proposed() -> None:
    after = adoption(given(*WAITING).when(ADOPT, by=ADA).then(ADOPTED).after)
    assert (after.in_force, after.proposal) == (ADOPTED, None)


@refuses(c.AdoptProgramme, "programme.own_proposal")
def test_who_proposed_does_not_adopt() -> None:
    given(*WAITING).when(ADOPT, by=CLERK).then("programme.own_proposal")


@refuses(c.AdoptProgramme, "programme.none_proposed")
@refuses(c.AdoptProgramme, "programme.other_proposed")
def test_what_was_not_proposed_is_not_adopted() -> None:
    given().when(ADOPT, by=ADA).then("programme.none_proposed")
    given(*did(CLERK, NEXT_PROPOSED, on=ADOPTION)).when(ADOPT, by=ADA).then("programme.other_proposed")


@passes(c.AdoptProgramme)
def test_the_next_version_supersedes_the_one_in_force_in_the_same_commit() -> None:
    superseded = e.ProgrammeSuperseded(version="river-1", digest="1" * 64, by="river-2")
    scenario = given(*GOVERNED, *did(ADA, NEXT_PROPOSED, on=ADOPTION))
    after = adoption(scenario.when(msgspec.structs.replace(ADOPT, version="river-2"), by=CLERK).then(NEXT_ADOPTED, superseded).after)
    assert after.versions == (ADOPTED, NEXT_ADOPTED)


# ── Numbers of priorities ─────────────────────────────────────────────────────


@passes(c.RenumberPriority)
def test_a_printed_number_is_corrected_and_earlier_ones_can_still_be_read() -> None:
    after = given(*GOVERNED).when(FERRY, by=ADA).then(RENUMBERED).after
    again = msgspec.structs.replace(RENUMBERED, printed="4")
    later = adoption(after.and_(*did(ADA, again, on=ADOPTION)))
    assert numbers(later.numbered(PROGRAMME)) == [None, "4", None, None]
    assert numbers(later.numbered(PROGRAMME, upto=3)) == [None, "3", None, None]
    assert later.numbered(PROGRAMME, upto=2) is PROGRAMME


def test_a_correction_is_of_one_catalogue() -> None:
    other = msgspec.structs.replace(PROGRAMME, catalogue=msgspec.structs.replace(PROGRAMME.catalogue, version="tides-2041"))
    assert adoption(given(*did(ADA, RENUMBERED, on=ADOPTION))).numbered(other) is other


@refuses(c.RenumberPriority, "code.unknown")
@refuses(c.RenumberPriority, "priority.number_invalid")
def test_a_number_is_a_number_of_a_priority() -> None:
    given().when(msgspec.structs.replace(FERRY, priority="FROST"), by=ADA).then("code.unknown")
    for odd in ("0", "III", "100", "٣"):
        given().when(msgspec.structs.replace(FERRY, printed=odd), by=ADA).then("priority.number_invalid")


@refuses(c.RenumberPriority, "priority.number_unchanged")
@refuses(c.RenumberPriority, "priority.number_taken")
def test_a_number_stands_once_and_a_correction_changes_something() -> None:
    corrected = given(*did(ADA, RENUMBERED, on=ADOPTION))
    corrected.when(FERRY, by=ADA).then("priority.number_unchanged")
    corrected.when(msgspec.structs.replace(FERRY, priority="FISH"), by=ADA).then("priority.number_taken")


@refuses(c.RenumberPriority, "text.empty")
def test_a_correction_has_a_reason() -> None:
    given().when(msgspec.structs.replace(FERRY, reason=" "), by=ADA).then("text.empty", field="reason")
