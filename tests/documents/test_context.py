"""From a decided file to what its letter says: what an applicant is told of hubs, tracks and cities, and what never."""

from datetime import UTC, date, datetime

import msgspec
import pytest

from fund.documents.context import AT_FULL_SIZE, letter_context
from fund.documents.letter import (
    Appealed,
    AppealRoute,
    HubAnswer,
    LetterContext,
    Money,
    Offer,
    TrackMove,
    render_html,
    wording_of,
)
from fund.domain import events as e
from fund.domain.application import Appeal, Application, Decision, HubOpinion
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


def found(*verdicts: str) -> tuple[e.Finding, ...]:
    codes = [entry.code for entry in programme().catalogue.priorities]
    return tuple(e.Finding(priority=code, verdict=verdict, unanimous=True) for code, verdict in zip(codes, verdicts, strict=False))


def ineligible() -> Application:
    failed = tuple(check.code for check in programme().checks)
    decided = Decision(outcome="ineligible", by="person-1", at=NOW, checks=failed, reason="Nothing on file shows it.")
    return msgspec.structs.replace(file(), decision=decided)


def test_the_reason_of_a_finding_of_ineligibility_is_told_once_however_many_checks_failed() -> None:
    told = context(ineligible())
    assert told.reasons == ("Nothing on file shows it.",)
    assert [check.code for check in told.failed_checks] == [check.code for check in programme().checks]
    assert render_html(told, wording_of(programme(), "en")).count("Nothing on file shows it.") == 1


def test_the_reason_stands_beside_the_only_check_that_failed() -> None:
    decided = Decision(outcome="ineligible", by="person-1", at=NOW, checks=("E1",), reason="Nothing on file shows it.")
    told = context(msgspec.structs.replace(file(), decision=decided))
    assert (told.reasons, [check.reason for check in told.failed_checks]) == ((), ["Nothing on file shows it."])


def test_a_reason_that_has_no_room_beside_the_only_check_stands_after_it_in_smaller_letters() -> None:
    decided = Decision(outcome="ineligible", by="person-1", at=NOW, checks=("E1",), reason="x" * (AT_FULL_SIZE + 1))
    told = context(msgspec.structs.replace(file(), decision=decided))
    assert (told.reasons, [check.reason for check in told.failed_checks], told.tight) == ((decided.reason,), [""], True)
    shorter = msgspec.structs.replace(decided, reason=decided.reason[1:])
    assert not context(msgspec.structs.replace(file(), decision=shorter)).tight


def test_a_refusal_names_the_source_of_every_priority_and_of_its_track_and_another_letter_of_those_not_served() -> None:
    findings = found("aligned", "partly")
    declined = context(msgspec.structs.replace(file(), findings=findings))
    assert all(priority.source for priority in declined.priorities)
    assert declined.track_source == programme().told_source(programme().track("standard").source, "en")
    assert declined.track_source in render_html(declined, wording_of(programme(), "en"))
    waits = context(msgspec.structs.replace(file(outcome="deferred"), findings=findings))
    assert ([bool(priority.source) for priority in waits.priorities], waits.track_source) == ([False, True], "")


def test_a_letter_of_an_earlier_template_says_what_it_said() -> None:
    def earlier(of: Application) -> LetterContext:
        return letter_context(of, CITIES, programme(), str, issued_on=NOW.date(), specimen=False, template="letter.5")

    told = earlier(ineligible())
    assert (told.template_version, told.reasons) == ("letter.5", ())
    assert {check.reason for check in told.failed_checks} == {"Nothing on file shows it."}
    declined = earlier(msgspec.structs.replace(file(), findings=found("aligned", "partly")))
    assert ([bool(priority.source) for priority in declined.priorities], declined.track_source) == ([False, True], "")


ISSUED = e.LetterIssued(
    outcome="declined", language="en", issued_on=date(2026, 9, 28), template="t", renderer="r", sha256="a" * 64, blob="b" * 64, size=1
)
APPEAL = Appeal(
    number=1, city=OTHER, letter=1, at=datetime(2026, 10, 5, 9, 0, tzinfo=UTC), grounds=SECRET, against=(), outcome="dismissed",
    reasons=("Nothing was overlooked.",), answered_at=NOW,
)  # fmt: skip


def appealed(**changes: object) -> Application:
    return msgspec.structs.replace(file(), letters=(ISSUED,), appeals=(msgspec.structs.replace(APPEAL, **changes),))


def test_a_refusal_names_the_route_of_appeal_and_its_last_day_and_an_award_does_not() -> None:
    rules = programme().track().appeals
    assert rules
    assert context(file()).appeal == AppealRoute(days=rules.lodge_days, deemed=date(2026, 10, 22), last=date(2026, 11, 21))
    assert context(file(outcome="approved")).appeal is None
    assert context(file(outcome="waiting_list")).appeal is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letter_on_an_appeal_is_to_the_city_that_appealed_with_its_outcome_first(language: str) -> None:
    told = context(msgspec.structs.replace(appealed(), language=language))
    assert (told.outcome, told.city_name, told.reasons) == ("appeal_dismissed", "Saida", ("Nothing was overlooked.",))
    assert told.appealed == Appealed(lodged_on=date(2026, 10, 5), letter_of=date(2026, 9, 28))
    assert (told.appeal, told.opinions, told.priorities) == (None, (), ())
    body = render_html(told, wording_of(programme(), language)).partition("<body")[2]
    opening = programme().letter["opening.appeal_dismissed"][language].partition("{")[0]
    assert body.index(opening) < body.index("Nothing was overlooked.")
    assert SECRET not in body


def test_once_its_letter_is_issued_the_file_tells_its_decision_again() -> None:
    assert context(appealed(told=True)).outcome == "declined"


def test_the_decision_after_an_appeal_names_the_letter_whose_decision_it_takes_the_place_of() -> None:
    answered = msgspec.structs.replace(ISSUED, outcome="appeal_upheld", issued_on=date(2026, 10, 6))
    earlier = (Decision(outcome="declined", by="person-1", at=NOW),)
    again = msgspec.structs.replace(appealed(told=True), letters=(ISSUED, answered), earlier=earlier)
    assert context(again).replaces == date(2026, 9, 28)


# ── An award that is offered, and one that ended early ────────────────────────


FRIDAY = date(2026, 10, 16)


def granted(country: str) -> LetterContext:
    lead = CITIES[LEAD]
    assert lead.registered
    there = CITIES | {LEAD: msgspec.structs.replace(lead, registered=msgspec.structs.replace(lead.registered, country=country))}
    of = file(outcome="approved")
    return letter_context(of, there, programme(), lambda text: str(text), issued_on=FRIDAY, specimen=False)


def test_the_letter_tells_by_when_to_accept_and_to_report_by_the_citys_own_days() -> None:
    # Twenty working days later, and sixty days more, as no window was asked for.
    assert granted("LB").offer == Offer(accept_by=date(2026, 11, 13), report_by=date(2027, 1, 12))
    # In Jordan the week ends on Thursday.
    assert granted("JO").offer == Offer(accept_by=date(2026, 11, 12), report_by=date(2027, 1, 11))
    assert context(file(outcome="declined")).offer is None


def test_the_letter_of_an_end_tells_what_was_given_and_judges_nothing_again() -> None:
    ended = Decision(outcome="terminated", by="person-1", at=NOW, reasons=("A reason.",), amount=1_000_00, currency="EUR")
    told = context(msgspec.structs.replace(file(), decision=ended))
    assert (told.spent, told.reasons, told.offer) == (Money(minor=1_000_00, currency="EUR"), ("A reason.",), None)
    assert (told.priorities, told.opinions, told.amount) == ((), (), None)
