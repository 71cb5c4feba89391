"""Questions to a city: one is answered, one taken back, one left open in spite of its reminders; and the file goes on."""

from fund.demo.cast import Cast
from fund.demo.stage import Stage
from fund.demo.story import File
from fund.domain import commands as c


def play_questions(stage: Stage, cast: Cast) -> None:
    file = File(stage, cast, "mokolo").draft().submit().complete()
    stage.days(1)
    _ask(file, cast, "committees", "Combien de points d’eau ont déjà un comité, et qui en fait partie ?")
    _ask(file, cast, "season", "À quelle date la saison sèche rend-elle les réunions difficiles ?")
    _ask(file, cast, "budget", "Quel est le budget de la commune pour les points d’eau ?")
    back = c.WithdrawClarification(application=file.id, number=3, reason="Le montant figure dans la dernière section.")
    file.do("take-back", back, by=cast.officer)
    stage.days(2)
    said = "Trois points d’eau sur quatorze ont un comité, où siègent des femmes, des éleveurs et des familles déplacées."
    file.do("answer", c.AnswerClarification(application=file.id, number=1, answer=said), by=file.signatory)
    for _ in range(3):
        stage.days(5)  # two reminders, and then it is too late
    file.eligible()
    stage.days(3)
    file.assess(0, "aligned", "Une règle écrite par les usagers.").assess(1, "aligned", "Le service technique en fait son métier.")
    file.coordinate("no_hub", "Aucun centre régional n’est ouvert dans cette région : l’équipe centrale coordonne elle-même.")
    file.propose(11_000_00, no_peers="Les communes voisines sont invitées à l’atelier de restitution.")
    stage.days(1)
    file.approve("La médiation devient une tâche de la commune.", "Les usagers écrivent eux-mêmes la règle.")


def _ask(file: File, cast: Cast, key: str, question: str) -> None:
    file.do(f"ask-{key}", c.RequestClarification(application=file.id, question=question), by=cast.officer)
