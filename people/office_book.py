"""The directory of offices 机关名录: a system administrator 系统管理员 adds offices of an area and keeps them true.

An office is never deleted: cases, papers and posts refer to it. What an issued paper says of an office stands in the
paper; a change counts for papers from then on. The prefix of its papers' numbers is chosen once, because numbers given
out go on under it.
"""

from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from audit import chain
from people import grants
from people.areas import NATION, inside
from people.finding import one_of
from people.models import Division, Office, User
from people.posts import posts_of
from people.refusals import Invalid

SYSTEM_ADMINISTRATOR = "system_administrator"
# The division, the function and the prefix are chosen when an office is added, and never again.
DETAILS = (
    "legal_kind", "name", "name_en", "organ_mark", "run_by", "phone", "address", "signs_for", "review_organ", "court",
)  # fmt: skip


def area_of(user: User, at: datetime) -> list[str]:
    """The codes of the divisions whose offices the user keeps then."""
    held = [post for post in posts_of(user, at) if post.role == SYSTEM_ADMINISTRATOR]
    granted = set(grants.offices_where(user, "run_system").values_list("pk", flat=True)) if held else set()
    return sorted({post.office.division_id for post in held if post.office_id in granted})


def offices_of(user: User, at: datetime) -> QuerySet[Office]:
    """The offices in the area."""
    return Office.objects.filter(inside("division", area_of(user, at))).select_related("division", "signs_for")


def office_of(user: User, office_id: int, at: datetime) -> Office:
    """One of them. Raises NotFound."""
    return one_of(offices_of(user, at), pk=office_id)


def divisions_of(user: User, at: datetime) -> QuerySet[Division]:
    """The divisions of the area that are in use."""
    codes, used = area_of(user, at), Division.objects.filter(retired=False)
    if NATION in codes:
        return used
    levels = (Q(**{f"{level}__in": codes}) for level in ("pk", "county_id", "prefecture_id", "province_id"))
    return used.filter(reduce(or_, levels))


def add(user: User, values: dict[str, Any], at: datetime) -> Office:
    """A new office. Raises Invalid naming what is wrong."""
    division = divisions_of(user, at).filter(pk=values["division"]).first()
    if division is None:
        raise Invalid(errors={"division": _("没有这个地区，或者不归您管理。请核对区划代码。")})
    with transaction.atomic():
        office = Office(**values | {"division": division})
        _check(user, office, at)
        _save(office)
        data = {"function": office.function, "division": office.division_id}
        chain.append(f"staff:{office.pk}", "office.added", actor=user.username, at=at, data=data)
    return office


def change(user: User, office_id: int, values: dict[str, Any], at: datetime) -> list[str]:
    """Change an office's details; the names of what changed. Raises NotFound, Invalid naming what is wrong."""
    with transaction.atomic():
        office = Office.objects.select_for_update(no_key=True).get(pk=office_of(user, office_id, at).pk)
        changed = [name for name in DETAILS if name in values and getattr(office, name) != values[name]]
        if not changed:
            return []
        for name in changed:
            setattr(office, name, values[name])
        _check(user, office, at)
        _save(office)
        chain.append(f"staff:{office.pk}", "office.changed", actor=user.username, at=at, data={"changed": changed})
    return changed


def _check(user: User, office: Office, at: datetime) -> None:
    errors = {}
    if office.function == Office.Function.SCHOOL and not office.run_by:
        errors["run_by"] = _("学校要写明由哪一级举办。")
    if office.function != Office.Function.SCHOOL and office.run_by:
        errors["run_by"] = _("只有学校才写由哪一级举办，请选“不适用”。")
    entrusted = office.legal_kind == Office.LegalKind.ENTRUSTED
    if entrusted and office.signs_for is None:
        errors["signs_for"] = _("受委托组织以委托机关的名义办理，请选择委托机关。")
    if not entrusted and office.signs_for is not None:
        errors["signs_for"] = _("只有受委托组织才选委托机关，请不选。")
    if office.signs_for is not None and office.signs_for.signs_for_id:
        errors["signs_for"] = _("所选机关自己也是受委托组织，请选择最初的委托机关。")
    if office.signs_for is not None and not offices_of(user, at).filter(pk=office.signs_for_id).exists():
        errors["signs_for"] = _("没有这个机关，或者不归您管理。")
    if errors:
        raise Invalid(errors=errors)


def _save(office: Office) -> None:
    """The database refuses a second office of that name in the place, and a prefix that is taken."""
    taken = Office.objects.exclude(pk=office.pk)
    if taken.filter(document_prefix=office.document_prefix).exists():
        raise Invalid(errors={"document_prefix": _("这个机关代字已经有机关使用，请换一个。")})
    try:
        with transaction.atomic():
            office.save()
    except IntegrityError as error:
        raise Invalid(errors={"name": _("这个地区已经有同类、同名的机关。")}) from error
