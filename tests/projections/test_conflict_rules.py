"""Conflicts that were not kept to, told event by event, are found over all history."""

from datetime import timedelta

import msgspec
import pytest

from fund.domain import events as e
from fund.domain.event import Event, Header, Recorded
from fund.domain.sections import Applicant
from fund.projections.conflict_rules import Conflicts
from tests.projections.history import CLOCK, OFFICER, SECOND, START, submitted

FILE, CITY, EVA, HANA, INES = "application-1", "city-1", "person-eva", "person-hana", "person-ines"
STARTED = (OFFICER, FILE, e.ApplicationStarted(reference="R", city=CITY, language="en", **CLOCK))
NAMED = (OFFICER, FILE, e.SectionSaved(section=Applicant(title="x", beneficiaries=("city-2",), office="x")))
CHECKED = (EVA, FILE, e.CheckRecorded(check="P1", result="pass", evidence="x", rule="1"))
ASKED = (OFFICER, FILE, e.OpinionRequested(hub="north", **CLOCK))
CLOSED = e.CoordinationClosed(mode="via_hub", hub="north", reason="", **CLOCK)
DECLINED = e.Declined(reasons=("x",), what_would_change=("x",), **CLOCK)
SAID = e.ConflictDeclared(
    number=1, person=EVA, interest="family", effect="recuse", paid_to_deliver=False, about="x", standing=None,
    tainted=(e.TaintedAct(version=2, event="application.check_recorded.v1", then="look_again"),),
)  # fmt: skip
EMPTY = msgspec.structs.replace(SAID, tainted=())
PAID = msgspec.structs.replace(EMPTY, person=OFFICER, interest="employer", effect="disclose", paid_to_deliver=True)
PROPOSED = e.ProposalMade(
    recommendation="decline", envelope=None, amount=0, currency="", peers=(), no_peers_reason="", conditions=(), reason="x", **CLOCK
)
HELD = e.ActivityHeld(
    format="visit", first_day=START.date(), last_day=START.date(), days=1, participants=3, hub="north", experts=(), note="x"
)
TIMER = "machine:timer"
CHOSEN = e.TaintedAct(version=3, event="application.coordination_closed.v1", then="look_again")
CHOSEN_OF_TWO = msgspec.structs.replace(CHOSEN, version=4)
PAID_LATE = msgspec.structs.replace(PAID, tainted=(CHOSEN,))
PAID_SECOND = msgspec.structs.replace(PAID, person=SECOND)
LOOKED = (SECOND, FILE, e.LookedAgain(number=1, finding="x"))
LEVEL = (SECOND, FILE, e.SafeguardsRecorded(level="amber", reason="x"))
SIGNED = (EVA, FILE, e.SafeguardsSigned(role="officer", hub=None, screen="d", reason="x"))
OF_THE_SIGNATURE = msgspec.structs.replace(
    SAID, tainted=(e.TaintedAct(version=3, event="application.safeguards_signed.v1", then="look_again"),)
)  # fmt: skip
Facts = tuple[tuple[str, str, Event], ...]


def standing(person: str, city: str | None = CITY, hub: str | None = None, effect: str = "recuse") -> tuple[str, str, Event]:
    said = e.InterestDeclared(
        person=person, number=1, interest="family", effect=effect, paid_to_deliver=hub is not None, city=city, hub=hub, about="x"  # type: ignore[arg-type]
    )  # fmt: skip
    return person, person, said


def told(*facts: tuple[str, str, Event]) -> list[str]:
    rules, breaches, versions = Conflicts(), list[str](), dict[str, int]()
    for index, (by, stream, event) in enumerate(facts, start=1):
        versions[stream] = versions.get(stream, 0) + 1
        header = Header(event_id=f"e{index}", actor=by, at=START, command_id=f"c{index}", content="", policy="p")
        breaches += rules.see(Recorded(stream=stream, version=versions[stream], header=header, event=event, index=index))
    return breaches


RECUSED, CLOSES, ANSWERS = (EVA, FILE, EMPTY), (OFFICER, FILE, CLOSED), (INES, FILE, DECLINED)
ENDS = e.ConflictEnded(number=1, reason="x")
OVER = e.InterestEnded(person=EVA, number=1, reason="x")
PAYS = f"application.coordination_closed.v1 was done by {OFFICER}, who would be paid to deliver"
NO_PART = f"application.check_recorded.v1 was done by {EVA}, who has no part in the file"
UNLISTED = f"conflict 1 does not list exactly what {EVA} had done"

HONEST: dict[str, Facts] = {
    "declared with what was done, looked at again, answered": (STARTED, CHECKED, (EVA, FILE, SAID), LOOKED, ANSWERS),
    "a signature looked at again by another than recorded the level": (
        STARTED,
        LEVEL,
        SIGNED,
        (EVA, FILE, OF_THE_SIGNATURE),
        (INES, FILE, LOOKED[2]),
    ),
    "a level is recorded anew after the signature": (
        STARTED,
        (INES, FILE, LEVEL[2]),
        SIGNED,
        LEVEL,
        (EVA, FILE, OF_THE_SIGNATURE),
        LOOKED,
    ),
    "disclosed and acting": (STARTED, ASKED, (EVA, FILE, msgspec.structs.replace(EMPTY, effect="disclose")), CHECKED),
    "paid late": (STARTED, ASKED, CLOSES, (OFFICER, FILE, PAID_LATE), LOOKED, ANSWERS),
    "brought late, and another hub delivers": (
        STARTED,
        ASKED,
        CLOSES,
        (OFFICER, FILE, PROPOSED),
        standing(OFFICER, None, "south", "disclose"),
        (TIMER, FILE, msgspec.structs.replace(PAID, standing=1)),
    ),
    "brought late, and one of two hubs was chosen": (
        STARTED,
        ASKED,
        (OFFICER, FILE, e.HubAsked(hub="south", reason="x", **CLOCK)),
        CLOSES,
        (OFFICER, FILE, PROPOSED),
        standing(OFFICER, None, "south", "disclose"),
        (TIMER, FILE, msgspec.structs.replace(PAID_LATE, standing=1, tainted=(CHOSEN_OF_TWO,))),
    ),
    "ended by somebody else": (STARTED, CHECKED, (EVA, FILE, SAID), (SECOND, FILE, ENDS), CHECKED, ANSWERS),
    "an interest in another city": (standing(EVA, "city-3"), STARTED, NAMED, CHECKED),
    "an interest that ended": (standing(EVA), (SECOND, EVA, OVER), STARTED, CHECKED),
    "another hub delivers": (standing(OFFICER, None, "south", "disclose"), STARTED, ASKED, CLOSES),
}
NORTHS = (OFFICER, HANA, e.RoleGranted(person=HANA, role="coordinator", scope="north"))
LENT_ON = e.RoleDelegated(
    person=OFFICER, number=1, lender=HANA, role="coordinator", scope="north", first=START.date(), last=START.date(), starts=START,
    ends=START, calendar="x/1", reason="x",
)  # fmt: skip
OF_NORTH = (HANA, OFFICER, LENT_ON)
OVER_BEFORE = msgspec.structs.replace(LENT_ON, starts=START - timedelta(days=2), ends=START - timedelta(days=1))
SPOKE = e.OpinionGiven(hub="north", opinion="support", accepts_delivery=True, reason="x")
HONEST |= {
    "a loan that was over": (NORTHS, (HANA, OFFICER, OVER_BEFORE), STARTED, ASKED, CLOSES),
    "a loan that was taken back": (
        NORTHS, OF_NORTH, (HANA, OFFICER, e.DelegationEnded(person=OFFICER, number=1, reason="x")), STARTED, ASKED, CLOSES,
    ),
    "a loan whose lender held the role no more": (
        NORTHS, OF_NORTH, (OFFICER, HANA, e.RoleRevoked(person=HANA, role="coordinator", scope="north")), STARTED, ASKED, CLOSES,
    ),
    "a loan whose lender is gone": (
        NORTHS, OF_NORTH, (OFFICER, HANA, e.PersonErased(person=HANA, basis="x")), STARTED, ASKED, CLOSES,
    ),
    "another spoke for the hub": (STARTED, ASKED, (HANA, FILE, SPOKE), CLOSES),
}  # fmt: skip
ROUND, OTHER = "round-1", "application-2"
ENTERED = tuple((OFFICER, ROUND, e.FileEntered(application=file, cities=(CITY,), region=None)) for file in (FILE, OTHER))
RANKED = e.RoundRanked(places=(), equity_note="x")
LINED = e.LineDrawn(places=0, reasons=("x",))
IN_THE_RACE = (STARTED, (HANA, FILE, msgspec.structs.replace(submitted(None), round=ROUND)), *ENTERED)
PLACES_IT = msgspec.structs.replace(
    RANKED, places=(e.Place(application=FILE, points=1, passed=True, first_time=True, served=0),)
)  # fmt: skip
OF_THE_ORDER = e.TaintedAct(version=3, event=e.RoundRanked.name, then="look_again", on=ROUND, by=(EVA,))
LISTED = msgspec.structs.replace(EMPTY, tainted=(OF_THE_ORDER,))
FALLEN = e.DecisionCorrected(
    number=1, letter=1, reasons=("x",), back_to="proposal", checks=(), envelope=None, unfunded="x", **CLOCK
)  # fmt: skip
HONEST |= {
    "a round ordered by who has a part in each file": (STARTED, *ENTERED, RECUSED, (SECOND, ROUND, RANKED), (INES, ROUND, LINED)),
    "a round that the file is not in": (STARTED, RECUSED, ENTERED[1], (EVA, ROUND, RANKED)),
    "ranked before it was declared": (STARTED, *ENTERED, (EVA, ROUND, RANKED), RECUSED),
    "the ranking that placed it is listed": (*IN_THE_RACE, (EVA, ROUND, PLACES_IT), (EVA, FILE, LISTED), LOOKED, ANSWERS),
    "a ranking is not listed of who disclosed": (
        *IN_THE_RACE,
        (EVA, ROUND, PLACES_IT),
        (EVA, FILE, msgspec.structs.replace(EMPTY, effect="disclose")),
    ),
    "the order of a round that is over for it": (*IN_THE_RACE, (EVA, ROUND, PLACES_IT), (INES, FILE, FALLEN), RECUSED),
    "ranked by who disclosed": (STARTED, *ENTERED, (EVA, FILE, msgspec.structs.replace(EMPTY, effect="disclose")), (EVA, ROUND, RANKED)),
}
BREACHES: dict[str, tuple[Facts, str]] = {
    "ranked by who has no part in a file": (
        (STARTED, *ENTERED, RECUSED, (EVA, ROUND, RANKED)),
        f"round.ranked.v1 was done by {EVA}, who has no part in one of its files",
    ),
    "a ranking that is not listed": ((*IN_THE_RACE, (EVA, ROUND, PLACES_IT), RECUSED), UNLISTED),
    "a ranking that gave it no place": ((*IN_THE_RACE, (EVA, ROUND, RANKED), (EVA, FILE, LISTED)), UNLISTED),
    "a ranking listed as of others": (
        (
            *IN_THE_RACE,
            (EVA, ROUND, PLACES_IT),
            (EVA, FILE, msgspec.structs.replace(LISTED, tainted=(msgspec.structs.replace(OF_THE_ORDER, by=(EVA, INES)),))),
        ),
        UNLISTED,
    ),
    "answered before anybody looked at the ranking": (
        (*IN_THE_RACE, (EVA, ROUND, PLACES_IT), (EVA, FILE, LISTED), ANSWERS),
        "application.declined.v1 before anybody had looked again at conflict 1",
    ),
    "lined by who has an interest in a city of a file": (
        (STARTED, NAMED, *ENTERED, standing(INES, "city-2"), (SECOND, ROUND, RANKED), (INES, ROUND, LINED)),
        f"round.line_drawn.v1 was done by {INES}, who has no part in one of its files",
    ),
    "acting after it": ((STARTED, RECUSED, CHECKED), NO_PART),
    "acting with a standing interest in a partner": ((standing(EVA, "city-2"), STARTED, NAMED, CHECKED), NO_PART),
    "a task for whoever has no part": (
        (STARTED, RECUSED, (OFFICER, FILE, e.AssessorAssigned(assessor=EVA))),
        f"{EVA} was given a task on the file, and has no part in it",
    ),
    "an act that is not listed": ((STARTED, CHECKED, RECUSED), UNLISTED),
    "an act that never was": ((STARTED, (EVA, FILE, SAID)), UNLISTED),
    "answered before anybody looked": (
        (STARTED, CHECKED, (EVA, FILE, SAID), ANSWERS),
        "application.declined.v1 before anybody had looked again at conflict 1",
    ),
    "looked at again by who recorded the level that was signed": (
        (STARTED, LEVEL, SIGNED, (EVA, FILE, OF_THE_SIGNATURE), LOOKED),
        f"conflict 1 was looked at again by {SECOND}, who had a hand in it",
    ),
    "looked at for nothing": ((STARTED, LOOKED), "conflict 1 was looked at again, and nothing waited for that"),
    "ended by the person": (
        (STARTED, (OFFICER, FILE, PAID), (OFFICER, FILE, ENDS)),
        f"conflict 1 was ended by {OFFICER}, whose own it is",
    ),
    "ended without having stood": ((STARTED, (OFFICER, FILE, ENDS)), "conflict 1 ended, which did not stand"),
    "an interest ended by its owner": ((standing(EVA), (EVA, EVA, OVER)), f"{EVA} ended an interest of their own"),
    "terms that are not listed": (
        (STARTED, ASKED, CLOSES, (OFFICER, FILE, PAID)),
        f"conflict 1 does not list exactly what {OFFICER} had done",
    ),
    "more than the terms is listed": (
        (STARTED, (OFFICER, FILE, CHECKED[2]), (OFFICER, FILE, msgspec.structs.replace(PAID_LATE, tainted=SAID.tainted))),
        f"conflict 1 does not list exactly what {OFFICER} had done",
    ),
    "terms looked at again by who is paid": (
        (STARTED, ASKED, CLOSES, (OFFICER, FILE, PAID_LATE), (OFFICER, FILE, LOOKED[2])),
        f"what set the terms was looked at again by {OFFICER}, who would be paid to deliver",
    ),
    "answered before anybody looked at the terms": (
        (STARTED, ASKED, CLOSES, (OFFICER, FILE, PAID_LATE), ANSWERS),
        "application.declined.v1 before anybody had looked again at conflict 1",
    ),
    "an award closed by who is paid": (
        (STARTED, ASKED, CLOSES, (SECOND, FILE, PAID_SECOND), (SECOND, FILE, HELD)),
        f"{e.ActivityHeld.name} was done by {SECOND}, who would be paid to deliver",
    ),
    "terms set by who is paid": ((STARTED, ASKED, (OFFICER, FILE, PAID), CLOSES), PAYS),
    "terms set by who is employed there": ((standing(OFFICER, None, "north", "disclose"), STARTED, ASKED, CLOSES), PAYS),
    "terms set by who stands in for the hub": ((NORTHS, OF_NORTH, STARTED, ASKED, CLOSES), PAYS),
    "terms set by who spoke for the hub": ((STARTED, ASKED, (OFFICER, FILE, SPOKE), CLOSES), PAYS),
    "terms set by the hub itself": (
        ((SECOND, OFFICER, e.RoleGranted(person=OFFICER, role="coordinator", scope="north")), STARTED, ASKED, CLOSES),
        PAYS,
    ),
}


@pytest.mark.parametrize("case", HONEST)
def test_what_is_right_is_left_alone(case: str) -> None:
    assert told(*HONEST[case]) == []


@pytest.mark.parametrize("case", BREACHES)
def test_what_is_wrong_is_told(case: str) -> None:
    facts, breach = BREACHES[case]
    assert told(*facts) == [breach]


def test_whoever_lent_the_role_it_was_done_with_does_not_look_at_it_again() -> None:
    rules, breaches = Conflicts(), list[str]()
    for version, (by, lender, event) in enumerate(
        ((OFFICER, None, STARTED[2]), (EVA, SECOND, CHECKED[2]), (EVA, None, SAID), (SECOND, None, LOOKED[2])), 1
    ):
        header = Header(event_id=f"e{version}", actor=by, on_behalf_of=lender, at=START, command_id=f"c{version}", content="", policy="p")
        breaches += rules.see(Recorded(stream=FILE, version=version, header=header, event=event, index=version))
    assert breaches == [f"conflict 1 was looked at again by {SECOND}, who had a hand in it"]
