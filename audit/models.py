"""Events 审计事件: append-only, hash-chained, one chain a stream; anchors 锚点 over all of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

# "reader:" and the longest user name there can be.
STREAM_NAME = 160


class Event(models.Model):
    """Who did, or read, what, when, for whom, why. Never edited, never deleted."""

    stream = models.CharField(max_length=STREAM_NAME)
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
        indexes = [
            models.Index(fields=["subject", "id"], name="event_by_subject"),
            models.Index(fields=["actor", "id"], name="event_by_actor"),
            models.Index(fields=["at", "id"], name="event_by_time"),
        ]
        constraints = [models.UniqueConstraint(fields=["stream", "seq"], name="event_stream_seq")]

    def __str__(self) -> str:
        return f"{self.stream} #{self.seq} {self.action}"


class StreamHead(models.Model):
    """The last event of a stream: the row that is locked to append the next. `anchored_seq`: how far it is anchored."""

    stream = models.CharField(max_length=STREAM_NAME, primary_key=True)
    seq = models.BigIntegerField()
    hash = models.CharField(max_length=64)
    changed_at = models.DateTimeField()
    anchored_seq = models.BigIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(
                fields=["stream"], condition=models.Q(seq__gt=models.F("anchored_seq")), name="head_to_be_anchored"
            )
        ]


class Anchor(models.Model):
    """The heads that moved since the last anchor, hashed into a chain that is also logged outside."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("锚点")


class AnchoredHead(models.Model):
    """Where one stream ended when it was anchored."""

    anchor = models.ForeignKey(Anchor, models.PROTECT, related_name="heads")
    stream = models.CharField(max_length=STREAM_NAME)
    seq = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["stream", "seq"], name="anchored_by_stream")]
        constraints = [models.UniqueConstraint(fields=["anchor", "stream"], name="anchored_once")]
