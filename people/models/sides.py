"""Sides 立场: who works on cases, money or policy, who audits, who keeps accounts and who runs the system are four.

The last three are the separate administrators 三员 of GB/T 22239-2019 (8.1.5): audit, security, system. Nobody is two.
"""

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
        SECURITY = 3
        SYSTEM = 4

    number = models.BigIntegerField(primary_key=True)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="side")
    kind = models.PositiveSmallIntegerField(choices=Kind.choices)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=1, number=number_of(1))
                | Q(kind=2, number=number_of(2))
                | Q(kind=3, number=number_of(3))
                | Q(kind=4, number=number_of(4)),
                name="side_numbered_by_user_and_kind",
            )
        ]


SIDE_OF_ROLE: dict[str, int] = {
    "auditor": Side.Kind.AUDIT,
    "administrator": Side.Kind.SECURITY,
    "system_administrator": Side.Kind.SYSTEM,
}


def kind_of(role: str) -> int:
    """The side a role belongs to."""
    return SIDE_OF_ROLE.get(role, Side.Kind.WORK)
