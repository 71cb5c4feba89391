"""Letters as a fund might write them, in four languages. Only the free texts are made up; the fixed words are the programme's."""

from datetime import date
from functools import cache
from typing import get_args

import msgspec

from fund.documents.context import TEMPLATE
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
    WaitingList,
    render_html,
    wording_of,
)
from fund.domain.events import LetterOutcome
from fund.domain.programme import Entry, Programme
from fund.policy.loading import load

LANGUAGES = ("en", "fr", "es", "ar")
OUTCOMES = get_args(LetterOutcome)

TEXTS = {
    "en": {
        "city": ("Mombasa", "Mombasa"),
        "office": "The Governor of the County",
        "title": "A prevention plan made with the young people of six wards",
        "reasons": (
            "The request answers a need that the city has shown with its own data and with the people concerned.",
            "It builds on the county action plan and names who will carry it on after the support ends.",
        ),
        "why": (
            "Young people and city staff design the plan together.",
            "A county forum is named; its link to the national strategy is still open.",
        ),
        "hub_reason": "The hub works with two neighbouring counties on the same subject.",
        "peers": ("A practitioner from the City of Cape Town", "A local leader from Kampala"),
        "no_peers": "The work concerns an internal procedure of the city only.",
        "condition": ("The council confirms who leads the plan.", "Office of the Governor", "Decision of the council"),
        "condition2": (
            "Two young people from each ward join the working group.",
            "Youth department",
            "List of members by role, without names",
        ),
        "against": ("The request describes the problem clearly, but does not yet show with local data who is affected.",),
        "change": (
            "Local data that show who is affected and how.",
            "A named office that carries the work on after the support ends.",
        ),
        "failed": "The attestation of membership on file ended on the day before the application was submitted.",
    },
    "fr": {
        "city": ("Yaoundé II", "Yaoundé II"),
        "office": "Madame ou Monsieur le Maire de la commune",
        "title": "Un plan de prévention élaboré avec les jeunes de six quartiers",
        "reasons": (
            "La demande répond à un besoin que la ville a établi à partir de ses propres données et avec les personnes concernées.",
            "Elle s’appuie sur le plan d’action communal et désigne le service qui poursuivra le travail à l’issue du soutien.",
        ),
        "why": (
            "Les jeunes et les services de la ville élaborent le plan ensemble.",
            "Un forum local est prévu ; son lien avec la stratégie nationale reste à préciser.",
        ),
        "hub_reason": "Le centre accompagne déjà deux communes voisines sur le même sujet.",
        "peers": ("Une praticienne de la ville de Dakar", "Un élu local de Kribi"),
        "no_peers": "Le travail ne concerne qu’une procédure interne de la ville.",
        "condition": ("Le conseil municipal confirme le service responsable du plan.", "Cabinet du maire", "Délibération du conseil"),
        "condition2": (
            "Deux jeunes de chaque quartier rejoignent le groupe de travail.",
            "Service de la jeunesse",
            "Liste des membres par fonction, sans noms",
        ),
        "against": ("La demande décrit clairement le problème, mais ne montre pas encore, données locales à l’appui, qui est touché.",),
        "change": (
            "Des données locales montrant qui est touché et comment.",
            "La désignation d’un service qui poursuivra le travail à l’issue du soutien.",
        ),
        "failed": "L’attestation d’adhésion versée au dossier avait expiré la veille du dépôt de la demande.",
    },
    "es": {
        "city": ("Málaga", "Málaga"),
        "office": "La Alcaldía de la ciudad",
        "title": "Un plan de prevención elaborado con la juventud de seis barrios",
        "reasons": (
            "La solicitud responde a una necesidad que la ciudad ha demostrado con datos propios y con las personas afectadas.",
            "Se apoya en el plan de acción municipal e indica quién continuará el trabajo cuando termine el apoyo.",
        ),
        "why": (
            "La juventud y el personal municipal elaboran el plan conjuntamente.",
            "Se prevé un foro local; falta precisar su relación con la estrategia nacional.",
        ),
        "hub_reason": "El centro ya trabaja con dos municipios vecinos en el mismo tema.",
        "peers": ("Una profesional de la ciudad de Medellín", "Un líder local de Rosario"),
        "no_peers": "El trabajo se refiere únicamente a un procedimiento interno de la ciudad.",
        "condition": ("El pleno confirma quién dirige el plan.", "Gabinete de la Alcaldía", "Acuerdo del pleno"),
        "condition2": (
            "Dos jóvenes de cada barrio se incorporan al grupo de trabajo.",
            "Área de Juventud",
            "Lista de integrantes por función, sin nombres",
        ),
        "against": ("La solicitud describe con claridad el problema, pero todavía no muestra con datos locales a quién afecta.",),
        "change": (
            "Datos locales que muestren a quién afecta y cómo.",
            "Una oficina designada que continúe el trabajo cuando termine el apoyo.",
        ),
        "failed": "La acreditación de pertenencia que consta en el expediente venció el día anterior a la presentación.",
    },
    "ar": {
        "city": ("Tripoli", "طرابلس"),
        "office": "رئاسة بلدية المدينة",
        "title": "خطة وقاية تُعَدّ مع شباب ستة أحياء",
        "reasons": (
            "يستجيب الطلب لحاجة أثبتتها المدينة ببياناتها الخاصة وبمشاركة الأشخاص المعنيين.",
            "يستند الطلب إلى خطة العمل البلدية ويحدد الجهة التي ستواصل العمل بعد انتهاء الدعم.",
        ),
        "why": (
            "يضع الشباب وموظفو المدينة الخطة معًا.",
            "من المقرر إنشاء منتدى محلي (Forum 2027)، ولا تزال صلته بالاستراتيجية الوطنية بحاجة إلى توضيح.",
        ),
        "hub_reason": "يعمل المركز مع بلديتين مجاورتين في الموضوع نفسه.",
        "peers": ("خبيرة ممارسة من مدينة عمّان", "قيادي محلي من مدينة Málaga"),
        "no_peers": "يقتصر العمل على إجراء داخلي في المدينة.",
        "condition": ("يؤكد المجلس البلدي الجهة التي تقود الخطة.", "مكتب رئيس البلدية", "قرار المجلس رقم 12/2026"),
        "condition2": ("ينضم شابان من كل حي إلى فريق العمل.", "قسم الشباب", "قائمة الأعضاء بحسب الصفة، دون أسماء"),
        "against": ("يصف الطلب المشكلة بوضوح، غير أنه لا يبيّن بعدُ ببيانات محلية من هم المتضررون.",),
        "change": ("بيانات محلية تبيّن الفئات المتضررة وكيفية تضررها.", "تحديد جهة تواصل العمل بعد انتهاء الدعم."),
        "failed": "انتهت صلاحية إثبات العضوية المحفوظ في الملف في اليوم السابق لتقديم الطلب.",
    },
}


WAITS = {
    "en": {
        "awaits": "The county assembly has adopted the budget of the youth department",
        "later": ("The request fits the priorities, and the office that carries it on is decided with the budget.",),
        "no_money": ("The request serves a priority of the fund, and the envelope is spent for this year.",),
        "better": ("Six member cities already meet on this subject and welcome a seventh.",),
        "turn_to": "The working group on local prevention, through the Management Unit",
        "passed_on": "The title and the description of the support, with your consent",
    },
    "fr": {
        "awaits": "Le conseil municipal a voté le budget du service de la jeunesse",
        "later": ("La demande correspond aux priorités, et le service qui la portera dépend du budget.",),
        "no_money": ("La demande sert une priorité du fonds, et l’enveloppe de l’année est épuisée.",),
        "better": ("Six villes membres se réunissent déjà sur ce sujet et en accueillent volontiers une septième.",),
        "turn_to": "Le groupe de travail sur la prévention locale, par l’intermédiaire de l’Unité de gestion",
        "passed_on": "L’intitulé et la description du soutien, avec votre accord",
    },
    "es": {
        "awaits": "El pleno ha aprobado el presupuesto del área de Juventud",
        "later": ("La solicitud responde a las prioridades, y el área que la continuará depende del presupuesto.",),
        "no_money": ("La solicitud responde a una prioridad del fondo, y la dotación de este año está agotada.",),
        "better": ("Seis ciudades miembros ya se reúnen sobre este tema y acogen con gusto a una séptima.",),
        "turn_to": "El grupo de trabajo sobre prevención local, a través de la Unidad de Gestión",
        "passed_on": "El título y la descripción del apoyo, con su acuerdo",
    },
    "ar": {
        "awaits": "أن يعتمد المجلس البلدي ميزانية قسم الشباب",
        "later": ("يتوافق الطلب مع الأولويات، وتتحدد الجهة التي ستواصل العمل مع اعتماد الميزانية.",),
        "no_money": ("يخدم الطلب إحدى أولويات الصندوق، وقد استُنفد المخصّص المالي لهذه السنة.",),
        "better": ("تجتمع ست مدن أعضاء بالفعل حول هذا الموضوع وترحب بمدينة سابعة.",),
        "turn_to": "مجموعة العمل المعنية بالوقاية المحلية، عبر وحدة الإدارة",
        "passed_on": "عنوان الدعم المطلوب ووصفه، بموافقتكم",
    },
}
"""What a letter says of a file that waits, or is better helped elsewhere."""


@cache
def programme() -> Programme:
    return load()


def wording(language: str) -> dict[str, str]:
    return wording_of(programme(), language)


def html(context: LetterContext) -> str:
    return render_html(context, wording(context.language))


def sample(language: str = "en", outcome: str = "approved", **changes: object) -> LetterContext:
    """A typical letter; `changes` replace fields."""
    fund, text = programme(), TEXTS[language]
    base = LetterContext(
        language=language,
        direction="rtl" if language == "ar" else "ltr",
        specimen=True,
        reference="TSF-7K3M-Q9F2",
        outcome=outcome,
        programme=fund.titles[language],
        network=fund.network[language],
        signatory_office=fund.office[language],
        city_name=text["city"][0],
        city_local_name=text["city"][1],
        addressee_office=text["office"],
        submitted_on=date(2026, 9, 1),
        decided_on=date(2026, 10, 12),
        issued_on=date(2026, 10, 14),
        track=fund.track().titles[language],
        title=text["title"],
        catalogue_version="2023-2025",
        policy_version=fund.version,
        template_version=TEMPLATE,
        **OUTCOME_PARTS[outcome](fund, language, text),
    )
    return msgspec.structs.replace(base, **changes)


def _granted(fund, language, text):
    named = {entry.code: entry.titles[language] for entry in fund.catalogue.formats}
    hub = next(hub for hub in fund.catalogue.hubs if hub.code == "east-southern-africa")
    return {
        "amount": Money(minor=4_180_000, currency="EUR"),
        "formats": (named["expert_mission"], named["workshop"]),
        "scope": "design_and_delivery",
        "days": 12,
        "starts_on": date(2027, 2, 1),
        "ends_on": date(2027, 6, 30),
        "coordination": Coordination(mode="via_hub", hub=hub.titles[language], reason=text["hub_reason"]),
        "opinions": (HubAnswer(hub=hub.titles[language], said="support"),),
        "offer": Offer(accept_by=date(2026, 11, 11), report_by=date(2027, 8, 29)),
        "peers": text["peers"],
        "reasons": text["reasons"],
        "priorities": _priorities(fund, language, text),
        "publication": "agreed",
    }


def _with_conditions(fund, language, text):
    parts = _granted(fund, language, text)
    coordination = msgspec.structs.replace(parts["coordination"], mode="with_hub", reason="")
    lines = ((*text["condition"], date(2026, 12, 1)), (*text["condition2"], date(2027, 1, 15)))
    return parts | {
        "coordination": coordination,
        "opinions": (HubAnswer(hub=coordination.hub, said="silent", due=date(2026, 9, 22)),),
        "amount": Money(minor=4_180_050, currency="EUR"),
        "peers": (),
        "no_peers_reason": text["no_peers"],
        "conditions": tuple(ConditionLine(text=what, owner=who, proof=proof, due=due) for what, who, proof, due in lines),
    }


def _declined(fund, language, text):
    return {
        "reasons": text["against"],
        "priorities": _priorities(fund, language, text),
        "what_would_change": text["change"],
        "appeal": ROUTE,
    }


def _ineligible(fund, language, text):
    check = fund.checks[0]
    failed = FailedCheck(
        code=check.code,
        title=check.titles[language],
        reason=text["failed"],
        version=check.version,
        source=fund.told_source(check.source, language),
    )
    return {
        "failed_checks": (failed,),
        "appeal": ROUTE,
    }


def _priorities(fund, language, text):
    def title(entry: Entry) -> str:
        return entry.titles[language]

    found = [fund.priority("SP-CITY2CITY"), fund.priority("SP-NLC")]
    verdicts = [fund.terms[f"verdict.{code}"][language] for code in ("aligned", "partly")]
    return tuple(
        Priority(code=entry.code, title=title(entry), verdict=verdict, reason=why, source=fund.told_source(entry.source, language))
        for entry, verdict, why in zip(found, verdicts, text["why"], strict=True)
    )


def _deferred(fund, language, text):
    said = WAITS[language]
    later = Deferral(awaits=said["awaits"], review=date(2027, 4, 12))
    return {"deferral": later, "reasons": said["later"], "priorities": _priorities(fund, language, text)}


def _waiting(fund, language, text):
    line = WaitingList(amount=Money(minor=4_180_000, currency="EUR"), review=date(2027, 4, 12))
    return {"waiting_list": line, "reasons": WAITS[language]["no_money"], "priorities": _priorities(fund, language, text)}


def _referred(fund, language, text):
    said = WAITS[language]
    modality = next(entry for entry in fund.catalogue.modalities if entry.code == "working_groups")
    elsewhere = Referral(modality=modality.titles[language], turn_to=said["turn_to"], passed_on=said["passed_on"])
    return {"referral": elsewhere, "reasons": said["better"], "priorities": _priorities(fund, language, text)}


ROUTE = AppealRoute(days=30, deemed=date(2026, 10, 24), last=date(2026, 11, 23))


def _answered(fund, language, text):
    appealed = Appealed(lodged_on=date(2026, 10, 20), letter_of=date(2026, 9, 28))
    return {"appealed": appealed, "reasons": text["against"]}


def _terminated(fund, language, text):
    return {"spent": Money(minor=1_250_000, currency="EUR"), "reasons": STOPPED[language], "publication": "agreed"}


STOPPED = {
    "en": ("The office that carried the work was closed in March, and no other took it on.",),
    "fr": ("Le service qui portait le travail a été supprimé en mars, et aucun autre ne l’a repris.",),
    "es": ("El área que llevaba el trabajo se suprimió en marzo y ninguna otra lo asumió.",),
    "ar": ("أُلغيت الإدارة التي كانت تتولى العمل في مارس ولم تتولّه إدارة أخرى.",),
}


OUTCOME_PARTS = {
    **dict.fromkeys(("appeal_upheld", "appeal_partly_upheld", "appeal_dismissed", "appeal_not_admitted"), _answered),
    "terminated": _terminated,
    "deferred": _deferred,
    "referred": _referred,
    "waiting_list": _waiting,
    "approved": _granted,
    "approved_with_conditions": _with_conditions,
    "declined": _declined,
    "ineligible": _ineligible,
    "withdrawn": lambda *_: {},
    "lapsed": lambda *_: {},
}
