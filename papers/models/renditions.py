"""Forms of reading: the same paper set anew for readers who need it, and what each reader wishes for."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from papers.models.papers import Paper
from people.models import User


class Form(models.TextChoices):
    """How a paper can be read."""

    STANDARD = "standard", _("标准版PDF")
    LARGE = "large", _("大字版PDF")
    TEXT = "text", _("纯文本")
    PAPER = "paper", _("纸质文书")


class Rendition(models.Model):
    """A paper set in another form by a worker, once and kept. Its words are those of the frozen content.

    Only large print is kept; text is written when it is read. Downloads are checked against `pdf_sha256`.
    """

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="renditions")
    form = models.CharField(max_length=10, choices=[(Form.LARGE.value, Form.LARGE.label)])
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=Paper.State.choices, default=Paper.State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    failure = models.CharField(max_length=200, blank=True)
    pdf = models.CharField(max_length=120, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    rendered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("文书的其他版本")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["next_attempt_at", "id"], condition=models.Q(state="queued"), name="rendition_to_make")
        ]
        constraints = [
            models.UniqueConstraint(fields=["paper", "form"], name="one_rendition_a_form"),
            models.CheckConstraint(
                condition=models.Q(state="ready", rendered_at__isnull=False)
                & ~models.Q(pdf="")
                & ~models.Q(pdf_sha256="")
                | models.Q(state__in=["queued", "failed"], rendered_at__isnull=True, pdf="", pdf_sha256=""),
                name="rendition_ready_has_file",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="failed") | ~models.Q(failure=""), name="rendition_failed_says_why"
            ),
        ]


class ReadingWish(models.Model):
    """In which form somebody wishes to get papers from a moment on. Appended: the latest one counts."""

    user = models.ForeignKey(User, models.PROTECT, related_name="reading_wishes")
    form = models.CharField(max_length=10, choices=Form.choices)
    since = models.DateTimeField()

    class Meta:
        verbose_name = _("阅读方式")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(form__in=["standard", "large", "text", "paper"]), name="reading_wish_form_known"
            )
        ]
