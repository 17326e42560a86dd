"""How somebody wants to be told: their wishes, and the addresses they have proved to be theirs."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import DataKey, User


class Wish(models.Model):
    """The wishes of one account. Without a row: neutral text messages to the number on record, in Chinese.

    `shared`: others read the phone too, so nothing sent says what happened. `by_call` and `by_paper` are for officials
    to read: they are asked to call, or to send a letter. Addresses are encrypted with `data_key`.
    """

    user = models.OneToOneField(User, models.PROTECT, related_name="wish")
    data_key = models.OneToOneField(DataKey, models.PROTECT, related_name="+")
    by_sms = models.BooleanField(_("短信"), default=True)
    by_email = models.BooleanField(_("电子邮件"), default=False)
    shared = models.BooleanField(_("手机和邮箱与别人共用"), default=True)
    language = models.CharField(_("用什么语言"), max_length=10, default="zh-hans")
    by_call = models.BooleanField(_("请打电话告诉我"), default=False)
    by_paper = models.BooleanField(_("请寄纸质的给我"), default=False)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("通知方式")
        constraints = [
            models.CheckConstraint(condition=models.Q(language__in=["zh-hans", "en"]), name="wish_language_known"),
        ]


class Address(models.Model):
    """Where an account is reached by one channel. It is used once a code sent there came back: `verified_at`.

    The code is kept as a keyed digest; it ends at `code_until`, or with too many tries.
    """

    wish = models.ForeignKey(Wish, models.PROTECT, related_name="addresses")
    channel = models.CharField(max_length=8)
    value = models.BinaryField()
    verified_at = models.DateTimeField(null=True)
    code_digest = models.CharField(max_length=64, blank=True)
    code_until = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("联系地址")
        constraints = [
            models.UniqueConstraint(fields=["wish", "channel"], name="address_one_a_channel"),
            models.CheckConstraint(condition=models.Q(channel__in=["email", "sms"]), name="address_channel_known"),
            models.CheckConstraint(
                condition=models.Q(code_digest="", code_until__isnull=True)
                | ~models.Q(code_digest="") & models.Q(code_until__isnull=False, verified_at__isnull=True),
                name="address_code_ends",
            ),
        ]
