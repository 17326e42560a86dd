"""What an official keeps for the desk: searches by codes, and how lists look."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import User


class SavedSearch(models.Model):
    """常用筛选: filters an official comes back to, as the query of an address: codes, never whom they looked for."""

    user = models.ForeignKey(User, models.CASCADE, related_name="saved_searches")
    name = models.CharField(_("名称"), max_length=30)
    query = models.CharField(max_length=600)
    is_default = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("常用筛选")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], name="saved_search_named_once"),
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(is_default=True), name="saved_search_one_default"
            ),
            models.CheckConstraint(
                condition=~models.Q(query__contains="q=") & ~models.Q(query__contains="person="),
                name="saved_search_names_nobody",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DeskSettings(models.Model):
    """How an official's lists look: their columns by code (none: the usual ones), and whether single keys work."""

    user = models.OneToOneField(User, models.CASCADE, related_name="desk_settings")
    columns = models.JSONField(default=list)
    keys = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("工作台设置")
