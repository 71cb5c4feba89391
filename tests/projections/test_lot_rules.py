"""Lots drawn again by the audit: an honest one is silent, and whatever is wrong with one is told."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import msgspec

from fund.domain import events as e
from fund.domain import sections as s
from fund.domain.draw import drawn
from fund.projections import lot_rules
from fund.projections.audit_rules import audited
from tests.projections.history import (
    ASSESSOR_A,
    ASSESSOR_B,
    CITY,
    CLOCK,
    COORDINATOR,
    OFFICER,
    OPERATOR,
    OTHER_CITY,
    SPEAKER,
    START,
    Story,
    assessed,
    opened,
    submitted,
)

FILE, EARLIER = "application-x", "application-earlier"
EXPERT, FARAWAY = "person-expert", "person-faraway"
ALL = (ASSESSOR_A, ASSESSOR_B, EXPERT, FARAWAY)
SEED = "ab" * 16
NIGHT = START + timedelta(hours=12)


class LotStory(Story):
    """Two assessors, an expert, somebody of a hub far away; everybody knows of everything that was told before."""

    def people(self) -> "LotStory":
        self.world()
        self.grant(ASSESSOR_A, "assessor")
        self.grant(ASSESSOR_B, "assessor")
        self.grant(EXPERT, "expert")
        self.grant(FARAWAY, "coordinator", "southern")
        self.tell("hub-southern", OPERATOR, e.HubOpened(hub="southern", regions=("pacific",), opened="2024-01", basis="site"))
        return self

    def eligible(self, file: str) -> None:
        self.complete(file)
        self.tell(file, OFFICER, e.FoundEligible(**CLOCK))

    def lot(self, file: str, who: dict[str, int], **changes: object) -> tuple[str, ...]:
        candidates = tuple(e.Candidate(person=person, load=load) for person, load in sorted(who.items()))
        day = START.date()
        honest = e.AssessorsDrawn(
            candidates=candidates, as_of=self.ledger.head(), day=day, seed=SEED, places=2, drawn=drawn(SEED, candidates, 2)
        )
        told = msgspec.structs.replace(honest, **changes)
        self.tell(file, "machine:lots", told)
        return told.drawn


def told(tell: Callable[[LotStory], object]) -> list[str]:
    with opened("memory://") as ledger:
        tell(LotStory(ledger).people())
        return [one.what for one in audited(ledger.read(0, 10_000))]


def free() -> dict[str, int]:
    """Everybody who qualifies, owing nothing."""
    return dict.fromkeys(ALL, 0)


def without(*people: str) -> dict[str, int]:
    return {person: 0 for person in free() if person not in people}


def lot(who: dict[str, int], before: Callable[[LotStory], object] = lambda story: None, **changes: object) -> list[str]:
    def tell(story: LotStory) -> None:
        story.eligible(FILE)
        before(story)
        story.lot(FILE, who, **changes)

    return told(tell)


def test_an_honest_lot_is_silent() -> None:
    assert lot(free()) == []


def test_whoever_was_left_out_is_named() -> None:
    for person in ALL:
        assert lot(without(person)) == [f"{person} qualified and was left out of the lot"]


def test_whoever_does_not_qualify_is_named() -> None:
    def no_more(story: LotStory) -> None:
        story.tell(EXPERT, OPERATOR, e.RoleRevoked(person=EXPERT, role="expert", scope=None))

    assert lot(free(), no_more) == [f"{EXPERT} was in the lot and did not qualify"]
    assert lot(free() | {COORDINATOR: 0}) == [f"{COORDINATOR} was in the lot and did not qualify"]
    assert lot(free() | {OFFICER: 0}) == [f"{OFFICER} was in the lot and did not qualify"]


def excluded(person: str, *facts: tuple[str, e.Event]) -> None:
    """With these facts a lot without the person is honest, and one with them is not."""

    def before(story: LotStory) -> None:
        for stream, event in facts:
            story.tell(stream, OPERATOR, event)

    assert lot(without(person), before) == []
    assert lot(free(), before) == [f"{person} was in the lot and did not qualify"]


def test_people_of_a_city_of_the_file_are_not_in_its_lot() -> None:
    for city in (CITY, OTHER_CITY):
        excluded(ASSESSOR_A, (ASSESSOR_A, e.AffiliationRecorded(person=ASSESSOR_A, city=city)))
        excluded(EXPERT, (city, e.RepresentativeConfirmed(person=EXPERT, capacity="focal_point", proof="x")))


def test_people_of_a_city_that_competes_are_not_in_its_lot() -> None:
    """Whoever speaks for it is of it, as who belongs to it."""
    rival, round = "city-rival", "round-r"
    belongs = (ASSESSOR_A, e.AffiliationRecorded(person=ASSESSOR_A, city=rival))
    speaks = (rival, e.RepresentativeConfirmed(person=ASSESSOR_A, capacity="focal_point", proof="x"))

    def lot_of_a_round(who: dict[str, int], tie: tuple[str, e.Event], *, in_it: bool) -> list[str]:
        def before(story: LotStory) -> None:
            if in_it:
                story.tell(FILE, SPEAKER, msgspec.structs.replace(submitted("europe"), round=round))
            story.tell(round, SPEAKER, e.FileEntered(application="application-rival", cities=(rival,), region=None))
            story.tell(tie[0], OPERATOR, tie[1])

        return [what for what in lot(who, before) if ASSESSOR_A in what]

    for tie in (belongs, speaks):
        assert lot_of_a_round(without(ASSESSOR_A), tie, in_it=True) == []
        assert lot_of_a_round(free(), tie, in_it=True) == [f"{ASSESSOR_A} was in the lot and did not qualify"]
        assert lot_of_a_round(free(), tie, in_it=False) == []


def test_people_of_a_city_that_only_observes_are_not_in_its_lot() -> None:
    watched = (FILE, e.SectionSaved(section=s.Applicant(title="x", beneficiaries=(OTHER_CITY,), observers=("city-watching",), office="x")))
    excluded(ASSESSOR_A, watched, (ASSESSOR_A, e.AffiliationRecorded(person=ASSESSOR_A, city="city-watching")))
    excluded(EXPERT, watched, ("city-watching", e.RepresentativeConfirmed(person=EXPERT, capacity="focal_point", proof="x")))


def test_people_of_the_hub_that_was_asked_and_of_hubs_of_its_regions_are_not_in_its_lot() -> None:
    excluded(ASSESSOR_A, (ASSESSOR_A, e.RoleGranted(person=ASSESSOR_A, role="coordinator", scope="nordic")))
    near = e.HubOpened(hub="southern", regions=("pacific", "europe"), opened="2024-01", basis="site")
    excluded(FARAWAY, ("hub-southern", near))
    excluded(FARAWAY, ("hub-southern", e.HubClosed(hub="southern", basis="wound up")))


def test_whoever_stands_in_for_the_hub_that_was_asked_is_not_in_its_lot() -> None:
    loan = e.RoleDelegated(
        person=ASSESSOR_A, number=1, lender=COORDINATOR, role="coordinator", scope="nordic", first=START.date(), last=START.date(),
        starts=START, ends=START + timedelta(days=9), calendar="x/1", reason="x",
    )  # fmt: skip

    def lent(one: e.RoleDelegated) -> Callable[[LotStory], object]:
        return lambda story: story.tell(ASSESSOR_A, COORDINATOR, one)

    assert lot(without(ASSESSOR_A), lent(loan)) == []
    assert lot(free(), lent(loan)) == [f"{ASSESSOR_A} was in the lot and did not qualify"]
    assert lot(free(), lent(msgspec.structs.replace(loan, starts=START - timedelta(days=9), ends=START - timedelta(days=1)))) == []


def test_people_who_are_away_or_erased_are_not_in_the_lot() -> None:
    away = e.AbsenceRecorded(person=EXPERT, first=START.date(), last=START.date())
    excluded(EXPERT, (EXPERT, away))
    back = msgspec.structs.replace(away, last=START.date() - timedelta(days=1))
    assert lot(free(), lambda story: story.tell(EXPERT, OPERATOR, away, back)) == []
    excluded(ASSESSOR_B, (ASSESSOR_B, e.PersonErased(person=ASSESSOR_B, basis="asked")))


def test_loads_are_what_was_owed() -> None:
    """The lot on the second file says that nobody owes anything, and two people owe the first."""
    first_drawn: list[str] = []

    def tell(story: LotStory) -> None:
        story.eligible(EARLIER)
        first_drawn.extend(story.lot(EARLIER, free()))
        story.eligible(FILE)
        story.lot(FILE, free())

    assert sorted(told(tell)) == sorted(f"the lot says that {person} owed 0 assessments, it was 1" for person in first_drawn)
    assert len(first_drawn) == 2


def test_what_was_given_or_given_up_is_owed_no_more() -> None:
    def tell(story: LotStory) -> None:
        story.eligible(EARLIER)
        first, second = story.lot(EARLIER, free())
        story.eligible(FILE)
        story.tell(EARLIER, first, assessed(first))
        story.tell(EARLIER, OFFICER, e.AssessorReleased(assessor=second, reason="ill"))
        story.lot(FILE, free())

    assert told(tell) == []


def test_a_file_that_ends_is_owed_nothing() -> None:
    def tell(story: LotStory) -> None:
        story.eligible(EARLIER)
        story.lot(EARLIER, free())
        story.eligible(FILE)
        story.tell(EARLIER, "person-speaker", e.Withdrawn(city=CITY, reason="no time", **CLOCK))
        story.lot(FILE, free())

    assert told(tell) == []


def test_whoever_was_asked_for_this_file_before_is_not_in_its_lot_again() -> None:
    left_out: list[str] = []

    def tell(story: LotStory, *, again: bool) -> None:
        story.eligible(FILE)
        first, second = story.lot(FILE, free())
        story.tell(FILE, OFFICER, e.AssessorReleased(assessor=first, reason="ill"))
        story.lot(FILE, without(first, second) | ({first: 0} if again else {}))
        left_out.append(first)

    assert told(lambda story: tell(story, again=False)) == []
    (found,) = told(lambda story: tell(story, again=True))
    assert found == f"{left_out[-1]} was in the lot and did not qualify"


def test_whoever_has_read_the_file_in_an_emergency_is_not_in_its_lot() -> None:
    def asked(story: LotStory) -> None:
        story.tell(FILE, EXPERT, e.EmergencyAccessAsked(number=1, person=EXPERT, role="officer", answer_by=NIGHT, reason="x"))

    def opened(story: LotStory) -> None:
        asked(story)
        story.tell(FILE, OFFICER, e.EmergencyAccessOpened(number=1, person=EXPERT, role="officer", open_until=NIGHT))

    assert lot(free(), asked) == []
    assert lot(without(EXPERT), opened) == []
    assert lot(free(), opened) == [f"{EXPERT} was in the lot and did not qualify"]


def test_another_result_than_the_seed_gives_is_found() -> None:
    (found,) = lot(free(), drawn=())
    assert found.startswith("the seed draws person-")
    assert found.endswith("and not ")


def test_whoever_came_to_qualify_since_the_views_were_read_may_be_missing_and_nobody_else() -> None:
    newcomer = "person-second"

    def tell(story: LotStory) -> None:
        story.eligible(FILE)
        known = story.ledger.head()
        story.grant(newcomer, "assessor")
        story.lot(FILE, free(), as_of=known)

    assert told(tell) == []
    assert lot(free(), lambda story: story.grant(newcomer, "assessor")) == [f"{newcomer} qualified and was left out of the lot"]


def test_loads_are_true_as_of_the_index_that_the_lot_names() -> None:
    def tell(story: LotStory) -> None:
        story.eligible(FILE)
        story.eligible(EARLIER)
        known = story.ledger.head()
        story.lot(EARLIER, free())
        story.lot(FILE, free(), as_of=known)

    assert told(tell) == []


def test_a_list_that_is_too_old_or_from_the_future_is_found() -> None:
    assert lot(free(), as_of=100_000) == ["the lot was drawn from what was known at index 100000, which is too old"]

    def tell(story: LotStory) -> None:
        story.eligible(FILE)
        known = story.ledger.head()
        for number in range(12):  # one a minute
            story.tell(f"person-new{number}", OPERATOR, e.RoleRevoked(person=f"person-new{number}", role="expert", scope=None))
        story.lot(FILE, free(), as_of=known)

    (found,) = told(tell)
    assert found.endswith("which is too old")
    assert timedelta(minutes=12) > lot_rules.OLDEST


def test_the_day_of_the_lot_is_the_day_it_was_drawn() -> None:
    assert lot(free(), day=date(2030, 1, 1)) == ["the lot looked at who was away on 2030-01-01"]


def test_whoever_owes_as_much_as_one_may_is_in_no_lot() -> None:
    def owing(story: LotStory) -> None:
        story.eligible(EARLIER)
        story.tell(EARLIER, OFFICER, e.AssessorAssigned(assessor=EXPERT))

    everybody = free() | {EXPERT: 1}
    assert lot(everybody, owing, most=2) == []
    assert lot(without(EXPERT), owing, most=1) == []
    assert lot(everybody, owing, most=1) == [f"{EXPERT} owed 1 assessments or more and was in the lot"]


DUE = START + timedelta(days=30)


def lapse(missing: e.Missing, *facts: tuple[str, e.Event], due: datetime = DUE, asked: bool = True) -> list[str]:
    def tell(story: LotStory) -> None:
        story.eligible(FILE)
        if asked:
            story.tell(FILE, OFFICER, e.AssessorAssigned(assessor=EXPERT, due=due, calendar="x"))
        for stream, event in facts:
            story.tell(stream, OPERATOR, event)
        story.tell(FILE, "machine:replacements", e.AssessorLapsed(assessor=EXPERT, missing=missing, due=due))

    return told(tell)


def test_whoever_makes_way_was_waited_for_and_their_time_was_over() -> None:
    past = START - timedelta(days=1)
    assert lapse("silent", due=past) == []
    assert lapse("silent") == [f"{EXPERT} made way before their time was over"]
    assert lapse("silent", due=past, asked=False) == [f"{EXPERT} made way and was not waited for"]
    assert lapse("silent", (FILE, e.AssessorReleased(assessor=EXPERT, reason="x")), due=past) == [
        f"{EXPERT} made way and was not waited for"
    ]


def test_whoever_makes_way_for_an_absence_was_away_throughout() -> None:
    def away(last: date) -> tuple[str, e.Event]:
        return EXPERT, e.AbsenceRecorded(person=EXPERT, first=START.date(), last=last)

    assert lapse("away", away(DUE.date())) == []
    for facts in ((), (away(DUE.date() - timedelta(days=1)),)):
        assert lapse("away", *facts) == [f"{EXPERT} made way and was not away"]


def moderator_lapse(missing: e.Missing, *facts: tuple[str, e.Event], due: datetime = DUE, asked: bool = True) -> list[str]:
    def tell(story: LotStory) -> None:
        story.eligible(FILE)
        if asked:
            story.tell(FILE, OFFICER, e.ModeratorAssigned(moderator=EXPERT, reason="x", due=due, calendar="x"))
        for stream, event in facts:
            story.tell(stream, OPERATOR, event)
        story.tell(FILE, "machine:replacements", e.ModeratorLapsed(moderator=EXPERT, missing=missing, due=due))

    return told(tell)


def test_a_moderator_who_makes_way_was_asked_by_name_and_their_time_was_over_or_they_were_away() -> None:
    past = START - timedelta(days=1)
    away = EXPERT, e.AbsenceRecorded(person=EXPERT, first=START.date(), last=DUE.date())
    gone = FILE, e.ModeratorLapsed(moderator=EXPERT, missing="silent", due=past)
    assert moderator_lapse("silent", due=past) == moderator_lapse("away", away) == []
    assert moderator_lapse("silent") == [f"{EXPERT} made way before their time was over"]
    assert moderator_lapse("away") == [f"{EXPERT} made way and was not away"]
    for facts, asked in (((), False), ((gone,), True)):
        assert moderator_lapse("silent", *facts, due=past, asked=asked) == [f"{EXPERT} made way and was not waited for"]
