"""Users: who signs in. A user is not a person: helpers file for others."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """An account. There is no superuser here: what officials may do follows from their posts.

    `staff_of`: the office for which an administrator made the account; none for accounts people made themselves.
    `must_change_password`: somebody else knows the password, so nothing else is shown before it was changed.
    `password_changed_at`: when the password was last changed by its owner; None: as the account was made.
    `password_once_until`: until when a password handed out across a counter signs in; its first use ends it.
    """

    full_name = models.CharField(_("姓名"), max_length=100, blank=True)
    person = models.OneToOneField("people.Person", models.PROTECT, null=True, blank=True, related_name="user")
    staff_of = models.ForeignKey("people.Office", models.PROTECT, null=True, blank=True, related_name="staff")
    must_change_password = models.BooleanField(default=False)
    password_changed_at = models.DateTimeField(null=True, blank=True)
    password_once_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("用户")
        constraints = [models.CheckConstraint(condition=models.Q(is_superuser=False), name="nobody_is_superuser")]

    def __str__(self) -> str:
        return self.full_name or self.username
