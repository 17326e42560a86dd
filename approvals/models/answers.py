"""What the office in charge answered to a request we handed on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from approvals.models.decisions import Decision


class Answer(models.Model):
    """答复: the office that a request was referred to has decided, and we wrote down what it told us.

    It is neither a grant nor a refusal of ours, and a reopened case gets another. `decision` is our paper that tells
    of it. `details` holds who answered, the number of their paper ("" where there is none) and their words, encrypted
    with the case key.
    """

    class Result(models.TextChoices):
        FAVOURABLE = "yes", _("同意办理")
        UNFAVOURABLE = "no", _("不予办理")
        OTHER = "other", _("转其他单位或另行处理")

    application = models.ForeignKey(Application, models.PROTECT, related_name="referred_answers")
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="+")
    result = models.CharField(max_length=8, choices=Result.choices)
    answered_on = models.DateField()
    details = models.BinaryField()

    class Meta:
        verbose_name = _("答复")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(result__in=["yes", "no", "other"]),
                name="answer_result_known",
            )
        ]
