"""A fund of another network, from draft to letter, with the engine as it is: other words, other bodies, other languages."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pypdfium2
import pytest
from starlette.testclient import TestClient

from fund.api.app import create_app
from fund.border.opening import Clock, Fund, open_fund
from fund.border.operations import Operations
from fund.border.seeing import Sights
from fund.border.settings import Settings
from fund.domain import commands as c
from fund.domain import events as e
from fund.domain import sections as s
from fund.domain.application import Application
from fund.domain.facts import Role, actor
from fund.domain.registers import City
from fund.domain.streams import PROGRAMME
from fund.ledger.handler import Sources
from fund.policy import load
from fund.projections.check import check
from tests.documents.reading import read_pages
from tests.policy.test_names import pattern
from tests.policy.test_second_programme import FOLDER

BUNDLED = load()
FIRST, SECOND = "operator:first", "operator:second"
MONDAY = datetime(2027, 3, 1, 9, tzinfo=UTC)
FORM: tuple[s.AnySection, ...] = (
    s.Applicant(title="Descarga noturna segura", office="Gabinete do Porto"),
    s.Need(problem="Acidentes à noite", evidence="Registo de 2026", affected="Estivadores", mandate="Regulamento do porto"),
    s.Support(
        design=True, delivery=True, formats=("visit", "remote"), days=4, participants=25, languages=("pt", "fr"),
        starts_on=date(2027, 5, 3), ends_on=date(2027, 6, 30), description="Um perito acompanha dois turnos",
    ),
    s.Alignment(primary=s.Argument(priority="QUAY", reason="Segurança nos cais"), results=("R1", "R2")),
    s.Results(
        indicators=(s.Indicator(name="Acidentes", baseline="14", target="7", measured_by="Registo"),),
        sustainability="Duas formadoras próprias", sharing="O guia de turno",
    ),
    s.Resources(amount=6_200_50, currency="EUR", own_contribution="Alojamento", other_funders="Nenhum", publication=True),
)  # fmt: skip


class Story:
    """Who takes part, and the one request."""

    def __init__(self, fund: Fund, clock: Clock) -> None:
        self.fund, self.clock = fund, clock
        self.do(c.ProposeProgramme(programme=PROGRAMME, reason="Assembly of 2026"), by=FIRST)
        self.do(c.AdoptProgramme(programme=PROGRAMME, version="2026.1"), by=SECOND)
        for hub in ("seafarers", "pilots"):
            self.do(c.OpenHub(hub=f"hub-{hub}", opened="2026-01", basis="Charter, article 7"), by=FIRST)
        self.envelope = self.do(c.OpenEnvelope(title="Port dues 2027", currency="EUR"), by=FIRST)
        pledge = c.ReceiveContribution(envelope=self.envelope, donor="port-dues", amount=50_000_00, currency="EUR", basis="Charter")
        self.do(pledge, by=FIRST)
        self.officer, self.matcher, self.head = (self.person(role) for role in (Role.OFFICER, Role.ASSESSOR, Role.APPROVER))
        self.seafarers = self.person(Role.COORDINATOR, "seafarers")
        self.signatory = self.person()
        self.file = ""

    def do(self, *commands: c.Command, by: str) -> str:
        return self.fund.handler.handle(*commands, by=by).stream

    def person(self, role: Role | None = None, scope: str | None = None) -> str:
        id = self.do(c.RegisterPerson(full_name="Alguém", email="alguem@example.org", language="pt"), by=FIRST)
        if role:
            self.do(c.GrantRole(person=id, role=role, scope=scope), by=FIRST)
        return id

    def city(self) -> str:
        listed = {"kind": "municipality", "country": "PT", "relation": "member", "source": "list"}
        city = self.do(c.RegisterCity(name_en="Setubal", name_local="Setúbal", **listed), by=FIRST)
        self.do(c.RecordMembership(city=city, basis="Charter, article 1"), by=FIRST)
        self.do(c.ConfirmRepresentative(city=city, person=self.signatory, capacity="signatory", proof="Letter"), by=FIRST)
        return city

    def days(self, days: int) -> None:
        self.clock.move(days)
        self.fund.worker.once()

    def play(self) -> None:
        city = self.city()
        saves = (c.SaveSection(application="", section=section) for section in FORM)
        started = c.StartApplication(city=city, language="pt")
        self.file = file = self.do(started, *saves, c.SubmitApplication(application=""), by=self.signatory)
        self.do(c.ConfirmCompleteness(application=file), by=self.officer)
        self.fund.worker.once()
        passed = c.RecordCheck(application=file, check="H5", result="pass", evidence="Civil")
        self.do(passed, c.ConfirmEligibility(application=file), by=self.officer)
        self.do(c.GiveOpinion(application=file, opinion="support", reason="Há muito pedido"), by=self.seafarers)
        self.fund.worker.once()
        if not self.state.assessors:
            self.do(c.AssignAssessor(application=file, assessor=self.matcher), by=self.officer)
        judged = (e.Judgement(priority="QUAY", verdict="aligned", reason="Claro"),)
        self.do(c.RecordAssessment(application=file, judgements=judged), by=self.matcher)
        # The hub is reminded, and then its silence counts: two days on which machines are at work.
        self.days(5)
        self.days(5)
        closed = c.CloseCoordination(application=file, mode="no_hub", reason="Ninguém se opôs.")
        granted = c.MakeProposal(
            application=file, recommendation="approve", envelope=self.envelope, amount=6_200_50, currency="EUR",
            peers=("Mestre de doca de Leixões",), reason="Bom par",
        )  # fmt: skip
        self.do(closed, granted, by=self.officer)
        self.do(c.Approve(application=file, reasons=("Responde à prioridade.",)), by=self.head)
        self.fund.worker.once()

    @property
    def state(self) -> Application:
        state = self.fund.handler.load(self.file).state
        assert isinstance(state, Application)
        return state


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    clock = Clock(MONDAY)
    settings = Settings(data=tmp_path_factory.mktemp("harbour"), programme=FOLDER)
    fund = open_fund(settings, Sources(clock, random.Random(7).randbytes), specimen=True)
    try:
        story = Story(fund, clock)
        story.play()
        yield story
    finally:
        fund.close()


def test_the_request_is_granted_under_its_own_rules(story: Story) -> None:
    file = story.state
    assert file.reference.startswith("HCX-")
    assert (file.policy, file.track) == ("2026.1", "standard")
    assert file.decision
    assert file.decision.outcome == "approved"
    assert check(story.fund.ledger, story.fund.views, programmes=story.fund.handler.programmes).differences == ()


def test_both_bodies_were_consulted_and_the_silent_one_agreed(story: Story) -> None:
    opinions = story.state.opinions
    assert set(opinions) == {"seafarers", "pilots"}
    assert opinions["seafarers"].given
    assert opinions["pilots"].deemed


def test_the_letter_is_in_the_citys_language_and_names_no_other_network(story: Story) -> None:
    pages = " ".join(read_pages(story.fund.letters.opened(story.state)))
    for words in (
        "O seu pedido ao Intercâmbio Portuário: concedido", "Aliança das Cidades Portuárias", "Setúbal", "Visita de um perito",
        "Responde à prioridade", "1 · QUAY", "3 de maio de 2027", "6 200,50 EUR", "Mestre de doca de Leixões", "ESPÉCIME",
        "Procedimento Intercâmbio", "Tratamento do pedido", "Neste mecanismo, o silêncio vale acordo.",
    ):  # fmt: skip
        assert words in pages, pages
    assert all(hub.titles["pt"] in pages for hub in map(story.fund.programme.hub, story.state.opinions) if hub)
    assert "{" not in pages
    assert not pattern(BUNDLED).search(pages)


def test_the_letter_looks_like_a_letter(story: Story) -> None:
    """Ink on every page, nothing cut off at the right edge, and most of the page is paper."""
    document = pypdfium2.PdfDocument(story.fund.letters.opened(story.state))
    try:
        for page in document:
            picture = page.render(scale=1).to_pil().convert("L")
            width, height = picture.size
            dark = sum(picture.histogram()[:128])
            assert 0.001 < dark / (width * height) < 0.25
            edge = picture.crop((width - 12, 0, width, height))
            assert sum(edge.histogram()[:128]) == 0
    finally:
        document.close()


@pytest.mark.parametrize("locale", ["en", "fr", "pt"])
def test_its_history_is_told_in_its_words(story: Story, locale: str) -> None:
    reader = actor("operator:first", None)
    cities = tuple(city for id in story.state.cities if isinstance(city := story.fund.handler.load(id).state, City))
    told = " ".join(one.sentence for one in Sights(story.fund, reader, story.state, cities, 999).history(locale))
    assert {"en": "Harbour Pilots", "fr": "pilotes portuaires", "pt": "Federação dos Pilotos de Porto"}[locale] in told
    assert not set("{}") & set(told)
    assert not pattern(BUNDLED).search(told)


def test_its_pages_are_offered_in_its_languages_and_in_no_other(story: Story) -> None:
    operations = Operations.open(story.fund.settings.ledger_url)
    try:
        with TestClient(create_app(story.fund, operations, with_worker=False)) as client:
            page = client.get("/pt/", headers={"accept-language": "pt"})
            assert (page.status_code, 'lang="pt"' in page.text) == (200, True)
            assert "Intercâmbio Portuário" in page.text
            assert client.get("/", headers={"accept-language": "pt"}, follow_redirects=False).headers["location"] == "/pt/"
            assert client.get("/ar/").status_code == 404
            programme = client.get("/api/v1/programme").json()
            assert [one["number"] for one in programme["priorities"]] == ["1", "2", "3"]
            assert client.get("/openapi.json").json()["info"]["title"] == "Harbour Exchange"
            for path in ("/en/", "/fr/", "/pt/", "/pt/pipeline"):
                found = pattern(BUNDLED).search(client.get(path).text)
                assert found is None, (path, found)
    finally:
        operations.close()
