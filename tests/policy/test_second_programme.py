"""The example of another network's programme is one that could be adopted, and shares no name with the bundled one."""

from pathlib import Path

from fund.border.shelf import faults
from fund.policy import load
from tests.policy.test_names import own_names

FOLDER = Path(__file__).parents[2] / "docs" / "programmes" / "harbour_exchange"


def test_the_check_finds_nothing() -> None:
    assert faults(load(FOLDER)) == ()


def test_it_is_another_fund_in_every_respect() -> None:
    ours, theirs = load(), load(FOLDER)
    assert not own_names(ours) & own_names(theirs)
    assert set(theirs.languages) - set(ours.languages) == {"pt"}
    assert theirs.catalogue.regions == ()
    assert {hub.consulted for hub in theirs.catalogue.hubs} == {"always"}
    assert theirs.consultation.silence.means == "agreement"
    assert len(theirs.catalogue.priorities) == 3
    assert len(theirs.tracks) == 1
