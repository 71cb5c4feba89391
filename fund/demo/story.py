"""The applications of the demonstration: each takes another way through the fund. Texts come from `fund/samples/applications`."""

from datetime import date

import msgspec

from fund.border import application_file
from fund.border.naming import city_called
from fund.demo.cast import OPERATOR, Cast, person
from fund.demo.stage import Stage
from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Application
from fund.domain.eligibility import is_for_a_machine
from fund.resources import sample


class File:
    """One application on its way, and who speaks for its city."""

    def __init__(self, stage: Stage, cast: Cast, key: str) -> None:
        self.stage = stage
        self.cast = cast
        self.key = key
        self.content = application_file.read(sample("applications", f"{key}.json").read_bytes())
        self.city = city_called(stage.fund, self.content["city"], self.content["country"])
        self.signatory = person(stage, f"signatory-{key}", f"Signatory of {self.content['city']}", language=self.content["language"])
        proof = "Example: letter of the local government, seen by the Management Unit"
        confirmed = c.ConfirmRepresentative(city=self.city, person=self.signatory, capacity="signatory", proof=proof)
        self.do("signatory", confirmed, by=OPERATOR)
        self.id = ""

    @property
    def state(self) -> Application:
        state = self.stage.fund.handler.load(self.id).state
        assert isinstance(state, Application)
        return state

    @property
    def drawn(self) -> tuple[str, ...]:
        """Whom the first lot drew, whatever happened since: also when all is played again."""
        facts = self.stage.fund.ledger.stream(self.id)
        return next(one.event.drawn for one in facts if isinstance(one.event, e.AssessorsDrawn))

    def played(self, step: str) -> bool:
        """Whether an earlier run has done this: who was there then is not who is there now."""
        return bool(self.stage.fund.ledger.by_command(f"demo:{self.key}:{step}"))

    @property
    def drawn_later(self) -> tuple[str, ...]:
        """Whom later lots drew, in order."""
        lots = [one.event.drawn for one in self.stage.fund.ledger.stream(self.id) if isinstance(one.event, e.AssessorsDrawn)]
        return tuple(person for drawn in lots[1:] for person in drawn)

    def do(self, step: str, *commands: c.Command, by: str) -> str:
        return self.stage.do(f"{self.key}:{step}", *commands, by=by).stream

    # ── Steps, named as in the workflow ───────────────────────────────────────

    def draft(self) -> "File":
        start, *saves, _ = application_file.commands(self.content, self.city)
        self.id = self.do("start", start, by=self.signatory)
        for section in saves:
            assert isinstance(section, c.SaveSection)
            name = str(section.section.__struct_config__.tag)
            self.do(f"save-{name}", c.SaveSection(application=self.id, section=section.section), by=self.signatory)
        return self

    def submit(self) -> "File":
        self.do("submit", c.SubmitApplication(application=self.id), by=self.signatory)
        return self

    def section(self, name: str, **changes: str) -> c.SaveSection:
        """One section once more, with these words changed."""
        said = next(one for one in application_file.sections(self.content) if one.__struct_config__.tag == name)
        return c.SaveSection(application=self.id, section=msgspec.structs.replace(said, **changes))

    def submit_again(self) -> "File":
        self.do("submit-again", c.SubmitApplication(application=self.id), by=self.signatory)
        return self

    def completed(self, section: str) -> "File":
        """Returned once for one section, saved again and submitted again."""
        reason = "Dites comment vous saurez que le résultat est atteint."
        self.do("return", c.ReturnForCompletion(application=self.id, sections=(section,), reason=reason), by=self.cast.officer)
        again = next(one for one in application_file.sections(self.content) if one.__struct_config__.tag == section)
        self.do(f"save-{section}-again", c.SaveSection(application=self.id, section=again), by=self.signatory)
        return self.submit_again()

    def complete(self) -> "File":
        self.do("confirm-completeness", c.ConfirmCompleteness(application=self.id), by=self.cast.officer)
        self.stage.work()
        return self

    def check(self) -> "File":
        for check in self.stage.fund.programme.checks:
            if not is_for_a_machine(check, self.state) and not self._is_answered(check.code):
                evidence = "Example: looked up in the register and in the application"
                record = c.RecordCheck(application=self.id, check=check.code, result="pass", evidence=evidence)
                self.do(f"check-{check.code}", record, by=self.cast.officer)
        return self

    def _is_answered(self, check: str) -> bool:
        """By a machine, whatever happened since: also when all is played again."""
        return check in self.state.checks and not self.stage.fund.ledger.by_command(f"demo:{self.key}:check-{check}")

    def eligible(self) -> "File":
        self.check()
        self.do("confirm-eligibility", c.ConfirmEligibility(application=self.id), by=self.cast.officer)
        self.stage.work()
        return self

    def opinion(self, opinion: e.Opinion, reason: str, *, hub: str = "", accepts_delivery: bool = False, **more: str) -> "File":
        """`hub` may be left out where one was asked. more: sustainability, confidential."""
        hub = hub or next(iter(self.state.opinions))
        given = c.GiveOpinion(application=self.id, opinion=opinion, accepts_delivery=accepts_delivery, reason=reason, **more)
        self.do("opinion", given, by=self.cast.coordinators[hub])
        return self

    def assess(self, number: int, verdict: e.Verdict, reason: str) -> "File":
        submission = self.state.submission
        assert submission
        judgements = tuple(e.Judgement(priority=code, verdict=verdict, reason=reason) for code in submission.priorities)
        self.do(f"assess-{number}", c.RecordAssessment(application=self.id, judgements=judgements), by=self.state.assessors[number])
        return self

    def coordinate(self, mode: e.Mode, reason: str = "", hub: str = "") -> "File":
        closing = c.CloseCoordination(application=self.id, mode=mode, hub=hub, reason=reason)
        self.do("close-coordination", closing, by=self.cast.officer)
        return self

    def propose(
        self,
        amount: int,
        peers: tuple[str, ...] = (),
        no_peers: str = "",
        conditions: tuple[e.Condition, ...] = (),
        answers: tuple[c.Answer, ...] = (),
    ) -> "File":
        currency = self.content["sections"]["resources"]["currency"]
        proposal = c.MakeProposal(
            application=self.id,
            recommendation="approve",
            envelope=self.cast.envelopes[currency],
            amount=amount,
            currency=currency,
            peers=peers,
            no_peers_reason=no_peers,
            conditions=conditions,
            reason="Both assessments support the request and the envelope covers it.",
            answers=answers,
        )
        self.do("propose", proposal, by=self.cast.officer)
        return self

    def approve(self, *reasons: str, conditions: tuple[e.Condition, ...] = (), despite: str = "", accept: bool = True) -> "File":
        """Approved, and accepted by the city as soon as its letter is there, unless the story says otherwise."""
        decision: c.Command = c.Approve(application=self.id, reasons=reasons, despite=despite)
        if conditions:
            decision = c.ApproveWithConditions(application=self.id, reasons=reasons, conditions=conditions)
        self.do("decide", decision, by=self.cast.approver)
        self.stage.work()
        return self.accept() if accept and self.state.award else self

    def accept(self) -> "File":
        self.do("accept-award", c.AcceptAward(application=self.id), by=self.signatory)
        return self


def play(stage: Stage, cast: Cast) -> None:
    """All of it, in the order of the calendar."""
    for tell in (through_the_hub, without_a_hub, with_the_hub, in_arabic, with_conditions, declined, ineligible, withdrawn, still_open):
        tell(stage, cast)


def through_the_hub(stage: Stage, cast: Cast) -> None:
    file = File(stage, cast, "cair").draft().submit().complete().eligible()
    file.opinion("support", "The hub knows the council and can deliver the training.", accepts_delivery=True)
    stage.days(4)
    file.assess(0, "aligned", "A mandate and a working council are asked for.").assess(1, "aligned", "Clear need and an owner.")
    file.coordinate("via_hub").propose(18_000_00, peers=("A prevention council of a member city in the region",))
    stage.days(1)
    file.approve("The request builds a lasting mandate for prevention.", "Services, schools and young residents shape it together.")


def without_a_hub(stage: Stage, cast: Cast) -> None:
    file = File(stage, cast, "kolofata").draft().submit().complete().eligible()
    stage.days(5)
    file.assess(0, "aligned", "Un service communal durable.").assess(1, "partly", "Le lien avec le comité départemental reste à préciser.")
    file.coordinate("no_hub", "Aucun centre régional n’est ouvert dans cette région : l’équipe centrale coordonne elle-même.")
    file.propose(
        20_000_00, no_peers="Aucun pair de langue peule ou kanouri n’est disponible avant l’automne ; un échange est prévu ensuite."
    )
    stage.days(1)
    file.approve("Le dispositif répond à un besoin établi et devient un service de la commune.")


def with_the_hub(stage: Stage, cast: Cast) -> None:
    file = File(stage, cast, "montreal").draft().submit().complete().eligible()
    file.opinion("support_with_changes", "Two of the three visits can be held online.")
    stage.days(6)
    file.assess(0, "aligned", "Apprentissage entre villes.").assess(1, "aligned", "Les résultats seront partagés.")
    file.coordinate("with_hub", "Le centre régional conseille et l’équipe centrale réalise.")
    online = c.Answer(hub="north-america", text="Deux des trois visites se font en ligne, comme le centre le propose.")
    file.propose(9_000_00, peers=("Deux villes membres qui accompagnent déjà des victimes",), answers=(online,))
    stage.days(1)
    file.approve("La demande apprend d’autres villes et leur rend ce qu’elle aura appris.")


def in_arabic(stage: Stage, cast: Cast) -> None:
    file = File(stage, cast, "beirut").draft().submit().complete().eligible()
    file.opinion("support", "يمكن للمركز الإقليمي أن ينفّذ التدريب.", accepts_delivery=True)
    stage.days(4)
    file.assess(0, "aligned", "يشارك الشباب في التصميم والتنفيذ.").assess(1, "aligned", "الحاجة واضحة والفريق باقٍ بعد الدعم.")
    file.coordinate("via_hub").propose(19_000_00, peers=("مدرّبون من مدينتين عضوين",))
    stage.days(1)
    file.approve("يبني الطلب فريقًا دائمًا داخل البلدية.", "يشارك الشباب والسكان في التصميم والتنفيذ.")


def with_conditions(stage: Stage, cast: Cast) -> None:
    """The hub stays silent: past the due date that is no objection, and the award still needs its condition."""
    conditions = (
        e.Condition(
            text="The county executive confirms in writing who owns the youth chapter",
            owner="County department for youth, culture and social services",
            due_on=date(2025, 6, 30),
            proof="Copy of the decision",
        ),
    )
    file = File(stage, cast, "nakuru").draft().submit().complete().eligible()
    stage.days(5)
    file.assess(0, "aligned", "Young residents write the chapter.").assess(1, "partly", "The owner of the chapter is not yet named.")
    # The hub is reminded, and then its silence counts: two days on which machines are at work.
    stage.days(6)
    stage.days(6)
    file.coordinate("with_hub", "The hub was silent; it is kept informed and the central team delivers.")
    file.propose(13_000_00, peers=("Youth officers of two member counties",), conditions=conditions)
    stage.days(1)
    file.approve("Young residents shape the chapter that concerns them.", conditions=conditions)


def declined(stage: Stage, cast: Cast) -> None:
    file = File(stage, cast, "peshawar").draft().submit().complete().eligible()
    file.opinion("concern", "Residents were not asked, and policing is not a task of the district.")
    stage.days(4)
    file.assess(0, "not", "Camera operation is not prevention.").assess(1, "not", "No priority is served.")
    file.coordinate("with_hub", "The hub advises the city on another request.")
    reason = "No assessed priority is served."
    file.do("propose", c.MakeProposal(application=file.id, recommendation="decline", reason=reason), by=cast.officer)
    stage.days(1)
    decline = c.Decline(
        application=file.id,
        reasons=("The training serves the operation of cameras, and none of the fund’s priorities.",),
        what_would_change=("A request that starts from what residents and traders need to prevent violence together.",),
    )
    file.do("decide", decline, by=cast.approver)
    stage.work()


def ineligible(stage: Stage, cast: Cast) -> None:
    """Not a member: a machine finds the fact, a second officer gives the refusal."""
    file = File(stage, cast, "kumanovo").draft().submit().complete().check()
    reason = "The municipality is not a member of the network. It can ask for membership free of charge and apply again."
    file.do("refuse", c.RefuseEligibility(application=file.id, reason=reason), by=cast.second_officer)
    stage.work()


def withdrawn(stage: Stage, cast: Cast) -> None:
    file = File(stage, cast, "cuenca").draft().submit().complete()
    stage.days(1)
    reason = "El concejo reorganiza la dirección que haría el trabajo."
    file.do("withdraw", c.WithdrawApplication(application=file.id, reason=reason), by=file.signatory)
    stage.work()


def still_open(stage: Stage, cast: Cast) -> None:
    """Files that wait for somebody, so that queues and the pipeline have something to show."""
    File(stage, cast, "mombasa").draft()
    rabat = File(stage, cast, "rabat").draft().submit().completed("results").complete().eligible()
    rabat.assess(0, "aligned", "Les jeunes deviennent des interlocuteurs.")
    absent = c.ReleaseAssessor(application=rabat.id, assessor=rabat.drawn[1], reason="Absent jusqu’au mois prochain")
    rabat.do("release", absent, by=cast.officer)
    murcia = File(stage, cast, "murcia").draft().submit().complete().eligible()
    murcia.assess(0, "aligned", "Da contenido al plan.").assess(1, "aligned", "Necesidad documentada.")
    murcia.coordinate("no_hub", "No hay centro regional abierto en Europa.").propose(
        12_000_00, peers=("Una ciudad miembro con ficha común",)
    )
