"""A competitive round of the demonstration: four cities enter, one leaves, one is moderated, one ends below the line."""

from datetime import timedelta

import msgspec

from fund.demo.cast import OPERATOR, Cast
from fund.demo.stage import Stage
from fund.demo.story import File
from fund.domain import commands as c
from fund.domain import events as e

TITLE = "Young people shape prevention, 2025"
CRITERIA = ("alignment", "network", "need", "ownership", "inclusion", "results", "sustainability")
REASONS: dict[str, tuple[str, str]] = {
    "montreuil": ("Les jeunes tiennent le service ; le portage communal est établi.", "Besoin documenté, suites budgétées."),
    "los_angeles": ("Un mandato claro para las mesas de barrio.", "Faltan las fechas y quién responde de los riesgos."),
    "isiolo": ("Young people are heard; little is said of what follows.", "A plausible link to the priority, few figures."),
}
SCORES: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {
    "montreuil": ((5, 4, 5, 5, 4, 5, 5), (5, 4, 4, 5, 5, 4, 4)),
    "los_angeles": ((5, 4, 4, 4, 4, 3, 4), (3, 3, 4, 2, 2, 3, 3)),
    "isiolo": ((3, 2, 3, 3, 4, 3, 3), (4, 2, 3, 3, 4, 3, 3)),
}
"""Two people each, in the order of the criteria. In Los Angeles they are too far apart."""
MODERATING = ("western-balkans", "south-asia", "mena")
"""Hubs of other regions, whose people may judge the file of Los Angeles: two of them at most are drawn to score it."""
AGREED = (4, 4, 4, 3, 3, 3, 4)


def competitive_round(stage: Stage, cast: Cast) -> None:
    cast = msgspec.structs.replace(cast, envelopes=cast.envelopes | {"EUR": money(stage)})
    opens = stage.clock.now.replace(second=0, microsecond=0) + timedelta(hours=1)
    closes = (opens + timedelta(days=14)).replace(hour=12, minute=0)
    opened = c.OpenRound(
        title=TITLE, opens_at=opens, closes_at=closes, envelope=cast.envelopes["EUR"], priorities=("SP-YOUTH", "SP-MANDATE")
    )
    round = stage.do("round:open", opened, by=cast.officer).stream
    not_held = msgspec.structs.replace(opened, title="Cities learn from cities, 2025")
    other = stage.do("round:open-other", not_held, by=cast.officer).stream
    stage.do("round:cancel-other", c.CancelRound(round=other, reason="Its money goes to the round for young people"), by=cast.officer)
    stage.days(1)
    files = [entered(stage, cast, key, round) for key in (*SCORES, "ulcinj")]
    left = files.pop()
    reason = "The youth club pays for the training itself."
    left.do("withdraw", c.WithdrawApplication(application=left.id, reason=reason), by=left.signatory)
    for file in files:
        file.complete().eligible()
    files[1].opinion("support", "El centro conoce las mesas de barrio y las apoya.")
    files[2].opinion("no_objection", "The hub knows the department and has no objection.")
    stage.days(14)
    for file in files:
        scored(file)
    scored_again(files[2], stage)
    away(files[1], stage, cast)
    moderated(files[1], cast)
    coordinated(files)
    decided(stage, cast, round, files)


def money(stage: Stage) -> str:
    """An envelope of the round's own: it holds what two requests of this size cost."""
    id = stage.do("round:envelope", c.OpenEnvelope(title="Round for young people", currency="EUR"), by=OPERATOR).stream
    given = c.ReceiveContribution(envelope=id, donor="netherlands", amount=32_000_00, currency="EUR", basis="Example amount for the round")
    stage.do("round:contribution", given, by=OPERATOR)
    return id


def entered(stage: Stage, cast: Cast, key: str, round: str) -> File:
    file = File(stage, cast, key).draft()
    file.do("submit", c.SubmitApplication(application=file.id, round=round), by=file.signatory)
    return file


def scored(file: File) -> None:
    for number, assessor in enumerate(file.drawn):
        _score(file, f"score-{number}", number, assessor)


def scored_again(file: File, stage: Stage) -> None:
    """One of the two learns too late that they should not have: the points count no more, and somebody else is drawn and scores it."""
    said = c.DeclareConflict(application=file.id, interest="gain", about="I have been offered a post in the office that would run it.")
    file.do("conflict", said, by=file.drawn[1])
    stage.work()
    _score(file, "score-again", 1, file.drawn_later[0])


def _score(file: File, key: str, number: int, assessor: str) -> None:
    reason = REASONS[file.key][number]
    given = tuple(
        e.Score(criterion=code, score=score, reason=reason) for code, score in zip(CRITERIA, SCORES[file.key][number], strict=True)
    )
    file.do(key, c.RecordScores(application=file.id, scores=given), by=assessor)


def away(file: File, stage: Stage, cast: Cast) -> None:
    """Whoever is asked first turns out to be away until after their day: a machine lets them make way."""
    first = stage.clock.now.date()
    asked = c.AssignModerator(application=file.id, moderator=cast.second_officer, reason="Has no part in this region")
    file.do("assign-moderator-away", asked, by=cast.officer)
    absence = c.RecordAbsence(person=cast.second_officer, first=first, last=first + timedelta(days=14))
    file.do("moderator-away", absence, by=OPERATOR)
    stage.work()


def moderated(file: File, cast: Cast) -> None:
    agreed = tuple(e.Agreed(criterion=code, score=score) for code, score in zip(CRITERIA, AGREED, strict=True))
    reason = "El mandato está argumentado; las fechas de la segunda fase no."
    moderator = next(one for one in map(cast.coordinators.__getitem__, MODERATING) if one not in file.drawn)
    asked = c.AssignModerator(application=file.id, moderator=moderator, reason="Reads Spanish, and has no part in this region")
    file.do("assign-moderator", asked, by=cast.officer)
    file.do("moderate", c.HoldModeration(application=file.id, scores=agreed, reason=reason), by=moderator)


def coordinated(files: list[File]) -> None:
    files[0].coordinate("no_hub", "Aucun centre régional n’est ouvert en Europe.")
    files[1].coordinate("with_hub", "El centro regional aconseja y el equipo central realiza.")
    files[2].coordinate("with_hub", "The hub is kept informed.")


def decided(stage: Stage, cast: Cast, round: str, files: list[File]) -> None:
    note = "Three files from three regions, all of them first-time applicants: Europe, North America, and East and Southern Africa."
    stage.do("round:rank", c.RankRound(round=round, equity_note=note), by=cast.officer)
    line = c.DrawLine(round=round, places=2, reasons=("The envelope holds two requests of this size this year.",))
    stage.do("round:line", line, by=cast.approver)
    stage.work()
    first, second, below = files
    first.propose(16_000_00, peers=("Deux villes membres qui ont ouvert une médiation de nuit",))
    second.propose(14_000_00, peers=("Una ciudad miembro con mesas de barrio",))
    turned_down = c.MakeProposal(application=below.id, recommendation="decline", reason="Below the line of the round.")
    below.do("propose", turned_down, by=cast.officer)
    stage.days(1)
    first.approve("Les jeunes tiennent le service et la commune le reprend à son budget.")
    second.approve("Las mesas de barrio reciben un mandato y responden ante rumores de odio.")
    decline = c.Decline(
        application=below.id,
        reasons=("Other applications of the round came first, and the envelope does not hold a third one.",),
        what_would_change=("Figures from the four sub-counties, and an office that carries the forum on after the support.",),
    )
    below.do("decide", decline, by=cast.approver)
    stage.work()
