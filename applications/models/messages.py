"""留言: what the applicant and the office that has the case write to each other."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.models.application import Application
from people.models import Office, User


class Message(models.Model):
    """One message of the thread of a case, encrypted with the case key.

    `office` wrote it (`from_official`) or has the case and is written to. `read_at`: when the other side said that it
    has read it, or wrote back.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="messages")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    from_official = models.BooleanField()
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    text = models.BinaryField()
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("留言")
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["application", "from_official"],
                condition=models.Q(read_at__isnull=True),
                name="message_unread",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(read_at__isnull=True) | models.Q(read_at__gte=models.F("at")),
                name="message_read_after_it_was_written",
            )
        ]
