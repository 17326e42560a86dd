"""Sides 立场: whoever works on cases, money or policy neither audits nor appoints, and the other way round."""

from django.conf import settings
from django.db import models
from django.db.models import BigIntegerField, ExpressionWrapper, F, Q

# A side's number is the user's, followed by the digit of the kind: so a post can be tied to it by its own columns.
STEP = 10


def number_of(kind: int) -> ExpressionWrapper:
    """The number of the side that the user of a row stands on, as the database reckons it."""
    return ExpressionWrapper(F("user_id") * STEP + kind, output_field=BigIntegerField())


class Side(models.Model):
    """The one side a user stands on while they hold posts.

    The row is unique by user and every post in force refers to the one its role asks for: a post of another side has
    nothing to refer to, whoever writes it.
    """

    class Kind(models.IntegerChoices):
        WORK = 1
        AUDIT = 2
        ADMINISTRATION = 3

    number = models.BigIntegerField(primary_key=True)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="side")
    kind = models.PositiveSmallIntegerField(choices=Kind.choices)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=1, number=number_of(1))
                | Q(kind=2, number=number_of(2))
                | Q(kind=3, number=number_of(3)),
                name="side_numbered_by_user_and_kind",
            )
        ]


def kind_of(role: str) -> int:
    """The side a role belongs to."""
    return {"auditor": Side.Kind.AUDIT, "administrator": Side.Kind.ADMINISTRATION}.get(role, Side.Kind.WORK)
