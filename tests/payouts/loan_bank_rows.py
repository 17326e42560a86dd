"""Banks that are paid subsidised interest, for tests; rows for breaking the constraints of the database from them."""

from copy import deepcopy
from datetime import datetime, timedelta

from applications.models import Application
from benefits.models import LoanBank, LoanBankAccount
from payouts import banks
from payouts.banks import Said
from schemes.models import SchemeVersion
from tests import institution, world

NAME, BRANCH = "中国农业银行股份有限公司示例支行", "中国农业银行示例支行"
ACCOUNT, OTHER_ACCOUNT = "6228480402564890018", "6217003600012345672"
AT = world.START


def said(account: str = ACCOUNT, **changes: str) -> Said:
    """What the bank's letter says."""
    return Said(**{"uscc": institution.code_of(7), "name": NAME, "account": account, "opened_at": BRANCH} | changes)


def keyed(at: datetime = AT, account: str = ACCOUNT) -> LoanBankAccount:
    """An account a maker typed."""
    return banks.key_in(world.user("finance-maker"), world.finance().pk, said(account), at)


def confirmed(at: datetime = AT, account: str = ACCOUNT) -> LoanBank:
    """A bank with an account that may be used."""
    waiting = keyed(at, account)
    banks.check(world.user("finance-checker"), waiting.pk, True, at + timedelta(minutes=1))
    return waiting.bank


def registered_in(division: str) -> LoanBank:
    """The same, registered by the bureau of that place."""
    found = confirmed()
    LoanBank.objects.filter(pk=found.pk).update(division=division)
    return LoanBank.objects.get(pk=found.pk)


def bank() -> LoanBank:
    """A bank, its account not checked yet."""
    return keyed().bank


def other(division: str) -> LoanBank:
    """A second bank, of that division."""
    second = said(uscc=institution.code_of(8), name="另一家示例银行")
    found = banks.key_in(world.user("finance-maker"), world.finance().pk, second, AT).bank
    LoanBank.objects.filter(pk=found.pk).update(division=division)
    return LoanBank.objects.get(pk=found.pk)


def pinned_to_the_form_of_before(draft: Application) -> None:
    """The draft was begun when the form asked every borrower for an account."""
    now = draft.scheme_version
    content = deepcopy(now.content)
    [page] = [page for page in content["pages"] if page["code"] == "account"]
    for question in page["questions"]:
        question.pop("shown_when", None)
    stamps = {name: getattr(now, name) for name in ("origin", "published_by", "published_at")}
    before = SchemeVersion.objects.create(scheme=now.scheme, number=0, content=content, digest="before", **stamps)
    Application.objects.filter(pk=draft.pk).update(scheme_version=before)
