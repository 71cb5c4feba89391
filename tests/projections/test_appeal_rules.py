"""The auditor of letters and appeals, on whole histories and on planted ones."""

from datetime import timedelta

import msgspec
import pytest

from fund.domain import events as e
from fund.projections.appeal_rules import Appeals
from fund.projections.audit_rules import audited
from tests.domain import world as w
from tests.domain.world import AMINA, BELA, HILLTOWN, INES, IVO, LAKESIDE, OLGA, OMAR, TIMER, Told, did, recorded

OPENED = e.LetterOpened(letter=1, city=LAKESIDE, appeal_until=w.last_of(5), calendar=w.CALENDAR)
COUNTED = e.LetterDeemedDelivered(letter=1, delivered=w.last_of(3), appeal_until=w.last_of(8), calendar=w.CALENDAR)
LATE = msgspec.structs.replace(w.LODGED, against=("late",))
AFTER_THE_DAY = w.last_of(3) + timedelta(hours=1)
TOO_LATE = w.last_of(5) + timedelta(hours=1)
WITHDRAWN = e.AppealWithdrawn(number=1, reason="x", waited=(HILLTOWN,), appeal_until=w.last_of(9), calendar=w.CALENDAR)
READ_BY_HILLTOWN = w.REFUSED + did(BELA, msgspec.structs.replace(OPENED, city=HILLTOWN))
WAITED = READ_BY_HILLTOWN + did(AMINA, w.LODGED) + did(AMINA, WITHDRAWN)
SECOND = msgspec.structs.replace(w.LODGED, number=2, city=HILLTOWN)
FAR_TOO_LATE = w.last_of(60)
NOT_HEARD = e.AppealNotAdmitted(number=1, inadmissible=("late",), reason="x", due=w.due("letter"), calendar=w.CALENDAR)


def found(*history: Told) -> list[str]:
    rules, breaches = Appeals(), list[str]()
    for one in recorded(history):
        breaches += rules.see(one)
    return breaches


def at(by: str, event: e.ApplicationEvent, when: object) -> w.History:
    return (Told(w.FILE, by, event, when),)  # type: ignore[arg-type]  # an instant


def test_a_file_that_was_appealed_against_and_decided_again_is_sound() -> None:
    again = w.DECIDED_AGAIN + did(OLGA, w.PROPOSAL) + did(IVO, w.APPROVAL)
    assert found(*again) == []
    late = w.REFUSED + did(AMINA, OPENED) + at(AMINA, LATE, TOO_LATE) + did(OMAR, NOT_HEARD)
    assert found(*late) == []
    assert found(*w.REFUSED, *at(TIMER, COUNTED, AFTER_THE_DAY)) == []
    for lodged, when in ((w.LODGED, AFTER_THE_DAY), (LATE, FAR_TOO_LATE)):
        unrecorded = w.REFUSED + at(AMINA, lodged, when)
        assert found(*unrecorded) == []
        assert found(*unrecorded, *at(TIMER, COUNTED, FAR_TOO_LATE)) == []


def test_an_error_that_was_named_and_answered_is_sound_and_so_is_an_appeal_in_the_time_that_began_anew() -> None:
    moved = e.TrackChanged(
        from_track="race", to_track="standard", why="correction", reassess=False, due=w.due("proposal"), calendar=w.CALENDAR,
        opinions_due=None,
    )  # fmt: skip
    in_a_round = w.RACE_REFUSED + did(AMINA, w.READ_BY_LAKESIDE, w.ERROR_NAMED)
    fallen = in_a_round + did(IVO, msgspec.structs.replace(w.CORRECTED, envelope=None, unfunded="x"), moved)
    again = fallen + did(OLGA, w.PROPOSAL) + did(IVO, w.APPROVAL)
    assert found(*again) == []
    assert not [one.what for one in audited(recorded(again)) if "line" in one.what]
    stands = w.TO_CORRECT + at(IVO, msgspec.structs.replace(w.LEFT_AS_IT_WAS, appeal_until=w.last_of(9)), w.last_of(4))
    assert found(*stands, *at(AMINA, w.LODGED, TOO_LATE)) == []


def test_an_appeal_in_the_time_that_began_anew_for_a_city_that_waited_is_sound() -> None:
    assert found(*WAITED, *at(BELA, SECOND, w.last_of(8))) == []
    again = (
        WAITED
        + did(OLGA, w.ERROR_FOUND)
        + at(IVO, w.LEFT_AS_IT_WAS, w.last_of(5))
        + did(AMINA, msgspec.structs.replace(w.LODGED, number=2))
    )
    assert found(*again, *did(AMINA, msgspec.structs.replace(WITHDRAWN, number=2))) == []


def test_a_file_of_a_round_that_was_appealed_may_be_approved_below_the_line() -> None:
    upheld = msgspec.structs.replace(w.UPHELD, envelope=None, unfunded="x")
    moved = e.TrackChanged(
        from_track="race", to_track="standard", why="appeal", reassess=False, due=w.due("letter"), calendar=w.CALENDAR, opinions_due=None
    )
    told = [one.what for one in audited(recorded(w.RACE_HEARD + did(IVO, upheld, moved) + did(OLGA, w.PROPOSAL) + did(IVO, w.APPROVAL)))]
    assert not [what for what in told if "line" in what]


PLANTED: dict[str, tuple[w.History, str]] = {
    "opened twice": (w.REFUSED + did(AMINA, OPENED, OPENED), f"{LAKESIDE} opened letter 1 twice"),
    "counted too early": (w.REFUSED + did(TIMER, COUNTED), "letter 1 counted as delivered before its day had passed"),
    "late and taken for in time": (
        w.REFUSED + did(AMINA, OPENED) + at(AMINA, w.LODGED, TOO_LATE),
        "appeal 1 was late, and was taken for the other",
    ),
    "in time and taken for late": (w.REFUSED + did(AMINA, LATE), "appeal 1 was in time, and was taken for the other"),
    "late before its delivery was recorded and taken for in time": (
        w.REFUSED + at(AMINA, w.LODGED, FAR_TOO_LATE) + at(TIMER, COUNTED, FAR_TOO_LATE),
        "appeal 1 was late, and was taken for the other",
    ),
    "in time before its delivery was recorded and taken for late": (
        w.REFUSED + at(AMINA, LATE, AFTER_THE_DAY) + at(AMINA, msgspec.structs.replace(OPENED, appeal_until=w.last_of(8)), FAR_TOO_LATE),
        "appeal 1 was in time, and was taken for the other",
    ),
    "anew without an appeal": (
        w.REFUSED + did(TIMER, msgspec.structs.replace(w.LETTER, waited=(HILLTOWN,), appeal_until=w.last_of(5))),
        "time to appeal began anew, and nobody had waited",
    ),
    "anew for who had appealed": (
        w.APPEALED + did(AMINA, msgspec.structs.replace(WITHDRAWN, waited=(LAKESIDE,))),
        f"the time of {LAKESIDE} to appeal began anew, and it had none any more",
    ),
    "anew though it had run out": (
        READ_BY_HILLTOWN + at(AMINA, LATE, TOO_LATE) + at(AMINA, WITHDRAWN, TOO_LATE),
        f"the time of {HILLTOWN} to appeal began anew, and it had none any more",
    ),
    "late though it had waited, and taken for in time": (
        WAITED + at(BELA, SECOND, w.last_of(9) + timedelta(hours=1)),
        "appeal 2 was late, and was taken for the other",
    ),
    "heard by who had proposed": (w.APPEALED + did(OLGA, w.ADMITTED), f"appeal 1 was heard by {OLGA}, who had a hand in the file"),
    "not heard without a reason": (w.APPEALED + did(OMAR, NOT_HEARD), "appeal 1 was not heard against the facts"),
    "decided unheard": (w.APPEALED + did(IVO, w.UPHELD), "appeal 1 was decided and not admitted"),
    "answered though it was withdrawn": (
        w.HEARD + did(AMINA, e.AppealWithdrawn(number=1, reason="x")) + did(IVO, w.UPHELD),
        "appeal 1 was answered, and none is open",
    ),
    "an error in what was not read": (
        w.REFUSED + did(AMINA, w.ERROR_NAMED),
        f"{LAKESIDE} named an error in letter 1 without having opened it",
    ),
    "an error named too late": (w.REFUSAL_READ + at(AMINA, w.ERROR_NAMED, TOO_LATE), "correction 1 was asked too late"),
    "an error named after an appeal": (w.REFUSAL_READ + did(AMINA, w.LODGED, w.ERROR_NAMED), "correction 1 was asked after an appeal"),
    "an error answered by who decided": (
        w.TO_CORRECT + did(INES, w.CORRECTED),
        f"correction 1 was answered by {INES}, who had a hand in the file",
    ),
    "an error found by who then answered": (
        w.REFUSED + did(OMAR, w.ERROR_FOUND, w.CORRECTED),
        f"correction 1 was answered by {OMAR}, who had a hand in the file",
    ),
    "an error found in what an appeal had settled": (
        w.HEARD + did(IVO, w.UPHELD) + did(OLGA, w.ERROR_FOUND),
        "correction 1 was proposed of what an appeal had settled",
    ),
    "an error answered twice": (w.TO_CORRECT + did(IVO, w.LEFT_AS_IT_WAS, w.CORRECTED), "correction 1 was answered, and was not asked"),
    "an appeal heard by who answered": (
        w.TO_CORRECT + did(IVO, w.LEFT_AS_IT_WAS) + did(AMINA, w.LODGED) + did(IVO, w.ADMITTED),
        f"appeal 1 was heard by {IVO}, who had a hand in the file",
    ),
    "corrected and decided again by the same": (
        w.TO_CORRECT + did(IVO, w.CORRECTED) + did(OLGA, w.PROPOSAL) + did(INES, w.APPROVAL),
        f"decided by {INES}, whose decision was overturned",
    ),
    "decided again by the same": (
        w.DECIDED_AGAIN + did(OLGA, w.PROPOSAL) + did(INES, w.APPROVAL),
        f"decided by {INES}, whose decision was overturned",
    ),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_what_should_not_have_happened_is_found(fault: str) -> None:
    history, what = PLANTED[fault]
    assert what in found(*history)
