"""Applicants are told that money came back: a message in their case, in both languages, with what to do."""

from django.utils import translation
from django.utils.translation import gettext as _

from applications.door import Case
from applications.messages import SEALED
from applications.models import Message
from payouts.models import Payout
from people import vault


def tell_returned(case: Case, payout: Payout) -> None:
    """Write the message; the bank's own words are not passed on, they may name somebody else."""
    application = case.application
    text = "\n\n".join(_words(payout, language) for language in ("zh-hans", "en"))
    message = Message.objects.create(
        application=application,
        by=case.user,
        from_official=True,
        office=payout.batch.office,
        text=vault.encrypt(application.data_key, text, SEALED),
        at=case.at,
    )
    case.record("message.written", message=message.pk, office=payout.batch.office_id, official=True)


def _words(payout: Payout, language: str) -> str:
    with translation.override(language):
        text = _(
            "银行退回了%(period)s的%(amount)s元，没有入账。请在这份申请的页面“批准以后”里更正收款账号，核对后会重新发放。"
        )
        return text % {"period": payout.due.period, "amount": f"{payout.amount:.2f}"}
