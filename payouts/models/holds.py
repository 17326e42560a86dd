"""Holds 暂缓拨付: rosters brought in, what is known of the persons on them, lines that wait, and why they went on."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from benefits.models import Due
from people.models import DataKey, Office, User


class Ground(models.TextChoices):
    """Why a line waits: what the roster is of, or a person's own doubt."""

    DEATH = "death", _("死亡")
    CUSTODY = "custody", _("在押服刑")
    DUPLICATE = "duplicate", _("在其他地方重复享受")
    MOVED = "moved", _("已迁出")
    PAYROLL = "payroll", _("财政供养")
    BY_HAND = "by_hand", _("人工暂缓")


KINDS = [choice for choice in Ground.choices if choice[0] != "by_hand"]


class Roster(models.Model):
    """A roster 比对名单 that a bureau got from another authority; the file itself is kept encrypted, as it came.

    `digest` is a keyed hash of the clear bytes, `rows` the number of persons. Appended, never edited.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="rosters")
    kind = models.CharField(max_length=9, choices=KINDS)
    data_key = models.OneToOneField(DataKey, models.PROTECT)
    stored = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    file_kind = models.CharField(max_length=4)
    rows = models.PositiveIntegerField()
    brought_by = models.ForeignKey(User, models.PROTECT, related_name="rosters")
    brought_at = models.DateTimeField()

    class Meta:
        verbose_name = _("比对名单")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["office", "kind", "digest"], name="roster_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["death", "custody", "duplicate", "moved", "payroll"]), name="roster_kind_known"
            ),
            models.CheckConstraint(condition=Q(file_kind__in=["csv", "xlsx"]), name="roster_file_kind_known"),
        ]

    def __str__(self) -> str:
        return _("%(kind)s名单 %(number)s") % {"kind": self.get_kind_display(), "number": self.pk}

    @property
    def stream(self) -> str:
        """The audit stream of this roster."""
        return f"roster:{self.pk}"

    @property
    def reference(self) -> str:
        """What events about it carry as their subject."""
        return f"roster-{self.pk}"


class RosterEntry(models.Model):
    """One person on a roster, known by the keyed hash of the ID alone; `row` is the row of the file.

    `since`: the day the roster gives. `counts_from`: the first day of the month after it; what is payable earlier is
    still owed. Both None where the roster gives no day: then it counts for everything not paid yet.
    """

    roster = models.ForeignKey(Roster, models.PROTECT, related_name="entries")
    id_index = models.CharField(max_length=64, db_index=True)
    row = models.PositiveIntegerField()
    since = models.DateField(null=True)
    counts_from = models.DateField(null=True)

    class Meta:
        verbose_name = _("比对名单的一行")
        ordering = ["roster_id", "row"]
        constraints = [
            models.UniqueConstraint(fields=["roster", "id_index"], name="roster_names_once"),
            models.CheckConstraint(
                condition=Q(since__isnull=True, counts_from__isnull=True)
                | Q(since__isnull=False, counts_from__isnull=False, counts_from__gt=F("since")),
                name="roster_entry_counts_after_its_day",
            ),
        ]


class Hold(models.Model):
    """A due that is not paid until somebody else lifts the hold; appended, never edited.

    `entry` is the row of the roster that names the payee, None where an official put the hold by hand: then `note`
    says why, encrypted with the key of the case. `put_by` brought the roster in, or put the hold.
    """

    due = models.ForeignKey(Due, models.PROTECT, related_name="holds")
    ground = models.CharField(max_length=9, choices=Ground.choices)
    entry = models.ForeignKey(RosterEntry, models.PROTECT, null=True, related_name="holds")
    note = models.BinaryField(default=bytes)
    put_by = models.ForeignKey(User, models.PROTECT, related_name="holds_put")
    put_at = models.DateTimeField()

    class Meta:
        verbose_name = _("暂缓拨付")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["due", "entry"], name="hold_once_an_entry"),
            models.CheckConstraint(
                condition=Q(ground__in=["death", "custody", "duplicate", "moved", "payroll", "by_hand"]),
                name="hold_ground_known",
            ),
            models.CheckConstraint(
                condition=Q(ground="by_hand", entry__isnull=True) & ~Q(note=b"")
                | ~Q(ground="by_hand") & Q(entry__isnull=False),
                name="hold_by_hand_says_why",
            ),
        ]


class HoldLifted(models.Model):
    """解除: that a hold is over, who said so and why; appended. `put_by` repeats who had put the hold: another."""

    hold = models.OneToOneField(Hold, models.PROTECT, related_name="lifted")
    put_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="holds_lifted")
    note = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("解除暂缓")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(by=F("put_by")), name="hold_lifted_by_another"),
            models.CheckConstraint(condition=~Q(note=b""), name="hold_lifted_says_why"),
        ]
