"""Offices 机关: the authorities that receive, review, decide and pay."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from people.models.divisions import Division


class Office(models.Model):
    """An authority in a division. Its legal kind selects signer, letterhead and remedies."""

    class Function(models.TextChoices):
        DPF = "dpf", _("残联")
        HRSS = "hrss", _("人社局")
        CIVIL_AFFAIRS = "civil_affairs", _("民政局")
        EDUCATION_SPORTS = "education_sports", _("教体局")
        FINANCE = "finance", _("财政局")
        WELFARE_LOTTERY = "welfare_lottery", _("福彩中心")
        SPORTS_LOTTERY = "sports_lottery", _("体彩中心")
        TOBACCO = "tobacco", _("烟草局")
        TOWNSHIP = "township", _("乡镇或街道")
        SCHOOL = "school", _("学校")
        GOVERNMENT = "government", _("人民政府")

    class LegalKind(models.TextChoices):
        ADMINISTRATIVE = "administrative", _("行政机关")
        ENTRUSTED = "entrusted", _("受委托组织")
        AUTHORISED = "authorised", _("授权组织")
        MASS_ORGANISATION = "mass_organisation", _("群团组织")
        PUBLIC_INSTITUTION = "public_institution", _("事业单位")
        VERTICAL = "vertical", _("垂直管理机构")

    class RunBy(models.TextChoices):
        NONE = "", _("不适用")
        COUNTY = "county", _("县级举办")
        PREFECTURE = "prefecture", _("州市级举办")
        PROVINCE = "province", _("省级举办")

    division = models.ForeignKey(Division, models.PROTECT, related_name="offices")
    function = models.CharField(max_length=20, choices=Function.choices)
    legal_kind = models.CharField(max_length=20, choices=LegalKind.choices)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120, blank=True)
    organ_mark = models.CharField(_("发文机关标志"), max_length=80)
    document_prefix = models.CharField(_("机关代字"), max_length=20)
    run_by = models.CharField(max_length=12, choices=RunBy.choices, blank=True, default="")
    phone = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=120, blank=True)
    signs_for = models.ForeignKey("self", models.PROTECT, null=True, related_name="entrusted_offices")
    review_organ = models.CharField(_("复议机关"), max_length=80, blank=True)
    court = models.CharField(_("管辖法院"), max_length=80, blank=True)

    class Meta:
        ordering = ["division_id", "function", "id"]
        verbose_name = _("机关")
        permissions = [
            ("view_cases", _("查看本机关经办的申请")),
            ("accept_cases", _("受理申请")),
            ("review_cases", _("审核申请")),
            ("decide_cases", _("作出决定")),
            ("confirm_agreements", _("确认代销协议")),
            ("file_cases", _("备案")),
            ("handle_objections", _("处理公示异议")),
            ("manage_work", _("督办、改派和延长期限")),
            ("give_opinions", _("就被征询的申请提出意见")),
            ("view_money", _("查看资金")),
            ("make_batches", _("编制拨付批次")),
            ("check_batches", _("复核拨付批次")),
            ("edit_policy", _("编辑政策")),
            ("publish_policy", _("发布政策")),
            ("read_audit", _("查阅审计记录")),
            ("manage_posts", _("管理岗位")),
            ("run_system", _("维护机关名录")),
            ("answer_hotline", _("凭查询密码答复来电")),
            ("help_villagers", _("帮助村（居）民申请")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["division", "function", "name"], name="office_once"),
            models.UniqueConstraint(fields=["document_prefix"], name="office_numbers_its_own_papers"),
            models.CheckConstraint(
                condition=~models.Q(function="school") | ~models.Q(run_by=""), name="school_says_who_runs_it"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name
