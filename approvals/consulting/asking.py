"""Asking: the question, to whom, by when, and what of the case goes with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from applications import door
from applications.door import Case
from applications.models import Application, Attachment
from approvals import decide, scope
from approvals.consulting import who
from approvals.models import Consultation, ConsultedFile, ConsultedPage, Move
from approvals.moves.record import note_move
from approvals.seats import seat_of
from people import vault
from people.models import Office, User
from people.refusals import Conflict, Invalid, NotFound
from workflows import calendar
from workflows.models import WorkItem

SEALED = "consultation"


@dataclass(frozen=True)
class Question:
    """What is asked. Exactly one of `office` and `expert`; `days` are working days; `pages` and `files` are codes of
    the form's pages and public ids of papers that the consulted may read.
    """

    text: str
    answer_kind: str
    days: int
    office: Office | None = None
    expert: User | None = None
    confidential: bool = False
    pages: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


def ask(user: User, public_id: str, item_id: int, question: Question, at: datetime) -> Consultation:
    """Ask for an opinion, as the official who may act on the open item. Several may be asked at once.

    Raises NotFound outside the user's offices, Conflict when they may not act now, Refused for four eyes and recusal,
    Invalid when the asked cannot answer or have been asked already.
    """
    if not scope.visible_cases(user, at).filter(public_id=public_id).exists():
        raise NotFound()
    with door.open_case(public_id, user=user, at=at) as case:
        item = _item(case, item_id)
        decide.stand(case, item)
        door.take_seat(case, item.stage)
        _check(case, item.queue.office, question)
        asked = _keep(case, item, question)
        note_move(
            case, Move.Kind.ASK, item=item, to_user=question.expert, to_office=question.office, text=question.text
        )
    return asked


def withdraw(user: User, pk: int, at: datetime) -> Consultation:
    """Take a question back, as the one who asked it. Raises NotFound for others, Conflict when it was answered."""
    found = Consultation.objects.filter(pk=pk, asked_by=user).select_related("application").first()
    if found is None:
        raise NotFound()
    with door.open_case(found.application.public_id, user=user, at=at) as case:
        asked = Consultation.objects.get(pk=pk)
        check_waiting(asked, case.application)
        asked.withdrawn_at = at
        asked.save(update_fields=["withdrawn_at"])
        case.record("official.ask_withdrawn", consultation=asked.pk)
    return asked


def check_waiting(asked: Consultation, application: Application) -> None:
    """Whether a question still waits for its answer. Raises Conflict, which says what happened to it."""
    if asked.withdrawn_at is not None:
        raise Conflict(_("征求意见的单位已经撤回这个问题，不需要答复了。"), code="ask_withdrawn")
    if asked.answered_at is not None:
        raise Conflict(
            _("%(who)s已经答复，不能再次答复或者撤回。") % {"who": asked.answered_by}, code="already_answered"
        )
    if not application.is_open:
        raise Conflict(_("本件已经办结，不需要答复了。"), code="not_open")


def files_to_show(application: Application) -> list[Attachment]:
    """The papers of a case that can be shown to somebody who is asked."""
    return list(application.attachments.filter(replaced_at__isnull=True).order_by("paper", "pk"))


def _item(case: Case, item_id: int) -> WorkItem:
    seat = seat_of(case.user, case.application, case.at, item_id)
    if seat.item is None or seat.item.pk != item_id or not who.may_ask(seat):
        raise Conflict(seat.why_not or _("这个环节现在不能征求意见。"), code="cannot_ask")
    return seat.item


def _check(case: Case, own: Office, question: Question) -> None:
    errors = {}
    if not question.text.strip():
        errors["text"] = _("请写明要问的问题。")
    refusal = _refusal(case, own, question)
    if refusal:
        errors["to"] = refusal
    pages = {page.code for page in case.application.definition.pages}
    files = {str(one.public_id) for one in files_to_show(case.application)}
    if not set(question.pages) <= pages or not set(question.files) <= files:
        errors["pages"] = _("其中有已经变化的内容或者材料，请重新选择。")
    if errors:
        raise Invalid(errors=errors)


def _refusal(case: Case, own: Office, question: Question) -> str:
    """Why these cannot be asked; "" when they can."""
    office, expert, application = question.office, question.expert, case.application
    open_ones = application.consultations.filter(answered_at__isnull=True, withdrawn_at__isnull=True)
    if expert is not None:
        if not who.experts_to_ask(own, case.at).filter(pk=expert.pk).exists():
            return _("请选择本单位或者上级聘请的专家。")
        if open_ones.filter(to_user=expert).exists():
            return _("已经向其征求意见，还没有答复。")
        return door.barred_from(application, expert, who.ASKED) and _("此人应当回避或者已经参与办理，请另选。")
    if office is None or not who.offices_to_ask(own, case.at).filter(pk=office.pk).exists():
        return _("请选择要征求意见的单位或者专家。")
    if open_ones.filter(to_office=office).exists():
        return _("已经向其征求意见，还没有答复。")
    return (
        "" if who.somebody_free(office, application, case.at) else _("该单位的人员都应当回避或者已经参与办理，请另选。")
    )


def _keep(case: Case, item: WorkItem, question: Question) -> Consultation:
    application = case.application
    asked = Consultation.objects.create(
        application=application,
        item=item,
        round=application.round,
        asked_by=case.user,
        by_office=item.queue.office,
        to_office=question.office,
        to_user=question.expert,
        question=vault.encrypt(application.data_key, question.text.strip(), SEALED),
        answer_kind=question.answer_kind,
        confidential=question.confidential,
        asked_at=case.at,
        due_at=calendar.deadline(case.at, question.days, "working"),
    )
    ConsultedPage.objects.bulk_create(ConsultedPage(consultation=asked, page=page) for page in question.pages)
    shown = [one for one in files_to_show(application) if str(one.public_id) in question.files]
    ConsultedFile.objects.bulk_create(ConsultedFile(consultation=asked, attachment=one) for one in shown)
    return asked


def labels_of_pages(application: Application, codes: Iterable[str]) -> list[str]:
    """What the pages with these codes are called."""
    titles = {page.code: str(page.title) for page in application.definition.pages}
    return [titles[code] for code in codes if code in titles]
