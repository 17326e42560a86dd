"""Officials register their relatives 亲属备案 and the organisations they are connected to 利害关系单位.

What is registered bars them from those cases, present and future. Nothing can be taken back here: that would open
the very case it closes.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit import chain
from people import recording, vault
from people.identity import IdentityError, check_id, check_name, check_organisation, check_uscc
from people.masking import masked_id
from people.models import Affiliation, Kinship, Organisation, User
from people.posts import posts_of
from people.refusals import Invalid, NotFound

RELATIONS: dict[str, Promise] = {
    "spouse": gettext_lazy("配偶"),
    "parent": gettext_lazy("父母"),
    "child": gettext_lazy("子女"),
    "sibling": gettext_lazy("兄弟姐妹"),
    "grandparent": gettext_lazy("祖父母、外祖父母或孙子女、外孙子女"),
    "in_law": gettext_lazy("配偶的近亲属，或者子女、兄弟姐妹的配偶"),
    "other": gettext_lazy("其他亲属"),
}
TIES: dict[str, Promise] = {
    "holds": gettext_lazy("本人或近亲属持有股份"),
    "serves": gettext_lazy("本人或近亲属在其中任职"),
    "other": gettext_lazy("其他利害关系"),
}


@dataclass(frozen=True)
class Registered:
    """One line of what an official registered: the relation in words, and the number as far as it is shown."""

    relation: str
    shown: str


def add_relative(user: User, name: str, number: str, relation: str, at: datetime) -> None:
    """Register a relative by citizen ID. Repeating it changes nothing. Raises Invalid naming what is wrong."""
    checked, named = _checked("id_number", check_id, number).number, _checked("name", check_name, name)
    with transaction.atomic():
        person = recording.person_with(checked, named)
        _made, new = Kinship.objects.get_or_create(user=user, relative=person, defaults={"relation": relation})
        if new:
            _record("kin.registered", user, at)


def add_organisation(user: User, name: str, code: str, relation: str, at: datetime) -> None:
    """Register an organisation by its credit code. Repeating it changes nothing. Raises Invalid."""
    checked, named = _checked("uscc", check_uscc, code), _checked("name", check_organisation, name)
    with transaction.atomic():
        known = Organisation.objects.filter(uscc=checked).first()
        organisation = known or recording.new_organisation(checked, named)
        _made, new = Affiliation.objects.get_or_create(
            user=user, organisation=organisation, defaults={"relation": relation}
        )
        if new:
            _record("tie.registered", user, at)


def relatives_of(user: User) -> list[Registered]:
    """The relatives an official registered: relation and masked number, no name of anybody's."""
    rows = user.kin.select_related("relative__data_key").order_by("pk")
    return [Registered(_words(RELATIONS, row.relation), _masked(row)) for row in rows]


def organisations_of(user: User) -> list[Registered]:
    """The organisations an official registered: relation and credit code, which is public."""
    rows = user.affiliations.select_related("organisation").order_by("pk")
    return [Registered(_words(TIES, row.relation), row.organisation.uscc) for row in rows]


def _masked(row: Kinship) -> str:
    try:
        number = vault.decrypt(row.relative.data_key, bytes(row.relative.id_number), "id_number")
    except vault.VaultError:
        return _("已登记，号码不显示")
    return masked_id(number)


def _words(labels: dict[str, Promise], relation: str) -> str:
    return str(labels.get(relation, relation))


def _checked(field: str, check, text: str):
    try:
        return check(text)
    except IdentityError as error:
        raise Invalid(errors={field: str(error.message)}) from error


def _record(action: str, user: User, at: datetime) -> None:
    """That something was registered, at the office of the first post; never whom it names."""
    held = posts_of(user, at)
    if not held:
        raise NotFound()
    chain.append(f"staff:{held[0].office_id}", action, actor=user.username, at=at)
