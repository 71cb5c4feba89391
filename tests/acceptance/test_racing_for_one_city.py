"""Approvals and submissions of one city at the same instant: the small track never gives a city more than its cap.

Every file has an envelope of its own, so that nothing but the city is raced for. A joint bid counts for each of its cities.
"""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Barrier

import msgspec
import pytest

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain import sections as s
from fund.domain.application import Application, Stage
from fund.domain.facts import Role
from fund.domain.refusal import Refusal
from fund.domain.registers import City
from fund.ledger.handler import Handler, Reply
from tests.acceptance.office import PROGRAMME, Office, form, opened_handler

RACERS = 12
AMOUNT = 3_000_00
JUDGEMENTS = (e.Judgement(priority="SP-MANDATE", verdict="aligned", reason="clear"),)
REASONS = ("good",)
one_or_many = pytest.mark.parametrize("shared", [True, False], ids=["one process", "handlers of their own"])


def cap() -> int:
    """Awards of the small track to one city."""
    limit = PROGRAMME.tracks["small"].city_cap
    assert limit
    assert limit.max_awards
    return limit.max_awards


class SmallOffice(Office):
    """The same office with requests that are small enough, and a member city that others bid together with."""

    def __init__(self, handler: Handler) -> None:
        super().__init__(handler, AMOUNT)
        self.partner, self.mayor = self.member("Mayo"), self.person()
        self.do(c.ConfirmRepresentative(city=self.partner, person=self.mayor, capacity="signatory", proof="letter"))

    def member(self, name: str) -> str:
        city = self.do(c.RegisterCity(name_en=name, kind="commune", country="CM", relation="member", source="register of the network"))
        self.do(c.RecordMembership(city=city, basis="register of the network"))
        return city

    def another(self) -> tuple[str, str]:
        """Another member, and who signs for it."""
        city, signatory = self.member("Maroua"), self.person()
        self.do(c.ConfirmRepresentative(city=city, person=signatory, capacity="signatory", proof="letter"))
        return city, signatory

    def draft(self, city: str, signatory: str, partners: tuple[str, ...] = ()) -> str:
        saves = (c.SaveSection(application="", section=modest(section, partners)) for section in form(AMOUNT))
        return self.do(c.StartApplication(city=city, language="fr"), *saves, by=signatory)

    def submit(self, draft: str, signatory: str) -> bool:
        """Whether the small track took it; a lot may have drawn it out. Partners agree first."""
        for city in self.file(draft).cities[1:]:
            self.do(c.AcceptText(application=draft, city=city, text=self.file(draft).text), by=self.mayor)
        self.do(c.SubmitApplication(application=draft), by=signatory)
        return self.file(draft).track == "small"

    def proposed(self, file: str) -> str:
        """Brought to its decision."""
        envelope = self.do(c.OpenEnvelope(title="Test", currency="EUR"))
        self.do(c.ReceiveContribution(envelope=envelope, donor="Donor", amount=AMOUNT, currency="EUR", basis="agreement"))
        self.do(c.ConfirmCompleteness(application=file), by=self.officer)
        self.do(c.RunMachineChecks(application=file), by="machine:eligibility")
        people = [check.code for check in PROGRAMME.checks if check.code not in self.file(file).checks]
        self.do(
            *(c.RecordCheck(application=file, check=code, result="pass", evidence="seen") for code in people),
            c.RecordSafeguards(application=file, level="green", reason="seen"),
            c.ConfirmEligibility(application=file),
            c.AssignAssessor(application=file, assessor=self.assessors[0], reason="free"),
            by=self.officer,
        )
        self.do(c.RecordAssessment(application=file, judgements=JUDGEMENTS), by=self.assessors[0])
        proposal = c.MakeProposal(
            application=file, recommendation="approve", envelope=envelope, amount=AMOUNT, currency="EUR", peers=("a peer",), reason="good"
        )
        self.do(c.CloseCoordination(application=file, mode="no_hub", reason="no hub here"), proposal, by=self.officer)
        return file

    def file(self, stream: str) -> Application:
        found = self.handler.load(stream).state
        assert isinstance(found, Application)
        return found

    def awards(self, city: str) -> Counter[str]:
        """Track -> how many awards this city has of it."""
        found = self.handler.load(city).state
        assert isinstance(found, City)
        return Counter(award.track for award in found.awards)


def modest(section: s.AnySection, partners: tuple[str, ...]) -> s.AnySection:
    match section:
        case s.Support():
            return msgspec.structs.replace(section, days=5)
        case s.Applicant():
            return msgspec.structs.replace(section, beneficiaries=partners)
    return section


class Race:
    """Everything at one instant, through one handler or each through its own. Who is told that the ledger is busy asks again."""

    def __init__(self, url: str, open_until_done: ExitStack, *, shared: bool) -> None:
        self.open = lambda seed: open_until_done.enter_context(opened_handler(url, seed))
        self.handler = self.open(1)
        self.shared = shared

    def run(self, *asks: tuple[c.Command, str]) -> list[Reply]:
        start = Barrier(len(asks))
        handlers = [self.handler if self.shared else self.open(seed) for seed in range(100, 100 + len(asks))]

        def ask(handler: Handler, command: c.Command, by: str) -> Reply:
            start.wait()
            while True:
                try:
                    return handler.handle(command, by=by)
                except Refusal as no:
                    if no.code != "ledger.busy":
                        raise

        with ThreadPoolExecutor(len(asks)) as pool:
            return list(pool.map(lambda job: ask(job[0], *job[1]), zip(handlers, asks, strict=True)))


def approvals(office: SmallOffice, files: list[str]) -> list[tuple[c.Command, str]]:
    """Each by an approver of its own."""
    return [(c.Approve(application=file, reasons=REASONS), office.person(Role.APPROVER)) for file in files]


def small_files(office: SmallOffice, count: int, city: str, signatory: str, partners: tuple[str, ...] = ()) -> list[str]:
    """So many that the lot left on the small track."""
    found: list[str] = []
    while len(found) < count:
        draft = office.draft(city, signatory, partners)
        found += [draft] if office.submit(draft, signatory) else []
    return found


def outcomes(replies: list[Reply]) -> Counter[str]:
    kinds = (e.Approved, e.CityCapReached)
    return Counter(type(one.event).__name__ for reply in replies for one in reply.events if isinstance(one.event, kinds))


@one_or_many
def test_of_twelve_small_approvals_of_one_city_as_many_pass_as_the_cap_allows(database_url: str, shared: bool) -> None:
    with ExitStack() as until_done:
        race = Race(database_url, until_done, shared=shared)
        office = SmallOffice(race.handler)
        files = [office.proposed(file) for file in small_files(office, RACERS, office.city, office.signatory)]
        replies = race.run(*approvals(office, files))
        assert outcomes(replies) == {"Approved": cap(), "CityCapReached": RACERS - cap()}
        assert office.awards(office.city) == {"small": cap()}
        moved = [file for file in map(office.file, files) if file.track == "standard"]
        assert len(moved) == RACERS - cap()
        assert {file.stage for file in moved} == {Stage.ASSESSMENT}


@one_or_many
def test_two_cities_race_for_what_their_common_partner_has_left(database_url: str, shared: bool) -> None:
    with ExitStack() as until_done:
        race = Race(database_url, until_done, shared=shared)
        office = SmallOffice(race.handler)
        leads = ((office.city, office.signatory), office.another())
        files = [file for lead in leads for file in small_files(office, RACERS // 2, *lead, partners=(office.partner,))]
        replies = race.run(*approvals(office, [office.proposed(file) for file in files]))
        assert outcomes(replies) == {"Approved": cap(), "CityCapReached": RACERS - cap()}
        assert office.awards(office.partner) == {"small": cap()}
        assert sum((office.awards(city) for city, _ in leads), Counter()) == {"small": cap()}


@one_or_many
def test_whoever_submits_while_the_last_award_is_made_gets_no_more_than_the_cap(database_url: str, shared: bool) -> None:
    with ExitStack() as until_done:
        race = Race(database_url, until_done, shared=shared)
        office = SmallOffice(race.handler)
        decided = [office.proposed(file) for file in small_files(office, cap(), office.city, office.signatory)]
        drafts = [office.draft(office.city, office.signatory) for _ in range(RACERS - cap())]
        submissions: list[tuple[c.Command, str]] = [(c.SubmitApplication(application=draft), office.signatory) for draft in drafts]
        assert outcomes(race.run(*approvals(office, decided), *submissions)) == {"Approved": cap()}
        late = [draft for draft in drafts if office.file(draft).track == "small"]
        replies = race.run(*approvals(office, [office.proposed(file) for file in late])) if late else []
        assert outcomes(replies) == ({"CityCapReached": len(late)} if late else {})
        assert office.awards(office.city) == {"small": cap()}
        after = office.draft(office.city, office.signatory)
        assert not office.submit(after, office.signatory), "a city at its cap is not taken on the small track"
