"""Events 审计事件: append-only, hash-chained, one chain a stream."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Event(models.Model):
    """Who did, or read, what, when, for whom, why. Never edited, never deleted."""

    stream = models.CharField(max_length=80)
    seq = models.BigIntegerField()
    action = models.CharField(max_length=60)
    actor = models.CharField(max_length=150)
    on_behalf_of = models.CharField(max_length=150, blank=True)
    subject = models.CharField(max_length=80, blank=True)
    data = models.JSONField(default=dict)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("审计事件")
        indexes = [models.Index(fields=["subject", "id"], name="event_by_subject")]
        constraints = [models.UniqueConstraint(fields=["stream", "seq"], name="event_stream_seq")]

    def __str__(self) -> str:
        return f"{self.stream} #{self.seq} {self.action}"


class StreamHead(models.Model):
    """The last event of a stream: the row that is locked to append the next."""

    stream = models.CharField(max_length=80, primary_key=True)
    seq = models.BigIntegerField()
    hash = models.CharField(max_length=64)
    changed_at = models.DateTimeField(db_index=True)


class Anchor(models.Model):
    """The heads that moved since the last anchor, hashed into a chain that is also logged outside."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    heads = models.JSONField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("锚点")
