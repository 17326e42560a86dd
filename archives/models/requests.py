"""What people ask about their own data 个人信息权利: a copy, a correction, an erasure (个人信息保护法 45-47)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from archives.models.made import MadeFile
from people.models import DataKey, Office


class DataExport(MadeFile):
    """A copy of all that is kept about an account. `fetched` counts downloads."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="data_exports")
    fetched = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("个人信息副本")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["next_attempt_at", "id"], condition=models.Q(state="queued"), name="export_to_make"),
            models.Index(fields=["expires_at"], condition=models.Q(state="ready"), name="export_to_expire"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(state="queued"), name="one_export_of_a_user_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["queued", "failed"], stored="", ready_at__isnull=True)
                | models.Q(state="ready", ready_at__isnull=False, expires_at__isnull=False) & ~models.Q(stored="")
                | models.Q(state="expired", stored="", ready_at__isnull=False),
                name="export_ready_has_file",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="failed") | ~models.Q(failure=""), name="export_failed_says_why"
            ),
        ]


class DataRequest(models.Model):
    """更正或者删除的请求. A correction goes to the office that has or had the case it rests on, with its evidence.

    An erasure is answered at once with what can be erased and what cannot, and why. `details` (what is wrong, what is
    right, or the answer about each case), `answer`, `before` and `after` are sealed with a key of its own. Only the
    record of the person changes: what was filed and decided stays as it was.
    """

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("更正")
        ERASURE = "erasure", _("删除")

    class Field(models.TextChoices):
        NAME = "name", _("姓名")
        PHONE = "phone", _("手机号码")
        CERTIFICATE = "certificate", _("残疾人证号")

    class State(models.TextChoices):
        OPEN = "open", _("待处理")
        ACCEPTED = "accepted", _("已更正")
        REFUSED = "refused", _("不予更正")
        ANSWERED = "answered", _("已答复")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="data_requests")
    application = models.ForeignKey(Application, models.PROTECT, null=True, related_name="data_requests")
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="data_requests")
    field = models.CharField(_("要更正的内容"), max_length=12, choices=Field.choices, blank=True)
    data_key = models.OneToOneField(DataKey, models.PROTECT)
    details = models.BinaryField()
    stored = models.CharField(max_length=120, blank=True)
    content_type = models.CharField(max_length=60, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer = models.BinaryField(default=bytes)
    before = models.BinaryField(default=bytes)
    after = models.BinaryField(default=bytes)

    class Meta:
        verbose_name = _("个人信息请求")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["user", "-id"], name="data_request_by_account"),
            models.Index(fields=["office", "id"], condition=models.Q(state="open"), name="data_request_to_answer"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    kind="correction",
                    state__in=["open", "accepted", "refused"],
                    application__isnull=False,
                    office__isnull=False,
                )
                & ~models.Q(field="")
                & ~models.Q(stored="")
                & ~models.Q(content_type="")
                & ~models.Q(sha256="")
                | models.Q(
                    kind="erasure",
                    state="answered",
                    field="",
                    stored="",
                    content_type="",
                    sha256="",
                    office__isnull=True,
                ),
                name="data_request_is_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", answered_by__isnull=True, answered_at__isnull=True)
                | models.Q(state="answered", answered_by__isnull=True, answered_at__isnull=False)
                | models.Q(state__in=["accepted", "refused"], answered_by__isnull=False, answered_at__isnull=False),
                name="data_request_answered_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["application", "field"], condition=models.Q(state="open"), name="one_open_correction_a_field"
            ),
        ]
