"""Opinions asked 征求意见: what one official asks another office, or an expert from outside, about one case."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.models import Application, Attachment
from people.models import Office, User
from workflows.models import WorkItem


class Consultation(models.Model):
    """A question about one case, put to an office or to an expert, never to both; answered once or withdrawn.

    `question` and `words` are encrypted with the case key. `confidential`: besides those who were asked, only
    officials of `by_office` read the answer. `answer` is "" while it is open, and where words alone were asked for.
    """

    class AnswerKind(models.TextChoices):
        YES_NO = "yes_no", _("是或者否，并说明理由")
        WORDS = "words", _("书面意见")

    class Answer(models.TextChoices):
        NONE = "", _("无")
        YES = "yes", _("是")
        NO = "no", _("否")

    application = models.ForeignKey(Application, models.PROTECT, related_name="consultations")
    item = models.ForeignKey(WorkItem, models.PROTECT, related_name="consultations")
    round = models.PositiveSmallIntegerField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="consultations_asked")
    by_office = models.ForeignKey(Office, models.PROTECT, related_name="consultations_asked")
    to_office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="consultations")
    to_user = models.ForeignKey(User, models.PROTECT, null=True, related_name="consultations")
    question = models.BinaryField()
    answer_kind = models.CharField(max_length=8, choices=AnswerKind.choices)
    confidential = models.BooleanField()
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="consultations_answered")
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=4, choices=Answer.choices, blank=True, default=Answer.NONE)
    words = models.BinaryField(default=bytes)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("征求意见")
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["to_office", "due_at", "id"],
                condition=models.Q(answered_at__isnull=True, withdrawn_at__isnull=True),
                name="asked_open_by_office",
            ),
            models.Index(
                fields=["to_user", "due_at", "id"],
                condition=models.Q(answered_at__isnull=True, withdrawn_at__isnull=True),
                name="asked_open_by_user",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to_office__isnull=True, to_user__isnull=False)
                | models.Q(to_office__isnull=False, to_user__isnull=True),
                name="asked_one_office_or_one_expert",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | models.Q(answered_at__isnull=False, answered_by__isnull=False, answer_kind="yes_no")
                & ~models.Q(answer="")
                | models.Q(answered_at__isnull=False, answered_by__isnull=False, answer_kind="words", answer=""),
                name="asked_answered_as_asked",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_at__isnull=True) | models.Q(withdrawn_at__isnull=True),
                name="asked_answered_or_withdrawn",
            ),
            models.CheckConstraint(condition=models.Q(due_at__gt=models.F("asked_at")), name="asked_due_after_asking"),
            models.UniqueConstraint(
                fields=["application", "to_office"],
                condition=models.Q(answered_at__isnull=True, withdrawn_at__isnull=True),
                name="asked_office_once",
            ),
            models.UniqueConstraint(
                fields=["application", "to_user"],
                condition=models.Q(answered_at__isnull=True, withdrawn_at__isnull=True),
                name="asked_expert_once",
            ),
        ]


class ConsultedPage(models.Model):
    """A page of the form whose answers, numbers masked, the consulted may read."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="pages")
    page = models.CharField(max_length=60)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["consultation", "page"], name="consulted_page_once")]


class ConsultedFile(models.Model):
    """A paper handed in that the consulted may open."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="files")
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["consultation", "attachment"], name="consulted_file_once")]
