"""From a decided file to what its letter says. Pure: the file, its cities, the programme and a way to open sealed texts."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import get_args

from fund.documents.letter import (
    Appealed,
    AppealRoute,
    ConditionLine,
    Coordination,
    Deferral,
    FailedCheck,
    HubAnswer,
    LetterContext,
    Money,
    Offer,
    Priority,
    Referral,
    ScoreLine,
    Scoring,
    TrackMove,
    WaitingList,
)
from fund.documents.typography import in_arabic_script
from fund.domain import delivery, offer, why, window
from fund.domain.application import Appeal, Application, Decision, HubOpinion
from fund.domain.brevity import room
from fund.domain.calendar import local_day
from fund.domain.decision import told
from fund.domain.event import Erased, Sealed
from fund.domain.events import Finding, Outcome
from fund.domain.programme import Entry, Programme
from fund.domain.registers import City
from fund.domain.rubric import anchors_of
from fund.domain.sections import Alignment, Applicant, Resources, Support

TEMPLATE = "letter.6"
"""Version of the letter template; a changed template is a new version, and old letters keep theirs."""
BEFORE_SAID_ONCE = frozenset({"letter.1", "letter.2", "letter.3", "letter.4", "letter.5"})
"""Templates that told the one reason of a refusal with each failed check, and no source of a priority that was served nor of the track."""
AT_FULL_SIZE = 1000
"""As much as the reasons of a refusal and what would change it may take before its letter has smaller letters (`brevity.room`)."""

RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ur"})
OUTCOMES = get_args(Outcome)
"""Of decisions; other letters answer appeals."""
Open = Callable[[str | Sealed], str | Erased]


class _Letter:
    """The parts of one letter, in one language."""

    def __init__(self, file: Application, cities: Mapping[str, City], programme: Programme, unseal: Open, template: str = TEMPLATE) -> None:
        self.file = file
        self.cities = cities
        self.programme = programme
        self.unseal = unseal
        self.language = file.language
        self.says_once = template not in BEFORE_SAID_ONCE

    def title(self, code: str, entries: tuple[Entry, ...]) -> str:
        return next((entry.titles[self.language] for entry in entries if entry.code == code), code)

    def number(self, priority: str) -> str:
        found = self.programme.priority(priority)
        return (found.printed if found else None) or ""

    def text(self, value: str | Sealed) -> str:
        opened = self.unseal(value)
        return opened if isinstance(opened, str) else ""

    def term(self, code: str) -> str:
        return self.programme.terms[code][self.language]

    def priorities(self) -> tuple[Priority, ...]:
        """The findings in words; why in the letter is the decision's own reasons, never an assessor's text."""
        return tuple(
            Priority(
                code=finding.priority,
                title=self.title(finding.priority, self.programme.catalogue.priorities),
                verdict=self.term(f"verdict.{finding.verdict}"),
                number=self.number(finding.priority),
                reason="",
                source=self.served(finding),
            )
            for finding in self.file.findings
        )

    def served(self, finding: Finding) -> str:
        """Where a priority stands that was not served, and each one where the city is refused: it can read it there."""
        found = self.programme.priority(finding.priority)
        return self.source(found.source) if found and (finding.verdict != "aligned" or self.refuses) else ""

    @property
    def refuses(self) -> bool:
        return self.says_once and self.file.decision is not None and self.file.decision.outcome == "declined"

    def tight(self, decision: Decision) -> bool:
        """Smaller letters for a refusal that says much: smaller for all of it, as one size reads better than two."""
        refused = decision.outcome in ("declined", "ineligible")
        return self.says_once and refused and room(*self.reasons(decision), *decision.what_would_change) > AT_FULL_SIZE

    def reasons(self, decision: Decision) -> tuple[str, ...]:
        """Each once: the one reason of a finding of ineligibility stands after all the checks, where it has no room beside one."""
        reason = "" if self.beside(decision) else self.text(decision.reason)
        return (*decision.reasons, reason) if reason else decision.reasons

    def beside(self, decision: Decision) -> bool:
        """Whether the reason stands beside each failed check: it has room there if it is short and the only one."""
        return not self.says_once or (len(decision.checks) == 1 and room(self.text(decision.reason)) <= AT_FULL_SIZE)

    def scoring(self, round: str) -> Scoring | None:
        """Marks in the words of the rubric; why in the letter is the decision's own reasons, never a scorer's text."""
        scored, placed, rubric = self.file.scored, self.file.placed, self.programme.rubric
        if scored is None or rubric is None:
            return None
        marks = {mark.criterion: mark for mark in scored.marks}
        titles = {criterion.code: criterion.titles[self.language] for criterion in rubric.criteria}
        published = placed if rubric.place_published else None
        return Scoring(
            lines=tuple(
                ScoreLine(
                    title=titles[criterion.code],
                    points=marks[criterion.code].points,
                    weight=criterion.weight,
                    meaning=tuple(criterion.anchors[str(score)][self.language] for score in anchors_of(marks[criterion.code].mark)),
                )
                for criterion in rubric.criteria
            ),
            points=scored.points,
            pass_mark=rubric.pass_mark,
            decisive=titles[rubric.decisive],
            minimum=rubric.minimum,
            round=round,
            place=published.place if published else None,
            files=published.files if published else None,
        )

    def failed(self, decision: Decision) -> tuple[FailedCheck, ...]:
        """In the version that each was answered under; for which cities, where a machine answered it city by city."""
        reason = self.text(decision.reason) if self.beside(decision) else ""
        checks = {check.code: check for check in self.programme.checks if check.code in decision.checks}
        grounds = {ground.rule.partition(".")[2]: ground for ground in why.grounds(self.file, self.programme)}
        return tuple(
            FailedCheck(
                code=code,
                title=checks[code].titles[self.language],
                reason=reason,
                version=grounds[code].version,
                source=self.source(checks[code].source),
                cities=tuple(map(self.city, why.cities_lacking(grounds[code]))) if len(self.file.cities) > 1 else (),
            )
            if code in checks
            else FailedCheck(code=code, title=code, reason=reason)
            for code in decision.checks
        )

    def source(self, source: str) -> str:
        return self.programme.told_source(source, self.language)

    def coordination(self) -> Coordination | None:
        closed = self.file.coordination
        if closed is None:
            return None
        return Coordination(mode=closed.mode, hub=self.hub(closed.hub or ""), reason=closed.reason)

    def opinions(self) -> tuple[HubAnswer, ...]:
        """Of every hub that was asked, also of those that do not lead; never the reason it gave, nor who gave it."""
        return tuple(filter(None, map(self.answer, self.file.opinions.values())))

    def answer(self, asked: HubOpinion) -> HubAnswer | None:
        hub = self.hub(asked.hub)
        if asked.opinion:
            return HubAnswer(hub=hub, said=asked.opinion, centre=asked.given is None)
        if asked.deemed:
            return HubAnswer(hub=hub, said="silent", due=self.local_day(asked.due))
        return HubAnswer(hub=hub, said="not_needed") if asked.released else None

    def hub(self, code: str) -> str:
        found = self.programme.hub(code)
        return found.titles[self.language] if found else ""

    def track(self, code: str | None) -> str:
        return self.programme.track(code).titles[self.language]

    def moves(self) -> tuple[TrackMove, ...]:
        changes = self.file.track_changes
        return tuple(
            TrackMove(left=self.track(one.from_track), track=self.track(one.to_track), why=self.term(f"track_reason.{one.why}"))
            for one in changes
        )

    def city(self, id: str) -> str:
        """As a list names it: in the city's own writing where the letter is in it too."""
        city = self.cities[id]
        local = city.registered.name_local if city.registered else ""
        return local if self.language in RIGHT_TO_LEFT and in_arabic_script(local) else city.name

    def waiting(self, decision: Decision) -> dict[str, object]:
        """What a city waits for, or where it turns instead."""
        review = self.local_day(decision.review) if decision.review else None
        if decision.outcome == "deferred" and review:
            return {"deferral": Deferral(until=decision.until, awaits=decision.awaits, review=review)}
        if decision.outcome == "waiting_list" and review:
            return {"waiting_list": WaitingList(amount=Money(minor=decision.amount, currency=decision.currency), review=review)}
        if decision.outcome == "referred":
            modality = self.title(decision.modality, self.programme.catalogue.modalities)
            return {"referral": Referral(modality=modality, turn_to=decision.turn_to, passed_on=decision.passed_on)}
        return {}

    def appeal_route(self, outcome: str, issued_on: date) -> AppealRoute | None:
        """Where the decision can be appealed against; the days are those that delivery will count."""
        rules = self.programme.track(self.file.track).appeals
        if rules is None or outcome not in rules.outcomes:
            return None
        deemed = delivery.deemed_on(issued_on, rules)
        return AppealRoute(days=rules.lodge_days, deemed=deemed, last=delivery.last_day(deemed, rules))

    def appealed(self, appeal: Appeal) -> Appealed:
        return Appealed(lodged_on=self.local_day(appeal.at), letter_of=self.file.letters[appeal.letter - 1].issued_on)

    def offer(self, issued_on: date) -> Offer | None:
        """The days that the event of the letter records, by the city's calendar."""
        registered = self.cities[self.file.city].registered
        days = registered and self.programme.calendar_of_country(registered.country)
        days = days or self.programme.calendars[self.programme.track(self.file.track).calendar]
        dates = offer.dates(self.file, issued_on, days, self.programme.awards)
        if dates is None:
            return None
        return Offer(accept_by=local_day(dates.accept_by, days), report_by=local_day(dates.report_due, days))

    def local_day(self, instant: datetime) -> date:
        return local_day(instant, self.programme.calendars[self.programme.track(self.file.track).calendar])

    def granted(self) -> dict[str, object]:
        support, alignment, proposal = self.file.section(Support), self.file.section(Alignment), self.file.proposal
        within = window.granted(self.file)
        if not (support and within and alignment and proposal and self.file.decision):
            return {}
        return {
            "amount": Money(minor=self.file.decision.amount, currency=self.file.decision.currency),
            "formats": tuple(self.title(code, self.programme.catalogue.formats) for code in support.formats),
            "scope": "design_and_delivery" if support.design and support.delivery else "design" if support.design else "delivery",
            "days": support.days,
            "starts_on": within.starts_on,
            "ends_on": within.ends_on,
            "beneficiaries": tuple(map(self.city, self.file.cities[1:])),
            "observers": tuple(map(self.city, self.file.observers)),
            "results": tuple(self.title(code, self.programme.catalogue.results) for code in alignment.results),
            "peers": tuple(filter(None, map(self.text, proposal.peers))),
            "no_peers_reason": proposal.no_peers_reason,
            "conditions": tuple(
                ConditionLine(text=one.text, due=one.due_on, owner=one.owner, proof=one.proof) for one in self.file.decision.conditions
            ),
        }


def letter_context(
    file: Application,
    cities: Mapping[str, City],
    programme: Programme,
    unseal: Open,
    *,
    issued_on: date,
    specimen: bool,
    round: str = "",
    template: str = TEMPLATE,
) -> LetterContext:
    """What the letter that a `file` waits for says, in its own language: of its decision, or of the answer to an appeal.

    cities: the lead, the beneficiaries and the observers. round: the title of the round that the file was in.
    template: the version it is written with; of a letter that is issued, the one its event names.
    """
    letter, answered = _Letter(file, cities, programme, unseal, template), file.answered_appeal
    addressee = cities[answered.city if answered else file.city]
    local = addressee.registered.name_local if addressee.registered else ""
    applicant = file.section(Applicant)
    return LetterContext(
        language=file.language,
        direction="rtl" if file.language in RIGHT_TO_LEFT else "ltr",
        specimen=specimen,
        reference=file.reference,
        outcome=told(file),
        programme=programme.titles[file.language],
        network=programme.network[file.language],
        signatory_office=programme.office[file.language],
        city_name=addressee.name,
        city_local_name="" if local == addressee.name else local,
        # The form names the lead's own office; another city is addressed by its name.
        addressee_office=applicant.office if applicant and addressee is cities[file.city] else addressee.name,
        issued_on=issued_on,
        track=letter.track(file.track),
        title=applicant.title if applicant else "",
        catalogue_version=file.submission.catalogue if file.submission else programme.catalogue.version,
        policy_version=file.policy or programme.version,
        template_version=template,
        **(_of_appeal(letter, answered) if answered else _of_decision(letter, issued_on, round)),  # type: ignore[arg-type]  # as built there
    )


def _of_appeal(letter: _Letter, answered: Appeal) -> dict[str, object]:
    answered_at = answered.answered_at or answered.at
    return {
        "submitted_on": _day(letter.file.submitted_at or answered.at),
        "decided_on": _day(answered_at),
        "appealed": letter.appealed(answered),
        "reasons": answered.reasons,
    }


def _of_decision(letter: _Letter, issued_on: date, round: str) -> dict[str, object]:
    file, decision = letter.file, letter.file.decision
    assert decision, "a letter follows a decision"
    resources = file.section(Resources)
    granted, ended_early = decision.outcome in offer.GRANTED, decision.outcome == "terminated"
    assessed = decision.outcome not in ("ineligible", "withdrawn", "terminated", "lapsed")
    return {
        "submitted_on": _day(file.submitted_at or decision.at),
        "decided_on": _day(decision.at),
        "moves": letter.moves(),
        "coordination": letter.coordination() if granted else None,
        "priorities": letter.priorities() if assessed else (),
        "scoring": letter.scoring(round) if assessed else None,
        "dense": letter.refuses,
        "tight": letter.tight(decision),
        "opinions": letter.opinions() if assessed else (),
        "reasons": letter.reasons(decision),
        "track_source": letter.source(letter.programme.track(file.track).source) if letter.refuses else "",
        "failed_checks": letter.failed(decision),
        "what_would_change": decision.what_would_change,
        "appeal": letter.appeal_route(decision.outcome, issued_on),
        "replaces": _replaced(file),
        "offer": letter.offer(issued_on),
        "spent": Money(minor=decision.amount, currency=decision.currency) if ended_early else None,
        "publication": ("agreed" if resources.publication else "not_agreed") if resources and (granted or ended_early) else "none",
    } | (letter.granted() if granted else letter.waiting(decision))


def _replaced(file: Application) -> date | None:
    """The day of the letter that told the decision before: as many were issued before a decision as decisions were taken before it."""
    telling = [letter for letter in file.letters if letter.outcome in OUTCOMES]
    before = telling[: len(file.earlier)]
    return before[-1].issued_on if before else None


def _day(at: datetime) -> date:
    return at.date()
