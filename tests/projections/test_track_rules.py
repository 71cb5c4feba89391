"""What `fund check` finds of tracks: a change without its answer or back again, and an award without its approval."""

import msgspec

from fund.domain import events as e
from tests.projections.history import APPROVER, CITY, CLOCK, GRANT, OFFICER, SPEAKER, Story, submitted
from tests.projections.test_check import approved, committed, told

FILE = "application-x"
SMALL = msgspec.structs.replace(submitted("europe"), track="small")
FITS = e.TrackChosen(track="small", why="fits")
ASKED = e.TrackChangeAsked(reason="x")
AWARD = e.AwardRecorded(application=FILE, track="small", amount=GRANT["amount"], currency="EUR")


def left(to_track: str = "standard", from_track: str = "small") -> e.TrackChanged:
    return e.TrackChanged(from_track=from_track, to_track=to_track, why="officer", reassess=False, opinions_due=None, **CLOCK)


def of_file(*steps: tuple[str, tuple[e.ApplicationEvent, ...]]) -> list[str]:
    """What is found of the file after its small submission and these commits."""

    def tell(story: Story) -> None:
        story.tell(FILE, SPEAKER, SMALL, FITS)
        for by, events in steps:
            story.tell(FILE, by, *events)

    return [what for where, what in told(tell) if where == FILE]


def test_an_answer_and_its_change_are_in_order_and_so_is_a_change_by_the_city_itself() -> None:
    assert of_file((OFFICER, (ASKED, left()))) == []
    assert of_file((SPEAKER, (SMALL, left()))) == []


def test_a_change_without_its_answer_is_found() -> None:
    assert of_file((OFFICER, (left(),))) == ["moved to standard without an answer that moved it"]
    assert of_file((OFFICER, (ASKED,)), (OFFICER, (left(),))) == ["moved to standard without an answer that moved it"]


def test_a_silent_change_and_a_way_back_are_found() -> None:
    assert of_file((SPEAKER, (submitted("europe"),))) == ["submitted again on standard, and was on small"]
    assert of_file((OFFICER, (ASKED, left(from_track="race")))) == ["left race, and was on small"]
    assert of_file((OFFICER, (ASKED, left())), (OFFICER, (ASKED, left("small", "standard")))) == ["came back to small"]
    assert of_file((OFFICER, (msgspec.structs.replace(FITS, track="race"),))) == ["race was chosen, and it was submitted on small"]


def test_an_award_stands_beside_its_approval_on_the_track_of_the_file() -> None:
    def at_once(award: e.AwardRecorded) -> list[tuple[str, str]]:
        def tell(story: Story) -> None:
            story.tell(FILE, SPEAKER, SMALL, FITS)
            story.tell(FILE, APPROVER, approved(), also=(committed(application=FILE), (CITY, award)))

        return [one for one in told(tell) if one[0] == CITY]

    assert at_once(AWARD) == []
    assert at_once(msgspec.structs.replace(AWARD, track="standard")) == [
        (CITY, f"an award of standard on {FILE}, which is on small"),
    ]
    alone = told(lambda story: story.tell(CITY, APPROVER, AWARD))
    assert (CITY, f"an award on {FILE} without its approval") in alone
