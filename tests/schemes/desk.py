"""Editors and publishers at their desks, and what they draft."""

from datetime import date

from bs4 import BeautifulSoup
from django.test import Client

from people.models import Division, Office, User
from people.posts import appoint
from schemes.models import PolicyClause, PolicyDocument, Proposal
from schemes.publication import policy_desk
from schemes.publication.drafting import Draft, DraftValue
from tests.schemes.conftest import AT

GRANT, HONGHE, MENGZI, YANSHAN, YUNNAN, NATION = "grad-jobseeking", "532500", "532503", "532622", "530000", "0"
SINCE = date(2025, 1, 1)


def official(name, role, division):
    """Somebody who edits or publishes policy at the government of a division."""
    place = Division.objects.get(pk=division)
    fields = {"legal_kind": "administrative", "organ_mark": place.name, "document_prefix": f"政{division}"}
    office, _created = Office.objects.get_or_create(
        division=place, function="government", name=f"{place.name}人民政府", defaults=fields
    )
    user, _created = User.objects.get_or_create(username=name, defaults={"full_name": name})
    appoint(user, office, role, SINCE)
    return user


def editor(division=HONGHE, name=""):
    return official(name or f"editor-{division}", "policy_editor", division)


def publisher(division=HONGHE, name=""):
    return official(name or f"publisher-{division}", "policy_publisher", division)


def clause(scheme=GRANT, document="honghe-2025-47"):
    return PolicyClause.objects.filter(scheme=scheme, document=document).first()


def value_draft(division=HONGHE, value="1200.00", begins=date(2027, 1, 1), ends=date(2027, 12, 31), **changes):
    fields = {"basis": "stated", "note": ""} | changes
    rests_on = clause_for(division)
    return DraftValue(GRANT, division, "amount", value, rests_on, fields["basis"], begins, ends, fields["note"]).draft()


def clause_for(division):
    """The clause in Honghe and its counties; anywhere else one of a document put on record there."""
    if HONGHE in Division.objects.get(pk=division).lineage:
        return clause()
    fields = {
        "title": "关于求职补贴的通知",
        "issuer": "当地人社部门",
        "source": "official",
        "in_force_from": "2026-01-01",
    }
    document, _made = PolicyDocument.objects.get_or_create(
        code=f"grant-{division}", defaults=fields | {"division_id": division}
    )
    found, _made = PolicyClause.objects.get_or_create(
        document=document, scheme_id=GRANT, clause="一", defaults={"text": "每人发给1200元。", "strength": "shall"}
    )
    return found


def document_draft(division=HONGHE, **changes):
    content = {
        "code": f"{division}-2026-11-20-1",
        "title": "关于提高求职补贴标准的通知",
        "number": "红人社发〔2026〕88号",
        "issuer": "红河州人力资源和社会保障局",
        "dated": "2026-11-20",
        "published": None,
        "in_force_to": None,
        "source": "official",
        "note": "",
        "text": "一、求职补贴标准提高到每人1500元。\n二、自印发之日起施行。",
        "file": None,
        "clauses": [
            {
                "scheme": GRANT, "clause": "一", "text": "求职补贴标准提高到每人1500元。", "strength": "shall",
                "responsible": "", "target": "", "note": "", "offered_as": "",
            }
        ],
    }  # fmt: skip
    return Draft(Proposal.Kind.DOCUMENT, content | changes, division=division)


def submitted(user, draft, because=""):
    """A proposal that waits for somebody else."""
    proposal = policy_desk.begin(user, draft, AT)
    return policy_desk.submit(user, proposal.pk, "按上级通知", AT, because)


def published(draft, division=HONGHE, because=""):
    """A proposal that two people of a division have carried through."""
    proposal = submitted(editor(division), draft, because)
    policy_desk.publish(publisher(division), proposal.pk, AT)
    return Proposal.objects.get(pk=proposal.pk)


def client_of(user):
    """A client signed in as somebody."""
    client = Client()
    client.force_login(user)
    return client


def soup(response, status=200):
    """The page, when it answered as expected."""
    assert response.status_code == status, (response.headers.get("Location"), response.content.decode()[:2000])
    return BeautifulSoup(response.content, "html.parser")


def main(response, status=200):
    """The words of a page."""
    return soup(response, status).main.get_text(" ", strip=True)
