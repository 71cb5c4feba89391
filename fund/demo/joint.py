"""Cities that ask together: one accepts by itself, one on paper, one declines, and one leaves on the way."""

from hashlib import sha256

from fund.border import application_file
from fund.border.naming import city_called
from fund.demo.cast import OPERATOR, Cast, person
from fund.demo.stage import Stage
from fund.demo.story import File
from fund.domain import commands as c
from fund.domain import events as e

PARTNERS = (("Rotterdam", "NL"), ("Dresden", "DE"), ("Augsburg", "DE"))


class Joint(File):
    """An application of several cities, and who signs for each of the others."""

    def __init__(self, stage: Stage, cast: Cast, key: str, partners: tuple[tuple[str, str], ...]) -> None:
        super().__init__(stage, cast, key)
        self.partners = {name: city_called(stage.fund, name, country) for name, country in partners}
        self.signatories = {name: self._signatory(name) for name, _ in partners}
        self.name(*self.partners)

    def _signatory(self, name: str) -> str:
        signatory = person(self.stage, f"signatory-{self.key}-{name.lower()}", f"Signatory of {name}")
        proof = "Example: letter of the local government, seen by the Management Unit"
        confirmed = c.ConfirmRepresentative(city=self.partners[name], person=signatory, capacity="signatory", proof=proof)
        self.do(f"signatory-{name}", confirmed, by=OPERATOR)
        return signatory

    def name(self, *names: str) -> None:
        self.content["sections"]["applicant"]["beneficiaries"] = tuple(self.partners[name] for name in names)

    def text(self, step: str) -> str:
        """As it stood when this step was played first, or as it stands: also when all is played again."""
        played = self.stage.fund.ledger.by_command(f"demo:{self.key}:{step}")
        return next((one.event.text for one in played if isinstance(one.event, e.TextAccepted | e.AcceptanceRecorded)), self.state.text)

    def accepts(self, name: str, step: str = "accepts") -> "Joint":
        accept = c.AcceptText(application=self.id, city=self.partners[name], text=self.text(f"{step}-{name}"))
        self.do(f"{step}-{name}", accept, by=self.signatories[name])
        return self

    def accepts_on_paper(self, name: str, step: str = "paper") -> "Joint":
        recorded = c.RecordAcceptance(
            application=self.id,
            city=self.partners[name],
            text=self.text(f"{step}-{name}"),
            signatory=self.signatories[name],
            signed_on=self.stage.clock().date(),
            paper=sha256(f"Photograph of the signed paper, {step}".encode()).hexdigest(),
        )
        self.do(f"{step}-{name}", recorded, by=self.cast.second_officer)
        return self

    def leaves(self, name: str, reason: str) -> "Joint":
        leave = c.LeaveApplication(application=self.id, city=self.partners[name], reason=reason)
        self.do(f"leave-{name}", leave, by=self.signatories[name])
        return self

    def saved_again(self, step: str, section: str) -> "Joint":
        again = next(one for one in application_file.sections(self.content) if one.__struct_config__.tag == section)
        self.do(f"save-{section}-{step}", c.SaveSection(application=self.id, section=again), by=self.signatory)
        return self


def joint(stage: Stage, cast: Cast) -> None:
    """When one declines, the text changes, and those that had accepted it accept again. One more leaves while it is assessed."""
    file = Joint(stage, cast, "paris", PARTNERS)
    file.draft()
    file.accepts("Rotterdam").accepts_on_paper("Dresden")
    file.leaves("Augsburg", "Der Rat hat die Mittel für dieses Jahr anders gebunden.")
    file.name("Rotterdam", "Dresden")
    file.saved_again("without-augsburg", "applicant").accepts("Rotterdam", "accepts-again").accepts_on_paper("Dresden", "paper-again")
    file.submit().complete().eligible()
    stage.days(3)
    file.leaves("Dresden", "Die Stelle der Mediation ist bis auf Weiteres nicht besetzt.")
    file.assess(0, "aligned", "Une règle commune, écrite par celles qui l’appliquent.").assess(1, "aligned", "Le besoin est partagé.")
    file.coordinate("no_hub", "Aucun centre régional n’est ouvert en Europe : l’équipe centrale coordonne.")
    file.propose(16_000_00, peers=("Une ville membre qui a déjà une telle règle",))
    stage.days(1)
    file.approve("Deux villes répondent ensemble à ce qui les touche ensemble.")


def tiers(stage: Stage, cast: Cast) -> None:
    """The register says what lies within what: the two would not benefit from one application."""
    inner, around = city_called(stage.fund, "Highland Park", "US"), city_called(stage.fund, "Chicago", "US")
    basis = "Example, for the demonstration only: the register of tiers would say so"
    stage.do("tier:example", c.RecordTier(city=inner, within=around, basis=basis), by=OPERATOR)


JOINT = (joint, tiers)
