"""Applicants are told that money came back: a message in their case, in both languages, with what to do."""

from django.utils import translation
from django.utils.translation import gettext as _

from applications.door import Case
from applications.messages import SEALED
from applications.models import Message
from payouts.models import Payout
from people import vault


def tell_returned(case: Case, payout: Payout, *, owed: bool) -> None:
    """Write the message; the bank's own words are not passed on, they may name somebody else.

    `owed`: whether this sum is paid once more, or only the others of the case wait for the account.
    """
    application = case.application
    if application.data_key.destroyed_at:
        # Nobody is left to read it, and nothing can be sealed any more.
        return
    text = "\n\n".join(_words(payout, language, owed) for language in ("zh-hans", "en"))
    message = Message.objects.create(
        application=application,
        by=case.user,
        from_official=True,
        office=payout.batch.office,
        text=vault.encrypt(application.data_key, text, SEALED),
        at=case.at,
    )
    case.record("message.written", message=message.pk, office=payout.batch.office_id, official=True)


def _words(payout: Payout, language: str, owed: bool) -> str:
    with translation.override(language):
        again = _(
            "银行退回了%(period)s的%(amount)s元，没有入账。请在这份申请的页面“批准以后”里更正收款账号，核对后会重新发放。"
        )
        others = _(
            "银行退回了%(period)s的%(amount)s元，没有入账；这笔款按后来的决定不再发放。其余的款项要等收款账号更正后才能发放："
            "请在这份申请的页面“批准以后”里更正。"
        )
        to_bank = _(
            "经办银行的收款账户没有收到%(period)s拨付的贴息%(amount)s元。财政部门会与银行核对账号，核对后重新拨付；您不需要办理。"
        )
        text = others if not owed else to_bank if payout.due.bank_id else again
        return text % {"period": payout.due.period, "amount": f"{payout.amount:.2f}"}
