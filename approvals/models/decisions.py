"""What officials said (opinions) and what the office decided (decisions)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from papers.models import Paper
from people.models import Office, User
from workflows.models import WorkItem


class Opinion(models.Model):
    """意见: what one official said in one seat of one round. The text is encrypted with the case key.

    `on_behalf_of`: the colleague whose post the official held by delegation 代理.
    """

    class Outcome(models.TextChoices):
        ACCEPT = "accept", _("受理")
        NOT_ACCEPT = "not_accept", _("不予受理")
        AGREE = "agree", _("同意")
        DISAGREE = "disagree", _("不同意")
        CORRECTION = "correction", _("退回补正")
        SEND_BACK = "send_back", _("退回上一环节")
        GRANT = "grant", _("批准")
        REFUSE = "refuse", _("不予批准")
        ANSWER_YES = "answer_yes", _("登记答复：同意办理")
        ANSWER_NO = "answer_no", _("登记答复：不予办理")
        ANSWER_OTHER = "answer_other", _("登记答复：转其他单位或另行处理")
        CONFIRM = "confirm", _("确认")
        DECLINE = "decline", _("未达成协议")
        FILE = "file", _("备案")
        ORDER = "order", _("责令改正")
        EXPLAINED = "explained", _("说明情况")
        CORRECTED = "corrected", _("已改正")
        UPHOLD = "uphold", _("异议成立")
        DISMISS = "dismiss", _("异议不成立")
        PROPOSE = "propose", _("建议作出处理")
        IMPOSE = "impose", _("作出处理")
        DROP = "drop", _("不予处理")

    application = models.ForeignKey(Application, models.PROTECT, related_name="opinions")
    item = models.ForeignKey(WorkItem, models.PROTECT, related_name="opinions")
    stage = models.CharField(max_length=40)
    round = models.PositiveSmallIntegerField()
    official = models.ForeignKey(User, models.PROTECT, related_name="opinions")
    on_behalf_of = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    text = models.BinaryField()
    said_at = models.DateTimeField()

    class Meta:
        verbose_name = _("意见")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["item", "round"], name="one_opinion_a_seat_and_round")]


class Decision(models.Model):
    """决定: frozen content of an official outcome. A later decision refers to the one it supersedes.

    Where the version says that two persons decide (`two_persons`), a grant or refusal names the `second_official`, who
    is another. `official` is null only for an acceptance that came about by silence: nobody made it. `on_behalf_of` and
    `second_on_behalf_of`: the colleagues whose posts the two held by delegation 代理.
    """

    class Kind(models.TextChoices):
        ACCEPTANCE = "acceptance", _("受理通知")
        NOT_ACCEPTED = "not_accepted", _("不予受理决定")
        CORRECTION = "correction", _("补正告知")
        REFERRAL = "referral", _("转办告知")
        ANSWER = "answer", _("答复告知")
        GRANT = "grant", _("准予决定")
        REFUSAL = "refusal", _("不予决定")
        PRIOR_NOTICE = "prior_notice", _("处理事先告知")
        REVOCATION = "revocation", _("撤销决定")
        STOP = "stop", _("停发决定")
        REDUCTION = "reduction", _("减发决定")
        RECOVERY = "recovery", _("追回决定")
        NO_ACTION = "no_action", _("不予处理告知")

    application = models.ForeignKey(Application, models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    round = models.PositiveSmallIntegerField()
    office = models.ForeignKey(Office, models.PROTECT, related_name="decisions")
    official = models.ForeignKey(User, models.PROTECT, null=True, related_name="decisions")
    second_official = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    on_behalf_of = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    second_on_behalf_of = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    two_persons = models.BooleanField(default=False)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    assessment = models.BinaryField()
    paper = models.OneToOneField(Paper, models.PROTECT, related_name="decision")
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")
    decided_at = models.DateTimeField()

    class Meta:
        verbose_name = _("决定")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["application", "kind", "round"], name="one_decision_a_kind_and_round"),
            models.CheckConstraint(
                condition=~models.Q(kind="grant") | models.Q(amount__isnull=False), name="grant_has_amount"
            ),
            models.CheckConstraint(
                condition=models.Q(official__isnull=False) | models.Q(kind="acceptance"),
                name="only_acceptance_without_official",
            ),
            models.CheckConstraint(
                condition=models.Q(second_official__isnull=True)
                | models.Q(official__isnull=False) & ~models.Q(second_official=models.F("official")),
                name="second_official_is_another",
            ),
            models.CheckConstraint(
                condition=models.Q(on_behalf_of__isnull=True)
                | models.Q(official__isnull=False) & ~models.Q(official=models.F("on_behalf_of")),
                name="decision_made_for_another",
            ),
            models.CheckConstraint(
                condition=models.Q(second_on_behalf_of__isnull=True)
                | models.Q(second_official__isnull=False) & ~models.Q(second_official=models.F("second_on_behalf_of")),
                name="decision_signed_for_another",
            ),
            models.CheckConstraint(
                condition=models.Q(two_persons=False)
                | ~models.Q(kind__in=["grant", "refusal"])
                | models.Q(second_official__isnull=False),
                name="two_persons_have_signed",
            ),
        ]
