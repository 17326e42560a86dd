"""Proposals: what one person drafts and another publishes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from schemes.models.policy import PolicyClause
from schemes.models.versions import Scheme


class Proposal(models.Model):
    """A drafted policy value or scheme version. Published or rejected by somebody other than who proposed it.

    `content` of a value: {name, value, basis, note, valid_from, valid_to}; of a version: the whole definition.
    """

    class Kind(models.TextChoices):
        VALUE = "value", _("政策参数")
        VERSION = "version", _("事项版本")

    class State(models.TextChoices):
        OPEN = "open", _("待发布")
        PUBLISHED = "published", _("已发布")
        REJECTED = "rejected", _("已退回")

    kind = models.CharField(max_length=8, choices=Kind.choices)
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="proposals")
    division = models.ForeignKey("people.Division", models.PROTECT, null=True, blank=True, related_name="+")
    clause = models.ForeignKey(PolicyClause, models.PROTECT, null=True, blank=True, related_name="+")
    content = models.JSONField()
    reason = models.CharField(_("理由"), max_length=300)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    proposed_by = models.CharField(max_length=150)
    proposed_at = models.DateTimeField()
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("政策草案")
        ordering = ["-proposed_at"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(decided_by=models.F("proposed_by")), name="proposal_decided_by_another"
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", decided_at__isnull=True, decided_by="")
                | (models.Q(state__in=["published", "rejected"], decided_at__isnull=False) & ~models.Q(decided_by="")),
                name="proposal_decided_has_stamps",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="version")
                | models.Q(kind="value", division__isnull=False, clause__isnull=False),
                name="value_proposal_is_placed",
            ),
        ]
