"""School batches 学校批量申报: a checked file of graduates, a draft for each, and what came of each."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from people.models import DataKey, Office, User
from schemes.models import SchemeVersion


class SchoolBatch(models.Model):
    """One file of a school, checked as a whole. `digest` is a keyed hash of its bytes: the same file is one batch.

    After it was confirmed a worker makes the drafts, later files those that were chosen, or puts the cases into another
    colleague's name; whose `claim` stands works on it until `lease_until`, after that any other may go on. The drafts
    are in the name of `keeper`: who brought the file in, or the colleague who goes on with it since.
    """

    class State(models.TextChoices):
        CHECKED = "checked", _("已核对，等待确认")
        MAKING = "making", _("正在生成申请")
        MADE = "made", _("申请已生成")
        FILING = "filing", _("正在提交")
        HANDING = "handing", _("正在转给接手的同事")
        DROPPED = "dropped", _("已放弃")

    office = models.ForeignKey(Office, models.PROTECT, related_name="school_batches")
    scheme_version = models.ForeignKey(SchemeVersion, models.PROTECT, related_name="+")
    data_key = models.OneToOneField(DataKey, models.PROTECT)
    digest = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.CHECKED)
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="school_batches")
    brought_at = models.DateTimeField()
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    claim = models.CharField(max_length=32, blank=True)

    class Meta:
        verbose_name = _("学校批次")
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "lease_until"], name="school_batch_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "scheme_version", "digest"],
                condition=~Q(state="dropped"),
                name="school_batch_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["checked", "dropped"], confirmed_at__isnull=True)
                | Q(state__in=["making", "made", "filing", "handing"], confirmed_at__isnull=False),
                name="school_batch_made_was_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["making", "filing", "handing"], lease_until__isnull=False)
                | Q(state__in=["checked", "made", "dropped"], lease_until__isnull=True),
                name="school_batch_works_by_a_lease",
            ),
            models.CheckConstraint(
                condition=Q(claim="") | Q(lease_until__isnull=False), name="school_batch_claimed_for_a_while"
            ),
        ]

    def __str__(self) -> str:
        return _("批次 %(number)s") % {"number": self.pk}

    @property
    def keeper(self) -> User:
        """In whose name its drafts are made and filed."""
        return self.kept_by or self.brought_by


class Student(models.Model):
    """One graduate of a batch, known by the keyed hash of the ID. `answers` are sealed until the draft holds them.

    `chosen`: to be filed by the run; `code` says why the last try to file it was refused, "" where none was.
    """

    class Result(models.TextChoices):
        WAITING = "", _("还没有生成")
        MADE = "made", _("已生成申请")
        KNOWN = "known", _("已有申请，没有重复生成")
        DROPPED = "dropped", _("已放弃")

    batch = models.ForeignKey(SchoolBatch, models.PROTECT, related_name="students")
    row = models.PositiveIntegerField()
    id_index = models.CharField(max_length=64, db_index=True)
    answers = models.BinaryField(default=bytes)
    result = models.CharField(max_length=8, choices=Result.choices, blank=True, default=Result.WAITING)
    application = models.OneToOneField(Application, models.PROTECT, null=True, related_name="student")
    chosen = models.BooleanField(default=False)
    code = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = _("学校批次的一名学生")
        ordering = ["batch_id", "row"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "id_index"], name="student_once_a_batch"),
            models.CheckConstraint(
                condition=Q(result="", application__isnull=True) & ~Q(answers=b"")
                | Q(result="made", application__isnull=False, answers=b"")
                | Q(result__in=["known", "dropped"], application__isnull=True, answers=b""),
                name="student_s_answers_stand_in_one_place",
            ),
            models.CheckConstraint(
                condition=Q(chosen=False) | Q(application__isnull=False), name="student_chosen_has_a_draft"
            ),
        ]
