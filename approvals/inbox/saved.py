"""Saved searches and how an official's lists look. These are the official's own; nobody else reads them."""

import re
from datetime import datetime

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from approvals.inbox.address import query_of, read_filters
from approvals.inbox.filters import Filters
from approvals.models import DeskSettings, SavedSearch
from people.models import User
from people.refusals import Invalid, NotFound

MOST = 20
NUMBER = re.compile(r"[0-9]{6,}")


def searches_of(user: User) -> list[SavedSearch]:
    """The official's saved searches, by name."""
    return list(SavedSearch.objects.filter(user=user))


def filters_of(search: SavedSearch) -> Filters:
    """What a saved search narrows a list by."""
    return read_filters(QueryDict(search.query))


def save(user: User, name: str, filters: Filters, at: datetime) -> SavedSearch:
    """Keep these filters under a name; one of the same name is replaced. Raises Invalid.

    Whom the list was searched for is left out, and a name may hold no long number: it could be a person's.
    """
    name = " ".join(name.split())
    if NUMBER.search(name):
        raise Invalid(errors={"name": _("名称里不能有证件号码等长数字，请换一个说明用途的名称。")})
    others = SavedSearch.objects.filter(user=user).exclude(name=name).count()
    if others >= MOST:
        raise Invalid(errors={"name": _("最多保存20个常用筛选，请先删除不用的。")})
    values = {"query": query_of(filters.kept).lstrip("?"), "created_at": at}
    search, _created = SavedSearch.objects.update_or_create(user=user, name=name, defaults=values)
    return search


def delete(user: User, pk: int) -> None:
    """Forget a saved search. Raises NotFound for somebody else's."""
    if not SavedSearch.objects.filter(user=user, pk=pk).delete()[0]:
        raise NotFound()


def make_default(user: User, pk: int, *, default: bool) -> None:
    """Begin with this search whenever the inbox is opened, or no longer. Raises NotFound for somebody else's."""
    with transaction.atomic():
        mine = SavedSearch.objects.select_for_update(no_key=True).filter(user=user)
        if pk not in {search.pk for search in mine}:
            raise NotFound()
        mine.filter(is_default=True).update(is_default=False)
        mine.filter(pk=pk).update(is_default=default)


def settings_of(user: User) -> DeskSettings:
    """How the official's lists look; the usual way until they choose."""
    return DeskSettings.objects.filter(user=user).first() or DeskSettings(user=user)


def keep_settings(user: User, columns: list[str], *, keys: bool) -> None:
    """Keep what the official chose."""
    DeskSettings.objects.update_or_create(user=user, defaults={"columns": columns, "keys": keys})
