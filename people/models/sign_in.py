"""Signing in: where an account is signed in, when it was locked, its passwords before, what a form held at the end."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.models.persons import DataKey


class SignIn(models.Model):
    """One sign-in of an account in one browser, from its beginning to its end.

    `key` is the key of the session, which is gone when the sign-in has ended. `device` says in a few words what the
    browser said of itself; no address is kept. `seen_at` is brought up to date once a minute at most.
    """

    class Why(models.TextChoices):
        SIGNED_OUT = "signed_out", _("本人退出")
        IDLE = "idle", _("长时间没有操作")
        AGE = "age", _("登录已满最长时间")
        NEW_SIGN_IN = "new_sign_in", _("在别处重新登录")
        ELSEWHERE = "elsewhere", _("本人在别处退出")
        SECURITY = "security", _("安全管理员结束")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sign_ins")
    key = models.CharField(max_length=40, unique=True)
    device = models.CharField(max_length=60, blank=True)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=12, choices=Why.choices, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["user"], condition=Q(ended_at__isnull=True), name="sign_in_open")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, why="") | Q(ended_at__isnull=False) & ~Q(why=""),
                name="sign_in_ends_for_a_reason",
            ),
            models.CheckConstraint(condition=Q(seen_at__gte=F("began_at")), name="sign_in_seen_after_it_began"),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.began_at:%Y-%m-%d %H:%M}"


class SignInLock(models.Model):
    """An account that was locked after too many wrong passwords, until a time or until somebody lifts it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="locks")
    locked_at = models.DateTimeField()
    until = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("locked_at")), name="lock_ends_after_it_began"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="lock_lifted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(lifted_by__isnull=True) | ~Q(lifted_by=F("user")), name="lock_not_lifted_by_oneself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.locked_at:%Y-%m-%d %H:%M}"


class OldPassword(models.Model):
    """The hash of a password that an account had: it is not taken again too soon."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="old_passwords")
    encoded = models.CharField(max_length=128)
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=~Q(encoded=""), name="old_password_is_a_hash")]

    def __str__(self) -> str:
        return f"{self.user} {self.kept_at:%Y-%m-%d}"


class KeptForm(models.Model):
    """What was in a form that was sent after its sign-in had ended: sealed, for its own account, for a short time.

    No file and no password is among it. `path` is where the form goes, `page` the page that showed it; `entries` counts
    what was filled in.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="kept_form")
    data_key = models.OneToOneField(DataKey, models.PROTECT, related_name="+")
    path = models.CharField(max_length=500)
    page = models.CharField(max_length=500)
    sealed = models.BinaryField()
    entries = models.PositiveIntegerField()
    had_files = models.BooleanField(default=False)
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(path__startswith="/"), name="kept_form_goes_to_this_site")]

    def __str__(self) -> str:
        return f"{self.user} {self.path}"


class PasswordCode(models.Model):
    """Somebody forgot a password: what was sent so that the owner of the account may choose a new one.

    `user` is empty where the name was nobody's, or an official's, which no page tells. `digest` is the keyed hash of
    the code or of the link's token, empty while nothing was sent. `tries` counts wrong codes.
    """

    class Channel(models.TextChoices):
        SMS = "sms", _("短信验证码")
        EMAIL = "email", _("电子邮件里的链接")

    MOST_TRIES = 5

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="password_codes")
    channel = models.CharField(max_length=5, choices=Channel.choices)
    digest = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField()
    until = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["digest"], condition=~Q(digest=""), name="password_code_by_digest")]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("asked_at")), name="password_code_ends_after_asked"),
            models.CheckConstraint(
                condition=Q(digest="") | Q(user__isnull=False), name="password_code_sent_to_somebody"
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | ~Q(digest=""), name="password_code_used_was_sent"
            ),
            models.CheckConstraint(condition=Q(tries__lte=5), name="password_code_few_tries"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.asked_at:%Y-%m-%d %H:%M}"
