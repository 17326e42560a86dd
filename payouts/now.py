"""What is so now of a granted case, said in the box on top of its page: what was decided may be over since."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from applications.models import Application
from applications.states import State
from benefits.models import PhaseOut, Waiver
from payouts import following
from payouts.following import Following
from payouts.models import AccountCorrection, Payout
from payouts.returns import accounts


@dataclass(frozen=True)
class Now:
    """What is so, and the link to what the applicant has to do about it ("" for nothing)."""

    words: str
    url: str = ""
    url_text: str = ""


def now_of(application: Application) -> Now | None:
    """What is so now of a granted case; None where the decision is all there is to tell."""
    if application.state != State.GRANTED:
        return None
    found = following.followed_once(application)
    if found is None:
        return None
    return _account(application, found) or _over(found) or _standing(found)


def accounts_wanted(applications: Iterable[Application]) -> set[int]:
    """Of many cases, those whose account has to be corrected; one question where no money came back."""
    granted = {one.pk: one for one in applications if one.state == State.GRANTED}
    if not granted:
        return set()
    back = Payout.objects.filter(due__application__in=granted, state=Payout.State.RETURNED)
    cases = set(back.order_by().values_list("due__application", flat=True))
    return {pk for pk in cases if accounts.wanted(granted[pk])}


def _account(application: Application, found: Following) -> Now | None:
    if not found.came_back:
        return None
    last = accounts.last_of(application)
    if found.account_wanted:
        rejected = last is not None and last.state == AccountCorrection.State.REJECTED
        words = _("银行退回了款项。请更正收款账号，核对以后重新发放。")
        if rejected:
            words = _("您更正的收款账号不能使用，原因写在更正页面上。请重新填写。")
        return Now(words, reverse("payments:account", args=[application.public_id]), _("更正收款账号"))
    if last is not None and last.state == AccountCorrection.State.WAITING:
        return Now(_("您更正的收款账号正在核对，核对以后重新发放。现在不用做什么。"))
    return None


def _over(found: Following) -> Now | None:
    """What has ended since it was granted."""
    for benefit, words in ((found.phase_out, _phase_out_over()), (found.waiver, _waiver_over())):
        if benefit is not None and benefit.state in words:
            return Now(words[benefit.state] % {"day": _day(benefit.ended_at)})
    if found.payments and all(payment.stopped for payment in found.payments):
        return Now(_("这项待遇已经停止发放。原因和不服时的办法写在下面的文书里。"))
    return None


def _phase_out_over() -> dict[str, str]:
    return {
        PhaseOut.State.ENDED: _("渐退期已经在%(day)s期满。情况有变化的，可以重新申请。"),
        PhaseOut.State.TERMINATED: _("渐退期已经在%(day)s提前终止，以后不再发放。理由和不服时的办法写在下面的文书里。"),
        PhaseOut.State.REVERTED: _("从%(day)s起恢复正常享受，渐退期不再计算。"),
    }


def _waiver_over() -> dict[str, str]:
    return {
        Waiver.State.ENDED: _("这项减免已经在%(day)s终止。原因写在下面。"),
        Waiver.State.REVIVED: _("这项减免已经在%(day)s终止，恢复缴纳。理由和不服时的办法写在下面的文书里。"),
        Waiver.State.REVOKED: _("这项减免已经在%(day)s撤销。理由和不服时的办法写在下面的文书里。"),
    }


def _standing(found: Following) -> Now | None:
    """What goes on, and is not as it was decided."""
    phase_out = found.phase_out
    if phase_out is not None and phase_out.state == PhaseOut.State.SUSPENDED:
        return Now(_("您的申请已经批准。正在核实家庭情况的变更，核实期间以后的月份暂停发放。"))
    if found.held:
        return Now(_("您的申请已经批准。有款项暂缓发放，正在核实，核实完毕继续发放。"))
    if phase_out is not None and phase_out.state == PhaseOut.State.PHASING_OUT:
        last = date_format(phase_out.last_month, "YEAR_MONTH_FORMAT")
        words = _("您的申请已经批准，现在是渐退期，发到%(month)s为止。决定书在下面，可以阅读和下载。")
        return Now(words % {"month": last})
    return None


def _day(moment) -> str:
    return date_format(timezone.localdate(moment), "DATE_FORMAT")
