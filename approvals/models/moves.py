"""Moves 流转: what was done with a work item or a case beside saying an opinion."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from people.models import Office, User
from workflows.models import WorkItem


class Move(models.Model):
    """One move: who did it (None: the clock), for whom, with which item, to whom, why. Appended, never edited.

    The words are encrypted with the case key.
    """

    class Kind(models.TextChoices):
        CLAIM = "claim", _("签收")
        RELEASE = "release", _("退签")
        HAND_OVER = "hand_over", _("转办")
        DELEGATE = "delegate", _("委托")
        DELEGATE_BACK = "delegate_back", _("委托办结")
        CALL_BACK = "call_back", _("收回委托")
        ADD_SEAT = "add_seat", _("加签")
        DROP_SEAT = "drop_seat", _("减签")
        COPY = "copy", _("抄送")
        URGE = "urge", _("催办")
        TAKE_BACK = "take_back", _("撤回")
        REASSIGN = "reassign", _("改派")
        RECUSE = "recuse", _("回避")
        EXTEND = "extend", _("延长期限")
        PAUSE = "pause", _("暂停计时")
        RESUME = "resume", _("恢复计时")
        REMIND = "remind", _("到期提醒")
        ESCALATE = "escalate", _("上报督办")
        ASK = "ask", _("征求意见")
        REOPEN = "reopen", _("重新办理")

    application = models.ForeignKey(Application, models.PROTECT, related_name="moves")
    item = models.ForeignKey(WorkItem, models.PROTECT, null=True, related_name="moves")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    round = models.PositiveSmallIntegerField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="moves_made")
    on_behalf_of = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    to_user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    to_office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    text = models.BinaryField(default=bytes)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("流转记录")
        ordering = ["id"]
        indexes = [models.Index(fields=["by", "kind", "id"], name="move_by_official")]
