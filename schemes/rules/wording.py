"""The words of the lines that calculations write, in both languages."""

from schemes.rules.texts import Bilingual

YES = Bilingual(zh="是", en="Yes")
NO = Bilingual(zh="否", en="No")
# By the standing of a scheme: what is told, and whom to ask.
WHOM_TO_ASK = {
    "no_clause": (
        "本系统尚未收录当地依据，请向{}咨询",
        "No local provision is on record in this system; please ask the local office in charge: {}",
    ),
    "inform_only": (
        "当地条文没有设定可以申请的事项，请向{}咨询",
        "The local provision opens nothing one could apply for; please ask {}",
    ),
}
NOT_IN_FORCE = Bilingual(
    zh="当地依据在该日不在有效期内，且未收录后续文件",
    en="The local provision was not in force on that day and no successor is on record",
)
CERTIFICATE_STATUS = Bilingual(
    zh="残疾人证状态和有效期由数据核验或经办人员录入，此处不作判断",
    en="Status and expiry of the certificate come from a data check or an official; not judged here",
)
CERTIFICATE_FORM = Bilingual(
    zh="残疾人证号格式少见，请对照证件核对", en="The certificate number has an unusual form; compare it with the card"
)
UNKNOWN_FACT = Bilingual(zh="未使用的事实", en="A fact that is not used")
SAME_PERSON_TWICE = Bilingual(zh="家庭成员身份证号重复，请核对", en="Two members have the same ID number; please check")

PER_CAPITA = Bilingual(zh="家庭人均月收入（元）", en="Monthly income per head (yuan)")
STANDARD = Bilingual(zh="当地低保标准（元/人·月）", en="Local allowance standard (yuan per head and month)")
OVER = Bilingual(zh="人均收入超过当地低保标准", en="Income per head is over the local standard")
PHASE_OUT_AMOUNT = Bilingual(zh="渐退期内合计（元）", en="Total over the phase-out (yuan)")

PASSED = {
    "property_ok": Bilingual(zh="家庭财产符合规定", en="The household's property is within the rules"),
    "in_benefit": Bilingual(zh="家庭正在领取最低生活保障金", en="The household receives the allowance"),
    "disabled_worker": Bilingual(zh="家庭中有已就业的残疾人", en="A disabled member is employed"),
    "job_income": Bilingual(
        zh="超过标准符合渐退的原因要求", en="The reason for being over the standard allows a phase-out"
    ),
}
STOPPED = {
    "property": Bilingual(zh="家庭财产不符合规定", en="The household's property is not within the rules"),
    "not_in_benefit": Bilingual(zh="家庭未在领取最低生活保障金", en="The household does not receive the allowance"),
    "no_disabled_worker": Bilingual(zh="家庭中没有已就业的残疾人", en="No disabled member is employed"),
    "other_income": Bilingual(
        zh="超过标准由残疾人工资以外的收入造成",
        en="Income other than disabled members' wages puts it over the standard",
    ),
}
PHASES = {
    "within": Bilingual(zh="未超过标准，继续享受最低生活保障", en="Not over the standard; the allowance continues"),
    "disregarding": Bilingual(
        zh="就业收入暂不计入，未超过标准，继续享受最低生活保障",
        en="Job income is left out for now; not over the standard, the allowance continues",
    ),
}
SCHEDULE = {
    "phase_out_months": Bilingual(zh="渐退期（月）", en="Length of the phase-out (months)"),
    "first_month": Bilingual(zh="渐退期首月", en="First month of the phase-out"),
    "last_month": Bilingual(zh="渐退期末月", en="Last month of the phase-out"),
    "monthly_supplement": Bilingual(zh="每月分类施保金（元），单列", en="Monthly supplement (yuan), kept apart"),
    "monthly_cap": Bilingual(zh="每月基数上限（元）", en="Monthly cap on the base (yuan)"),
}


def member_income(index: int) -> Bilingual:
    """Counted income of the member at this place of the list, counted from 1."""
    return Bilingual(zh=f"第{index}位成员计入月收入（元）", en=f"Member {index}: monthly income that counts (yuan)")


def member_disregarded(index: int) -> Bilingual:
    """That this member's wage is left out, for so many months."""
    return Bilingual(
        zh=f"第{index}位成员工资暂不计入（共多少个月）", en=f"Member {index}: wage left out (for how many months)"
    )
