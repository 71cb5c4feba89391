"""What becomes of awards after their letter: accepted or not, met with conditions, held, reported on, suspended, ended early, closed."""

from datetime import date, timedelta

from fund.demo.cast import Cast
from fund.demo.night import stopped_in_the_evening
from fund.demo.stage import Stage
from fund.demo.story import File
from fund.domain import commands as c


class Award(File):
    """The application of a city that was granted support, as it stands when this begins; played again, it is found again."""

    def __init__(self, stage: Stage, cast: Cast, key: str) -> None:
        super().__init__(stage, cast, key)
        self.draft()

    def held(self, number: int, kind: str, first: date, last: date, days: int, participants: int) -> "Award":
        """An activity that the hub that leads has delivered."""
        assert self.state.coordination
        activity = c.RecordActivity(
            application=self.id, format=kind, first_day=first, last_day=last, days=days, participants=participants,
            hub=self.state.coordination.hub or "", note="Example: list of participants by office, without names",
        )  # fmt: skip
        self.do(f"held-{number}", activity, by=self.cast.officer)
        return self

    def report(self, text: str, step: str = "report") -> "Award":
        self.do(step, c.HandInReport(application=self.id, report=text), by=self.signatory)
        return self

    def close(self, spent: int) -> "Award":
        self.do("close-award", c.CloseAward(application=self.id, spent=spent), by=self.cast.officer)
        return self


def play_awards(stage: Stage, cast: Cast) -> None:
    for tell in (held_and_closed, less_was_needed, given_back_once, stopped_and_resumed, ended_early, given_up_by_its_city):
        tell(stage, cast)


def held_and_closed(stage: Stage, cast: Cast) -> None:
    file = Award(stage, cast, "cair")
    file.held(1, "tailored_training", date(2025, 6, 10), date(2025, 6, 12), 3, 24)
    file.held(2, "workshop", date(2025, 9, 16), date(2025, 9, 17), 2, 31)
    file.report("The council has a mandate, a secretary and a plan for the year; two trainings were held, and 55 people took part.")
    stage.days(3)
    file.close(15_750_00)


def less_was_needed(stage: Stage, cast: Cast) -> None:
    """Free money goes back first: the pot that was given for this is spent."""
    file = Award(stage, cast, "tunis")
    file.held(1, "workshop", date(2025, 9, 2), date(2025, 9, 3), 2, 26)
    file.report("Deux ateliers ont eu lieu, dont un en ligne ; les jeunes conduisent la médiation dans trois quartiers.")
    file.close(13_800_00)


def given_back_once(stage: Stage, cast: Cast) -> None:
    """A condition is met; then the first report leaves out who took part."""
    file = Award(stage, cast, "nakuru")
    met = c.RecordConditionMet(
        application=file.id, number=1, met_on=date(2025, 6, 24), evidence="Copy of the decision of the county executive"
    )  # fmt: skip
    file.do("condition", met, by=cast.officer)
    file.held(1, "workshop", date(2025, 8, 5), date(2025, 8, 7), 3, 40)
    file.report("The chapter is written and the assembly has adopted it.")
    reason = "Please say how many young residents wrote the chapter, and what the county does with it now."
    file.do("return-report", c.ReturnReport(application=file.id, reason=reason), by=cast.officer)
    stage.days(3)
    file.report("Forty young residents wrote the chapter; the department reports on it to the assembly every June.", "report-again")
    stage.days(2)
    file.close(12_100_00)


def stopped_and_resumed(stage: Stage, cast: Cast) -> None:
    """Suspended for some weeks; somebody asks to end it, which a second person refuses; then it goes on."""
    file = Award(stage, cast, "beirut")
    review = stage.clock.now.date() + timedelta(days=20)
    reason = "أُغلقت المباني البلدية مؤقتًا بعد أضرار لحقت بها."
    file.do("suspend", c.SuspendAward(application=file.id, reason=reason, review_on=review), by=cast.officer)
    stage.days(10)
    ask = c.AskTermination(application=file.id, reason="لا يُعرف موعد فتح المباني من جديد.")
    file.do("ask-termination", ask, by=cast.second_officer)
    refuse = c.RefuseTermination(application=file.id, reason="عرضت بلدية مجاورة قاعاتها.")
    file.do("refuse-termination", refuse, by=cast.approver)
    stage.days(4)
    file.do("resume", c.ResumeAward(application=file.id, reason="يُستأنف التدريب في القاعات المعارة."), by=cast.officer)
    stopped_in_the_evening(file, stage, cast)


def ended_early(stage: Stage, cast: Cast) -> None:
    """The office that carried the work is gone: an officer asks, takes it back while there is hope, asks again; the approver ends it."""
    file = Award(stage, cast, "mokolo")
    ask = c.AskTermination(application=file.id, reason="La commune a supprimé le service qui portait le travail.")
    file.do("ask-termination", ask, by=cast.officer)
    hope = c.WithdrawTermination(application=file.id, reason="La commune cherche un autre service pour le reprendre.")
    file.do("withdraw-termination", hope, by=cast.officer)
    stage.days(4)
    file.do("ask-termination-again", ask, by=cast.officer)
    stage.days(2)
    end = c.TerminateAward(
        application=file.id, reasons=("Le service qui portait le travail a été supprimé, et aucun autre ne le reprend.",), spent=4_200_00
    )
    file.do("terminate", end, by=cast.approver)
    stage.work()


def given_up_by_its_city(stage: Stage, cast: Cast) -> None:
    """The city has other plans: it says so for good, and the approver settles that nothing was used."""
    file = Award(stage, cast, "mardan")
    reason = "The provincial government has taken the work over and brings means of its own."
    file.do("relinquish", c.RelinquishAward(application=file.id, reason=reason), by=file.signatory)
    stage.days(2)
    settled = "The city gave the award up before anything of it was used: the provincial government has taken the work over."
    file.do("terminate", c.TerminateAward(application=file.id, reasons=(settled,), spent=0), by=cast.approver)
    stage.work()


def overdue(stage: Stage, cast: Cast) -> None:
    """No report comes: it is overdue, and the city’s next application fails on that until it does.

    It comes last, because months may go by in it.
    """
    file = Award(stage, cast, "masaka")
    while (award := file.state.award) and not (award.missed or award.report):
        stage.days(5)
    again = Again(stage, cast, "masaka").draft().submit().complete().check()
    reason = "The report on the support before this one is overdue. Please hand it in, and then apply again."
    again.do("refuse", c.RefuseEligibility(application=again.id, reason=reason), by=cast.second_officer)
    stage.work()
    file.report("Two trainings were held at the stages; the riders’ desk is open on market days.")


class Again(File):
    """Another application of the same city, on the same need, for support a year later."""

    def __init__(self, stage: Stage, cast: Cast, key: str) -> None:
        super().__init__(stage, cast, key)
        self.key = f"{key}-again"
        support = self.content["sections"]["support"]
        for day in ("starts_on", "ends_on"):
            support[day] = support[day].replace(year=support[day].year + 1)
