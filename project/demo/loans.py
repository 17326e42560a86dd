"""Interest on loans 贴息, from the bank's list to the batch: an invented notice of Mengzi pays the bank that gave them.

Three borrowers stand on the bank's list: one agrees and is paid, one states other days and is looked at, one has not
claimed.
"""

from datetime import datetime, timedelta
from decimal import Decimal

from approvals.claims import loan_lists_kept
from benefits.models import LoanBank
from payouts import banks
from payouts.banks import Said
from people.models import Office, User
from people.posts import appoint
from people.synthetic import SyntheticPerson
from project.demo import accounts, answers, money
from project.demo.clerks import Case
from project.demo.directory import HONGHE, MENGZI
from project.demo.stories import Cast
from schemes.models import PolicyClause, PolicyDocument, PolicyValue

SCHEME, DOCUMENT = "startup-guarantee-loan", "demo-mengzi-loans"
CLAUSE = "残疾人创业担保贷款按季度贴息，贴息资金由财政拨付给经办银行。"
HEADINGS = "借款合同编号,身份证号码,起息日,计息天数,计息本金,年利率,利息"
# An invented bank: its code is well formed and nobody's.
BANK = Said("91532503MA0DEMA0XT", "示例农村商业银行蒙自支行", "6228480402564890018", "示例农村商业银行蒙自支行")
DAYS, PRINCIPAL, RATE = 90, Decimal("100000.00"), Decimal("4.00")
FIRST = 930


def build(users: dict[str, User], now: datetime) -> None:
    """All of it, through the real services; nothing where it was told before."""
    at = now - timedelta(days=34)
    if PolicyDocument.objects.filter(pk=DOCUMENT).exists():
        return
    publish(at)
    money.opened(SCHEME, at.year, Decimal("60000.00"))
    bank = registered(users, at)
    _finance_reviewer()
    casts = [Cast(FIRST + n, users["applicant2"], MENGZI, at, papers=True) for n in range(3)]
    claims = [claim(cast, at) for cast in casts[:2]]
    listed(users, bank, [cast.person(years=(1975, 2000)) for cast in casts], at)
    granted = claims[0].say("accept").say("agree").say("agree").end_notice().say("grant")
    claims[1].say("accept")
    money.pay(users, SCHEME, granted.later())


def publish(at: datetime) -> None:
    """assumed: no text of the prefecture grants a subsidy of interest; the notice is invented and says so."""
    document = PolicyDocument.objects.create(
        code=DOCUMENT,
        division_id=MENGZI,
        title="关于残疾人创业担保贷款贴息的通知（演示）",
        issuer="蒙自市人力资源和社会保障局（演示）",
        dated=at.date(),
        in_force_from=at.date() - timedelta(days=200),
        source="memory",
        note="演示编造，不是真实文件。",
        text=f"一、{CLAUSE}\n（本通知为演示编造。）",
        origin="people",
    )
    clause = PolicyClause.objects.create(
        document=document, scheme_id=SCHEME, clause="一", text=CLAUSE, strength="shall", origin="people"
    )
    PolicyValue.objects.create(
        scheme_id=SCHEME,
        division_id=MENGZI,
        name="paid_to_bank",
        value=True,
        clause=clause,
        basis="stated",
        valid_from=document.in_force_from,
        origin="people",
        published_by="demo",
        published_at=at,
    )


def registered(users: dict[str, User], at: datetime) -> LoanBank:
    """The bank with its account, typed by the maker and confirmed by the checker."""
    bureau = Office.objects.get(division_id=HONGHE, function="finance")
    waiting = banks.key_in(users["finance-maker"], bureau.pk, BANK, at)
    banks.check(users["finance-checker"], waiting.pk, True, at + timedelta(hours=1))
    return waiting.bank


def _finance_reviewer() -> None:
    """Somebody of the county's finance bureau checks the sum of a claim."""
    office = Office.objects.get(division_id=MENGZI, function="finance")
    user, _new = User.objects.get_or_create(username="loan-finance", defaults={"full_name": "市财政审核岗·郑"})
    appoint(user, office, "reviewer", accounts.SINCE)


def claim(cast: Cast, at: datetime) -> Case:
    """A borrower claims the quarter that is over; the second states fewer days than the bank."""
    begins = (at - timedelta(days=DAYS + 6)).date()
    days = DAYS - (cast.n - FIRST) * 2
    given = answers.loan(cast.person(years=(1975, 2000)), MENGZI, begins, days, cast.n)
    return Case(cast.user, SCHEME, given, at, papers=True).submit()


def listed(users: dict[str, User], bank: LoanBank, people: list[SyntheticPerson], at: datetime) -> None:
    """The bank's list of the quarter."""
    begins, whole = (at - timedelta(days=DAYS + 6)).date(), PRINCIPAL * RATE / 100 * DAYS / 360
    rows = [
        f"HT-{FIRST + n},{person.id_number},{begins},{DAYS},{PRINCIPAL},{RATE},{whole:.2f}"
        for n, person in enumerate(people)
    ]
    content = "\n".join([HEADINGS, *rows]).encode()
    loan_lists_kept.bring(users["county-reviewer"], content, at + timedelta(hours=2), bank.pk)
