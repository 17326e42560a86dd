"""Something on the policy desk of the demonstration: an invented notice and a raised amount wait for the publisher."""

from datetime import date, datetime

from django.utils import timezone

from people.models import User
from schemes.models import PolicyClause, Proposal
from schemes.publication import policy_desk
from schemes.publication.drafting import Draft, DraftValue

SCHEME, HONGHE = "grad-jobseeking", "532500"
CLAUSE = "求职补贴标准调整为每人1200元。"
TEXT = f"一、{CLAUSE}\n二、本通知自印发之日起施行。\n（本通知为演示编造。）"


def waiting(users: dict[str, User], at: datetime) -> None:
    """Two proposals of the editor; nothing when there are proposals already."""
    if Proposal.objects.exists():
        return
    editor, begins = users["policy-editor"], date(at.year + 1, 1, 1)
    drafts = [_notice(at), *_raised_amount(begins)]
    for draft in drafts:
        proposal = policy_desk.begin(editor, draft, at)
        policy_desk.submit(editor, proposal.pk, "演示：请发布岗核对后发布或退回。", at)


def _notice(at: datetime) -> Draft:
    clause = {"scheme": SCHEME, "clause": "一", "text": CLAUSE, "strength": "shall", "responsible": "", "target": ""}
    content = {
        "code": f"{HONGHE}-{timezone.localdate(at).isoformat()}-demo",
        "title": "关于调整残疾人高校毕业生求职补贴标准的通知（演示）",
        "number": "未载",
        "issuer": "红河州人力资源和社会保障局（演示）",
        "dated": timezone.localdate(at).isoformat(),
        "published": None,
        "in_force_to": None,
        "source": "memory",
        "note": "演示编造，不是真实文件。",
        "text": TEXT,
        "file": None,
        "clauses": [clause | {"note": "", "offered_as": ""}],
    }
    return Draft(Proposal.Kind.DOCUMENT, content, division=HONGHE)


def _raised_amount(begins: date) -> list[Draft]:
    """A higher amount from next year on, where the plan is still in force then."""
    clauses = PolicyClause.objects.filter(scheme=SCHEME, document__division=HONGHE).select_related("document")
    clause = next((clause for clause in clauses if clause.document.in_force(begins)), None)
    if clause is None:
        return []
    note = "演示：拟提高的标准，文件尚未载明。"
    ends = clause.document.in_force_to
    value = DraftValue(SCHEME, HONGHE, "amount", "1200.00", clause, "assumed", begins, ends, note)
    return [value.draft()]
