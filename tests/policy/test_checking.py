"""Checks of a programme: the bundled one has no problem, and each planted fault is told in one sentence."""

import re
import shutil
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest

from fund.domain.programme import Programme
from fund.policy import bundled, load, longest_path, problems
from fund.policy.checking import CHECKS

FAULTS: dict[str, tuple[str, str, str, str]] = {
    "a text lacks a language": ("terms.toml", 'es = "ciudad"\n', "", "terms city: no text in es"),
    "a text is blank": ("terms.toml", 'es = "ciudad"', 'es = " "', "terms city: no text in es"),
    "a text has a foreign language": (
        "terms.toml",
        'es = "ciudad"',
        'es = "ciudad"\nde = "Stadt"',
        "terms city: de is not a language of the programme",
    ),
    "a text hides a character": ("terms.toml", 'es = "ciudad"', 'es = "ciu\u202edad"', "terms city es: invisible characters U+202E"),
    "placeholders differ": ("letter.toml", "{start} al", "{day} al", "letter window: the languages differ in their placeholders"),
    "a brace is lost": ("letter.toml", "from {start} to", "from {start} { to", "letter window: a brace without its placeholder"),
    "a letter uses an alias": (
        "letter.toml",
        "aucun Centre régional",
        "aucun pôle régional",
        "letter coordination.no_hub fr: “pôle régional” is not the canonical term for regional_hub",
    ),
    "an alias hides behind an Arabic particle": (
        "letter.toml",
        "العمل مع المركز الإقليمي",
        "العمل والمكاتب الإقليمية",
        "letter heading.coordination ar: “والمكاتب الإقليمية” is not the canonical term for regional_hub",
    ),
    "an alias has no term": ("terms.toml", "[aliases.fund]", "[aliases.money]", "aliases money: no such term"),
    "an outcome has no term": (
        "terms.toml",
        '[terms."outcome.declined"]',
        '[terms."outcome.refused"]',
        "terms: outcome.declined is missing",
    ),
    "a form has no term": ("terms.toml", "[terms.of_the_hub]", "[terms.from_the_hub]", "terms: of_the_hub is missing"),
    "a name of its own is no term": (
        "terms.toml",
        '"steering_committee", "fund"',
        '"steering_board", "fund"',
        "terms: steering_board is the network’s own and no term",
    ),
    "a role has no term": ("terms.toml", '[terms."role.auditor"]', '[terms."role.checker"]', "terms: role.auditor is missing"),
    "an outcome has no opening": ("letter.toml", '["opening.declined"]', '["opening.refused"]', "letter: opening.declined is missing"),
    "an entry has no source": (
        "catalogue.toml",
        'source = "Strategy 2023-2025, guiding principles"',
        'source = ""',
        "principles GP1: no source",
    ),
    "a source is told to nobody": (
        "checks.toml",
        'source = "Strategy 2023-2025, members;',
        'source = "Somewhere, members;',
        "sources: 'Somewhere, members; never a list of countries' is not told",
    ),
    "a source lacks a language": ("sources.toml", 'es = "Norma propia del fondo"\n', "", "sources Our proposal: no text in es"),
    "a clock has no source": (
        "tracks.toml",
        'decision = { working_days = 5, source = "Our proposal"',
        'decision = { working_days = 5, source = ""',
        "clocks standard decision: no source",
    ),
    "the exchange has no source": (
        "programme.toml",
        'source = "Our proposal: a rate of the last fortnight"',
        'source = ""',
        "exchange: no source",
    ),
    "a code stands twice": ("catalogue.toml", 'code = "GP2"', 'code = "GP1"', "principles GP1: the code stands 2 times"),
    "a check stands twice": ("checks.toml", 'code = "E2"', 'code = "E1"', "checks E1: the code stands 2 times"),
    "a check has no version": ("checks.toml", 'version = "1"', 'version = ""', "checks E1: no version"),
    "a machine knows no such fact": (
        "checks.toml",
        'fact = "lead_is_member"',
        'fact = "lead_is_lucky"',
        "checks E1: a machine cannot decide lead_is_lucky",
    ),
    "a machine check names no fact": (
        "checks.toml",
        'fact = "lead_is_member"\n',
        "",
        "checks E1: a machine cannot decide without a fact",
    ),
    "a person's check names a fact": (
        "checks.toml",
        'decided_by = "person"',
        'decided_by = "person"\nfact = "is_complete"',
        "checks E3: a person decides, so no fact is named",
    ),
    "what a machine or a person answers names no fact": (
        "checks.toml",
        'fact = "attestation_is_current"\n',
        "",
        "checks E4: a machine cannot decide without a fact",
    ),
    "an ask for membership is never due": ("programme.toml", "ask = {", "asks = {", "membership: no clock ask"),
    "a clock of membership is nobody's": ("programme.toml", "ask = {", "asks = {", "membership: no clock is called asks"),
    "membership has no source": (
        "programme.toml",
        'source = "Strategy 2023-2025, members and guiding principles; the review is our proposal"',
        'source = ""',
        "membership: no source",
    ),
    "a finding on the territory has no term": (
        "terms.toml",
        '[terms."territory.unresolved"]',
        '[terms."territory.open"]',
        "terms: territory.unresolved is missing",
    ),
    "a reminder comes after the answer is due": (
        "programme.toml",
        "reminders = [5, 8]",
        "reminders = [5, 10]",
        "questions: the reminders do not come one after the other before the answer is due",
    ),
    "reminders are out of order": (
        "programme.toml",
        "reminders = [5, 8]",
        "reminders = [8, 5]",
        "questions: the reminders do not come one after the other before the answer is due",
    ),
    "questions have no source": ("programme.toml", 'source = "Our proposal: two weeks, as', 'source = "" # "', "questions: no source"),
    "a calendar is of no hub": ("calendars.toml", 'hubs = ["mena"]', 'hubs = ["moon"]', "calendars amman: no hub moon"),
    "a calendar is of no country": ("calendars.toml", 'countries = ["JO"]', 'countries = ["QQ"]', "calendars amman: no country QQ"),
    "a country has two calendars": (
        "calendars.toml",
        "weekend = [5, 6]\n",
        'weekend = [5, 6]\ncountries = ["JO"]\n',
        "calendars: JO stands 2 times",
    ),
    "a hub serves no known region": ("catalogue.toml", 'regions = ["mena"]', 'regions = ["moon"]', "hubs mena: no region moon"),
    "a hub has no region": ("catalogue.toml", 'regions = ["mena"]', "regions = []", "hubs mena: consulted by region and has none"),
    "an opinion has no effect": ("opinions.toml", "[opinions.concern]", "[opinions.doubt]", "opinions concern: no effect"),
    "nobody can give an opinion": ("opinions.toml", "[opinions.concern]", "[opinions.doubt]", "opinions doubt: nobody can give it"),
    "a conflict has no effect": ("conflicts.toml", "[declared.gain]", "[declared.greed]", "conflicts gain: no effect"),
    "nobody can declare a conflict": ("conflicts.toml", "[declared.gain]", "[declared.greed]", "conflicts greed: nobody can declare it"),
    "who is kept out sets no terms": (
        "conflicts.toml",
        'effect = "disclose"\npaid_to_deliver',
        'effect = "recuse"\npaid_to_deliver',
        "conflicts employer: paid_to_deliver says nothing there",
    ),
    "a role that cannot be lent": ("separation.toml", '"finance"', '"auditor"', "delegation auditor: not a role that can be lent"),
    "a role is lent twice": ("separation.toml", '"finance"', '"officer"', "delegation officer: listed twice"),
    "a role that cannot be opened": (
        "separation.toml",
        'roles = ["officer"]',
        'roles = ["approver"]',
        "emergency approver: not a role that can be opened",
    ),
    "somebody who cannot open": ("separation.toml", '["approver", "officer"]', '["auditor"]', "emergency auditor: cannot open access"),
    "access has no source": ("separation.toml", 'source = "Our proposal: one', 'source = "" # "', "emergency: no source"),
    "lending has no source": ("separation.toml", 'source = "Our proposal: leave', 'source = "" # "', "delegation: no source"),
    "a conflict has no source": (
        "conflicts.toml",
        'source = "Our proposal: nobody judges',
        'source = "" # "',
        "conflicts family: no source",
    ),
    "a donor city has no source": (
        "conflicts.toml",
        'source = "Strategy 2023-2025, funding and',
        'source = "" # "',
        "conflicts donor_city: no source",
    ),
    "a question is opened by none there is": (
        "safeguards.toml",
        'opened_by.ages = ["under_18"]',
        'opened_by.ages = ["minors"]',
        "safeguards Q4: no ages minors",
    ),
    "a question comes up nowhere": (
        "safeguards.toml",
        'opened_by.ages = ["under_18"]\n',
        "",
        "safeguards Q4: asked of everybody, or where something opens it",
    ),
    "a risk is raised by none there is": (
        "safeguards.toml",
        'risks = ["Q2", "Q5"]',
        'risks = ["Q2", "Q50"]',
        "safeguards watched: no question Q50",
    ),
    "a risk is raised by nothing": ("safeguards.toml", "at_least = 6\n", "", "safeguards many: raised by nothing"),
    "safeguards have no source": (
        "safeguards.toml",
        'source = "Our proposal, after practice in human-rights screening: ',
        'source = "" # "',
        "safeguards: no source",
    ),
    "an effect has no source": ("opinions.toml", 'source = "Our proposal: who agrees', 'source = "" # "', "opinions support: no source"),
    "whoever is asked is reminded too early": (
        "safeguards.toml",
        "reminder_days = 2",
        "reminder_days = 5",
        "safeguards: the reminder does not come between the question and the day on which it is due",
    ),
    "a level is signed by two rules": (
        "safeguards.toml",
        "[[ages]]",
        '[[signatures]]\ncode = "amber"\nby = ["officer"]\ndays = 1\nsource = "x"\n\n[[ages]]',
        "safeguards amber: signed by two rules",
    ),
    "silence has no source": ("opinions.toml", 'source = "Our proposal, after', 'source = "" # "', "silence: no source"),
    "a hub is reminded too early": (
        "opinions.toml",
        "reminder_days = 3",
        "reminder_days = 10",
        "silence: the reminder does not come between the question and the day on which the opinion is due",
    ),
    "two hubs serve one region": ("catalogue.toml", 'regions = ["mena"]', 'regions = ["south-asia"]', "hubs: south-asia has 2 hubs"),
    "the path is longer than the total": (
        "tracks.toml",
        "assessment = { working_days = 12",
        "assessment = { working_days = 13",
        "tracks standard: the longest path takes 31 working days, the total is 30",
    ),
    "a slow opinion makes the path longer": (
        "tracks.toml",
        "hub_opinion = { working_days = 10",
        "hub_opinion = { working_days = 18",
        "tracks standard: the longest path takes 31 working days, the total is 30",
    ),
    "a clock is missing": ("tracks.toml", "letter = {", "posting = {", "tracks standard: no clock letter"),
    "the round is longer than it says": (
        "tracks.toml",
        "moderation = { working_days = 5",
        "moderation = { working_days = 6",
        "tracks competitive: the longest path takes 46 working days, the total is 45",
    ),
    "a round has no clock for its ranking": ("tracks.toml", "ranking = {", "waiting = {", "tracks competitive: no clock ranking"),
    "the weights make no hundred": ("rubric.toml", "weight = 20", "weight = 21", "rubric: the weights sum to 101, not 100"),
    "the decisive criterion is not there": ("rubric.toml", 'decisive = "alignment"', 'decisive = "luck"', "rubric: no criterion luck"),
    "a letter cannot say the scores": (
        "letter.toml",
        '["score.between"]',
        '["score.amid"]',
        "letter: score.between is missing",
    ),
    "a tie-break stands twice": (
        "rubric.toml",
        '"least_served", "earlier"',
        '"earlier", "earlier"',
        "rubric: a tie-break stands twice",
    ),
    "a criterion stands twice": ("rubric.toml", 'code = "need"', 'code = "network"', "rubric network: the code stands 2 times"),
    "a criterion lacks a language": ("rubric.toml", 'titles.es = "Necesidad y pruebas"\n', "", "rubric need: no text in es"),
    "an anchor lacks a language": (
        "rubric.toml",
        'anchors.3.es = "algunos datos locales la muestran"\n',
        "",
        "rubric need 3: no text in es",
    ),
    "a criterion has no source": ("rubric.toml", 'source = "Strategy 2023-2025, st', 'source = "" # "', "rubric alignment: no source"),
    "the rubric has no source": ("rubric.toml", 'source = "Our proposal: pass', 'source = "" # "', "rubric: no source"),
    "two tracks are judged by points": (
        "tracks.toml",
        "assessors = 1\n",
        'assessors = 1\njudgement = "points"\n',
        "tracks small, competitive: one track at most is judged by points",
    ),
    "the standard track is judged by points": (
        "tracks.toml",
        "assessors = 2\n",
        'assessors = 2\njudgement = "points"\n',
        "tracks standard: a file outside every round cannot be judged by points",
    ),
    "a track has no calendar": ("tracks.toml", 'calendar = "central"', 'calendar = "moon"', "tracks standard: no calendar moon"),
    "the small track is longer than it says": (
        "tracks.toml",
        "eligibility = { working_days = 2",
        "eligibility = { working_days = 3",
        "tracks small: the longest path takes 11 working days, the total is 10",
    ),
    "a track has no source": ("tracks.toml", 'source = "Our proposal: two who', 'source = "" # "', "tracks standard: no source"),
    "a city cap has no source": ("tracks.toml", 'source = "Our proposal: so that a', 'source = "" # "', "tracks small city_cap: no source"),
    "a track falls back on itself": ("tracks.toml", '"standard"', '"small"', "tracks small: cannot fall back on small"),
    "a track is bounded and has no other": (
        "tracks.toml",
        'fallback = "standard"\n',
        "",
        "tracks small: only_yes without a fallback",
    ),
    "two tracks are narrow": (
        "tracks.toml",
        'calendar = "central"',
        'calendar = "central"\nfallback = "small"',
        "tracks: standard, small have a fallback; one may",
    ),
    "the other track asks fewer assessors": (
        "tracks.toml",
        "assessors = 1\n",
        "assessors = 3\n",
        "tracks small: standard asks fewer assessors",
    ),
    "a city cap caps nothing": ("tracks.toml", "max_awards = 2\n", "", "tracks small: the city cap caps nothing"),
    "a track gives more than the fund": (
        "tracks.toml",
        "EUR = 750_000",
        "EUR = 75_000_000",
        "tracks small: 75000000 EUR is more than the fund gives",
    ),
    "a city cap is in a foreign currency": (
        "tracks.toml",
        "max_awards = 2\n",
        "max_amount = { XXX = 1 }\n",
        "tracks small: the fund does not work in XXX",
    ),
    "a calendar ends too early": (
        "calendars.toml",
        "covers = [2023-01-01, 2030-12-31]",
        "covers = [2023-01-01, 2024-12-31]",
        "calendars central: covers 2023-01-01 to 2024-12-31, the catalogue is valid 2023-01-01 to 2025-12-31",
    ),
    "a calendar ends with the catalogue": (
        "calendars.toml",
        "covers = [2023-01-01, 2030-12-31]",
        "covers = [2023-01-01, 2025-12-31]",
        "calendars central: intake goes on after the catalogue expires, the calendar does not",
    ),
    "a holiday lies outside": (
        "calendars.toml",
        "2030-12-26,",
        "2031-12-26,",
        "calendars central: 2031-12-26 lies outside the days covered",
    ),
    "a large amount has no threshold in one currency": (
        "programme.toml",
        "amount = { EUR = 7_500_000, USD",
        "amount = { USD",
        "limits two_approvers_from: EUR stands in one of the threshold and the maximum, and not in the other",
    ),
    "two approvers are asked for without a source": (
        "programme.toml",
        "Our proposal; comparable schemes ask for a further approval of their larger grants",
        " ",
        "limits two_approvers_from: no source",
    ),
    "a waiting list has no end": ("tracks.toml", "waiting_list = {", "waiting = {", "tracks standard: no clock waiting_list"),
    "a time zone is unknown": ("calendars.toml", "Europe/London", "Europe/Nowhere", "calendars central: no time zone Europe/Nowhere"),
    "the catalogue runs backward": (
        "catalogue.toml",
        "valid_to = 2025-12-31",
        "valid_to = 2022-12-31",
        "catalogue: valid_to lies before valid_from",
    ),
    "reminders to accept come too late": (
        "programme.toml",
        "accept_reminders = [10, 15]",
        "accept_reminders = [10, 20]",
        "awards: the reminders do not come one after the other before the award must be accepted",
    ),
    "an award lapses before its letter is delivered": (
        "programme.toml",
        "accept_days = 20\naccept_reminders = [10, 15]",
        "accept_days = 9\naccept_reminders = [3]",
        "awards: an award could lapse before its letter counts as delivered on the track standard",
    ),
    "reminders of a report run backward": (
        "programme.toml",
        "report_reminders = [30, 7]",
        "report_reminders = [7, 30]",
        "awards: the reminders of the report do not come one after the other between the support and the day it is due",
    ),
    "awards have no source": (
        "programme.toml",
        "Our proposal: a month to accept, two months to report, and half a year at most before somebody looks at a suspension again",
        " ",
        "awards: no source",
    ),
    "a lapse has no words": ("letter.toml", "next.lapsed", "next.gone", "letter: next.lapsed is missing"),
    "the end of an award has no words": ("letter.toml", "next.terminated", "next.stopped", "letter: next.terminated is missing"),
    "a currency is unknown": ("programme.toml", "NOK = ", "XXX = ", "limits: unknown currency XXX"),
}


def planted(tmp_path: Path, name: str, old: str, new: str) -> Path:
    folder = Path(shutil.copytree(bundled()[0], tmp_path / "programme"))
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")
    return folder


def test_the_bundled_programme_has_no_problem() -> None:
    assert problems(load()) == ()


@cache
def finders(fault: str) -> frozenset[Callable[[Programme], Iterable[str]]]:
    """The checks that say the sentence once this fault is planted."""
    name, old, new, sentence = FAULTS[fault]
    with TemporaryDirectory() as folder:
        programme = load(planted(Path(folder), name, old, new))
    return frozenset(check for check in CHECKS if sentence in tuple(check(programme)))


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_told(fault: str) -> None:
    assert finders(fault)


def test_every_check_has_a_fault_that_it_alone_finds() -> None:
    assert frozenset[object]().union(*map(finders, FAULTS)) == set(CHECKS)


def test_another_network_in_two_languages_is_another_folder_and_no_change_of_code(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(bundled()[0], tmp_path / "river_towns"))
    for file in folder.glob("*.toml"):
        text = re.sub(r"^(titles\.|anchors\.\d\.)?(es|ar) = .*\n", "", file.read_text("utf-8"), flags=re.MULTILINE)
        text = text.replace('"en", "fr", "es", "ar"', '"en", "fr"').replace('"strong_cities"', '"river_towns"').replace('"TSF"', '"RTF"')
        file.write_text(text, "utf-8")
    programme = load(folder)
    assert (programme.code, programme.prefix, programme.languages) == ("river_towns", "RTF", ("en", "fr"))
    assert problems(programme) == ()


def test_joiners_that_spelling_needs_are_not_faults(tmp_path: Path) -> None:
    assert problems(load(planted(tmp_path, "terms.toml", 'ar = "القرار"', 'ar = "القرار\u200c"'))) == ()


def test_a_programme_without_its_standard_track_is_told() -> None:
    programme = load()
    alone = msgspec.structs.replace(programme, tracks={"short": msgspec.structs.replace(programme.tracks["standard"], code="short")})
    assert "tracks: no standard" in problems(alone)


def test_a_track_for_files_without_any_hub_needs_a_fallback_too() -> None:
    programme = load()
    bounded = msgspec.structs.replace(programme.tracks["standard"], max_hubs=0)
    assert "tracks standard: max_hubs without a fallback" in problems(msgspec.structs.replace(programme, tracks={"standard": bounded}))


def test_the_longest_path_takes_the_slower_of_hub_and_assessment() -> None:
    assert longest_path(load().tracks["standard"]) == 3 + max(5 + 12, 10) + 2 + 3 + 5


def test_points_need_a_rubric_and_a_fund_without_rounds_needs_none(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(bundled()[0], tmp_path / "programme"))
    (folder / "rubric.toml").unlink()
    assert problems(load(folder)) == ("tracks competitive: judged by points, and there is no rubric.toml",)
    tracks = (folder / "tracks.toml").read_text("utf-8")
    (folder / "tracks.toml").write_text(tracks.partition("# A competitive round")[0], "utf-8")
    assert problems(load(folder)) == ()
    assert load(folder).points_track is None


def test_an_anchor_that_is_missing_is_told(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(bundled()[0], tmp_path / "programme"))
    rubric = (folder / "rubric.toml").read_text("utf-8")
    without = [line for line in rubric.splitlines(keepends=True) if not line.startswith("anchors.5")]
    (folder / "rubric.toml").write_text("".join(without), "utf-8")
    assert "rubric need: no anchor 5" in problems(load(folder))
