"""A whole package, as the pages of the editor make it: a grant for those who finish a course, in Honghe."""

from schemes.building.package import SELF, Package
from schemes.models import Proposal
from schemes.publication.drafting import Draft
from tests.schemes.desk import HONGHE, MENGZI

CODE = "course-grant"
TEXT = "一、对取得职业资格证书的残疾人，给予一次性补贴1200元。\n二、自印发之日起施行。"
CLAUSE = "对取得职业资格证书的残疾人，给予一次性补贴1200元。"


def text(zh, en):
    return {"zh": zh, "en": en}


def use(*codes):
    return [{"use": code} for code in codes]


def own(**changes):
    """What the scheme's file would say."""
    content = {
        "code": CODE,
        "offered_as": "apply",
        "archetype": "individual",
        "benefit_kind": "grant",
        "applicant": "person",
        "calculation": "fixed_amount",
        "case_number_prefix": "ZGZS",
        "case_division": "home_division",
        "policy_values": ["amount"],
        "title": text("残疾人职业资格证书补贴", "Grant for a vocational certificate"),
        "public_title": text("职业资格证书补贴", "Grant for a vocational certificate"),
        "summary": text("取得证书后可以申请一次性补贴。", "A one-off grant after the certificate."),
        "ask_at": text("县人力资源和社会保障局", "the county's human resources bureau"),
        "declarations": use("true", "personal_data"),
        "pages": [
            *use("name", "identity", "certificate", "phone", "home"),
            {
                "code": "qualification",
                "title": text("职业资格证书", "Your vocational certificate"),
                "questions": [
                    {
                        "name": "qualified",
                        "kind": "yes_no",
                        "fact": True,
                        "label": text("您取得了职业资格证书吗？", "Do you have a vocational certificate?"),
                    }
                ],
            },
            *use("account"),
        ],
        "papers_asked": use("id-copy", "certificate-copy"),
        "requirements": [
            *use("certificate_matches_id"),
            {
                "code": "qualified",
                "label": text("已取得职业资格证书", "Has a vocational certificate"),
                "condition": {"field": "qualified", "op": "eq", "value": True},
                "shows": "qualified",
            },
        ],
        "letters": {
            "grant": {
                "title": text("职业资格证书补贴决定书", "Decision on the grant"),
                "body": text(
                    "{name}：\n\n决定发给{amount}元。\n\n依据：{document}{clause}。",
                    "Dear {name},\n\nyou are granted {amount} yuan.\n\nBasis: {document} {clause}.",
                ),
            }
        },
        "refusal_reasons": [
            {
                "code": "not_qualified",
                "label": text("没有证书", "No certificate"),
                "text": text("您没有取得职业资格证书。", "You have no vocational certificate."),
                "lines": ["qualified"],
            },
            *use("certificate"),
        ],
    }
    return {name: value for name, value in (content | changes).items() if value is not None}


def document(**changes):
    """The document it rests on, its clause tied to the scheme."""
    content = {
        "code": "532500-2026-11-20-1",
        "title": "关于发放职业资格证书补贴的通知",
        "number": "红人社发〔2026〕90号",
        "issuer": "红河州人力资源和社会保障局",
        "dated": "2026-11-20",
        "published": None,
        "in_force_to": "2028-12-31",
        "source": "official",
        "note": "",
        "text": TEXT,
        "file": None,
        "clauses": [
            {
                "scheme": SELF, "clause": "一", "text": CLAUSE, "strength": "shall",
                "responsible": "", "target": "", "note": "", "offered_as": "",
            }
        ],
    }  # fmt: skip
    return content | changes


def value(name="amount", raw="1200.00", **changes):
    content = {"name": name, "value": raw, "basis": "stated", "note": "", "clause": "一"}
    return content | {"valid_from": "2026-11-20", "valid_to": "2028-12-31"} | changes


def facts(**changes):
    found = {
        "id_number": "532524199901010017",
        "disability_certificate": "53252419990101001743",
        "home_division": MENGZI,
        "qualified": True,
    }
    return {name: fact for name, fact in (found | changes).items() if fact is not None}


def case(name, expect, **changes):
    return {"name": name, "division": MENGZI, "on": "2026-12-01", "facts": facts(**changes), "expect": expect}


def cases():
    """Granted, refused, a fact missing."""
    return (
        case("取得证书的", {"eligible": True, "amount": "1200.00"}),
        case("没有证书的", {"eligible": False, "amount": "0.00", "fails": ["qualified"]}, qualified=False),
        case("没有回答的", {"eligible": "unknown", "missing": ["qualified"]}, qualified=None),
    )


def package(**changes):
    """Everything, with nothing missing."""
    content = {"own": own(), "document": document(), "values": (value(),), "cases": cases()}
    return Package(**(content | changes))


def package_draft(division=HONGHE, **changes):
    made = package(**changes)
    return Draft(Proposal.Kind.PACKAGE, made.content(), scheme=made.code or None, division=division)
