"""What somebody chose once and the site keeps with the account, for whatever device they use next."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models.users import User


class LookPreference(models.Model):
    """How pages are to look for an account: the size of elder mode, 0 off to 3 the largest. Gone with the account."""

    user = models.OneToOneField(User, models.CASCADE, related_name="look")
    elder_size = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("显示方式")
        constraints = [
            models.CheckConstraint(condition=models.Q(elder_size__gte=0, elder_size__lte=3), name="elder_size_known")
        ]
