"""Proposals: what one person drafts and another publishes."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schemes.models.policy import PolicyClause
from schemes.models.versions import Scheme


class Proposal(models.Model):
    """A drafted document, policy value, scheme version or letter, from the first draft to what took its place.

    draft → submitted → published → superseded; or rejected, or withdrawn by its author: both may be drafted anew.
    What was submitted is never changed: whoever publishes it publishes what they have read. `content` by kind:
    value and confirmation {name, value, basis, note, valid_from, valid_to}; version the whole definition (a draft may
    still be faulty); document {code, title, number, …, text, file, clauses: […]}; package a version with its document,
    values and cases (see building.package); letter {code, withdraws, in_force_from, title, body}. A version may be
    drafted for a scheme that comes on record with it, so the scheme is not enforced by the database. `edition` counts
    the saved drafts.
    """

    class Kind(models.TextChoices):
        VALUE = "value", _("政策参数")
        CONFIRMATION = "confirmation", _("示例值确认")
        DOCUMENT = "document", _("政策文件")
        VERSION = "version", _("事项版本")
        PACKAGE = "package", _("事项成套草案")
        LETTER = "letter", _("文书文本")

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        SUBMITTED = "submitted", _("待发布")
        PUBLISHED = "published", _("已发布")
        SUPERSEDED = "superseded", _("已被取代")
        REJECTED = "rejected", _("已退回")
        WITHDRAWN = "withdrawn", _("已撤回")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    scheme = models.ForeignKey(
        Scheme, models.PROTECT, related_name="proposals", null=True, blank=True, db_constraint=False
    )
    division = models.ForeignKey("people.Division", models.PROTECT, null=True, blank=True, related_name="+")
    clause = models.ForeignKey(PolicyClause, models.PROTECT, null=True, blank=True, related_name="+")
    content = models.JSONField()
    edition = models.PositiveIntegerField(default=1)
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    backdated_because = models.CharField(_("从过去的日期起生效的理由"), max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    proposed_by = models.CharField(max_length=150)
    proposed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.CharField(_("退回理由"), max_length=300, blank=True)
    revises = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="revisions")
    superseded_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="superseded")

    class Meta:
        verbose_name = _("政策草案")
        ordering = ["-proposed_at", "-pk"]
        indexes = [models.Index(fields=["state", "decided_at"], name="proposal_desk")]
        constraints = [
            models.CheckConstraint(condition=~Q(decided_by=F("proposed_by")), name="proposal_decided_by_another"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "submitted", "withdrawn"], decided_at__isnull=True, decided_by="")
                | (Q(state__in=["published", "superseded", "rejected"], decided_at__isnull=False) & ~Q(decided_by="")),
                name="proposal_decided_has_stamps",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", submitted_at__isnull=True)
                | Q(state="withdrawn")
                | (Q(submitted_at__isnull=False) & ~Q(state="draft") & ~Q(reason="")),
                name="proposal_submitted_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False)
                | (Q(withdrawn_at__isnull=True) & ~Q(state="withdrawn")),
                name="proposal_withdrawn_has_stamp",
            ),
            models.CheckConstraint(
                condition=(Q(state="rejected") & ~Q(decision_reason=""))
                | (~Q(state="rejected") & Q(decision_reason="")),
                name="proposal_rejected_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="superseded", superseded_by__isnull=False)
                | (~Q(state="superseded") & Q(superseded_by__isnull=True)),
                name="proposal_superseded_by_another",
            ),
            models.CheckConstraint(
                condition=Q(kind="version", scheme__isnull=False)
                | Q(kind__in=["document", "package", "letter"], division__isnull=False)
                | Q(
                    kind__in=["value", "confirmation"],
                    scheme__isnull=False,
                    division__isnull=False,
                    clause__isnull=False,
                ),
                name="proposal_is_placed",
            ),
        ]

    @property
    def changes_value(self) -> bool:
        """Whether it is about a policy value: a new one, or an assumed one confirmed."""
        return self.kind in (self.Kind.VALUE, self.Kind.CONFIRMATION)

    @property
    def takes_part(self) -> bool:
        """Whether it has been published, be it superseded by now."""
        return self.state in (self.State.PUBLISHED, self.State.SUPERSEDED)
