"""Files 卷: one party's closed cases of one year at one office, with their catalogue 卷内目录."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from applications.states import State
from archives.models.handovers import Handover
from people.models import DataKey, Household, Office, Organisation, Person


class Retention(models.TextChoices):
    """保管期限: the three classes of offices' records."""

    PERMANENT = "permanent", _("永久")
    THIRTY = "30", _("30年")
    TEN = "10", _("10年")


ONE_PARTY = (
    models.Q(person__isnull=False, household__isnull=True, organisation__isnull=True)
    | models.Q(person__isnull=True, household__isnull=False, organisation__isnull=True)
    | models.Q(person__isnull=True, household__isnull=True, organisation__isnull=False)
)


class Volume(models.Model):
    """One file: of a person, a household or an organisation, at one office, of the cases closed in one year.

    `name` is the party's as it was when the file was opened. `retention` is the longest class of what lies in it,
    counted from the first day of the year after closing; `expires_on` is the first day it is no longer kept for, null
    for ever. Once on a hand-over list nothing is added: what comes later opens another file.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="volumes")
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    number = models.CharField(_("卷号"), max_length=60, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="volumes")
    household = models.ForeignKey(Household, models.PROTECT, null=True, related_name="volumes")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="volumes")
    name = models.CharField(max_length=100)
    data_key = models.OneToOneField(DataKey, models.PROTECT)
    retention = models.CharField(_("保管期限"), max_length=10, choices=Retention.choices)
    expires_on = models.DateField(null=True)
    opened_at = models.DateTimeField()
    handover = models.ForeignKey(Handover, models.PROTECT, null=True, related_name="volumes")

    class Meta:
        verbose_name = _("卷")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["office", "-id"], name="volume_by_office"),
            models.Index(fields=["name"], name="volume_by_name"),
            models.Index(fields=["expires_on", "id"], name="volume_by_expiry"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["office", "year", "sequence"], name="volume_number_once"),
            models.CheckConstraint(condition=ONE_PARTY, name="volume_of_one_party"),
            models.CheckConstraint(
                condition=models.Q(retention="permanent", expires_on__isnull=True)
                | models.Q(retention__in=["30", "10"], expires_on__isnull=False),
                name="volume_expiry_fits_class",
            ),
            *(
                models.UniqueConstraint(
                    fields=["office", "year", party],
                    condition=models.Q(handover__isnull=True, **{f"{party}__isnull": False}),
                    name=f"one_open_volume_a_{party}",
                )
                for party in ("person", "household", "organisation")
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def stream(self) -> str:
        """The audit stream of this file."""
        return f"archive:{self.pk}"


class FiledCase(models.Model):
    """A closed case in a file, as it stood when it was closed. Append-only: closed again later, it is filed again.

    `closing` is when it was over; `basis` says whether the class of retention is stated by a document or assumed.
    `filed_by` is null where the clock filed it.
    """

    class Basis(models.TextChoices):
        STATED = "stated", _("有依据")
        ASSUMED = "assumed", _("待确认")

    volume = models.ForeignKey(Volume, models.PROTECT, related_name="cases")
    application = models.ForeignKey(Application, models.PROTECT, related_name="filed_in")
    closing = models.DateTimeField()
    state = models.CharField(max_length=30, choices=State.choices)
    round = models.PositiveSmallIntegerField()
    retention = models.CharField(max_length=10, choices=Retention.choices)
    basis = models.CharField(max_length=8, choices=Basis.choices)
    document = models.CharField(max_length=120, blank=True)
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    filed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("卷内申请")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["application", "closing"], name="case_filed_once_a_closing"),
            models.CheckConstraint(
                condition=models.Q(basis="assumed") | models.Q(basis="stated") & ~models.Q(document=""),
                name="stated_retention_names_document",
            ),
            models.CheckConstraint(
                condition=models.Q(filed_at__gte=models.F("closing")), name="case_filed_after_closing"
            ),
        ]


class Piece(models.Model):
    """One line of a catalogue 卷内目录: what it is, its number and title, its day, its pages. Append-only.

    `reference` finds it again in its case; a document lies in one file only. `title` names kinds of papers, never a
    person. `sha256` is the hash of the file, or of the last event of the chain, "" for what is written out anew.
    """

    class Kind(models.TextChoices):
        FILING = "filing", _("申请表")
        ATTACHMENT = "attachment", _("申请材料")
        OPINION = "opinion", _("审核意见")
        VISIT = "visit", _("入户核查")
        NOTICE = "notice", _("公示情况")
        MESSAGES = "messages", _("往来留言")
        PAPER = "paper", _("文书")
        SERVICE = "service", _("送达记录")
        PAYMENT = "payment", _("拨付记录")
        CHAIN = "chain", _("办理记录")

    volume = models.ForeignKey(Volume, models.PROTECT, related_name="pieces")
    position = models.PositiveIntegerField()
    application = models.ForeignKey(Application, models.PROTECT, related_name="archived_pieces")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    reference = models.CharField(max_length=60)
    number = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=200)
    dated = models.DateField()
    pages = models.PositiveSmallIntegerField(default=1)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("卷内文件")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["volume", "position"], name="piece_position_once"),
            models.UniqueConstraint(fields=["application", "kind", "reference"], name="piece_in_one_volume"),
            models.CheckConstraint(condition=models.Q(pages__gte=1), name="piece_has_a_page"),
        ]
