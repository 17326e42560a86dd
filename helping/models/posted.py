"""Photos of a notice as it hangs in the village 公示张贴照片."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from approvals.models import PublicNotice


class NoticePhoto(models.Model):
    """The sheet of a notice, photographed on a day where it hangs. Picture and place are sealed with the case key."""

    public_id = models.UUIDField(unique=True, editable=False, default=uuid.uuid4)
    notice = models.ForeignKey(PublicNotice, models.PROTECT, related_name="photos")
    taken_on = models.DateField(_("拍摄日期"))
    place = models.BinaryField()
    stored = models.CharField(max_length=120)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("公示张贴照片")
        ordering = ["taken_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "sha256"], name="notice_photo_once"),
            models.CheckConstraint(
                condition=Q(content_type__in=["image/jpeg", "image/png"]), name="notice_photo_is_picture"
            ),
        ]
