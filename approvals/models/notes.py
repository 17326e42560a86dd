"""What officials keep beside a case for themselves: notes, labels, fields of their office. No applicant sees any."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from people.models import Office, User


class Note(models.Model):
    """内部备注: what an official notes for colleagues on the route. Appended, never edited; the text is encrypted."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="notes")
    round = models.PositiveSmallIntegerField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    text = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("内部备注")
        ordering = ["id"]


class Label(models.Model):
    """标签: a word an office sorts its cases by. Retired labels stay on record and are put on no case any more."""

    class Colour(models.TextChoices):
        GREY = "grey", _("灰色")
        BLUE = "blue", _("蓝色")
        TEAL = "teal", _("青色")
        GREEN = "green", _("绿色")
        YELLOW = "yellow", _("黄色")
        RED = "red", _("红色")

    office = models.ForeignKey(Office, models.PROTECT, related_name="labels")
    name = models.CharField(max_length=20)
    colour = models.CharField(max_length=8, choices=Colour.choices)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("标签")
        ordering = ["office_id", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "name"], condition=models.Q(retired_at__isnull=True), name="label_once_an_office"
            ),
            models.CheckConstraint(
                condition=models.Q(colour__in=["grey", "blue", "teal", "green", "yellow", "red"]),
                name="label_colour_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CaseLabel(models.Model):
    """A label on a case, from when it was put on until it was taken off."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="labels")
    label = models.ForeignKey(Label, models.PROTECT, related_name="cases")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    removed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["label", "application"],
                condition=models.Q(removed_at__isnull=True),
                name="case_by_label",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "label"],
                condition=models.Q(removed_at__isnull=True),
                name="label_once_on_a_case",
            ),
            models.CheckConstraint(
                condition=models.Q(removed_at__isnull=True, removed_by__isnull=True)
                | models.Q(removed_at__isnull=False, removed_by__isnull=False),
                name="label_removed_by_somebody",
            ),
        ]


class InternalField(models.Model):
    """内部字段: something an office writes down about cases of one scheme. It takes no part in any assessment.

    `choices`: the texts to choose from, one a line; of a field of another kind empty.
    """

    class Kind(models.TextChoices):
        TEXT = "text", _("文字")
        WHOLE = "whole", _("整数")
        MONEY = "money", _("金额（元）")
        DATE = "date", _("日期")
        YES_NO = "yes_no", _("是或者否")
        CHOICE = "choice", _("选一项")

    office = models.ForeignKey(Office, models.PROTECT, related_name="internal_fields")
    scheme = models.CharField(max_length=60)
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    choices = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("内部字段")
        ordering = ["office_id", "scheme", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "scheme", "name"],
                condition=models.Q(retired_at__isnull=True),
                name="field_once_an_office_and_scheme",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="choice") & ~models.Q(choices="")
                | models.Q(kind__in=["text", "whole", "money", "date", "yes_no"], choices=""),
                name="field_choices_of_its_kind",
            ),
        ]

    @property
    def options(self) -> list[str]:
        """The texts to choose from."""
        return self.choices.splitlines()

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name


class FieldValue(models.Model):
    """What was written into an internal field of a case: the latest row holds, the earlier ones tell what held before.

    The value is encrypted with the case key; an empty one means that it was cleared.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="internal_values")
    field = models.ForeignKey(InternalField, models.PROTECT, related_name="values")
    value = models.BinaryField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
