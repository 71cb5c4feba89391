"""Money with strings: contributions of every kind, a pot that only some may draw on, support in another currency than was asked for."""

from datetime import date

from fund.border.naming import city_called
from fund.demo.cast import OPERATOR, Cast
from fund.demo.stage import Stage
from fund.demo.story import File
from fund.domain import commands as c
from fund.domain.streams import RATES


def play_money(stage: Stage, cast: Cast) -> None:
    for tell in (sources_of_every_kind, from_an_earmarked_pot, in_another_currency):
        tell(stage, cast)


def sources_of_every_kind(stage: Stage, cast: Cast) -> None:
    """The donors are real, the amounts are examples."""
    euros, pounds, kroner = (cast.envelopes[currency] for currency in ("EUR", "GBP", "NOK"))
    youth = c.ReceiveContribution(
        envelope=euros,
        donor="denmark",
        amount=12_000_00,
        currency="EUR",
        basis="Example amount: young people in one region",
        priorities=("SP-YOUTH",),
        regions=("mena",),
        spend_from=date(2025, 1, 1),
        spend_until=date(2025, 12, 31),
    )
    rooms = c.ReceiveContribution(
        envelope=pounds,
        donor="city-london",
        amount=8_000_00,
        currency="GBP",
        basis="Example: rooms and interpreting for learning visits",
        kind="in_kind",
        valuation="Published hire of the rooms, and a quotation for interpreting",
        support_types=("TS3",),
    )
    own = c.ReceiveContribution(
        envelope=euros,
        donor="city-helsinki",
        amount=9_000_00,
        currency="EUR",
        basis="Example: the city pays for its own training",
        kind="self_funded",
        city=city_called(stage.fund, "Helsinki", "FI"),
    )
    for key, received in (("denmark", youth), ("city-london", rooms), ("helsinki-itself", own)):
        stage.do(f"contribution:{key}", received, by=OPERATOR)
    less = c.ReduceContribution(envelope=kroner, contribution=2, amount=1_500_00, reason="Example: less arrived than was announced")
    stage.do("contribution:city-oslo:less", less, by=OPERATOR)


def from_an_earmarked_pot(stage: Stage, cast: Cast) -> None:
    """Given for young people in one region: spent first, and the rest from free money. What is not needed goes back when it ends."""
    file = File(stage, cast, "tunis").draft().submit().complete().eligible()
    file.opinion("support", "Le centre connaît les maisons de jeunes et peut réaliser la formation.", accepts_delivery=True)
    stage.days(3)
    file.assess(0, "aligned", "Les jeunes conçoivent et conduisent.").assess(1, "aligned", "La commune garde l’équipe.")
    file.coordinate("via_hub").propose(15_000_00, peers=("Des médiateurs d’une ville membre de la région",))
    stage.days(1)
    file.approve("Les jeunes conçoivent la formation et conduisent la médiation.", "L’équipe reste après le soutien.")


def in_another_currency(stage: Stage, cast: Cast) -> None:
    """Asked for in euros, granted in kroner, by a dated rate that the proposal keeps. The city turns it down: the kroner are free again."""
    file = File(stage, cast, "gjilan").draft().submit().complete().eligible()
    file.opinion("support", "The safety council is ready, and the hub will follow the agreement.")
    stage.days(3)
    file.assess(0, "aligned", "Both levels will sign.").assess(1, "aligned", "The gap is shown by the city’s own review.")
    file.coordinate("with_hub", "The hub advises and the central team holds the workshops.")
    rate = c.RecordRate(
        rates=RATES, base="EUR", quote="NOK", rate=117_280, digits=4, on=stage.clock.now.date(), source="Example of a published daily rate"
    )
    stage.do("rate:EUR:NOK", rate, by=OPERATOR)
    proposal = c.MakeProposal(
        application=file.id,
        recommendation="approve",
        envelope=cast.envelopes["NOK"],
        amount=120_000_00,
        currency="NOK",
        support_type="TS5",
        peers=("A city that has such an agreement with its national services",),
        reason="Both assessments support the request; the envelope in kroner has money for it.",
    )
    file.do("propose", proposal, by=cast.officer)
    stage.days(1)
    file.approve("The agreement closes a gap between the national services and the city.", accept=False)
    reason = "The national services have found means of their own for the agreement."
    file.do("turn-down", c.TurnDownAward(application=file.id, reason=reason), by=file.signatory)
