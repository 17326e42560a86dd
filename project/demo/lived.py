"""What lives on after the decision: months claimed in a post, a grant in instalments, a waiver looked after for a year,
and a bank's list. Few of each, so that no page of theirs is empty.
"""

from datetime import datetime, timedelta
from decimal import Decimal

from approvals.claims import loan_lists_kept
from approvals.waivers import acting
from benefits.milestones import reporting
from benefits.models import Waiver, WaiverCheck
from benefits.waivers.checks import Found
from benefits.waivers.refunds import Refunded
from people.models import User
from people.synthetic import synthetic_person
from project.demo import answers, institution_stories
from project.demo.clerks import Case
from project.demo.directory import MENGZI
from project.demo.pictures import card
from project.demo.stories import Cast, township_of
from schemes.models import PolicyClause, PolicyValue

# After the stories of the repertoire: persons of their own.
FIRST = 900
INSTALMENTS = [
    {"occasion": "grant", "percent": "50", "months": 0},
    {"occasion": "works", "percent": "30", "months": 3},
    {"occasion": "retention", "percent": "20", "months": 12},
]
LOANS = "借款合同编号,身份证号码,起息日,计息天数,计息本金,年利率,利息"


def build(users: dict[str, User], now: datetime) -> None:
    """All of it, through the real services."""
    in_a_post(users, now)
    in_instalments(users, now)
    looked_after(users, now)
    bank_list(users, now)


def in_a_post(users: dict[str, User], now: datetime) -> Case:
    """Two months in a post, claimed and granted; the next can be claimed."""
    at = now - timedelta(days=40)
    first = (at.replace(day=1) - timedelta(days=62)).date().replace(day=1)
    cast = Cast(FIRST, users["applicant"], MENGZI, at, papers=True)
    given = answers.post(cast.person(years=(1975, 2000)), township_of(cast), first, cast.n)
    case = Case(cast.user, "rural-welfare-post", given, at, papers=True).submit()
    return case.say("accept").say("agree").say("agree").end_notice().say("grant")


def in_instalments(users: dict[str, User], now: datetime) -> Case:
    """An employer's grant in three parts; works were reported and wait for the check on site."""
    at = now - timedelta(days=36)
    _publish_instalments(at)
    case = institution_stories.employer_granted(Cast(FIRST + 1, users["applicant"], MENGZI, at, papers=True))
    told = reporting.Told("设备已经安装，附验收单。", card("验收单"))
    reporting.report(case.user, case.public_id, 2, told, case.later(2))
    return case


def _publish_instalments(at: datetime) -> None:
    """assumed: no text says that a grant is paid in instalments; shares and months are for the demonstration."""
    clause = PolicyClause.objects.filter(scheme="employer-support", document="honghe-2025-47").first()
    if clause is None or PolicyValue.objects.filter(scheme="employer-support", name="instalments").exists():
        return
    PolicyValue.objects.create(
        scheme_id="employer-support",
        division_id=MENGZI,
        name="instalments",
        value=INSTALMENTS,
        clause=clause,
        basis="assumed",
        note="条文未载分期；各期比例和月数仅供演示。",
        valid_from=at.date(),
        origin="people",
        published_by="demo",
        published_at=at,
    )


def looked_after(users: dict[str, User], now: datetime) -> None:
    """A waiver whose deposit the centre paid back in part, and whose first check found a ground to look into."""
    centre, at = users["lottery-centre"], now - timedelta(days=9)
    waivers = Waiver.objects.filter(state=Waiver.State.IN_FORCE, refund_owed__gt=0, application__division=MENGZI)
    waiver = waivers.select_related("application").order_by("pk").first()
    if waiver is None:
        return
    part = (waiver.refund_owed / 2).quantize(Decimal("0.01"))
    public_id = waiver.application.public_id
    acting.confirm_refund(centre, public_id, Refunded(part, at.date(), "TK-2026-118"), at)
    found = Found(
        same_holder=True,
        in_person=False,
        certificate_valid=True,
        result=WaiverCheck.Result.REVIVAL,
        ground="not_in_person",
        words="三次到店，均由他人经营。",
    )
    acting.check(centre, public_id, found, at + timedelta(hours=2))


def bank_list(users: dict[str, User], now: datetime) -> None:
    """A quarter's list of a bank; nobody of it has claimed yet."""
    begins = (now - timedelta(days=120)).date()
    people = [synthetic_person(FIRST + 10 + n, MENGZI, (1975, 2000)).id_number for n in range(3)]
    rows = [f"HT-{n:03d},{number},{begins},90,100000.00,4.00,1000.00" for n, number in enumerate(people, start=1)]
    loan_lists_kept.bring(users["county-reviewer"], "\n".join([LOANS, *rows]).encode(), now - timedelta(days=6))
