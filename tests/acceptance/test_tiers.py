"""Boroughs, districts and a province on real ledgers: in whatever order they are recorded, by whoever, and at whatever instant."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import permutations
from threading import Barrier

import msgspec
import pytest

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Application
from fund.domain.facts import Role
from fund.domain.refusal import Refusal
from fund.domain.registers import City
from fund.ledger.handler import Handler
from tests.acceptance.office import Office, form, opened_handler

AMOUNT = 3_000_00


class Province(Office):
    """The office’s city is a province, in which a district lies, and in that a borough."""

    def __init__(self, handler: Handler) -> None:
        super().__init__(handler, AMOUNT)
        self.district, self.borough = self.place("Makary"), self.place("Fotokol")
        self.mayor = self.person()
        self.do(c.ConfirmRepresentative(city=self.borough, person=self.mayor, capacity="signatory", proof="letter"))
        self.tiers = ((self.borough, self.district), (self.district, self.city))

    def place(self, name: str) -> str:
        city = self.do(c.RegisterCity(name_en=name, kind="commune", country="CM", relation="member", source="register of the network"))
        self.do(c.RecordMembership(city=city, basis="register of the network"))
        return city

    def record(self, inner: str, outer: str) -> str | None:
        """The code of what speaks against it."""
        return asked(self.handler, c.RecordTier(city=inner, within=outer, basis="Law"))

    def of_borough(self) -> str:
        """A draft."""
        saves = (c.SaveSection(application="", section=section) for section in form(AMOUNT))
        return self.do(c.StartApplication(city=self.borough, language="fr"), *saves, by=self.mayor)

    def together(self, draft: str) -> c.SaveSection:
        """The borough applies with its province."""
        return c.SaveSection(application=draft, section=msgspec.structs.replace(form(AMOUNT)[0], beneficiaries=(self.city,)))


def asked(handler: Handler, command: c.Command, by: str = "operator:test") -> str | None:
    try:
        handler.handle(command, by=by)
    except Refusal as no:
        return no.code
    return None


@pytest.mark.parametrize("order", list(permutations((0, 1))), ids=["from the bottom up", "from the top down"])
def test_the_order_of_recording_makes_no_difference(database_url: str, order: tuple[int, ...]) -> None:
    with opened_handler(database_url) as handler:
        office = Province(handler)
        assert [office.record(*office.tiers[at]) for at in order] == [None, None]
        assert office.record(office.city, office.borough) == "tier.circle"
        draft = office.of_borough()
        assert asked(handler, office.together(draft), office.mayor) == "applicant.cities_overlap"
        office.do(c.Approve(application=office.awaiting_decision(AMOUNT), reasons=("good",)), by=office.person(Role.APPROVER))
        office.do(c.SubmitApplication(application=draft), by=office.mayor)
        file = handler.load(draft).state
        assert isinstance(file, Application)
        assert file.submission
        assert file.submission.awarded == (office.borough,)


def test_what_another_process_records_of_a_city_between_two_others_counts_at_once(database_url: str) -> None:
    with ExitStack() as until_done:
        here, there = (until_done.enter_context(opened_handler(database_url, seed)) for seed in (1, 2))
        office = Province(here)
        assert office.record(*office.tiers[0]) is None
        saved, accepted = office.of_borough(), office.of_borough()
        for draft in (saved, accepted):
            # This process has now seen every city, and has no reason to look again.
            assert asked(here, office.together(draft), office.mayor) is None
        handed = c.AcceptText(application=accepted, city=office.city, text=text_of(here, accepted))
        assert asked(here, handed, office.signatory) is None
        assert asked(there, c.RecordTier(city=office.district, within=office.city, basis="Law")) is None
        assert asked(here, office.together(saved), office.mayor) == "applicant.cities_overlap"
        assert asked(here, c.SubmitApplication(application=accepted), office.mayor) == "applicant.cities_overlap"


def text_of(handler: Handler, draft: str) -> str:
    file = handler.load(draft).state
    assert isinstance(file, Application)
    return file.text


@pytest.mark.parametrize("shared", [True, False], ids=["one process", "handlers of their own"])
def test_of_four_who_close_a_circle_at_one_instant_one_is_refused(database_url: str, shared: bool) -> None:
    with ExitStack() as until_done:
        handler = until_done.enter_context(opened_handler(database_url))
        office = Province(handler)
        ring = (office.borough, office.district, office.city, office.place("Kousseri"))
        commands = [c.RecordTier(city=inner, within=ring[at - 1], basis="Law") for at, inner in enumerate(ring)]
        handlers = [handler if shared else until_done.enter_context(opened_handler(database_url, seed)) for seed in range(100, 104)]
        start = Barrier(len(ring))

        def record(own: Handler, command: c.RecordTier) -> str | None:
            start.wait()
            while (code := asked(own, command)) == "ledger.busy":
                pass
            return code

        with ThreadPoolExecutor(len(ring)) as pool:
            codes = list(pool.map(record, handlers, commands))
        assert sorted(code or "" for code in codes) == ["", "", "", "tier.circle"]
        cities = [handler.load(id).state for id in ring]
        assert sum(isinstance(one, City) and one.lies_in is None for one in cities) == 1
        recorded = [one for one in handler.ledger.read(0, 100_000) if isinstance(one.event, e.TierRecorded)]
        assert len(recorded) == len(ring) - 1
