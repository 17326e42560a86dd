"""What instalments are made of and what has to be shown for each, in words: on pages and in the letter."""

from django.utils.translation import gettext_lazy as _

from applications.models import Application
from benefits.models import Milestone

Occasion = Milestone.Occasion
WORDS = {
    Occasion.GRANT: _("随决定支付，不用再报告。"),
    Occasion.WORKS: _("建设、装修或者设备购置完成以后报告，附验收单、发票等材料。"),
    Occasion.OPERATION: _("运营满期以后报告，附人员名册、工资和缴费凭证等材料。"),
    Occasion.RETENTION: _("留存期满以后报告，附仍在正常使用、运营的材料。"),
}


def papers_wanted(occasion: str) -> str:
    """For one occasion, in the reader's language."""
    return str(WORDS[Occasion(occasion)])


def component_labels(application: Application) -> dict[str, str]:
    """What the components a scheme asks for are called, by code."""
    asked = [question for question in application.definition.questions() if question.kind == "components"]
    return {choice.value: str(choice.label) for question in asked for choice in question.choices}
