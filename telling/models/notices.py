"""Notice 通知: one thing told to one person by one channel. The table is the outbox and the record of what was told."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import DataKey, User


class Notice(models.Model):
    """What somebody was told, by which channel, and how far it got.

    `event` names what happened, `who` whom it was told ("user:7", "person:9"); a thing is told once by each channel.
    `opens`: whether they may open the case; its subject, for whom another filed it, may not.
    `text` and `recipient` are encrypted with `data_key`, that of the case, so they end with it. `send_key` is the same
    for notices sent together, at every try: the gateway knows by it what it has taken already.
    """

    class Channel(models.TextChoices):
        SITE = "site", _("网站")
        EMAIL = "email", _("电子邮件")
        SMS = "sms", _("短信")

    class State(models.TextChoices):
        QUEUED = "queued", _("等待发送")
        SENT = "sent", _("已发出")
        DELIVERED = "delivered", _("已送到")
        FAILED = "failed", _("没有送到")
        GIVEN_UP = "given_up", _("没有发出")

    event = models.CharField(max_length=80)
    who = models.CharField(max_length=40)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="notices")
    case_ref = models.CharField(max_length=12, blank=True)
    opens = models.BooleanField(default=False)
    tail = models.CharField(max_length=4, blank=True)
    kind = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=8, choices=Channel.choices)
    language = models.CharField(max_length=10)
    data_key = models.ForeignKey(DataKey, models.PROTECT, related_name="+")
    recipient = models.BinaryField(default=bytes)
    text = models.BinaryField()
    state = models.CharField(max_length=10, choices=State.choices)
    created_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    claim = models.CharField(max_length=32, blank=True)
    send_key = models.CharField(max_length=40, blank=True)
    reference = models.CharField(max_length=80, blank=True)
    failure = models.CharField(max_length=40, blank=True)
    sent_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("通知")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["next_try_at"], condition=models.Q(state="queued"), name="notice_waiting"),
            models.Index(
                fields=["user"], condition=models.Q(channel="site", read_at__isnull=True), name="notice_unread"
            ),
            models.Index(fields=["user", "-id"], condition=models.Q(channel="site"), name="notice_by_reader"),
            models.Index(fields=["case_ref"], name="notice_by_case"),
            models.Index(fields=["who", "channel", "sent_at"], name="notice_by_day"),
            models.Index(fields=["reference"], condition=~models.Q(reference=""), name="notice_by_reference"),
            models.Index(
                fields=["settled_at"], condition=models.Q(state__in=["failed", "given_up"]), name="notice_not_arrived"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["event", "channel", "who"], name="notice_told_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=["queued", "given_up"], sent_at__isnull=True)
                | models.Q(state__in=["sent", "delivered", "failed"], sent_at__isnull=False),
                name="notice_sent_has_moment",
            ),
            models.CheckConstraint(
                condition=models.Q(state="queued", next_try_at__isnull=False)
                | ~models.Q(state="queued") & models.Q(next_try_at__isnull=True, lease_until__isnull=True),
                name="notice_waits_for_a_moment",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["delivered", "failed", "given_up"], settled_at__isnull=False)
                | models.Q(state__in=["queued", "sent"], settled_at__isnull=True),
                name="notice_settled_has_moment",
            ),
            models.CheckConstraint(
                condition=models.Q(channel="site", state="delivered", user__isnull=False)
                | models.Q(channel__in=["email", "sms"], read_at__isnull=True),
                name="notice_fits_channel",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["failed", "given_up"]) & ~models.Q(failure="")
                | ~models.Q(state__in=["failed", "given_up"]),
                name="notice_not_arrived_says_why",
            ),
        ]
