"""Batch dossiers 批次卷: the cases of one scheme, one place and one period, under one number."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from papers.models import Paper
from people.models import DataKey, Division, Office


class Dossier(models.Model):
    """One dossier of an office. It has a number once it is sealed, by somebody other than who opened it.

    It gathers the cases of a township (`division`) or of a school, filed in a period. Nothing is decided by it: each
    case has its own decision. `period` is what people call the period, `starts` and `ends` are its first and last day
    of filing; `request_to` is whom its request 请示 is addressed to.
    """

    class State(models.TextChoices):
        OPEN = "open", _("编制中")
        SEALED = "sealed", _("已封卷")

    office = models.ForeignKey(Office, models.PROTECT, related_name="dossiers")
    scheme_code = models.CharField(max_length=60)
    division = models.ForeignKey(Division, models.PROTECT, null=True, related_name="+")
    school = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    period = models.CharField(max_length=40)
    starts = models.DateField()
    ends = models.DateField()
    request_to = models.CharField(max_length=80)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    sealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    sealed_at = models.DateTimeField(null=True)
    paper = models.OneToOneField(Paper, models.PROTECT, null=True, related_name="dossier")
    data_key = models.OneToOneField(DataKey, models.PROTECT)

    class Meta:
        verbose_name = _("批次卷")
        ordering = ["-id"]
        indexes = [models.Index(fields=["office", "-id"], name="dossier_by_office")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="open", sealed_by__isnull=True, sealed_at__isnull=True, paper__isnull=True)
                | models.Q(state="sealed", sealed_by__isnull=False, sealed_at__isnull=False, paper__isnull=False),
                name="dossier_sealed_has_stamps",
            ),
            models.CheckConstraint(
                condition=models.Q(sealed_by__isnull=True) | ~models.Q(sealed_by=models.F("opened_by")),
                name="dossier_sealed_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(division__isnull=False, school__isnull=True)
                | models.Q(division__isnull=True, school__isnull=False),
                name="dossier_of_one_place",
            ),
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("starts")), name="dossier_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.office} {self.scheme_code} {self.period}"

    @property
    def stream(self) -> str:
        """The audit stream of this dossier."""
        return f"dossier:{self.pk}"


class DossierCase(models.Model):
    """A case in a dossier. Taken out of an open dossier, the row stays and says so."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="rows")
    application = models.ForeignKey(Application, models.PROTECT, related_name="dossier_rows")
    position = models.PositiveIntegerField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "position"], name="dossier_position_once"),
            models.UniqueConstraint(
                fields=["application"], condition=models.Q(removed_at__isnull=True), name="case_in_one_dossier"
            ),
            models.CheckConstraint(
                condition=models.Q(removed_at__isnull=True, removed_by__isnull=True)
                | models.Q(removed_at__isnull=False, removed_by__isnull=False),
                name="dossier_case_removed_by_somebody",
            ),
        ]


class DossierMinutes(models.Model):
    """会议纪要: who met on a dossier's cases, what was said, how they voted. Append-only: the latest row counts.

    `attendance` lists official names and offices; `present` is their number, and every one of them voted or abstained.
    The text is encrypted with the dossier's key.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="minutes")
    held_on = models.DateField()
    place = models.CharField(max_length=80)
    chair = models.CharField(max_length=40)
    attendance = models.JSONField()
    present = models.PositiveSmallIntegerField()
    votes_for = models.PositiveSmallIntegerField()
    votes_against = models.PositiveSmallIntegerField()
    abstained = models.PositiveSmallIntegerField()
    text = models.BinaryField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("会议纪要")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(present=models.F("votes_for") + models.F("votes_against") + models.F("abstained")),
                name="minutes_votes_are_of_those_present",
            ),
            models.CheckConstraint(condition=models.Q(present__gte=1), name="minutes_somebody_was_present"),
        ]
