"""Modest requests of one city on the small track: two are approved, the others leave it for the standard track.

Each leaves for its own reason; one of them is read again there, and approved. They are submitted side by side, so
that none has had an award when its track is chosen; the third approval then meets the cap per city.
"""

from typing import Any

from fund.demo.cast import Cast
from fund.demo.stage import Stage
from fund.demo.story import File
from fund.domain import commands as c
from fund.domain import lot

NO_HUB = "No hay centro regional abierto en esta región: coordina el equipo central."
TITLES = (
    "Mediación en los clubes de barrio",
    "Guía para maestras y maestros ante los insultos",
    "Encuentros entre vecinos y recién llegados",
    "Red de referentes juveniles",
    "Taller para porteros de escuela",
    "Mesa de los mercados",
)


class Small(File):
    """One of several requests of the same city, under a key and a title of its own."""

    def __init__(self, stage: Stage, cast: Cast, number: int) -> None:
        super().__init__(stage, cast, "buenos_aires")
        self.key = f"{self.key}-{number}"
        sections: dict[str, Any] = self.content["sections"]
        self.content = {**self.content, "sections": {**sections, "applicant": {**sections["applicant"], "title": TITLES[number]}}}

    def draw(self, *, drawn: bool) -> "Small":
        """Submitted with a seed that leaves it on the track, or draws it out of it: elsewhere nobody chooses the seed."""
        narrow = self.stage.fund.programme.narrow_track
        assert narrow, "the bundled programme has one"
        seeds = (f"{number:032x}" for number in range(10_000))
        seed = next(seed for seed in seeds if lot.is_drawn(seed, self.id, narrow.lot_percent) is drawn)
        self.do("submit", c.SubmitApplication(application=self.id, seed=seed), by=self.signatory)
        return self

    def ready(self) -> "Small":
        """As far as the decision, with everything in its favour."""
        self.complete()
        green = c.RecordSafeguards(application=self.id, level="green", reason="Nadie queda señalado y todos pueden negarse.")
        self.do("safeguards", green, by=self.cast.officer)
        self.eligible().assess(0, "aligned", "Lo hacen los propios jóvenes.").coordinate("no_hub", NO_HUB)
        self.propose(5_000_00, peers=("Una ciudad miembro con una guía parecida",))
        return self

    def read_again(self) -> None:
        """On the standard track: a second assessor reads it, and what was concluded from the first alone is concluded anew."""
        self.key = f"{self.key}-again"
        self.stage.days(2)
        self.assess(1, "aligned", "La red tiene dueño.").coordinate("no_hub", NO_HUB)
        self.propose(5_000_00, peers=("Una ciudad miembro con una guía parecida",))
        self.stage.days(1)
        self.approve("Dos lecturas coinciden: la red responde a una necesidad clara.")


def play(stage: Stage, cast: Cast) -> None:
    files = [Small(stage, cast, number) for number in range(len(TITLES))]
    for number, file in enumerate(files):
        file.draft()
        file.draw(drawn=number == len(files) - 1)
    for file in files[:4]:
        file.ready()
    move = c.ChangeTrack(application=files[4].id, reason="Conviene oír antes a dos escuelas más.")
    files[4].do("change-track", move, by=cast.officer)
    stage.days(1)
    for file in files[:2]:
        file.approve("Responde a una necesidad clara con pocos medios.")
    files[2].approve("Responde a una necesidad clara con pocos medios.")
    withhold = c.WithholdApproval(application=files[3].id, reason="Una sola lectura no basta para una red nueva.")
    files[3].do("withhold", withhold, by=cast.approver)
    stage.work()
    files[3].read_again()
