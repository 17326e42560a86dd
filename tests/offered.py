"""Small schemes of the kinds that do not end in a payment: handed on, given in kind, only told of."""

import tomllib
from datetime import date
from typing import Any

from approvals.said import Answered
from benefits.models import Budget
from people.models import User
from project.demo import answers
from project.demo.clerks import Case
from schemes.definition import SchemeDefinition
from schemes.files.catalogue_files import ROOM, scheme_content, shared_parts
from schemes.files.loading import publish_version
from schemes.models import PolicyClause, PolicyDocument, Scheme, SchemeVersion
from schemes.models.versions import content_of
from tests import world
from tests.stages import office, official

REFER, SERVICE, INFORM = "notary-help", "hardship-status", "job-fairs"
MONTHS, FEE = "post-subsidy", "stall-fee"
COMMON = """
archetype = "individual"
case_division = "home_division"
summary = { zh = "一句话说明。", en = "One sentence." }
ask_at = { zh = "当地残联", en = "the local disabled persons' federation" }
declarations = [{ use = "true" }]
papers_asked = [{ use = "id-copy" }]
"""
OWN = {
    REFER: """
offered_as = "refer"
benefit_kind = "referral"
case_number_prefix = "GZ"
title = { zh = "公证费减免转办", en = "Notary fee relief, handed on" }
public_title = { zh = "公证费减免", en = "Notary fee relief" }
refer_to = { zh = "当地公证处", en = "the local notary office" }
stages = [{ use = "accept", function = "dpf" }, { use = "dpf_opinion" }, { use = "answer" }]
""",
    SERVICE: """
benefit_kind = "service"
case_number_prefix = "RD"
title = { zh = "就业困难人员认定", en = "Recognition of hardship in finding work" }
public_title = { zh = "就业困难人员认定", en = "Recognition of hardship in finding work" }
stages = [{ use = "accept", function = "hrss" }, { use = "decide", function = "hrss" }]
refusal_reasons = [{ use = "no_evidence" }]
""",
    MONTHS: """
benefit_kind = "periodic"
calculation = "monthly_amount"
policy_values = ["monthly_amount", "months_ceiling"]
case_number_prefix = "GW"
title = { zh = "公益岗位补贴", en = "Welfare post subsidy" }
public_title = { zh = "公益岗位补贴", en = "Welfare post subsidy" }
pages = [{ use = "name" }, { use = "identity" }, { use = "certificate" }, { use = "home" }, { use = "months" },
  { use = "account" }]
stages = [{ use = "accept", function = "hrss" }, { use = "decide", function = "hrss" }]
refusal_reasons = [{ use = "no_evidence" }]
examples = [
  { name = "monthly_amount", value = "500.00", note = "供测试的数" },
  { name = "months_ceiling", value = "none", note = "供测试的数" },
]
[letters.grant]
title = { zh = "准予决定书", en = "Decision of grant" }
body = { zh = "{name}：\\n\\n准予{amount}元（{amount_capitals}）。", en = "Dear {name},\\n\\nGranted: {amount} yuan." }
""",
    FEE: """
benefit_kind = "waiver"
calculation = "fee_relief"
policy_values = ["relief_kind", "relief_value"]
case_number_prefix = "TW"
title = { zh = "摊位费减免", en = "Stall fee relief" }
public_title = { zh = "摊位费减免", en = "Stall fee relief" }
stages = [{ use = "accept", function = "hrss" }, { use = "decide", function = "hrss" }]
refusal_reasons = [{ use = "no_evidence" }]
examples = [
  { name = "relief_kind", value = "reduce_percent", note = "供测试的数" },
  { name = "relief_value", value = "50", note = "供测试的数" },
]
[letters.waiver_grant]
title = { zh = "减免决定书", en = "Decision of relief" }
body = { zh = "{name}：\\n\\n准予减免。", en = "Dear {name},\\n\\nThe fee is relieved." }
[[pages]]
use = "name"
[[pages]]
use = "identity"
[[pages]]
use = "certificate"
[[pages]]
use = "home"
[[pages]]
code = "fee"
title = { zh = "费用", en = "The fee" }
[[pages.questions]]
name = "fee_due"
kind = "money"
fact = true
label = { zh = "应缴费用", en = "Fee due" }
""",
    INFORM: """
offered_as = "inform"
benefit_kind = "none"
archetype = "individual"
title = { zh = "专场招聘会", en = "Job fairs" }
public_title = { zh = "专场招聘会", en = "Job fairs" }
summary = { zh = "当地每年举办专场招聘会，不需要申请。", en = "Held each year; no application is needed." }
guide = { zh = "看到通知后，带身份证直接到场。", en = "When you see the notice, come with your identity card." }
ask_at = { zh = "当地残联就业服务机构", en = "the employment service of the local federation" }
""",
}
PAGES = ("name", "identity", "certificate", "home")
CLAUSE = "支持残疾人办理有关事项。"


def definition(code: str, **changes: Any) -> SchemeDefinition:
    """The scheme as its file would give it; `changes` replace whole keys."""
    common = tomllib.loads((ROOM / "archetypes" / "common.toml").read_text())
    said = tomllib.loads(OWN[code] if code == INFORM else COMMON + OWN[code])
    asked = {} if code == INFORM else {"pages": [{"use": page} for page in PAGES]}
    return SchemeDefinition.model_validate(
        scheme_content({"code": code, **asked, **said, **changes}, ROOM, common, shared_parts())
    )


def publish(code: str, *, clause: bool = True, inform: bool = False, **changes: Any) -> SchemeVersion:
    """Publish it, by default with a clause in Honghe's plan; `inform`: the clause only sets a target."""
    Scheme.objects.get_or_create(code=code)
    content = content_of(definition(code, **changes))
    number = SchemeVersion.objects.filter(scheme_id=code).count() + 1
    if clause and not PolicyClause.objects.filter(scheme_id=code).exists():
        offer(code, offered_as="inform" if inform else "")
    return publish_version(code, number, content, "catalogue", "test", world.START)


def copy(code: str, to: str) -> SchemeVersion:
    """The same scheme once more under another code, with a clause of its own."""
    Scheme.objects.get_or_create(code=to)
    offer(to)
    return publish_version(to, 1, content_of(definition(code)) | {"code": to}, "catalogue", "test", world.START)


def offer(code: str, **changes: Any) -> PolicyClause:
    """A clause of Honghe's plan that speaks of the scheme."""
    document = PolicyDocument.objects.get(code="honghe-2025-47")
    said = {"clause": "九(九)", "text": CLAUSE, "strength": "shall", "responsible": "州残联、州司法局。", **changes}
    return PolicyClause.objects.create(document=document, scheme_id=code, **said)


def staff(function: str) -> dict[str, User]:
    """A clerk, a reviewer and an approver of one bureau of Mengzi."""
    roles = ("clerk", "reviewer", "approver")
    return {role: official(f"{role}-of-{function}", office(function), role) for role in roles}


def case(code: str, n: int = 0, **changes: Any) -> Case:
    """A draft under the scheme, which has to be published."""
    cast = world.cast(n)
    person = cast.person(years=(1980, 1995))
    given = {
        **answers._person(person),
        "disability_certificate": person.certificate,
        "home_division": cast.county,
        **changes,
    }
    del given["phone"]
    return Case(cast.user, code, given, cast.at)


def account(n: int) -> dict[str, str]:
    """Where a claim of the n-th person is paid."""
    return answers._account(world.cast(n).person(years=(1980, 1995)), n)


def fund(code: str) -> None:
    """Money of Honghe's for the scheme."""
    changes = {"document": "示例财预〔2026〕9号", "amount": "90000.00"}
    Budget.objects.get_or_create(scheme_code=code, division_id="532500", year=2026, defaults=changes)


def referred() -> Case:
    """A request that was handed on and waits for its answer."""
    staff("dpf")
    publish(REFER)
    return case(REFER).submit().say("accept").say("agree")


def service() -> Case:
    """A request for a recognition, before whoever decides."""
    staff("hrss")
    publish(SERVICE)
    return case(SERVICE).submit().say("accept")


def answered(on: date, by: str = "蒙自市公证处", number: str = "蒙证函〔2026〕8号") -> Answered:
    """Who answered, when, under which number."""
    return Answered(by, on, number)
