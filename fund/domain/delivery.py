"""When a letter has been delivered to a city: opened by somebody who speaks for it, or not opened within the days of the track.

Days are calendar days, in the time zone of the city where its calendar is known. From delivery on the city has its time to appeal.
What is said to several cities at once is a day, and lasts until that day is over for the last of them: none is late on the printed day.
A letter counts as delivered once its day has passed, whether or not a machine has recorded it: one that comes late changes no date.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from operator import itemgetter

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Application
from fund.domain.calendar import end_of_day, local_day
from fund.domain.event import Event
from fund.domain.facts import Facts
from fund.domain.programme import Appeals, Calendar
from fund.domain.refusal import Refusal


def deemed_on(issued_on: date, rules: Appeals) -> date:
    """The day from whose end on a letter counts as delivered, opened or not."""
    return issued_on + timedelta(days=rules.deemed_days)


def last_day(delivered_on: date, rules: Appeals) -> date:
    """The last one on which an appeal is in time."""
    return delivered_on + timedelta(days=rules.lodge_days)


def deemed(file: Application, issued_on: date, facts: Facts) -> tuple[datetime | None, str]:
    """When a letter of this day counts as delivered, and by which calendar; None and empty where the track does not say."""
    rules = facts.track(file).appeals
    return _over(file.cities, lambda days: deemed_on(issued_on, rules), file, facts) if rules else (None, "")


def _over(cities: tuple[str, ...], day: Callable[[Calendar], date], file: Application, facts: Facts) -> tuple[datetime, str]:
    """When the day is over for the last of these cities, each by its own days, and by which calendar that is."""
    each = (facts.days_of_city(city, file) for city in cities)
    return max(((end_of_day(day(days), days), days.stamp) for days in each), key=itemgetter(0))


def readers(file: Application) -> tuple[str, ...]:
    """Cities that a letter is for: the lead, and the others that have a part in it."""
    return tuple(dict.fromkeys((*file.cities, *file.invited_partners)))


def may_open(file: Application, facts: Facts) -> None:
    if not file.letters:
        raise Refusal("letter.not_issued")
    numbers = range(1, len(file.letters) + 1)
    if all(file.opened_by(number, city) for city in _spoken_for(file, facts) for number in numbers):
        raise Refusal("letter.already_opened")


def open_letter(file: Application, command: c.OpenLetter, facts: Facts) -> tuple[Event, ...]:
    """By a person for each city that they speak for: it is delivered to all of these at once."""
    if not 1 <= command.letter <= len(file.letters):
        raise Refusal("letter.not_issued", field="letter")
    cities = tuple(city for city in _spoken_for(file, facts) if not file.opened_by(command.letter, city))
    if not cities:
        raise Refusal("letter.already_opened", field="letter")
    return tuple(_opened(file, command.letter, city, facts) for city in cities)


def _spoken_for(file: Application, facts: Facts) -> tuple[str, ...]:
    return tuple(city for city in readers(file) if facts.city(city).represented_by(facts.actor.id))


def _opened(file: Application, number: int, city: str, facts: Facts) -> e.LetterOpened:
    if counted := _counted(file, number, facts):
        return e.LetterOpened(letter=number, city=city, appeal_until=counted.appeal_until, calendar=counted.calendar)
    until, days = _until(file, number, facts.now, (city,), facts)
    return e.LetterOpened(letter=number, city=city, appeal_until=until, calendar=days)


def appeal_until(file: Application, letter: int, city: str, facts: Facts) -> datetime | None:
    """Until when this city can appeal against what the letter told; None while it has not been delivered to it."""
    delivered = file.opened_by(letter, city) or _counted(file, letter, facts)
    if delivered is None or delivered.appeal_until is None:
        return None
    return max((delivered.appeal_until, *_begun_anew(file, letter, city)))


def _begun_anew(file: Application, letter: int, city: str) -> Iterator[datetime]:
    """Until when it can appeal since the decision was left as it was: by a correction every city, by an appeal those that waited."""
    yield from (one.appeal_until for one in file.corrections if one.letter == letter and one.appeal_until)
    yield from (one.appeal_until for one in file.appeals if one.letter == letter and city in one.waited and one.appeal_until)


def anew(file: Application, cities: tuple[str, ...], facts: Facts) -> tuple[datetime, str]:
    """Until when an appeal is in time if the letter were delivered to these cities now, and by which calendar."""
    rules = facts.track(file).appeals
    assert rules, "what was told can be appealed against"
    return _last(file, facts.now, cities, rules, facts)


def _counted(file: Application, number: int, facts: Facts) -> e.LetterDeemedDelivered | None:
    """How it was delivered to whoever had not opened it by its day, recorded or not; None while that day has not passed."""
    deemed, recorded = file.letters[number - 1].deemed, file.deemed_delivered(number)
    passed = deemed is not None and facts.now > deemed
    return recorded or (_deemed(file, number, deemed, facts) if deemed and passed else None)


def undelivered(file: Application, now: datetime) -> Iterator[int]:
    """Numbers of letters that count as delivered by now though a city of the file has not opened them; none that were counted already."""
    return (number for number, at in _unopened(file) if now > at)


def awaited(file: Application) -> Iterator[datetime]:
    """When each letter that not every city of the file has opened counts as delivered."""
    return (at for _, at in _unopened(file))


def _unopened(file: Application) -> Iterator[tuple[int, datetime]]:
    for number, letter in enumerate(file.letters, start=1):
        opened = all(file.opened_by(number, city) for city in file.cities)
        if letter.deemed and not opened and not file.deemed_delivered(number):
            yield number, letter.deemed


def may_deem(file: Application, facts: Facts) -> None:
    if not any(undelivered(file, facts.now)):
        raise Refusal("letter.none_undelivered")


def deem_delivered(file: Application, command: c.DeemDelivered, facts: Facts) -> tuple[Event, ...]:
    if command.letter not in undelivered(file, facts.now):
        raise Refusal("letter.none_undelivered", field="letter")
    deemed = file.letters[command.letter - 1].deemed
    assert deemed, "only letters with their day are undelivered"
    return (_deemed(file, command.letter, deemed, facts),)


def _deemed(file: Application, number: int, deemed: datetime, facts: Facts) -> e.LetterDeemedDelivered:
    until, days = _until(file, number, deemed, file.cities, facts)
    return e.LetterDeemedDelivered(letter=number, delivered=deemed, appeal_until=until, calendar=days)


def _until(file: Application, number: int, delivered: datetime, cities: tuple[str, ...], facts: Facts) -> tuple[datetime | None, str]:
    """Until when cities can appeal to which the letter was delivered then, and by which calendar that is counted.

    None where its decision cannot be appealed against.
    """
    rules = facts.track(file).appeals
    if rules is None or file.letters[number - 1].outcome not in rules.outcomes:
        return None, facts.days_of_city(cities[0], file).stamp
    return _last(file, delivered, cities, rules, facts)


def _last(file: Application, delivered: datetime, cities: tuple[str, ...], rules: Appeals, facts: Facts) -> tuple[datetime, str]:
    return _over(cities, lambda days: last_day(local_day(delivered, days), rules), file, facts)
