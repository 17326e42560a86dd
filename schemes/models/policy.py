"""Policy: documents, their clauses, and the dated values of each division."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from schemes.models.versions import Origin, Scheme

NUMBER_NOT_GIVEN = "未载"


class PolicyDocument(models.Model):
    """A policy document. In force from its date (its publication day where it has none) to the end of its period."""

    class Source(models.TextChoices):
        OFFICIAL = "official", _("官方网站原文")
        REPOST = "repost", _("转载")
        MEMORY = "memory", _("凭记忆录入，待核对")

    code = models.SlugField(max_length=60, primary_key=True)
    division = models.ForeignKey("people.Division", models.PROTECT, related_name="policy_documents")
    title = models.CharField(max_length=200)
    number = models.CharField(_("文号"), max_length=60, default=NUMBER_NOT_GIVEN)
    issuer = models.CharField(_("制发机关"), max_length=80)
    dated = models.DateField(null=True, blank=True)
    published = models.DateField(null=True, blank=True)
    in_force_from = models.DateField()
    in_force_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=12, choices=Source.choices)
    note = models.CharField(max_length=300, blank=True)
    text = models.TextField(_("全文"), blank=True)
    file = models.ForeignKey("schemes.OriginalFile", models.PROTECT, null=True, blank=True, related_name="documents")
    origin = models.CharField(max_length=12, choices=Origin.choices, default=Origin.CATALOGUE)

    class Meta:
        verbose_name = _("政策文件")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(in_force_to__isnull=True) | models.Q(in_force_to__gte=models.F("in_force_from")),
                name="document_ends_after_start",
            )
        ]

    @property
    def label(self) -> str:
        """The number by which it is cited; title and the remark that it has none where the text has no number."""
        return self.number if self.number != NUMBER_NOT_GIVEN else f"{self.title}（文号{NUMBER_NOT_GIVEN}）"

    def in_force(self, on: date) -> bool:
        """Whether it is in force on a day."""
        return self.in_force_from <= on and (self.in_force_to is None or on <= self.in_force_to)


class PolicyClause(models.Model):
    """A clause of a document that offers a scheme, word for word.

    `offered_as` "inform": the clause only sets a target, or only announces a policy; nothing can be filed on it.
    """

    class Strength(models.TextChoices):
        SHALL = "shall", _("应当")
        MAY = "may", _("可以")
        GENERAL = "general", _("原则性规定")
        EXPLORE = "explore", _("探索")
        PLANNED = "planned", _("待建立")

    document = models.ForeignKey(PolicyDocument, models.PROTECT, related_name="clauses")
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="clauses")
    clause = models.CharField(_("条款"), max_length=40)
    text = models.TextField(_("条文"))
    strength = models.CharField(max_length=12, choices=Strength.choices)
    responsible = models.CharField(_("责任单位"), max_length=300, blank=True)
    target = models.CharField(_("任务目标"), max_length=200, blank=True)
    note = models.CharField(max_length=300, blank=True)
    offered_as = models.CharField(max_length=12, blank=True, choices=[("inform", _("仅作说明"))])
    origin = models.CharField(max_length=12, choices=Origin.choices, default=Origin.CATALOGUE)

    class Meta:
        verbose_name = _("政策条款")
        constraints = [models.UniqueConstraint(fields=["document", "scheme", "clause"], name="clause_once")]


class PolicyValue(models.Model):
    """One parameter of a scheme in a division, in force from a day to a day. Rows are only ever added: a change is a
    new row that supersedes the old one. `value` is JSON; sums and percents are strings.
    """

    class Basis(models.TextChoices):
        STATED = "stated", _("文件载明")
        ASSUMED = "assumed", _("暂定，待文件确认")

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="policy_values")
    division = models.ForeignKey("people.Division", models.PROTECT, related_name="policy_values")
    name = models.CharField(max_length=40)
    value = models.JSONField()
    clause = models.ForeignKey(PolicyClause, models.PROTECT, related_name="values")
    basis = models.CharField(max_length=8, choices=Basis.choices)
    note = models.CharField(max_length=300, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="successor")
    origin = models.CharField(max_length=12, choices=Origin.choices)
    published_by = models.CharField(max_length=150)
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = _("政策参数")
        indexes = [models.Index(fields=["scheme", "division", "name", "valid_from"], name="value_look_up")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="value_ends_after_start",
            )
        ]

    def overlaps(self, valid_from: date, valid_to: date | None) -> bool:
        """Whether it is in force on any day of a period."""
        starts_before_end = valid_to is None or self.valid_from <= valid_to
        return starts_before_end and (self.valid_to is None or valid_from <= self.valid_to)
