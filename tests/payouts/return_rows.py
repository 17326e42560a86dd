"""Something real of what the bank sent back: a file, a contradiction, an account, a claim."""

from datetime import datetime
from decimal import Decimal

from benefits.models import Recovery, RecoveryPayment
from payouts import batching
from payouts.models import AccountCorrection, Payout, Repayment, ReturnFile, ReturnResult, ReturnRuling
from payouts.returns import accounts, disputes, intake, repayments
from people import vault
from project.demo import money
from project.demo.clerks import Case
from tests import world
from tests.approvals.exofficio import Taken
from tests.payouts.returned import after, as_csv, row, sent, told

ACCOUNT, BANK = "6228480031000000014", "中国农业银行蒙自市支行"


def paid() -> Payout:
    """A payout that was entered."""
    batch, _cases = sent()
    told(batch, row(batch))
    return batch.payouts.get()


def returned(n: int = 0) -> tuple[Payout, Case]:
    """A payout that came back, and its case."""
    batch, [case] = sent(n)
    told(batch, row(batch, 1, "失败", "账号不存在"))
    return batch.payouts.get(), case


def keyed(n: int = 0) -> AccountCorrection:
    """A corrected account nobody has checked."""
    payout, case = returned(n)
    return accounts.key_in(case.user, case.public_id, ACCOUNT, BANK, after(payout.batch, 4))


def reissued() -> Payout:
    """A payout that pays once more what came back, in an open batch."""
    return reissue(keyed())


def reissue(correction: AccountCorrection) -> Payout:
    """The same, for an account that was typed."""
    checker, at = world.user("finance-checker"), correction.keyed_at
    accounts.check(checker, correction.pk, True, "", at)
    batch = batching.make(world.user("finance-maker"), world.finance(), "", at)
    return batch.payouts.get()


def waiting_file(n: int = 0) -> ReturnFile:
    """A file nobody has confirmed."""
    batch, _cases = sent(n)
    return intake.upload(
        world.user("finance-maker"), world.finance(), as_csv([row(batch, 1, "失败", "销户")]), after(batch)
    )[0]


def waiting_file_of_another_key() -> ReturnFile:
    """The same, as the same bytes would stand beside it under a key of their own."""
    file = waiting_file()
    file.data_key = vault.new_data_key()
    file.data_key.save()
    return file


def reissued_of_another_due() -> Payout:
    """A reissue, as it would stand beside the first for another due."""
    payout = reissued()
    payout.due = world.granted(5).application.dues.get()
    return payout


def confirmed_file() -> ReturnFile:
    """A file that was confirmed."""
    return told_paid().file


def told_paid() -> ReturnResult:
    """That a payout was entered."""
    paid()
    return ReturnResult.objects.get()


def disputed(n: int = 0) -> ReturnResult:
    """A failure after success."""
    batch, _cases = sent(n)
    told(batch, row(batch))
    told(batch, row(batch, 1, "失败", "银行撤回"), days=9)
    return ReturnResult.objects.get(disputed=True)


def ruled() -> ReturnRuling:
    """A contradiction somebody has decided on."""
    result = disputed()
    return disputes.rule(world.user("finance-maker"), result.pk, False, "文件有误。", result.recorded_at)


def claimed(amount: str = "600.00", *, n: int = 0) -> tuple[Recovery, Taken]:
    """A claim of a part of what was paid, and the proceeding that decided it."""
    batch, [case] = sent(n)
    told(batch, row(batch))
    taken = Taken(case, "recover", reviewer="prefecture-reviewer", approver="prefecture-approver")
    taken.tell(amount).state().weigh().decide()
    return Recovery.objects.get(application__public_id=case.public_id), taken


def claimed_month(n: int = 0) -> tuple[Recovery, Case]:
    """A claim of the first month of a phase-out; the later months are still owed, so that it can be set off."""
    case = world.phase_out_granted(n)
    first = case.application.dues.earliest("payable_from")
    users = {name: world.user(name) for name in ("finance-maker", "finance-checker")}
    at = case.at.replace(year=first.payable_from.year, month=first.payable_from.month, day=2)
    batch = money.pay(users, "dibao-phase-out", at)
    told(batch, row(batch))
    case.at = after(batch)
    taken = Taken(case, "recover", reviewer="county-reviewer", approver="county-approver")
    taken.tell(str(first.amount)).state().weigh().decide()
    case.at = taken.at
    return Recovery.objects.get(application__public_id=case.public_id), case


def paid_back() -> RecoveryPayment:
    """A part of a claim that was paid back."""
    recovery, taken = claimed()
    at = taken.later(24)
    return pay_back(recovery, "200.00", "票001", at)


def entered() -> Repayment:
    """A part of a claim that was entered as paid back, and that nobody has looked at."""
    recovery, taken = claimed()
    return enter(recovery, "200.00", "票001", taken.later(24))


def enter(recovery: Recovery, amount: str, proof: str, at: datetime) -> Repayment:
    """The maker enters a sum."""
    return repayments.enter(world.user("finance-maker"), recovery.pk, Decimal(amount), at.date(), proof, at)


def pay_back(recovery: Recovery, amount: str | Decimal, proof: str, at: datetime) -> RecoveryPayment:
    """Entered by the maker, and found right by the checker."""
    row = enter(recovery, str(amount), proof, at)
    return repayments.check(world.user("finance-checker"), row.pk, accepted=True, reason="", at=at)
