"""Users: who signs in. A user is not a person: helpers file for others."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """An account. There is no superuser here: what officials may do follows from their posts."""

    full_name = models.CharField(_("姓名"), max_length=100, blank=True)
    person = models.OneToOneField("people.Person", models.PROTECT, null=True, blank=True, related_name="user")

    class Meta:
        verbose_name = _("用户")
        constraints = [models.CheckConstraint(condition=models.Q(is_superuser=False), name="nobody_is_superuser")]

    def __str__(self) -> str:
        return self.full_name or self.username
