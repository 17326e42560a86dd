"""内部字段: what an office writes down about cases of a scheme for itself. No assessment reads any of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from applications.door import Case
from applications.models import Application
from approvals.models import FieldValue, InternalField
from approvals.notes.beside import beside, check_supervisor, desk_offices
from audit import chain
from people import vault
from people.models import Office, User
from people.refusals import Conflict, Invalid, NotFound

SEALED = "internal_field"


@dataclass(frozen=True)
class Filled:
    """A field of a case, what it holds ("" when nothing) and every row written, the latest first."""

    field: InternalField
    value: str
    written: tuple[FieldValue, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A field as its supervisor defines it. `choices`: the texts to choose from; () for the other kinds."""

    scheme: str
    name: str
    name_en: str
    kind: str
    choices: tuple[str, ...] = ()


def fields_for(offices: Iterable[int], scheme: str) -> QuerySet[InternalField]:
    """The fields these offices use now in cases of a scheme, in order."""
    return InternalField.objects.filter(office_id__in=list(offices), scheme=scheme, retired_at__isnull=True)


def filled(application: Application, offices: Iterable[int]) -> list[Filled]:
    """The fields of these offices in a case, with what each holds. Two questions, however many fields."""
    known = list(fields_for(offices, application.scheme_code).select_related("office"))
    if not known:
        return []
    rows = FieldValue.objects.filter(application=application, field__in=known).select_related("by").order_by("-pk")
    written: dict[int, list[FieldValue]] = {}
    for row in rows:
        written.setdefault(row.field_id, []).append(row)
    return [_filled(application, field, tuple(written.get(field.pk, ()))) for field in known]


def seen(application: Application) -> int:
    """How far the values of a case have been written: the token that a page sends back."""
    return application.internal_values.aggregate(last=Max("pk"))["last"] or 0


def write(user: User, public_id: str, values: Mapping[int, str], token: int, at: datetime) -> int:
    """Append what changed; the number of fields changed. `values` by field, as canonical text.

    Raises NotFound for a field that is not the user's office's, Conflict when somebody else wrote since `token`.
    """
    with beside(user, public_id, at) as case:
        known = {one.field.pk: one for one in filled(case.application, desk_offices(user, at))}
        if not set(values) <= set(known):
            raise NotFound()
        if token != seen(case.application):
            raise Conflict(_("同事刚刚改过这些内部字段。请刷新后再填写。"), code="stale")
        changed = {pk: value for pk, value in values.items() if value != known[pk].value}
        FieldValue.objects.bulk_create([_row(case, known[pk].field, value) for pk, value in changed.items()])
        if changed:
            case.record("official.fields", fields=sorted(changed))
    return len(changed)


def define(user: User, office: Office, plan: Plan, at: datetime) -> InternalField:
    """Add a field, last in order. Raises NotFound for who does not supervise the office, Invalid for a name in use."""
    check_supervisor(user, office, at)
    if bool(plan.choices) != (plan.kind == InternalField.Kind.CHOICE):
        raise Invalid(errors={"choices": _("“选一项”的字段要写明有哪些选项；其他字段不写。")})
    last = InternalField.objects.filter(office=office, scheme=plan.scheme).aggregate(last=Max("position"))["last"]
    try:
        with transaction.atomic():
            field = InternalField.objects.create(
                office=office,
                scheme=plan.scheme,
                name=plan.name,
                name_en=plan.name_en,
                kind=plan.kind,
                choices="\n".join(plan.choices),
                position=(last or 0) + 1,
            )
            _record(user, "field.defined", field, at)
    except IntegrityError as error:
        raise Invalid(errors={"name": _("本单位的这个事项已经有这个字段。")}) from error
    return field


def retire(user: User, pk: int, at: datetime) -> InternalField:
    """Ask for a field no more; what was written stays. Raises NotFound, Conflict when it is retired already."""
    field = InternalField.objects.filter(pk=pk).select_related("office").first()
    if field is None:
        raise NotFound()
    check_supervisor(user, field.office, at)
    with transaction.atomic():
        if not InternalField.objects.filter(pk=pk, retired_at__isnull=True).update(retired_at=at):
            raise Conflict(_("这个字段已经停用。"), code="field_retired")
        _record(user, "field.retired", field, at)
    return field


def opened(application: Application, row: FieldValue) -> str:
    """What was written, in clear; a remark where it cannot be opened."""
    try:
        return vault.decrypt(application.data_key, bytes(row.value), SEALED)
    except vault.VaultError:
        return _("（内容无法解密）")


def _filled(application: Application, field: InternalField, written: tuple[FieldValue, ...]) -> Filled:
    return Filled(field, opened(application, written[0]) if written else "", written)


def _row(case: Case, field: InternalField, value: str) -> FieldValue:
    sealed = vault.encrypt(case.application.data_key, value, SEALED)
    return FieldValue(application=case.application, field=field, value=sealed, by=case.user, at=case.at)


def _record(user: User, action: str, field: InternalField, at: datetime) -> None:
    data: dict[str, Any] = {"field": field.pk, "office": field.office_id, "scheme": field.scheme}
    chain.append(f"office:{field.office_id}", action, actor=user.username, at=at, data=data)
