"""A small scheme that organisations apply for, and a case of it from the form to the batch."""

import tomllib
from decimal import Decimal
from typing import Any

from stdnum.cn import uscc

from benefits.models import Budget
from people.models import Organisation, User
from people.synthetic import synthetic_person
from project.demo.clerks import Case
from project.demo.directory import HONGHE, MENGZI
from schemes.definition import SchemeDefinition
from schemes.files.catalogue_files import ROOM, scheme_content, shared_parts
from schemes.files.loading import publish_version
from schemes.models import PolicyClause, PolicyDocument, PolicyValue, Scheme, SchemeVersion
from schemes.models.versions import content_of
from tests import world
from tests.stages import office, official

CODE, AMOUNT = "sheltered-workshop", "50000.00"
ACCOUNT, ACCOUNT_OF_ANOTHER = "53050161500000000001", "53050161500000000002"
NAME = "蒙自阳光（残疾人）服务中心"
OWN = """
archetype = "institution"
offered_as = "institution"
applicant = "organisation"
benefit_kind = "institution_grant"
calculation = "fixed_amount"
policy_values = ["amount"]
case_number_prefix = "JD"
case_division = "home_division"
title = { zh = "残疾人就业基地奖补", en = "Grant for a base that employs disabled people" }
public_title = { zh = "就业基地奖补", en = "Employment base grant" }
summary = { zh = "安置残疾人就业的单位可以申请奖补。", en = "For organisations that employ disabled people." }
ask_at = { zh = "当地残联", en = "the local disabled persons' federation" }
pages = [
  { use = "organisation" }, { use = "legal-representative" }, { use = "authorised-person" }, { use = "seat" },
  { use = "organisation-account" },
]
papers_asked = [{ use = "licence-copy" }, { use = "authorisation-letter" }]
refusal_reasons = [{ use = "organisation_no_evidence" }]
stages = [
  { use = "accept", function = "dpf" },
  { use = "county_review", function = "dpf" },
  { use = "notice", function = "dpf" },
  { use = "decide", function = "dpf" },
]
"""


def code_of(n: int = 0) -> str:
    """The n-th invented organisation's unified social credit code."""
    stem = f"91532503MA6K{n:05d}"
    return stem + uscc.calc_check_digit(stem)


def definition(**changes: Any) -> SchemeDefinition:
    """The scheme as its file would give it; `changes` replace whole keys."""
    common = tomllib.loads((ROOM / "archetypes" / "common.toml").read_text(encoding="utf-8"))
    own = {"code": CODE, **tomllib.loads(OWN), **changes}
    return SchemeDefinition.model_validate(scheme_content(own, ROOM, common, shared_parts()))


def publish(**changes: Any) -> SchemeVersion:
    """Publish it with a clause and an amount in Honghe's plan, an envelope, and officials of Mengzi's federation."""
    Scheme.objects.get_or_create(code=CODE)
    document = PolicyDocument.objects.get(code="honghe-2025-47")
    clause = PolicyClause.objects.create(
        document=document, scheme_id=CODE, clause="七(七)", text="对就业基地给予奖补。", strength="shall"
    )
    PolicyValue.objects.create(
        scheme_id=CODE,
        division_id=HONGHE,
        clause=clause,
        name="amount",
        value=AMOUNT,
        basis="stated",
        valid_from=document.in_force_from,
        origin="catalogue",
        published_by="test",
        published_at=world.START,
    )
    for year in (2026, 2027):
        Budget.objects.create(
            scheme_code=CODE, division_id=HONGHE, year=year, document=f"示例财预〔{year}〕7号", amount=Decimal("900000")
        )
    staff()
    return publish_version(CODE, 1, content_of(definition(**changes)), "catalogue", "test", world.START)


def staff() -> dict[str, User]:
    """A clerk, a reviewer and an approver of Mengzi's federation, who sign in with the password of all accounts."""
    roles = ("clerk", "reviewer", "approver")
    found = {role: official(f"{role}-of-dpf", office("dpf"), role) for role in roles}
    names = [user.username for user in found.values()]
    User.objects.filter(username__in=names).update(password=world.user("dpf").password)
    return found


def answers(n: int = 0, **changes: Any) -> dict[str, Any]:
    """What the n-th organisation's authorised person answers."""
    person = synthetic_person(700 + n, MENGZI, (1970, 1995))
    return {
        "organisation": NAME,
        "uscc": code_of(n),
        "legal_representative": "普文斌",
        "name": person.name,
        "id_number": person.id_number,
        "phone": person.phone,
        "home_division": MENGZI,
        "account": ACCOUNT,
        "bank": "中国建设银行蒙自支行",
        **changes,
    }


def case(n: int = 0, *, by: str = "applicant", **changes: Any) -> Case:
    """A draft under the scheme, which has to be published; `by` is whose account files it."""
    return Case(world.user(by), CODE, answers(n, **changes), world.START)


def at_decision(n: int = 0, **changes: Any) -> Case:
    """A case before whoever decides."""
    return case(n, **changes).submit().say("accept").say("agree").end_notice()


def granted(n: int = 0, **changes: Any) -> Case:
    """A case that was granted."""
    return at_decision(n, **changes).say("grant")


def organisation(n: int = 0) -> Organisation:
    """The n-th organisation as it is on record."""
    return Organisation.objects.get(uscc=code_of(n))
