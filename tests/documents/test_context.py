"""From a decided file to what its letter says: what an applicant is told of hubs, tracks and cities, and what never."""

from datetime import UTC, datetime

import msgspec
import pytest

from fund.documents.context import letter_context
from fund.documents.letter import HubAnswer, LetterContext, TrackMove, render_html, wording_of
from fund.domain import events as e
from fund.domain.application import Application, Decision, HubOpinion
from fund.domain.registers import City
from fund.domain.sections import Applicant
from tests.documents.samples import LANGUAGES, programme

NOW = datetime(2026, 10, 12, 9, 0, tzinfo=UTC)
LEAD, OTHER, WATCHES = "city-lead", "city-other", "city-watches"
SECRET = "The mayor’s brother owns the venue."


def city(id: str, name: str, local: str) -> City:
    registered = e.CityRegistered(
        name_en=name, name_local=local, kind="city", country="LB", region=None, relation="member", source="test", note="", identifiers={}
    )
    return City(id=id, registered=registered)


CITIES = {LEAD: city(LEAD, "Tripoli", "طرابلس"), OTHER: city(OTHER, "Saida", "صيدا"), WATCHES: city(WATCHES, "Elbasan", "Elbasan")}


def given(hub: str, opinion: e.Opinion) -> e.OpinionGiven:
    return e.OpinionGiven(hub=hub, opinion=opinion, accepts_delivery=False, reason=SECRET, sustainability=SECRET)


HUBS = tuple(hub.code for hub in programme().catalogue.hubs)
SILENCE = e.OpinionDeemed(hub=HUBS[1], due=NOW, meaning="no_objection")
CENTRAL = e.CentralOpinionGiven(hub=HUBS[2], opinion="concern", reason=SECRET)
NOTE = e.ConfidentialNoteAdded(hub=HUBS[0], note=SECRET)
# Late on the 21st in UTC is the 22nd where the days are counted: the letter tells the day of the place.
LATE = datetime(2026, 9, 21, 23, 30, tzinfo=UTC)
ASKED = (
    HubOpinion(hub=HUBS[0], due=NOW, given=given(HUBS[0], "veto_request"), note=NOTE),
    HubOpinion(hub=HUBS[1], due=LATE, deemed=SILENCE),
    HubOpinion(hub=HUBS[2], due=NOW, answered_by="centre", central=CENTRAL),
    HubOpinion(hub=HUBS[3], due=NOW, released=True),
    HubOpinion(hub=HUBS[4], due=NOW),
)
MOVED = e.TrackChanged(
    from_track="small", to_track="standard", why="opinion", reassess=True, due=NOW, calendar="central", opinions_due=None
)


def file(language: str = "en", outcome: e.Outcome = "declined") -> Application:
    return Application(
        id="application-1",
        reference="TSF-7K3M-Q9F2",
        city=LEAD,
        language=language,
        track="standard",
        track_changes=(MOVED,),
        sections={"applicant": Applicant(title="A plan", office="The mayor", beneficiaries=(OTHER,), observers=(WATCHES,))},
        opinions={asked.hub: asked for asked in ASKED},
        decision=Decision(outcome=outcome, by="person-1", at=NOW, reasons=("A reason.",)),
    )


def context(of: Application) -> LetterContext:
    return letter_context(of, CITIES, programme(), lambda text: text if isinstance(text, str) else "", issued_on=NOW.date(), specimen=False)


def title(code: str, language: str = "en") -> str:
    hub = programme().hub(code)
    assert hub
    return hub.titles[language]


def test_each_hub_is_told_with_what_came_of_asking_it() -> None:
    local = context(file()).opinions[1].due
    assert context(file()).opinions == (
        HubAnswer(hub=title(HUBS[0]), said="veto_request"),
        HubAnswer(hub=title(HUBS[1]), said="silent", due=local),
        HubAnswer(hub=title(HUBS[2]), said="concern", centre=True),
        HubAnswer(hub=title(HUBS[3]), said="not_needed"),
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_reason_and_no_note_of_a_hub_is_in_the_letter(language: str) -> None:
    body = render_html(context(file(language)), wording_of(programme(), language))
    assert SECRET not in body
    assert all(title(code, language) in body for code in HUBS[:4])


@pytest.mark.parametrize("outcome", ["ineligible", "withdrawn"])
def test_opinions_are_told_only_where_they_counted(outcome: e.Outcome) -> None:
    assert context(file(outcome=outcome)).opinions == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_track_and_the_move_are_told_in_the_words_of_the_programme(language: str) -> None:
    tracks, why = programme().tracks, programme().terms["track_reason.opinion"][language]
    told = context(file(language))
    assert told.track == tracks["standard"].titles[language]
    assert told.moves == (TrackMove(left=tracks["small"].titles[language], track=told.track, why=why),)


def test_a_hub_that_asks_not_to_approve_is_told_of_as_one_with_reservations() -> None:
    letter = programme().letter
    assert letter["opinion.veto_request"] == letter["opinion.concern"]


def test_the_letter_of_an_unmoved_file_tells_no_move() -> None:
    assert context(msgspec.structs.replace(file(), track_changes=())).moves == ()
