"""Messages, from facts to a real mail server: to whom, in which language, once, and never with anything that is not theirs."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import quote

import msgspec
import pytest

from fund.border import carrier
from fund.border.carrier import Carrier, NotTaken, OutOfReach
from fund.border.choice import Choice, choice_of
from fund.border.mail import Line, Sender, compose
from fund.border.opening import Fund, opened
from fund.border.outbox import LEASE, PATIENCE
from fund.border.post import Post, next_digest
from fund.border.settings import Settings
from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Application
from fund.domain.facts import Role
from fund.domain.occasions import Kind
from fund.domain.refusal import Refusal
from fund.domain.registers import Person
from fund.domain.sections import Applicant
from fund.ledger.handler import Sources
from fund.projections.rebuild import rebuild
from tests.acceptance.office import NOW, PROGRAMME, Office, form, seeded
from tests.cli.driving import ROOT
from tests.processes.mailserver import PASSWORD, USER, Postbox, certificate, mail_server
from tests.processes.waiting import Clock


class There:
    """A fund whose mail goes to a real server. `french` speaks for its city, `arab` is a second approver."""

    def __init__(self, fund: Fund, clock: Clock, box: Postbox) -> None:
        self.fund, self.clock, self.box = fund, clock, box
        self.office = Office(fund.handler, 100_000_00)
        self.french = self.person("chantal@ville.example", "fr")
        self.arab = self.person("amal@fund.example", "ar", Role.APPROVER)
        confirmed = c.ConfirmRepresentative(city=self.office.city, person=self.french, capacity="focal_point", proof="letter")
        self.office.do(confirmed)

    def person(self, email: str, language: str, role: Role | None = None) -> str:
        id = self.office.do(c.RegisterPerson(full_name="Chantal Nightingale", email=email, language=language))
        if role:
            self.office.do(c.GrantRole(person=id, role=role))
        return id

    def worked(self) -> None:
        self.fund.worker.once()

    def later(self, time: timedelta) -> None:
        self.clock.now += time

    def states(self) -> dict[str, int]:
        return self.fund.outbox.counts()


@contextmanager
def there(data: Path, address: str, box: Postbox, database: str = "", base_url: str = "http://localhost:8000") -> Iterator[There]:
    clock = Clock()
    settings = Settings(data=data, database_url=database, base_url=base_url, smtp_url=f"smtp://{address}" if address else "")
    with opened(settings, Sources(clock, seeded(1)), specimen=True) as fund:
        yield There(fund, clock, box)


@pytest.fixture
def sending(tmp_path: Path, database_url: str) -> Iterator[There]:
    with mail_server() as (box, address), there(tmp_path / "data", address, box, database_url) as made:
        yield made


@pytest.fixture
def small(tmp_path: Path) -> Iterator[There]:
    with mail_server() as (box, address), there(tmp_path / "data", address, box) as made:
        yield made


def test_a_city_is_told_at_once_in_its_language_and_by_nothing_but_the_reference(sending: There) -> None:
    file = sending.office.submitted(10_000_00)
    sending.worked()
    (receipt,) = [one for one in sending.box.to("chantal@ville.example") if "/applications/" in one.part("plain")]
    reference = sending.fund.handler.load(file).state.reference  # type: ignore[union-attr]  # an application
    mail = receipt.mail
    assert receipt.subject == f"SPÉCIMEN · {reference} · Bien reçu"
    assert (mail["Content-Language"], mail["Auto-Submitted"]) == ("fr", "auto-generated")
    assert re.fullmatch(r"<[0-9a-f]{32}@localhost>", receipt.id)
    assert mail["Date"].datetime == NOW
    assert (mail.get_content_type(), receipt.sender) == ("multipart/alternative", "fund@localhost")
    assert f"http://localhost:8000/fr/applications/{reference}" in receipt.part("plain")
    assert "La demande a été déposée." in receipt.part("plain")
    assert '<html lang="fr" dir="ltr">' in receipt.part("html")
    for one in sending.box.taken:
        for private in ("Mokolo", "Chantal", "Somebody", "Prevention team", "@ville.example"):
            assert private not in one.subject + one.part("plain") + one.part("html")


def test_each_who_was_drawn_is_told_their_own_day(small: There) -> None:
    """Drawn on a Friday for twelve working days: in Amman the first of them is Sunday, at the office Monday."""
    office = small.office
    zarqa = office.do(c.RegisterCity(name_en="Zarqa", kind="city", country="JO", region=None, relation="member", source="register"))
    office.do(c.RecordAffiliation(person=office.assessors[0], city=zarqa))
    small.later(timedelta(days=4))
    office.eligible(10_000_00)
    small.worked()
    told = {line for one in small.box.taken for line in one.part("plain").splitlines() if "asked to assess" in line}
    assert {re.sub(r".* by (.*), independently.*", r"\1", line) for line in told} == {"24 March 2025", "25 March 2025"}


def test_arabic_runs_from_right_to_left_and_the_reference_does_not_turn_round(small: There) -> None:
    small.office.awaiting_decision(10_000_00)
    small.worked()
    (asked,) = [one for one in small.box.to("amal@fund.example") if "/applications/" in one.part("plain")]
    assert '<html lang="ar" dir="rtl">' in asked.part("html")
    assert '<bdi dir="ltr"' in asked.part("html")
    assert re.search(r"^ينتظر مقترح قرارًا .*\(\u2068TSF-[0-9A-Z-]+\u2069\)$", asked.part("plain"), re.MULTILINE)


def test_what_was_sent_is_never_sent_again(sending: There) -> None:
    sending.office.awaiting_decision(10_000_00)
    sending.worked()
    sent = len(sending.box.taken)
    assert sent == sending.states()["sent"] > 5
    sending.later(LEASE)
    sending.worked()
    for _ in rebuild(sending.fund.ledger, sending.fund.views, ()):
        pass
    fund = sending.fund
    again = Post(fund.handler, fund.keys, fund.views, fund.outbox, Carrier(fund.settings.smtp_url, "localhost"), fund.settings.sender)
    again.deliver()
    assert len(sending.box.taken) == sent
    assert len({one.id for one in sending.box.taken}) == sent
    # Also where the outbox forgot how far it had read: what stands in it once stays once.
    fund.outbox._database.rows("UPDATE messages_followed SET position = 0")
    again.deliver()
    assert len(sending.box.taken) == sent


def test_a_worker_killed_between_send_and_mark_sends_the_same_mail_once_more_and_loses_none(tmp_path: Path, database_url: str) -> None:
    data = tmp_path / "data"
    with there(data, "", Postbox(), database_url) as made:
        made.office.awaiting_decision(10_000_00)
        made.worked()
        waiting = {entry.id for entry in made.fund.outbox.listed("queued") if entry.rhythm == "at_once"}
    with mail_server() as (box, address):
        settings = {"FUND_DATA": str(data), "FUND_DATABASE_URL": database_url, "FUND_SMTP_URL": f"smtp://{address}"}
        env = os.environ | settings | {"FUND_NOW": NOW.isoformat()}
        process = subprocess.Popen([sys.executable, "-m", "fund", "worker", "--once"], cwd=ROOT, env=env, stdout=subprocess.DEVNULL)
        box.before_answer = lambda: os.kill(process.pid, signal.SIGKILL) if len(box.taken) == 3 else None
        assert process.wait(60) == -signal.SIGKILL
        assert len(box.taken) == 3
        for after, sent in ((timedelta(), len(waiting)), (LEASE, len(waiting) + 1)):
            # What the dead worker had in hand rests until its lease is over.
            chosen = Settings(data=data, database_url=database_url, smtp_url=f"smtp://{address}", now=NOW + after)
            with opened(chosen) as fund:
                fund.worker.once()
            assert len(box.taken) == sent
    ids = [one.id[1:33] for one in box.taken]
    assert set(ids) == waiting
    assert ids.count(ids[2]) == 2


def test_workers_that_die_at_every_single_mail_lose_none(small: There) -> None:
    class Dying:
        """Hands over one mail and is gone before it can say so."""

        def __init__(self) -> None:
            self.carrier = Carrier(small.fund.settings.smtp_url, "localhost")

        def send(self, mail: EmailMessage) -> None:
            self.carrier.send(mail)
            raise KeyboardInterrupt

        def rest(self) -> None:
            self.carrier.rest()

    small.office.awaiting_decision(10_000_00)
    fund = small.fund
    post = Post(fund.handler, fund.keys, fund.views, fund.outbox, Dying(), fund.settings.sender)
    fund.runner.catch_up()
    post.collect()
    due = {entry.id for entry in fund.outbox.listed() if entry.rhythm == "at_once"}
    for _ in due:
        with pytest.raises(KeyboardInterrupt):
            post.deliver()
    assert small.states() == {"queued": len(fund.outbox.listed())}
    small.later(LEASE)
    small.worked()
    ids = [one.id[1:33] for one in small.box.taken]
    assert set(ids) == due
    assert all(ids.count(id) == 2 for id in due)


def test_a_digest_is_one_mail_in_the_morning_and_keeps_its_name_when_it_is_repeated(sending: There) -> None:
    sending.office.awaiting_decision(10_000_00)
    sending.worked()
    sending.box.taken.clear()
    sending.box.refused["chantal@ville.example"] = "451 4.2.1 try later"
    sending.later(timedelta(days=1))
    sending.worked()
    assert sending.box.to("chantal@ville.example") == []
    assert len(sending.box.to("somebody@example.invalid")) == 1, "the city’s other representative: officers’ tasks are overtaken"
    tried = [entry.mail for entry in sending.fund.outbox.listed("queued")]
    assert len(tried) == 3
    assert len(set(tried)) == 1
    sending.box.refused.clear()
    sending.later(timedelta(minutes=2))
    sending.worked()
    (digest,) = sending.box.to("chantal@ville.example")
    assert digest.id == f"<{tried[0]}@localhost>"
    assert digest.subject == "SPÉCIMEN · 3 messages du fonds"
    assert digest.part("plain").count("/fr/applications/") == 3


def test_an_address_that_the_server_does_not_know_is_given_up_and_the_log_names_nobody(small: There) -> None:
    small.box.refused["chantal@ville.example"] = "550 5.1.1 <chantal@ville.example>: no such user"
    small.office.submitted(10_000_00)
    small.worked()
    given_up = small.fund.outbox.listed("given_up", small.french)
    assert len(given_up) == 2
    assert [(one.what, one.reason) for one in small.fund.outbox.log(given_up[0].id)] == [("given_up", "smtp 550 5.1.1")]
    small.box.refused.clear()
    small.fund.outbox.retry(given_up[0].id, small.fund.now())
    small.worked()
    assert len(small.box.to("chantal@ville.example")) == 1
    with pytest.raises(Refusal, match=r"message\.not_given_up"):
        small.fund.outbox.retry(given_up[0].id, small.fund.now())


def test_a_server_that_refuses_by_its_policy_loses_no_mail_once_that_is_mended(small: There) -> None:
    small.office.submitted(10_000_00)
    small.box.refused.update(dict.fromkeys(("chantal@ville.example", "amal@fund.example"), "554 5.7.1 Relay access denied"))
    small.worked()
    refused = small.fund.outbox.listed("queued", small.french)
    assert [small.fund.outbox.log(one.id)[-1].reason for one in refused] == ["smtp 554 5.7.1"] * 2
    assert small.fund.outbox.listed("given_up") == []
    small.box.refused.clear()
    small.later(timedelta(days=1))
    small.worked()
    assert len(small.box.to("chantal@ville.example")) == 2


def test_a_server_that_says_later_is_tried_after_growing_pauses_until_it_is_too_late(small: There) -> None:
    small.box.refused["chantal@ville.example"] = "450 4.7.1 greylisted"
    small.worked()
    (entry,) = small.fund.outbox.listed("queued", small.french)
    waits = []
    while entry.state == "queued":
        before, small.clock.now = small.clock.now, entry.try_at
        waits.append(small.clock.now - before)
        small.fund.post.deliver()
        entry = small.fund.outbox.entry(entry.id)
    assert waits[:4] == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 8)]
    assert max(waits) == timedelta(hours=6)
    assert sum(waits, timedelta()) > PATIENCE
    assert (entry.state, small.fund.outbox.log(entry.id)[-1].reason) == ("given_up", "too_late")


def test_while_no_server_answers_the_fund_goes_on_and_everything_arrives_afterwards(tmp_path: Path) -> None:
    with mail_server() as (_, gone):
        pass
    with there(tmp_path / "data", gone, Postbox()) as made:
        file = made.office.submitted(10_000_00)
        made.office.do(c.ConfirmCompleteness(application=file), by=made.office.officer)
        made.worked()
        assert made.fund.worker.failing == ("messages",)
        assert isinstance(made.fund.ledger.stream(file)[-1].event, e.CheckRecorded), "machines did not wait for the mail"
        failed = [entry for entry in made.fund.outbox.listed("queued") if entry.tries]
        assert [made.fund.outbox.log(one.id)[0].reason for one in failed] == ["smtp ConnectionRefusedError"]
        with mail_server() as (box, address):
            carrying = Carrier(f"smtp://{address}", "localhost")
            post = Post(made.fund.handler, made.fund.keys, made.fund.views, made.fund.outbox, carrying, made.fund.settings.sender)
            made.later(timedelta(minutes=1))
            post.deliver()
            assert len(box.taken) == made.states()["sent"] > 5


# ── Not theirs, not any more ──────────────────────────────────────────────────


def test_whoever_loses_the_role_before_the_digest_goes_is_not_told(tmp_path: Path) -> None:
    with mail_server() as (box, address), there(tmp_path / "data", address, box) as made:
        officer = made.person("olga@fund.example", "en", Role.OFFICER)
        made.office.submitted(10_000_00)
        made.worked()
        made.office.do(c.RevokeRole(person=officer, role=Role.OFFICER))
        made.later(timedelta(days=1))
        made.worked()
        assert not [one for one in box.to("olga@fund.example") if "/applications/" in one.part("plain")]
        assert [entry.state for entry in made.fund.outbox.listed(person=officer)].count("dropped") == 1


def test_whoever_declares_a_conflict_before_the_digest_goes_hears_nothing_of_the_file(small: There) -> None:
    officer = small.person("olga@fund.example", "en", Role.OFFICER)
    file = small.office.submitted(10_000_00)
    small.worked()
    tasks = [entry for entry in small.fund.outbox.listed("queued", officer) if entry.stream == file]
    assert tasks
    assert small.fund.post.letter(tasks)[0]
    small.office.do(c.DeclareConflict(application=file, interest="family", about="My sister writes it"), by=officer)
    small.later(timedelta(days=1))
    small.worked()
    assert small.box.to("olga@fund.example")[1:] == []
    assert {entry.state for entry in small.fund.outbox.listed(person=officer) if entry.stream == file} == {"dropped"}


def test_an_erased_person_is_written_to_no_more_and_was_nowhere_in_the_outbox(tmp_path: Path) -> None:
    with there(tmp_path / "data", "", Postbox()) as made:
        made.office.submitted(10_000_00)
        made.worked()
        assert len(made.fund.outbox.listed("queued", made.french)) == 2
        made.office.do(c.ErasePerson(person=made.french, basis="asked"))
        letter, holding = made.fund.post.letter(made.fund.outbox.listed("queued", made.french))
        assert (letter, holding) == (None, [])
    held = b"".join(path.read_bytes() for path in (tmp_path / "data").glob("operations.db*"))
    assert made.french.encode() in held
    for private in (b"chantal@ville.example", b"Nightingale", b"Mokolo", "déposée".encode()):
        assert private not in held


def test_an_outbox_that_was_lost_tells_no_old_news(small: There) -> None:
    small.office.submitted(10_000_00)
    small.later(timedelta(days=31))
    head = small.fund.ledger.head()
    small.worked()
    assert all(entry.event_index > head for entry in small.fund.outbox.listed())
    assert small.fund.outbox.position() > head


# ── Their choice ──────────────────────────────────────────────────────────────


def test_each_reader_chooses_how_often_and_in_which_language_and_what_must_be_told_comes_at_once_all_the_same(sending: There) -> None:
    office, clock = sending.office, sending.clock
    weekly = sending.person("weekly@fund.example", "en", Role.OFFICER)
    silent = sending.person("silent@fund.example", "en", Role.OFFICER)
    office.do(c.ChooseMessages(person=weekly, rhythm="weekly", language="es"), by=weekly)
    office.do(c.ChooseMessages(person=silent, rhythm="never"), by=silent)
    office.do(c.ChooseMessages(person=sending.french, rhythm="never", language="ar"), by=sending.french)
    file = office.submitted(10_000_00)
    office.do(c.WithdrawApplication(application=file, reason="Other plans"), by=office.signatory)
    sending.worked()
    told = sending.box.to("chantal@ville.example")
    assert [one.mail["Content-Language"] for one in told] == ["ar"] * len(told)
    assert len(told) == 4, "confirmed, submitted, withdrawn, and the letter: none of it can be switched off"
    assert {one.mail["List-Unsubscribe"] for one in told} == {None}
    assert len(sending.box.to("silent@fund.example")) == 1, "the role"
    clock.now = datetime(2025, 3, 10, 6, 59, tzinfo=UTC)
    sending.worked()
    assert len(sending.box.to("weekly@fund.example")) == 1
    clock.now = datetime(2025, 3, 10, 7, 0, tzinfo=UTC)
    sending.worked()
    _, monday = sending.box.to("weekly@fund.example")
    assert monday.mail["Content-Language"] == "es"
    assert monday.mail["List-Unsubscribe"] == "<http://localhost:8000/es/messages>"
    assert "Elegir cómo llegan los mensajes: http://localhost:8000/es/messages" in monday.part("plain")
    assert len(sending.box.to("silent@fund.example")) == 1


def test_a_partner_who_wants_no_news_is_asked_again_once_a_day_and_reminded_before_the_draft_lapses(small: There) -> None:
    office, clock = small.office, small.clock
    partner = office.do(c.RegisterCity(name_en="Zarqa", kind="city", country="JO", region=None, relation="member", source="register"))
    office.do(c.RecordMembership(city=partner, basis="register"))
    signer = small.person("zein@partner.example", "en")
    office.do(c.ConfirmRepresentative(city=partner, person=signer, capacity="signatory", proof="letter"))
    office.do(c.ChooseMessages(person=signer, rhythm="never"), by=signer)
    applicant, *others = form(10_000_00)
    assert isinstance(applicant, Applicant)
    joint = msgspec.structs.replace(applicant, beneficiaries=(partner,))
    saves = [c.SaveSection(application="", section=section) for section in (joint, *others)]
    file = office.do(c.StartApplication(city=office.city, language="fr"), *saves, by=office.signatory)
    state = small.fund.handler.load(file).state
    assert isinstance(state, Application)
    office.do(c.AcceptText(application=file, city=partner, text=state.text), by=signer)
    small.worked()
    small.box.taken.clear()
    for place in ("Quay", "Harbour", "Mayor"):
        changed = msgspec.structs.replace(joint, office=place)
        office.do(c.SaveSection(application=file, section=changed), by=office.signatory)
    told: list[tuple[date, str]] = []
    for _ in range(125):
        small.worked()
        told += [(clock.now.date(), one.part("plain")) for one in small.box.to("zein@partner.example")]
        small.box.taken.clear()
        small.later(timedelta(days=1))
    again, reminded, lapsed = told
    assert again[0] == NOW.date() + timedelta(days=1)
    assert again[1].count("asked to accept it again") == 1
    assert "still waits for your city to accept it" in reminded[1]
    assert "lapsed" in lapsed[1]
    assert again[0] < reminded[0] < lapsed[0]


def test_a_choice_stops_what_waits_already_and_is_gone_with_the_person(small: There) -> None:
    officer = small.person("olga@fund.example", "en", Role.OFFICER)
    file = small.office.submitted(10_000_00)
    small.worked()
    waiting = [entry for entry in small.fund.outbox.listed("queued", officer) if entry.stream == file]
    assert small.fund.post.letter(waiting)[0]
    small.office.do(c.ChooseMessages(person=officer, rhythm="never", language="fr"), by=officer)
    assert small.fund.post.letter(waiting) == (None, [])
    state = small.fund.handler.load(officer).state
    assert isinstance(state, Person)
    assert choice_of(state, small.fund.keys) == Choice("never", "fr")
    small.office.do(c.ErasePerson(person=officer, basis="asked"))
    assert choice_of(state, small.fund.keys) == Choice()


# ── The way to the server ─────────────────────────────────────────────────────


def letter(to: str = "amina@ville.example") -> EmailMessage:
    line = Line(kind=Kind.NEWS, text="Your application is taken up again.", reference="TSF-7K3M-Q9F2", url="http://localhost:8000/en/")
    return compose(Sender(address="fund@fund.example", base_url="https://fund.example"), PROGRAMME, "en", to, [line], "a" * 32, NOW)


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_mail_goes_encrypted_and_with_a_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    context, trusted = certificate(tmp_path)
    secured = {"starttls": context} if scheme == "smtp" else {"smtps": context}
    with mail_server(**secured) as (box, address):
        url = f"{scheme}://{USER}:{quote(PASSWORD, safe='')}@{address}"
        with pytest.raises(OutOfReach, match="SSLCertVerificationError"):
            Carrier(url, "fund.example").send(letter())
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        wrong = Carrier(f"{scheme}://{USER}:wrong@{address}", "fund.example")
        with pytest.raises(OutOfReach, match=r"^smtp 535 5\.7\.8$"):
            wrong.check()
        sending = Carrier(url, "fund.example")
        sending.check()
        sending.send(letter())
        sending.rest()
    assert box.encrypted == [True]
    assert box.users[-1] == USER.encode()


def test_nothing_is_said_in_clear_to_another_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carrier, "THIS_MACHINE", frozenset())
    with mail_server() as (box, address), pytest.raises(OutOfReach, match="no encryption"):
        Carrier(f"smtp://{address}", "fund.example").send(letter())
    assert box.taken == []


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://[::1]:8000", "[IPv6:::1]"), ("http://127.0.0.1:8000", "[127.0.0.1]"),
        ("https://xn--mnchen-3ya.example", "xn--mnchen-3ya.example"), ("https://fund.example/portal/", "fund.example"),
    ],
)  # fmt: skip
def test_mail_goes_from_wherever_the_portal_is(tmp_path: Path, url: str, host: str) -> None:
    with mail_server() as (box, address), there(tmp_path / "data", address, box, base_url=url) as made:
        made.worked()
        (told,) = box.to("chantal@ville.example")
        assert made.fund.worker.failing == ()
    assert (told.sender, told.id.partition("@")[2]) == (f"fund@{host}", f"{host}>")
    assert f"{url.rstrip('/')}/fr/" in told.part("plain")


@pytest.mark.parametrize(
    "url",
    [
        "", "fund.example", "ftp://fund.example", "HTTPS://fund.example", "http://", "http://münchen.example", "http://::1:8000",
        "http://[::1", "http://[fe80::1%25eth0]", "http://fund.example:port", "http://fund.example:70000", "http://fund .example",
        "http://fund..example", "http://me@fund.example", "http://fund.example?x=1", "http://fund.example/#top", "http://fund.example\n",
    ],
)  # fmt: skip
def test_a_portal_is_where_a_browser_and_a_mail_server_can_find_it(url: str) -> None:
    with pytest.raises(ValueError, match=r"base_url\n.*xn--"):
        Settings(base_url=url)


def test_a_fault_of_ours_on_the_way_to_the_server_is_no_fault_of_an_address(small: There) -> None:
    fund = small.fund
    wrong = Carrier(fund.settings.smtp_url, "münchen.example")
    fund.runner.catch_up()
    with pytest.raises(UnicodeEncodeError):
        Post(fund.handler, fund.keys, fund.views, fund.outbox, wrong, fund.settings.sender).deliver()
    assert fund.outbox.listed("given_up") == []
    small.later(LEASE)
    small.worked()
    assert len(small.box.to("chantal@ville.example")) == 1


def test_after_a_refusal_the_connection_takes_the_next_mail() -> None:
    with mail_server() as (box, address):
        box.refused["gone@ville.example"] = "550 5.1.1 <gone@ville.example> unknown"
        sending = Carrier(f"smtp://{address}", "fund.example")
        with pytest.raises(NotTaken) as refused:
            sending.send(letter("gone@ville.example"))
        assert (refused.value.reason, refused.value.for_good) == ("smtp 550 5.1.1", True)
        sending.send(letter())
        sending.rest()
        assert [one.to for one in box.taken] == [["amina@ville.example"]]


@pytest.mark.parametrize(
    ("answer", "for_good"),
    [
        ("550 5.1.1 unknown", True), ("553 5.1.3 not an address", True), ("550 5.1.10 no mail here", True), ("550 No such user", True),
        ("551 not local", True), ("553 not allowed", True), ("550 5.1.8 sender rejected", False), ("550 5.1.7 sender rejected", False),
        ("550 5.7.1 not allowed", False), ("554 No SMTP service here", False), ("552 5.2.2 full", False), ("450 unknown", False),
        ("450 4.1.1 unknown", False),
    ],
)  # fmt: skip
def test_a_mail_is_refused_for_good_only_where_its_address_is_what_the_server_does_not_know(answer: str, for_good: bool) -> None:
    with mail_server() as (box, address):
        box.refused["amina@ville.example"] = answer
        sending = Carrier(f"smtp://{address}", "fund.example")
        with pytest.raises(NotTaken) as refused:
            sending.send(letter())
        sending.rest()
    assert refused.value.for_good is for_good


@pytest.mark.parametrize(
    "address",
    [
        "", "nobody", "a@b.example, c@d.example", "a@b.example\nBcc: c@d.example", "<a@b.example>", "A <a@b.example>", "a..b@b.example",
        "a@b..example", ".a@b.example", "münich@straße.example",
    ],
)  # fmt: skip
def test_what_is_no_single_address_is_not_written_to(address: str) -> None:
    with pytest.raises(ValueError, match="no address") as refused:
        letter(address)
    assert "b.example" not in str(refused.value)


@pytest.mark.parametrize(
    "url", ["http://mail", "mail:25", "smtp://", "smtp://host/path", "smtp://host:port", "smtp://u:p/w@host", "smtps://host?tls=no"]
)
def test_an_address_of_a_server_that_cannot_be_is_refused_without_being_quoted(url: str) -> None:
    with pytest.raises(ValueError, match=r"smtp://|port") as refused:
        carrier.parsed(url)
    assert "p/w" not in str(refused.value)


def test_digests_go_in_the_morning_of_the_office_also_when_the_hour_changes() -> None:
    zone = "Europe/Paris"
    assert next_digest(datetime(2025, 3, 28, 5, 59, tzinfo=UTC), zone) == datetime(2025, 3, 28, 6, tzinfo=UTC)
    assert next_digest(datetime(2025, 3, 28, 6, 0, tzinfo=UTC), zone) == datetime(2025, 3, 29, 6, tzinfo=UTC)
    assert next_digest(datetime(2025, 3, 29, 12, tzinfo=UTC), zone) == datetime(2025, 3, 30, 5, tzinfo=UTC)
    assert next_digest(datetime(2025, 3, 27, 12, tzinfo=UTC), zone, weekly=True) == datetime(2025, 3, 31, 5, tzinfo=UTC)
    assert next_digest(datetime(2025, 3, 31, 4, tzinfo=UTC), zone, weekly=True) == datetime(2025, 3, 31, 5, tzinfo=UTC)
