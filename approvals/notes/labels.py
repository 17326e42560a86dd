"""标签: an office's own words to sort its cases by. Supervisors keep the list; its officials put them on cases."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from applications.models import Application
from approvals.models import CaseLabel, Label
from approvals.notes.beside import beside, check_supervisor, desk_offices
from audit import chain
from people.models import Office, User
from people.refusals import Conflict, Invalid, NotFound


def cases_with(label: Label) -> QuerySet[Application]:
    """The cases that bear a label now."""
    on = CaseLabel.objects.filter(label=label, removed_at__isnull=True)
    return Application.objects.filter(pk__in=on.values("application"))


def labels_of(offices: Iterable[int]) -> QuerySet[Label]:
    """The labels these offices use now, by name."""
    return Label.objects.filter(office_id__in=list(offices), retired_at__isnull=True).order_by("name", "pk")


def define(user: User, office: Office, name: str, colour: str, at: datetime) -> Label:
    """Add a label to an office's list, as its supervisor. Raises NotFound for others, Invalid for a name in use."""
    check_supervisor(user, office, at)
    try:
        with transaction.atomic():
            label = Label.objects.create(office=office, name=name, colour=colour)
            _record(user, "label.defined", label, at)
    except IntegrityError as error:
        raise Invalid(errors={"name": _("本单位已经有这个标签。")}) from error
    return label


def retire(user: User, pk: int, at: datetime) -> Label:
    """Take a label off the list; cases that bear it keep it on record."""
    label = Label.objects.filter(pk=pk).select_related("office").first()
    if label is None:
        raise NotFound()
    check_supervisor(user, label.office, at)
    with transaction.atomic():
        if not Label.objects.filter(pk=pk, retired_at__isnull=True).update(retired_at=at):
            raise Conflict(_("这个标签已经停用。"), code="label_retired")
        _record(user, "label.retired", label, at)
    return label


def put_on(user: User, public_id: str, pk: int, at: datetime) -> CaseLabel:
    """Put a label of one's office on a case. Raises NotFound, Refused for recusal, Conflict when it is on already."""
    with beside(user, public_id, at) as case:
        label = labels_of(desk_offices(user, at)).filter(pk=pk).first()
        if label is None:
            raise NotFound()
        if _on(case.application, pk).exists():
            raise Conflict(_("本件已经有这个标签。"), code="label_on")
        row = CaseLabel.objects.create(application=case.application, label=label, by=user, at=at)
        case.record("official.label", label=pk)
    return row


def take_off(user: User, public_id: str, pk: int, at: datetime) -> None:
    """Take a label of one's office off a case. Raises NotFound, Refused for recusal, Conflict when it is off."""
    with beside(user, public_id, at) as case:
        if not Label.objects.filter(pk=pk, office_id__in=desk_offices(user, at)).exists():
            raise NotFound()
        if not _on(case.application, pk).update(removed_by=user, removed_at=at):
            raise Conflict(_("本件已经没有这个标签。"), code="label_off")
        case.record("official.unlabel", label=pk)


def _on(application: Application, pk: int) -> QuerySet[CaseLabel]:
    return CaseLabel.objects.filter(application=application, label_id=pk, removed_at__isnull=True)


def _record(user: User, action: str, label: Label, at: datetime) -> None:
    data = {"label": label.pk, "office": label.office_id}
    chain.append(f"office:{label.office_id}", action, actor=user.username, at=at, data=data)
