"""What a practice site gets from a real one: rules, offices and who works there. No person, no case, no secret."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.core import serializers
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model, Q, QuerySet

from people.models import Division, Office, Person, Post, User
from people.posts import appoint
from people.refusals import Conflict, NotFound
from people.roles import DESK_ROLES, MONEY_ROLES
from schemes.models import (
    CaseBook,
    LetterVersion,
    PolicyClause,
    PolicyDocument,
    PolicyValue,
    Scheme,
    SchemeVersion,
)
from workflows.models import CalendarDay

FORMAT = "zhida-practice-1"
STAFF = DESK_ROLES | MONEY_ROLES
RULES = (Scheme, SchemeVersion, CaseBook, PolicyDocument, PolicyClause, PolicyValue, LetterVersion, CalendarDay)
LEVELS = ("county_id", "prefecture_id", "province_id")


def bundle_of(code: str) -> dict[str, Any]:
    """The bundle of one division: every published rule, its offices with those above and below, and their officials.

    Raises NotFound for a division nobody knows.
    """
    division = Division.objects.filter(pk=code).first()
    if division is None:
        raise NotFound()
    offices = offices_around(division)
    posts = Post.objects.filter(office__in=offices, role__in=STAFF, withdrawn=False).select_related("user", "office")
    return {
        "format": FORMAT,
        "division": code,
        "rules": list(_rows(_rules())),
        "offices": list(_rows([offices.order_by("signs_for", "pk")])),
        "officials": [_official(post) for post in posts.order_by("pk")],
    }


def offices_around(division: Division) -> QuerySet[Office]:
    """The offices a case of the division can meet: its own, those of the divisions above it, and all that lie in it."""
    inside = Q()
    for level in LEVELS:
        inside |= Q(**{f"division__{level}": division.pk})
    return Office.objects.filter(inside | Q(division__in=division.lineage))


@transaction.atomic
def load(bundle: dict[str, Any], password: str) -> dict[str, int]:
    """Load a bundle into an empty database; every account gets the password. How many of each kind there were.

    Raises Conflict for something that is no bundle, and where people are on record: that is no practice site.
    """
    if bundle.get("format") != FORMAT:
        raise Conflict("这不是演练数据文件，请在正式系统上用practice_export生成。")
    if Person.objects.exists() or Scheme.objects.exists():
        raise Conflict("这个数据库里已有申请人或事项，不能装入演练数据。请换一个空的数据库。")
    for row in serializers.deserialize("json", json.dumps([*bundle["rules"], *bundle["offices"]])):
        row.save()
    _count_on()
    officials = [_appointed(told, password) for told in bundle["officials"]]
    return {"rules": len(bundle["rules"]), "offices": len(bundle["offices"]), "posts": len(officials)}


def _count_on() -> None:
    """Rows came with their numbers: the next of each kind must not get one of them again."""
    statements = connection.ops.sequence_reset_sql(no_style(), [*RULES, Office])
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _rules() -> Iterator[QuerySet[Model]]:
    """Published rules in the order in which they refer to one another; a superseded value comes before the next."""
    for model in RULES:
        yield model.objects.order_by("pk")


def _rows(found: Iterable[QuerySet[Model]]) -> Iterator[dict[str, Any]]:
    for rows in found:
        for row in json.loads(serializers.serialize("json", rows.iterator())):
            row["fields"].pop("file", None)  # the original of a document stays where it is
            yield row


def _official(post: Post) -> dict[str, Any]:
    return {
        "username": post.user.username,
        "full_name": post.user.full_name,
        "office": post.office_id,
        "role": post.role,
        "starts": post.starts.isoformat(),
    }


def _appointed(told: dict[str, Any], password: str) -> Post:
    user, made = User.objects.get_or_create(username=told["username"], defaults={"full_name": told["full_name"]})
    if made:
        user.set_password(password)
        user.save(update_fields=["password"])
    return appoint(user, Office.objects.get(pk=told["office"]), told["role"], date.fromisoformat(told["starts"]))
