"""Example words with which a letter is previewed, and what each variable stands for."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schemes.texts import LocalText

VARIABLES: Mapping[str, Promise] = {
    "name": _("申请人姓名"),
    "case_number": _("申请编号"),
    "scheme": _("事项名称"),
    "submitted_on": _("提交日期"),
    "accepted_on": _("受理日期"),
    "amount": _("金额（元）"),
    "amount_capitals": _("金额大写"),
    "document": _("依据的文件"),
    "clause": _("依据的条款"),
    "reason": _("理由"),
    "due_on": _("期限"),
    "organ": _("办理机关"),
    "division": _("地区"),
    "months": _("月数"),
    "first_month": _("首月"),
    "last_month": _("末月"),
    "refer_to": _("转给谁办理"),
    "answer": _("答复"),
}
EXAMPLES: Mapping[str, str | LocalText] = {
    "name": LocalText(zh="李明", en="Li Ming"),
    "case_number": "LS2026-000001",
    "submitted_on": LocalText(zh="2026年9月1日", en="1 September 2026"),
    "accepted_on": LocalText(zh="2026年9月3日", en="3 September 2026"),
    "amount": "1,000.00",
    "amount_capitals": LocalText(zh="壹仟元整", en="one thousand yuan"),
    "document": LocalText(zh="某政办发〔2026〕1号", en="document 1 of 2026"),
    "clause": LocalText(zh="一(一)", en="clause 1(1)"),
    "reason": LocalText(zh="（这里写理由）", en="(the reason stands here)"),
    "due_on": LocalText(zh="2026年9月30日", en="30 September 2026"),
    "organ": LocalText(zh="某县人力资源和社会保障局", en="the county's human resources bureau"),
    "division": LocalText(zh="某县", en="the county"),
    "months": "6",
    "first_month": "2026-09",
    "last_month": "2027-02",
    "refer_to": LocalText(zh="某县烟草专卖局", en="the county's tobacco bureau"),
    "answer": LocalText(zh="（这里写答复）", en="(the answer stands here)"),
}
