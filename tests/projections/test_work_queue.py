"""Whom a joint draft waits for: a partner city, as long as it has not accepted the text as it stands. Who helps with the safeguards, who
signs them.
"""

from datetime import datetime

import msgspec

from fund.domain import commands as c
from fund.projections.waiting_rules import Waits
from fund.projections.work_queue import CONSENT, SAFEGUARD_HELP, SIGNATURE, owners
from tests.domain import screening
from tests.domain import world as w
from tests.domain.world import did, given, recorded, saved, with_


def waits_for(*history: w.Told) -> set[str]:
    """The cities whose consent somebody owes."""
    return {scope for owner, scope, what, _ in owners(given(*history).file()) if (owner, what) == ("representative", CONSENT)}


def test_a_partner_owes_its_consent_until_it_accepts_and_again_after_an_edit_and_never_once_it_left() -> None:
    assert waits_for(*w.STARTED, *did(w.ALI, w.INVITED_PARTNER)) == set()  # nothing to accept yet
    assert waits_for(*w.DRAFTED) == {w.HILLTOWN}
    assert waits_for(*w.AGREED) == set()
    edited = (*w.AGREED, *saved(with_(w.NEED, problem="It floods twice a year")))
    assert waits_for(*edited) == {w.HILLTOWN}
    assert waits_for(*edited, *did(w.BELA, w.e.PartnerLeft(city=w.HILLTOWN, reason="A vote", fails=("text",)))) == set()
    assert waits_for(*w.SUBMITTED) == set()


HELP_DUE = w.due("expert")
FOR_HUB, FOR_OFFICERS = ("coordinator", "north", HELP_DUE), ("officer", "", HELP_DUE)


def asked_to_help(hub: str | None) -> w.History:
    return did(w.OLGA, w.e.SafeguardHelpAsked(hub=hub, questions=("NAMES",), due=HELP_DUE, calendar=w.CALENDAR))


def help_from(*history: w.Told) -> set[tuple[str, str, datetime | None]]:
    """Who owes an answer in the place of the city, and by when. Each of these files has somebody, a day and a way out all the time."""
    rules = Waits()
    assert not [found for one in recorded(history) for found in rules.see(one)] + list(rules.end())
    return {(owner, scope, due) for owner, scope, what, due in owners(given(*history).file()) if what == SAFEGUARD_HELP}


def test_the_hub_owes_help_with_the_safeguards_and_officers_with_it_until_it_is_given() -> None:
    awaited = w.CHECKED + asked_to_help("north")
    assert help_from(*awaited) == {FOR_HUB, FOR_OFFICERS}
    assert help_from(*w.CHECKED) == set()
    assert help_from(*awaited, *did(w.HANA, w.e.SafeguardHelpGiven(hub="north", answers=(), digest="", salt="s"))) == set()
    assert help_from(*awaited, *did(w.HANA, w.OPINION)) == {FOR_HUB, FOR_OFFICERS}


def test_officers_alone_owe_the_help_where_no_hub_was_asked_or_none_is_at_work_any_more() -> None:
    assert help_from(*w.COMPLETE_WITHOUT_HUB, *asked_to_help(None)) == {FOR_OFFICERS}
    taken_over = w.e.OpinionTakenOver(hub="north", reason="Nobody there", due=HELP_DUE, calendar=w.CALENDAR)
    assert help_from(*w.CHECKED, *asked_to_help("north"), *did(w.OLGA, taken_over)) == {FOR_OFFICERS}
    assert help_from(*w.CHECKED, *asked_to_help("north"), *did(w.OLGA, w.e.HubReleased(hub="north", reason="Not needed"))) == {FOR_OFFICERS}


def test_nobody_is_asked_to_help_with_a_file_that_was_withdrawn() -> None:
    withdrawn = w.e.Withdrawn(city=w.LAKESIDE, reason="No money", due=HELP_DUE, calendar=w.CALENDAR)
    assert help_from(*w.CHECKED, *asked_to_help("north"), *did(w.AMINA, withdrawn)) == set()


def test_a_suspended_file_waits_for_officers_and_its_day_alone_and_then_for_the_others_until_a_later_day() -> None:
    suspend = c.SuspendApplication(application=w.FILE, reason="A flood", review_on=w.in_days(9).date())
    held = given(*w.CHECKED, *asked_to_help("north")).when(suspend, by=w.OMAR).after
    day = w.in_days(9)
    assert set(owners(held.file())) == {("officer", "", "on_hold", day), ("machine", "", "on_hold", day)}
    later = w.in_days(1, w.in_days(5))
    again = held.when(c.ResumeApplication(application=w.FILE, reason="x"), by=w.OMAR, at=w.in_days(5)).after
    assert help_from(*again.history) == {("coordinator", "north", later), ("officer", "", later)}


# ── Signatures under the safeguards ───────────────────────────────────────────


def signing(scenario: w.Scenario) -> set[tuple[str, str]]:
    return {(owner, scope) for owner, scope, what, _ in owners(scenario.file()) if what == SIGNATURE}


def test_the_hub_and_officers_owe_their_signatures_and_nobody_one_under_what_holds_no_more() -> None:
    waiting = screening.to_sign(w.CHECKED)
    assert signing(waiting) == {("coordinator", "north"), ("officer", "")}
    assert signing(screening.to_sign(w.SUBMITTED)) == {("officer", "")}
    taken_over = w.e.OpinionTakenOver(hub="north", reason="Nobody there", due=HELP_DUE, calendar=w.CALENDAR)
    assert signing(waiting.and_(*did(w.OLGA, taken_over))) == {("officer", "")}
    assert signing(waiting.and_(*w.saved(w.with_(w.NEED, problem="Ice")))) == set()
    by_hub = w.e.SafeguardsSigned(role="coordinator", hub="north", screen=screening.screen_of(waiting), reason="x")
    signed = waiting.and_(*did(w.HANA, by_hub))
    assert signing(signed) == {("officer", "")}
    assert signing(signed.and_(*did(w.OMAR, msgspec.structs.replace(by_hub, role="officer", hub=None)))) == set()
