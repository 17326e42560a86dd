"""免申即享: rosters of facts, who on them qualifies for a scheme, who was invited, and who wants to be left alone."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from applications.models.application import new_public_id
from people.models import DataKey, Division, Office, Person
from schemes.models import SchemeVersion

MOST_DAYS = 180  # assumed: no text states how long a roster for matching may be kept


class FactRoster(models.Model):
    """A list of people with facts about them, brought in for a stated purpose on a stated legal basis.

    `columns` are names of facts. It is erased `keep_days` after it came: key destroyed, rows deleted, this row stays.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="fact_rosters")
    scheme_version = models.ForeignKey(SchemeVersion, models.PROTECT, related_name="+")
    source = models.CharField(_("名单由谁提供"), max_length=80)
    purpose = models.CharField(_("用途"), max_length=200)
    legal_basis = models.CharField(_("法律依据"), max_length=200)
    columns = models.JSONField(default=list)
    data_key = models.OneToOneField(DataKey, models.PROTECT)
    digest = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    keep_days = models.PositiveSmallIntegerField(_("保存多少天"))
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="fact_rosters")
    brought_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("核对名单")
        ordering = ["-id"]
        indexes = [models.Index(fields=["erased_at", "expires_at"], name="fact_roster_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "scheme_version", "digest"],
                condition=Q(erased_at__isnull=True),
                name="fact_roster_once",
            ),
            models.CheckConstraint(
                condition=Q(keep_days__gte=1, keep_days__lte=MOST_DAYS) & Q(expires_at__gt=F("brought_at")),
                name="fact_roster_has_an_end",
            ),
            models.CheckConstraint(
                condition=~Q(purpose="") & ~Q(legal_basis="") & ~Q(source=""), name="fact_roster_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.pk}"


class FactRow(models.Model):
    """One person of a roster: the keyed hash of the ID, and name, ID number and facts sealed with the roster's key."""

    roster = models.ForeignKey(FactRoster, models.CASCADE, related_name="people")
    row = models.PositiveIntegerField()
    id_index = models.CharField(max_length=64, db_index=True)
    sealed = models.BinaryField()

    class Meta:
        verbose_name = _("核对名单的一行")
        ordering = ["roster_id", "row"]
        constraints = [models.UniqueConstraint(fields=["roster", "id_index"], name="fact_roster_names_once")]


class Matching(models.Model):
    """One scheme held against rosters 比对: what each person would get. Erased with its first roster."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="matchings")
    scheme_version = models.ForeignKey(SchemeVersion, models.PROTECT, related_name="+")
    division = models.ForeignKey(Division, models.PROTECT, related_name="+")
    rosters = models.ManyToManyField(FactRoster, related_name="matchings")
    data_key = models.OneToOneField(DataKey, models.PROTECT)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="matchings")
    started_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    claim = models.CharField(max_length=32, blank=True)
    ended_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("政策找人")
        ordering = ["-id"]
        indexes = [models.Index(fields=["ended_at", "lease_until"], name="matching_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, lease_until__isnull=False)
                | Q(ended_at__isnull=False, lease_until__isnull=True),
                name="matching_works_by_a_lease",
            ),
            models.CheckConstraint(
                condition=Q(claim="") | Q(lease_until__isnull=False), name="matching_claimed_for_a_while"
            ),
        ]


class Match(models.Model):
    """What a matching found of one person; name, number, facts and reasons are sealed with the matching's key."""

    class Verdict(models.TextChoices):
        ELIGIBLE = "eligible", _("符合条件")
        UNSURE = "unsure", _("还缺事实，可能符合")
        NOT = "not", _("不符合条件")
        HAS_CASE = "has_case", _("已在办理或者已享受")
        INVITED = "invited", _("已经邀请，还没有答复")
        DECLINED = "declined", _("本人说不要再问")
        UNREADABLE = "unreadable", _("名单之间不一致或者读不出")

    matching = models.ForeignKey(Matching, models.CASCADE, related_name="matches")
    id_index = models.CharField(max_length=64, db_index=True)
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    sealed = models.BinaryField()

    class Meta:
        verbose_name = _("比对出的一人")
        ordering = ["id"]
        indexes = [models.Index(fields=["matching", "verdict", "id"], name="match_by_verdict")]
        constraints = [
            models.UniqueConstraint(fields=["matching", "id_index"], name="match_once"),
            models.CheckConstraint(
                condition=Q(verdict__in=["eligible", "unsure", "not", "has_case", "invited", "declined", "unreadable"]),
                name="match_verdict_known",
            ),
        ]


class Invitation(models.Model):
    """An invitation to apply 邀请. Nothing is granted by it: the person confirms, agrees and files, or does not.

    `code_digest` is the keyed hash of the short code on the sheet; name, number, code, facts and reasons are sealed
    with the invitation's own key, which is destroyed when it is answered or runs out.
    """

    class State(models.TextChoices):
        OPEN = "open", _("等待答复")
        ACCEPTED = "accepted", _("已同意，正在填写或者已提交")
        DECLINED = "declined", _("不申请")
        EXPIRED = "expired", _("已过期")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="invitations")
    scheme_code = models.CharField(max_length=60)
    division = models.ForeignKey(Division, models.PROTECT, related_name="+")
    id_index = models.CharField(max_length=64, db_index=True)
    code_digest = models.CharField(max_length=64, unique=True)
    data_key = models.OneToOneField(DataKey, models.PROTECT)
    sealed = models.BinaryField()
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="invitations_sent")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="invitations")
    application = models.OneToOneField(Application, models.PROTECT, null=True, related_name="invitation")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("邀请")
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "expires_at"], name="invitation_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["id_index", "scheme_code"], condition=Q(state="open"), name="invitation_open_once"
            ),
            models.CheckConstraint(
                condition=Q(state="open", ended_at__isnull=True, answered_by__isnull=True, application__isnull=True)
                | Q(state="accepted", ended_at__isnull=False, answered_by__isnull=False, application__isnull=False)
                | Q(state="declined", ended_at__isnull=False, answered_by__isnull=False, application__isnull=True)
                | Q(state="expired", ended_at__isnull=False, answered_by__isnull=True, application__isnull=True),
                name="invitation_state_has_its_stamps",
            ),
        ]


class AskNoMore(models.Model):
    """不要再问: a person does not want to be invited, to one scheme or ("") to any; taken back by themselves only."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="not_to_be_asked")
    scheme_code = models.CharField(max_length=60, blank=True)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        verbose_name = _("不再邀请")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["person", "scheme_code"], name="ask_no_more_once")]
