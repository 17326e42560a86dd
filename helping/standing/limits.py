"""What a mandate, or its end, does to the cases filed under it: the rules the applications room asks for."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from applications import own
from applications.door import Case
from applications.states import State
from helping.models import HelpedCase, Mandate
from helping.oral.reading_back import check_unchanged
from helping.standing import asking
from helping.standing.scopes import APPLY, CORRECT, RECEIVE
from people.models import User
from people.refusals import Invalid, Refused

SCOPE_OF_ACT = {own.FILE: APPLY, own.CORRECT: CORRECT, own.RECEIVE: RECEIVE}


def hidden_from(user: User, at: datetime) -> Q:
    """Cases the user filed for somebody for whom they may no longer act: to them these cases do not exist.

    Whoever may apply sees drafts, whoever may correct sees what is to be corrected, whoever may follow sees all. A case
    the person has taken over is filed for nobody else any more.
    """
    mine = asking.mandates(user, at).filter(person=OuterRef("mandate__person"))
    helped = HelpedCase.objects.filter(application=OuterRef("pk"), application__for_other=True).filter(
        ~Exists(mine.filter(may_follow=True))
        & ~(Q(application__state=State.DRAFT) & Exists(mine.filter(may_apply=True)))
        & ~(Q(application__state=State.RETURNED) & Exists(mine.filter(may_correct=True)))
    )
    return Q(Exists(helped))


def gate(case: Case, act: str) -> None:
    """Nobody files for another person without a mandate on record, or beyond what it allows.

    A case filed before mandates were kept is bound to none: whoever filed it goes on.
    """
    application = case.application
    if not application.for_other or application.by_organisation or case.user is None:
        return
    helped = HelpedCase.objects.select_related("mandate").filter(application=application).first()
    if act != own.FILE and helped is None:
        return
    mandate = asking.mandate_for(case.user, application.subject, case.at, SCOPE_OF_ACT[act])
    if mandate is None:
        raise _refusal(case, act)
    if act == own.FILE:
        check_unchanged(application)
        _link(case, helped, mandate)


def _refusal(case: Case, act: str) -> Refused:
    if act != own.FILE or asking.may_help(case.user, case.application.subject, case.at):
        return Refused(_("本人授权您办理的事项里没有这一项。请由本人办理，或者请本人另行授权。"), code="beyond_mandate")
    text = _("您是替别人申请。提交以前，请先登记您和本人的关系，以及本人是怎样同意的。")
    return Invalid(text, code="no_mandate")


def _link(case: Case, helped: HelpedCase | None, mandate: Mandate) -> None:
    """Bind the case to its mandate, and say so in its story. A draft begun for one person is not filed for another."""
    if helped is not None and helped.mandate.person_id != mandate.person_id:
        text = _("这份申请是替另一位村民（居民）开始的，姓名和身份证号码不一致。请核对后再提交。")
        raise Invalid(text, code="other_person")
    if helped is None:
        HelpedCase.objects.create(application=case.application, mandate=mandate, linked_at=case.at)
    case.record("case.helped", kind=mandate.kind, way=mandate.way)


def link_draft(case: Case, mandate: Mandate) -> HelpedCase:
    """Bind a draft to the mandate it is begun under; inside the door."""
    return HelpedCase.objects.create(application=case.application, mandate=mandate, linked_at=case.at)
