"""Applications that are decided in other ways than yes or no: put off, referred, returned, otherwise than proposed, on the waiting list,
by two people."""

from datetime import timedelta

from fund.demo.cast import OPERATOR, Cast, person
from fund.demo.stage import Stage
from fund.demo.story import File
from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.facts import Role

NO_HUB = "No hub is open in this region; the central team coordinates."


def play(stage: Stage, cast: Cast) -> None:
    for tell in (put_off_until_a_day, referred, returned_and_lowered, by_two_people, on_the_waiting_list):
        tell(stage, cast)


def assessed(stage: Stage, cast: Cast, key: str, first: str, second: str) -> File:
    """As far as the proposal, with both assessors in favour."""
    file = File(stage, cast, key).draft().submit().complete().eligible()
    stage.days(3)
    return file.assess(0, "aligned", first).assess(1, "aligned", second).coordinate("no_hub", NO_HUB)


def decide(file: File, step: str, command: c.Command, by: str = "") -> None:
    file.do(step, command, by=by or file.cast.approver)
    file.stage.work()


def put_off_until_a_day(stage: Stage, cast: Cast) -> None:
    """The day comes, a machine takes the file up again, and it is approved."""
    file = assessed(stage, cast, "dakar", "De jeunes médiateurs portent les réponses.", "Besoin établi, service durable.")
    until = stage.clock.now.date() + timedelta(days=20)
    reason = "Le conseil municipal vote dans trois semaines le budget des médiateurs."
    put_off = c.MakeProposal(application=file.id, recommendation="defer", until=until, reason=reason)
    file.do("propose-later", put_off, by=cast.officer)
    decide(file, "defer", c.Defer(application=file.id, until=until, reasons=(reason,)))
    stage.days(20)
    file.propose(16_000_00, peers=("Une ville membre dont les médiateurs travaillent depuis trois ans",))
    file.approve("Le budget des médiateurs est voté.", "De jeunes habitants conçoivent et portent les réponses.")


def referred(stage: Stage, cast: Cast) -> None:
    file = assessed(stage, cast, "bordeaux", "Une voix commune des maires.", "Le besoin est un lieu de rencontre.")
    reason = "Un groupe de travail du réseau réunit déjà des élus sur ce sujet."
    propose = c.MakeProposal(application=file.id, recommendation="refer", modality="working_groups", reason=reason)
    file.do("propose", propose, by=cast.officer)
    refer = c.Refer(
        application=file.id,
        modality="working_groups",
        turn_to="L’animation des groupes de travail, à l’adresse de l’Unité de gestion",
        passed_on="L’intitulé et la description des rencontres demandées, avec votre accord",
        reasons=(reason, "Les rencontres demandées peuvent s’y tenir dès l’automne."),
    )
    decide(file, "refer", refer)


def returned_and_lowered(stage: Stage, cast: Cast) -> None:
    """Given back once; then approved with a lower amount than proposed, and the reason why."""
    file = assessed(stage, cast, "copenhagen", "Services and police work together.", "A clear owner.")
    file.propose(24_000_00, peers=("Practitioners of a member city that runs such a desk",))
    question = "Can the second visit be held online? Please say what it would then cost."
    decide(file, "return", c.ReturnProposal(application=file.id, reason=question))
    again = c.MakeProposal(
        application=file.id,
        recommendation="approve",
        envelope=cast.envelopes["EUR"],
        amount=24_000_00,
        currency="EUR",
        peers=("Practitioners of a member city that runs such a desk",),
        reason="Both visits matter, but the second could be held online for 3,500 euros less.",
    )
    file.do("propose-again", again, by=cast.officer)
    lower = c.Approve(
        application=file.id,
        amount=20_500_00,
        reasons=("The desk closes a gap between four services.",),
        otherwise="The second visit is held online",
    )
    decide(file, "approve-less", lower)
    file.accept()


def by_two_people(stage: Stage, cast: Cast) -> None:
    """A large award: one approves, the other puts it off until an event; once that is recorded, both approve."""
    second = person(stage, "second-approver", "Second approver", Role.APPROVER)
    file = assessed(stage, cast, "antwerp", "Five cities learn from each other.", "The curriculum outlives the support.")
    peers = ("Trainers of three member cities",)
    file.propose(90_000_00, peers=peers)
    reasons = ("Five cities train together, across contexts.",)
    file.do("approve-first", c.Approve(application=file.id, reasons=reasons), by=cast.approver)
    wait = c.Defer(
        application=file.id,
        awaits="The five cities have signed the agreement on the school",
        reasons=("The agreement between the five cities is not signed yet.",),
        otherwise="So large an award needs the agreement first",
    )
    decide(file, "put-off", wait, by=second)
    stage.days(7)
    signed = c.RecordAwaitedEvent(application=file.id, evidence="Example: copy of the signed agreement")
    file.do("agreement", signed, by=cast.officer)
    again = c.MakeProposal(
        application=file.id, recommendation="approve", envelope=cast.envelopes["EUR"], amount=90_000_00, currency="EUR", peers=peers,
        reason="The agreement is signed.",
    )  # fmt: skip
    file.do("propose-again", again, by=cast.officer)
    approve = c.Approve(application=file.id, reasons=(*reasons, "The agreement between them is signed."))
    file.do("approve-again", approve, by=second)
    decide(file, "confirm", approve)
    file.accept()


def on_the_waiting_list(stage: Stage, cast: Cast) -> None:
    """Two files wait for one envelope. A contribution wakes both in their order: one is approved for later days than were asked for, the
    other’s city withdraws."""
    envelope = stage.do("envelope:second", c.OpenEnvelope(title="Second envelope in dollars", currency="USD"), by=OPERATOR).stream
    contribute(stage, envelope, "first", 10_000_00)
    cali = assessed(stage, cast, "cali", "La escuela queda en las casas de paz.", "Necesidad documentada.")
    malaga = assessed(stage, cast, "malaga", "Los jóvenes redactan las pautas.", "Once centros participan.")
    for file, amount in ((cali, 30_000_00), (malaga, 25_000_00)):
        line_up(file, envelope, amount)
    stage.days(5)
    contribute(stage, envelope, "second", 50_000_00)
    stage.work()
    asked = cali.content["sections"]["support"]
    proposal = c.MakeProposal(
        application=cali.id, recommendation="approve", envelope=envelope, amount=30_000_00, currency="USD",
        peers=("Mediadoras de dos ciudades miembros",), reason="Ya hay fondos. El apoyo empieza ocho semanas más tarde de lo pedido.",
        window=e.Window(starts_on=asked["starts_on"] + timedelta(weeks=8), ends_on=asked["ends_on"] + timedelta(weeks=8)),
    )  # fmt: skip
    cali.do("propose-again", proposal, by=cast.officer)
    cali.approve("La escuela da continuidad a la mediación en las comunas.")
    withdraw = c.WithdrawApplication(application=malaga.id, reason="La ciudad ha encontrado otra financiación mientras esperaba.")
    decide(malaga, "withdraw", withdraw, by=malaga.signatory)


def contribute(stage: Stage, envelope: str, key: str, amount: int) -> None:
    donor = next(donor for donor in stage.fund.programme.catalogue.donors if donor.code == "united-states")
    basis = f"Example amount. {donor.source}"
    given = c.ReceiveContribution(envelope=envelope, donor=donor.code, amount=amount, currency="USD", basis=basis)
    stage.do(f"envelope:second:{key}", given, by=OPERATOR)


def line_up(file: File, envelope: str, amount: int) -> None:
    reason = "La solicitud responde a una prioridad y la dotación no alcanza."
    proposal = c.MakeProposal(
        application=file.id, recommendation="wait", envelope=envelope, amount=amount, currency="USD",
        peers=("Mediadoras de dos ciudades miembros",), reason=reason,
    )  # fmt: skip
    file.do("propose", proposal, by=file.cast.officer)
    reasons: tuple[str, ...] = ("La solicitud responde a una prioridad del fondo.", "La dotación no alcanza todavía para este apoyo.")
    decide(file, "wait", c.PutOnWaitingList(application=file.id, reasons=reasons))
