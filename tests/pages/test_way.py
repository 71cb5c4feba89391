"""What stands on the way to a letter, of each track; and where on it a file of a round is while its scores are talked over."""

from datetime import timedelta

from fund.api.pages.files import WAY, way
from fund.domain import events as e
from fund.domain.application import Stage
from fund.policy import load
from tests.pages.client import client
from tests.pages.samples import happened, of_oslo
from tests.pages.world import NOW, World


def test_applications_that_compete_have_two_steps_more() -> None:
    ways = {code: way(track) for code, track in load().tracks.items()}
    competing = ways.pop("competitive")
    assert set(ways.values()) == {WAY}
    assert competing[competing.index(Stage.ASSESSMENT) :] == (
        *(Stage.ASSESSMENT, Stage.MODERATION, Stage.COORDINATION, Stage.RANKING),
        *(Stage.PROPOSAL, Stage.DECISION, Stage.LETTER),
    )


def test_a_file_whose_scores_are_talked_over_is_not_shown_as_done(world: World) -> None:
    reference = of_oslo(world, "Moderated")
    due = {"due": NOW + timedelta(days=9), "calendar": "central/2026.1"}
    competes = e.TrackChanged(from_track="standard", to_track="competitive", why="officer", reassess=False, opinions_due=None, **due)
    happened(world, reference, competes, e.ModerationCalled(gap=200, criteria=(), **due))
    with client(world, "focal") as visitor:
        page = visitor.get(f"/en/applications/{reference}").text
    assert page.split('aria-current="step">')[1].startswith("Moderation of scores")
    assert page.count('class="ahead"') == 5
