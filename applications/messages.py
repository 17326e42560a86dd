"""留言: the applicant and the office that has the case write to each other. It moves nothing and stops no clock."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from applications import actions
from applications.door import Case
from applications.models import Application, Message
from applications.own import Act
from people import vault
from people.models import Office, User
from people.refusals import Conflict, Invalid
from workflows.models import WorkItem

SEALED = "message"
LONGEST = 1000


def office_with(application: Application) -> Office | None:
    """The office that has a case: of its open item, or, while none is open, of the last; None for a closed case."""
    items = WorkItem.objects.filter(case_id=application.pk).select_related("queue__office")
    item = items.filter(closed_at__isnull=True).order_by("pk").first()
    if item is None and application.is_open:
        item = items.order_by("-pk").first()
    return item.queue.office if item else None


def write(user: User, public_id: str, text: str, at: datetime) -> Message:
    """The applicant writes to the office that has the case, and has read what it wrote.

    Raises NotFound for others' cases, Conflict where no office has it, Invalid for an empty message.
    """
    with actions.own_case(user, public_id, at, Act.WRITE) as case:
        office = office_with(case.application)
        if office is None:
            raise Conflict(_("这份申请现在没有机关在办理，不能留言。请看页面上的办理电话。"), code="no_office")
        return keep(case, office, text, from_official=False)


def read(user: User, public_id: str, at: datetime) -> int:
    """The applicant has read what the offices wrote; the number of messages that were unread."""
    with actions.own_case(user, public_id, at, Act.READ) as case:
        return mark_read(case, from_official=True)


def keep(case: Case, office: Office, text: str, *, from_official: bool) -> Message:
    """Write a message inside the door; whoever writes has read what the other side wrote. Raises Invalid."""
    words = text.strip()
    if not words or len(words) > LONGEST:
        raise Invalid(errors={"text": _("请写留言内容，最多%(most)s字。") % {"most": LONGEST}})
    mark_read(case, from_official=not from_official)
    message = Message.objects.create(
        application=case.application,
        by=case.user,
        from_official=from_official,
        office=office,
        text=vault.encrypt(case.application.data_key, words, SEALED),
        at=case.at,
    )
    case.record("message.written", message=message.pk, office=office.pk, official=from_official)
    return message


def mark_read(case: Case, *, from_official: bool) -> int:
    """Mark what one side wrote as read by the other; how many messages that were."""
    waiting = _unread(from_official).filter(application=case.application)
    count = waiting.update(read_at=case.at)
    if count:
        case.record("message.read", count=count, official=not from_official)
    return count


def unread(cases: Iterable[int], *, from_official: bool) -> dict[int, int]:
    """How many messages of one side the other has not read, by case; one question for a whole page."""
    waiting = _unread(from_official).filter(application_id__in=list(cases)).order_by()
    return dict(waiting.values_list("application_id").annotate(count=Count("pk")))


def thread(application: Application) -> list[tuple[Message, str]]:
    """The messages of a case with their words, oldest first."""
    rows = application.messages.select_related("office", "by")
    return [(row, _words(application, row)) for row in rows]


def _unread(from_official: bool) -> QuerySet[Message]:
    return Message.objects.filter(from_official=from_official, read_at__isnull=True)


def _words(application: Application, message: Message) -> str:
    try:
        return vault.decrypt(application.data_key, bytes(message.text), SEALED)
    except vault.VaultError:
        return _("（内容无法解密）")
