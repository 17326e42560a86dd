"""A grant to an organisation paid in instalments: granted, reported, checked on site, ruled on."""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from approvals.milestones import acting
from approvals.milestones.acting import Ruled
from approvals.models import MilestoneRuling, Visit
from approvals.visits import reporting as visit_reporting
from benefits.milestones import reporting
from benefits.milestones.reporting import Told
from benefits.models import Milestone, MilestoneExtension, MilestoneReport
from project.demo.clerks import Case
from project.demo.directory import HONGHE
from schemes.models import PolicyClause, PolicyValue
from tests import institution, world
from tests.approvals import visiting
from tests.stages import office, official

PLAN = [
    {"occasion": "grant", "percent": "40", "months": 0},
    {"occasion": "works", "percent": "40", "months": 6},
    {"occasion": "retention", "percent": "20", "months": 14},
]
REVIEWER, APPROVER, COLLEAGUE = "reviewer-of-dpf", "approver-of-dpf", "colleague-of-dpf"
COMPONENTS = {
    "calculation": "component_grants",
    "policy_values": ["component_ceilings", "component_percent"],
    "pages": [
        {"use": "organisation"},
        {"use": "legal-representative"},
        {"use": "authorised-person"},
        {"use": "seat"},
        {
            "code": "components",
            "title": {"zh": "申请补贴的项目", "en": "What you claim for"},
            "questions": [
                {
                    "name": "components",
                    "kind": "components",
                    "fact": True,
                    "label": {"zh": "各项支出（元）", "en": "What each item cost (yuan)"},
                    "choices": [
                        {"value": "equipment", "label": {"zh": "设备", "en": "Equipment"}},
                        {"value": "rent", "label": {"zh": "租金", "en": "Rent"}},
                    ],
                }
            ],
        },
        {"use": "organisation-account"},
    ],
}


def value(name: str, given: Any) -> None:
    """Publish a value of the scheme in Honghe."""
    PolicyValue.objects.create(
        scheme_id=institution.CODE,
        division_id=HONGHE,
        clause=PolicyClause.objects.get(scheme=institution.CODE),
        name=name,
        value=given,
        basis="assumed",
        note="条文未载分期；仅供测试。",
        valid_from=date(2026, 1, 1),
        origin="people",
        published_by="test",
        published_at=world.START,
    )


def publish(plan: list[dict[str, Any]] | None = None, **changes: Any) -> None:
    """The scheme of an organisation, with instalments; its officials and a colleague who goes along."""
    institution.publish(**changes)
    value("instalments", PLAN if plan is None else plan)
    official(COLLEAGUE, office("dpf"), "clerk")


def publish_components() -> None:
    """The same for a sum made of two components."""
    publish(**COMPONENTS)
    value("component_ceilings", {"equipment": "30000.00", "rent": "20000.01"})
    value("component_percent", "50")


def granted(n: int = 0, **changes: Any) -> Case:
    """A grant in instalments."""
    return institution.granted(n, **changes)


def milestone(case: Case, place: int = 2) -> Milestone:
    """An instalment as it stands."""
    return Milestone.objects.get(application__public_id=case.public_id, place=place)


def proof() -> SimpleUploadedFile:
    """A photo of what was done."""
    return visiting.picture("验收.jpg")


def report(case: Case, place: int = 2, at: datetime | None = None, **changes: Any) -> MilestoneReport:
    """The organisation reports."""
    told = Told(changes.get("words", "设备已经安装，附验收单。"), changes.get("paper", proof()))
    return reporting.report(case.user, case.public_id, place, told, at or case.later(24))


def plan(case: Case, place: int = 2, *, user: str = REVIEWER, companion: str = COLLEAGUE, days: int = 1) -> Visit:
    """A site check is planned."""
    at = case.later(24)
    on = (at + timedelta(days=days)).date()
    visit = acting.plan(world.user(user), case.public_id, place, world.user(companion), on, at)
    case.at = at
    return visit


def checked(case: Case, place: int = 2, **said: Any) -> Visit:
    """Two went there and reported."""
    visit = plan(case, place)
    case.at += timedelta(days=1)
    return visit_reporting.report(visit.first_official, visit.pk, visiting.said(case.at, **said), case.at)


def rule(case: Case, place: int = 2, *, met: bool = True, user: str = APPROVER, words: str = "核对属实。"):
    """A third says whether it is reached."""
    case.at = case.later(24)
    return acting.rule(world.user(user), case.public_id, place, Ruled(met, words), case.at)


def met(case: Case, place: int = 2) -> MilestoneRuling:
    """Reported, checked, and confirmed."""
    case.at = max(case.at, _on(case, place))
    report(case, place, case.at)
    checked(case, place)
    return rule(case, place)


def _on(case: Case, place: int) -> datetime:
    row = milestone(case, place)
    wait = max((row.due_on - case.at.date()).days, 0) if row.occasion in reporting.NOT_BEFORE_ITS_DAY else 0
    return case.at + timedelta(days=wait)


def put_off(case: Case, until: date, place: int = 2, reason: str = "设备到货推迟。") -> MilestoneExtension:
    """A later day for it."""
    case.at = case.later(24)
    return acting.put_off(world.user(REVIEWER), case.public_id, place, until, reason, case.at)
