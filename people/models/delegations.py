"""Delegations 代理: a colleague acts for somebody on leave, with dates, scope and a document."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.models.posts import Post


class Delegation(models.Model):
    """A post lent to a colleague from a day to a day, for some schemes or (empty list) for all.

    Who acts by it acts in the name of `lender`, the holder of the post, and cannot pass it on: only one's own post is
    lent. It is never edited; it ends by its last day or by being revoked, at once and for good.
    """

    post = models.ForeignKey(Post, models.PROTECT, related_name="delegations")
    lender = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="delegations_given")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="delegations_received")
    starts = models.DateField()
    ends = models.DateField()
    schemes = models.JSONField(default=list)
    document_number = models.CharField(_("代理文书文号"), max_length=60)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("代理")
        indexes = [models.Index(fields=["to", "ends"], condition=Q(revoked_at__isnull=True), name="delegation_held")]
        constraints = [
            models.CheckConstraint(condition=~Q(lender=F("to")), name="delegation_to_somebody_else"),
            models.CheckConstraint(condition=~Q(made_by=F("to")), name="delegation_not_made_for_oneself"),
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="delegation_ends_after_start"),
            models.CheckConstraint(condition=~Q(document_number=""), name="delegation_has_a_document"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="delegation_revoked_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_number} {self.starts}–{self.ends}"
