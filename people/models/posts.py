"""Posts 岗位: who holds which role at which office, from a day to a day."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models.offices import Office
from people.models.sides import STEP, Side, kind_of, number_of


class Post(models.Model):
    """A user holds a role at an office. Posts end; they are not deleted.

    `side`: what the role makes of its user (see Side); none for a post that was withdrawn.
    """

    class Role(models.TextChoices):
        CLERK = "clerk", _("受理")
        REVIEWER = "reviewer", _("审核")
        APPROVER = "approver", _("审批")
        SUPERVISOR = "supervisor", _("督办")
        EXPERT = "expert", _("外聘专家")
        FINANCE_MAKER = "finance_maker", _("财务制单")
        FINANCE_CHECKER = "finance_checker", _("财务复核")
        POLICY_EDITOR = "policy_editor", _("政策编辑")
        POLICY_PUBLISHER = "policy_publisher", _("政策发布")
        AUDITOR = "auditor", _("审计")
        ADMINISTRATOR = "administrator", _("安全管理")
        SYSTEM_ADMINISTRATOR = "system_administrator", _("系统管理")
        HOTLINE = "hotline", _("热线话务")
        VILLAGE_CLERK = "village_clerk", _("村（社区）帮办")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="posts")
    office = models.ForeignKey(Office, models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=Role.choices)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    withdrawn = models.BooleanField(default=False)
    side = models.ForeignKey(Side, models.PROTECT, null=True, related_name="posts")

    class Meta:
        ordering = ["id"]
        verbose_name = _("岗位")
        constraints = [
            models.UniqueConstraint(fields=["user", "office", "role", "starts"], name="post_once"),
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True) | models.Q(ends__gte=models.F("starts")),
                name="post_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn=True, side__isnull=True)
                | models.Q(withdrawn=False, side__isnull=False, role="auditor", side=number_of(2))
                | models.Q(withdrawn=False, side__isnull=False, role="administrator", side=number_of(3))
                | models.Q(withdrawn=False, side__isnull=False, role="system_administrator", side=number_of(4))
                | models.Q(withdrawn=False, side__isnull=False, side=number_of(1))
                & ~models.Q(role__in=["auditor", "administrator", "system_administrator"]),
                name="post_on_the_side_of_its_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office} · {self.get_role_display()}"

    def save(self, *args, update_fields=None, **kwargs) -> None:
        """Keep the side in step with role and withdrawal; the database refuses a side the user does not stand on."""
        self.side_id = None if self.withdrawn else self.user_id * STEP + kind_of(self.role)
        fields = None if update_fields is None else {*update_fields, "side"}
        super().save(*args, update_fields=fields, **kwargs)


class Kinship(models.Model):
    """A relative an official has registered 亲属备案; the official takes no part in that person's cases."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="kin")
    relative = models.ForeignKey("people.Person", models.PROTECT, related_name="kin_officials")
    relation = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "relative"], name="kinship_once")]
