"""What a city can do about a refusal: one appeal is upheld and the file decided again, one is dismissed, one comes too late, and one is
withdrawn. Letters are opened, or count as delivered."""

from fund.demo.cast import Cast, person
from fund.demo.corrections import corrected, stands
from fund.demo.decisions import assessed
from fund.demo.override import set_aside
from fund.demo.stage import Stage
from fund.demo.story import File
from fund.domain import commands as c
from fund.domain.facts import Role
from fund.projections import application_file


class Hearing:
    """People who have had nothing to do with any file before, and the files that they are asked about."""

    def __init__(self, stage: Stage, cast: Cast) -> None:
        self.stage = stage
        self.cast = cast
        self.officer = person(stage, "appeals-officer", "Officer for appeals", Role.OFFICER)
        self.approver = person(stage, "appeals-approver", "Approver for appeals", Role.APPROVER)

    def opened(self, file: File) -> None:
        file.do("open-letter", c.OpenLetter(application=file.id, letter=1), by=file.signatory)

    def appeal(self, file: File, grounds: str) -> None:
        file.do("appeal", c.LodgeAppeal(application=file.id, grounds=grounds), by=file.signatory)

    def admitted(self, file: File) -> None:
        file.do("admit-appeal", c.AdmitAppeal(application=file.id), by=self.officer)

    def decided(self, file: File, command: c.DecideAppeal) -> None:
        file.do("decide-appeal", command, by=self.approver)
        self.stage.work()


def play_appeals(stage: Stage, cast: Cast) -> None:
    hearing = Hearing(stage, cast)
    upheld(stage, cast, hearing)
    dismissed(stage, cast, hearing)
    late = too_late(stage, cast, hearing)
    withdrawn(stage, cast, hearing)
    set_aside(late, stage, hearing.officer, hearing.approver)
    corrected(stage, cast, hearing.officer, hearing.approver)


def declined(stage: Stage, cast: Cast, key: str, reason: str, change: str) -> File:
    file = assessed(stage, cast, key, "A clear need.", "The owner is named.")
    file.do("propose", c.MakeProposal(application=file.id, recommendation="decline", reason=reason), by=cast.officer)
    decline = c.Decline(application=file.id, reasons=(reason,), what_would_change=(change,))
    file.do("decide", decline, by=cast.approver)
    stage.work()
    return file


def upheld(stage: Stage, cast: Cast, hearing: Hearing) -> None:
    """Money is held back while the file is decided again, by somebody else than before."""
    reason = "La demande ne montre pas combien de disputes ont lieu sur les marchés."
    file = declined(stage, cast, "meri", reason, "Un relevé des disputes sur les marchés.")
    stage.days(2)
    hearing.opened(file)
    stage.days(6)
    hearing.appeal(file, "Le registre des médiations, cité dans notre demande, relève trente-deux jours de marché.")
    hearing.admitted(file)
    stage.days(5)
    decision = c.DecideAppeal(
        application=file.id, outcome="upheld", back_to="proposal", envelope=cast.envelopes["EUR"], amount=14_000_00,
        reasons=("Le registre cité dans la demande montre ce que la décision disait absent.",),
    )  # fmt: skip
    hearing.decided(file, decision)
    looked = c.RecordSafeguards(application=file.id, level="green", reason="Regardé à nouveau : personne n’a à y craindre.")
    file.do("safeguards-again", looked, by=cast.officer)
    again = c.MakeProposal(
        application=file.id, recommendation="approve", envelope=cast.envelopes["EUR"], amount=14_000_00, currency="EUR",
        peers=("Une commune membre qui a des veilleuses",), reason="Le besoin est établi par le registre.",
    )  # fmt: skip
    file.do("propose-again", again, by=cast.officer)
    reasons = ("Le besoin est établi par le registre des médiations.", "La commune en fait une tâche suivie.")
    file.do("decide-again", c.Approve(application=file.id, reasons=reasons), by=hearing.approver)
    stage.work()
    file.accept()


def dismissed(stage: Stage, cast: Cast, hearing: Hearing) -> None:
    """Nobody opens the letter: it counts as delivered on its day. What the city names is no error; its appeal is in time all the same."""
    reason = "No staff is named who would answer the calls after the training."
    file = declined(stage, cast, "kaduna", reason, "A decision of the state on the staff of the hotline.")
    stage.days(12)
    stands(file, stage)
    hearing.appeal(file, "The state will decide about the staff next year, as the request says.")
    hearing.admitted(file)
    stage.days(3)
    reasons = ("The request itself says that the staff is not decided. The decision rests on that, and on no error.",)
    hearing.decided(file, c.DecideAppeal(application=file.id, outcome="dismissed", reasons=reasons))


def too_late(stage: Stage, cast: Cast, hearing: Hearing) -> File:
    file = earlier(stage, cast, "kumanovo")
    stage.days(30)
    hearing.appeal(file, "The municipality asked for membership in the meantime.")
    reason = "The last day to appeal has passed. The municipality can apply again as soon as it is a member."
    file.do("turn-away", c.TurnAwayAppeal(application=file.id, reason=reason), by=hearing.officer)
    stage.work()
    return file


def withdrawn(stage: Stage, cast: Cast, hearing: Hearing) -> None:
    file = earlier(stage, cast, "peshawar")
    hearing.appeal(file, "Traders were asked, by their associations.")
    reason = "The district prepares another request, together with the traders."
    file.do("withdraw-appeal", c.WithdrawAppeal(application=file.id, reason=reason), by=file.signatory)


def earlier(stage: Stage, cast: Cast, key: str) -> File:
    """An application that was played before."""
    file = File(stage, cast, key)
    stage.fund.runner.catch_up()
    with stage.fund.views.reading() as reading:
        rows = application_file.listed(reading, application_file.Filters(city=file.city))
    file.id = rows[-1].stream
    return file
