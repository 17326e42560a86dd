"""销毁: files whose time is over, looked at by two people; what keeps them all the same; drafts nobody filed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from archives.models.volumes import Volume
from people.models import DataKey, Division, Office, Person

OPEN = ["proposed", "examined"]


class LegalHold(models.Model):
    """依法保全: a case, a person, a scheme or a place, of which nothing is erased from a day on.

    `document` is the number of the paper that asks for it (court, supervision, audit, reconsideration). Of a scheme
    or a place, `division` says where. `ends` is the last day, None until it is lifted. The reason is sealed with a key
    of its own, for it must outlive what it protects.
    """

    class Reach(models.TextChoices):
        CASE = "case", _("一件申请")
        PERSON = "person", _("一个人")
        SCHEME = "scheme", _("一个事项")
        DIVISION = "division", _("一个地方")

    reach = models.CharField(_("保全范围"), max_length=8, choices=Reach.choices)
    office = models.ForeignKey(Office, models.PROTECT, related_name="legal_holds")
    application = models.ForeignKey(Application, models.PROTECT, null=True, related_name="legal_holds")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="legal_holds")
    scheme_code = models.CharField(max_length=60, blank=True)
    division = models.ForeignKey(Division, models.PROTECT, null=True, related_name="legal_holds")
    document = models.CharField(_("文号"), max_length=80)
    data_key = models.OneToOneField(DataKey, models.PROTECT)
    reason = models.BinaryField()
    starts = models.DateField()
    ends = models.DateField(null=True)
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("依法保全")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    reach="case", application__isnull=False, person__isnull=True, scheme_code="", division__isnull=True
                )
                | models.Q(
                    reach="person",
                    application__isnull=True,
                    person__isnull=False,
                    scheme_code="",
                    division__isnull=True,
                )
                | models.Q(reach="scheme", application__isnull=True, person__isnull=True, division__isnull=False)
                & ~models.Q(scheme_code="")
                | models.Q(
                    reach="division",
                    application__isnull=True,
                    person__isnull=True,
                    scheme_code="",
                    division__isnull=False,
                ),
                name="legal_hold_of_what_it_says",
            ),
            models.CheckConstraint(condition=~models.Q(document=""), name="legal_hold_names_document"),
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True) | models.Q(ends__gte=models.F("starts")),
                name="legal_hold_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | models.Q(lifted_by__isnull=False, lifted_at__gte=models.F("placed_at")),
                name="legal_hold_lifted_by_somebody",
            ),
        ]


class Erasure(models.Model):
    """One file proposed for destruction: by the clock, examined by one official, confirmed by another, then erased.

    `dropped` says it is kept after all; it may be proposed again a year later. `cases`, `files` and `persons`
    count what was erased.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("待鉴定")
        EXAMINED = "examined", _("待复核")
        ERASED = "erased", _("已销毁")
        DROPPED = "dropped", _("继续保管")

    volume = models.ForeignKey(Volume, models.PROTECT, related_name="erasures")
    state = models.CharField(max_length=8, choices=State.choices, default=State.PROPOSED)
    proposed_at = models.DateTimeField()
    examined_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    examined_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    erased_at = models.DateTimeField(null=True)
    dropped_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    dropped_at = models.DateTimeField(null=True)
    cases = models.PositiveIntegerField(default=0)
    files = models.PositiveIntegerField(default=0)
    persons = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("销毁")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["volume"], condition=models.Q(state__in=[*OPEN, "erased"]), name="one_erasure_of_a_volume"
            ),
            models.CheckConstraint(
                condition=models.Q(state="proposed", examined_by__isnull=True, examined_at__isnull=True)
                | models.Q(state="dropped")
                | models.Q(state__in=["examined", "erased"], examined_by__isnull=False, examined_at__isnull=False),
                name="erasure_examined_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(state="erased", confirmed_by__isnull=False, erased_at__isnull=False)
                & ~models.Q(confirmed_by=models.F("examined_by"))
                | ~models.Q(state="erased") & models.Q(confirmed_by__isnull=True, erased_at__isnull=True),
                name="erasure_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(state="dropped", dropped_by__isnull=False, dropped_at__isnull=False)
                | ~models.Q(state="dropped") & models.Q(dropped_by__isnull=True, dropped_at__isnull=True),
                name="erasure_dropped_by_somebody",
            ),
        ]


class DraftWarning(models.Model):
    """A draft that nobody goes on with: its owner was told when it will be erased. Going on with it ends that."""

    application = models.OneToOneField(Application, models.CASCADE, related_name="draft_warning")
    warned_at = models.DateTimeField()
    erase_at = models.DateTimeField()

    class Meta:
        verbose_name = _("草稿将删除的提醒")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(erase_at__gt=models.F("warned_at")), name="draft_is_erased_after_warning"
            )
        ]
